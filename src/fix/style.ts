/** The habits of a file, read from what is already in it, so that inserted code looks at home. */
import {
  AST_NODE_TYPES as T,
  AST_TOKEN_TYPES,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";

export interface FileStyle {
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  readonly newline: "\n" | "\r\n";
  /** One level of indentation. */
  readonly indent: string;
  /** Whether braces on one line have spaces inside: `{ a }`. */
  readonly spacedBraces: boolean;
}

// By tree: oxlint has one source code object for all files.
const styles = new WeakMap<object, FileStyle>();

/** The style of a file; where the file shows no habit, that of Prettier's defaults. */
export function styleOf(sourceCode: Readonly<TSESLint.SourceCode>): FileStyle {
  let style = styles.get(sourceCode.ast);
  if (style === undefined) {
    style = {
      quote: quoteOf(sourceCode),
      semicolons: usesSemicolons(sourceCode),
      newline: /\r?\n/u.exec(sourceCode.text)?.[0] === "\r\n" ? "\r\n" : "\n",
      indent: indentOf(sourceCode),
      spacedBraces: usesSpacedBraces(sourceCode),
    };
    styles.set(sourceCode.ast, style);
  }
  return style;
}

/** A string literal in the quotes of the file. */
export function quoted(text: string, { quote }: FileStyle): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** `{ inner }` or `{inner}`, as the file does it. */
export function braced(inner: string, { spacedBraces }: FileStyle): string {
  return spacedBraces ? `{ ${inner} }` : `{${inner}}`;
}

/**
 * What ends an inserted statement: a semicolon in files that use them, and where the next token would otherwise be read
 * as its continuation.
 * @param next - the token that will follow, if any
 */
export function terminator(style: FileStyle, next: TSESTree.Token | null): string {
  return style.semicolons || (next !== null && /^[([`/+\-<]/u.test(next.value)) ? ";" : "";
}

/** The whitespace at the start of the line that holds the offset. */
export function indentationAt(sourceCode: Readonly<TSESLint.SourceCode>, offset: number): string {
  const { line } = sourceCode.getLocFromIndex(offset);
  return /^[^\S\r\n]*/u.exec(sourceCode.lines[line - 1] ?? "")?.[0] ?? "";
}

/** Whether only whitespace stands before the offset on its line. */
export function isFirstOnLine(sourceCode: Readonly<TSESLint.SourceCode>, offset: number): boolean {
  const { line, column } = sourceCode.getLocFromIndex(offset);
  return (sourceCode.lines[line - 1] ?? "").slice(0, column).trim() === "";
}

/** The statement, or the first of the comments that stand right above it. */
export function firstOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  statement: TSESTree.Node,
): TSESTree.Node | TSESTree.Comment {
  let first: TSESTree.Node | TSESTree.Comment = statement;
  for (const comment of sourceCode.getCommentsBefore(statement).toReversed()) {
    const isAttached = first.loc.start.line - comment.loc.end.line <= 1;
    if (!isAttached || !isFirstOnLine(sourceCode, comment.range[0])) break;
    first = comment;
  }
  return first;
}

/**
 * The end of a token together with the comments that trail it on its line.
 * @returns the offset, and the next token after those comments
 */
export function endOfTrail(
  sourceCode: Readonly<TSESLint.SourceCode>,
  last: TSESTree.Node | TSESTree.Token,
): { readonly end: number; readonly next: TSESTree.Token | null; readonly sameLine: boolean } {
  let current = last;
  let next = sourceCode.getTokenAfter(current, { includeComments: true });
  while (next !== null && isComment(next) && next.loc.start.line === current.loc.end.line) {
    // A comment that code follows on the same line belongs to that code.
    const after = sourceCode.getTokenAfter(next, { includeComments: true });
    if (after !== null && !isComment(after) && after.loc.start.line === next.loc.end.line) break;
    current = next;
    next = after;
  }
  return {
    end: current.range[1],
    next,
    sameLine: next !== null && next.loc.start.line === current.loc.end.line,
  };
}

function isComment(token: TSESTree.Token): boolean {
  return token.type === AST_TOKEN_TYPES.Block || token.type === AST_TOKEN_TYPES.Line;
}

function quoteOf(sourceCode: Readonly<TSESLint.SourceCode>): '"' | "'" {
  const strings = sourceCode.ast.tokens.filter((token) => token.type === AST_TOKEN_TYPES.String);
  const single = strings.filter((token) => token.value.startsWith("'")).length;
  // Strings that hold the other quote are written against the habit; imports never are.
  for (const statement of sourceCode.ast.body) {
    if (statement.type === T.ImportDeclaration) {
      return statement.source.raw.startsWith("'") ? "'" : '"';
    }
  }
  return single * 2 > strings.length ? "'" : '"';
}

function usesSemicolons(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  let votes = 0;
  for (const statement of sourceCode.ast.body) {
    const last = isTerminated(statement) ? sourceCode.getLastToken(statement) : undefined;
    if (last === undefined) continue;
    const ends = last?.value === ";" && !isFirstOnLine(sourceCode, last.range[0]);
    votes += ends ? 1 : -1;
  }
  return votes >= 0;
}

function isTerminated(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === T.ExportNamedDeclaration && statement.declaration !== null
    ? TERMINATED.has(statement.declaration.type)
    : TERMINATED.has(statement.type);
}

/** Statements that end in a semicolon when the file uses them. */
const TERMINATED: ReadonlySet<string> = new Set([
  T.ExpressionStatement,
  T.ExportAllDeclaration,
  T.ExportNamedDeclaration,
  T.ImportDeclaration,
  T.TSImportEqualsDeclaration,
  T.TSTypeAliasDeclaration,
  T.ThrowStatement,
  T.VariableDeclaration,
]);

function indentOf(sourceCode: Readonly<TSESLint.SourceCode>): string {
  let previous = "";
  let shortest: string | undefined;
  const starts = new Set(sourceCode.ast.tokens.map((token) => token.loc.start.line));
  for (const line of starts) {
    const current = /^\s*/u.exec(sourceCode.lines[line - 1] ?? "")?.[0] ?? "";
    if (current.startsWith("\t")) return "\t";
    const step = current.slice(previous.length);
    if (step !== "" && (shortest === undefined || step.length < shortest.length)) shortest = step;
    previous = current;
  }
  return shortest === undefined || shortest.length < 2 ? "  " : shortest;
}

function usesSpacedBraces(sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  let votes = 0;
  const { tokens } = sourceCode.ast;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.value !== "{" || token.type !== AST_TOKEN_TYPES.Punctuator || next === undefined)
      continue;
    if (next.value === "}" || next.loc.start.line !== token.loc.end.line) continue;
    votes += next.range[0] > token.range[1] ? 1 : -1;
  }
  return votes >= 0;
}
