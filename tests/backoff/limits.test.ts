import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  createPacer,
  mapPaced,
  pollUntil,
  type RetryEvent,
  sendWithBackoff,
  withBackoff,
} from "../../src/backoff/index.ts";

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error(name), { name }, more);
const throttled = named("ThrottlingException");
const lost = named("TimeoutError");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("withBackoff", () => {
  const failing = (): Promise<never> => Promise.reject(throttled);

  it("still waits if the wait ends on the deadline", async () => {
    const operation = vi.fn(failing);
    const ending = expect(
      withBackoff(operation, { random: () => 0.5, maxElapsedMs: 500 }),
    ).rejects.toBe(throttled);
    await vi.runAllTimersAsync();
    await ending;
    expect(operation).toHaveBeenCalledTimes(2);
  });

  it("makes an AbortError where the signal has no reason", async () => {
    const signal = { aborted: true, addEventListener: vi.fn(), removeEventListener: vi.fn() };
    const error: unknown = await withBackoff(failing, { signal }).catch((last: unknown) => last);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "AbortError", message: "Request aborted" });
  });

  it("ends at once if onRetry aborts", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const ended = vi.fn();
    void withBackoff(failing, {
      random: () => 0.9,
      signal: controller.signal,
      onRetry: () => {
        controller.abort(reason);
      },
    }).catch(ended);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledWith(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    const ending = expect(withBackoff(failing, { signal, maxAttempts: 3 })).rejects.toBe(throttled);
    await vi.runAllTimersAsync();
    await ending;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("sendWithBackoff", () => {
  type Input = Readonly<Record<string, unknown>>;
  const resolveMiddleware = (): (() => Promise<{ output: object }>) => () =>
    Promise.resolve({ output: {} });
  /** Commands of SDK versions that carry no schemas. */
  class StartOutboundVoiceContactCommand {
    readonly resolveMiddleware = resolveMiddleware;
    readonly input: Input;
    constructor(input: Input = {}) {
      this.input = input;
    }
  }
  class DescribeUserCommand extends StartOutboundVoiceContactCommand {}
  /** A command as a minifier leaves it. */
  class M extends StartOutboundVoiceContactCommand {
    readonly schema: unknown;
    constructor(name: string, members: readonly string[]) {
      super();
      const input = [3, "namespace", `${name}Request`, 0, members];
      this.schema = [9, "namespace", name, 0, () => input, () => []];
    }
  }

  /** A client that fails with these errors in turn, and then succeeds. */
  function clientFailing(...errors: unknown[]) {
    const sent: { input: Input }[] = [];
    const send = vi.fn((command: { input: Input }): Promise<object> => {
      sent.push(command);
      return sent.length <= errors.length
        ? Promise.reject(errors[sent.length - 1])
        : Promise.resolve({});
    });
    return { config: { serviceId: "Connect" }, send, sent };
  }
  async function tokenOf(command: StartOutboundVoiceContactCommand): Promise<unknown> {
    const client = clientFailing();
    await sendWithBackoff(client, command);
    return client.sent[0]?.input["ClientToken"];
  }
  const quick = { baseDelayMs: 0 };

  it("knows operations of SDK versions without schemas", async () => {
    const creating = clientFailing(lost);
    const sending = sendWithBackoff(creating, new StartOutboundVoiceContactCommand(), quick);
    await vi.runAllTimersAsync();
    await sending;
    expect(creating.sent[0]?.input["ClientToken"]).toMatch(/^[\da-f-]{36}$/);
    expect(creating.sent[1]?.input).toEqual(creating.sent[0]?.input);

    const reading = clientFailing(lost);
    const command = new DescribeUserCommand();
    const read = sendWithBackoff(reading, command, quick);
    await vi.runAllTimersAsync();
    await read;
    expect(reading.sent).toHaveLength(2);
    expect(reading.sent[0]).toBe(command);
    expect(reading.send.mock.calls[0]).toEqual([command]);
  });

  it("takes a client that does not tell its service, and makes no token for it", async () => {
    const { send, sent } = clientFailing();
    const command = new StartOutboundVoiceContactCommand();
    await sendWithBackoff({ send }, command);
    expect(sent).toEqual([command]);
    expect(sent[0]?.input).toEqual({});
  });

  it("reads name and token from the schema, whatever the class is called", async () => {
    const creating = clientFailing(lost);
    const members = ["ClientTokenKind", "ParentClientToken", "ClientRequestToken"];
    const sending = sendWithBackoff(creating, new M("CreateThing", members), quick);
    await vi.runAllTimersAsync();
    await sending;
    expect(Object.keys(creating.sent[1]?.input ?? {})).toEqual(["ClientRequestToken"]);

    const other = clientFailing(lost);
    await expect(sendWithBackoff(other, new M("CreateUser", ["Name"]), quick)).rejects.toBe(lost);
    expect(other.sent).toHaveLength(1);
  });

  it("makes a token in place of null", async () => {
    const command = new StartOutboundVoiceContactCommand({ ClientToken: null });
    expect(await tokenOf(command)).toEqual(expect.any(String));
  });

  it("passes on a rejection without a value", async () => {
    await expect(
      sendWithBackoff(clientFailing(undefined), new DescribeUserCommand()),
    ).rejects.toBeUndefined();
  });

  it("takes the token from the platform if it can", async () => {
    vi.stubGlobal("crypto", { randomUUID: () => "from the platform" });
    expect(await tokenOf(new StartOutboundVoiceContactCommand())).toBe("from the platform");
  });

  const { crypto } = globalThis;
  it.each([
    ["crypto", undefined],
    ["randomUUID", { getRandomValues: (bytes: Uint8Array) => crypto.getRandomValues(bytes) }],
    ["anything in crypto", {}],
  ])("makes version 4 tokens without %s", async (_, platform) => {
    vi.stubGlobal("crypto", platform);
    const tokens = new Set<string>();
    for (let i = 0; i < 200; i++) {
      tokens.add(String(await tokenOf(new StartOutboundVoiceContactCommand())));
    }
    expect(tokens.size).toBe(200);
    const variants = new Set<string | undefined>();
    for (const token of tokens) {
      expect(token).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      variants.add(token[19]);
    }
    expect([...variants].sort()).toEqual(["8", "9", "a", "b"]);
    // Only the hyphens and the version stay the same.
    const fixed = Array.from({ length: 36 }, (_digit, at) => at).filter(
      (at) => new Set([...tokens].map((token) => token[at])).size === 1,
    );
    expect(fixed).toEqual([8, 13, 14, 18, 23]);
  });
});

describe("pollUntil", () => {
  it("waits up to the whole of the growing time, ten seconds at most", async () => {
    const waits: number[] = [];
    const sleep = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    const polling = pollUntil(
      () => "PENDING",
      (state) => state === "ACTIVE",
      { sleep, random: () => 1, maxAttempts: 8 },
    );
    await expect(polling).rejects.toThrow("Not done after 8 attempts");
    expect(waits).toEqual([1000, 1500, 2250, 3375, 5062.5, 7593.75, 10_000]);
  });

  it("still waits if the wait ends on the deadline", async () => {
    const ending = expect(
      pollUntil(
        () => 1,
        () => false,
        { random: () => 0, maxElapsedMs: 500 },
      ),
    ).rejects.toMatchObject({ attempts: 2 });
    await vi.runAllTimersAsync();
    await ending;
  });

  it("does not probe once aborted", async () => {
    const probe = vi.fn();
    const signal = AbortSignal.abort();
    await expect(pollUntil(probe, () => true, { signal })).rejects.toBe(signal.reason);
    expect(probe).not.toHaveBeenCalled();
  });

  it("reports failed probes only, and asks `done` about values only", async () => {
    const events: RetryEvent[] = [];
    const done = vi.fn((value: number) => value === 3);
    const polling = pollUntil(
      ({ attempt }) => (attempt === 2 ? Promise.reject(throttled) : attempt),
      done,
      { random: () => 0, onRetry: (event) => events.push(event) },
    );
    await vi.runAllTimersAsync();
    expect(await polling).toBe(3);
    expect(events).toEqual([{ attempt: 2, delayMs: 750, error: throttled }]);
    expect(done.mock.calls).toEqual([[1], [3]]);
  });
});

describe("pacing", () => {
  it("refuses an aborted caller", async () => {
    const signal = AbortSignal.abort();
    await expect(createPacer({ ratePerSecond: 1 })(signal)).rejects.toBe(signal.reason);
  });

  it("rejects with the reason of an abort, and leaves no listener", async () => {
    const pace = createPacer({ ratePerSecond: 1 });
    const controller = new AbortController();
    await pace(controller.signal);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    const reason = new Error("enough");
    const waiting = pace(controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it("counts what has been earned of the next turn", async () => {
    const pace = createPacer({ ratePerSecond: 1 });
    await pace();
    await vi.advanceTimersByTimeAsync(500);
    const start = Date.now();
    const next = pace().then(() => Date.now() - start);
    await vi.runAllTimersAsync();
    expect(await next).toBe(520);
  });

  it("needs one timer, however many wait", async () => {
    const pace = createPacer({ ratePerSecond: 10 });
    const all = Promise.all(Array.from({ length: 20 }, () => pace()));
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(1);
    await vi.runAllTimersAsync();
    await all;
  });

  it("says what is wrong with its limits", () => {
    expect(() => createPacer({ ratePerSecond: 0 })).toThrow("ratePerSecond must be above 0");
  });

  it("maps nothing to nothing", async () => {
    expect(await mapPaced([], (item) => item, { ratePerSecond: 1 })).toEqual([]);
  });
});
