/** How many laps of a loop inside the region lie on a way that leaves it, by the numbers. */
import { isLoop } from "../../ast/nodes.ts";
import type { Flow } from "./flow.ts";
import { Memory } from "./memory.ts";
import { type Place, placesIn, placesWritten } from "./places.ts";
import {
  after,
  type Completion,
  knowing,
  type State,
  type Step,
  stepsOf,
  stepsSince,
} from "./state.ts";
import { writesOfStep } from "./steps.ts";

/** Laps after which the numbers are no longer followed. */
const MAX_LAPS = 32;

/** Steps of a way that is too long to put laps on it. */
const MAX_LENGTH = 64;

/**
 * The ways that leave a loop, of which the exploration has run one lap or two, each with as many laps as its tests need to come out as they do.
 * Where no number of laps does it, or the way is long, it stays as it is; where it takes too many, the tests of what the laps write are left out.
 * @param start - the states in which the loop is entered
 * @param laps - the states after one lap
 * @param leaving - the ways that leave it, but for those before the first lap
 */
export function withEnoughLaps(
  flow: Flow,
  start: readonly State[],
  laps: readonly State[],
  leaving: readonly Completion[],
): readonly Completion[] {
  return start.flatMap((entered) => {
    const ways = leaving.flatMap((completion) => {
      const steps = stepsFrom(entered, completion.state);
      return steps === undefined ? [] : [{ completion, steps }];
    });
    const memory = new Memory(flow.region);
    // A loop that the numbers do not lead to has no laps that could be told.
    if (ways.length === 0 || !memory.run(stepsOf(entered)))
      return ways.map(({ completion }) => completion);
    const lapSteps = laps
      .map((lap) => stepsFrom(entered, lap))
      .filter((steps) => steps !== undefined);
    return ways.map(({ completion, steps }) => {
      const before = lapsBefore(flow, steps, memory.copy(), lapSteps);
      if (before === "too many") return untold(entered, completion, steps, lapSteps.flat());
      return before.length === 0 ? completion : behind(entered, completion, steps, before);
    });
  });
}

/** A way with laps before its own. What is known of places that those write, and it does not, is forgotten. */
function behind(
  entered: State,
  completion: Completion,
  steps: readonly Step[],
  laps: readonly Step[],
): Completion {
  const written = placesOf(steps);
  const forgotten = placesOf(laps).filter((place) => !written.includes(place));
  const state = forgotten.reduce(
    (known, place) => knowing(known, place, undefined),
    completion.state,
  );
  return along(entered, { ...completion, state }, [...laps, ...steps]);
}

/** A way without the tests of what the laps write. */
function untold(
  entered: State,
  completion: Completion,
  steps: readonly Step[],
  laps: readonly Step[],
): Completion {
  const written = placesOf(laps);
  return along(
    entered,
    completion,
    steps.filter((step) => !asksFor(step, written)),
  );
}

/** A completion that has come to its end by these steps. */
function along(start: State, completion: Completion, steps: readonly Step[]): Completion {
  const state = steps.reduce(after, { ...completion.state, trail: start.trail });
  return { ...completion, state };
}

function placesOf(steps: readonly Step[]): readonly Place[] {
  return steps.flatMap(writesOfStep).flatMap(placesWritten);
}

/** Whether a step tests what one of these places holds. */
function asksFor({ kind, node }: Step, places: readonly Place[]): boolean {
  if (kind !== "test") return false;
  const asked = placesIn(node);
  return isLoop(node) || places.some((place) => asked.has(place));
}

/** The steps that lead from one state to another; `undefined` where they do not. */
function stepsFrom(start: State, end: State): readonly Step[] | undefined {
  for (let { trail } = end; trail !== start.trail; trail = trail.before)
    if (trail === undefined) return undefined;
  return stepsSince(start.trail, end.trail);
}

/** The laps that must go before a way for its tests to come out as they do; none where no laps do it, or the way is long. */
function lapsBefore(
  flow: Flow,
  way: readonly Step[],
  memory: Memory,
  laps: readonly (readonly Step[])[],
): readonly Step[] | "too many" {
  if (way.length > MAX_LENGTH) return [];
  const taken: Step[] = [];
  let at = memory;
  for (let count = 0; count < MAX_LAPS && taken.length < MAX_LENGTH; count += 1) {
    if (!flow.step() || at.copy().run(way)) return taken;
    const open = laps.flatMap((lap) => {
      if (!flow.step()) return [];
      const next = at.copy();
      return next.run(lap) ? [{ lap, next }] : [];
    });
    const chosen = open[count % Math.max(open.length, 1)];
    if (chosen === undefined) return [];
    taken.push(...chosen.lap);
    at = chosen.next;
  }
  return "too many";
}
