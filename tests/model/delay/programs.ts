/** Short programs with a wait in them, grouped by what is right to say of the wait. */
import { expect, it } from "vitest";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import type { Delay } from "../../../src/model/delay/delay.ts";
import { sleepAt } from "../../../src/model/delay/sleep.ts";
import { withModel } from "../../support/model.ts";

type Expected = Partial<Pick<Delay, "capped" | "fixedMs" | "kind" | "maxMs">>;

/**
 * What is right, and programs by a name for what they show. `ATTEMPTS` is the head of a loop that counts `n` from 0 to 4,
 * `WAIT(ms)` the sleep that is asked about; `// other.ts` starts a second file.
 */
export type Group = readonly [expected: Expected, programs: Readonly<Record<string, string>>];

const SLEEP = "const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));";

export function delayIn(program: string, attempts: number | undefined = 5): Delay {
  const [code = "", other = ""] = program
    .replaceAll("ATTEMPTS", "for (let n = 0; n < 5; n++)")
    .replaceAll("WAIT(", "await /*target*/ sleep(")
    .split("// other.ts");
  const files = { "file.ts": `export {}; ${SLEEP} ${code}`, "other.ts": other };
  return withModel(files, (_unit, [target]) => {
    const sleep = target === undefined ? undefined : sleepAt(target);
    if (sleep === undefined) throw new Error("The target is no sleep.");
    return delayOf(sleep, { attempts });
  });
}

/** One test for each program. */
export function testPrograms(groups: readonly Group[], attempts: number | undefined = 5): void {
  for (const [expected, programs] of groups) {
    it.each(Object.entries(programs))(`${titleOf(expected)}: %s`, (_name, program) => {
      expect(delayIn(program, attempts)).toMatchObject(expected);
    });
  }
}

function titleOf({ kind, fixedMs, maxMs, capped }: Expected): string {
  const parts = [kind, fixedMs ?? (maxMs === undefined ? undefined : `to ${String(maxMs)}`)];
  return [...parts, capped === "no" ? "without end" : undefined]
    .filter((part) => part !== undefined)
    .join(" ");
}
