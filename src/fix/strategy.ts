/** Edits on the delay of the SDK's `ConfiguredRetryStrategy`. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { type Edit, makeEdit, refuse } from "./edit.ts";
import { insertion } from "./list.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Draws the delay in place of waiting the same time before every retry.
 * @param strategy - `new ConfiguredRetryStrategy(attempts, delay)`
 * @param delay - its second argument, if there is one
 * @param isBase - whether that is worth keeping, as the base of the delay
 * @param helperName - how `backoffDelay` is written here
 */
export function drawDelay(
  sourceCode: SourceCode,
  strategy: TSESTree.NewExpression,
  delay: TSESTree.Node | undefined,
  isBase: boolean,
  helperName: string,
): Edit {
  const [attempts] = strategy.arguments;
  if (attempts === undefined) return refuse("the number of attempts is missing");
  const base =
    delay === undefined || !isBase ? "" : `, { baseDelayMs: ${sourceCode.getText(delay)} }`;
  const text = `(attempt) => ${helperName}(attempt${base})`;
  return makeEdit(sourceCode, [
    delay === undefined ? insertion(attempts.range[1], `, ${text}`) : { range: delay.range, text },
  ]);
}

/**
 * Puts jitter on the result of the function that computes a delay.
 * @param delay - the argument: the function itself, or its name
 * @param helperName - how `jitter` is written here
 */
export function jitterResult(
  sourceCode: SourceCode,
  delay: TSESTree.Node | undefined,
  helperName: string,
): Edit {
  if (delay?.type === T.Identifier) {
    const text = `(attempt) => ${helperName}(${delay.name}(attempt))`;
    return makeEdit(sourceCode, [{ range: delay.range, text }]);
  }
  if (delay?.type !== T.ArrowFunctionExpression) return refuse("the function is written elsewhere");
  const { body } = delay;
  if (body.type === T.BlockStatement || body.type === T.SequenceExpression)
    return refuse("the function has a body of several parts");
  return makeEdit(sourceCode, [
    insertion(body.range[0], `${helperName}(`),
    insertion(body.range[1], ")"),
  ]);
}
