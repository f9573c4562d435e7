/** Outcomes that are told by calling a function: the callback of an AWS call, `resolve` and `reject` of a promise. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import {
  calleeMember,
  contains,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  isLoop,
  memberName,
  wrapped,
} from "../../ast/nodes.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { type Place, placeOf } from "./places.ts";
import type { Settled } from "./state.ts";

/**
 * The function that an attempt calls with its error or result: `connect.listUsers(params, (error, data) => …)`.
 * @returns `"unclear"` where it is told to something that cannot be followed
 */
export function outcomeCallback(
  anchor: TSESTree.Node,
  root: TSESTree.Node,
): FunctionNode | "unclear" | undefined {
  if (anchor.type !== T.CallExpression || !anchor.arguments.some(isFunction)) return undefined;
  if (calleeMember(anchor) === undefined) return undefined;
  const last = anchor.arguments.at(-1);
  if (sdkCallAt(anchor) === undefined || !isFunction(last)) return "unclear";
  // Of a request that is sent twice, by callback and by promise, the promise is waited for.
  if (isSentByPromise(anchor)) return undefined;
  const home = enclosingFunction(anchor);
  // A loop does not wait for a callback, unless a promise does.
  return isLoop(root) && (home === undefined || contains(home, root)) ? "unclear" : last;
}

function isSentByPromise(request: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(request);
  return parent?.type === T.MemberExpression && memberName(parent) === "promise";
}

/** The names by which the promises made in some code are settled, with how each settles them. */
export function settlersIn(nodes: readonly TSESTree.Node[]): ReadonlyMap<Place, Settled> {
  const settlers = new Map<Place, Settled>();
  for (const node of nodes) {
    const executor = executorOf(node);
    if (executor === undefined) continue;
    for (const [index, settled] of (["result", "rejected"] as const).entries()) {
      const parameter = executor.params[index];
      const place = parameter === undefined ? undefined : placeOf(parameter);
      if (place !== undefined) settlers.set(place, settled);
    }
  }
  return settlers;
}

/** The function in `new Promise((resolve, reject) => …)`. */
export function executorOf(node: TSESTree.Node): FunctionNode | undefined {
  if (node.type !== T.NewExpression || node.callee.type !== T.Identifier) return undefined;
  const [executor] = node.arguments;
  return node.callee.name === "Promise" && isFunction(executor) ? executor : undefined;
}

/** Whether a function is run by `new Promise` at once, as part of the code around it. */
export function isExecutor(fn: FunctionNode): boolean {
  return executorOf(fn.parent) === fn;
}
