/** SARIF 2.1.0, for code scanning. */
import type { Finding, Report } from "../report.ts";

export function formatSarif(report: Report): string {
  const { findings, problems, rules, tool } = report;
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            informationUri: tool.url,
            rules: rules.map(({ description, id, url }) => ({
              id,
              name: pascalCase(id.replace(/^.*\//, "")),
              shortDescription: { text: sentence(description) },
              helpUri: url,
              defaultConfiguration: { level: "error" },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: !problems.some(({ fatal }) => fatal),
            toolExecutionNotifications: problems.map(({ fatal, file, message }) => ({
              level: fatal ? "error" : "warning",
              message: { text: message },
              ...(file === undefined ? {} : { locations: [location({ file })] }),
            })),
          },
        ],
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indexes.get(finding.rule) ?? -1,
          level: "error",
          message: { text: finding.message },
          locations: [location(finding)],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function location({
  column,
  endColumn,
  endLine,
  file,
  line,
}: Partial<Finding> & Pick<Finding, "file">): object {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    physicalLocation: {
      artifactLocation: {
        uri: file.split("/").map(encodeURIComponent).join("/"),
        uriBaseId: "%SRCROOT%",
      },
      ...(line === undefined ? {} : { region }),
    },
  };
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
