/** Results as tables for the terminal, as JSON and as plots. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import CliTable from "cli-table3";
import type { Table } from "./tables.ts";

const folder = path.resolve(import.meta.dirname, "results");

export type Cell = string | number;

/** Prints a table; columns of numbers stand to the right. */
export function printTable(title: string, { head, rows }: Table): void {
  const [first = []] = rows;
  const table = new CliTable({
    head: [...head],
    colAligns: head.map((_, column) =>
      /^[-\d]/.test(String(first[column] ?? "")) ? "right" : "left",
    ),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map(String)));
  console.log(`\n${title}\n${table.toString()}`);
}

export function writeJson(name: string, results: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(results, rounded, 2)}\n`);
}

/** Digits beyond the fourth say nothing. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Written behind the bar. */
  readonly text: string;
  readonly isOurs: boolean;
}

const ROW = 24;
const LABELS = 270;
const WIDTH = 760;
const BARS = 330;

/**
 * Writes horizontal bars as an SVG with colours of its own for light and dark.
 * @param scale - `"log"` where values differ by orders of magnitude; bars then begin at 1
 */
export function writeBars(
  name: string,
  title: string,
  bars: readonly Bar[],
  scale: "linear" | "log" = "linear",
): void {
  const size = (value: number): number =>
    scale === "log" ? Math.log10(Math.max(1, value)) : Math.max(0, value);
  const most = Math.max(...bars.map(({ value }) => size(value)), Number.EPSILON);
  const height = 52 + bars.length * ROW;
  const rows = bars.map(({ label, value, text, isOurs }, index) => {
    const y = 44 + index * ROW;
    const width = Math.max(2, (size(value) / most) * BARS).toFixed(1);
    return `<text class="${isOurs ? "own" : "label"}" x="${LABELS - 8}" y="${y + 12}" text-anchor="end">${escape(label)}</text>
<rect class="${isOurs ? "ours" : "bar"}" x="${LABELS}" y="${y}" width="${width}" height="16" rx="2"/>
<text class="label" x="${LABELS + Number(width) + 6}" y="${y + 12}">${escape(text)}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">
<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 14px; font-weight: 600 }
.own { font-weight: 600 }
.card { fill: #ffffff }
.bar { fill: #9aa4b2 }
.ours { fill: #1a7f5a }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.card { fill: #0d1117 }
.bar { fill: #59636e }
.ours { fill: #2ea878 }
}
</style>
<rect class="card" width="${WIDTH}" height="${height}" rx="6"/>
<text class="title" x="16" y="26">${escape(title)}</text>
${rows.join("\n")}
</svg>
`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.svg`), svg);
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
