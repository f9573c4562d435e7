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
  interface WithStrategy {
    readonly config: { readonly retryStrategy: () => Promise<unknown> };
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

  it("does not slow down a throttled client on the old line", async () => {
    const lines = await startLab({ modules: [] });
    try {
      const client = new WisdomClient({ ...lines.config, retryMode: "adaptive", maxAttempts: 1 });
      clients.push(client);
      // The path is unknown to the lab, which answers each of them with an error at once.
      for (let count = 0; count < 5; count += 1)
        await failure(client.send(new ListAssistantsCommand({})));
      const { config } = client as unknown as WithStrategy;
      const strategy = (await config.retryStrategy()) as {
        rateLimiter: { enabled: boolean; requestCount: number };
      };
      expect(strategy.rateLimiter).toMatchObject({ enabled: false, requestCount: 0 });
    } finally {
      await lines.close();
    }
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
