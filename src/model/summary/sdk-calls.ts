/** Which AWS calls a function of the project makes, the functions that it calls included. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import type { Answer } from "../answer.ts";
import { isGiven } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import type { SdkCall } from "../sdk/call.ts";
import { sdkCallAt } from "../sdk/identify.ts";

export interface SdkCallSummary {
  /** Whether it makes one at all; `unknown` where it runs a function that it is given, or calls go too deep to follow. */
  readonly answer: Answer;
  /** The calls that were found, in whatever file they stand. */
  readonly calls: readonly SdkCall[];
}

const NONE: SdkCallSummary = { answer: "no", calls: [] };
const UNKNOWN: SdkCallSummary = { answer: "unknown", calls: [] };

/** Calls of calls: deeper than that, the search costs more than it finds. */
const MAX_DEPTH = 6;

const known = new WeakMap<FunctionNode, SdkCallSummary>();
const reading = new Set<FunctionNode>();
/** How often a search was cut short, by recursion or by depth. */
let cuts = 0;

/** The AWS calls that a function makes, itself or through the functions of the project that it calls. */
export function makesSdkCall(fn: FunctionNode): SdkCallSummary {
  return summary(fn, 0);
}

function summary(fn: FunctionNode, depth: number): SdkCallSummary {
  const before = known.get(fn);
  if (before !== undefined) return before;
  if (reading.has(fn) || depth > MAX_DEPTH) {
    cuts += 1;
    // Coming back to a function adds no call; going too deep may.
    return reading.has(fn) ? NONE : UNKNOWN;
  }
  const cutsBefore = cuts;
  reading.add(fn);
  const result = read(fn, depth);
  reading.delete(fn);
  // What was cut short on the way down may be whole when it is asked from elsewhere.
  if (depth === 0 || cuts === cutsBefore) known.set(fn, result);
  return result;
}

function read(fn: FunctionNode, depth: number): SdkCallSummary {
  const calls = new Set<SdkCall>();
  let isUnknown = false;
  // Inline callbacks run as part of the function; named ones only where they are called.
  const into = (node: TSESTree.Node): boolean =>
    node === fn || !isFunction(node) || "arguments" in node.parent;
  for (const node of walk(fn, unitOf(fn).visitorKeys, into)) {
    if (node.type !== T.CallExpression) continue;
    const call = sdkCallAt(node);
    if (call !== undefined) {
      calls.add(call);
      continue;
    }
    const { functions } = functionsOf(node.callee);
    isUnknown ||= functions.length === 0 && isGiven(node.callee);
    for (const inner of functions) {
      const found = summary(inner, depth + 1);
      isUnknown ||= found.answer === "unknown";
      for (const item of found.calls) calls.add(item);
    }
  }
  if (calls.size > 0) return { answer: "yes", calls: [...calls] };
  return isUnknown ? UNKNOWN : NONE;
}
