/**
 * Mutation testing: `npm run mutation -- src/fix/object.ts tests/fix/object.test.ts`. Changes the given sources in small ways, one at a
 * time, and runs the given tests: a change that no test notices "survives". Takes seconds for each change, so sources
 * are chosen file by file or folder by folder, and of a large one a sample is taken: `--share=5` changes every twentieth
 * passage, always the same ones as long as the file keeps its length. docs/quality.md holds the scores.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const ROOT = path.resolve(import.meta.dirname, "..");
const cache = path.join(ROOT, "node_modules/.cache/mutation");

const { positionals: given, values } = parseArgs({
  allowPositionals: true,
  options: { share: { type: "string", default: "100" } },
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

const globOf = (name: string, end: string): string =>
  name.endsWith(".ts") ? name : `${name}/**/*${end}`;

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

const vitestConfig = {
  test: {
    include: tests.map((name) => globOf(name, ".test.ts")),
    globalSetup: ["tests/support/global-setup.ts"],
    testTimeout: 60_000,
  },
};
const strykerConfig = {
  mutate: sources.flatMap(filesOf).flatMap(passagesOf),
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: path.join(cache, "vitest.config.json.mjs") },
  coverageAnalysis: "perTest",
  ignorePatterns: [".tmp", "dist", "bench/results"],
  concurrency: 2,
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: path.join(cache, "report.json") },
  tempDirName: ".tmp/mutation",
  ignoreStatic: true,
};

mkdirSync(cache, { recursive: true });
writeFileSync(
  path.join(cache, "vitest.config.json.mjs"),
  `export default ${JSON.stringify(vitestConfig, null, 2)};\n`,
);
const configFile = path.join(cache, "stryker.config.json");
writeFileSync(configFile, JSON.stringify(strykerConfig, null, 2));
const { status } = spawnSync("npx", ["stryker", "run", configFile], {
  cwd: ROOT,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
