/** The callers of functions that stand in object literals, which are often named through an interface. */
import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/ast/nodes.ts";
import { usesOf } from "../../../src/model/program/callers.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";

const API = `export interface Api { find(id: string): Promise<string>; }`;
const IMPORT = `import type { Api } from "./api.js";`;
const FIND = `/*target*/ async (id: string) => id`;

interface Found {
  readonly sites: readonly string[];
  readonly complete: boolean;
}

/** The text of the places that name the target, and whether there can be others. */
function foundIn(files: Readonly<Record<string, string>>): Found {
  return withModel({ ...files, "api.ts": API }, (_unit, [target]) => {
    if (target === undefined || !isFunction(target)) throw new Error("The target is no function.");
    const { sites, complete } = usesOf(target);
    return {
      sites: sites.map((site) => unitOf(site).text.slice(...site.range)),
      complete,
    };
  });
}

describe("a function in an object literal", () => {
  it.each([
    ["returned as it is", `const make = () => ({ find: ${FIND} });\nawait make().find("a");`],
    [
      "returned as an interface",
      `function make(): Api { return { find: ${FIND} }; }\nawait make().find("a");`,
    ],
    [
      "returned as a promise of it",
      `async function make(): Promise<Api> { return { find: ${FIND} }; }\nawait (await make()).find("a");`,
    ],
    [
      "returned by a method",
      `class Sdk { make(): Api { return { find: ${FIND} }; } }\nawait new Sdk().make().find("a");`,
    ],
    [
      "returned by a name",
      `function make(): Api { const api = { find: ${FIND} }; return api; }\nawait make().find("a");`,
    ],
    [
      "held by a variable of that type",
      `const api: Api = { find: ${FIND} };\nawait api.find("a");`,
    ],
    ["asserted", `const api = { find: ${FIND} } as Api;\nawait api.find("a");`],
    [
      "passed",
      `async function run(api: Api) { await api.find("a"); }\nawait run({ find: ${FIND} });`,
    ],
    [
      "kept by an instance",
      `class Run { constructor(private readonly api: Api) {} go() { return this.api.find("a"); } }\nawait new Run({ find: ${FIND} }).go();`,
    ],
    [
      "that may be absent",
      `function make(): Partial<Api> | undefined { return { find: ${FIND} }; }\nawait make()?.find?.("a");`,
    ],
    [
      "among others",
      `function make(): { users: Api } { return { users: { find: ${FIND} } }; }\nawait make().users.find("a");`,
    ],
  ])("%s", (_name, code) => {
    const { sites, complete } = foundIn({ "file.ts": `${IMPORT}\n${code}` });
    expect(sites).toHaveLength(1);
    expect(sites[0]).toMatch(/find$/);
    expect(complete).toBe(true);
  });

  it("called in another file than its own and that of the interface", () => {
    expect(
      foundIn({
        "file.ts": `${IMPORT}\nexport const make = (): Api => ({ find: ${FIND} });`,
        "other.ts": `import { make } from "./file.js";\nawait make().find("a");`,
      }),
    ).toEqual({ sites: ["make().find"], complete: true });
  });

  it.each([
    ["by its name", `const find = ${FIND}; return { find };`, "find"],
    ["under another name", `const search = ${FIND}; return { find: search };`, "search"],
  ])("put there %s", (_name, body, own) => {
    const { sites } = foundIn({
      "file.ts": `${IMPORT}\nfunction make(): Api { ${body} }\nconst api = make();\nawait api.find("a");`,
    });
    expect(new Set(sites)).toEqual(new Set([own, "api.find"]));
  });
});

describe("of several implementations of an interface", () => {
  const TWO = `${IMPORT}
const real = (): Api => ({ find: ${FIND} });
const mock = (): Api => ({ find: async () => "mock" });`;

  it.each([
    ["nobody calls the one when the other is called", `await mock().find("a");`, [], false],
    [
      "each has its own callers",
      `await mock().find("a");\nawait real().find("b");`,
      ["real().find"],
      true,
    ],
    [
      "both may be meant",
      `await (Math.random() ? mock() : real()).find("a");`,
      ["(Math.random() ? mock() : real()).find"],
      true,
    ],
    [
      "it may be an unknown one",
      `export const run = (api: Api) => api.find("a");\nawait real().find("b");`,
      ["real().find"],
      false,
    ],
    [
      "one calls the other",
      `const loud = (api: Api): Api => ({ find: (id) => api.find(id) });\nawait loud(real()).find("a");`,
      ["api.find"],
      true,
    ],
    [
      "a class is one",
      `class Stub implements Api { async find() { return ""; } }\nawait new Stub().find();\nawait real().find("b");`,
      ["real().find"],
      true,
    ],
  ])("%s", (_name, code, sites, complete) => {
    expect(foundIn({ "file.ts": `${TWO}\n${code}` })).toEqual({ sites, complete });
  });
});

it("that a file replaces is not what it calls there", () => {
  const make = `${IMPORT}\nexport const make = (): Api => ({ find: ${FIND} });`;
  const test = `import { make } from "./file.js";\nconst api = make();\napi.find = async () => "";\nawait api.find("a");`;
  const other = `import { make } from "./file.js";\nawait make().find("b");`;
  expect(foundIn({ "file.ts": make, "test.ts": test, "other.ts": other })).toEqual({
    sites: ["make().find"],
    complete: false,
  });
});

it("is not looked for at what a package declares", () => {
  expect(
    foundIn({
      "file.ts": `const order: Intl.Collator = { compare: /*target*/ () => 0, resolvedOptions: () => { throw new Error(); } };
["b", "a"].sort((a, b) => order.compare(a, b));`,
    }).sites,
  ).toEqual([]);
});
