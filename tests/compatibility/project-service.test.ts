/** The ways to give typescript-eslint a program: the rules say the same and offer the same edits. */
import path from "node:path";
import * as typescriptParser from "@typescript-eslint/parser";
import type { TSESLint } from "@typescript-eslint/utils";
import type { Linter } from "eslint";
import { afterEach, expect, it, vi } from "vitest";
import plugin from "../../src/index.ts";
import { lintProject, makeProject } from "../support/user-config.ts";
import { examplesInOneFile, ruleNames } from "./examples.ts";

/** A fault of each rule; those of SDK v2, whose types alone take as long as all others, are left out. */
const files = Object.fromEntries(
  ruleNames.flatMap((name) =>
    examplesInOneFile(name)
      .filter(({ setup, verdict }) => verdict === "incorrect" && !setup.code.includes('"aws-sdk"'))
      .slice(0, 1)
      .map(({ setup }) => [`src/${name}.ts`, setup.code]),
  ),
);

function makeExamples(name: string): string {
  return makeProject(name, {
    ...files,
    "tsconfig.json": JSON.stringify({
      extends: path.resolve(import.meta.dirname, "../fixtures/project/tsconfig.json"),
      // With `project` the parser turns it on whatever the project says, and edits respect it.
      compilerOptions: { noUnusedLocals: true },
      files: [],
      include: ["src"],
    }),
  });
}

async function reportsWith(
  folder: string,
  parserOptions: Linter.ParserOptions,
  parser: Linter.Parser = typescriptParser,
): Promise<Linter.LintMessage[]> {
  const results = await lintProject(folder, [
    {
      files: ["**/*.ts"],
      languageOptions: {
        parser,
        parserOptions: { ...parserOptions, tsconfigRootDir: folder },
      },
      plugins: { "connect-resilience": plugin },
      rules: plugin.configs.all[0]?.rules ?? {},
    },
  ]);
  return results.flatMap(({ messages }) => messages);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

it("projectService and project give the same reports", async () => {
  // In CI, where each file is expected to be parsed once, the parser gives a program of one file alone to those it has parsed before.
  vi.stubEnv("TSESTREE_SINGLE_RUN", "false");
  const folder = makeExamples("project-service");
  const ofService = await reportsWith(folder, { projectService: true });
  expect(ofService).toEqual(await reportsWith(folder, { project: ["./tsconfig.json"] }));
  expect(ofService.length).toBeGreaterThanOrEqual(Object.keys(files).length);
}, 120_000);

it("a program of one file, as the parser makes in CI for a file parsed again, shows the same faults", async () => {
  vi.stubEnv("TSESTREE_SINGLE_RUN", "true");
  const folder = makeExamples("parsed-again");
  const options = { project: ["./tsconfig.json"] };
  const withTypes = await reportsWith(folder, options);
  const parsedAgain = await reportsWith(folder, options);
  expect(withTypes.length).toBeGreaterThanOrEqual(Object.keys(files).length);
  expect(faults(parsedAgain)).toEqual(faults(withTypes));
}, 120_000);

it("a checker that fails is asked in vain", async () => {
  const fail = (): never => {
    throw new Error("Debug Failure.");
  };
  const parser: Linter.Parser = {
    parseForESLint(text, options) {
      const result = typescriptParser.parseForESLint(text, options as TSESLint.ParserOptions);
      const { program } = result.services;
      const services = {
        ...result.services,
        program: program && {
          ...program,
          getTypeChecker: () => new Proxy({}, { get: () => fail }),
        },
      };
      return { ...result, services } as unknown as Linter.ESLintParseResult;
    },
  };
  const folder = makeExamples("checker-fails");
  const reports = await reportsWith(folder, { projectService: true }, parser);
  expect(reports.filter(({ fatal }) => fatal)).toEqual([]);
  expect(new Set(reports.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(8);
}, 120_000);

function faults(messages: readonly Linter.LintMessage[]): readonly string[] {
  return messages.map(({ ruleId, line, message }) => `${line}: ${ruleId ?? message}`);
}
