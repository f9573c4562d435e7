/** The number of the attempt, and how the last one can be told, as code after a failed attempt would write them. */
import { describe, expect, it } from "vitest";
import { attemptNumberAt } from "../../../src/model/retry/attempt-number.ts";
import { lastAttemptAt } from "../../../src/model/retry/last-attempt.ts";
import { atLayer, getting, SEND } from "./support.ts";

const HERE = "/*target*/ 100";

/** The attempt that has just failed, in the words of the code at the second mark. */
function numberIn(body: string, isStart = false): string | undefined {
  return atLayer(body, (located, [, place]) => {
    if (place === undefined) throw new Error("No place is marked.");
    return attemptNumberAt(located, place, isStart);
  });
}

const attemptIn = (rest: string): string =>
  `try { return await ${SEND}; } catch (error) { ${rest} }`;

describe("the number of the attempt, counted from one", () => {
  const waiting = attemptIn(`await sleep(${HERE});`);

  it.each([
    ["for (let n = 1; n <= 5; n++)", "n"],
    ["for (let n = 0; n < 5; n++)", "n + 1"],
    ["for (let n = 0; n < 5; n += 1)", "n + 1"],
    ["for (let n = 0; n < 5; n = n + 1)", "n + 1"],
    ["for (let n = 3; n <= 5; n++)", "n - 2"],
    ["for (const n of Array(3).keys())", "n + 1"],
    ["for (const n of [...Array(3).keys()])", "n + 1"],
    ["for (let n = 0; n < 5; n += 2)", undefined],
    ["for (let n = 0; n < 5; n = n + 2)", undefined],
    ["for (let n = 1; n < 50; n = n * 2)", undefined],
    ["for (let n = 5; n > 0; n--)", undefined],
    ["for (let n = 5; n > 0; n -= 1)", undefined],
    ["for (let n = 5; n > 0; n = n - 1)", undefined],
    ["for (const ms of [100, 200, 400])", undefined],
    ["while (true)", undefined],
  ])("%s", (head, expected) => {
    expect(numberIn(getting(`${head} { ${waiting} } throw new Error("no");`))).toBe(expected);
  });

  it.each([
    ["advanced before the place", `n++; await sleep(${HERE});`, "n"],
    ["advanced before the place by a sum", `n = n + 1; await sleep(${HERE});`, "n"],
    ["advanced after the place", `await sleep(${HERE}); n++;`, "n + 1"],
    ["advanced in the place", "await sleep(/*target*/ n++ * 100);", undefined],
    [
      "advanced at two places",
      `n++; if (String(error).includes("x")) n++; await sleep(${HERE});`,
      undefined,
    ],
    ["hidden by another of the name", `n++; { const n = 7; await sleep(${HERE} * n); }`, undefined],
  ])("a counter in front of the loop, %s", (_how, rest, expected) => {
    expect(numberIn(getting(`let n = 0; while (n < 5) { ${attemptIn(rest)} }`))).toBe(expected);
  });

  it.each([
    [
      "at the top of the round",
      `let n = 0; for (;;) { n++; ${attemptIn(`if (n >= 5) throw error; await sleep(${HERE});`)} }`,
      "n",
    ],
    ["in the condition", `let n = 0; while (++n <= 5) { ${waiting} }`, "n"],
  ])("a counter that is advanced %s", (_how, body, expected) => {
    expect(numberIn(getting(body))).toBe(expected);
  });

  it("is told at the start of a block that advances the counter", () => {
    const body = `let n = 0; while (n < 5) { try { return await ${SEND}; } catch /*target*/ { n++; await sleep(100); } }`;
    expect(numberIn(getting(body), true)).toBe("n + 1");
    expect(numberIn(getting(body))).toBeUndefined();
  });

  it("is told in a retry function only where the head of a loop counts", () => {
    const wrapper = (head: string, rest: string): string =>
      `async function again<T>(fn: () => Promise<T>): Promise<T> { ${head} { try { return await fn(); } catch (error) { ${rest} } } throw new Error("no"); }
       export const get = (UserId: string) => again(() => ${SEND.replace("/*target*/ ", "")});`;
    const at = (code: string): string | undefined =>
      atLayer(code, (located, [place]) => place && attemptNumberAt(located, place));
    expect(at(wrapper("for (let n = 0; n < 3; n++)", `await sleep(${HERE});`))).toBe("n + 1");
    expect(at(wrapper("let n = 0; while (n < 3)", `n++; await sleep(${HERE});`))).toBeUndefined();
  });

  it.each([
    ["attempt = 1", "attempt + 1", "attempt"],
    ["attempt = 0", "attempt + 1", "attempt + 1"],
    ["attempt = 0", "++attempt", undefined],
    ["attempt = 1", "attempt + 2", undefined],
  ])("of a recursion with %s and %s", (parameter, next, expected) => {
    const code = `export async function get(UserId: string, ${parameter}): Promise<unknown> { ${attemptIn(`if (attempt >= 5) throw error; await sleep(${HERE}); return get(UserId, ${next});`)} }`;
    expect(numberIn(code)).toBe(expected);
  });

  it("of a recursion is not told by another parameter that counts up", () => {
    const code = `export async function get(UserId: string, attempt = 1, page = 1): Promise<unknown> { ${attemptIn(`if (attempt >= 5) throw error; await sleep(${HERE}); return get(UserId, attempt + 2, page + 1);`)} }`;
    expect(numberIn(code)).toBeUndefined();
  });

  it("is not told by a parameter that is assigned to", () => {
    const code = `export async function get(UserId: string, attempt = 1): Promise<unknown> { ${attemptIn(`if (attempt >= 5) throw error; attempt = Math.max(attempt, 2); await sleep(${HERE}); return get(UserId, attempt + 1);`)} }`;
    expect(numberIn(code)).toBeUndefined();
  });
});

