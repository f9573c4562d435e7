/** Runs the steps of one way over and over with real numbers: how many attempts it takes until a test no longer lets it pass. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Course } from "./course.ts";
import { Memory } from "./memory.ts";
import { placesIn, placesWritten } from "./places.ts";
import type { Region } from "./region.ts";
import type { State, Step } from "./state.ts";
import { partsOf, writesOfStep } from "./steps.ts";

/** As good as for ever: no counter that anybody writes gets there. */
export const MAX_ROUNDS = 10_000;

const FEW_ROUNDS = 32;

/** Whether a test that can be computed reads something that the steps change; otherwise more rounds tell nothing more. */
function counts(cycle: readonly Step[], unread: ReadonlySet<TSESTree.Node>): boolean {
  const written = new Set(
    cycle.flatMap((step) =>
      step.kind === "bind"
        ? step.values.map(([place]) => place)
        : writesOfStep(step).flatMap(placesWritten),
    ),
  );
  return cycle.some((step) => {
    if (step.kind !== "test" || unread.has(step.node)) return false;
    return (
      step.node.type === T.ForOfStatement ||
      [...placesIn(step.node)].some((place) => written.has(place))
    );
  });
}

/** Attempts until the first test that goes the other way; the ways are taken in turn, `limit` of them at most. */
export function roundsOf(
  region: Region,
  ways: readonly State[],
  limit = MAX_ROUNDS,
): {
  readonly attempts: number;
  readonly unread: ReadonlySet<TSESTree.Node>;
  readonly memory: Memory;
} {
  const memory = new Memory(region);
  const cycles = ways.map((state) => partsOf(region, state));
  for (const step of cycles[0]?.prefix ?? []) memory.run([step]);
  const turns: Course[] = [];
  let watched = FEW_ROUNDS;
  for (let attempts = 1; attempts <= limit; attempts += 1) {
    const cycle = cycles[(attempts - 1) % cycles.length]?.cycle ?? [];
    if (!memory.run(cycle)) return { attempts, unread: memory.unread, memory };
    if (attempts === FEW_ROUNDS && !cycles.some((each) => counts(each.cycle, memory.unread))) break;
    if (attempts < watched || (attempts - watched) % cycles.length !== 0) continue;
    if (attempts > watched) turns.push(memory.course.copy());
    memory.course.begin();
    const [first, second, third] = turns;
    if (first === undefined || second === undefined || third === undefined) continue;
    // Until a decision changes, the rounds are all alike.
    const ahead = Math.min(
      third.turnsAhead([first, second]),
      Math.floor((limit - attempts) / cycles.length),
    );
    memory.course.skip(second, ahead);
    attempts += ahead * cycles.length;
    watched = attempts + FEW_ROUNDS;
    turns.length = 0;
  }
  return { attempts: Infinity, unread: memory.unread, memory };
}
