/** The project's own sleeping functions, read rather than guessed. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeName,
  type FunctionNode,
  isLoop,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { walkOwn } from "../../ast/walk.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { returnedBy } from "../program/values.ts";
import type { Sleep } from "./sleep.ts";
import { isWithResolvers } from "./timer.ts";

/**
 * The one sleep that a function is there for: it awaits or returns it, outside of any loop, and waits for nothing else. A
 * function that also does work is not a sleep, however long it sleeps.
 */
export function soleSleepOf(
  fn: FunctionNode,
  sleepAt: (node: TSESTree.Node) => Sleep | undefined,
): Sleep | undefined {
  const waits = fn.generator ? undefined : waitsOf(fn);
  const [wait] = waits ?? [];
  // Only then is it worth asking what the one thing is: this keeps the search from reading whole programs.
  if (waits?.length !== 1 || wait === undefined || isRepeated(wait, fn)) return undefined;
  const sleep = sleepAt(madeBy(wait));
  return sleep?.awaited === "yes" ? sleep : undefined;
}

/** What a function waits for or hands on to be waited for; `undefined` when its result shows that it does more. */
function waitsOf(fn: FunctionNode): readonly TSESTree.Node[] | undefined {
  const waits: TSESTree.Node[] = [];
  for (const node of walkOwn(fn.body, unitOf(fn).visitorKeys)) {
    if (node.type === T.ForOfStatement && node.await) return undefined;
    if (node.type === T.AwaitExpression) waits.push(unwrap(node.argument));
    // Atomics.wait() blocks without a promise.
    if (
      node.type === T.CallExpression &&
      node.parent.type === T.ExpressionStatement &&
      calleeName(node) === "wait"
    ) {
      waits.push(node);
    }
  }
  for (const result of returnedBy(fn).flatMap(alternatives)) {
    switch (result.type) {
      case T.ArrayExpression:
      case T.ObjectExpression:
        return undefined;
      case T.CallExpression:
      case T.NewExpression:
        if (!isSettledPromise(result)) waits.push(result);
        break;
      case T.Identifier:
      case T.MemberExpression: {
        const made = madeBy(result);
        if (made.type === T.NewExpression || isWithResolvers(made)) waits.push(result);
        break;
      }
      default:
    }
  }
  return waits;
}

function alternatives(result: TSESTree.Node): readonly TSESTree.Node[] {
  const node = unwrap(result);
  if (node.type === T.ConditionalExpression)
    return [node.consequent, node.alternate].flatMap(alternatives);
  return node.type === T.LogicalExpression ? [node.left, node.right].flatMap(alternatives) : [node];
}

/** The expression behind a constant of the function, or behind `deferred.promise`. */
function madeBy(node: TSESTree.Node): TSESTree.Node {
  if (node.type === T.MemberExpression) {
    const owner = memberName(node) === "promise" ? madeBy(node.object) : node;
    return isWithResolvers(owner) ? owner : node;
  }
  const definition = node.type === T.Identifier ? variableOf(node)?.defs[0]?.node : undefined;
  return definition?.type === T.VariableDeclarator &&
    definition.init !== null &&
    definition.parent.kind === "const"
    ? unwrap(definition.init)
    : node;
}

/** `Promise.resolve()` says that there is no need to wait. */
function isSettledPromise({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  return (
    callee.type === T.MemberExpression &&
    callee.object.type === T.Identifier &&
    callee.object.name === "Promise"
  );
}

function isRepeated(node: TSESTree.Node, fn: FunctionNode): boolean {
  for (const ancestor of ancestors(node)) {
    if (ancestor === fn) return false;
    if (isLoop(ancestor)) return true;
  }
  return false;
}
