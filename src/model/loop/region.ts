/** The code that one exploration looks at, and what can be said of its names without running it. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  calleeName,
  contains,
  enclosingFunction,
  type FunctionNode,
  isLoop,
  type LoopNode,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { isGlobal, variableOf } from "../program/binding.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { outcomeCallback, settlersIn } from "./callback.ts";
import { closure, derived, giftOf, giftOfLoop, giftsOfCall } from "./derived.ts";
import {
  errorNames,
  type Outcome,
  outcomesOf,
  parameterPlaces,
  resultNames,
} from "./outcome-names.ts";
import type { GivenCall } from "./given.ts";
import {
  isMember,
  isWrite,
  type Place,
  placeOf,
  placesIn,
  placesWritten,
  type WriteNode,
} from "./places.ts";
import type { Settled } from "./state.ts";

export interface Region {
  /** The loop or function that is explored. */
  readonly root: FunctionNode | LoopNode;
  readonly anchor: TSESTree.Node;
  /** The anchor, and the calls that start the region over. */
  readonly stops: ReadonlySet<TSESTree.Node>;
  /** Nodes that hold something to be run step by step; all others only have a value. */
  readonly active: ReadonlySet<TSESTree.Node>;
  /** Places that some condition reads, and those that these are computed from. */
  readonly tracked: ReadonlySet<Place>;
  /** Members that some condition reads and nothing here writes: whoever else holds the object may change them meanwhile. */
  readonly shared: ReadonlySet<Place>;
  readonly fromResult: ReadonlySet<Place>;
  readonly fromError: ReadonlySet<Place>;
  readonly outcomes: readonly Outcome[];
  /** The function that the anchor calls with its error or result. */
  readonly callback: FunctionNode | undefined;
  /** `resolve` and `reject` of the promises made here. */
  readonly settlers: ReadonlyMap<Place, Settled>;
  /** Something tells the outcome of the anchor in a way that cannot be followed. */
  readonly unclear: boolean;
  readonly writes: readonly WriteNode[];
  /** Whether the result of the anchor can be anything, also `null`: it is the project's own function. */
  readonly loose: boolean;
  /** The calls that the parameters around are looked at for; without any, for all their callers. */
  readonly given: readonly GivenCall[];
}

/**
 * Reads a region once.
 * @param watched - further calls (a function calling itself) that the exploration stops at
 * @param entered - calls in whose place the functions that they run are explored
 */
export function regionOf(
  root: FunctionNode | LoopNode,
  anchor: TSESTree.Node,
  watched: ReadonlySet<TSESTree.Node> = new Set(),
  entered: ReadonlyMap<TSESTree.CallExpression, FunctionNode> = new Map(),
): Region {
  const roots = [root, ...new Set(entered.values())];
  const nodes = roots.flatMap((each) => [...walk(each, unitOf(each).visitorKeys)]);
  const writes = nodes.filter(isWrite);
  const gifts = [...writes.flatMap(giftOf), ...[...entered].flatMap(giftsOfCall)];
  const answer = outcomeCallback(anchor, root);
  const callback = answer === "unclear" ? undefined : answer;
  const settlers = settlersIn(nodes);
  const tests = nodes.flatMap(testsOf);
  const outcomes = outcomesOf(nodes, anchor, tests);
  const asked = [...tests, ...statementsBehind(root).flatMap(testsOf)];
  const read = new Set(asked.flatMap((test) => [...placesIn(test)]));
  const errorSeeds = [
    ...nodes.flatMap(errorNames),
    ...parameterPlaces(callback, 0),
    ...outcomes.map(({ place }) => place),
  ];
  const { parent } = anchor;
  return {
    root,
    anchor,
    stops: new Set([anchor, ...watched]),
    active: activeNodes(nodes, roots, new Set([anchor, ...watched]), settlers),
    shared: sharedAmong(read, writes),
    tracked: closure(read, writes),
    fromResult: derived(
      [...gifts, ...nodes.flatMap(giftOfLoop)],
      [...resultNames(nodes, anchor), ...parameterPlaces(callback, 1)],
      (value) => contains(value, anchor),
      true,
    ),
    fromError: derived(gifts, errorSeeds, () => false, false),
    outcomes,
    callback,
    settlers,
    unclear: answer === "unclear",
    writes,
    loose:
      parent?.type !== T.CallExpression &&
      anchor.type === T.CallExpression &&
      functionsOf(anchor.callee).functions.length > 0,
    given: [],
  };
}

