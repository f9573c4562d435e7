/** Results as tables: the same for the terminal and for the pages of the documentation. */
import type { BudgetResult, DuplicatesResult, HelperResult, Load } from "./helper/run.ts";
import type { Cell } from "./report.ts";

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
