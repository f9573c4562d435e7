import { AST_NODE_TYPES } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import { type Sleep, sleepAt } from "../../../src/model/delay/sleep.ts";
import { timerAt } from "../../../src/model/delay/timer.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

interface Seen {
  readonly duration: string | undefined;
  readonly scale: number;
  readonly awaited: Sleep["awaited"];
  readonly certainty: Sleep["certainty"];
  readonly fixedMs: number | undefined;
  readonly kind: string;
}

function seen(files: Readonly<Record<string, string>>, options?: ModelOptions): Seen | undefined {
  return withModel(
    files,
    (unit, [target]) => {
      if (target === undefined) throw new Error("The code has no target.");
      const sleep = sleepAt(target);
      if (sleep === undefined) return undefined;
      const { duration, scale, awaited, certainty } = sleep;
      const text =
        duration === undefined || !unit.text.includes("target")
          ? undefined
          : textOf(files, duration.range);
      const { fixedMs, kind } = delayOf(sleep);
      return { duration: text, scale, awaited, certainty, fixedMs, kind };
    },
    options,
  );

  function textOf(
    all: Readonly<Record<string, string>>,
    [start, end]: readonly [number, number],
  ): string | undefined {
    // The duration may stand in any of the files; names in these tests are unlike each other.
    return Object.values(all)
      .map((text) => text.slice(start, end))
      .find((text) => /^[\w*]/.test(text));
  }
}

const inFile = (code: string): Seen | undefined => seen({ "file.ts": code });

