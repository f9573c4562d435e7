import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type BackoffErrorInfo,
  type BackoffRetryToken,
  backoffStrategy,
  type BackoffStrategy,
  type RetryEvent,
} from "../../src/backoff/index.ts";

const named = (name: string): Error => Object.assign(new Error(name), { name });
const throttled: BackoffErrorInfo = {
  errorType: "THROTTLING",
  error: named("ThrottlingException"),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Turns of a strategy in virtual time, in milliseconds after the start. */
async function times(
  strategy: BackoffStrategy,
  count: number,
): Promise<{ at: number[]; tokens: BackoffRetryToken[] }> {
  const start = Date.now();
  const at: number[] = [];
  const all = Promise.all(
    Array.from({ length: count }, async () => {
      const token = await strategy.acquireInitialRetryToken("");
      at.push(Date.now() - start);
      return token;
    }),
  );
  await vi.runAllTimersAsync();
  return { at, tokens: await all };
}

/** One request that takes 10 ms and fails; whether it may be retried. */
async function fail(strategy: BackoffStrategy, info: BackoffErrorInfo): Promise<boolean> {
  const token = strategy.acquireInitialRetryToken("");
  await vi.runAllTimersAsync();
  await vi.advanceTimersByTimeAsync(10);
  const retried = strategy.refreshRetryTokenForRetry(await token, info).then(
    () => true,
    () => false,
  );
  await vi.runAllTimersAsync();
  return retried;
}

describe("backoffStrategy takes turns", () => {
  const once = { maxAttempts: 1 };

  it("at 100 ms behind a burst of 5, and at half of that after each success", async () => {
    const strategy = backoffStrategy();
    const first = await times(strategy, 7);
    expect(first.at).toEqual([0, 0, 0, 0, 0, 100, 200]);
    const [token] = first.tokens;
    if (token) strategy.recordSuccess(token);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await times(strategy, 7)).at).toEqual([0, 0, 0, 0, 0, 50, 100]);
  });

  it("at 500 ms after the first throttling, without a burst", async () => {
    const strategy = backoffStrategy(once);
    expect(await fail(strategy, throttled)).toBe(false);
    expect((await times(strategy, 3)).at).toEqual([500, 1000, 1500]);
  });

  it("slower by half after each further one, but not than the longest delay", async () => {
    const strategy = backoffStrategy({ ...once, maxDelayMs: 1000 });
    await fail(strategy, throttled);
    await fail(strategy, throttled);
    expect((await times(strategy, 2)).at).toEqual([750, 1500]);
    await fail(strategy, throttled);
    expect((await times(strategy, 2)).at).toEqual([1000, 2000]);
  });

  it("slower only once for all requests sent before", async () => {
    const strategy = backoffStrategy(once);
    const { tokens } = await times(strategy, 3);
    for (const token of tokens) {
      await vi.advanceTimersByTimeAsync(10);
      await expect(strategy.refreshRetryTokenForRetry(token, throttled)).rejects.toThrow(
        "No further attempt",
      );
    }
    // 20 ms have passed since the first of the three failures.
    expect((await times(strategy, 2)).at).toEqual([480, 980]);
  });

  it("no slower after a transient error", async () => {
    const strategy = backoffStrategy(once);
    await fail(strategy, { errorType: "TRANSIENT", error: named("TimeoutError") });
    await vi.advanceTimersByTimeAsync(1000);
    expect((await times(strategy, 6)).at).toEqual([0, 0, 0, 0, 0, 100]);
  });

  it("4 % faster after each success of a request that had to queue, of no other", async () => {
    const strategy = backoffStrategy(once);
    await fail(strategy, throttled);
    for (const queued of (await times(strategy, 2)).tokens) strategy.recordSuccess(queued);
    await vi.advanceTimersByTimeAsync(10_000);
    const [direct] = (await times(strategy, 1)).tokens;
    if (direct) strategy.recordSuccess(direct);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await times(strategy, 7)).at).toEqual([0, 0, 0, 0, 0, 461, 922]);
  });

  it("the retries of older calls first", async () => {
    const order: string[] = [];
    const strategy = backoffStrategy({ random: () => 0 });
    const old = await strategy.acquireInitialRetryToken("");
    await vi.advanceTimersByTimeAsync(10);
    const retried = strategy
      .refreshRetryTokenForRetry(old, throttled)
      .then(() => order.push("old"));
    const young = ["young", "younger"].map((name) =>
      strategy.acquireInitialRetryToken("").then(() => order.push(name)),
    );
    await vi.runAllTimersAsync();
    await Promise.all([retried, ...young]);
    expect(order).toEqual(["old", "young", "younger"]);
  });

  it("leaves no timer behind", async () => {
    await backoffStrategy().acquireInitialRetryToken("");
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("backoffStrategy gives up its turn", () => {
  it("when a first attempt has queued for maxElapsedMs: it is sent, once", async () => {
    const strategy = backoffStrategy({ random: () => 0, maxElapsedMs: 700 });
    await fail(strategy, throttled);
    const { at, tokens } = await times(strategy, 3);
    expect(at).toEqual([500, 700, 700]);
    const last = tokens[2];
    expect(last?.getRetryCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10);
    await expect(
      strategy.refreshRetryTokenForRetry(last as BackoffRetryToken, throttled),
    ).rejects.toThrow("No further attempt");
  });

  it("when a retry has queued until maxElapsedMs: it is not sent", async () => {
    const strategy = backoffStrategy({ random: () => 0, maxElapsedMs: 400 });
    expect(await fail(strategy, throttled)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("backoffStrategy judges", () => {
  const events: RetryEvent[] = [];
  const options = { random: () => 1, onRetry: (event: RetryEvent) => events.push(event) };
  beforeEach(() => {
    events.length = 0;
  });

  it.each([
    ["THROTTLING", 1000],
    ["TRANSIENT", 50],
  ])("by the type %s where SDK versions give no error", async (errorType, delayMs) => {
    expect(await fail(backoffStrategy(options), { errorType })).toBe(true);
    expect(events).toMatchObject([{ attempt: 1, delayMs }]);
  });

  it.each(["SERVER_ERROR", "CLIENT_ERROR"])("%s alone as final", async (errorType) => {
    expect(await fail(backoffStrategy(options), { errorType })).toBe(false);
  });

  it("slows down by the type alone, too", async () => {
    const strategy = backoffStrategy({ maxAttempts: 1 });
    await fail(strategy, { errorType: "THROTTLING" });
    expect((await times(strategy, 2)).at).toEqual([500, 1000]);
  });

  it("by the error, if there is one, against its type", async () => {
    const info = { errorType: "THROTTLING", error: named("TimeoutError") };
    expect(await fail(backoffStrategy(options), info)).toBe(true);
    expect(events).toMatchObject([{ delayMs: 50 }]);
  });

  it("by the SDK's hint when to retry", async () => {
    const strategy = backoffStrategy(options);
    const token = await strategy.acquireInitialRetryToken("");
    const retryAfterHint = new Date(Date.now() + 7000);
    const retried = strategy.refreshRetryTokenForRetry(token, { ...throttled, retryAfterHint });
    await vi.runAllTimersAsync();
    const next = await retried;
    expect(events).toMatchObject([{ delayMs: 7000 }]);
    expect(next.getRetryCount()).toBe(1);
    // The strategy has waited itself: the middleware must not wait again.
    expect(next.getRetryDelay()).toBe(0);
    expect(strategy.mode).toBe("standard");
  });

  it("a wait that ends on the deadline as in time", async () => {
    const lost = { errorType: "TRANSIENT", error: named("TimeoutError") };
    // 10 ms for the request, 50 for the wait
    expect(await fail(backoffStrategy({ ...options, maxElapsedMs: 60 }), lost)).toBe(true);
    events.length = 0;
    expect(await fail(backoffStrategy({ ...options, maxElapsedMs: 59 }), lost)).toBe(false);
    expect(events).toEqual([]);
  });
});
