/** How long the retries of a call can wait in sum, in the worst case: the counterpart of the worst case of HTTP attempts. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, isLoop } from "../../ast/nodes.ts";
import type { Construction } from "../client/construction.ts";
import { policyOf } from "../client/policy.ts";
import { packageRoot, retryEra } from "../client/remedy.ts";
import { settingOf } from "../client/setting.ts";
import { isConfiguredStrategy, strategyClass } from "../client/strategy.ts";
import { delayOf, delayReturnedBy } from "../delay/analyse.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { helperExport } from "../helper.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp, numberOption } from "../program/object.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf, originsOf } from "../program/values.ts";
import { constructedClient } from "../sdk/client-class.ts";
import { repeatedCode } from "./delay-place.ts";
import { type Layer, repeatsAnswers } from "./layer.ts";
import type { RetryStack } from "./stack.ts";

/** The longest sum of the pauses between the attempts of one call; the time that requests take is not in it. */
export interface WorstWait {
  /** Milliseconds, `Infinity` when a layer has no limit. */
  readonly ms: number;
  /** False when a pause could not be read, so that `ms` is a lower bound. */
  readonly exact: boolean;
}

/** The pauses of all retry layers of a stack: those of an inner layer come again with every attempt of the layers around it. */
export function worstWait({ layers }: RetryStack): WorstWait {
  let ms = 0;
  let exact = true;
  for (const layer of layers) {
    if (repeatsAnswers(layer)) continue;
    const { attempts } = layer;
    if (attempts.kind === "unbounded") return { ms: Infinity, exact };
    if (attempts.kind === "unknown" || attempts.max === undefined) {
      exact = false;
      continue;
    }
    const own = pausesOf(layer, attempts.max);
    ms = ms * attempts.max + own.ms;
    exact &&= own.exact;
  }
  return { ms, exact };
}

const UNREAD: WorstWait = { ms: 0, exact: false };

/** The pauses of one run of a layer whose attempts all fail. */
function pausesOf(layer: Layer, attempts: number): WorstWait {
  if (attempts <= 1) return { ms: 0, exact: true };
  if (layer.kind === "client") return pausesOfClient(layer.node, attempts);
  if (layer.sharesBudget === true) return pausesOfHelper(layer.node, attempts);
  if (layer.library !== undefined) return pausesOfLibrary(layer.library, attempts);
  return pausesOfCode(layer.origin ?? layer, attempts);
}

/** The sum of the pauses after the attempts from the first to the last but one. */
function sum(attempts: number, pauseAfter: (attempt: number) => number | undefined): WorstWait {
  let ms = 0;
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    const pause = pauseAfter(attempt);
    if (pause === undefined) return UNREAD;
    ms += pause;
  }
  return { ms, exact: true };
}

function exponential(attempts: number, baseMs: number, capMs: number, factor = 2): WorstWait {
  return sum(attempts, (attempt) => Math.min(capMs, baseMs * factor ** (attempt - 1)));
}

/** The SDK's ceiling of one delay, and its longest base delay: of throttling, since November 2026. */
const SDK_CAP_MS = 20_000;
const SDK_BASE_MS = 1000;
/** A `ConfiguredRetryStrategy` without a delay waits as long as a transient error's base, the longest of all eras here. */
const CONFIGURED_MS = 100;

function pausesOfClient(node: TSESTree.Node, attempts: number): WorstWait {
  const client = node.type === T.NewExpression ? constructedClient(node) : undefined;
  if (client === undefined || node.type !== T.NewExpression) return UNREAD;
  const construction: Construction = { node, client };
  if (client.api === "v2") return pausesOfV2(construction, attempts);
  const { mode, strategy } = policyOf(construction);
  const root = packageRoot(construction);
  const era = root === undefined ? undefined : retryEra(root);
  const standard = exponential(attempts, era?.throttlingBaseMs ?? SDK_BASE_MS, SDK_CAP_MS);
  // The limiter of adaptive mode delays requests besides, for as long as throttling lasts.
  if (strategy === "none") return { ...standard, exact: mode !== "adaptive" };
  const { value } = settingOf(construction, "retryStrategy");
  const origins =
    value === undefined
      ? []
      : originsOf(value, { isOpaque: (call) => helperExport(call.callee) !== undefined }).nodes;
  const [origin] = origins;
  if (origins.length !== 1 || origin === undefined) return UNREAD;
  if (strategy === "helper") return pausesOfHelper(origin, attempts);
  if (origin.type !== T.NewExpression) return UNREAD;
  if (strategyClass(origin) === "StandardRetryStrategy") return standard;
  return isConfiguredStrategy(origin)
    ? pausesOfConfigured(origin, attempts, era?.transientBaseMs ?? CONFIGURED_MS)
    : UNREAD;
}

