/** What a value that code reads from an error is compared with. */
import { describe, expect, it } from "vitest";
import { walk } from "../../../src/ast/walk.ts";
import { testOf } from "../../../src/model/error/tests.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";

/** `texts A B` of the first `error.code` in a statement; `undefined` where it is no test. */
function testIn(statement: string): string | undefined {
  const code = `const NAME = "A"; const LIST = ["A", "B"]; declare const error: any, other: any; declare let out: any;
    export function check() { /*target*/ ${statement} }`;
  return withModel(
    { "file.ts": code },
    (_unit, [target]) => {
      if (target === undefined) return "no statement";
      const { text, visitorKeys } = unitOf(target);
      const read = [...walk(target, visitorKeys)].find(
        (node) => text.slice(...node.range) === "error.code",
      );
      const test = read && testOf(read);
      if (test?.kind === "part") return `part ${test.text}`;
      if (test?.kind !== "texts") return test?.kind;
      const texts = test.texts.map((each) =>
        each.node === undefined ? `(${each.text})` : each.text,
      );
      return ["texts", ...texts, ...(test.complete ? [] : ["and more"])].join(" ");
    },
    { types: false },
  );
}

describe("a comparison", () => {
  it.each([
    [`out = error.code === "A";`, "texts A"],
    [`out = "A" === error.code;`, "texts A"],
    [`out = error.code != "A";`, "texts A"],
    [`out = (error.code as string) === "A";`, "texts A"],
    // A name may be meant for more than this error.
    ["out = error.code === NAME;", "texts (A)"],
    ["out = error.code === 404;", "number"],
    ["out = error.code >= 500;", "number"],
    ["out = error.code === true;", "truth"],
    ["out = error.code === other;", undefined],
    [`out = error.code + "A";`, undefined],
    [`out = error.code in { A: 1 };`, undefined],
    [`switch (error.code) { case "A": case "B": out = 1; break; default: out = 2; }`, "texts A B"],
    [`switch (error.code) { case "A": case other: out = 1; }`, "texts A and more"],
    ["switch (error.code) { case 404: case 429: out = 1; }", "number"],
    [`switch (error.code) { case "A": case 429: out = 1; }`, "number"],
    ["switch (error.code) { case true: case other: out = 1; }", undefined],
    ["switch (error.code) { default: out = 1; }", undefined],
    [`switch (other) { case error.code: out = "A"; }`, undefined],
  ])("%s", (statement, expected) => {
    expect(testIn(statement)).toBe(expected);
  });
});

describe("a search in a list", () => {
  it.each([
    [`out = ["A", "B"].includes(error.code);`, "texts A B"],
    [`out = ["A", "B"].indexOf(error.code) >= 0;`, "texts A B"],
    [`out = new Set(["A", "B"]).has(error.code);`, "texts A B"],
    ["out = LIST.includes(error.code);", "texts A B"],
    [`out = ["A", other].includes(error.code);`, "texts A and more"],
    ["out = [404, 429].includes(error.code);", "number"],
    ["out = /A|B/.test(error.code);", "part A|B"],
    ["out = other.includes(error.code);", undefined],
    [`out = (other ? ["A"] : ["B"]).includes(error.code);`, undefined],
    ["out = new Set().has(error.code);", undefined],
    ["out = other.test(error.code);", undefined],
    [`out = "ABC".includes(error.code);`, undefined],
    [`out = ["A"].concat(error.code);`, undefined],
    [`out = ["A"].includes("A", error.code);`, undefined],
    ["out = other(error.code);", undefined],
  ])("%s", (statement, expected) => {
    expect(testIn(statement)).toBe(expected);
  });
});

describe("a search in the text", () => {
  it.each([
    [`out = error.code.includes("A");`, "part A"],
    [`out = error.code.startsWith(NAME);`, "part A"],
    [`out = error.code.match(/A/);`, "part A"],
    [`out = error.code.toLowerCase().includes("a");`, "part a"],
    [`out = error.code.trim() === "A";`, "texts A"],
    [`out = error.code.toUpperCase();`, undefined],
    ["out = error.code.includes(other);", undefined],
    ["out = error.code.includes();", undefined],
    [`out = error.code.padEnd("A");`, undefined],
    ["out = error.code.length;", undefined],
    [`out = other[error.code];`, undefined],
    [`out = other(error.code.includes);`, undefined],
  ])("%s", (statement, expected) => {
    expect(testIn(statement)).toBe(expected);
  });
});

describe("a question whether there is a value", () => {
  it.each([
    ["if (error.code) out = 1;", "truth"],
    ["if (!error.code) out = 1;", "truth"],
    ["out = error.code ? 1 : 2;", "truth"],
    ["while (error.code) out = 1;", "truth"],
    ["do { out = 1; } while (error.code);", "truth"],
    ["out = error.code && other;", "truth"],
    ["if (other && error.code) out = 1;", "truth"],
    ["if (error.code || other) out = 1;", "truth"],
    ["if (error.code.throttling) out = 1;", "truth"],
    ["out = other && error.code;", undefined],
    ["out = error.code || other;", undefined],
    ["if (error.code ?? other) out = 1;", undefined],
    ["if (other) out = error.code;", undefined],
    ["out = other ? error.code : 2;", undefined],
    ["out = -error.code;", undefined],
    ["out = typeof error.code;", undefined],
    ["out = error.code.throttling;", undefined],
    ["out = [error.code];", undefined],
  ])("%s", (statement, expected) => {
    expect(testIn(statement)).toBe(expected);
  });
});
