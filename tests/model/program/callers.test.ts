/** The uses of functions, classes and methods: in their file, and in others that can reach them. */
import { describe, expect, it } from "vitest";
import { isClass, isFunction } from "../../../src/ast/nodes.ts";
import { argumentsFor } from "../../../src/model/program/arguments.ts";
import { callOf, usesOf } from "../../../src/model/program/callers.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

/** The uses of the target as the statements or calls that they stand in, and "…" where there can be others. */
function usesIn(files: Readonly<Record<string, string>>, options?: ModelOptions): string {
  return withModel(
    files,
    (_unit, [target]) => {
      if (target === undefined || !(isFunction(target) || isClass(target)))
        throw new Error("The target is neither a function nor a class.");
      const { sites, complete } = usesOf(target);
      const texts = sites.map((site) => {
        const node = callOf(site) ?? site;
        return unitOf(node).text.slice(...node.range);
      });
      return [...texts, ...(complete ? [] : ["…"])].join(" ");
    },
    options,
  );
}

const FIND = `/*target*/ function find(id: string) { return id; }`;
const UTF = `find("a");`;

describe("in its own file", () => {
  it.each([
    ["by its name", `${FIND} ${UTF}`, `find("a")`],
    ["as a value", `${FIND} ["a"].map(find);`, `find`],
    [
      "in brackets, asserted",
      `${FIND} (find as (id: string) => string)("a"); (find!)("b");`,
      `(find as (id: string) => string)("a") (find!)("b")`,
    ],
    [
      "not by a type",
      `${FIND} type Find = typeof find; export const used = (find: Find) => find;`,
      ``,
    ],
    [
      "not by another function of that name",
      `${FIND} export const other = (find: () => void) => find();`,
      ``,
    ],
    [
      "not by a member of that name",
      `${FIND} export const other = (x: { find(): void }) => x.find();`,
      ``,
    ],
    [
      "by an arrow function's variable",
      `const find = /*target*/ (id: string) => id; ${UTF}`,
      `find("a")`,
    ],
    [
      "not where the variable is written",
      `let find = /*target*/ (id: string) => id; find = (id) => id + id; ${UTF}`,
      `find("a")`,
    ],
    [
      "by its own name, inside",
      `export const other = /*target*/ function find(id: string): string { return find(id); };`,
      `find(id) …`,
    ],
    ["not where it has none", `["a"].map(/*target*/ (id) => id);`, ``],
    [
      "as a class",
      `/*target*/ class Finder {} new Finder(); export type F = Finder; export const g = Finder;`,
      `new Finder() Finder`,
    ],
    [
      "as a class with a name inside",
      `export const g = /*target*/ class Finder { copy() { return new Finder(); } };`,
      `new Finder() …`,
    ],
    [
      "of a function that a variable is given later",
      `let find: (id: string) => string; find = /*target*/ (id) => id; ${UTF}`,
      `find("a")`,
    ],
    [
      "of a class that a variable is given",
      `const Finder = /*target*/ class {}; new Finder(); export const f: Finder[] = []; type Finder = object;`,
      `new Finder()`,
    ],
    [
      "as what an object is given by its name",
      `${FIND} const api = { find }; api.find("a");`,
      `find api.find("a")`,
    ],
  ])("%s", (_, code, expected) => {
    expect(usesIn({ "file.ts": `${code}\nexport {};` })).toBe(expected);
  });
});

