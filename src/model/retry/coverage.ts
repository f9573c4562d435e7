/** Whether something outside the client retries a call. */
import { catchClauseAround, enclosingFunction } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import type { SdkCall } from "../sdk/call.ts";
import type { Layer } from "./layer.ts";
import { type RetryPath, retryPaths } from "./paths.ts";

/**
 * Whether every way to a call passes a deliberate retry layer outside the client.
 * @param covers - which layers count; by default all that retry failures
 * @returns `yes`: all ways do; `no`: one way is seen whole and passes none; `unknown` otherwise
 */
export function isRetriedOutside(
  call: SdkCall,
  covers: (layer: Layer) => boolean = () => true,
): Answer {
  if (call.style === "helper") return "yes";
  const bare = retryPaths(call.node).filter(
    ({ layers }) =>
      !layers.some((layer) => layer.deliberate && layer.purpose === "retry" && covers(layer)),
  );
  if (bare.length === 0) return "yes";
  return bare.some((path) => path.complete && !mayRepeatFailures(call, path)) ? "no" : "unknown";
}

/**
 * Whether a loop asks a function for its outcome again and again that catches the failure of the call: what looks like a poll may
 * be a retry, as in `do { outcome = await once(); } while (outcome.status === "retry")`.
 */
function mayRepeatFailures({ node }: SdkCall, { layers }: RetryPath): boolean {
  const home = enclosingFunction(node);
  return (
    layers.some(
      ({ node: loop, purpose }) => purpose === "poll" && enclosingFunction(loop) !== home,
    ) && catchClauseAround(node) !== undefined
  );
}
