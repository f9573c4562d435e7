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

  it("of SDK v2: 100 + 200 + 400", () => {
    const code = `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export const users = await connect.listUsers({ InstanceId: "i" }).promise();`;
    expect(wait(code)).toBe("700");
    const slower = code.replace("Connect()", "Connect({ retryDelayOptions: { base: 300 } })");
    expect(wait(slower)).toBe("2100");
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
    [
      "the helper around a call",
      `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";`,
      `sendWithBackoff(client, new ListUsersCommand({ InstanceId: "i" }), { maxAttempts: 3, baseDelayMs: 200 })`,
      "600",
    ],
  ])("%s", (_, imports, call, expected) => {
    expect(wait(`${imports}\n${SINGLE}\nexport const result = await ${call};`)).toBe(expected);
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
