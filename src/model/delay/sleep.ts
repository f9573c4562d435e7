/** Sleeps, recognised by what they do; a name alone is weak evidence. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, memberName, unwrap } from "../../ast/nodes.ts";
import { delayFunction } from "../../knowledge/pacing.ts";
import type { Answer } from "../answer.ts";
import { isKnownFunction } from "../helper.ts";
import { once } from "../once.ts";
import { importedName, isGlobal } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf, originsOf } from "../program/values.ts";
import { isAwaited } from "./awaited.ts";
import { type Frame, reroot, towardCaller } from "./frame.ts";
import { soleSleepOf } from "./own-sleep.ts";
import { isSetTimeout, promiseTimer, resolversTimer } from "./timer.ts";

/** An expression whose value is a promise that resolves after a time (or a call that blocks for a time). */
export interface Sleep {
  /** The call, or the `new Promise`. */
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  /**
   * The expression that gives the time, as near to the caller as it still is the whole of it; in another file when the
   * sleeping function computes it there. `undefined` where it cannot be seen, or where there is none (`fixedMs`).
   */
  readonly duration: TSESTree.Node | undefined;
  /** What `duration` must be multiplied with to give milliseconds: 1000 for the project's `sleepSeconds(n)`. */
  readonly scale: number;
  /** What the parameters in `duration` stand for, where it stands in a function that this call enters. */
  readonly frame: Frame | undefined;
  /** The milliseconds of a sleep that is given none. */
  readonly fixedMs: number | undefined;
  /** The function itself draws the time at random. */
  readonly random: boolean;
  /** Whether the code after it waits. */
  readonly awaited: Answer;
  /** `weak`: only the name says so. */
  readonly certainty: "sure" | "weak";
}

/** The sleep that a call or `new Promise` is; `undefined` where it is none or nothing tells. */
export function sleepAt(expression: TSESTree.Node): Sleep | undefined {
  const node = unwrap(expression);
  return node.type === T.CallExpression || node.type === T.NewExpression
    ? sleepMade(node)
    : undefined;
}

const sleepMade = once(
  (node: TSESTree.CallExpression | TSESTree.NewExpression): Sleep | undefined =>
    node.type === T.NewExpression ? newPromise(node) : calledSleep(node),
  // A function that calls itself sleeps no more for that.
  { value: undefined },
);

interface Found {
  readonly duration?: TSESTree.Node | undefined;
  readonly scale?: number;
  readonly frame?: Frame | undefined;
  readonly fixedMs?: number | undefined;
  readonly random?: boolean;
  readonly awaited?: Answer;
  readonly certainty?: "sure" | "weak";
}

function sleepOf(call: Sleep["call"], found: Found): Sleep {
  const duration = found.duration?.type === T.SpreadElement ? undefined : found.duration;
  return {
    call,
    duration: duration === undefined ? undefined : unwrap(duration),
    scale: found.scale ?? 1,
    frame: found.frame,
    fixedMs: found.fixedMs,
    random: found.random ?? false,
    awaited: found.awaited ?? isAwaited(call),
    certainty: found.certainty ?? "sure",
  };
}

function newPromise(node: TSESTree.NewExpression): Sleep | undefined {
  const timer = promiseTimer(node);
  if (timer === undefined) return undefined;
  return sleepOf(node, {
    duration: timer.duration,
    fixedMs: timer.duration === undefined ? 0 : undefined,
    certainty: timer.sure ? "sure" : "weak",
  });
}

function calledSleep(call: TSESTree.CallExpression): Sleep | undefined {
  return (
    fromLibrary(call) ??
    fromResolvers(call) ??
    blocking(call) ??
    configured(call) ??
    fromOrigin(call) ??
    byName(call)
  );
}

function fromLibrary(call: TSESTree.CallExpression): Sleep | undefined {
  const imported = importedName(call.callee);
  if (imported === undefined) return undefined;
  const path = imported.path.join(".");
  if (/^(?:node:)?timers$/.test(imported.module) && path.startsWith("promises.")) {
    return path === "promises.setTimeout"
      ? sleepOf(call, { duration: call.arguments[0] })
      : undefined;
  }
  if (imported.module === "bluebird" && path === "delay")
    return sleepOf(call, { duration: call.arguments[0] });
  if (imported.module === "rxjs" && /^(?:first|last)ValueFrom$/.test(path)) {
    const [source] = call.arguments;
    return source?.type === T.CallExpression && isRxjsTimer(source.callee)
      ? sleepOf(call, { duration: source.arguments[0] })
      : undefined;
  }
  const row = delayFunction(imported.module, path === "" ? "default" : path);
  if (row === undefined) return undefined;
  const usable = row.unit === "ms" && !row.random;
  return sleepOf(call, {
    duration: usable ? call.arguments[row.durationArgument] : undefined,
    random: row.random,
  });
}

