/** Where the value of a delay comes from: lists, names and parameters. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/ast/nodes.ts";
import { delayReturnedBy } from "../../../src/model/delay/analyse.ts";
import { withModel } from "../../support/model.ts";
import { delayIn, testPrograms } from "./programs.ts";

const LIST = "const DELAYS = [100, 200, 400];";

describe("a loop over a list", () => {
  testPrograms([
    [
      { kind: "growing", maxMs: 400, capped: "yes" },
      {
        "written in the loop": "for (const ms of [100, 200, 400]) WAIT(ms);",
        "kept in a constant": `${LIST} for (const ms of DELAYS) WAIT(ms);`,
        frozen: "const DELAYS = Object.freeze([100, 200, 400]); for (const ms of DELAYS) WAIT(ms);",
        "by its values": `${LIST} for (const ms of DELAYS.values()) WAIT(ms);`,
        "by its entries": `${LIST} for (const [, ms] of DELAYS.entries()) WAIT(ms);`,
      },
    ],
    [
      { kind: "growing", maxMs: 5000, capped: "no" },
      {
        "by its keys":
          "declare const jobs: string[]; for (const n of jobs.keys()) WAIT(1000 * (n + 1));",
        "by the keys of its entries":
          "declare const jobs: string[]; for (const [n] of jobs.entries()) WAIT(1000 * (n + 1));",
      },
    ],
    [
      { kind: "fixed", fixedMs: 500 },
      { "of equal durations": "for (const ms of [500, 500, 500]) WAIT(ms);" },
    ],
    [
      { kind: "jittered", maxMs: 200 },
      {
        "of random durations":
          "for (const ms of [Math.random() * 100, Math.random() * 200]) WAIT(ms);",
      },
    ],
    [
      { kind: "unknown" },
      {
        "that nobody sees":
          "declare const durations: number[]; for (const ms of durations) WAIT(ms);",
        "continued by one that nobody sees":
          "declare const durations: number[]; for (const ms of [100, ...durations]) WAIT(ms);",
        "with a hole": "for (const ms of [100, , 300]) WAIT(ms ?? Number(await prompt()));",
        "that a function makes":
          "declare function scaled(list: number[]): number[]; for (const ms of scaled([1, 2])) WAIT(ms);",
        "that a method makes":
          "declare const units: any; for (const ms of units.scaled([1, 2])) WAIT(ms);",
        "kept, that a function makes":
          "declare function scaled(list: number[]): number[]; const DELAYS = scaled([1, 2]); for (const ms of DELAYS) WAIT(ms);",
        "kept, that a method makes":
          "declare const units: any; const DELAYS = units.scaled([1, 2]); for (const ms of DELAYS) WAIT(ms);",
        "of pairs from elsewhere":
          "declare const pairs: [number, string][]; for (const [ms] of pairs) WAIT(ms);",
        "of pairs that a method makes":
          "declare const table: any; for (const [ms] of table.pairs()) WAIT(ms);",
        "of the names in an object":
          "declare const table: object; for (const name in table) WAIT(Number(name));",
        "in a helper that leaves it early":
          "declare function fits(ms: number): boolean; function pause() { for (const ms of [100, 200]) if (fits(ms)) return ms; return 400; } ATTEMPTS WAIT(pause());",
      },
    ],
    [
      { kind: "fixed" },
      { "around the attempts": "for (const ms of [100, 200]) ATTEMPTS WAIT(ms);" },
    ],
  ]);

  it.each([
    "for (const ms of [100, 200, 400]) WAIT(ms);",
    `const list = [100, 200, 400]; for (let n = 0; n < 3; n++) WAIT(list[n]!);`,
  ])("shows the list that makes it grow: %s", (program) => {
    expect(delayIn(program).evidence.map(({ type }) => type)).toContain(T.ArrayExpression);
  });
});

describe("a name", () => {
  const imported = 'import { pause } from "./other.js"; ATTEMPTS WAIT(pause); // other.ts';
  testPrograms([
    [
      { kind: "unknown" },
      {
        "of nothing that the file declares": "ATTEMPTS WAIT(PAUSE_OF_THE_PAGE);",
        "of what was thrown":
          "ATTEMPTS try { await fetch('/'); } catch (thrown: any) { WAIT(thrown); }",
        "taken out of a list that nobody sees":
          "declare const list: () => number[]; ATTEMPTS { const [ms] = list(); WAIT(ms!); }",
      },
    ],
    [
      { kind: "fixed" },
      {
        "imported, of the clock at the start": `${imported}\nexport const pause = Date.now() % 1000;`,
        "imported from a package": 'import { pause } from "pauses"; ATTEMPTS WAIT(pause);',
        "of the clock before the attempts":
          "const next = 5000; const wait = next - Date.now(); ATTEMPTS WAIT(wait);",
        "taken out of options, with a default":
          "async function run(options: { ms?: number }) { const { ms = 500 } = options; ATTEMPTS WAIT(ms); }",
      },
    ],
    [
      { kind: "fixed", maxMs: 500 },
      {
        "imported, read at the start": `${imported}\nexport const pause = Math.min(Number(process.env.PAUSE), 500);`,
      },
    ],
    [
      { kind: "jittered", maxMs: 500 },
      { "imported, drawn at random": `${imported}\nexport const pause = Math.random() * 500;` },
    ],
    [
      { kind: "clock" },
      {
        "of the clock in the attempt":
          "const next = 5000; ATTEMPTS { const wait = next - Date.now(); WAIT(wait); }",
        "of the clock in a helper":
          "const next = 5000; function pause() { const wait = next - Date.now(); return wait; } ATTEMPTS WAIT(pause());",
      },
    ],
    [
      { kind: "fixed", fixedMs: 300 },
      {
        "taken out of an object":
          "const config = { ms: 300, retries: 5 }; const { ms } = config; ATTEMPTS WAIT(ms);",
        "taken out of an object that has it, with a default":
          "const { ms = 500 } = { ms: 300 }; ATTEMPTS WAIT(ms);",
        "taken out of an object that has it not":
          "const config: { ms?: number } = {}; const { ms = 300 } = config; ATTEMPTS WAIT(ms);",
      },
    ],
    [
      { kind: "jittered" },
      {
        "taken out of an object in an object":
          "ATTEMPTS { const config = { retry: { ms: Math.random() * 300 } }; const { retry: { ms } } = config; WAIT(ms); }",
        "taken out of options, with a random default":
          "async function run(options: { ms?: number }) { ATTEMPTS { const { ms = Math.random() * 500 } = options; WAIT(ms); } }",
        "taken out of random bytes":
          "ATTEMPTS { const [ms] = crypto.getRandomValues(new Uint16Array(1)); WAIT(ms!); }",
      },
    ],
  ]);
});

describe("a parameter", () => {
  const run = "async function run(ms: number) { ATTEMPTS WAIT(ms); }";
  testPrograms([
    [
      { kind: "fixed", fixedMs: 300 },
      {
        "that every caller gives the same": `${run} run(300); run(300);`,
        "in options that every caller gives":
          "async function run({ ms }: { ms: number }) { ATTEMPTS WAIT(ms); } run({ ms: 300 });",
        "of a helper, left to its default":
          "const pause = (ms = 300) => ms; ATTEMPTS WAIT(pause());",
        "of a helper, changed there":
          "function doubled(ms: number) { ms = ms * 2; return ms; } ATTEMPTS WAIT(doubled(150));",
        "of a helper, read by a function in it":
          "function pause(base: number) { const times = (by: number) => base * by; return times(3); } ATTEMPTS WAIT(pause(100));",
        "of a helper, a member read by a function in it":
          "function pause(options: { base: number }) { const times = (by: number) => options.base * by; return times(3); } ATTEMPTS WAIT(pause({ base: 100 }));",
        "of a helper, a member with a default":
          "function pause(options: { ms?: number } = {}) { const { ms = 300 } = options; return ms; } ATTEMPTS WAIT(pause());",
      },
    ],
    [
      { kind: "fixed", fixedMs: undefined, maxMs: 500 },
      { "that callers give differently": `${run} run(300); run(500);` },
    ],
    [
      { kind: "fixed", fixedMs: undefined, maxMs: undefined },
      {
        "that unseen callers give too": `${run} declare function register(f: typeof run): void; run(300); register(run);`,
        "that is a property too":
          "class Retry { constructor(private ms = 300) { ATTEMPTS void /*target*/ sleep(ms); } }",
      },
    ],
    [{ kind: "jittered" }, { "that a caller draws at random": `${run} run(Math.random() * 300);` }],
    [
      { kind: "growing", maxMs: 1600, capped: "no" },
      {
        "that the attempts double":
          "async function run(ms: number) { ATTEMPTS { WAIT(ms); ms *= 2; } } run(100);",
        "of a helper, in options with a default":
          "const pause = ({ by, base = 100 }: { by: number; base?: number }) => base * 2 ** by; ATTEMPTS WAIT(pause({ by: n }));",
      },
    ],
    [
      { kind: "growing", maxMs: 800, capped: "yes" },
      {
        "of a helper, limited there":
          "function limited(ms: number) { if (ms > 800) ms = 800; return ms; } ATTEMPTS WAIT(limited(100 * 2 ** n));",
      },
    ],
    [
      { kind: "unknown" },
      {
        "that the attempts take out of an answer":
          "async function run(ms: number) { ATTEMPTS { WAIT(ms); ({ ms } = await (await fetch('/')).json()); } } run(100);",
        "of a helper, spread from a list":
          "const pause = (ms: number) => ms; async function run(durations: [number]) { ATTEMPTS WAIT(pause(...durations)); }",
      },
    ],
  ]);

  it("of a callback is unknown", () => {
    const code =
      "export const pause = /*target*/ (context: { ms: number }) => context.ms; for (let n = 0; n < 5; n++) console.log(n);";
    const found = withModel({ "file.ts": code }, (unit, [target]) => {
      const loop = unit.ast.body.find((node) => node.type === T.ForStatement);
      return target !== undefined && isFunction(target)
        ? delayReturnedBy(target, { loop }).kind
        : undefined;
    });
    expect(found).toBe("unknown");
  });
});
