/** The parts of `npm run demo` that take seconds: the examples compile, and show what they are meant to show. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { SCENARIOS } from "../../tools/demo-scenarios.ts";
import { EXAMPLES } from "../../tools/examples.ts";
import { lintProject, loadConfig } from "../support/user-config.ts";

/** Findings as `file:line rule`, linted with the project's own config. */
async function findings(project: string, configFile: string): Promise<string[]> {
  const folder = path.join(EXAMPLES, project);
  const text = readFileSync(path.join(folder, configFile), "utf8");
  // The config itself is not the subject, and would need the plugin to be built.
  const config = [...(await loadConfig(text, folder)), { ignores: [configFile] }];
  const results = await lintProject(folder, config);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId }) => {
      const file = path.relative(folder, filePath).replaceAll("\\", "/");
      return `${file}:${line} ${ruleId ?? "fatal"}`;
    }),
  );
}

describe("examples/contact-centre", () => {
  const folder = path.join(EXAMPLES, "contact-centre");

  it("compiles", () => {
    const { config } = ts.readConfigFile(path.join(folder, "tsconfig.json"), (file) =>
      ts.sys.readFile(file),
    ) as { config: unknown };
    const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const program = ts.createProgram(fileNames, { ...options, noEmit: true });
    const errors = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(fileNames.length).toBeGreaterThan(5);
    expect(errors).toEqual([]);
  });

  it("has findings of the plugin, and no others", async () => {
    const found = await findings("contact-centre", "eslint.config.js");
    expect(found).toEqual(
      expect.arrayContaining([
        "src/campaign.ts:9 connect-resilience/require-retry",
        "src/connect.ts:4 connect-resilience/require-retry",
        "src/failover.ts:11 connect-resilience/require-retry",
        "src/failover.ts:18 connect-resilience/require-retry",
      ]),
    );
    expect(found.filter((finding) => !finding.includes(" connect-resilience/"))).toEqual([]);
  });

  it("has a scenario for each of its jobs", () => {
    const jobs = readdirSync(path.join(folder, "src/jobs")).map((file) => path.parse(file).name);
    expect(SCENARIOS.map(({ job }) => job).toSorted()).toEqual(jobs.toSorted());
  });
});

describe("examples/javascript-lambda", () => {
  it("has the finding that its README shows", async () => {
    const found = await findings("javascript-lambda", "eslint.config.mjs");
    expect(found).toContain("index.js:3 connect-resilience/require-retry");
    expect(found.filter((finding) => !finding.includes(" connect-resilience/"))).toEqual([]);
  });
});
