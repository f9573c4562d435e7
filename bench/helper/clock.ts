/**
 * Time that passes only while everybody waits: timers, `Date` and `performance.now` of the process follow it. Minutes of
 * throttling take a moment, and no other process on the machine can slow down some callers and make them look
 * well paced. Code under measurement is the real one and notices nothing.
 */

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly call: () => void;
}

const real = {
  Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  random: Math.random,
  now: performance.now.bind(performance),
};

/** Always the same, as adaptive retries count requests by the second of the clock. */
const START = Date.UTC(2026, 0, 1);

/** Turns of the event loop after which nobody is taken to be busy any more. */
const TURNS = 8;

/** Runs `scenario` in virtual time with seeded randomness; the process's own clock is back afterwards. */
export async function inVirtualTime<T>(seed: number, scenario: () => Promise<T>): Promise<T> {
  let now = 0;
  let order = 0;
  const timers = new Map<object, Timer>();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  class VirtualDate extends real.Date {
    constructor(...args: ConstructorParameters<DateConstructor>) {
      // Without arguments it is now.
      super(...((args.length as number) === 0 ? ([START + now] as unknown as typeof args) : args));
    }
    static override now(): number {
      return START + now;
    }
  }
  const setTimer = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object => {
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => true };
    const at = now + Math.max(0, Number.isFinite(ms) ? ms : 0);
    timers.set(handle, { at, order: order++, call: () => callback(...args) });
    return handle;
  };
  globalThis.Date = VirtualDate as DateConstructor;
  globalThis.setTimeout = setTimer as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((handle?: object) => {
    if (handle) timers.delete(handle);
  }) as typeof clearTimeout;
  performance.now = () => now;
  Math.random = seeded(seed);
  try {
    const state = { isDone: false };
    const result = scenario().finally(() => (state.isDone = true));
    result.catch(() => undefined);
    for (;;) {
      for (let i = 0; i < TURNS; i++) await turn();
      if (state.isDone) return await result;
      const next = [...timers].reduce<[object, Timer] | undefined>(
        (first, entry) =>
          first === undefined ||
          entry[1].at < first[1].at ||
          (entry[1].at === first[1].at && entry[1].order < first[1].order)
            ? entry
            : first,
        undefined,
      );
      if (next === undefined) throw new Error("Everybody waits, and nobody for the clock.");
      timers.delete(next[0]);
      now = next[1].at;
      next[1].call();
    }
  } finally {
    globalThis.Date = real.Date;
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    performance.now = real.now;
    Math.random = real.random;
  }
}

/** A small generator (mulberry32), so that a seed gives the same run again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
