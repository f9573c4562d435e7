/** Values that can be read from the code: literals and constants, in whatever file they stand. */
import { AST_NODE_TYPES as T, ASTUtils, type TSESTree } from "@typescript-eslint/utils";
import { unwrap } from "../../ast/nodes.ts";
import { scopeOf, variableOf } from "./binding.ts";
import { originsOf } from "./values.ts";

/** The value of an expression when it is always the same and can be computed from the code. */
export function constantOf(expression: TSESTree.Node): { readonly value: unknown } | undefined {
  const node = unwrap(expression);
  const here = ASTUtils.getStaticValue(node, scopeOf(node));
  if (here !== null && !isChanged(node)) return { value: here.value };
  if (node.type !== T.Identifier && node.type !== T.MemberExpression) return undefined;
  const { nodes, complete } = originsOf(node);
  if (!complete || nodes.includes(node)) return undefined;
  const [first, ...others] = nodes.map((origin) =>
    ASTUtils.getStaticValue(origin, scopeOf(origin)),
  );
  // Several callers may all pass the same.
  const isOne = others.every((other) => other !== null && other.value === first?.value);
  return first && isOne ? { value: first.value } : undefined;
}

/** Whether a member may hold something else than what its object was written down with, as by `Object.assign(object, more)`. */
function isChanged(node: TSESTree.Node): boolean {
  if (node.type !== T.MemberExpression) return false;
  const owner = unwrap(node.object);
  if (owner.type !== T.Identifier || variableOf(owner) === undefined) return false;
  const { nodes, complete } = originsOf(node);
  return nodes.length > 1 || (nodes.length === 1 && !complete);
}

/** The number that an expression always is; `Infinity` counts, `NaN` does not. */
export function numberOf(expression: TSESTree.Node): number | undefined {
  const constant = constantOf(expression);
  return typeof constant?.value === "number" && !Number.isNaN(constant.value)
    ? constant.value
    : undefined;
}

/** The string that an expression always is. */
export function stringOf(expression: TSESTree.Node): string | undefined {
  const constant = constantOf(expression);
  return typeof constant?.value === "string" ? constant.value : undefined;
}
