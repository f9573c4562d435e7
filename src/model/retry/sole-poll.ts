/** Loops that ask until an answer is final, and do nothing else: what the helper's `pollUntil` does in one call. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains, enclosingFunction, isLoop, type LoopNode, unwrap } from "../../ast/nodes.ts";
import type { PollLoop } from "../../ast/poll-loop.ts";
import { walk } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { scopeOf, variableOf } from "../program/binding.ts";
import { declaredType, typeAt } from "../program/checker.ts";
import { constantOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import type { LocatedLayer } from "./program-layers.ts";
import { isLastUse } from "./sole-send.ts";

export interface SolePoll extends PollLoop {
  /** The loop's sleep calls a function that is used nowhere else. */
  readonly orphans: boolean;
}

/** The parts of such a loop; `undefined` for every other one, and where a closure would mean or compile to something else. */
export function solePollOf({ calls, layer }: LocatedLayer): SolePoll | undefined {
  const { node: loop } = layer;
  const [call] = calls;
  if (!isLoop(loop) || call === undefined || calls.length > 1 || layer.purpose !== "poll")
    return undefined;
  if (unitOf(call.node) !== unitOf(loop) || !contains(loop, call.node)) return undefined;
  if (loop.parent.type !== T.BlockStatement && loop.parent.type !== T.Program) return undefined;
  const poll = declaredInside(loop) ?? declaredInFront(loop);
  if (poll === undefined || !contains(poll.probe, call.node) || !canMove(poll)) return undefined;
  const sleeps = loop.body.type === T.BlockStatement ? loop.body.body.filter(isSleep) : [];
  return { ...poll, orphans: sleeps.some((sleep) => isLastUse(sleep, loop)) };
}

/** `for (;;) { const answer = await probe; if (done) return answer; await sleep(ms); }` */
function declaredInside(loop: LoopNode): PollLoop | undefined {
  if (!isEndless(loop)) return undefined;
  const [asking, leaving, ...more] = statementsOf(loop) ?? [];
  if (asking?.type !== T.VariableDeclaration || leaving?.type !== T.IfStatement || more.length > 0)
    return undefined;
  const [{ id, init }, ...others] = asking.declarations;
  const exit = soleStatement(leaving.consequent);
  if (init === null || others.length > 0 || leaving.alternate !== null) return undefined;
  if (exit?.type !== T.ReturnStatement || id.type === T.ArrayPattern) return undefined;
  return {
    ...probeOf(init),
    loop,
    declaration: undefined,
    answer: id,
    test: leaving.test,
    finalWhen: true,
    exit,
  };
}

/** `let answer; do { answer = await probe; await sleep(ms); } while (!done);` and its likes. */
function declaredInFront(loop: LoopNode): PollLoop | undefined {
  if (loop.type !== T.WhileStatement && loop.type !== T.DoWhileStatement) return undefined;
  const siblings = "body" in loop.parent ? (loop.parent.body as TSESTree.Statement[]) : [];
  const declaration = siblings[siblings.indexOf(loop) - 1];
  const [asking, leaving, ...more] = statementsOf(loop) ?? [];
  if (
    declaration?.type !== T.VariableDeclaration ||
    declaration.kind === "const" ||
    more.length > 0
  )
    return undefined;
  const [{ id, init }, ...others] = declaration.declarations;
  if (id.type !== T.Identifier || others.length > 0) return undefined;
  const asked = asking?.type === T.ExpressionStatement ? asking.expression : undefined;
  if (asked?.type !== T.AssignmentExpression || asked.operator !== "=") return undefined;
  if (asked.left.type !== T.Identifier || asked.left.name !== id.name) return undefined;
  // Asked once in front of the loop, in the same words, or not at all.
  if (init !== null && textOf(init) !== textOf(asked.right)) return undefined;
  const writes = variableOf(id)?.references.filter((reference) => reference.isWrite()) ?? [];
  if (writes.some(({ identifier }) => identifier !== asked.left && identifier !== id))
    return undefined;
  const parts = { ...probeOf(asked.right), loop, declaration, answer: id, exit: undefined };
  if (leaving === undefined)
    return isEndless(loop) ? undefined : { ...parts, test: loop.test, finalWhen: false };
  if (!isEndless(loop) || leaving.type !== T.IfStatement || leaving.alternate !== null)
    return undefined;
  const exit = soleStatement(leaving.consequent);
  if (exit?.type === T.BreakStatement && exit.label === null)
    return { ...parts, test: leaving.test, finalWhen: true };
  return exit?.type === T.ReturnStatement
    ? { ...parts, test: leaving.test, finalWhen: true, exit }
    : undefined;
}

function probeOf(init: TSESTree.Expression): Pick<PollLoop, "awaits" | "probe"> {
  const probe = init.type === T.AwaitExpression ? init.argument : init;
  const awaits = nodesIn(probe).some(({ type }) => type === T.AwaitExpression);
  return awaits ? { probe: init, awaits } : { probe, awaits };
}

