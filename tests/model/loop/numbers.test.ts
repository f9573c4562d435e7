import { describe, expect, it } from "vitest";
import { factsOf, OK, SEND, verdict } from "./lab.ts";

const attempts = (body: string, before = ""): string => verdict(body, before).split(", ")[1] ?? "";
const counted = (handling: string, start = "let n = 0;"): string =>
  `${start} while (true) { try { ${OK} } catch (e: any) { ${handling} await sleep(9); } }`;

describe("numbers that count", () => {
  it.each([
    [`n++; if (n + 1 > 3) throw e;`, 3],
    [`n++; if (n - 3 >= 0) throw e;`, 3],
    [`n++; if (n * 2 > 7) throw e;`, 4],
    [`n++; if (100 / n < 30) throw e;`, 4],
    [`n++; if (n % 4 === 0) throw e;`, 4],
    [`n++; if (2 ** n >= 8) throw e;`, 3],
    [`n++; if (1 << n > 15) throw e;`, 4],
    [`n++; if (-n <= -3) throw e;`, 3],
    [`n++; if (+n >= 3) throw e;`, 3],
    [`n++; if (!(n < 3)) throw e;`, 3],
    [`n++; if (n == 3) throw e;`, 3],
    [`n++; if (n != 3) continue; throw e;`, 3],
    [`n++; if (n <= 3) continue; throw e;`, 4],
    [`n++; if (n >= 3) throw e;`, 3],
    [`n++; if (n > 3) throw e;`, 4],
    [`n--; if (n <= -3) throw e;`, 3],
    [`n -= 1; if (n < -3) throw e;`, 4],
    [`n = n + 2; if (n >= 6) throw e;`, 3],
    [`n++; if (Math.pow(2, n) > 7) throw e;`, 3],
    [`n++; if (Math.max(n, 2) > 3) throw e;`, 4],
    [`n++; if (Math.min(n, 2) === 2) throw e;`, 2],
    [`n++; if (Math.floor(n / 2) >= 2) throw e;`, 4],
    [`n++; if (Math.ceil(n / 2) >= 2) throw e;`, 3],
    [`n++; if (Math.round(n / 2) >= 2) throw e;`, 3],
    [`n++; if (Math.trunc(n / 2) >= 2) throw e;`, 4],
    [`n++; if (Math.abs(-n) >= 3) throw e;`, 3],
    [`n++; if (Math.log2(n) >= 2) throw e;`, 4],
    [`n++; if (Number(n) >= 3) throw e;`, 3],
    [`n++; if (parseInt(n as any) >= 3) throw e;`, 3],
    [`const most = n > 2 ? 3 : 5; n++; if (n >= most) throw e;`, 4],
    [`const most = n > 2 && 4; n++; if (n === most) throw e;`, 4],
    [`const most = n < 2 || 4; n++; if (n === most) throw e;`, 4],
    [`if (n++ === 3) throw e;`, 4],
    [`if (++n === 3) throw e;`, 3],
    [`if (n-- === -3) throw e;`, 4],
    [`if (--n === -3) throw e;`, 3],
    [`if ((n += 2) > 5) throw e;`, 3],
  ])("%s", (handling, max) => {
    expect(attempts(counted(handling))).toBe(`bounded ${String(max)}`);
  });

  it.each([
    ["a delay that doubles", `delay *= 2; if (delay > 1000) throw e;`, `let delay = 100;`, 4],
    [
      "a delay with a cap",
      `delay = Math.min(delay * 2, 800); if (delay >= 800) throw e;`,
      `let delay = 100;`,
      3,
    ],
    ["a bit that is shifted", `bit <<= 1; if (bit > 8) throw e;`, `let bit = 1;`, 4],
    ["a bit that is turned over", `bit ^= 1; if (bit === 0) throw e;`, `let bit = 0;`, 2],
    [
      "what is left of a budget",
      `budget /= 2; if (budget < 100) throw e;`,
      `let budget = 1000;`,
      4,
    ],
    [
      "a count that begins with nothing",
      `n = (n ?? 0) + 1; if (n >= 3) throw e;`,
      `let n: number | undefined;`,
      3,
    ],
    [
      "a count that begins with null",
      `n = (n ?? 0) + 1; if (n >= 3) throw e;`,
      `let n: number | null = null;`,
      3,
    ],
    ["a count that begins below", `n++; if (n >= 0) throw e;`, `let n = -3;`, 3],
    ["a count set before the loop", `n++; if (n >= 3) throw e;`, `let n; n = 1;`, 2],
    ["two counts", `n++; m += n; if (m > 5) throw e;`, `let n = 0; let m = 0;`, 3],
    [
      "a flag made of a count",
      `n++; last = n === 3; if (last) throw e;`,
      `let n = 0; let last = false;`,
      3,
    ],
    [
      "a count in an object",
      `state.n++; if (state.n >= 3) throw e;`,
      `const state = { n: 0 };`,
      "?",
    ],
  ])("%s", (_, handling, start, max) => {
    expect(attempts(counted(handling, start))).toBe(`bounded ${String(max)}`);
  });

  it.each([
    ["of which one part is drawn at random", `n++; if (n > Math.random() * 9) throw e;`],
    ["of text", `n++; if (n > max.length) throw e;`],
    ["set twice before the loop", `n++; if (n > start) throw e;`],
    ["from a function of its own", `n++; if (n > Number(limit())) throw e;`],
  ])("are not told by a limit %s", (_, handling) => {
    expect(
      attempts(
        counted(handling, `let n = 0; let start = 1; start = ids.length; start = start - 1;`),
        `declare const max: string; declare function limit(): string;`,
      ),
    ).toBe("bounded ?");
  });

  it("stay untold where they are set more than once before", () => {
    expect(
      attempts(counted(`n++; if (n > 5) throw e;`, `let n = 0; n = ids.length; n = n - 2;`)),
    ).toBe("bounded ?");
  });
});

