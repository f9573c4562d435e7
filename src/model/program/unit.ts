/**
 * A unit is one source file in the form that the model reads: its ESTree, scopes and, where there are type services, the way
 * to the checker. The linted file is a unit; so is every other file of the program, opened on demand with the user's own
 * parser, so that one kind of tree serves the analysis within and across files.
 */
import type {
  ParserServicesWithTypeInformation,
  TSESLint,
  TSESTree,
} from "@typescript-eslint/utils";
import type ts from "typescript";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { linkParents } from "../../ast/walk.ts";
import type { Settings } from "../../settings.ts";

/** What every file is first judged by, before anything is made of it. */
export interface FileInSight {
  readonly text: string;
  /** `undefined` where the file was parsed without a program, or with one that knows no other file. */
  readonly services: ParserServicesWithTypeInformation | undefined;
}

export interface Unit extends FileInSight {
  readonly fileName: string;
  /** ESLint's working directory, which paths in the settings are relative to. */
  readonly cwd: string;
  readonly ast: TSESTree.Program;
  readonly scopes: TSESLint.Scope.ScopeManager;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  readonly settings: Settings;
  readonly parser: Parser | undefined;
}

type Parser = TSESLint.Parser.LooseParserModule;

interface ParseResult {
  readonly ast: TSESTree.Program;
  readonly scopeManager?: TSESLint.Scope.ScopeManager;
  readonly services?: Partial<ParserServicesWithTypeInformation>;
  readonly visitorKeys?: TSESLint.SourceCode.VisitorKeys;
}

const files = new WeakMap<TSESTree.Program, FileInSight>();

/** The file under lint as it is first looked at; no tree of it is kept. */
export function fileInSight(sourceCode: Readonly<TSESLint.SourceCode>): FileInSight {
  const known = files.get(sourceCode.ast);
  if (known !== undefined) return known;
  const services = sourceCode.parserServices;
  const isOfProject = services?.program && !isOfOneFile(services.program);
  const file: FileInSight = {
    text: sourceCode.text,
    services: isOfProject ? (services as ParserServicesWithTypeInformation) : undefined,
  };
  files.set(sourceCode.ast, file);
  return file;
}

/**
 * Whether the parser has made a program for a file alone, as it does in CI for one that a fix has changed. No import of it leads
 * anywhere, and without a current directory the compiler fails to word some errors.
 */
function isOfOneFile(program: ts.Program): boolean {
  return program.getCurrentDirectory() === "";
}

const units = new WeakMap<TSESTree.Program, Unit>();
const opened = new WeakMap<ts.Program, OpenedFiles>();

/** How many opened files are kept at hand although nobody holds on to them. */
const KEPT = 24;

/**
 * The files of one program that have a unit. A tree is many times the size of its text, so a unit lives only as long as one of
 * its nodes is held, or while it is among those opened last; then it is opened anew when it is asked for. As nobody
 * has nodes of the former tree by then, there never are two.
 */
class OpenedFiles {
  readonly #units = new Map<string, WeakRef<Unit> | undefined>();
  readonly #kept: Unit[] = [];
  #next = 0;

  /** `undefined` for a file that is to be opened; `{ unit: undefined }` for one that cannot be. */
  get(fileName: string): { readonly unit: Unit | undefined } | undefined {
    const reference = this.#units.get(fileName);
    if (reference === undefined) return this.#units.has(fileName) ? { unit: undefined } : undefined;
    const unit = reference.deref();
    return unit === undefined ? undefined : { unit };
  }

  /** The unit of the file under lint, which ESLint holds until it is done with it. */
  setLinted(fileName: string, unit: Unit): void {
    this.#units.set(fileName, new WeakRef(unit));
  }

  setOpened(fileName: string, unit: Unit | undefined): void {
    this.#units.set(fileName, unit === undefined ? undefined : new WeakRef(unit));
    if (unit === undefined) return;
    this.#kept[this.#next] = unit;
    this.#next = (this.#next + 1) % KEPT;
  }
}

/**
 * The unit of the file under lint. Where the analysis of another file has opened this one before, that unit stays the only one:
 * what was found out about its nodes stays true, and `lint-view.ts` leads from ESLint's nodes to it.
 */
export function unitOfContext(
  context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  settings: Settings,
): Unit | undefined {
  const { sourceCode } = context;
  const known = units.get(sourceCode.ast);
  if (known !== undefined) return known;
  const scopes = sourceCode.scopeManager;
  if (scopes === null || isMinified(sourceCode)) return undefined;
  const unit: Unit = {
    ...fileInSight(sourceCode),
    fileName: context.filename,
    cwd: context.cwd,
    ast: sourceCode.ast,
    scopes,
    visitorKeys: sourceCode.visitorKeys,
    settings,
    parser: context.languageOptions.parser,
  };
  const first = openedBefore(unit) ?? unit;
  units.set(unit.ast, first);
  return first;
}

/** The unit that was opened for the same source file under the same settings; registers this one otherwise. */
function openedBefore(unit: Unit): Unit | undefined {
  // Paths in the program are the parser's spelling of them, which is what the declarations will name.
  const sourceFile = sourceFileOf(unit);
  if (unit.services === undefined || sourceFile === undefined) return undefined;
  const known = openedIn(unit.services.program);
  const before = known.get(sourceFile.fileName)?.unit;
  if (before?.settings === unit.settings && sourceFileOf(before) === sourceFile) return before;
  known.setLinted(sourceFile.fileName, unit);
  return undefined;
}

