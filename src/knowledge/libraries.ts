/**
 * Libraries that retry, by package and export, with the defaults that decide whether they help. Typed by hand.
 *
 * Sources: delays recorded by running each library with a function that always fails (p-retry 7.1.1 and 9.0.0, retry 0.13.1, promise-retry
 * 2.0.1, async-retry 1.3.3, exponential-backoff 3.1.3, @lifeomic/attempt 3.1.0, ts-retry-promise 0.8.1, cockatiel 3.2.1, rxjs 7.8.2,
 * backoff-rxjs 7.0.0, effect 4.1.0), and the source of the others.
 */
import { findExport } from "./find-export.ts";

/** A value that an option can be given in a literal. */
export type OptionValue = number | boolean | string;

/** What an options literal says: a missing key was not written; `undefined` stands for a value that is not known. */
export type WrittenOptions = ReadonlyMap<string, OptionValue | undefined>;

/** How the waiting time between attempts develops. `custom`: only a function that the user gives tells. */
export type DelayKind = "none" | "fixed" | "linear" | "exponential" | "custom";

/** A function, operator or policy factory that repeats what it is given. */
export interface RetryFunction {
  readonly packageName: string;
  /** `default`, a name, or a dotted path for members of a namespace that is exported, such as `Effect.retry`. */
  readonly exportName: string;
  /** Argument that is, or makes, the work; undefined where the work is attached later (`policy.execute(fn)`, `pipe(retry())`). */
  readonly functionArgument: number | undefined;
  readonly optionsArgument: number;
  /** Whether a bare number may stand for the options, meaning the option that bounds the attempts. */
  readonly numberAsOptions: boolean;
  readonly attempts: {
    /** Option that bounds the attempts; undefined where a schedule or policy does. */
    readonly option: string | undefined;
    /** Whether that option counts the first attempt. */
    readonly counts: "attempts" | "retries";
    /** Total attempts without any option. */
    readonly default: number;
    /** Settings that take the limit away, besides `Infinity`. */
    readonly unlimited: readonly { readonly option: string; readonly value: OptionValue }[];
    /** Whether something else can bound it too, so that a missing option does not mean the default: a schedule, `while`, `maxRetryTime`. */
    readonly otherBounds: readonly string[];
  };
  readonly delay: {
    readonly kind: DelayKind;
    /** Base delay in milliseconds without any option. */
    readonly defaultMs: number;
    readonly option: string | undefined;
    readonly factorOption: string | undefined;
    /** Option that chooses the kind of growth, or is a function of one's own. */
    readonly kindOption: string | undefined;
    readonly jitteredByDefault: boolean;
    /** Option and values that switch jitter on. */
    readonly jitter: { readonly option: string; readonly on: readonly OptionValue[] } | undefined;
    /** Option and class of the library that wait at random, for a library that does not wait by itself. */
    readonly backoff?: { readonly option: string; readonly exportName: string };
    /** Ceiling of one delay; `Infinity` for none. */
    readonly cap: { readonly option: string | undefined; readonly defaultMs: number };
  };
  /** Option that decides which errors are retried; undefined: all are, unless the function stops by itself. */
  readonly filterOption: string | undefined;
  readonly signalOption: string | undefined;
}

/** The options that the `retry` package made common: retries without the first attempt, exponential from a second, randomised on request. */
const RETRY_STYLE = {
  numberAsOptions: false,
  optionsArgument: 1,
  functionArgument: 0,
  attempts: {
    option: "retries",
    counts: "retries",
    default: 11,
    unlimited: [{ option: "forever", value: true }],
    otherBounds: ["maxRetryTime"],
  },
  delay: {
    kind: "exponential",
    defaultMs: 1000,
    option: "minTimeout",
    factorOption: "factor",
    kindOption: undefined,
    jitteredByDefault: false,
    jitter: { option: "randomize", on: [true] },
    cap: { option: "maxTimeout", defaultMs: Infinity },
  },
  filterOption: undefined,
  signalOption: undefined,
} as const satisfies Omit<RetryFunction, "packageName" | "exportName">;

const P_RETRY = {
  ...RETRY_STYLE,
  packageName: "p-retry",
  filterOption: "shouldRetry",
  signalOption: "signal",
} as const;

const TS_RETRY_PROMISE = {
  packageName: "ts-retry-promise",
  functionArgument: 0,
  optionsArgument: 1,
  numberAsOptions: false,
  attempts: {
    option: "retries",
    counts: "retries",
    default: 11,
    unlimited: [{ option: "retries", value: "INFINITELY" }],
    otherBounds: ["timeout"],
  },
  delay: {
    kind: "fixed",
    defaultMs: 100,
    option: "delay",
    factorOption: undefined,
    kindOption: "backoff",
    jitteredByDefault: false,
    jitter: undefined,
    cap: { option: "maxBackOff", defaultMs: 300_000 },
  },
  filterOption: "retryIf",
  signalOption: undefined,
} as const;

