/** Whether the next attempt works on the same as the last one. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains } from "../../ast/nodes.ts";
import { variableOf } from "../program/binding.ts";
import {
  boundNames,
  type Place,
  placeOf,
  placeOfReceiver,
  placesIn,
  placesWritten,
  targetOf,
  type WriteNode,
} from "./places.ts";
import type { Region } from "./region.ts";
import type { State, Step } from "./state.ts";
import { partsOf, writesOfStep } from "./steps.ts";
import { itemPlaces, touches, type Work } from "./work-input.ts";

/** Whether the attempt at the end of a way has other work than the one at its beginning. */
export function changesWork(
  region: Region,
  work: Work,
  state: State,
  withCounters: boolean,
): boolean {
  if (work.overData) return true;
  let net = 0;
  let changed = false;
  /** Parameters of functions on the way, and what was handed on unchanged in them. */
  const handedOn = new Map<Place, Place>();
  const { cycle } = partsOf(region, state);
  const putBack = collectionsOf(cycle);
  for (const step of cycle) {
    if (step.kind === "test" && step.node === region.root && withCounters)
      changed ||= itemPlaces(region).some((place) => work.inputs.has(place));
    if (step.kind === "bind") {
      const sources = step.values.map(([place, value]) => {
        const source = value === undefined ? undefined : placeOf(value);
        return [place, value, source && (handedOn.get(source) ?? source)] as const;
      });
      changed ||= sources.some(
        ([place, value, source]) =>
          value !== undefined &&
          touches(work.inputs, place) &&
          source !== place &&
          !isStep(place, value),
      );
      for (const [place, , source] of sources)
        if (source !== undefined && source !== place) handedOn.set(place, source);
      continue;
    }
    for (const write of writesOfStep(step)) {
      // `pending = failed` where the work of this way is among what failed.
      if (write.type === T.AssignmentExpression && putBack.has(placeOf(write.right) ?? ""))
        continue;
      const places = placesWritten(write).filter(
        (place) => touches(work.inputs, place) && !isLocal(region, write),
      );
      if (
        places.length === 0 ||
        (!withCounters && places.every((place) => work.counters.has(place)))
      )
        continue;
      if (write.type === T.UpdateExpression) net += write.operator === "++" ? 1 : -1;
      else changed = true;
    }
  }
  return changed || net !== 0;
}

/** The collections that steps put something into. */
function collectionsOf(steps: readonly Step[]): ReadonlySet<Place> {
  return new Set(
    steps.flatMap((step) => (step.kind === "put" ? (placeOfReceiver(step.node) ?? []) : [])),
  );
}

/** `attempt + 1` for the parameter `attempt`. */
function isStep(place: Place, value: TSESTree.Node): boolean {
  return (
    (value.type === T.BinaryExpression || value.type === T.UpdateExpression) &&
    placesIn(value).has(place)
  );
}

/** Whether a write only makes a variable that lives for one round. */
function isLocal(region: Region, write: WriteNode): boolean {
  const [name] = boundNames(targetOf(write));
  const variable = name?.type === T.Identifier ? variableOf(name) : undefined;
  const declared = variable?.defs[0]?.name;
  return declared !== undefined && contains(region.root.body, declared);
}
