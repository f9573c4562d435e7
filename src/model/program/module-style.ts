/** What the compiler options say about modules: how a file is emitted, and where its aliases lead. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Unit } from "./unit.ts";

/** `ts.ModuleKind.CommonJS`; the same number since the first release. */
const COMMON_JS = 1;
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
}

/** How TypeScript treats a file as a module; all unknown without a program. */
export function modulesOf(unit: Unit): FileModules {
  const options = unit.services?.program.getCompilerOptions();
  if (unit.services === undefined || options === undefined)
    return { verbatimModuleSyntax: undefined, emitsCommonJs: undefined };
  const sourceFile = unit.services.esTreeNodeToTSNodeMap.get(unit.ast);
  const format = sourceFile.impliedNodeFormat ?? options.module;
  return {
    verbatimModuleSyntax: options.verbatimModuleSyntax,
    emitsCommonJs: format === undefined ? undefined : format === COMMON_JS,
  };
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
      ).find((file) => existsSync(file));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
