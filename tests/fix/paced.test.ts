import { describe, expect, it } from "vitest";
import { isWaitedFor, joinOf, paceMap } from "../../src/fix/paced.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

const mapOf = (sourceCode: SourceCode) => {
  const map = nodesOf(sourceCode, "CallExpression").find(({ callee }) =>
    /\b(?:map|flatMap|from)["'\])]*$/.test(sourceCode.getText(callee)),
  );
  if (map === undefined) throw new Error("nothing is mapped");
  return map;
};

/** The text with its mapping paced, or why it is not. */
const paced = (code: string): string => {
  const edit = inspect(code, {}, (sourceCode) => {
    const joined = joinOf(sourceCode, mapOf(sourceCode));
    return joined === undefined
      ? "not joined"
      : paceMap(sourceCode, joined, "mapPaced", { ratePerSecond: 2, burst: 5 });
  });
  if (typeof edit === "string") return edit;
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
};

const LIMITS = "{ ratePerSecond: 2, burst: 5 }";

describe("a mapping is paced", () => {
  it.each([
    ["await Promise.all(ids.map(describe));", `await mapPaced(ids, describe, ${LIMITS});`],
    [
      "await Promise.all(ids.map((id, index) => describe(id, index)));",
      `await mapPaced(ids, (id, index) => describe(id, index), ${LIMITS});`,
    ],
    [
      "await Promise.all(\n  (await ids()).map(\n    (describe),\n  ),\n);",
      `await mapPaced(\n  (await ids()), (describe), ${LIMITS},\n);`,
    ],
    ['await Promise["all"](ids["map"](describe));', `await mapPaced(ids, describe, ${LIMITS});`],
    [
      "await Promise.all(ids.map(async function (id) { return describe(id); }));",
      `await mapPaced(ids, async function (id) { return describe(id); }, ${LIMITS});`,
    ],
    [
      "function f() { return Promise.all(ids.map((id) => describe(id, arguments[0]))); }",
      `function f() { return mapPaced(ids, (id) => describe(id, arguments[0]), ${LIMITS}); }`,
    ],
    [
      "const users = ids.map(describe);\nlog();\nawait Promise.all(users);",
      `const users = mapPaced(ids, describe, ${LIMITS});\nlog();\nawait users;`,
    ],
    [
      "const users = (ids ?? []).map(describe);\nexport default await Promise.all(users,);",
      `const users = mapPaced((ids ?? []), describe, ${LIMITS});\nexport default await users;`,
    ],
  ])("%j", (before, after) => {
    expect(paced(before)).toBe(after);
  });

  it.each([
    ["await Promise.all(ids.flatMap(describe));", "the items are not mapped by `map`"],
    ["await Promise.all(map(describe));", "the items are not mapped by `map`"],
    ["await Promise.all(ids.map());", "the items are not mapped by `map`"],
    ["await Promise.all((ids?.list).map(describe));", "the items may be missing"],
    ["await Promise.all((ids.map(describe)));", "the mapping stands in parentheses"],
    ["await Promise.all(ids.map(describe, this));", "`map` is given a `this` value"],
    ["await Promise.all(ids.map(...fns));", "`map` is given a `this` value"],
    ["await Promise.all(ids.map<User>(describe));", "type arguments are given"],
    ["await Promise.all<User>(ids.map(describe));", "type arguments are given"],
    [
      "await Promise.all(ids.map((id, index, all) => describe(id, all)));",
      "the callback asks for more than the item and its place",
    ],
    [
      "await Promise.all(ids.map(function () { return describe(arguments[2]); }));",
      "the callback asks for more than the item and its place",
    ],
    ["await Promise.all(ids /* all */ .map(describe));", "a comment would be lost"],
    ["await Promise.all(ids.map(/* each */ describe));", "a comment would be lost"],
  ])("not %s", (code, reason) => {
    expect(paced(code)).toBe(reason);
  });

  it.each([
    "await Promise.allSettled(ids.map(describe));",
    "await Promises.all(ids.map(describe));",
    "await Bluebird.Promise.all(ids.map(describe));",
    "await all(ids.map(describe));",
    "await Promise.all(ids.map(describe), 5);",
    "await Promise.all(5, ids.map(describe));",
    "await Promise?.all(ids.map(describe));",
    "await Promise.all(ids?.map(describe));",
    "await Promise.all(ids.map?.(describe));",
    "await Promise.all(page?.ids.map(describe));",
    "const users = ids?.map(describe);\nawait Promise.all(users);",
    "await Promise.all([ids.map(describe)]);",
    "new Promise.all(ids.map(describe));",
    'import Promise from "bluebird";\nawait Promise.all(ids.map(describe));',
    "function f(Promise) { return Promise.all(ids.map(describe)); }",
    // The array is there for something else as well.
    "const users = ids.map(describe);\nawait Promise.all(users);\nlog(users.length);",
    "const users = ids.map(describe);",
    "const users = ids.map(describe);\nawait Promise.all(others, users);",
    "const users = ids.map(describe);\nawait Promise.race(users);",
    "const users: Promise<User>[] = ids.map(describe);\nawait Promise.all(users);",
    "let users = ids.map(describe);\nawait Promise.all(users);",
    "const [user] = ids.map(describe);\nawait Promise.all(user);",
    "users = ids.map(describe);\nawait Promise.all(users);",
  ])("nothing joins what is mapped: %s", (code) => {
    expect(paced(code)).toBe("not joined");
  });
});

describe("the promise is waited for where it is made", () => {
  const answer = (code: string): boolean =>
    inspect(code, {}, (sourceCode) => isWaitedFor(mapOf(sourceCode)));
  it.each([
    ["await map();", true],
    ["function f() { return map(); }", true],
    ["const f = () => map();", true],
    ["await (map() as Promise<void>);", true],
    ["const p = map();", false],
    ["map();", false],
    ["await use(map());", false],
    ["const f = () => { map(); };", false],
  ])("%s: %s", (code, expected) => {
    expect(answer(code)).toBe(expected);
  });
});
