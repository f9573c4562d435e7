/** The steps of a way, taken apart: before the first attempt, from one attempt to the next, the tests among them. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { unitOf } from "../program/unit.ts";
import type { placesWritten } from "./places.ts";
import { isWrite } from "./places.ts";
import type { Region } from "./region.ts";
import { type State, type Step, stepsOf } from "./state.ts";

/** The steps before the first attempt, and those from one attempt to the next. */
export function partsOf(
  region: Region,
  state: State,
): { readonly prefix: readonly Step[]; readonly cycle: readonly Step[] } {
  const steps = stepsOf(state);
  const first = steps.findIndex(({ kind }) => kind === "attempt");
  const prefix = steps.slice(0, first);
  const rest = steps.slice(first + 1).filter(({ kind }) => kind !== "attempt");
  // A function that calls itself comes to the attempt by the same way as before.
  return { prefix, cycle: isFunction(region.root) ? [...rest, ...prefix] : rest };
}

/** The nodes inside a step that give places values, wherever they stand in it. */
export function writesOfStep(step: Step): readonly Parameters<typeof placesWritten>[0][] {
  if (step.kind === "write") return [step.node];
  if (
    step.kind !== "test" ||
    step.node.type === T.ForOfStatement ||
    step.node.type === T.ForInStatement ||
    step.node.type === T.SwitchCase
  )
    return [];
  return [...walk(step.node, unitOf(step.node).visitorKeys)].filter(isWrite);
}

/** What a state did after its attempt. */
export function tailOf(state: State): readonly Step[] {
  const steps = stepsOf(state);
  return steps.slice(steps.findIndex(({ kind }) => kind === "attempt") + 1);
}

/** Whether the tests that lie on two ways after their attempts come out the same on both, as far as they count. */
export function agree(
  one: State,
  other: State,
  isCounted: (test: TSESTree.Node) => boolean = () => true,
): boolean {
  const outcomes = new Map(
    tailOf(one).flatMap((step) => (step.kind === "test" ? [[step.node, step.outcome]] : [])),
  );
  return tailOf(other).every(
    (step) =>
      step.kind !== "test" ||
      !isCounted(step.node) ||
      (outcomes.get(step.node) ?? step.outcome) === step.outcome,
  );
}
