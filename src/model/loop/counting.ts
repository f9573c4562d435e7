/** Steps that count: which places they move on, and which they set back. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { unwrap } from "../../ast/nodes.ts";
import { constantOf } from "../program/constant.ts";
import { type Place, placeOf, placesIn, placesWritten } from "./places.ts";
import type { Step } from "./state.ts";
import { writesOfStep } from "./steps.ts";

/** The places that a step gives other values to. */
export function placesOfStep(step: Step): readonly Place[] {
  if (step.kind === "bind")
    return step.values.flatMap(([place, value]) => (isHandedOn(place, value) ? [] : [place]));
  return writesOfStep(step).flatMap(placesWritten);
}

/** Whether a step moves a counter on from where it was. */
export function isAdvance(step: Step): boolean {
  if (step.kind === "bind")
    return step.values.some(
      ([place, value]) =>
        value !== undefined &&
        unwrap(value).type !== T.Identifier &&
        !isHandedOn(place, value) &&
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

/** Whether a place is given the value that it has: `again(attempt)`, and `again(attempt++)`, which hands on the number from before. */
function isHandedOn(place: Place, value: TSESTree.Node | undefined): boolean {
  if (value === undefined) return false;
  const node = unwrap(value);
  return node.type === T.UpdateExpression
    ? !node.prefix && placeOf(node.argument) === place
    : placeOf(node) === place;
}

/** A counter that is advanced and also set back to a constant in the same round. */
export function resetPlace(cycle: readonly Step[]): Place | undefined {
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
