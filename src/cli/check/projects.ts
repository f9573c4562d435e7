/** TypeScript programs over the files: one for each tsconfig.json, and one for the files that belong to none. */
import { existsSync } from "node:fs";
import path from "node:path";
import type ts from "typescript";
import { append } from "../../model/append.ts";
import { isWithin } from "../files.ts";

/** Files that share compiler options. */
export interface Project {
  /** The tsconfig.json or jsconfig.json; `undefined` for files without one. */
  readonly config: string | undefined;
  readonly files: readonly string[];
}

/** Laid over every project: its JavaScript is read too, and nothing of it is emitted, kept or checked as a library. */
export const ALWAYS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: false,
  composite: false,
  incremental: false,
  maxNodeModuleJsDepth: 0,
  noEmit: true,
  skipLibCheck: true,
};

/** Declarations that are installed, the compiler's own among them: they do not change while this runs. */
const LIBRARY = /[\\/]node_modules[\\/].*\.d\.[cm]?ts$/;
const libraryFiles = new Map<string, ts.SourceFile | undefined>();

/** Groups files by project and makes the programs, with the user's own compiler. */
export class Projects {
  readonly #ts: typeof ts;
  readonly #configs = new Map<string, ts.ParsedCommandLine | undefined>();
  readonly #nearest = new Map<string, string | undefined>();

  constructor(compiler: typeof ts) {
    this.#ts = compiler;
  }

  /**
   * Finds the project of each file: of the nearest tsconfig.json (or jsconfig.json) and those that it references, the first that
   * includes the file; where none does, the nearest.
   * @param root - configurations above this folder are not looked for
   */
  group(files: readonly string[], root: string): readonly Project[] {
    const byConfig = new Map<string | undefined, string[]>();
    for (const file of files) {
      const nearest = this.#nearestConfig(path.dirname(file), root);
      const config =
        nearest === undefined ? undefined : (this.#including(nearest, file) ?? nearest);
      append(byConfig, config, file);
    }
    return [...byConfig].map(([config, members]) => ({ config, files: members }));
  }

  /** The program of a project: the files that its configuration names, and those that are checked. */
  createProgram({ config, files }: Project): ts.Program {
    const parsed = config === undefined ? undefined : this.#parse(config);
    const options = parsed?.options ?? this.#optionsWithoutConfig();
    const all: ts.CompilerOptions = {
      // TypeScript 6 sees no `@types` package unless it is named; declarations that nobody asked for do no harm here.
      types: ["*"],
      ...options,
      ...ALWAYS,
    };
    const roots = [...new Set([...(parsed?.fileNames ?? []), ...files])];
    return this.#ts.createProgram(roots, all, this.#host(all));
  }

  /** Reads from the disk, and parses declarations of libraries once for all programs with such options. */
  #host(options: ts.CompilerOptions): ts.CompilerHost {
    const host = this.#ts.createCompilerHost(options);
    const { jsx, module, moduleDetection, moduleResolution, target } = options;
    const kind = JSON.stringify([jsx, module, moduleDetection, moduleResolution, target]);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, how, ...rest) => {
      if (!LIBRARY.test(name)) return read(name, how, ...rest);
      const format = typeof how === "object" ? how.impliedNodeFormat : undefined;
      const key = `${kind} ${String(format)} ${name}`;
      let parsed = libraryFiles.get(key);
      if (parsed === undefined && !libraryFiles.has(key)) {
        parsed = read(name, how, ...rest);
        libraryFiles.set(key, parsed);
      }
      return parsed;
    };
    return host;
  }

  /** What is wrong with the configuration itself, if anything: the rest of its options still hold. */
  problemOf({ config }: Project): string | undefined {
    const [error] = config === undefined ? [] : (this.#parse(config)?.errors ?? []);
    // No input files: the files that are checked are added to it.
    if (error === undefined || error.code === 18002 || error.code === 18003) return undefined;
    return this.#ts.flattenDiagnosticMessageText(error.messageText, " ");
  }

  #nearestConfig(folder: string, root: string): string | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const here = ["tsconfig.json", "jsconfig.json"]
      .map((name) => path.join(folder, name))
      .find((file) => existsSync(file));
    const parent = path.dirname(folder);
    const found =
      here ??
      (parent !== folder && isWithin(root, parent) ? this.#nearestConfig(parent, root) : undefined);
    this.#nearest.set(folder, found);
    return found;
  }

  #including(config: string, file: string, seen = new Set<string>()): string | undefined {
    if (seen.has(config)) return undefined;
    seen.add(config);
    const parsed = this.#parse(config);
    if (parsed?.fileNames.some((name) => path.resolve(name) === file) === true) return config;
    for (const reference of parsed?.projectReferences ?? []) {
      const found = this.#including(this.#ts.resolveProjectReferencePath(reference), file, seen);
      if (found !== undefined) return path.resolve(found);
    }
    return undefined;
  }

  #parse(config: string): ts.ParsedCommandLine | undefined {
    const key = path.resolve(config);
    if (this.#configs.has(key)) return this.#configs.get(key);
    const host = { ...this.#ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const parsed = this.#ts.getParsedCommandLineOfConfigFile(key, {}, host);
    this.#configs.set(key, parsed);
    return parsed;
  }

  /** Both `import` and `require` are understood, and packages are found as bundlers and Node find them. */
  #optionsWithoutConfig(): ts.CompilerOptions {
    // Older compilers know fewer names than their types here say.
    const kinds: Readonly<Record<string, unknown>> = this.#ts.ModuleKind;
    const isCurrent = "Preserve" in kinds;
    return {
      target: this.#ts.ScriptTarget.ESNext,
      esModuleInterop: true,
      ...(isCurrent
        ? {
            module: this.#ts.ModuleKind.Preserve,
            moduleResolution: this.#ts.ModuleResolutionKind.Bundler,
          }
        : {
            module: this.#ts.ModuleKind.CommonJS,
            // eslint-disable-next-line @typescript-eslint/no-deprecated -- what those compilers have
            moduleResolution: this.#ts.ModuleResolutionKind.Node10,
          }),
    };
  }
}
