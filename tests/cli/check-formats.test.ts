/** The formats of `check`, on a report in which names try to be markup. */
import { describe, expect, it } from "vitest";
import { type Format, FORMATS, formatReport } from "../../src/cli/check/format/index.ts";
import { duration } from "../../src/cli/check/words.ts";
import { emptyReport, EVIL_FILE, EVIL_OPERATION, report } from "./check-report.ts";

function formatted(format: Format, of = report, width = 120): string {
  return formatReport(of, format, { paint: (_, text) => text, quiet: false, width });
}

describe.each(FORMATS)("%s", (format) => {
  it("ends with one newline, whatever was found", () => {
    for (const each of [report, emptyReport]) expect(formatted(format, each)).toMatch(/[^\n]\n$/);
  });
});

describe("table", () => {
  it("says each number as it is known", () => {
    const lines = formatted("table", report, 400).split("\n");
    const row = (text: string): string[] =>
      (lines.find((line) => line.includes(text)) ?? "").split("│").map((cell) => cell.trim());
    expect(row("src/users.ts:14").slice(2, 7)).toEqual([
      "ListUsers",
      "2/s, burst 5",
      "ConnectClient's default ×3",
      "3",
      "3 s",
    ]);
    expect(row("src/users.ts:30").slice(3, 7)).toEqual([
      "10/s, burst 15",
      "for loop ×5, fixed 1 s › ConnectClient's default ×3",
      "15",
      "19 s",
    ]);
    expect(row("src/users.ts:40").slice(4, 7)).toEqual([
      "while loop without limit, no wait › ConnectClient's default ×3",
      "no limit",
      "no limit",
    ]);
    expect(row("src/users.ts:50").slice(2, 7)).toEqual([
      "command not seen",
      "not documented",
      "client not seen",
      "≥ 1",
      "unknown",
    ]);
    expect(row(EVIL_FILE).slice(5, 7)).toEqual(["≥ 70", "≥ 4 min 10 s"]);
  });

  it("folds the retries on a narrow terminal", () => {
    const usual = {
      ...report,
      calls: report.calls.filter(({ file }) => file !== EVIL_FILE),
    };
    const lines = formatted("table", usual, 125).split("\n");
    const box = lines.filter((line) => /^[┌│├└]/.test(line));
    expect(new Set(box.map((line) => line.length))).toEqual(new Set([125]));
  });
});

describe("json", () => {
  it("holds the report, with null for no limit", () => {
    const parsed = JSON.parse(formatted("json")) as typeof report & { schemaVersion: number };
    expect(parsed).toEqual({ schemaVersion: 1, ...(JSON.parse(JSON.stringify(report)) as object) });
    expect(parsed.calls[2]?.attempts).toEqual({ value: null, exact: true });
  });
});

describe("markdown", () => {
  const text = formatted("markdown");

  it("has as many cells in each row as the head has", () => {
    const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      const cells = table.split("\n").map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  it("lets no name be markup outside of code", () => {
    const outside = text.replace(/(`+)[^\n]*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/<(?:img|script)/);
    expect(outside).toContain("&lt;img");
    expect(text).toContain("`` src/a\\|b `c` <img");
  });

  it("says so when there is nothing", () => {
    expect(formatted("markdown", emptyReport)).toMatch(
      /## Findings\n\nNone\.\n\n## Calls\n\nNone\./,
    );
  });
});

describe("sarif", () => {
  interface Sarif {
    readonly version: string;
    readonly $schema: string;
    readonly runs: readonly {
      readonly tool: {
        readonly driver: {
          readonly name: string;
          readonly rules: readonly {
            readonly id: string;
            readonly name: string;
            readonly shortDescription: { readonly text: string };
            readonly helpUri: string;
          }[];
        };
      };
      readonly invocations: readonly { readonly executionSuccessful: boolean }[];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: Readonly<Record<string, number>>;
          };
        }[];
      }[];
    }[];
  }
  const log = JSON.parse(formatted("sarif")) as Sarif;
  const [run] = log.runs;

  it("is version 2.1.0 with one run", () => {
    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toMatch(/sarif-2\.1\.0/);
    expect(log.runs).toHaveLength(1);
    expect(run?.invocations[0]?.executionSuccessful).toBe(true);
  });

  it("describes each rule", () => {
    expect(run?.tool.driver.rules.map(({ name }) => name)).toEqual(["RequireRetry", "SyntaxError"]);
    for (const { helpUri, shortDescription } of run?.tool.driver.rules ?? []) {
      expect(shortDescription.text).toMatch(/^[A-Z].*\.$/);
      expect(new URL(helpUri).protocol).toBe("https:");
    }
  });

  it("places each result, and points to its rule", () => {
    const rules = run?.tool.driver.rules ?? [];
    expect(run?.results).toHaveLength(report.findings.length);
    for (const [index, result] of run!.results.entries()) {
      const { artifactLocation, region } = result.locations[0]!.physicalLocation;
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(decodeURIComponent(artifactLocation.uri)).toBe(report.findings[index]?.file);
      expect(artifactLocation.uri).not.toMatch(/[\s<>"`|]/);
      expect(region["startLine"]).toBe(report.findings[index]?.line);
      expect(result.message.text).not.toBe("");
    }
  });
});

describe("html", () => {
  it("escapes every name", () => {
    const text = formatted("html");
    expect(text).not.toContain("<img");
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).not.toContain(EVIL_OPERATION);
  });

  it("refers to nothing that would be loaded", () => {
    const text = formatted("html");
    expect(text).not.toMatch(/\b(?:src|srcset|data|action)="/);
    const links = [...text.matchAll(/<(\w+)[^>]*\bhref="([^"]*)"/g)].map(
      ([, element, address]) => `${String(element)} ${String(address)}`,
    );
    expect(links.filter((link) => !link.startsWith("a https://"))).toEqual(["link data:,"]);
  });

  it("says so when there is nothing", () => {
    const text = formatted("html", emptyReport);
    expect(text).toContain("None were found.");
    expect(text).toContain("None: every rule of the preset is satisfied.");
    expect(text).not.toContain("<svg");
  });
});

it.each([
  [0, "none"],
  [700, "700 ms"],
  [1500, "1.5 s"],
  [119_000, "119 s"],
  [250_000, "4 min 10 s"],
  [3_599_900, "60 min"],
  [7_200_000, "2 h"],
  [11_100_000, "3 h 5 min"],
])("%i ms are %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});