describe("sleepAt recognises", () => {
  it.each([
    ["an inline promise", "await /*target*/ new Promise((r) => setTimeout(r, 100));"],
    ["a block body", "await /*target*/ new Promise<void>((r) => { setTimeout(r, 100); });"],
    [
      "a function expression",
      "await /*target*/ new Promise(function (r) { setTimeout(r, 100); });",
    ],
    [
      "a callback that resolves",
      "await /*target*/ new Promise<void>((r) => setTimeout(() => r(), 100));",
    ],
    [
      "a callback that resolves with a value",
      "await /*target*/ new Promise((r) => setTimeout(() => { r(1); }, 100));",
    ],
    ["a value for the timer", "await /*target*/ new Promise((r) => setTimeout(r, 100, 'value'));"],
    [
      "a callback that resolves with a variable",
      "const value = 1; await /*target*/ new Promise((r) => setTimeout(() => r(value), 100));",
    ],
    [
      "a callback that resolves with a member",
      "const values = { first: 1 }; await /*target*/ new Promise((r) => setTimeout(() => r(values.first), 100));",
    ],
    [
      "a function that returns a promise by name",
      "function pause(ms: number) { const made = new Promise((r) => setTimeout(r, ms)); return made; } await /*target*/ pause(100);",
    ],
    [
      "a function that waits only for some time",
      "function pause(ms: number) { return ms > 0 ? new Promise((r) => setTimeout(r, ms)) : undefined; } await /*target*/ pause(100);",
    ],
    ["a bound resolve", "await /*target*/ new Promise((r) => setTimeout(r.bind(null, 1), 100));"],
    [
      "a timer of a global object",
      "await /*target*/ new Promise((r) => globalThis.setTimeout(r, 100));",
    ],
    [
      "a timer that can be aborted",
      "const signal = new AbortController().signal; await /*target*/ new Promise<void>((r, reject) => { const t = setTimeout(() => r(), 100); signal.addEventListener('abort', () => { clearTimeout(t); reject(signal.reason); }); });",
    ],
    [
      "timers/promises",
      "import { setTimeout as sleep } from 'node:timers/promises'; await /*target*/ sleep(100);",
    ],
    [
      "a namespace of timers/promises",
      "import * as timers from 'timers/promises'; await /*target*/ timers.setTimeout(100);",
    ],
    [
      "timers.promises",
      "import { promises } from 'node:timers'; await /*target*/ promises.setTimeout(100);",
    ],
    [
      "scheduler.wait",
      "import { scheduler } from 'node:timers/promises'; await /*target*/ scheduler.wait(100);",
    ],
    [
      "a promisified timer",
      "import { promisify } from 'node:util'; const sleep = promisify(setTimeout); await /*target*/ sleep(100);",
    ],
    [
      "a promisified timer of util",
      "import util from 'util'; const sleep = util.promisify(setTimeout); await /*target*/ sleep(100);",
    ],
    ["a delay package", "import delay from 'delay'; await /*target*/ delay(100);"],
    ["bluebird", "import Bluebird from 'bluebird'; await /*target*/ Bluebird.delay(100);"],
    [
      "a blocking wait",
      "/*target*/ Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);",
    ],
    [
      "an own arrow",
      "const nap = (ms: number) => new Promise((r) => setTimeout(r, ms)); await /*target*/ nap(100);",
    ],
    [
      "an own async function",
      "async function nap(ms: number) { await new Promise((r) => setTimeout(r, ms)); } await /*target*/ nap(100);",
    ],
    [
      "an own function that logs",
      "async function nap(ms: number) { console.log(ms); return new Promise((r) => setTimeout(r, ms)); } await /*target*/ nap(100);",
    ],
    [
      "an own function of own functions",
      "const a = (ms: number) => new Promise((r) => setTimeout(r, ms)); const b = async (n: number) => { await a(n); }; await /*target*/ b(100);",
    ],
    [
      "a method",
      "class A { nap(ms: number) { return new Promise((r) => setTimeout(r, ms)); } async run() { await /*target*/ this.nap(100); } }",
    ],
    [
      "a static method",
      "class A { static nap(ms: number) { return new Promise((r) => setTimeout(r, ms)); } } await /*target*/ A.nap(100);",
    ],
    [
      "a default",
      "const nap = (ms = 100) => new Promise((r) => setTimeout(r, ms)); await /*target*/ nap();",
    ],
    [
      "an options object",
      "const nap = ({ ms }: { ms: number }) => new Promise((r) => setTimeout(r, ms)); await /*target*/ nap({ ms: 100 });",
    ],
  ])("%s", (_name, code) => {
    expect(inFile(`export {}; ${code}`)).toMatchObject({
      fixedMs: 100,
      kind: "fixed",
      awaited: "yes",
      certainty: "sure",
    });
  });

  it("functions of other files, in every spelling of the import", () => {
    const other =
      "export const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));\nexport default class Clock { static wait(ms: number) { return nap(ms); } }";
    for (const code of [
      "import { nap } from './other.js'; await /*target*/ nap(100);",
      "import { nap as rest } from './other.js'; await /*target*/ rest(100);",
      "import * as other from './other.js'; await /*target*/ other.nap(100);",
      "import Clock from './other.js'; await /*target*/ Clock.wait(100);",
    ]) {
      expect(seen({ "file.ts": code, "other.ts": other }), code).toMatchObject({
        fixedMs: 100,
        certainty: "sure",
      });
    }
  });

  it("units, and keeps the argument as the duration", () => {
    const code =
      "const nap = (seconds: number) => new Promise((r) => setTimeout(r, seconds * 1000)); await /*target*/ nap(5);";
    expect(inFile(`export {}; ${code}`)).toEqual({
      duration: "5",
      scale: 1000,
      awaited: "yes",
      certainty: "sure",
      fixedMs: 5000,
      kind: "fixed",
    });
  });

  it("functions that compute the time and sleep", () => {
    const code = `export {};
async function backoff(n: number) { const ms = 100 * 2 ** n; await new Promise((r) => setTimeout(r, ms)); }
for (let attempt = 0; attempt < 3; attempt++) await /*target*/ backoff(attempt);`;
    expect(inFile(code)).toMatchObject({ duration: "ms", kind: "growing", certainty: "sure" });
  });

  it("configured functions", () => {
    const settings = { sleepFunctions: [{ from: "package", package: "@acme/time", name: "hold" }] };
    const code = "import { hold } from '@acme/time'; await /*target*/ hold(100);";
    expect(seen({ "file.ts": code }, { settings })).toMatchObject({
      fixedMs: 100,
      certainty: "sure",
    });
    expect(inFile(code)).toBeUndefined();
  });

  it("a random time of a library", () => {
    expect(
      inFile("import { rangeDelay } from 'delay'; await /*target*/ rangeDelay(100, 200);"),
    ).toMatchObject({ kind: "jittered" });
  });

  it("names of functions that cannot be read, as weak evidence", () => {
    expect(
      inFile("import { sleep } from '@acme/time'; await /*target*/ sleep(100);"),
    ).toMatchObject({ fixedMs: 100, certainty: "weak" });
    expect(
      inFile(
        "declare const page: { wait(ms: number): Promise<void> }; await /*target*/ page.wait(100); export {};",
      ),
    ).toMatchObject({ certainty: "weak" });
  });

  it("a promise that something else may resolve sooner, as weak evidence", () => {
    const code =
      "declare const child: { once(name: string, f: () => void): void }; await /*target*/ new Promise<void>((r) => { child.once('close', r); setTimeout(r, 100); }); export {};";
    expect(inFile(code)).toMatchObject({ certainty: "weak" });
  });

  it.each(["file.js", "file.cjs"])("the same in %s without types", (name) => {
    const files = {
      [name]: `const { setTimeout: rest } = require("timers/promises");
class A { nap(ms) { return new Promise((r) => setTimeout(r, ms)); } async run() { await /*target*/ this.nap(100); await /*target*/ rest(200); } }`,
    };
    const found = withModel(
      files,
      (_unit, targets) =>
        targets.map((target) => {
          const sleep = sleepAt(target);
          return sleep === undefined ? undefined : delayOf(sleep).fixedMs;
        }),
      { types: false },
    );
    expect(found).toEqual([100, 200]);
  });
});