/** A unit's source file in the program; `undefined` without types. */
export function sourceFileOf({ ast, services }: Unit): ts.SourceFile | undefined {
  return services?.esTreeNodeToTSNodeMap.get(ast);
}

/** The unit that a node of any opened file belongs to. */
export function unitOf(node: TSESTree.Node): Unit {
  let root: TSESTree.Node = node;
  while (root.type !== T.Program) root = root.parent;
  const unit = units.get(root);
  if (unit === undefined)
    throw new Error("This node belongs to no file that the model has opened.");
  return unit;
}

/**
 * Opens another file of the same program.
 * @returns `undefined` for declaration files, for files of packages, and where the parser cannot read from the program
 */
export function openUnit(from: Unit, sourceFile: ts.SourceFile): Unit | undefined {
  if (from.services === undefined || !isProjectFile(sourceFile)) return undefined;
  const { program } = from.services;
  const known = openedIn(program);
  const before = known.get(sourceFile.fileName);
  if (before !== undefined) return before.unit;
  const unit = parse(from, program, sourceFile);
  known.setOpened(sourceFile.fileName, unit);
  return unit;
}

/** The ESTree node of a TypeScript node of the same program, in whichever project file it stands. */
export function locate(from: Unit, node: ts.Node): TSESTree.Node | undefined {
  const unit = openUnit(from, node.getSourceFile());
  // The map's type promises a node for every key, but type-only syntax and tokens have none.
  return unit?.services?.tsNodeToESTreeNodeMap.get(node);
}

/**
 * Makes a question to the whole program one that is answered once for each program and settings.
 * @returns the answer; `undefined` without types
 */
export function oncePerProgram<Value>(
  answer: (from: Unit) => Value,
): (from: Unit) => Value | undefined {
  const answers = new WeakMap<ts.Program, WeakMap<Unit["settings"], { readonly value: Value }>>();
  return (from) => {
    const program = from.services?.program;
    if (program === undefined) return undefined;
    let bySettings = answers.get(program);
    if (bySettings === undefined) answers.set(program, (bySettings = new WeakMap()));
    let known = bySettings.get(from.settings);
    if (known === undefined) bySettings.set(from.settings, (known = { value: answer(from) }));
    return known.value;
  };
}

const filesOf = new WeakMap<ts.Program, readonly ts.SourceFile[]>();

/** The project's own files of the program (no declarations, no packages); empty without types. */
export function projectFiles(from: Unit): readonly ts.SourceFile[] {
  const program = from.services?.program;
  if (program === undefined) return [];
  let files = filesOf.get(program);
  if (files === undefined) {
    files = program.getSourceFiles().filter(isProjectFile);
    filesOf.set(program, files);
  }
  return files;
}

/**
 * By the real path: the other packages of a workspace are found through links in node_modules, for which the compiler calls them
 * external, and are the project's own sources all the same.
 */
function isProjectFile(file: ts.SourceFile): boolean {
  const { fileName, isDeclarationFile } = file;
  return !isDeclarationFile && !fileName.includes("/node_modules/") && !isMinified(file);
}

const MINIFIED_LENGTH = 50_000;
const MINIFIED_LINE = 1000;

/**
 * Whether a file is what a bundler has written, which nobody mends: its lines are far longer on average than people's. All its names are
 * short, so each would be looked for in thousands of places.
 */
function isMinified({ text }: { readonly text: string }): boolean {
  if (text.length < MINIFIED_LENGTH) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return text.length / lines > MINIFIED_LINE;
}

function openedIn(program: ts.Program): OpenedFiles {
  let files = opened.get(program);
  if (files === undefined) opened.set(program, (files = new OpenedFiles()));
  return files;
}

function parse(from: Unit, program: ts.Program, sourceFile: ts.SourceFile): Unit | undefined {
  const { parser } = from;
  if (parser === undefined || !("parseForESLint" in parser)) return undefined;
  let result: ParseResult;
  try {
    result = parser.parseForESLint(sourceFile.text, {
      filePath: sourceFile.fileName,
      programs: [program],
      // Where the configs of several folders were loaded, as by an editor, the parser will not guess one, although it has the program.
      tsconfigRootDir: from.cwd,
      range: true,
      loc: true,
      comment: true,
      // Globals of the platform are known by having no declaration, so nobody needs to list them.
      lib: [],
      ecmaFeatures: { jsx: sourceFile.fileName.endsWith("x") },
    }) as ParseResult;
  } catch {
    // Broken syntax in another file is that file's own report.
    return undefined;
  }
  const { ast, scopeManager, services, visitorKeys } = result;
  if (services?.program !== program || scopeManager === undefined || visitorKeys === undefined)
    return undefined;
  linkParents(ast, visitorKeys);
  const unit: Unit = {
    ...from,
    fileName: sourceFile.fileName,
    text: sourceFile.text,
    ast,
    scopes: scopeManager,
    visitorKeys,
    services: services as ParserServicesWithTypeInformation,
  };
  units.set(ast, unit);
  return unit;
}
