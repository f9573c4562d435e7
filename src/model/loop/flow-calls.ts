/** Calls in the exploration: the attempt, sleeps, timers, functions that are entered or start over. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, type FunctionNode, isFunction, memberName } from "../../ast/nodes.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { OBJECT, andThen, sequence } from "./flow-expressions.ts";
import { callback, chained, settle, swallowed } from "./flow-promises.ts";
import { bindError, type Flow } from "./flow.ts";
import { boundNames, placeOf } from "./places.ts";
import { isEnd, isPut } from "./region.ts";
import { after, type Completion, knowing, literal, type State, type Value } from "./state.ts";

/** The attempt itself, which fails or succeeds; met again, it is where a way ends. */
export function attempt(flow: Flow, node: TSESTree.Node, state: State): readonly Completion[] {
  const here = after(state, { kind: "attempt", node });
  if (state.phase !== "before") {
    // Back without passing the head: a loop inside this one, which is judged by itself.
    if (state.lapped) flow.again.push(here);
    return [];
  }
  const done: Completion = {
    type: "end",
    state: { ...here, phase: "succeeded" },
    value: flow.region.loose ? { settled: "result" } : { ...OBJECT, settled: "result" },
  };
  const failed: State = { ...here, phase: "failed" };
  const asValue: readonly Completion[] =
    flow.region.outcomes.length === 0
      ? []
      : [{ type: "end", state: failed, value: { settled: "error-value" } }];
  return [{ type: "end", state: failed, value: { settled: "rejected" } }, done, ...asValue];
}

/** The callback of an attempt runs with its error or its result. */
function answered(
  flow: Flow,
  fn: FunctionNode,
  { state, value }: Extract<Completion, { type: "end" }>,
): readonly Completion[] {
  const rejected = value?.settled === "rejected";
  const [error, data] = fn.params;
  let told = state;
  if (error !== undefined)
    told = rejected ? bindError(error, told) : bindValue(error, told, literal(null));
  if (data !== undefined)
    told = bindValue(data, told, rejected ? literal(undefined) : { settled: "result", ...OBJECT });
  return callback(flow, fn, told).map(swallowed);
}

function bindValue(parameter: TSESTree.Node, state: State, value: Value): State {
  const place = placeOf(parameter);
  return place === undefined ? state : knowing(state, place, value);
}

/** Runs a call on every way through it. */
export function call(
  flow: Flow,
  node: TSESTree.CallExpression,
  state: State,
): readonly Completion[] {
  if (flow.detours.restarts(node) !== undefined) return restart(flow, node, node, state);
  if (flow.detours.resends(node)) return restart(flow, node, undefined, state);
  if (node === flow.region.anchor) {
    flow.unclear ||= flow.region.unclear;
    return andThen(sequence(flow, [node.callee, ...node.arguments], state), (completion) => {
      const ends = attempt(flow, node, completion.state);
      const { callback: told } = flow.region;
      return told === undefined ? ends : andThen(ends, (end) => answered(flow, told, end));
    });
  }
  if (sleepAt(node) !== undefined)
    return [{ type: "end", state: after(state, { kind: "wait", node }), value: OBJECT }];
  if (isEnd(node)) return [{ type: "throw", state, node }];
  const timer = timerAt(node);
  if (timer !== undefined) {
    const again = flow.detours.restarts(timer.callback);
    // `setTimeout(() => controller.abort(), ms)`: nothing that is followed here comes after the timer.
    if (
      again === undefined &&
      isFunction(timer.callback) &&
      !flow.region.active.has(timer.callback)
    )
      return [{ type: "end", state, value: OBJECT }];
    const waited = after(state, { kind: "wait", node });
    return again === undefined
      ? callback(flow, timer.callback, waited).map(swallowed)
      : restart(flow, timer.callback, undefined, waited);
  }
  const entered = flow.detours.entered(node);
  if (entered !== undefined) {
    const values = entered.params.flatMap((parameter, index) =>
      boundNames(parameter).flatMap((name) => {
        const place = placeOf(name);
        const value = name === parameter ? node.arguments[index] : undefined;
        return place === undefined ? [] : [[place, value] as const];
      }),
    );
    return callback(flow, entered, after(state, { kind: "bind", node, values }));
  }
  if (flow.region.settlers.has(placeOf(node.callee) ?? ""))
    return andThen(sequence(flow, node.arguments, state), (completion) => [
      { type: "end", state: settle(flow, node.callee, completion.state, node.arguments[0]) },
    ]);
  const member = calleeMember(node);
  const name = member === undefined ? undefined : memberName(member);
  if (member !== undefined && (name === "then" || name === "catch" || name === "finally"))
    return chained(flow, node, member, name, state);
  if (name === "allSettled") flow.unclear ||= flow.region.active.has(node);
  return andThen(sequence(flow, [node.callee, ...node.arguments], state), (completion) => [
    isPut(node)
      ? { type: "end", state: after(completion.state, { kind: "put", node }) }
      : completion,
  ]);
}

/** The region starts over: after an attempt, this is the way to the next one. */
export function restart(
  flow: Flow,
  node: TSESTree.Node,
  called: TSESTree.CallExpression | undefined,
  state: State,
): readonly Completion[] {
  const root = flow.region.root;
  if (state.phase === "before" || !isFunction(root)) return [];
  const [name] = called === undefined ? [] : [called];
  if (name === undefined) {
    flow.again.push(state);
    return [];
  }
  const values = root.params.flatMap((parameter, index) => {
    const target = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
    return boundNames(target).flatMap((bound) => {
      const place = placeOf(bound);
      return place === undefined
        ? []
        : [
            [
              place,
              bound === target
                ? (name.arguments[index] ??
                  (parameter.type === T.AssignmentPattern ? parameter.right : undefined))
                : undefined,
            ] as const,
          ];
    });
  });
  flow.again.push(after(state, { kind: "bind", node: name, values }));
  return [];
}
