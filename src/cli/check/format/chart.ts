/** The chart of the page: what one call of each operation can send at worst, against the burst of its quota. */
import type { CallRecord } from "../report.ts";
import { count } from "../words.ts";
import { markup, type Markup } from "./markup.ts";

/** Operations with more are named first; the rest is in the table. */
const MOST_ROWS = 15;
/** Requests at the right edge: what is more is drawn to the edge, with its number beside it. */
const MOST_REQUESTS = 60;
const LEAST_REQUESTS = 10;

const ROW = 26;
const TOP = 28;
const LEFT = 250;
const WIDTH = 880;
const RIGHT = 110;
const BAR = WIDTH - LEFT - RIGHT;

interface Row {
  readonly operation: string;
  readonly calls: number;
  /** `Infinity` for no limit. */
  readonly attempts: number;
  readonly exact: boolean;
  readonly burst: number | undefined;
}

export function chart(calls: readonly CallRecord[]): Markup {
  const rows = rowsOf(calls);
  const shown = rows.slice(0, MOST_ROWS);
  const largest = Math.max(
    LEAST_REQUESTS,
    ...shown
      .flatMap(({ attempts, burst }) => [attempts, burst ?? 0])
      .filter((value) => value <= MOST_REQUESTS),
    shown.some(({ attempts }) => attempts > MOST_REQUESTS && Number.isFinite(attempts))
      ? MOST_REQUESTS
      : 0,
  );
  const x = (value: number): number => LEFT + (Math.min(value, largest) / largest) * BAR;
  const height = TOP + shown.length * ROW + 8;
  const step = largest <= 12 ? 2 : largest <= 30 ? 5 : 10;
  const ticks = Array.from({ length: Math.floor(largest / step) + 1 }, (_, index) => index * step);
  return markup`<svg
      id="chart"
      viewBox="0 0 ${WIDTH} ${height}"
      role="img"
      aria-labelledby="chart-title chart-text"
    >
      <title id="chart-title">Requests that one call can send at worst, by operation</title>
      <desc id="chart-text">
        ${shown.map((row) => `${row.operation}: ${attemptsOf(row)}, ${burstOf(row)}`).join("; ")}.
      </desc>
      ${ticks.map(
        (tick) =>
          markup`<line
              class="grid"
              x1="${x(tick)}"
              x2="${x(tick)}"
              y1="${TOP - 6}"
              y2="${height - 8}"
            />
            <text class="tick" x="${x(tick)}" y="${TOP - 12}" text-anchor="middle">${tick}</text>`,
      )}
      ${shown.map((row, index) => bar(row, TOP + index * ROW, x))}
    </svg>
    ${
      rows.length > shown.length
        ? markup`<p class="note">
            ${count(rows.length - shown.length, "more operation")} in the table.
          </p>`
        : ""
    }`;
}

function bar(row: Row, y: number, x: (value: number) => number): Markup {
  const { attempts, burst, operation } = row;
  const middle = y + ROW / 2;
  const end = x(attempts);
  const level = !Number.isFinite(attempts)
    ? "limitless"
    : burst !== undefined && attempts > burst
      ? "above"
      : "within";
  const beyond = attempts > MOST_REQUESTS;
  return markup`<g class="row">
    <title>${operation}: ${attemptsOf(row)}, ${burstOf(row)}, ${count(row.calls, "call")}</title>
    <text class="name" x="${LEFT - 10}" y="${middle + 4}" text-anchor="end"
      >${shorten(operation)}</text
    >
    <rect
      class="bar ${level}"
      x="${LEFT}"
      y="${y + 5}"
      width="${Math.max(2, end - LEFT)}"
      height="${ROW - 10}"
      rx="2"
    />
    ${
      beyond
        ? markup`<path
            class="bar ${level}"
            d="M${end} ${y + 2} l9 ${ROW / 2 - 2} l-9 ${ROW / 2 - 2} z"
          />`
        : ""
    }
    ${
      burst === undefined
        ? ""
        : markup`<line
            class="burst"
            x1="${x(burst)}"
            x2="${x(burst)}"
            y1="${y + 1}"
            y2="${y + ROW - 1}"
          />`
    }
    <text class="value" x="${end + (beyond ? 14 : 8)}" y="${middle + 4}">${attemptsOf(row)}</text>
  </g>`;
}

function attemptsOf({ attempts, exact }: Row): string {
  if (!Number.isFinite(attempts)) return "no limit";
  return `${exact ? "" : "≥ "}${String(attempts)}`;
}

function burstOf({ burst }: Row): string {
  return burst === undefined ? "no documented burst" : `burst ${String(burst)}`;
}

/** The operations with the worst of their calls, the most requests first. */
function rowsOf(calls: readonly CallRecord[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const { attempts, operation, package: packageName, quota } of calls) {
    if (operation === null) continue;
    const key = `${packageName} ${operation}`;
    const before = rows.get(key);
    const value = attempts.value ?? Infinity;
    rows.set(key, {
      operation,
      calls: (before?.calls ?? 0) + 1,
      attempts: Math.max(before?.attempts ?? 0, value),
      exact: (before?.exact ?? true) && attempts.exact,
      burst: quota?.burst,
    });
  }
  return [...rows.values()].sort((a, b) =>
    a.attempts === b.attempts ? a.operation.localeCompare(b.operation) : b.attempts - a.attempts,
  );
}

function shorten(name: string): string {
  return name.length > 34 ? `${name.slice(0, 33)}…` : name;
}
