/**
 * The ways in which the program reaches a call, each with the retry layers that it passes: loops, wrappers and recursion around
 * the call, then around the callers of its function, outward to where the program shows no more.
 */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  isClass,
  isFunction,
  isLoop,
  type FunctionNode,
  wrapped,
} from "../../ast/nodes.ts";
import { callOf, nameOfFunction, usesOf } from "../program/callers.ts";
import { isExecutor } from "../loop/callback.ts";
import { variablesOf } from "../program/naming.ts";
import type { Layer } from "./layer.ts";
import { callLayers, taskLayers } from "./call-layers.ts";
import { decoratorLayers } from "./own-wrapper.ts";
import { functionLayers, loopLayers } from "./repeated-layer.ts";

export interface RetryPath {
  /** Innermost first; the client's own layer is not among them. */
  readonly layers: readonly Layer[];
  /** False when the search was cut short, so that further layers may exist. */
  readonly complete: boolean;
  /** The nodes outside the call that the path climbs through at function boundaries: uses of the functions, inner first. */
  readonly sites: readonly TSESTree.Node[];
}

const MAX_HOPS = 6;
const MAX_PATHS = 32;

const pathsByNode = new WeakMap<TSESTree.Node, readonly RetryPath[]>();

/** All ways to a node, at least one. */
export function retryPaths(node: TSESTree.Node): readonly RetryPath[] {
  const known = pathsByNode.get(node);
  if (known !== undefined) return known;
  const found: RetryPath[] = [];
  climb(node, { layers: [], complete: true, sites: [] }, new Set(), found);
  pathsByNode.set(node, found);
  return found;
}

/**
 * The layers between a node and the boundary of a function that it stands in: what the function does with a callback when the
 * node is the call of that callback.
 */
export function layersWithin(
  boundary: FunctionNode,
  node: TSESTree.Node,
  entered: ReadonlySet<FunctionNode> = new Set(),
): readonly Layer[] {
  const layers: Layer[] = [];
  let anchor = node;
  for (let current = node; current !== boundary;) {
    const { parent } = current;
    if (!parent) break;
    layers.push(...layersBetween(current, parent, anchor));
    if (isFunction(parent) && parent !== boundary) {
      layers.push(...functionLayers(parent, anchor));
      if (!isExecutor(parent)) anchor = parent;
      const sites = entered.has(parent) ? [] : localUses(parent);
      if (sites.length > 0) {
        const further = new Set([...entered, parent]);
        const around = sites.flatMap((site) => layersWithin(boundary, entryOf(site), further));
        return [...layers, ...around];
      }
    }
    current = parent;
  }
  layers.push(...functionLayers(boundary, node));
  return layers;
}

/** Where a function that is declared in another one is used, other than by itself. */
function localUses(fn: FunctionNode): readonly TSESTree.Node[] {
  const named = nameOfFunction(fn);
  if (named?.kind !== "variable") return [];
  return variablesOf(named.declaration)
    .flatMap(({ references }) => references)
    .filter((reference) => reference.isRead())
    .map(({ identifier }) => identifier as TSESTree.Node)
    .filter((site) => !isInside(site, fn));
}

function climb(
  start: TSESTree.Node,
  path: RetryPath,
  entered: ReadonlySet<FunctionNode>,
  found: RetryPath[],
): void {
  const layers = [...path.layers];
  let anchor = start;
  for (let current = start; current.parent; current = current.parent) {
    const { parent } = current;
    layers.push(...layersBetween(current, parent, anchor));
    if (!isFunction(parent)) continue;
    layers.push(...functionLayers(parent, anchor), ...decoratorLayers(parent));
    const uses = nameOfFunction(parent) === undefined ? undefined : usesOf(parent);
    // An inline function runs where it stands, as far as retrying goes; what settles a promise is looked into.
    if (!isExecutor(parent)) anchor = parent;
    if (uses === undefined) continue;
    const sites = uses.sites.filter((site) => !isInside(site, parent));
    if (sites.length === 0) {
      layers.push(...taskLayers(parent));
      break;
    }
    if (entered.has(parent) || entered.size >= MAX_HOPS || found.length >= MAX_PATHS) {
      found.push({ layers, complete: false, sites: path.sites });
      return;
    }
    for (const site of sites) {
      climb(
        entryOf(site),
        { layers: [...layers], complete: path.complete, sites: [...path.sites, site] },
        new Set([...entered, parent]),
        found,
      );
    }
    return;
  }
  found.push({ layers, complete: path.complete, sites: path.sites });
}

/** The layers that lie between a node and its parent. */
function layersBetween(
  current: TSESTree.Node,
  parent: TSESTree.Node,
  anchor: TSESTree.Node,
): readonly Layer[] {
  if (isLoop(parent)) return loopLayers(parent, current, anchor);
  if (parent.type === T.CallExpression) return callLayers(parent, current);
  return [];
}

/** Where to go on from a use of a function: its call, or the expression that hands it over. */
function entryOf(site: TSESTree.Node): TSESTree.Node {
  return callOf(site) ?? wrapped(site);
}

function isInside(site: TSESTree.Node, fn: FunctionNode): boolean {
  for (const current of ancestors(site)) {
    if (current === fn) return true;
    if (isClass(current)) return false;
  }
  return false;
}
