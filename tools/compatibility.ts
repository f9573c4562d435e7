/**
 * The rule tests on every supported line of what users bring: `npm run compatibility [-- <part of a name>]`.
 * Each cell is a copy of this checkout in a temporary folder with some packages replaced; the last lines are
 * the grid, as a Markdown table. Needs the npm registry; not part of `npm test`.
 *
 * With another ESLint, `tests/fuzz/versions.ts` also compares reports and edits on random programs with those under the
 * ESLint of the lockfile.
 *
 * A case that an old TypeScript or an old SDK cannot express (a newer syntax, an operation that did not
 * exist) does not compile there and is counted as "not expressible" (see `tests/support/rule-tester.ts`).
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface Cell {
  readonly name: string;
  /** Packages that replace those of the lockfile. */
  readonly packages: readonly string[];
  /** Version of Node; the running one if absent. */
  readonly node?: string;
  /** What is run: the rules always, the helper where it could behave differently. */
  readonly tests: readonly string[];
  /** Whether reports and edits are compared with those under the ESLint of the lockfile. */
  readonly comparesEslint?: boolean;
}

const rules = ["tests/rules"];
const rulesAndHelper = ["tests/rules", "tests/backoff"];

/** The parser of one release, which is the user's, and the tester, which must fit to it. The plugin brings its own `utils`. */
const typescriptEslint = (version: string): string[] =>
  ["parser", "rule-tester", "typescript-estree", "scope-manager", "types"].map(
    (part) => `@typescript-eslint/${part}@${version}`,
  );

const cells: readonly Cell[] = [
  { name: "lockfile", packages: [], tests: rulesAndHelper },
  ...[
    { name: "ESLint 9.22", packages: ["eslint@9.22.0", "@eslint/js@9.22.0"] },
    { name: "ESLint 9.39", packages: ["eslint@~9.39.0", "@eslint/js@~9.39.0"] },
    { name: "ESLint 10.0", packages: ["eslint@10.0.0"] },
    { name: "ESLint newest", packages: ["eslint@latest"] },
  ].map((cell) => ({ ...cell, tests: rules, comparesEslint: true })),
  { name: "TypeScript 4.8.4", packages: ["typescript@4.8.4"], tests: rules },
  { name: "TypeScript 5.4", packages: ["typescript@~5.4.0"], tests: rules },
  { name: "TypeScript 5.9", packages: ["typescript@~5.9.0"], tests: rules },
  { name: "TypeScript 6.0", packages: ["typescript@~6.0.0"], tests: rules },
  {
    name: "typescript-eslint 8.54",
    packages: [...typescriptEslint("8.54.0"), "typescript@~5.9.0", "eslint@9.22.0"],
    tests: rules,
  },
  { name: "typescript-eslint newest", packages: typescriptEslint("latest"), tests: rules },
  { name: "Node 20.19", packages: [], node: "20.19.0", tests: rulesAndHelper },
  { name: "Node 22", packages: [], node: "22", tests: rulesAndHelper },
  { name: "Node 24", packages: [], node: "24", tests: rulesAndHelper },
  // The lab knows the paths and the protocol of today's client, so the helper is tried with that one.
  ...["3.18.0", "3.290.0", "3.622.0"].map((version) => ({
    name: `client-connect ${version}`,
    packages: [`@aws-sdk/client-connect@${version}`],
    tests: rules,
  })),
  {
    name: "client-connect latest",
    packages: ["@aws-sdk/client-connect@latest"],
    tests: rulesAndHelper,
  },
  { name: "aws-sdk 2 newest", packages: ["aws-sdk@2"], tests: rules },
];

interface Outcome {
  readonly passed: number;
  readonly notExpressible: number;
  readonly failures: readonly string[];
}

