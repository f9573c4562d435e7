/** Making an export of the helper usable at a place in a file: the binding that is there, or the import that is missing. */
import path from "node:path";
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { ancestors, contains, enclosingFunction, staticKey, unwrap } from "../ast/nodes.ts";
import { lower, makeEdit, NO_CHANGE, type Edit, type TextEdit } from "./edit.ts";
import { firstAfterHeader, isDirective } from "./header.ts";
import { appendToList, insertion } from "./list.ts";
import {
  canResolve,
  extensionHabit,
  findSource,
  isModulePackage,
  leadsTo,
  relativeSpecifier,
  type RelativeExtension,
} from "./modules.ts";
import { freshModuleName } from "./names.ts";
import { braced, endOfTrail, isFirstOnLine, quoted, styleOf, terminator } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** What only the compiler options know. Everything may be left out; then the file itself decides. */
export interface ModuleStyle {
  readonly verbatimModuleSyntax?: boolean | undefined;
  /** Whether this file is compiled to CommonJS. */
  readonly emitsCommonJs?: boolean | undefined;
  /** Whether TypeScript takes the file for a module although it may hold no import or export. */
  readonly isModule?: boolean | undefined;
  /** How relative specifiers end in a file that has none yet. */
  readonly relativeExtension?: RelativeExtension | undefined;
}

export interface BindingRequest {
  /** Package specifier, alias, or project file (starting with `.`, relative to `cwd`). */
  readonly module: string;
  /** The export that is wanted. */
  readonly name: string;
  /** The linted file, as `context.filename` has it. */
  readonly filename: string;
  /** `context.physicalFilename`; another name than `filename` means that a processor cut the text out of a larger file. */
  readonly physicalFilename?: string | undefined;
  /** `context.cwd`. */
  readonly cwd: string;
  /** The nodes at which the name will be written. */
  readonly uses: readonly TSESTree.Node[];
  readonly style?: ModuleStyle | undefined;
  /**
   * The compiler's resolution, where there is one: the file that a specifier leads to, `null` when it leads nowhere,
   * `undefined` when it cannot tell. Aliases resolve through this alone.
   */
  readonly resolve?:
    ((specifier: string, filename: string) => string | null | undefined) | undefined;
}

/** How the export is to be written at the uses, or why it cannot be. */
export type Binding =
  | {
      readonly kind: "bound";
      /** What to write: `sendWithBackoff`, an alias, or `namespace.sendWithBackoff`. */
      readonly localName: string;
      /** The import; it has no parts when the binding is there already. */
      readonly edit: Edit;
    }
  | { readonly kind: "refused"; readonly reason: string };

type Syntax = "import" | "import-equals" | "require";

/** A binding of the module that is in the file. */
type Existing =
  | {
      readonly kind: "named" | "namespace";
      readonly id: TSESTree.Identifier;
      readonly imported: string;
    }
  /** A place to which a named binding can be added. */
  | {
      readonly kind: "extendable";
      /** The pattern that is filled when its `require` has run; an import is there from the start. */
      readonly pattern?: TSESTree.Node;
      readonly extend: (name: string, alias: string) => readonly TextEdit[];
    };

/**
 * Finds or makes a binding for an export of the helper module. Every finding of a file asks for itself and carries the
 * import for as long as it is missing: such edits overlap, so ESLint makes one of them, and in the next pass the binding
 * is there for all the others. A single edit from an editor is therefore complete, too.
 */
export function requireBinding(sourceCode: SourceCode, request: BindingRequest): Binding {
  const filename = path.resolve(request.cwd, request.filename);
  if (/\.d\.(?:[cm]?ts|[^./]+\.ts)$/u.test(filename)) return refused("this is a declaration file");
  if (request.uses.some(isAmbient)) return refused("this is an ambient declaration");

  const { syntax, isScript } = syntaxOf(sourceCode, filename, request.style ?? {});
  if (syntax === undefined) return refused("the file is a script, which cannot import");
  const located = locate(sourceCode, request, filename, syntax);
  if (typeof located === "string") return refused(located);

  const existing = existingBindings(sourceCode, located.isSame);
  for (const kind of ["named", "namespace"] as const) {
    for (const found of existing) {
      if (found.kind !== kind || (kind === "named" && found.imported !== request.name)) continue;
      if (!isUsable(sourceCode, found.id, request.uses)) continue;
      const localName = kind === "named" ? found.id.name : `${found.id.name}.${request.name}`;
      return { kind: "bound", localName, edit: NO_CHANGE };
    }
  }

  const made = makeImport(sourceCode, request, located.specifier, syntax, existing);
  if (typeof made === "string") return refused(made);
  const edit = makeEdit(sourceCode, made.edits);
  const isWhole =
    /\.[cm]?[jt]sx?$/u.test(filename) &&
    path.resolve(request.cwd, request.physicalFilename ?? filename) === filename;
  return {
    kind: "bound",
    localName: made.localName,
    edit: isScript
      ? lower(edit, "suggestion", "the file is a script, and an import makes it a module")
      : isWhole
        ? edit
        : lower(edit, "suggestion", "the code is part of a larger file"),
  };
}

