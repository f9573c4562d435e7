/** Making an export of the helper usable at a place in a file: the binding that is there, or the import that is missing. */
import path from "node:path";
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { ancestors } from "../ast/nodes.ts";
import { lower, makeEdit, NO_CHANGE, type Edit, type TextEdit } from "./edit.ts";
import { existingBindings, isReady, isUsable, type Existing } from "./existing-imports.ts";
import { placeImport } from "./import-placement.ts";
import { specifiersOf, syntaxOf, type ModuleStyle, type Syntax } from "./import-syntax.ts";
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
import { braced, quoted, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

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
  const note = isScript
    ? "the file is a script, and an import makes it a module"
    : isWhole
      ? undefined
      : "the code is part of a larger file";
  return {
    kind: "bound",
    localName: made.localName,
    edit: note === undefined ? edit : { ...lower(edit, "suggestion", note), note },
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

/** The ending of relative specifiers: the file's habit, else the project's, else what its kind of module needs. */
function extensionOf(
  sourceCode: SourceCode,
  filename: string,
  style: ModuleStyle | undefined,
): RelativeExtension {
  const habit =
    habitOf(sourceCode.ast.body.flatMap(specifiersOf)) ?? habitOf(style?.neighbours?.() ?? []);
  if (habit !== undefined) return habit;
  if (style?.relativeExtension !== undefined) return style.relativeExtension;
  const extension = path.extname(filename);
  if (/^\.m[jt]s$/u.test(extension)) return "emitted";
  if (/^\.c[jt]s$/u.test(extension) || style?.emitsCommonJs === true) return "none";
  return isModulePackage(filename) ? "emitted" : "none";
}

/** How most of the specifiers end. */
function habitOf(specifiers: readonly string[]): RelativeExtension | undefined {
  const counts = new Map<RelativeExtension, number>();
  for (const specifier of specifiers) {
    const habit = extensionHabit(specifier);
    if (habit !== undefined) counts.set(habit, (counts.get(habit) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0];
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
    const edits = placeImport(sourceCode, `import ${namespace} = require(${source})`, syntax, uses);
    return { localName: `${namespace}.${name}`, edits };
  }

  const local = freshModuleName(sourceCode, name);
  for (const found of existing) {
    if (found.kind !== "extendable") continue;
    const { pattern } = found;
    if (pattern !== undefined && !uses.every((use) => isReady(sourceCode, pattern, use))) {
      return "the helper is loaded after this point";
    }
    return { localName: local, edits: found.extend(name, local) };
  }
  const text =
    syntax === "import"
      ? `import ${braced(name === local ? name : `${name} as ${local}`, style)} from ${source}`
      : `const ${braced(name === local ? name : `${name}: ${local}`, style)} = require(${source})`;
  return { localName: local, edits: placeImport(sourceCode, text, syntax, uses) };
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
