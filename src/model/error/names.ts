/** Names of errors that calls can fail with, and names that look like one of them and are not. */
import { isQuotaName, isThrottlingName, serviceOf } from "../../knowledge/index.ts";
import type { SdkCall } from "../sdk/call.ts";

/** Errors of every AWS service and of the SDK itself. */
const COMMON = [
  "AbortError",
  "AccessDenied",
  "AccessDeniedException",
  "CredentialsProviderError",
  "Error",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InternalError",
  "InternalFailure",
  "InternalServerError",
  "InternalServerException",
  "InternalServiceError",
  "InvalidSignatureException",
  "NetworkingError",
  "RangeError",
  "RequestTimeout",
  "RequestTimeoutException",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "SyntaxError",
  "ThrottlingException",
  "TimeoutError",
  "TokenProviderError",
  "TooManyRequestsException",
  "TypeError",
  "UnknownError",
  "UnrecognizedClientException",
  "ValidationError",
  "ValidationException",
];

/** The error names that a set of calls can fail with: all of their clients', because declarations of single operations leave some out. */
export function raisableNames(calls: readonly SdkCall[]): ReadonlySet<string> {
  const packages = [...new Set(calls.map((call) => call.package))];
  const own = packages.flatMap((name) => {
    const service = serviceOf(name);
    return service === undefined
      ? []
      : [
          ...service.exceptions.map((exception) => exception.name),
          service.clientName.replace(/Client$/, "ServiceException"),
        ];
  });
  return new Set([...COMMON, ...own]);
}

/** Whether the errors of all the calls' clients are known: those of services outside the Connect family are not. */
export function areNamesKnown(calls: readonly SdkCall[]): boolean {
  return calls.every((call) => serviceOf(call.package) !== undefined);
}

/** Whether the errors of all the calls' clients are known and none carries `$retryable`. */
export function neverSetsRetryable(calls: readonly SdkCall[]): boolean {
  return calls.every(
    (call) =>
      serviceOf(call.package)?.exceptions.every((exception) => !exception.setsRetryable) ?? false,
  );
}

/** Whether a text is an error name of AWS: one of the given, or one of throttling or quotas. */
export function isKnownErrorName(text: string, names: ReadonlySet<string>): boolean {
  return names.has(text) || isThrottlingName(text) || isQuotaName(text);
}

/** Whether a text is an error name of AWS, or spelt like one. */
export function isAwsErrorName(text: string, names: ReadonlySet<string>): boolean {
  return isKnownErrorName(text, names) || /^[A-Z]\w+Exception$/.test(text);
}

/**
 * The only error name that a name looks like a slip of: other case, a missing or wrong ending, a few letters.
 * @returns `undefined` for a name that is right, and for one that resembles none or several
 */
export function meantName(written: string, names: ReadonlySet<string>): string | undefined {
  if (names.has(written)) return undefined;
  const near = (isNear: (name: string) => boolean): string | undefined => {
    const found = [...names].filter(isNear);
    return found.length === 1 ? found[0] : undefined;
  };
  const stem = stemOf(written);
  const same =
    near((name) => name.toLowerCase() === written.toLowerCase()) ??
    near((name) => stem.length > 4 && stemOf(name) === stem && name.endsWith("Exception"));
  if (same !== undefined) return same;
  // Names that other services do have are theirs.
  if (isThrottlingName(written) || isQuotaName(written) || written.length < 8) return undefined;
  return near((name) => name.length >= 8 && distance(name, written, MAX_SLIPS) <= MAX_SLIPS);
}

const MAX_SLIPS = 2;

/** A name without its ending, and without the shape's namespace in front. */
function stemOf(name: string): string {
  return name
    .replace(/^.*#/, "")
    .replace(/(?:Exceptions?|Errors?)$/i, "")
    .toLowerCase();
}

/** The number of letters to insert, remove, replace or swap; more than `limit` is all the same. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const at = (r: number, c: number): number => (r === i ? row[c] : rows[r]?.[c]) ?? limit + 1;
      const isEqual = a[i - 1] === b[j - 1];
      let least = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isEqual ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? limit + 1;
}
