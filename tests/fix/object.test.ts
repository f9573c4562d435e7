import { describe, expect, it } from "vitest";
import {
  addProperty,
  addToObject,
  findProperty,
  removeProperty,
  replaceValue,
  type AddOptions,
} from "../../src/fix/object.ts";
import type { Edit } from "../../src/fix/edit.ts";
import { apply, inspect, nodesOf } from "./support.ts";

const KEY = "retryStrategy";
const VALUE = "backoffStrategy()";

function add(code: string, options?: AddOptions): Edit {
  return inspect(code, {}, (sourceCode) => {
    const [construction] = nodesOf(sourceCode, "NewExpression");
    if (construction === undefined) throw new Error("no construction");
    return addProperty(sourceCode, construction, 0, KEY, VALUE, options);
  });
}

describe("adding a property", () => {
  it.each([
    ["no argument list", "new A", `new A({ ${KEY}: ${VALUE} })`],
    ["no arguments", "new A()", `new A({ ${KEY}: ${VALUE} })`],
    ["no arguments, type arguments", "new A<B>()", `new A<B>({ ${KEY}: ${VALUE} })`],
    ["no arguments, a comment", "new A(/* none */)", `new A({ ${KEY}: ${VALUE} }/* none */)`],
    ["no arguments, a line comment", "new A( // none\n)", `new A({ ${KEY}: ${VALUE} } // none\n)`],
    ["callee in parentheses", "new (f())", `new (f())({ ${KEY}: ${VALUE} })`],
    ["callee in parentheses, arguments", "new (f())()", `new (f())({ ${KEY}: ${VALUE} })`],
    ["empty", "new A({})", `new A({ ${KEY}: ${VALUE} })`],
    ["empty with a space", "new A({ })", `new A({ ${KEY}: ${VALUE} })`],
    ["empty over lines", "new A({\n})", `new A({ ${KEY}: ${VALUE} })`],
    ["empty with a comment", "new A({ /* none */ })", `new A({ ${KEY}: ${VALUE} /* none */ })`],
    ["one line", "new A({ a })", `new A({ a, ${KEY}: ${VALUE} })`],
    ["one line, narrow", "new A({a: 1})", `new A({a: 1, ${KEY}: ${VALUE}})`],
    ["one line, trailing comma", "new A({ a, })", `new A({ a, ${KEY}: ${VALUE}, })`],
    ["lines", "new A({\n\ta\n})", `new A({\n\ta,\n\t${KEY}: ${VALUE}\n})`],
    [
      "lines, trailing comma",
      "  new A({\n    a,\n  })",
      `  new A({\n    a,\n    ${KEY}: ${VALUE},\n  })`,
    ],
    [
      "lines, comments",
      "new A({\n  a, // a\n  // b\n})",
      `new A({\n  a, // a\n  ${KEY}: ${VALUE},\n  // b\n})`,
    ],
    [
      "lines, comment without comma",
      "new A({\n  a // a\n})",
      `new A({\n  a, // a\n  ${KEY}: ${VALUE}\n})`,
    ],
    ["CRLF", "new A({\r\n  a,\r\n})", `new A({\r\n  a,\r\n  ${KEY}: ${VALUE},\r\n})`],
    [
      "starts on the first line",
      "new A({ a: {\n  b,\n} })",
      `new A({ a: {\n  b,\n}, ${KEY}: ${VALUE} })`,
    ],
    ["as", "new A({} as B)", `new A({ ${KEY}: ${VALUE} } as B)`],
    [
      "satisfies, parentheses",
      "new A(({ a } satisfies B))",
      `new A(({ a, ${KEY}: ${VALUE} } satisfies B))`,
    ],
    ["method last", "new A({ a() {} })", `new A({ a() {}, ${KEY}: ${VALUE} })`],
  ])("%s", (_, before, after) => {
    const edit = add(before);
    expect(edit.applicability).toBe("fix");
    expect(apply(before, edit)).toBe(after);
  });

  it.each([
    ["a spread", "new A({ ...base })", `new A({ ...base, ${KEY}: ${VALUE} })`],
    ["a spread at the end", "new A({ a, ...base })", `new A({ a, ...base, ${KEY}: ${VALUE} })`],
    ["a computed key", "new A({ [k]: 1 })", `new A({ [k]: 1, ${KEY}: ${VALUE} })`],
  ])(
    "%s: last, and only as a suggestion unless it is known not to set the property",
    (_, before, after) => {
      expect(add(before).applicability).toBe("suggestion");
      expect(add(before, { isKnownAbsent: true }).applicability).toBe("fix");
      expect(apply(before, add(before))).toBe(after);
    },
  );

  it.each([
    ["new A(config)", "the argument is not an object literal"],
    ["new A(a ? {} : {})", "the argument is not an object literal"],
    ["new A(...args)", "the arguments are spread"],
    ["new A({ retryStrategy: x })", "`retryStrategy` is set already"],
    ["new A({ 'retryStrategy': x })", "`retryStrategy` is set already"],
    ["new A({ retryStrategy })", "`retryStrategy` is set already"],
  ])("%s is refused", (code, reason) => {
    expect(add(code)).toEqual({ applicability: "none", edits: [], reason });
  });

  it.each([
    ["f(a)", "f(a, { x: 1 })"],
    ["f(a,)", "f(a, { x: 1 })"],
    ["f((a))", "f((a), { x: 1 })"],
    ["f(a, { b })", "f(a, { b, x: 1 })"],
  ])("a later argument: %s", (before, after) => {
    const edit = inspect(before, {}, (sourceCode) => {
      const [call] = nodesOf(sourceCode, "CallExpression");
      if (call === undefined) throw new Error("no call");
      return addProperty(sourceCode, call, 1, "x", "1");
    });
    expect(apply(before, edit).replace("a,)", "a)").replace(" },)", " })")).toBe(after);
  });
});

