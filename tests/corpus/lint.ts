import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { parser } from "typescript-eslint";
import { ALWAYS } from "../../src/cli/check/projects.ts";
import plugin from "../../src/index.ts";
import type { Report } from "./compare.ts";

export const ruleNames: readonly string[] = Object.keys(plugin.rules);

const withoutProject: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.CommonJS,
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- The public code that is linted was written for it.
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
};

/** What a program is made of. */
export interface ProjectShape {
  readonly rootNames: readonly string[];
  readonly options: ts.CompilerOptions;
}

/**
 * One project for each nearest tsconfig.json of the chosen files, with those files even where the project leaves them out
 * (tests, scripts). Files without a tsconfig.json share a project over all source files.
 *
 * @returns each project with its chosen files, as absolute paths
 */
export function findProjects(
  checkout: string,
  chosen: readonly string[],
  all: Iterable<string>,
): (ProjectShape & { readonly files: readonly string[] })[] {
  const absolute = (file: string): string => path.join(checkout, file);
  const projects = new Map<string | undefined, string[]>();
  for (const file of chosen.map(absolute)) {
    const found = ts.findConfigFile(path.dirname(file), (name) => ts.sys.fileExists(name));
    const config = found?.startsWith(checkout + path.sep) === true ? found : undefined;
    projects.set(config, [...(projects.get(config) ?? []), file]);
  }
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  return [...projects].map(([config, files]) => {
    const project = config && ts.getParsedCommandLineOfConfigFile(config, {}, host);
    const own = project ? project.fileNames : [...all].map(absolute);
    // Before TypeScript 6, which most projects were written for, every `@types` package was seen.
    const defaults = { types: ["*"], ...(project ? project.options : withoutProject) };
    return {
      rootNames: [...new Set([...own, ...files])],
      options: { ...defaults, ...ALWAYS },
      files,
    };
  });
}

/** The programs of {@link findProjects}. */
export function createPrograms(
  checkout: string,
  chosen: readonly string[],
  all: Iterable<string>,
): ts.Program[] {
  return findProjects(checkout, chosen, all).map(({ rootNames, options }) =>
    ts.createProgram([...rootNames], options),
  );
}

export interface Linted {
  readonly reports: Report[];
  /** A rule that threw, or a file that could not be parsed (as the rule `parser`). */
  readonly failures: { readonly rule: string; readonly message: string }[];
}

export interface Project {
  readonly checkout: string;
  readonly programs: ts.Program[];
  /** The plugin's setting of this name. */
  readonly services: "connect" | "aws";
}

/** Lints one file. Where a rule throws, each rule runs alone, so that the others are heard. */
export async function lint(
  project: Project,
  file: string,
  text: string,
  rules: readonly string[],
): Promise<Linted> {
  const { checkout, programs, services } = project;
  const eslint = new ESLint({
    cwd: checkout,
    ignore: false,
    overrideConfigFile: true,
    baseConfig: {
      files: ["**/*.{ts,tsx,mts,cts,js,mjs,cjs}"],
      languageOptions: { parser, parserOptions: { programs } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
      plugins: { "connect-resilience": plugin },
      rules: Object.fromEntries(rules.map((rule) => [`connect-resilience/${rule}`, "error"])),
      settings: { "connect-resilience": { services, types: "optional" } },
    },
  });
  const linted: Linted = { reports: [], failures: [] };
  try {
    const [result] = await eslint.lintText(text, { filePath: path.join(checkout, file) });
    for (const { ruleId, line, column, message, fatal } of result?.messages ?? []) {
      if (fatal === true) linted.failures.push({ rule: "parser", message });
      const rule = ruleId?.split("/").at(-1);
      if (rule !== undefined) linted.reports.push({ path: file, line, column, rule, message });
    }
  } catch (error) {
    const [rule] = rules;
    if (rule !== undefined && rules.length === 1) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      linted.failures.push({ rule, message });
      return linted;
    }
    for (const each of rules) {
      const alone = await lint(project, file, text, [each]);
      linted.reports.push(...alone.reports);
      linted.failures.push(...alone.failures);
    }
  }
  return linted;
}
