/** The formats by name. */
import type { Report } from "../report.ts";
import { formatHtml } from "./html.ts";
import { formatJson } from "./json.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatSarif } from "./sarif.ts";
import { formatTable, type TableLayout } from "./table.ts";

export const FORMATS = ["table", "json", "markdown", "sarif", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** The format that a file's name asks for. */
export function formatOfFile(file: string): Format | undefined {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  return new Map<string, Format>([
    ["htm", "html"],
    ["html", "html"],
    ["json", "json"],
    ["markdown", "markdown"],
    ["md", "markdown"],
    ["sarif", "sarif"],
    ["txt", "table"],
  ]).get(ending);
}

/** Writes a report in a format, ending with a newline. */
export function formatReport(report: Report, format: Format, layout: TableLayout): string {
  switch (format) {
    case "table":
      return formatTable(report, layout);
    case "json":
      return formatJson(report);
    case "markdown":
      return formatMarkdown(report);
    case "sarif":
      return formatSarif(report);
    case "html":
      return formatHtml(report);
  }
}
