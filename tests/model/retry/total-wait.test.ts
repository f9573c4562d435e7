/** The least that a layer waits before it gives up, and the worst case of attempts: worked out by hand beside each case. */
import { describe, expect, it } from "vitest";
import { retryStacks, worstCase } from "../../../src/model/retry/stack.ts";
import { leastTotalWait } from "../../../src/model/retry/total-wait.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { withModel } from "../../support/model.ts";
import { atCall, getting, SEND } from "./support.ts";

const least = (code: string): number | undefined =>
  atCall(code, (_call, [layer]) => layer && leastTotalWait(layer));

describe("the least wait of code", () => {
  const loop = (head: string, rest: string): string =>
    getting(
      `${head} { try { return await ${SEND}; } catch (error: any) { ${rest} } } throw new Error("no");`,
    );

  it.each([
    // 3 × 500
    ["for (let n = 0; n < 4; n++)", "await sleep(500);", 1500],
    // 10 × (1 + … + 39): what comes after that many attempts is left out
    ["for (let n = 0; n < 100; n++)", "await sleep(10 * (n + 1));", 7800],
    // 10 × (1 + … + 38)
    ["for (let n = 0; n < 39; n++)", "await sleep(10 * (n + 1));", 7410],
    ["for (let n = 0; n < 4; n++)", "", undefined],
    ["for (;;)", "await sleep(500);", undefined],
    ["for (let n = 0; n < Number(UserId); n++)", "await sleep(500);", undefined],
    ["for (let n = 0; n < 4; n++)", "await sleep(Number(UserId));", undefined],
    [
      "for (let n = 0; n < 4; n++)",
      `if (error.name === "TimeoutError") await sleep(500);`,
      undefined,
    ],
    ["for (let n = 0; n < 4; n++)", "await sleep(100 * n); await sleep(100 * 2 ** n);", undefined],
    ["for (let n = 0; n < 4; n++)", "await sleep(1000 - 100 * n);", undefined],
    ["for (let n = 0; n < 4; n++)", "await sleep(100 * 2 ** n * Math.random());", undefined],
  ])("%s %s", (head, rest, expected) => {
    expect(least(loop(head, rest))).toBe(expected);
  });

  it("of a recursion: 100 + 200 + 400 + 800", () => {
    const code = `export async function get(UserId: string, n = 0): Promise<unknown> { try { return await ${SEND}; } catch (error) { if (n >= 4) throw error; await sleep(100 * 2 ** n); return get(UserId, n + 1); } }`;
    expect(least(code)).toBe(1500);
  });
});

describe("the least wait of a library", () => {
  const P_RETRY = `import retry from "p-retry";`;
  const BACK_OFF = `import { backOff as retry } from "exponential-backoff";`;
  const ASYNC_RETRY = `import retry from "async-retry";`;
  const TS_RETRY = `import { retry } from "ts-retry-promise";`;
  const ATTEMPT = `import { retry } from "@lifeomic/attempt";`;

  it.each([
    // 1000 + 2000 + 4000
    [P_RETRY, "{ retries: 3 }", 7000],
    // 1000 + 1500 + 1500
    [P_RETRY, "{ retries: 3, maxTimeout: 1500 }", 4000],
    [P_RETRY, "{ retries: 3, factor: 1, minTimeout: 200 }", 600],
    // Chance only makes it longer.
    [P_RETRY, "{ retries: 3, randomize: true }", 7000],
    [ASYNC_RETRY, "{ retries: 2 }", 3000],
    [P_RETRY, "{ retries: 3, maxRetryTime: 2000 }", undefined],
    [P_RETRY, "{ retries: 3, shouldRetry: () => true }", undefined],
    [P_RETRY, "{ retries: 3, signal: AbortSignal.timeout(9) }", undefined],
    [P_RETRY, "{ retries: 3, minTimeout: Number(UserId) }", undefined],
    [P_RETRY, "{ retries: 3, maxTimeout: Number(UserId) }", undefined],
    [P_RETRY, "{ retries: 3, factor: Number(UserId) }", undefined],
    [P_RETRY, "{ forever: true }", undefined],
    // 100 + 200
    [BACK_OFF, "{ numOfAttempts: 3 }", 300],
    [BACK_OFF, `{ numOfAttempts: 3, jitter: "full" }`, undefined],
    [TS_RETRY, "{ retries: 2, delay: 50 }", 100],
    [TS_RETRY, "{ retries: 2, delay: 50, timeout: 60 }", undefined],
    [TS_RETRY, `{ retries: 2, delay: 50, backoff: "LINEAR" }`, undefined],
    [ATTEMPT, "{ maxAttempts: 3, delay: 100 }", 200],
    [ATTEMPT, "{ maxAttempts: 3, delay: 100, factor: 2 }", undefined],
    [ATTEMPT, "{ maxAttempts: 3, delay: 100, jitter: true }", undefined],
    [`import { retry } from "es-toolkit";`, "{ retries: 3 }", undefined],
  ])("%s %s", (imports, options, expected) => {
    expect(least(`${imports} ${getting(`return retry(() => ${SEND}, ${options});`)}`)).toBe(
      expected,
    );
  });
});

