/** Makers of values that are not what their declaration says: written to later, overridden, or left to whoever calls. */
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { unitOf } from "../../../src/model/program/unit.ts";
import { originsOf } from "../../../src/model/program/values.ts";
import { withModel } from "../../support/model.ts";
import { expectRows } from "../../support/rows.ts";

/** The texts of the makers of a value, and "…" where there can be others. */
function makersOf(target: TSESTree.Node): string {
  const { nodes, complete } = originsOf(target);
  const texts = nodes.map((node) => unitOf(node).text.slice(...node.range));
  return [...texts, ...(complete ? [] : ["…"])].join(" | ");
}

const O = `const o = { a: 1, b: 5 };`;
const A = `class A { a = 1; f() { return /*target*/ this.a; } }`;

describe("members of objects", () => {
  it("that are written to", () => {
    expectRows(
      [
        ["assigned", `${O} o.a = 2; /*target*/ o.a;`, "1 | 2"],
        ["assigned in brackets", `${O} o["a"] = 2; /*target*/ o.a;`, "1 | 2"],
        [
          "assigned in a handler",
          `${O} process.on("x", () => { o.a = 2; }); /*target*/ o.a;`,
          "1 | 2",
        ],
        ["assigned behind type syntax", `${O} (o.a as unknown) = 2; /*target*/ o.a;`, "1 | 2"],
        ["assigned by another name", `${O} const p = o; p.a = 2; /*target*/ o.a;`, "1 | 2"],
        ["another of its members", `${O} o.b = 2; /*target*/ o.a;`, "1"],
        ["a member of another object", `${O} const p = { a: 3 }; p.a = 2; /*target*/ o.a;`, "1"],
        ["only read", `${O} const p = { a: o.a }; p.a = o.a; /*target*/ o.a;`, "1"],
        ["counted", `${O} o.a++; /*target*/ o.a;`, "1 | o.a++"],
        ["added to", `${O} o.a += 2; /*target*/ o.a;`, "1 | o.a += 2"],
        ["set where it is missing", `${O} o.a ??= 2; /*target*/ o.a;`, "1 | 2"],
        ["filled by a list", `${O} [o.a] = [2]; /*target*/ o.a;`, "1 | …"],
        [
          "filled by the rest of a list",
          `const o = { a: [1] }; [...o.a] = [2]; /*target*/ o.a;`,
          "[1] | …",
        ],
        ["filled by a part", `${O} ({ b: o.a } = o); /*target*/ o.a;`, "1 | …"],
        ["filled by a part with a default", `${O} ({ b: o.a = 3 } = o); /*target*/ o.a;`, "1 | …"],
        ["the item of a loop", `${O} for (o.a of [1, 2]); /*target*/ o.a;`, "1 | …"],
        [
          "the key of a loop",
          `const o = { a: "" }; for (o.a in { b: 1 }); /*target*/ o.a;`,
          `"" | …`,
        ],
        ["under a key that nobody knows", `${O} o["a" as "a" | "b"] = 2; /*target*/ o.a;`, "1 | …"],
        ["taken out later", `${O} o.a = 2; const { a } = o; /*target*/ a;`, "1 | 2"],
        [
          "of an annotated object",
          `const o: { a: number } = { a: 1 }; o.a = 2; /*target*/ o.a;`,
          "1 | 2",
        ],
        ["a method", `const o = { a: () => 1 }; o.a = () => 2; /*target*/ o.a();`, "1 | 2"],
      ],
      makersOf,
    );
  });

  it("that are copied into", () => {
    expectRows(
      [
        ["by Object.assign", `${O} Object.assign(o, { a: 2 }); /*target*/ o.a;`, "1 | 2"],
        ["with other members", `${O} Object.assign(o, { b: 2 }); /*target*/ o.a;`, "1"],
        [
          "from what cannot have it",
          `${O} declare const more: { b: number }; Object.assign(o, more); /*target*/ o.a;`,
          "1",
        ],
        ["into another", `${O} Object.assign({}, o, { a: 2 }); /*target*/ o.a;`, "1"],
        ["by no copying method", `${O} Object.is(o, { a: 2 }); /*target*/ o.a;`, "1"],
        [
          "from what may have it",
          `${O} declare const more: { a?: number }; Object.assign(o, more); /*target*/ o.a;`,
          "1 | …",
        ],
        [
          "from a list of objects",
          `${O} Object.assign(o, ...[{ a: 2 }]); /*target*/ o.a;`,
          "1 | …",
        ],
        ["from it", `${O} Object.assign({ a: 2 }, o); /*target*/ o.a;`, "1"],
        [
          "by a method of that name elsewhere",
          `${O} declare const it: { assign(...all: unknown[]): void }; it.assign(o, { a: 2 }); /*target*/ o.a;`,
          "1",
        ],
      ],
      makersOf,
    );
  });

  it("whose object is replaced", () => {
    expectRows(
      [
        ["in a variable", `let o = { a: 1 }; o = { a: 2 }; /*target*/ o.a;`, "1 | 2"],
        [
          "by one that nobody sees",
          `declare function load(): { a: number }; let o = { a: 1 }; o = load(); /*target*/ o.a;`,
          "1 | …",
        ],
        ["in a loop", `let o = { a: 1 }; for (o of [{ a: 2 }]); /*target*/ o.a;`, "1 | …"],
        [
          "in a field",
          `class C { o = { a: 1 }; set(o: { a: number }) { this.o = o; } f() { return /*target*/ this.o.a; } } new C().set({ a: 2 });`,
          "1 | 2",
        ],
        [
          "in another object",
          `const all = { o: { a: 1 } }; all.o = { a: 2 }; /*target*/ all.o.a;`,
          "1 | 2",
        ],
        [
          "by what a caller passes",
          `function f(o = { a: 1 }) { return /*target*/ o.a; } f({ a: 2 }); f();`,
          "1 | 2",
        ],
      ],
      makersOf,
    );
  });

  it("that a spread may replace", () => {
    expectRows(
      [
        [
          "by options",
          `const D = { a: 1 }; export function f(options: { a?: number } = {}) { const o = { ...D, ...options }; return /*target*/ o.a; }`,
          "1 | …",
        ],
        ["by a known object", `const D = { a: 1 }; const o = { ...D, a: 2 }; /*target*/ o.a;`, "2"],
        [
          "by either",
          `const D = { a: 1 }; declare const on: boolean; const o = { ...D, ...(on ? { a: 2 } : {}) }; /*target*/ o.a;`,
          "1 | 2",
        ],
        [
          "by an object without it",
          `const D = { a: 1 }; const o = { ...D, b: 2 }; /*target*/ o.a;`,
          "1",
        ],
      ],
      makersOf,
    );
  });
});

