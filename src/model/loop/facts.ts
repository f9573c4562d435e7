/** What is known of a piece of code that can run a call again. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { Answer } from "../answer.ts";
import type { Attempts, Exhaustion, Filter, Layer } from "../retry/layer.ts";
import type { GivenCall } from "./given.ts";

export type LoopKind =
  | "iteration" // over data: each round has other work
  | "leftovers" // what an answer says was left undone is sent again
  | "pacing" // over data or for ever, with a sleep after successful rounds: client-side rate limiting
  | "pagination" // a next-page token leads back
  | "poll" // a result leads back
  | "retry" // a failure leads back to the same work
  | "unknown"
  | "worker"; // drains shared work

/** Whether code of a kind sends again what was sent before; other kinds are no layers. */
export function isRepetition(kind: LoopKind): kind is Layer["purpose"] {
  return kind === "retry" || kind === "poll" || kind === "leftovers";
}

/** The variable that counts the attempts of a layer, for fixes that compute a delay from it. */
export interface Counter {
  readonly name: string;
  /** Its value during the first attempt, where it can be read. */
  readonly base: number | undefined;
}

export interface LoopFacts {
  readonly kind: LoopKind;
  /** The loop; the call by which a function calls itself; the call that puts a failed item back. */
  readonly node: TSESTree.Node;
  /** Unknown for kinds that are no layers. */
  readonly attempts: Attempts;
  /** The attempts as one caller sets them, where `attempts` has no number. */
  readonly attemptsGiven: ((calls: readonly GivenCall[]) => Attempts) | undefined;
  readonly leavesOnSuccess: Answer;
  readonly exhaustion: Exhaustion;
  readonly filter: Filter;
  /** The sleeps between a failure (for a poll: an unready result) and the next attempt. */
  readonly waits: readonly TSESTree.Node[];
  /** Whether there is such a sleep on every way to the next attempt. */
  readonly alwaysWaits: Answer;
  readonly counter: Counter | undefined;
  readonly evidence: readonly TSESTree.Node[];
}

/** Facts of code that is not judged: only its kind is known. */
export function factsOfKind(kind: LoopKind, node: TSESTree.Node): LoopFacts {
  return {
    kind,
    node,
    attempts: { kind: "unknown" },
    attemptsGiven: undefined,
    leavesOnSuccess: "unknown",
    exhaustion: { kind: "unknown" },
    filter: { kind: "unknown" },
    waits: [],
    alwaysWaits: "unknown",
    counter: undefined,
    evidence: [node],
  };
}