/** `timer` of rxjs, which emits once after some milliseconds; the first value of `interval` takes as long. */
function isRxjsTimer(callee: TSESTree.Node): boolean {
  const imported = importedName(callee);
  return imported?.module === "rxjs" && /^(?:timer|interval)$/.test(imported.path.join("."));
}

/** A promise whose `resolve` is handed out, to a timer. */
function fromResolvers(call: TSESTree.CallExpression): Sleep | undefined {
  const timer = resolversTimer(call);
  if (timer === undefined) return undefined;
  const answers = timer.promises.map((promise) => isAwaited(promise));
  return sleepOf(call, {
    duration: timer.duration,
    fixedMs: timer.duration === undefined ? 0 : undefined,
    awaited: answers.includes("yes") ? "yes" : answers.length === 0 ? "no" : "unknown",
    certainty: timer.sure ? "sure" : "weak",
  });
}

/** `Atomics.wait(array, 0, 0, ms)` stops the thread. */
function blocking(call: TSESTree.CallExpression): Sleep | undefined {
  const callee = calleeMember(call);
  if (callee === undefined || memberName(callee) !== "wait" || !isGlobal(callee.object, "Atomics"))
    return undefined;
  const duration = call.arguments[3];
  return duration === undefined ? undefined : sleepOf(call, { duration, awaited: "yes" });
}

function configured(call: TSESTree.CallExpression): Sleep | undefined {
  const { sleepFunctions } = unitOf(call).settings;
  return isKnownFunction(call.callee, sleepFunctions)
    ? sleepOf(call, { duration: call.arguments[0] })
    : undefined;
}

/** `promisify(setTimeout)` kept in a variable, and the project's own functions, in whatever file. */
function fromOrigin(call: TSESTree.CallExpression): Sleep | undefined {
  // One among others that callers may hand over, `options.sleep ?? sleep`: those stand in for it.
  const { functions } = functionsOf(call.callee);
  const [fn] = functions;
  if (fn === undefined)
    return isPromisified(call.callee) ? sleepOf(call, { duration: call.arguments[0] }) : undefined;
  if (functions.length > 1) return undefined;
  const inner = soleSleepOf(fn, sleepAt);
  if (inner === undefined) return undefined;
  const frame = reroot(inner.frame, { fn, args: call.arguments, outer: undefined });
  const { duration, scale, fixedMs, random, certainty } = inner;
  const found =
    duration === undefined
      ? { node: undefined, frame, scale }
      : towardCaller({ node: duration, frame, scale });
  return sleepOf(call, {
    duration: found.node,
    frame: found.frame,
    scale: found.scale,
    fixedMs,
    random,
    certainty,
  });
}

function isPromisified(callee: TSESTree.Node): boolean {
  const { nodes } = originsOf(callee, { intoCallers: false });
  return (
    nodes.length > 0 &&
    nodes.every((origin) => {
      if (origin.type !== T.CallExpression) return false;
      const made = importedName(origin.callee);
      const [wrappedFunction] = origin.arguments;
      return (
        made !== undefined &&
        /^(?:node:)?util$/.test(made.module) &&
        made.path.join(".") === "promisify" &&
        wrappedFunction !== undefined &&
        isSetTimeout(wrappedFunction)
      );
    })
  );
}

const SLEEP_NAME =
  /^(?:async)?_?(?:sleep|delay|wait|pause|snooze|backoff|backOff)(?:For|Async|Ms|Millis|Milliseconds)?$/;

/** A function that cannot be read, with a name that hardly means anything else. */
function byName(call: TSESTree.CallExpression): Sleep | undefined {
  const name = calleeName(call);
  if (name === undefined || !SLEEP_NAME.test(name) || call.arguments.length === 0) return undefined;
  if (functionsOf(call.callee).functions.length > 0) return undefined;
  return sleepOf(call, {
    duration: call.arguments.length === 1 ? call.arguments[0] : undefined,
    certainty: "weak",
  });
}
