import { isBuiltin } from "node:module";
import path from "node:path";
import ts from "typescript";
import type { ProjectShape } from "./lint.ts";

/** A project of a checkout whose files can have other texts than on disk. Nothing is ever written. */
export interface EditableProject {
  /** The program that the files are read from. */
  readonly program: ts.Program;
  /** The program in which some files have other texts; parsed libraries are shared with it. */
  withTexts(texts: ReadonlyMap<string, string>): ts.Program;
  /** The project as it would be with these texts on disk. */
  after(texts: ReadonlyMap<string, string>): EditableProject;
  /**
   * The given files and those of the project that an edit of them could break: whatever imports them, directly or through
   * others; and every file, where one of them is a script whose names are global.
   */
  reach(files: Iterable<string>): ReadonlySet<string>;
  /** The packages that files import, each with whether it is there to be read. */
  packages(files: Iterable<string>): ReadonlyMap<string, boolean>;
}

/** Reads a project. Paths are absolute. */
export function openProject({ rootNames, options }: ProjectShape): EditableProject {
  const disk = cachedHost(options);
  const program = ts.createProgram({ rootNames: [...rootNames], options, host: disk });
  return project(program, disk);
}

function project(program: ts.Program, host: ts.CompilerHost): EditableProject {
  const options = program.getCompilerOptions();
  let importers: ReadonlyMap<string, readonly string[]> | undefined;

  const hostWith = (given: ReadonlyMap<string, string>): ts.CompilerHost => {
    // Reading from disk drops a byte order mark, too.
    const texts = new Map([...given].map(([name, text]) => [name, text.replace(/^\uFEFF/, "")]));
    const parsed = new Map<string, ts.SourceFile>();
    return {
      ...host,
      readFile: (name) => texts.get(name) ?? host.readFile(name),
      getSourceFile(name, format) {
        const text = texts.get(name);
        if (text === undefined) return host.getSourceFile(name, format);
        return remember(parsed, name, () => ts.createSourceFile(name, text, format, true));
      },
    };
  };
  const continued = (host: ts.CompilerHost): ts.Program =>
    ts.createProgram({
      rootNames: [...program.getRootFileNames()],
      options,
      host,
      oldProgram: program,
    });

  return {
    program,
    withTexts: (texts) => continued(hostWith(texts)),
    after(texts) {
      const edited = hostWith(texts);
      return project(continued(edited), edited);
    },
    reach(files) {
      importers ??= importersIn(program, host);
      const reached = new Set(files);
      for (const file of reached) {
        if (isGlobalScript(program.getSourceFile(file))) return new Set(ownFiles(program));
        for (const importer of importers.get(file) ?? []) reached.add(importer);
      }
      return reached;
    },
    packages(files) {
      const found = new Map<string, boolean>();
      for (const file of files) {
        for (const [name, resolved] of importsOf(file, program, host)) {
          const [whole] = /^(?:@[^/]+\/)?[\w-][^/:]*(?=\/|$)/.exec(name) ?? [];
          if (whole === undefined || isBuiltin(whole)) continue;
          found.set(whole, resolved !== undefined || found.get(whole) === true);
        }
      }
      return found;
    },
  };
}

/** The errors of one file, each with its code and whole text. */
export function errorsOf(program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(file);
  if (source === undefined) return [];
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map(({ code, messageText }) => {
      return `TS${String(code)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}

function ownFiles(program: ts.Program): string[] {
  return program
    .getSourceFiles()
    .filter((file) => !file.isDeclarationFile && !file.fileName.includes("/node_modules/"))
    .map(({ fileName }) => fileName);
}

function isGlobalScript(file: ts.SourceFile | undefined): boolean {
  if (file === undefined || ts.isExternalModule(file)) return false;
  return !/\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(file.text);
}

function importersIn(program: ts.Program, host: ts.CompilerHost): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const importer of ownFiles(program)) {
    for (const [, imported] of importsOf(importer, program, host)) {
      if (imported === undefined) continue;
      importers.set(imported, [...(importers.get(imported) ?? []), importer]);
    }
  }
  return importers;
}

/** What a file imports, in whatever way: each name with the file that it stands for. */
function importsOf(
  importer: string,
  program: ts.Program,
  host: ts.CompilerHost,
): [string, string | undefined][] {
  const options = program.getCompilerOptions();
  const text = program.getSourceFile(importer)?.text ?? "";
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    const { resolvedModule } = ts.resolveModuleName(fileName, importer, options, host);
    return [fileName, resolvedModule?.resolvedFileName];
  });
}

/** The disk, asked once: many programs are made of the same libraries. */
function cachedHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const sources = new Map<string, ts.SourceFile | undefined>();
  const files = new Map<string, boolean>();
  const directories = new Map<string, boolean>();
  const real = new Map<string, string>();
  return {
    ...host,
    fileExists: (name) => remember(files, name, () => host.fileExists(name)),
    directoryExists: (name) =>
      remember(directories, name, () => host.directoryExists?.(name) ?? true),
    realpath: (name) => remember(real, name, () => host.realpath?.(name) ?? path.resolve(name)),
    getSourceFile(name, format) {
      const variant =
        typeof format === "object"
          ? `${String(format.impliedNodeFormat)} ${String(format.languageVersion)}`
          : String(format);
      return remember(sources, `${name} ${variant}`, () => host.getSourceFile(name, format));
    },
    writeFile: () => {
      throw new Error("Nothing is written into a checkout.");
    },
  };
}

function remember<V>(cache: Map<string, V>, key: string, compute: () => V): V {
  if (cache.has(key)) return cache.get(key) as V;
  const value = compute();
  cache.set(key, value);
  return value;
}
