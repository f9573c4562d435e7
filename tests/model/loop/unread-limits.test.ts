import { describe, expect, it } from "vitest";
import { OK, verdict } from "./lab.ts";

const inCatch = (handling: string): string =>
  `while (true) { try { ${OK} } catch (e: any) { ${handling} } }`;
const ENV = `const max = Number(process.env["MAX"]); let n = 0;`;
const BOUNDED = "retry, bounded ?, everything, throws, 1 waits";
const OPEN = "retry, unknown bound, everything, unknown, 1 waits";
const ENDLESS = "retry, unbounded: no-exit, everything, unknown, 1 waits";

describe("limits that cannot be read", () => {
  it.each([
    [
      "met in single steps",
      `${ENV} ${inCatch(`n++; if (n === max) throw e; await sleep(9);`)}`,
      BOUNDED,
    ],
    [
      "met in steps of one",
      `${ENV} ${inCatch(`n += 1; if (n === max) throw e; await sleep(9);`)}`,
      BOUNDED,
    ],
    [
      "perhaps skipped in steps of two",
      `${ENV} ${inCatch(`n += 2; if (n === max) throw e; await sleep(9);`)}`,
      OPEN,
    ],
    [
      "perhaps skipped by two steps",
      `${ENV} ${inCatch(`n++; log.warn(n); n++; if (n === max) throw e; await sleep(9);`)}`,
      OPEN,
    ],
    [
      "passed in steps of two",
      `${ENV} ${inCatch(`n += 2; if (n >= max) throw e; await sleep(9);`)}`,
      BOUNDED,
    ],
    [
      "approached by doubling",
      `${ENV} let delay = 100; ${inCatch(`delay *= 2; if (delay > max) throw e; await sleep(delay);`)}`,
      BOUNDED,
    ],
    [
      "approached by a sum written out",
      `${ENV} ${inCatch(`n = n + 1; if (n > max) throw e; await sleep(9);`)}`,
      BOUNDED,
    ],
    [
      "asked for by a function",
      `let n = 0; ${inCatch(`n++; if (tooMany(n)) throw e; await sleep(9);`)}`,
      OPEN,
    ],
    [
      "asked for by a function, and only logged",
      `let n = 0; ${inCatch(`n++; if (tooMany(n)) log.warn("still failing"); await sleep(9);`)}`,
      ENDLESS,
    ],
    [
      "asked for by a function that is waited for",
      `let n = 0; ${inCatch(`n++; if (await tooMany(n)) throw e; await sleep(9);`)}`,
      OPEN,
    ],
    [
      "of a count that starts again",
      `${ENV} ${inCatch(`n = 0; n++; if (n > max) throw e; await sleep(9);`)}`,
      "retry, unbounded: counter-reset, everything, unknown, 1 waits",
    ],
    [
      "of a budget that is read anew",
      `let left = budget(); while (left > 5) { try { ${OK} } catch { left = budget(); await sleep(9); } } throw new Error("no");`,
      OPEN,
    ],
    [
      "of a budget that is asked for in the test",
      `while (budget() > 5) { try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      OPEN,
    ],
    [
      "a switch that others hold",
      `while (options.open) { try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      OPEN,
    ],
    [
      "an option, for a count that stays",
      `let n = 0; while (n < options.max) { try { ${OK} } catch { await sleep(9); } }`,
      "retry, unbounded: counter-stuck, everything, unknown, 1 waits",
    ],
    [
      "how many errors there are, which get more",
      `const most = 5; const errors: unknown[] = []; while (most > errors.length) { try { ${OK} } catch (e) { errors.push(e); await sleep(9); } } throw new Error("no");`,
      OPEN,
    ],
    [
      "how many errors there are, which nobody adds",
      `const most = 5; const errors: unknown[] = []; while (most > errors.length) { try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      "retry, unbounded: counter-stuck, everything, unknown, 1 waits",
    ],
    [
      "a limit that another function changes",
      `let most = budget(); process.on("SIGHUP", () => { most = budget(); }); const n = 0; while (n < most) { try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      OPEN,
    ],
    [
      "numbers that a function makes without end",
      `for (const n of numbers()) { try { ${OK} } catch { log.warn(n); await sleep(9); } } throw new Error("no");`,
      OPEN,
    ],
    [
      "as many times as there is something else",
      `for (const _ of ids) { try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      BOUNDED,
    ],
    [
      "what is told of an error by its members",
      inCatch(`for (const key in e) log.warn(key); await sleep(9);`),
      ENDLESS,
    ],
  ])("%s", (_, body, expected) => {
    expect(
      verdict(
        body,
        `declare function tooMany(n: number): boolean; declare function budget(): number; declare const options: { open: boolean; max: number }; function* numbers() { let n = 0; while (true) yield n++; }`,
      ),
    ).toBe(expected);
  });
});

describe("limits of a method", () => {
  const inClass = (handling: string, method: string): string =>
    `export class Users { failures = 0; readonly fatal = ["AccessDeniedException"]; async run(): Promise<any> { while (true) { try { ${OK} } catch (e: any) { ${handling} await sleep(9); } } } ${method} }`;

  it.each([
    [
      "that counts the errors that it is shown",
      `if (this.givesUp(e)) throw e;`,
      `givesUp(e: unknown) { log.warn(e); this.failures += 1; return this.failures > 3; }`,
      "unknown bound",
    ],
    [
      "that is not there to be read",
      `if (this.givesUp(e)) throw e;`,
      `declare givesUp: (e: unknown) => boolean;`,
      "unknown bound",
    ],
    [
      "that only asks which error it is",
      `if (this.givesUp(e)) throw e;`,
      `givesUp(e: any) { return this.fatal.includes(e.name); }`,
      "unbounded: no-exit",
    ],
    [
      "that only logs and counts",
      `if (this.givesUp(e)) log.warn(e);`,
      `givesUp(e: unknown) { log.warn(e); this.failures += 1; return this.failures > 3; }`,
      "unbounded: no-exit",
    ],
  ])("%s", (_, handling, method, expected) => {
    expect(verdict("", inClass(handling, method)).split(", ")[1]).toBe(expected);
  });
});

describe("several ways from one attempt to the next", () => {
  const THROTTLED = `e.name === "ThrottlingException"`;
  it.each([
    [
      "of which the second has no limit",
      `let n = 0; ${inCatch(`if (${THROTTLED}) { if (++n > 3) throw e; await sleep(9); continue; } await sleep(20);`)}`,
      "unbounded: no-exit",
    ],
    [
      "of which the second has a limit that cannot be read",
      `let n = 0; ${inCatch(`if (${THROTTLED}) { if (++n > 3) throw e; await sleep(9); continue; } if (stopped()) throw e;`)}`,
      "unknown bound",
    ],
    [
      "each counted by itself",
      `let a = 0; let b = 0; ${inCatch(`if (${THROTTLED}) { if (++a > 3) throw e; } else { if (++b > 3) throw e; }`)}`,
      "bounded 7",
    ],
    [
      "in steps of one or of two",
      `let n = 0; ${inCatch(`if (${THROTTLED}) n += 1; else n += 2; if (n > 5) throw e;`)}`,
      "bounded 6",
    ],
    [
      "of which as many must follow one another",
      `let a = 0; let b = 0; ${inCatch(`if (${THROTTLED}) { a++; b = 0; } else { b++; a = 0; } if (a > 3 || b > 3) throw e;`)}`,
      "unknown bound",
    ],
    [
      "of which one opens where the other closes, for good",
      `let n = 0; ${inCatch(`n++; if (n > 5 && !stopped()) throw e; if (n > 5) log.warn("many"); await sleep(9);`)}`,
      "unknown bound",
    ],
    [
      "of which one only says that it takes long",
      `let n = 0; ${inCatch(`n++; if (n > 5) log.warn("many"); await sleep(9);`)}`,
      "unbounded: no-exit",
    ],
    [
      "of which one says so once",
      `let n = 0; let isTold = false; ${inCatch(`n++; if (n > 5 && !isTold) { log.warn("many"); isTold = true; } await sleep(9);`)}`,
      "unbounded: no-exit",
    ],
    [
      "of which one begins to count again",
      `let n = 0; ${inCatch(`n++; if (n > 5) { await sleep(999); n = 0; } await sleep(9);`)}`,
      "unbounded: no-exit",
    ],
    [
      "of which one begins to count again, beside one that goes on counting",
      `let n = 0; let all = 0; ${inCatch(`n++; all++; if (n > 5) { await sleep(999); n = 0; } log.warn(all); await sleep(9);`)}`,
      "unknown bound",
    ],
    [
      "of which one begins to count again, until it has done so often",
      `let n = 0; let all = 0; ${inCatch(`n++; all++; if (all === 90) throw e; if (n > 5) { await sleep(999); n = 0; } await sleep(9);`)}`,
      "bounded 90",
    ],
    [
      "of which errors of one kind alone leave after some time",
      `let n = 0; ${inCatch(`n++; if (n > 5 && ${THROTTLED}) throw e; await sleep(9);`)}`,
      "unbounded: no-exit",
    ],
    [
      "of which one waits longer, up to a number",
      `for (let n = 0; n < 50; n++) { try { ${OK} } catch { if (n > 5) { await sleep(99); continue; } await sleep(9); } }`,
      "bounded 50",
    ],
    [
      "of which one waits longer, up to a number that is not known",
      `${ENV} let m = 0; while (true) { try { ${OK} } catch (e) { if (++n > max) throw e; if (++m > 5) { await sleep(99); continue; } await sleep(9); } }`,
      "bounded ?",
    ],
    [
      "of which one waits longer, until a moment",
      `const end = Date.now() + 9000; let m = 0; while (Date.now() < end) { try { ${OK} } catch { if (++m > 5) { await sleep(99); continue; } await sleep(9); } }`,
      "bounded ?",
    ],
    [
      "of which one goes over to something else, and back",
      `let isSecond = false; ${inCatch(`if (isSecond) { isSecond = false; await sleep(9); continue; } isSecond = true;`)}`,
      "unbounded: no-exit",
    ],
    [
      "of which one is open once",
      `let isFresh = false; ${inCatch(`if (e.name === "ExpiredTokenException" && !isFresh) { isFresh = true; await sleep(9); continue; } throw e;`)}`,
      "bounded 2",
    ],
    [
      "each counted by itself, under a warning for both",
      `let a = 0; let b = 0; ${inCatch(`if (${THROTTLED}) { if (++a >= 8) throw e; } else { if (++b >= 3) throw e; } if (a + b > 4) log.warn("many"); await sleep(9);`)}`,
      "bounded 10",
    ],
    [
      "of which one takes the next of a list",
      `let at = 0; let n = 0; ${inCatch(`n++; if (n > 3) { at++; n = 0; if (at >= ids.length) throw e; } await sleep(9);`)}`,
      "unknown bound",
    ],
    [
      "of which one waits longer, until the waits add up",
      `let n = 0; let waited = 0; while (waited < 60000) { try { ${OK} } catch { n++; const ms = n > 3 ? 5000 : 500; if (n > 3) log.warn("slow"); waited += ms; await sleep(ms); } }`,
      "bounded 15",
    ],
    [
      "of which one has a limit that is not known",
      `${ENV} let m = 0; ${inCatch(`if (${THROTTLED}) { if (++m > 3) throw e; } else { if (++n > max) throw e; }`)}`,
      "bounded ?",
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body, `declare function stopped(): boolean;`).split(", ")[1]).toBe(expected);
  });
});

describe("loops around and inside of the attempts", () => {
  it.each([
    [
      "pause in small steps until a moment",
      inCatch(`for (let i = 0; i < 10; i++) { if (i === 5) log.warn(i); await sleep(1); }`),
      ENDLESS,
    ],
    ["wait for a flag", inCatch(`while (!ready()) await sleep(9);`), ENDLESS],
    [
      "wait for a flag at first and then",
      inCatch(`do { await sleep(9); } while (!ready());`),
      ENDLESS,
    ],
    [
      "ask for a flag by which the attempts end",
      inCatch(`for (let i = 0; i < 3; i++) { if (ready()) throw e; await sleep(9); }`),
      OPEN,
    ],
    [
      "are inside of another one that has a limit",
      `for (let i = 0; i < 3; i++) { while (true) { try { ${OK} } catch { await sleep(9); } } }`,
      ENDLESS,
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body, `declare function ready(): boolean;`)).toBe(expected);
  });
});
