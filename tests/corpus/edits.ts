/**
 * Applies every fix and every suggestion to checkouts of real projects, in memory, and says what broke.
 *
 *     npx tsx tests/corpus/edits.ts --checkouts <folder> [--repository <owner/name>]... [--services aws]
 *       [--rule <name>]... [--under <path>]... [--out <file.json>]
 *
 * A checkout is a folder `<owner>+<name>` with its dependencies installed. All its source files (or those below the paths
 * `--under`) are linted with all rules; `edit-check.ts` says what is done with the edits. The helper that edits import is
 * installed beside the checkouts, see `helper-install.ts`: nothing is written into a checkout.
 *
 * Faults are compiler errors that an edit adds, texts that no longer parse, comments that are lost or directives that lose
 * their line, fixable reports that are left after `--fix`, and rules that throw. Exits with 1 if there is one. Large
 * projects need memory: `NODE_OPTIONS=--max-old-space-size=8000`.
 */
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
    out: { type: "string" },
  },
});
if (!values.checkouts) throw new Error("--checkouts is required");
const checkouts = path.resolve(values.checkouts);
const folders = fs
  .readdirSync(checkouts, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name.includes("+"))
  .map((entry) => entry.name)
  .filter((name) => values.repository?.includes(name.replace("+", "/")) ?? true);
if (folders.length === 0) throw new Error("no checkout to look at");
const rules = Object.fromEntries(
  Object.entries(plugin.rules).filter(([name]) => values.rule?.includes(name) ?? true),
);
if (Object.keys(rules).length === 0) throw new Error("no rule to run");

installHelper(checkouts);
const results: ({ repository: string; seconds: number } & EditCheck)[] = [];
for (const folder of folders) {
  const repository = folder.replace("+", "/");
  const checkout = path.join(checkouts, folder);
  const started = performance.now();
  const chosen = [...readSources(checkout)].filter(
    ([file]) => values.under?.some((below) => file.startsWith(below)) ?? true,
  );
  const check = checkEdits({
    checkout,
    sources: new Map(chosen),
    rules,
    settings: { services: values.services, types: "optional" },
    onProgress: (text) => {
      console.error(`${repository}: ${text}`);
    },
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  results.push({ repository, seconds, ...check });
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
const perRepository = results.map((it) => [
  it.repository,
  it.files,
  it.unparsed.length,
  it.reports.length,
  it.fixes,
  it.suggestions,
  ...kinds.map((kind) => count(it.faults, kind)),
  it.seconds,
]);
const total = ["total"].concat(
  ...Array.from({ length: 10 + 1 }, (_, index) =>
    String(perRepository.reduce((sum, row) => sum + Number(row[index + 1]), 0)),
  ),
);
const header = ["repository", "files", "not parsed", "reports", "fixes", "suggestions"];
console.log(
  table([...header, ...kinds.map((kind) => `${kind}s`), "seconds"], [...perRepository, total]),
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
