/** Putting statements beside others and into blocks, in the style of the file. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isLoop } from "../ast/nodes.ts";
import { type Edit, makeEdit, refuse } from "./edit.ts";
import { isDirective } from "./header.ts";
import { insertion } from "./list.ts";
import { freshLocalName } from "./names.ts";
import { firstOf, indentationAt, isFirstOnLine, styleOf, terminator } from "./style.ts";

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
  const { newline } = styleOf(sourceCode);
  const open = block.range[0] + 1;
  const directive = block.body.findLast(isDirective);
  if (directive !== undefined) return insertAfter(sourceCode, directive, statement);
  const [first] = block.body;
  if (first === undefined) return fillBlock(sourceCode, block, statement);
  if (first.loc.start.line === block.loc.start.line) {
    // Whatever follows on the line stays a statement of its own.
    return makeEdit(sourceCode, [insertion(open, ` ${statement}`)]);
  }
  const trailing = sourceCode
    .getCommentsBefore(first)
    .filter(({ loc }) => loc.end.line === block.loc.start.line);
  const margin = indentationAt(sourceCode, first.range[0]);
  const next = sourceCode.getFirstToken(first);
  return makeEdit(sourceCode, [
    insertion(
      trailing.at(-1)?.range[1] ?? open,
      `${newline}${margin}${styled(sourceCode, statement, next)}`,
    ),
  ]);
}

/**
 * Inserts a statement as the last of a block.
 * @param statement - its text, semicolon included
 */
export function insertLast(
  sourceCode: SourceCode,
  block: TSESTree.BlockStatement,
  statement: string,
): Edit {
  const last = block.body.at(-1);
  return last === undefined
    ? fillBlock(sourceCode, block, statement)
    : insertAfter(sourceCode, last, statement);
}

/** The only statement of an empty block, below whatever comments are in it. */
function fillBlock(
  sourceCode: SourceCode,
  block: TSESTree.BlockStatement,
  statement: string,
): Edit {
  const { newline, indent } = styleOf(sourceCode);
  const [start, end] = [block.range[0] + 1, block.range[1] - 1];
  if (block.loc.start.line === block.loc.end.line) {
    const space = sourceCode.text.slice(start, end).endsWith(" ") ? "" : " ";
    const lead = start === end || space === " " ? " " : "";
    return makeEdit(sourceCode, [insertion(end, `${lead}${statement} `)]);
  }
  const margin = indentationAt(sourceCode, end);
  const text = `${indent}${styled(sourceCode, statement, null)}${newline}${margin}`;
  return isFirstOnLine(sourceCode, end)
    ? makeEdit(sourceCode, [insertion(end, text)])
    : makeEdit(sourceCode, [insertion(end, `${newline}${margin}${text}`)]);
}

/**
 * Inserts a statement before another one and the comments that belong to it; into braces, where the other is the whole body of an
 * `if` or a loop.
 * @param statement - its text, semicolon included
 */
export function insertBefore(sourceCode: SourceCode, next: TSESTree.Node, statement: string): Edit {
  const { newline } = styleOf(sourceCode);
  if (!isInList(next)) {
    return isBracelessBody(next)
      ? makeEdit(sourceCode, [
          insertion(next.range[0], `{ ${statement} `),
          insertion(next.range[1], " }"),
        ])
      : refuse("there is no room for another statement");
  }
  const first = firstOf(sourceCode, next);
  if (!isFirstOnLine(sourceCode, first.range[0]))
    return makeEdit(sourceCode, [insertion(first.range[0], `${statement} `)]);
  const text = styled(sourceCode, statement, sourceCode.getFirstToken(next));
  const margin = indentationAt(sourceCode, first.range[0]);
  return makeEdit(sourceCode, [insertion(first.range[0], `${text}${newline}${margin}`)]);
}

/**
 * Inserts a statement after another one, on the next line or, where more follows on the line, on that.
 * @param statement - its text, semicolon included
 */
export function insertAfter(
  sourceCode: SourceCode,
  previous: TSESTree.Node,
  statement: string,
): Edit {
  const { newline } = styleOf(sourceCode);
  const end = previous.range[1];
  const next = sourceCode.getTokenAfter(previous);
  const last = sourceCode.getLastToken(previous);
  if (next?.loc.start.line === previous.loc.end.line) {
    // Without its own semicolon a statement would run into one on the same line.
    const isEnded = last?.value === ";" || endsInBlock(previous);
    return makeEdit(sourceCode, [insertion(end, `${isEnded ? "" : ";"} ${statement}`)]);
  }
  const comments = sourceCode
    .getCommentsAfter(previous)
    .filter(({ loc }) => loc.start.line === previous.loc.end.line);
  const margin = indentationAt(sourceCode, previous.range[0]);
  return makeEdit(sourceCode, [
    insertion(
      comments.at(-1)?.range[1] ?? end,
      `${newline}${margin}${styled(sourceCode, statement, next)}`,
    ),
  ]);
}

/** Whether a statement ends in a block, after which no semicolon is needed. */
function endsInBlock(statement: TSESTree.Node): boolean {
  switch (statement.type) {
    case T.BlockStatement:
    case T.ClassDeclaration:
    case T.FunctionDeclaration:
    case T.SwitchStatement:
    case T.TryStatement:
      return true;
    case T.IfStatement:
      return endsInBlock(statement.alternate ?? statement.consequent);
    case T.ForInStatement:
    case T.ForOfStatement:
    case T.ForStatement:
    case T.LabeledStatement:
    case T.WhileStatement:
      return endsInBlock(statement.body);
    default:
      return false;
  }
}

/** The name of the error in a `catch` or in the handler of a promise; a `catch` without one is given it. */
export function nameError(
  sourceCode: SourceCode,
  clause: FunctionNode | TSESTree.CatchClause,
): { readonly name: string; readonly edit: Edit } {
  const { body } = clause;
  const param = clause.type === T.CatchClause ? clause.param : (clause.params[0] ?? null);
  if (param?.type === T.Identifier) return { name: param.name, edit: makeEdit(sourceCode, []) };
  if (param !== null)
    return { name: "", edit: refuse("the error is taken apart where it is caught") };
  if (clause.type !== T.CatchClause)
    return { name: "", edit: refuse("the function that is called then takes no error") };
  const name = freshLocalName(sourceCode, body, "error", clause);
  const keyword = sourceCode.getFirstToken(clause)?.range ?? clause.range;
  return { name, edit: makeEdit(sourceCode, [insertion(keyword[1], ` (${name})`)]) };
}

/** Whether a node is one of a list of statements, so that another can stand beside it. */
export function isInList({ parent, type }: TSESTree.Node): boolean {
  if (!/Statement$|Declaration$/.test(type)) return false;
  switch (parent?.type) {
    case T.BlockStatement:
    case T.Program:
    case T.StaticBlock:
    case T.SwitchCase:
    case T.TSModuleBlock:
      return true;
    default:
      return false;
  }
}

/** Whether a statement is the whole body of an `if` or a loop. */
function isBracelessBody(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (parent?.type === T.IfStatement && parent.test !== node) ||
    (isLoop(parent) && parent.body === node)
    ? node.type !== T.BlockStatement
    : false;
}

/** A statement with or without its semicolon, as the file has it. */
function styled(sourceCode: SourceCode, statement: string, next: TSESTree.Token | null): string {
  return statement.endsWith(";")
    ? `${statement.slice(0, -1)}${terminator(styleOf(sourceCode), next)}`
    : statement;
}