function refused(reason: string): Binding {
  return { kind: "refused", reason };
}

function isAmbient(node: TSESTree.Node): boolean {
  for (const ancestor of ancestors(node)) {
    if (ancestor.type === T.TSModuleDeclaration && ancestor.declare) return true;
  }
  return false;
}

/** How the file imports. A script has no answer yet: it would become a module by the import. */
function syntaxOf(
  sourceCode: SourceCode,
  filename: string,
  style: ModuleStyle,
): { readonly syntax: Syntax | undefined; readonly isScript: boolean } {
  const extension = path.extname(filename);
  const isTypeScript = /^\.[cm]?tsx?$/u.test(extension);
  const { body } = sourceCode.ast;
  const hasImports = body.some((statement) => isValueImport(statement));
  const hasModuleSyntax = body.some((statement) => MODULE_SYNTAX.test(statement.type));
  const hasImportEquals = body.some((statement) => isImportEquals(statement));
  const requires = usesRequire(sourceCode);
  const as = (syntax: Syntax | undefined, isScript = false) => ({ syntax, isScript });

  if (isTypeScript) {
    const emitsCommonJs = style.emitsCommonJs ?? (extension === ".cts" ? true : undefined);
    if (style.verbatimModuleSyntax === true && emitsCommonJs === true) return as("import-equals");
    if (hasImportEquals && !hasImports) return as("import-equals");
    if (hasModuleSyntax || extension === ".mts") return as("import");
    if (extension === ".cts") return as(requires ? "require" : "import-equals");
    if (requires) return as("require", style.isModule !== true);
    return as("import", style.isModule !== true);
  }
  if (hasModuleSyntax || extension === ".mjs") return as("import");
  if (requires || extension === ".cjs") return as("require");
  const isModule = sourceCode.scopeManager?.isModule() === true;
  return isModule ? as("import", style.isModule !== true) : as(undefined);
}

const MODULE_SYNTAX = /^(?:Import|Export|TSImportEquals|TSExportAssignment)/u;

/** Whether the file calls `require`, or assigns to `exports`, and nothing in it declares them. */
function usesRequire(sourceCode: SourceCode): boolean {
  return (sourceCode.scopeManager?.scopes ?? []).some((scope) =>
    scope.references.some(
      ({ identifier, resolved }) =>
        (identifier.name === "require" ||
          identifier.name === "exports" ||
          identifier.name === "module") &&
        (resolved === null || resolved.defs.length === 0) &&
        (identifier.parent.type === T.CallExpression ||
          identifier.parent.type === T.MemberExpression),
    ),
  );
}

/** The specifier to write and a test for specifiers that mean the same module, or why there is none. */
function locate(
  sourceCode: SourceCode,
  { module, cwd, style, resolve }: BindingRequest,
  filename: string,
  syntax: Syntax,
): { readonly specifier: string; readonly isSame: (specifier: string) => boolean } | string {
  if (module.startsWith(".")) {
    const file = findSource(path.resolve(cwd, module));
    if (file === undefined) return `the helper file "${module}" does not exist`;
    const isIndex = /^index\.[^.]+$/u.test(path.basename(file));
    const isOwn = isIndex ? filename.startsWith(path.dirname(file) + path.sep) : filename === file;
    if (isOwn) return "the file is part of the helper";
    const specifier = relativeSpecifier(filename, file, extensionOf(sourceCode, filename, style));
    return {
      specifier,
      isSame: (other) => leadsTo(other, filename, file) || resolve?.(other, filename) === file,
    };
  }
  const resolved = resolve?.(module, filename);
  if (resolved === filename) return "the file is part of the helper";
  const isFound =
    resolved === undefined
      ? canResolve(module, filename, syntax === "import" ? "import" : "require")
      : resolved !== null;
  if (!isFound) return `"${module}" cannot be resolved from this file`;
  return { specifier: module, isSame: (other) => other === module };
}

