import { describe, expect, it } from "vitest";
import {
  attemptsOf,
  classifyError,
  compareVersions,
  dangerTier,
  delayFunction,
  delayFunctions,
  duplicateConsequence,
  isJittered,
  isQuotaName,
  isThrottlingName,
  isTransientNetworkCode,
  limiter,
  limiters,
  operation,
  operationsOfTier,
  operationsWithOwnQuota,
  quotaOf,
  retryFunction,
  retryFunctions,
  sdkEra,
  sdkRetries,
  type RetryFunction,
} from "../../src/knowledge/index.ts";

const CONNECT = "@aws-sdk/client-connect";

describe("quotas", () => {
  it.each([
    [CONNECT, "ListUsers", 2, 5],
    [CONNECT, "StartOutboundVoiceContact", 2, 5],
    [CONNECT, "SearchContacts", 0.5, 1],
    [CONNECT, "GetMetricDataV2", 10, 10],
    [CONNECT, "StartContactEvaluation", 3, 5],
    [CONNECT, "EvaluateDataTableValues", 2, 5],
    [CONNECT, "BatchPutContact", 10, 15],
    ["@aws-sdk/client-connectcampaigns", "CreateCampaign", 1, 2],
    ["@aws-sdk/client-connectcampaigns", "PutDialRequestBatch", 10, 10],
    ["@aws-sdk/client-connectcases", "UpdateCase", 2, 2],
    ["@aws-sdk/client-connectcases", "UpdateField", 2, 5],
    ["@aws-sdk/client-customer-profiles", "PutProfileObject", 100, 100],
    ["@aws-sdk/client-customer-profiles", "PutProfileObjectType", 1, 1],
    ["@aws-sdk/client-qconnect", "SearchQuickResponses", 20, 20],
  ])("%s %s: %d a second, burst %d", (packageName, name, ratePerSecond, burst) => {
    expect(quotaOf(packageName, name)).toMatchObject({
      ratePerSecond,
      burst,
      scope: "account-region",
      source: expect.stringContaining("2026") as unknown,
    });
  });

  it("are shared by an instance's users in the participant service", () => {
    expect(quotaOf("@aws-sdk/client-connectparticipant", "SendMessage")).toMatchObject({
      ratePerSecond: 10,
      burst: 15,
      scope: "instance",
    });
  });

  it("are unknown where nothing is documented", () => {
    expect(quotaOf("@aws-sdk/client-voice-id", "ListDomains")).toBeUndefined();
    expect(quotaOf("@aws-sdk/client-connectparticipant", "DescribeView")).toBeUndefined();
    expect(quotaOf(CONNECT, "NoSuchOperation")).toBeUndefined();
    expect(quotaOf("@aws-sdk/client-s3", "ListBuckets")).toBeUndefined();
  });

  it("name only operations that exist in one of the packages that share a row", () => {
    const rows = operationsWithOwnQuota();
    expect(rows.length).toBeGreaterThan(40);
    const named = new Set(rows.map(([, name]) => name));
    for (const name of named) {
      const holders = rows.filter(
        ([packageName, other]) => other === name && operation(packageName, name),
      );
      expect(holders, name).not.toEqual([]);
    }
  });
});

describe("danger tiers", () => {
  it("say what a repeat may do", () => {
    expect(dangerTier(CONNECT, "StartOutboundVoiceContact")).toBe("A");
    expect(duplicateConsequence(CONNECT, "StartOutboundVoiceContact")).toBe(
      "may place another call",
    );
    expect(dangerTier("@aws-sdk/client-connectcases", "CreateRelatedItem")).toBe("B");
    expect(dangerTier(CONNECT, "CreateUser")).toBe("C");
    expect(dangerTier(CONNECT, "UpdateUserIdentityInfo")).toBe("none");
    expect(dangerTier(CONNECT, "constructor")).toBe("none");
    expect(dangerTier("constructor", "name")).toBe("none");
    expect(duplicateConsequence("constructor", "name")).toBeUndefined();
    expect(dangerTier("@aws-sdk/client-qconnect", "SendMessage")).toBe("none");
  });

  it.each(["A", "B", "C"] as const)(
    "list under %s only operations that exist and mutate",
    (tier) => {
      const listed = Object.entries(operationsOfTier(tier));
      expect(listed.length).toBeGreaterThan(0);
      for (const [packageName, names] of listed) {
        for (const name of names) {
          expect(operation(packageName, name), name).toMatchObject({ readOnly: false });
          expect(dangerTier(packageName, name)).toBe(tier);
        }
      }
    },
  );

  it("give every operation of tier A a token, of its own or in its items", () => {
    for (const [packageName, names] of Object.entries(operationsOfTier("A"))) {
      for (const name of names) {
        const facts = operation(packageName, name);
        expect(facts?.token ?? facts?.itemTokens[0], name).toBeDefined();
      }
    }
  });

  it("keep operations whose token the SDK fills out of tiers B and C", () => {
    for (const tier of ["B", "C"] as const) {
      for (const [packageName, names] of Object.entries(operationsOfTier(tier))) {
        for (const name of names) {
          expect(operation(packageName, name)?.token?.fill, name).not.toBe("sdk");
        }
      }
    }
  });

  it.each([
    ["B", false],
    ["C", true],
  ] as const)("%s: declares a conflict is %s for each operation", (tier, declared) => {
    for (const [packageName, names] of Object.entries(operationsOfTier(tier))) {
      for (const name of names) {
        const errors = operation(packageName, name)?.errors ?? [];
        expect(
          errors.some((error) => /Duplicate|Conflict|InUse/.test(error)),
          name,
        ).toBe(declared);
      }
    }
  });
});

