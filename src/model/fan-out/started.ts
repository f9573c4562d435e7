/** The AWS calls that a piece of code starts when it runs, with nothing on the way that makes them wait for their turn. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  calleeName,
  contains,
  type FunctionNode,
  isFunction,
  isLoop,
  memberName,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { helperExport } from "../helper.ts";
import { importedName, isGlobal, variableOf } from "../program/binding.ts";
import { callOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { libraryLayer } from "../retry/library.ts";
import type { SdkCall } from "../sdk/call.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { requestFate } from "../sdk/request.ts";
import { makesSdkCall } from "../summary/sdk-calls.ts";
import { isGate, isGated } from "./gate.ts";
import { hasLimitingDecorator, isLimiterCall } from "./limiter.ts";

export interface Started {
  readonly call: SdkCall;
  /** Where the code itself leads to it: the AWS call, or the call of a function that makes it. */
  readonly site: TSESTree.CallExpression;
  /** Whether a loop on the way repeats it, or a function that calls itself. */
  readonly inLoop: boolean;
  /** How many functions of the project lie between. */
  readonly hops: number;
}

const MAX_DEPTH = 6;

const known = new WeakMap<FunctionNode, readonly Started[]>();
const reading = new Set<FunctionNode>();
/** Those of them that the search has come back to. */
const recursive = new Set<FunctionNode>();
/** How often a search was cut short, by recursion or by depth. */
let cuts = 0;

/** What a function starts, or the body of a loop. */
export function startedBy(root: TSESTree.Node): readonly Started[] {
  return isFunction(root) ? byFunction(root, 0) : read(root, 0);
}

function byFunction(fn: FunctionNode, depth: number): readonly Started[] {
  const before = known.get(fn);
  if (before !== undefined) return before;
  // A generator runs at the pace of whoever asks it for values.
  if (fn.generator || hasLimitingDecorator(fn) || makesSdkCall(fn).answer === "no") {
    known.set(fn, []);
    return [];
  }
  if (reading.has(fn) || depth > MAX_DEPTH) {
    if (reading.has(fn)) recursive.add(fn);
    cuts += 1;
    return [];
  }
  const cutsBefore = cuts;
  reading.add(fn);
  const once = read(fn, depth);
  reading.delete(fn);
  const found = recursive.delete(fn) ? once.map((item) => ({ ...item, inLoop: true })) : once;
  if (depth === 0 || cuts === cutsBefore) known.set(fn, found);
  return found;
}

function read(root: TSESTree.Node, depth: number): readonly Started[] {
  const found: Started[] = [];
  const into = (node: TSESTree.Node): boolean =>
    node === root || !isFunction(node) || isRunInline(node);
  for (const node of walk(root, unitOf(root).visitorKeys, into)) {
    if (node.type !== T.CallExpression) continue;
    const calls = callsAt(node, depth);
    if (calls.length === 0 || isGated(node, root)) continue;
    const inLoop = isInLoop(node, root);
    found.push(...calls.map((item) => ({ ...item, site: node, inLoop: inLoop || item.inLoop })));
  }
  return found;
}

function callsAt(node: TSESTree.CallExpression, depth: number): readonly Omit<Started, "site">[] {
  const call = sdkCallAt(node);
  if (call !== undefined) {
    const isSent = call.style !== "request" || requestFate(call).isSent === "yes";
    return isSent ? [{ call, inLoop: call.style === "paginator", hops: 0 }] : [];
  }
  if (isLimiterCall(node)) return [];
  const { functions } = functionsOf(node.callee);
  const handed = node.arguments.flatMap((argument, index) => {
    const value = unwrap(argument);
    const isName = value.type === T.Identifier || value.type === T.MemberExpression;
    return isName && runsArgument(node, index) ? functionsOf(value).functions : [];
  });
  return [...functions, ...handed]
    .flatMap((fn) => byFunction(fn, depth + 1))
    .map((item) => ({ ...item, hops: item.hops + 1 }));
}

function isInLoop(node: TSESTree.Node, root: TSESTree.Node): boolean {
  for (const ancestor of ancestors(node)) {
    if (ancestor === root) return false;
    if (isLoop(ancestor)) return true;
  }
  return false;
}

