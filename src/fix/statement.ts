/** Putting statements into blocks, in the style of the file. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type Edit, makeEdit } from "./edit.ts";
import { indentationAt, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Inserts a statement as the first of a block.
 * @param statement - its text, semicolon included
 */
export function insertFirst(
  sourceCode: SourceCode,
  block: TSESTree.BlockStatement,
  statement: string,
): Edit {
  const style = styleOf(sourceCode);
  const open = block.range[0] + 1;
  const [first] = block.body;
  const text = style.semicolons ? statement : statement.replace(/;$/, "");
  if (first === undefined || first.loc.start.line === block.loc.start.line) {
    // Whatever follows on the line stays a statement of its own.
    return makeEdit(sourceCode, [{ range: [open, open], text: ` ${statement}` }]);
  }
  const indentation = indentationAt(sourceCode, first.range[0]);
  return makeEdit(sourceCode, [
    { range: [open, open], text: `${style.newline}${indentation}${text}` },
  ]);
}

/**
 * Inserts a statement on a line of its own before another one.
 * @param statement - its text, semicolon included
 */
export function insertBefore(sourceCode: SourceCode, next: TSESTree.Node, statement: string): Edit {
  const style = styleOf(sourceCode);
  const text = style.semicolons ? statement : statement.replace(/;$/, "");
  const start = next.range[0];
  return makeEdit(sourceCode, [
    { range: [start, start], text: `${text}${style.newline}${indentationAt(sourceCode, start)}` },
  ]);
}

/**
 * Inserts a statement on the line after another one.
 * @param statement - its text, semicolon included
 */
export function insertAfter(
  sourceCode: SourceCode,
  previous: TSESTree.Node,
  statement: string,
): Edit {
  const style = styleOf(sourceCode);
  const text = style.semicolons ? statement : statement.replace(/;$/, "");
  const end = previous.range[1];
  return makeEdit(sourceCode, [
    {
      range: [end, end],
      text: `${style.newline}${indentationAt(sourceCode, previous.range[0])}${text}`,
    },
  ]);
}
