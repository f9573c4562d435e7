/** The variable that counts attempts. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { boundNames, placeOf } from "./places.ts";
import type { Counter } from "./facts.ts";
import type { Region } from "./region.ts";
import { collectionOf } from "./collection.ts";
import { Memory } from "./memory.ts";
import { partsOf, writesOfStep } from "./steps.ts";
import type { State, Step } from "./state.ts";

/** The counter that is advanced on every way from one attempt to the next; one that a test asks for goes first. */
export function counterOf(region: Region, ways: readonly State[]): Counter | undefined {
  const [first] = ways;
  if (first === undefined) return undefined;
  const { prefix, cycle } = partsOf(region, first);
  const names = cycle.flatMap((step) => countedIn(region, step));
  const everywhere = names.filter((name) =>
    ways.every((way) =>
      partsOf(region, way).cycle.some((step) =>
        countedIn(region, step).some((other) => placeOf(other) === placeOf(name)),
      ),
    ),
  );
  const name = everywhere.find((each) => region.tracked.has(placeOf(each) ?? "")) ?? everywhere[0];
  if (name === undefined) return undefined;
  const memory = new Memory(region);
  for (const step of prefix) memory.run([step]);
  const base = memory.read(name);
  return { name: name.name, base: typeof base === "number" ? base : undefined };
}

/** The variables that a step advances by a constant. */
function countedIn(region: Region, step: Step): readonly TSESTree.Identifier[] {
  if (step.kind === "test" && step.node === region.root && region.root.type === T.ForOfStatement) {
    const [variable] =
      region.root.left.type === T.VariableDeclaration ? region.root.left.declarations : [];
    const { kind, valueAt } = collectionOf(region.root.right);
    return variable?.id.type === T.Identifier && kind === "range" && valueAt(0) === 0
      ? [variable.id]
      : [];
  }
  if (step.kind === "bind") {
    return step.values.flatMap(([place, value]) =>
      value?.type === T.BinaryExpression &&
      /^[-+]$/.test(value.operator) &&
      value.left.type === T.Identifier &&
      placeOf(value.left) === place
        ? [value.left]
        : [],
    );
  }
  return writesOfStep(step).flatMap((write) => {
    const target =
      write.type === T.UpdateExpression
        ? write.argument
        : write.type === T.AssignmentExpression && isStep(write)
          ? write.left
          : undefined;
    const [name] = target === undefined ? [] : boundNames(target);
    return name?.type === T.Identifier ? [name] : [];
  });
}

function isStep(write: TSESTree.AssignmentExpression): boolean {
  if (write.operator === "+=" || write.operator === "-=") return write.right.type === T.Literal;
  return (
    write.operator === "=" &&
    write.right.type === T.BinaryExpression &&
    /^[-+]$/.test(write.right.operator) &&
    placeOf(write.right.left) !== undefined &&
    placeOf(write.right.left) === placeOf(write.left)
  );
}
