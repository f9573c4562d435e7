/**
 * Connect programs made at random: every edit of every rule has to stand the gates of the rule tester. A failure prints the seed and
 * the path that lead back to its program; `FUZZ_SEED` and `FUZZ_RUNS` (per cent of the usual number) choose others,
 * `FUZZ_SHRINK` has the failure made smaller.
 */
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { dice, fuzzRuns, fuzzSeed, isShrinking } from "./dice.ts";
import { checkEdits, isCompiling } from "./judge.ts";
import { layOut } from "./layout.ts";
import { meanings } from "./meaning.ts";
import { writeProgram } from "./write.ts";

const runs = fuzzRuns(40);
const counts = { programs: 0, filtered: 0, reports: 0 };

describe("programs made at random", () => {
  afterAll(() => {
    console.log(`fuzz: edits, seed ${fuzzSeed}:`, counts);
  });

  it(`have edits that stand all gates (${runs} programs, seed ${fuzzSeed})`, () => {
    fc.assert(
      fc.property(meanings, dice(60), dice(400), (meaning, spelling, layout) => {
        const written = writeProgram(meaning, spelling);
        const setup = { ...written, code: layOut(written.code, layout) };
        counts.programs += 1;
        if (isCompiling(setup)) counts.reports += checkEdits(setup);
        else counts.filtered += 1;
      }),
      {
        seed: fuzzSeed,
        numRuns: runs,
        endOnFailure: !isShrinking,
      },
    );
  }, 900_000);

  it("compile nearly always, and most are reported", () => {
    expect(counts.filtered).toBeLessThanOrEqual(Math.ceil(counts.programs / 20));
    expect(counts.reports).toBeGreaterThan(counts.programs);
  });
});
