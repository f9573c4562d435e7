/** What a function of the project does with a function that it is given: where it runs it, and which layers lie around. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeName,
  type FunctionNode,
  isFunction,
  isLoop,
  memberName,
  staticKey,
  wrapped,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { isGlobal, variableOf } from "../program/binding.ts";
import { callOf, ownNameOf } from "../program/callers.ts";
import { boundIdentifier } from "../program/members.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import type { Layer } from "./layer.ts";
import { layersWithin } from "./paths.ts";

/** How a function comes by another: in the parameter at a position, or as the method that it decorates. */
export type Given = number | "method";

const layersByFunction = new WeakMap<FunctionNode, Map<Given, readonly Layer[]>>();

/** The layers between a function's boundary and the places where it runs what it is given. */
export function layersAround(fn: FunctionNode, given: Given): readonly Layer[] {
  let known = layersByFunction.get(fn);
  if (known === undefined) layersByFunction.set(fn, (known = new Map<Given, readonly Layer[]>()));
  const found = known.get(given);
  if (found !== undefined) return found;
  // A wrapper that hands its callback to itself adds nothing by it.
  known.set(given, []);
  const layers = usesOfGiven(fn, given).flatMap(({ node }) => layersWithin(fn, node));
  const different = distinct(layers);
  known.set(given, different);
  return different;
}

/** A loop that runs the callback at several places is one layer: as it is for the place that it comes back to most often. */
function distinct(layers: readonly Layer[]): readonly Layer[] {
  const found: Layer[] = [];
  for (const layer of layers.toSorted((a, b) => knownAttempts(b) - knownAttempts(a))) {
    if (!found.some((other) => other.node === layer.node && other.purpose === layer.purpose))
      found.push(layer);
  }
  return layers.filter((layer) => found.includes(layer));
}

function knownAttempts({ attempts }: Layer): number {
  if (attempts.kind === "unbounded") return Infinity;
  return attempts.kind === "bounded" ? (attempts.max ?? 0) : 0;
}

const runningOnce = new WeakMap<FunctionNode, Map<Given, boolean>>();

/** Promise methods run what they are given once. */
const ONCE = /^(?:then|catch|finally)$/;

/**
 * Whether a function is seen to run what it is given, and nothing in it could run that again: no loop, no wait, no recursion, no
 * function handed to what cannot be read.
 */
export function runsOnce(fn: FunctionNode, given: Given): boolean {
  let known = runningOnce.get(fn);
  if (known === undefined) runningOnce.set(fn, (known = new Map<Given, boolean>()));
  const found = known.get(given);
  if (found !== undefined) return found;
  known.set(given, false);
  const uses = usesOfGiven(fn, given);
  const handedOn = new Set(uses.flatMap(({ node, isRun }) => (isRun ? [] : node)));
  const result =
    uses.length > 0 &&
    [...handedOn].every((node) => node.parent?.type === T.CallExpression) &&
    [...walk(fn, unitOf(fn).visitorKeys)].every((node) => {
      if (isLoop(node) || (isFunction(node) && namesItself(node))) return false;
      if (node.type !== T.CallExpression) return true;
      if (sleepAt(node) !== undefined || timerAt(node) !== undefined) return false;
      return node.arguments.every(
        (argument, index) =>
          !(isFunction(argument) || handedOn.has(argument)) ||
          ONCE.test(calleeName(node) ?? "") ||
          isRunOnceBy(node, index),
      );
    });
  known.set(given, result);
  return result;
}

function isRunOnceBy(call: TSESTree.CallExpression, index: number): boolean {
  const { functions, complete } = functionsOf(call.callee);
  return complete && functions.length > 0 && functions.every((fn) => runsOnce(fn, index));
}

function namesItself(fn: FunctionNode): boolean {
  const name = ownNameOf(fn);
  return (
    name !== undefined &&
    [...walk(fn.body, unitOf(fn).visitorKeys)].some(
      (node) => node.type === T.Identifier && node.name === name,
    )
  );
}

/** A place where a given function is run, by a call, or handed on as a value. */
interface Use {
  readonly node: TSESTree.Node;
  readonly isRun: boolean;
}

