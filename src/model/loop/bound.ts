/** How often a way from one attempt to the next can be taken: by its counter, the clock, a signal, or without end. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, isLoop } from "../../ast/nodes.ts";
import type { Attempts } from "../retry/layer.ts";
import { isAdvance, placesOfStep, resetPlace } from "./counting.ts";
import type { Exploration } from "./explore.ts";
import { limits } from "./limiting-test.ts";
import { isBySignal, mayThrowByCount } from "./limits.ts";
import { Memory } from "./memory.ts";
import type { Region } from "./region.ts";
import { roundsOf } from "./simulate.ts";
import { type State, stepsOf, type TestStep } from "./state.ts";
import { partsOf } from "./steps.ts";
import { reasonOf, undonePlaces } from "./unbounded-reason.ts";

/** Rounds after which a way that was never open is taken for closed. */
const FEASIBLE_ROUNDS = 24;

const UNKNOWN: Attempts = { kind: "unknown" };

/** The bound on all the ways that lead from one attempt to the next. */
export function boundOf(exploration: Exploration, again: readonly State[]): Attempts {
  if (again.length === 0) return UNKNOWN;
  const { region } = exploration;
  const counts = again.map((state) => roundsOf(region, [state]));
  const bounds = again.map((state, index): Attempts => {
    const count = counts[index]?.attempts ?? Infinity;
    return count < Infinity
      ? { kind: "bounded", max: count }
      : structural(exploration, again, state, counts[index]?.unread ?? new Set());
  });
  const worst =
    bounds.find(({ kind }) => kind === "unbounded") ??
    bounds.find(({ kind }) => kind === "unknown");
  if (worst !== undefined)
    return worst.kind === "unbounded" && mayThrowByCount(region) ? UNKNOWN : worst;
  const maxima = bounds.map((bound) => (bound.kind === "bounded" ? bound.max : undefined));
  if (maxima.includes(undefined)) return { kind: "bounded", max: undefined };
  const alternating = again.length === 1 ? 0 : roundsOf(region, again).attempts;
  return alternating === Infinity
    ? UNKNOWN
    : { kind: "bounded", max: Math.max(alternating, ...(maxima as number[])) };
}

/** The ways that can really be taken, in some round, as far as numbers tell. */
export function feasible(region: Region, again: readonly State[]): readonly State[] {
  const cycles = again.map((state) => partsOf(region, state));
  const taken = new Set<number>();
  let memory = new Memory(region);
  for (const step of cycles[0]?.prefix ?? []) memory.run([step]);
  for (let round = 0; round < FEASIBLE_ROUNDS; round += 1) {
    const next = cycles.flatMap(({ cycle }, index) => {
      const tried = memory.copy();
      return tried.run(cycle) ? [{ index, tried }] : [];
    });
    const chosen = next[round % Math.max(next.length, 1)];
    if (chosen === undefined) break;
    for (const { index } of next) taken.add(index);
    memory = chosen.tried;
  }
  return taken.size === 0 ? again : again.filter((_, index) => taken.has(index));
}

/** What can be said of a way whose tests never stop it with the numbers that can be read. */
function structural(
  exploration: Exploration,
  again: readonly State[],
  state: State,
  unread: ReadonlySet<TSESTree.Node>,
): Attempts {
  const { region } = exploration;
  const { cycle } = partsOf(region, state);
  const undone = undonePlaces(cycle);
  const advanced = new Set(
    cycle
      .filter(isAdvance)
      .flatMap(placesOfStep)
      .filter((place) => !undone.has(place)),
  );
  const changed = new Set(cycle.flatMap(placesOfStep).filter((place) => !undone.has(place)));
  const reset = resetPlace(cycle);
  const tests = cycle.filter(
    (step): step is TestStep => step.kind === "test" && !endsInnerLoop(step.node, region),
  );
  if (cycle.some((step) => step.kind === "wait" && isBySignal(step.node)))
    return { kind: "bounded", max: undefined };
  let opaque = false;
  for (const test of tests) {
    const verdict = limits(test, region, unread, advanced, changed, reset);
    if (verdict === "yes") return { kind: "bounded", max: undefined };
    opaque ||= verdict === "unknown" && decidesExit(exploration, again, test);
  }
  return opaque
    ? UNKNOWN
    : { kind: "unbounded", ...reasonOf(exploration, tests, { advanced, undone, reset }) };
}

/** Whether a node is (part of) the test of a loop inside the region, which ends that loop alone. */
function endsInnerLoop(test: TSESTree.Node, { root }: Region): boolean {
  if (isLoop(test)) return test !== root;
  for (const node of [test, ...ancestors(test)]) {
    const { parent } = node;
    if (isLoop(parent)) return parent !== root && parent.body !== node;
    if (node === root || parent?.type === T.BlockStatement) return false;
  }
  return false;
}

/** Whether the other outcome of a test always leaves. */
function decidesExit(exploration: Exploration, again: readonly State[], test: TestStep): boolean {
  const other = (state: State): boolean =>
    stepsOf(state).some(
      (step) => step.kind === "test" && step.node === test.node && step.outcome !== test.outcome,
    );
  return exploration.exits.some(({ state }) => other(state)) && !again.some(other);
}
