import path from "node:path";
import { Linter } from "eslint";
import type { ESLint, Rule } from "eslint";
import type ts from "typescript";
import { parser } from "typescript-eslint";
import { applyEdits, checkComments, GateError, subtract } from "../support/gates.ts";
import type { Report } from "./compare.ts";
import { errorsOf, openProject } from "./editable-project.ts";
import type { EditableProject } from "./editable-project.ts";
import { findProjects } from "./lint.ts";

/** Something that an edit, or a rule, must never do. */
export interface Fault {
  readonly kind: "new error" | "parse error" | "lost comment" | "second-run change" | "crash";
  readonly path: string;
  /** What was done to the file: nothing, all fixes, or one suggestion (its rule, line and text). */
  readonly edit: string;
  readonly detail: string;
}

export interface EditCheck {
  /** Files that were linted. */
  readonly files: number;
  /** Files and suggestions that the time did not suffice for. */
  readonly leftOut: { readonly files: number; readonly suggestions: number };
  /** Packages that the files import, and those of them whose types or sources are installed. */
  readonly packages: {
    readonly imported: readonly string[];
    readonly installed: readonly string[];
  };
  /** Files that did not parse before any edit: nothing is said of them. */
  readonly unparsed: readonly string[];
  readonly reports: readonly (Report & {
    readonly edit: "fix" | "none" | `${number} suggestions`;
  })[];
  /** Reports that `--fix` removed. */
  readonly fixes: number;
  /** Suggestions that were applied, each alone. */
  readonly suggestions: number;
  readonly faults: readonly Fault[];
}

export interface EditCheckRequest {
  /** The folder that ESLint runs in. */
  readonly checkout: string;
  /** The files to lint, relative to the checkout, with their texts. */
  readonly sources: ReadonlyMap<string, string>;
  readonly rules: Readonly<Record<string, Rule.RuleModule>>;
  /** `settings["connect-resilience"]`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Seconds. After half of it no further file is linted, after all of it no further suggestion tried. */
  readonly timeLimit?: number | undefined;
}

/**
 * Lints files of a checkout with types, fixes them as `eslint --fix` does, and lints all of them again as they are then. The
 * passes of all files go together: in its second pass, a file sees the others as their first pass left them.
 * Every suggestion is applied alone: those for the text as it is, and for the fixed text where a fix changed it. All of it
 * happens in memory. The compiler compares the edited file, and every file that imports it, with what it said before;
 * JavaScript is checked as if it asked for it.
 */
export function checkEdits(request: EditCheckRequest): EditCheck {
  const { checkout, sources, onProgress, timeLimit = Infinity } = request;
  const started = performance.now();
  const isOver = (share: number): boolean => performance.now() - started > share * timeLimit * 1000;
  const total = { files: 0, fixes: 0, suggestions: 0 };
  const leftOut = { files: 0, suggestions: 0 };
  const imported = new Set<string>();
  const installed = new Set<string>();
  const unparsed: string[] = [];
  const reports: EditCheck["reports"][number][] = [];
  const faults: Fault[] = [];
  const projects = findProjects(checkout, [...sources.keys()], sources.keys());
  for (const [index, { rootNames, options, files }] of projects.entries()) {
    onProgress?.(`project ${index + 1} of ${projects.length}: ${files.length} files`);
    const shape = { rootNames, options: { ...options, checkJs: true } };
    const project = openProject(shape);
    const part = checkProject(project, files, request, isOver);
    total.files += part.files;
    total.fixes += part.fixes;
    total.suggestions += part.suggestions;
    leftOut.files += files.length - part.files;
    leftOut.suggestions += part.untried;
    for (const [name, isInstalled] of project.packages(files)) {
      imported.add(name);
      if (isInstalled) installed.add(name);
    }
    unparsed.push(...part.unparsed);
    reports.push(...part.reports);
    faults.push(...part.faults);
  }
  const packages = { imported: [...imported], installed: [...installed] };
  return { ...total, leftOut, packages, unparsed, reports, faults };
}

/** ESLint gives up after as many. */
const maxPasses = 10;

/** One suggestion, or what `--fix` made of a file. */
interface Candidate {
  readonly path: string;
  readonly edit: string;
  readonly before: string;
  readonly after: string;
}

