/** Which linters see the seeded faults, and what they say about the correct controls beside them. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import js from "@eslint/js";
import { ESLint, type Linter } from "eslint";
import n from "eslint-plugin-n";
import sonarjs from "eslint-plugin-sonarjs";
import unicorn from "eslint-plugin-unicorn";
import tseslint from "typescript-eslint";
import { type Fault, seededFaults } from "./faults.ts";

const require = createRequire(import.meta.url);
/** It has no types. */
const promise = require("eslint-plugin-promise") as {
  configs: { "flat/recommended": Linter.Config };
};

const root = path.resolve(import.meta.dirname, "../..");
const workshop = path.join(root, ".tmp/bench-linters");

/**
 * A fault counts as seen when one rule of the linter reports more often in the faulty block than in its control. That is
 * generous: a rule that dislikes loops sees every fault whose remedy has no loop.
 */
export interface LinterResult {
  readonly linter: string;
  readonly faults: number;
  readonly seen: number;
  /** Those of them that a rule saw which is silent about the control. */
  readonly told: number;
  /** Controls with any report at all. */
  readonly controlsReported: number;
  /** For every fault that was seen: the page and line, and the rules that reported more often than in the control. */
  readonly by: Readonly<Record<string, readonly string[]>>;
  /** The rules that report controls, by page and line of the control. */
  readonly onControls: Readonly<Record<string, readonly string[]>>;
}

/** Number of reports by rule. */
type Reports = ReadonlyMap<string, number>;
type Side = "faulty" | "control";

export async function measureLinters(): Promise<LinterResult[]> {
  const faults = seededFaults();
  rmSync(workshop, { recursive: true, force: true });
  for (const [index, fault] of faults.entries())
    for (const side of ["faulty", "control"] as const) write(index, fault, side);

  const results: LinterResult[] = [];
  for (const [linter, config] of Object.entries(await configs())) {
    const reports = await lint(config, faults);
    results.push(judge(linter, faults, (index, side) => reports(folderOf(index, side))));
  }
  const oxlint = runOxlint();
  results.push(judge("oxlint", faults, (index, side) => oxlint(folderOf(index, side))));
  rmSync(workshop, { recursive: true, force: true });
  // Ours last.
  return results.toSorted((a, b) => Number(a.linter === OURS) - Number(b.linter === OURS));
}

const OURS = "connect-resilience strict";

async function configs(): Promise<Record<string, Linter.Config[]>> {
  const { default: plugin } = (await import(
    pathToFileURL(path.join(root, "dist/index.js")).href
  )) as { default: { configs: { strict: Linter.Config[] } } };
  return {
    "ESLint recommended": [js.configs.recommended],
    "typescript-eslint strictTypeChecked": tseslint.configs.strictTypeChecked,
    "sonarjs recommended": [sonarjs.configs.recommended],
    "unicorn recommended": [unicorn.configs.recommended],
    "promise recommended": [promise.configs["flat/recommended"]],
    "n recommended": [n.configs["flat/recommended"]],
    // The preset names TypeScript files; some examples are JavaScript.
    [OURS]: plugin.configs.strict.map(({ files: _, ...config }) => config),
  };
}

function folderOf(index: number, side: Side): string {
  return path.join(workshop, `${index}-${side}`);
}

/** Each block is a project of its own, so that no other block explains or excuses what it does. */
function write(index: number, fault: Fault, side: Side): void {
  const folder = folderOf(index, side);
  mkdirSync(path.join(folder, "src"), { recursive: true });
  for (const { name, code } of fault[side].files)
    writeFileSync(path.join(folder, "src", name), code);
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023"],
    module: "preserve",
    moduleResolution: "bundler",
    moduleDetection: "force",
    types: ["node"],
    allowJs: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["src"] }),
  );
}

/** What every project for Node.js tells its linter. */
const GLOBALS = ["console", "process", "setTimeout", "clearTimeout", "AbortSignal", "require"];

/** Reports of one config, by folder. The options and settings of a block are those of our rules and go to nobody. */
async function lint(
  config: Linter.Config[],
  faults: readonly Fault[],
): Promise<(folder: string) => Reports> {
  const eslint = new ESLint({
    cwd: workshop,
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}"],
        languageOptions: {
          globals: Object.fromEntries(GLOBALS.map((name) => [name, "readonly"])),
          parser: tseslint.parser,
          parserOptions: { projectService: true, tsconfigRootDir: workshop },
        },
      },
      ...config,
    ],
  });
  const folders = faults.flatMap((_, index) => [
    folderOf(index, "faulty"),
    folderOf(index, "control"),
  ]);
  const byFolder = new Map<string, Map<string, number>>();
  for (const { filePath, messages } of await eslint.lintFiles(folders)) {
    for (const { ruleId, message } of messages) {
      if (ruleId === null) throw new Error(`${filePath}: ${message}`);
      count(byFolder, path.dirname(path.dirname(filePath)), ruleId);
    }
  }
  return (folder) => byFolder.get(folder) ?? new Map<string, number>();
}

/** With more than its defaults: suspicious code too, and the plugins for promises and Node.js. */
function runOxlint(): (folder: string) => Reports {
  // It passes over what git ignores, as our workshop is.
  const copy = mkdtempSync(path.join(tmpdir(), "bench-linters-"));
  cpSync(workshop, copy, { recursive: true });
  const manifest = require.resolve("oxlint/package.json");
  const { stdout } = spawnSync(
    process.execPath,
    [
      path.join(path.dirname(manifest), "bin/oxlint"),
      ..."--promise-plugin --node-plugin -D correctness -D suspicious --no-ignore -f json .".split(
        " ",
      ),
    ],
    { cwd: copy, encoding: "utf8", maxBuffer: 1 << 26 },
  );
  rmSync(copy, { recursive: true, force: true });
  const { diagnostics, number_of_files: files } = JSON.parse(stdout) as {
    diagnostics: { code?: string; filename: string }[];
    number_of_files: number;
  };
  if (files === 0) throw new Error("oxlint found no files.");
  const byFolder = new Map<string, Map<string, number>>();
  for (const { code = "syntax", filename } of diagnostics)
    count(byFolder, path.resolve(workshop, path.dirname(path.dirname(filename))), code);
  return (folder) => byFolder.get(folder) ?? new Map<string, number>();
}

function count(byFolder: Map<string, Map<string, number>>, folder: string, rule: string): void {
  let reports = byFolder.get(folder);
  if (reports === undefined) byFolder.set(folder, (reports = new Map<string, number>()));
  reports.set(rule, (reports.get(rule) ?? 0) + 1);
}

function judge(
  linter: string,
  faults: readonly Fault[],
  reports: (index: number, side: Side) => Reports,
): LinterResult {
  const by: Record<string, string[]> = {};
  let told = 0;
  const onControls: Record<string, string[]> = {};
  let controlsReported = 0;
  for (const [index, { rule, line, control: example }] of faults.entries()) {
    const control = reports(index, "control");
    if (control.size > 0) {
      controlsReported += 1;
      onControls[`${rule}:${example.line}`] = [...control.keys()];
    }
    const more = [...reports(index, "faulty")].filter(
      ([name, times]) => times > (control.get(name) ?? 0),
    );
    if (more.some(([name]) => !control.has(name))) told += 1;
    if (more.length > 0) by[`${rule}:${line}`] = more.map(([name]) => name);
  }
  return {
    linter,
    faults: faults.length,
    seen: Object.keys(by).length,
    told,
    controlsReported,
    by,
    onControls,
  };
}
