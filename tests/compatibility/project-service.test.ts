/** The two ways to give typescript-eslint a program: the rules say the same and offer the same edits. */
import path from "node:path";
import * as typescriptParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import { expect, it } from "vitest";
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

it("projectService and project give the same reports", async () => {
  const folder = makeProject("project-service", {
    ...files,
    "tsconfig.json": JSON.stringify({
      extends: path.resolve(import.meta.dirname, "../fixtures/project/tsconfig.json"),
      // With `project` the parser turns it on whatever the project says, and edits respect it.
      compilerOptions: { noUnusedLocals: true },
      files: [],
      include: ["src"],
    }),
  });
  const reportsWith = async (parserOptions: Linter.ParserOptions): Promise<unknown[]> => {
    const results = await lintProject(folder, [
      {
        files: ["**/*.ts"],
        languageOptions: {
          parser: typescriptParser,
          parserOptions: { ...parserOptions, tsconfigRootDir: folder },
        },
        plugins: { "connect-resilience": plugin },
        rules: plugin.configs.all[0]?.rules ?? {},
      },
    ]);
    return results.flatMap(({ messages }) => messages);
  };
  const ofService = await reportsWith({ projectService: true });
  expect(ofService).toEqual(await reportsWith({ project: ["./tsconfig.json"] }));
  expect(ofService.length).toBeGreaterThanOrEqual(Object.keys(files).length);
}, 120_000);