describe("sleepAt leaves alone", () => {
  it.each([
    [
      "a function that sets a timer and returns something else",
      "const value = Promise.resolve(1); function later(ms: number) { setTimeout(() => undefined, ms); return value; } await /*target*/ later(100);",
    ],
    [
      "work that is put off",
      "declare function work(): Promise<void>; const later = () => new Promise<void>((resolve, reject) => { setTimeout(async () => { try { await work(); resolve(); } catch (error) { reject(error); } }, 100); }); await /*target*/ later();",
    ],
    [
      "a continuation that is put off",
      "declare function work(): Promise<void>; await /*target*/ new Promise<void>((resolve) => setTimeout(() => resolve(work()), 100));",
    ],
    [
      "a function that sleeps and answers",
      "async function warm(ms: number) { if (ms > 0) await new Promise((r) => setTimeout(r, ms)); return { warm: true }; } await /*target*/ warm(100);",
    ],
    [
      "a timeout that rejects",
      "await /*target*/ new Promise((resolve, reject) => setTimeout(() => reject(new Error('late')), 100));",
    ],
    [
      "work in a promise",
      "await /*target*/ new Promise((resolve) => { setTimeout(() => fetch('/').then(resolve), 100); });",
    ],
    ["a promise without a timer", "await /*target*/ new Promise<void>((resolve) => resolve());"],
    [
      "a sleep that does nothing",
      "const sleep = async (_ms: number) => {}; await /*target*/ sleep(100);",
    ],
    [
      "a wait for something else",
      "const wait = async (job: Promise<void>) => { await job; }; await /*target*/ wait(Promise.resolve());",
    ],
    [
      "a function that sleeps and works",
      "declare function work(): Promise<void>; const later = async (ms: number) => { await new Promise((r) => setTimeout(r, ms)); return work(); }; await /*target*/ later(100);",
    ],
    [
      "a function that awaits work",
      "declare function work(): Promise<void>; const later = async (ms: number) => { await work(); await new Promise((r) => setTimeout(r, ms)); }; await /*target*/ later(100);",
    ],
    [
      "a loop that waits for its turn",
      "declare let free: boolean; async function turn() { while (!free) await new Promise((r) => setTimeout(r, 50)); } await /*target*/ turn();",
    ],
    [
      "a sleep that nobody waits for inside",
      "async function nap(ms: number) { new Promise((r) => setTimeout(r, ms)); } await /*target*/ nap(100);",
    ],
    [
      "a local function called setTimeout",
      "function setTimeout(f: () => void, _ms: number) { f(); } await /*target*/ new Promise<void>((r) => setTimeout(r, 100));",
    ],
  ])("%s", (_name, code) => {
    expect(inFile(`export {}; ${code}`)).toBeUndefined();
  });
});

