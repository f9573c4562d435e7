/** Where the first import of a file goes: below everything that has to stay first. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Comments that speak of the file, or are read by a tool only at its top. */
const ABOUT_THE_FILE =
  /^[/!]|\b(?:copyright|spdx|licen[cs]ed under)\b|\blicen[cs]e:|@licen[cs]e\b|@(?:ts-(?:no)?check|jest-environment|vitest-environment|jsx\w*|flow|format|prettier|file\w*|packageDocumentation|module|generated|preserve)\b|^\s*(?:(?:eslint(?:-env)?|(?:eslint|oxlint)-(?:dis|en)able|globals?|exported|jshint|biome-ignore-all|deno-(?:lint|fmt)-ignore-file|(?:istanbul|c8|v8) ignore (?:file|start))(?:\s|$)|tslint:(?:dis|en)able(?!-)|c?spell(?:-?checker)?:)/iu;

/** Comments that speak of the line below them. */
const ABOUT_THE_NEXT_LINE =
  /@ts-(?:expect-error|ignore)\b|\b(?:eslint|oxlint|biome|prettier)-(?:disable-next-line|ignore)(?![\w-])|\b(?:istanbul|c8|v8) ignore next\b/u;

/** Whether a comment governs the line below it, so that nothing may come between. */
export function isNextLineDirective(comment: TSESTree.Comment): boolean {
  return ABOUT_THE_NEXT_LINE.test(comment.value);
}

/** The statement's directive (`"use strict"`, `"use client"`, any other), if it is one. */
export function isDirective(statement: TSESTree.ProgramStatement): boolean {
  return "directive" in statement && typeof statement.directive === "string";
}

/**
 * The token or comment that the file's first import goes before: the first statement, or the first of the comments that
 * belong to it. Shebang, directives, licence, pragmas and references stay above. `undefined` in a file without statements.
 */
export function firstAfterHeader(
  sourceCode: SourceCode,
): TSESTree.Node | TSESTree.Token | undefined {
  const { body } = sourceCode.ast;
  const statement = body.find((candidate) => !isDirective(candidate));
  if (statement === undefined) return undefined;
  const previous = body[body.indexOf(statement) - 1];
  const comments = sourceCode
    .getCommentsBefore(statement)
    // A comment on the line of the last directive belongs to the directive.
    .filter((comment) => previous === undefined || comment.loc.start.line > previous.loc.end.line);

  let first: TSESTree.Node | TSESTree.Token = statement;
  for (const comment of comments.toReversed()) {
    const isAttached = first.loc.start.line - comment.loc.end.line <= 1;
    if (!isAttached || (comment.type as string) === "Shebang") break;
    if (!isNextLineDirective(comment) && ABOUT_THE_FILE.test(comment.value)) break;
    first = comment;
  }
  return first;
}
