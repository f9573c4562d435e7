import { describe, expect, it } from "vitest";
import type { Edit } from "../../src/fix/edit.ts";
import {
  addFilteredType,
  compareWithBoth,
  dropFilter,
  renameTypeKey,
  replaceIn,
} from "../../src/fix/event-pattern.ts";
import {
  readOwnName,
  renameProperty,
  testName,
  testNameOfClass,
} from "../../src/fix/error-test.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

const edited = (code: string, look: (sourceCode: SourceCode) => Edit): string => {
  const edit = inspect(code, {}, look);
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
};

const literal = (sourceCode: SourceCode, value: string) => {
  const found = nodesOf(sourceCode, "Literal").find((node) => node.value === value);
  if (found === undefined) throw new Error(`no ${value}`);
  return found;
};

const property = (sourceCode: SourceCode, name: string) => {
  const found = nodesOf(sourceCode, "Property").find(
    ({ key }) => sourceCode.getText(key).replaceAll('"', "") === name,
  );
  if (found?.parent.type !== "ObjectExpression") throw new Error(`no ${name}`);
  return { property: found, owner: found.parent };
};

describe("a further type in a filter", () => {
  const added = (code: string): string =>
    edited(code, (sourceCode) => addFilteredType(sourceCode, literal(sourceCode, "A"), "B"));
  it.each([
    [`f({ type: ["A"] });`, `f({ type: ["A", "B"] });`],
    [`f({ type: ["A",] });`, `f({ type: ["A", "B",] });`],
    [`f({ type: [\n  "A",\n] });`, `f({ type: [\n  "A",\n  "B",\n] });`],
    [`f({ type: ["A", "C"] });`, `f({ type: ["A", "C", "B"] });`],
    [`f({ type: ["A" as const] });`, `f({ type: ["A" as const, "B"] });`],
    [`f({ type: ['A'] });`, `f({ type: ['A', 'B'] });`],
    [`f({ type: Match.anyOf("A") });`, `f({ type: Match.anyOf("A", "B") });`],
    [`f({ type: Match.anyOf("A", "C") });`, `f({ type: Match.anyOf("A", "B", "C") });`],
    [`f({ type: Match.exactString("A") });`, `f({ type: Match.anyOf("A", "B") });`],
  ])("%s", (before, after) => {
    expect(added(before)).toBe(after);
  });
  it.each([
    [`f({ type: ["A", ,] });`, "the list has holes"],
    [`f({ type: "A" });`, "the filter is not a list"],
    [`f({ type: only("A") });`, "the filter is not a list"],
    [`f({ type: Match.prefix("A") });`, "the filter is not a list of names"],
    [`f({ type: Match[anyOf]("A") });`, "the filter is not a list of names"],
    [`f({ type: new Match("A") });`, "the filter is not a list"],
  ])("not in %s", (code, reason) => {
    expect(added(code)).toBe(reason);
  });
});

describe("a comparison with both types", () => {
  const compared = (code: string): string =>
    edited(code, (sourceCode) =>
      compareWithBoth(sourceCode, literal(sourceCode, "A"), ["A", "it's B"]),
    );
  it.each([
    [`if (type === "A") f();`, `if (["A", "it's B"].includes(type)) f();`],
    [`if (type == "A") f();`, `if (["A", "it's B"].includes(type)) f();`],
    [
      `if ("A" === event["detail-type"]) f();`,
      `if (["A", "it's B"].includes(event["detail-type"])) f();`,
    ],
    [`if (type !== 'A') f();`, `if (!['A', 'it\\'s B'].includes(type)) f();`],
    [`if (type != "A") f();`, `if (!["A", "it's B"].includes(type)) f();`],
    [`const isIt = type === "A" && f();`, `const isIt = ["A", "it's B"].includes(type) && f();`],
    [`f() || type === "A";`, `f() || ["A", "it's B"].includes(type);`],
    [`const isIt = () => type === "A";`, `const isIt = () => ["A", "it's B"].includes(type);`],
  ])("%s", (before, after) => {
    expect(compared(before)).toBe(after);
  });
  it.each([
    [`type === "A";`, "a statement begins with the comparison"],
    [`log()\ntype === "A";`, "a statement begins with the comparison"],
    [`log()\ntype === "A" && f()`, "a statement begins with the comparison"],
    [`log()\ntype === "A" ? f() : g()`, "a statement begins with the comparison"],
    [`if (type > "A") f();`, "there may be code for the other name"],
    [`if (type + "A") f();`, "there may be code for the other name"],
    [`switch (type) { case "A": f(); }`, "there may be code for the other name"],
    [`if (type /* of the event */ === "A") f();`, "a comment would be lost"],
  ])("not %j", (code, reason) => {
    expect(compared(code)).toBe(reason);
  });
});