describe("the worst case of HTTP attempts", () => {
  const HEAD = `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect"; import { withBackoff } from "eslint-plugin-connect-resilience/backoff";\n`;
  const worst = (code: string): unknown =>
    withModel({ "file.ts": HEAD + code }, (_unit, [target]) => {
      const call = target === undefined ? undefined : sdkCallAt(target as never);
      const [stack] = call === undefined ? [] : retryStacks(call);
      if (stack === undefined) return "no call";
      const { attempts, exact, factors } = worstCase(stack);
      return [stack.layers[0]?.label, stack.layers[0]?.deliberate, attempts, exact, factors];
    });
  const made = (client: string): string => `const client = ${client};`;
  const DEFAULT = made("new ConnectClient({})");

  it.each([
    [DEFAULT, ["ConnectClient's default", false, 3, true, [3]]],
    [
      made("new ConnectClient({ maxAttempts: 5 })"),
      ["ConnectClient's own retries", true, 5, true, [5]],
    ],
    [
      made("new ConnectClient({ maxAttempts: Number(process.env.N) })"),
      ["ConnectClient's own retries", true, 1, false, []],
    ],
    [
      made(
        `process.env.FAST ? new ConnectClient({ maxAttempts: 2 }) : new ConnectClient({ maxAttempts: 6 })`,
      ),
      ["ConnectClient's own retries", true, 6, true, [6]],
    ],
    [
      `declare const settings: any; ${made(`process.env.FAST ? new ConnectClient(settings) : new ConnectClient({ maxAttempts: 6 })`)}`,
      ["ConnectClient's own retries", true, 1, false, []],
    ],
    ["declare const client: ConnectClient;", ["the client", false, 1, false, []]],
    [
      `declare const given: ConnectClient; ${made("process.env.FAST ? given : new ConnectClient({ maxAttempts: 6 })")}`,
      ["the client", false, 1, false, []],
    ],
  ])("%s", (client, expected) => {
    expect(worst(`${client} export const get = (UserId: string) => ${SEND};`)).toEqual(expected);
  });

  it.each([
    [`for (let n = 0; n < 4; n++) { try { return await ${SEND}; } catch {} }`, 12, true, [3, 4]],
    [
      `for (let n = 0; n < Number(UserId); n++) { try { return await ${SEND}; } catch {} }`,
      3,
      false,
      [3],
    ],
    [`for (;;) { try { return await ${SEND}; } catch {} }`, Infinity, true, [3, Infinity]],
    [`for (;;) { const { User } = await ${SEND}; if (User?.Arn) return User; }`, 3, true, [3]],
  ])("of %s", (body, attempts, exact, factors) => {
    expect(worst(`${DEFAULT} ${getting(body)}`)).toEqual([
      "ConnectClient's default",
      false,
      attempts,
      exact,
      factors,
    ]);
  });

  it("counts the client's attempts with the helper's, not by them", () => {
    expect(worst(`${DEFAULT} ${getting(`return withBackoff(() => ${SEND});`)}`)).toEqual([
      "withBackoff",
      true,
      8,
      true,
      [8],
    ]);
    const limited = `return withBackoff(() => ${SEND}, { maxAttempts: Number(UserId) });`;
    expect(worst(`${DEFAULT} ${getting(limited)}`)).toEqual(["withBackoff", true, 1, false, []]);
  });
});
