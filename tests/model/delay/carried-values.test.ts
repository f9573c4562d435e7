/** Values that one attempt hands to the next, or one statement to the next. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/ast/nodes.ts";
import { walk } from "../../../src/ast/walk.ts";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import { sleepAt } from "../../../src/model/delay/sleep.ts";
import { withModel } from "../../support/model.ts";
import { delayIn, testPrograms } from "./programs.ts";

describe("a variable around the attempts", () => {
  testPrograms([
    [
      { kind: "growing", maxMs: 1600, capped: "no" },
      {
        "doubled after the wait": "let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; }",
        "shifted after the wait": "let ms = 100; ATTEMPTS { WAIT(ms); ms <<= 1; }",
        "doubled in the loop's head": "for (let n = 0, ms = 100; n < 5; n++, ms *= 2) WAIT(ms);",
        "doubled by a function":
          "let ms = 100; const grow = () => { ms *= 2; }; ATTEMPTS { WAIT(ms); grow(); }",
        "computed from the attempt": "let ms = 0; ATTEMPTS { ms = 100 * 2 ** n; WAIT(ms); }",
        "doubled or begun anew":
          "declare function isNew(): boolean; let ms = 100; ATTEMPTS { WAIT(ms); if (isNew()) ms = 100; else ms *= 2; }",
      },
    ],
    [
      { kind: "growing", maxMs: 5000, capped: "no" },
      {
        "raised before the wait, put back at times":
          "declare function isNew(): boolean; let ms = 0; ATTEMPTS { ms += 1000; WAIT(ms); if (isNew()) ms = 0; }",
        "counted before the wait": "let tries = 0; ATTEMPTS { tries++; WAIT(1000 * tries); }",
      },
    ],
    [
      { kind: "growing", maxMs: 500 },
      {
        "counted down": "let left = 5; ATTEMPTS { WAIT(100 * (6 - left)); left--; }",
        lowered: "let left = 500; ATTEMPTS { WAIT(600 - left); left -= 100; }",
      },
    ],
    [
      { kind: "growing", maxMs: 800, capped: "yes" },
      {
        limited: "let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (ms > 800) ms = 800; }",
        "limited in a block":
          "let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (ms >= 800) { ms = 800; } }",
        "limited, the limit first":
          "let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (800 < ms) ms = 800; }",
        "limited, the limit first, in a block":
          "let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (800 <= ms) { ms = 800; } }",
      },
    ],
    [
      { kind: "growing", capped: "yes" },
      {
        "limited by a setting":
          "async function run(most: number) { let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (ms > most) ms = most; } }",
        "limited by a product":
          "async function run(base: number) { let ms = base; ATTEMPTS { WAIT(ms); ms *= 2; if (ms > base * 8) ms = base * 8; } }",
        "limited by a member":
          "async function run(options: { most: number }) { let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (ms > options.most) ms = options.most; } }",
      },
    ],
    [
      { kind: "growing", capped: "no" },
      {
        "set when something else is large":
          "declare function load(): number; let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (load() > 800) ms = 800; }",
        "set when something is so":
          "declare function busy(): boolean; let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (busy()) ms = 800; }",
        "raised when it is large":
          "let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (ms > 100) ms += 100; }",
        "set when a member of its name is large":
          "declare const last: { ms: number }; let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; if (last.ms > 800) ms = 800; }",
      },
    ],
    [
      { kind: "fixed", fixedMs: 500 },
      { "given in the attempt": "let ms; ATTEMPTS { ms = 500; WAIT(ms); }" },
    ],
    [
      { kind: "fixed", maxMs: 500 },
      {
        "given in the attempt again": "let ms = 0; ATTEMPTS { ms = 500; WAIT(ms); }",
        "given where there is none": "let ms = 0; ATTEMPTS { ms ||= 500; WAIT(ms); }",
        "given where there is one": "let ms = 100; ATTEMPTS { ms &&= 500; WAIT(ms); }",
      },
    ],
    [
      { kind: "fixed" },
      { "given once": "let ms: number | undefined; ATTEMPTS { ms ??= 500; WAIT(ms); }" },
    ],
    [
      { kind: "jittered", maxMs: 500 },
      {
        "drawn in the attempt": "let ms = 0; ATTEMPTS { ms = Math.random() * 500; WAIT(ms); }",
        "drawn at random, where there is none":
          "let ms = 0; ATTEMPTS { ms ||= Math.random() * 500; WAIT(ms); }",
      },
    ],
  ]);

  describe("in attempts without a known limit", () => {
    const anyAttempts = (program: string) =>
      delayIn(program.replace("ATTEMPTS", "for (;;)"), Infinity);
    it.each([
      ["let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; }", undefined],
      ["let ms = 100; ATTEMPTS { WAIT(ms); ms = Math.min(ms * 2, 5000); }", 5000],
      ["let ms = 100; ATTEMPTS { WAIT(ms); ms += 100; }", undefined],
    ])("%s waits for at most %s ms", (program, maxMs) => {
      expect(anyAttempts(program)).toMatchObject({ kind: "growing", maxMs });
    });
  });

  it("is followed through forty attempts", () => {
    expect(
      delayIn("let ms = 1000; for (let n = 0; n < 40; n++) { WAIT(ms); ms += 1000; }", 40),
    ).toMatchObject({ kind: "growing", maxMs: 40_000 });
  });

  it.each([
    ["let ms = 100; ATTEMPTS { WAIT(ms); ms *= 2; }", [T.AssignmentExpression]],
    ["let ms = 0; ATTEMPTS { ms = Math.random() * 500; WAIT(ms); }", [T.CallExpression]],
  ])("shows what changes it: %s", (program, types) => {
    expect(delayIn(program).evidence.map(({ type }) => type)).toEqual(types);
  });
});

describe("a member around the attempts", () => {
  const state = (rest: string, start = "{ ms: 100 }"): string =>
    `const state: any = ${start}; ${rest}`;
  const inClass = (members: string, after: string): string =>
    `class Retry { ${members} async run() { ATTEMPTS { WAIT(this.ms); ${after} } } }`;
  testPrograms([
    [
      { kind: "growing", maxMs: 1600, capped: "no" },
      {
        "of an object in an object": state(
          "ATTEMPTS { WAIT(state.retry.ms); state.retry.ms *= 2; }",
          "{ retry: { ms: 100 } }",
        ),
        "of a class": inClass("private ms = 100;", "this.ms *= 2;"),
        "in brackets": state(
          'ATTEMPTS { WAIT(state["m-s"]); state["m-s"] *= 2; }',
          '{ "m-s": 100 }',
        ),
      },
    ],
    [
      { kind: "growing", maxMs: 5000, capped: "no" },
      { counted: state("ATTEMPTS { state.tries++; WAIT(1000 * state.tries); }", "{ tries: 0 }") },
    ],
    [
      { kind: "growing", maxMs: 800, capped: "yes" },
      { limited: inClass("private ms = 100;", "this.ms *= 2; if (this.ms > 800) this.ms = 800;") },
    ],
    [
      { kind: "growing", capped: "no" },
      {
        "of a list": "const list = [100]; ATTEMPTS { WAIT(list[0]!); list[0] *= 2; }",
        "of a list, by a name":
          "async function run(list: number[], k: number) { ATTEMPTS { WAIT(list[k]!); list[k] *= 2; } }",
        "begun in the attempt": state(
          "ATTEMPTS { state.ms = (state.ms ?? 50) * 2; WAIT(state.ms); }",
          "{}",
        ),
        "set when another member is large": inClass(
          "private ms = 100; private load = 0;",
          "this.ms *= 2; this.load++; if (this.load > 800) this.ms = 800;",
        ),
        "set when a member of another object is large": inClass(
          "private ms = 100; other = { ms: 5 };",
          "this.ms *= 2; if (this.other.ms > 800) this.ms = 800;",
        ),
      },
    ],
    [
      { kind: "fixed" },
      {
        "beside one that changes": state(
          "ATTEMPTS { WAIT(state.ms); state.tries++; }",
          "{ ms: Number(process.env.PAUSE), tries: 0 }",
        ),
        "written before the attempts": state("state.ms = 300; ATTEMPTS WAIT(state.ms);"),
        "written in the function before the attempts":
          "async function run() { const state = { ms: 100 }; state.ms = 300; ATTEMPTS WAIT(state.ms); }",
      },
    ],
    [
      { kind: "unknown" },
      {
        "that other code may write": state(
          "export function slower() { state.ms = 500; } ATTEMPTS WAIT(state.ms);",
        ),
        "that other code may write too": state(
          "state.ms = 300; export function slower() { state.ms = 500; } ATTEMPTS WAIT(state.ms);",
        ),
      },
    ],
  ]);
});

describe("statements one after the other", () => {
  testPrograms([
    [
      { kind: "fixed", fixedMs: 500 },
      {
        "in the attempt": "ATTEMPTS { let ms = 100; ms = 500; WAIT(ms); }",
        "before the attempts": "let ms = 100; ms = 500; ATTEMPTS WAIT(ms);",
        "in a function before the attempts":
          "async function run() { let ms = 100; ms = 500; ATTEMPTS WAIT(ms); }",
        "with a write after the wait":
          "ATTEMPTS { let ms = 500; WAIT(ms); ms = Math.random() * 100; }",
        "as they are handed over": "ATTEMPTS { let ms = 250; WAIT((ms *= 2)); }",
      },
    ],
    [
      { kind: "fixed", fixedMs: undefined, maxMs: 500 },
      {
        "one of them not always":
          "declare function busy(): boolean; ATTEMPTS { let ms = 100; if (busy()) ms = 500; WAIT(ms); }",
        "one of them not always, in a block":
          "declare function busy(): boolean; ATTEMPTS { let ms = 100; if (busy()) { ms = 500; } WAIT(ms); }",
        "one or the other":
          "declare function busy(): boolean; ATTEMPTS { let ms; if (busy()) ms = 500; else ms = 100; WAIT(ms); }",
        "of a helper, one of them not always":
          "declare function busy(): boolean; function pause(ms: number) { if (busy()) ms = 500; return ms; } ATTEMPTS WAIT(pause(100));",
        "before the attempts, one of them not always":
          "declare const slow: boolean; let ms = 100; if (slow) ms = 500; ATTEMPTS WAIT(ms);",
      },
    ],
    [
      { kind: "fixed" },
      {
        "of the clock before the attempts":
          "let ms = 100; ms += Date.now() % 100; ATTEMPTS WAIT(ms);",
      },
    ],
    [
      { kind: "clock" },
      {
        "of the clock in the attempt":
          "ATTEMPTS { let ms = 100; ms += Date.now() % 100; WAIT(ms); }",
        "of the clock in a helper":
          "function pause() { let ms = 100; ms += Date.now() % 100; return ms; } ATTEMPTS WAIT(pause());",
      },
    ],
    [
      { kind: "jittered", maxMs: undefined },
      {
        "drawn for each of some jobs":
          "async function run(jobs: string[]) { ATTEMPTS { let ms = 100; for (const job of jobs) ms += Math.random() * job.length; WAIT(ms); } }",
      },
    ],
    [
      { kind: "growing", maxMs: undefined },
      {
        "growing, and raised for each of some jobs":
          "async function run(jobs: string[]) { ATTEMPTS { let ms = 100 * 2 ** n; for (const job of jobs) ms += job === '' ? 10 : 20; WAIT(ms); } }",
      },
    ],
  ]);
});

describe("a function that calls itself", () => {
  const again = (parameters: string, next: string, ms = "ms"): string =>
    `const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms)); export function run(${parameters}): Promise<unknown> { return fetch("/").catch(async () => { await /*target*/ sleep(${ms}); return run(${next}); }); } declare function other(): any;`;
  it.each([
    ["ms: number, n: number", "ms, n + 1", { kind: "fixed" }],
    ["ms = 100", "ms * 2", { kind: "growing", maxMs: 1600, capped: "no" }],
    [
      "{ ms = 100, n = 0 }: { ms?: number; n?: number } = {}",
      "{ ms: ms * 2, n: n + 1 }",
      { kind: "growing", maxMs: 1600 },
    ],
    ["{ ms, n }: { ms: number; n: number }", "{ ms, n: n + 1 }", { kind: "fixed" }],
    ["{ ms = 100 }: { ms?: number } = {}", "{}", { kind: "fixed" }],
    ["{ ms = 100 }: { ms?: number } = {}", "", { kind: "fixed" }],
    [
      "{ retry: { ms } }: { retry: { ms: number } }",
      "{ retry: { ms: ms * 2 } }",
      { kind: "growing", capped: "no" },
    ],
    ["{ retry: { ms } }: { retry: { ms: number } }", "other()", { kind: "unknown" }],
    ["{ [other()]: ms }: Record<string, number>", "{ a: ms }", { kind: "unknown" }],
    ["options: { ms: number }", "{ ms: options.ms * 2 }", { kind: "unknown" }, "options.ms"],
  ])("run(%s) and run(%s)", (parameters, next, expected, ms?: string) => {
    const found = withModel({ "file.ts": again(parameters, next, ms) }, (unit, [target]) => {
      const sleep = target === undefined ? undefined : sleepAt(target);
      const loop = [...walk(unit.ast, unit.visitorKeys)].find(
        (node) => isFunction(node) && node.type === T.FunctionDeclaration,
      );
      return sleep === undefined || loop === undefined || !isFunction(loop)
        ? undefined
        : delayOf(sleep, { loop, attempts: 5 });
    });
    expect(found).toMatchObject(expected);
  });
});
