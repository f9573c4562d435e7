/** The work of `check`: files, programs, findings, inventory, one report. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type ts from "typescript";
import plugin from "../../index.ts";
import { UserError } from "../terminal.ts";
import { commonFolder, findFiles } from "../files.ts";
import { type LintOptions, ProjectLinter, rulesOf, withoutIgnored } from "./lint.ts";
import { Projects } from "./projects.ts";
import {
  type CallRecord,
  type Finding,
  type Place,
  type Problem,
  type Report,
  type RuleFacts,
  summarise,
  SYNTAX_ERROR,
} from "./report.ts";

export interface CheckOptions extends Pick<
  LintOptions,
  "ignore" | "inlineConfig" | "preset" | "services"
> {
  readonly paths: readonly string[];
  readonly cwd: string;
  /** Told before each file: how many are done, how many there are, and which is next. */
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

/**
 * Checks a project without any ESLint config.
 * @throws UserError where there is nothing to check
 */
export async function check(options: CheckOptions): Promise<Report> {
  const { cwd, paths } = options;
  const folder = commonFolder([cwd, ...paths.map((given) => path.resolve(cwd, given))]);
  const nameFile = (file: string): string => path.relative(folder, file).split(path.sep).join("/");
  const lintOptions: LintOptions = { ...options, folder, nameFile };
  const files = await withoutIgnored(findFiles(paths, cwd), lintOptions);
  if (files.length === 0) throw new UserError("Every file is left out by --ignore.");

  const projects = new Projects(compiler());
  const findings: Finding[] = [];
  const calls: CallRecord[] = [];
  const problems: Problem[] = [];
  let done = 0;
  for (const project of projects.group(files, repositoryOf(folder))) {
    const problem = projects.problemOf(project);
    if (problem !== undefined && project.config !== undefined)
      problems.push({ file: nameFile(project.config), message: problem, fatal: false });
    // One program at a time: large monorepos do not fit into memory as a whole.
    const linter = new ProjectLinter(projects.createProgram(project), lintOptions);
    for (const file of project.files) {
      options.onProgress?.(done, files.length, nameFile(file));
      const checked = linter.check(file);
      findings.push(...checked.findings);
      calls.push(...checked.calls);
      problems.push(...checked.problems);
      done += 1;
    }
  }
  findings.sort(byPlace);
  calls.sort(byPlace);
  const { name, version } = plugin.meta;
  return {
    tool: { name, version, url: HOMEPAGE },
    createdAt: new Date().toISOString(),
    project: path.basename(folder),
    preset: options.preset,
    summary: summarise(files.length, { findings, calls }),
    findings,
    calls,
    rules: ruleFacts(options.preset),
    problems,
  };
}

/** The folder above which no tsconfig.json is looked for: the repository, or the folder itself where there is none. */
function repositoryOf(folder: string): string {
  for (let current = folder; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, ".git"))) return current;
    if (path.dirname(current) === current) return folder;
  }
}

/** The compiler that the parser uses: a program of another one would be of no use to it. */
function compiler(): typeof ts {
  const parser = createRequire(createRequire(import.meta.url).resolve("@typescript-eslint/parser"));
  const estree = createRequire(parser.resolve("@typescript-eslint/typescript-estree"));
  return estree("typescript") as typeof ts;
}

const HOMEPAGE =
  "https://github.com/eslint-plugin-connect-resilience/eslint-plugin-connect-resilience";

function ruleFacts(preset: Report["preset"]): readonly RuleFacts[] {
  const own = rulesOf(preset).flatMap((id): RuleFacts[] => {
    const rule = Object.entries(plugin.rules).find(([name]) => id.endsWith(`/${name}`))?.[1];
    const { description = "", url = "" } = rule?.meta?.docs ?? {};
    return [{ id, description, url }];
  });
  return [
    ...own,
    {
      id: SYNTAX_ERROR,
      description: "a file that cannot be parsed is not checked",
      url: `${HOMEPAGE}/blob/main/docs/cli.md`,
    },
  ];
}

function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
