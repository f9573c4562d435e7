/** Appending to a list between braces (import specifiers, object properties) in the list's own layout. */
import { ASTUtils, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import type { TextEdit } from "./edit.ts";
import { braced, endOfTrail, indentationAt, styleOf } from "./style.ts";

/**
 * Edits that add an element at the end of a braced list, keeping its comments, its trailing comma and, where its elements
 * stand on lines of their own, that layout.
 * @param open - the list's `{`
 * @param last - the last element, `undefined` in an empty list
 * @param text - the new element
 */
export function appendToList(
  sourceCode: Readonly<TSESLint.SourceCode>,
  open: TSESTree.Token,
  last: TSESTree.Node | undefined,
  text: string,
): readonly TextEdit[] {
  const style = styleOf(sourceCode);
  if (last === undefined) {
    const after = sourceCode.getTokenAfter(open, { includeComments: true });
    if (after === null) return [];
    return ASTUtils.isClosingBraceToken(after)
      ? [{ range: [open.range[0], after.range[1]], text: braced(text, style) }]
      : [insertion(open.range[1], style.spacedBraces ? ` ${text}` : text)];
  }

  const afterLast = sourceCode.getTokenAfter(last);
  const comma = afterLast !== null && ASTUtils.isCommaToken(afterLast) ? afterLast : undefined;
  const trail = endOfTrail(sourceCode, comma ?? last);
  const first = sourceCode.getTokenAfter(open);
  const multiline = first !== null && first.loc.start.line > open.loc.end.line && !trail.sameLine;
  const end = comma ?? last;
  if (!multiline) return [insertion(end.range[1], comma ? ` ${text},` : `, ${text}`)];

  const line = `${style.newline}${indentationAt(sourceCode, last.range[0])}${text}`;
  if (comma !== undefined) return [insertion(trail.end, `${line},`)];
  return trail.end === last.range[1]
    ? [insertion(trail.end, `,${line}`)]
    : [insertion(last.range[1], ","), insertion(trail.end, line)];
}

/** An edit that adds text and removes none. */
export function insertion(offset: number, text: string): TextEdit {
  return { range: [offset, offset], text };
}
