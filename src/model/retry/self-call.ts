/** Whether a function that calls itself can be given one more parameter. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains, type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { callOf, usesOf } from "../program/callers.ts";
import { variablesDeclaredBy } from "../program/binding.ts";
import { functionsOf } from "../program/values.ts";
import { repeatedCode } from "./delay-place.ts";
import type { Layer } from "./layer.ts";

export interface SelfCall {
  readonly fn: FunctionNode;
  readonly again: TSESTree.CallExpression;
}

/**
 * The one call by which the function that a layer is calls itself, if a parameter at its end would reach nobody else: it is called by
 * name with no more than it asks for, and nothing else says what its parameters are.
 */
export function selfCallOf(layer: Layer): SelfCall | undefined {
  const fn = repeatedCode(layer);
  const again = layer.node;
  if (layer.kind !== "recursion" || !isFunction(fn) || again.type !== T.CallExpression)
    return undefined;
  if (!functionsOf(again.callee).functions.includes(fn) || isDeclaredElsewhere(fn))
    return undefined;
  const calls = usesOf(fn).sites.map(callOf);
  const isPlain = calls.every(
    (call) =>
      call !== undefined &&
      call.arguments.length <= fn.params.length &&
      call.arguments.every(({ type }) => type !== T.SpreadElement),
  );
  const inside = calls.filter((call) => call !== undefined && contains(fn, call));
  return isPlain && inside.length === 1 ? { fn, again } : undefined;
}

/** Whether a type, an overload or a base class has a say in the parameters. */
function isDeclaredElsewhere(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (fn.type === T.FunctionDeclaration)
    return variablesDeclaredBy(fn).some(
      ({ name, defs }) => name === fn.id?.name && defs.length > 1,
    );
  if (parent.type === T.VariableDeclarator) return Boolean(parent.id.typeAnnotation);
  if (parent.type !== T.MethodDefinition)
    return parent.type !== T.PropertyDefinition || Boolean(parent.typeAnnotation);
  return (
    parent.override ||
    parent.parent.body.some(
      (member) =>
        member !== parent &&
        "key" in member &&
        member.key.type === T.Identifier &&
        parent.key.type === T.Identifier &&
        member.key.name === parent.key.name,
    )
  );
}
