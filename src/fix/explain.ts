/** Saying in a message why it comes without an edit. */
import type { Edit } from "./edit.ts";

/**
 * The sentence that a message ends with, through a placeholder of its own, where no edit is offered: what is missing for one, such as a
 * helper module that cannot be resolved. Empty where there is an edit. Begins with a space.
 */
export function whyNoEdit({ applicability, reason }: Edit): string {
  return applicability === "none" && reason !== undefined ? ` No edit is offered: ${reason}.` : "";
}
