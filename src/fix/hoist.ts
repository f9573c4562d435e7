/** Declaring a `const` in front of a statement: for values that must not be made again on every attempt. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { contains, enclosingFunction, isFunction, isLoop } from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { lower, makeEdit, refuse, type Edit } from "./edit.ts";
import { isNextLineDirective } from "./header.ts";
import { insertion } from "./list.ts";
import { freshLocalName } from "./names.ts";
import { firstOf, indentationAt, isFirstOnLine, styleOf, terminator } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

export interface Declaration {
  /** The name of the new variable. */
  readonly name: string;
  readonly edit: Edit;
}

/**
 * Declares `const name = init` in front of the statement that holds `anchor` (or that `anchor` is), in the same function.
 * The name is free there. What `init` refers to, and that it may run earlier than the anchor, is the caller's concern.
 * @param init - source text of the value
 * @param base - the name to use if it is free
 * @param owner - what the variable is for; several declarations in one file need different ones
 */
export function declareBefore(
  sourceCode: SourceCode,
  anchor: TSESTree.Node,
  init: string,
  base: string,
  owner: TSESTree.Node = anchor,
): Declaration {
  const statement = statementAround(anchor);
  if (typeof statement === "string") return { name: base, edit: refuse(statement) };
  const name = freshLocalName(sourceCode, statement, base, owner);
  const parts = declarationParts(sourceCode, statement, `const ${name} = ${init}`);
  return { name, edit: lower(makeEdit(sourceCode, parts), ...limitFor(sourceCode, statement)) };
}

/**
 * Moves an expression into a `const` in front of the statement that holds `anchor`, and leaves the name in its place.
 * Refused where it would mean something else there: names that are declared or assigned inside the anchor, `this`, `await`,
 * `yield` and the like across a function that has its own.
 * @param anchor - a loop, call or statement around the expression
 */
export function moveBefore(
  sourceCode: SourceCode,
  expression: TSESTree.Expression,
  anchor: TSESTree.Node,
  base: string,
): Declaration {
  const statement = statementAround(anchor);
  if (typeof statement === "string") return { name: base, edit: refuse(statement) };
  const obstacle = contains(statement, expression)
    ? obstacleTo(sourceCode, expression, statement)
    : "the value is not part of it";
  if (obstacle !== undefined) return { name: base, edit: refuse(obstacle) };

  const name = freshLocalName(sourceCode, statement, base, expression);
  const { parent } = expression;
  const isShorthand = parent.type === T.Property && parent.shorthand;
  const text = `const ${name} = ${sourceCode.getText(expression)}`;
  const use = isShorthand
    ? insertion(expression.range[1], `: ${name}`)
    : { range: expression.range, text: name };
  const parts = [...declarationParts(sourceCode, statement, text), use];
  return { name, edit: lower(makeEdit(sourceCode, parts), ...limitFor(sourceCode, statement)) };
}

/** A directive comment speaks of a line as it is now: a person should see what becomes of it. */
function limitFor(
  sourceCode: SourceCode,
  statement: TSESTree.Node,
): ["fix" | "suggestion", string] {
  const isGoverned = sourceCode.getCommentsBefore(statement).some(isNextLineDirective);
  return [isGoverned ? "suggestion" : "fix", "a comment governs the line that changes"];
}

function declarationParts(sourceCode: SourceCode, statement: TSESTree.Node, text: string) {
  const style = styleOf(sourceCode);
  if (!isInList(statement)) {
    // The body of an `if`, a loop or a label without braces.
    return [insertion(statement.range[0], `{ ${text}; `), insertion(statement.range[1], " }")];
  }
  const first = firstOf(sourceCode, statement);
  const next = sourceCode.getFirstToken(statement);
  if (!isFirstOnLine(sourceCode, first.range[0])) {
    return [insertion(first.range[0], `${text}; `)];
  }
  const indentation = indentationAt(sourceCode, first.range[0]);
  const ending = terminator(style, next);
  return [insertion(first.range[0], `${text}${ending}${style.newline}${indentation}`)];
}

