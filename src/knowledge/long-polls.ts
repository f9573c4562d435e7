/** Operations that the service answers only when there is something to tell, or after a while. From the API reference of each. */
export interface LongPoll {
  /** As the API spells it; no other service has an operation of that name. */
  readonly operation: string;
  /** The input member that says how long the service may take, in seconds, where there is one: 0 is an answer at once. */
  readonly waitMember: string | undefined;
}

/** Every known operation of that kind. */
export const longPolls: readonly LongPoll[] = [
  // Where the input does not say, the queue does.
  { operation: "ReceiveMessage", waitMember: "WaitTimeSeconds" },
  // Sixty seconds each.
  { operation: "GetActivityTask", waitMember: undefined },
  { operation: "PollForActivityTask", waitMember: undefined },
  { operation: "PollForDecisionTask", waitMember: undefined },
];
