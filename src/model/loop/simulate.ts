/** Runs the steps between attempts over and over with real numbers: how many attempts it takes until the tests let no way pass. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type Course, Recurrence } from "./course.ts";
import { Memory } from "./memory.ts";
import { placesIn, placesWritten } from "./places.ts";
import type { Region } from "./region.ts";
import type { State, Step } from "./state.ts";
import { partsOf, writesOfStep } from "./steps.ts";

/** As good as for ever: no counter that anybody writes gets there. */
export const MAX_ROUNDS = 10_000;

const FEW_ROUNDS = 32;

/** Rounds of several ways, each of which takes more time, after which nothing is told of them unless they repeat themselves. */
const MANY_ROUNDS = 1000;

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

export interface Rounds {
  /** Until no way to another attempt is open; `Infinity` where that does not happen. */
  readonly attempts: number;
  /** Tests that could not be computed at some time. */
  readonly unread: ReadonlySet<TSESTree.Node>;
  /** The ways that were taken; none where the rounds are so many that nothing is told of their end. */
  readonly taken: readonly State[];
  readonly memory: Memory;
}

/** Runs attempt after attempt, `limit` of them at most; between them the first of the ways is taken that the numbers let pass. */
export function roundsOf(region: Region, ways: readonly State[], limit = MAX_ROUNDS): Rounds {
  const cycles = ways.map((state) => partsOf(region, state));
  let memory = new Memory(region);
  for (const step of cycles[0]?.prefix ?? []) memory.run([step]);
  const taken = new Set<number>();
  const endsAfter = (attempts: number): Rounds => ({
    attempts,
    unread: memory.unread,
    taken: ways.filter((_, index) => taken.has(index)),
    memory,
  });
  let turns: { readonly course: Course; readonly way: number }[] = [];
  let watched = FEW_ROUNDS;
  const recurrence = new Recurrence();
  for (let attempts = 1; attempts <= limit; attempts += 1) {
    const open = firstOpen(memory, cycles);
    if (open === undefined) return endsAfter(attempts);
    memory = open.memory;
    taken.add(open.way);
    if (attempts === FEW_ROUNDS && !cycles.some((each) => counts(each.cycle, memory.unread))) break;
    if (ways.length > 1) {
      if (recurrence.comesBackTo(memory.course)) break;
      if (recurrence.length > MANY_ROUNDS) return { ...endsAfter(Infinity), taken: [] };
    }
    if (attempts < watched) continue;
    if (attempts > watched) turns.push({ course: memory.course.copy(), way: open.way });
    memory.course.begin();
    const [first, second, third] = turns;
    if (first === undefined || second === undefined || third === undefined) continue;
    // Until a decision changes, the rounds are all alike.
    const ahead = turns.some(({ way }) => way !== open.way)
      ? 0
      : Math.min(third.course.turnsAhead([first.course, second.course]), limit - attempts);
    memory.course.skip(second.course, ahead);
    attempts += ahead;
    watched = attempts + FEW_ROUNDS;
    turns = [];
  }
  return endsAfter(Infinity);
}

/** The first way whose tests come out as they do on it, and the values after it. */
function firstOpen(
  memory: Memory,
  cycles: readonly { readonly cycle: readonly Step[] }[],
): { readonly way: number; readonly memory: Memory } | undefined {
  for (const [way, { cycle }] of cycles.entries()) {
    const tried = cycles.length === 1 ? memory : memory.copy();
    if (tried.run(cycle)) return { way, memory: tried };
    memory.course.decideAs(tried.course);
  }
  return undefined;
}
