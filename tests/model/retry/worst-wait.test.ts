/** The longest sum of pauses of a call's retry stack, worked out by hand beside each case. */
import { describe, expect, it } from "vitest";
import { retryStacks } from "../../../src/model/retry/stack.ts";
import { worstWait } from "../../../src/model/retry/worst-wait.ts";
import { sdkCallsIn } from "../../../src/model/sdk/calls.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

const HEAD = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
declare function sleep(ms: number): Promise<void>;
`;
const SEND = `client.send(new ListUsersCommand({ InstanceId: "i" }))`;
const DEFAULT = `const client = new ConnectClient({});`;
const SINGLE = `const client = new ConnectClient({ maxAttempts: 1 });`;

function wait(code: string, options?: ModelOptions): string {
  return withModel(
    { "file.ts": HEAD + code },
    (unit) => {
      const [call] = sdkCallsIn(unit);
      const [stack] = call === undefined ? [] : retryStacks(call);
      if (stack === undefined) return "no call";
      const { ms, exact } = worstWait(stack);
      return `${exact ? "" : "at least "}${String(ms)}`;
    },
    options,
  );
}

describe("clients", () => {
  it.each([
    // 1000 + 2000: throttling, as the installed SDK does it.
    ["the SDK's default", DEFAULT, "3000"],
    // 1000 + 2000 + 4000 + 8000 + 16 000 + 20 000 × 4
    [
      "more attempts, up to the cap",
      `const client = new ConnectClient({ maxAttempts: 10 });`,
      "111000",
    ],
    ["one attempt", SINGLE, "0"],
    [
      "adaptive mode, which waits besides",
      `const client = new ConnectClient({ retryMode: "adaptive" });`,
      "at least 3000",
    ],
    [
      "attempts that cannot be read",
      `const client = new ConnectClient({ maxAttempts: Number(process.env["N"]) });`,
      "at least 0",
    ],
    [
      "a configured strategy with a fixed delay",
      `import { ConfiguredRetryStrategy } from "@smithy/core/retry";
const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4, 1100) });`,
      "3300",
    ],
    [
      "a configured strategy that grows",
      `import { ConfiguredRetryStrategy } from "@smithy/core/retry";
const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4, (attempt) => 100 + attempt * 1000) });`,
      "6300",
    ],
    [
      "the helper's strategy, which has a deadline",
      `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
      "60000",
    ],
    [
      "the helper's strategy with few attempts",
      `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ retryStrategy: backoffStrategy({ maxAttempts: 4 }) });`,
      "7000",
    ],
  ])("%s", (_, client, expected) => {
    expect(wait(`${client}\nexport const result = await ${SEND};`)).toBe(expected);
  });

  it.each([
    ["a standard strategy: 1000 + 2000 + 4000", "new StandardRetryStrategy(4)", "7000"],
    [
      "a configured strategy by itself: 50 × 2, as the installed SDK waits",
      "new ConfiguredRetryStrategy(3)",
      "100",
    ],
    ["a delay of another function", "new ConfiguredRetryStrategy(3, delayOf)", "at least 0"],
    [
      "one of two delays",
      "new ConfiguredRetryStrategy(3, process.env.FAST ? () => 10 : () => 20)",
      "at least 0",
    ],
    [
      "a delay that cannot be read",
      "new ConfiguredRetryStrategy(3, () => Number(process.env.MS))",
      "at least 0",
    ],
    [
      "one of two strategies",
      "process.env.FAST ? new ConfiguredRetryStrategy(3) : new ConfiguredRetryStrategy(3, 10)",
      "at least 0",
    ],
    ["a strategy of the project", "new Own(3)", "at least 0"],
    ["a strategy that is made elsewhere", "makeStrategy(3)", "at least 0"],
    [
      "the helper's strategy with other delays: 100 + 150 + 150",
      "backoffStrategy({ maxAttempts: 4, baseDelayMs: 100, maxDelayMs: 150 })",
      "400",
    ],
    [
      "the helper's strategy with a near deadline",
      "backoffStrategy({ maxElapsedMs: 5000 })",
      "5000",
    ],
    [
      "the helper's strategy with a delay from outside",
      "backoffStrategy({ maxAttempts: 4, baseDelayMs: Number(process.env.MS) })",
      "at least 0",
    ],
    [
      "the helper's strategy with a cap from outside",
      "backoffStrategy({ maxAttempts: 4, maxDelayMs: Number(process.env.MS) })",
      "at least 0",
    ],
    [
      "the helper's strategy with a deadline from outside",
      "backoffStrategy({ maxAttempts: 4, maxElapsedMs: Number(process.env.MS) })",
      "at least 0",
    ],
  ])("%s", (_, strategy, expected) => {
    const client = `import { ConfiguredRetryStrategy, StandardRetryStrategy } from "@smithy/core/retry";
import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
declare const delayOf: (attempt: number) => number;
declare const makeStrategy: (attempts: number) => ConfiguredRetryStrategy;
class Own extends ConfiguredRetryStrategy {}
const client = new ConnectClient({ maxAttempts: 4, retryStrategy: ${strategy} });`;
    expect(wait(`${client}\nexport const result = await ${SEND};`)).toBe(expected);
  });

  it("of SDK v2: 100 + 200 + 400", () => {
    const code = `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export const users = await connect.listUsers({ InstanceId: "i" }).promise();`;
    expect(wait(code)).toBe("700");
    const slower = code.replace("Connect()", "Connect({ retryDelayOptions: { base: 300 } })");
    expect(wait(slower)).toBe("2100");
    const unread = slower.replace("base: 300", "base: Number(process.env.MS)");
    expect(wait(unread)).toBe("at least 0");
    const own = slower.replace("base: 300", "customBackoff: () => 5");
    expect(wait(own)).toBe("at least 0");
  });

  it("that cannot be seen", () => {
    expect(wait(`export const list = (client: ConnectClient) => ${SEND};`)).toBe("at least 0");
  });
});

