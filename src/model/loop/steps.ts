/** The steps of a way, taken apart: before the first attempt, and from one attempt to the next. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, contains, isFunction, isLoop, type LoopNode } from "../../ast/nodes.ts";
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
  const rest = steps
    .slice(first + 1)
    .filter((step) => step.kind !== "attempt" && !endsBetweenAttempts(step, region));
  // A function that calls itself comes to the attempt by the same way as before.
  return { prefix, cycle: isFunction(region.root) ? [...rest, ...prefix] : rest };
}

/** Whether a step is the test of a loop in the code between two attempts, which counts its own rounds alone. */
function endsBetweenAttempts(step: Step, { anchor, root }: Region): boolean {
  if (step.kind !== "test") return false;
  const loop = isLoop(step.node) ? step.node : loopTesting(step.node);
  return loop !== undefined && loop !== root && !contains(loop, anchor);
}

/** The loop whose test an expression is part of. */
function loopTesting(test: TSESTree.Node): LoopNode | undefined {
  for (const node of [test, ...ancestors(test)]) {
    const { parent } = node;
    if (isLoop(parent)) return parent.body === node ? undefined : parent;
    if (isFunction(parent) || parent?.type === T.BlockStatement) return undefined;
  }
  return undefined;
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
