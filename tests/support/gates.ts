/**
 * What every finding and every edit must stand, whatever its rule: see {@link checkValidCase} and
 * {@link checkInvalidCase}. `tests/meta/gates.test.ts` holds, for each gate, a bad rule that it rejects.
 */
import { parse as parseTypeScript } from "@typescript-eslint/parser";
import type { TSESLint } from "@typescript-eslint/utils";
import * as espree from "espree";
import { Linter } from "eslint";
import type { ESLint } from "eslint";
import ts from "typescript";
import { caseParser } from "./case-parser.ts";
import type { CaseParserOptions } from "./case-parser.ts";
import { absolutePath, createCaseProgram, projectDirectory } from "./case-program.ts";
import type { CaseSources } from "./case-program.ts";

/** The part of a test case that says how its code is to be parsed and linted. */
export interface LintSetup extends Omit<CaseSources, "filename"> {
  readonly filename?: string | undefined;
  readonly options?: readonly unknown[] | undefined;
  /** `false`: no program, as in plain JavaScript projects; `settings.types` is then `"optional"`. */
  readonly types?: boolean | undefined;
  /** `"espree"`: ESLint's own parser (JavaScript); implies `types: false`. */
  readonly parser?: "typescript" | "espree" | undefined;
  readonly sourceType?: "module" | "commonjs" | "script" | undefined;
  /** Merged into `settings["connect-resilience"]`. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** The code does not compile, on purpose. Edits must still add no errors. */
  readonly allowTypeErrors?: boolean | undefined;
}

export type AnyRule = TSESLint.RuleModule<string, readonly unknown[]>;

/** What a rule was seen to do, for the meta test that compares it with what the rule's `meta` says. */
export interface Observation {
  readonly messageIds: readonly string[];
  readonly fixes: boolean;
  readonly suggestions: boolean;
}

export type GateName =
  | "compiles"
  | "output compiles"
  | "comments survive"
  | "directives stay"
  | "finding is gone"
  | "second fix changes nothing"
  | "message is a sentence"
  | "report has a place";

/** A gate that was not passed. */
export class GateError extends Error {
  readonly gate: GateName;

  constructor(gate: GateName, explanation: string, code: string) {
    super(`Gate "${gate}": ${explanation}\n\n${code}\n`);
    this.name = "GateError";
    this.gate = gate;
  }
}

/** A case in which nothing may be found must at least mean what it says: it compiles. */
export function checkValidCase(setup: LintSetup): void {
  checkCompiles(setup);
}

/** Puts the findings of a case, and all edits they offer, through every gate. */
export function checkInvalidCase(ruleName: string, rule: AnyRule, setup: LintSetup): Observation {
  checkCompiles(setup);
  const { code } = setup;
  const findings = lint(ruleName, rule, setup, code);
  for (const finding of findings) checkMessage(finding, code);

  // Two edits often give the same text: its program is still there, and what was checked stays checked.
  const checked = new Set<string>();
  for (const finding of findings) {
    const edits = [
      ...(finding.fix ? [finding.fix] : []),
      ...(finding.suggestions ?? []).map((s) => s.fix),
    ];
    for (const edit of edits) {
      const output = applyEdits(code, [edit]);
      if (!checked.has(output)) checkOutput(setup, code, output);
      checked.add(output);
      const after = lint(ruleName, rule, setup, output);
      checkGone(finding, findings, after, output);
    }
  }
  if (findings.some((finding) => finding.fix)) checkFixAll(ruleName, rule, setup, findings);

  return {
    messageIds: [
      ...new Set(
        findings.flatMap((f) => [f.messageId, ...(f.suggestions ?? []).map((s) => s.messageId)]),
      ),
    ].filter((id) => id !== undefined),
    fixes: findings.some((finding) => finding.fix),
    suggestions: findings.some((finding) => finding.suggestions?.length),
  };
}

