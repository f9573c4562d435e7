/** Edits on what code asks of an error. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { type Edit, makeEdit, refuse } from "./edit.ts";
import { outerRange } from "./parentheses.ts";
import { quoted, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Reads another property in place: `error.code` becomes `error.name`. */
export function renameProperty(
  sourceCode: SourceCode,
  member: TSESTree.MemberExpression,
  name: string,
): Edit {
  return member.computed
    ? refuse("the property is computed")
    : makeEdit(sourceCode, [{ range: member.property.range, text: name }]);
}

/** `error.constructor.name` becomes `error.name`. */
export function readOwnName(sourceCode: SourceCode, member: TSESTree.MemberExpression): Edit {
  const { object } = member;
  if (object.type !== T.MemberExpression || object.computed || member.computed)
    return refuse("the class is taken in a way of its own");
  const range: [number, number] = [object.property.range[0], member.property.range[1]];
  return makeEdit(sourceCode, [{ range, text: "name" }]);
}

/** What a comparison can stand in without parentheses around it. */
const TAKES_COMPARISON: ReadonlySet<T> = new Set([
  T.ConditionalExpression,
  T.DoWhileStatement,
  T.IfStatement,
  T.LogicalExpression,
  T.WhileStatement,
]);

/** Tests the name of an error in place of a search in its message, where that search is a condition by itself. */
export function testName(
  sourceCode: SourceCode,
  search: TSESTree.CallExpression,
  { object, optional }: TSESTree.MemberExpression,
  name: string,
): Edit {
  if (/indexOf|search/.test(sourceCode.getText(search.callee)))
    return refuse("the search gives a place");
  const dot = optional ? "?." : ".";
  const error = sourceCode.text.slice(...outerRange(sourceCode, object));
  const text = `${error}${dot}name === ${quoted(name, styleOf(sourceCode))}`;
  const { parent } = search.parent.type === T.ChainExpression ? search.parent : search;
  return makeEdit(
    sourceCode,
    [{ range: search.range, text: TAKES_COMPARISON.has(parent.type) ? text : `(${text})` }],
    "suggestion",
    "a person must agree",
  );
}

/** Tests the name of an error in place of its class. */
export function testNameOfClass(
  sourceCode: SourceCode,
  test: TSESTree.BinaryExpression,
  name: string,
  isTyped: boolean,
): Edit {
  const error = sourceCode.text.slice(...outerRange(sourceCode, test.left));
  const read = isTyped ? `(${error} as Error)` : error;
  const text = `${read}.name === ${quoted(name, styleOf(sourceCode))}`;
  return makeEdit(
    sourceCode,
    [{ range: test.range, text }],
    "suggestion",
    "the type is no longer narrowed",
  );
}
