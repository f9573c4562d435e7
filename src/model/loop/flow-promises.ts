/** Promises in the exploration: their handlers, and callbacks that run in place. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, isNullish, unwrap } from "../../ast/nodes.ts";
import { sleepAt } from "../delay/sleep.ts";
import { executorOf } from "./callback.ts";
import { restart } from "./flow-calls.ts";
import { evaluate, OBJECT, andThen, sequence, valueOf } from "./flow-expressions.ts";
import { holds } from "./flow-tests.ts";
import { bindError, type Flow } from "./flow.ts";
import { placeOf } from "./places.ts";
import { after, type Completion, knowing, type State } from "./state.ts";

/** Runs the handlers of `.then`, `.catch` and `.finally` that a promise comes to. */
export function chained(
  flow: Flow,
  node: TSESTree.CallExpression,
  member: TSESTree.MemberExpression,
  name: "catch" | "finally" | "then",
  state: State,
): readonly Completion[] {
  const [first, second] = node.arguments;
  return andThen(
    evaluate(flow, member.object, state),
    ({ state: next, value }): readonly Completion[] => {
      const rejected = value?.settled === "rejected";
      if (name === "finally") {
        if (first === undefined) return [{ type: "end", state: next, value }];
        return callback(flow, first, next).map((completion) =>
          completion.type === "end" && completion.value?.settled !== "rejected"
            ? { ...completion, value }
            : completion,
        );
      }
      const handler = name === "catch" ? (rejected ? first : undefined) : rejected ? second : first;
      if (handler === undefined || isNullish(handler)) return [{ type: "end", state: next, value }];
      const seen = next.phase === "succeeded" && rejected ? { ...next, caught: true } : next;
      return callback(flow, handler, rejected ? seen : next, rejected);
    },
  );
}

/** Runs a function in place, as a promise does: what it throws becomes a rejected promise. */
export function callback(
  flow: Flow,
  handler: TSESTree.Node,
  state: State,
  withError = false,
): readonly Completion[] {
  const fn = unwrap(handler);
  if (flow.detours.restarts(fn) !== undefined) return restart(flow, fn, undefined, state);
  if (!isFunction(fn)) return [{ type: "end", state: settle(flow, fn, state) }];
  const [parameter] = fn.params;
  const entered = withError && parameter !== undefined ? bindError(parameter, state) : state;
  if (fn.body.type !== T.BlockStatement) return evaluate(flow, fn.body, entered).map(settled);
  return flow.block(fn.body.body, entered).map(settled);
}

/** The state after `resolve` or `reject` was called: only the first such call counts. */
export function settle(
  flow: Flow,
  settler: TSESTree.Node,
  state: State,
  argument?: TSESTree.Node,
): State {
  const place = placeOf(settler);
  const settledAs = place === undefined ? undefined : flow.region.settlers.get(place);
  if (place === undefined || settledAs === undefined) return state;
  const value =
    argument === undefined || settledAs === "rejected"
      ? undefined
      : valueOf(flow, unwrap(argument), state);
  return knowing(state, place, { ...value, settled: settledAs });
}

/** How a promise is settled by the code that makes it. */
export function settled(completion: Completion): Completion {
  if (completion.type === "throw")
    return { type: "end", state: completion.state, value: { settled: "rejected" } };
  return {
    type: "end",
    state: completion.state,
    value: "value" in completion ? completion.value : undefined,
  };
}

/** What is left of an outcome that nobody waits for. */
export function swallowed(completion: Completion): Completion {
  return { type: "end", state: completion.state };
}

/** `new Promise((resolve, reject) => …)` runs its function at once; whatever else is created only has arguments. */
export function created(
  flow: Flow,
  node: TSESTree.NewExpression,
  state: State,
): readonly Completion[] {
  const executor = executorOf(node);
  if (sleepAt(node) !== undefined && (executor === undefined || !holds(node, flow)))
    return [{ type: "end", state: after(state, { kind: "wait", node }), value: OBJECT }];
  if (executor === undefined) return sequence(flow, node.arguments, state);
  const [resolve, reject] = executor.params.map((parameter) => placeOf(parameter) ?? "");
  return callback(flow, executor, state).map((completion) => {
    if (completion.type !== "end") return completion;
    const { known } = completion.state;
    const outcome = known.get(resolve ?? "") ?? known.get(reject ?? "");
    return outcome === undefined ? completion : { ...completion, value: outcome };
  });
}
