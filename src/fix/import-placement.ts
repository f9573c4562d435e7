/** Where a new import statement goes, in the style of the file. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { contains, unwrap } from "../ast/nodes.ts";
import { walkOwn } from "../ast/walk.ts";
import type { TextEdit } from "./edit.ts";
import { firstAfterHeader, isDirective } from "./header.ts";
import { isImportEquals, type Syntax } from "./import-syntax.ts";
import { insertion } from "./list.ts";
import { endOfTrail, isFirstOnLine, styleOf, terminator } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Puts a whole import statement after the last import, or below the header of a file without one. */
export function placeImport(
  sourceCode: SourceCode,
  statement: string,
  syntax: Syntax,
  uses: readonly TSESTree.Node[],
): readonly TextEdit[] {
  const style = styleOf(sourceCode);
  const { newline } = style;
  const last = syntax === "require" ? lastRequire(sourceCode, uses) : lastImport(sourceCode);
  if (last !== undefined) {
    const semicolon = sourceCode.getLastToken(last, ASTUtils.isSemicolonToken);
    // In files without semicolons, one at the start of a line guards the statement below it.
    const isGuard = semicolon !== null && isFirstOnLine(sourceCode, semicolon.range[0]);
    const anchor = (isGuard ? sourceCode.getTokenBefore(semicolon) : null) ?? last;
    const { end, sameLine } = endOfTrail(sourceCode, anchor);
    const next = sourceCode.getTokenAfter(anchor);
    const ending = sameLine ? ";" : terminator(style, next);
    return [{ ...insertion(end, `${newline}${statement}${ending}`), goesFirst: true }];
  }

  const first = firstAfterHeader(sourceCode);
  const at = first?.range[0] ?? sourceCode.text.length;
  const next = sourceCode.ast.tokens.find(({ range }) => range[0] >= at) ?? null;
  const before = isFirstOnLine(sourceCode, at) ? "" : newline;
  const text = `${before}${statement}${terminator(style, next)}${newline}`;
  return [{ ...insertion(at, before === "" ? text + newline : text), goesFirst: true }];
}

function lastImport(sourceCode: SourceCode): TSESTree.ProgramStatement | undefined {
  return sourceCode.ast.body.findLast(
    (statement) => statement.type === T.ImportDeclaration || isImportEquals(statement),
  );
}

/**
 * The last `require` of those that the file begins with. Unlike imports, they run in their order: nothing that does work,
 * or uses the helper, may stand before.
 */
function lastRequire(
  sourceCode: SourceCode,
  uses: readonly TSESTree.Node[],
): TSESTree.ProgramStatement | undefined {
  let last: TSESTree.ProgramStatement | undefined;
  for (const statement of sourceCode.ast.body) {
    if (doesWork(sourceCode, statement)) break;
    if (!loadsOnly(statement)) continue;
    if (uses.some((use) => contains(statement, use))) break;
    last = statement;
  }
  return last;
}

function doesWork(sourceCode: SourceCode, statement: TSESTree.ProgramStatement): boolean {
  if (loadsOnly(statement) || isDirective(statement)) return false;
  return !DECLARATIONS.test(statement.type) || hasWork(sourceCode, statement);
}

/** Whether something that runs above a node of the program, other than loading modules, calls functions: perhaps of the file. */
export function callsAbove(sourceCode: SourceCode, node: TSESTree.Node): boolean {
  return sourceCode.ast.body.some(
    (statement) =>
      statement.range[1] <= node.range[0] &&
      !loadsOnly(statement) &&
      [...walkOwn(statement, sourceCode.visitorKeys)].some(({ type }) => CALLS.test(type)),
  );
}

const CALLS = /^(?:Call|New|TaggedTemplate)Expression$/u;

const DECLARATIONS = /^(?:Function|VariableDeclaration|TS(?:Interface|TypeAlias))/u;

function hasWork(sourceCode: SourceCode, statement: TSESTree.ProgramStatement): boolean {
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.some(
      ({ init }) => init !== null && ASTUtils.hasSideEffect(init, sourceCode),
    )
  );
}

/** `const a = require("a")`, `require("b").config()`; not what is given a function, and may call it. */
function loadsOnly(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type === T.ExpressionStatement) return isRootedInRequire(statement.expression);
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.every(
      ({ id, init }) => init !== null && isRootedInRequire(init) && !hasDefaults(id),
    )
  );
}

/** Whether something is worked out while a pattern takes a value apart: `{ a = main() }`, `{ [key()]: b }`. */
function hasDefaults(pattern: TSESTree.BindingName): boolean {
  if (pattern.type === T.Identifier) return false;
  return (
    pattern.type === T.ArrayPattern ||
    pattern.properties.some(
      (property) =>
        property.type === T.Property && (property.computed || property.value.type !== T.Identifier),
    )
  );
}

function isRootedInRequire(expression: TSESTree.Expression): boolean {
  for (let current: TSESTree.Node = expression; ;) {
    current = unwrap(current);
    if (current.type === T.MemberExpression) {
      if (current.computed && !isPlain(current.property)) return false;
      current = current.object;
    } else if (current.type !== T.CallExpression) return false;
    else if (current.callee.type === T.Identifier) return current.callee.name === "require";
    else if (current.arguments.some((argument) => !isPlain(argument))) return false;
    else current = current.callee;
  }
}

/** Whether an argument certainly holds no function of this file. */
function isPlain(argument: TSESTree.Node): boolean {
  switch (argument.type) {
    case T.Literal:
      return true;
    case T.TemplateLiteral:
      return argument.expressions.every(isPlain);
    case T.ObjectExpression:
      return argument.properties.every(
        (property) =>
          property.type === T.Property &&
          isPlain(property.value) &&
          (!property.computed || isPlain(property.key)),
      );
    default:
      return false;
  }
}
