/** The whole retry stack of a call: the client's own layer and what lies around it, with the worst case of HTTP attempts. */
import type { TSESTree } from "@typescript-eslint/utils";
import { type Construction, constructionsOf } from "../client/construction.ts";
import { type ClientPolicy, policyOf } from "../client/policy.ts";
import type { Delay } from "../delay/delay.ts";
import { once } from "../once.ts";
import type { SdkCall } from "../sdk/call.ts";
import { helperLayer } from "./helper-layer.ts";
import { type Attempts, type Layer, makeLayer, repeatsAnswers } from "./layer.ts";
import { type RetryPath, retryPaths } from "./paths.ts";

/** One way to a call: its layers from the client outward. */
export interface RetryStack {
  readonly layers: readonly Layer[];
  readonly path: RetryPath;
}

/** The retry stacks of a call, one for each way to it. */
export const retryStacks = once((call: SdkCall): readonly RetryStack[] => {
  const helper = call.style === "helper" ? helperLayer(call.node) : undefined;
  const inner = helper === undefined ? [clientLayer(call)] : [helper];
  // The helper counts the SDK's own attempts against its budget: the two are one layer.
  return retryPaths(call.node).map((path) => ({
    layers: path.layers.some(({ sharesBudget }) => sharesBudget)
      ? path.layers
      : [...inner, ...path.layers],
    path,
  }));
});

/** SDK v3 and v2 wait at random from the first retry on. */
const SDK_DELAY: Delay = {
  kind: "jittered",
  node: undefined,
  fixedMs: undefined,
  maxMs: 20_000,
  capped: "yes",
  slips: [],
  evidence: [],
  scale: 1,
};

/** The layer that the call's client is; of several that it can be, the one with the most attempts. */
function clientLayer(call: SdkCall): Layer {
  const { constructions, complete } =
    call.client === undefined ? NONE : constructionsOf(call.client);
  const policies = constructions.map((construction) => ({
    construction,
    policy: policyOf(construction),
  }));
  const most = policies.toSorted((a, b) => (b.policy.attempts ?? 0) - (a.policy.attempts ?? 0))[0];
  if (most === undefined || !complete) {
    // A client that cannot be seen is most likely as it comes, but nobody knows.
    return layer(call.client ?? call.node, "the client", { kind: "unknown" }, false);
  }
  const { construction, policy } = most;
  const unreadable = policies.some((item) => item.policy.kind === "unknown");
  return layer(
    construction.node,
    labelOf(construction, policy),
    unreadable ? { kind: "unknown" } : { kind: "bounded", max: policy.attempts },
    policy.kind === "deliberate",
  );
}

const NONE = { constructions: [], complete: false };

function labelOf({ client }: Construction, policy: ClientPolicy): string {
  return policy.kind === "default" ? `${client.name}'s default` : `${client.name}'s own retries`;
}

function layer(node: TSESTree.Node, label: string, attempts: Attempts, deliberate: boolean): Layer {
  return makeLayer({
    kind: "client",
    node,
    label,
    attempts,
    deliberate,
    delay: SDK_DELAY,
    exhaustion: { kind: "throws" },
  });
}

/** The most HTTP requests that one call can turn into, and whether it is known exactly. */
export interface WorstCase {
  /** `Infinity` when a layer has no limit; the product of what is known otherwise. */
  readonly attempts: number;
  /** False when a layer's number could not be read, so that `attempts` is a lower bound. */
  readonly exact: boolean;
  /** The factors from the client outward, unknown ones left out. */
  readonly factors: readonly number[];
}

/** Multiplies the attempts of a stack's retry layers; polls repeat successes and do not multiply failures. */
export function worstCase({ layers }: RetryStack): WorstCase {
  let exact = true;
  const factors: number[] = [];
  for (const layer of layers) {
    const { attempts } = layer;
    if (repeatsAnswers(layer)) continue;
    if (attempts.kind === "unbounded") factors.push(Infinity);
    else if (attempts.kind === "bounded" && attempts.max !== undefined) factors.push(attempts.max);
    else exact = false;
  }
  return { attempts: factors.reduce((product, factor) => product * factor, 1), exact, factors };
}
