/** Where values come from: the makers of what an expression is. */
import { describe, expect, it } from "vitest";
import { originsOf, type TraceOptions } from "../../../src/model/program/values.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

/** The texts of the makers of the target, and "…" where there can be others. */
function originsIn(
  files: Readonly<Record<string, string>>,
  options?: TraceOptions,
  model?: ModelOptions,
): string {
  return withModel(
    files,
    (_unit, [target]) => {
      if (target === undefined) throw new Error("There is no target.");
      const { nodes, complete } = originsOf(target, options);
      const texts = nodes.map((node) => unitOf(node).text.slice(...node.range));
      return [...texts, ...(complete ? [] : ["…"])].join(" ");
    },
    model,
  );
}

const A_OR_B = `declare const flag: boolean; declare const given: { a?: number; b: number };`;

describe("inside a file, with types and without", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a literal", `/*target*/ 1;`, `1`],
    ["a variable", `const a = 1; /*target*/ a;`, `1`],
    ["a variable of a variable", `const a = 1; const b = a; /*target*/ b;`, `1`],
    ["behind type syntax and brackets", `const a = 1 as const; /*target*/ ((a as number)!);`, `1`],
    ["a variable that is written once more", `let a = 1; a = 2; /*target*/ a;`, `1 2`],
    ["a variable that is filled later", `let a; a = 2; /*target*/ a;`, `2`],
    [
      "one that is filled where it is missing",
      `let a: number | undefined; a ??= 2; /*target*/ a;`,
      `2`,
    ],
    ["one that counts", `let a = 0; a++; /*target*/ a;`, `0 a++`],
    ["one that is added to", `let a = 0; a += 2; /*target*/ a;`, `0 a += 2`],
    ["one that a pattern fills", `let a = 0; [a] = [2]; /*target*/ a;`, `0 …`],
    ["one that is the item of a loop", `let a = 0; for (a of [1]); /*target*/ a;`, `0 …`],
    ["a sum that is assigned", `let a = 0; const b = (a -= 2); /*target*/ b;`, `a -= 2`],
    ["one that starts as null", `let a: number | null = null; a = 2; /*target*/ a;`, `2`],
    ["one that is never filled", `let a: number | undefined; /*target*/ a;`, `…`],
    ["nothing at all", `/*target*/ undefined;`, ``],
    ["something that nothing declares", `// @ts-expect-error\n/*target*/ nowhere;`, `…`],
    ["either of two", `${A_OR_B} const a = flag ? 1 : 2; /*target*/ a;`, `1 2`],
    ["the first, else the second", `${A_OR_B} const a = (flag && null) || 2; /*target*/ a;`, `2`],
    ["what && lets through", `${A_OR_B} const a = 1 && 2; /*target*/ a;`, `2`],
    [
      "what ?? falls back on",
      `const a = ((): number | undefined => 1)() ?? 2; /*target*/ a;`,
      `1 2`,
    ],
    ["an assignment as a value", `let a; const b = (a = 3); /*target*/ b;`, `3`],
    [
      "an assignment that adds to what is there",
      `let a = 1; const b = (a ||= 3); /*target*/ b;`,
      `1 3`,
    ],
    ["the last of a sequence", `const a = (Date.now(), 2); /*target*/ a;`, `2`],
    ["what is awaited", `const a = await 1; /*target*/ a;`, `1`],
    ["a function", `function f() {} /*target*/ f;`, `function f() {}`],
    [
      "a function in a variable, written later",
      `let f = () => 1; f = () => 2; /*target*/ f;`,
      `() => 1 () => 2`,
    ],
    ["a class", `class A {} /*target*/ A;`, `class A {}`],
    ["an instance", `class A {} const a = new A(); /*target*/ a;`, `new A()`],
    ["what a function returns", `const f = () => 1; /*target*/ f();`, `1`],
    [
      "any of what it returns",
      `${A_OR_B} function f() { if (flag) return 1; return 2; } /*target*/ f();`,
      `1 2`,
    ],
    ["nothing that is returned", `function f() {} /*target*/ f();`, `…`],
    ["what a generator makes", `function* f() { yield 1; return 2; } /*target*/ f();`, `f()`],
    ["a call that cannot be entered", `/*target*/ Date.now();`, `Date.now()`],
    ["a function that is called at once", `/*target*/ (() => 1)();`, `1`],
    [
      "a function or something else",
      `declare const other: () => number; ${A_OR_B} const f = flag ? () => 1 : other; /*target*/ f();`,
      `1 …`,
    ],
    ["a member of an object", `const o = { a: 1, b: 2 }; /*target*/ o.a;`, `1`],
    ["a member by a text", `const o = { a: 1, b: 2 }; /*target*/ o["b"];`, `2`],
    [
      "a member by a variable",
      `const key = "b" as string; const o: Record<string, number> = { b: 2 }; /*target*/ o[key];`,
      `…`,
    ],
    ["a member by its short name", `const a = 1; const o = { a }; /*target*/ o.a;`, `1`],
    ["a member of a member", `const o = { p: { a: 1 } }; /*target*/ o.p.a;`, `1`],
    ["a part of an object", `const { a } = { a: 1 }; /*target*/ a;`, `1`],
    ["a part under another name", `const { a: b } = { a: 1 }; /*target*/ b;`, `1`],
    ["a part of a part", `const { p: { a } } = { p: { a: 1 } }; /*target*/ a;`, `1`],
    [
      "a part or its default",
      `${A_OR_B} const { a = 3 } = flag ? { a: 1 } : given; /*target*/ a;`,
      `1 3 …`,
    ],
    ["the rest of an object", `const { ...rest } = { a: 1 }; /*target*/ rest;`, `…`],
    ["an item of a list", `const [a] = [1]; /*target*/ a;`, `…`],
    ["a static member", `class A { static a = 1; } /*target*/ A.a;`, `1`],
    ["a field of an instance", `class A { a = 1; } const it = new A(); /*target*/ it.a;`, `1`],
    ["a field of this", `class A { a = 1; f() { return /*target*/ this.a; } } new A().f();`, `1`],
    ["a private field", `class A { #a = 1; f() { return /*target*/ this.#a; } } new A().f();`, `1`],
    [
      "a field that a method fills",
      `class A { a?: number; f() { this.a ??= 2; return /*target*/ this.a; } } new A().f();`,
      `2`,
    ],
    [
      "a getter",
      `class A { get a() { return 1; } f() { return /*target*/ this.a; } } new A().f();`,
      `1`,
    ],
    [
      "a field of a base class",
      `class A { a = 1; } class B extends A { f() { return /*target*/ this.a; } } new B().f();`,
      `1`,
    ],
    ["a parameter's default", `function f(a = 1) { return /*target*/ a; } f();`, `1`],
    ["an argument", `function f(a: number) { return /*target*/ a; } f(1); f(2);`, `1 2`],
    ["an argument or the default", `function f(a = 3) { return /*target*/ a; } f(1); f();`, `1 3`],
    [
      "a part of an argument",
      `function f({ a }: { a: number }) { return /*target*/ a; } f({ a: 1 });`,
      `1`,
    ],
    [
      "a part of an argument or its default",
      `function f({ a = 3 }: { a?: number }) { return /*target*/ a; } f({ a: 1 });`,
      `1 3`,
    ],
    [
      "a part of an argument that has none",
      `function f({ a = 3 }: { a?: number }) { return /*target*/ a; } f({});`,
      `3 …`,
    ],
    [
      "an argument of a constructor",
      `class A { constructor(a: number) { /*target*/ a; } } new A(1);`,
      `1`,
    ],
    ["the loop's own variable", `for (const a of [1, 2]) { /*target*/ a; }`, `…`],
    ["an error", `try { Date.now(); } catch (error) { /*target*/ error; }`, `…`],
  ];
  it.each(cases)("%s", (_, code, expected) => {
    expect(originsIn({ "file.ts": `${code}\nexport {};` }), "with types").toBe(expected);
  });

  it.each<readonly [string, string, string, TraceOptions]>([
    [
      "a field of a constructor's parameter",
      `class A { constructor(private readonly a: number) {} f() { return /*target*/ this.a; } } new A(1).f();`,
      `1`,
      {},
    ],
    [
      "this",
      `class A { f() { return /*target*/ this; } } new A(); new A();`,
      `new A() new A()`,
      {},
    ],
    [
      "this of a class that is handed on",
      `class A { f() { return /*target*/ this; } } new A(); Object.create(A);`,
      `new A() …`,
      {},
    ],
    [
      "this of an object",
      `const o = { f() { return /*target*/ this; } }; o.f();`,
      `{ f() { return /*target*/ this; } } …`,
      {},
    ],
    [
      "this of a function",
      `function f(this: object) { return /*target*/ this; } f.call({});`,
      `…`,
      {},
    ],
    [
      "what is passed where no callers are asked",
      `function f(a = 1) { return /*target*/ a; } f(2);`,
      `1 …`,
      { intoCallers: false },
    ],
    [
      "this where no callers are asked",
      `class A { f() { return /*target*/ this; } } new A();`,
      `…`,
      { intoCallers: false },
    ],
    [
      "a call that is a maker in itself",
      `const f = () => 1; /*target*/ f();`,
      `f()`,
      { isOpaque: () => true },
    ],
    [
      "what leads back to itself",
      `let a = 1; const f = (): number => a; a = f(); /*target*/ a;`,
      `1`,
      {},
    ],
    [
      "a long way",
      `const a0 = 1; ${Array.from({ length: 20 }, (_, n) => `const a${String(n + 1)} = a${String(n)};`).join(" ")} /*target*/ a20;`,
      `1`,
      {},
    ],
    [
      "too long a way",
      `const a0 = 1; ${Array.from({ length: 40 }, (_, n) => `const a${String(n + 1)} = a${String(n)};`).join(" ")} /*target*/ a40;`,
      `…`,
      {},
    ],
  ])("%s", (_, code, expected, options) => {
    expect(originsIn({ "file.ts": `${code}\nexport {};` }, options)).toBe(expected);
  });
});

