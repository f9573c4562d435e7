/** How a file loads modules: by `import`, by `require`, by `import =`; and which of its statements do. */
import path from "node:path";
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { unwrap } from "../ast/nodes.ts";
import type { RelativeExtension } from "./modules.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What only the compiler options know. Everything may be left out; then the file itself decides. */
export interface ModuleStyle {
  readonly verbatimModuleSyntax?: boolean | undefined;
  /** Whether this file is compiled to CommonJS. */
  readonly emitsCommonJs?: boolean | undefined;
  /** Whether TypeScript takes the file for a module although it may hold no import or export. */
  readonly isModule?: boolean | undefined;
  /** Specifiers that other files of the project import from; asked where the file has no habit of its own. */
  readonly neighbours?: (() => readonly string[]) | undefined;
  /** How relative specifiers have to end in a project that has none yet. */
  readonly relativeExtension?: RelativeExtension | undefined;
}

export type Syntax = "import" | "import-equals" | "require";

/** How the file imports. A script has no answer yet: it would become a module by the import. */
export function syntaxOf(
  sourceCode: SourceCode,
  filename: string,
  style: ModuleStyle,
): { readonly syntax: Syntax | undefined; readonly isScript: boolean } {
  const extension = path.extname(filename);
  const isTypeScript = /^\.[cm]?tsx?$/u.test(extension);
  const { body } = sourceCode.ast;
  const hasImports = body.some((statement) => isValueImport(statement));
  const hasModuleSyntax = body.some(isModuleSyntax);
  const hasImportEquals = body.some((statement) => isImportEquals(statement));
  const requires = usesRequire(sourceCode);
  const as = (syntax: Syntax | undefined, isScript = false) => ({ syntax, isScript });

  if (isTypeScript) {
    const emitsCommonJs = style.emitsCommonJs ?? (extension === ".cts" ? true : undefined);
    const isModule = style.isModule === true || hasModuleSyntax || /^\.[cm]/u.test(extension);
    if (style.verbatimModuleSyntax === true && emitsCommonJs === true)
      return as("import-equals", !isModule);
    if (hasImportEquals && !hasImports) return as("import-equals");
    if (hasModuleSyntax || extension === ".mts") return as("import");
    if (extension === ".cts") return as(requires ? "require" : "import-equals");
    return as(requires ? "require" : "import", !isModule);
  }
  if (hasModuleSyntax || extension === ".mjs") return as("import");
  if (requires || extension === ".cjs") return as("require");
  const isModule = sourceCode.scopeManager?.isModule() === true;
  return isModule ? as("import", style.isModule !== true) : as(undefined);
}

const MODULE_SYNTAX = /^(?:Import|Export|TSExportAssignment)/u;

/** Whether a statement makes the file a module; `import name = Namespace.member` does not. */
function isModuleSyntax(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === T.TSImportEqualsDeclaration
    ? statement.moduleReference.type === T.TSExternalModuleReference
    : MODULE_SYNTAX.test(statement.type);
}

const COMMON_JS: ReadonlySet<string> = new Set(["require", "exports", "module"]);

const requiring = new WeakMap<TSESTree.Program, boolean>();

/**
 * Whether the file calls `require`, or assigns to `exports`, and nothing in it declares them. One that only asks whether they
 * are there also runs where they are not.
 */
function usesRequire(sourceCode: SourceCode): boolean {
  const known = requiring.get(sourceCode.ast) ?? findRequire(sourceCode);
  requiring.set(sourceCode.ast, known);
  return known;
}

function findRequire(sourceCode: SourceCode): boolean {
  const places = (sourceCode.scopeManager?.scopes ?? []).flatMap(({ references }) =>
    references
      .filter(
        ({ identifier, resolved }) =>
          COMMON_JS.has(identifier.name) && (resolved === null || resolved.defs.length === 0),
      )
      .map(({ identifier }) => identifier.parent),
  );
  const loads = sourceCode.ast.body.some((statement) => requiredBy(statement).length > 0);
  const asks = places.some(
    (place) => place.type === T.UnaryExpression && place.operator === "typeof",
  );
  return (
    places.some(({ type }) => type === T.MemberExpression || type === T.CallExpression) &&
    (loads || !asks)
  );
}

/** The modules that a top-level statement names. */
export function specifiersOf(statement: TSESTree.ProgramStatement): readonly string[] {
  switch (statement.type) {
    case T.ImportDeclaration:
    case T.ExportAllDeclaration:
      return [statement.source.value];
    case T.ExportNamedDeclaration:
      return statement.source === null ? [] : [statement.source.value];
    default:
      return requiredBy(statement).map(({ specifier }) => specifier);
  }
}

/** The modules that a top-level statement loads by `require` (or `import =`), with the pattern they are bound to. */
export function requiredBy(
  statement: TSESTree.ProgramStatement,
): readonly { readonly specifier: string; readonly id: TSESTree.Node }[] {
  if (isImportEquals(statement)) {
    const { expression } = statement.moduleReference;
    return [{ specifier: expression.value, id: statement.id }];
  }
  if (statement.type !== T.VariableDeclaration) return [];
  return statement.declarations.flatMap(({ id, init }) => {
    const specifier = init === null ? undefined : requireSpecifier(init);
    return specifier === undefined ? [] : [{ specifier, id }];
  });
}

function requireSpecifier(init: TSESTree.Expression): string | undefined {
  const call = unwrap(init);
  if (call.type !== T.CallExpression || call.callee.type !== T.Identifier) return undefined;
  const [argument] = call.arguments;
  return call.callee.name === "require" && argument?.type === T.Literal
    ? String(argument.value)
    : undefined;
}

/** `import … from`, also for its effects alone; not `import type`. */
export function isValueImport(
  statement: TSESTree.ProgramStatement,
): statement is TSESTree.ImportDeclaration {
  return statement.type === T.ImportDeclaration && statement.importKind !== "type";
}

/** `import name = require("…")`. */
export function isImportEquals(
  statement: TSESTree.ProgramStatement,
): statement is TSESTree.TSImportEqualsDeclaration & {
  moduleReference: TSESTree.TSExternalModuleReference;
} {
  return (
    statement.type === T.TSImportEqualsDeclaration &&
    statement.moduleReference.type === T.TSExternalModuleReference &&
    statement.importKind !== "type"
  );
}
