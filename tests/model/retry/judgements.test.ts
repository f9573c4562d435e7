/** What is concluded from a call's layers: whether it is retried, may be sent twice, or goes out again at once. */
import { describe, expect, it } from "vitest";
import { isRetriedOutside } from "../../../src/model/retry/coverage.ts";
import { canDuplicate } from "../../../src/model/retry/duplicates.ts";
import { isImmediate } from "../../../src/model/retry/immediate.ts";
import { isSafeToRepeat } from "../../../src/model/retry/safety.ts";
import { retryStacks } from "../../../src/model/retry/stack.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { withModel } from "../../support/model.ts";
import { atCall, atLayer, getting, SEND } from "./support.ts";

const HELPER = `import { isRetryable, sendWithBackoff, withBackoff } from "eslint-plugin-connect-resilience/backoff";`;
const loop = (rest: string, attempt = `return await ${SEND};`): string =>
  `for (let n = 0; n < 3; n++) { try { ${attempt} } catch (error: any) { ${rest} } } throw new Error("no");`;

describe("whether a call is retried outside of its client", () => {
  const covered = (code: string, covers?: Parameters<typeof isRetriedOutside>[1]): string =>
    atCall(code, (node) => {
      const call = sdkCallAt(node);
      return call === undefined ? "no call" : isRetriedOutside(call, covers);
    });
  const once = (body: string): string => `async function once(UserId: string) { ${body} }`;
  const poll = `do { outcome = await once(UserId); await sleep(100); } while (outcome.status === "again");`;

  it.each([
    ["nothing around it", getting(`return ${SEND};`), "no"],
    ["a loop", getting(loop("await sleep(9);")), "yes"],
    [
      "a loop around one of its callers",
      `${once(`return ${SEND};`)} ${getting(loop("await sleep(9);", "return await once(UserId);"))} export const bare = () => once("u");`,
      "no",
    ],
    [
      "a poll in the same function",
      getting(
        `for (;;) { try { const { User } = await ${SEND}; if (User?.Arn) return User; } catch (error) { console.error(error); throw error; } await sleep(9); }`,
      ),
      "no",
    ],
    [
      "a loop that asks for the outcome",
      `${once(`try { await ${SEND}; return { status: "done" }; } catch { return { status: "again" }; }`)} ${getting(`let outcome: { status: string }; ${poll}`)}`,
      "unknown",
    ],
    [
      "a loop that asks for the answer",
      `${once(`const { User } = await ${SEND}; return { status: User ? "done" : "again" };`)} ${getting(`let outcome: { status: string }; ${poll}`)}`,
      "no",
    ],
  ])("%s", (_around, code, expected) => {
    expect(covered(code)).toBe(expected);
  });

  it("is yes through the helper", () => {
    const sent = SEND.replace("client.send(", "sendWithBackoff(client, ");
    expect(covered(`${HELPER} ${getting(`return ${sent};`)}`)).toBe("yes");
  });

  it("counts the layers that are asked for", () => {
    const code = getting(loop("await sleep(9);"));
    expect(covered(code, ({ kind }) => kind === "loop")).toBe("yes");
    expect(covered(code, ({ kind }) => kind === "wrapper")).toBe("no");
  });

  it("looks so far and no further", () => {
    const chain = (length: number): string =>
      [
        `async function f1(UserId: string) { return ${SEND}; }`,
        ...Array.from({ length: length - 1 }, (_, index) => {
          const [callee, name] = [`f${String(index + 1)}`, `f${String(index + 2)}`];
          return `async function ${name}(UserId: string) { return ${callee}(UserId); }`;
        }),
        getting(loop("await sleep(9);", `return await f${String(length)}(UserId);`)),
      ].join("\n");
    expect(covered(chain(6))).toBe("yes");
    expect(covered(chain(7))).toBe("unknown");
  });
});

describe("whether a layer may send again what was carried out", () => {
  const duplicates = (code: string): readonly boolean[] =>
    atCall(`${HELPER} import pRetry from "p-retry"; ${code}`, (_call, layers) =>
      layers.map(canDuplicate),
    );

  it.each([
    ["everything", "await sleep(9);", true],
    ["timeouts", `if (error.name !== "TimeoutError") throw error;`, true],
    [
      "timeouts and throttling",
      `if (error.name !== "ThrottlingException" && error.name !== "TimeoutError") throw error;`,
      true,
    ],
    ["throttling", `if (error.name !== "ThrottlingException") throw error;`, false],
    ["missing users", `if (error.name !== "ResourceNotFoundException") throw error;`, false],
    ["all but bad requests", `if (error.name === "InvalidRequestException") throw error;`, true],
    [
      "all but bad requests and timeouts",
      `if (error.name === "InvalidRequestException" || error.name === "TimeoutError") throw error;`,
      false,
    ],
    ["what the helper retries", "if (!isRetryable(error)) throw error;", true],
    ["what somebody else decides", `if (!error.message.startsWith("again")) throw error;`, false],
  ])("a loop over %s", (_what, rest, expected) => {
    expect(duplicates(getting(loop(rest)))).toEqual([expected]);
  });

  it.each([
    [
      `for (let n = 0; n < 1; n++) { try { return await ${SEND}; } catch { await sleep(9); } }`,
      false,
    ],
    [
      `for (let n = 0; n < 2; n++) { try { return await ${SEND}; } catch { await sleep(9); } }`,
      true,
    ],
    [
      `for (;;) { const { User } = await ${SEND}; if (User?.Arn) return User; await sleep(9); }`,
      false,
    ],
    [`return withBackoff(() => ${SEND});`, true],
    [`return withBackoff(() => ${SEND}, { maxAttempts: 3 });`, true],
    [
      `return withBackoff(() => ${SEND}, { isRetryable: (error) => error instanceof RangeError });`,
      false,
    ],
    [`return pRetry(() => ${SEND});`, true],
    [`return pRetry(() => ${SEND}, { shouldRetry: ({ error }) => isRetryable(error) });`, false],
  ])("%s", (body, expected) => {
    expect(duplicates(getting(body))).toEqual([expected]);
  });

  it("is no question to the client, which knows what it may repeat", () => {
    expect(
      atCall(getting(`return ${SEND};`), (node) => {
        const call = sdkCallAt(node);
        return call && retryStacks(call)[0]?.layers.map(canDuplicate);
      }),
    ).toEqual([false]);
  });
});

