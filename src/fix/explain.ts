/** Saying in a message why it comes without an edit. */
import type { Edit } from "./edit.ts";

/**
 * The sentence that a message ends with, through a placeholder of its own, where no edit is offered: what is missing for one, such as a
 * helper module that cannot be resolved; or where a person has to know something before agreeing to one. Else empty. Begins with a space.
 */
export function whyNoEdit({ applicability, reason, note }: Edit): string {
  if (applicability === "none")
    return reason === undefined ? "" : ` No edit is offered: ${reason}.`;
  return note === undefined ? "" : ` The edit is only a suggestion: ${note}.`;
}
