/** Whether a request may be sent again. */
import { dangerTier, readOnlyByName } from "../../knowledge/index.ts";
import type { Answer } from "../answer.ts";
import type { SdkCall } from "../sdk/call.ts";

/**
 * Whether sending a call's request again through the helper does nothing twice: reads, last-writer-wins changes, and operations
 * whose idempotency token the helper pins.
 */
export function isSafeToRepeat(call: SdkCall): Answer {
  const { operation, facts } = call;
  if (operation === undefined) return "unknown";
  if (facts === undefined) return readOnlyByName(operation) ? "yes" : "unknown";
  if (facts.readOnly || facts.token?.fill === "sdk") return "yes";
  return dangerTier(call.package, operation) === "none" ? "yes" : "no";
}
