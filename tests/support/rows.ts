/**
 * Tables of small programs that know nothing of each other: they are files of one program, which costs a fraction of a program each.
 *
 * ```ts
 * it("what an expression is", () => {
 *   expectRows([["a sum", "/*target*\/ 1 + 2;", "BinaryExpression"]], (target) => target.type);
 * });
 * ```
 */
import type { TSESTree } from "@typescript-eslint/utils";
import { expect } from "vitest";
import { withModel } from "./model.ts";

/** What is the case, the program with its target (see `model.ts`), and what is read from it. */
export type Row = readonly [what: string, code: string, expected: string];

/** Reads the target of each row, and compares. */
export function expectRows(rows: readonly Row[], read: (target: TSESTree.Node) => string): void {
  const files = rows.map(
    ([, code], index) => [`row-${String(index)}.ts`, `${code}\nexport {};`] as const,
  );
  const found = withModel(
    { "file.ts": "export {};", ...Object.fromEntries(files) },
    (_unit, targets) => targets.map(read),
  );
  expect(Object.fromEntries(rows.map(([what], index) => [what, found[index]]))).toEqual(
    Object.fromEntries(rows.map(([what, , expected]) => [what, expected])),
  );
}