describe("a key and a filter of a pattern", () => {
  const renamed = (code: string, name: string): string =>
    edited(code, (sourceCode) => {
      const [found] = nodesOf(sourceCode, "Property");
      if (found === undefined) throw new Error("no property");
      return renameTypeKey(sourceCode, found, name);
    });
  it.each([
    ["f({ type: [] });", "detailType", "f({ detailType: [] });"],
    ["f({ type: [] });", "detail-type", 'f({ "detail-type": [] });'],
    ["f({ 'detail_type': [] });", "detail-type", "f({ 'detail-type': [] });"],
    ["f({ [type]: [] });", "detailType", "the key is computed"],
    ["f({ type });", "detailType", "the key is computed"],
  ])("%s to %s", (before, name, after) => {
    expect(renamed(before, name)).toBe(after);
  });

  const dropped = (code: string): string =>
    edited(code, (sourceCode) => {
      const { owner, property: found } = property(sourceCode, "reason");
      return dropFilter(sourceCode, owner, found);
    });
  it.each([
    [
      `f({ source: ["aws.connect"], detail: { reason: ["A"], b: ["B"] } });`,
      `f({ source: ["aws.connect"], detail: { b: ["B"] } });`,
    ],
    [
      `f({ source: ["aws.connect"], detail: { reason: ["A"] } });`,
      `f({ source: ["aws.connect"] });`,
    ],
    [
      `f({ source: ["aws.connect"], "detail": { reason: ["A"] } as const });`,
      `f({ source: ["aws.connect"] });`,
    ],
    [`f({ source: [], other: { reason: ["A"] } });`, "the filter is not written in place"],
    [`f({ source: [], [detail]: { reason: ["A"] } });`, "the filter is not written in place"],
    [`const detail = { reason: ["A"] };`, "the filter is not written in place"],
    [`f({ detail: g({ reason: ["A"] }) });`, "the filter is not written in place"],
  ])("without the filter: %s", (before, after) => {
    expect(dropped(before)).toBe(after);
  });

  const replaced = (code: string): string =>
    edited(code, (sourceCode) => replaceIn(sourceCode, sourceCode.ast, "Fail", "Failed"));
  it.each([
    ['a("Task Fail");', 'a("Task Failed");'],
    ['a("Fail", "Fail");', "the text is not written in one piece"],
    ['a("None");', "the text is not written in one piece"],
  ])("with other words: %s", (before, after) => {
    expect(replaced(before)).toBe(after);
  });
});

describe("the name of an error", () => {
  const tested = (code: string): string =>
    edited(code, (sourceCode) => {
      const search = nodesOf(sourceCode, "CallExpression").find(({ callee }) =>
        sourceCode.getText(callee).includes("message"),
      );
      const message = nodesOf(sourceCode, "MemberExpression").find(({ property: key }) =>
        sourceCode.getText(key).includes("message"),
      );
      if (search === undefined || message === undefined) throw new Error("nothing is searched");
      return testName(sourceCode, search, message, "ThrottlingException");
    });
  it.each([
    [`if (error.message.includes("Rate")) f();`, `if (error.name === "ThrottlingException") f();`],
    [
      `if (!error.message.includes("Rate")) f();`,
      `if (!(error.name === "ThrottlingException")) f();`,
    ],
    [
      `if ((error as Error).message.includes("Rate")) f();`,
      `if ((error as Error).name === "ThrottlingException") f();`,
    ],
    [
      `if (error?.message.startsWith("Rate")) f();`,
      `if (error?.name === "ThrottlingException") f();`,
    ],
    [
      `if (!error.message?.includes("Rate")) f();`,
      `if (!(error.name === "ThrottlingException")) f();`,
    ],
    [
      `if (error.message.includes("Rate") as boolean) f();`,
      `if ((error.name === "ThrottlingException") as boolean) f();`,
    ],
    [
      `if (error.message.includes("Rate") === true) f();`,
      `if ((error.name === "ThrottlingException") === true) f();`,
    ],
    [
      `f(error.message.includes("Rate") && done ? 1 : 2);`,
      `f(error.name === "ThrottlingException" && done ? 1 : 2);`,
    ],
    [`if (error.message.indexOf("Rate") >= 0) f();`, "the search gives a place"],
    [`if (error.message.search(/Rate/) >= 0) f();`, "the search gives a place"],
  ])("in place of its message: %s", (before, after) => {
    expect(tested(before)).toBe(after);
  });

  it.each([
    ["f(error.code);", "f(error.name);"],
    ["f(error?.code);", "f(error?.name);"],
    ['f(error["code"]);', "the property is computed"],
  ])("in place of another property: %s", (before, after) => {
    expect(
      edited(before, (sourceCode) => {
        const [member] = nodesOf(sourceCode, "MemberExpression");
        if (member === undefined) throw new Error("no property");
        return renameProperty(sourceCode, member, "name");
      }),
    ).toBe(after);
  });

  it.each([
    ["f(error.constructor.name);", "f(error.name);"],
    ["f(error?.constructor.name);", "f(error?.name);"],
    ["f(error.constructor /* class */ .name);", "a comment would be lost"],
    ["f(error.constructor['name']);", "the class is taken in a way of its own"],
    ["f(error['constructor'].name);", "the class is taken in a way of its own"],
    ["f(classOf(error).name);", "the class is taken in a way of its own"],
  ])("in place of that of its class: %s", (before, after) => {
    expect(
      edited(before, (sourceCode) => {
        const [member] = nodesOf(sourceCode, "MemberExpression");
        if (member === undefined) throw new Error("no property");
        return readOwnName(sourceCode, member);
      }),
    ).toBe(after);
  });

  it.each([
    [true, `if ((error as Error).name === "A") f();`],
    [false, `if (error.name === "A") f();`],
  ])("in place of its class, typed: %s", (isTyped, after) => {
    expect(
      edited(`if (error instanceof A) f();`, (sourceCode) => {
        const [test] = nodesOf(sourceCode, "BinaryExpression");
        if (test === undefined) throw new Error("no test");
        return testNameOfClass(sourceCode, test, "A", isTyped);
      }),
    ).toBe(after);
  });
});
