/**
 * Applies every fix and every suggestion to checkouts of real projects, in memory, and says what broke.
 *
 *     npx tsx tests/corpus/edits.ts --checkouts <folder> [--repository <owner/name>]... [--services aws]
 *       [--rule <name>]... [--under <path>]... [--seconds <limit>] [--out <file.json>]
 *     npx tsx tests/corpus/edits.ts --folder <project>...
 *
 * A checkout is a folder `<owner>+<name>`, best with its dependencies installed: what is missing was an error before the
 * edit, too, and is not held against it. All its source files (or those below the paths `--under`) are linted with all
 * rules; `edit-check.ts` says what is done with the edits. The helper that edits import is installed beside the checkouts,
 * see `helper-install.ts`: nothing is written into a checkout. A `--folder` is taken as it is, with the helper that it has.
 *
 * Faults are compiler errors that an edit adds, texts that no longer parse, comments that are lost or directives that lose
 * their line, fixable reports that are left after `--fix`, and rules that throw. Exits with 1 if there is one. With
 * `--seconds`, a repository gets about as long, files that name an AWS SDK come first, and what was left out is told. Large
 * projects need memory: `NODE_OPTIONS=--max-old-space-size=8000`.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import plugin from "../../src/index.ts";
import { checkEdits } from "./edit-check.ts";
import type { EditCheck, Fault } from "./edit-check.ts";
import { installHelper } from "./helper-install.ts";
import { readSources } from "./sources.ts";

const { values } = parseArgs({
  options: {
    checkouts: { type: "string" },
    repository: { type: "string", multiple: true },
    services: { type: "string", default: "connect" },
    rule: { type: "string", multiple: true },
    under: { type: "string", multiple: true },
    folder: { type: "string", multiple: true, default: [] },
    seconds: { type: "string" },
    out: { type: "string" },
  },
});
const timeLimit = values.seconds === undefined ? undefined : Number(values.seconds);
if (Number.isNaN(timeLimit)) throw new Error("--seconds is not a number");
const beside = values.checkouts && path.resolve(values.checkouts);
const projects = values.folder.map((folder) => ({
  name: path.basename(path.resolve(folder)),
  checkout: path.resolve(folder),
}));
for (const entry of beside ? fs.readdirSync(beside, { withFileTypes: true }) : []) {
  const name = entry.name.replace("+", "/");
  if (!beside || !entry.isDirectory() || !entry.name.includes("+")) continue;
  if (values.repository?.includes(name) === false) continue;
  projects.push({ name, checkout: path.join(beside, entry.name) });
}
if (projects.length === 0) throw new Error("no checkout to look at");
const rules = Object.fromEntries(
  Object.entries(plugin.rules).filter(([name]) => values.rule?.includes(name) ?? true),
);
if (Object.keys(rules).length === 0) throw new Error("no rule to run");

/** Where a time limit bites, files in which nothing can be reported are the ones to leave out. */
const sdkFirst = (sources: readonly (readonly [string, string])[]): Map<string, string> => {
  const namesSdk = ([, text]: readonly [string, string]): boolean => text.includes("aws-sdk");
  return new Map([...sources.filter(namesSdk), ...sources.filter((it) => !namesSdk(it))]);
};
const commitOf = (checkout: string): string => {
  if (!fs.existsSync(path.join(checkout, ".git"))) return "-";
  const args = ["-C", checkout, "rev-parse", "--short=12", "HEAD"];
  return execFileSync("git", args, { encoding: "utf8" }).trim();
};

if (beside) installHelper(beside);
const results: ({ repository: string; commit: string; seconds: number } & EditCheck)[] = [];
for (const { name: repository, checkout } of projects) {
  const started = performance.now();
  const chosen = [...readSources(checkout)].filter(
    ([file]) => values.under?.some((below) => file.startsWith(below)) ?? true,
  );
  const check = checkEdits({
    checkout,
    sources: sdkFirst(chosen),
    rules,
    settings: { services: values.services, types: "optional" },
    timeLimit,
    onProgress: (text) => {
      console.error(`${repository}: ${text}`);
    },
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  results.push({ repository, commit: commitOf(checkout), seconds, ...check });
  if (values.out) fs.writeFileSync(values.out, JSON.stringify(results, null, 1));
  for (const { kind, path: file, edit, detail } of check.faults) {
    console.log(`${kind} ${repository} ${file}\n  ${edit}\n  ${detail.replaceAll("\n", "\n  ")}`);
  }
  for (const file of check.unparsed) console.log(`not parsed ${repository} ${file}`);
}

const counted = (all: readonly { readonly rule: string }[], rule: string): number =>
  all.filter((report) => report.rule === rule).length;
const kinds = ["new error", "parse error", "lost comment", "second-run change", "crash"] as const;
const count = (faults: readonly Fault[], kind: Fault["kind"]): number =>
  faults.filter((fault) => fault.kind === kind).length;

const table = (header: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
const installed = ({ imported, installed: found }: EditCheck["packages"]): string => {
  const ofSdk = (name: string): boolean => /^(?:@aws-sdk\/|aws-sdk$)/.test(name);
  const share = (of: (name: string) => boolean): string =>
    `${found.filter(of).length} of ${imported.filter(of).length}`;
  return `${share(ofSdk)} of the SDK, ${share((name) => !ofSdk(name))} others`;
};
const numbersOf = (it: EditCheck & { readonly seconds: number }): readonly number[] => [
  it.files,
  it.leftOut.files,
  it.unparsed.length,
  it.reports.length,
  it.fixes,
  it.suggestions,
  it.leftOut.suggestions,
  ...kinds.map((kind) => count(it.faults, kind)),
  it.seconds,
];
const header = ["repository", "commit", "packages installed", "files linted", "left out"];
header.push("not parsed", "reports", "fixes applied", "suggestions tried", "not tried");
header.push("new errors", "parse errors", "lost comments", "second-run changes", "crashes");
console.log(
  table(
    [...header, "seconds"],
    results.map((it) => [it.repository, it.commit, installed(it.packages), ...numbersOf(it)]),
  ),
);
const all = results.flatMap(({ reports }) => reports);
console.log(
  `\n${table(
    ["rule", "reports", "with fix", "with suggestions"],
    Object.keys(rules).map((rule) => [
      rule,
      counted(all, rule),
      counted(
        all.filter(({ edit }) => edit === "fix"),
        rule,
      ),
      counted(
        all.filter(({ edit }) => edit.endsWith("suggestions")),
        rule,
      ),
    ]),
  )}\n`,
);

const faults = results.flatMap((result) => result.faults);
const broken = count(faults, "new error") + count(faults, "parse error");
console.log(
  `new errors ${broken}, lost comments ${count(faults, "lost comment")}, ` +
    `second-run changes ${count(faults, "second-run change")}, crashes ${count(faults, "crash")}`,
);
if (faults.length > 0) process.exitCode = 1;
