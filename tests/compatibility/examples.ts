/** The examples of the rules' pages in other shapes: as plain JavaScript, as ES module and as CommonJS. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Linter } from "eslint";
import ts from "typescript";
import { rules } from "../../src/rules/index.ts";
import { lint } from "../support/gates.ts";
import type { AnyRule, LintSetup } from "../support/gates.ts";
import { examplesOf } from "../support/markdown.ts";
import { furtherExamples } from "./further-examples.ts";

/** An example in one file: what can be told without the rest of a program. */
export interface OneFile {
  /** `"line-23"` of the rule's page, or the name of a further example. */
  readonly place: string;
  readonly verdict: "correct" | "incorrect";
  readonly setup: LintSetup;
}

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as RuleName[];

const pages = path.resolve(import.meta.dirname, "../../docs/rules");

/** The examples of a rule's page that are TypeScript in one file, and further ones. */
export function examplesInOneFile(name: RuleName): readonly OneFile[] {
  const ofPage = examplesOf(readFileSync(path.join(pages, `${name}.md`), "utf8")).flatMap(
    ({ files, language, line, properties, verdict }): OneFile[] => {
      const [file, ...others] = files;
      return language === "ts" && verdict !== undefined && file !== undefined && others.length === 0
        ? [{ place: `line-${String(line)}`, verdict, setup: { ...properties, code: file.code } }]
        : [];
    },
  );
  const further = (furtherExamples[name] ?? []).map(({ place, verdict, ...setup }) => ({
    place,
    verdict,
    setup,
  }));
  return [...ofPage, ...further];
}

/** The same example without its types, as an ES module. */
export function asJavaScript(setup: LintSetup): LintSetup {
  const { outputText } = ts.transpileModule(setup.code, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return { ...setup, code: outputText, filename: "src/file.js" };
}

/** The same JavaScript with `require` and `module.exports`, as people write it. */
export function asCommonJs(setup: LintSetup): LintSetup {
  const exported: string[] = [];
  const body = setup.code
    .replace(
      /^import \{(.*)\} from (["'].*["'])/gm,
      (_, names: string, from: string) =>
        `const {${names.replaceAll(" as ", ": ")}} = require(${from})`,
    )
    .replace(/^import (?:\* as )?(\w+) from (["'].*["'])/gm, "const $1 = require($2)")
    .replace(/^export (?=(?:async )?(?:class|const|function) (\w+))/gm, (_, name: string) => {
      exported.push(name);
      return "";
    });
  if (/^(?:import|export)\b/m.test(body))
    throw new Error(`This is not written as CommonJS yet:\n${body}`);
  const code = `${body}module.exports = { ${exported.join(", ")} };\n`;
  return { ...setup, code, filename: "src/file.cjs" };
}

/** All that a rule says of a file, edits included. */
export function reportsOf(name: RuleName, setup: LintSetup, code = setup.code): Report[] {
  return lint(name, rules[name] as AnyRule, setup, code).map(
    ({ messageId = "", message, line, column, endLine, endColumn, fix, suggestions }) => ({
      place: [line, column, endLine, endColumn].join(":"),
      messageId,
      message,
      fix,
      suggestions,
    }),
  );
}

export interface Report extends Pick<Linter.LintMessage, "fix" | "message" | "suggestions"> {
  readonly messageId: string;
  readonly place: string;
}

type Messages = Readonly<Partial<Record<RuleName, readonly string[]>>>;

/** The messages that speak of the SDK's installed version, so that there is nothing to say where none is found. */
export const ofTheInstalledSdk: Messages = { "valid-retry-config": ["warningTimeout"] };

/** The messages that say of the whole program that something is nowhere in it. Without types the other files are not known. */
export const ofTheProgram: Messages = { "require-retry": ["unretriedCall"] };

/** A rule's reports without those with certain messages. */
export function reportsBut(
  name: RuleName,
  reports: readonly Report[],
  ...left: readonly Messages[]
): Report[] {
  return reports.filter(
    ({ messageId }) => !left.some((messages) => messages[name]?.includes(messageId)),
  );
}
