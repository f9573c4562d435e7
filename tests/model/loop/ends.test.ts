import { describe, expect, it } from "vitest";
import { factsOf, OK, SEND, verdict } from "./lab.ts";

const end = (body: string, before = ""): string => verdict(body, before).split(", ")[3] ?? "";
const THREE = `let last: unknown; for (let i = 0; i < 3; i++) { try { ${OK} } catch (e) { last = e; await sleep(9); } }`;

describe("after the last attempt", () => {
  it.each([
    ["nothing follows", ``, "silent"],
    ["a log hears of it", `console.error("gave up");`, "silent"],
    ["a function hears of it", `notify("gave up");`, "unknown"],
    ["something is set", `state.failed = true;`, "unknown"],
    ["something is counted", `state.failures++;`, "unknown"],
    ["the last error is thrown", `throw last;`, "throws"],
    ["it is thrown if there is one", `if (last) throw last;`, "throws"],
    ["a promise is rejected", `return Promise.reject(new Error("no"));`, "throws"],
    ["a promise is rejected with the last error", `return Promise.reject(last);`, "throws"],
    ["the last error is returned", `return last;`, "returns"],
    ["the last error is returned in an object", `return { error: last };`, "returns"],
    ["a failure is returned", `return { ok: false };`, "returns"],
    ["false is returned", `return false;`, "returns"],
    ["a number is returned", `return -1;`, "returns"],
    ["null is returned", `return null;`, "returns"],
    ["nothing is returned", `return;`, "silent"],
    ["undefined is returned", `return undefined;`, "silent"],
    ["an empty list is returned", `return [];`, "unknown"],
    ["what a function makes is returned", `return fallback();`, "unknown"],
    ["a block throws", `{ log.warn("gave up"); throw last; }`, "throws"],
    ["one of two ways throws", `if (ids.length > 0) throw last;`, "throws"],
  ])("%s", (_, after, expected) => {
    expect(
      end(
        `${THREE} ${after}`,
        `declare const state: { failed: boolean; failures: number }; declare function notify(text: string): void; declare function fallback(): object;`,
      ),
    ).toBe(expected);
  });

  it.each([
    ["that is thrown", 4999, "throws"],
    ["for which the last of thousands came too early", 5000, "silent"],
  ])("an error %s", (_, at, expected) => {
    expect(
      end(
        `for (let i = 0; i < 5000; i++) { try { ${OK} } catch (e) { if (i === ${String(at)}) throw e; await sleep(9); } }`,
      ),
    ).toBe(expected);
  });

  it("the error that is returned is known", () => {
    const code = (returned: string): string =>
      `export async function run(): Promise<any> { ${THREE} return ${returned}; }`;
    const errors = ["last", "{ error: last }"].map((returned) => {
      const exhaustion = factsOf({ code: code(returned) })?.exhaustion;
      return exhaustion?.kind === "returns" && exhaustion.error !== undefined;
    });
    expect(errors).toEqual([true, false]);
  });
});

describe("a result that a success leaves", () => {
  const kept = (start: string, after: string): string =>
    `${start} for (let i = 0; i < 3; i++) { try { out = await ${SEND}; ok = true; break; } catch { await sleep(9); } } ${after}`;

  it.each([
    ["is still nothing", `let out; let ok = false;`, `return out;`, "silent"],
    ["is still null", `let out = null; let ok = false;`, `return out;`, "silent"],
    [
      "is still what it was",
      `let out: any = { users: [] }; let ok = false;`,
      `return out;`,
      "unknown",
    ],
    [
      "is not there, which throws",
      `let out; let ok = false;`,
      `if (!out) throw new Error("no"); return out;`,
      "throws",
    ],
    [
      "is not there, which is returned",
      `let out; let ok = false;`,
      `if (out === undefined) return { ok }; return out;`,
      "returns",
    ],
    [
      "is not there, which is told",
      `let out; let ok = false;`,
      `if (!ok) notify("gave up");`,
      "unknown",
    ],
    [
      "is not there, which is logged",
      `let out; let ok = false;`,
      `if (!ok) console.error("gave up");`,
      "silent",
    ],
    ["is there, which is told", `let out; let ok = false;`, `if (ok) notify("done");`, "silent"],
    [
      "is there, else it is told",
      `let out; let ok = false;`,
      `if (ok) console.log("done"); else notify("gave up");`,
      "unknown",
    ],
    [
      "is there, else it is logged",
      `let out; let ok = false;`,
      `if (ok) notify("done"); else console.log("gave up");`,
      "silent",
    ],
    [
      "is no matter to what follows",
      `let out; let ok = false;`,
      `notify("done or not");`,
      "silent",
    ],
    [
      "is not asked for before others are told",
      `let out; let ok = false;`,
      `if (ids.length > 0) notify("some");`,
      "silent",
    ],
  ])("%s", (_, start, after, expected) => {
    expect(end(kept(start, after), `declare function notify(text: string): void;`)).toBe(expected);
  });

  it("the number of attempts is asked for", () => {
    expect(
      end(
        `let n = 0; for (; n < 3; n++) { try { await ${SEND}; break; } catch { await sleep(9); } } if (n === 3) notify("gave up");`,
        `declare function notify(text: string): void;`,
      ),
    ).toBe("unknown");
  });
});