describe("errors", () => {
  it.each([
    ["ThrottlingException", undefined, "throttling", true],
    ["TooManyRequestsException", 429, "throttling", true],
    ["LimitExceededException", 429, "quota", true],
    ["ServiceQuotaExceededException", 402, "quota", false],
    ["InternalServiceException", 500, "transient", true],
    ["ResourceNotReadyException", 409, "not-ready", false],
    ["ResourceConflictException", 409, "contention", false],
    ["InvalidParameterException", 400, "client", false],
    ["SomethingNew", 503, "transient", true],
    ["SomethingNew", 501, undefined, false],
    ["SomethingNew", undefined, undefined, false],
  ] as const)("%s (%s) is %s", (name, status, kind, retried) => {
    expect(classifyError({ name, status })).toBe(kind);
    expect(sdkRetries({ name, status })).toBe(retried);
  });

  it("answer single questions", () => {
    expect(isThrottlingName("LimitExceededException")).toBe(false);
    expect(isThrottlingName("SlowDown")).toBe(true);
    expect(isQuotaName("LimitExceededException")).toBe(true);
    expect(isTransientNetworkCode("ECONNRESET")).toBe(true);
    expect(isTransientNetworkCode("ENOENT")).toBe(false);
  });
});

describe("eras of the SDK", () => {
  it.each([
    [{ core: "3.41.0" }, "2026", true, 1000],
    [{ core: "3.41.0", middlewareRetry: "4.8.2", utilRetry: "4.6.2" }, "2026", true, 1000],
    [{ core: "3.39.0" }, "shared", true, 500],
    [{ core: "3.24.0", middlewareRetry: "4.6.0" }, "shared", "unknown", 500],
    [{ core: "3.23.14", middlewareRetry: "4.5.0" }, "shared", "unknown", 500],
    [{ core: "3.18.4", middlewareRetry: "4.4.11", utilRetry: "4.2.5" }, "per-request", false, 500],
    [{ core: "3.41.0", middlewareRetry: "4.4.40" }, "per-request", false, 500],
    [{ middlewareRetry: "3.0.34", utilRetry: "3.0.11" }, "per-request", false, 500],
    [{ utilRetry: "4.2.5" }, "per-request", false, 500],
    [{ awsMiddlewareRetry: "3.18.0" }, "per-request", false, 500],
    [{ awsMiddlewareRetry: "3.290.0", core: "3.41.0" }, "per-request", false, 500],
  ] as const)("%j", (packages, name, adaptiveWorks, throttlingBaseMs) => {
    expect(sdkEra(packages)).toMatchObject({
      name,
      adaptiveWorks,
      throttlingBaseMs,
      maxAttempts: 3,
    });
  });

  it("are unknown where the versions do not tell", () => {
    expect(sdkEra({})).toBeUndefined();
    expect(sdkEra({ core: "3.18.4" })).toBeUndefined();
    expect(sdkEra({ core: "workspace:*" })).toBeUndefined();
    expect(sdkEra({ utilRetry: "4.3.0" })).toBeUndefined();
  });

  it("order versions by number", () => {
    expect(compareVersions("3.9.0", "3.10.0")).toBeLessThan(0);
    expect(compareVersions("3.40.0", "3.40.0")).toBe(0);
    expect(compareVersions("3.40.0-rc.1", "3.40.0")).toBeLessThan(0);
    expect(compareVersions("^3.40.0", "3.40.0")).toBeUndefined();
  });
});

