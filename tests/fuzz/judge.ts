/** All rules at once on a program, and what must hold of their reports and edits whatever the program is. */
import type { ESLint, Linter as LinterTypes } from "eslint";
import { Linter } from "eslint";
import { rules } from "../../src/rules/index.ts";
import { absolutePath, projectDirectory } from "../support/case-program.ts";
import {
  applyEdits,
  checkInvalidCase,
  checkOutput,
  checkValidCase,
  filenameOf,
  GateError,
  languageOptionsOf,
  settingsOf,
} from "../support/gates.ts";
import type { LintSetup } from "../support/gates.ts";

type Message = LinterTypes.LintMessage;

/** The passes after which ESLint gives up. */
const PASSES = 10;

const ownLinter = new Linter({ configType: "flat", cwd: projectDirectory });
const allRules = Object.fromEntries(
  Object.keys(rules).map((name) => [`connect-resilience/${name}`, "error" as const]),
);

/** A program that the rules read wrongly. */
export class FuzzError extends Error {
  constructor(problem: string, { code, files = {} }: LintSetup) {
    const others = Object.entries(files).map(([name, text]) => `// file: ${name}\n${text}`);
    super([problem, code, ...others].join("\n\n"));
    this.name = "FuzzError";
  }
}

/** The same file without types. ESLint's own scopes, which it then has, know imports in modules only. */
export function withoutTypes(setup: LintSetup): LintSetup {
  return setup.parser === "espree" ? setup : { ...setup, types: false, sourceType: "module" };
}

/**
 * Reports of all rules on the linted file. Throws what a rule throws.
 * @param linter - of another version of ESLint
 */
export function lintAll(setup: LintSetup, linter: Linter = ownLinter): Message[] {
  return linter.verify(
    setup.code,
    [
      {
        files: ["**"],
        plugins: { "connect-resilience": { rules } as unknown as ESLint.Plugin },
        rules: allRules,
        languageOptions: languageOptionsOf(setup),
        settings: settingsOf(setup),
        linterOptions: { reportUnusedDisableDirectives: "off" },
      },
    ],
    { filename: absolutePath(filenameOf(setup)) },
  );
}

/** Whether the program compiles; in JavaScript, whether it parses. */
export function isCompiling(setup: LintSetup): boolean {
  try {
    checkValidCase(setup);
    return true;
  } catch (error) {
    if (error instanceof GateError && error.gate === "compiles") return false;
    throw error;
  }
}

/** What the rules say of a whole program: rule and message of each report in each of its files, sorted. */
export function verdictOf(setup: LintSetup): string[] {
  const files = { ...setup.files, [filenameOf(setup)]: setup.code };
  return Object.keys(files)
    .flatMap((filename) => {
      const { [filename]: code = "", ...others } = files;
      return lintAll({ ...setup, filename, code, files: others });
    })
    .map(({ ruleId, messageId, message }) =>
      ruleId === null ? message : `${ruleId.replace(/.*\//, "")}: ${messageId ?? message}`,
    )
    .sort();
}

/**
 * Every edit alone, and all fixes together, stand the gates of the rule tester; a second run changes nothing.
 * @returns the number of reports
 */
export function checkEdits(setup: LintSetup): number {
  const reports = lintAll(setup);
  const fatal = reports.find((report) => report.fatal);
  if (fatal) throw new FuzzError(`It does not parse: ${fatal.message}`, setup);
  for (const [name, rule] of Object.entries(rules)) {
    if (reports.some(({ ruleId }) => ruleId === `connect-resilience/${name}`))
      checkInvalidCase(name, rule, setup);
  }
  checkFixes(setup, reports);
  return reports.length;
}

function checkFixes(setup: LintSetup, reports: readonly Message[]): void {
  let current = setup;
  let open = reports;
  for (let pass = 0; pass <= PASSES; pass++) {
    const fixes = open.flatMap(({ fix }) => fix ?? []);
    if (fixes.length === 0) {
      if (pass > 0) checkOutput(setup, setup.code, current.code);
      return;
    }
    current = { ...current, code: applyEdits(current.code, fixes) };
    open = lintAll(current);
  }
  throw new FuzzError("Fixing goes on and on.", current);
}

/** The rules do not throw on the file, and their edits leave it a file that parses. */
export function checkSurvives(setup: LintSetup): void {
  const reports = lintAll(setup);
  if (reports.some(({ fatal }) => fatal)) return;
  const edits = reports.flatMap(({ fix, suggestions = [] }) => [
    ...(fix ? [[fix]] : []),
    ...suggestions.map((suggestion) => [suggestion.fix]),
  ]);
  const all = reports.flatMap(({ fix }) => fix ?? []);
  for (const edit of all.length > 1 ? [...edits, all] : edits) {
    const output = applyEdits(setup.code, edit);
    const fatal = parsingFault({ ...setup, code: output });
    if (fatal !== undefined) {
      throw new FuzzError(`An edit broke this file: ${fatal}\n\n${output}\n\nIt was:`, setup);
    }
  }
}

/** Why a file does not parse, if it does not. */
export function parsingFault(setup: LintSetup): string | undefined {
  const [message] = ownLinter.verify(
    setup.code,
    [{ files: ["**"], languageOptions: languageOptionsOf(withoutTypes(setup)) }],
    { filename: absolutePath(filenameOf(setup)) },
  );
  return message?.fatal === true ? message.message : undefined;
}
