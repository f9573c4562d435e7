/** Which places hold what came from some source, by way of assignments and parameters. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, itemOf } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { unitOf } from "../program/unit.ts";
import { parameterPlaces, places } from "./outcome-names.ts";
import { type Place, placesIn, placesWritten, type WriteNode } from "./places.ts";

/** The places, and those that their values are computed from. */
export function closure(places: Set<Place>, writes: readonly WriteNode[]): Set<Place> {
  for (let size = -1; size !== places.size;) {
    size = places.size;
    for (const write of writes) {
      if (placesWritten(write).some((place) => places.has(place)))
        for (const place of placesIn(write)) places.add(place);
    }
  }
  return places;
}

/** A value that places receive. */
interface Gift {
  readonly to: readonly Place[];
  readonly value: TSESTree.Node;
}

/** What an assignment gives. */
export function giftOf(write: WriteNode): readonly Gift[] {
  const value =
    write.type === T.VariableDeclarator
      ? write.init
      : write.type === T.AssignmentExpression
        ? write.right
        : null;
  return value === null ? [] : [{ to: placesWritten(write), value }];
}

/** What a loop gives to its variable, in turn. */
export function giftOfLoop(node: TSESTree.Node): readonly Gift[] {
  return node.type === T.ForOfStatement ? [{ to: places(itemOf(node)), value: node.right }] : [];
}

/** What a call hands to the parameters of the function that it runs. */
export function giftsOfCall([call, fn]: readonly [
  TSESTree.CallExpression,
  FunctionNode,
]): readonly Gift[] {
  return call.arguments.map((value, index) => ({ to: parameterPlaces(fn, index), value }));
}

/** The places whose values come from the seeds by way of assignments and parameters. */
export function derived(
  gifts: readonly Gift[],
  seeds: readonly Place[],
  isSource: (value: TSESTree.Node) => boolean,
  throughCalls: boolean,
): Set<Place> {
  const found = new Set(seeds);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { to, value } of gifts) {
      if ((!isSource(value) && !mentions(value, found)) || (!throughCalls && hasOtherInputs(value)))
        continue;
      for (const place of to) found.add(place);
    }
  }
  return found;
}

/** Whether a value is made by a call that is handed more than one thing, so that it is not a mere reading of its source. */
function hasOtherInputs(value: TSESTree.Node): boolean {
  return [...walk(value, unitOf(value).visitorKeys)].some(
    (node) =>
      node.type === T.CallExpression &&
      node.arguments.filter(({ type }) => type !== T.Literal).length > 1,
  );
}

/** Whether an expression reads any of the places. */
export function mentions(expression: TSESTree.Node, places: ReadonlySet<Place>): boolean {
  if (places.size === 0) return false;
  for (const place of placesIn(expression)) if (places.has(place)) return true;
  return false;
}
