/** What becomes of a value: what the code around it, and the callers of functions that return it, do with it. */
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { unitOf } from "../../../src/model/program/unit.ts";
import {
  usesOfBinding,
  usesOfValue,
  type ValueUse,
} from "../../../src/model/program/value-uses.ts";
import { withModel } from "../../support/model.ts";
import { expectRows, type NamedRow } from "../../support/rows.ts";

function described(uses: readonly ValueUse[]): string {
  return uses.map(describeUse).join(" | ");
}

function describeUse(use: ValueUse): string {
  switch (use.kind) {
    case "member":
      return `.${use.name ?? "?"}`;
    case "destructured":
      return `{${use.keys.map((key) => key ?? "?").join()}${use.hasRest ? ",..." : ""}}`;
    default:
      return `${use.kind}: ${unitOf(use.node).text.slice(...use.node.range)}`;
  }
}

const usesOfTarget = (target: TSESTree.Node): string =>
  described(usesOfValue(target)).replaceAll("/*target*/ ", "");

const GET = `declare function get(): Promise<{ a: number; b: number }>; declare function check(x: unknown): boolean; declare const on: boolean;`;
/** A program in which `GET` is the value. */
const program = (code: string): string => `${GET} ${code.replace("GET", "/*target*/ get()")}`;

const rows = (...all: readonly NamedRow[]): readonly NamedRow[] =>
  all.map(([what, code, expected]) => [what, program(code), expected]);

describe("a value", () => {
  it("that nothing looks at", () => {
    expectRows(
      rows(
        ["a statement", `GET;`, "ignored: get();"],
        ["awaited", `await GET;`, "ignored: await get();"],
        ["given up", `void GET;`, "ignored: void get()"],
        ["negated", `check(!(await GET));`, "ignored: !(await get())"],
        ["compared", `check((await GET) === undefined);`, "ignored: (await get()) === undefined"],
        ["a test", `if (await GET) check(1);`, "ignored: await get()"],
        ["the test of a loop", `while (await GET) check(1);`, "ignored: await get()"],
        ["the test behind a loop", `do check(1); while (await GET);`, "ignored: await get()"],
        ["the step of a loop", `for (; on; await GET) check(1);`, "ignored: await get()"],
        ["the test of a choice", `check((await GET) ? 1 : 2);`, "ignored: await get()"],
        ["in front of &&", `(await GET) && check(1);`, "ignored: await get()"],
        ["in front of a comma", `check((await GET, 1));`, "ignored: await get()"],
        ["printed", `console.log(await GET);`, "ignored: await get()"],
        ["a variable that nobody reads", `const x = await GET;`, ""],
        ["a variable that is only written again", `let x = await GET; x = await get();`, ""],
      ),
      usesOfTarget,
    );
  });

  it("that is handed on", () => {
    expectRows(
      rows(
        ["to a variable", `const x = await GET; x.a;`, ".a"],
        ["to each that reads the variable", `const x = await GET; x.a; x.b;`, ".a | .b"],
        ["to a variable of a variable", `const x = GET; const y = await x; y.a;`, ".a"],
        ["by an assignment", `let x; x = await GET; x.a;`, ".a | ignored: x = await get();"],
        [
          "by an assignment in an assignment",
          `let x, y; x = y = await GET; y.a; x.b;`,
          ".a | .b | ignored: x = y = await get();",
        ],
        ["behind type syntax", `((await GET) as { a: number })!.a;`, ".a"],
        ["by a choice", `(on ? await GET : undefined)?.a;`, ".a"],
        [
          "behind &&",
          `(on && (await GET)) || check(1);`,
          `ignored: (on && (await get())) || check(1);`,
        ],
        ["by what stands in for it", `((await GET) ?? (await get())).a;`, ".a"],
        ["behind a comma", `(check(1), await GET).a;`, ".a"],
        ["with a default", `const { a } = (await GET) ?? { a: 1 };`, "{a}"],
      ),
      usesOfTarget,
    );
  });

  it("that is taken apart", () => {
    expectRows(
      rows(
        ["by a member", `(await GET).a;`, ".a"],
        ["by a member in brackets", `(await GET)["a"];`, ".a"],
        ["by a computed member", `(await GET)[on ? "a" : "b"];`, ".?"],
        ["by a member that may be absent", `(await GET)?.a;`, ".a"],
        ["as a promise", `const x = GET; x.then(check);`, ".then"],
        ["by names", `const { a, b: c = 1 } = await GET;`, "{a,b}"],
        ["by names, and the rest", `const { a, ...rest } = await GET;`, "{a,...}"],
        ["by a computed name", `const { [on ? "a" : "b"]: a } = await GET;`, "{?}"],
        ["by names, later", `let a; ({ a } = await GET);`, "{a} | ignored: ({ a } = await get());"],
      ),
      usesOfTarget,
    );
  });

  it("that goes where nobody follows", () => {
    expectRows(
      rows(
        ["into a call", `check(await GET);`, "unknown: await get()"],
        [
          "into a console that is not the platform's",
          `const console = { log: check }; console.log(await GET);`,
          "unknown: await get()",
        ],
        ["into an instance", `new Set(await Promise.all([GET]));`, "unknown: [get()]"],
        ["into an object", `check({ x: await GET });`, "unknown: await get()"],
        ["into a text", "check(`${await GET}`);", "unknown: await get()"],
        ["as a call", `(GET as any)();`, "unknown: get() as any"],
        [
          "as the name of a member",
          `({} as any)[await GET as any];`,
          "unknown: await get() as any",
        ],
        ["where a member is looked for", `check("a" in (await GET));`, "unknown: await get()"],
        ["out of the file", `export const x = await GET;`, "unknown: x"],
        ["out of the file by a list", `const x = await GET; export { x };`, "unknown: x"],
        [
          "to a member",
          `const o: any = {}; o.x = await GET;`,
          "unknown: o.x | ignored: o.x = await get();",
        ],
        [
          "to a variable that may hold another",
          `let x: any; x ??= await GET;`,
          "unknown: await get()",
        ],
        [
          "to a variable of the platform",
          `// @ts-expect-error\nx = await GET;`,
          "unknown: x | ignored: x = await get();",
        ],
        ["into a list that is taken apart", `const [x] = [GET];`, "unknown: [get()]"],
        ["thrown", `throw await GET;`, "unknown: await get()"],
      ),
      usesOfTarget,
    );
  });
});