/** Every known retry function. */
export const retryFunctions: readonly RetryFunction[] = [
  { ...P_RETRY, exportName: "default" },
  { ...P_RETRY, exportName: "makeRetriable" },
  // `retry.operation(options)`: the work is given to `attempt` of what it returns.
  {
    ...RETRY_STYLE,
    packageName: "retry",
    exportName: "operation",
    functionArgument: undefined,
    optionsArgument: 0,
  },
  // Repeats only when its callback calls the `retry` that it is handed; the options may also come first.
  { ...RETRY_STYLE, packageName: "promise-retry", exportName: "default" },
  {
    ...RETRY_STYLE,
    packageName: "async-retry",
    exportName: "default",
    delay: { ...RETRY_STYLE.delay, jitteredByDefault: true },
  },
  {
    packageName: "exponential-backoff",
    exportName: "backOff",
    functionArgument: 0,
    optionsArgument: 1,
    numberAsOptions: false,
    attempts: {
      option: "numOfAttempts",
      counts: "attempts",
      default: 10,
      unlimited: [],
      otherBounds: [],
    },
    delay: {
      kind: "exponential",
      defaultMs: 100,
      option: "startingDelay",
      factorOption: "timeMultiple",
      kindOption: undefined,
      jitteredByDefault: false,
      jitter: { option: "jitter", on: ["full"] },
      cap: { option: "maxDelay", defaultMs: Infinity },
    },
    filterOption: "retry",
    signalOption: undefined,
  },
  {
    packageName: "@lifeomic/attempt",
    exportName: "retry",
    functionArgument: 0,
    optionsArgument: 1,
    numberAsOptions: false,
    attempts: {
      option: "maxAttempts",
      counts: "attempts",
      default: 3,
      unlimited: [{ option: "maxAttempts", value: 0 }],
      otherBounds: [],
    },
    delay: {
      kind: "fixed",
      defaultMs: 200,
      option: "delay",
      factorOption: "factor",
      kindOption: "calculateDelay",
      jitteredByDefault: false,
      jitter: { option: "jitter", on: [true] },
      cap: { option: "maxDelay", defaultMs: Infinity },
    },
    filterOption: "handleError",
    signalOption: undefined,
  },
  { ...TS_RETRY_PROMISE, exportName: "retry" },
  { ...TS_RETRY_PROMISE, exportName: "retryDecorator" },
  // `retry(policy, options)` builds a policy; its first argument decides which errors are retried.
  {
    packageName: "cockatiel",
    exportName: "retry",
    functionArgument: undefined,
    optionsArgument: 1,
    numberAsOptions: false,
    attempts: {
      option: "maxAttempts",
      counts: "retries",
      default: Infinity,
      unlimited: [],
      otherBounds: [],
    },
    delay: {
      kind: "none",
      defaultMs: 0,
      option: undefined,
      factorOption: undefined,
      kindOption: "backoff",
      jitteredByDefault: false,
      jitter: undefined,
      // Decorrelated jitter is its default.
      backoff: { option: "backoff", exportName: "ExponentialBackoff" },
      cap: { option: undefined, defaultMs: Infinity },
    },
    filterOption: undefined,
    signalOption: undefined,
  },
  {
    packageName: "rxjs",
    exportName: "retry",
    functionArgument: undefined,
    optionsArgument: 0,
    numberAsOptions: true,
    attempts: {
      option: "count",
      counts: "retries",
      default: Infinity,
      unlimited: [],
      // A delay function can end the retries by an error or a completion.
      otherBounds: ["delay"],
    },
    delay: {
      kind: "none",
      defaultMs: 0,
      option: "delay",
      factorOption: undefined,
      kindOption: undefined,
      jitteredByDefault: false,
      jitter: undefined,
      cap: { option: undefined, defaultMs: Infinity },
    },
    filterOption: undefined,
    signalOption: undefined,
  },
  {
    packageName: "backoff-rxjs",
    exportName: "retryBackoff",
    functionArgument: undefined,
    optionsArgument: 0,
    // A bare number is the initial interval here, not the bound.
    numberAsOptions: false,
    attempts: {
      option: "maxRetries",
      counts: "retries",
      default: Infinity,
      unlimited: [],
      otherBounds: ["shouldRetry"],
    },
    delay: {
      kind: "exponential",
      defaultMs: 0,
      option: "initialInterval",
      factorOption: undefined,
      kindOption: "backoffDelay",
      jitteredByDefault: false,
      jitter: undefined,
      cap: { option: "maxInterval", defaultMs: Infinity },
    },
    filterOption: "shouldRetry",
    signalOption: undefined,
  },
  // The second argument is a schedule, or options that may hold one: `Schedule.exponential` alone never ends.
  {
    packageName: "effect",
    exportName: "Effect.retry",
    functionArgument: 0,
    optionsArgument: 1,
    numberAsOptions: false,
    attempts: {
      option: "times",
      counts: "retries",
      default: Infinity,
      unlimited: [],
      otherBounds: ["schedule", "while", "until"],
    },
    delay: {
      kind: "none",
      defaultMs: 0,
      option: undefined,
      factorOption: undefined,
      kindOption: "schedule",
      jitteredByDefault: false,
      jitter: undefined,
      cap: { option: undefined, defaultMs: Infinity },
    },
    filterOption: "while",
    signalOption: undefined,
  },
  // `async.retry(options, task)`; options may be a number of attempts.
  {
    packageName: "async",
    exportName: "retry",
    functionArgument: 1,
    optionsArgument: 0,
    numberAsOptions: true,
    attempts: {
      option: "times",
      counts: "attempts",
      default: 5,
      unlimited: [],
      otherBounds: [],
    },
    delay: {
      kind: "none",
      defaultMs: 0,
      option: "interval",
      factorOption: undefined,
      kindOption: undefined,
      jitteredByDefault: false,
      jitter: undefined,
      cap: { option: undefined, defaultMs: Infinity },
    },
    filterOption: "errorFilter",
    signalOption: undefined,
  },
  {
    packageName: "radash",
    exportName: "retry",
    functionArgument: 1,
    optionsArgument: 0,
    numberAsOptions: false,
    attempts: {
      option: "times",
      counts: "attempts",
      default: 3,
      unlimited: [],
      otherBounds: [],
    },
    delay: {
      kind: "none",
      defaultMs: 0,
      option: "delay",
      factorOption: undefined,
      kindOption: "backoff",
      jitteredByDefault: false,
      jitter: undefined,
      cap: { option: undefined, defaultMs: Infinity },
    },
    filterOption: undefined,
    signalOption: undefined,
  },
  {
    packageName: "es-toolkit",
    exportName: "retry",
    functionArgument: 0,
    optionsArgument: 1,
    numberAsOptions: true,
    attempts: {
      option: "retries",
      counts: "retries",
      default: Infinity,
      unlimited: [],
      otherBounds: ["shouldRetry", "signal"],
    },
    delay: {
      kind: "none",
      defaultMs: 0,
      option: "delay",
      factorOption: undefined,
      kindOption: undefined,
      jitteredByDefault: false,
      jitter: undefined,
      cap: { option: undefined, defaultMs: Infinity },
    },
    filterOption: "shouldRetry",
    signalOption: "signal",
  },
];

