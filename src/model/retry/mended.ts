/** Whether a handler does something about a failure before it makes the call again: such a call is no blind retry. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, calleeMember, contains } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { isLog } from "../log.ts";
import { isGlobal } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { commandAt } from "../sdk/identify.ts";
import { repeatedCode } from "./delay-place.ts";
import type { Layer } from "./layer.ts";

/**
 * Whether anything beside waits, tests of the error and logs is run before the second call of a handler: what was missing is created,
 * or a client made with other credentials.
 */
export function isMendedBefore(layer: Layer): boolean {
  const code = repeatedCode(layer);
  const attempts = layer.evidence;
  return [...walk(code, unitOf(code).visitorKeys)].some(
    (node) =>
      (node.type === T.CallExpression || node.type === T.NewExpression) &&
      !attempts.some((attempt) => contains(node, attempt) || contains(attempt, node)) &&
      !isHarmless(node) &&
      ![...ancestors(node)].some((around) => contains(code, around) && isAside(around, node)),
  );
}

const HARMLESS_OWNERS = ["console", "JSON", "Math", "Number", "Object"];

function isHarmless(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  if (isWait(node)) return true;
  if (node.type === T.NewExpression) return commandAt(node) !== undefined;
  const owner = calleeMember(node)?.object;
  return owner === undefined
    ? isGlobal(node.callee, "String") || isGlobal(node.callee, "Number")
    : isLog(node) || HARMLESS_OWNERS.some((name) => isGlobal(owner, name));
}

/** Whether what stands in a node only says how long to wait, what failed, or whether to go on. */
function isAside(around: TSESTree.Node, node: TSESTree.Node): boolean {
  if (around.type === T.ThrowStatement || isWait(around)) return true;
  return (
    (around.type === T.IfStatement || around.type === T.ConditionalExpression) &&
    contains(around.test, node)
  );
}

function isWait(node: TSESTree.Node): boolean {
  return sleepAt(node) !== undefined || timerAt(node) !== undefined;
}
