/** The same program, written differently, gets the same verdict. */
import { describe, expect, it } from "vitest";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import { sleepAt } from "../../../src/model/delay/sleep.ts";
import { withModel } from "../../support/model.ts";

/** A program around the expression of a delay; `n` in it is the number of the attempt. */
type Respelling = (delay: (n: string) => string) => Readonly<Record<string, string>>;

const call = "declare function call(): Promise<string>;";
const sleep = "const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));";
const attempted = (wait: string): string => `try { return await call(); } catch { ${wait} }`;

const RESPELLINGS: Readonly<Record<string, Respelling>> = {
  "a for loop": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`await /*target*/ sleep(${delay("n")});`)} } }`,
  }),
  "a while loop": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { let n = 0; while (n < 5) { ${attempted(`await /*target*/ sleep(${delay("n")}); n++;`)} } }`,
  }),
  "while (true) with break": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { let n = 0; while (true) { if (n >= 5) break; ${attempted(`await /*target*/ sleep(${delay("n")}); n += 1;`)} } }`,
  }),
  "for (;;)": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { let n = 0; for (;;) { ${attempted(`if (n === 5) throw new Error(); await /*target*/ sleep(${delay("n")}); n = n + 1;`)} } }`,
  }),
  "do while": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { let n = 0; do { ${attempted(`await /*target*/ sleep(${delay("n++")});`)} } while (n < 5); }`,
  }),
  "a renamed variable": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { for (let zz = 0; zz < 5; ++zz) { ${attempted(`await /*target*/ sleep(${delay("zz")});`)} } }`,
  }),
  "a variable for the delay": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`const pause = ${delay("n")}; await /*target*/ sleep(pause);`)} } }`,
  }),
  "a variable that is written later": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`let pause; pause = ${delay("n")}; await /*target*/ sleep(pause);`)} } }`,
  }),
  "a function for the delay": (delay) => ({
    "file.ts": `${call} ${sleep} function pause(k: number) { return ${delay("k")}; } export async function run() { for (let n = 0; n < 5; n++) { ${attempted("await /*target*/ sleep(pause(n));")} } }`,
  }),
  "a function in another file": (delay) => ({
    "file.ts": `import { pause as p } from "./pause.js"; ${call} ${sleep} export async function run() { for (let n = 0; n < 5; n++) { ${attempted("await /*target*/ sleep(p(n));")} } }`,
    "pause.ts": `export const pause = (k: number): number => { const ms = ${delay("k")}; return ms; };`,
  }),
  "a method of a class": (delay) => ({
    "file.ts": `${call} class Retry { #pause(k: number) { return ${delay("k")}; } sleep(ms: number) { return new Promise((r) => setTimeout(r, ms)); } async run() { for (let n = 0; n < 5; n++) { ${attempted("await /*target*/ this.sleep(this.#pause(n));")} } } }`,
  }),
  "a sleep that computes the delay": (delay) => ({
    "file.ts": `import { rest } from "./rest.js"; ${call} export async function run() { for (let n = 0; n < 5; n++) { ${attempted("await /*target*/ rest(n);")} } }`,
    "rest.ts": `export async function rest(k: number) { const ms = ${delay("k")}; await new Promise((r) => setTimeout(r, ms)); }`,
  }),
  "parentheses and type syntax": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`await /*target*/ sleep(((${delay("(n as number)")}) as number) satisfies number);`)} } }`,
  }),
  "an inline promise": (delay) => ({
    "file.ts": `${call} export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`await /*target*/ new Promise((r) => setTimeout(r, ${delay("n")}));`)} } }`,
  }),
  "timers/promises": (delay) => ({
    "file.ts": `import { setTimeout as sleep } from "timers/promises"; ${call} export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`await /*target*/ sleep(${delay("n")});`)} } }`,
  }),
  "seconds with a helper": (delay) => ({
    "file.ts": `${call} const sleepSeconds = (s: number) => new Promise((r) => setTimeout(r, s * 1000)); export async function run() { for (let n = 0; n < 5; n++) { ${attempted(`await /*target*/ sleepSeconds((${delay("n")}) / 1000);`)} } }`,
  }),
  "a closure over a counter": (delay) => ({
    "file.ts": `${call} ${sleep} export async function run() { let n = 0; const pause = () => ${delay("n")}; while (n < 5) { ${attempted("await /*target*/ sleep(pause()); n++;")} } }`,
  }),
};

const PROGRAMS = [
  ["fixed", { kind: "fixed", fixedMs: 1000, slips: [] }, () => "1000"],
  [
    "growing",
    { kind: "growing", maxMs: 1600, capped: "no", slips: [] },
    (n: string) => `100 * 2 ** ${n}`,
  ],
  [
    "growing to a ceiling",
    { kind: "growing", maxMs: 800, capped: "yes", slips: [] },
    (n: string) => `Math.min(800, 100 * 2 ** ${n})`,
  ],
  ["jittered", { kind: "jittered", slips: [] }, (n: string) => `Math.random() * 100 * 2 ** ${n}`],
] as const;

describe.each(PROGRAMS)("%s stays so as", (_name, expected, delay) => {
  it.each(Object.keys(RESPELLINGS))("%s", (name) => {
    const files = RESPELLINGS[name]?.(delay) ?? {};
    const found = withModel(files, (_unit, [target]) => {
      const wait = target === undefined ? undefined : sleepAt(target);
      return wait === undefined ? undefined : delayOf(wait, { attempts: 5 });
    });
    expect(found).toMatchObject(expected);
  });
});