describe("cases of a switch", () => {
  it.each([
    ["by number", `n++; switch (n) { case 1: case 2: break; default: throw e; }`, "bounded 3"],
    ["by truth", `n++; switch (true) { case n > 3: throw e; }`, "bounded 4"],
    ["by a number that is not told", `n++; switch (ids.length) { case n: throw e; }`, "bounded ?"],
  ])("%s", (_, handling, expected) => {
    expect(attempts(counted(handling))).toBe(expected);
  });
});

describe("ranges", () => {
  const over = (range: string, end = ""): string =>
    `for (const attempt of ${range}) { try { ${OK} } catch (e) { ${end} await sleep(9); } }`;

  it.each([
    [`[1, 2, 3]`, `if (attempt === 3) throw e;`, "bounded 3, everything, throws"],
    [`[1, 2, 3]`, `if (attempt === 4) throw e;`, "bounded 3, everything, silent"],
    [`[3, 2, 1]`, `if (attempt === 1) throw e;`, "bounded 3, everything, throws"],
    [`[3, 2, 1]`, `if (attempt === 3) throw e;`, "bounded 1, everything, throws"],
    [`Array(4).keys()`, `if (attempt === 3) throw e;`, "bounded 4, everything, throws"],
    [`[...Array(4).keys()]`, `if (attempt === 3) throw e;`, "bounded 4, everything, throws"],
    [`[...Array(4).keys()]`, `if (attempt === 4) throw e;`, "bounded 4, everything, silent"],
    [`new Array(4).keys()`, `if (attempt === 4) throw e;`, "bounded 4, everything, silent"],
    [`Array.from(Array(4).keys())`, `if (attempt === 3) throw e;`, "bounded 4, everything, throws"],
    [`Array.from(Array(4).keys())`, `if (attempt === 4) throw e;`, "bounded 4, everything, silent"],
    [
      `Array.from(Array(4).keys(), (n) => n + 1)`,
      `if (attempt === 4) throw e;`,
      "bounded 4, everything, throws",
    ],
    [
      `Array.from({ length: 4 }, (_, n) => n + 1)`,
      `if (attempt === 4) throw e;`,
      "bounded 4, everything, throws",
    ],
    [`Array.from({ length: 4 })`, ``, "bounded 4, everything, silent"],
    [`Array.from({ ["length"]: 4 })`, ``, "bounded 4, everything, silent"],
    [`Array.from({ length: ids.length })`, ``, "bounded ?, everything, silent"],
    [`Array(4)`, ``, "bounded 4, everything, silent"],
    [`Array(4).fill(0)`, ``, "bounded 4, everything, silent"],
    [`Array(4).fill(0).values()`, ``, "bounded 4, everything, silent"],
    [`Array(ids.length)`, ``, "bounded ?, everything, silent"],
    [`Array("a", "b")`, ``, "bounded ?, everything, silent"],
    [`[0, ...ids]`, ``, "bounded ?, everything, silent"],
    [`["first", "second"]`, ``, "bounded 2, everything, silent"],
    [`RANGE`, ``, "bounded 2, everything, silent"],
  ])("%s, %s", (range, end, expected) => {
    expect(
      verdict(over(range, end), `const RANGE = [1, 2];`).split(", ").slice(1, 4).join(", "),
    ).toBe(expected);
  });

  it.each([
    [`Array(4).keys()`, { name: "attempt", base: 0 }],
    [`Array.from(Array(4).keys())`, { name: "attempt", base: 0 }],
    [`Array.from({ length: 4 }, (_, n) => n + 1)`, undefined],
    [`Array.from({ length: 4 })`, undefined],
    [`Array(4).fill(100)`, undefined],
    [`[100, 200]`, undefined],
  ])("%s counts attempts, or does not", (range, expected) => {
    expect(
      factsOf({ code: `export async function run(): Promise<any> { ${over(range)} }` })?.counter,
    ).toEqual(expected);
  });
});