/** The retry function that a package exports under a name. */
export function retryFunction(packageName: string, exportName: string): RetryFunction | undefined {
  return findExport(retryFunctions, packageName, exportName);
}

/**
 * Total attempts, the first included, under options as they are written: `Infinity` for no limit, undefined where that cannot be told.
 */
export function attemptsOf(
  { attempts, delay, numberAsOptions }: RetryFunction,
  options: WrittenOptions | number | undefined,
): number | undefined {
  const total = (bound: number): number => (attempts.counts === "retries" ? bound + 1 : bound);
  if (typeof options === "number") return numberAsOptions ? total(options) : undefined;
  if (options === undefined) return attempts.default;
  for (const { option, value } of attempts.unlimited) {
    if (!options.has(option)) continue;
    const written = options.get(option);
    if (written === undefined) return undefined;
    if (written === value) return Infinity;
  }
  if (attempts.option !== undefined && options.has(attempts.option)) {
    const written = options.get(attempts.option);
    return typeof written === "number" ? total(written) : undefined;
  }
  const isBounded = attempts.otherBounds.some(
    (option) =>
      options.has(option) &&
      // Only a function that makes the delays can end the retries too.
      !(option === delay.option && typeof options.get(option) === "number"),
  );
  return isBounded ? undefined : attempts.default;
}

/** Whether the delays are random under options as they are written; undefined where that cannot be told. */
export function isJittered(
  { delay }: RetryFunction,
  options: WrittenOptions | undefined,
): boolean | undefined {
  if (delay.kindOption !== undefined && options?.has(delay.kindOption)) {
    // A name of a built-in growth is not random in any of these libraries; a function may be.
    return typeof options.get(delay.kindOption) === "string" ? false : undefined;
  }
  if (delay.jitter === undefined) {
    const own = delay.option;
    // A number is a delay; anything else may be a function that draws one at random.
    return own !== undefined && options?.has(own) && typeof options.get(own) !== "number"
      ? undefined
      : delay.jitteredByDefault;
  }
  if (!options?.has(delay.jitter.option)) return delay.jitteredByDefault;
  const written = options.get(delay.jitter.option);
  return written === undefined ? undefined : delay.jitter.on.includes(written);
}
