/** Expressions in the exploration: what they are made of, in order, and what they write. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  isFunction,
  isNullish,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import { isGlobal } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { attempt, call } from "./flow-calls.ts";
import { created } from "./flow-promises.ts";
import { branch, conditionValue, isCondition } from "./flow-tests.ts";
import type { Flow } from "./flow.ts";
import { placeOf, placesWritten, type WriteNode } from "./places.ts";
import { isVolatile } from "./region.ts";
import {
  after,
  type Completion,
  distinct,
  knowing,
  literal,
  type State,
  type Value,
} from "./state.ts";

/** What is known of anything that exists. */
export const OBJECT: Value = { truthy: true, nullish: false };

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
      return andThen(evaluate(flow, node.argument, state), ({ state: next, value }) =>
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
          andThen(evaluate(flow, node.left, state), (left) => [
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
      return sequence(flow, children(node, unitOf(node).visitorKeys), state);
  }
}

/** Continues each way on which an expression came to an end. */
export function andThen(
  completions: readonly Completion[],
  next: (completion: Extract<Completion, { type: "end" }>) => readonly Completion[],
): readonly Completion[] {
  return completions.flatMap((completion) =>
    completion.type === "end" ? next(completion) : [completion],
  );
}

/** Runs expressions in order; a promise that was rejected in any of them makes the whole one rejected. */
export function sequence(
  flow: Flow,
  nodes: readonly TSESTree.Node[],
  state: State,
): readonly Completion[] {
  let running: readonly Completion[] = [{ type: "end", state }];
  for (const node of nodes) {
    running = andThen(running, (before) =>
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

/** What is known of an expression that does nothing. */
export function valueOf(flow: Flow, node: TSESTree.Node, state: State): Value | undefined {
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
  if (node.type === T.CallExpression && isRejection(node)) return { settled: "rejected" };
  // `Promise.all(promises)`, like a promise that is made where it is handed over.
  if (node.type === T.CallExpression && calleeName(node) !== "allSettled") {
    const values = node.arguments.map((argument) => valueOf(flow, argument, state));
    if (values.some((value) => value?.settled === "rejected")) return { settled: "rejected" };
  }
  const place = isVolatile(flow.region, node) ? undefined : placeOf(node);
  return place === undefined ? undefined : state.known.get(place);
}

/** `Promise.reject(error)` */
function isRejection(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  return (
    member !== undefined && memberName(member) === "reject" && isGlobal(member.object, "Promise")
  );
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
    andThen(values, ({ state: next, value }) => {
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
