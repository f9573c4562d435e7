/** The retry layers that stand in a file and repeat an AWS call, whichever file the call is in. */
import type { TSESTree } from "@typescript-eslint/utils";
import { CallLinks } from "../sdk/calls.ts";
import type { SdkCall } from "../sdk/call.ts";
import { type Unit, unitOf } from "../program/unit.ts";
import type { Layer } from "./layer.ts";
import { retryStacks } from "./stack.ts";
import { throttlingWrapperLayers } from "./throttling-wrapper.ts";

/** A layer with the calls that it repeats, as far as they are seen. */
export interface LocatedLayer {
  readonly layer: Layer;
  readonly calls: readonly SdkCall[];
}

const byLayer = new CallLinks((call) => layersAround(call).map(({ node }) => node));

const layersByFile = new WeakMap<TSESTree.Program, readonly LocatedLayer[]>();

/**
 * The layers in a file that repeat AWS calls: its loops, recursions and wrapper calls, also those of a retry function that other
 * files hand their calls to, or that looks for AWS's throttling errors. Clients are not among them.
 */
export function layersIn(unit: Unit): readonly LocatedLayer[] {
  const known = layersByFile.get(unit.ast);
  if (known !== undefined) return known;
  // Several calls in one loop each find the loop: it is one layer, judged for the first of them.
  const found = new Map<string, { readonly layer: Layer; readonly calls: Set<SdkCall> }>();
  for (const call of byLayer.callsOf(unit)) {
    for (const layer of layersAround(call)) {
      if (unitOf(layer.node) !== unit) continue;
      const same = found.get(keyOf(layer));
      if (same === undefined) found.set(keyOf(layer), { layer, calls: new Set([call]) });
      else same.calls.add(call);
    }
  }
  for (const layer of throttlingWrapperLayers(unit))
    if (!found.has(keyOf(layer))) found.set(keyOf(layer), { layer, calls: new Set() });
  const layers = [...found.values()].map(({ layer, calls }) => ({ layer, calls: [...calls] }));
  layersByFile.set(unit.ast, layers);
  return layers;
}

function keyOf({ kind, purpose, node }: Layer): string {
  return `${kind}:${purpose}:${String(node.range[0])}:${String(node.range[1])}`;
}

/** The layers on all ways to a call, at the place where each is written down. */
function layersAround(call: SdkCall): readonly Layer[] {
  return retryStacks(call).flatMap(({ layers }) =>
    layers.filter(({ kind }) => kind !== "client").map((layer) => layer.origin ?? layer),
  );
}

/** The operations of a layer as a message names them: `ListUsers`, `ListUsers and 2 more`, or `AWS calls` where none is seen. */
export function operationsOf({ calls }: LocatedLayer): string {
  const names = [...new Set(calls.map(({ operation }) => operation ?? "AWS"))];
  const [first = "AWS calls"] = names;
  return names.length > 1 ? `${first} and ${String(names.length - 1)} more` : first;
}