describe("somebody hears of each failure", () => {
  it.each([
    ["errors are collected", `const errors: unknown[] = [];`, `errors.push(e);`, "unknown"],
    [
      "something else is collected",
      `const errors: unknown[] = [];`,
      `errors.push("one");`,
      "silent",
    ],
    ["errors are logged", ``, `console.error(e);`, "silent"],
    ["a callback gets them", ``, `done(e);`, "unknown"],
    ["a callback gets nothing", ``, `done(null);`, "silent"],
  ])("%s", (_, before, handling, expected) => {
    expect(
      end(
        `${before} for (let i = 0; i < 3; i++) { try { ${OK} } catch (e) { ${handling} await sleep(9); } }`,
        `declare function done(error: unknown): void;`,
      ),
    ).toBe(expected);
  });
});

describe("ends inside of other statements", () => {
  it.each([
    [
      "items of which those that fail are kept",
      `outer: for (const id of ids) { for (let i = 0; i < 3; i++) { try { await ${SEND}; continue outer; } catch { await sleep(9); } } failed.push(id); }`,
      "unknown",
    ],
    [
      "items of which those that fail are logged",
      `outer: for (const id of ids) { for (let i = 0; i < 3; i++) { try { await ${SEND}; continue outer; } catch { await sleep(9); } } console.error(id); }`,
      "silent",
    ],
    [
      "items of which one that fails ends it",
      `outer: for (const id of ids) { for (let i = 0; i < 3; i++) { try { await ${SEND}; continue outer; } catch { await sleep(9); } } throw new Error(id); }`,
      "throws",
    ],
    [
      "items of which one that fails ends it quietly",
      `outer: for (const id of ids) { for (let i = 0; i < 3; i++) { try { await ${SEND}; continue outer; } catch { await sleep(9); } } log.warn(id); break; }`,
      "silent",
    ],
    [
      "a way that throws behind the outer loop",
      `outer: for (const id of ids) { for (let i = 0; i < 3; i++) { try { await ${SEND}; continue outer; } catch { await sleep(9); } } log.warn(id); break outer; } throw new Error("no");`,
      "throws",
    ],
    [
      "a condition",
      `if (ids.length > 0) { for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } } throw new Error("no");`,
      "throws",
    ],
    [
      "a condition without braces",
      `if (ids.length > 0) for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      "throws",
    ],
    [
      "a case",
      `switch (ids.length) { case 1: for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } throw new Error("no"); }`,
      "throws",
    ],
    [
      "a case that is left",
      `switch (ids.length) { case 1: for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } break; default: return 1; } throw new Error("no");`,
      "throws",
    ],
    [
      "a case that is left for nothing",
      `switch (ids.length) { case 1: for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } break; default: throw new Error("no"); }`,
      "silent",
    ],
    [
      "a label",
      `tries: for (let i = 0; ; i++) { try { ${OK} } catch { if (i === 2) break tries; await sleep(9); } } throw new Error("no");`,
      "throws",
    ],
    [
      "a label of a block",
      `tries: { for (let i = 0; i < 3; i++) { try { await ${SEND}; break tries; } catch { await sleep(9); } } throw new Error("no"); }`,
      "throws",
    ],
    [
      "a try that catches what it throws",
      `try { for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } throw new Error("no"); } catch (e) { log.warn(e); }`,
      "throws",
    ],
    [
      "a loop that asks again whether to stop",
      `for (let i = 0; ; i++) { try { ${OK} } catch (e) { if (i === 2) process.exit(1); await sleep(9); } }`,
      "throws",
    ],
  ])("%s", (_, body, expected) => {
    expect(end(body, `const failed: string[] = [];`)).toBe(expected);
  });
});

describe("ends of functions that call themselves", () => {
  it.each([
    ["thrown", `if (n === 3) throw e;`, "throws"],
    ["rejected", `if (n === 3) return Promise.reject(e);`, "throws"],
    ["returned", `if (n === 3) return e;`, "returns"],
    ["left out", `if (n === 3) return;`, "silent"],
    ["told", `if (n === 3) { done(e); return; }`, "unknown"],
  ])("%s", (_, handling, expected) => {
    expect(
      factsOf({
        code: `export async function again(n: number, done: (error: unknown) => void): Promise<any> { try { ${OK} } catch (e) { ${handling} await sleep(9); return again(n + 1, done); } } void again(1, log.warn);`,
      })?.exhaustion.kind,
    ).toBe(expected);
  });
});
