/** Failed items, and what answers left undone, that are put back on the collection that the loop drains. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeName, type LoopNode } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { once } from "../once.ts";
import { unitOf } from "../program/unit.ts";
import type { Attempts } from "../retry/layer.ts";
import { factsOfKind, type LoopFacts } from "./facts.ts";
import { filterOf } from "./filter.ts";
import { loopAround } from "./classify.ts";
import { exploreLoop } from "./explore.ts";
import { putsLeftovers } from "./leftovers.ts";
import { isMember, placeOf, placeOfReceiver, placesIn } from "./places.ts";
import { type Region, regionOf } from "./region.ts";
import { mentions } from "./derived.ts";
import { partsOf } from "./steps.ts";
import type { State } from "./state.ts";

/** The re-queueing of failed work in a loop around a node, if there is one. */
export const requeueAround = once((anchor: TSESTree.Node): LoopFacts | undefined => {
  for (const loop of loopAround(anchor)) {
    const facts = requeueIn(loop, anchor);
    if (facts !== undefined) return facts;
  }
  return undefined;
});

function requeueIn(loop: LoopNode, anchor: TSESTree.Node): LoopFacts | undefined {
  const puts = [...walk(loop.body, unitOf(loop).visitorKeys)].some(
    (node) =>
      node.type === T.CallExpression &&
      /^(?:push|unshift|add|enqueue|queue|requeue)$/.test(calleeName(node) ?? ""),
  );
  if (!puts) return undefined;
  const region = regionOf(loop, anchor);
  const { again, unclear } = exploreLoop(region, loop);
  const waysOf = (isMeant: (state: State, put: TSESTree.CallExpression) => boolean): State[] =>
    again.filter((state) =>
      putsIn(region, state).some((put) => isDrained(loop, put) && isMeant(state, put)),
    );
  const failed = waysOf(({ phase }) => phase === "failed");
  const ways =
    failed.length > 0
      ? failed
      : waysOf(({ phase }, put) => phase === "succeeded" && putsLeftovers(region, put));
  const [put] = ways.flatMap((state) => putsIn(region, state));
  if (unclear || put === undefined) return undefined;
  const waits = [
    ...new Set(
      ways.flatMap((state) =>
        partsOf(region, state).cycle.flatMap((step) => (step.kind === "wait" ? [step.node] : [])),
      ),
    ),
  ];
  return {
    ...factsOfKind(failed.length > 0 ? "retry" : "leftovers", put),
    attempts: boundOf(region, ways, put),
    leavesOnSuccess: "yes",
    filter: failed.length > 0 ? filterOf(region, failed, put) : { kind: "unknown" },
    waits,
    alwaysWaits: ways.every((state) =>
      partsOf(region, state).cycle.some(({ kind }) => kind === "wait"),
    )
      ? "yes"
      : "no",
    evidence: [put, loop],
  };
}

function putsIn(region: Region, state: State): readonly TSESTree.CallExpression[] {
  return partsOf(region, state).cycle.flatMap((step) => (step.kind === "put" ? [step.node] : []));
}

/** Whether the loop takes its work from the collection that the call puts something into. */
function isDrained(loop: LoopNode, put: TSESTree.CallExpression): boolean {
  const place = placeOfReceiver(put);
  if (place === undefined) return false;
  if (loop.type === T.ForOfStatement || loop.type === T.ForInStatement)
    return placeOf(loop.right) === place;
  return [...walk(loop, unitOf(loop).visitorKeys)].some(
    (node) =>
      node.type === T.CallExpression &&
      placeOfReceiver(node) === place &&
      /^(?:shift|pop|splice|dequeue|values|next)$/.test(calleeName(node) ?? ""),
  );
}

/** An item that carries its attempts is bounded by the test of them; any other test but one on the error may be a bound. */
function boundOf(region: Region, ways: readonly State[], put: TSESTree.CallExpression): Attempts {
  const tests = ways.map((state) =>
    partsOf(region, state).cycle.flatMap((step) =>
      step.kind === "test" && !isHead(region, step.node) && !mentions(step.node, region.fromError)
        ? [step.node]
        : [],
    ),
  );
  if (tests.some((way) => way.length === 0))
    return { kind: "unbounded", reason: "no-exit", node: put };
  const counted = tests.every((way) =>
    way.some((test) => test.type === T.BinaryExpression && [...placesIn(test)].some(isMember)),
  );
  return counted ? { kind: "bounded", max: undefined } : { kind: "unknown" };
}

/** Whether a test is the loop's own: whether there is more work. */
function isHead(region: Region, test: TSESTree.Node): boolean {
  const { root } = region;
  if (test === root) return true;
  return (
    "test" in root &&
    root.test !== null &&
    root.test.range[0] <= test.range[0] &&
    test.range[1] <= root.test.range[1]
  );
}
