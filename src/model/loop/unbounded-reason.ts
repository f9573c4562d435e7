/** Why the attempts have no end. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { constantOf } from "../program/constant.ts";
import type { UnboundedReason } from "../retry/layer.ts";
import { placesOfStep } from "./counting.ts";
import { mentions } from "./derived.ts";
import type { Exploration } from "./explore.ts";
import { isEquality } from "./limiting-test.ts";
import { Memory } from "./memory.ts";
import { type Place, placesIn, placesWritten } from "./places.ts";
import type { Region } from "./region.ts";
import { type Step, stepsOf, type TestStep } from "./state.ts";
import { partsOf, writesOfStep } from "./steps.ts";

interface Changes {
  readonly advanced: ReadonlySet<Place>;
  readonly undone: ReadonlySet<Place>;
  readonly reset: Place | undefined;
}

/** The fault that keeps the attempts going, and the test that shows it. */
export function reasonOf(
  exploration: Exploration,
  tests: readonly TestStep[],
  { advanced, undone, reset }: Changes,
): { readonly reason: UnboundedReason; readonly node: TSESTree.Node } {
  const { region } = exploration;
  const numeric = tests.filter(
    (test) => isNumericTest(test.node, region) && mayLeave(exploration, test),
  );
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

/** Whether any way out has the other outcome of a test. */
function mayLeave({ exits, early }: Exploration, { node, outcome }: TestStep): boolean {
  return [...exits, ...early].some(({ state }) =>
    stepsOf(state).some(
      (step) => step.kind === "test" && step.node === node && step.outcome !== outcome,
    ),
  );
}

/** The places that a round counts up as often as down. */
export function undonePlaces(cycle: readonly Step[]): Set<Place> {
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
