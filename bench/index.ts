/**
 * Measures what the project claims: `npm run bench`, or only some parts, `npm run bench -- helper linters`.
 *
 * - `helper`: retries and pacing beside the SDK's own and beside libraries, in virtual time
 * - `budgets`: how many of some Lambda functions that begin together succeed within their eight seconds, in virtual time
 * - `lint`: what linting costs; needs a quiet machine and, with `--large`, about an hour
 * - `linters`: which linters see the faults of the rules' pages
 * - `size`: size of the helper and overhead of a call that succeeds at once
 *
 * `--repetitions <n>` sets of how many runs the medians are taken (3), `--files <n>` the size of the linted project (1024). `--quick` takes small sizes and writes nothing; otherwise tables go to the terminal, and JSON and plots to `bench/results`.
 * `lint` and `linters` measure the built plugin: `npm run build` first.
 */
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  type HelperResult,
  LOADS,
  measureBudgets,
  measureDuplicates,
  measureHelper,
} from "./helper/run.ts";
import { type LintOptions, measureLint } from "./lint/run.ts";
import { measureLinters } from "./linters/run.ts";
import { type Bar, printTable, writeBars, writeJson } from "./report.ts";
import { measureCalls, measureSize, measureWrappers } from "./size/run.ts";
import {
  additionsTable,
  budgetsTable,
  duplicatesTable,
  helperTable,
  lintCostTable,
  lintersTable,
  memoryTable,
  overheadTable,
  percent,
  questionsTable,
  resultsUnder,
  shareOf,
  sizeTable,
} from "./tables.ts";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean" },
    large: { type: "boolean" },
    repetitions: { type: "string", default: "3" },
    files: { type: "string", default: "1024" },
  },
});

const PARTS = { helper, budgets, lint, linters, size };
type Part = keyof typeof PARTS;

function isPart(name: string): name is Part {
  return name in PARTS;
}

const unknown = positionals.filter((name) => !isPart(name));
if (unknown.length > 0)
  throw new Error(`${unknown.join(", ")}: the parts are ${Object.keys(PARTS).join(", ")}.`);
const parts = positionals.length > 0 ? positionals.filter(isPart) : (Object.keys(PARTS) as Part[]);
if (!existsSync(path.resolve(import.meta.dirname, "../dist/index.js")))
  throw new Error("The plugin is not built: run `npm run build` first.");
console.log(
  `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`,
);
for (const part of parts) await PARTS[part]();

function keep(name: string, results: unknown): void {
  if (flags.quick !== true) writeJson(name, results);
}

function plot(...args: Parameters<typeof writeBars>): void {
  if (flags.quick !== true) writeBars(...args);
}

async function helper(): Promise<void> {
  const repetitions = flags.quick === true ? 1 : Number(flags.repetitions);
  const loads = flags.quick === true ? LOADS.filter(({ calls }) => calls === 1) : LOADS;
  const results = await measureHelper(repetitions, loads);
  for (const load of loads) {
    const { callers, calls, clients } = load;
    const under = resultsUnder(load, results);
    printTable(
      `${callers} callers × ${calls} calls, client: ${clients}; quota 2 requests a second, burst 5; limit: times what the quota needs`,
      helperTable(under),
    );
    const bars = under.map(requestsBar);
    if (callers === 50 && calls === 1)
      plot(
        `helper-50x1-${clients.replaceAll(" ", "-")}`,
        `HTTP requests a call: 50 callers at once, client: ${clients}`,
        bars,
      );
    if (callers === 50 && calls === 20)
      plot(
        "helper-50x20-shared",
        "HTTP requests a call: 50 callers × 20 calls, client: shared",
        bars,
      );
  }
  const duplicates = await measureDuplicates(repetitions);
  printTable(
    `Every twentieth answer is lost: contacts made twice, of ${repetitions * 200}`,
    duplicatesTable(duplicates),
  );
  keep("helper", { repetitions, results, duplicates });
}

async function budgets(): Promise<void> {
  const repetitions = flags.quick === true ? 3 : 21;
  const results = await measureBudgets(repetitions);
  printTable(
    "Functions that begin together, one call each, a client each; quota 2 requests a second, burst 5: success, the slowest of all",
    budgetsTable(results),
  );
  keep("budgets", { repetitions, results });
}

function requestsBar(row: HelperResult): Bar {
  return {
    label: row.contestant,
    value: row.requestsPerCall,
    text: `${row.requestsPerCall.toFixed(2)}, ${percent(row.success)} succeed`,
    isOurs: row.isOurs,
  };
}

function lint(): Promise<void> {
  const options: LintOptions =
    flags.quick === true
      ? { files: 128, growth: [], repetitions: 1 }
      : {
          files: Number(flags.files),
          growth: flags.large === true ? [128, 8192] : [128],
          repetitions: Number(flags.repetitions),
        };
  const results = measureLint(options, (text) => console.error(text));
  printTable("CPU time", lintCostTable(results));
  printTable("What is added to a project that has one typed rule", additionsTable(results));
  printTable("Calls of the type checker a file", questionsTable(results));
  printTable("Peak memory, and time inside of rules as ESLint counts it", memoryTable(results));
  keep("lint", { ...options, ...results });
  plot(
    "lint-cost",
    `Lint time a file above the parser alone, ${options.files} files`,
    results.cost
      .filter(({ files }) => files === options.files)
      .map((row) => ({
        label: `${row.configuration}, ${shareOf(row)} Connect`,
        value: row.above,
        text: `${row.above.toFixed(2)} ms`,
        isOurs: row.configuration === "ours",
      })),
  );
  return Promise.resolve();
}

async function linters(): Promise<void> {
  const results = await measureLinters();
  console.log(
    "\nThe faults are the ❌ blocks of docs/rules, each with the ✅ block beside it as its control. A fault is seen if one rule" +
      "\nreports more often in the faulty block than in its control, whatever the rule is about. bench/results/linters.json" +
      "\nnames the rules.",
  );
  printTable("What linters see", lintersTable(results));
  keep("linters", results);
  plot(
    "linters",
    `Faults seen, of ${results[0]?.faults ?? 0}`,
    results.map(({ linter, seen }, index) => ({
      label: linter,
      value: seen,
      text: String(seen),
      isOurs: index === results.length - 1,
    })),
  );
}

async function size(): Promise<void> {
  const sizes = measureSize();
  printTable("Size", sizeTable(sizes));
  const rounds = flags.quick === true ? 3 : 15;
  const wrappers = await measureWrappers(rounds);
  const calls = await measureCalls(rounds);
  printTable("Overhead around a function that succeeds at once", overheadTable(wrappers));
  printTable("Overhead around client.send", overheadTable(calls));
  keep("size", { sizes, wrappers, calls });
}
