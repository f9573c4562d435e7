import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import {
  backoffDelay,
  createPacer,
  isRetryable,
  jitter,
  mapPaced,
  parseRulesActionFailure,
  PollTimeoutError,
  pollUntil,
} from "../../src/backoff/index.ts";

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error(name), { name }, more);

describe("backoffDelay", () => {
  it("lies between 0 and the capped exponential", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, baseDelayMs, maxDelayMs, random) => {
          const delay = backoffDelay(attempt, { baseDelayMs, maxDelayMs, random: () => random });
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(maxDelayMs);
          expect(delay).toBeLessThanOrEqual(baseDelayMs * 2 ** Math.min(attempt - 1, 1000));
        },
      ),
    );
  });

  it("doubles from one second up to twenty", () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((n) => backoffDelay(n, { random: () => 1 }));
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
  });

  it("takes an undefined option for a missing one", () => {
    expect(backoffDelay(1, { baseDelayMs: undefined, random: () => 0.5 })).toBe(500);
  });

  it("is random", () => {
    const delays = Array.from({ length: 20 }, () => backoffDelay(3));
    expect(new Set(delays).size).toBeGreaterThan(1);
    expect(jitter(100, () => 0.25)).toBe(25);
  });
});

describe("isRetryable", () => {
  it.each([
    named("ThrottlingException"),
    named("ThrottledException"),
    named("Throttling"),
    named("TooManyRequestsException"),
    named("Other", { $metadata: { httpStatusCode: 429 } }),
    named("Other", { $metadata: { httpStatusCode: 503 } }),
    named("Other", { $retryable: {} }),
    named("Other", { cause: named("Error", { code: "ECONNRESET" }) }),
    named("TimeoutError"),
    named("ResourceNotReadyException"),
    new TypeError("Failed to fetch"),
  ])("yes: %s", (error) => {
    expect(isRetryable(error)).toBe(true);
  });

  it.each([
    named("LimitExceededException", { $metadata: { httpStatusCode: 429 } }),
    named("ServiceQuotaExceededException", { $metadata: { httpStatusCode: 402 } }),
    named("AbortError", { cause: named("Error", { code: "ECONNRESET" }) }),
    named("Other", { $metadata: { httpStatusCode: 501 } }),
    new TypeError("x is not a function"),
    undefined,
    null,
    "ThrottlingException",
  ])("no: %s", (error) => {
    expect(isRetryable(error)).toBe(false);
  });

  it("ends on a cyclic cause", () => {
    const error = named("Other");
    Object.assign(error, { cause: error });
    expect(isRetryable(error)).toBe(false);
  });
});

describe("pollUntil", () => {
  const waits: number[] = [];
  const options = {
    random: () => 0,
    sleep: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  beforeEach(() => {
    waits.length = 0;
  });

  it("resolves to the accepted value, after growing waits", async () => {
    const value = await pollUntil(
      ({ attempt }) => attempt,
      (n) => n === 4,
      options,
    );
    expect(value).toBe(4);
    expect(waits).toEqual([500, 750, 1125]);
  });

  it("tolerates retryable errors, and no others", async () => {
    const probe = ({ attempt }: { attempt: number }): string => {
      if (attempt === 1) throw named("ThrottlingException");
      return "ACTIVE";
    };
    expect(await pollUntil(probe, (state) => state === "ACTIVE", options)).toBe("ACTIVE");
    const failing = pollUntil(
      () => Promise.reject(named("AccessDeniedException")),
      () => true,
    );
    await expect(failing).rejects.toThrow("AccessDeniedException");
  });

  it("is bounded, and says what it saw last", async () => {
    const polling = pollUntil(
      () => "PENDING",
      (state) => state === "ACTIVE",
      { ...options, maxAttempts: 3 },
    );
    const error: unknown = await polling.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PollTimeoutError);
    expect(error).toMatchObject({ attempts: 3, lastValue: "PENDING", name: "PollTimeoutError" });
    expect(waits).toHaveLength(2);
    const late = pollUntil(
      () => 1,
      () => false,
      { ...options, maxElapsedMs: 100 },
    );
    await expect(late).rejects.toMatchObject({ attempts: 1 });
  });

  it("narrows by a type guard", () => {
    const probe = (): string | number => 1;
    const isNumber = (value: string | number): value is number => typeof value === "number";
    const poll = () => pollUntil(probe, isNumber);
    expectTypeOf(poll).returns.resolves.toEqualTypeOf<number>();
    const loose = () => pollUntil(probe, (value) => String(value) === "1");
    expectTypeOf(loose).returns.resolves.toEqualTypeOf<string | number>();
  });
});

