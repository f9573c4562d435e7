/**
 * The plugin in oxlint (`jsPlugins`), which gives rules no types: all rules together report on the examples of the pages what they
 * report in ESLint, in TypeScript, in ES modules and in CommonJS, and offer the same fixes.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as typescriptParser from "@typescript-eslint/parser";
import type { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/index.ts";
import { runNode } from "../support/command-line.ts";
import { applyEdits } from "../support/gates.ts";
import { lintProject, makeProject } from "../support/user-config.ts";
import { asCommonJs, asJavaScript, examplesInOneFile, ruleNames } from "./examples.ts";

const root = path.resolve(import.meta.dirname, "../..");
const settings = { "connect-resilience": { types: "optional" } };
const rules = Object.fromEntries(
  ruleNames.map((name) => [`connect-resilience/${name}`, "error" as const]),
);

/** Path → text. */
const files: Readonly<Record<string, string>> = Object.fromEntries(
  ruleNames.flatMap((name) =>
    examplesInOneFile(name).flatMap(({ place, verdict, setup }) => {
      const module = asJavaScript(setup);
      const file = `${name}/${verdict}-${place}`;
      return [
        [`${file}.ts`, setup.code],
        [`${file}.mjs`, module.code],
        [`${file}.cjs`, asCommonJs(module).code],
      ];
    }),
  ),
);
const names = Object.keys(files);

const eslintConfig: Linter.Config[] = [
  { files: ["**/*.ts"], languageOptions: { parser: typescriptParser } },
  { files: ["**/*.{ts,mjs,cjs}"], plugins: { "connect-resilience": plugin }, rules, settings },
];
const oxlintConfig = {
  jsPlugins: [{ name: "connect-resilience", specifier: path.join(root, "src/index.ts") }],
  categories: { correctness: "off" },
  rules,
  settings,
};

/** The part of oxlint's JSON report that is used here. */
interface OxlintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    /** `connect-resilience(require-retry)` */
    readonly code: string;
    readonly message: string;
    readonly labels: readonly {
      readonly span: { readonly line: number; readonly column: number };
    }[];
  }[];
}

/** Runs the installed oxlint on the files of a folder; tsx lets it load the plugin from its source. */
function oxlint(folder: string, ...args: readonly string[]): OxlintReport["diagnostics"] {
  const bin = path.join(root, "node_modules/oxlint/bin/oxlint");
  const options = [bin, "--format", "json", ...args, ...names];
  const { stdout, stderr } = runNode(folder, "--import", ["tsx", ...options]);
  if (!stdout.startsWith("{")) throw new Error(`oxlint failed: ${stdout}${stderr}`);
  return (JSON.parse(stdout) as OxlintReport).diagnostics;
}

describe("oxlint", () => {
  const folder = makeProject("oxlint", {
    ...files,
    ".oxlintrc.json": JSON.stringify(oxlintConfig),
  });
  const linting = lintProject(folder, eslintConfig, names);

  it("reports what ESLint reports", async () => {
    const theirs = oxlint(folder).map(({ filename, code, message, labels }) => {
      const { line, column } = labels[0]?.span ?? {};
      return [filename, line, column, code.replace(/\((.*)\)$/, "/$1"), message].join(" ");
    });
    const ours = (await linting).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, column, message }) =>
        [path.relative(folder, filePath), line, column, ruleId, message].join(" "),
      ),
    );
    expect(theirs.sort()).toEqual(ours.sort());
    for (const rule of Object.keys(rules)) expect(ours.join("\n")).toContain(` ${rule} `);
  });

  it("fixes what ESLint fixes in one pass", async () => {
    const ours = (await linting).map(({ filePath, messages }) => {
      const name = path.relative(folder, filePath);
      const fixes = messages.flatMap(({ fix }) => fix ?? []);
      return [name, applyEdits(files[name] ?? "", fixes)];
    });
    expect(ours).not.toEqual(Object.entries(files));
    oxlint(folder, "--fix");
    const theirs = names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]);
    expect(Object.fromEntries(theirs)).toEqual(Object.fromEntries(ours));
  });
});
