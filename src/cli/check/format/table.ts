/** For the terminal: the inventory as a table, then the findings by file. */
import Table from "cli-table3";
import type { Paint } from "../../terminal.ts";
import { type CallRecord, type Finding, isAboveBurst, type Report } from "../report.ts";
import { cellsOf, COLUMNS, keyLines, summaryText } from "../words.ts";

export interface TableLayout {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Findings only. */
  readonly quiet: boolean;
}

/** Index of the column that is folded when the terminal is too narrow. */
const FOLDED = COLUMNS.indexOf("Retries, outermost first");
const LEAST_FOLDED_WIDTH = 24;

export function formatTable(report: Report, layout: TableLayout): string {
  const { paint, quiet } = layout;
  const blocks = [
    ...(quiet || report.calls.length === 0
      ? []
      : [`${inventory(report.calls, layout)}\n${key(report, paint)}`]),
    ...findings(report.findings, paint),
    ...(quiet ? [] : [summary(report, paint)]),
  ];
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

function inventory(calls: readonly CallRecord[], { paint, width }: TableLayout): string {
  const rows = calls.map(cellsOf);
  const widths = COLUMNS.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  // Two blanks around each cell, and the lines between them.
  const others = widths.reduce((sum, each, column) => sum + (column === FOLDED ? 2 : each + 2), 0);
  const left = Math.max(LEAST_FOLDED_WIDTH, width - others - COLUMNS.length - 1);
  const table = new Table({
    head: COLUMNS.map((title) => paint("bold", title)),
    style: { head: [], border: [] },
    // A line under the head is enough: folded cells are told apart by the empty ones beside them.
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    wordWrap: true,
    colWidths: widths.map((each, column) =>
      column === FOLDED ? Math.min(each, left) + 2 : each + 2,
    ),
    colAligns: ["left", "left", "left", "left", "right", "right"],
  });
  for (const call of calls) {
    const [place, operation, quota, stack, attempts, wait] = cellsOf(call);
    const risk =
      call.attempts.value === null
        ? paint("red", attempts)
        : isAboveBurst(call)
          ? paint("yellow", attempts)
          : attempts;
    table.push([place, operation, quota, stack, risk, wait]);
  }
  return table.toString();
}

function key(report: Report, paint: Paint): string {
  return keyLines(report)
    .map((text) => paint("dim", text))
    .join("\n");
}

function findings(all: readonly Finding[], paint: Paint): readonly string[] {
  const files = new Set(all.map(({ file }) => file));
  return [...files].map((file) => {
    const lines = all.filter((finding) => finding.file === file);
    return [paint("underline", file), ...lines.map((finding) => line(finding, paint))].join("\n");
  });
}

function line(
  { column, fixable, line: row, message, rule, suggestions }: Finding,
  paint: Paint,
): string {
  const repair = fixable
    ? paint("green", " (fixable)")
    : suggestions > 0
      ? paint("cyan", " (suggestion)")
      : "";
  return `  ${paint("dim", `${String(row)}:${String(column)}`)}  ${paint("red", "error")}  ${message}  ${paint("dim", rule)}${repair}`;
}

function summary(report: Report, paint: Paint): string {
  const text = summaryText(report);
  return paint(report.findings.length === 0 ? "green" : ["bold", "red"], text);
}