/** The ending of relative specifiers: the file's habit, else what the project's kind of module needs. */
function extensionOf(
  sourceCode: SourceCode,
  filename: string,
  style: ModuleStyle | undefined,
): RelativeExtension {
  const counts = new Map<RelativeExtension, number>();
  for (const statement of sourceCode.ast.body) {
    for (const specifier of specifiersOf(statement)) {
      const habit = extensionHabit(specifier);
      if (habit !== undefined) counts.set(habit, (counts.get(habit) ?? 0) + 1);
    }
  }
  const [habit] = [...counts].sort((a, b) => b[1] - a[1]);
  if (habit !== undefined) return habit[0];
  if (style?.relativeExtension !== undefined) return style.relativeExtension;
  const extension = path.extname(filename);
  if (/^\.m[jt]s$/u.test(extension)) return "emitted";
  if (/^\.c[jt]s$/u.test(extension) || style?.emitsCommonJs === true) return "none";
  return isModulePackage(filename) ? "emitted" : "none";
}

function specifiersOf(statement: TSESTree.ProgramStatement): readonly string[] {
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
function requiredBy(
  statement: TSESTree.ProgramStatement,
): readonly { readonly specifier: string; readonly id: TSESTree.Node }[] {
  if (isImportEquals(statement)) {
    const { expression } = statement.moduleReference;
    return [{ specifier: expression.value, id: statement.id }];
  }
  if (statement.type !== T.VariableDeclaration || statement.kind !== "const") return [];
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

function isValueImport(
  statement: TSESTree.ProgramStatement,
): statement is TSESTree.ImportDeclaration {
  return statement.type === T.ImportDeclaration && statement.importKind !== "type";
}

function isImportEquals(
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

/** What the file has of the module already, in source order. */
function existingBindings(
  sourceCode: SourceCode,
  isSame: (specifier: string) => boolean,
): readonly Existing[] {
  return sourceCode.ast.body.flatMap((statement): readonly Existing[] => {
    if (statement.type === T.ImportDeclaration) {
      return isValueImport(statement) && isSame(statement.source.value)
        ? importedBindings(sourceCode, statement)
        : [];
    }
    return requiredBy(statement).flatMap(({ specifier, id }): readonly Existing[] =>
      isSame(specifier) ? requiredBindings(sourceCode, id) : [],
    );
  });
}

function importedBindings(
  sourceCode: SourceCode,
  declaration: TSESTree.ImportDeclaration,
): readonly Existing[] {
  // `import defer` takes a namespace only, and evaluates later: not to be touched.
  if ("phase" in declaration && (declaration.phase as unknown) != null) return [];
  const found: Existing[] = [];
  for (const specifier of declaration.specifiers) {
    if (specifier.type === T.ImportNamespaceSpecifier) {
      found.push({ kind: "namespace", id: specifier.local, imported: "*" });
    } else if (specifier.type === T.ImportSpecifier && specifier.importKind !== "type") {
      const { imported } = specifier;
      const name = imported.type === T.Identifier ? imported.name : imported.value;
      found.push({ kind: "named", id: specifier.local, imported: name });
    }
  }

  const last = declaration.specifiers.at(-1);
  const open = sourceCode.getFirstToken(declaration, {
    filter: (token) => token.value === "{" && token.range[1] <= declaration.source.range[0],
  });
  const text = (name: string, alias: string) => (name === alias ? name : `${name} as ${alias}`);
  if (open !== null) {
    const inBraces = last?.type === T.ImportSpecifier ? last : undefined;
    found.push({
      kind: "extendable",
      extend: (name, alias) => appendToList(sourceCode, open, inBraces, text(name, alias)),
    });
  } else if (last?.type === T.ImportDefaultSpecifier) {
    found.push({
      kind: "extendable",
      extend: (name, alias) => [
        insertion(last.range[1], `, ${braced(text(name, alias), styleOf(sourceCode))}`),
      ],
    });
  }
  return found;
}

function requiredBindings(sourceCode: SourceCode, id: TSESTree.Node): readonly Existing[] {
  if (id.type === T.Identifier) return [{ kind: "namespace", id, imported: "*" }];
  if (id.type !== T.ObjectPattern) return [];
  const found: Existing[] = [];
  for (const property of id.properties) {
    if (property.type !== T.Property || property.value.type !== T.Identifier) continue;
    const imported = staticKey(property, property.key);
    if (imported !== undefined) found.push({ kind: "named", id: property.value, imported });
  }
  const open = sourceCode.getFirstToken(id);
  const last = id.properties.at(-1);
  if (open !== null && last?.type !== T.RestElement && id.typeAnnotation === undefined) {
    found.push({
      kind: "extendable",
      pattern: id,
      extend: (name, alias) =>
        appendToList(sourceCode, open, last, name === alias ? name : `${name}: ${alias}`),
    });
  }
  return found;
}

/** Whether every use sees the binding: nothing shadows it, and it is initialised by then. */
function isUsable(
  sourceCode: SourceCode,
  id: TSESTree.Identifier,
  uses: readonly TSESTree.Node[],
): boolean {
  return uses.every((use) => {
    const variable = ASTUtils.findVariable(sourceCode.getScope(use), id.name);
    if (variable?.identifiers.includes(id) !== true) return false;
    const isHoisted = variable.defs.some((definition) => definition.node.type.startsWith("Import"));
    return isHoisted || isReady(id, use);
  });
}

/** Whether a top-level `const` stands before its use; inside a function the use runs later. */
function isReady(declared: TSESTree.Node, use: TSESTree.Node): boolean {
  return declared.range[1] <= use.range[0] || enclosingFunction(use) !== undefined;
}

function makeImport(
  sourceCode: SourceCode,
  { name, uses }: BindingRequest,
  specifier: string,
  syntax: Syntax,
  existing: readonly Existing[],
): { readonly localName: string; readonly edits: readonly TextEdit[] } | string {
  const style = styleOf(sourceCode);
  const source = quoted(specifier, style);
  if (syntax === "import-equals") {
    const namespace = freshModuleName(sourceCode, namespaceName(specifier));
    const edits = place(sourceCode, `import ${namespace} = require(${source})`, syntax, uses);
    return { localName: `${namespace}.${name}`, edits };
  }

  const local = freshModuleName(sourceCode, name);
  for (const found of existing) {
    if (found.kind !== "extendable") continue;
    const { pattern } = found;
    if (pattern !== undefined && !uses.every((use) => isReady(pattern, use))) {
      return "the helper is loaded after this point";
    }
    return { localName: local, edits: found.extend(name, local) };
  }
  const text =
    syntax === "import"
      ? `import ${braced(name === local ? name : `${name} as ${local}`, style)} from ${source}`
      : `const ${braced(name === local ? name : `${name}: ${local}`, style)} = require(${source})`;
  return { localName: local, edits: place(sourceCode, text, syntax, uses) };
}

/** `my-package/some-helper` is bound as `someHelper`. */
function namespaceName(specifier: string): string {
  const last =
    specifier
      .replace(/(?:\/index)?(?:\.[cm]?[jt]sx?)?$/u, "")
      .split("/")
      .at(-1) ?? "";
  const name = last.replaceAll(/[^\p{ID_Continue}]+(?<next>.?)/gu, (_, next: string) =>
    next.toUpperCase(),
  );
  return /^\p{ID_Start}/u.test(name) ? name : "backoff";
}

/** Puts a whole import statement after the last import, or below the header of a file without one. */
function place(
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
    return [insertion(end, `${newline}${statement}${ending}`)];
  }

  const first = firstAfterHeader(sourceCode);
  const at = first?.range[0] ?? sourceCode.text.length;
  const next = first === undefined ? null : sourceCode.getTokenByRangeStart(at);
  const before = isFirstOnLine(sourceCode, at) ? "" : newline;
  return [
    insertion(
      at,
      `${before}${statement}${terminator(style, next)}${newline}${before === "" ? newline : ""}`,
    ),
  ];
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
    if (loadsOnly(statement)) {
      if (uses.some((use) => contains(statement, use))) break;
      last = statement;
    } else if (!isDirective(statement)) {
      if (!DECLARATIONS.test(statement.type) || hasWork(sourceCode, statement)) break;
    }
  }
  return last;
}

const DECLARATIONS = /^(?:Function|VariableDeclaration|TS(?:Interface|TypeAlias|ImportEquals))/u;

function hasWork(sourceCode: SourceCode, statement: TSESTree.ProgramStatement): boolean {
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.some(
      ({ init }) => init !== null && ASTUtils.hasSideEffect(init, sourceCode),
    )
  );
}

/** `const a = require("a")`, `require("b").config()`, `import c = require("c")`. */
function loadsOnly(statement: TSESTree.ProgramStatement): boolean {
  if (isImportEquals(statement)) return true;
  if (statement.type === T.ExpressionStatement) return isRootedInRequire(statement.expression);
  return (
    statement.type === T.VariableDeclaration &&
    statement.declarations.every(({ init }) => init !== null && isRootedInRequire(init))
  );
}

function isRootedInRequire(expression: TSESTree.Expression): boolean {
  for (let current: TSESTree.Node = expression; ;) {
    current = unwrap(current);
    if (current.type === T.MemberExpression) current = current.object;
    else if (current.type !== T.CallExpression) return false;
    else if (current.callee.type === T.Identifier) return current.callee.name === "require";
    else current = current.callee;
  }
}
