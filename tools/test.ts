/**
 * Everything that must hold before a change is merged, cheapest first: `npm test`. Stops at the first step
 * that fails. The last line counts tests and steps, as they ran.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const cache = path.join(root, "node_modules/.cache");
const vitestReport = path.join(cache, "vitest.json");
/** Read by `.ci/run`. */
const summaryFile = path.join(cache, "test-summary.txt");

/** Names of npm scripts, in order; `minutes` is when a step counts as hanging. */
const steps: readonly { script: string; minutes: number; args?: readonly string[] }[] = [
  { script: "check:format", minutes: 2 },
  { script: "typecheck", minutes: 3 },
  { script: "check:generated", minutes: 2 },
  { script: "build", minutes: 3 },
  { script: "check:docs", minutes: 2 },
  { script: "lint", minutes: 5 },
  {
    script: "test:unit",
    minutes: 20,
    args: ["--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
  },
  { script: "check:knip", minutes: 2 },
  { script: "check:publint", minutes: 2 },
  { script: "check:types", minutes: 3 },
  { script: "check:smoke", minutes: 8 },
];

mkdirSync(cache, { recursive: true });
rmSync(vitestReport, { force: true });
rmSync(summaryFile, { force: true });

let passedSteps = 0;
let failedStep: string | undefined;
for (const { script, minutes, args = [] } of steps) {
  console.log(`\n=== ${script}`);
  const start = performance.now();
  const { status, error } = spawnSync("npm", ["run", "--silent", script, "--", ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    timeout: minutes * 60_000,
    env: {
      ...process.env,
      CI: "true",
      NO_COLOR: "1",
      npm_config_audit: "false",
      npm_config_fund: "false",
    },
    shell: process.platform === "win32",
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status !== 0) {
    failedStep = script;
    console.error(`=== ${script} failed after ${seconds} s${error ? `: ${error.message}` : ""}`);
    break;
  }
  passedSteps++;
  console.log(`=== ${script} passed in ${seconds} s`);
}

/** The part of vitest's JSON report that is used here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

const tests: VitestReport = existsSync(vitestReport)
  ? (JSON.parse(readFileSync(vitestReport, "utf8")) as VitestReport)
  : { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 0 };
console.log(
  `\n${String(tests.numPassedTests)} tests and ${String(passedSteps)} of ${String(steps.length)} steps passed` +
    (failedStep === undefined ? "" : `; stopped at ${failedStep}`),
);
// The step of the unit tests is counted by its tests; where none of them failed, it failed itself.
const failedItself =
  failedStep !== undefined && !(failedStep === "test:unit" && tests.numFailedTests > 0);
const unitStep = steps.findIndex(({ script }) => script === "test:unit");
const passed = tests.numPassedTests + passedSteps - (passedSteps > unitStep ? 1 : 0);
const summary = `${String(passed)} passed, ${String(tests.numFailedTests + Number(failedItself))} failed`;
writeFileSync(summaryFile, `${summary}\n`);
console.log(summary);
process.exitCode = failedStep === undefined ? 0 : 1;
