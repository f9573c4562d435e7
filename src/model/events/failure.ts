/** The event that Amazon Connect sends when an action of a rule fails: its names, its fields, and which files speak of it. */
import type { FileInSight, Unit } from "../program/unit.ts";

/** The `detail-type`s that the documentation gives; it contradicts itself. */
export const FAILURE_TYPES = [
  // In the EventBridge reference, and in the sample event of the administrator guide.
  "Amazon Connect Rules Action Execution Failed",
  // In the same guide, where it says what to subscribe to.
  "Contact Lens Rules Action Execution Failed",
] as const;

export type FailureType = (typeof FAILURE_TYPES)[number];

/** What the two names have in common, and no other event's name. */
export const FAILURE_PHRASE = "Rules Action Execution Failed";

/** The action types that the documentation lists; the API has more. */
export const DOCUMENTED_ACTIONS: ReadonlySet<string> = new Set([
  "CREATE_TASK",
  "GENERATE_EVENTBRIDGE_EVENT",
  "SEND_NOTIFICATION",
]);

/** Members of the error that `additionalInfo` holds as JSON. */
export const ERROR_FIELDS: ReadonlySet<string> = new Set([
  "message",
  "code",
  "statusCode",
  "time",
  "requestId",
  "retryable",
  "retryDelay",
]);

export function isFailureType(name: string | undefined): name is FailureType {
  return FAILURE_TYPES.some((type) => type === name);
}

/** The name that goes with a given one. */
export function otherFailureType(name: FailureType): FailureType {
  return name === FAILURE_TYPES[0] ? FAILURE_TYPES[1] : FAILURE_TYPES[0];
}

/** Whether a file may hold a pattern or a handler of the event. Stacks and handlers import no SDK, so the text alone decides. */
export function isRulesEventInReach({ text }: FileInSight): boolean {
  return /Rules Action Execution Failed|additionalInfo|parseRulesActionFailure|["']aws\.connect["']/.test(
    text,
  );
}

/** Members that the event shares with many others, and members that hardly any other has. */
const COMMON_FIELDS = ["ruleId", "actionType", "instanceArn", "retryable"];
const TELLING_FIELDS = ["reasonCode", "triggerEvent", "retryDelay"];

/** Whether a file handles the event: it names it, uses the helper for it, or has `additionalInfo` with three more of its fields, one of them telling. */
export function handlesFailures({ text }: Unit): boolean {
  if (text.includes(FAILURE_PHRASE) || text.includes("parseRulesActionFailure")) return true;
  if (!text.includes("additionalInfo")) return false;
  const count = (fields: readonly string[]): number =>
    fields.filter((field) => new RegExp(`\\b${field}\\b`).test(text)).length;
  const telling = count(TELLING_FIELDS);
  return telling > 0 && telling + count(COMMON_FIELDS) >= 3;
}
