/**
 * What rules were seen to do in this run is what they say they do. Runs after all other tests, and only
 * with them: alone there is nothing to compare.
 */
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { readObservations } from "../support/observations.ts";

const observed = readObservations();

/**
 * Texts of edits that are fixes in every case that the rule tests reach. They are shown only where the same edit is lowered to
 * a suggestion, as in scripts and in blocks that a processor cut out; tests in `tests/fix` hold that.
 */
const WORDING_OF_FIXES: Readonly<Record<string, readonly string[]>> = {
  "require-retry": ["addStrategy"],
  "require-jitter": ["varyInterval"],
  "no-unsent-request": ["awaitPromise"],
  "valid-retry-config": ["replaceKey"],
  "valid-error-check": ["writeName"],
};

describe.runIf(observed.size > 0 || process.env["CI"])("observed", () => {
  // With a filter on the command line only the rules that were run are judged.
  const judged = Object.entries(rules).filter(([name]) => observed.has(name) || process.env["CI"]);

  it.each(judged)("%s does what its meta says", (name, { meta }) => {
    const seen = observed.get(name);
    expect({ fixes: seen?.fixes, suggestions: seen?.suggestions }).toEqual({
      fixes: meta.fixable === "code",
      suggestions: meta.hasSuggestions === true,
    });
  });

  it.each(judged)("%s has a test for each of its messages", (name, { meta }) => {
    const seen = [...(observed.get(name)?.messageIds ?? []), ...(WORDING_OF_FIXES[name] ?? [])];
    expect(Object.keys(meta.messages).filter((id) => !seen.includes(id))).toEqual([]);
  });
});
