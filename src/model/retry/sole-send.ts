/** Loops that do nothing but send a command until that succeeds: what the helper does in one call. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { contains, enclosingFunction, isLoop, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { constantOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import type { SdkCall } from "../sdk/call.ts";
import type { Layer } from "./layer.ts";

export interface SoleSend {
  readonly loop: TSESTree.Node;
  readonly call: SdkCall;
  /** What stays when the loop goes: from the statement that sends to the one that leaves the loop. */
  readonly kept: readonly [start: number, end: number];
  /** Functions of the project that only the loop calls, so that they are left without a use. */
  readonly orphans: boolean;
}

type SourceCode = Readonly<TSESLint.SourceCode>;

/** The parts of a loop that sends one command until it succeeds, if it does nothing else at all. */
export function soleSendOf(
  layer: Layer,
  call: SdkCall | undefined,
  sourceCode: SourceCode,
): SoleSend | undefined {
  const { node: loop } = layer;
  if (call === undefined || !isLoop(loop) || !contains(loop, call.node)) return undefined;
  if (
    call.style !== "send" ||
    !isPlainCommand(call, sourceCode) ||
    !isEndless(loop) ||
    loop.body.type !== T.BlockStatement
  )
    return undefined;
  // More than one statement may take its place.
  if (loop.parent.type !== T.BlockStatement && loop.parent.type !== T.Program) return undefined;
  const [attempt, ...rest] = loop.body.body;
  if (attempt?.type !== T.TryStatement || attempt.finalizer !== null || attempt.handler === null)
    return undefined;
  const waits = [...attempt.handler.body.body, ...rest];
  if (!waits.every((statement) => isWait(statement, sourceCode))) return undefined;
  const kept = keptOf(attempt.block.body, call.node, loop);
  return kept === undefined
    ? undefined
    : { loop, call, kept, orphans: waits.some((statement) => isLastUse(statement, loop)) };
}

/** `while (true)`, `for (;;)`, and a `for` that counts without asking. */
function isEndless(loop: TSESTree.Node): boolean {
  if (loop.type === T.WhileStatement || loop.type === T.DoWhileStatement)
    return Boolean(unwrap(loop.test).type === T.Literal && constantOf(loop.test)?.value);
  if (loop.type !== T.ForStatement || loop.test !== null) return false;
  const { init, update } = loop;
  const isCounter =
    init === null ||
    (init.type === T.VariableDeclaration &&
      init.declarations.every((declared) => declared.init?.type === T.Literal));
  return isCounter && (update === null || (update.type === T.UpdateExpression && init !== null));
}

/** A command whose making does nothing that would count: `new ListUsersCommand({ … })`, or one that is there already. */
function isPlainCommand({ command }: SdkCall, sourceCode: SourceCode): boolean {
  if (command === undefined) return false;
  const parts = command.type === T.NewExpression ? command.arguments : [command];
  return parts.every(
    (part) => !ASTUtils.hasSideEffect(part, sourceCode, { considerGetters: false }),
  );
}

/** `await sleep(…)` with nothing in it that would count. */
function isWait(statement: TSESTree.Statement, sourceCode: SourceCode): boolean {
  if (statement.type === T.ContinueStatement) return statement.label === null;
  if (statement.type !== T.ExpressionStatement || statement.expression.type !== T.AwaitExpression)
    return false;
  const sleep = sleepAt(statement.expression.argument);
  if (sleep === undefined || sleep.certainty === "weak") return false;
  const { call } = sleep;
  if (call.type === T.NewExpression)
    return [...walk(call, unitOf(call).visitorKeys)].every(
      ({ type }) => type !== T.AssignmentExpression && type !== T.UpdateExpression,
    );
  return call.arguments.every(
    (argument) =>
      !ASTUtils.hasSideEffect(argument, sourceCode, { considerGetters: false }) ||
      isArithmetic(argument),
  );
}

/** Calls of `Math` count as nothing done. */
function isArithmetic(node: TSESTree.Node): boolean {
  return [...walk(node, unitOf(node).visitorKeys)].every((part) => {
    if (part.type === T.CallExpression)
      return (
        part.callee.type === T.MemberExpression &&
        part.callee.object.type === T.Identifier &&
        part.callee.object.name === "Math"
      );
    return /^(?:BinaryExpression|Identifier|Literal|MemberExpression|UnaryExpression)$/.test(
      part.type,
    );
  });
}

/** Where the statements of the `try` are: send and leave, in one of the ways that can do without the loop. */
function keptOf(
  statements: readonly TSESTree.Statement[],
  call: TSESTree.Node,
  loop: TSESTree.Node,
): readonly [number, number] | undefined {
  const [send, leave, ...more] = statements;
  if (send === undefined || more.length > 0) return undefined;
  const isSent = (value: TSESTree.Node | null | undefined): boolean =>
    value?.type === T.AwaitExpression && value.argument === call;
  if (leave === undefined)
    return send.type === T.ReturnStatement && isSent(send.argument) ? send.range : undefined;
  if (send.type === T.ExpressionStatement) {
    const { expression } = send;
    const isKept =
      isSent(expression) ||
      (expression.type === T.AssignmentExpression &&
        expression.operator === "=" &&
        expression.left.type === T.Identifier &&
        isSent(expression.right));
    if (!isKept) return undefined;
    if (leave.type === T.BreakStatement) return leave.label === null ? send.range : undefined;
    return leave.type === T.ReturnStatement ? [send.range[0], leave.range[1]] : undefined;
  }
  if (send.type !== T.VariableDeclaration || leave.type !== T.ReturnStatement) return undefined;
  const [declared, ...others] = send.declarations;
  if (declared.id.type !== T.Identifier || others.length > 0 || !isSent(declared.init))
    return undefined;
  return isNamedOnlyIn(loop, declared.id.name) ? [send.range[0], leave.range[1]] : undefined;
}

/** Whether a name means nothing around a loop, so that a variable of that name can move out of it. */
function isNamedOnlyIn(loop: TSESTree.Node, name: string): boolean {
  const around = enclosingFunction(loop)?.body;
  if (around === undefined) return false;
  return [...walk(around, unitOf(loop).visitorKeys)].every(
    (node) => node.type !== T.Identifier || node.name !== name || contains(loop, node),
  );
}

/** Whether the function that a statement calls is used nowhere else in its file. */
export function isLastUse(statement: TSESTree.Statement, loop: TSESTree.Node): boolean {
  const unit = unitOf(statement);
  return [...walk(statement, unit.visitorKeys)].some((node) => {
    if (node.type !== T.CallExpression || node.callee.type !== T.Identifier) return false;
    const { name } = node.callee;
    return ![...walk(unit.ast, unit.visitorKeys)].some(
      (other) =>
        other.type === T.Identifier &&
        other.name === name &&
        !contains(loop, other) &&
        !isDeclaredBy(other),
    );
  });
}

function isDeclaredBy({ parent }: TSESTree.Node): boolean {
  if (parent?.type === T.FunctionDeclaration)
    return parent.parent.type !== T.ExportNamedDeclaration;
  if (parent?.type === T.VariableDeclarator)
    return parent.parent.parent.type !== T.ExportNamedDeclaration;
  return parent?.type === T.ImportSpecifier || parent?.type === T.ImportDefaultSpecifier;
}
