/**
 * In-memory TypeScript programs, one per test case, against the packages installed in this repository.
 *
 * Source files of libraries are parsed once per worker, module resolution is remembered, and each program
 * continues from the previous one with the same shape, so that a case costs tens of milliseconds.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The folder in which every case lives; its `tsconfig.json` gives the compiler options. */
export const projectDirectory = path.resolve(import.meta.dirname, "../fixtures/project");

export interface CaseSources {
  /** Path of the linted file, relative to {@link projectDirectory}. */
  readonly filename: string;
  readonly code: string;
  /** Further files of the program: path relative to {@link projectDirectory} → text. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** Packages (`"@aws-sdk/client-connect"`) or scopes (`"@aws-sdk/*"`) to be treated as absent. */
  readonly notInstalled?: readonly string[] | undefined;
  /** Compiler options, as in a `tsconfig.json`, over those of the fixture project. */
  readonly compilerOptions?: Readonly<Record<string, unknown>> | undefined;
}

export interface CaseProgram {
  readonly program: ts.Program;
  readonly sourceFile: ts.SourceFile;
}

/** What all programs with the same compiler options and the same missing packages share. */
interface Lineage {
  readonly options: ts.CompilerOptions;
  readonly resolutions: ts.ModuleResolutionCache;
  readonly isHidden: (fileName: string) => boolean;
  /** Last program by root names: continuing from it saves resolving the libraries again. */
  readonly last: Map<string, ts.Program>;
}

const globalsFile = path.join(projectDirectory, "globals.d.ts");
const recentPrograms = new Map<string, CaseProgram>();
/** Where tests run again and again in one process (`tools/mutation`) every program is kept, whatever memory that takes. */
const keepsAll = process.env["KEEP_PROGRAMS"] === "true";
const recentProgramsLimit = keepsAll ? Infinity : 12;
const lineages = new Map<string, Lineage>();
const librarySources = new Map<string, ts.SourceFile | undefined>();
const virtualSources = new Map<string, ts.SourceFile>();
const virtualSourcesLimit = keepsAll ? Infinity : 64;
const fileExistence = new Map<string, boolean>();
const directoryExistence = new Map<string, boolean>();
const realPaths = new Map<string, string>();

/** The program of a case. Asking again for the same sources gives the same program. */
export function createCaseProgram(sources: CaseSources): CaseProgram {
  const key = JSON.stringify([
    sources.filename,
    sources.code,
    sources.files ?? {},
    sources.notInstalled ?? [],
    sources.compilerOptions ?? {},
  ]);
  const known = recentPrograms.get(key);
  if (known) return known;
  const created = buildProgram(sources);
  recentPrograms.set(key, created);
  dropOldest(recentPrograms, recentProgramsLimit);
  return created;
}

/** Absolute path of a file of the case. */
export function absolutePath(filename: string): string {
  return path.resolve(projectDirectory, filename);
}

function buildProgram(sources: CaseSources): CaseProgram {
  const lineage = lineageOf(sources);
  const virtualFiles = new Map<string, string>();
  for (const [name, text] of Object.entries(sources.files ?? {})) {
    virtualFiles.set(absolutePath(name), text);
  }
  const main = absolutePath(sources.filename);
  virtualFiles.set(main, sources.code);

  const host = createHost(lineage, virtualFiles);
  const rootNames = [
    globalsFile,
    ...[...virtualFiles.keys()].filter(
      (name) => /\.[cm]?[jt]sx?$/.test(name) && !name.includes("/node_modules/"),
    ),
  ];
  const shape = JSON.stringify([...virtualFiles.keys()]);
  const oldProgram = lineage.last.get(shape);
  const program = ts.createProgram({
    rootNames,
    options: lineage.options,
    host,
    ...(oldProgram && { oldProgram }),
  });
  lineage.last.set(shape, program);
  dropOldest(lineage.last, recentProgramsLimit);
  const sourceFile = program.getSourceFile(main);
  if (!sourceFile) throw new Error(`${sources.filename} is not part of its own program.`);
  return { program, sourceFile };
}

function lineageOf({ notInstalled = [], compilerOptions = {}, files = {} }: CaseSources): Lineage {
  // A case that brings packages of its own must not share resolutions with the others.
  const ownPackages = Object.entries(files)
    .filter(([name]) => /(^|\/)(node_modules\/|package\.json$)/.test(name))
    .map(([name, text]) => (name.endsWith("package.json") ? [name, text] : [name]));
  const key = JSON.stringify([notInstalled, compilerOptions, ownPackages]);
  let lineage = lineages.get(key);
  if (!lineage) {
    const options = readOptions(compilerOptions, notInstalled);
    lineage = {
      options,
      resolutions: ts.createModuleResolutionCache(projectDirectory, (name) => name, options),
      isHidden: hiddenPackages(notInstalled),
      last: new Map(),
    };
    lineages.set(key, lineage);
  }
  return lineage;
}