describe("whether a request may be sent again", () => {
  it.each([
    ["connect", "ListUsers", "yes"],
    ["connect", "UpdateUserPhoneConfig", "yes"],
    ["connect", "StartTaskContact", "yes"],
    ["connect", "CreateUser", "no"],
    ["connect", "CreateContactFlowVersion", "no"],
    ["s3", "GetObject", "yes"],
    ["s3", "PutObject", "unknown"],
  ])("%s %s: %s", (service, operation, expected) => {
    const name = service === "s3" ? "S3" : "Connect";
    const code = `import { ${name}Client, ${operation}Command } from "@aws-sdk/client-${service}";
      export const run = (client: ${name}Client, input: any) => /*target*/ client.send(new ${operation}Command(input));`;
    const answer = withModel(
      { "file.ts": code },
      (_unit, [target]) => {
        const call = target === undefined ? undefined : sdkCallAt(target as never);
        return call && isSafeToRepeat(call);
      },
      { settings: { services: "aws" } },
    );
    expect(answer).toBe(expected);
  });

  it("is not known of a command that is not known", () => {
    const code = "export const run = (command: any) => /*target*/ client.send(command);";
    expect(
      atCall(code, (node) => {
        const call = sdkCallAt(node);
        return call && isSafeToRepeat(call);
      }),
    ).toBe("unknown");
  });
});

describe("a layer without a sleep goes on at once", () => {
  const immediate = (code: string): boolean =>
    atLayer(
      `import { execSync } from "node:child_process"; declare const renew: () => Promise<void>; declare const log: { warn(e: unknown): void }; ${code}`,
      isImmediate,
    );

  it.each([
    ["and does nothing", "", true],
    ["and logs", "console.warn(error);", true],
    ["after throttling", `if (error.name !== "ThrottlingException") throw error;`, true],
    [
      "after throttling and expiry",
      `if (error.name !== "ThrottlingException" && error.name !== "ExpiredTokenException") throw error;`,
      true,
    ],
    ["but only after expiry", `if (error.name !== "ExpiredTokenException") throw error;`, false],
    ["but waits for something else", "await renew();", false],
    ["but runs in circles", "const end = Date.now() + 500; while (Date.now() < end) {}", false],
    ["but stops the thread", `execSync("sleep 1");`, false],
    ["and asks the clock once", "console.warn(Date.now());", true],
  ])("%s", (_what, rest, expected) => {
    expect(immediate(getting(loop(rest)))).toBe(expected);
  });

  it("or runs in circles in a function", () => {
    const spin =
      "function spin(ms: number) { const end = Date.now() + ms; while (Date.now() < end) {} }";
    expect(immediate(`${spin} ${getting(loop("spin(500);"))}`)).toBe(false);
    expect(
      immediate(`function note(e: unknown) { console.warn(e); } ${getting(loop("note(error);"))}`),
    ).toBe(true);
  });

  const recursion = (rest: string): string =>
    `export async function get(UserId: string, n = 0): Promise<unknown> { try { return await ${SEND}; } catch (error: any) { if (n > 3) throw error; ${rest} return get(UserId, n + 1); } }
     declare function isPassing(error: unknown): boolean; declare function clean(): void;`;
  it.each([
    ["", true],
    ["console.warn(error);", true],
    ["if (!isPassing(error)) throw error;", true],
    ["if (isPassing(error)) console.warn(n); else throw error;", true],
    ["if (isPassing(error) === false) throw error;", true],
    ["setTimeout(clean, 100);", true],
    ["clean();", false],
    ["log.warn(error);", false],
    ["await renew();", false],
  ])("as a recursion: %s", (rest, expected) => {
    expect(immediate(recursion(rest))).toBe(expected);
  });

  it.each([
    ["", true],
    ["await onFailure(error);", false],
  ])("as a retry function: %s", (rest, expected) => {
    const wrapper = `async function again<T>(fn: () => Promise<T>, onFailure: (e: unknown) => Promise<void>): Promise<T> { for (let n = 0; ; n++) { try { return await fn(); } catch (error) { if (n > 3) throw error; ${rest} } } }`;
    expect(
      immediate(`${wrapper} export const get = (UserId: string) => again(() => ${SEND}, renew);`),
    ).toBe(expected);
  });
});
