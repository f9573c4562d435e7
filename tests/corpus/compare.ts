import { expectationFor, judgedRules } from "./expectations.ts";
import type { Expectation, Label } from "./expectations.ts";
import type { Sources } from "./sources.ts";

/** One report of a rule, placed as ESLint places it: lines and columns from 1, the path relative to its repository. */
export interface Report {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

/** How a report met a label: at its own place, or (for `client`) at a client construction in the same or a joined file. */
type Via = "place" | "client in file" | "client in joined file";

export interface Outcome {
  /** Labels that demand a report and got one. */
  readonly found: { readonly label: Label; readonly via: Via }[];
  readonly missed: Label[];
  /** Labels that demand silence and got it. */
  readonly silent: Label[];
  /** Reports that contradict a label, or that no label accounts for where every fault is labelled. */
  readonly false: { readonly report: Report; readonly because: string }[];
  /** Reports that no label judges. */
  readonly unjudged: Report[];
}

/** A construction of anything but a command, a promise or an error, on the line of the report. */
const construction = /\bnew\s+\(?(?![\w$.]*(?:Command|Promise|Error)\b)[\w$.]+/;

/** How the report meets the label in the way that the expectation asks for, if it does. */
function meets(report: Report, label: Label, row: Expectation, sources: Sources): Via | undefined {
  if (row.message !== undefined && !row.message.test(report.message)) return undefined;
  const distance = report.path === label.path ? Math.abs(report.line - label.line) : Infinity;
  const sameScope = (): boolean =>
    distance < Infinity &&
    sources.scopeAt(label.path, label.line) === sources.scopeAt(report.path, report.line);
  switch (row.at) {
    case "line":
      return distance === 0 ? "place" : undefined;
    case "scope":
      return sameScope() ? "place" : undefined;
    case "near":
      return distance <= 3 || sameScope() ? "place" : undefined;
    case "client":
      if (distance <= 1) return "place";
      if (!construction.test(sources.lineAt(report.path, report.line))) return undefined;
      if (report.path === label.path) return "client in file";
      return sources.joined(label.path).has(report.path) ? "client in joined file" : undefined;
  }
}

/**
 * Compares the reports of one rule in one repository with the labels of that repository.
 *
 * @param labels only those of files that were linted: a file that was not says nothing about the rule
 * @param control the repository holds nothing that any rule should report
 */
export function compare(
  rule: string,
  reports: readonly Report[],
  labels: readonly Label[],
  sources: Sources,
  control = false,
): Outcome {
  const outcome: Outcome = { found: [], missed: [], silent: [], false: [], unjudged: [] };
  const explained = new Set<Report>();
  const contradicted = new Map<Report, Label>();
  for (const label of labels) {
    const row = expectationFor(label, rule);
    if (row === undefined) continue;
    const met = reports.flatMap((report) => {
      const via = meets(report, label, row, sources);
      return via === undefined ? [] : [{ report, via }];
    });
    if (row.verdict === "silent") {
      for (const { report } of met) contradicted.set(report, label);
      if (met.length === 0) outcome.silent.push(label);
      continue;
    }
    for (const { report } of met) explained.add(report);
    if (row.verdict === "either") continue;
    const order: Via[] = ["place", "client in file", "client in joined file"];
    const best = order.find((via) => met.some((it) => it.via === via));
    if (best === undefined) outcome.missed.push(label);
    else outcome.found.push({ label, via: best });
  }

  const complete = new Set(
    labels.filter((label) => label.file_coverage === "complete").map(({ path }) => path),
  );
  for (const report of reports) {
    if (explained.has(report)) continue;
    const label = contradicted.get(report);
    if (label !== undefined) {
      outcome.false.push({ report, because: `contradicts "${label.kind}" at line ${label.line}` });
    } else if (control) {
      outcome.false.push({ report, because: "the repository is a control" });
    } else if (judgedRules.has(rule) && complete.has(report.path)) {
      outcome.false.push({ report, because: "no label in a file that is labelled completely" });
    } else {
      outcome.unjudged.push(report);
    }
  }
  return outcome;
}
