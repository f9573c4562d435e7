/** What becomes of a failure when no further attempt follows. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  enclosingFunction,
  isFunction,
  isLoop,
  isNullish,
  unwrap,
} from "../../ast/nodes.ts";
import { walkOwn } from "../../ast/walk.ts";
import { unitOf } from "../program/unit.ts";
import type { Exhaustion } from "../retry/layer.ts";
import { mentions } from "./derived.ts";
import type { Exit, Exploration } from "./explore.ts";
import { Flow } from "./flow.ts";
import { placeOf } from "./places.ts";
import type { Region } from "./region.ts";
import { roundsOf } from "./simulate.ts";
import { type Completion, distinct, type State, type Step, stepsOf } from "./state.ts";
import { agree, tailOf } from "./steps.ts";
import { tells } from "./told.ts";

const UNKNOWN: Exhaustion = { kind: "unknown" };

/** How the layer ends when the ways to another attempt are used up. */
export function exhaustionOf(exploration: Exploration, again: readonly State[]): Exhaustion {
  const { region } = exploration;
  const exits = lastExits(exploration, again);
  const isTold = !exploration.exits.some(goesOnAfterSuccess);
  const ends = exits.flatMap(({ completion }) =>
    isFunction(region.root) ? [completion] : onward(region, completion, isTold),
  );
  const verdicts = ends.map((end) => verdictOf(region, end));
  // Where two ends cannot be told apart, the better one is assumed.
  const found =
    verdicts.find(({ kind }) => kind === "throws") ??
    verdicts.find(({ kind }) => kind === "returns") ??
    verdicts.find(({ kind }) => kind === "unknown") ??
    verdicts[0];
  if (found?.kind !== "silent") return found ?? UNKNOWN;
  const lost = exits.map(({ state }) => state);
  return tells(exploration, lost) ? UNKNOWN : found;
}

/** The exits that are taken after the last attempt, by the numbers where they can be read. */
function lastExits(
  { region, exits, early }: Exploration,
  again: readonly State[],
): readonly Exit[] {
  const phases = new Set(again.map(({ phase }) => phase));
  const possible = exits.filter(
    (exit) =>
      phases.has(exit.state.phase) &&
      again.some((state) => agreesOnErrors(region, state, exit.state)),
  );
  const [first] = again;
  const rounds = first === undefined ? undefined : roundsOf(region, [first]);
  if (first !== undefined && rounds !== undefined && rounds.attempts < Infinity) {
    const { memory } = roundsOf(region, [first], rounds.attempts - 1);
    const remembers = (steps: readonly Step[]): boolean => memory.copy().run(steps);
    const exact = [
      ...possible.filter((exit) => remembers(tailOf(exit.state))),
      ...early.filter((exit) => remembers([...tailOf(first), ...stepsOf(exit.state)])),
    ];
    if (exact.length > 0) return exact;
  }
  const stopping = [...possible, ...early].filter((exit) =>
    again.some((state) => !agree(state, exit.state)),
  );
  return stopping.length > 0 ? stopping : possible;
}

function agreesOnErrors(region: Region, way: State, exit: State): boolean {
  return agree(way, exit, (test) => !isLoop(test) && mentions(test, region.fromError));
}

/** Whether a success leads on to what follows the loop, as the end of the attempts does. */
function goesOnAfterSuccess({ state, completion: { type } }: Exit): boolean {
  return state.phase === "succeeded" && !state.caught && type !== "return" && type !== "throw";
}

/**
 * Follows a way out of a loop to the end of the function around it.
 * @param isTold - whether nothing but the end of the attempts leads there
 */
function onward(region: Region, left: Completion, isTold: boolean): readonly Completion[] {
  const flow = new Flow(region);
  let completions: readonly Completion[] =
    left.type === "break" && left.label === undefined
      ? [{ type: "end", state: left.state }]
      : [left];
  let from: TSESTree.Node = region.root;
  for (const parent of ancestors(region.root)) {
    if (isFunction(parent)) break;
    const node = from;
    completions = distinct(
      completions.flatMap((completion) => past(flow, node, parent, completion, isTold)),
    );
    from = parent;
  }
  return completions;
}

/** What follows a completion of `node` in its parent. A thrown error is the layer's answer, whoever catches it further out. */
function past(
  flow: Flow,
  node: TSESTree.Node,
  parent: TSESTree.Node,
  completion: Completion,
  isTold: boolean,
): readonly Completion[] {
  const { type, state } = completion;
  if (parent.type === T.LabeledStatement)
    return type === "break" && completion.label === parent.label.name
      ? [{ type: "end", state }]
      : [completion];
  if (isLoop(parent)) {
    if (type === "break" && completion.label === undefined) return [{ type: "end", state }];
    if (type !== "end" && type !== "continue") return [completion];
    // The next round of an outer loop: nobody is told, unless a success would not have come there.
    return [isTold ? { type: "end", state } : { type: "return", state, node: null }];
  }
  if (type === "break" && parent.type === T.SwitchStatement) return [{ type: "end", state }];
  if (type !== "end") return [completion];
  if (parent.type === T.BlockStatement || parent.type === T.Program)
    return flow.block(
      parent.body.slice(parent.body.indexOf(node as TSESTree.Statement) + 1),
      state,
    );
  if (parent.type === T.SwitchCase)
    return flow.block(
      parent.consequent.slice(parent.consequent.indexOf(node as TSESTree.Statement) + 1),
      state,
    );
  return [completion];
}

function verdictOf(region: Region, end: Completion): Exhaustion {
  const silent: Exhaustion = { kind: "silent", node: region.root };
  if (end.type === "throw") return { kind: "throws" };
  if (end.type !== "return") return silent;
  if (end.value?.settled === "rejected") return { kind: "throws" };
  if (end.node === null) return silent;
  const node = unwrap(end.node);
  if (node.type === T.Identifier && region.fromError.has(placeOf(node) ?? ""))
    return { kind: "returns", error: node };
  if (mentions(node, region.fromError)) return { kind: "returns" };
  if (isNullish(node)) return node.type === T.Literal ? { kind: "returns" } : silent;
  if (
    node.type === T.Literal ||
    node.type === T.ObjectExpression ||
    node.type === T.UnaryExpression
  )
    return { kind: "returns" };
  const place = placeOf(node);
  const nullish =
    (place === undefined ? undefined : end.state.known.get(place)?.nullish) ??
    initially(region, node)?.nullish;
  if (nullish === true) return silent;
  return UNKNOWN;
}

/** `let result;` that only a success assigns still holds nothing. */
function initially(region: Region, node: TSESTree.Node): { readonly nullish: boolean } | undefined {
  const place = placeOf(node);
  const writes = [...walkOwn(enclosing(region.root), unitOf(region.root).visitorKeys)].filter(
    (each) => each.type === T.VariableDeclarator,
  );
  const declaration = writes.find((each) => placeOf(each.id) === place);
  if (declaration === undefined || !mentions(node, region.fromResult)) return undefined;
  return declaration.init === null || isNullish(unwrap(declaration.init))
    ? { nullish: true }
    : undefined;
}

function enclosing(node: TSESTree.Node): TSESTree.Node {
  return enclosingFunction(node) ?? unitOf(node).ast;
}