describe("the last attempt", () => {
  const lastIn = (head: string, rest = "await sleep(100);"): string | undefined =>
    atLayer(
      `declare const options: { attempts: number; deep: { most: number } }; const MAX = 3;
       ${getting(`${head} { try { return await ${SEND}; } catch (error) /*target*/ { ${rest} } } throw new Error("no");`)}`,
      (located, [, place]) => place && lastAttemptAt(located, place),
    );

  it.each([
    ["for (let n = 1; n <= 5; n++)", "n >= 5"],
    ["for (let n = 0; n < 5; n++)", "n + 1 >= 5"],
    ["for (let n = 0; n <= 5; n++)", "n + 1 >= 6"],
    ["for (let n = 0; n !== 5; n++)", "n + 1 >= 5"],
    ["for (let n = 0; n < MAX; n++)", "n + 1 >= MAX"],
    ["for (let n = 0; n <= MAX; n++)", "n + 1 >= MAX + 1"],
    ["for (let n = 1; n < MAX; n++)", "n >= MAX - 1"],
    ["for (let n = -1; n <= MAX; n++)", undefined],
    ["for (let n = 0; n < options.attempts; n++)", "n + 1 >= options.attempts"],
    ["for (let n = 1; n <= options.attempts; n++)", "n >= options.attempts"],
    ["for (let n = 0; n <= options.attempts; n++)", "n + 1 >= options.attempts + 1"],
    ["for (let n = 1; n < options.deep.most; n++)", "n >= options.deep.most - 1"],
    ["for (let n = 0; n !== options.attempts; n++)", undefined],
    ["for (let n = 0; n < options.attempts - 1; n++)", undefined],
    ["for (let n = 0; n < 5 && n < MAX; n++)", undefined],
    ["for (let n = 5; n > 0; n--)", undefined],
  ])("%s", (head, expected) => {
    expect(lastIn(head)).toBe(expected);
  });

  it.each([
    ["while (n < 5)", "n + 1 >= 5"],
    ["while (n < MAX)", "n + 1 >= MAX"],
    ["while (n < options.attempts)", undefined],
    ["for (; n < 5; )", "n + 1 >= 5"],
    ["for (; n < options.attempts; )", undefined],
    ["while (failures < 5)", undefined],
  ])("let n = 0; %s", (head, expected) => {
    expect(lastIn(`let failures = 0; let n = 0; ${head}`, "n++; await sleep(100);")).toBe(expected);
  });

  it("is not told where the head asks nothing", () => {
    expect(lastIn("for (let n = 0; ; n++)", "if (n >= 3) throw error;")).toBeUndefined();
    expect(
      lastIn("let n = 0; while (true)", "n++; if (n >= 3) throw error; await sleep(100);"),
    ).toBeUndefined();
  });
});
