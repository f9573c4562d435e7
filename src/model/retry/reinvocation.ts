/** Handlers that their platform invokes again for the same event, which repeats all that they do. */
import type { TSESTree } from "@typescript-eslint/utils";
import { ancestors, type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { nameOfFunction } from "../program/callers.ts";
import { makeLayer } from "./layer.ts";
import { retryPaths } from "./paths.ts";
import { type Attempt, attemptOf } from "./per-attempt.ts";

/** What an invocation of the handler around a call repeats: Lambda, SQS and EventBridge deliver an event more than once. */
export function reinvocationOf(call: TSESTree.CallExpression): Attempt | undefined {
  for (const path of retryPaths(call)) {
    const handler = handlerAround(path.sites.at(-1) ?? call);
    if (handler === undefined) continue;
    const layer = makeLayer({ kind: "wrapper", node: handler, label: "this handler" });
    const attempt = attemptOf(call, path, layer);
    if (attempt !== undefined) return attempt;
  }
  return undefined;
}

/** The outermost function around a node, if its name says that it handles events and it takes one. */
function handlerAround(node: TSESTree.Node): FunctionNode | undefined {
  const outermost = [...ancestors(node)].findLast((ancestor) => isFunction(ancestor));
  if (outermost === undefined || !isFunction(outermost) || outermost.params.length === 0)
    return undefined;
  return /handler$/i.test(nameOfFunction(outermost)?.name ?? "") ? outermost : undefined;
}
