/** Where a file's code runs. */
import type { Unit } from "../program/unit.ts";

/** Whether a file speaks of what only browsers have: there the SDK sends with `fetch`, and no module of Node can be imported. */
export function isForBrowser({ fileName, text }: Unit): boolean {
  return (
    /\.[jt]sx$/.test(fileName) ||
    /\b(?:window|document|navigator|localStorage|sessionStorage)\.|["']react["']|import\.meta\.env/.test(
      text,
    )
  );
}
