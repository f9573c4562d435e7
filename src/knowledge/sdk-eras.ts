/**
 * What SDK v3 retries by itself, by era. The version of a client does not tell: an old client installed today resolves today's retry code.
 * Only the resolved packages that hold that code do, as found from the client's own folder.
 *
 * Thresholds are those of the published packages: `@smithy/middleware-retry` keeps one strategy for a client since 4.4.41 (2026-03) and holds
 * no code of its own since 4.6.0, where `@smithy/core` 3.24.0 took it over; `@smithy/core` 3.40.0 (2026-11) hard-codes new delays.
 */

/** Resolved versions of the packages that can hold the retry code; absent where not installed. */
export interface RetryPackages {
  /** `@aws-sdk/middleware-retry`, which clients loaded before `@smithy/middleware-retry` (3.18 to 3.36x). */
  readonly awsMiddlewareRetry?: string | undefined;
  readonly core?: string | undefined;
  readonly middlewareRetry?: string | undefined;
  readonly utilRetry?: string | undefined;
}

/** What the SDK does in an era, with nothing configured. */
export interface SdkEra {
  /**
   * - `per-request`: a strategy is made for each request, so that neither the retry quota nor adaptive mode remembers anything.
   * - `shared`: one strategy for a client, delays as before.
   * - `2026`: one strategy for a client, longer delays for throttling and shorter ones for transient errors.
   */
  readonly name: "per-request" | "shared" | "2026";
  /** Attempts, the first one included. */
  readonly maxAttempts: 3;
  /** Whether `retryMode: "adaptive"` limits the rate; it was repaired step by step between March and June 2026. */
  readonly adaptiveWorks: boolean | "unknown";
  /** Whether the quota of 500 retry tokens is shared by the requests of a client. */
  readonly quotaWorks: boolean;
  readonly throttlingBaseMs: number;
  readonly transientBaseMs: number;
  readonly maxDelayMs: 20_000;
  /** Throttling retries without a success until a shared client stops retrying; undefined: never. */
  readonly throttlingRetriesUntilQuotaEmpty: number | undefined;
  /** Mean time for which a call with default settings withstands throttling, measured over 400 calls. */
  readonly meanGiveUpThrottledMs: number;
  /** The same for errors of status 500. */
  readonly meanGiveUpTransientMs: number;
  /** Whether a numeric `Retry-After` is honoured (at most 5 s beyond the computed delay). */
  readonly honoursRetryAfter: boolean;
}

const PER_REQUEST: SdkEra = {
  name: "per-request",
  maxAttempts: 3,
  adaptiveWorks: false,
  quotaWorks: false,
  throttlingBaseMs: 500,
  transientBaseMs: 100,
  maxDelayMs: 20_000,
  throttlingRetriesUntilQuotaEmpty: undefined,
  meanGiveUpThrottledMs: 750,
  meanGiveUpTransientMs: 150,
  honoursRetryAfter: false,
};

const SHARED: SdkEra = {
  ...PER_REQUEST,
  name: "shared",
  adaptiveWorks: true,
  quotaWorks: true,
  throttlingRetriesUntilQuotaEmpty: 100,
  honoursRetryAfter: true,
};

const SHARED_UNDER_REPAIR: SdkEra = { ...SHARED, adaptiveWorks: "unknown" };

const NEW_DELAYS: SdkEra = {
  ...SHARED,
  name: "2026",
  throttlingBaseMs: 1000,
  transientBaseMs: 50,
  meanGiveUpThrottledMs: 1530,
  meanGiveUpTransientMs: 75,
};

/** The era of an installed SDK v3; undefined where the versions do not tell. */
export function sdkEra(packages: RetryPackages): SdkEra | undefined {
  const { awsMiddlewareRetry, core, middlewareRetry, utilRetry } = packages;
  // All of them made a strategy for each request, with the delays of that era (source: the packages of 3.18, 3.55 and 3.290).
  if (awsMiddlewareRetry !== undefined && middlewareRetry === undefined) return PER_REQUEST;
  if (middlewareRetry !== undefined && isBelow(middlewareRetry, "4.6.0")) {
    return isBelow(middlewareRetry, "4.4.41") ? PER_REQUEST : SHARED_UNDER_REPAIR;
  }
  if (core !== undefined && isAtLeast(core, "3.24.0")) {
    if (isAtLeast(core, "3.40.0")) return NEW_DELAYS;
    return isAtLeast(core, "3.24.6") ? SHARED : SHARED_UNDER_REPAIR;
  }
  // The first middleware-retry with a shared strategy asks for util-retry 4.2.12: an older one can only serve older middleware.
  if (utilRetry !== undefined && isBelow(utilRetry, "4.2.12")) return PER_REQUEST;
  return undefined;
}

function isAtLeast(version: string, threshold: string): boolean {
  const order = compareVersions(version, threshold);
  return order !== undefined && order >= 0;
}

function isBelow(version: string, threshold: string): boolean {
  const order = compareVersions(version, threshold);
  return order !== undefined && order < 0;
}

/** Orders two versions by their numbers; undefined if one is not a plain or pre-release version. Pre-releases come before their release. */
export function compareVersions(a: string, b: string): number | undefined {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === undefined || right === undefined) return undefined;
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parseVersion(version: string): number[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(-[\w.-]+)?(?:\+[\w.-]+)?$/.exec(version);
  if (match === null) return undefined;
  return [...match.slice(1, 4).map(Number), match[4] === undefined ? 0 : -1];
}
