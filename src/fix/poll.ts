/** From a loop that asks until an answer is final to the helper's `pollUntil`. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import type { PollLoop } from "../ast/poll-loop.ts";
import { type Edit, makeEdit, refuse } from "./edit.ts";
import { indentationAt, isFirstOnLine, styleOf, terminator } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The time between two requests, in milliseconds as source text, and whether it is above the helper's ceiling. */
export interface PollInterval {
  readonly text: string;
  readonly isLong: boolean;
}

/**
 * Edits that poll through the helper instead.
 * @param parts - what is asked and tested must be able to run in a function of its own
 * @param helperName - how `pollUntil` is written here
 * @param isBoolean - whether the value of the loop's condition is known to be a boolean, which the helper asks for
 */
export function pollThroughHelper(
  sourceCode: SourceCode,
  parts: PollLoop,
  helperName: string,
  isBoolean: boolean,
  interval: PollInterval | undefined,
): Edit {
  const { answer, awaits, declaration, exit, loop, probe } = parts;
  const start = (declaration ?? loop).range[0];
  if (!isFirstOnLine(sourceCode, start)) return refuse("the loop does not start a line");
  const style = styleOf(sourceCode);
  const margin = indentationAt(sourceCode, start);
  const inner = `${style.newline}${margin}${style.indent}`;
  const asked = `${awaits ? "async " : ""}() => ${sourceCode.getText(probe)}`;
  const done = `(${nameOf(sourceCode, answer)}) => ${condition(sourceCode, parts, isBoolean)}`;
  const options =
    interval === undefined
      ? []
      : [
          interval.isLong
            ? `{ baseDelayMs: ${interval.text}, maxDelayMs: ${interval.text} }`
            : `{ baseDelayMs: ${interval.text} }`,
        ];
  const args = [asked, done, ...options];
  const flat = `${helperName}(${args.join(", ")})`;
  const isShort = !flat.includes("\n") && margin.length + flat.length < 80;
  const call = isShort
    ? flat
    : `${helperName}(${args.map((argument) => `${inner}${argument},`).join("")}${style.newline}${margin})`;
  const asking = `const ${sourceCode.getText(answer)} = await ${call}`;
  const leaving =
    exit === undefined
      ? terminator(style, sourceCode.getTokenAfter(loop))
      : `${terminator(style, null)}${style.newline}${margin}${sourceCode.getText(exit)}`;
  return makeEdit(
    sourceCode,
    [{ range: [start, loop.range[1]], text: `${asking}${leaving}` }],
    "suggestion",
    "a person must choose the limit",
  );
}

/** The condition on which an answer is final. */
function condition(
  sourceCode: SourceCode,
  { finalWhen, test }: PollLoop,
  isBoolean: boolean,
): string {
  const [node, holds] = finalWhen ? [test, true] : negated(test);
  const text = sourceCode.getText(node);
  if (!holds) {
    const opposite = OPPOSITE[node.type === T.BinaryExpression ? node.operator : ""];
    if (node.type !== T.BinaryExpression || opposite === undefined) return `!(${text})`;
    const operator = sourceCode.getTokenAfter(node.left, ({ value }) => value === node.operator);
    if (operator === null) return `!(${text})`;
    const at = operator.range[0] - node.range[0];
    return `${text.slice(0, at)}${opposite}${text.slice(at + node.operator.length)}`;
  }
  return (node === test ? isBoolean : false) || isComparison(node) ? text : `Boolean(${text})`;
}

/** `!x` is `x` that does not hold. */
function negated(test: TSESTree.Expression): readonly [TSESTree.Expression, boolean] {
  return test.type === T.UnaryExpression && test.operator === "!"
    ? [test.argument, true]
    : [test, false];
}

const OPPOSITE: Readonly<Record<string, string>> = {
  "!=": "==",
  "!==": "===",
  "==": "!=",
  "===": "!==",
};

function isComparison(node: TSESTree.Expression): boolean {
  switch (node.type) {
    case T.BinaryExpression:
      return /^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(node.operator);
    case T.LogicalExpression:
      return node.operator !== "??" && isComparison(node.left) && isComparison(node.right);
    case T.UnaryExpression:
      return node.operator === "!";
    default:
      return false;
  }
}

/** A binding without its type: the parameter's follows from the probe. */
function nameOf(sourceCode: SourceCode, answer: TSESTree.BindingName): string {
  const end = answer.typeAnnotation?.range[0] ?? answer.range[1];
  return sourceCode.text.slice(answer.range[0], end);
}
