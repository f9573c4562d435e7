/**
 * All our rules in one run, on files full of faults, beside the plugins that people have: typescript-eslint's strictest presets,
 * unicorn, the ordering of imports, and Prettier afterwards. Everything comes to rest, and nobody undoes anybody's edit.
 */
import type { ESLint } from "eslint";
import { Linter } from "eslint";
import importX from "eslint-plugin-import-x";
import unicorn from "eslint-plugin-unicorn";
import * as prettier from "prettier";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { absolutePath, createCaseProgram, projectDirectory } from "../support/case-program.ts";
import { languageOptionsOf } from "../support/gates.ts";
import { FAULTY_FILES } from "./faulty-files.ts";

const OURS: Linter.Config = {
  plugins: { "connect-resilience": { rules } as unknown as ESLint.Plugin },
  rules: Object.fromEntries(
    Object.keys(rules).map((name) => [`connect-resilience/${name}`, "error" as const]),
  ),
};
const NEIGHBOURS: readonly Linter.Config[] = [
  ...(tseslint.configs.strictTypeChecked as Linter.Config[]),
  ...(tseslint.configs.stylisticTypeChecked as Linter.Config[]),
  unicorn.configs.recommended,
  {
    plugins: { "import-x": importX },
    rules: {
      "import-x/first": "error",
      "import-x/newline-after-import": "error",
      "import-x/no-duplicates": "error",
      "import-x/order": ["error", { alphabetize: { order: "asc" }, "newlines-between": "always" }],
    },
  },
];

/** How many edits of ours there are at least, in each of the files. */
const EDITS = { everything: 6, calls: 4, unsorted: 2, namespace: 2, commonJs: 2 };

const linter = new Linter({ cwd: projectDirectory });

function configsFor(filename: string, code: string, all: boolean): Linter.Config[] {
  const { parser, parserOptions, sourceType } = languageOptionsOf({ code, filename });
  return [...(all ? NEIGHBOURS : []), OURS].map(
    ({ files: _files, languageOptions: _languageOptions, ...config }) => ({
      ...config,
      files: ["**"],
      languageOptions: { parser, parserOptions, sourceType },
      linterOptions: { reportUnusedDisableDirectives: "off" as const },
    }),
  );
}

function run(filename: string, code: string, all: boolean): Linter.FixReport {
  const configs = configsFor(filename, code, all);
  return linter.verifyAndFix(code, configs, { filename: absolutePath(filename) });
}

function errorsIn(filename: string, code: string): readonly unknown[] {
  const { program, sourceFile } = createCaseProgram({ filename, code });
  return [
    ...program.getSyntacticDiagnostics(sourceFile),
    ...program.getSemanticDiagnostics(sourceFile),
  ].map(({ messageText }) => messageText);
}

const reports = ({ messages }: Pick<Linter.FixReport, "messages">) =>
  messages.map(({ ruleId }) => ruleId).toSorted();

const mentions = (text: string) =>
  text.match(/\b(?:backoffDelay|backoffStrategy|jitter|mapPaced|sendWithBackoff)\b/gu)?.length ?? 0;

/** What comes to rest stays there, and the output compiles. */
function settle(name: string, filename: string, code: string, all: boolean): Linter.FixReport {
  const first = run(filename, code, all);
  const open = first.messages.filter(({ fix, fatal }) => fix !== undefined || fatal === true);
  expect(open).toEqual([]);
  expect(mentions(first.output)).toBeGreaterThanOrEqual(EDITS[name as keyof typeof EDITS]);
  expect(errorsIn(filename, first.output)).toEqual([]);
  expect(run(filename, first.output, all).output).toBe(first.output);
  return first;
}

describe("one run", { timeout: 120_000 }, () => {
  it("settles the faults of all our rules", () => {
    const [name, { filename, code }] = ["everything", FAULTY_FILES["everything"]!] as const;
    const before = linter.verify(code, configsFor(filename, code, false), {
      filename: absolutePath(filename),
    });
    expect([...new Set(reports({ messages: before }))]).toEqual(
      Object.keys(rules)
        .map((rule) => `connect-resilience/${rule}`)
        .toSorted(),
    );
    settle(name, filename, code, false);
  });

  it.each(Object.entries(FAULTY_FILES))(
    "settles ours and those of other plugins, and Prettier changes nothing of it: %s",
    async (name, { filename, code }) => {
      const settled = settle(name, filename, code, true);
      const parser = filename.endsWith(".ts") ? "typescript" : "babel";
      const formatted = await prettier.format(settled.output, { parser, printWidth: 100 });
      const after = run(filename, formatted, true);
      expect(after.output).toBe(formatted);
      expect(reports(after)).toEqual(reports(settled));
    },
  );
});
