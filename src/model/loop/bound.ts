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
import { agree, partsOf } from "./steps.ts";
import { reasonOf, undonePlaces } from "./unbounded-reason.ts";

/** Rounds after which a way that was never open is taken for closed. */
const FEASIBLE_ROUNDS = 24;

const UNKNOWN: Attempts = { kind: "unknown" };

/** The bound on all the ways that lead from one attempt to the next. */
export function boundOf(exploration: Exploration, again: readonly State[]): Attempts {
  if (again.length === 0) return UNKNOWN;
  const { region } = exploration;
  const alone = again.map((state) => ({ state, ...roundsOf(region, [state]) }));
  const endless = alone.filter(({ attempts }) => attempts === Infinity);
  if (endless.length > 0) {
    const bounds = endless.map(({ state, unread }) =>
      structural(exploration, again, state, unread),
    );
    return firstOf(["unbounded", "unknown", "bounded"], bounds, region);
  }
  // Where one way closes another may open: `if (tries > 5) warn();`.
  const ways = alone
    .toSorted((one, other) => other.attempts - one.attempts)
    .map(({ state }) => state);
  const together = roundsOf(region, ways);
  if (together.attempts < Infinity)
    return {
      kind: "bounded",
      max: Math.max(together.attempts, ...alone.map(({ attempts }) => attempts)),
    };
  const { unread } = together;
  const bounds = ways.flatMap((way) => {
    // Without end for certain is only what goes on while one error is like the other.
    const alike = ways.filter((other) => agree(way, other, (test) => unread.has(test)));
    const rounds = alike.length === ways.length ? together : roundsOf(region, alike);
    return rounds.attempts < Infinity
      ? []
      : rounds.taken.map((state) => structural(exploration, again, state, unread));
  });
  return firstOf(["bounded", "unknown", "unbounded"], bounds, region);
}

/** The bound whose kind comes first; of those without end one with a fault that can be told. */
function firstOf(
  kinds: readonly Attempts["kind"][],
  bounds: readonly Attempts[],
  region: Region,
): Attempts {
  const kind = kinds.find((each) => bounds.some((bound) => bound.kind === each));
  if (kind === "unbounded" && mayThrowByCount(region)) return UNKNOWN;
  const found = bounds.filter((bound) => bound.kind === kind);
  return (
    found.find((bound) => bound.kind === "unbounded" && bound.reason !== "no-exit") ??
    found[0] ??
    UNKNOWN
  );
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
  // Some ways open only where one and the same is taken for as long as it goes.
  const inOrder = roundsOf(region, again, FEASIBLE_ROUNDS).taken;
  const isTaken = (state: State, index: number): boolean =>
    taken.has(index) || inOrder.includes(state);
  return again.some(isTaken) ? again.filter(isTaken) : again;
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
