import { describe, expect, it } from "vitest";
import { OK, verdict } from "./lab.ts";

const inCatch = (handling: string): string =>
  `while (true) { try { ${OK} } catch (e: any) { ${handling} } }`;
const BOUNDED = "retry, bounded ?, everything, throws, 1 waits";
const OPEN = "retry, unknown bound, everything, unknown, 1 waits";
const ENDLESS = "retry, unbounded: no-exit, everything, unknown, 1 waits";

describe("signals", () => {
  it.each([
    [
      "asked for between attempts",
      inCatch(`if (options.signal?.aborted) throw e; await sleep(9);`),
      BOUNDED,
    ],
    [
      "handed to the pause, which then throws",
      inCatch(`await pause(100, undefined, { signal: options.signal });`),
      "retry, bounded ?, everything, unknown, 1 waits",
    ],
    ["not handed to it", inCatch(`await pause(100);`), ENDLESS],
    [
      "of a single attempt, which the next one does not have",
      `while (true) { const { signal } = new AbortController(); try { return await /*target*/ client.send(cmd, { abortSignal: signal }); } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "that throw by themselves",
      `while (true) { options.signal.throwIfAborted(); try { ${OK} } catch { await sleep(9); } }`,
      OPEN,
    ],
  ])("%s", (_, body, expected) => {
    expect(
      verdict(
        body,
        `import { setTimeout as pause } from "node:timers/promises"; declare const options: { signal: AbortSignal };`,
      ),
    ).toBe(expected);
  });
});

describe("clocks", () => {
  it.each([
    [
      "a moment in the catch",
      `const end = Date.now() + 1000; ${inCatch(`if (Date.now() > end) throw e; await sleep(9);`)}`,
    ],
    [
      "a date",
      `const end = new Date("2030-01-01"); ${inCatch(`if (new Date() > end) throw e; await sleep(9);`)}`,
    ],
    [
      "performance.now",
      `const begun = performance.now(); ${inCatch(`if (performance.now() - begun > 5000) throw e; await sleep(9);`)}`,
    ],
    [
      "uptime of the process",
      `const end = process.uptime() + 60; ${inCatch(`if (process.uptime() > end) throw e; await sleep(9);`)}`,
    ],
    [
      "what has passed, kept in a variable",
      `const begun = Date.now(); let passed = 0; while (passed < 60000) { try { ${OK} } catch { await sleep(9); } passed = Date.now() - begun; } throw new Error("late");`,
    ],
    [
      "what a Lambda has left",
      inCatch(`if (context.getRemainingTimeInMillis() < 5000) throw e; await sleep(9);`),
    ],
  ])("%s", (_, body) => {
    expect(verdict(body, `declare const context: { getRemainingTimeInMillis(): number };`)).toBe(
      BOUNDED,
    );
  });
  it.each([
    [
      "a date that is written down is no clock",
      `const from = new Date("2029-01-01"); const to = new Date("2030-01-01"); while (new Date(from) < to) { try { ${OK} } catch { await sleep(9); } } throw new Error("late");`,
      "retry, unbounded: counter-stuck, everything, unknown, 1 waits",
    ],
    [
      "a moment of the same round",
      `while (true) { const now = Date.now(); try { ${OK} } catch (e) { if (Date.now() - now > 5000) throw e; await sleep(9); } }`,
      OPEN,
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body)).toBe(expected);
  });
});

describe("functions that may give up by themselves", () => {
  it.each([
    [
      "seen to throw for the count",
      `function check(n: number) { if (n > 3) throw new Error("too many"); }`,
      `check(++n); await sleep(9);`,
      OPEN,
    ],
    [
      "seen to throw for what they were not told",
      `function check() { if (stopped()) throw new Error("stopped"); }`,
      `check(); await sleep(9);`,
      OPEN,
    ],
    [
      "seen only to log the count",
      `function check(n: number) { log.warn(n); }`,
      `check(++n); await sleep(9);`,
      ENDLESS,
    ],
    [
      "seen to end the program for an error",
      `function check(e: any) { if (e.name === "AccessDeniedException") process.exit(1); }`,
      `check(e); await sleep(9);`,
      "retry, unknown bound, unknown, unknown, 1 waits",
    ],
    [
      "seen to reject",
      `function check(n: number) { if (n > 3) return Promise.reject(new Error("no")); return Promise.resolve(); }`,
      `await check(++n); await sleep(9);`,
      OPEN,
    ],
    [
      "of which nothing is known, waited for and told the error",
      `declare function check(e: unknown): Promise<void>;`,
      `await check(e); await sleep(9);`,
      "retry, unknown bound, unknown, unknown, 1 waits",
    ],
    [
      "of which nothing is known, not waited for",
      `declare function check(e: unknown): Promise<void>;`,
      `void check(e); await sleep(9);`,
      ENDLESS,
    ],
    [
      "of which nothing is known, told nothing",
      `declare function check(e: string): Promise<void>;`,
      `await check("again"); await sleep(9);`,
      ENDLESS,
    ],
    [
      "that pause, or throw after many pauses",
      `const check = (n: number) => { if (n > 5) throw new Error("no"); return new Promise((done) => setTimeout(done, 9)); };`,
      `await check(++n);`,
      OPEN,
    ],
  ])("%s", (_, before, handling, expected) => {
    expect(
      verdict(`let n = 0; ${inCatch(handling)}`, `${before} declare function stopped(): boolean;`),
    ).toBe(expected);
  });
});