/** The languageOptions of a case, for the linter and for the rule tester alike. */
export function languageOptionsOf(setup: LintSetup): {
  parser: Linter.Parser;
  sourceType: "module" | "commonjs" | "script";
  parserOptions: CaseParserOptions;
} {
  const filename = filenameOf(setup);
  const typed = setup.types !== false && setup.parser !== "espree";
  const { files, notInstalled, compilerOptions } = setup;
  return {
    parser: (setup.parser === "espree"
      ? espree
      : typed
        ? caseParser
        : untypedParser) as unknown as Linter.Parser,
    sourceType: setup.sourceType ?? (/\.c[jt]s$/.test(filename) ? "commonjs" : "module"),
    parserOptions: {
      // Other tests load configs of other folders in the same process, and the parser refuses to choose.
      tsconfigRootDir: projectDirectory,
      ...(filename.endsWith("x") && { ecmaFeatures: { jsx: true } }),
      ...(typed && { caseSources: { filename, files, notInstalled, compilerOptions } }),
    },
  };
}

const untypedParser = {
  meta: caseParser.meta,
  parse: (code: string, options: CaseParserOptions) => parseTypeScript(code, options),
};

/** The `settings` of a case. */
export function settingsOf(setup: LintSetup): Record<string, unknown> {
  const untyped = setup.types === false || setup.parser === "espree";
  const own = { ...(untyped && { types: "optional" }), ...setup.settings };
  return Object.keys(own).length > 0 ? { "connect-resilience": own } : {};
}

/** The path of the linted file within the project. */
export function filenameOf(setup: LintSetup): string {
  return setup.filename ?? (setup.parser === "espree" ? "src/file.js" : "src/file.ts");
}

const linter = new Linter({ configType: "flat", cwd: projectDirectory });

/** Lints `code` as the case says. */
export function lint(
  ruleName: string,
  rule: AnyRule,
  setup: LintSetup,
  code: string,
): Linter.LintMessage[] {
  const plugin = { rules: { [ruleName]: rule } } as unknown as ESLint.Plugin;
  const messages = linter.verify(
    code,
    [
      {
        files: ["**"],
        plugins: { "connect-resilience": plugin },
        rules: { [`connect-resilience/${ruleName}`]: ["error", ...(setup.options ?? [])] },
        languageOptions: languageOptionsOf(setup),
        settings: settingsOf(setup),
        linterOptions: { reportUnusedDisableDirectives: "off" },
      },
    ],
    { filename: absolutePath(filenameOf(setup)) },
  );
  const fatal = messages.find((message) => message.fatal);
  if (fatal) throw new GateError("output compiles", `it does not parse: ${fatal.message}`, code);
  return messages;
}

function checkCompiles(setup: LintSetup): void {
  if (setup.allowTypeErrors) return;
  const { program } = createCaseProgram({ ...setup, filename: filenameOf(setup) });
  for (const name of [filenameOf(setup), ...Object.keys(setup.files ?? {})]) {
    const file = program.getSourceFile(absolutePath(name));
    if (!file || file.isDeclarationFile || name.includes("node_modules/")) continue;
    const errors = diagnosticsOf(program, file);
    if (errors.length > 0) {
      const hint = "Correct the case, or say `allowTypeErrors: true`.";
      throw new GateError(
        "compiles",
        `${name} has errors. ${hint}\n${errors.join("\n")}`,
        file.text,
      );
    }
  }
}

/** An edit adds no compiler error, and keeps comments and directives. */
export function checkOutput(setup: LintSetup, before: string, after: string): void {
  const added = subtract(errorsOf(setup, after), errorsOf(setup, before));
  if (added.length > 0) {
    throw new GateError("output compiles", `the edit adds errors:\n${added.join("\n")}`, after);
  }
  checkComments(setup, before, after);
}

/** Errors of the linted file; JavaScript is checked as if it asked for it, to see forgotten names. */
function errorsOf(setup: LintSetup, code: string): string[] {
  const filename = filenameOf(setup);
  const compilerOptions = /\.[cm]?jsx?$/.test(filename)
    ? { ...setup.compilerOptions, checkJs: true }
    : setup.compilerOptions;
  const { program, sourceFile } = createCaseProgram({ ...setup, compilerOptions, filename, code });
  return diagnosticsOf(program, sourceFile);
}

