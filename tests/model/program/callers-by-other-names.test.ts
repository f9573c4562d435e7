/** Callers that come to a function of a module by way of the module: loaded when needed, as a namespace, under its default name. */
import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/ast/nodes.ts";
import { callOf, usesOf } from "../../../src/model/program/callers.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";

/** The calls of the target in all files, and "…" where there can be others. */
function callsIn(files: Readonly<Record<string, string>>): string {
  return withModel(files, (_unit, [target]) => {
    if (target === undefined || !isFunction(target)) throw new Error("The target is no function.");
    const { sites, complete } = usesOf(target);
    const texts = sites.map((site) => {
      const node = callOf(site) ?? site;
      return unitOf(node).text.slice(...node.range);
    });
    return [...texts, ...(complete ? [] : ["…"])].join(" ");
  });
}

describe("beside an import that calls it", () => {
  const found = (other: string): string =>
    callsIn({
      "file.ts": `export /*target*/ function find(id: string) { return id; }`,
      "other.ts": `${other} export {};`,
      "third.ts": `import { find } from "./file.js"; find("b");`,
    });

  it.each([
    [
      "taken out of what is loaded when needed",
      `const { find } = await import("./file.js"); find("a");`,
      `find("a") find("b")`,
    ],
    [
      "taken out under another name",
      `const { find: search } = await import("./file.js"); search("a");`,
      `search("a") find("b")`,
    ],
    [
      "taken out with a default",
      `const { find = String } = await import("./file.js"); find("a");`,
      `find("a") find("b")`,
    ],
    [
      "as a member of what is loaded",
      `const file = await import("./file.js"); file.find("a");`,
      `file.find("a") find("b")`,
    ],
    [
      "handed to then",
      `void import("./file.js").then(({ find }) => find("a"));`,
      `find("a") find("b")`,
    ],
    [
      "taken out of a namespace",
      `import * as file from "./file.js"; const { find } = file; find("a");`,
      `find("a") find("b")`,
    ],
    [
      "not taken out of another object of that name",
      `const { find } = { find: (id: string) => id }; find("a");`,
      `find("b")`,
    ],
    [
      "by a namespace that is exported again",
      `export * as api from "./file.js"; import { api } from "./other.js"; api.find("a");`,
      `api.find("a") find("b")`,
    ],
  ])("%s", (_, other, expected) => {
    expect(found(other)).toBe(expected);
  });
});

describe("of a default export", () => {
  const found = (other: string): string =>
    callsIn({
      "file.ts": `export default /*target*/ function find(id: string) { return id; }`,
      "other.ts": other,
      "third.ts": `import search from "./file.js"; search("b");`,
    });

  it.each([
    [
      "exported again under a name of its own",
      `export { default as lookUp } from "./file.js";`,
      `search("b") …`,
    ],
    [
      "exported again by its name",
      `export { default as find } from "./file.js"; import { find } from "./other.js"; find("a");`,
      `find("a") search("b")`,
    ],
    ["exported again as default", `export { default } from "./file.js";`, `search("b")`],
    [
      "another default exported again",
      `import "./file.js"; export { default as join } from "node:path";`,
      `search("b")`,
    ],
    [
      "as a member of what is loaded when needed",
      `const file = await import("./file.js"); file.default("a"); export {};`,
      `file.default("a") search("b")`,
    ],
    [
      "taken out of what is loaded when needed",
      `const { default: lookUp } = await import("./file.js"); lookUp("a"); export {};`,
      `lookUp("a") search("b")`,
    ],
  ])("%s", (_, other, expected) => {
    expect(found(other)).toBe(expected);
  });
});
