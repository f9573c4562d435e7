/** Conditions in the exploration: every way is split at the single tests that they are made of. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeName, contains, unwrap } from "../../ast/nodes.ts";
import { variableOf } from "../program/binding.ts";
import { mentions } from "./derived.ts";
import { evaluate } from "./flow-expressions.ts";
import type { Flow } from "./flow.ts";
import { isWrite, placesWritten } from "./places.ts";
import { isVolatile } from "./region.ts";
import { after, type Completion, distinct, knowing, literal, type State } from "./state.ts";
import { refined, truthOf } from "./truth.ts";

/** Whether the anchor or a restart stands inside a node. */
export function holds(node: TSESTree.Node, flow: Flow): boolean {
  return [...flow.region.stops].some((stop) => contains(node, stop));
}

/** Whether an expression is a test, so that its value is worth remembering. */
export function isCondition(expression: TSESTree.Node): boolean {
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

/** The ways through a test whose value is kept. */
export function conditionValue(
  flow: Flow,
  node: TSESTree.Node,
  state: State,
): readonly Completion[] {
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