/** The part of vitest's JSON report that is used here. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const root = path.resolve(import.meta.dirname, "..");

function run(folder: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 30 * 60_000,
    // jiti remembers transpiled configs across versions of ESLint.
    env: { ...process.env, JITI_FS_CACHE: "false", COMPATIBILITY: "true", NO_COLOR: "1" },
  });
  if (status !== 0 && status !== 1) {
    throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? `${stdout}${stderr}`}`);
  }
  return stdout;
}

function npmInstall(folder: string, packages: readonly string[]): void {
  const flags = ["--no-save", "--no-package-lock", "--legacy-peer-deps", "--ignore-scripts"];
  run(folder, "npm", [
    "install",
    ...flags,
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    ...packages,
  ]);
}

/** Copies what git knows or would add; the files of `node_modules` are linked, as npm replaces and never edits them. */
function copyCheckout(to: string): void {
  const list = run(root, "git", ["ls-files", "-coz", "--exclude-standard"]);
  for (const file of new Set(list.split("\0"))) {
    const source = path.join(root, file);
    if (file !== "" && existsSync(source)) cpSync(source, path.join(to, file));
  }
  const [from, copy] = [path.join(root, "node_modules"), path.join(to, "node_modules")];
  const linked = spawnSync("cp", ["-al", from, copy]).status === 0;
  if (!linked) cpSync(from, copy, { recursive: true, verbatimSymlinks: true });
  for (const cache of [".cache", ".vite"])
    rmSync(path.join(copy, cache), { recursive: true, force: true });
}

/** The binary of a version of Node, from the npm registry. */
function nodeOf(folder: string, version: string | undefined): string {
  if (version === undefined) return process.execPath;
  const place = path.join(folder, ".node");
  const platform = process.platform === "win32" ? "win" : process.platform;
  const packageName = `node-${platform}-${process.arch}`;
  npmInstall(folder, ["--prefix", place, `${packageName}@${version}`]);
  return path.join(place, "node_modules", packageName, "bin/node");
}

function tryCell(cell: Cell): Outcome {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "connect-resilience-cell-")));
  try {
    copyCheckout(folder);
    if (cell.packages.length > 0) npmInstall(folder, cell.packages);
    const report = path.join(folder, "vitest.json");
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", "unit", ...cell.tests];
    const reporters = ["--reporter=json", `--outputFile.json=${report}`];
    const printed = run(folder, nodeOf(folder, cell.node), [...vitest, ...reporters]);
    const outcome = readReport(report, folder, printed);
    const differences = cell.comparesEslint === true ? differencesOfEslint(folder) : [];
    return { ...outcome, failures: [...outcome.failures, ...differences] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares the ESLint of a cell with that of the lockfile; the comparison says on how many programs. */
function differencesOfEslint(folder: string): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "tests/fuzz/versions.ts", path.join(root, "node_modules/eslint")],
    { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28, timeout: 30 * 60_000 },
  );
  console.log(stdout.trimEnd());
  return status === 0 ? [] : [`comparison of ESLint: ${stderr}`];
}

function readReport(file: string, folder: string, printed: string): Outcome {
  let report: VitestReport;
  try {
    report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  } catch {
    return { passed: 0, notExpressible: 0, failures: [`no report: ${printed.slice(-500)}`] };
  }
  const results = report.testResults.flatMap((suite) => suite.assertionResults);
  const count = (status: string): number => results.filter((r) => r.status === status).length;
  return {
    passed: count("passed"),
    notExpressible: count("skipped") + count("pending"),
    failures: [
      ...results
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages: [why = ""] }) => `${fullName}: ${why}`),
      ...report.testResults
        .filter((suite) => suite.status === "failed" && suite.assertionResults.length === 0)
        .map((suite) => `${path.relative(folder, suite.name)}: ${suite.message}`),
    ],
  };
}

const wanted = process.argv[2]?.toLowerCase() ?? "";
const lines: string[] = [];
let failed = false;
for (const cell of cells.filter(({ name }) => name.toLowerCase().includes(wanted))) {
  console.log(`\n=== ${cell.name}`);
  const { passed, notExpressible, failures } = tryCell(cell);
  for (const failure of failures) console.log(`  failed: ${failure.slice(0, 400)}`);
  failed ||= failures.length > 0 || passed === 0;
  lines.push(
    `| ${cell.name} | ${[passed, notExpressible, failures.length].map(String).join(" | ")} |`,
  );
  console.log(lines.at(-1));
}
console.log(`\n| cell | passed | not expressible | failed |\n| --- | --- | --- | --- |`);
console.log(lines.join("\n"));
process.exitCode = failed || lines.length === 0 ? 1 : 0;
