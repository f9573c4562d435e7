/** Runs the rules on the files of one program, and takes the inventory on the way. */
import { readFileSync } from "node:fs";
import * as parser from "@typescript-eslint/parser";
import type { TSESLint } from "@typescript-eslint/utils";
import { ESLint, Linter, type Rule } from "eslint";
import type ts from "typescript";
import plugin from "../../index.ts";
import { unitOfContext } from "../../model/program/unit.ts";
import { sdkCallsIn } from "../../model/sdk/calls.ts";
import { isSdkInReach } from "../../model/sdk/reach.ts";
import { readSettings, SETTINGS_KEY } from "../../settings.ts";
import { describeCall, type NameFile } from "./inventory.ts";
import {
  type CallRecord,
  type Finding,
  type PresetName,
  type Problem,
  SYNTAX_ERROR,
} from "./report.ts";

export interface LintOptions {
  readonly preset: PresetName;
  readonly services: "aws" | "connect" | readonly string[];
  /** Whether comments such as `eslint-disable-next-line` count. */
  readonly inlineConfig: boolean;
  /** Glob patterns of files to leave out, from `folder`. */
  readonly ignore: readonly string[];
  /** ESLint's working directory, which holds all files. */
  readonly folder: string;
  readonly nameFile: NameFile;
}

/** What was found in one file. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly calls: readonly CallRecord[];
  readonly problems: readonly Problem[];
}

const { namespace } = plugin.meta;
const INVENTORY = "inventory/calls";

/** How ESLint words that a file has no tree. */
const PARSING_ERROR = "Parsing error: ";

/** The rules of a preset, as they stand in an ESLint config. */
export function rulesOf(preset: PresetName): readonly string[] {
  return plugin.configs[preset].flatMap(({ rules }) => Object.keys(rules ?? {}));
}

/** The files that the patterns leave over. */
export async function withoutIgnored(
  files: readonly string[],
  { folder, ignore }: Pick<LintOptions, "folder" | "ignore">,
): Promise<readonly string[]> {
  if (ignore.length === 0) return files;
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    baseConfig: [{ ignores: [...ignore] }],
  });
  const ignored = await Promise.all(files.map((file) => eslint.isPathIgnored(file)));
  return files.filter((_, index) => ignored[index] === false);
}

/** Lints files one by one, with the types of their program. */
export class ProjectLinter {
  readonly #program: ts.Program;
  readonly #options: LintOptions;
  /** Not the class `ESLint`, which refuses files in node_modules and warns of configuration that is not used here. */
  readonly #linter: Linter;
  /** Filled by the rule that takes the inventory. */
  readonly #calls: CallRecord[] = [];

  constructor(program: ts.Program, options: LintOptions) {
    this.#program = program;
    this.#options = options;
    this.#linter = new Linter({ cwd: options.folder, configType: "flat" });
  }

  /** Checks one file. A rule that throws is a problem; the others are still heard. */
  check(file: string): Checked {
    const rules = [...rulesOf(this.#options.preset), INVENTORY];
    try {
      return this.#run(rules, file);
    } catch {
      return this.#oneByOne(rules, file);
    }
  }

  #oneByOne(rules: readonly string[], file: string): Checked {
    const findings: Finding[] = [];
    const calls: CallRecord[] = [];
    const problems: Problem[] = [];
    for (const rule of rules) {
      try {
        const checked = this.#run([rule], file);
        findings.push(...checked.findings);
        calls.push(...checked.calls);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const [first = ""] = reason.split("\n", 1);
        problems.push({
          file: this.#options.nameFile(file),
          message: `${rule} failed: ${first.replace(/^Error while loading rule '[^']*': /, "")}`,
          fatal: true,
        });
      }
    }
    return { findings, calls, problems };
  }

  #run(rules: readonly string[], file: string): Checked {
    this.#calls.length = 0;
    const text = this.#program.getSourceFile(file)?.text ?? readFileSync(file, "utf8");
    const messages = this.#linter.verify(text, this.#configuration(rules), { filename: file });
    return {
      findings: messages.flatMap((message) => this.#findingOf(message, file) ?? []),
      calls: [...this.#calls],
      problems: [],
    };
  }

  #configuration(rules: readonly string[]): Linter.Config {
    const { inlineConfig, nameFile, services } = this.#options;
    return {
      files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
      languageOptions: { parser, parserOptions: { programs: [this.#program] } },
      linterOptions: { noInlineConfig: !inlineConfig, reportUnusedDisableDirectives: "off" },
      plugins: {
        [namespace]: plugin,
        inventory: { rules: { calls: inventoryRule(this.#calls, nameFile) } },
      },
      rules: Object.fromEntries(rules.map((rule) => [rule, "error" as const])),
      settings: { [SETTINGS_KEY]: { services, types: "optional" } },
    };
  }

  /** Messages of other rules, and about comments that ESLint cannot read, come from configuration for other runs than this. */
  #findingOf(message: Linter.LintMessage, file: string): Finding | undefined {
    const { ruleId, fatal, line, column, endLine, endColumn, fix, suggestions } = message;
    const isUnreadable = fatal === true && message.message.startsWith(PARSING_ERROR);
    const rule = isUnreadable ? SYNTAX_ERROR : ruleId;
    if (rule !== SYNTAX_ERROR && rule?.startsWith(`${namespace}/`) !== true) return undefined;
    return {
      rule,
      file: this.#options.nameFile(file),
      // A parser that does not know where says nothing.
      line: Math.max(1, line),
      column: Math.max(1, column),
      endLine,
      endColumn,
      message: message.message
        .replace(PARSING_ERROR, "The file cannot be parsed: ")
        // Why there is no edit is for an editor: nothing is edited here.
        .replace(/ No edit is offered: .*$/, ""),
      fixable: fix !== undefined,
      suggestions: suggestions?.length ?? 0,
    };
  }
}

/** A rule that reports nothing and writes down every AWS call of the file. */
function inventoryRule(calls: CallRecord[], nameFile: NameFile): Rule.RuleModule {
  return {
    create: (context) => ({
      "Program:exit"() {
        const unit = unitOfContext(
          // ESLint's type of a context and typescript-eslint's describe one object.
          context as unknown as TSESLint.RuleContext<string, readonly unknown[]>,
          readSettings(context.settings),
        );
        if (unit === undefined || !isSdkInReach(unit)) return;
        calls.push(...sdkCallsIn(unit).map((call) => describeCall(call, nameFile)));
      },
    }),
  };
}
