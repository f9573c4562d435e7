/** Where an idempotency token can be made once for all attempts of a call, and whether they are all for one request. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  contains,
  enclosingFunction,
  isFunction,
  isLoop,
  staticKey,
  unwrap,
  writtenBy,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { helperExport } from "../helper.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import type { Attempt } from "./per-attempt.ts";

/**
 * The outermost of the layers around a node, if they are all of the layers around the call: nothing between may run it for several
 * requests, which one token would make one.
 */
export function layerAround(
  node: TSESTree.Node,
  attempts: readonly Attempt[],
): TSESTree.Node | undefined {
  const layers = layersIn(node, attempts);
  if (layers === undefined || ![...layers].every((layer) => contains(layer, node)))
    return undefined;
  const left = new Set(layers);
  for (const current of ancestors(node)) {
    left.delete(current);
    if (left.size === 0) return current;
    if (isFunction(current) && !isGivenTo(current, layers)) return undefined;
    if (isLoop(current) && !layers.has(current)) return undefined;
  }
  return undefined;
}

/**
 * Whether an input that is made in front of all layers is for their request alone: it is sent nowhere else, and nothing between it and
 * them repeats them.
 */
export function isForOneRequest(
  input: TSESTree.Node,
  call: TSESTree.CallExpression,
  attempts: readonly Attempt[],
): boolean {
  const layers = layersIn(input, attempts);
  if (layers === undefined || !isSoleUse(input, call)) return false;
  for (const layer of layers) {
    if (contains(layer, input)) return false;
    for (const around of [layer, ...ancestors(layer)]) {
      if (contains(around, input)) break;
      if (layers.has(around)) continue;
      if (isLoop(around) || (isFunction(around) && !isGivenTo(around, layers))) return false;
    }
  }
  return true;
}

/** The nodes of the layers, where all of them are loops or wrappers in the same file. */
function layersIn(
  node: TSESTree.Node,
  attempts: readonly Attempt[],
): ReadonlySet<TSESTree.Node> | undefined {
  const layers = new Set<TSESTree.Node>();
  for (const { layer } of attempts) {
    if (layer.kind !== "loop" && layer.kind !== "wrapper") return undefined;
    // In front of a decorator's attempts there is only whoever calls the method.
    if (layer.node.type === T.Decorator) return undefined;
    if (unitOf(layer.node) !== unitOf(node)) return undefined;
    layers.add(layer.node);
  }
  return layers;
}

/** Whether a function is what a wrapper runs. */
function isGivenTo(fn: TSESTree.Node, layers: ReadonlySet<TSESTree.Node>): boolean {
  const { parent } = fn;
  return (
    parent?.type === T.CallExpression &&
    layers.has(parent) &&
    parent.arguments.some((argument) => unwrap(argument) === fn)
  );
}

/** `const command = new Command({ … })`, with no other use than the one in the call. */
function isSoleUse(input: TSESTree.Node, call: TSESTree.CallExpression): boolean {
  for (const ancestor of ancestors(input)) {
    if (ancestor === call) return true;
    if (ancestor.type !== T.VariableDeclarator) continue;
    const variable = ancestor.id.type === T.Identifier ? variableOf(ancestor.id) : undefined;
    const uses = variable?.references.filter((reference) => !reference.init) ?? [];
    const [use] = uses;
    return (
      ancestor.parent.kind === "const" &&
      uses.length === 1 &&
      use !== undefined &&
      contains(call, use.identifier)
    );
  }
  return false;
}

/**
 * Whether every attempt of every layer is for the same request: success leaves the layers, and the input holds nothing that could be
 * another from one attempt to the next. One token for all of them then changes nothing but what a repeat does.
 * @param member - the token's own member of the input, which does not count
 */
export function isSameRequest(
  input: TSESTree.ObjectExpression,
  member: string,
  call: TSESTree.CallExpression,
  attempts: readonly Attempt[],
): boolean {
  return attempts.every(({ layer: { kind, library, node } }) => {
    if (unitOf(node) !== unitOf(call)) return false;
    const endsOnSuccess =
      kind === "loop"
        ? leavesOnSuccess(call, node)
        : library !== undefined ||
          (node.type === T.CallExpression && helperExport(node.callee) === "withBackoff");
    return endsOnSuccess && (!contains(node, input) || staysTheSame(input, member, node));
  });
}

/** Whether the loop ends right where a call in it has succeeded: `return await send()`, or a `break` or `return` in the same block. */
function leavesOnSuccess(call: TSESTree.CallExpression, loop: TSESTree.Node): boolean {
  if (enclosingFunction(call) !== enclosingFunction(loop)) return false;
  let from: TSESTree.Node = call;
  let isAwaited = false;
  for (const current of ancestors(call)) {
    if (current === loop) return false;
    if (current.type === T.AwaitExpression) isAwaited = true;
    if (current.type === T.ReturnStatement) return isAwaited;
    if (current.type === T.BlockStatement) {
      const after = current.body.slice(
        current.body.findIndex((statement) => statement === from) + 1,
      );
      if (after.some((statement) => isExit(statement, loop, current))) return isAwaited;
    }
    if (current.type === T.TryStatement ? current.block !== from : isConditional(current))
      return false;
    from = current;
  }
  return false;
}

function isExit(
  statement: TSESTree.Statement,
  loop: TSESTree.Node,
  block: TSESTree.BlockStatement,
): boolean {
  if (statement.type === T.ReturnStatement) return true;
  // A `break` ends the innermost loop, or a `switch`.
  const around = [...ancestors(block)].find(
    (node) => isLoop(node) || node.type === T.SwitchStatement,
  );
  return statement.type === T.BreakStatement && statement.label === null && around === loop;
}

function isConditional({ type }: TSESTree.Node): boolean {
  return (
    type === T.IfStatement ||
    type === T.ConditionalExpression ||
    type === T.LogicalExpression ||
    type === T.SwitchStatement ||
    type === T.CatchClause
  );
}

/** Whether an input is made of constants, and of variables that nothing in the region declares, assigns or changes. */
function staysTheSame(
  input: TSESTree.ObjectExpression,
  member: string,
  region: TSESTree.Node,
): boolean {
  const { visitorKeys } = unitOf(input);
  const isToken = (node: TSESTree.Node): boolean =>
    node.type === T.Property && staticKey(node, node.key) === member && node.parent === input;
  const inside = [...walk(input, visitorKeys, (node) => !isToken(node))].filter(
    (node) => !isToken(node),
  );
  const named = new Set<unknown>();
  for (const node of inside) {
    switch (node.type) {
      case T.AwaitExpression:
      case T.CallExpression:
      case T.NewExpression:
      case T.TaggedTemplateExpression:
      case T.YieldExpression:
      case T.ThisExpression:
      case T.UpdateExpression:
      case T.AssignmentExpression:
        return false;
      case T.Identifier: {
        const variable = variableOf(node);
        if (variable === undefined) break;
        if (variable.defs.some(({ name }) => contains(region, name))) return false;
        named.add(variable);
        break;
      }
      default:
    }
  }
  for (const node of walk(region, visitorKeys)) {
    const target = writtenBy(node);
    if (target === undefined) continue;
    for (const part of walk(target, visitorKeys))
      if (part.type === T.Identifier && named.has(variableOf(part))) return false;
  }
  return true;
}
