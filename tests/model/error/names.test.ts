/** Error names that calls can fail with, and names that are slips of one of them. */
import { describe, expect, it } from "vitest";
import {
  areNamesKnown,
  isAwsErrorName,
  isKnownErrorName,
  meantName,
  neverSetsRetryable,
  raisableNames,
} from "../../../src/model/error/names.ts";
import type { SdkCall } from "../../../src/model/sdk/call.ts";

const callsOf = (...services: readonly string[]): readonly SdkCall[] =>
  services.map((service) => ({ package: `@aws-sdk/client-${service}` }) as SdkCall);
const NAMES = raisableNames(callsOf("connect"));

describe("the names that calls can fail with", () => {
  it("are those of their clients, of the SDK and of every service", () => {
    for (const name of ["ResourceNotFoundException", "ConnectServiceException", "TimeoutError"])
      expect(NAMES).toContain(name);
    expect(NAMES).not.toContain("ConnectCasesServiceException");
    const both = raisableNames(callsOf("connect", "connectcases"));
    expect(both).toContain("ConnectServiceException");
    expect(both).toContain("ConnectCasesServiceException");
  });

  it("are known for the Connect family alone", () => {
    expect(areNamesKnown(callsOf("connect", "connectcases"))).toBe(true);
    expect(areNamesKnown(callsOf("connect", "s3"))).toBe(false);
    expect(raisableNames(callsOf("s3"))).toContain("ThrottlingException");
    expect(raisableNames(callsOf("s3"))).not.toContain("ResourceNotFoundException");
  });

  it("tell whether errors say that they can be retried", () => {
    expect(neverSetsRetryable(callsOf("connect"))).toBe(true);
    expect(neverSetsRetryable(callsOf("connect", "s3"))).toBe(false);
  });
});

describe("whether a text is an error name", () => {
  it.each([
    ["ResourceNotFoundException", true, true],
    ["TooManyRequestsException", true, true],
    ["Throttling", true, true],
    ["LimitExceededException", true, true],
    ["ServiceQuotaExceededException", true, true],
    ["OrderClosedException", false, true],
    ["orderClosedException", false, false],
    ["OrderClosedExceptions", false, false],
    ["OrderClosed", false, false],
  ])("%s", (text, isKnown, isAws) => {
    expect(isKnownErrorName(text, NAMES)).toBe(isKnown);
    expect(isAwsErrorName(text, NAMES)).toBe(isAws);
  });
});

describe("the name that is meant", () => {
  it.each([
    // The other case, another ending, none, the namespace of the shape in front
    ["throttlingexception", "ThrottlingException"],
    ["ThrottlingError", "ThrottlingException"],
    ["ThrottlingExceptions", "ThrottlingException"],
    ["Throttling", "ThrottlingException"],
    ["ResourceNotFound", "ResourceNotFoundException"],
    ["com.amazonaws.connect#ResourceNotFoundException", "ResourceNotFoundException"],
    // A letter too few, too many, another, two swapped, and two such slips
    ["ResorceNotFoundException", "ResourceNotFoundException"],
    ["ResourceNotFounddException", "ResourceNotFoundException"],
    ["ResourceNotFaundException", "ResourceNotFoundException"],
    ["ResourceNotFuondException", "ResourceNotFoundException"],
    ["RseourceNotFuondException", "ResourceNotFoundException"],
    ["esourceNotFoundExceptio", "ResourceNotFoundException"],
    ["TypError", "TypeError"],
  ])("by %s is %s", (written, meant) => {
    expect(meantName(written, NAMES)).toBe(meant);
  });

  it.each([
    ["ResourceNotFoundException", "is right"],
    ["RsorceNtFoundException", "has three slips"],
    ["ResourceNotFoundExc", "lacks more than two letters"],
    ["SlowDown", "is another service's"],
    ["ProvisionedThroughputExceededException", "is another service's"],
    ["OrderClosedException", "is nobody's"],
  ])("by %s is not known: it %s", (written) => {
    expect(meantName(written, NAMES)).toBeUndefined();
  });

  it("is not known where two are as near, or the stem is short", () => {
    const names = new Set(["InvalidRequestException", "InvalidRequesdException", "UserException"]);
    expect(meantName("InvalidRequesxException", names)).toBeUndefined();
    expect(meantName("UserError", names)).toBeUndefined();
    expect(meantName("UserxException", names)).toBe("UserException");
  });
  it("is no name of less than eight letters", () => {
    const names = new Set(["Timeout", "TimedOut"]);
    expect(meantName("Timeou", names)).toBeUndefined();
    expect(meantName("TimedOu", names)).toBeUndefined();
    expect(meantName("TimedOux", names)).toBe("TimedOut");
    expect(meantName("Timeoutt", names)).toBeUndefined();
  });
});
