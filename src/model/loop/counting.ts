/** Steps that count: which places they move on, and which they set back. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { unwrap } from "../../ast/nodes.ts";
import { constantOf } from "../program/constant.ts";
import { type Place, placesIn, placesWritten } from "./places.ts";
import type { Step } from "./state.ts";
import { writesOfStep } from "./steps.ts";

/** The places that a step gives values to. */
export function placesOfStep(step: Step): readonly Place[] {
  if (step.kind === "bind") return step.values.map(([place]) => place);
  return writesOfStep(step).flatMap(placesWritten);
}

/** Whether a step moves a counter on from where it was. */
export function isAdvance(step: Step): boolean {
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
