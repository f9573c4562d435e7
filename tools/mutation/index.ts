/**
 * Mutation testing: `npm run mutation -- src/fix/object.ts tests/fix/object.test.ts`. Changes the given sources in small ways, one at a
 * time, and runs the given tests: a change that no test notices "survives". Of large sources a sample may be
 * taken: `--share=5` changes every twentieth passage, always the same ones as long as the file keeps its length.
 * With all tests of rules a worker takes about 8 GB; `--concurrency=1` asks for one. docs/quality.md holds the scores.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const ROOT = path.resolve(import.meta.dirname, "../..");

const { positionals: given, values } = parseArgs({
  allowPositionals: true,
  options: {
    share: { type: "string", default: "100" },
    concurrency: { type: "string", default: "2" },
  },
});
const share = Number(values.share) / 100;
const sources = given.filter((file) => file.startsWith("src/"));
const tests = given.filter((file) => file.startsWith("tests/"));
if (
  !(share > 0 && share <= 1) ||
  sources.length === 0 ||
  tests.length === 0 ||
  sources.length + tests.length < given.length
) {
  console.error(
    "Usage: npm run mutation -- [--share=<per cent>] src/<file or folder>… tests/<file or folder>…",
  );
  process.exit(2);
}

const isTest = (name: string): boolean => name.endsWith(".test.ts");

/** The TypeScript files that are meant by a file or a folder. */
function filesOf(name: string): readonly string[] {
  if (name.endsWith(".ts")) return [name];
  return readdirSync(path.join(ROOT, name), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.posix.join(name, file))
    .toSorted();
}

/** As long as a small function, so that changes of several lines fall into it. */
const PASSAGE_LINES = 12;

/** The passages of a file to change, as Stryker writes them; the whole file where no share was asked for. */
function passagesOf(file: string): readonly string[] {
  if (share === 1) return [file];
  const lines = readFileSync(path.join(ROOT, file), "utf8").split("\n").length;
  const starts = Array.from(
    { length: Math.ceil(lines / PASSAGE_LINES) },
    (_, index) => index * PASSAGE_LINES + 1,
  );
  return starts
    .filter((start) => chance(`${file}:${String(start)}`) < share)
    .map(
      (start) => `${file}:${String(start)}-${String(Math.min(lines, start + PASSAGE_LINES - 1))}`,
    );
}

/** A number from 0 to 1 that a text always gives. */
function chance(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
}

/** Of these sources alone, so that several runs can go on side by side. */
const cache = path.join(
  ROOT,
  "node_modules/.cache/mutation",
  sources.join("+").replaceAll("/", "-").slice(0, 200),
);

const testFiles = tests.flatMap(filesOf).filter(isTest);

/** Tests that put vitest's clock in place of the real one are run by vitest itself, which takes seconds a change. */
const needVitest = testFiles.some((file) =>
  /import \{[^}]*\bvi\b[^}]*\} from "vitest"/.test(readFileSync(path.join(ROOT, file), "utf8")),
);
const vitestConfigFile = path.join(cache, "vitest.config.mjs");
const vitestConfig = {
  test: {
    include: testFiles,
    globalSetup: ["tests/support/global-setup.ts"],
    testTimeout: 60_000,
  },
};

const runner = needVitest
  ? {
      testRunner: "vitest",
      plugins: ["@stryker-mutator/vitest-runner"],
      vitest: { configFile: vitestConfigFile },
    }
  : {
      testRunner: "resident",
      plugins: ["./tools/mutation/resident-runner.ts"],
      testRunnerNodeArgs: ["--import=tsx", "--max-old-space-size=9000"],
      testFiles,
    };

const strykerConfig = {
  mutate: sources.flatMap(filesOf).flatMap(passagesOf),
  ...runner,
  coverageAnalysis: "perTest",
  ignorePatterns: [".tmp", "dist", "bench/results"],
  concurrency: Number(values.concurrency),
  dryRunTimeoutMinutes: 20,
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: path.join(cache, "report.json") },
  tempDirName: ".tmp/mutation",
  ignoreStatic: true,
};

mkdirSync(cache, { recursive: true });
writeFileSync(vitestConfigFile, `export default ${JSON.stringify(vitestConfig, null, 2)};\n`);
const configFile = path.join(cache, "stryker.config.json");
writeFileSync(configFile, JSON.stringify(strykerConfig, null, 2));
const { status } = spawnSync("npx", ["stryker", "run", configFile], {
  cwd: ROOT,
  stdio: "inherit",
  // Stryker itself loads the runner as well.
  env: { ...process.env, NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --import=tsx` },
});
process.exitCode = status ?? 1;
