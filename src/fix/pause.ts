/** Waiting between two attempts that follow each other at once. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, isFunction, type LoopNode, jumpTarget } from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { combine, type Edit, refuse } from "./edit.ts";
import { insertBefore, insertFirst, insertLast, isInList } from "./statement.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Where a statement that waits can stand, so that every way to the next attempt passes it and no other way does. */
export type PausePlace =
  | { readonly at: "before"; readonly node: TSESTree.Node }
  | { readonly at: "end" | "start"; readonly node: TSESTree.BlockStatement };

/** The place in the `catch` of a loop from which the next attempt is made, or why there is none. */
export function placeInHandler(
  sourceCode: SourceCode,
  loop: LoopNode,
  { body }: TSESTree.CatchClause,
): PausePlace | string {
  const jumps = [...walk(body, sourceCode.visitorKeys, (node) => !isFunction(node))].filter(
    (node) => node.type === T.ContinueStatement && jumpTarget(node) === loop,
  );
  const [jump] = jumps;
  const last = body.body.at(-1);
  if (jumps.length === 0)
    return leaves(last) ? "the next attempt is not made from here" : { at: "end", node: body };
  // `continue` at the end says what would happen anyway.
  if (jump === undefined || jumps.length > 1 || (jump !== last && !leaves(last)))
    return "more than one way leads to the next attempt";
  return { at: "before", node: jump };
}

/** The place in a poll's loop: after an answer that is not final. */
export function placeInPoll(sourceCode: SourceCode, loop: LoopNode): PausePlace | string {
  const { body } = loop;
  if (body.type !== T.BlockStatement) return "the loop has no block";
  const skips = [...walk(body, sourceCode.visitorKeys, (node) => !isFunction(node))].some(
    (node) => node.type === T.ContinueStatement && jumpTarget(node) === loop,
  );
  if (skips) return "more than one way leads to the next request";
  // A condition in the head has just been asked: it is not done yet.
  const asksFirst =
    loop.type === T.WhileStatement && loop.test.type !== T.Literal && body.body.length > 0;
  return { at: asksFirst ? "start" : "end", node: body };
}

/** The statement by which a function calls itself, or by which failed work is put back. */
export function placeBefore(again: TSESTree.Node): PausePlace | string {
  for (const node of [again, ...ancestors(again)]) {
    if (isFunction(node)) return "there is no statement in front of which to wait";
    if (node.type.endsWith("Statement"))
      return isInList(node) || node.parent?.type === T.IfStatement
        ? { at: "before", node }
        : "there is no statement in front of which to wait";
  }
  return "there is no statement in front of which to wait";
}

/**
 * Inserts a statement that waits.
 * @param milliseconds - source text of the time
 * @param sleep - the name of a function that resolves after so many milliseconds; without one, a promise is written out
 */
export function insertPause(
  sourceCode: SourceCode,
  { at, node }: PausePlace,
  milliseconds: string,
  sleep: string | undefined,
): Edit {
  if (!mayAwait(sourceCode, node)) return refuse("`await` is not allowed there");
  const statement =
    sleep === undefined
      ? `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`
      : `await ${sleep}(${milliseconds});`;
  if (at === "before") return combine(sourceCode, insertBefore(sourceCode, node, statement));
  return at === "start"
    ? insertFirst(sourceCode, node, statement)
    : insertLast(sourceCode, node, statement);
}

/** Whether `await` is allowed at a place without changing a function. */
export function mayAwait(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  for (const around of ancestors(node)) {
    if (isFunction(around)) return around.async;
    // Also where the class stands in an async function.
    if (around.type === T.StaticBlock) return false;
  }
  return sourceCode.scopeManager?.isModule() === true;
}

/** Whether a statement never lets what follows it run. */
function leaves(statement: TSESTree.Statement | undefined): boolean {
  switch (statement?.type) {
    case T.ReturnStatement:
    case T.ThrowStatement:
    case T.BreakStatement:
    case T.ContinueStatement:
      return true;
    case T.BlockStatement:
      return leaves(statement.body.at(-1));
    case T.IfStatement:
      return (
        statement.alternate !== null && leaves(statement.consequent) && leaves(statement.alternate)
      );
    default:
      return false;
  }
}
