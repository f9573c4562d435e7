/**
 * Mutation testing: `npm run mutation -- src/fix/object.ts tests/fix/object.test.ts`. Changes the given sources in small ways, one at a
 * time, and runs the given tests: a change that no test notices "survives". Takes seconds for each change, so sources
 * are chosen file by file or folder by folder. docs/quality.md holds the scores.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const cache = path.join(ROOT, "node_modules/.cache/mutation");

const given = process.argv.slice(2);
const sources = given.filter((file) => file.startsWith("src/"));
const tests = given.filter((file) => file.startsWith("tests/"));
if (sources.length === 0 || tests.length === 0 || sources.length + tests.length < given.length) {
  console.error("Usage: npm run mutation -- src/<file or folder>… tests/<file or folder>…");
  process.exit(2);
}

const globOf = (name: string, end: string): string =>
  name.endsWith(".ts") ? name : `${name}/**/*${end}`;
const vitestConfig = {
  test: {
    include: tests.map((name) => globOf(name, ".test.ts")),
    globalSetup: ["tests/support/global-setup.ts"],
    testTimeout: 60_000,
  },
};
const strykerConfig = {
  mutate: sources.map((name) => globOf(name, ".ts")),
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
