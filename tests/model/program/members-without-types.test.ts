/** Makers of what members hold, by scopes and spelling alone: JavaScript in a project without TypeScript. */
import { expect, it } from "vitest";
import { unitOf } from "../../../src/model/program/unit.ts";
import { originsOf } from "../../../src/model/program/values.ts";
import { withModel } from "../../support/model.ts";

it.each([
  ["of an object", `const o = { a: 1, b: 2 }; /*target*/ o.a;`, "1"],
  ["of an object in an object", `const o = { p: { a: 1 } }; /*target*/ o.p.a;`, "1"],
  ["that an object lacks", `const o = { b: 1 }; /*target*/ o.a;`, "…"],
  ["that a spread may replace", `const o = { a: 1, ...more }; /*target*/ o.a;`, "…"],
  ["behind a spread", `const o = { ...more, a: 1 }; /*target*/ o.a;`, "1"],
  ["written twice", `const o = { a: 1, a: 2 }; /*target*/ o.a;`, "2"],
  ["written later", `const o = { a: 1 }; o.a = 2; /*target*/ o.a;`, "1 | 2"],
  ["counted", `const o = { a: 1 }; o.a++; /*target*/ o.a;`, "1 | o.a++"],
  ["copied over", `const o = { a: 1 }; Object.assign(o, { a: 2 }); /*target*/ o.a;`, "1 | 2"],
  [
    "copied over by a spread",
    `const o = { a: 1 }; Object.assign(o, { ...more }); /*target*/ o.a;`,
    "1 | …",
  ],
  ["of an object that is replaced", `let o = { a: 1 }; o = { a: 2 }; /*target*/ o.a;`, "1 | 2"],
  ["of one or another", `const o = more ? { a: 1 } : { a: 2 }; /*target*/ o.a;`, "1 | 2"],
  ["of one or an unknown one", `const o = more ? { a: 1 } : more; /*target*/ o.a;`, "1 | …"],
  ["of what is null at first", `let o = null; /*target*/ o.a;`, "…"],
  ["by a name that is computed", `const o = { a: 1 }; /*target*/ o[more];`, "…"],
  ["by a getter", `const o = { get a() { return 1; } }; /*target*/ o.a;`, "1"],
  ["of what is taken apart", `const { p: { a } } = { p: { a: 1 } }; /*target*/ a;`, "1"],
  ["static", `class A { static a = 1; } /*target*/ A.a;`, "1"],
  ["of an instance", `class A { a = 1; } const it = new A(); /*target*/ it.a;`, "1"],
  ["of an instance of what nobody sees", `const it = new more.A(); /*target*/ it.a;`, "…"],
  ["of this", `class A { a = 1; f() { return /*target*/ this.a; } }`, "1"],
  [
    "of this that a method counts",
    `class A { a = 1; f() { this.a += 1; return /*target*/ this.a; } }`,
    "1 | this.a += 1",
  ],
  [
    "of this that a pattern fills",
    `class A { a = 1; f() { [this.a] = more; return /*target*/ this.a; } }`,
    "1 | …",
  ],
  ["of this in no class", `/*target*/ this.a;`, "…"],
  ["of this in an object", `const o = { a: 1, f() { return /*target*/ this.a; } };`, "1 | …"],
  [
    "of this in an object in a class",
    `class A { a = 5; o = { a: 1, f() { return /*target*/ this.a; } }; }`,
    "1 | …",
  ],
  ["of a module", `import * as all from "lib"; /*target*/ all.a;`, "all.a"],
  ["of a required module", `const all = require("lib"); /*target*/ all.a;`, "all.a"],
  [
    "of a module that is loaded when needed",
    `const all = await import("lib"); /*target*/ all.a;`,
    "all.a",
  ],
])("%s", (_, code, expected) => {
  const found = withModel(
    { "file.js": `${code}\nexport {};` },
    (_unit, [target]) => {
      if (target === undefined) throw new Error("There is no target.");
      const { nodes, complete } = originsOf(target);
      const texts = nodes.map((node) => unitOf(node).text.slice(...node.range));
      return [...texts, ...(complete ? [] : ["…"])].join(" | ");
    },
    { types: false },
  );
  expect(found).toBe(expected);
});
