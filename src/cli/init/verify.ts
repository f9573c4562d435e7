/** Whether a project still lints after a change; takes the change back where it does not. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../terminal.ts";
import { withExceptions } from "./helper-copy.ts";
import type { Change } from "./plan.ts";
import type { Project } from "./project.ts";
import { resolveFrom } from "./types.ts";

/** A copy in which rules of the project were switched off. */
interface Excepted {
  readonly file: string;
  readonly rules: readonly string[];
}

/**
 * Lints the files that use the SDK, and the new ones. Findings in the project are welcome; in the copies they are excepted. A
 * linter that does not run takes the changes back.
 * @throws UserError saying what ESLint said
 */
export function verify(changes: readonly Change[], project: Project): readonly Excepted[] {
  const { root } = project;
  const results = lint(
    project,
    changes.map(({ file }) => file),
  );
  if (typeof results !== "string") return exceptCopies(changes, project, results);
  for (const { before, file } of changes) {
    const target = path.join(root, file);
    if (before === undefined) rmSync(target, { force: true });
    else writeFileSync(target, before);
  }
  const earlier = project.eslintConfig === undefined ? undefined : lint(project);
  throw new UserError(
    typeof earlier === "string"
      ? `ESLint does not run in this project, with or without these changes, which were taken back. It said:\n${earlier}`
      : `With these changes ESLint does not run, so they were taken back. It said:\n${results}`,
  );
}

/** Switches off in each copy the rules of the project that complain of it, so that the project lints as it did. */
function exceptCopies(
  changes: readonly Change[],
  { root }: Project,
  results: readonly LintResult[],
): readonly Excepted[] {
  return changes.flatMap(({ file, text }) => {
    if (!/\bbackoff\.(?:test\.)?[cm]?[jt]s$/.test(file)) return [];
    const target = path.join(root, file);
    const messages = results.find(({ filePath }) => filePath === target)?.messages ?? [];
    const rules = [...new Set(messages.flatMap(({ ruleId }) => ruleId ?? []))].sort();
    if (rules.length === 0) return [];
    writeFileSync(target, withExceptions(text, rules));
    return { file, rules };
  });
}

interface LintResult {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string | null;
    readonly fatal?: boolean;
    readonly message: string;
  }[];
}

/** What ESLint finds in the project's own files, or, as a text, what keeps it from looking. */
function lint(
  { packages, root }: Project,
  files: readonly string[] = [],
): readonly LintResult[] | string {
  const manifest = resolveFrom(root, "eslint/package.json");
  if (manifest === undefined) return [];
  const program = path.join(path.dirname(manifest), "bin/eslint.js");
  const folders = packages.map(({ sourceFolder }) => sourceFolder || ".");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      program,
      "--no-error-on-unmatched-pattern",
      "--no-warn-ignored",
      "--format",
      "json",
      ...new Set([...folders, ...files]),
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status === 2 || status === null) return stderr.trim();
  const results = JSON.parse(stdout) as readonly LintResult[];
  const fatal = results.flatMap(({ filePath, messages }) =>
    messages
      .filter((message) => message.fatal)
      .map(({ message }) => `${path.relative(root, filePath)}: ${message}`),
  );
  return fatal.length === 0 ? results : fatal.slice(0, 3).join("\n");
}