describe("libraries", () => {
  const known = (packageName: string, exportName = "default"): RetryFunction => {
    const found = retryFunction(packageName, exportName);
    if (found === undefined) throw new Error(`${packageName} ${exportName} is not in the table`);
    return found;
  };

  it.each([
    ["p-retry", "default", 11, "exponential", false],
    ["promise-retry", "default", 11, "exponential", false],
    ["async-retry", "default", 11, "exponential", true],
    ["exponential-backoff", "backOff", 10, "exponential", false],
    ["@lifeomic/attempt", "retry", 3, "fixed", false],
    ["ts-retry-promise", "retry", 11, "fixed", false],
    ["cockatiel", "retry", Infinity, "none", false],
    ["rxjs", "retry", Infinity, "none", false],
    ["backoff-rxjs", "retryBackoff", Infinity, "exponential", false],
    ["effect", "Effect.retry", Infinity, "none", false],
  ] as const)("%s %s: %d attempts, %s, jittered %s", (name, exported, attempts, kind, jittered) => {
    const library = known(name, exported);
    expect(attemptsOf(library, undefined)).toBe(attempts);
    expect(library.delay.kind).toBe(kind);
    expect(isJittered(library, undefined)).toBe(jittered);
  });

  it("count attempts as the library does", () => {
    expect(attemptsOf(known("p-retry"), new Map([["retries", 3]]))).toBe(4);
    expect(attemptsOf(known("p-retry"), new Map([["retries", Infinity]]))).toBe(Infinity);
    expect(attemptsOf(known("p-retry"), new Map([["retries", undefined]]))).toBeUndefined();
    expect(attemptsOf(known("p-retry"), new Map([["maxRetryTime", 5000]]))).toBeUndefined();
    expect(attemptsOf(known("async-retry"), new Map([["forever", true]]))).toBe(Infinity);
    expect(attemptsOf(known("cockatiel", "retry"), new Map([["maxAttempts", 3]]))).toBe(4);
    expect(attemptsOf(known("@lifeomic/attempt", "retry"), new Map([["maxAttempts", 3]]))).toBe(3);
    expect(attemptsOf(known("@lifeomic/attempt", "retry"), new Map([["maxAttempts", 0]]))).toBe(
      Infinity,
    );
    expect(
      attemptsOf(known("ts-retry-promise", "retry"), new Map([["retries", "INFINITELY"]])),
    ).toBe(Infinity);
    expect(attemptsOf(known("rxjs", "retry"), 2)).toBe(3);
    expect(attemptsOf(known("rxjs", "retry"), new Map([["delay", 100]]))).toBe(Infinity);
    expect(attemptsOf(known("rxjs", "retry"), new Map([["delay", undefined]]))).toBeUndefined();
    expect(attemptsOf(known("backoff-rxjs", "retryBackoff"), 100)).toBeUndefined();
  });

  it("read the jitter switch", () => {
    expect(isJittered(known("p-retry"), new Map([["randomize", true]]))).toBe(true);
    expect(isJittered(known("async-retry"), new Map([["randomize", false]]))).toBe(false);
    expect(isJittered(known("p-retry"), new Map([["randomize", undefined]]))).toBeUndefined();
    const backOff = known("exponential-backoff", "backOff");
    expect(isJittered(backOff, new Map([["jitter", "full"]]))).toBe(true);
    expect(isJittered(backOff, new Map([["jitter", "none"]]))).toBe(false);
    expect(
      isJittered(known("cockatiel", "retry"), new Map([["backoff", undefined]])),
    ).toBeUndefined();
    expect(isJittered(known("rxjs", "retry"), new Map([["delay", 1000]]))).toBe(false);
    expect(isJittered(known("rxjs", "retry"), new Map([["delay", undefined]]))).toBeUndefined();
  });

  it("are found by exact package and export", () => {
    expect(retryFunction("p-retry", "AbortError")).toBeUndefined();
    expect(limiter("async", "mapLimit")?.limit).toEqual({ in: "argument", index: 1 });
    expect(limiter("async", "map")).toBeUndefined();
    expect(limiter("p-map", "default")?.defaultConcurrency).toBe(Infinity);
    expect(delayFunction("node:timers/promises", "setTimeout")?.durationArgument).toBe(0);
    expect(delayFunction("delay", "rangeDelay")?.random).toBe(true);
    expect(delayFunction("delay", "clearDelay")).toBeUndefined();
  });

  it.each([
    ["retry functions", retryFunctions],
    ["limiters", limiters],
    ["delay functions", delayFunctions],
  ])("list none of the %s twice", (_, table) => {
    const keys = table.map(({ packageName, exportName }) => `${packageName} ${exportName}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
