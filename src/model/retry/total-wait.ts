/** How long a layer waits in sum before it gives up, at the least. */
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import type { Layer } from "./layer.ts";

/**
 * The sum of a layer's waits when every attempt fails, in milliseconds: a lower bound, from fixed delays and from what a
 * library's options and defaults say. `undefined` where it cannot be told, also where something else may end the waiting.
 */
export function leastTotalWait(layer: Layer): number | undefined {
  const { attempts, delay, library } = layer;
  if (attempts.kind !== "bounded" || attempts.max === undefined) return undefined;
  const waits = attempts.max - 1;
  if (library !== undefined) return waitOfLibrary(library, waits);
  return delay.kind === "fixed" && delay.fixedMs !== undefined && layer.loop?.alwaysWaits === "yes"
    ? delay.fixedMs * waits
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
  const base = optionOr(options, delay.option, delay.defaultMs);
  const cap = optionOr(options, delay.cap.option, delay.cap.defaultMs);
  const factor =
    delay.kind === "exponential"
      ? optionOr(options, delay.factorOption, 2)
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

/** The number that an option is set to, its default where it is not set. */
function optionOr(
  options: Parameters<typeof lookUp>[0],
  name: string | undefined,
  otherwise: number,
): number | undefined {
  if (name === undefined) return otherwise;
  const { answer, values } = lookUp(options, name);
  if (answer === "no") return otherwise;
  const [value] = values;
  return answer === "yes" && value !== undefined ? numberOf(value) : undefined;
}
