/** For programs: the report as it is. */
import type { Report } from "../report.ts";

/** Raised when a field changes its meaning or goes away. */
const SCHEMA_VERSION = 1;

export function formatJson(report: Report): string {
  // Keys that are not known are left out by JSON.stringify.
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...report }, undefined, 2)}\n`;
}
