/** What the compiler options say about modules: how a file is emitted, and where its aliases lead. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { projectFiles, type Unit } from "./unit.ts";

/** `ts.ModuleKind.CommonJS` and `.ESNext`, `ts.ModuleDetectionKind.Force`: the same numbers since they exist. */
const COMMON_JS = 1;
const ES_NEXT = 99;
const FORCE = 3;
/** The other files of a project that are asked for its habits. */
const NEIGHBOURS = 50;
const SOURCE_ENDINGS = [
  "",
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".d.ts",
  ".js",
  ".mjs",
  ".cjs",
  "/index.ts",
  "/index.js",
  "/index.d.ts",
];

export interface FileModules {
  readonly verbatimModuleSyntax: boolean | undefined;
  readonly emitsCommonJs: boolean | undefined;
  /** Whether the file is a module whatever it holds. */
  readonly isModule: boolean | undefined;
  /** How relative specifiers have to end: as the emitted file, or as the source where Node runs that itself. */
  readonly relativeExtension: "emitted" | "source" | undefined;
  /** The relative specifiers that other files of the project write. */
  readonly neighbours: () => readonly string[];
}

/** How TypeScript treats a file as a module; all unknown without a program. */
export function modulesOf(unit: Unit): FileModules | undefined {
  const { services } = unit;
  if (services === undefined) return undefined;
  const options = services.program.getCompilerOptions();
  const { impliedNodeFormat } = services.esTreeNodeToTSNodeMap.get(unit.ast);
  const format = impliedNodeFormat ?? options.module;
  const isNodeModule = impliedNodeFormat === ES_NEXT && NODE.has(options.module ?? 0);
  const runsSource =
    options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true;
  return {
    verbatimModuleSyntax: options.verbatimModuleSyntax,
    emitsCommonJs: format === undefined ? undefined : format === COMMON_JS,
    isModule: isNodeModule || options.moduleDetection === FORCE,
    relativeExtension: runsSource ? "source" : isNodeModule ? "emitted" : undefined,
    neighbours: () => relativeImports(unit),
  };
}

/** `ts.ModuleKind.Node16` to `.NodeNext`: the file extension and package.json say what a file is. */
const NODE: ReadonlySet<number> = new Set([100, 101, 102, 199]);

function relativeImports(unit: Unit): readonly string[] {
  return projectFiles(unit)
    .slice(0, NEIGHBOURS)
    .flatMap(({ statements }) =>
      statements.flatMap((statement) => {
        if (!("moduleSpecifier" in statement)) return [];
        // A list of a file's own exports has the key as well, without a value.
        const specifier = statement.moduleSpecifier as { text?: string } | undefined;
        return specifier?.text?.startsWith(".") === true ? [specifier.text] : [];
      }),
    );
}

/**
 * The file that `compilerOptions.paths` leads a specifier to.
 * @returns `undefined` where no pattern speaks of it
 */
export function resolveAlias(unit: Unit, specifier: string): string | undefined {
  const options = unit.services?.program.getCompilerOptions();
  const base =
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Projects on TypeScript 5 use it.
    options?.baseUrl ??
    (options?.["pathsBasePath"] as string | undefined) ??
    unit.services?.program.getCurrentDirectory();
  if (options?.paths === undefined || base === undefined) return undefined;
  for (const [pattern, targets] of Object.entries(options.paths)) {
    const [before = "", after] = pattern.split("*");
    const matches =
      after === undefined
        ? specifier === pattern
        : specifier.startsWith(before) && specifier.endsWith(after);
    if (!matches) continue;
    const middle =
      after === undefined ? "" : specifier.slice(before.length, specifier.length - after.length);
    for (const target of targets) {
      const path = resolve(base, target.replace("*", middle));
      const found = SOURCE_ENDINGS.map(
        (ending) => path.replace(/\.js$/, ending === "" ? ".js" : "") + ending,
      ).find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