describe("in other files", () => {
  const found = (other: string, code = `export { find }; ${FIND}`): string =>
    usesIn({ "file.ts": code, "other.ts": other });

  it.each([
    ["by an import", `import { find } from "./file.js"; ${UTF}`, `find("a")`],
    [
      "by an import under another name",
      `import { find as search } from "./file.js"; search("a");`,
      `search("a")`,
    ],
    ["by a namespace", `import * as file from "./file.js"; file.find("a");`, `file.find("a")`],
    [
      "by a computed member of a namespace",
      `import * as file from "./file.js"; file["find"]("a");`,
      `…`,
    ],
    ["not as a type", `import { find } from "./file.js"; export type Find = typeof find;`, `…`],
    ["not another one of that name", `const find = (id: string) => id; ${UTF} export {};`, `…`],
    [
      "not a variable of that name in a function",
      `import { find } from "./file.js"; ${UTF} export const f = (find: () => void) => find();`,
      `find("a")`,
    ],
    [
      "not another import under another name",
      `import { find } from "./file.js"; import { join as search } from "node:path"; ${UTF} search("a");`,
      `find("a")`,
    ],
    [
      "exported again by its name",
      `export { find } from "./file.js"; import { find } from "./file.js"; ${UTF}`,
      `find("a")`,
    ],
    [
      "exported again under another name",
      `export { find as search } from "./file.js"; import { find } from "./file.js"; ${UTF}`,
      `find("a") …`,
    ],
    [
      "exported again as default",
      `export { find as default } from "./file.js"; import { find } from "./file.js"; ${UTF}`,
      `find("a")`,
    ],
    [
      "exported again under a name in quotes",
      `export { find as "a b" } from "./file.js"; import { find } from "./file.js"; ${UTF}`,
      `find("a") …`,
    ],
    [
      "as a member of an object",
      `import { find } from "./file.js"; const api = { search: find }; api.search("a");`,
      `find api.search("a")`,
    ],
    [
      "as a member of an object by its name",
      `import { find } from "./file.js"; const api = { find }; api.find("a");`,
      `find api.find("a")`,
    ],
    [
      "taken out of an object by its name",
      `import { find } from "./file.js"; const { find: search } = { find }; search("a");`,
      `find search("a")`,
    ],
    [
      "as a computed key of an object only",
      `import { find } from "./file.js"; export const api = { [find("a")]: 1 };`,
      `find("a")`,
    ],
  ])("%s", (_, other, expected) => {
    expect(found(other)).toBe(expected);
  });

  it.each([
    [
      "a default export",
      `export default ${FIND}`,
      `import search from "./file.js"; search("a");`,
      `search("a")`,
    ],
    [
      "a default export of a name",
      `${FIND} export default find;`,
      `import search from "./file.js"; search("a");`,
      `search("a")`,
    ],
    [
      "a default export in a list",
      `${FIND} export { find as default };`,
      `import search from "./file.js"; search("a");`,
      `search("a")`,
    ],
    [
      "an export under another name",
      `${FIND} export { find as search };`,
      `import { search } from "./file.js"; search("a");`,
      `…`,
    ],
    [
      "a variable that is given the function later",
      `export let find: (id: string) => string; find = /*target*/ (id) => id; find("b");`,
      `import { find } from "./file.js"; ${UTF}`,
      `find("b") find("a")`,
    ],
    [
      "a variable",
      `export const find = /*target*/ (id: string) => id;`,
      `import { find } from "./file.js"; ${UTF}`,
      `find("a")`,
    ],
    [
      "a class",
      `/*target*/ class Finder {} export { Finder };`,
      `import { Finder } from "./file.js"; new Finder(); export type F = Finder;`,
      `new Finder()`,
    ],
  ])("as %s", (_, code, other, expected) => {
    expect(found(other, code)).toBe(expected);
  });
});

describe("of methods", () => {
  const CLASS = `export class Finder { /*target*/ find = (id: string) => id; again() { return this.find("b"); } }`;
  it.each([
    [
      "on instances and this",
      `${CLASS} new Finder().find("a");`,
      `new Finder().find("a") this.find("b")`,
    ],
    [
      "not of other classes",
      `${CLASS} class Other { find() {} } new Other().find();`,
      `this.find("b")`,
    ],
    [
      "not a variable of that name",
      `${CLASS} declare const find: (id: string) => string; find("a");`,
      `this.find("b")`,
    ],
    ["by a computed name", `${CLASS} new Finder()["find"]("a");`, `this.find("b")`],
    [
      "of a private name",
      `class Finder { #find = /*target*/ (id: string) => id; again() { return this.#find("b"); } }`,
      `this.#find("b")`,
    ],
    [
      "of a class with a base class",
      `class Base {} class Finder extends Base { find = /*target*/ (id: string) => id; again() { return this.find("b"); } }`,
      `this.find("b") …`,
    ],
    [
      "of a class with an interface",
      `interface Api { find(id: string): string } class Finder implements Api { find = /*target*/ (id: string) => id; again() { return this.find("b"); } }`,
      `this.find("b") …`,
    ],
    [
      "taken out of an instance",
      `${CLASS} const { find } = new Finder(); find("a");`,
      `find("a") this.find("b")`,
    ],
    [
      "taken out under another name",
      `${CLASS} const { find: search = String } = new Finder(); search("a");`,
      `search("a") this.find("b")`,
    ],
    [
      "taken out of a parameter",
      `${CLASS} export const f = ({ find }: Finder) => find("a");`,
      `find("a") this.find("b")`,
    ],
    [
      "taken out into a member",
      `${CLASS} const all: { search?: unknown } = {}; ({ find: all.search } = new Finder());`,
      `this.find("b") …`,
    ],
    [
      "taken out for others",
      `${CLASS} export const { find: search } = new Finder(); search("a");`,
      `search("a") this.find("b") …`,
    ],
    [
      "not taken out of another class",
      `${CLASS} class Other { find = (id: string) => id; } const { find } = new Other(); find("a");`,
      `this.find("b")`,
    ],
    [
      "that nothing calls",
      `class Finder { find = /*target*/ (id: string) => id; } new Finder();`,
      `…`,
    ],
  ])("%s", (_, code, expected) => {
    const marked = code.replace("/*target*/ find = (", "find = /*target*/ (");
    const found = usesIn({ "file.ts": `${marked}\nexport {};` });
    expect(found.split(" ").toSorted()).toEqual(expected.split(" ").toSorted());
  });

  it("in other files", () => {
    expect(
      usesIn({
        "file.ts": `export class Finder { find = /*target*/ (id: string) => id; }`,
        "other.ts": `import { Finder } from "./file.js";\nnew Finder().find("a");`,
        "third.ts": `import type { Finder } from "./file.js";\nexport const f = (it: Finder) => it.find("b");`,
        "fourth.ts": `export const f = (it: { find(id: string): string }) => it.find("c");`,
        "fifth.ts": `import { Finder } from "./file.js";\nconst { find: search } = new Finder();\nsearch("d");`,
        "sixth.ts": `import type { Finder } from "./file.js";\nexport const f = ({ find }: Finder) => find("e");`,
        "seventh.ts": `export const f = ({ find }: { find(id: string): string }) => [find, "find"];`,
      }),
    ).toBe(`new Finder().find("a") it.find("b") search("d") find("e")`);
  });
});

