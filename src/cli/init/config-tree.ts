/** Where things are in the tree of an ESLint config: the list that it exports, its imports, its names. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";

export type List = TSESTree.ArrayExpression | TSESTree.CallExpression;

/** Functions that take entries, or lists of them, and give one flat list. */
const LIST_MAKERS: ReadonlySet<string> = new Set(["defineConfig", "config"]);

/** The list that the config exports: an array, `defineConfig(…)`, `tseslint.config(…)`, or a constant that is one. */
export function exportedList({
  body,
}: TSESTree.Program): { readonly list: List; readonly isCommonJs: boolean } | undefined {
  for (const statement of body) {
    if (statement.type === T.ExportDefaultDeclaration) {
      const list = asList(statement.declaration, body);
      return list && { list, isCommonJs: false };
    }
    if (
      statement.type === T.TSExportAssignment ||
      (statement.type === T.ExpressionStatement && isModuleExports(statement))
    ) {
      const value =
        statement.type === T.TSExportAssignment
          ? statement.expression
          : (statement.expression as TSESTree.AssignmentExpression).right;
      const list = asList(value, body);
      return list && { list, isCommonJs: true };
    }
  }
  return undefined;
}

function isModuleExports({ expression }: TSESTree.ExpressionStatement): boolean {
  return (
    expression.type === T.AssignmentExpression &&
    expression.operator === "=" &&
    expression.left.type === T.MemberExpression &&
    expression.left.object.type === T.Identifier &&
    expression.left.object.name === "module" &&
    expression.left.property.type === T.Identifier &&
    expression.left.property.name === "exports"
  );
}

function asList(node: TSESTree.Node, body: readonly TSESTree.ProgramStatement[]): List | undefined {
  switch (node.type) {
    case T.TSAsExpression:
    case T.TSSatisfiesExpression:
      return asList(node.expression, body);
    case T.ArrayExpression:
      return node;
    case T.CallExpression: {
      const { callee } = node;
      const name =
        callee.type === T.Identifier
          ? callee.name
          : callee.type === T.MemberExpression && callee.property.type === T.Identifier
            ? callee.property.name
            : "";
      if (!LIST_MAKERS.has(name)) return undefined;
      const [only] = node.arguments;
      return node.arguments.length === 1 && only?.type === T.ArrayExpression ? only : node;
    }
    case T.Identifier: {
      const declarations = body.flatMap((statement) =>
        statement.type === T.VariableDeclaration && statement.kind === "const"
          ? statement.declarations
          : [],
      );
      const found = declarations.find(
        ({ id }) => id.type === T.Identifier && id.name === node.name,
      );
      // Once: a constant that names another is not how configs are written.
      return found?.init && found.init.type !== T.Identifier ? asList(found.init, body) : undefined;
    }
    default:
      return undefined;
  }
}

export function elementsOf(list: List): readonly TSESTree.Node[] {
  const elements = list.type === T.ArrayExpression ? list.elements : list.arguments;
  return elements.filter((element) => element !== null);
}

/** After the last import (or `require` at the top); before everything where there is none, but after a hashbang and comments. */
export function placeForImport(
  { body }: TSESTree.Program,
  text: string,
  isCommonJs: boolean,
): number {
  const isImport = (statement: TSESTree.ProgramStatement): boolean =>
    statement.type === T.ImportDeclaration ||
    (isCommonJs && (isRequire(statement) || isDirective(statement)));
  const last = body.findLast(isImport);
  if (last !== undefined) return last.range[1];
  return body[0]?.range[0] === undefined || text.slice(0, body[0].range[0]).trim() === ""
    ? 0
    : lineBefore(text, body[0].range[0]);
}

/** The end of the line above a place. */
function lineBefore(text: string, place: number): number {
  return Math.max(0, text.lastIndexOf("\n", place - 1));
}

function isRequire(statement: TSESTree.ProgramStatement): boolean {
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.every(
      ({ init }) =>
        init?.type === T.CallExpression &&
        init.callee.type === T.Identifier &&
        init.callee.name === "require",
    )
  );
}

function isDirective(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === T.ExpressionStatement && statement.directive !== undefined;
}

export function topLevelNames({ body }: TSESTree.Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.type === T.ImportDeclaration) {
      for (const { local } of statement.specifiers) names.add(local.name);
    }
    if (statement.type === T.VariableDeclaration) {
      for (const { id } of statement.declarations) {
        if (id.type === T.Identifier) names.add(id.name);
      }
    }
  }
  return names;
}

/** The name of a whole module in the config: `import x from`, `import * as x from`, `const x = require()`. */
export function importedAs({ body }: TSESTree.Program, module: string): string | undefined {
  for (const statement of body) {
    if (statement.type === T.ImportDeclaration && statement.source.value === module) {
      const whole = statement.specifiers.find(({ type }) => type !== T.ImportSpecifier);
      if (whole !== undefined) return whole.local.name;
    }
    if (isRequire(statement) && statement.type === T.VariableDeclaration) {
      for (const { id, init } of statement.declarations) {
        const [from] = (init as TSESTree.CallExpression).arguments;
        if (id.type === T.Identifier && from?.type === T.Literal && from.value === module) {
          return id.name;
        }
      }
    }
  }
  return undefined;
}