/** Whether an inline function runs as part of the code that it stands in. */
export function isRunInline(fn: FunctionNode): boolean {
  const outer = wrapped(fn);
  const { parent } = outer;
  if (parent?.type === T.NewExpression) return isGlobal(parent.callee, "Promise");
  if (parent?.type !== T.CallExpression) return false;
  if (parent.callee === outer) return true;
  return runsArgument(
    parent,
    parent.arguments.findIndex((argument) => argument === outer),
  );
}

/** Methods of arrays and collections that call their argument at once. */
const ITERATES = /^(?:map|flatMap|forEach|filter|find|some|every|reduce|reduceRight)$/;

/** Whether a call runs the function that is its argument, in its own time and without holding it back. */
function runsArgument(call: TSESTree.CallExpression, index: number): boolean {
  if (isLimiterCall(call)) return false;
  const member = calleeMember(call);
  const name = calleeName(call) ?? "";
  if (member !== undefined && /^(?:then|finally)$/.test(name))
    return index === 0 && isFresh(member.object);
  if (sdkCallAt(call) !== undefined) return true;
  const helper = helperExport(call.callee);
  if (helper !== undefined) return index === (helper === "mapPaced" ? 1 : 0);
  const imported = importedName(call.callee);
  if (imported?.module === "p-map") return index === 1;
  const argument = call.arguments[index];
  if (argument !== undefined && libraryLayer(call, argument) !== undefined) return true;
  const { functions } = functionsOf(call.callee);
  if (functions.length > 0) return functions.every((fn) => runsParameter(fn, index, 0));
  if (member === undefined || imported !== undefined) return false;
  if (isGlobal(unwrap(member.object), "Array")) return name === "from" && index === 1;
  return index === 0 && ITERATES.test(name);
}

/** Whether `.then` continues something that starts here, and not a chain that others wait in line on. */
function isFresh(receiver: TSESTree.Node): boolean {
  const node = unwrap(receiver);
  if (node.type === T.NewExpression) return !isGate(node, 0);
  if (node.type !== T.CallExpression) return false;
  const member = calleeMember(node);
  if (member !== undefined && /^(?:then|catch|finally|promise)$/.test(memberName(member) ?? "")) {
    const inner = unwrap(member.object);
    return (inner.type === T.CallExpression && sdkCallAt(inner) !== undefined) || isFresh(inner);
  }
  return !isGate(node, 0);
}

const runs = new WeakMap<FunctionNode, Map<number, boolean>>();

/** Whether a function of the project calls the function in one of its parameters straight away. */
function runsParameter(fn: FunctionNode, index: number, depth: number): boolean {
  let byIndex = runs.get(fn);
  if (byIndex === undefined) runs.set(fn, (byIndex = new Map<number, boolean>()));
  const before = byIndex.get(index);
  if (before !== undefined) return before;
  // Handing the function to itself does not run it.
  byIndex.set(index, false);
  const parameter = fn.params[index];
  const variable = parameter?.type === T.Identifier ? variableOf(parameter) : undefined;
  const uses = variable?.references.filter((reference) => reference.isRead()) ?? [];
  const found =
    depth < 4 &&
    uses.length > 0 &&
    uses.every(({ identifier }) => isRunAt(identifier as TSESTree.Identifier, fn, depth));
  byIndex.set(index, found);
  return found;
}

function isRunAt(use: TSESTree.Identifier, fn: FunctionNode, depth: number): boolean {
  for (const ancestor of ancestors(use)) {
    if (ancestor === fn) break;
    if (isFunction(ancestor) && !isRunInline(ancestor)) return false;
  }
  const call = callOf(use);
  if (call !== undefined) return !isGated(call, fn);
  const { parent } = wrapped(use);
  if (parent?.type !== T.CallExpression || isGated(parent, fn)) return false;
  const index = parent.arguments.findIndex((argument) => argument === use);
  const { functions } = functionsOf(parent.callee);
  return functions.length > 0
    ? functions.every((inner) => contains(inner, use) || runsParameter(inner, index, depth + 1))
    : runsArgument(parent, index);
}
