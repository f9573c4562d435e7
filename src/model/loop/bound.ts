/** How often a way from one attempt to the next can be taken: by its counter, the clock, a signal, or without end. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeMember, memberName, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { constantOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import type { Attempts, UnboundedReason } from "../retry/layer.ts";
import { collectionOf } from "./collection.ts";
import type { Exploration } from "./flow.ts";
import { isByClock, isBySignal, mayThrowByCount } from "./limits.ts";
import { isMember, type Place, placeOf, placesIn, placesWritten } from "./places.ts";
import { isVolatile, mentions, type Region } from "./region.ts";
import { Memory, partsOf, roundsOf, writesOfStep } from "./simulate.ts";
import { type State, type Step, stepsOf, type TestStep } from "./state.ts";

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
  const tests = cycle.filter((step): step is TestStep => step.kind === "test");
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

function limits(
  test: TestStep,
  region: Region,
  unread: ReadonlySet<TSESTree.Node>,
  advanced: ReadonlySet<Place>,
  changed: ReadonlySet<Place>,
  reset: Place | undefined,
): "no" | "unknown" | "yes" {
  const { node } = test;
  if (node.type === T.ForInStatement) return "yes";
  if (node.type === T.ForOfStatement)
    return collectionOf(node.right).kind === "endless" || node.await ? "unknown" : "yes";
  if (isBySignal(node)) return "yes";
  const clock = isByClock(node, region);
  if (clock !== "no") return clock;
  if (!unread.has(node)) return "no";
  const places = placesIn(node);
  const counts = [...places].some((place) => advanced.has(place));
  if (counts) {
    if (isCall(node)) return "unknown";
    if (reset !== undefined && places.has(reset)) return "no";
    return isEquality(node) && !isSingleStep(region, advanced) ? "unknown" : "yes";
  }
  if (mentions(node, region.fromError))
    return isCall(node) && [...places].some((place) => place === "this") ? "unknown" : "no";
  if ([...places].some((place) => changed.has(place))) return "unknown";
  return isSettled(node, region, places) ? "no" : "unknown";
}

/** Whether nothing in the code can make the test come out otherwise in a later round. */
function isSettled(node: TSESTree.Node, region: Region, places: ReadonlySet<Place>): boolean {
  if (isCall(node) || node.type === T.SwitchCase || isVolatile(region, node)) return false;
  const sides = node.type === T.BinaryExpression ? [node.left, node.right].map(unwrap) : [node];
  if (sides.some((side) => isVolatile(region, side))) return false;
  // A member may be changed by whatever holds the object; as the limit of a counter of its own it is taken to stay.
  const members = sides.filter(({ type }) => type === T.MemberExpression);
  if (members.every((side) => constantOf(side) !== undefined))
    return ![...places].some(isMember) || members.length > 0;
  const isLimit =
    node.type === T.BinaryExpression &&
    /^[<>]/.test(node.operator) &&
    members.length === 1 &&
    sides.some(({ type }) => type === T.Identifier);
  return isLimit && !places.has("this") && !isRefilled(region, members);
}

/** Whether the loop puts anything into, or takes it off, what a member belongs to. */
function isRefilled(region: Region, members: readonly TSESTree.Node[]): boolean {
  const owners = new Set(
    members.flatMap((member) =>
      member.type === T.MemberExpression ? (placeOf(member.object) ?? []) : [],
    ),
  );
  return [...walk(region.root, unitOf(region.root).visitorKeys)].some((node) => {
    const callee = node.type === T.CallExpression ? calleeMember(node) : undefined;
    const place = callee === undefined ? undefined : placeOf(callee.object);
    return (
      place !== undefined &&
      owners.has(place) &&
      /^(?:push|unshift|shift|pop|splice|add|delete|clear)$/.test(
        (callee && memberName(callee)) ?? "",
      )
    );
  });
}

function isCall(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === T.CallExpression || inner.type === T.AwaitExpression;
}

function isEquality(node: TSESTree.Node): boolean {
  return node.type === T.BinaryExpression && /^[!=]==?$/.test(node.operator);
}

function isSingleStep(region: Region, advanced: ReadonlySet<Place>): boolean {
  const bumps = region.writes.filter(
    (write) =>
      placesWritten(write).some((place) => advanced.has(place)) &&
      write.type !== T.VariableDeclarator,
  );
  return (
    bumps.length === 1 &&
    bumps.every(
      (write) =>
        write.type === T.UpdateExpression ||
        (write.type === T.AssignmentExpression &&
          unwrap(write.right).type === T.Literal &&
          constantOf(write.right)?.value === 1),
    )
  );
}

function placesOfStep(step: Step): readonly Place[] {
  if (step.kind === "bind") return step.values.map(([place]) => place);
  return writesOfStep(step).flatMap(placesWritten);
}

