/** Edits on the expression that gives a delay, and on the sleep that takes it. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { type Edit, makeEdit, refuse, type TextEdit } from "./edit.ts";
import { insertion } from "./list.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** `delay` becomes `helper(before delay after)`; nothing in it moves or is evaluated twice. */
export function wrapDelay(
  sourceCode: SourceCode,
  delay: TSESTree.Node,
  before: string,
  after: string,
): Edit {
  return makeEdit(sourceCode, surround(delay, before, after));
}

/** A random part around the mean that the expression is: `ms` becomes `ms / 2 + jitter(ms)`, whose mean is `ms` again. */
export function varyAround(sourceCode: SourceCode, delay: TSESTree.Node, jitter: string): Edit {
  const text = sourceCode.getText(delay);
  const { parent } = delay;
  const isArgument =
    (parent?.type === T.CallExpression || parent?.type === T.NewExpression) &&
    parent.callee !== delay;
  if (!isArgument) return refuse("the interval is part of a larger expression");
  if (delay.type === T.Literal && typeof delay.value === "number") {
    return makeEdit(sourceCode, [
      { range: delay.range, text: `${String(delay.value / 2)} + ${jitter}(${text})` },
    ]);
  }
  return isName(delay)
    ? makeEdit(sourceCode, [insertion(delay.range[1], ` / 2 + ${jitter}(${text})`)])
    : makeEdit(
        sourceCode,
        surround(delay, `${jitter}(2 * ${opening(delay)}`, `${closing(delay)})`),
      );
}

/** Multiplies a delay, so that it can be wrapped besides. */
export function scaleDelay(sourceCode: SourceCode, delay: TSESTree.Node, factor: number): Edit {
  return makeEdit(
    sourceCode,
    surround(delay, `${String(factor)} * ${opening(delay)}`, closing(delay)),
  );
}

/** `2 ^ n` becomes `2 ** n`. */
export function raiseToPower(sourceCode: SourceCode, node: TSESTree.Node): Edit {
  if (node.type !== T.BinaryExpression || node.operator !== "^")
    return refuse("the operator is not `^`");
  // A power's base must not have a prefix operator.
  if (node.left.type !== T.Literal && !isName(node.left))
    return refuse("the base is an expression");
  const operator = sourceCode.getTokenAfter(node.left, (token) => token.value === "^");
  return operator === null
    ? refuse("the operator is not `^`")
    : makeEdit(sourceCode, [{ range: operator.range, text: "**" }]);
}

/** Waits for a promise that a statement only starts. */
export function awaitStatement(sourceCode: SourceCode, promise: TSESTree.Node): Edit {
  if (
    promise.parent?.type !== T.ExpressionStatement ||
    ASTUtils.isParenthesized(promise, sourceCode)
  ) {
    return refuse("the sleep is not a statement of its own");
  }
  return makeEdit(sourceCode, [insertion(promise.range[0], "await ")]);
}

function surround({ range }: TSESTree.Node, before: string, after: string): readonly TextEdit[] {
  return [insertion(range[0], before), insertion(range[1], after)];
}

function opening(node: TSESTree.Node): string {
  return isSimple(node) ? "" : "(";
}

function closing(node: TSESTree.Node): string {
  return isSimple(node) ? "" : ")";
}

function isSimple(node: TSESTree.Node): boolean {
  return node.type === T.Literal || node.type === T.CallExpression || isName(node);
}

/** A name, or a member of one: reading it twice does nothing twice. */
function isName(node: TSESTree.Node): boolean {
  if (node.type === T.MemberExpression) return !node.computed && isName(node.object);
  return node.type === T.Identifier || node.type === T.ThisExpression;
}
