/**
 * Compares the reports of all rules under another version of ESLint with those under the installed one, on programs made at random,
 * on the files of rare syntax and on code without sense. `npm run compatibility` does so for every version that is supported;
 * by hand:
 *
 * ```sh
 * npx tsx tests/fuzz/versions.ts /path/to/node_modules/eslint
 * ```
 *
 * The other version is installed in a folder of its own (as a dependency here it would take over the `eslint` command).
 * `FUZZ_RUNS` and `FUZZ_SEED` as in the tests. Exits with 1 where a report, a fix or a suggestion differs.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Linter as LinterTypes } from "eslint";
import fc from "fast-check";
import { projectDirectory } from "../support/case-program.ts";
import type { LintSetup } from "../support/gates.ts";
import { dice, fuzzRuns, fuzzSeed } from "./dice.ts";
import { lintAll } from "./judge.ts";
import { layOut } from "./layout.ts";
import { meanings } from "./meaning.ts";
import { oddities } from "./oddities.ts";
import { randomFile } from "./syntax.ts";
import { writeProgram } from "./write.ts";

interface Eslint {
  readonly Linter: (new (options: object) => LinterTypes) & { readonly version: string };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Say where the other ESLint is installed.");
const load = createRequire(import.meta.url);
const own = load("eslint") as Eslint;
const other = load(path.resolve(folder)) as Eslint;

const numRuns = fuzzRuns(40);
const settings = { seed: fuzzSeed, numRuns };
const programs: readonly LintSetup[] = [
  ...Object.values(oddities),
  ...fc
    .sample(fc.tuple(meanings, dice(60), dice(400)), settings)
    .map(([meaning, spelling, layout]) => {
      const setup = writeProgram(meaning, spelling);
      return { ...setup, code: layOut(setup.code, layout) };
    }),
  ...fc.sample(dice(250), settings).map((choices) => ({ code: randomFile(choices, true) })),
];

let reports = 0;
let differences = 0;
for (const setup of programs) {
  const [ours, theirs] = [own, other].map(({ Linter }) => reportsOf(setup, Linter));
  reports += ours?.length ?? 0;
  if (isDeepStrictEqual(ours, theirs)) continue;
  differences += 1;
  console.error(setup.code, "\n", ours, "\n", theirs, "\n");
}
const versions = `ESLint ${own.Linter.version} and ${other.Linter.version}`;
console.log(
  `${versions}, seed ${fuzzSeed}: ${programs.length} programs, ${reports} reports, ${differences} programs with differences`,
);
process.exitCode = differences > 0 || reports === 0 ? 1 : 0;

/** What ESLint says of its own accord (a file that does not parse) is worded differently from one version to the next. */
function reportsOf(setup: LintSetup, Linter: Eslint["Linter"]): object[] {
  const linter = new Linter({ configType: "flat", cwd: projectDirectory });
  return lintAll(setup, linter).map(
    ({ ruleId, messageId, message, line, column, endLine, endColumn, fix, suggestions, fatal }) =>
      fatal === true
        ? { fatal }
        : { ruleId, messageId, message, line, column, endLine, endColumn, fix, suggestions },
  );
}