describe("what a function returns", () => {
  it("to callers in the file", () => {
    expectRows(
      rows(
        ["an arrow function", `const f = () => GET; (await f()).a;`, ".a"],
        [
          "a function with a body",
          `async function f() { return GET; } (await f()).a; await f();`,
          ".a | ignored: await f();",
        ],
        ["a method", `class C { f() { return GET; } } (await new C().f()).a;`, ".a"],
        [
          "one function to the next",
          `const f = () => GET; const g = () => f(); (await g()).b;`,
          ".b",
        ],
        [
          "where one is handed on",
          `const f = () => GET; (await f()).a; check(f);`,
          ".a | unknown: f",
        ],
        ["where nobody calls", `const f = () => GET;`, "unknown: get()"],
        [
          "where it only calls itself",
          `async function f(): Promise<unknown> { if (on) await f(); return GET; }`,
          "unknown: get()",
        ],
        [
          "where it calls itself, too",
          `async function f(): Promise<any> { if (on) await f(); return GET; } (await f()).a;`,
          "ignored: await f(); | .a",
        ],
        ["where others can call", `export const f = () => GET;`, "unknown: get()"],
        ["of a generator", `function* f() { return GET; } f();`, "unknown: get()"],
      ),
      usesOfTarget,
    );
  });

  it("without a name", () => {
    expectRows(
      rows(
        ["called at once", `(await (() => GET)()).a;`, ".a"],
        ["for each", `[1].forEach(() => GET);`, "ignored: () => get()"],
        ["for each, collected", `check([1].map(() => GET));`, "unknown: [1].map(() => get())"],
        [
          "for each, awaited together",
          `await Promise.all([1].map(() => GET));`,
          "ignored: await Promise.all([1].map(() => get()));",
        ],
        [
          "for each, settled together",
          `await Promise.allSettled([1].map(() => GET));`,
          "ignored: await Promise.allSettled([1].map(() => get()));",
        ],
        [
          "for each, the first of them",
          `await Promise.race([1].map(() => GET));`,
          "ignored: await Promise.race([1].map(() => get()));",
        ],
        [
          "for each, by a promise of another kind",
          `const Promise = { all: async (x: unknown) => x }; await Promise.all([1].map(() => GET));`,
          "unknown: [1].map(() => get())",
        ],
        [
          "for each, together, and read",
          `const all = await Promise.all([1].map(() => GET)); check(all);`,
          "unknown: [1].map(() => get())",
        ],
        [
          "in a chain",
          `(await check2().then(() => GET)).a; declare function check2(): Promise<void>;`,
          ".a",
        ],
        ["to a function that may read it", `check(() => GET);`, "unknown: () => get()"],
        ["to another method", `[1].filter(() => GET);`, "unknown: () => get()"],
        ["to a promise that is made by hand", `new Promise(() => GET);`, "unknown: () => get()"],
        ["as a default export", `export default () => GET;`, "unknown: () => get()"],
        [
          "to the plugin's helper",
          `import { withBackoff } from "eslint-plugin-connect-resilience/backoff"; (await withBackoff(() => GET)).a;`,
          ".a",
        ],
        [
          "to another function of the helper",
          `import { pollUntil } from "eslint-plugin-connect-resilience/backoff"; (await pollUntil(() => GET, check)).a;`,
          "unknown: () => get()",
        ],
      ),
      usesOfTarget,
    );
  });

  it("to callers in other files, a module that is loaded when needed among them", () => {
    const uses = withModel(
      {
        "file.ts": `${GET} export const f = () => /*target*/ get();`,
        "other.ts": `import { f } from "./file.js"; (await f()).a;`,
        "lazy.ts": `const { f } = await import("./file.js"); (await f()).b;`,
      },
      (_unit, [target]) => target && usesOfTarget(target),
    );
    expect(uses).toBe(".a | .b");
  });
});

it("what a pattern receives", () => {
  expectRows(
    [
      ["a name", `export const f = (/*target*/ x: any) => { x.a; };`, ".a"],
      ["a name with a default", `export const f = (/*target*/ x: any = {}) => { x.a; };`, ".a"],
      ["parts", `export const f = (/*target*/ { a }: any) => a;`, "{a}"],
      ["elements", `export const f = (/*target*/ [a]: any) => a;`, "unknown: [a]: any"],
    ],
    (target) => described(usesOfBinding(target)),
  );
});
