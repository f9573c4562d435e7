/** What is known of the time between two attempts. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { Answer } from "../answer.ts";

export type DelayKind =
  | "clock" // a rest of time that the clock tells, without randomness
  | "fixed" // the same every time
  | "growing" // with the attempt, without randomness
  | "jittered" // a random source somewhere in its flow
  | "none" // no wait at all
  | "unknown";

/** A mistake in how a delay is written. */
export type DelaySlip =
  | "bitwise-xor" // 2 ^ attempt where 2 ** attempt is meant
  | "not-awaited" // the sleep is started and not waited for
  | "seconds-as-milliseconds"; // a value that only makes sense in seconds handed to a timer in milliseconds

export interface Delay {
  readonly kind: DelayKind;
  /** The expression that gives the time, where there is one. */
  readonly node: TSESTree.Node | undefined;
  /** What `node` is multiplied with before it reaches the timer: 1 where it gives milliseconds. */
  readonly scale: number;
  /** The value of a fixed delay in milliseconds, where it can be read. */
  readonly fixedMs: number | undefined;
  /** The largest single wait in milliseconds; `undefined` where it cannot be computed. */
  readonly maxMs: number | undefined;
  /** Whether something keeps the delay from growing without end. */
  readonly capped: Answer;
  readonly slips: readonly { readonly slip: DelaySlip; readonly node: TSESTree.Node }[];
  readonly evidence: readonly TSESTree.Node[];
}

export const UNKNOWN_DELAY: Delay = {
  kind: "unknown",
  node: undefined,
  scale: 1,
  fixedMs: undefined,
  maxMs: undefined,
  capped: "unknown",
  slips: [],
  evidence: [],
};

export const NO_DELAY: Delay = {
  kind: "none",
  node: undefined,
  scale: 1,
  fixedMs: 0,
  maxMs: 0,
  capped: "yes",
  slips: [],
  evidence: [],
};
