/** Settings of a client that do not do what they say. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { staticKey } from "../../ast/nodes.ts";
import { isRetriedOutside } from "../retry/coverage.ts";
import { numberOf } from "../program/constant.ts";
import type { Construction } from "./construction.ts";
import { policyOf } from "./policy.ts";
import { packageRoot, retryEra } from "./remedy.ts";
import { isSurelySet, modeOf, type Setting, settingIn, settingOf } from "./setting.ts";
import { callsServedBy } from "./served.ts";

export type ConfigFault =
  /** `retryStrategy` is set, and the SDK then looks at nothing else. */
  | {
      readonly kind: "overridden";
      readonly key: "maxAttempts" | "retryMode";
      readonly setting: Setting;
      /** Whether it asks for what the strategy does anyway. */
      readonly isSame: boolean;
    }
  /** A key of the other major version of the SDK. */
  | {
      readonly kind: "otherVersion";
      readonly key: string;
      readonly setting: Setting;
      /** The setting of this version that says the same, if it is free. */
      readonly counterpart: { readonly key: string; readonly value: number } | undefined;
    }
  /** A retry key among the parameters that v2 sends with each request. */
  | {
      readonly kind: "misplaced";
      readonly key: string;
      readonly setting: Setting;
      readonly params: Setting;
    }
  | { readonly kind: "noAttempts"; readonly setting: Setting; readonly value: number }
  /** A mode that the SDK does not know, and takes for `standard`. */
  | {
      readonly kind: "unknownMode";
      readonly setting: Setting;
      readonly mode: string;
      readonly meant: "adaptive" | "standard" | undefined;
    }
  | { readonly kind: "adaptiveWithoutMemory"; readonly setting: Setting };

const V2_KEYS = ["maxRetries", "retryDelayOptions"] as const;
const V3_KEYS = ["maxAttempts", "retryMode", "retryStrategy"] as const;

/** The faults in the retry settings of a construction. */
export function configFaults(construction: Construction): readonly ConfigFault[] {
  return [
    ...(construction.client.api === "v2" ? faultsOfV2(construction) : faultsOfV3(construction)),
  ];
}

function* faultsOfV2(construction: Construction): Generator<ConfigFault> {
  for (const key of V3_KEYS) yield* otherVersion(construction, key);
  const params = settingOf(construction, "params");
  for (const key of V2_KEYS) {
    const setting = settingIn(params.value, key);
    if (setting.answer === "yes" && setting.property !== undefined)
      yield { kind: "misplaced", key, setting, params };
  }
}

function* faultsOfV3(construction: Construction): Generator<ConfigFault> {
  for (const key of V2_KEYS) yield* otherVersion(construction, key);
  const strategy = settingOf(construction, "retryStrategy");
  const attempts = settingOf(construction, "maxAttempts");
  const mode = settingOf(construction, "retryMode");
  if (strategy.answer !== "no") {
    yield* strategyFaults(construction, strategy, { maxAttempts: attempts, retryMode: mode });
    return;
  }
  const count =
    attempts.answer === "yes" && attempts.value !== undefined
      ? numberOf(attempts.value)
      : undefined;
  if (count !== undefined && count < 1 && isLeftToOthers(construction))
    yield { kind: "noAttempts", setting: attempts, value: count };
  if (mode.answer === "yes" && mode.value !== undefined)
    yield* modeFaults(construction, mode, mode.value);
}

function* strategyFaults(
  construction: Construction,
  strategy: Setting,
  others: Readonly<Record<"maxAttempts" | "retryMode", Setting>>,
): Generator<ConfigFault> {
  // One that may be undefined leaves the other settings to hold in its place.
  if (strategy.answer !== "yes" || strategy.value === undefined || !isSurelySet(strategy.value))
    return;
  for (const key of ["maxAttempts", "retryMode"] as const) {
    const setting = others[key];
    if (setting.answer !== "yes" || setting.values.length === 0) continue;
    const count = setting.value === undefined ? undefined : numberOf(setting.value);
    const isSame = key === "maxAttempts" && count === policyOf(construction).attempts;
    yield { kind: "overridden", key, setting, isSame: isSame && count !== undefined };
  }
}

function* otherVersion(construction: Construction, key: string): Generator<ConfigFault> {
  const setting = settingOf(construction, key);
  if (setting.answer === "yes" && setting.property !== undefined)
    yield {
      kind: "otherVersion",
      key,
      setting,
      counterpart: counterpartOf(construction, key, setting),
    };
}

/** `maxRetries` of v2 leaves out the first attempt, `maxAttempts` of v3 counts it. */
function counterpartOf(
  { client }: Construction,
  key: string,
  { own, value }: Setting,
): { readonly key: string; readonly value: number } | undefined {
  const [theirs, ours, shift] =
    client.api === "v3"
      ? (["maxRetries", "maxAttempts", 1] as const)
      : (["maxAttempts", "maxRetries", -1] as const);
  if (key !== theirs || own === undefined || value?.type !== T.Literal) return undefined;
  const isFree = own.properties.every((item) => {
    const name = item.type === T.Property ? staticKey(item, item.key) : undefined;
    return name !== undefined && name !== ours && name !== "retryStrategy";
  });
  const count = typeof value.value === "number" ? value.value + shift : -1;
  return isFree && count >= 0 ? { key: ours, value: count } : undefined;
}

function* modeFaults(
  construction: Construction,
  setting: Setting,
  value: TSESTree.Node,
): Generator<ConfigFault> {
  const mode = modeOf(value);
  if (mode === undefined || mode === "standard") return;
  if (mode !== "adaptive") {
    yield { kind: "unknownMode", setting, mode, meant: meantMode(mode) };
    return;
  }
  const root = packageRoot(construction);
  if (root !== undefined && retryEra(root)?.adaptiveWorks === false)
    yield { kind: "adaptiveWithoutMemory", setting };
}

function meantMode(mode: string): "adaptive" | "standard" | undefined {
  const lower = mode.trim().toLowerCase();
  // The name of the mode that other SDKs had before, which this one never did.
  if (lower === "legacy" || lower === "standard") return "standard";
  return lower === "adaptive" ? "adaptive" : undefined;
}

/**
 * Whether something outside the client retries all its calls. Where nothing does, one attempt is a fault of another kind: that
 * nothing retries at all.
 */
function isLeftToOthers(construction: Construction): boolean {
  const calls = callsServedBy(construction);
  return calls.length > 0 && calls.every((call) => isRetriedOutside(call) !== "no");
}