/** The statements of a loop's body, without the sleep at either end of it. */
function statementsOf({ body }: LoopNode): readonly TSESTree.Statement[] | undefined {
  if (body.type !== T.BlockStatement) return undefined;
  const statements = body.body.filter((statement) => !isSleep(statement));
  return body.body.length - statements.length > 1 ? undefined : statements;
}

function isSleep(statement: TSESTree.Statement): boolean {
  if (statement.type !== T.ExpressionStatement || statement.expression.type !== T.AwaitExpression)
    return false;
  const sleep = sleepAt(statement.expression.argument);
  return (
    sleep?.certainty === "sure" &&
    !nodesIn(statement).some(
      ({ type }) => type === T.AssignmentExpression || type === T.UpdateExpression,
    )
  );
}

function isEndless(loop: LoopNode): boolean {
  if (loop.type === T.WhileStatement || loop.type === T.DoWhileStatement)
    return unwrap(loop.test).type === T.Literal && Boolean(constantOf(loop.test)?.value);
  return (
    loop.type === T.ForStatement && loop.init === null && loop.test === null && loop.update === null
  );
}

function soleStatement(statement: TSESTree.Statement): TSESTree.Statement | undefined {
  if (statement.type !== T.BlockStatement) return statement;
  return statement.body.length === 1 ? statement.body[0] : undefined;
}

/** Whether the probe and the condition mean the same, and compile, as functions; and the answer needs no narrowing. */
function canMove({ answer, awaits, declaration, exit, loop, probe, test }: PollLoop): boolean {
  const isOwn = (variable: ReturnType<typeof variableOf>): boolean =>
    variable?.defs.some(
      ({ name }) => contains(answer, name) || contains(probe, name) || contains(test, name),
    ) === true;
  for (const node of [...nodesIn(probe), ...nodesIn(test)]) {
    if (node.type === T.AwaitExpression && (!awaits || contains(test, node))) return false;
    if (MOVES_NOT.has(node.type)) return false;
    if (node.type === T.Identifier && isReference(node)) {
      const variable = variableOf(node);
      if (
        isOwn(variable)
          ? contains(probe, node) && contains(answer, definitionOf(variable))
          : isReassigned(variable)
      )
        return false;
    }
    if (node.type === T.MemberExpression && isNarrowed(node) && !isOwn(rootOf(node))) return false;
  }
  const rest = exit ?? enclosingFunction(loop) ?? unitOf(loop).ast;
  return nodesIn(rest).every((node) => {
    if (node.type !== T.Identifier || !isReference(node)) return true;
    const variable = variableOf(node);
    const isAnswer = variable?.defs.some(({ name }) => contains(answer, name)) === true;
    if (
      !isAnswer ||
      contains(test, node) ||
      (declaration !== undefined && contains(declaration, node))
    )
      return true;
    if (exit === undefined && contains(loop, node)) return true;
    return !isNarrowed(node) && !isNarrowedMember(node);
  });
}

const MOVES_NOT: ReadonlySet<string> = new Set([
  T.AssignmentExpression,
  T.MetaProperty,
  T.Super,
  T.UpdateExpression,
  T.YieldExpression,
]);

function definitionOf(variable: ReturnType<typeof variableOf>): TSESTree.Node {
  return variable?.defs[0]?.name as TSESTree.Node;
}

/** A closure loses what was found out about a variable that is assigned to. */
function isReassigned(variable: ReturnType<typeof variableOf>): boolean {
  return (
    variable?.references.some((reference) => reference.isWrite() && reference.init !== true) ===
    true
  );
}

/** Whether the compiler knows more of an expression at its place than its declaration says. */
function isNarrowed(node: TSESTree.Node): boolean {
  const here = typeAt(node);
  const declared = declaredType(node);
  return here !== undefined && declared !== undefined && here !== declared;
}

/** Whether a member of an answer is narrowed where it is read: `answer.Contact.Id` after a test of `answer.Contact`. */
function isNarrowedMember(node: TSESTree.Node): boolean {
  for (let current = node.parent; current?.type === T.MemberExpression; current = current.parent)
    if (isNarrowed(current)) return true;
  return false;
}

function rootOf(member: TSESTree.Node): ReturnType<typeof variableOf> {
  let node = member;
  for (;;) {
    node = unwrap(node);
    if (node.type === T.MemberExpression) node = node.object;
    else if (node.type === T.CallExpression) node = node.callee;
    else return node.type === T.Identifier ? variableOf(node) : undefined;
  }
}

function isReference(node: TSESTree.Identifier): boolean {
  return scopeOf(node).references.some(({ identifier }) => identifier === node);
}

function nodesIn(node: TSESTree.Node): readonly TSESTree.Node[] {
  return [...walk(node, unitOf(node).visitorKeys)];
}

function textOf(node: TSESTree.Node): string {
  return unitOf(node).text.slice(...node.range);
}
