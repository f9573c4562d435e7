/** State that code keeps outside of itself: flags, counters, cached results, the tail of a chain. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains, memberName, unwrap, writtenBy } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { once } from "../once.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";

/** The variables and members from outside that code writes to, as they are spelt. */
export const stateOf = once((root: TSESTree.Node): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const node of walk(root, unitOf(root).visitorKeys)) {
    const target = writtenBy(node);
    const place = target === undefined ? undefined : placeOf(target, root);
    if (place !== undefined) found.add(place);
  }
  return found;
});

function placeOf(target: TSESTree.Node, root: TSESTree.Node): string | undefined {
  const node = unwrap(target);
  if (node.type === T.Identifier) {
    const declared = variableOf(node)?.defs[0]?.name;
    return declared !== undefined && contains(root, declared) ? undefined : node.name;
  }
  if (node.type !== T.MemberExpression) return undefined;
  const name = memberName(node);
  const owner = unwrap(node.object);
  if (name === undefined || node.computed) return undefined;
  if (owner.type === T.ThisExpression) return `this.${name}`;
  const place = placeOf(owner, root);
  return place === undefined ? undefined : `${place}.${name}`;
}

export function mentions(test: TSESTree.Node, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false;
  return [...walk(test, unitOf(test).visitorKeys)].some((node) => {
    const place =
      node.type === T.Identifier || node.type === T.MemberExpression
        ? placeOf(node, test)
        : undefined;
    return place !== undefined && places.has(place);
  });
}
