import { describe, expect, it } from "vitest";
import { whyNoEdit } from "../../src/fix/explain.ts";
import { isNextLineDirective } from "../../src/fix/header.ts";
import { appendToList } from "../../src/fix/list.ts";
import { freshLocalName, freshModuleName } from "../../src/fix/names.ts";
import { outerRange } from "../../src/fix/parentheses.ts";
import {
  braced,
  endOfTrail,
  isFirstOnLine,
  quoted,
  styleOf,
  terminator,
} from "../../src/fix/style.ts";
import { apply, inspect, nodesOf } from "./support.ts";

const style = (code: string) => inspect(code, {}, (sourceCode) => styleOf(sourceCode));

describe("the style of a file", () => {
  it("is Prettier's where the file shows none", () => {
    expect(style("")).toEqual({
      quote: '"',
      semicolons: true,
      newline: "\n",
      indent: "  ",
      spacedBraces: true,
    });
  });

  it.each([
    // The imports tell, whatever strings there are besides.
    [`import a from 'a';\nf("b", "c");`, "'"],
    [`import a from "a";\nf('b', 'c');`, '"'],
    [`f();\nimport a from 'a';\nf("b", "c");`, "'"],
    ["f('a', 'b', \"c\");", "'"],
    ["f('a', \"b\");", '"'],
    ["f('a');", "'"],
    ["f(`a`, 'a');", "'"],
    ["f(`a`);", '"'],
  ])("quotes: %s", (code, quote) => {
    expect(style(code).quote).toBe(quote);
  });

  it.each([
    ["a();\nb()\n", true],
    ["a()\nb()\nc();\n", false],
    ["a()\n", false],
    ["export const a = 1\n", false],
    ["export const a = 1;\n", true],
    ["import a from 'a'\n", false],
    ["export * from 'a'\n", false],
    ["export { a } from 'a'\n", false],
    ["type A = string\n", false],
    ["export type A = string\n", false],
    ["import a = require('a')\n", false],
    ["throw a\n", false],
    ["let a\n", false],
    // A semicolon at the start of a line is there for what follows it.
    ["a()\n;[b].map(c)\n", false],
    // These have none in any style.
    ["function f() {}\nclass A {}\nif (a) {}\nexport function g() {}\ninterface B {}\n", true],
  ])("semicolons: %j", (code, semicolons) => {
    expect(style(code).semicolons).toBe(semicolons);
  });

  it.each([
    ["a();\r\nb();\r\n", "\r\n"],
    ["a();\nb();\r\n", "\n"],
    ["a();\r\nb();\n", "\r\n"],
  ])("line ends: %j", (code, newline) => {
    expect(style(code).newline).toBe(newline);
  });

  it.each([
    ["{\n    a();\n}\n", "    "],
    ["{\n  a();\n  {\n    b();\n  }\n}\n", "  "],
    ["{\n\ta();\n}\n", "\t"],
    ["{\n   a();\n}\n", "   "],
    ["{\n a();\n}\n", "  "],
    ["{\n    a(b,\n      c);\n}\n", "  "],
    // What comments and templates begin with is no indentation.
    ["/*\n * a\n */\n{\n    a();\n}\n", "    "],
    ["f(`\n a\n`);\n{\n    a();\n}\n", "    "],
  ])("indentation: %j", (code, indent) => {
    expect(style(code).indent).toBe(indent);
  });

  it.each([
    ["f({a: 1});", false],
    ["f({ a: 1 });", true],
    ["f({a: 1}, {b: 1}, { c: 1 });", false],
    ["f({a: 1}, { c: 1 });", true],
    ["f({});", true],
    ["f({\n  a: 1});\nf({b: 1});", false],
    ["f(`${a}${b}`, { c: 1 });", true],
    ["f('{', {a: 1});", false],
  ])("braces: %j", (code, spacedBraces) => {
    expect(style(code).spacedBraces).toBe(spacedBraces);
    expect(braced("a", style(code))).toBe(spacedBraces ? "{ a }" : "{a}");
  });

  it("quotes what is in the text", () => {
    const single = { ...style(""), quote: "'" } as const;
    expect(quoted(`it's "a\\b"`, single)).toBe(`'it\\'s "a\\\\b"'`);
    expect(quoted(`it's "a"`, style(""))).toBe(`"it's \\"a\\""`);
  });

  it.each([
    ["(b)", ";"],
    ["[b]", ";"],
    ["`b`", ";"],
    ["+b", ";"],
    ["-b", ";"],
    ["/b/.test(c)", ";"],
    ["b", ""],
    ["!b", ""],
    ["{ b }", ""],
    ["", ""],
  ])("ends a statement in front of %s", (next, end) => {
    const token = inspect(next, {}, ({ ast }) => ast.tokens[0] ?? null);
    expect(terminator({ ...style(""), semicolons: false }, token)).toBe(end);
    expect(terminator(style(""), token)).toBe(";");
  });
});

