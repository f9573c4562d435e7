/** The retry layers that stand in a file and repeat an AWS call, whichever file the call is in. */
import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { sdkCallsInProgram } from "../sdk/calls.ts";
import type { SdkCall } from "../sdk/call.ts";
import { type Unit, unitOf } from "../program/unit.ts";
import type { Layer } from "./layer.ts";
import { retryStacks } from "./stack.ts";

/** A layer with the calls that it repeats. */
export interface LocatedLayer {
  readonly layer: Layer;
  readonly calls: readonly SdkCall[];
}

type LayersByFile = ReadonlyMap<TSESTree.Program, readonly LocatedLayer[]>;

const byProgram = new WeakMap<
  ts.Program | TSESTree.Program,
  WeakMap<Unit["settings"], LayersByFile>
>();

/**
 * The layers in a file that repeat AWS calls: its loops, recursions and wrapper calls, also those of a retry function that other
 * files hand their calls to. Clients are not among them.
 */
export function layersIn(unit: Unit): readonly LocatedLayer[] {
  const key = unit.services?.program ?? unit.ast;
  let bySettings = byProgram.get(key);
  if (bySettings === undefined) byProgram.set(key, (bySettings = new WeakMap()));
  let layers = bySettings.get(unit.settings);
  if (layers === undefined) bySettings.set(unit.settings, (layers = collect(unit)));
  return layers.get(unit.ast) ?? [];
}

interface Found {
  readonly layer: Layer;
  readonly calls: Set<SdkCall>;
}

function collect(from: Unit): LayersByFile {
  const found = new Map<TSESTree.Program, Map<string, Found>>();
  for (const call of sdkCallsInProgram(from)) {
    for (const { layers } of retryStacks(call)) {
      for (const layer of layers) {
        if (layer.kind !== "client") add(found, layer.origin ?? layer, call);
      }
    }
  }
  return new Map(
    [...found].map(([file, layers]) => [
      file,
      [...layers.values()].map(({ layer, calls }) => ({ layer, calls: [...calls] })),
    ]),
  );
}

function add(found: Map<TSESTree.Program, Map<string, Found>>, layer: Layer, call: SdkCall): void {
  const file = unitOf(layer.node).ast;
  let layers = found.get(file);
  if (layers === undefined) found.set(file, (layers = new Map<string, Found>()));
  // Several calls in one loop each find the loop: it is one layer, judged for the first of them.
  const key = `${layer.kind}:${layer.purpose}:${String(layer.node.range[0])}:${String(layer.node.range[1])}`;
  const known = layers.get(key);
  if (known === undefined) layers.set(key, { layer, calls: new Set([call]) });
  else known.calls.add(call);
}

/** The operations of a layer as a message names them: `ListUsers`, or `ListUsers and 2 others`. */
export function operationsOf({ calls }: LocatedLayer): string {
  const names = [...new Set(calls.map(({ operation }) => operation ?? "AWS"))];
  const [first = "AWS"] = names;
  return names.length > 1 ? `${first} and ${String(names.length - 1)} more` : first;
}
