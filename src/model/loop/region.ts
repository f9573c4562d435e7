/** The code that one exploration looks at, and what can be said of its names without running it. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  calleeName,
  contains,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  type LoopNode,
  memberName,
  staticKey,
  unwrap,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { isGlobal, variableOf } from "../program/binding.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import {
  boundNames,
  isWrite,
  type Place,
  placeOf,
  placesIn,
  placesWritten,
  type WriteNode,
} from "./places.ts";

/** A member or name by which a call hands its failure over as a value, and whether it is truthy then. */
interface Outcome {
  readonly place: Place;
  readonly truthyOnFailure: boolean;
}

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
  readonly fromResult: ReadonlySet<Place>;
  readonly fromError: ReadonlySet<Place>;
  readonly outcomes: readonly Outcome[];
  readonly writes: readonly WriteNode[];
  /** Whether the result of the anchor can be anything, also `null`: it is the project's own function. */
  readonly loose: boolean;
}

const FAILURE_KEY = /^(?:e|err|error|errors|failure|exception)$/i;
const SUCCESS_KEY = /^(?:ok|success|succeeded|isOk|isSuccess)$/;

/**
 * Reads a region once.
 * @param watched - further calls (a function calling itself) that the exploration stops at
 * @param entered - functions that are explored in place of their calls
 */
export function regionOf(
  root: FunctionNode | LoopNode,
  anchor: TSESTree.Node,
  watched: ReadonlySet<TSESTree.Node> = new Set(),
  entered: readonly FunctionNode[] = [],
): Region {
  const nodes = [root, ...entered].flatMap((each) => [...walk(each, unitOf(each).visitorKeys)]);
  const writes = nodes.filter(isWrite);
  const tests = nodes.flatMap(testsOf);
  const outcomes = outcomesOf(nodes, anchor, tests);
  const errorSeeds = [...nodes.flatMap(errorNames), ...outcomes.map(({ place }) => place)];
  const { parent } = anchor;
  return {
    root,
    anchor,
    stops: new Set([anchor, ...watched]),
    active: activeNodes(nodes, [root, ...entered], new Set([anchor, ...watched])),
    tracked: closure(new Set(tests.flatMap((test) => [...placesIn(test)])), writes),
    fromResult: derived(
      writes,
      resultNames(nodes, anchor),
      (value) => contains(value, anchor),
      true,
    ),
    fromError: derived(writes, errorSeeds, () => false, false),
    outcomes,
    writes,
    loose:
      parent?.type !== T.CallExpression &&
      anchor.type === T.CallExpression &&
      functionsOf(anchor.callee).functions.length > 0,
  };
}

function activeNodes(
  nodes: readonly TSESTree.Node[],
  roots: readonly TSESTree.Node[],
  stops: ReadonlySet<TSESTree.Node>,
): Set<TSESTree.Node> {
  const active = new Set<TSESTree.Node>(roots);
  for (const node of nodes) {
    if (!stops.has(node) && !isLeaf(node)) continue;
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

/** The places, and those that their values are computed from. */
function closure(places: Set<Place>, writes: readonly WriteNode[]): Set<Place> {
  for (let size = -1; size !== places.size;) {
    size = places.size;
    for (const write of writes) {
      if (placesWritten(write).some((place) => places.has(place)))
        for (const place of placesIn(write)) places.add(place);
    }
  }
  return places;
}

/** The places whose values come from the seeds by way of assignments. */
function derived(
  writes: readonly WriteNode[],
  seeds: readonly Place[],
  isSource: (value: TSESTree.Node) => boolean,
  throughCalls: boolean,
): Set<Place> {
  const found = new Set(seeds);
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const write of writes) {
      const value =
        write.type === T.VariableDeclarator
          ? write.init
          : write.type === T.AssignmentExpression
            ? write.right
            : null;
      if (
        value === null ||
        (!isSource(value) && !mentions(value, found)) ||
        (!throughCalls && hasOtherInputs(value))
      )
        continue;
      for (const place of placesWritten(write)) found.add(place);
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

/** The names that a node binds to an error: of a `catch`, or of the handler of a promise. */
function errorNames(node: TSESTree.Node): readonly Place[] {
  if (node.type === T.CatchClause) return node.param === null ? [] : places(node.param);
  if (node.type !== T.CallExpression) return [];
  const handler = rejectionHandler(node);
  const [parameter] = isFunction(handler) ? handler.params : [];
  return parameter === undefined ? [] : places(parameter);
}

/** The function that a promise method calls when the promise is rejected. */
export function rejectionHandler(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const member = calleeMember(call);
  const name = member === undefined ? undefined : memberName(member);
  if (name === "catch") return call.arguments[0];
  return name === "then" ? call.arguments[1] : undefined;
}

function resultNames(nodes: readonly TSESTree.Node[], anchor: TSESTree.Node): readonly Place[] {
  return nodes.flatMap((node) => {
    if (node.type === T.ForOfStatement && node.await && contains(node.right, anchor))
      return [...placesIn(node.left)];
    const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
    if (
      node.type !== T.CallExpression ||
      member === undefined ||
      memberName(member) !== "then" ||
      !contains(member.object, anchor)
    )
      return [];
    const [handler] = node.arguments;
    return isFunction(handler) && handler.params[0] !== undefined ? places(handler.params[0]) : [];
  });
}

function places(pattern: TSESTree.Node): readonly Place[] {
  return boundNames(pattern).flatMap((name) => placeOf(name) ?? []);
}

/** The places that say whether the attempt failed, where it hands errors over as values and some condition asks. */
function outcomesOf(
  nodes: readonly TSESTree.Node[],
  anchor: TSESTree.Node,
  tests: readonly TSESTree.Node[],
): readonly Outcome[] {
  const tested = new Set(tests.flatMap((test) => [...placesIn(test)]));
  const found: Outcome[] = [];
  const add = (place: Place | undefined, key: string | undefined): void => {
    if (place === undefined || key === undefined || !tested.has(place)) return;
    if (FAILURE_KEY.test(key)) found.push({ place, truthyOnFailure: true });
    if (SUCCESS_KEY.test(key)) found.push({ place, truthyOnFailure: false });
  };
  for (const node of nodes) {
    const [target, value] =
      node.type === T.VariableDeclarator
        ? [node.id, node.init]
        : node.type === T.AssignmentExpression
          ? [node.left, node.right]
          : [];
    if (
      target === undefined ||
      value === undefined ||
      value === null ||
      !contains(value, anchor) ||
      containsFunction(value, anchor)
    )
      continue;
    if (target.type === T.ObjectPattern) {
      for (const property of target.properties) {
        if (property.type === T.Property)
          add(placeOf(property.value), staticKey(property, property.key));
      }
    } else if (target.type === T.ArrayPattern) {
      const [first] = target.elements;
      if (first?.type === T.Identifier) add(placeOf(first), first.name);
    } else {
      const owner = placeOf(target);
      for (const place of tested)
        if (owner !== undefined && place.startsWith(`${owner}.`))
          add(place, place.slice(owner.length + 1));
    }
  }
  return found;
}

function containsFunction(value: TSESTree.Node, anchor: TSESTree.Node): boolean {
  for (const ancestor of ancestors(anchor)) {
    if (ancestor === value) return false;
    if (isFunction(ancestor)) return true;
  }
  return false;
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
