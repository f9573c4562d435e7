/** Writes the tables of what was measured into the pages that show them, from `bench/results`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BudgetResult, DuplicatesResult, HelperResult, Load } from "../bench/helper/run.ts";
import type { LintResults } from "../bench/lint/run.ts";
import type { LinterResult } from "../bench/linters/run.ts";
import type { SizeResult } from "../bench/size/run.ts";
import {
  additionsTable,
  budgetsTable,
  duplicatesTable,
  helperTable,
  lintCostTable,
  lintersTable,
  memoryTable,
  questionsTable,
  resultsUnder,
  sizeTable,
  type Table,
} from "../bench/tables.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const PAGES = ["README.md", "docs/throttling.md", "docs/lambda-budgets.md", "docs/quality.md"];

/** The contents of `bench/results`, as far as pages show them. */
export interface Measured {
  readonly helper: {
    readonly results: readonly HelperResult[];
    readonly duplicates: readonly DuplicatesResult[];
  };
  readonly budgets: { readonly results: readonly BudgetResult[] };
  readonly lint: LintResults;
  readonly linters: readonly LinterResult[];
  readonly size: { readonly sizes: readonly SizeResult[] };
}

export function readMeasured(): Measured {
  const read = (name: keyof Measured): unknown =>
    JSON.parse(readFileSync(path.join(ROOT, `bench/results/${name}.json`), "utf8"));
  const names = ["helper", "budgets", "lint", "linters", "size"] as const;
  return Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as Measured;
}

/** The pages with their tables as measured, by path from the repository's root, not yet formatted. */
export function generateTables(measured = readMeasured()): Map<string, string> {
  return new Map(
    PAGES.map((page) => [
      page,
      withTables(readFileSync(path.join(ROOT, page), "utf8"), tablesOf(measured)),
    ]),
  );
}

function tablesOf({ helper, budgets, lint, linters, size }: Measured): ReadonlyMap<string, Table> {
  const { duplicates, results } = helper;
  const under = (load: Load): Table => helperTable(resultsUnder(load, results));
  return new Map([
    ["helper-50x1-shared", under({ callers: 50, calls: 1, clients: "shared" })],
    ["helper-50x1-one-each", under({ callers: 50, calls: 1, clients: "one each" })],
    ["helper-50x20-shared", under({ callers: 50, calls: 20, clients: "shared" })],
    ["helper-duplicates", duplicatesTable(duplicates)],
    ["budgets", budgetsTable(budgets.results)],
    ["linters", lintersTable(linters)],
    ["lint-cost", lintCostTable(lint)],
    ["lint-additions", additionsTable(lint)],
    ["lint-questions", questionsTable(lint)],
    ["lint-memory", memoryTable(lint)],
    ["size", sizeTable(size.sizes)],
  ]);
}

/**
 * A page with each table between `<!-- begin measured: name -->` and `<!-- end measured -->` written anew.
 * @throws Error where a name is unknown or an end is missing, and where the page has no such table
 */
export function withTables(page: string, tables: ReadonlyMap<string, Table>): string {
  const begins = page.match(/<!-- begin measured: /g)?.length ?? 0;
  let written = 0;
  const text = page.replaceAll(
    /(<!-- begin measured: (\S+) -->\n)(?:(?!<!-- begin).)*?(<!-- end measured -->)/gs,
    (_, begin: string, name: string, end: string) => {
      const table = tables.get(name);
      if (table === undefined || table.rows.length === 0)
        throw new Error(`Nothing was measured for the table "${name}".`);
      written += 1;
      return `${begin}\n${markdown(table)}\n\n${end}`;
    },
  );
  if (written === 0 || written !== begins)
    throw new Error(`${String(begins)} tables begin and ${String(written)} end.`);
  return text;
}

/** Columns of numbers stand to the right. */
function markdown({ head, rows }: Table): string {
  const [first = []] = rows;
  const rule = first.map((cell) => (/^-?\d/.test(String(cell)) ? "---:" : "---"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