function diagnosticsOf(program: ts.Program, file: ts.SourceFile): string[] {
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    (d) => `TS${String(d.code)}: ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`,
  );
}

/** An edit keeps every comment, and the line that a comment for tools speaks of. */
export function checkComments(setup: LintSetup, before: string, after: string): void {
  const old = parseForGates(setup, before);
  const now = parseForGates(setup, after);
  const lost = subtract(
    old.comments.map((comment) => comment.value.trim()),
    now.comments.map((comment) => comment.value.trim()),
  );
  if (lost.length > 0) {
    throw new GateError(
      "comments survive",
      `lost: ${lost.map((c) => `"${c}"`).join(", ")}.`,
      after,
    );
  }
  if (old.prologue.join() !== now.prologue.join()) {
    throw new GateError(
      "directives stay",
      `the prologue was [${old.prologue.join()}] and is [${now.prologue.join()}].`,
      after,
    );
  }
  checkDirectiveComments(old, now, after);
}

interface ParsedText {
  readonly lines: readonly string[];
  readonly comments: readonly { value: string; line: number; endLine: number; leading: boolean }[];
  /** "use strict", "use client", … */
  readonly prologue: readonly string[];
}

function parseForGates(setup: LintSetup, code: string): ParsedText {
  const ast = parseTypeScript(code, {
    comment: true,
    loc: true,
    range: true,
    tokens: true,
    sourceType: "module",
    filePath: absolutePath(filenameOf(setup)),
    ecmaFeatures: { jsx: filenameOf(setup).endsWith("x") },
  });
  const firstToken = ast.tokens[0]?.range[0] ?? Infinity;
  return {
    lines: code.split("\n"),
    comments: ast.comments.map((comment) => ({
      value: comment.value,
      line: comment.loc.start.line,
      endLine: comment.loc.end.line,
      leading: comment.range[0] < firstToken,
    })),
    prologue: ast.body.flatMap((statement) =>
      statement.type === "ExpressionStatement" && statement.directive ? [statement.directive] : [],
    ),
  };
}

const nextLineDirective =
  /^\s*(?:eslint-disable-next-line|@ts-expect-error|@ts-ignore|prettier-ignore|(?:v8|c8|istanbul) ignore next|biome-ignore)\b/;
const fileDirective =
  /^(?:!|\s*(?:eslint-disable(?!-)|eslint-env|eslint |@ts-check|@ts-nocheck)|\*?\s*@(?:license|jsx|vitest-environment|jest-environment))/;

/** A comment that speaks to a tool about the next line, or about the whole file, goes on doing so. */
function checkDirectiveComments(old: ParsedText, now: ParsedText, after: string): void {
  for (const comment of old.comments) {
    const same = now.comments.filter((other) => other.value === comment.value);
    if (nextLineDirective.test(comment.value)) {
      const target = wordsOf(old.lines[comment.endLine]);
      const kept = same.some((other) => {
        const words = wordsOf(now.lines[other.endLine]);
        return target.filter((word) => words.includes(word)).length * 2 >= target.length;
      });
      if (!kept) {
        throw new GateError("directives stay", `"${comment.value.trim()}" lost its line.`, after);
      }
    }
    if (
      comment.leading &&
      fileDirective.test(comment.value) &&
      !same.some((other) => other.leading)
    ) {
      throw new GateError(
        "directives stay",
        `"${comment.value.trim()}" no longer heads the file.`,
        after,
      );
    }
  }
}

function wordsOf(line: string | undefined): string[] {
  return line?.match(/\w+|[^\w\s]+/g) ?? [];
}

