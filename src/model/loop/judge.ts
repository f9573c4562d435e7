/** From the ways between attempts to the kind of a loop or recursion and all that is known of it. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import {
  ancestors,
  catchClauseAround,
  contains,
  enclosingFunction,
  isFunction,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import type { Answer } from "../answer.ts";
import { unitOf } from "../program/unit.ts";
import type { Attempts, Exhaustion } from "../retry/layer.ts";
import { boundOf, feasible } from "./bound.ts";
import { counterOf } from "./counter.ts";
import { factsOfKind, isRepetition, type LoopFacts, type LoopKind } from "./facts.ts";
import { filterOf } from "./filter.ts";
import type { Exploration } from "./explore.ts";
import { losesLeftovers, sendsLeftovers } from "./leftovers.ts";
import { exhaustionOf } from "./outcome.ts";
import { rejectionHandlerAfter } from "./outcome-names.ts";
import { isWrite, type Place, placeOfReceiver, placesIn, placesWritten } from "./places.ts";
import { mentions } from "./derived.ts";
import { partsOf } from "./steps.ts";
import type { State } from "./state.ts";
import { changesWork } from "./work.ts";
import { type Work, workOf } from "./work-input.ts";

interface Verdict {
  readonly kind: LoopKind;
  /** The ways that make it so. */
  readonly ways: readonly State[];
  readonly goesOn?: boolean;
}

/** Judges what an exploration found; `named` is what the layer is named by, unless the ways that count come back elsewhere. */
export function judge(exploration: Exploration, named: TSESTree.Node): LoopFacts {
  if (exploration.unclear) return factsOfKind("unknown", named);
  const { kind, ways, goesOn = false } = verdictOn(exploration);
  const node = restartIn(ways, named);
  if (!isRepetition(kind)) return { ...factsOfKind(kind, node), waits: waitsOf(exploration, ways) };
  const { region, again } = exploration;
  const bound = boundOf(exploration, ways);
  const failing = ways.filter(isFailure);
  const attempts: Attempts = goesOn
    ? { kind: "unbounded", reason: "goes-on-after-success", node: region.root }
    : bound;
  return {
    kind,
    node,
    attempts,
    attemptsGiven:
      attempts.kind === "bounded" && attempts.max === undefined
        ? (given) => boundOf({ ...exploration, region: { ...region, given } }, ways)
        : undefined,
    leavesOnSuccess: leaves(exploration, goesOn),
    exhaustion: exhaustion(),
    filter:
      failing.length === 0
        ? { kind: "unknown" }
        : filterOf(region, failing, handlerOf(exploration)),
    waits: waitsOf(exploration, ways),
    alwaysWaits: ways.every((state) => waitsIn(exploration, state).length > 0) ? "yes" : "no",
    counter: counterOf(region, ways),
    evidence: [
      node,
      ...(attempts.kind === "unbounded" && attempts.node !== node ? [attempts.node] : []),
    ],
  };

  function exhaustion(): Exhaustion {
    if (kind === "leftovers" && !losesLeftovers(region)) return { kind: "unknown" };
    const found = exhaustionOf(exploration, ways);
    if (attempts.kind === "bounded" || goesOn) return found;
    // Attempts that nothing ends run out nowhere, but other errors may be handed out as results.
    return found.kind === "returns" && found.error !== undefined ? found : { kind: "unknown" };
  }

  function leaves(found: Exploration, on: boolean): Answer {
    if (on) return "no";
    if (again.every(isFailure))
      return found.exits.some(({ state }) => !isFailure(state)) ? "yes" : "unknown";
    return "unknown";
  }
}

/** The call by which ways start a function over: the one it is named by, if that is one of them. */
function restartIn(ways: readonly State[], named: TSESTree.Node): TSESTree.Node {
  const restarts = ways.map(({ trail }) => (trail?.step.kind === "bind" ? trail.step.node : named));
  return restarts.includes(named) ? named : (restarts[0] ?? named);
}

/** A way on which the attempt failed, or what came after it threw into the same handler. */
function isFailure(state: State): boolean {
  return state.phase === "failed" || state.caught;
}

function verdictOn(exploration: Exploration): Verdict {
  const { region, again } = exploration;
  const work = workOf(region);
  const failed = feasible(region, again.filter(isFailure));
  const won = again.filter((state) => !isFailure(state));
  const same = failed.filter((state) => !changesWork(region, work, state, won.length > 0));
  if (same.length > 0 && !work.drains) return retryOr(exploration, work, same, won);
  if (work.drains && !isFunction(region.root))
    return { kind: work.pages ? "pagination" : "worker", ways: won };
  if (won.length === 0)
    return { kind: failed.length > 0 || work.overData ? "iteration" : "unknown", ways: failed };
  const leftovers = won.filter((state) => sendsLeftovers(region, work, state));
  if (leftovers.length > 0) return { kind: "leftovers", ways: leftovers };
  if (work.pages && !work.overData) return { kind: "pagination", ways: won };
  if (isPoll(exploration, work, won)) return { kind: "poll", ways: won };
  const kind = isFunction(region.root)
    ? "unknown"
    : won.some((state) => waitsIn(exploration, state).length > 0)
      ? "pacing"
      : isCounted(exploration, work) || won.every((state) => changesWork(region, work, state, true))
        ? "iteration"
        : "unknown";
  return { kind, ways: won };
}

