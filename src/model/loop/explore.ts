/** Explores a loop or function from one attempt in it to the next. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import type { FunctionNode, LoopNode } from "../../ast/nodes.ts";
import { evaluate } from "./flow-expressions.ts";
import { type Detours, Flow } from "./flow.ts";
import { isLabelOf, round } from "./flow-loops.ts";
import type { Region } from "./region.ts";
import { type Completion, distinct, knowing, START, type State } from "./state.ts";

/** A way out of the region, with how it ends. */
export interface Exit {
  readonly state: State;
  readonly completion: Completion;
}

export interface Exploration {
  readonly region: Region;
  /** The ways that lead from an attempt to another one. */
  readonly again: readonly State[];
  /** The ways that leave after an attempt. */
  readonly exits: readonly Exit[];
  /** The ways that leave before any attempt: of a function, those of a later call of it. */
  readonly early: readonly Exit[];
  /** Something is not understood, so that the ways are not all the ways. */
  readonly unclear: boolean;
}

/** Ways after which the code counts as too tangled to be judged. */
const MAX_WAYS = 64;

/** Explores a loop from one attempt in it to the next. */
export function exploreLoop(region: Region, loop: LoopNode): Exploration {
  const flow = new Flow(region);
  const leave = (completion: Completion): void => {
    if (completion.state.phase !== "before")
      flow.exits.push({ state: completion.state, completion });
  };
  let heads: readonly State[] = [START];
  // Twice round: to the attempt, and from there to the next one.
  for (let lap = 0; lap < 2; lap += 1) {
    const { completions, exits } = round(
      flow,
      loop,
      heads,
      lap === 0 && loop.type === T.DoWhileStatement,
    );
    exits.forEach(leave);
    const next: Completion[] = [];
    for (const completion of completions) {
      const { type, state } = completion;
      const stays = type === "end" || (type === "continue" && isLabelOf(loop, completion.label));
      if (!stays) leave(completion);
      else if (state.phase !== "before" && !state.lapped)
        next.push({ type: "end", state: { ...withoutShared(region, state), lapped: true } });
    }
    heads = distinct(next).map((completion) => completion.state);
  }
  return {
    region,
    again: flow.again,
    exits: flow.exits,
    early: [],
    unclear: flow.unclear || flow.again.length > MAX_WAYS,
  };
}

/** The state one round later, when members that others may change need no longer be what they were. */
function withoutShared({ shared }: Region, state: State): State {
  return [...shared].reduce((each, place) => knowing(each, place, undefined), state);
}

/** Explores a function from one attempt in it to where it starts over. */
export function exploreFunction(region: Region, fn: FunctionNode, detours: Detours): Exploration {
  const flow = new Flow(region, detours);
  const completions: readonly Completion[] =
    fn.body.type === T.BlockStatement
      ? flow.block(fn.body.body, START)
      : evaluate(flow, fn.body, START).map((completion) =>
          completion.type === "end"
            ? { ...completion, type: "return" as const, node: fn.body }
            : completion,
        );
  const early: Exit[] = [];
  for (const completion of completions) {
    (completion.state.phase === "before" ? early : flow.exits).push({
      state: completion.state,
      completion,
    });
  }
  return {
    region,
    again: flow.again,
    exits: flow.exits,
    early,
    unclear: flow.unclear || flow.again.length > MAX_WAYS,
  };
}
