/** Where and how long a function of the project sleeps, the functions that it calls included. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import type { Answer } from "../answer.ts";
import { reroot, towardCaller } from "../delay/frame.ts";
import { type Sleep, sleepAt } from "../delay/sleep.ts";
import { isGiven } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";

export interface SleepSummary {
  /** Whether it sleeps at all; `unknown` where it runs a function that it is given. */
  readonly answer: Answer;
  /** The sleeps that it waits for, their parameters traced to those of the function. */
  readonly sleeps: readonly Sleep[];
}

const AWAKE: SleepSummary = { answer: "no", sleeps: [] };

/** Calls of calls: deeper than that, a sleep belongs to somebody else's work. */
const MAX_DEPTH = 4;

const known = new WeakMap<FunctionNode, SleepSummary>();
const reading = new Set<FunctionNode>();
/** How often a search was cut short, by recursion or by depth. */
let cuts = 0;

/** The sleeps of a function and of the functions that it calls. */
export function sleepsIn(fn: FunctionNode): SleepSummary {
  return summary(fn, 0);
}

/** The sleeps behind a call: itself, or those of the function that it enters, seen from the call. */
export function sleepsBehind(call: TSESTree.CallExpression | TSESTree.NewExpression): SleepSummary {
  return behind(call, 0);
}

function summary(fn: FunctionNode, depth: number): SleepSummary {
  const before = known.get(fn);
  if (before !== undefined) return before;
  if (depth > MAX_DEPTH || reading.has(fn)) {
    cuts += 1;
    // Coming back to a function adds no sleep; going too deep may.
    return reading.has(fn) ? AWAKE : { answer: "unknown", sleeps: [] };
  }
  const cutsBefore = cuts;
  reading.add(fn);
  const result = read(fn, depth);
  reading.delete(fn);
  // What was cut short on the way down may be whole when it is asked from elsewhere.
  if (depth === 0 || cuts === cutsBefore) known.set(fn, result);
  return result;
}

function read(fn: FunctionNode, depth: number): SleepSummary {
  const parts: SleepSummary[] = [];
  // Inline callbacks run as part of the function; named ones only where they are called.
  const into = (node: TSESTree.Node): boolean =>
    node === fn.body || !isFunction(node) || node.parent.type === T.CallExpression;
  const inSleeps = new Set<TSESTree.Node>();
  for (const node of walk(
    fn.body,
    unitOf(fn).visitorKeys,
    (inner) => into(inner) && !inSleeps.has(inner),
  )) {
    if (node.type !== T.CallExpression && node.type !== T.NewExpression) continue;
    const part = behind(node, depth);
    if (part.sleeps.some(({ call }) => call === node)) inSleeps.add(node);
    parts.push(part);
  }
  const sleeps = parts.flatMap((part) => part.sleeps);
  if (sleeps.length > 0) return { answer: "yes", sleeps };
  return parts.some(({ answer }) => answer === "unknown") ? { answer: "unknown", sleeps } : AWAKE;
}

function behind(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  depth: number,
): SleepSummary {
  const sleep = sleepAt(call);
  if (sleep !== undefined)
    return sleep.awaited === "no" ? AWAKE : { answer: "yes", sleeps: [sleep] };
  if (call.type === T.NewExpression) return AWAKE;
  const { functions } = functionsOf(call.callee);
  const [fn] = functions;
  if (fn === undefined) return isGiven(call.callee) ? { answer: "unknown", sleeps: [] } : AWAKE;
  if (functions.length > 1) return { answer: "unknown", sleeps: [] };
  const { answer, sleeps } = summary(fn, depth + 1);
  return { answer, sleeps: sleeps.map((inner) => seenFrom(call, fn, inner)) };
}

/** A sleep inside a function as a call of the function sees it. */
function seenFrom(call: TSESTree.CallExpression, fn: FunctionNode, sleep: Sleep): Sleep {
  const frame = reroot(sleep.frame, { fn, args: call.arguments, outer: undefined });
  if (sleep.duration === undefined) return { ...sleep, frame };
  const {
    node,
    frame: nearer,
    scale,
  } = towardCaller({ node: sleep.duration, frame, scale: sleep.scale });
  return { ...sleep, duration: node, frame: nearer, scale };
}
