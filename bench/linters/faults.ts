/**
 * The seeded faults: every ❌ block of the rules' pages, with the ✅ block of the same example as its control. Nothing is
 * copied by hand, and the tests of the documentation show that each block compiles, that the page's rule reports the fault,
 * and that it does not report the control.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Example, examplesOf } from "../../tests/support/markdown.ts";

const pages = path.resolve(import.meta.dirname, "../../docs/rules");

export interface Fault {
  readonly rule: string;
  readonly line: number;
  readonly faulty: Example;
  readonly control: Example;
}

/** In a page, a run of ❌ blocks is followed by its run of ✅ blocks; the first belong together, and so on. */
export function seededFaults(): Fault[] {
  return readdirSync(pages).flatMap((page) => {
    const faults: Fault[] = [];
    let faulty: Example[] = [];
    let correct: Example[] = [];
    let before: Example | undefined;
    const pair = (): void => {
      for (const [index, example] of faulty.entries()) {
        // Where there are fewer controls than faults, the last shows the remedy for the others too.
        const control = correct[index] ?? correct.at(-1) ?? before;
        if (control === undefined) throw new Error(`${page}: line ${example.line} has no control.`);
        faults.push({
          rule: path.basename(page, ".md"),
          line: example.line,
          faulty: example,
          control,
        });
      }
      before = correct.at(-1) ?? before;
    };
    for (const example of examplesOf(readFileSync(path.join(pages, page), "utf8"))) {
      if (!/^[cm]?[jt]sx?$/.test(example.language)) continue;
      if (example.verdict === "correct") correct.push(example);
      if (example.verdict !== "incorrect") continue;
      if (correct.length > 0) {
        pair();
        [faulty, correct] = [[], []];
      }
      faulty.push(example);
    }
    pair();
    return faults;
  });
}
