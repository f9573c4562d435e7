/**
 * Tables of small programs that know nothing of each other: they are files of one program, which costs a fraction of a program each.
 * The target of a program is marked as in `model.ts`.
 *
 * ```ts
 * it("what an expression is", () => {
 *   expectRows([["a sum", "/*target*\/ 1 + 2;", "BinaryExpression"]], (target) => target.type);
 * });
 * ```
 */
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { withModel } from "./model.ts";

type Read = (target: TSESTree.Node) => string;

/** What is the case, the program with its target, and what is read from it. */
export type NamedRow = readonly [what: string, code: string, expected: string];

/** Reads the target of each row in one test, and compares. */
export function expectRows(rows: readonly NamedRow[], read: Read): void {
  const found = readAll(
    rows.map(([, code]) => code),
    read,
  );
  expect(Object.fromEntries(rows.map(([what], index) => [what, found[index]]))).toEqual(
    Object.fromEntries(rows.map(([what, , expected]) => [what, expected])),
  );
}

/** Code in a function, the verdict on its target, and what stands in front of the function. */
export type Row = readonly [code: string, verdict: string, before?: string | undefined];

/**
 * A test for each row.
 * @param around - the text of a row's file
 */
export function judgeRows(
  title: string,
  rows: readonly Row[],
  around: (code: string, before: string) => string,
  verdict: Read,
): void {
  const programs = rows.map(([code, , before = ""]) => around(code, before));
  describe(title, () => {
    for (const [index, [code, expected, before]] of rows.entries()) {
      it(`${code}${before === undefined ? "" : ` after ${before}`}`, () => {
        const [found] = readAll(programs, verdict, index);
        expect(found).toBe(expected);
      });
    }
  });
}

/** What is read from the targets of programs, or from that of one alone. */
function readAll(programs: readonly string[], read: Read, only?: number): readonly string[] {
  const files = programs.map(
    (code, index) => [`row-${String(index)}.ts`, `${code}\nexport {};`] as const,
  );
  return withModel({ "file.ts": "export {};", ...Object.fromEntries(files) }, (_unit, targets) =>
    (only === undefined ? targets : targets.slice(only, only + 1)).map((target) => read(target)),
  );
}