function checkProject(
  original: EditableProject,
  files: readonly string[],
  { checkout, sources, rules, settings, onProgress }: EditCheckRequest,
  isOver: (share: number) => boolean,
): Omit<EditCheck, "leftOut" | "packages"> & { readonly untried: number } {
  const relative = (file: string): string => path.relative(checkout, file);
  const textOf = (file: string): string => sources.get(relative(file)) ?? "";
  const faults: Fault[] = [];
  const reports: EditCheck["reports"][number][] = [];
  const unparsed = new Set<string>();
  const linting = linterOf(checkout, rules, settings, (file, edit, detail) =>
    faults.push({ kind: "crash", path: relative(file), edit, detail }),
  );

  const suggested: Candidate[] = [];
  let pending = new Map<string, readonly Linter.LintMessage[]>();
  const linted: string[] = [];
  for (const file of files) {
    if (isOver(0.5)) break;
    linted.push(file);
    const before = textOf(file);
    const messages = linting.verify(original, file, before);
    if (messages.some(({ fatal }) => fatal)) {
      unparsed.add(file);
      continue;
    }
    reports.push(...messages.map((message) => reportOf(relative(file), message)));
    suggested.push(...suggestionsOf(relative(file), before, messages));
    if (messages.some(({ fix }) => fix)) pending.set(file, messages);
  }
  const fixable = reports.filter(({ edit }) => edit === "fix").length;
  onProgress?.(`${reports.length} reports, ${pending.size} files to fix`);

  const fixed = new Map<string, string>();
  let edited = original;
  for (let pass = 1; pass <= maxPasses && pending.size > 0; pass++) {
    for (const [file, messages] of pending) {
      const edits = messages.flatMap(({ fix }) => fix ?? []);
      fixed.set(file, applyEdits(fixed.get(file) ?? textOf(file), edits));
    }
    edited = edited.after(fixed);
    const next = [...pending.keys()].map((file): [string, Linter.LintMessage[]] => [
      file,
      linting.verify(edited, file, fixed.get(file) ?? "", "--fix"),
    ]);
    pending = new Map(next.filter(([, messages]) => messages.some(({ fix }) => fix)));
  }

  onProgress?.(`${fixed.size} files fixed`);
  const fixCandidates = [...fixed].map(([file, after]): Candidate => ({
    path: relative(file),
    edit: "--fix",
    before: textOf(file),
    after,
  }));
  faults.push(...fixCandidates.flatMap(faultsOfText));
  faults.push(...newErrors(checkout, original, fixCandidates, edited.program));

  const suggestedAfter: Candidate[] = [];
  let left = 0;
  // Without a fix, a second run is the first one.
  for (const file of fixed.size > 0 ? linted : []) {
    if (unparsed.has(file)) continue;
    const text = fixed.get(file) ?? textOf(file);
    const messages = linting.verify(edited, file, text, "--fix");
    const fault = { path: relative(file), edit: "--fix" };
    for (const { ruleId, line, message, fix, fatal } of messages) {
      if (fatal) faults.push({ ...fault, kind: "parse error", detail: message });
      if (fix === undefined) continue;
      left += 1;
      const detail = `${String(ruleId)} at line ${line} of the fixed text: ${message}`;
      faults.push({ ...fault, kind: "second-run change", detail });
    }
    if (fixed.has(file)) suggestedAfter.push(...suggestionsOf(relative(file), text, messages));
  }

  const limits = { isOver: () => isOver(1), onProgress };
  const bySuggestion = [
    checkSuggestions(checkout, original, suggested, limits),
    checkSuggestions(checkout, edited, suggestedAfter, limits),
  ];
  const untried = bySuggestion.reduce((sum, it) => sum + it.untried, 0);
  return {
    files: linted.length,
    unparsed: [...unparsed].map(relative),
    reports,
    fixes: Math.max(0, fixable - left),
    suggestions: suggested.length + suggestedAfter.length - untried,
    untried,
    faults: [...faults, ...bySuggestion.flatMap((it) => it.faults)],
  };
}

/**
 * Checks suggestions in rounds: the first of each file together in one program, then the second of each, and so on. Where a
 * round has new errors, each of its suggestions is tried alone.
 */
function checkSuggestions(
  checkout: string,
  base: EditableProject,
  candidates: readonly Candidate[],
  { isOver, onProgress }: { isOver: () => boolean; onProgress: EditCheckRequest["onProgress"] },
): { readonly faults: readonly Fault[]; readonly untried: number } {
  const faults = candidates.flatMap(faultsOfText);
  let untried = 0;
  const rounds: Map<string, Candidate>[] = [];
  for (const candidate of candidates) {
    let round = rounds.find((it) => !it.has(candidate.path));
    if (round === undefined) rounds.push((round = new Map<string, Candidate>()));
    round.set(candidate.path, candidate);
  }
  for (const [index, round] of rounds.entries()) {
    if (isOver()) {
      untried += round.size;
      continue;
    }
    onProgress?.(`suggestions, round ${index + 1} of ${rounds.length}: ${round.size} files`);
    const all = [...round.values()];
    const broken = new Set(
      newErrors(checkout, base, all).map((it) => path.join(checkout, it.path)),
    );
    if (broken.size === 0) continue;
    for (const candidate of all) {
      const reached = base.reach([path.join(checkout, candidate.path)]);
      if (![...reached].some((file) => broken.has(file))) continue;
      faults.push(...newErrors(checkout, base, [candidate]));
    }
  }
  return { faults, untried };
}

/**
 * The errors that the compiler has for files in reach of the edits, and did not have before.
 * @param edited - the program in which all of the edits are made, where there is one already
 */