describe("members of classes", () => {
  it("that are written to", () => {
    expectRows(
      [
        ["on an instance", `${A} const it = new A(); it.a = 2; it.f();`, "1 | 2"],
        ["on another class's instance", `${A} class B { a = 3; } new B().a = 2; new A().f();`, "1"],
        [
          "counted",
          `class A { a = 1; f() { this.a++; return /*target*/ this.a; } } new A().f();`,
          "1 | this.a++",
        ],
        [
          "added to",
          `class A { a = 1; f() { this.a += 2; return /*target*/ this.a; } } new A().f();`,
          "1 | this.a += 2",
        ],
        [
          "filled by a list",
          `class A { a = 1; f() { [this.a] = [2]; return /*target*/ this.a; } } new A().f();`,
          "1 | …",
        ],
        ["static, by its name", `class A { static a = 1; } A.a = 2; /*target*/ A.a;`, "1 | 2"],
        [
          "a parameter property",
          `class A { constructor(public a = 1) {} f() { return /*target*/ this.a; } } new A().a = 2;`,
          "1 | 2",
        ],
      ],
      makersOf,
    );
  });

  it("that subclasses override", () => {
    const B = `class B extends A {`;
    expectRows(
      [
        ["with a field", `${A} ${B} override a = 2; } new B().f();`, "1 | 2"],
        [
          "two levels down",
          `${A} ${B} } class C extends B { override a = 3; } new C().f();`,
          "1 | 3",
        ],
        [
          "in a class expression",
          `${A} export const B = class extends A { override a = 2; };`,
          "1 | 2",
        ],
        ["in a class of another name", `${A} class B { a = 2; } new B(); new A().f();`, "1"],
        [
          "of a class in a variable",
          `const A = class { a = 1; f() { return /*target*/ this.a; } }; ${B} override a = 2; } new B().f();`,
          "1 | 2",
        ],
        [
          "of another class in the file",
          `${A} class C { a = 9; } class B extends C { override a = 3; } class D extends A {} new B(); new D().f();`,
          "1",
        ],
        [
          "where it is private",
          `class A { #a = 1; f() { return /*target*/ this.#a; } } class B extends A { #a = 2; g() { return this.#a; } } new B().g();`,
          "1",
        ],
        [
          "in a sibling of the class that asks",
          `class A { a = 1; } class B extends A { f() { return /*target*/ this.a; } } class C extends A { override a = 2; } new B().f(); new C();`,
          "1 | 2",
        ],
        [
          "asked for the base's own",
          `class A { a() { return 1; } } class B extends A { override a() { const base = /*target*/ super.a; return base(); } } new B().a();`,
          "() { return 1; }",
        ],
        [
          "a base that nobody can see",
          `declare const Base: new () => object; class A extends Base { f(this: { a: number }) { return /*target*/ this.a; } } new A();`,
          "…",
        ],
      ],
      makersOf,
    );
  });

  it("that a subclass in another file overrides", () => {
    const makers = withModel(
      {
        "file.ts": `export ${A}`,
        "other.ts": `import * as file from "./file.js"; export class B extends file.A { override a = 2; }`,
        "third.ts": `import type { A } from "./file.js"; export class A2 { a = 3; } export interface Not extends A {}`,
      },
      (_unit, [target]) => target && makersOf(target),
    );
    expect(makers).toBe("1 | 2");
  });
});