describe("what trails a token", () => {
  const trail = (code: string) =>
    inspect(code, {}, (sourceCode) => {
      const [statement] = sourceCode.ast.body;
      if (statement === undefined) throw new Error("no statement");
      const { end, next, sameLine } = endOfTrail(sourceCode, statement);
      return [code.slice(0, end), next?.value, sameLine];
    });
  it.each([
    ["a();", ["a();", undefined, false]],
    ["a(); // b\nc();", ["a(); // b", "c", false]],
    ["a(); /* b */ /* c */\nd();", ["a(); /* b */ /* c */", "d", false]],
    ["a(); /* b */ c();", ["a();", " b ", true]],
    ["a(); b();", ["a();", "b", true]],
    ["a();\n// b\nc();", ["a();", " b", false]],
    ["a(); /* b\n */ c();", ["a();", " b\n ", true]],
    ["a(); // b", ["a(); // b", undefined, false]],
  ])("%j", (code, result) => {
    expect(trail(code)).toEqual(result);
  });
  it.each([
    ["  a", 2, true],
    ["a b", 2, false],
    ["a\n\tb", 3, true],
    ["a\nb", 2, true],
  ])("whether something is first on its line: %j", (code, offset, expected) => {
    expect(inspect(code.replace("a b", "a;b"), {}, (s) => isFirstOnLine(s, offset))).toBe(expected);
  });
});

describe("appending to a list", () => {
  const appended = (code: string): string => {
    const edits = inspect(code, {}, (sourceCode) => {
      const [object] = nodesOf(sourceCode, "ObjectExpression");
      const open = object && sourceCode.getFirstToken(object);
      if (object === undefined || open == null) throw new Error("no list");
      return appendToList(sourceCode, open, object.properties.at(-1), "z: 1");
    });
    return apply(code, { applicability: "fix", edits });
  };
  it.each([
    ["f({});", "f({ z: 1 });"],
    ["f({ });", "f({ z: 1 });"],
    ["f({a: 1}, {});", "f({a: 1, z: 1}, {});"],
    ["f({ /* none */ });", "f({ z: 1 /* none */ });"],
    ["f({ a });", "f({ a, z: 1 });"],
    ["f({ a, });", "f({ a, z: 1, });"],
    ["f({ a /* b */ });", "f({ a, z: 1 /* b */ });"],
    ["f({\n  a,\n});", "f({\n  a,\n  z: 1,\n});"],
    ["f({\n  a\n});", "f({\n  a,\n  z: 1\n});"],
    ["f({\n  a, // b\n});", "f({\n  a, // b\n  z: 1,\n});"],
    ["f({\n  a // b\n});", "f({\n  a, // b\n  z: 1\n});"],
    ["f({\n  a,\n  // b\n});", "f({\n  a,\n  z: 1,\n  // b\n});"],
    ["f({\n  a, b,\n});", "f({\n  a, b,\n  z: 1,\n});"],
    ["f({\n  a });", "f({\n  a, z: 1 });"],
    ["f({ a: [\n  1,\n] });", "f({ a: [\n  1,\n], z: 1 });"],
    ["f({\r\n\ta,\r\n});", "f({\r\n\ta,\r\n\tz: 1,\r\n});"],
  ])("%j", (before, after) => {
    expect(appended(before)).toBe(after);
  });
});

