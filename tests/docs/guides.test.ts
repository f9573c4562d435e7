/**
 * The code of the guides compiles; a fence with `{"clean": true}` is what a reader ends up with, so no recommended rule has
 * anything to say about it, and the fence before it shows what the rules report.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { checkValidCase, lint, type LintSetup } from "../support/gates.ts";
import { type Example, examplesOf } from "../support/markdown.ts";

const folder = path.resolve(import.meta.dirname, "../../docs");
const recommended = Object.entries(rules).filter(([, { meta }]) =>
  meta.docs?.presets.includes("recommended"),
);

function codeOf(page: string): Example[] {
  return examplesOf(readFileSync(path.join(folder, page), "utf8")).filter(
    ({ language }) => language === "ts",
  );
}

/** Compiles an example, and gives the names of the rules that report it. */
function reportedBy({ files }: Example): string[] {
  const [main, ...others] = files;
  if (main === undefined || others.length > 0) throw new Error("A guide shows one file at a time.");
  const setup: LintSetup = { filename: "src/file.ts", code: main.code };
  checkValidCase(setup);
  return recommended
    .filter(([name, rule]) => lint(name, rule, setup, main.code).length > 0)
    .map(([name]) => name);
}

describe.each(["throttling.md", "lambda-budgets.md"])("%s", (page) => {
  it.each(codeOf(page))("line $line is what the rules ask for", (example) => {
    expect(reportedBy(example)).toEqual([]);
  });
});

describe("migration.md", () => {
  const examples = codeOf("migration.md");

  it.each(examples)("line $line compiles, and is reported if it is to be migrated", (example) => {
    const rulesThatReport = reportedBy(example);
    if (example.properties["clean"] === true) expect(rulesThatReport).toEqual([]);
    else expect(rulesThatReport).not.toEqual([]);
  });

  it("shows both", () => {
    const clean = examples.filter(({ properties }) => properties["clean"] === true);
    expect(clean.length).toBeGreaterThan(3);
    expect(examples.length - clean.length).toBeGreaterThan(2);
  });
});