describe("awaited", () => {
  const nap = "const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));";
  it.each([
    ["await /*target*/ nap(1);", "yes"],
    ["await (/*target*/ nap(1) as Promise<void>);", "yes"],
    ["await Promise.all([/*target*/ nap(1), fetch('/')]);", "yes"],
    ["/*target*/ nap(1);", "no"],
    ["void /*target*/ nap(1);", "no"],
    ["const pause = /*target*/ nap(1); await pause;", "yes"],
    ["const pause = /*target*/ nap(1);", "no"],
    ["await Promise.race([/*target*/ nap(1), fetch('/')]);", "unknown"],
    ["const later = () => /*target*/ nap(1);", "yes"],
    ["async function later() { return /*target*/ nap(1); }", "yes"],
    ["if (Math.random() > 1) await (true ? /*target*/ nap(1) : undefined);", "yes"],
    ["console.log(/*target*/ nap(1));", "unknown"],
  ])("%s is %s", (code, awaited) => {
    expect(inFile(`export {}; ${nap} ${code}`)).toMatchObject({ awaited });
  });

  it("counts a continuation as waiting", () => {
    const code = `export {}; ${nap} declare function retry(): void; (/*target*/ nap(1)).then(() => retry());`;
    expect(inFile(code)).toMatchObject({ awaited: "yes" });
  });

  it("is a slip of the delay", () => {
    const code = `export {}; ${nap} for (let i = 0; i < 3; i++) { /*target*/ nap(1000); }`;
    const slips = withModel({ "file.ts": code }, (_unit, [target]) => {
      const sleep = target === undefined ? undefined : sleepAt(target);
      return sleep === undefined ? undefined : delayOf(sleep).slips.map(({ slip }) => slip);
    });
    expect(slips).toEqual(["not-awaited"]);
  });
});

describe("timerAt", () => {
  it.each([
    ["run(attempt + 1, delay)", "100 * 2 ** attempt", "growing"],
    ["run(attempt + 1, delay)", "delay", "fixed"],
    ["run(attempt + 1, delay * 2)", "delay", "growing"],
    ["run(attempt + 1)", "delay", "fixed"],
    ["run(attempt + 1, delay)", "delay + Math.random() * delay", "jittered"],
    ["run(attempt + 1, Math.random() * delay * 3)", "delay", "jittered"],
  ])("setTimeout(() => %s, %s) is %s", (again, ms, kind) => {
    const code = `export {};
declare function call(done: (error?: Error) => void): void;
function run(attempt = 0, delay = 100) {
  call((error) => {
    if (error) /*target*/ setTimeout(() => ${again}, ${ms});
  });
}`;
    const found = withModel({ "file.ts": code }, (unit, [target]) => {
      const run = unit.ast.body.find((node) => node.type === AST_NODE_TYPES.FunctionDeclaration);
      const timer = target === undefined ? undefined : timerAt(target);
      return timer === undefined ? undefined : delayOf(timer, { loop: run }).kind;
    });
    expect(found).toBe(kind);
  });

  it("asks for the platform's timer", () => {
    const code =
      "function setTimeout(f: () => void, ms: number) { f(); } /*target*/ setTimeout(() => {}, 100); export {};";
    expect(
      withModel({ "file.ts": code }, (_unit, [target]) => target !== undefined && timerAt(target)),
    ).toBeUndefined();
  });
});
