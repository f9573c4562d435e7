/** Calls that are made once more after their failure, in so many words: a retry of two attempts, without a loop. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, calleeName, contains, type FunctionNode, isLoop } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { append } from "../append.ts";
import { once } from "../once.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { analyseLoop, loopAround } from "./classify.ts";
import { exploreFunction } from "./explore.ts";
import type { LoopFacts } from "./facts.ts";
import { judge } from "./judge.ts";
import { placeOfReceiver } from "./places.ts";
import { regionOf } from "./region.ts";

/** How a function makes a call in it a second time where the first one failed; `undefined` if it does not. */
export function resendOf(fn: FunctionNode, anchor: TSESTree.Node): LoopFacts | undefined {
  const resent = sameCalls(fn, anchor);
  const [first] = resent;
  if (first === undefined || isInRetryLoop(anchor)) return undefined;
  const watched = new Set<TSESTree.Node>(resent);
  const exploration = exploreFunction(regionOf(fn, anchor, watched), fn, {
    restarts: () => undefined,
    resends: (call) => watched.has(call),
    entered: () => undefined,
  });
  // A call that is made again after a success as well has another purpose.
  if (exploration.again.some(({ phase }) => phase !== "failed")) return undefined;
  const facts = judge(exploration, first);
  return facts.kind === "retry"
    ? {
        ...facts,
        attempts: { kind: "bounded", max: 2 },
        attemptsGiven: undefined,
        exhaustion: { kind: "unknown" },
        counter: undefined,
        evidence: [first, anchor],
      }
    : undefined;
}

/** The other calls in a function of the same operation or function, with the same arguments. */
function sameCalls(fn: FunctionNode, anchor: TSESTree.Node): readonly TSESTree.CallExpression[] {
  if (anchor.type !== T.CallExpression) return [];
  const alike = callsByText(fn).get(textOf(anchor)) ?? [];
  return alike.filter(
    (node) =>
      node !== anchor &&
      callsTheSame(node, anchor) &&
      ![...ancestors(node)].some((loop) => isLoop(loop) && !contains(loop, anchor)),
  );
}

/** The calls in a function, by what they are written like. */
const callsByText = once((fn: FunctionNode) => {
  const calls = new Map<string, TSESTree.CallExpression[]>();
  for (const node of walk(fn.body, unitOf(fn).visitorKeys))
    if (node.type === T.CallExpression) append(calls, textOf(node), node);
  return calls;
});

/** The name and the arguments of a call, however they are laid out. */
function textOf(call: TSESTree.CallExpression): string {
  const { text } = unitOf(call);
  const given = call.arguments.map(({ range }) => text.slice(...range).replaceAll(/\s+/g, ""));
  return `${calleeName(call) ?? ""}(${given.join()})`;
}

function callsTheSame(node: TSESTree.CallExpression, anchor: TSESTree.CallExpression): boolean {
  const operation = sdkCallAt(anchor)?.operation;
  if (operation !== undefined)
    return (
      sdkCallAt(node)?.operation === operation && placeOfReceiver(node) === placeOfReceiver(anchor)
    );
  const { functions } = functionsOf(anchor.callee);
  return functionsOf(node.callee).functions.some((fn) => functions.includes(fn));
}

/** Whether a loop makes attempts of what both calls are part of. */
function isInRetryLoop(anchor: TSESTree.Node): boolean {
  return loopAround(anchor).some((loop) => {
    const { kind } = analyseLoop(loop, anchor);
    return kind === "retry" || kind === "poll";
  });
}
