/** How long a layer waits in sum before it gives up, at the least. */
import { isFunction, isLoop } from "../../ast/nodes.ts";
import { delayOf } from "../delay/analyse.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { lookUp, numberOption } from "../program/object.ts";
import { repeatedCode } from "./delay-place.ts";
import type { Layer } from "./layer.ts";

/**
 * The sum of a layer's waits when every attempt fails, in milliseconds: a lower bound, from fixed and growing delays and from what a
 * library's options and defaults say. `undefined` where it cannot be told, also where something else may end the waiting.
 */
export function leastTotalWait(layer: Layer): number | undefined {
  const { attempts, delay, library, loop } = layer;
  if (attempts.kind !== "bounded" || attempts.max === undefined) return undefined;
  const waits = attempts.max - 1;
  if (library !== undefined) return waitOfLibrary(library, waits);
  if (loop?.alwaysWaits !== "yes") return undefined;
  if (delay.kind === "growing") return growingWait(layer, attempts.max);
  return delay.kind === "fixed" && delay.fixedMs !== undefined ? delay.fixedMs * waits : undefined;
}

/** As many attempts as delays are followed for: what comes after them is left out of the sum. */
const MANY_ATTEMPTS = 40;

/** The sum of a delay that is longest after the last attempt, so that its largest value in fewer attempts is the one after those. */
function growingWait(layer: Layer, attempts: number): number | undefined {
  const [wait, ...more] = layer.loop?.waits ?? [];
  const sleep = wait === undefined ? undefined : (sleepAt(wait) ?? timerAt(wait));
  const code = repeatedCode(layer);
  if (sleep === undefined || more.length > 0 || !(isLoop(code) || isFunction(code)))
    return undefined;
  const longest = Array.from(
    { length: Math.min(attempts, MANY_ATTEMPTS) - 1 },
    (_, index) => delayOf(sleep, { loop: code, attempts: index + 1 }).maxMs,
  ).filter((ms) => ms !== undefined);
  const [first = 0] = longest;
  const grows = longest.every((ms, index) => ms >= (longest[index - 1] ?? 0));
  return grows &&
    longest.length === Math.min(attempts, MANY_ATTEMPTS) - 1 &&
    first < (longest.at(-1) ?? 0)
    ? longest.reduce((sum, ms) => sum + ms, 0)
    : undefined;
}

/** A random factor of these libraries is never below one, or full jitter, for which nothing can be said. */
const FACTORS_FROM_ONE: ReadonlySet<string> = new Set([
  "async-retry",
  "p-retry",
  "promise-retry",
  "retry",
]);

function waitOfLibrary(
  { known, options }: NonNullable<Layer["library"]>,
  waits: number,
): number | undefined {
  const { delay, attempts } = known;
  const endings = [
    ...attempts.otherBounds,
    known.filterOption,
    known.signalOption,
    delay.kindOption,
  ];
  if (endings.some((name) => name !== undefined && lookUp(options, name).answer !== "no"))
    return undefined;
  const isRandom =
    delay.jitteredByDefault ||
    (delay.jitter !== undefined && lookUp(options, delay.jitter.option).answer !== "no");
  if (isRandom && !FACTORS_FROM_ONE.has(known.packageName)) return undefined;
  const base = numberOption(options, delay.option, delay.defaultMs);
  const cap = numberOption(options, delay.cap.option, delay.cap.defaultMs);
  const factor =
    delay.kind === "exponential"
      ? numberOption(options, delay.factorOption, 2)
      : delay.kind === "fixed"
        ? 1
        : undefined;
  // A growth factor on what is fixed by default is read as that library does.
  if (base === undefined || cap === undefined || factor === undefined) return undefined;
  if (
    delay.kind === "fixed" &&
    delay.factorOption !== undefined &&
    lookUp(options, delay.factorOption).answer !== "no"
  )
    return undefined;
  let total = 0;
  for (let wait = 0; wait < waits; wait += 1) total += Math.min(cap, base * factor ** wait);
  return total;
}
