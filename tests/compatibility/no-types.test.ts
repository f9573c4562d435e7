/**
 * Plain JavaScript without types (`settings.types: "optional"`, ESLint's own parser): inside one file the rules say of their pages'
 * examples what they say with types, and offer the same edits.
 */
import { describe, expect, it } from "vitest";
import { applyEdits } from "../support/gates.ts";
import type { LintSetup } from "../support/gates.ts";
import {
  asCommonJs,
  asJavaScript,
  examplesInOneFile,
  ofTheInstalledSdk,
  ofTheProgram,
  reportsBut,
  reportsOf,
  type RuleName,
  ruleNames,
} from "./examples.ts";

const untyped = (setup: LintSetup): LintSetup => ({ ...setup, parser: "espree" });

describe.each(ruleNames)("%s without types", (name) => {
  const examples = examplesInOneFile(name);

  it("reports its fault in JavaScript", () => {
    const reported = examples.filter(
      ({ setup }) => reportsOf(name, untyped(asJavaScript(setup))).length > 0,
    );
    expect(reported.map(({ verdict }) => verdict)).toContain("incorrect");
  });

  it.each(examples)("$place ($verdict) as with types", ({ setup, verdict }) => {
    const module = asJavaScript(setup);
    const reports = reportsOf(name, untyped(module));
    // That a correct example is silent with types too is tested where the pages are.
    const typed = verdict === "correct" ? [] : reportsOf(name, module);
    expect(reports).toEqual(reportsBut(name, typed, ofTheInstalledSdk, ofTheProgram));

    const commonJs = untyped(asCommonJs(module));
    const inCommonJs = reportsOf(name, commonJs);
    expect(inCommonJs.map(({ message }) => message)).toEqual(reports.map(({ message }) => message));
    expect(inCommonJs.map(editsOf)).toEqual(reports.map(editsOf));

    checkEdits(name, untyped(module));
    checkEdits(name, commonJs);
  });
});

/** Whether there is a fix, and which suggestions. */
function editsOf({ fix, suggestions = [] }: ReturnType<typeof reportsOf>[number]): unknown {
  return [fix !== undefined, ...suggestions.map(({ messageId }) => messageId)];
}

/** After each edit the file parses, and what was reported is no more. */
function checkEdits(name: RuleName, setup: LintSetup): void {
  const before = reportsOf(name, setup);
  for (const { fix, messageId, suggestions = [] } of before) {
    for (const edit of [fix, ...suggestions.map((suggestion) => suggestion.fix)]) {
      if (edit === undefined) continue;
      const after = reportsOf(name, setup, applyEdits(setup.code, [edit]));
      const count = (reports: typeof after): number =>
        reports.filter((report) => report.messageId === messageId).length;
      expect(count(after)).toBeLessThan(count(before));
    }
  }
}