it("variables that are declared again", () => {
  expectRows(
    [
      ["with another value", `var a = 1; var a = 2; /*target*/ a;`, "1 | 2"],
      ["as a part of an object", `var a = 1; var { a } = { a: 2 }; /*target*/ a;`, "1 | 2"],
      ["without a value", `var a = 1; var a: number; /*target*/ a;`, "1"],
      [
        "in place of a parameter",
        `function f(a: number) { var a = 2; return /*target*/ a; } f(1);`,
        "1 | 2",
      ],
      [
        "as a function with several signatures",
        `function f(a: string): number; function f(a: number): number; function f(a: unknown) { return 1; } /*target*/ f("x");`,
        "1",
      ],
      ["as a type", `interface f { a: 1 } function f() { return 1; } /*target*/ f();`, "1"],
    ],
    makersOf,
  );
});

it("defaults of functions that nobody is seen to call", () => {
  expectRows(
    [
      ["handed to a function", `[1].map((a = 3) => /*target*/ a);`, "3 | …"],
      ["an element of a list", `export const all = [(a = 3) => /*target*/ a];`, "3 | …"],
      ["returned", `const make = () => (a = 3) => /*target*/ a; make()(5);`, "3 | …"],
      ["the default export", `export default (a = 3) => /*target*/ a;`, "3 | …"],
      [
        "a constructor of the default export",
        `export default class { constructor(a = 3) { /*target*/ a; } }`,
        "3 | …",
      ],
      ["called where it stands", `((a: number) => /*target*/ a)(4);`, "4"],
      [
        "that calls itself",
        `(function again(a: number): void { /*target*/ a; again(5); })(4);`,
        "4 | 5",
      ],
      [
        "in a variable, that calls itself",
        `const f = function again(a: number): void { /*target*/ a; again(5); }; f(4);`,
        "4 | 5",
      ],
    ],
    makersOf,
  );
});
