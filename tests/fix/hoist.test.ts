import { describe, expect, it } from "vitest";
import { declareBefore, moveBefore } from "../../src/fix/hoist.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

const callOf = (sourceCode: SourceCode, name: string) => {
  const found = nodesOf(sourceCode, "CallExpression").find(
    ({ callee }) => callee.type === "Identifier" && callee.name === name,
  );
  if (found === undefined) throw new Error(`no ${name}()`);
  return found;
};

const loopOf = (sourceCode: SourceCode) =>
  nodesOf(sourceCode, "ForStatement")[0] ??
  nodesOf(sourceCode, "WhileStatement")[0] ??
  nodesOf(sourceCode, "ForOfStatement")[0];

const declare = (code: string) =>
  inspect(code, {}, (sourceCode) =>
    declareBefore(sourceCode, callOf(sourceCode, "use"), "make()", "token"),
  );

const move = (code: string) =>
  inspect(code, {}, (sourceCode) => {
    const anchor = loopOf(sourceCode) ?? callOf(sourceCode, "withBackoff");
    return moveBefore(sourceCode, callOf(sourceCode, "uuid"), anchor, "clientToken");
  });

describe("declaring in front of a statement", () => {
  it.each([
    ["statement", "use();", "const token = make();\nuse();"],
    [
      "indented",
      "function f() {\n  return use();\n}",
      "function f() {\n  const token = make();\n  return use();\n}",
    ],
    ["no semicolons", "a()\nuse()\n", "a()\nconst token = make()\nuse()\n"],
    [
      "no semicolons, a line that would continue",
      "a()\n;[use()]\n",
      "a()\n;const token = make(); [use()]\n",
    ],
    ["CRLF", "f();\r\n\tuse();\r\n", "f();\r\n\tconst token = make();\r\n\tuse();\r\n"],
    ["on a line with others", "a(); use();", "a(); const token = make(); use();"],
    ["exported", "export const a = use();", "const token = make();\nexport const a = use();"],
    ["comment above", "a();\n\n// why\nuse();", "a();\n\nconst token = make();\n// why\nuse();"],
    ["condition of an if", "if (use()) a();", "const token = make();\nif (use()) a();"],
    [
      "body of an if without braces",
      "if (a) return0(use());",
      "if (a) { const token = make(); return0(use()); }",
    ],
    [
      "else without braces",
      "if (a) b(); else use();",
      "if (a) b(); else { const token = make(); use(); }",
    ],
    [
      "body of a loop without braces",
      "for (;;) use();",
      "for (;;) { const token = make(); use(); }",
    ],
    [
      "what a for-of goes over",
      "for (const a of use()) b();",
      "const token = make();\nfor (const a of use()) b();",
    ],
    [
      "labelled loop's range",
      "l: for (const a of use()) b();",
      "const token = make();\nl: for (const a of use()) b();",
    ],
    [
      "case",
      "switch (a) { case 1: use(); }",
      "switch (a) { case 1: { const token = make(); use(); } }",
    ],
    [
      "static block",
      "class A { static { use(); } }",
      "class A { static { const token = make(); use(); } }",
    ],
    ["taken name", "const token = 1; use();", "const token = 1; const token2 = make(); use();"],
    [
      "name taken inside",
      "{ use((token) => token); }",
      "{ const token2 = make(); use((token) => token); }",
    ],
    [
      "name taken outside",
      "const token = 1; function f() { use(); }",
      "const token = 1; function f() { const token2 = make(); use(); }",
    ],
    ["global that is used", "use(token);", "const token2 = make();\nuse(token);"],
  ])("%s", (_, before, after) => {
    const { edit } = declare(before);
    expect(edit.applicability).toBe("fix");
    expect(apply(before, edit)).toBe(after);
  });

  it.each([
    ["expression body of an arrow", "const f = () => use();", "the function has no block body"],
    [
      "parameter default",
      "function f(a = use()) {}",
      "it is evaluated with the function's parameters",
    ],
    ["class field", "class A { a = use(); }", "it is evaluated with the fields of the class"],
    ["test of a loop", "while (use()) a();", "it is evaluated on every round of the loop"],
    ["update of a loop", "for (;; use()) a();", "it is evaluated on every round of the loop"],
  ])("refused: %s", (_, code, reason) => {
    expect(declare(code).edit).toEqual({ applicability: "none", edits: [], reason });
  });

  it("a line that a comment governs is left to a person", () => {
    const code = "// @ts-expect-error wrong\nuse();";
    expect(declare(code).edit.applicability).toBe("suggestion");
    expect(apply(code, declare(code).edit)).toBe(`const token = make();\n${code}`);
  });

  it("several declarations of one pass get different names where they see each other", () => {
    inspect("use(); function f() { other(); } function g() { third(); }", {}, (sourceCode) => {
      const names = (["use", "other", "third", "use"] as const).map(
        (name) => declareBefore(sourceCode, callOf(sourceCode, name), "1", "token").name,
      );
      expect(names).toEqual(["token", "token2", "token2", "token"]);
    });
  });

  it("several declarations beside each other get different names", () => {
    inspect("use(); other();", {}, (sourceCode) => {
      const names = (["use", "other", "use"] as const).map(
        (name) => declareBefore(sourceCode, callOf(sourceCode, name), "1", "token").name,
      );
      expect(names).toEqual(["token", "token2", "token"]);
    });
  });

  it("two things declared for one node get a name each", () => {
    inspect("use();", {}, (sourceCode) => {
      const names = (["token", "lastError", "token"] as const).map(
        (base) => declareBefore(sourceCode, callOf(sourceCode, "use"), "1", base).name,
      );
      expect(names).toEqual(["token", "lastError", "token"]);
    });
  });

  it("what is declared for one node in two functions gets a name that is free in each", () => {
    inspect("function f() { use(); } function g(token) { other(); }", {}, (sourceCode) => {
      const names = (["use", "other"] as const).map(
        (name) =>
          declareBefore(sourceCode, callOf(sourceCode, name), "1", "token", sourceCode.ast).name,
      );
      expect(names).toEqual(["token", "token2"]);
    });
  });
});

