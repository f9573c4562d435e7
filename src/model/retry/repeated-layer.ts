/** From what is known of a loop, a recursion or a re-queueing to the layer that it is. */
import type { TSESTree } from "@typescript-eslint/utils";
import { ancestors, type FunctionNode, isLoop, type LoopNode } from "../../ast/nodes.ts";
import { delayOf } from "../delay/analyse.ts";
import { type Delay, NO_DELAY, UNKNOWN_DELAY } from "../delay/delay.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { analyseLoop, isRepeated, loopAround } from "../loop/classify.ts";
import { isRepetition, type LoopFacts } from "../loop/facts.ts";
import { recursionOf } from "../loop/recursion.ts";
import { resendOf } from "../loop/resend.ts";
import { requeueAround } from "../loop/requeue.ts";
import { repeatsFailures } from "../loop/rounds.ts";
import { type Layer, makeLayer } from "./layer.ts";
import { isMendedBefore } from "./mended.ts";

/** The layers that a loop is for what runs at `anchor` in it: retry or poll, and the re-queueing of failed work. */
export function loopLayers(
  loop: LoopNode,
  from: TSESTree.Node,
  anchor: TSESTree.Node,
): readonly Layer[] {
  if (!isRepeated(loop, from)) return [];
  const facts = analyseLoop(loop, anchor);
  const requeued =
    facts.kind === "worker" || facts.kind === "iteration" ? requeueAround(anchor) : undefined;
  const layers = [
    ...layerOf("loop", facts, loop),
    ...(requeued === undefined ? [] : layerOf("requeue", requeued, loop)),
  ];
  return layers.length === 0 && repeatsFailures(loop, anchor)
    ? [makeLayer({ kind: "requeue", node: loop, label: "this loop over what failed" })]
    : layers;
}

/**
 * The layers that a function is for what runs at `anchor` in it: by running it once more when it fails, and by calling itself when it
 * fails or is not ready.
 */
export function functionLayers(fn: FunctionNode, anchor: TSESTree.Node): readonly Layer[] {
  const resent = resendOf(fn, anchor);
  const recursion = recursionOf(fn, anchor);
  const second = resent === undefined ? [] : layerOf("resend", resent, loopAround(anchor)[0] ?? fn);
  return [
    ...second.filter((layer) => !isMendedBefore(layer)),
    ...(recursion === undefined ? [] : layerOf("recursion", recursion, fn)),
  ];
}

const LABELS = {
  loop: "this loop",
  recursion: "this recursion",
  requeue: "this re-queueing",
  resend: "this error handler",
} as const;

const LOOP_LABELS: Readonly<Record<string, string>> = {
  DoWhileStatement: "this do…while loop",
  ForInStatement: "this for…in loop",
  ForOfStatement: "this for…of loop",
  ForStatement: "this for loop",
  WhileStatement: "this while loop",
};

function layerOf(
  kind: keyof typeof LABELS,
  facts: LoopFacts,
  region: FunctionNode | LoopNode,
): readonly Layer[] {
  if (!isRepetition(facts.kind)) return [];
  return [
    makeLayer({
      kind,
      node: facts.node,
      purpose: facts.kind,
      attempts: facts.attempts,
      delay: isPaced(kind, facts) ? UNKNOWN_DELAY : delayBetween(facts, region),
      filter: facts.filter,
      exhaustion: facts.exhaustion,
      label: LOOP_LABELS[facts.node.type] ?? LABELS[kind],
      evidence: facts.evidence,
      loop: facts,
    }),
  ];
}

/** Whether a queue is worked off with waits: those are between all requests, whatever an answer has left undone. */
function isPaced(kind: keyof typeof LABELS, facts: LoopFacts): boolean {
  return kind === "requeue" && facts.kind === "leftovers" && facts.waits.length > 0;
}

function delayBetween(facts: LoopFacts, region: FunctionNode | LoopNode): Delay {
  const attempts = facts.attempts.kind === "bounded" ? facts.attempts.max : undefined;
  const delays = facts.waits.flatMap((wait) => {
    // Seconds that are counted down one by one: how many there are is not read.
    if (isInLoop(wait, region)) return [UNKNOWN_DELAY];
    const sleep = sleepAt(wait) ?? timerAt(wait);
    return sleep === undefined ? [] : [delayOf(sleep, { loop: region, attempts })];
  });
  // One random wait on the way is enough to spread callers; keeping a distance by the clock spreads nobody.
  const telling =
    delays.find(({ kind }) => kind === "jittered") ??
    delays.find(({ kind }) => kind === "unknown") ??
    delays.find(({ kind }) => kind !== "clock") ??
    delays[0];
  if (telling !== undefined) return telling;
  return facts.waits.length === 0 && facts.alwaysWaits === "no" ? NO_DELAY : UNKNOWN_DELAY;
}

/** Whether a node stands in a loop inside a region. */
function isInLoop(node: TSESTree.Node, region: FunctionNode | LoopNode): boolean {
  for (const ancestor of ancestors(node)) {
    if (ancestor === region) return false;
    if (isLoop(ancestor)) return true;
  }
  return false;
}