function readOptions(
  overrides: Readonly<Record<string, unknown>>,
  notInstalled: readonly string[],
): ts.CompilerOptions {
  const file = path.join(projectDirectory, "tsconfig.json");
  const json = ts.readConfigFile(file, (name) => readFileSync(name, "utf8")).config as {
    compilerOptions: Record<string, unknown>;
  };
  Object.assign(json.compilerOptions, optionsOfEra(), overrides);
  if (notInstalled.includes("eslint-plugin-connect-resilience"))
    delete json.compilerOptions["paths"];
  const parsed = ts.parseJsonConfigFileContent(json, ts.sys, projectDirectory, undefined, file);
  if (parsed.errors.length > 0) {
    throw new Error(ts.formatDiagnostics(parsed.errors, ts.createCompilerHost({})));
  }
  return parsed.options;
}

/** What the fixture project asks for, in the words of the TypeScript that is installed. */
function optionsOfEra(): Record<string, unknown> {
  const [major = 0, minor = 0] = ts.versionMajorMinor.split(".").map(Number);
  const version = major + minor / 100;
  return {
    ...(version < 5.05 && { target: "es2022" }),
    ...(version < 5.04 && { module: "esnext" }),
    ...(version < 5 && { lib: ["es2022"], moduleResolution: "node" }),
  };
}

function hiddenPackages(names: readonly string[]): (fileName: string) => boolean {
  const folders = names.map((name) => `/node_modules/${name.replace(/\*$/, "")}`);
  return (fileName) =>
    folders.some((folder) => {
      const at = fileName.indexOf(folder);
      if (at < 0) return false;
      const next = fileName[at + folder.length];
      return folder.endsWith("/") || next === "/" || next === undefined;
    });
}

function createHost(lineage: Lineage, virtualFiles: ReadonlyMap<string, string>): ts.CompilerHost {
  const { options, resolutions, isHidden } = lineage;
  const virtualDirectories = new Set<string>();
  for (const name of virtualFiles.keys()) {
    for (
      let directory = path.dirname(name);
      directory.length >= projectDirectory.length;
      directory = path.dirname(directory)
    ) {
      virtualDirectories.add(directory);
    }
  }
  const host: ts.CompilerHost = {
    fileExists: (name) =>
      virtualFiles.has(name) ||
      (!isHidden(name) && remember(fileExistence, name, () => ts.sys.fileExists(name))),
    directoryExists: (name) =>
      virtualDirectories.has(name) ||
      (!isHidden(name) && remember(directoryExistence, name, () => ts.sys.directoryExists(name))),
    readFile: (name) =>
      virtualFiles.get(name) ?? (isHidden(name) ? undefined : ts.sys.readFile(name)),
    realpath: (name) =>
      virtualFiles.has(name)
        ? name
        : remember(realPaths, name, () => ts.sys.realpath?.(name) ?? name),
    getSourceFile(name, format) {
      const variant =
        typeof format === "object"
          ? `${String(format.impliedNodeFormat)} ${String(format.languageVersion)}`
          : String(format);
      const text = virtualFiles.get(name);
      if (text !== undefined) {
        const key = JSON.stringify([name, variant, options, text]);
        return remember(virtualSources, key, () => {
          dropOldest(virtualSources, virtualSourcesLimit);
          return ts.createSourceFile(name, text, format, true);
        });
      }
      return remember(librarySources, `${name} ${variant}`, () => {
        const content = ts.sys.readFile(name);
        return content === undefined ? undefined : ts.createSourceFile(name, content, format, true);
      });
    },
    getDefaultLibFileName: () => ts.getDefaultLibFilePath(options),
    getDefaultLibLocation: () => path.dirname(ts.getDefaultLibFilePath(options)),
    getCurrentDirectory: () => projectDirectory,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {
      throw new Error("A case never writes files.");
    },
    getModuleResolutionCache: () => resolutions,
    resolveModuleNameLiterals: (literals, containingFile, redirected, _options, sourceFile) =>
      literals.map((literal) => {
        // What a relative name means depends on the case's own files: never remembered.
        const shared = containingFile.includes("/node_modules/") || !literal.text.startsWith(".");
        return ts.resolveModuleName(
          literal.text,
          containingFile,
          options,
          host,
          shared ? resolutions : undefined,
          redirected,
          ts.getModeForUsageLocation(sourceFile, literal, options),
        );
      }),
  };
  return host;
}

function remember<V>(cache: Map<string, V>, key: string, compute: () => V): V {
  if (cache.has(key)) return cache.get(key) as V;
  const value = compute();
  cache.set(key, value);
  return value;
}

function dropOldest(cache: Map<string, unknown>, limit: number): void {
  while (cache.size > limit) {
    const [oldest] = cache.keys();
    if (oldest === undefined) return;
    cache.delete(oldest);
  }
}
