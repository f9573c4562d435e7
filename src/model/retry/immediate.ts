/** Whether the next attempt of a layer without a sleep really goes out at once. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  contains,
  enclosingFunction,
  isLoop,
  memberName,
  wrapped,
} from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { classifyError } from "../../knowledge/index.ts";
import { timerAt } from "../delay/timer.ts";
import { readsClock } from "../loop/limits.ts";
import { isGlobal } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { isLongPoll } from "../sdk/long-poll.ts";
import { repeatedCode } from "./delay-place.ts";
import type { LocatedLayer } from "./program-layers.ts";

/** Whether nothing between two attempts may take time, or mend what failed: everything else is given the benefit of the doubt. */
export function isImmediate(located: LocatedLayer): boolean {
  return (
    !mendsSomething(located) &&
    !located.calls.some(isLongPoll) &&
    othersWorking(located).length === 0
  );
}

/** Whether only errors lead to another attempt that time does not cure, such as an expired token. */
function mendsSomething({ layer: { filter } }: LocatedLayer): boolean {
  if (filter.kind !== "some" || filter.throttlingOnly || filter.names.length === 0) return false;
  return filter.names.every((name) => classifyError({ name }) === undefined);
}

/** What the repeated code waits for, or starts, beside the attempt itself. */
function othersWorking({ calls, layer }: LocatedLayer): readonly TSESTree.Node[] {
  const code = repeatedCode(layer);
  const unit = unitOf(code);
  // A request may stand in a function of its own, and what is put back is none.
  const again = layer.kind === "requeue" ? [] : [layer.node];
  const attempts = [...again, ...calls.map(({ node }) => node)].filter(
    (node) => node !== code && contains(code, node) && unitOf(node) === unit,
  );
  const isAttempt = (node: TSESTree.Node): boolean =>
    attempts.some((attempt) => contains(node, attempt) || contains(attempt, node));
  const works = [...walk(code, unit.visitorKeys)].filter((node) => {
    if (blocks(node, code)) return true;
    if (isLoop(code)) return node.type === T.AwaitExpression || node.type === T.YieldExpression;
    return (
      node.type === T.CallExpression && !isLog(node) && !isTest(node) && !isLooseTimer(node, code)
    );
  });
  const others = works.filter((node) => !isAttempt(node));
  // In the loop of a retry function the only thing waited for is what it was handed.
  return attempts.length === 0 ? others.slice(1) : others;
}

/** Whether a node holds up the thread: by running in circles until the clock says otherwise, or until another process is done. */
function blocks(node: TSESTree.Node, code: TSESTree.Node): boolean {
  if (node !== code && spins(node)) return true;
  if (node.type !== T.CallExpression) return false;
  const { functions } = functionsOf(node.callee);
  return functions.length === 0
    ? /^(?:exec|execFile|spawn)Sync$/.test(calleeName(node) ?? "")
    : functions.some((fn) => [...walkOwn(fn.body, unitOf(fn).visitorKeys)].some(spins));
}

/** Whether a node is a loop that reads the clock and does nothing that takes time by itself. */
function spins(node: TSESTree.Node): boolean {
  if (!isLoop(node)) return false;
  const waits = [...walk(node, unitOf(node).visitorKeys)].some(
    ({ type }) => type === T.AwaitExpression,
  );
  return !waits && readsClock(node);
}

/** Whether a call is asked at once for what it returns, as `isRetryable(error)` is: that takes no time. */
function isTest(call: TSESTree.CallExpression): boolean {
  const outer = wrapped(call);
  const { parent } = outer;
  return (
    parent?.type === T.BinaryExpression ||
    (parent?.type === T.UnaryExpression && parent.operator === "!") ||
    (parent?.type === T.IfStatement && parent.test === outer)
  );
}

/** `setTimeout(…);` as a statement of its own: the code goes on at once. */
function isLooseTimer(call: TSESTree.CallExpression, code: TSESTree.Node): boolean {
  return (
    timerAt(call) !== undefined &&
    call.parent.type === T.ExpressionStatement &&
    enclosingFunction(call) === code
  );
}

function isLog(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  return (
    member !== undefined &&
    (isGlobal(member.object, "console") ||
      /^(?:catch|finally|then)$/.test(memberName(member) ?? ""))
  );
}
