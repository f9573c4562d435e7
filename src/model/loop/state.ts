/** The states of the exploration: what has happened on one way through the code, and what is known of flags there. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { LoopNode } from "../../ast/nodes.ts";
import { once } from "../once.ts";
import type { Place, WriteNode } from "./places.ts";

/** What the way through the code has done that later questions are about. */
export type Step =
  | { readonly kind: "attempt"; readonly node: TSESTree.Node }
  | {
      readonly kind: "bind";
      readonly node: TSESTree.CallExpression;
      readonly values: readonly (readonly [Place, TSESTree.Node | undefined])[];
    }
  | { readonly kind: "enter"; readonly node: LoopNode } // a loop inside the region, from its start
  | { readonly kind: "put"; readonly node: TSESTree.CallExpression }
  | { readonly kind: "result"; readonly node: TSESTree.Node } // a condition on the result of the attempt
  | { readonly kind: "test"; readonly node: TSESTree.Node; readonly outcome: boolean }
  | { readonly kind: "wait"; readonly node: TSESTree.Node }
  | { readonly kind: "write"; readonly node: WriteNode };

export type TestStep = Extract<Step, { kind: "test" }>;

/** Steps so far, newest first, sharing their past. */
export interface Trail {
  readonly step: Step;
  readonly before: Trail | undefined;
  readonly key: string;
}

/** How a promise of the attempt turned out. */
export type Settled = "error-value" | "rejected" | "result";

export interface Value {
  readonly truthy?: boolean | undefined;
  readonly nullish?: boolean | undefined;
  readonly literal?: { readonly value: unknown } | undefined;
  readonly settled?: Settled | undefined;
}

export interface State {
  readonly phase: "before" | "failed" | "succeeded";
  readonly known: ReadonlyMap<Place, Value>;
  readonly trail: Trail | undefined;
  /** Whether the head was passed since the attempt. */
  readonly lapped: boolean;
  /** Whether a thrown exception was caught after the attempt succeeded. */
  readonly caught: boolean;
}

/** How the run of an expression or statement ends on one way. */
export type Completion =
  | {
      readonly type: "break" | "continue";
      readonly label: string | undefined;
      readonly state: State;
    }
  | { readonly type: "end"; readonly state: State; readonly value?: Value | undefined }
  | {
      readonly type: "return";
      readonly state: State;
      readonly node: TSESTree.Node | null;
      readonly value?: Value | undefined;
    }
  | { readonly type: "throw"; readonly state: State; readonly node: TSESTree.Node | undefined };

export const START: State = {
  phase: "before",
  known: new Map(),
  trail: undefined,
  lapped: false,
  caught: false,
};

const idByNode = new WeakMap<TSESTree.Node, number>();
let lastId = 0;

function idOf(node: TSESTree.Node): number {
  let id = idByNode.get(node);
  if (id === undefined) idByNode.set(node, (id = ++lastId));
  return id;
}

/** The state after a step. */
export function after(state: State, step: Step): State {
  const key = `${state.trail?.key ?? ""}/${String(idOf(step.node))}${step.kind[0] ?? ""}${step.kind === "test" ? String(step.outcome) : ""}`;
  return { ...state, trail: { step, before: state.trail, key } };
}

/** The state in which something more is known of a place, or (with `undefined`) no longer anything. */
export function knowing(state: State, place: Place, value: Value | undefined): State {
  const known = new Map(state.known);
  // What is put under some key of an object may be any of its members.
  const members = place.endsWith(".*") ? place.slice(0, -1) : `${place}.`;
  for (const key of known.keys()) if (key === place || key.startsWith(members)) known.delete(key);
  if (value !== undefined) known.set(place, value);
  return { ...state, known };
}

/** The steps of a state, oldest first. */
export function stepsOf({ trail }: State): readonly Step[] {
  return stepsSince(undefined, trail);
}

/** The steps of a trail behind an earlier place on it, oldest first. */
export function stepsSince(start: Trail | undefined, end: Trail | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let trail = end; trail !== undefined && trail !== start; trail = trail.before)
    steps.push(trail.step);
  return steps.reverse();
}

/** One completion for each way that later code can tell apart. */
export function distinct<C extends Completion>(completions: readonly C[]): readonly C[] {
  if (completions.length < 2) return completions;
  const byKey = new Map<string, C>();
  for (const completion of completions) {
    const { state } = completion;
    const label =
      "label" in completion
        ? completion.label
        : "node" in completion && completion.node
          ? idOf(completion.node)
          : "";
    byKey.set(
      `${completion.type} ${String(label)} ${state.phase} ${String(state.lapped)} ${String(state.caught)} ${textOf(state.known)} ${state.trail?.key ?? ""}`,
      completion,
    );
  }
  return [...byKey.values()];
}

/** What is known, in words that are the same for the same. States share it until one of them learns more. */
const textOf = once((known: State["known"]) =>
  [...known]
    .map(([place, value]) => `${place}=${JSON.stringify(value)}`)
    .sort()
    .join(),
);

/** What a literal value is known to be. */
export function literal(value: unknown): Value {
  return {
    truthy: Boolean(value),
    nullish: value === null || value === undefined,
    literal: { value },
  };
}
