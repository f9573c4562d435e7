/** What a delay does from attempt to attempt: the answer that rules ask for. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { ancestors, type FunctionNode, isFunction, isLoop, unwrap } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { returnedBy } from "../program/values.ts";
import { type Delay, type DelayKind, UNKNOWN_DELAY } from "./delay.ts";
import { FlowReader } from "./evaluate.ts";
import { binary, constant, type Flow, oneOf, randomFlow } from "./flow.ts";
import type { Frame } from "./frame.ts";
import type { Region } from "./reader.ts";
import type { Sleep } from "./sleep.ts";
import { secondsSlip } from "./slips.ts";
import type { Timer } from "./timer.ts";

/** Where a delay stands and what is known of the attempts around it. */
export interface DelayContext {
  /** What repeats: the loop, or the function that calls itself. By default the nearest loop around the delay. */
  readonly loop?: Region | undefined;
  /** The largest number of attempts, the first included. */
  readonly attempts?: number | undefined;
  /** Variables that hold the number of the attempt, where the code does not show it (parameters of callbacks). */
  readonly attemptVariables?: Iterable<TSESLint.Scope.Variable> | undefined;
}

/** Attempts that are assumed where nobody says: enough to tell seconds from milliseconds. */
const USUAL_ATTEMPTS = 5;

/** What a sleep, a timer, or an expression that gives milliseconds does from attempt to attempt. */
export function delayOf(wait: Sleep | Timer | TSESTree.Node, context: DelayContext = {}): Delay {
  if ("type" in wait) return judge(wait, undefined, 1, wait, context);
  const notAwaited =
    "awaited" in wait && wait.awaited === "no"
      ? [{ slip: "not-awaited" as const, node: wait.call }]
      : [];
  const delay = ofWait(wait, context);
  return notAwaited.length === 0 ? delay : { ...delay, slips: [...delay.slips, ...notAwaited] };
}

function ofWait(wait: Sleep | Timer, context: DelayContext): Delay {
  if ("random" in wait && wait.random)
    return fromFlow(randomFlow(wait.call), wait.call, undefined, 1, undefined);
  if (wait.duration !== undefined) {
    const [frame, scale] = "frame" in wait ? [wait.frame, wait.scale] : [undefined, 1];
    const delay = judge(wait.duration, frame, scale, wait.call, context);
    // What only its name tells to be a sleep may take seconds.
    return "certainty" in wait && wait.certainty === "weak"
      ? { ...delay, slips: delay.slips.filter(({ slip }) => slip !== "seconds-as-milliseconds") }
      : delay;
  }
  const given = "fixedMs" in wait ? wait.fixedMs : 0;
  return given === undefined
    ? UNKNOWN_DELAY
    : fromFlow(constant(given), wait.call, undefined, 1, undefined);
}

/** The delay that a function gives for an attempt, such as an option `delay: (attempt) => 100 * 2 ** attempt`. */
export function delayReturnedBy(fn: FunctionNode, context: DelayContext = {}): Delay {
  const results = returnedBy(fn);
  const [only] = results;
  if (only === undefined) return UNKNOWN_DELAY;
  const node = results.length === 1 ? only : fn;
  return judgeAll(results, node, undefined, 1, fn, context);
}

function judge(
  node: TSESTree.Node,
  frame: Frame | undefined,
  scale: number,
  point: TSESTree.Node,
  context: DelayContext,
): Delay {
  return judgeAll([node], node, frame, scale, point, context);
}

function judgeAll(
  nodes: readonly TSESTree.Node[],
  node: TSESTree.Node,
  frame: Frame | undefined,
  scale: number,
  point: TSESTree.Node,
  context: DelayContext,
): Delay {
  const read = (attempts: number | undefined): Flow => {
    const reader = new FlowReader({
      region: context.loop ?? nearestLoop(point),
      attempts,
      attemptVariables: new Set(context.attemptVariables ?? []),
      point,
    });
    const flow = oneOf(nodes.map((expression) => reader.flow(expression, frame)));
    return scale === 1 ? flow : binary("*", flow, constant(scale));
  };
  const flow = read(context.attempts);
  const usual = context.attempts === undefined ? read(USUAL_ATTEMPTS) : flow;
  return fromFlow(flow, point, unwrap(node), scale, secondsSlip(usual, unwrap(node)));
}

function nearestLoop(node: TSESTree.Node): Region | undefined {
  for (const ancestor of ancestors(node)) {
    if (isLoop(ancestor)) return ancestor;
    if (isFunction(ancestor)) return undefined;
  }
  return undefined;
}

function fromFlow(
  flow: Flow,
  point: TSESTree.Node,
  node: TSESTree.Node | undefined,
  scale: number,
  seconds: TSESTree.Node | undefined,
): Delay {
  const kind = kindOf(flow);
  const slips =
    seconds === undefined
      ? flow.slips
      : [...flow.slips, { slip: "seconds-as-milliseconds" as const, node: seconds }];
  return {
    kind,
    node,
    scale,
    fixedMs: kind === "fixed" || kind === "none" ? exactly(flow) : undefined,
    maxMs: flow.max !== undefined && Number.isFinite(flow.max) ? flow.max : undefined,
    capped: cappedOf(kind, flow),
    slips: unique(kind === "unknown" || kind === "clock" ? flow.slips : slips),
    evidence: flow.evidence.length > 0 ? flow.evidence : [node ?? point],
  };
}

function kindOf({ changes, max, random }: Flow): DelayKind {
  if (random === "yes") return "jittered";
  if (random === "unknown") return "unknown";
  if (changes === "unknown") return "clock";
  if (changes === "yes") return "growing";
  return max !== undefined && max <= 0 ? "none" : "fixed";
}

function exactly({ max, min }: Flow): number | undefined {
  return min !== undefined && min === max ? min : undefined;
}

function cappedOf(kind: DelayKind, { bounded }: Flow): Answer {
  return kind === "fixed" || kind === "none" ? "yes" : bounded;
}

function unique(slips: Delay["slips"]): Delay["slips"] {
  return slips.filter(
    (slip, index) =>
      slips.findIndex((other) => other.node === slip.node && other.slip === slip.slip) === index,
  );
}