function newErrors(
  checkout: string,
  base: EditableProject,
  candidates: readonly Candidate[],
  edited?: ts.Program,
): Fault[] {
  if (candidates.length === 0) return [];
  const byFile = new Map(candidates.map((it) => [path.join(checkout, it.path), it]));
  const withTexts = (when: "before" | "after"): ts.Program =>
    base.withTexts(new Map([...byFile].map(([file, candidate]) => [file, candidate[when]])));
  const suspects = addedErrors(
    base.reach(byFile.keys()),
    base.program,
    edited ?? withTexts("after"),
  );
  if (suspects.size === 0) return [];
  // What the compiler says can depend on what it was asked before, and on the program that a program continues: ask two
  // that were made in the same way, from the start.
  const confirmed = addedErrors(suspects.keys(), withTexts("before"), withTexts("after"));
  const [first] = candidates;
  const elsewhere = candidates.length > 1 ? "an imported file" : (first?.path ?? "");
  return [...confirmed].flatMap(([file, errors]) => {
    const edit = byFile.get(file)?.edit ?? `${first?.edit ?? ""} (in ${elsewhere})`;
    return errors.map((detail): Fault => {
      return { kind: "new error", path: path.relative(checkout, file), edit, detail };
    });
  });
}

function addedErrors(
  files: Iterable<string>,
  before: ts.Program,
  after: ts.Program,
): Map<string, string[]> {
  const found = [...files].map((file): [string, string[]] => [
    file,
    subtract(errorsOf(after, file), errorsOf(before, file)),
  ]);
  return new Map(found.filter(([, errors]) => errors.length > 0));
}

/** What the text alone shows: it no longer parses, a comment is lost, or a directive lost its place. */
function faultsOfText({ path: file, edit, before, after }: Candidate): Fault[] {
  try {
    checkComments({ code: before, filename: file }, before, after);
    return [];
  } catch (error) {
    const kind = error instanceof GateError ? "lost comment" : "parse error";
    const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return [{ kind, path: file, edit, detail }];
  }
}

function suggestionsOf(
  file: string,
  before: string,
  messages: readonly Linter.LintMessage[],
): Candidate[] {
  const candidates = messages.flatMap(({ ruleId, line, suggestions = [] }) =>
    suggestions.map(({ fix, desc }): Candidate => {
      const edit = `${String(ruleId)} at line ${line}: ${desc}`;
      return { path: file, edit, before, after: applyEdits(before, [fix]) };
    }),
  );
  return [...new Map(candidates.map((it) => [it.after, it])).values()];
}

function reportOf(
  file: string,
  { ruleId, line, column, message, fix, suggestions = [] }: Linter.LintMessage,
): EditCheck["reports"][number] {
  const rule = ruleId?.split("/").at(-1) ?? "parser";
  const edit = fix
    ? "fix"
    : suggestions.length > 0
      ? (`${suggestions.length} suggestions` as const)
      : "none";
  return { path: file, line, column, rule, message, edit };
}

interface Linting {
  /**
   * Lints a text as one of the project's files, which holds it. A rule that throws is told of and left out.
   * @param edit - what was done to the file before
   */
  verify(project: EditableProject, file: string, text: string, edit?: string): Linter.LintMessage[];
}

function linterOf(
  checkout: string,
  rules: EditCheckRequest["rules"],
  settings: EditCheckRequest["settings"],
  onCrash: (file: string, edit: string, detail: string) => void,
): Linting {
  const linter = new Linter({ configType: "flat", cwd: checkout });
  const plugin = { rules } as unknown as ESLint.Plugin;
  const configFor = (program: ts.Program, without: ReadonlySet<string>): Linter.Config => ({
    files: ["**/*.{ts,tsx,mts,cts,js,mjs,cjs}"],
    plugins: { "connect-resilience": plugin },
    rules: Object.fromEntries(
      Object.keys(rules)
        .map((rule) => `connect-resilience/${rule}`)
        .filter((rule) => !without.has(rule))
        .map((rule) => [rule, "error"]),
    ),
    languageOptions: { parser, parserOptions: { programs: [program] } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    settings: { "connect-resilience": settings },
  });
  return {
    verify({ program }, file, text, edit = "none") {
      const crashed = new Set<string>();
      for (;;) {
        try {
          const messages = linter.verify(text, [configFor(program, crashed)], { filename: file });
          // ESLint itself speaks of `eslint-disable` comments that are not heeded here.
          return messages.filter(({ ruleId, fatal }) => ruleId !== null || fatal === true);
        } catch (error) {
          const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
          onCrash(file, edit, detail);
          // Once more without the rule, so that the others are heard.
          const rule = /^Rule: "(?<rule>.+)"$/m.exec(detail)?.groups?.["rule"];
          if (rule === undefined || crashed.has(rule)) return [];
          crashed.add(rule);
        }
      }
    },
  };
}
