/** Writes the same tokens in another layout: comments, line breaks, indentation, no semicolons, one line, CRLF. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { parseForESLint } from "@typescript-eslint/parser";
import { linkParents, walk } from "../../src/ast/walk.ts";
import { applyEdits } from "../support/gates.ts";
import type { Dice } from "./dice.ts";

type Keys = TSESLint.SourceCode.VisitorKeys;

/** What a line without a semicolon must not be followed by. */
const CONTINUES = /^[([/+\-`*.,<]/;

/** Statements that a semicolon ends. */
const ENDED = new Set<string>([
  T.BreakStatement,
  T.ContinueStatement,
  T.ExportNamedDeclaration,
  T.ExpressionStatement,
  T.ImportDeclaration,
  T.ReturnStatement,
  T.ThrowStatement,
  T.VariableDeclaration,
]);

/** The code in a layout that the dice choose; the plainest is the code itself. */
export function layOut(code: string, dice: Dice): string {
  const spaced = dice.pick([keep, addComments, breakLines, joinLines, indent])(code, dice);
  const ended = dice.oneIn(3) ? dropSemicolons(spaced) : spaced;
  const headed = dice.pick(["", "", "// licence\n\n", "/* @license MIT */\n", '"use strict";\n']);
  const text = headed + ended;
  return dice.oneIn(4) ? text.replaceAll("\n", "\r\n") : text;
}

function keep(code: string): string {
  return code;
}

function addComments(code: string, dice: Dice): string {
  let number = 0;
  return mapGaps(code, (gap) => {
    if (!dice.oneIn(6)) return gap;
    number += 1;
    return gap.includes("\n")
      ? ` // note ${number}\n`
      : dice.pick([` /* note ${number} */ `, `/* note ${number} */`]);
  });
}

function breakLines(code: string, dice: Dice): string {
  return mapGaps(code, (gap, previous, next) =>
    gap.includes("\n") || !dice.oneIn(4) || !canBreak(previous, next) ? gap : "\n\t",
  );
}

/** After these a line break means nothing, and before a member's dot. */
function canBreak(previous: string, next: string): boolean {
  return /^(?:[([{,=:]|=>)$/.test(previous) || next === "." || next === ")";
}

function joinLines(code: string): string {
  return code.includes("//") ? code : mapGaps(code, (gap) => (gap.includes("\n") ? " " : gap));
}

function indent(code: string): string {
  return mapGaps(code, (gap) => (gap.includes("\n") ? `${gap}\t  ` : gap));
}

function dropSemicolons(code: string): string {
  const { ast, visitorKeys } = parse(code);
  const edits = [...walk(ast, visitorKeys as Keys)].flatMap((node) => {
    const last = node.range[1] - 1;
    if (!ENDED.has(node.type) || code[last] !== ";" || isHeadOfLoop(node)) return [];
    const next = /^[ \t]*(?:\/\/.*)?(?:\r?\n\s*(\S[^]?)|\s*(\})|$)/.exec(code.slice(last + 1));
    return next === null || CONTINUES.test(next[1] ?? "")
      ? []
      : [{ range: [last, last + 1] as const, text: "" }];
  });
  const distinct = new Map(edits.map((edit) => [edit.range[0], edit]));
  return applyEdits(code, [...distinct.values()]);
}

function isHeadOfLoop({ type, parent }: TSESTree.Node): boolean {
  return type === T.VariableDeclaration && parent.type === T.ForStatement;
}

/** Rewrites what stands between two tokens that no comment separates. */
function mapGaps(
  code: string,
  rewrite: (gap: string, previous: string, next: string) => string,
): string {
  const { ast } = parse(code);
  const tokens = ast.tokens;
  let text = "";
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    const gap = code.slice(end, token.range[0]);
    text +=
      previous === undefined || gap.trim() !== "" || isGlued(previous, token)
        ? gap
        : rewrite(gap, previous.value, token.value);
    text += code.slice(...token.range);
    end = token.range[1];
  }
  return text + code.slice(end);
}

/** Where a comment or a line break may change what the code means. */
function isGlued(previous: TSESTree.Token, next: TSESTree.Token): boolean {
  return (
    /^(?:return|throw|break|continue|async|yield)$/.test(previous.value) ||
    /^(?:\+\+|--)$/.test(next.value)
  );
}

function parse(code: string): ReturnType<typeof parseForESLint> {
  const result = parseForESLint(code, {
    filePath: "file.ts",
    sourceType: "module",
    range: true,
    loc: true,
    tokens: true,
    comment: true,
  });
  linkParents(result.ast, result.visitorKeys as Keys);
  return result;
}
