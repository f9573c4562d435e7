/** The number of the attempt as code between two attempts can write it, counted from 1 as the helper does. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { contains, isLoop } from "../../ast/nodes.ts";
import { scopeOf } from "../program/binding.ts";
import { isNumber } from "../program/checker.ts";
import type { LocatedLayer } from "./program-layers.ts";

/**
 * How the layer's own counter gives the number of the attempt that has just been made.
 * @param place - where the expression is to stand: after the attempt, before the next one
 * @param isStart - it is to stand at the start of the place, a block
 * @returns `undefined` where the layer has no counter that counts up by one and can be named there
 */
export function attemptNumberAt(
  { layer, calls }: LocatedLayer,
  place: TSESTree.Node,
  isStart = false,
): string | undefined {
  const { counter } = layer.loop ?? {};
  if (counter?.base === undefined) return undefined;
  const within = isLoop(layer.node) ? layer.node.body : layer.node;
  const variable = ASTUtils.findVariable(scopeOf(within), counter.name);
  if (variable === null || ASTUtils.findVariable(scopeOf(place), counter.name) !== variable)
    return undefined;
  if (variable.defs.some(({ name }) => isNumber(name) === "no")) return undefined;
  const steps = isLoop(layer.node)
    ? stepsBefore(variable, layer.node, calls[0]?.node, place, isStart)
    : recursionSteps(layer.node, counter.name);
  if (steps === undefined) return undefined;
  const offset = 1 - counter.base - steps;
  return offset === 0
    ? counter.name
    : `${counter.name} ${offset > 0 ? "+" : "-"} ${String(Math.abs(offset))}`;
}

/** How often the counter is advanced between the attempt and a place after it in the same round. */
function stepsBefore(
  variable: TSESLint.Scope.Variable,
  loop: TSESTree.Node,
  call: TSESTree.Node | undefined,
  place: TSESTree.Node,
  isStart: boolean,
): number | undefined {
  const writes = variable.references.filter(
    (reference) => reference.isWrite() && !reference.init && contains(loop, reference.identifier),
  );
  const advances = writes.map(({ identifier }) => identifier.parent);
  if (!advances.every(isOneUp)) return undefined;
  // The head of a `for…of` counts by itself.
  if (advances.length === 0) return loop.type === T.ForOfStatement ? 0 : undefined;
  const [advance] = advances;
  if (advance === undefined || advances.length > 1) return undefined;
  if (loop.type === T.ForStatement && loop.update !== null && contains(loop.update, advance))
    return 0;
  if (loop.type === T.DoWhileStatement || call === undefined || !contains(loop, call))
    return undefined;
  if (contains(advance, place) || (!isStart && contains(place, advance))) return undefined;
  // `while (++attempt < 5)`, or a step before the attempt: the base is read after it.
  return call.range[1] <= advance.range[0] && advance.range[1] <= place.range[0] ? 1 : 0;
}

function isOneUp(node: TSESTree.Node): boolean {
  if (node.type === T.UpdateExpression) return node.operator === "++";
  if (node.type !== T.AssignmentExpression) return false;
  if (node.operator === "+=") return isOne(node.right);
  return node.operator === "=" && isSumWithOne(node.right);
}

function isSumWithOne(node: TSESTree.Node, name?: string): boolean {
  return (
    node.type === T.BinaryExpression &&
    node.operator === "+" &&
    isOne(node.right) &&
    node.left.type === T.Identifier &&
    (name === undefined || node.left.name === name)
  );
}

function isOne(node: TSESTree.Node): boolean {
  return node.type === T.Literal && node.value === 1;
}

/** `retry(attempt + 1)`: the parameter holds the number of this attempt until the function returns. */
function recursionSteps(call: TSESTree.Node, name: string): number | undefined {
  if (
    call.type !== T.CallExpression ||
    !call.arguments.some((argument) => isSumWithOne(argument, name))
  )
    return undefined;
  const variable = ASTUtils.findVariable(scopeOf(call), name);
  const isConstant =
    variable?.references.every((reference) => !reference.isWrite() || reference.init === true) ??
    false;
  return isConstant ? 0 : undefined;
}
