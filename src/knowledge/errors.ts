/**
 * Why a request failed, and whether sending it again can help. The lists are those of the SDK's own classification
 * (`@smithy/core`, retry sub-module, 2026); where it calls a breached quota throttling, this module does not.
 */

/**
 * - `throttling`: too fast; the same request succeeds later.
 * - `transient`: the service or the network stumbled.
 * - `not-ready`: the resource is still being set up; passes by itself, though the SDK never retries it.
 * - `contention`: somebody changed the resource meanwhile; worth a retry only after reading it again.
 * - `quota`: a limit on how much may exist or run at once; waiting seconds does not cure it.
 * - `client`: the request itself is wrong or not allowed.
 */
export type ErrorKind =
  "throttling" | "transient" | "not-ready" | "contention" | "quota" | "client";

const THROTTLING_NAMES: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);

const QUOTA_NAMES: ReadonlySet<string> = new Set([
  "LimitExceededException",
  "ResourceQuotaExceededException",
  "ServiceQuotaExceededException",
]);

const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  "RequestTimeout",
  "RequestTimeoutException",
  "TimeoutError",
]);

/** Names that are modelled with status 500 by the clients of the family. */
const SERVER_FAULT_NAMES: ReadonlySet<string> = new Set([
  "InternalServerException",
  "InternalServiceError",
  "InternalServiceException",
]);

const CONTENTION_NAMES: ReadonlySet<string> = new Set([
  "ConditionalOperationFailedException",
  "ResourceConflictException",
  "ResourceInUseException",
]);

const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** Whether an error of this name says that requests come too fast. `LimitExceededException` does not: it is a quota. */
export function isThrottlingName(name: string): boolean {
  return THROTTLING_NAMES.has(name);
}

/** Whether an error of this name is a breached quota: on resources, or on contacts at the same time. */
export function isQuotaName(name: string): boolean {
  return QUOTA_NAMES.has(name);
}

/** Whether this is the code of a network failure that may pass, such as `ECONNRESET`. */
export function isTransientNetworkCode(code: string): boolean {
  return TRANSIENT_CODES.has(code);
}

/** What kind of failure a name, or else an HTTP status, stands for; undefined if neither tells. */
export function classifyError(error: {
  readonly name?: string | undefined;
  readonly status?: number | undefined;
}): ErrorKind | undefined {
  const { name = "", status } = error;
  if (THROTTLING_NAMES.has(name)) return "throttling";
  if (QUOTA_NAMES.has(name)) return "quota";
  if (TRANSIENT_NAMES.has(name) || SERVER_FAULT_NAMES.has(name)) return "transient";
  if (name === "ResourceNotReadyException") return "not-ready";
  if (CONTENTION_NAMES.has(name)) return "contention";
  if (status === undefined) return undefined;
  if (status === 429) return "throttling";
  if (TRANSIENT_STATUSES.has(status)) return "transient";
  return status >= 400 && status < 500 ? "client" : undefined;
}

/** Whether SDK v3 itself retries an error of this name or status. It takes `LimitExceededException` for throttling. */
export function sdkRetries(error: {
  readonly name?: string | undefined;
  readonly status?: number | undefined;
}): boolean {
  const { name = "", status } = error;
  return (
    THROTTLING_NAMES.has(name) ||
    name === "LimitExceededException" ||
    TRANSIENT_NAMES.has(name) ||
    status === 429 ||
    (status !== undefined && TRANSIENT_STATUSES.has(status))
  );
}
