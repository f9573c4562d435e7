/** Clients that are built again and again: each starts with no sockets, and forgets how often it was throttled. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  contains,
  type FunctionNode,
  isFunction,
  isLoop,
  memberName,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { isRepeated } from "../loop/classify.ts";
import { callOf, nameOfFunction, usesOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import { callLayers } from "../retry/call-layers.ts";
import { clientClassAt } from "../sdk/client-class.ts";
import type { Construction } from "./construction.ts";

/** What builds a client anew although the same one would do. */
export interface Rebuilding {
  readonly kind: "attempt" | "call" | "element" | "pass";
  /** What the construction can move in front of: the loop, the call with the callback, or the function. */
  readonly anchor: TSESTree.Node;
  /** The function that is called in a loop. */
  readonly name: string | undefined;
}

/** The loop, retry wrapper or repeatedly called function that builds this client anew with the same configuration. */
export function rebuiltBy({ node, client }: Construction): Rebuilding | undefined {
  if (client.api === "v2") return undefined;
  return climb(node, node);
}

/** The exported handler function in which a client is built on each invocation. */
export function invocationAround({ node, client }: Construction): FunctionNode | undefined {
  if (client.api === "v2") return undefined;
  let outermost: FunctionNode | undefined;
  for (let current: TSESTree.Node = node; current.parent; current = current.parent) {
    if (isOptional(current)) return undefined;
    if (isFunction(current.parent)) outermost = current.parent;
  }
  if (outermost === undefined || dependsOn(node, outermost)) return undefined;
  return /^handler$|Handler$/.test(nameOfFunction(outermost)?.name ?? "") ? outermost : undefined;
}

/** Whether code destroys an AWS client, which then can send nothing any more. */
export function endsClients(code: TSESTree.Node): boolean {
  return [...walk(code, unitOf(code).visitorKeys)].some((node) => {
    const callee = node.type === T.CallExpression ? calleeMember(node) : undefined;
    return (
      callee !== undefined &&
      memberName(callee) === "destroy" &&
      clientClassAt(callee.object) !== undefined
    );
  });
}

const ITERATING = new Set([
  "every",
  "filter",
  "find",
  "findIndex",
  "flatMap",
  "forEach",
  "map",
  "reduce",
  "some",
]);

/** How many callers up a loop is looked for. */
const MAX_HOPS = 2;

/** @param source - what the configuration is made of: the construction, then the object whose method builds the client with what it holds */
function climb(
  start: TSESTree.Node,
  source: TSESTree.Node | undefined,
  hops = 0,
): Rebuilding | undefined {
  const isSame = (region: TSESTree.Node): boolean =>
    source === undefined || !dependsOn(source, region);
  let isUsed = false;
  for (let current = start; current.parent; current = current.parent) {
    const { parent } = current;
    isUsed ||= parent.type === T.MemberExpression && parent.object === current;
    // What a client is asked for may well be kept.
    if (isOptional(current) && !(isUsed && parent.type === T.AssignmentExpression))
      return undefined;
    if (isLoop(parent) && isRepeated(parent, current))
      return isSame(parent) ? { kind: "pass", anchor: parent, name: undefined } : undefined;
    if (parent.type === T.CallExpression && isFunction(current) && parent.callee !== current) {
      // Each test has a client of its own, also where a loop makes the tests.
      if (isTest(parent)) return undefined;
      const kind = callbackKind(parent, current);
      if (kind !== undefined)
        return isSame(current) ? { kind, anchor: parent, name: undefined } : undefined;
    }
    if (!isFunction(parent)) continue;
    const named = nameOfFunction(parent);
    if (named === undefined) continue;
    if (!isSame(parent) || named.kind === "constructor" || hops >= MAX_HOPS) return undefined;
    const usesThis = source !== undefined && mentionsThis(source);
    const isLooped = usesOf(parent).sites.some((site) => {
      const call = callOf(site);
      return (
        call !== undefined &&
        !isInside(call, parent) &&
        climb(call, usesThis ? receiverOf(call) : undefined, hops + 1) !== undefined
      );
    });
    return isLooped ? { kind: "call", anchor: parent, name: named.name } : undefined;
  }
  return undefined;
}

function receiverOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): TSESTree.Node | undefined {
  return call.type === T.CallExpression ? calleeMember(call)?.object : undefined;
}

function mentionsThis(expression: TSESTree.Node): boolean {
  const { visitorKeys } = unitOf(expression);
  return [...walk(expression, visitorKeys)].some(({ type }) => type === T.ThisExpression);
}

/** Ranges tell only within one file. */
function isInside(node: TSESTree.Node, fn: FunctionNode): boolean {
  return unitOf(node) === unitOf(fn) && contains(fn, node);
}

const TESTS = /^(?:(?:after|before)(?:All|Each)?|describe|it|suite|test)$/;

/** Whether a call hands its function to a test runner: `it("…", f)`, `test.only("…", f)`, `it.each(rows)("…", f)`. */
function isTest(call: TSESTree.CallExpression): boolean {
  let callee: TSESTree.Node = call.callee;
  while (callee.type === T.MemberExpression || callee.type === T.CallExpression)
    callee = callee.type === T.MemberExpression ? callee.object : callee.callee;
  return callee.type === T.Identifier && TESTS.test(callee.name);
}

function callbackKind(
  call: TSESTree.CallExpression,
  callback: FunctionNode,
): "attempt" | "element" | undefined {
  if (callLayers(call, callback).some(({ purpose }) => purpose === "retry")) return "attempt";
  const callee = calleeMember(call);
  return callee !== undefined && ITERATING.has(memberName(callee) ?? "") ? "element" : undefined;
}

/** Whether a node is only sometimes evaluated, kept in a place that outlives the loop, or a default that callers can replace. */
function isOptional(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case T.LogicalExpression:
      return parent.right === node;
    case T.AssignmentExpression:
      // Whoever keeps it may have a reason to replace it.
      return parent.right === node;
    case T.ConditionalExpression:
    case T.IfStatement:
      return parent.test !== node;
    case T.AssignmentPattern:
    case T.CatchClause:
    case T.SwitchCase:
      return true;
    default:
      return false;
  }
}

/** Whether what an expression is made of can change from one pass through a region to the next. */
function dependsOn(expression: TSESTree.Node, region: TSESTree.Node): boolean {
  const { scopes, visitorKeys } = unitOf(expression);
  const inside = [...walk(expression, visitorKeys)];
  if (inside.some((node) => node.type === T.AwaitExpression || node.type === T.YieldExpression))
    return true;
  const declares = ({ defs }: TSESLint.Scope.Variable): boolean =>
    defs.some(({ name }) => contains(region, name) && !contains(expression, name));
  return scopes.scopes
    .flatMap(({ references }) => references)
    .some(({ identifier, resolved }) => {
      if (!contains(expression, identifier) || resolved === null) return false;
      return (
        declares(resolved) ||
        resolved.references.some(
          (other) =>
            other.isWrite() &&
            contains(region, other.identifier) &&
            !contains(expression, other.identifier),
        )
      );
    });
}
