/** Walking a subtree that ESLint is not walking: function bodies in other files, loop bodies, class members. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isFunction } from "./nodes.ts";

type Keys = TSESLint.SourceCode.VisitorKeys;

/** The direct children of a node in source order. */
export function children(node: TSESTree.Node, keys: Keys): readonly TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  pushChildren(found, node, keys);
  return found.reverse();
}

/** Puts the children of a node on a stack, the last one first. Most of the time of an analysis goes into this. */
function pushChildren(stack: TSESTree.Node[], node: TSESTree.Node, keys: Keys): void {
  const own = keys[node.type] ?? [];
  for (let index = own.length - 1; index >= 0; index--) {
    const value = (node as unknown as Record<string, unknown>)[own[index] ?? ""];
    if (Array.isArray(value)) {
      for (let item = value.length - 1; item >= 0; item--) {
        const child: unknown = value[item];
        if (isNode(child)) stack.push(child);
      }
    } else if (isNode(value)) stack.push(value);
  }
}

/**
 * All nodes of a subtree, the root included, parents before children.
 * @param into - asked for each node; `false` keeps the node but not what is inside it
 */
export function* walk(
  root: TSESTree.Node,
  keys: Keys,
  into: (node: TSESTree.Node) => boolean = () => true,
): Generator<TSESTree.Node> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    if (into(node)) pushChildren(stack, node, keys);
  }
}

/** The nodes that run when `root` runs: {@link walk} without the bodies of nested functions. */
export function walkOwn(root: TSESTree.Node, keys: Keys): Generator<TSESTree.Node> {
  return walk(root, keys, (node) => node === root || !isFunction(node));
}

/** Sets the parent links of a tree whose parser left them out. */
export function linkParents(root: TSESTree.Node, keys: Keys): void {
  for (const node of walk(root, keys)) {
    for (const child of children(node, keys)) child.parent = node;
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}