describe("without types", () => {
  const untyped = (code: string, filename = "file.js"): string =>
    usesIn({ [filename]: code }, { types: false });

  it.each([
    [
      "all of what nobody else sees",
      `${FIND.replace(": string", "")} ${UTF}\nexport {};`,
      `find("a")`,
    ],
    [
      "those in the file of what others see",
      `export { find }; ${FIND.replace(": string", "")} ${UTF}`,
      `find("a") …`,
    ],
    [
      "a method on this alone",
      `class Finder { find = /*target*/ (id) => id; again(other) { this.find("a"); other.find("b"); } }\nexport {};`,
      `this.find("a") …`,
    ],
  ])("%s", (_, code, expected) => {
    expect(untyped(code)).toBe(expected);
  });

  it.each([
    ["by its name", `exports.find = find;`, `find("a") …`],
    ["as default", `module.exports = find;`, `find("a") …`],
    ["under another name", `exports.search = find;`, `find("a") …`],
  ])("those in the file of what CommonJS exports %s", (_, exported, expected) => {
    expect(untyped(`${exported} ${FIND.replace(": string", "")} ${UTF}`, "file.cjs")).toBe(
      expected,
    );
  });
});

describe("CommonJS with types", () => {
  const found = (exported: string, other: string): string =>
    usesIn({
      "main.cjs": `${exported} ${FIND.replace(": string", "")}`,
      "other.cjs": other,
    });

  it.each([
    [
      "by its name",
      `exports.find = find;`,
      `const { find } = require("./main.cjs"); find("a");`,
      `find("a")`,
    ],
    [
      "by its name in an object",
      `module.exports = { find };`,
      `const file = require("./main.cjs"); file.find("a");`,
      `file.find("a")`,
    ],
    [
      "and taken by its name",
      `exports.find = find;`,
      `const { find: search } = require("./main.cjs"); search("a");`,
      `search("a")`,
    ],
    [
      "as default",
      `module.exports = find;`,
      `const search = require("./main.cjs"); search("a");`,
      `search("a")`,
    ],
    [
      "under another name",
      `exports.search = find;`,
      `const { search } = require("./main.cjs"); search("a");`,
      `…`,
    ],
  ])("exported %s", (_, exported, other, expected) => {
    expect(found(exported, other)).toBe(expected);
  });
});

it("as what TypeScript exports in place of a module", () => {
  expect(
    usesIn({
      "main.cts": `${FIND} export = find;`,
      "other.cts": `import search = require("./main.cjs"); search("a");`,
    }),
  ).toBe(`search("a")`);
});

describe("what is passed for a parameter", () => {
  const passed = (calls: string, index = 1): string =>
    withModel(
      {
        "file.ts": `/*target*/ function find(id: string, ...rest: string[]) { return [id, rest]; }\n${calls}\nexport {};`,
      },
      (_unit, [target]) => {
        if (!target || !isFunction(target)) throw new Error("The target is no function.");
        const { values, complete } = argumentsFor(target, index);
        const texts = values.map((value) => unitOf(value).text.slice(...value.range));
        return [...texts, ...(complete ? [] : ["…"])].join(" ");
      },
    );

  it.each([
    ["all that are", `find("a", "b"); find("c", "d" as string);`, `"b" "d"`],
    ["none where it is left out", `find("a");`, ``],
    [
      "no others where something is spread in front",
      `declare const all: [string]; find("a", "b"); find(...all, "d");`,
      `"b" …`,
    ],
    ["no others where it is spread itself", `declare const all: [string]; find("a", ...all);`, `…`],
    [
      "all where something is spread behind",
      `declare const all: [string]; find("a", "b", ...all);`,
      `"b"`,
    ],
    [
      "no others where the function is handed on",
      `find("a", "b"); ["a"].map((id) => id).forEach(find as () => void);`,
      `"b" …`,
    ],
    [
      "to constructors too",
      `find("a", "b"); new (find as unknown as new (...all: string[]) => object)("c", "d");`,
      `"b" "d"`,
    ],
  ])("%s", (_, calls, expected) => {
    expect(passed(calls)).toBe(expected);
  });
});

it("gives up on names that half the program holds", () => {
  const others = (count: number): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `other${String(index)}.ts`,
        index === 0
          ? `import { find } from "./file.js"; ${UTF}`
          : `export const find = ${String(index)};`,
      ]),
    );
  const code = { "file.ts": `export { find }; ${FIND}` };
  expect(usesIn({ ...code, ...others(63) })).toBe(`find("a")`);
  expect(usesIn({ ...code, ...others(64) })).toBe(`find("a") …`);
});
