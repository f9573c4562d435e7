/** Results as tables: the same for the terminal and for the pages of the documentation. */
import type { BudgetResult, DuplicatesResult, HelperResult, Load } from "./helper/run.ts";
import type { Configuration, LintResults } from "./lint/run.ts";
import type { ProjectSize } from "./lint/generate.ts";
import type { LinterResult } from "./linters/run.ts";
import type { Cell } from "./report.ts";
import type { OverheadResult, SizeResult } from "./size/run.ts";

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.02 && share > 0 ? 1 : 0)} %`;
}

export function resultsUnder(
  { callers, calls, clients }: Load,
  results: readonly HelperResult[],
): readonly HelperResult[] {
  return results.filter(
    (row) => row.callers === callers && row.calls === calls && row.clients === clients,
  );
}

/** The contestants under one load. */
export function helperTable(results: readonly HelperResult[]): Table {
  return {
    head: ["policy", "success", "HTTP requests a call", "seconds", "limit"],
    rows: results.map((row) => [
      row.contestant,
      percent(row.success),
      row.requestsPerCall.toFixed(2),
      row.seconds.toFixed(1),
      row.timesLimit.toFixed(2),
    ]),
  };
}

export function duplicatesTable(results: readonly DuplicatesResult[]): Table {
  return {
    head: ["policy", "success", "made twice"],
    rows: results.map((row) => [row.contestant, percent(row.success), row.duplicates]),
  };
}

/** A row for each policy, and in it the share that succeeds and the slowest run for each number of functions. */
export function budgetsTable(results: readonly BudgetResult[]): Table {
  const policies = [...new Set(results.map(({ policy }) => policy))];
  const sizes = [...new Set(results.map(({ functions }) => functions))];
  return {
    head: ["policy", ...sizes.map((size) => `${String(size)} functions`)],
    rows: policies.map((policy) => [
      policy,
      ...results
        .filter((result) => result.policy === policy)
        .map(({ slowest, success }) => `${percent(success)}, ${slowest.toFixed(1)} s`),
    ]),
  };
}

export function lintersTable(results: readonly LinterResult[]): Table {
  return {
    head: [
      "linter",
      "faults",
      "seen",
      "seen, control without a report of that rule",
      "controls with any report",
    ],
    rows: results.map((row) => [row.linter, row.faults, row.seen, row.told, row.controlsReported]),
  };
}

/** How large a share of the files uses Connect. */
export function shareOf({ connectEvery }: ProjectSize): string {
  return connectEvery === 0 ? "0 %" : `${String(100 / connectEvery)} %`;
}

interface Linted extends ProjectSize {
  readonly configuration: Configuration;
}

const subject = (row: Linted): Cell[] => [row.configuration, row.files, shareOf(row)];
const SUBJECT = ["configuration", "files", "use Connect"];

export function lintCostTable({ cost }: LintResults): Table {
  return {
    head: [...SUBJECT, "ms a file above the parser", "of them a rule that does nothing"],
    rows: cost.map((row) => [...subject(row), row.above.toFixed(2), row.noise.toFixed(2)]),
  };
}

export function additionsTable({ additions }: LintResults): Table {
  return {
    head: [...SUBJECT, "ms a file it adds to no-floating-promises", "times what the preset adds"],
    rows: additions.map((row) => [
      ...subject(row),
      row.adds.toFixed(2),
      row.timesPreset.toFixed(2),
    ]),
  };
}

export function questionsTable({ questions }: LintResults): Table {
  return {
    head: [...SUBJECT, "file with Connect", "other file"],
    rows: questions.map((row) => [
      ...subject(row),
      row.perConnectFile.toFixed(1),
      row.perOtherFile.toFixed(1),
    ]),
  };
}

export function memoryTable({ memory }: LintResults): Table {
  return {
    head: [
      ...SUBJECT,
      "peak in MB",
      "times the parser alone",
      "times a rule that does nothing",
      "ms in rules a file",
    ],
    rows: memory.map((row) => [
      ...subject(row),
      row.peakMb.toFixed(0),
      row.timesParser.toFixed(2),
      row.timesNoop.toFixed(2),
      row.ruleMsPerFile.toFixed(2),
    ]),
  };
}

export function sizeTable(sizes: readonly SizeResult[]): Table {
  return {
    head: ["in a bundle, bytes", "minified", "and gzip"],
    rows: sizes.map(({ what, minified, gzipped }) => [what, minified, gzipped]),
  };
}

export function overheadTable(results: readonly OverheadResult[]): Table {
  return {
    head: ["", "microseconds a call"],
    rows: results.map(({ what, microseconds }) => [what, microseconds.toFixed(2)]),
  };
}