/** The statement to declare in front of, or why there is none. */
function statementAround(anchor: TSESTree.Node): TSESTree.Node | string {
  for (let current = anchor; ;) {
    const { parent } = current;
    if (parent === undefined) return "there is no statement around it";
    if (isFunction(current) && current !== anchor) {
      return current.type === T.ArrowFunctionExpression && current.body.type !== T.BlockStatement
        ? "the function has no block body"
        : "it is evaluated with the function's parameters";
    }
    if (isInList(current)) return current;
    if (isBracelessBody(current, parent)) {
      // In front of `label: for (…)` braces would cut the label off from its loop.
      if (parent.type !== T.LabeledStatement) {
        return isDeclaration(current) ? "there is no block around it" : current;
      }
    } else if (parent.type === T.PropertyDefinition || parent.type === T.AccessorProperty) {
      return "it is evaluated with the fields of the class";
    } else if (isLoop(parent) && isEvaluatedPerRound(parent, current)) {
      return "it is evaluated on every round of the loop";
    }
    current = parent;
  }
}

function isInList(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case T.Program:
    case T.BlockStatement:
    case T.StaticBlock:
    case T.TSModuleBlock:
      return true;
    case T.SwitchCase:
      // A declaration in a case is in scope in the others; braces around a declaration would hide it.
      return parent.test !== node && isDeclaration(node);
    default:
      return false;
  }
}

function isDeclaration(node: TSESTree.Node): boolean {
  return node.type.endsWith("Declaration");
}

function isBracelessBody(node: TSESTree.Node, parent: TSESTree.Node): boolean {
  switch (parent.type) {
    case T.IfStatement:
      return parent.test !== node;
    case T.SwitchCase:
      return parent.test !== node;
    case T.LabeledStatement:
    case T.WithStatement:
      return parent.body === node;
    default:
      return isLoop(parent) && parent.body === node && node.type !== T.BlockStatement;
  }
}

function isEvaluatedPerRound(loop: TSESTree.Node, part: TSESTree.Node): boolean {
  return ("test" in loop && loop.test === part) || ("update" in loop && loop.update === part);
}

/** What keeps an expression from being evaluated in front of the statement. */
function obstacleTo(
  sourceCode: SourceCode,
  expression: TSESTree.Expression,
  statement: TSESTree.Node,
): string | undefined {
  const boundary = functionBetween(expression, statement);
  // An arrow has no `this` and no `arguments` of its own.
  const into = (inner: TSESTree.Node): boolean =>
    !isFunction(inner) || inner.type === T.ArrowFunctionExpression;
  for (const node of walk(expression, sourceCode.visitorKeys, into)) {
    if (node.type === T.AwaitExpression || node.type === T.YieldExpression) {
      const isOwn = enclosingFunction(node) === enclosingFunction(expression);
      if (boundary !== undefined && isOwn) return "it awaits inside a function";
    } else if (
      node.type === T.ThisExpression ||
      node.type === T.Super ||
      (node.type === T.MetaProperty && node.meta.name === "new")
    ) {
      if (boundary === "own this") return "it uses the `this` of a function";
    } else if (node.type === T.Identifier && node.name === "arguments" && boundary === "own this") {
      return "it uses the `arguments` of a function";
    }
  }
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const { identifier, resolved } of scope.references) {
      if (!contains(expression, identifier) || resolved === null) continue;
      if (resolved.defs.some(({ name }) => contains(expression, name))) continue;
      if (resolved.defs.some(({ name }) => contains(statement, name))) {
        return `\`${resolved.name}\` is declared inside`;
      }
      const isChanged = resolved.references.some(
        (reference) => reference.isWrite() && contains(statement, reference.identifier),
      );
      if (isChanged) return `\`${resolved.name}\` is assigned inside`;
    }
  }
  return undefined;
}

function functionBetween(
  inner: TSESTree.Node,
  outer: TSESTree.Node,
): "arrow" | "own this" | undefined {
  let found: "arrow" | undefined;
  for (let node = inner.parent; node !== undefined && node !== outer; node = node.parent) {
    if (node.type === T.ArrowFunctionExpression) found = "arrow";
    else if (
      isFunction(node) ||
      node.type === T.PropertyDefinition ||
      node.type === T.AccessorProperty ||
      node.type === T.StaticBlock
    ) {
      return "own this";
    }
  }
  return isFunction(outer) ? "own this" : found;
}
