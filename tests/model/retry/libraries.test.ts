/** Libraries that retry: which call of them is a layer around the work, and what their options make of it. */
import { describe, expect, it } from "vitest";
import { libraryDelayFault } from "../../../src/model/retry/library-delay.ts";
import { layersOf } from "./library-words.ts";
import { atCall, getting, SEND } from "./support.ts";

const P_RETRY = `import pRetry, { AbortError } from "p-retry";`;
const EXPONENTIAL = `import { backOff } from "exponential-backoff";`;
const ASYNC_RETRY = `import retry from "async-retry";`;
const TS_RETRY = `import { retry } from "ts-retry-promise";`;
const ATTEMPT = `import { retry } from "@lifeomic/attempt";`;
const ES_TOOLKIT = `import { retry } from "es-toolkit";`;

describe("a library that is handed the work and its options", () => {
  it.each([
    [P_RETRY, `pRetry(() => ${SEND})`, "p-retry: 11, growing without a cap, everything"],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { retries: 2, maxTimeout: 5000 })`,
      "p-retry: 3, growing to 5000, everything",
    ],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { retries: 2, maxTimeout: Infinity })`,
      "p-retry: 3, growing without a cap, everything",
    ],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { factor: 1, minTimeout: 300 })`,
      "p-retry: 11, fixed 300, everything",
    ],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { factor: 3, minTimeout: 300, maxTimeout: 900 })`,
      "p-retry: 11, growing to 900, everything",
    ],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { randomize: true, maxTimeout: 900 })`,
      "p-retry: 11, jittered to 900, everything",
    ],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { forever: true })`,
      "p-retry: unbounded, growing without a cap, everything",
    ],
    [
      P_RETRY,
      `pRetry(() => ${SEND}, { retries: Number(process.env["N"]), minTimeout: Number(process.env["MS"]), maxTimeout: Number(process.env["MAX"]), factor: 1 })`,
      "p-retry: unknown, fixed, everything",
    ],
    [
      EXPONENTIAL,
      `backOff(() => ${SEND})`,
      "exponential-backoff's backOff: 10, growing without a cap, everything",
    ],
    [
      EXPONENTIAL,
      `backOff(() => ${SEND}, { numOfAttempts: 3, maxDelay: 800, jitter: "full" })`,
      "exponential-backoff's backOff: 3, jittered to 800, everything",
    ],
    [
      EXPONENTIAL,
      `backOff(() => ${SEND}, { numOfAttempts: 3, maxDelay: 800, jitter: "none" })`,
      "exponential-backoff's backOff: 3, growing to 800, everything",
    ],
    [
      ASYNC_RETRY,
      `retry(() => ${SEND}, { retries: 2 })`,
      "async-retry: 3, jittered without a cap, everything",
    ],
    [
      ASYNC_RETRY,
      `retry(() => ${SEND}, { retries: 2, randomize: false })`,
      "async-retry: 3, growing without a cap, everything",
    ],
    [
      TS_RETRY,
      `retry(() => ${SEND}, { retries: 3, delay: 200 })`,
      "ts-retry-promise's retry: 4, fixed 200, everything",
    ],
    [
      TS_RETRY,
      `retry(() => ${SEND}, { retries: 3, delay: 200, backoff: "EXPONENTIAL" })`,
      "ts-retry-promise's retry: 4, growing to 300000, everything",
    ],
    [
      TS_RETRY,
      `retry(() => ${SEND}, { retries: 3, backoff: (attempt) => attempt * 100 * Math.random() })`,
      "ts-retry-promise's retry: 4, unknown to 300000, everything",
    ],
    [
      TS_RETRY,
      `retry(() => ${SEND}, { retries: "INFINITELY" })`,
      "ts-retry-promise's retry: unbounded, fixed 100, everything",
    ],
    [ATTEMPT, `retry(() => ${SEND})`, "@lifeomic/attempt's retry: 3, fixed 200, everything"],
    [
      ATTEMPT,
      `retry(() => ${SEND}, { maxAttempts: 0, delay: 500 })`,
      "@lifeomic/attempt's retry: unbounded, fixed 500, everything",
    ],
    [
      ATTEMPT,
      `retry(() => ${SEND}, { factor: 2, maxDelay: 4000 })`,
      "@lifeomic/attempt's retry: 3, growing to 4000, everything",
    ],
    [
      `import { retry } from "async";`,
      `retry(4, async () => ${SEND})`,
      "async's retry: 4, none, everything",
    ],
    [
      `import { retry } from "async";`,
      `retry({ times: 4, interval: 200 }, async () => ${SEND})`,
      "async's retry: 4, fixed 200, everything",
    ],
    [
      `import { retry } from "radash";`,
      `retry({ times: 2, delay: 0 }, () => ${SEND})`,
      "radash's retry: 2, none, everything",
    ],
    [ES_TOOLKIT, `retry(() => ${SEND}, 3)`, "es-toolkit's retry: 4, none, everything"],
    [ES_TOOLKIT, `retry(() => ${SEND})`, "es-toolkit's retry: unbounded, none, everything"],
    [
      ES_TOOLKIT,
      `retry(() => ${SEND}, { retries: 3, delay: (n) => Math.random() * 100 * 2 ** n })`,
      "es-toolkit's retry: 4, unknown without a cap, everything",
    ],
    [
      `import { Effect } from "effect";`,
      `Effect.retry(Effect.tryPromise(() => ${SEND}), { times: 2 })`,
      "effect's Effect.retry: 3, none, unknown",
    ],
    [
      `import promiseRetry from "promise-retry";`,
      `promiseRetry((retry) => ${SEND}.catch(retry), { retries: 2 })`,
      "promise-retry: 3, growing without a cap, everything",
    ],
    [
      `import promiseRetry from "promise-retry";`,
      `promiseRetry({ retries: 2 }, (retry) => ${SEND}.catch(retry))`,
      "promise-retry: 3, growing without a cap, everything",
    ],
  ])("%s %s", (imports, expression, expected) => {
    expect(layersOf(imports, expression)).toEqual([expected]);
  });

  it.each([
    ["options of the project", `pRetry(() => ${SEND}, RETRY)`, "3, growing to 5000, everything"],
    [
      "some added",
      `pRetry(() => ${SEND}, { ...RETRY, retries: 4 })`,
      "5, growing to 5000, everything",
    ],
    [
      "made by a function",
      `pRetry(() => ${SEND}, config.of("retry"))`,
      "unknown, unknown perhaps capped, unknown",
    ],
  ])("reads %s", (_what, expression, expected) => {
    const imports = `${P_RETRY} declare const config: any; const RETRY = { retries: 2, maxTimeout: 5000 };`;
    expect(layersOf(imports, expression)).toEqual([`p-retry: ${expected}`]);
  });

  it.each([
    [
      "a predicate",
      P_RETRY,
      `pRetry(() => ${SEND}, { shouldRetry: ({ error }) => error.name === "ThrottlingException" })`,
    ],
    [
      "an error that ends it",
      P_RETRY,
      `pRetry(async () => { try { return await ${SEND}; } catch (error) { throw new AbortError(String(error)); } })`,
    ],
    [
      "a hook that throws",
      P_RETRY,
      `pRetry(() => ${SEND}, { onFailedAttempt: ({ error }) => { if (error.name === "AccessDeniedException") throw error; } })`,
    ],
    [
      "a way out that is called",
      ASYNC_RETRY,
      `retry(async (bail) => { try { return await ${SEND}; } catch (error) { if ((error as Error).name !== "ThrottlingException") return bail(error as Error); throw error; } })`,
    ],
  ])("retries some errors with %s", (_how, imports, expression) => {
    expect(layersOf(imports, expression)[0]).toMatch(/, some$/);
  });

  it.each([
    [
      "a hook that logs",
      P_RETRY,
      `pRetry(() => ${SEND}, { onFailedAttempt: (error) => { console.warn(error); } })`,
    ],
    [
      "work that throws",
      P_RETRY,
      `pRetry(async () => { const { User } = await ${SEND}; if (!User) throw new Error("none"); return User; })`,
    ],
    [
      "a function in the work that throws",
      P_RETRY,
      `pRetry(() => ${SEND}.then(({ User }) => pick({ User, otherwise: () => { throw new Error("none"); } })))`,
    ],
  ])("retries everything with %s", (_how, imports, expression) => {
    expect(layersOf(`${imports} declare const pick: any;`, expression)[0]).toMatch(/, everything$/);
  });
});