function checkGone(
  finding: Linter.LintMessage,
  before: readonly Linter.LintMessage[],
  after: readonly Linter.LintMessage[],
  output: string,
): void {
  const same = (message: Linter.LintMessage): boolean => message.messageId === finding.messageId;
  if (after.filter(same).length < before.filter(same).length && after.length < before.length)
    return;
  throw new GateError(
    "finding is gone",
    `after the edit for "${finding.messageId ?? finding.message}" the rule still reports:\n` +
      after.map((m) => `${String(m.line)}:${String(m.column)} ${m.message}`).join("\n"),
    output,
  );
}

/** What `--fix` does: passes until nothing changes. ESLint itself gives up after ten. */
function checkFixAll(
  ruleName: string,
  rule: AnyRule,
  setup: LintSetup,
  before: readonly Linter.LintMessage[],
): void {
  let code = setup.code;
  let findings = [...before];
  for (let pass = 1; pass <= 10; pass++) {
    const edits = findings.flatMap((finding) => (finding.fix ? [finding.fix] : []));
    if (edits.length === 0) {
      const fixable = before.filter((finding) => finding.fix).length;
      if (findings.length > before.length - fixable) {
        throw new GateError(
          "finding is gone",
          "after all passes findings that had a fix remain.",
          code,
        );
      }
      return;
    }
    const output = applyEdits(code, edits);
    if (output === code) break;
    checkOutput(setup, setup.code, output);
    code = output;
    findings = lint(ruleName, rule, setup, code);
  }
  throw new GateError("second fix changes nothing", "fixing goes on and on.", code);
}

function checkMessage(finding: Linter.LintMessage, code: string): void {
  for (const text of [finding.message, ...(finding.suggestions ?? []).map((s) => s.desc)]) {
    const fault = faultOfMessage(text);
    if (fault)
      throw new GateError("message is a sentence", `${fault}: ${JSON.stringify(text)}.`, code);
  }
  const suggestions = (finding.suggestions ?? []).map((s) => s.desc);
  if (new Set(suggestions).size < suggestions.length) {
    throw new GateError(
      "message is a sentence",
      "two suggestions of one report read the same.",
      code,
    );
  }
  if (
    finding.endLine === undefined ||
    (finding.line === 1 && finding.column === 1 && code.length > 0 && endsFile(finding, code))
  ) {
    throw new GateError("report has a place", "report a node, not the whole file.", code);
  }
}

function endsFile(finding: Linter.LintMessage, code: string): boolean {
  const lines = code.trimEnd().split("\n");
  return lines.length > 1 && (finding.endLine ?? 0) >= lines.length;
}

/** Why a message is not a sentence that a person can read, or undefined. */
export function faultOfMessage(text: string): string | undefined {
  if (/\{\{.*\}\}/.test(text)) return "a placeholder is left";
  if (/\b(?:undefined|NaN|null)\b(?![`'"])|\[object /.test(text)) return "a value is missing";
  if (text.includes("\n")) return "it has more than one line";
  if (!/[.?!]$/.test(text)) return "it does not end as a sentence";
  if (/^[a-z]/.test(text) && !/^[a-z]\w*(?=[A-Z.(])/.test(text))
    return "it does not begin as a sentence";
  return undefined;
}

/** Applies edits as ESLint does in one pass: in order, leaving out those that touch the one before. */
export function applyEdits(
  code: string,
  edits: readonly Readonly<{ range: readonly [number, number]; text: string }>[],
): string {
  const bom = code.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = code.slice(bom.length);
  let output = "";
  let end = -Infinity;
  for (const edit of [...edits].sort(
    (a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1],
  )) {
    if (end >= edit.range[0]) continue;
    output += text.slice(Math.max(0, end), Math.max(0, edit.range[0])) + edit.text;
    end = edit.range[1];
  }
  return bom + output + text.slice(Math.max(0, end));
}

/** The members of `all` that are not in `taken`, each counted as often as it occurs. */
export function subtract(all: readonly string[], taken: readonly string[]): string[] {
  const left = [...taken];
  return all.filter((item) => {
    const at = left.indexOf(item);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}
