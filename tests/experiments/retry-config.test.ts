/** What the messages of `valid-retry-config` say of the SDK, measured on the SDK itself over loopback. */
import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
import { ListAssistantsCommand, WisdomClient } from "@aws-sdk/client-wisdom";
import AWS from "aws-sdk";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Fault, type Lab, startLab } from "../support/lab/connect-server.ts";

const throttled: Fault = { kind: "error", name: "ThrottlingException", status: 429 };
const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault);
const describeUser = (): DescribeUserCommand =>
  new DescribeUserCommand({ InstanceId: "i", UserId: "u" });
const failure = (sending: Promise<unknown>): Promise<unknown> =>
  sending.catch((error: unknown) => error);

interface Strategy {
  /** The delay in milliseconds before a retry, as the strategy computes it. */
  computeNextBackoffDelay(attempt: number): number;
}
type Delays = number | ((attempt: number) => number);
type ConfiguredStrategy = new (maxAttempts: number, delays?: Delays) => Strategy;

/** The retry code that a client loads. */
function loadedBy(
  client: string,
  specifier: string,
): { readonly ConfiguredRetryStrategy: ConfiguredStrategy } {
  const require = createRequire(createRequire(import.meta.url).resolve(`${client}/package.json`));
  return require(specifier) as { readonly ConfiguredRetryStrategy: ConfiguredStrategy };
}

const { ConfiguredRetryStrategy } = loadedBy("@aws-sdk/client-connect", "@smithy/core/retry");

/** A delay that a test need not wait for. */
const quick = 1;

let lab: Lab;
const clients: { destroy(): void }[] = [];
type ClientConfig = NonNullable<ConstructorParameters<typeof ConnectClient>[0]>;

function connectClient(config: ClientConfig & { readonly maxRetries?: number }): ConnectClient {
  const client = new ConnectClient({ ...lab.config, ...config });
  clients.push(client);
  return client;
}

beforeEach(async () => {
  lab = await startLab();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await lab.close();
});

describe("retry settings of SDK v3", () => {
  async function requestsOf(
    config: ClientConfig & { readonly maxRetries?: number },
  ): Promise<number> {
    lab.script("DescribeUser", ...times(12, throttled));
    await failure(connectClient(config).send(describeUser()));
    return lab.requests.length;
  }

  it("let a strategy override the attempts and the mode", async () => {
    const retryStrategy = new ConfiguredRetryStrategy(2, quick) as unknown as NonNullable<
      ClientConfig["retryStrategy"]
    >;
    expect(await requestsOf({ maxAttempts: 6, retryMode: "adaptive", retryStrategy })).toBe(2);
  });

  it("take no attempts for one", async () => {
    expect(await requestsOf({ maxAttempts: 0 })).toBe(1);
  });

  it("take an unknown mode for standard", async () => {
    expect(await requestsOf({ maxAttempts: 2, retryMode: "legacy" })).toBe(2);
  });

  it("know no maxRetries", async () => {
    // Three attempts, the default: not one, and not ten.
    expect(await requestsOf({ maxRetries: 0 })).toBe(3);
    lab.requests.length = 0;
    expect(await requestsOf({ maxRetries: 9 })).toBe(3);
  });
});

describe("ConfiguredRetryStrategy", () => {
  const delaysOf = (strategy: Strategy): number[] =>
    [1, 2, 3, 4].map((attempt) => strategy.computeNextBackoffDelay(attempt));

  it("waits a number as it is before every retry", () => {
    expect(delaysOf(new ConfiguredRetryStrategy(6, 1100))).toEqual([1100, 1100, 1100, 1100]);
  });

  it("waits the same short time where no delay is given, of current and of old packages", () => {
    const old = loadedBy("@aws-sdk/client-wisdom", "@smithy/util-retry");
    expect(delaysOf(new ConfiguredRetryStrategy(6))).toEqual([50, 50, 50, 50]);
    expect(delaysOf(new old.ConfiguredRetryStrategy(6))).toEqual([100, 100, 100, 100]);
  });

  it("asks a function with the number of the attempt, from 1", async () => {
    const seen: number[] = [];
    const retryStrategy = new ConfiguredRetryStrategy(4, (attempt) => {
      seen.push(attempt);
      return quick;
    }) as unknown as NonNullable<ClientConfig["retryStrategy"]>;
    lab.script("DescribeUser", ...times(3, throttled));
    await connectClient({ retryStrategy }).send(describeUser());
    expect(seen).toEqual([1, 2, 3]);
  });

  it("keeps a client waiting for the number between its requests", async () => {
    const retryStrategy = new ConfiguredRetryStrategy(4, 120) as unknown as NonNullable<
      ClientConfig["retryStrategy"]
    >;
    lab.script("DescribeUser", ...times(3, throttled));
    await connectClient({ retryStrategy }).send(describeUser());
    const gaps = lab.requests
      .slice(1)
      .map(({ time }, index) => time - (lab.requests[index]?.time ?? 0));
    expect(gaps).toHaveLength(3);
    // With jitter three of three would hardly ever be that long.
    for (const gap of gaps) expect(gap).toBeGreaterThan(110);
  });
});

