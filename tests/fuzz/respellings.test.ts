/** One program written in many ways: the verdict stays the same. */
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { LintSetup } from "../support/gates.ts";
import { Dice, dice, fuzzRuns, fuzzSeed, isShrinking } from "./dice.ts";
import { FuzzError, isCompiling, verdictOf } from "./judge.ts";
import { layOut } from "./layout.ts";
import { meanings } from "./meaning.ts";
import { respell, respellings } from "./respell.ts";
import { writeProgram } from "./write.ts";

const runs = fuzzRuns(40);
const counts = { programs: 0, respellings: 0, filtered: 0 };

/** Clients may share a configuration, which then has one report for all of them. */
const isOfClient = (message: string): boolean => message.startsWith("valid-retry-config: ");

/** Messages whose rule reads loops alone, so that they do not survive a rewriting as recursion. */
const OF_LOOPS = new Set(["valid-retry-config: rebuilt"]);

describe("one program written in two ways", () => {
  afterAll(() => {
    console.log(`fuzz: respellings, seed ${fuzzSeed}:`, counts);
  });

  it(`gets one verdict (${runs} programs, seed ${fuzzSeed})`, () => {
    fc.assert(
      fc.property(meanings, dice(60), dice(400), dice(30), (meaning, spelling, layout, changes) => {
        counts.programs += 1;
        const plain = writeProgram(meaning, new Dice());
        const spelt = writeProgram(meaning, spelling);
        if (!isCompiling(plain) || !isCompiling(spelt)) {
          counts.filtered += 1;
          return;
        }
        const verdict = verdictOf(spelt);
        compare("another way of writing", plain, spelt, (message) => !OF_LOOPS.has(message));
        compare("another layout", spelt, { ...spelt, code: layOut(spelt.code, layout) });
        for (let count = 0; count < 3; count++) {
          const name = changes.pick(Object.keys(respellings));
          const changed = respell(spelt, name, changes);
          if (changed !== undefined) compare(name, spelt, changed);
        }
        expect(verdictOf(spelt)).toEqual(verdict);
      }),
      {
        seed: fuzzSeed,
        numRuns: runs,
        endOnFailure: !isShrinking,
      },
    );
  }, 900_000);

  it("compiles nearly always, and most rewritings apply", () => {
    expect(counts.filtered).toBeLessThanOrEqual(
      Math.ceil((counts.programs + counts.respellings) / 20),
    );
    expect(counts.respellings).toBeGreaterThan(2 * counts.programs);
  });
});

function compare(
  how: string,
  before: LintSetup,
  after: LintSetup,
  counted: (message: string) => boolean = () => true,
): void {
  counts.respellings += 1;
  if (!isCompiling(after)) {
    counts.filtered += 1;
    return;
  }
  const [expected, found] = [before, after].map((setup) =>
    verdictOf(setup)
      .filter(counted)
      .filter((message, index, all) => !isOfClient(message) || all.indexOf(message) === index)
      .join("\n"),
  );
  if (expected === found) return;
  const problem = `The verdict changed with ${how}.\nIt was:\n${expected}\nIt is:\n${found}\n`;
  throw new FuzzError(`${problem}\n${after.code}\nBefore:`, before);
}
