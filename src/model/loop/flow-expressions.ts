/** Expressions in the exploration: attempts and their promises, conditions, writes, and callbacks that run in place. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  contains,
  isFunction,
  isNullish,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { timerAt } from "../delay/timer.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { bindError, type Flow } from "./flow.ts";
import { boundNames, isWrite, placeOf, placesWritten, type WriteNode } from "./places.ts";
import { isEnd, isPut, isVolatile, mentions } from "./region.ts";
import {
  after,
  type Completion,
  distinct,
  knowing,
  literal,
  type State,
  type Value,
} from "./state.ts";
import { refined, truthOf } from "./truth.ts";

const OBJECT: Value = { truthy: true, nullish: false };

/** Runs an expression on every way through it. */
export function evaluate(
  flow: Flow,
  expression: TSESTree.Node,
  state: State,
): readonly Completion[] {
  const node = unwrap(expression);
  if (!flow.region.active.has(node))
    return [{ type: "end", state, value: valueOf(flow, node, state) }];
  if (!flow.step()) return [];
  if (node === flow.region.anchor && isFunction(node)) return attempt(flow, node, state);
  switch (node.type) {
    case T.AwaitExpression:
      return then(evaluate(flow, node.argument, state), ({ state: next, value }) =>
        value?.settled === "rejected"
          ? [{ type: "throw", state: next, node: undefined }]
          : [{ type: "end", state: next, value }],
      );
    case T.CallExpression:
      return call(flow, node, state);
    case T.NewExpression:
      return created(flow, node, state);
    case T.VariableDeclarator:
    case T.AssignmentExpression:
    case T.UpdateExpression:
      return write(flow, node, state);
    case T.ConditionalExpression: {
      const { yes, no, jumps } = branch(flow, node.test, state);
      return distinct([
        ...jumps,
        ...yes.flatMap((each) => evaluate(flow, node.consequent, each)),
        ...no.flatMap((each) => evaluate(flow, node.alternate, each)),
      ]);
    }
    case T.LogicalExpression: {
      if (node.operator === "??") {
        return distinct(
          then(evaluate(flow, node.left, state), (left) => [
            { type: "end", state: left.state },
            ...evaluate(flow, node.right, left.state),
          ]),
        );
      }
      const { yes, no, jumps } = branch(flow, node.left, state);
      const [into, past] = node.operator === "&&" ? [yes, no] : [no, yes];
      return distinct([
        ...jumps,
        ...into.flatMap((each) => evaluate(flow, node.right, each)),
        ...past.map((each): Completion => ({ type: "end", state: each })),
      ]);
    }
    case T.FunctionExpression:
    case T.ArrowFunctionExpression:
      return [{ type: "end", state, value: OBJECT }];
    default:
      return sequence(flow, [...children(node, unitOf(node).visitorKeys)], state);
  }
}

/** Continues each way on which an expression came to an end. */
function then(
  completions: readonly Completion[],
  next: (completion: Extract<Completion, { type: "end" }>) => readonly Completion[],
): readonly Completion[] {
  return completions.flatMap((completion) =>
    completion.type === "end" ? next(completion) : [completion],
  );
}

/** Runs expressions in order; a promise that was rejected in any of them makes the whole one rejected. */
function sequence(
  flow: Flow,
  nodes: readonly TSESTree.Node[],
  state: State,
): readonly Completion[] {
  let running: readonly Completion[] = [{ type: "end", state }];
  for (const node of nodes) {
    running = then(running, (before) =>
      evaluate(flow, node, before.state).map((completion) => {
        if (completion.type !== "end") return completion;
        const rejected =
          completion.value?.settled === "rejected" || before.value?.settled === "rejected";
        return { ...completion, value: rejected ? { settled: "rejected" } : undefined };
      }),
    );
  }
  return distinct(running);
}

function valueOf(flow: Flow, node: TSESTree.Node, state: State): Value | undefined {
  if (isNullish(node)) return literal(node.type === T.Literal ? null : undefined);
  if (node.type === T.Literal)
    return typeof node.value === "number" ? undefined : literal(node.value);
  if (
    node.type === T.ObjectExpression ||
    node.type === T.ArrayExpression ||
    node.type === T.NewExpression ||
    isFunction(node)
  )
    return OBJECT;
  const place = isVolatile(flow.region, node) ? undefined : placeOf(node);
  return place === undefined ? undefined : state.known.get(place);
}

