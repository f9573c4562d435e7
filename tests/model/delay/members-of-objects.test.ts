/** Delays that are members of objects, of classes and of lists. */
import { describe } from "vitest";
import { testPrograms } from "./programs.ts";

const LIST = "const DELAYS = [100, 200, 400];";

describe("a member", () => {
  const random = "const base = { ms: Math.random() * 300 };";
  const inRun = (body: string): string =>
    `class Retry { ${body} async run() { ATTEMPTS WAIT(this.ms); } }`;
  testPrograms([
    [
      { kind: "jittered", maxMs: 300 },
      {
        "of an object in an object":
          "ATTEMPTS { const config = { retry: { ms: Math.random() * 300 } }; WAIT(config.retry.ms); }",
        "spread into an object": `ATTEMPTS { ${random} const config = { ...base }; WAIT(config.ms); }`,
        "replaced by a spread": `ATTEMPTS { ${random} const config = { ms: Number(process.env.PAUSE), ...base }; WAIT(config.ms); }`,
        "kept beside a spread":
          "ATTEMPTS { const other = { retries: 5 }; const config = { ms: Math.random() * 300, ...other }; WAIT(config.ms); }",
        "kept beside a spread that may be left out":
          "declare const verbose: boolean; ATTEMPTS { const config = { ms: Math.random() * 300, ...(verbose && { log: true }) }; WAIT(config.ms); }",
        "in brackets":
          'ATTEMPTS { const config = { ms2: Math.random() * 300 }; WAIT(config["ms2"]); }',
        "in brackets with a digit first":
          'ATTEMPTS { const config = { "2nd": Math.random() * 300 }; WAIT(config["2nd"]); }',
        "that a getter draws": inRun("get ms() { return Math.random() * 300; }"),
        "that a getter draws beside a setter": inRun(
          "set ms(value: number) { void value; } get ms() { return Math.random() * 300; }",
        ),
        "that a field draws": inRun("private other = 5; private ms = Math.random() * 300;"),
        "that the constructor draws": inRun(
          "private ms: number; constructor() { this.ms = Math.random() * 300; }",
        ),
      },
    ],
    [
      { kind: "jittered" },
      {
        "of options or a random one":
          "async function run(options?: { ms: number }) { ATTEMPTS WAIT((options ?? { ms: Math.random() * 300 }).ms); }",
      },
    ],
    [
      { kind: "growing", maxMs: 500 },
      {
        "read in brackets and written behind a dot":
          'const wait = { ms: 0 }; ATTEMPTS { WAIT(wait["ms"] + 100); wait.ms += 100; }',
      },
    ],
    [
      { kind: "growing", maxMs: 1600 },
      {
        "counted by the loop that hands it on":
          "const pause = (options: { k: number }) => 100 * 2 ** options.k; let k = 0; while (k < 5) { WAIT(pause({ k })); k++; }",
        "counted in a field":
          "class A { #n = 0; get ms() { return 100 * 2 ** this.#n; } async run() { ATTEMPTS { WAIT(this.ms); this.#n++; } } }",
      },
    ],
    [
      { kind: "fixed" },
      {
        "replaced after a spread": `ATTEMPTS { ${random} const config = { ...base, ms: Number(process.env.PAUSE) }; WAIT(config.ms); }`,
        "of options or constants":
          "async function run(options?: { ms: number }) { ATTEMPTS WAIT((options ?? { ms: 300 }).ms); }",
        "of the environment of a module": "ATTEMPTS WAIT(Number(import.meta.env.PAUSE));",
        "of an object that a package gives":
          'import pauses from "pauses"; ATTEMPTS WAIT(pauses.ms);',
        "of an object made at the start":
          "declare function connect(): { ms: number }; const client = connect(); ATTEMPTS WAIT(client.ms);",
        "that a field reads at the start": inRun(
          "private other = Math.random() * 300; private ms = Number(process.env.PAUSE);",
        ),
        "of a class around another": inRun(
          "private ms = Number(process.env.PAUSE); other = class { ms = Math.random() * 300; };",
        ),
        "that the constructor is given": inRun(
          "private ms: number; private other: number; constructor(ms: number) { this.other = Math.random(); this.ms = ms; }",
        ),
        "of this in a function":
          "async function run(this: { ms: number }) { ATTEMPTS WAIT(this.ms); }",
      },
    ],
    [
      { kind: "fixed", fixedMs: 300 },
      {
        "that a getter gives": inRun("get other() { return 5; } get ms() { return 300; }"),
        "that the constructor gives": inRun("private ms: number; constructor() { this.ms = 300; }"),
        "of another object than the getter's":
          "const config = { ms: 300 }; class Retry { get ms() { return 700; } async run() { ATTEMPTS WAIT(config.ms); } }",
      },
    ],
    [
      { kind: "clock" },
      {
        "that a getter reads from the clock": inRun(
          "get ms() { const rest = 5000 - Date.now(); return rest; }",
        ),
      },
    ],
    [
      { kind: "unknown" },
      {
        "of an environment in an answer":
          "ATTEMPTS { const answer: any = await fetch('/'); WAIT(answer.env.PAUSE); }",
        "of an object that nothing declares": "ATTEMPTS WAIT(PAGE.ms);",
        "of an object that the attempts replace":
          "declare function connect(): { ms: number }; let client = connect(); ATTEMPTS { WAIT(client.ms); client = connect(); }",
        "of a new object":
          "declare class Interval { ms: number } ATTEMPTS WAIT(new Interval().ms);",
        "the length of a queue":
          "async function run(queue: string[]) { ATTEMPTS WAIT(100 * queue.length); }",
        "an element of a list that a function makes":
          "declare function scaled(list: number[]): number[]; const DELAYS = scaled([1, 2]); ATTEMPTS WAIT(DELAYS[n]!);",
      },
    ],
    [
      { kind: "clock", maxMs: 400 },
      { "an element that the clock chooses": `${LIST} ATTEMPTS WAIT(DELAYS[Date.now() % 3]!);` },
    ],
    [
      { kind: "fixed", fixedMs: undefined, maxMs: 400 },
      {
        "an element that a caller chooses": `${LIST} async function run(level: number) { ATTEMPTS WAIT(DELAYS[level]!); }`,
      },
    ],
    [
      { kind: "growing", maxMs: 400, capped: "yes" },
      {
        "an element of a frozen list":
          "const DELAYS = Object.freeze([100, 200, 400]); ATTEMPTS WAIT(DELAYS[n]!);",
      },
    ],
  ]);
});