describe("pacing", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("lets the burst go, then keeps the rate", async () => {
    const pace = createPacer({ ratePerSecond: 2, burst: 5 });
    const start = Date.now();
    const times: number[] = [];
    const all = Promise.all(
      Array.from({ length: 8 }, async () => {
        await pace();
        times.push(Date.now() - start);
      }),
    );
    await vi.runAllTimersAsync();
    await all;
    expect(times).toEqual([0, 0, 0, 0, 0, 510, 1020, 1530]);
  });

  it("gives up its place on abort", async () => {
    const pace = createPacer({ ratePerSecond: 1 });
    const controller = new AbortController();
    await pace();
    const waiting = pace(controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    let passed = false;
    const next = pace().then(() => (passed = true));
    await vi.advanceTimersByTimeAsync(1019);
    expect(passed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await next;
    expect(passed).toBe(true);
  });

  it.each([{ ratePerSecond: 0 }, { ratePerSecond: Number.NaN }, { ratePerSecond: 1, burst: 0 }])(
    "rejects %o",
    (limits) => {
      expect(() => createPacer(limits)).toThrow(RangeError);
    },
  );

  it("maps in order, with bounded concurrency and rate", async () => {
    let running = 0;
    let most = 0;
    const start = Date.now();
    const mapped = mapPaced(
      [30, 10, 20, 40],
      async (ms, index) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, ms * 100));
        running--;
        return `${index}:${ms}`;
      },
      { ratePerSecond: 2, burst: 5, concurrency: 2 },
    );
    await vi.runAllTimersAsync();
    expect(await mapped).toEqual(["0:30", "1:10", "2:20", "3:40"]);
    expect(most).toBe(2);
    expect(Date.now() - start).toBeGreaterThanOrEqual(5000);
  });

  it("throws the first error and begins no further call", async () => {
    const begun: number[] = [];
    const mapped = mapPaced(
      [0, 1, 2, 3, 4, 5],
      (n) => {
        begun.push(n);
        return n === 1 ? Promise.reject(new Error("no")) : Promise.resolve(n);
      },
      { ratePerSecond: 1 },
    );
    const settled = expect(mapped).rejects.toThrow("no");
    await vi.runAllTimersAsync();
    await settled;
    expect(begun).toEqual([0, 1]);
  });
});

describe("parseRulesActionFailure", () => {
  const event = (
    additionalInfo: unknown,
    type = "Amazon Connect Rules Action Execution Failed",
  ) => ({
    source: "aws.connect",
    "detail-type": type,
    detail: {
      ruleId: "r",
      actionType: "CREATE_TASK",
      reasonCode: "ThrottlingException",
      additionalInfo,
    },
  });

  it("reads the error inside", () => {
    const info = { message: "m", code: "c", statusCode: 429, retryable: true, retryDelay: 28.2 };
    const failure = parseRulesActionFailure(event(JSON.stringify(info)));
    expect(failure).toMatchObject({
      ruleId: "r",
      actionType: "CREATE_TASK",
      triggerEvent: undefined,
      additionalInfo: { code: "c", statusCode: 429, retryable: true, retryDelayMs: 28.2 },
    });
    expectTypeOf(failure?.actionType).toEqualTypeOf<string | undefined>();
  });

  it("gives no delay for what is not retryable", () => {
    const failure = parseRulesActionFailure(event('{"retryable":false,"retryDelay":28.2}'));
    expect(failure?.additionalInfo).toMatchObject({ retryable: false, retryDelayMs: undefined });
  });

  it.each(["{", "", "null", "[]", "3", undefined, { retryable: true }])(
    "does not throw on additionalInfo %o",
    (info) => {
      const failure = parseRulesActionFailure(event(info));
      expect(failure).toMatchObject({ ruleId: "r", additionalInfo: undefined });
    },
  );

  it("knows both documented names of the event, and no other event", () => {
    const other = "Contact Lens Rules Action Execution Failed";
    expect(parseRulesActionFailure(event("{}", other))).toMatchObject({ ruleId: "r" });
    expect(parseRulesActionFailure(event("{}", "Contact Event"))).toBeUndefined();
  });

  it("takes anything", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, info) => {
        expect(() => parseRulesActionFailure(value)).not.toThrow();
        expect(() => parseRulesActionFailure(event(info))).not.toThrow();
      }),
    );
  });
});
