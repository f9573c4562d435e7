/**
 * The whole way through on a small contact-centre project: `npm run demo`. Lints examples/contact-centre,
 * repairs a copy with `--fix`, type-checks it, and runs both against a loopback server that throttles as Amazon
 * Connect does. All numbers are measured in the run. Fails if the fix does not compile, or the repaired
 * jobs lose a call or create something twice.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { startLab } from "../tests/support/lab/connect-server.ts";
import { ENVIRONMENT, INSTANCE, type Scenario, SCENARIOS } from "./demo-scenarios.ts";
import { EXAMPLES, linkPlugin, ROOT } from "./examples.ts";

const project = path.join(EXAMPLES, "contact-centre");
/** Not in the system's folder for temporary files, so that the copies find `node_modules` above them. */
const workshop = path.join(ROOT, ".tmp/demo");
const before = path.join(workshop, "before");
const after = path.join(workshop, "after");

/** A job that takes longer hangs. */
const JOB_TIMEOUT_MS = 60_000;

interface Outcome {
  readonly calls: number;
  readonly succeeded: number;
  readonly requestsPerCall: number;
  readonly createdTwice: number;
  readonly seconds: number;
  /** `"ok"`, or the error that ended the job. */
  readonly end: string;
}

function build(): void {
  const tsx = path.join(ROOT, "node_modules/tsx/dist/cli.mjs");
  const args = [tsx, path.join(ROOT, "tools/build.ts")];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error("The plugin does not build.");
}

function copyProject(): void {
  rmSync(workshop, { recursive: true, force: true });
  for (const copy of [before, after]) {
    const isSource = (file: string): boolean => !/[/\\](?:node_modules|dist)$/.test(file);
    cpSync(project, copy, { recursive: true, filter: isSource });
  }
  linkPlugin(workshop);
  linkPlugin(EXAMPLES);
}

/** Lints a project with the configuration that it holds, and prints the findings. */
async function lint(cwd: string, fix: boolean): Promise<ESLint.LintResult[]> {
  const eslint = new ESLint({ cwd, fix });
  const results = await eslint.lintFiles(["."]);
  await ESLint.outputFixes(results);
  const formatter = await eslint.loadFormatter("stylish");
  console.log((await formatter.format(results)).trim() || "No findings.");
  return results;
}

function printDiff(): void {
  const args = [
    "diff",
    "--no-index",
    "--no-prefix",
    process.stdout.isTTY ? "--color" : "--no-color",
  ];
  const folders = [path.basename(before), path.basename(after)];
  const { status } = spawnSync("git", [...args, ...folders], { cwd: workshop, stdio: "inherit" });
  if (status === null) console.log("(git shows the differences; it is not installed.)");
  else if (status !== 1) throw new Error("The fix changed nothing.");
}

/** Compiles a project into its `dist`, as its own build does. */
function compile(folder: string): void {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(folder, "tsconfig.json"), {}, host);
  if (config === undefined) throw new Error(`${folder} has no tsconfig.json.`);
  const program = ts.createProgram(config.fileNames, config.options);
  const errors = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  for (const error of errors) report(error);
  if (errors.length > 0) throw new Error(`${path.relative(ROOT, folder)} does not compile.`);
}

function report(diagnostic: ts.Diagnostic): void {
  console.error(
    ts.formatDiagnostic(diagnostic, {
      getCurrentDirectory: () => ROOT,
      getCanonicalFileName: (name) => name,
      getNewLine: () => "\n",
    }),
  );
}

