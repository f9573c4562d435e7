/**
 * Lints checkouts of public repositories and compares the reports with hand-made labels.
 *
 *     npx tsx tests/corpus/run.ts --checkouts <folder> --labels <labels.json> --repositories <repositories.json>
 *       [--rule <name>]... [--repository <owner/name>]... [--all] [--out <file.json>]
 *
 * A checkout is a folder `<owner>+<name>` at the labelled commit, with its dependencies installed where it has any.
 * Linted are the files that repositories.json or a label names, and those that mention the SDK (a client may be built in
 * any of them); with `--all` every source file. Exits with 1 if a rule crashed, missed a label or reported falsely.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { compare } from "./compare.ts";
import type { Outcome, Report } from "./compare.ts";
import { judgedRules } from "./expectations.ts";
import type { Label } from "./expectations.ts";
import { createPrograms, lint, ruleNames } from "./lint.ts";
import { createSources, readSources } from "./sources.ts";

interface Repository {
  readonly repo: string;
  readonly commit: string;
  /** `aws-v3` uses other services than Connect; `control` uses none and only looks like it. */
  readonly kind: "connect-v2" | "connect-v3" | "aws-v3" | "control";
  readonly files: readonly { readonly path: string }[];
}

const { values } = parseArgs({
  options: {
    checkouts: { type: "string" },
    labels: { type: "string" },
    repositories: { type: "string" },
    rule: { type: "string", multiple: true },
    repository: { type: "string", multiple: true },
    all: { type: "boolean", default: false },
    out: { type: "string" },
  },
});
if (!values.checkouts || !values.labels || !values.repositories) {
  throw new Error("--checkouts, --labels and --repositories are required");
}
const checkouts = path.resolve(values.checkouts);
const labels = JSON.parse(fs.readFileSync(values.labels, "utf8")) as Label[];
const repositories = JSON.parse(fs.readFileSync(values.repositories, "utf8")) as Repository[];

const wanted = values.rule ?? [...new Set([...ruleNames, ...judgedRules])];
const rules = wanted.filter((rule) => ruleNames.includes(rule));
const absent = wanted.filter((rule) => !ruleNames.includes(rule));
if (absent.length > 0) console.log(`not in the plugin, skipped: ${absent.join(", ")}`);
if (rules.length === 0) throw new Error("no rule to run");

interface Located {
  repo: string;
  rule: string;
  outcome: Outcome;
}
const outcomes: Located[] = [];
const allReports: (Report & { repo: string })[] = [];
const failures: { repo: string; path: string; rule: string; message: string }[] = [];
const notLinted: string[] = [];

for (const { repo, commit, kind, files } of repositories) {
  if (values.repository?.includes(repo) === false) continue;
  const checkout = path.join(checkouts, repo.replace("/", "+"));
  const git = ["-C", checkout, "rev-parse", "HEAD"];
  const head = fs.existsSync(checkout) && execFileSync("git", git, { encoding: "utf8" }).trim();
  if (head !== commit) {
    notLinted.push(`${repo}: ${head === false ? "no checkout" : `at ${head}, not at ${commit}`}`);
    continue;
  }
  const started = performance.now();
  const texts = readSources(checkout);
  const own = labels.filter((label) => label.repo === repo);
  const named = new Set([...files, ...own].map((file) => file.path));
  for (const file of named) if (!texts.has(file)) notLinted.push(`${repo}: no ${file}`);
  const mentionsSdk = (text: string) => kind !== "control" && /["'](@aws-sdk\/|aws-sdk)/.test(text);
  const chosen = [...texts].filter(
    ([file, text]) => values.all || named.has(file) || mentionsSdk(text),
  );
  const paths = chosen.map(([file]) => file);
  const programs = createPrograms(checkout, paths, texts.keys());
  const project = { checkout, programs, services: kind === "aws-v3" ? "aws" : "connect" } as const;
  const reports: Report[] = [];
  const failed = new Set<string>();
  for (const [file, text] of chosen) {
    const linted = await lint(project, file, text, rules);
    // What is referenced weakly is kept until the event loop turns.
    await setImmediate();
    reports.push(...linted.reports);
    for (const failure of linted.failures) {
      failures.push({ repo, path: file, ...failure });
      failed.add(`${failure.rule} ${file}`);
    }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`\n${repo}: ${chosen.length} files, ${reports.length} reports, ${seconds} s`);
  for (const { path: file, line, column, rule, message } of reports) {
    console.log(`  ${file}:${line}:${column} ${rule} ${message}`);
  }
  allReports.push(...reports.map((report) => ({ repo, ...report })));

  const sources = createSources(texts);
  for (const rule of rules) {
    const judged = own.filter(
      ({ path: file }) =>
        texts.has(file) && !failed.has(`${rule} ${file}`) && !failed.has(`parser ${file}`),
    );
    const ofRule = reports.filter((report) => report.rule === rule);
    const outcome = compare(rule, ofRule, judged, sources, kind === "control");
    outcomes.push({ repo, rule, outcome });
  }
}

const header =
  "rule, demanded, found, recall, found in file / joined, kept silent, false, unjudged";
console.log(`\n| ${header.replaceAll(",", " |")} |\n|${" --- |".repeat(8)}`);
for (const rule of rules) {
  const ofRule = outcomes.filter((it) => it.rule === rule).map(({ outcome }) => outcome);
  const found = ofRule.flatMap((outcome) => outcome.found);
  const count = (key: keyof Outcome) => ofRule.reduce((sum, it) => sum + it[key].length, 0);
  const through = (via: string) => found.filter((it) => it.via === via).length;
  const demanded = found.length + count("missed");
  const recall = demanded === 0 ? "-" : `${Math.round((100 * found.length) / demanded)} %`;
  const joined = `${through("client in file")} / ${through("client in joined file")}`;
  const cells = [rule, demanded, found.length, recall, joined];
  const rest = [count("silent"), count("false"), count("unjudged")];
  console.log(`| ${[...cells, ...rest].join(" | ")} |`);
}
const lines = outcomes.flatMap(({ repo, rule, outcome }) => {
  const at = (place: { path: string; line: number }) =>
    `${rule} ${repo} ${place.path}:${place.line}`;
  return [
    ...outcome.missed.map((label) => `missed   ${at(label)} ${label.kind}: ${label.note}`),
    ...outcome.false.map((it) => `false    ${at(it.report)} ${it.because}: ${it.report.message}`),
    ...outcome.unjudged.map((report) => `unjudged ${at(report)} ${report.message}`),
  ];
});
console.log(["", ...lines.sort(), ""].join("\n"));
console.log([`not linted: ${notLinted.length}`, ...notLinted].join("\n  "));
console.log(`crashes and parse failures: ${failures.length}`);
for (const { repo, path: file, rule, message } of failures) {
  console.log(`  ${rule} ${repo} ${file}: ${message.split("\n").slice(0, 6).join("\n    ")}`);
}
if (values.out) {
  const result = { reports: allReports, outcomes, failures, notLinted };
  fs.writeFileSync(values.out, JSON.stringify(result, null, 1));
}
const bad = lines.some((line) => !line.startsWith("unjudged"));
if (bad || failures.length > 0) process.exitCode = 1;