describe("from other files", () => {
  it.each([
    ["an export", `export const a = 1;`, `import { a } from "./other.js"; /*target*/ a;`, `1`],
    [
      "an export under another name",
      `const b = 1; export { b as a };`,
      `import { a } from "./other.js"; /*target*/ a;`,
      `1`,
    ],
    ["a default export", `export default 1;`, `import a from "./other.js"; /*target*/ a;`, `1`],
    [
      "a default export of a function",
      `export default function () { return 1; }`,
      `import a from "./other.js"; /*target*/ a();`,
      `1`,
    ],
    [
      "a member of a namespace",
      `export const a = 1;`,
      `import * as all from "./other.js"; /*target*/ all.a;`,
      `1`,
    ],
    [
      "a part of a namespace",
      `export const a = 1;`,
      `import * as all from "./other.js"; const { a } = all; /*target*/ a;`,
      `1`,
    ],
    [
      "a member of an exported object",
      `export const o = { a: 1 };`,
      `import { o } from "./other.js"; /*target*/ o.a;`,
      `1`,
    ],
    [
      "a member of an exported object by its short name",
      `const a = 1; export const o = { a };`,
      `import { o } from "./other.js"; /*target*/ o.a;`,
      `1`,
    ],
    [
      "a field of an instance",
      `export class A { a = 1; }`,
      `import { A } from "./other.js"; const it = new A(); /*target*/ it.a;`,
      `1`,
    ],
    [
      "a parameter property",
      `export class A { constructor(readonly a: number) {} } new A(1);`,
      `import type { A } from "./other.js"; declare const it: A; /*target*/ it.a;`,
      `1`,
    ],
    [
      "a module that is imported when needed",
      `export const a = 1;`,
      `const { a } = await import("./other.js"); /*target*/ a;`,
      `1`,
    ],
    [
      "what an enum says",
      `export enum E { A = 1 }`,
      `import { E } from "./other.js"; /*target*/ E.A;`,
      `…`,
    ],
  ])("%s", (_, other, code, expected) => {
    expect(originsIn({ "file.ts": `${code}\nexport {};`, "other.ts": other })).toBe(expected);
  });

  it.each([
    [
      "what replaces the exports",
      `module.exports = { a: 1 };`,
      `const o = require("./other.cjs"); /*target*/ o.a;`,
      `1`,
    ],
    [
      "a part of what replaces them",
      `module.exports = { a: 1 };`,
      `const { a } = require("./other.cjs"); /*target*/ a;`,
      `1`,
    ],
    [
      "one of the exports",
      `exports.a = 1;`,
      `const { a } = require("./other.cjs"); /*target*/ a;`,
      `1`,
    ],
    [
      "a function that replaces them",
      `module.exports = () => 1; module.other = 2;`,
      `const f = require("./other.cjs"); /*target*/ f();`,
      `1`,
    ],
    ["a package", ``, `const fs = require("node:fs"); /*target*/ fs;`, `require("node:fs")`],
  ])("CommonJS: %s", (_, other, code, expected) => {
    expect(originsIn({ "main.cjs": code, "other.cjs": other })).toBe(expected);
  });
});
