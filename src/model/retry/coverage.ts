/** Whether something outside the client retries a call. */
import type { Answer } from "../answer.ts";
import type { SdkCall } from "../sdk/call.ts";
import type { Layer } from "./layer.ts";
import { retryPaths } from "./paths.ts";

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
  return bare.some((path) => path.complete) ? "no" : "unknown";
}