describe("changing a property", () => {
  const change = (code: string, edit: "remove" | "replace") =>
    inspect(code, {}, (sourceCode) => {
      const [object] = nodesOf(sourceCode, "ObjectExpression");
      const property = object && findProperty(object, "x");
      if (object === undefined || property === undefined) throw new Error("no property");
      return edit === "remove"
        ? removeProperty(sourceCode, object, property)
        : replaceValue(sourceCode, property, "2");
    });

  it.each([
    ["f({ x: 1 })", "f({ x: 2 })"],
    ["f({ x })", "f({ x: 2 })"],
    ["f({ 'x': (1), })", "f({ 'x': (2), })"],
    ["f({ x: 1, x: 3 })", "f({ x: 1, x: 2 })"],
  ])("replace: %s", (before, after) => {
    expect(apply(before, change(before, "replace"))).toBe(after);
  });
  it("replace refuses methods and values with comments", () => {
    expect(change("f({ x() {} })", "replace").reason).toBe("the property is a method");
    expect(change("f({ x: [/* why */ 1] })", "replace").reason).toBe("a comment would be lost");
  });

  it.each([
    ["f({ x: 1 })", "f({ })"],
    ["f({ x: 1, b })", "f({ b })"],
    ["f({ a, x: 1 })", "f({ a })"],
    ["f({ a, x: 1, })", "f({ a, })"],
    ["f({ a, x: 1, b })", "f({ a, b })"],
    ["f({ a, x: 1,\n  b })", "f({ a,\n  b })"],
    ["f({ x: 1,\n  b })", "f({\n  b })"],
    ["f({\n  a,\n  x: 1,\n  b,\n})", "f({\n  a,\n  b,\n})"],
    ["f({\n  a,\n  x: 1\n})", "f({\n  a\n})"],
    ["f({\n  a, // a\n  x: 1\n})", "f({\n  a // a\n})"],
    ["f({\n  // x\n  x: 1,\n})", "f({\n  // x\n})"],
  ])("remove: %j", (before, after) => {
    expect(apply(before, change(before, "remove"))).toBe(after);
  });
  it("remove keeps comments beside it and lowers where the value does work", () => {
    expect(
      apply("f({ a, x: 1, /* y */ b })", change("f({ a, x: 1, /* y */ b })", "remove")),
    ).toContain("/* y */");
    expect(
      apply("f({\n  x: 1 /* y */,\n  b,\n})", change("f({\n  x: 1 /* y */,\n  b,\n})", "remove")),
    ).toContain("/* y */");
    expect(
      apply("f({\n  x: 1, // y\n  b,\n})", change("f({\n  x: 1, // y\n  b,\n})", "remove")),
    ).toContain("// y");
    expect(change("f({ x: /* y */ 1 })", "remove").reason).toBe("a comment would be lost");
    expect(change("f({ x: make() })", "remove").applicability).toBe("suggestion");
  });

  it("adding to a literal at hand", () => {
    const code = "f({ a });";
    const edit = inspect(code, {}, (sourceCode) => {
      const [object] = nodesOf(sourceCode, "ObjectExpression");
      if (object === undefined) throw new Error("no object");
      return addToObject(sourceCode, object, "ClientToken", "token");
    });
    expect(apply(code, edit)).toBe("f({ a, ClientToken: token });");
  });
});