describe("moving an expression", () => {
  it("out of a shorthand property, whose key stays", () => {
    const code = "for (;;) send({ ClientToken });";
    const edit = inspect(code, {}, (sourceCode) => {
      const loop = loopOf(sourceCode);
      const value = nodesOf(sourceCode, "Property")[0]?.value;
      if (loop === undefined || value?.type !== "Identifier") throw new Error("no property");
      return moveBefore(sourceCode, value, loop, "clientToken").edit;
    });
    expect(apply(code, edit)).toBe(
      "const clientToken = ClientToken;\nfor (;;) send({ ClientToken: clientToken });",
    );
  });

  it.each([
    [
      "out of a loop",
      "for (let i = 0; i < 3; i++) {\n  send({ ClientToken: uuid() });\n}",
      "const clientToken = uuid();\nfor (let i = 0; i < 3; i++) {\n  send({ ClientToken: clientToken });\n}",
    ],
    [
      "out of a labelled loop",
      "l: while (true) { send(uuid()); }",
      "const clientToken = uuid();\nl: while (true) { send(clientToken); }",
    ],
    [
      "out of an attempt",
      "async function f() {\n  await withBackoff(() => send({ ClientToken: uuid() }));\n}",
      "async function f() {\n  const clientToken = uuid();\n  await withBackoff(() => send({ ClientToken: clientToken }));\n}",
    ],
    [
      "with its comments",
      "for (;;) send(uuid(/* v4 */));",
      "const clientToken = uuid(/* v4 */);\nfor (;;) send(clientToken);",
    ],
    [
      "with names from outside",
      "function f(a) { for (;;) send(uuid(a, (b) => b)); }",
      "function f(a) { const clientToken = uuid(a, (b) => b); for (;;) send(clientToken); }",
    ],
    [
      "with this in an arrow",
      "class A { f() { withBackoff(() => uuid(this.a)); } }",
      "class A { f() { const clientToken = uuid(this.a); withBackoff(() => clientToken); } }",
    ],
    [
      "with an arrow that awaits",
      "withBackoff(() => send(uuid(async () => await a())));",
      "const clientToken = uuid(async () => await a());\nwithBackoff(() => send(clientToken));",
    ],
    [
      "with import.meta",
      "withBackoff(function () { send(uuid(import.meta.url)); });",
      "const clientToken = uuid(import.meta.url);\nwithBackoff(function () { send(clientToken); });",
    ],
    [
      "with the arguments of the function around",
      "function f() { for (;;) send(uuid(arguments[0])); }",
      "function f() { const clientToken = uuid(arguments[0]); for (;;) send(clientToken); }",
    ],
    [
      "with a private member called arguments",
      "class A { #arguments; f(a) { withBackoff(function () { send(uuid(a.#arguments)); }); } }",
      "class A { #arguments; f(a) { const clientToken = uuid(a.#arguments); withBackoff(function () { send(clientToken); }); } }",
    ],
    [
      "with arguments in an arrow",
      "function f() { withBackoff(() => send(uuid(arguments[0]))); }",
      "function f() { const clientToken = uuid(arguments[0]); withBackoff(() => send(clientToken)); }",
    ],
  ])("%s", (_, before, after) => {
    const { edit } = move(before);
    expect(edit.applicability).toBe("fix");
    expect(apply(before, edit)).toBe(after);
  });

  it.each([
    ["a loop variable", "for (const a of b) send(uuid(a));", "`a` is declared inside"],
    [
      "a name declared in the loop",
      "while (1) { const a = 1; send(uuid(a)); }",
      "`a` is declared inside",
    ],
    [
      "a name assigned in the loop",
      "let a = 0; while (1) { a++; send(uuid(a)); }",
      "`a` is assigned inside",
    ],
    [
      "await in a function",
      "withBackoff(async () => send(uuid(await a)));",
      "it awaits inside a function",
    ],
    [
      "this of a function",
      "withBackoff(function () { send(uuid(this.a)); });",
      "it uses the `this` of a function",
    ],
    [
      "this in an arrow",
      "withBackoff(function () { send(uuid(() => this.a)); });",
      "it uses the `this` of a function",
    ],
    [
      "arguments in an arrow",
      "withBackoff(function () { send(uuid(() => arguments[0])); });",
      "it uses the `arguments` of a function",
    ],
    [
      "super of a method",
      "withBackoff({ run() { send(uuid(super.a)); } });",
      "it uses the `this` of a function",
    ],
    [
      "new.target of a function",
      "withBackoff(function () { send(uuid(new.target)); });",
      "it uses the `this` of a function",
    ],
    [
      "arguments of a function",
      "withBackoff(function () { send(uuid(arguments[0])); });",
      "it uses the `arguments` of a function",
    ],
    [
      "an anchor without statement",
      "const f = () => withBackoff(() => send(uuid()));",
      "the function has no block body",
    ],
  ])("refused: %s", (_, code, reason) => {
    expect(move(code).edit).toEqual({ applicability: "none", edits: [], reason });
  });
});