describe("the variable that counts", () => {
  const counterOf = (body: string): unknown =>
    factsOf({ code: `export async function run(): Promise<any> { ${body} }` })?.counter;

  it.each([
    ["of a for", `for (let n = 1; n < 4; n++) { try { ${OK} } catch { await sleep(9); } }`, "n", 1],
    [
      "of a while",
      `let n = 0; while (n < 4) { try { ${OK} } catch { n += 1; await sleep(9); } }`,
      "n",
      0,
    ],
    [
      "counting down",
      `let n = 4; while (n > 0) { try { ${OK} } catch { n -= 1; await sleep(9); } }`,
      "n",
      4,
    ],
    [
      "written out",
      `let n = 0; while (n < 4) { try { ${OK} } catch { n = n + 1; await sleep(9); } }`,
      "n",
      0,
    ],
    [
      "bumped in the test",
      `let n = 0; while (n++ < 4) { try { ${OK} } catch { await sleep(9); } }`,
      "n",
      1,
    ],
    [
      "from a number that is not told",
      `let n = ids.length; while (n > 0) { try { ${OK} } catch { n--; await sleep(9); } }`,
      "n",
      undefined,
    ],
    [
      "beside one that nobody asks for",
      `let all = 0; let n = 0; while (n < 4) { try { ${OK} } catch { all++; n++; await sleep(9); } }`,
      "n",
      0,
    ],
    [
      "that nobody asks for",
      `let all = 0; while (true) { try { ${OK} } catch { all++; await sleep(9 * all); } }`,
      "all",
      0,
    ],
  ])("%s", (_, body, name, base) => {
    expect(counterOf(body)).toEqual({ name, base });
  });

  it.each([
    ["doubled", `let n = 1; while (n < 40) { try { ${OK} } catch { n *= 2; await sleep(9); } }`],
    [
      "moved by what another one holds",
      `let n = 1; let m = 2; while (n < 40) { try { ${OK} } catch { n += m; await sleep(9); } }`,
    ],
    [
      "made of another one",
      `let n = 1; const m = ids.length; while (n < 40) { try { ${OK} } catch { n = m + 1; await sleep(9); } }`,
    ],
    [
      "counted on some ways only",
      `let n = 0; while (n < 40) { try { ${OK} } catch (e: any) { if (e.name === "SlowDown") n++; await sleep(9); } }`,
    ],
    [
      "in an object",
      `const state = { n: 0 }; while (state.n < 4) { try { ${OK} } catch { state.n++; await sleep(9); } }`,
    ],
  ])("is none that is %s", (_, body) => {
    expect(counterOf(body)).toBeUndefined();
  });

  it.each([
    [`again(n + 1)`, { name: "n", base: 0 }],
    [`again(n - 1)`, { name: "n", base: 0 }],
    [`again(n * 2)`, undefined],
    [`again(1 + n)`, undefined],
  ])("handed on as %s", (call, expected) => {
    expect(
      factsOf({
        code: `async function again(n: number): Promise<any> { try { return await ${SEND}; } catch (e) { if (n === 3 || n === -3) throw e; await sleep(9); return ${call}; } } void again(0);`,
      })?.counter,
    ).toEqual(expected);
  });
});

describe("what callers set", () => {
  const recursive = (parameter: string, calls: string): string =>
    maximum(
      `async function again(${parameter}): Promise<any> { try { return await ${SEND}; } catch (e) { if (left <= 0) throw e; await sleep(9); return again(left - 1); } } ${calls}`,
    );
  const maximum = (code: string): string => {
    const bound = factsOf({ code })?.attempts;
    return bound?.kind === "bounded" ? String(bound.max) : String(bound?.kind);
  };

  it.each([
    ["one number", `left: number`, `void again(2);`, "3"],
    ["the same number twice", `left: number`, `void again(2); void again(2);`, "3"],
    ["different numbers", `left: number`, `void again(2); void again(4);`, "undefined"],
    ["a default", `left = 2`, `void again();`, "3"],
    ["the default, and the same number", `left = 2`, `void again(); void again(2);`, "3"],
    ["another number than the default", `left = 2`, `void again(4);`, "5"],
    ["the default, and another number", `left = 2`, `void again(); void again(4);`, "undefined"],
    ["a default that nobody uses here", `left = 2`, `export { again };`, "3"],
    ["nothing that is told", `left: number`, `export { again };`, "undefined"],
  ])("%s", (_, parameter, calls, expected) => {
    expect(recursive(parameter, calls)).toBe(expected);
  });
});
