/** Requests that wait on the side of the service. */
import { longPolls } from "../../knowledge/index.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import type { SdkCall } from "./call.ts";

/** Whether the service may hold a request back until there is something to answer. */
export function isLongPoll({ operation, input }: SdkCall): boolean {
  const longPoll = longPolls.find((known) => known.operation === operation);
  if (longPoll?.waitMember === undefined) return longPoll !== undefined;
  const { answer, values } = lookUp(input, longPoll.waitMember);
  return answer !== "yes" || values.some((value) => numberOf(value) !== 0);
}