/** Whether a step moves a counter on from where it was. */
function isAdvance(step: Step): boolean {
  if (step.kind === "bind")
    return step.values.some(
      ([, value]) =>
        value !== undefined &&
        unwrap(value).type !== T.Identifier &&
        [...placesIn(value)].length > 0,
    );
  return writesOfStep(step).some((write) => {
    if (write.type === T.UpdateExpression) return true;
    if (write.type !== T.AssignmentExpression) return false;
    if (write.operator !== "=") return /^[-+*]/.test(write.operator);
    const own = placesWritten(write);
    return (
      unwrap(write.right).type === T.BinaryExpression &&
      [...placesIn(write.right)].some((place) => own.includes(place))
    );
  });
}

/** A counter that is advanced and also set back to a constant in the same round. */
function resetPlace(cycle: readonly Step[]): Place | undefined {
  const advanced = new Set(cycle.filter(isAdvance).flatMap(placesOfStep));
  for (const step of cycle) {
    for (const write of writesOfStep(step)) {
      const value =
        write.type === T.VariableDeclarator
          ? write.init
          : write.type === T.AssignmentExpression && write.operator === "="
            ? write.right
            : null;
      const place = placesWritten(write).find((each) => advanced.has(each));
      if (value !== null && place !== undefined && typeof constantOf(value)?.value === "number")
        return place;
    }
  }
  return undefined;
}

/** Whether the other outcome of a test always leaves. */
function decidesExit(exploration: Exploration, again: readonly State[], test: TestStep): boolean {
  const other = (state: State): boolean =>
    stepsOf(state).some(
      (step) => step.kind === "test" && step.node === test.node && step.outcome !== test.outcome,
    );
  return exploration.exits.some(({ state }) => other(state)) && !again.some(other);
}

interface Changes {
  readonly advanced: ReadonlySet<Place>;
  readonly undone: ReadonlySet<Place>;
  readonly reset: Place | undefined;
}

function reasonOf(
  exploration: Exploration,
  tests: readonly TestStep[],
  { advanced, undone, reset }: Changes,
): { readonly reason: UnboundedReason; readonly node: TSESTree.Node } {
  const { region } = exploration;
  const numeric = tests.filter(({ node }) => isNumericTest(node, region));
  const testOf = (places: (place: Place) => boolean): TSESTree.Node | undefined =>
    numeric.find(({ node }) => [...placesIn(node)].some(places))?.node;
  const resetTest = reset === undefined ? undefined : testOf((place) => place === reset);
  if (resetTest !== undefined) return { reason: "counter-reset", node: resetTest };
  const won = succeededWrites(exploration);
  const netZero = testOf((place) => undone.has(place));
  if (netZero !== undefined) return { reason: "counter-only-on-success", node: netZero };
  const skipped = testOf((place) => advanced.has(place));
  if (skipped !== undefined)
    return isEquality(skipped) || skipped.type !== T.BinaryExpression
      ? { reason: "counter-skipped", node: skipped }
      : { reason: "no-exit", node: skipped };
  const onlyOnSuccess = testOf((place) => won.has(place));
  if (onlyOnSuccess !== undefined)
    return { reason: "counter-only-on-success", node: onlyOnSuccess };
  const [stuck] = numeric;
  return stuck === undefined
    ? { reason: "no-exit", node: region.root }
    : { reason: "counter-stuck", node: stuck.node };
}

/** The places that a round counts up as often as down. */
function undonePlaces(cycle: readonly Step[]): Set<Place> {
  const sums = new Map<Place, { sum: number; bumps: number }>();
  for (const write of cycle.flatMap(writesOfStep)) {
    if (write.type !== T.UpdateExpression) continue;
    for (const place of placesWritten(write)) {
      const { sum, bumps } = sums.get(place) ?? { sum: 0, bumps: 0 };
      sums.set(place, { sum: sum + (write.operator === "++" ? 1 : -1), bumps: bumps + 1 });
    }
  }
  return new Set(
    [...sums].flatMap(([place, { sum, bumps }]) => (sum === 0 && bumps > 1 ? [place] : [])),
  );
}

/** The places that are written on some way after a success. */
function succeededWrites({ region, again, exits }: Exploration): Set<Place> {
  const states = [...again, ...exits.map(({ state }) => state)].filter(
    ({ phase }) => phase === "succeeded",
  );
  return new Set(states.flatMap((state) => partsOf(region, state).cycle.flatMap(placesOfStep)));
}

/** Whether a test asks for the value of a counter: a comparison with a number, or a number taken for a truth value. */
function isNumericTest(node: TSESTree.Node, region: Region): boolean {
  if (mentions(node, region.fromError) || mentions(node, region.fromResult)) return false;
  if (node.type === T.UpdateExpression) return true;
  if (node.type === T.BinaryExpression) {
    const sides = [node.left, node.right].map((side) => constantOf(side)?.value);
    return /^[<>]/.test(node.operator) || sides.some((value) => typeof value === "number");
  }
  const memory = new Memory(region);
  return (
    (node.type === T.Identifier || node.type === T.MemberExpression) &&
    typeof memory.read(node) === "number"
  );
}