describe("requestTimeout", () => {
  const warnings: string[] = [];
  const ignore = (): void => undefined;
  const logger = {
    trace: ignore,
    debug: ignore,
    info: ignore,
    error: ignore,
    warn: (text: string) => void warnings.push(text),
  };

  it("only warns by itself", async () => {
    lab.script("DescribeUser", { kind: "silent" });
    const sending = connectClient({
      maxAttempts: 1,
      logger,
      requestHandler: { requestTimeout: 100 },
    }).send(describeUser());
    const waiting = Symbol("waiting");
    const outcome = await Promise.race([
      failure(sending),
      new Promise((resolve) => setTimeout(resolve, 1000, waiting)),
    ]);
    expect(outcome).toBe(waiting);
    expect(warnings.join("\n")).toMatch(/requestTimeout/);
    for (const client of clients.splice(0)) client.destroy();
    await lab.close();
    await failure(sending);
    lab = await startLab();
  });

  it("only warns where a single request is given it", async () => {
    lab.script("DescribeUser", { kind: "silent" });
    const client = connectClient({ maxAttempts: 1, logger });
    const sending = failure(client.send(describeUser(), { requestTimeout: 100 }));
    const waiting = Symbol("waiting");
    const time = new Promise((resolve) => setTimeout(resolve, 500, waiting));
    expect(await Promise.race([sending, time])).toBe(waiting);
    client.destroy();
    await lab.close();
    await sending;
    lab = await startLab();
  });

  it("ends a single request where the client's handler throws", async () => {
    lab.script("DescribeUser", { kind: "silent" });
    const client = connectClient({
      maxAttempts: 1,
      requestHandler: { throwOnRequestTimeout: true },
    });
    expect(await failure(client.send(describeUser(), { requestTimeout: 100 }))).toMatchObject({
      name: "TimeoutError",
    });
  });

  it("ends the request with throwOnRequestTimeout", async () => {
    lab.script("DescribeUser", { kind: "silent" });
    const client = connectClient({
      maxAttempts: 1,
      requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true },
    });
    expect(await failure(client.send(describeUser()))).toMatchObject({ name: "TimeoutError" });
  });
});

describe("adaptive mode", () => {
  interface Strategy {
    readonly rateLimiter: { readonly enabled: boolean };
  }
  interface WithStrategy {
    readonly config: { readonly retryStrategy: () => Promise<Strategy> };
  }

  it("makes another strategy for every request on the old line, and keeps one on the current", async () => {
    const old = new WisdomClient({
      ...lab.config,
      retryMode: "adaptive",
    }) as unknown as WithStrategy;
    expect(await old.config.retryStrategy()).not.toBe(await old.config.retryStrategy());
    const current = connectClient({ retryMode: "adaptive" }) as unknown as WithStrategy;
    expect(await current.config.retryStrategy()).toBe(await current.config.retryStrategy());
  });

  it("holds back a throttled client on the current line, and not on the old", async () => {
    // The old client carries no schemas for the lab to read.
    const ListAssistants = [9, "wisdom", "ListAssistants", { http: ["GET", "/assistants", 200] }];
    await using assistants = await startLab({ modules: [{ ListAssistants }] });
    assistants.script("ListAssistants", throttled);
    const settings = { retryMode: "adaptive", maxAttempts: 1 };
    const old = new WisdomClient({ ...assistants.config, ...settings });
    clients.push(old);
    expect(await failure(old.send(new ListAssistantsCommand({})))).toMatchObject({
      name: "ThrottlingException",
    });
    await old.send(new ListAssistantsCommand({}));

    lab.script("DescribeUser", throttled);
    const current = connectClient(settings);
    expect(await failure(current.send(describeUser()))).toMatchObject({
      name: "ThrottlingException",
    });
    await current.send(describeUser());

    const limits: Strategy[] = [];
    for (const client of [old, current]) {
      const { config } = client as unknown as WithStrategy;
      limits.push(await config.retryStrategy());
    }
    expect(limits.map(({ rateLimiter }) => rateLimiter.enabled)).toEqual([false, true]);
    const gap = ({ requests: [first, second] }: Lab): number =>
      (second?.time ?? NaN) - (first?.time ?? NaN);
    // Half a request a second is the least that the limiter lets through.
    expect(gap(lab)).toBeGreaterThan(400);
    expect(gap(assistants)).toBeLessThan(gap(lab) / 2);
  });
});

describe("SDK v2", () => {
  it("knows no retry settings inside params", async () => {
    const config = {
      ...lab.config,
      params: { InstanceId: "i", UserId: "u", maxRetries: 0 },
      paramValidation: false,
    };
    lab.script("DescribeUser", ...times(6, throttled));
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- SDK v2 types its options as a class, and takes any object.
    const client = new AWS.Connect(config);
    await failure(client.describeUser().promise());
    // Four attempts are the default.
    expect(lab.requests).toHaveLength(4);
  });
});