function usesOfGiven(fn: FunctionNode, given: Given): readonly Use[] {
  const values = given === "method" ? decoratedMethod(fn) : readsOf(fn.params[given]);
  const seen = new Set<TSESTree.Node>();
  return values.flatMap((value) => usesOfFunction(value, seen));
}

/** Follows a function through names and `bind` to where it is run, also by `call` and `apply`, or handed on. */
function usesOfFunction(value: TSESTree.Node, seen: Set<TSESTree.Node>): readonly Use[] {
  const node = wrapped(value);
  if (seen.has(node)) return [];
  seen.add(node);
  const { parent } = node;
  const follow = (values: readonly TSESTree.Node[]): readonly Use[] =>
    values.flatMap((next) => usesOfFunction(next, seen));
  switch (parent?.type) {
    case T.CallExpression:
      if (parent.callee === node) return [{ node: parent, isRun: true }];
      return parent.arguments[0] === node && isReflectApply(parent)
        ? [{ node: parent, isRun: true }]
        : [{ node, isRun: false }];
    case T.MemberExpression: {
      const call = parent.object === node ? callOf(parent) : undefined;
      if (call === undefined) return [];
      const name = memberName(parent);
      if (name === "bind") return follow([call]);
      return name === "call" || name === "apply" ? [{ node: call, isRun: true }] : [];
    }
    case T.VariableDeclarator:
      return follow(readsOf(parent.id));
    case T.AssignmentExpression:
      if (parent.right === node && parent.left.type === T.Identifier)
        return follow(readsOf(parent.left));
      return parent.right === node ? [{ node, isRun: false }] : [];
    default:
      return [{ node, isRun: false }];
  }
}

function isReflectApply({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === T.MemberExpression &&
    isGlobal(callee.object, "Reflect") &&
    memberName(callee) === "apply"
  );
}

/** Where a name that is bound as a whole is read. */
function readsOf(pattern: TSESTree.Node | undefined): readonly TSESTree.Node[] {
  const id = pattern === undefined ? undefined : boundIdentifier(pattern);
  const references = (id === undefined ? undefined : variableOf(id)?.references) ?? [];
  return references
    .filter((reference) => reference.isRead())
    .map(({ identifier }) => identifier as TSESTree.Node);
}

/**
 * The method that a decorator is put on, where the decorator reads it: `descriptor.value` or `target[key]` of TypeScript's
 * `(target, key, descriptor)`, the first parameter of the standard's `(method, context)`.
 */
function decoratedMethod({ params }: FunctionNode): readonly TSESTree.Node[] {
  const [first, key, descriptor] = params;
  const keys = readsOf(key);
  const onTarget = readsOf(first).flatMap((read) => {
    const member = memberOn(read);
    return member?.computed === true && keys.includes(member.property) ? [member] : [];
  });
  return [
    ...onTarget,
    ...(descriptor === undefined ? readsOf(first) : readsOfMember(descriptor, "value")),
  ];
}

/** Where a member of what a pattern receives is read: by its name, or taken out of it. */
function readsOfMember(pattern: TSESTree.Node, name: string): readonly TSESTree.Node[] {
  const target = pattern.type === T.AssignmentPattern ? pattern.left : pattern;
  if (target.type === T.ObjectPattern) {
    return target.properties.flatMap((property) =>
      property.type === T.Property && staticKey(property, property.key) === name
        ? readsOf(property.value)
        : [],
    );
  }
  return readsOf(target).flatMap((read) => {
    const { parent } = wrapped(read);
    if (parent?.type === T.VariableDeclarator && parent.id.type === T.ObjectPattern)
      return readsOfMember(parent.id, name);
    const member = memberOn(read);
    return member !== undefined && memberName(member) === name ? [member] : [];
  });
}

/** The member that is read on a value; one that is written does not count. */
function memberOn(value: TSESTree.Node): TSESTree.MemberExpression | undefined {
  const object = wrapped(value);
  const { parent } = object;
  if (parent?.type !== T.MemberExpression || parent.object !== object) return undefined;
  const outer = wrapped(parent);
  return outer.parent?.type === T.AssignmentExpression && outer.parent.left === outer
    ? undefined
    : parent;
}