function attempt(flow: Flow, node: TSESTree.Node, state: State): readonly Completion[] {
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

function call(flow: Flow, node: TSESTree.CallExpression, state: State): readonly Completion[] {
  if (flow.detours.restarts(node) !== undefined) return restart(flow, node, node, state);
  if (node === flow.region.anchor) {
    if (node.arguments.some(isFunction) && calleeMember(node) !== undefined) flow.unclear = true; // a callback tells the outcome
    return then(sequence(flow, [node.callee, ...node.arguments], state), (completion) =>
      attempt(flow, node, completion.state),
    );
  }
  if (sleepAt(node) !== undefined)
    return [{ type: "end", state: after(state, { kind: "wait", node }), value: OBJECT }];
  if (isEnd(node)) return [{ type: "throw", state, node }];
  const timer = timerAt(node);
  if (timer !== undefined) {
    const waited = after(state, { kind: "wait", node });
    const again = flow.detours.restarts(timer.callback);
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
  const member = calleeMember(node);
  const name = member === undefined ? undefined : memberName(member);
  if (member !== undefined && (name === "then" || name === "catch" || name === "finally"))
    return chained(flow, node, member, name, state);
  if (name === "allSettled") flow.unclear ||= flow.region.active.has(node);
  return then(sequence(flow, [node.callee, ...node.arguments], state), (completion) => [
    isPut(node)
      ? { type: "end", state: after(completion.state, { kind: "put", node }) }
      : completion,
  ]);
}

/** The region starts over: after an attempt, this is the way to the next one. */
function restart(
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

function chained(
  flow: Flow,
  node: TSESTree.CallExpression,
  member: TSESTree.MemberExpression,
  name: "catch" | "finally" | "then",
  state: State,
): readonly Completion[] {
  const [first, second] = node.arguments;
  return then(
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
      if (handler === undefined) return [{ type: "end", state: next, value }];
      const seen = next.phase === "succeeded" && rejected ? { ...next, caught: true } : next;
      return callback(flow, handler, rejected ? seen : next, rejected);
    },
  );
}

/** Runs a function in place, as a promise does: what it throws becomes a rejected promise. */
function callback(
  flow: Flow,
  handler: TSESTree.Node,
  state: State,
  withError = false,
): readonly Completion[] {
  const fn = unwrap(handler);
  if (flow.detours.restarts(fn) !== undefined) return restart(flow, fn, undefined, state);
  if (!isFunction(fn)) return [{ type: "end", state }];
  const [parameter] = fn.params;
  const entered = withError && parameter !== undefined ? bindError(parameter, state) : state;
  if (fn.body.type !== T.BlockStatement) return evaluate(flow, fn.body, entered).map(settled);
  return flow.block(fn.body.body, entered).map(settled);
}

function settled(completion: Completion): Completion {
  if (completion.type === "throw")
    return { type: "end", state: completion.state, value: { settled: "rejected" } };
  return {
    type: "end",
    state: completion.state,
    value: "value" in completion ? completion.value : undefined,
  };
}

function swallowed(completion: Completion): Completion {
  return { type: "end", state: completion.state };
}

/** `new Promise((resolve, reject) => …)` runs its function at once; whatever else is created only has arguments. */
function created(flow: Flow, node: TSESTree.NewExpression, state: State): readonly Completion[] {
  const [executor] = node.arguments;
  if (
    node.callee.type !== T.Identifier ||
    node.callee.name !== "Promise" ||
    !isFunction(executor)
  ) {
    if (sleepAt(node) !== undefined)
      return [{ type: "end", state: after(state, { kind: "wait", node }), value: OBJECT }];
    return sequence(flow, node.arguments, state);
  }
  if (sleepAt(node) !== undefined && !holds(node, flow))
    return [{ type: "end", state: after(state, { kind: "wait", node }), value: OBJECT }];
  return callback(flow, executor, state);
}

/** Whether the anchor or a restart stands inside a node. */
function holds(node: TSESTree.Node, flow: Flow): boolean {
  return [...flow.region.stops].some((stop) => contains(node, stop));
}

function write(flow: Flow, node: WriteNode, state: State): readonly Completion[] {
  const right =
    node.type === T.VariableDeclarator
      ? node.init
      : node.type === T.AssignmentExpression
        ? node.right
        : null;
  const target =
    node.type === T.VariableDeclarator
      ? node.id
      : node.type === T.AssignmentExpression
        ? node.left
        : node.argument;
  const plain =
    node.type === T.VariableDeclarator ||
    (node.type === T.AssignmentExpression && node.operator === "=");
  const place = placeOf(target);
  const isFlag =
    plain &&
    right !== null &&
    place !== undefined &&
    flow.region.tracked.has(place) &&
    isCondition(right);
  const values: readonly Completion[] =
    right === null
      ? [
          {
            type: "end",
            state,
            value: node.type === T.VariableDeclarator ? literal(undefined) : undefined,
          },
        ]
      : isFlag
        ? conditionValue(flow, right, state)
        : evaluate(flow, right, state);
  return distinct(
    then(values, ({ state: next, value }) => {
      let written = after(next, { kind: "write", node });
      for (const each of placesWritten(node)) written = knowing(written, each, undefined);
      if (plain && place !== undefined && value !== undefined)
        written = knowing(written, place, value);
      return [{ type: "end", state: withOutcome(flow, written, value), value }];
    }),
  );
}

/** What the names of an error handed over as a value are known to be. */
function withOutcome(flow: Flow, state: State, value: Value | undefined): State {
  if (value?.settled !== "error-value" && value?.settled !== "result") return state;
  return flow.region.outcomes.reduce((each, outcome) => {
    const truthy = outcome.truthyOnFailure === (value.settled === "error-value");
    return knowing(each, outcome.place, {
      truthy,
      nullish: outcome.truthyOnFailure ? !truthy : undefined,
    });
  }, state);
}

function isCondition(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (node.type === T.LogicalExpression)
    return node.operator !== "??" && isCondition(node.left) && isCondition(node.right);
  if (node.type === T.UnaryExpression) return node.operator === "!";
  if (node.type === T.CallExpression)
    return /^(?:is|has|should|can)[A-Z]/.test(calleeName(node) ?? "");
  return (
    node.type === T.BinaryExpression && /^(?:[<>]=?|[!=]==?|instanceof|in)$/.test(node.operator)
  );
}

function conditionValue(flow: Flow, node: TSESTree.Node, state: State): readonly Completion[] {
  const { yes, no, jumps } = branch(flow, node, state);
  return [
    ...jumps,
    ...yes.map((each): Completion => ({ type: "end", state: each, value: literal(true) })),
    ...no.map((each): Completion => ({ type: "end", state: each, value: literal(false) })),
  ];
}

interface Branches {
  readonly yes: readonly State[];
  readonly no: readonly State[];
  readonly jumps: readonly Completion[];
}

/** Splits the ways at a condition; connectives are followed to the single tests that they are made of. */
export function branch(flow: Flow, condition: TSESTree.Node, state: State): Branches {
  const node = unwrap(condition);
  if (!flow.step()) return { yes: [], no: [], jumps: [] };
  if (node.type === T.UnaryExpression && node.operator === "!") {
    const { yes, no, jumps } = branch(flow, node.argument, state);
    return { yes: no, no: yes, jumps };
  }
  if (node.type === T.LogicalExpression && node.operator !== "??") {
    const left = branch(flow, node.left, state);
    const [into, past] = node.operator === "&&" ? [left.yes, left.no] : [left.no, left.yes];
    const right = into.map((each) => branch(flow, node.right, each));
    const reached = { yes: right.flatMap(({ yes }) => yes), no: right.flatMap(({ no }) => no) };
    const jumps = [...left.jumps, ...right.flatMap((each) => each.jumps)];
    return node.operator === "&&"
      ? { yes: unique(reached.yes), no: unique([...past, ...reached.no]), jumps }
      : { yes: unique([...past, ...reached.yes]), no: unique(reached.no), jumps };
  }
  if (
    node.type === T.CallExpression &&
    calleeName(node) === "Boolean" &&
    node.arguments[0] !== undefined
  )
    return branch(flow, node.arguments[0], state);
  return single(flow, node, state);
}

function unique(states: readonly State[]): readonly State[] {
  return distinct(states.map((state): Completion => ({ type: "end", state }))).map(
    ({ state }) => state,
  );
}

function single(flow: Flow, node: TSESTree.Node, state: State): Branches {
  const { region } = flow;
  const runs =
    node.type === T.AwaitExpression ||
    node.type === T.CallExpression ||
    (isWrite(node) && node.type === T.AssignmentExpression) ||
    holds(node, flow);
  const completions = runs
    ? evaluate(flow, node, state)
    : [{ type: "end" as const, state, value: undefined }];
  const yes: State[] = [];
  const no: State[] = [];
  for (const completion of completions) {
    if (completion.type !== "end") continue;
    let here = completion.state;
    const truth =
      completion.value?.settled === "error-value"
        ? undefined
        : truthOf(node, here, completion.value);
    if (truth !== undefined) {
      (truth ? yes : no).push(here);
      continue;
    }
    // The simulation executes what a test writes; nothing is known of it here any more.
    if (node.type === T.UpdateExpression || isWrite(node))
      for (const place of placesWritten(node)) here = knowing(here, place, undefined);
    for (const outcome of [true, false]) {
      const onResult = here.phase === "succeeded" && isOnResult(flow, node);
      const step = onResult
        ? ({ kind: "result", node } as const)
        : ({ kind: "test", node, outcome } as const);
      (outcome ? yes : no).push(
        isVolatile(region, node) || isNumber(node)
          ? after(here, step)
          : refined(node, outcome, after(here, step)),
      );
    }
  }
  return { yes, no, jumps: completions.filter(({ type }) => type !== "end") };
}

/** Whether a test takes a number for a truth value: the simulation knows better what it holds. */
function isNumber(node: TSESTree.Node): boolean {
  const definition = node.type === T.Identifier ? variableOf(node)?.defs[0]?.node : undefined;
  return (
    definition?.type === T.VariableDeclarator &&
    definition.init?.type === T.Literal &&
    typeof definition.init.value === "number"
  );
}

function isOnResult(flow: Flow, node: TSESTree.Node): boolean {
  return holds(node, flow) || mentions(node, flow.region.fromResult);
}
