/** Everything that is to get a call through the throttling, each with the settings that serve it best. */
import {
  ConnectClient,
  type ConnectClientConfig,
  StartOutboundVoiceContactCommand,
} from "@aws-sdk/client-connect";
import { ExponentialBackoff, handleAll, retry } from "cockatiel";
import { backOff } from "exponential-backoff";
import pRetry from "p-retry";
import { backoffStrategy, createPacer, sendWithBackoff } from "../../src/backoff/index.ts";

/** Makes one call. */
export type Send = (client: ConnectClient, number: string) => Promise<unknown>;

export interface Contestant {
  readonly name: string;
  readonly isOurs: boolean;
  /** Made anew for each run, as some have a memory. */
  readonly config?: () => ConnectClientConfig;
  readonly send: () => Send;
  /** What paces the calls from outside makes no sense for callers that do not know of one another. */
  readonly sharedOnly?: boolean;
}

export function command(number: string): StartOutboundVoiceContactCommand {
  return new StartOutboundVoiceContactCommand({
    InstanceId: "instance",
    ContactFlowId: "flow",
    DestinationPhoneNumber: number,
  });
}

const plain = (): Send => (client, number) => client.send(command(number));
const once = (): ConnectClientConfig => ({ maxAttempts: 1 });
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const contestants: readonly Contestant[] = [
  { name: "SDK default", isOurs: false, send: plain },
  { name: "maxAttempts: 10", isOurs: false, config: () => ({ maxAttempts: 10 }), send: plain },
  {
    name: 'retryMode: "adaptive"',
    isOurs: false,
    config: () => ({ retryMode: "adaptive", maxAttempts: 10 }),
    send: plain,
  },
  {
    name: "fixed sleep of 1 s, for ever",
    isOurs: false,
    send: () => async (client, number) => {
      for (;;) {
        try {
          return await client.send(command(number));
        } catch {
          await sleep(1000);
        }
      }
    },
  },
  {
    name: "p-retry",
    isOurs: false,
    config: once,
    send: () => (client, number) => pRetry(() => client.send(command(number))),
  },
  {
    name: "p-retry, randomize",
    isOurs: false,
    config: once,
    send: () => (client, number) =>
      pRetry(() => client.send(command(number)), { randomize: true, maxTimeout: 20_000 }),
  },
  {
    name: "cockatiel",
    isOurs: false,
    config: once,
    // Its own generator is decorrelated jitter.
    send: () => {
      const backoff = new ExponentialBackoff({ initialDelay: 1000, maxDelay: 20_000 });
      const policy = retry(handleAll, { maxAttempts: 10, backoff });
      return (client, number) => policy.execute(() => client.send(command(number)));
    },
  },
  {
    name: "exponential-backoff, full jitter",
    isOurs: false,
    config: once,
    send: () => (client, number) =>
      backOff(() => client.send(command(number)), {
        jitter: "full",
        startingDelay: 1000,
        maxDelay: 20_000,
        numOfAttempts: 11,
      }),
  },
  {
    name: "sendWithBackoff",
    isOurs: true,
    send: () => (client, number) => sendWithBackoff(client, command(number)),
  },
  {
    name: "sendWithBackoff, maxAttempts: 1",
    isOurs: true,
    config: once,
    send: () => (client, number) => sendWithBackoff(client, command(number)),
  },
  {
    name: "backoffStrategy",
    isOurs: true,
    config: () => ({ retryStrategy: backoffStrategy() }),
    send: plain,
  },
  {
    name: "createPacer / mapPaced",
    isOurs: true,
    config: () => ({ retryStrategy: backoffStrategy() }),
    sharedOnly: true,
    send: () => {
      const pace = createPacer({ ratePerSecond: 2, burst: 5 });
      return async (client, number) => {
        await pace();
        return client.send(command(number));
      };
    },
  },
];

/** What a function can do that has to answer within eight seconds. */
export const BUDGETS: readonly Contestant[] = [
  { name: "SDK default", isOurs: false, send: plain },
  { name: "maxAttempts: 5", isOurs: false, config: () => ({ maxAttempts: 5 }), send: plain },
  {
    name: "sendWithBackoff",
    isOurs: true,
    config: once,
    send: () => (client, number) => sendWithBackoff(client, command(number)),
  },
  {
    name: "sendWithBackoff, maxElapsedMs: 6000",
    isOurs: true,
    config: once,
    send: () => (client, number) =>
      sendWithBackoff(client, command(number), { maxElapsedMs: 6000, maxDelayMs: 3000 }),
  },
  {
    name: "backoffStrategy, maxElapsedMs: 6000",
    isOurs: true,
    config: () => ({
      retryStrategy: backoffStrategy({ maxElapsedMs: 6000, maxDelayMs: 3000 }),
    }),
    send: plain,
  },
];

/** The SDK warns at its first call, and the table would begin with it. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
function nothing(): undefined {
  return undefined;
}

export function createClient({ config }: Contestant, handler: object): ConnectClient {
  return new ConnectClient({
    ...config?.(),
    region: "us-east-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    requestHandler: handler as NonNullable<ConnectClientConfig["requestHandler"]>,
    logger: SILENT,
  });
}