/** Failures lead back to the same work: a retry, unless a success leads back too and that is the point of it. */
function retryOr(
  exploration: Exploration,
  work: Work,
  same: readonly State[],
  won: readonly State[],
): Verdict {
  const { region } = exploration;
  const retry: Verdict = { kind: "retry", ways: same };
  if (won.length === 0)
    return exploration.exits.some(({ state }) => !isFailure(state))
      ? retry
      : { kind: "unknown", ways: same };
  const advancing = won.every((state) => changesWork(region, work, state, true));
  if (work.pages || advancing) return retry;
  const waitsAfterSuccess = won.some((state) => waitsIn(exploration, state).length > 0);
  const waitsAfterFailure = same.some((state) => waitsIn(exploration, state).length > 0);
  if (won.every((state) => partsOf(region, state).cycle.some(({ kind }) => kind === "result"))) {
    if (!waitsAfterSuccess && waitsAfterFailure) return retry;
    return { kind: "poll", ways: [...won, ...same] };
  }
  if (waitsAfterSuccess) return { kind: "pacing", ways: won };
  if (work.unclear || isFunction(region.root)) return { kind: "unknown", ways: same };
  return waitsAfterFailure &&
    !exploration.exits.some(
      ({ state, completion }) => !isFailure(state) && completion.type !== "end",
    )
    ? { ...retry, goesOn: true }
    : { kind: isCounted(exploration, work) ? "iteration" : "unknown", ways: same };
}

/** A result leads back to the same question, and another result leaves. */
function isPoll({ region, exits }: Exploration, work: Work, won: readonly State[]): boolean {
  if (work.overData || usesUp(region)) return false;
  if (!exits.some(({ state }) => state.phase === "succeeded")) return false;
  return won.every((state) => {
    const { cycle } = partsOf(region, state);
    const asked = cycle.filter(({ kind }) => kind === "result");
    return (
      (asked.length > 0 || cycle.some(({ node }) => isSearch(region, node))) &&
      !changesWork(region, work, state, false) &&
      !asked.some((step) => accumulates(region, step.node))
    );
  });
}

const NO_PLACES: ReadonlySet<Place> = new Set();

/** Whether a loop only looks for something in what an answer lists: finding it leads out, and nothing is done about the rest. */
function isSearch(region: Exploration["region"], loop: TSESTree.Node): boolean {
  if (loop.type !== T.ForOfStatement || !mentions(loop.right, region.fromResult)) return false;
  const asked =
    "test" in region.root && region.root.test !== null ? placesIn(region.root.test) : NO_PLACES;
  const own = enclosingFunction(loop);
  const inside = [...walk(loop.body, unitOf(loop).visitorKeys)];
  return (
    !inside.some((node) => node.type === T.ExpressionStatement && !isWrite(node.expression)) &&
    inside.some((node) =>
      isWrite(node)
        ? placesWritten(node).some((place) => asked.has(place))
        : (node.type === T.ReturnStatement ||
            (node.type === T.BreakStatement && node.label !== null)) &&
          enclosingFunction(node) === own,
    )
  );
}

/** Whether other requests of the client take what an answer names, as where all that is listed gets deleted: each round has other work. */
function usesUp({ anchor, fromResult, root }: Exploration["region"]): boolean {
  const client = placeOfReceiver(anchor);
  if (client === undefined) return false;
  return [...walk(root, unitOf(root).visitorKeys)].some(
    (node) =>
      node.type === T.CallExpression &&
      node !== anchor &&
      placeOfReceiver(node) === client &&
      (node.arguments.some((argument) => mentions(argument, fromResult)) ||
        [...ancestors(node)].some(
          (loop) =>
            loop.type === T.ForOfStatement &&
            contains(root, loop) &&
            mentions(loop.right, fromResult),
        )),
  );
}

/** Whether a condition reads something that grows from round to round, such as a list of everything found so far. */
function accumulates(region: Exploration["region"], test: TSESTree.Node): boolean {
  return region.writes.some((write) => {
    if (write.type !== T.AssignmentExpression) return false;
    const places = new Set(placesWritten(write));
    return mentions(test, places) && (write.operator !== "=" || mentions(write.right, places));
  });
}

/** Whether the loop runs over data or a fixed number of times. */
function isCounted({ region }: Exploration, work: Work): boolean {
  return (
    work.overData || region.root.type === T.ForStatement || region.root.type === T.ForOfStatement
  );
}

function waitsIn(exploration: Exploration, state: State): readonly TSESTree.Node[] {
  return partsOf(exploration.region, state).cycle.flatMap((step) =>
    step.kind === "wait" ? [step.node] : [],
  );
}

function waitsOf(exploration: Exploration, ways: readonly State[]): readonly TSESTree.Node[] {
  return [...new Set(ways.flatMap((state) => waitsIn(exploration, state)))];
}

/** What the failure runs into, the handler of a promise or a `catch`; else the whole layer. */
function handlerOf({ region: { anchor, root } }: Exploration): TSESTree.Node {
  return rejectionHandlerAfter(anchor) ?? catchClauseAround(anchor, root) ?? root;
}
