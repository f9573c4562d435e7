/** For a pull request or a wiki. */
import type { Report } from "../report.ts";
import { cellsOf, COLUMNS, LEGEND, placeText, summaryText } from "../words.ts";

export function formatMarkdown(report: Report): string {
  const { calls, findings, problems, rules } = report;
  const urls = new Map(rules.map(({ id, url }) => [id, url]));
  const sections = [
    `# Amazon Connect calls of ${escape(report.project)}`,
    `${summaryText(report)} Preset \`${report.preset}\`, ${report.tool.name} ${report.tool.version}, ${report.createdAt.slice(0, 10)}.`,
    "## Findings",
    findings.length === 0
      ? "None."
      : table(
          ["Place", "Rule", "Finding"],
          findings.map(({ rule, message, ...place }) => [
            code(placeText(place)),
            `[${escape(rule.replace(/^.*\//, ""))}](${urls.get(rule) ?? ""})`,
            escape(message),
          ]),
        ),
    "## Calls",
    ...(calls.length === 0
      ? ["None."]
      : [
          table(
            COLUMNS,
            calls.map((call) => {
              const [place, ...others] = cellsOf(call);
              return [code(place), ...others.map(escape)];
            }),
          ),
          LEGEND.map(([term, meaning]) => `- **${term}**: ${meaning}`).join("\n"),
        ]),
    ...(problems.length === 0
      ? []
      : [
          "## Not checked as it should be",
          problems
            .map(
              ({ file, message }) =>
                `- ${file === undefined ? "" : `${code(file)}: `}${escape(message)}`,
            )
            .join("\n"),
        ]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that stays text: no markup, no mention, no cell border. */
function escape(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|#~@]/g, (character) =>
      character === "<" ? "&lt;" : character === ">" ? "&gt;" : `\\${character}`,
    )
    .replace(/\s+/g, " ");
}

/** A code span with as many backticks around it as it takes; a border of the table ends a cell even there. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text.replace(/\s/g, " ").replaceAll("|", "\\|")}${pad}${fence}`;
}
