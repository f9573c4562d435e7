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

export interface Unit {
  readonly fileName: string;
  /** ESLint's working directory, which paths in the settings are relative to. */
  readonly cwd: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopes: TSESLint.Scope.ScopeManager;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  /** `undefined` where the file was parsed without a program. */
  readonly services: ParserServicesWithTypeInformation | undefined;
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

const units = new WeakMap<TSESTree.Program, Unit>();
const opened = new WeakMap<ts.Program, Map<string, Unit | undefined>>();

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
  if (scopes === null) return undefined;
  const services = sourceCode.parserServices;
  const unit: Unit = {
    fileName: context.filename,
    cwd: context.cwd,
    text: sourceCode.text,
    ast: sourceCode.ast,
    scopes,
    visitorKeys: sourceCode.visitorKeys,
    services: services?.program ? (services as ParserServicesWithTypeInformation) : undefined,
    settings,
    parser: context.languageOptions.parser,
  };
  const first = openedBefore(unit) ?? unit;
  units.set(unit.ast, first);
  return first;
}

/** The unit that was opened for the same source file under the same settings; registers this one otherwise. */
function openedBefore(unit: Unit): Unit | undefined {
  if (unit.services === undefined) return undefined;
  // Paths in the program are the parser's spelling of them, which is what the declarations will name.
  const sourceFile = sourceFileOf(unit, unit.services);
  const known = openedIn(unit.services.program);
  const before = known.get(sourceFile.fileName);
  if (
    before?.services !== undefined &&
    before.settings === unit.settings &&
    sourceFileOf(before, before.services) === sourceFile
  )
    return before;
  known.set(sourceFile.fileName, unit);
  return undefined;
}

function sourceFileOf(unit: Unit, services: ParserServicesWithTypeInformation): ts.SourceFile {
  return services.esTreeNodeToTSNodeMap.get(unit.ast);
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
  if (from.services === undefined || !isProjectFile(from.services.program, sourceFile))
    return undefined;
  const { program } = from.services;
  const known = openedIn(program);
  if (known.has(sourceFile.fileName)) return known.get(sourceFile.fileName);
  const unit = parse(from, program, sourceFile);
  known.set(sourceFile.fileName, unit);
  return unit;
}

/** The ESTree node of a TypeScript node of the same program, in whichever project file it stands. */
export function locate(from: Unit, node: ts.Node): TSESTree.Node | undefined {
  const unit = openUnit(from, node.getSourceFile());
  // The map's type promises a node for every key, but type-only syntax and tokens have none.
  return unit?.services?.tsNodeToESTreeNodeMap.get(node);
}

/** The project's own files of the program (no declarations, no packages); empty without types. */
export function projectFiles(from: Unit): readonly ts.SourceFile[] {
  const program = from.services?.program;
  if (program === undefined) return [];
  return program.getSourceFiles().filter((file) => isProjectFile(program, file));
}

function isProjectFile(program: ts.Program, file: ts.SourceFile): boolean {
  return (
    !file.isDeclarationFile &&
    !program.isSourceFileFromExternalLibrary(file) &&
    !file.fileName.includes("/node_modules/")
  );
}

function openedIn(program: ts.Program): Map<string, Unit | undefined> {
  let map = opened.get(program);
  if (map === undefined) opened.set(program, (map = new Map<string, Unit | undefined>()));
  return map;
}

function parse(from: Unit, program: ts.Program, sourceFile: ts.SourceFile): Unit | undefined {
  const { parser } = from;
  if (parser === undefined || !("parseForESLint" in parser)) return undefined;
  let result: ParseResult;
  try {
    result = parser.parseForESLint(sourceFile.text, {
      filePath: sourceFile.fileName,
      programs: [program],
      range: true,
      loc: true,
      comment: true,
      tokens: false,
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
