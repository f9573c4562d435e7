/** What a retry layer is: the record that every rule asks its question of. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { RetryFunction } from "../../knowledge/index.ts";
import { type Delay, UNKNOWN_DELAY } from "../delay/delay.ts";
import type { LoopFacts } from "../loop/facts.ts";

/** How many times a layer can run what is inside it: the first attempt included. */
export type Attempts =
  | {
      readonly kind: "bounded";
      /** `undefined`: bounded, by a number or a clock that cannot be read. */ readonly max:
        number | undefined;
    }
  | { readonly kind: "unbounded"; readonly reason: UnboundedReason; readonly node: TSESTree.Node }
  | { readonly kind: "unknown" };

export type UnboundedReason =
  | "counter-only-on-success" // advanced only where the attempt succeeded
  | "counter-reset" // set back inside the loop
  | "counter-skipped" // compared with === and advanced by more than one, or from beyond it
  | "counter-stuck" // tested, never advanced
  | "goes-on-after-success" // nothing leaves the loop when the attempt succeeds
  | "no-exit" // nothing but success leaves
  | "no-limit-option"; // an option that means "for ever", or a library whose default is that

/** Which errors lead to another attempt. */
export type Filter =
  | { readonly kind: "everything"; readonly node: TSESTree.Node } // no test on the failure path
  | {
      readonly kind: "some";
      /** Only throttling passes: a refused request cannot duplicate. */ readonly throttlingOnly: boolean;
      readonly names: readonly string[];
      /** The names that alone are stopped on some way, where its tests ask for nothing else. */
      readonly except?: readonly string[];
      readonly node: TSESTree.Node;
    }
  | { readonly kind: "unknown" };

/** What happens when the attempts run out. */
export type Exhaustion =
  | { readonly kind: "throws" }
  | {
      readonly kind: "returns"; // the error, or a value that says so
      /** The error where it is returned as it is, so that only its type tells it from a result. */
      readonly error?: TSESTree.Node;
    }
  | { readonly kind: "silent"; readonly node: TSESTree.Node }
  | { readonly kind: "unknown" };

export type LayerKind = "client" | "loop" | "recursion" | "requeue" | "resend" | "wrapper";

export interface Layer {
  readonly kind: LayerKind;
  /** The loop, the wrapper's call, the recursive call, the second call, the client's construction. */
  readonly node: TSESTree.Node;
  /** Whether failures, unready results or items that were left undone lead back: a poll over a client with a policy is not nesting. */
  readonly purpose: "leftovers" | "poll" | "retry";
  /** Someone chose it: false only for a client that was left as it comes. */
  readonly deliberate: boolean;
  readonly attempts: Attempts;
  readonly delay: Delay;
  readonly filter: Filter;
  readonly exhaustion: Exhaustion;
  /** What it repeats also fails while an answer is not the one that is waited for: its number is the patience of a poll. */
  readonly asksAgain?: boolean;
  /** Counts the attempts of what is inside it against its own limit, so that the two do not multiply. */
  readonly sharesBudget?: boolean;
  /** How messages name it: "p-retry", "this while loop", "retryConnect()". */
  readonly label: string;
  /** The nodes that show it. */
  readonly evidence: readonly TSESTree.Node[];
  /** The layer inside the project's own wrapper, for a layer that a call of that wrapper is. */
  readonly origin?: Layer;
  /** What the loop analysis knows besides, for layers of kind loop, recursion and requeue. */
  readonly loop?: LoopFacts;
  /** The library's facts and the call that holds its options, for layers that a library is. */
  readonly library?: {
    readonly known: RetryFunction;
    readonly options: TSESTree.Node | undefined;
    readonly call: TSESTree.CallExpression;
  };
}

/** Whether a layer goes on until an answer is as it should be, and leaves at least some errors of the request alone. */
export function repeatsAnswers({ purpose, asksAgain = false, filter }: Layer): boolean {
  return purpose !== "retry" || (asksAgain && filter.kind !== "everything");
}

/** A deliberate retry layer of which only what is given is known. */
export function makeLayer(facts: Partial<Layer> & Pick<Layer, "kind" | "label" | "node">): Layer {
  return {
    purpose: "retry",
    deliberate: true,
    attempts: { kind: "unknown" },
    delay: UNKNOWN_DELAY,
    filter: { kind: "unknown" },
    exhaustion: { kind: "unknown" },
    evidence: [facts.node],
    ...facts,
  };
}