describe("layers around the client", () => {
  it.each([
    [
      "a loop with a fixed sleep: 4 × 500",
      `for (let attempt = 0; attempt < 5; attempt++) {
         try { return await ${SEND}; } catch { await sleep(500); }
       }`,
      "2000",
    ],
    [
      "a loop that doubles: 100 + 200 + 400 + 800",
      `for (let attempt = 0; attempt < 5; attempt++) {
         try { return await ${SEND}; } catch { await sleep(100 * 2 ** attempt); }
       }`,
      "1500",
    ],
    [
      "a delay that is doubled: 100 + 200 + 400 + 800",
      `let delay = 100;
       for (let attempt = 1; attempt <= 5; attempt++) {
         try { return await ${SEND}; } catch { await sleep(delay); delay *= 2; }
       }`,
      "1500",
    ],
    [
      "a loop that counts from one, with a cap: 200 + 300 + 300",
      `for (let attempt = 1; attempt <= 4; attempt++) {
         try { return await ${SEND}; } catch { await sleep(Math.min(300, 100 * 2 ** attempt)); }
       }`,
      "800",
    ],
    [
      "a loop without a sleep",
      `for (let attempt = 0; attempt < 5; attempt++) {
         try { return await ${SEND}; } catch (error) { console.error(error); }
       }`,
      "0",
    ],
    [
      "two sleeps, of which the longer one counts: 2 × 700",
      `for (let attempt = 0; attempt < 3; attempt++) {
         try { return await ${SEND}; } catch (error) { if (error instanceof TypeError) await sleep(700); else await sleep(300); }
       }`,
      "1400",
    ],
    [
      "a sleep that cannot be read beside one that can",
      `for (let attempt = 0; attempt < 3; attempt++) {
         try { return await ${SEND}; } catch (error) { if (error instanceof TypeError) await sleep(Number(process.env.MS)); else await sleep(300); }
       }`,
      "at least 0",
    ],
    [
      "attempts that cannot be read",
      `for (let attempt = 0; attempt < Number(process.env.N); attempt++) {
         try { return await ${SEND}; } catch { await sleep(500); }
       }`,
      "at least 0",
    ],
    [
      "a loop that does nothing more",
      `for (let attempt = 0; attempt < 1; attempt++) {
         try { return await ${SEND}; } catch { await sleep(500); }
       }`,
      "0",
    ],
    [
      "a loop without a limit",
      `for (;;) { try { return await ${SEND}; } catch { await sleep(500); } }`,
      "Infinity",
    ],
    [
      "full jitter below 1 s, 2 s: the most that chance gives",
      `for (let attempt = 0; attempt < 3; attempt++) {
         try { return await ${SEND}; } catch { await sleep(Math.random() * 1000 * 2 ** attempt); }
       }`,
      "3000",
    ],
  ])("%s", (_, body, expected) => {
    const code = `${SINGLE}\nexport async function list() {\n${body}\nthrow new Error("failed");\n}`;
    expect(wait(code)).toBe(expected);
  });

  it("come again with every attempt around them: 3 × 3000 + 2 × 500", () => {
    const code = `${DEFAULT}
export async function list() {
  for (let attempt = 0; attempt < 3; attempt++) {
    try { return await ${SEND}; } catch { await sleep(500); }
  }
  throw new Error("failed");
}`;
    expect(wait(code)).toBe("10000");
  });

  it.each([
    // 1000 + 2000 + 4000
    ["p-retry", `import pRetry from "p-retry";`, `pRetry(() => ${SEND}, { retries: 3 })`, "7000"],
    // Randomised: up to twice that.
    [
      "p-retry at random",
      `import pRetry from "p-retry";`,
      `pRetry(() => ${SEND}, { retries: 3, randomize: true })`,
      "14000",
    ],
    // 100 + 200, capped at 150
    [
      "exponential-backoff with a cap",
      `import { backOff } from "exponential-backoff";`,
      `backOff(() => ${SEND}, { numOfAttempts: 3, maxDelay: 150 })`,
      "250",
    ],
    // 500 × 2
    [
      "ts-retry-promise",
      `import { retry } from "ts-retry-promise";`,
      `retry(() => ${SEND}, { retries: 2, delay: 500 })`,
      "1000",
    ],
    [
      "ts-retry-promise that grows",
      `import { retry } from "ts-retry-promise";`,
      `retry(() => ${SEND}, { retries: 2, delay: 500, backoff: "LINEAR" })`,
      "at least 0",
    ],
    // 200 + 400
    [
      "@lifeomic/attempt that grows",
      `import { retry } from "@lifeomic/attempt";`,
      `retry(() => ${SEND}, { maxAttempts: 3, factor: 2 })`,
      "600",
    ],
    [
      "exponential-backoff at random",
      `import { backOff } from "exponential-backoff";`,
      `backOff(() => ${SEND}, { numOfAttempts: 3, jitter: "full" })`,
      "300",
    ],
    [
      "async-retry, which is random by itself: 2 × 1000",
      `import retry from "async-retry";`,
      `retry(() => ${SEND}, { retries: 1 })`,
      "2000",
    ],
    [
      "a base from outside",
      `import pRetry from "p-retry";`,
      `pRetry(() => ${SEND}, { retries: 3, minTimeout: Number(process.env.MS) })`,
      "at least 0",
    ],
    [
      "a cap from outside",
      `import pRetry from "p-retry";`,
      `pRetry(() => ${SEND}, { retries: 3, maxTimeout: Number(process.env.MS) })`,
      "at least 0",
    ],
    [
      "a factor from outside",
      `import pRetry from "p-retry";`,
      `pRetry(() => ${SEND}, { retries: 3, factor: Number(process.env.F) })`,
      "at least 0",
    ],
    [
      "a configured wrapper, of which nothing is known",
      `import { sturdy } from "./sturdy.js";`,
      `sturdy(() => ${SEND})`,
      "at least 0",
    ],
    [
      "the helper around a function: 1000 + 2000",
      `import { withBackoff } from "eslint-plugin-connect-resilience/backoff";`,
      `withBackoff(() => ${SEND}, { maxAttempts: 3 })`,
      "3000",
    ],
    [
      "the helper around a call",
      `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";`,
      `sendWithBackoff(client, new ListUsersCommand({ InstanceId: "i" }), { maxAttempts: 3, baseDelayMs: 200 })`,
      "600",
    ],
  ])("%s", (_, imports, call, expected) => {
    const retryWrappers = [{ from: "file", path: "./sturdy.ts", name: "sturdy" }];
    expect(
      wait(`${imports}\n${SINGLE}\nexport const result = await ${call};`, {
        settings: { retryWrappers },
      }),
    ).toBe(expected);
  });

  it("a retry function of the project: 2 × 500", () => {
    const code = `${SINGLE}
async function again<T>(fn: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try { return await fn(); } catch (error) { if (attempt >= 2) throw error; await sleep(500); }
  }
}
export const list = () => again(() => ${SEND});`;
    expect(wait(code)).toBe("1000");
  });

  it("a recursion: 100 + 200", () => {
    const code = `${SINGLE}
export async function list(attempt = 0): Promise<unknown> {
  try { return await ${SEND}; } catch (error) {
    if (attempt >= 2) throw error;
    await sleep(100 * 2 ** attempt);
    return list(attempt + 1);
  }
}`;
    expect(wait(code)).toBe("300");
  });

  it("a poll around a call is not a retry of it", () => {
    const code = `${DEFAULT}
export async function ready() {
  for (;;) {
    const { UserSummaryList } = await ${SEND};
    if (UserSummaryList?.length) return;
    await sleep(1000);
  }
}`;
    expect(wait(code)).toBe("3000");
  });
});