describe("names", () => {
  it.each([
    ["f();", "jitter"],
    ["jitter();", "connectJitter"],
    ["function f(jitter) {}", "connectJitter"],
    ["type jitter = 1;", "connectJitter"],
    ["jitter(connectJitter);", "connectJitter2"],
    ["jitter(connectJitter, connectJitter2);", "connectJitter3"],
  ])("of a module: %s", (code, name) => {
    expect(inspect(code, {}, (sourceCode) => freshModuleName(sourceCode, "jitter"))).toBe(name);
  });

  it("of a variable are given once", () => {
    const code = "function f() { for (;;) {} for (;;) {} }\nfunction g() { for (;;) {} }";
    inspect(code, {}, (sourceCode) => {
      const [first, second, other] = nodesOf(sourceCode, "ForStatement");
      if (first === undefined || second === undefined || other === undefined)
        throw new Error("no loops");
      expect(freshLocalName(sourceCode, first, "last", first)).toBe("last");
      // The same question has the same answer.
      expect(freshLocalName(sourceCode, first, "last", first)).toBe("last");
      expect(freshLocalName(sourceCode, first, "other", first)).toBe("other");
      expect(freshLocalName(sourceCode, second, "last", second)).toBe("last2");
      // Functions beside each other share nothing, but with what is around them.
      expect(freshLocalName(sourceCode, other, "last", other)).toBe("last");
      expect(freshLocalName(sourceCode, first.body, "last", first.body)).toBe("last3");
      const [fn] = nodesOf(sourceCode, "FunctionDeclaration");
      if (fn === undefined) throw new Error("no function");
      expect(freshLocalName(sourceCode, fn, "last", fn)).toBe("last4");
    });
  });
});

describe("parentheses around a node", () => {
  it.each([
    ["f(a);", "a"],
    ["f((a));", "(a)"],
    ["f(( (a) ));", "( (a) )"],
    ["(a);", "(a)"],
    ["((a)).b;", "((a))"],
    ["new F(a);", "a"],
    ["if (a) {}", "a"],
    ["if ((a)) {}", "(a)"],
  ])("%s", (code, text) => {
    const range = inspect(code, {}, (sourceCode) => {
      const node = nodesOf(sourceCode, "Identifier").find(({ name }) => name === "a");
      if (node === undefined) throw new Error("no node");
      return outerRange(sourceCode, node);
    });
    expect(code.slice(...range)).toBe(text);
  });
});

describe("why there is no edit", () => {
  it("is a sentence", () => {
    expect(whyNoEdit({ applicability: "none", edits: [], reason: "it is so" })).toBe(
      " No edit is offered: it is so.",
    );
    expect(whyNoEdit({ applicability: "none", edits: [] })).toBe("");
    expect(whyNoEdit({ applicability: "fix", edits: [] })).toBe("");
    expect(whyNoEdit({ applicability: "suggestion", edits: [], reason: "it is so" })).toBe("");
    expect(whyNoEdit({ applicability: "suggestion", edits: [], note: "it is so" })).toBe(
      " The edit is only a suggestion: it is so.",
    );
  });
});

describe("comments that speak of the next line", () => {
  it.each([
    ["// @ts-expect-error", true],
    ["// @ts-ignore", true],
    ["// eslint-disable-next-line no-console", true],
    ["/* istanbul ignore next */", true],
    ["// biome-ignore lint: why", true],
    ["// prettier-ignore", true],
    ["// eslint-disable", false],
    ["// biome-ignore-all lint: why", false],
    ["// @ts-nocheck", false],
    ["// ignore next", false],
  ])("%s: %s", (comment, expected) => {
    expect(
      inspect(`${comment}\nf();`, {}, (sourceCode) =>
        sourceCode.getAllComments().map((one) => isNextLineDirective(one)),
      ),
    ).toEqual([expected]);
  });
});
