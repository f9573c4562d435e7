/**
 * What rules were seen to do, kept in files because test files run in several workers. The folder is
 * emptied when a run begins (`global-setup.ts`) and read by `tests/meta/observed.test.ts`, which runs last.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Observation } from "./gates.ts";

const folder = path.resolve(
  import.meta.dirname,
  "../../node_modules/.cache/connect-resilience-tests",
);

export function forgetObservations(): void {
  rmSync(folder, { recursive: true, force: true });
}

export function recordObservations(ruleName: string, observations: readonly Observation[]): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${ruleName}.jsonl`);
  appendFileSync(file, observations.map((item) => `${JSON.stringify(item)}\n`).join(""));
}

/** Everything seen in this run, by rule, put together. */
export function readObservations(): Map<string, Observation> {
  const seen = new Map<string, Observation>();
  if (!existsSync(folder)) return seen;
  for (const file of readdirSync(folder)) {
    const lines = readFileSync(path.join(folder, file), "utf8").split("\n").filter(Boolean);
    const items = lines.map((line) => JSON.parse(line) as Observation);
    seen.set(path.basename(file, ".jsonl"), {
      messageIds: [...new Set(items.flatMap((item) => item.messageIds))],
      fixes: items.some((item) => item.fixes),
      suggestions: items.some((item) => item.suggestions),
    });
  }
  return seen;
}
