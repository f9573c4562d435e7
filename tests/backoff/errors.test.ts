import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isRetryable, parseRulesActionFailure, withBackoff } from "../../src/backoff/index.ts";

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error(name), { name }, more);
const http2 = (message: string, code = "ERR_HTTP2_STREAM_ERROR"): Error =>
  Object.assign(new Error(message), { code });

describe("isRetryable", () => {
  it.each([
    ["a bad gateway", named("Other", { $metadata: { httpStatusCode: 502 } })],
    ["a gateway timeout, as SDK v2 gives it", named("Other", { statusCode: 504 })],
    ["a refused HTTP/2 stream", http2("Stream closed with error code NGHTTP2_REFUSED_STREAM")],
    ["a lost connection whose class ends like an abort", named("MyAbortError", { code: "EPIPE" })],
    ["a lost connection whose class begins so", named("AbortErrorLike", { code: "EPIPE" })],
  ])("yes: %s", (_, error) => {
    expect(isRetryable(error)).toBe(true);
  });

  it.each([
    ["another HTTP/2 error", http2("Stream closed with error code NGHTTP2_PROTOCOL_ERROR")],
    ["an error that mentions a refused stream", http2("no NGHTTP2_REFUSED_STREAM here", "EOTHER")],
    ["words of a failed fetch in an error of another kind", new Error("Load failed")],
    ["a name that ends like a known one", named("MyResourceNotReadyException")],
    ["a name that begins like a known one", named("ResourceNotReadyExceptionDetails")],
  ])("no: %s", (_, error) => {
    expect(isRetryable(error)).toBe(false);
  });
});

describe("retry-after", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** The wait after a throttled attempt whose answer had these headers. */
  async function waitAfter(headers: Record<string, string>): Promise<number | undefined> {
    const waits: number[] = [];
    await withBackoff(
      ({ attempt }) => {
        if (attempt === 1) throw named("ThrottlingException", { $response: { headers } });
      },
      {
        random: () => 0.5,
        sleep: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
      },
    );
    return waits[0];
  }

  it.each([
    ["is passed over if unreadable", { "x-amz-retry-after": "soon", "retry-after": "3" }, 3000],
    ["leaves the usual wait if nothing is readable", { "retry-after": "soon" }, 500],
    ["leaves the usual wait if negative", { "x-amz-retry-after": "-1" }, 500],
    ["leaves the usual wait if empty", { "x-amz-retry-after": "", "Retry-After": "" }, 500],
    ["leaves the usual wait if past", { "retry-after": "Tue, 01 Jan 2019 00:00:00 GMT" }, 500],
    ["of the service decides even if 0", { "x-amz-retry-after": "0", "retry-after": "3" }, 500],
    ["is found in any case of letters", { "X-Amz-Retry-After": "2500" }, 2500],
  ])("%s", async (_, headers, expected) => {
    expect(await waitAfter(headers as Record<string, string>)).toBe(expected);
  });
});

describe("parseRulesActionFailure", () => {
  const type = "Amazon Connect Rules Action Execution Failed";

  it("reads every documented member", () => {
    const detail = {
      ruleId: "rule",
      actionType: "CREATE_TASK",
      triggerEvent: "trigger",
      instanceArn: "arn",
      reasonCode: "reason",
      error: "error",
    };
    const info = { message: "m", code: "c", statusCode: 429, time: "t", requestId: "id" };
    const additionalInfoText = JSON.stringify({ ...info, retryable: true, retryDelay: 28 });
    const event = {
      "detail-type": type,
      detail: { ...detail, additionalInfo: additionalInfoText },
    };
    expect(parseRulesActionFailure(event)).toEqual({
      ...detail,
      additionalInfo: { ...info, retryable: true, retryDelayMs: 28 },
      additionalInfoText,
    });
  });

  it("leaves out members of another type than documented", () => {
    const additionalInfo = '{"code":7,"statusCode":"429","retryable":true,"retryDelay":1e999}';
    const failure = parseRulesActionFailure({
      "detail-type": type,
      detail: { ruleId: 7, error: {}, additionalInfo },
    });
    expect(failure).toMatchObject({ ruleId: undefined, error: undefined });
    expect(failure?.additionalInfo).toMatchObject({
      code: undefined,
      statusCode: undefined,
      retryDelayMs: undefined,
    });
  });

  it.each([`My ${type}`, `${type} Again`, undefined])("does not take %o for it", (other) => {
    expect(parseRulesActionFailure({ "detail-type": other, detail: {} })).toBeUndefined();
  });
});
