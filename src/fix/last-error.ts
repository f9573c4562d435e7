/** Edits that throw the last error where the attempts run out. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  catchClauseAround,
  contains,
  isFunction,
  isNullish,
  type LoopNode,
  jumpTarget,
} from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { combine, type Edit, makeEdit, refuse } from "./edit.ts";
import { freshLocalName } from "./names.ts";
import { insertAfter, insertBefore, insertFirst, insertLast, nameError } from "./statement.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Keeps the error that a loop caught last in a variable, and throws it after the loop: for a loop that success leaves by `return`
 * alone, with nothing after it but the end of the function.
 */
export function throwAfterLoop(
  sourceCode: SourceCode,
  loop: LoopNode,
  handler: TSESTree.CatchClause,
  isTyped: boolean,
): Edit {
  const { parent } = loop;
  if (parent.type !== T.BlockStatement || !isFunction(parent.parent))
    return refuse("the loop is no statement of a function's body");
  const { name, edit } = nameError(sourceCode, handler);
  const last = freshLocalName(sourceCode, loop, "lastError", loop);
  const next = parent.body[parent.body.indexOf(loop) + 1];
  const isSilent =
    next?.type === T.ReturnStatement && (next.argument === null || isNullish(next.argument));
  if (next !== undefined && !isSilent) return refuse("something follows the loop");
  return combine(
    sourceCode,
    edit,
    insertBefore(sourceCode, loop, `let ${last}${isTyped ? ": unknown" : ""};`),
    insertFirst(sourceCode, handler.body, `${last} = ${name};`),
    next === undefined
      ? insertAfter(sourceCode, loop, `throw ${last};`)
      : replaceBy(sourceCode, next, `throw ${last};`),
  );
}

/** Throws the error at the start of the `catch` where the attempt was the last one. */
export function throwWhenLast(
  sourceCode: SourceCode,
  handler: TSESTree.CatchClause,
  isLast: string,
): Edit {
  const { name, edit } = nameError(sourceCode, handler);
  const statement = `if (${isLast}) throw ${name};`;
  return combine(sourceCode, edit, insertFirst(sourceCode, handler.body, statement));
}

/**
 * Throws the error in place of the one statement by which a `catch` gives up without a word: a `return` of nothing, or a `break` out of
 * the loop.
 * @param loop - the loop that makes the attempts, if a loop does
 */
export function throwInPlace(
  sourceCode: SourceCode,
  loop: LoopNode | undefined,
  handler: TSESTree.CatchClause,
): Edit {
  const own = [...walk(handler.body, sourceCode.visitorKeys, (node) => !isFunction(node))];
  const silent = own.filter((node) =>
    node.type === T.ReturnStatement
      ? node.argument === null || isNullish(node.argument)
      : node.type === T.BreakStatement && loop !== undefined && jumpTarget(node) === loop,
  );
  const [statement, ...others] = silent;
  if (statement === undefined || others.length > 0)
    return refuse("it is not one statement that gives up");
  const { name, edit } = nameError(sourceCode, handler);
  return combine(sourceCode, edit, replaceBy(sourceCode, statement, `throw ${name};`));
}

/** Throws the error that a statement returns, where the function has no handler of its own that would catch it. */
export function throwInstead(sourceCode: SourceCode, error: TSESTree.Node): Edit {
  const { parent } = error;
  if (parent?.type !== T.ReturnStatement) return refuse("it is not returned by a statement");
  if (catchClauseAround(parent) !== undefined) return refuse("the function would catch it itself");
  const keyword = sourceCode.getFirstToken(parent);
  if (keyword === null) return refuse("it is not returned by a statement");
  const edit = { range: keyword.range, text: "throw" };
  return makeEdit(sourceCode, [edit], "suggestion", "callers may rely on what is returned");
}

/** Throws the error at the end of a `catch` that a failure falls out of. */
export function throwAtEnd(sourceCode: SourceCode, handler: TSESTree.CatchClause): Edit {
  const last = handler.body.body.at(-1);
  if (last?.type === T.ReturnStatement || last?.type === T.ThrowStatement)
    return refuse("the end of the `catch` is not reached");
  const { name, edit } = nameError(sourceCode, handler);
  return combine(sourceCode, edit, insertLast(sourceCode, handler.body, `throw ${name};`));
}

/** Whether success leaves the loop by `return` alone, so that whatever comes after the loop is exhaustion. */
export function isLeftByReturnOnly(
  sourceCode: SourceCode,
  loop: LoopNode,
  counter: string | undefined,
): boolean {
  const keys = sourceCode.visitorKeys;
  const test = loop.type === T.ForInStatement || loop.type === T.ForOfStatement ? null : loop.test;
  // Anything but the counter against a constant may be a flag that success sets.
  const mayBeFlag = (node: TSESTree.Node): boolean =>
    node.type === T.CallExpression ||
    node.type === T.AwaitExpression ||
    (node.type === T.Identifier && node.name !== counter && !/^[A-Z][A-Z0-9_]*$/.test(node.name));
  if (test !== null && [...walk(test, keys)].some(mayBeFlag)) return false;
  const body = [...walk(loop.body, keys, (node) => !isFunction(node))];
  return (
    body.some(({ type }) => type === T.ReturnStatement) &&
    !body.some((node) => node.type === T.BreakStatement && leavesLoop(node, loop))
  );
}

function leavesLoop(statement: TSESTree.BreakStatement, loop: LoopNode): boolean {
  const target = jumpTarget(statement);
  return target !== undefined && contains(target, loop);
}

function replaceBy(sourceCode: SourceCode, statement: TSESTree.Node, text: string): Edit {
  const isTerminated = sourceCode.getLastToken(statement)?.value === ";";
  return makeEdit(sourceCode, [
    { range: statement.range, text: isTerminated ? text : text.slice(0, -1) },
  ]);
}
