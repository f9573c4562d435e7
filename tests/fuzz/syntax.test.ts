/** Code that nobody would write: no rule throws, and no edit leaves a file that does not parse. */
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { LintSetup } from "../support/gates.ts";
import { dice, fuzzRuns, fuzzSeed } from "./dice.ts";
import { checkSurvives, lintAll, parsingFault } from "./judge.ts";
import { mutant } from "./mutate.ts";
import { snippets } from "./snippets.ts";
import { randomFile } from "./syntax.ts";

const runs = fuzzRuns(40);
const counts = { files: 0, unparsed: 0, reports: 0 };

/** In all ways in which it can be parsed. */
function check(code: string): void {
  const setups: readonly LintSetup[] = [
    { code, allowTypeErrors: true },
    { code, types: false },
    { code, parser: "espree" },
  ];
  counts.files += 1;
  for (const setup of setups) {
    if (parsingFault(setup) !== undefined) {
      if (setup.parser === undefined && setup.types === undefined) counts.unparsed += 1;
      continue;
    }
    checkSurvives(setup);
    if (setup.types === undefined) counts.reports += lintAll(setup).length;
  }
}

const settings = { seed: fuzzSeed, numRuns: runs, interruptAfterTimeLimit: 3_600_000 };

describe("code without sense", () => {
  afterAll(() => {
    console.log(`fuzz: syntax, seed ${fuzzSeed}:`, counts);
  });

  it(`made of random syntax (${runs} files, seed ${fuzzSeed})`, () => {
    fc.assert(
      fc.property(dice(250), fc.boolean(), (choices, typed) => {
        check(randomFile(choices, typed));
      }),
      settings,
    );
  }, 3_600_000);

  it(`made of cases and examples with other tokens (${runs} files, seed ${fuzzSeed})`, () => {
    const originals = snippets();
    expect(originals.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(dice(80), (choices) => {
        check(mutant(originals, choices));
      }),
      settings,
    );
  }, 3_600_000);

  it("parses most of the time, and gets reports", () => {
    expect(counts.unparsed).toBeLessThan(counts.files / 4);
    expect(counts.reports).toBeGreaterThan(counts.files / 4);
  });
});
