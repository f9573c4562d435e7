import { describe, expect, it } from "vitest";
import {
  combine,
  lower,
  makeEdit,
  NO_CHANGE,
  refuse,
  reportFields,
  type Applicability,
  type TextEdit,
} from "../../src/fix/edit.ts";
import { inspect } from "./support.ts";

const CODE = "a(/* one */ 1); // two\nb(/* one */ 2);\n";
const make = (edits: readonly TextEdit[], applicability?: Applicability, reason?: string) =>
  inspect(CODE, {}, (sourceCode) => makeEdit(sourceCode, edits, applicability, reason));

describe("an edit", () => {
  it("is in source order", () => {
    const edits: TextEdit[] = [
      { range: [14, 14], text: "late" },
      { range: [0, 1], text: "x" },
    ];
    expect(make(edits).edits.map(({ text }) => text)).toEqual(["x", "late"]);
  });
  it("is refused when parts overlap", () => {
    expect(
      make([
        { range: [0, 2], text: "x" },
        { range: [1, 2], text: "y" },
      ]),
    ).toEqual(refuse("two parts of the edit overlap"));
  });
  it("may insert twice at one place, in the order given", () => {
    const edits: TextEdit[] = [
      { range: [14, 14], text: "x" },
      { range: [14, 14], text: "y" },
    ];
    expect(make(edits).edits).toEqual(edits);
  });
  it.each([
    ["inside", [2, 13], "1"],
    ["cut", [4, 13], "1"],
    ["split by an insertion", [5, 5], "x"],
    ["one of two alike kept once", [0, CODE.length], "a(/* one */ 1); // two\nb(2);"],
  ] as const)("is refused when a comment would be lost: %s", (_, range, text) => {
    expect(make([{ range, text }])).toEqual(refuse("a comment would be lost"));
  });
  it("may move a comment to another part", () => {
    expect(
      make([
        { range: [0, 0], text: "/* one */" },
        { range: [2, 13], text: "1" },
      ]).applicability,
    ).toBe("fix");
  });
});

describe("composition", () => {
  const fix = make([{ range: [0, 1], text: "x" }]);
  const suggestion = make([{ range: [23, 24], text: "y" }], "suggestion", "it may be wrong");
  const join = (...parts: Parameters<typeof combine>[1][]) =>
    inspect(CODE, {}, (sourceCode) => combine(sourceCode, ...parts));

  it("is as sure as its least sure part", () => {
    expect(join(fix, NO_CHANGE)).toEqual(fix);
    expect(join(fix, suggestion)).toEqual({
      applicability: "suggestion",
      edits: [...fix.edits, ...suggestion.edits],
      reason: "it may be wrong",
    });
    expect(join(suggestion, refuse("never"), fix)).toEqual(refuse("never"));
  });
  it("refuses parts that overlap", () => {
    expect(join(fix, make([{ range: [0, 2], text: "z(" }]))).toEqual(
      refuse("two parts of the edit overlap"),
    );
  });
  it("lowers, and never raises", () => {
    expect(lower(fix, "suggestion", "why")).toEqual({
      ...fix,
      applicability: "suggestion",
      reason: "why",
    });
    expect(lower(suggestion, "fix", "why")).toBe(suggestion);
    expect(lower(fix, "none", "why")).toEqual(refuse("why"));
  });
});

describe("report fields", () => {
  const fix = make([{ range: [0, 1], text: "x" }]);
  it("a fix, a suggestion, or neither", () => {
    const message = { messageId: "wrap", data: { name: "x" } } as const;
    expect(Object.keys(reportFields(fix, message))).toEqual(["fix"]);
    expect(reportFields(lower(fix, "suggestion", "why"), message).suggest).toMatchObject([message]);
    expect(reportFields(refuse("why"), message)).toEqual({});
    expect(reportFields(NO_CHANGE, message)).toEqual({});
  });
});