describe("a hook among the options is no work that is repeated", () => {
  it.each([
    `pRetry(work, { retries: 3, onFailedAttempt: () => ${SEND} })`,
    `withBackoff(work, { maxAttempts: 3, onRetry: () => ${SEND} })`,
  ])("%s", (expression) => {
    const imports = `${P_RETRY} import { withBackoff } from "eslint-plugin-connect-resilience/backoff"; declare const work: () => Promise<void>;`;
    expect(layersOf(imports, expression)).toEqual([]);
  });

  it("look-alike: work of a function that cannot be read", () => {
    const imports = "declare const useQuery: any;";
    const task = (setting: string): string => `useQuery({ queryFn: () => ${SEND}, ${setting} })`;
    expect(layersOf(imports, task("retry: 4"))).toEqual([
      "this task: unknown, unknown perhaps capped, unknown",
    ]);
    expect(layersOf(imports, task("retry: false"))).toEqual([]);
    expect(layersOf(imports, task("staleTime: 4"))).toEqual([]);
    expect(layersOf("const useQuery = (task: any) => task.queryFn();", task("retry: 4"))).toEqual(
      [],
    );
  });
});

describe("what is wrong with the delays of a library", () => {
  const faultOf = (imports: string, expression: string): unknown =>
    atCall(`${imports}\n${getting(`return ${expression};`)}`, (_call, [layer]) =>
      layer?.library === undefined ? "no library" : libraryDelayFault(layer.library, layer.delay),
    );

  it.each([
    [
      P_RETRY,
      `pRetry(() => ${SEND})`,
      {
        waits: "waits without jitter",
        option: "minTimeout",
        jitter: { option: "randomize", value: "true" },
      },
    ],
    [
      EXPONENTIAL,
      `backOff(() => ${SEND}, { timeMultiple: 1 })`,
      {
        waits: "waits for the same time between attempts",
        option: "startingDelay",
        jitter: { option: "jitter", value: '"full"' },
      },
    ],
    [
      ES_TOOLKIT,
      `retry(() => ${SEND}, 3)`,
      { waits: "does not wait between attempts", option: "delay", jitter: undefined },
    ],
    [P_RETRY, `pRetry(() => ${SEND}, { randomize: true })`, undefined],
    [ES_TOOLKIT, `retry(() => ${SEND}, { delay: (n) => n * 100 })`, undefined],
  ])("%s %s", (imports, expression, expected) => {
    expect(faultOf(imports, expression)).toEqual(expected);
  });
});