/** Runs a compiled job against a server of its own; what happened is read from the server's log. */
async function run(folder: string, scenario: Scenario): Promise<Outcome> {
  const { job, input, answers = {}, faults = {}, calls } = scenario;
  await using lab = await startLab({ ...INSTANCE, answers });
  for (const [operation, list] of Object.entries(faults)) lab.script(operation, ...list);
  const args = [path.join(folder, "dist/jobs", `${job}.js`)];
  if (input !== undefined) {
    const file = path.join(folder, `${job}.json`);
    writeFileSync(file, JSON.stringify(input));
    args.push(file);
  }
  const end = await execute(args, lab.endpoint);
  const ended = performance.now();
  const { requests, duplicates } = lab;
  // All requests of one `send` carry the same id. A call that a job sends again is the same call.
  const sends = new Set(requests.map((request) => request.invocationId));
  const accepted = new Set(
    requests.filter(({ status }) => status === 200).map((request) => request.invocationId),
  );
  return {
    calls,
    succeeded: accepted.size,
    requestsPerCall: requests.length / Math.min(calls, sends.size),
    createdTwice: duplicates,
    seconds: (ended - (requests[0]?.time ?? ended)) / 1000,
    end,
  };
}

/** Runs a program that can reach the given server, and nothing else of AWS. */
function execute(args: readonly string[], endpoint: string): Promise<string> {
  const { PATH, SystemRoot } = process.env;
  const child = spawn(process.execPath, args, {
    env: {
      PATH,
      SystemRoot,
      ...ENVIRONMENT,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "demo",
      AWS_SECRET_ACCESS_KEY: "demo",
      AWS_CONFIG_FILE: path.join(workshop, "no-config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(workshop, "no-credentials"),
    },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: JOB_TIMEOUT_MS,
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const error = /^(?:Uncaught )?(\w+(?:Exception|Error))\b/m.exec(errors)?.[1];
      resolve(code === 0 ? "ok" : (error ?? signal ?? (errors.trim() || `exit ${String(code)}`)));
    });
  });
}

/** All jobs at the same time: they wait far more than they compute. */
function runAll(folder: string): Promise<Outcome[]> {
  return Promise.all(SCENARIOS.map((scenario) => run(folder, scenario)));
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

function rowOf(job: string, version: string, outcome: Outcome): string[] {
  return [
    job,
    version,
    String(outcome.calls),
    String(outcome.succeeded),
    outcome.requestsPerCall.toFixed(1),
    String(outcome.createdTwice),
    `${outcome.seconds.toFixed(1)} s`,
    outcome.end,
  ];
}

function heading(text: string): void {
  console.log(`\n=== ${text}\n`);
}

async function demo(): Promise<void> {
  const start = performance.now();
  heading("Build the plugin");
  build();
  copyProject();

  heading("eslint examples/contact-centre");
  const findings = await lint(project, false);
  if (findings.every(({ errorCount }) => errorCount === 0)) throw new Error("Nothing was found.");

  heading("eslint --fix, on a copy: what is left");
  await lint(after, true);
  heading("What the fix changed");
  printDiff();
  heading("Type check");
  compile(before);
  compile(after);
  console.log("The project compiles, and so does its repaired copy.");

  heading(
    `Run both: ${INSTANCE.rate} requests a second for each operation, bursts of ${INSTANCE.burst}`,
  );
  const outcomes = { before: await runAll(before), after: await runAll(after) };
  const header = [
    "job",
    "",
    "calls",
    "succeeded",
    "requests per call",
    "created twice",
    "time",
    "ended",
  ];
  printTable([
    header,
    ...SCENARIOS.flatMap(({ job }, index) =>
      (["before", "after"] as const).flatMap((version) => {
        const outcome = outcomes[version][index];
        return outcome === undefined ? [] : [rowOf(job, version, outcome)];
      }),
    ),
  ]);
  console.log(
    "\ncalls: what the job has to do; it ends at the first error that it does not handle." +
      "\ncreated twice: of what one call asked for there are two; the customer's phone rings again.",
  );
  console.log(`\nDone in ${((performance.now() - start) / 1000).toFixed(0)} s.`);

  const isRepaired = outcomes.after.every(
    ({ end, calls, succeeded, createdTwice }) =>
      end === "ok" && succeeded === calls && createdTwice === 0,
  );
  if (!isRepaired) throw new Error("The repaired project lost calls or created something twice.");
}

await demo().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
