/** What makes code wait for its turn before it goes on: a limiter, a semaphore, a queue, a guard, a staggered sleep. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  contains,
  type FunctionNode,
  isFunction,
  isLoop,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { isGlobal, parameterOf, variableOf } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { isLimiterCall } from "./limiter.ts";
import { mentions, stateOf } from "./state.ts";

/** Whether code that runs inside `root` waits for its turn, or is guarded, before it reaches `node`. */
export function isGated(node: TSESTree.Node, root: TSESTree.Node): boolean {
  if (isGuarded(node, root)) return true;
  const states = stateOf(root);
  for (const before of precedingNodes(node, root)) {
    if (
      before.type === T.AwaitExpression &&
      (isGate(before.argument, 0) || isOwnState(before.argument, states))
    )
      return true;
    if (before.type === T.IfStatement && isExit(before.consequent) && mentions(before.test, states))
      return true;
    if (isWaitingLoop(before)) return true;
  }
  return false;
}

/** The nodes that run before `node`, on a way that leads to it, in the text of `root`. */
function precedingNodes(node: TSESTree.Node, root: TSESTree.Node): readonly TSESTree.Node[] {
  const into = (inner: TSESTree.Node): boolean =>
    inner === root || !isFunction(inner) || contains(inner, node);
  return [...walk(root, unitOf(root).visitorKeys, into)].filter(
    (inner) => inner !== root && inner.range[1] <= node.range[0],
  );
}

/** Whether a test of state that the code itself keeps (a flag, a counter, a cached result) stands around a node. */
function isGuarded(node: TSESTree.Node, root: TSESTree.Node): boolean {
  const states = stateOf(root);
  let from = node;
  for (const ancestor of ancestors(node)) {
    if (from === root) break;
    switch (ancestor.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
      case T.WhileStatement:
        if (ancestor.test !== from && mentions(ancestor.test, states)) return true;
        break;
      case T.LogicalExpression:
        if (ancestor.right === from && mentions(ancestor.left, states)) return true;
        break;
      case T.AssignmentExpression:
        // Made once, for whoever comes first.
        if (/^(?:\?\?|\|\|)=$/.test(ancestor.operator)) return true;
        break;
      default:
    }
    from = ancestor;
  }
  return false;
}

function isExit(statement: TSESTree.Statement): boolean {
  const last = statement.type === T.BlockStatement ? statement.body.at(-1) : statement;
  switch (last?.type) {
    case T.ReturnStatement:
    case T.ContinueStatement:
    case T.BreakStatement:
    case T.ThrowStatement:
      return true;
    default:
      // A branch that waits lets no more through than one that leaves.
      return (
        last !== undefined &&
        [...walkOwn(statement, unitOf(statement).visitorKeys)].some(
          ({ type }) => type === T.AwaitExpression,
        )
      );
  }
}

/** Whether a promise that is waited for is one that the code itself replaces: the tail of a chain, an accumulator. */
function isOwnState(awaited: TSESTree.Node, places: ReadonlySet<string>): boolean {
  const node = unwrap(awaited);
  if (mentions(node, places)) return node.type === T.Identifier || node.type === T.MemberExpression;
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  const definition = variable?.defs[0]?.node;
  if (definition?.type === T.VariableDeclarator && definition.init !== null) {
    return !("arguments" in unwrap(definition.init)) && mentions(definition.init, places);
  }
  return variable !== undefined && isAccumulator(variable);
}

/** Whether a variable is the first parameter of a `reduce` callback. */
export function isAccumulator(variable: NonNullable<ReturnType<typeof variableOf>>): boolean {
  const parameter = parameterOf(variable);
  if (parameter?.index !== 0) return false;
  const call = parameter.owner.parent;
  const member = call?.type === T.CallExpression ? calleeMember(call) : undefined;
  return member !== undefined && /^reduce(?:Right)?$/.test(memberName(member) ?? "");
}

/** A loop that does nothing but wait until something changes. */
function isWaitingLoop(node: TSESTree.Node): boolean {
  if (node.type !== T.WhileStatement && node.type !== T.DoWhileStatement) return false;
  const inside = [...walkOwn(node, unitOf(node).visitorKeys)];
  return (
    inside.some(({ type }) => type === T.AwaitExpression) &&
    !inside.some((inner) => inner.type === T.CallExpression && sdkCallAt(inner) !== undefined)
  );
}

/** Whether a promise that is waited for resolves only when it is the turn of whoever waits. */
export function isGate(awaited: TSESTree.Node, depth: number): boolean {
  const node = unwrap(awaited);
  if (node.type === T.NewExpression) return isStaggered(node) || storesResolver(node);
  if (node.type !== T.CallExpression || sdkCallAt(node) !== undefined) return false;
  if (isLimiterCall(node) || isStaggered(node)) return true;
  const { functions } = functionsOf(node.callee);
  return depth < 3 && functions.some((fn) => waitsForTurn(fn, depth + 1));
}

/** Whether the time of a sleep differs from item to item: then they do not come back all at once. */
function isStaggered(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const sleep = sleepAt(node);
  if (sleep === undefined) return false;
  return (
    sleep.fixedMs === undefined &&
    (sleep.duration === undefined || numberOf(sleep.duration) === undefined)
  );
}

/** `new Promise((resolve) => waiting.push(resolve))` is resolved by somebody else. */
function storesResolver(node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  if (!isGlobal(node.callee, "Promise") || !isFunction(executor)) return false;
  const [resolver] = executor.params;
  const variable = resolver?.type === T.Identifier ? variableOf(resolver) : undefined;
  return (
    variable?.references.some(({ identifier }) => {
      const { parent } = identifier as TSESTree.Identifier;
      if (parent.type === T.AssignmentExpression || parent.type === T.Property) return true;
      const member = parent.type === T.CallExpression ? calleeMember(parent) : undefined;
      return (
        member !== undefined && /^(?:push|unshift|add|set|enqueue)$/.test(memberName(member) ?? "")
      );
    }) ?? false
  );
}

const waiting = new WeakMap<FunctionNode, boolean>();

function waitsForTurn(fn: FunctionNode, depth: number): boolean {
  const known = waiting.get(fn);
  if (known !== undefined) return known;
  // A function that calls itself waits no more for that.
  waiting.set(fn, false);
  const places = stateOf(fn);
  const found = [...walkOwn(fn, unitOf(fn).visitorKeys)].some((node) => {
    if (node.type === T.NewExpression) return storesResolver(node);
    if (isLoop(node)) return isWaitingLoop(node);
    return (
      node.type === T.AwaitExpression &&
      (isGate(node.argument, depth) || isOwnState(node.argument, places))
    );
  });
  waiting.set(fn, found);
  return found;
}