function pausesOfConfigured(
  strategy: TSESTree.NewExpression,
  attempts: number,
  defaultMs: number,
): WorstWait {
  const [, delay] = strategy.arguments;
  if (delay === undefined) return sum(attempts, () => defaultMs);
  const fixedMs = numberOf(delay);
  if (fixedMs !== undefined) return sum(attempts, () => fixedMs);
  const { functions, complete } = functionsOf(delay);
  const [fn] = functions;
  if (!complete || fn === undefined || functions.length !== 1) return UNREAD;
  const attemptVariables = unitOf(fn)
    .scopes.getDeclaredVariables(fn)
    .filter(({ defs }) => defs[0]?.type === "Parameter");
  return sum(
    attempts,
    (attempt) => delayReturnedBy(fn, { attempts: attempt, attemptVariables }).maxMs,
  );
}

/** SDK v2: `Math.random() * base * 2 ** retry`, or a function of the user's. */
const V2_BASE_MS = 100;

function pausesOfV2(construction: Construction, attempts: number): WorstWait {
  const { value: options, answer } = settingOf(construction, "retryDelayOptions");
  if (answer !== "no" && (options === undefined || has(options, "customBackoff"))) return UNREAD;
  const baseMs = numberOption(options, "base", V2_BASE_MS);
  return baseMs === undefined ? UNREAD : exponential(attempts, baseMs, Infinity);
}

/** The helper's defaults; its deadline bounds the sum whatever the attempts are. */
const HELPER = { baseDelayMs: 1000, maxDelayMs: 20_000, maxElapsedMs: 60_000 } as const;
const HELPER_OPTIONS: Readonly<Record<string, number>> = {
  backoffStrategy: 0,
  sendWithBackoff: 2,
  withBackoff: 1,
};

function pausesOfHelper(node: TSESTree.Node, attempts: number): WorstWait {
  if (node.type !== T.CallExpression) return UNREAD;
  const options = node.arguments[HELPER_OPTIONS[helperExport(node.callee) ?? ""] ?? Infinity];
  const baseMs = numberOption(options, "baseDelayMs", HELPER.baseDelayMs);
  const capMs = numberOption(options, "maxDelayMs", HELPER.maxDelayMs);
  const deadlineMs = numberOption(options, "maxElapsedMs", HELPER.maxElapsedMs);
  if (baseMs === undefined || capMs === undefined || deadlineMs === undefined) return UNREAD;
  const { ms } = exponential(attempts, baseMs, capMs);
  return { ms: Math.min(ms, deadlineMs), exact: true };
}

/** Libraries that draw their factor of chance between one and two; others draw below one. */
const DOUBLING: ReadonlySet<string> = new Set(["async-retry", "p-retry", "promise-retry", "retry"]);

function pausesOfLibrary(
  { known, options }: NonNullable<Layer["library"]>,
  attempts: number,
): WorstWait {
  const { delay, packageName } = known;
  if (delay.kind === "custom" || (delay.kindOption !== undefined && has(options, delay.kindOption)))
    return UNREAD;
  const baseMs = numberOption(options, delay.option, delay.defaultMs);
  const capMs = numberOption(options, delay.cap.option, delay.cap.defaultMs);
  const factor = numberOption(options, delay.factorOption, delay.kind === "exponential" ? 2 : 1);
  if (baseMs === undefined || capMs === undefined || factor === undefined) return UNREAD;
  const isRandom =
    delay.jitter === undefined ? delay.jitteredByDefault : mayBeRandom(delay.jitter.option);
  const chance = isRandom && DOUBLING.has(packageName) ? 2 : 1;
  return sum(attempts, (attempt) => {
    const growth = delay.kind === "linear" ? attempt : factor ** (attempt - 1);
    return Math.min(capMs, baseMs * growth * chance);
  });

  function mayBeRandom(name: string): boolean {
    return delay.jitteredByDefault || has(options, name);
  }
}

/** Loops, recursion, re-queueing: the longest wait on the way to the next attempt, attempt by attempt. */
function pausesOfCode(layer: Layer, attempts: number): WorstWait {
  const { loop, delay } = layer;
  if (loop === undefined) return UNREAD;
  if (delay.kind === "none") return { ms: 0, exact: true };
  const code = repeatedCode(layer);
  const region = isFunction(code) || isLoop(code) ? code : undefined;
  const waits = loop.waits.flatMap((node) => sleepAt(node) ?? timerAt(node) ?? []);
  if (waits.length === 0 || waits.length < loop.waits.length) return UNREAD;
  return sum(attempts, (attempt) => {
    const longest = waits.map((wait) => delayOf(wait, { loop: region, attempts: attempt }).maxMs);
    return longest.includes(undefined) ? undefined : Math.max(...longest.map((ms) => ms ?? 0));
  });
}

function has(options: TSESTree.Node | undefined, name: string): boolean {
  return lookUp(options, name).answer !== "no";
}
