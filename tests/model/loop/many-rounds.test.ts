import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fuzzRuns, fuzzSeed } from "../../fuzz/dice.ts";
import { OK, verdict } from "./lab.ts";

const START = "let n = 0; let m = 1; let isOpen = true;";

/** What the model says of a loop that handles an error in that way. */
const attempts = (handling: string): string =>
  verdict(
    `${START} while (true) { try { ${OK} } catch (e: any) { ${handling} await sleep(9); } }`,
  ).split(", ")[1] ?? "";

/** How often the handling runs until it throws, when it is run; `Infinity` beyond ten thousand times. */
function rounds(handling: string): number {
  return runInNewContext(
    `${START} let done = 0; try { while (done < 10000) { done++; const e = 0; ${handling} } done = Infinity; } catch {} done`,
  ) as number;
}

function expectAsRun(handling: string): void {
  const expected = rounds(handling);
  const said = attempts(handling);
  if (expected === Infinity) expect(said, handling).not.toMatch(/\d/);
  else expect(said, handling).toBe(`bounded ${String(expected)}`);
}

it.each([
  "n++; if (n === 500) throw e;",
  "n++; if (n >= 9999) throw e;",
  "n++; if (n > 9999) throw e;",
  "n++; if (n > 10000) throw e;",
  "n += 7; if (n > 3500) throw e;",
  "n -= 3; if (n === -3000) throw e;",
  "n -= 3; if (n === -3001) throw e;",
  "n += 0.1; if (n > 100) throw e;",
  "n++; if (n % 100 === 0) throw e;",
  "n++; if (n / 2 === 450) throw e;",
  "n++; if (Math.floor(n / 300) >= 2) throw e;",
  "n++; m += 2; if (m - n > 400) throw e;",
  "n++; m += n; if (m > 90000) throw e;",
  "n = Math.min(n + 1, 700); if (n === 700) throw e;",
  "n = Math.min(n + 1, 700); if (n > 700) throw e;",
  "n++; m = n > 200 ? m + 1 : m; if (m > 300) throw e;",
  "n++; m = Math.max(n - 400, 3); if (m === 50) throw e;",
  "m *= 2; if (m > 1e300) throw e;",
  "m *= 2; if (m === 7) throw e;",
  "m = -m; n++; if (n + m === 600) throw e;",
  "n++; isOpen = n < 800; if (!isOpen) throw e;",
  "n++; m = n >= 300 ? n % 7 : 0; if (m === 3) throw e;",
  "n++; if (n ** 2 === 250000) throw e;",
])("comes to an end as it does when it is run: %s", (handling) => {
  expectAsRun(handling);
});

it(`counts rounds of handlers written at random as they run (seed ${String(fuzzSeed)})`, () => {
  const number = fc.integer({ min: 1, max: 3000 });
  const update = fc.oneof(
    number.map((by) => `n += ${String(by % 40)};`),
    number.map((by) => `n -= ${String(by)};`),
    number.map((most) => `m = Math.min(m + 2, ${String(most)});`),
    number.map((from) => `m = n > ${String(from)} ? m + 1 : m;`),
    number.map((by) => `m = n % ${String(by)};`),
    number.map((by) => `m = n * ${String(by)};`),
    number.map((until) => `isOpen = n < ${String(until)};`),
    fc.constant("m += n;"),
    fc.constant("m *= 2;"),
  );
  const end = fc.oneof(
    number.map((at) => `n === ${String(at)}`),
    number.map((at) => `m >= ${String(at)}`),
    number.map((at) => `m - n > ${String(at)}`),
    fc.constant("!isOpen"),
  );
  const handling = fc
    .tuple(fc.array(update, { maxLength: 2 }), end)
    .map(([updates, test]) => `n++; ${updates.join(" ")} if (${test}) throw e;`);
  fc.assert(fc.property(handling, expectAsRun), { seed: fuzzSeed, numRuns: fuzzRuns(25) });
});
