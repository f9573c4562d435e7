/** Libraries that limit calls or wait, by package and export. Typed by hand, from the documentation and source of each. */
import { findExport } from "./find-export.ts";

/** Something that bounds how many calls run at once, or how many start in a time. */
export interface Limiter {
  readonly packageName: string;
  readonly exportName: string;
  readonly bounds: "concurrency" | "rate" | "both";
  /**
   * - `argument`: a positional number.
   * - `option`: properties of an options object; without them nothing is limited unless `default` says so.
   * - `method`: methods of a builder, such as `withConcurrency`.
   */
  readonly limit:
    | { readonly in: "argument"; readonly index: number; readonly option?: string }
    | { readonly in: "option"; readonly argument: number; readonly options: readonly string[] }
    | { readonly in: "method"; readonly methods: readonly string[] };
  /** How many calls run at once without any setting. */
  readonly defaultConcurrency: number;
}

/** A function that waits. */
export interface DelayFunction {
  readonly packageName: string;
  readonly exportName: string;
  readonly durationArgument: number;
  /** Milliseconds, or a duration of the library's own (`"1 second"`). */
  readonly unit: "ms" | "library";
  /** Whether the duration is drawn at random between two bounds. */
  readonly random: boolean;
}

const ASYNC_LIMITED = [
  "concatLimit",
  "detectLimit",
  "eachLimit",
  "eachOfLimit",
  "everyLimit",
  "filterLimit",
  "flatMapLimit",
  "forEachLimit",
  "forEachOfLimit",
  "groupByLimit",
  "mapLimit",
  "mapValuesLimit",
  "parallelLimit",
  "rejectLimit",
  "someLimit",
  "timesLimit",
];

const MAPPED = { bounds: "concurrency", defaultConcurrency: Infinity } as const;

/** Every known limiter. */
export const limiters: readonly Limiter[] = [
  {
    ...MAPPED,
    packageName: "p-limit",
    exportName: "default",
    limit: { in: "argument", index: 0, option: "concurrency" },
  },
  {
    ...MAPPED,
    packageName: "p-limit",
    exportName: "limitFunction",
    limit: { in: "option", argument: 1, options: ["concurrency"] },
  },
  ...["default", "pMapIterable"].map((exportName): Limiter => ({
    ...MAPPED,
    packageName: "p-map",
    exportName,
    limit: { in: "option", argument: 2, options: ["concurrency"] },
  })),
  {
    ...MAPPED,
    packageName: "p-all",
    exportName: "default",
    limit: { in: "option", argument: 1, options: ["concurrency"] },
  },
  {
    ...MAPPED,
    packageName: "p-props",
    exportName: "default",
    limit: { in: "option", argument: 2, options: ["concurrency"] },
  },
  {
    ...MAPPED,
    packageName: "p-settle",
    exportName: "default",
    limit: { in: "option", argument: 1, options: ["concurrency"] },
  },
  {
    packageName: "p-queue",
    exportName: "default",
    bounds: "both",
    limit: { in: "option", argument: 0, options: ["concurrency", "intervalCap"] },
    defaultConcurrency: Infinity,
  },
  {
    packageName: "p-throttle",
    exportName: "default",
    bounds: "rate",
    limit: { in: "option", argument: 0, options: ["limit"] },
    defaultConcurrency: Infinity,
  },
  {
    packageName: "bottleneck",
    exportName: "default",
    bounds: "both",
    limit: { in: "option", argument: 0, options: ["maxConcurrent", "minTime", "reservoir"] },
    defaultConcurrency: Infinity,
  },
  {
    packageName: "limiter",
    exportName: "RateLimiter",
    bounds: "rate",
    limit: { in: "option", argument: 0, options: ["tokensPerInterval"] },
    defaultConcurrency: Infinity,
  },
  ...ASYNC_LIMITED.map((exportName): Limiter => ({
    ...MAPPED,
    packageName: "async",
    exportName,
    limit: { in: "argument", index: 1 },
  })),
  {
    packageName: "async",
    exportName: "queue",
    bounds: "concurrency",
    limit: { in: "argument", index: 1 },
    defaultConcurrency: 1,
  },
  {
    packageName: "@supercharge/promise-pool",
    exportName: "PromisePool",
    bounds: "concurrency",
    limit: { in: "method", methods: ["withConcurrency"] },
    defaultConcurrency: 10,
  },
  {
    ...MAPPED,
    packageName: "tiny-async-pool",
    exportName: "default",
    limit: { in: "argument", index: 0 },
  },
];

const WAIT = { durationArgument: 0, unit: "ms", random: false } as const;

/** Every known function that waits. */
export const delayFunctions: readonly DelayFunction[] = [
  ...["timers/promises", "node:timers/promises"].flatMap((packageName): DelayFunction[] => [
    { ...WAIT, packageName, exportName: "setTimeout" },
    { ...WAIT, packageName, exportName: "scheduler.wait" },
  ]),
  { ...WAIT, packageName: "delay", exportName: "default" },
  { ...WAIT, packageName: "delay", exportName: "rangeDelay", random: true },
  { ...WAIT, packageName: "sleep-promise", exportName: "default" },
  { ...WAIT, packageName: "es-toolkit", exportName: "delay" },
  { ...WAIT, packageName: "radash", exportName: "sleep" },
  { ...WAIT, packageName: "ts-retry-promise", exportName: "wait" },
  { ...WAIT, packageName: "@lifeomic/attempt", exportName: "sleep" },
  { ...WAIT, packageName: "effect", exportName: "Effect.sleep", unit: "library" },
];

/** The limiter that a package exports under a name. */
export function limiter(packageName: string, exportName: string): Limiter | undefined {
  return findExport(limiters, packageName, exportName);
}

/** The waiting function that a package exports under a name. */
export function delayFunction(packageName: string, exportName: string): DelayFunction | undefined {
  return findExport(delayFunctions, packageName, exportName);
}