function sharedAmong(read: ReadonlySet<Place>, writes: readonly WriteNode[]): Set<Place> {
  const written = writes.flatMap(placesWritten);
  return new Set(
    [...read].filter(
      (place) =>
        isMember(place) &&
        !written.some(
          (each) =>
            place === each ||
            place.startsWith(`${each}.`) ||
            (each.endsWith(".*") && place.startsWith(each.slice(0, -1))),
        ),
    ),
  );
}

function activeNodes(
  nodes: readonly TSESTree.Node[],
  roots: readonly TSESTree.Node[],
  stops: ReadonlySet<TSESTree.Node>,
  settlers: ReadonlyMap<Place, Settled>,
): Set<TSESTree.Node> {
  const active = new Set<TSESTree.Node>(roots);
  for (const node of nodes) {
    const settles = node.type === T.CallExpression && settlers.has(placeOf(node.callee) ?? "");
    if (!stops.has(node) && !isLeaf(node) && !settles) continue;
    for (const each of [node, ...ancestors(node)]) {
      if (active.has(each)) break;
      active.add(each);
    }
  }
  return active;
}

/** Whether a node does something that the exploration notes. */
function isLeaf(node: TSESTree.Node): boolean {
  if (isWrite(node) || node.type === T.AwaitExpression || sleepAt(node) !== undefined) return true;
  return (
    node.type === T.CallExpression && (isPut(node) || isEnd(node) || timerAt(node) !== undefined)
  );
}

/** Whether a call ends the program. */
export function isEnd(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  return (
    member !== undefined && memberName(member) === "exit" && isGlobal(member.object, "process")
  );
}

/** Whether a call puts something into a collection. */
export function isPut(call: TSESTree.CallExpression): boolean {
  return (
    calleeMember(call) !== undefined &&
    /^(?:push|unshift|add|enqueue|queue|requeue)$/.test(calleeName(call) ?? "")
  );
}

/** The statements that follow a loop in its block. */
export function statementsBehind(root: FunctionNode | LoopNode): readonly TSESTree.Statement[] {
  if (!isLoop(root) || root.parent.type !== T.BlockStatement) return [];
  return root.parent.body.slice(root.parent.body.indexOf(root) + 1);
}

/** The expressions that decide where a node goes on. */
function testsOf(node: TSESTree.Node): readonly TSESTree.Node[] {
  switch (node.type) {
    case T.IfStatement:
    case T.ConditionalExpression:
    case T.WhileStatement:
    case T.DoWhileStatement:
      return [node.test];
    case T.ForStatement:
      return node.test === null ? [] : [node.test];
    case T.LogicalExpression:
      return [node.left];
    case T.SwitchStatement:
      return [node.discriminant, ...node.cases.flatMap((item) => item.test ?? [])];
    default:
      return [];
  }
}

/**
 * Whether code that is not followed can change a place at any moment: a variable written in another function, unless that is a
 * callback of the region's own promises and timers.
 */
export function isVolatile(region: Region, node: TSESTree.Node): boolean {
  const expression = unwrap(node);
  if (expression.type !== T.Identifier) return false;
  const variable = variableOf(expression);
  if (variable === undefined) return false;
  const home = enclosingFunction(region.anchor);
  return variable.references.some((reference) => {
    if (!reference.isWrite() || reference.init === true) return false;
    const writer = enclosingFunction(reference.identifier);
    return (
      writer !== home &&
      writer !== undefined &&
      enclosingFunction(variable.identifiers[0] ?? expression) !== writer &&
      !contains(region.root, writer)
    );
  });
}
