/** The loops around a call, and what kind each of them is: by where failures and results lead, not by spelling. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { ancestors, contains, isFunction, isLoop, type LoopNode } from "../../ast/nodes.ts";
import { isExecutor } from "./callback.ts";
import { factsOfKind, type LoopFacts } from "./facts.ts";
import { exploreLoop } from "./explore.ts";
import { judge } from "./judge.ts";
import { regionOf } from "./region.ts";

/** The loops that run a node again, innermost first, up to the boundary of the function around it. */
export function loopAround(anchor: TSESTree.Node): readonly LoopNode[] {
  const loops: LoopNode[] = [];
  let from = anchor;
  for (const node of ancestors(anchor)) {
    if (isFunction(node) && !isExecutor(node)) break;
    if (isLoop(node) && isRepeated(node, from)) loops.push(node);
    from = node;
  }
  return loops;
}

/** Whether a child of a loop runs more than once: the start of a `for` and the collection of a `for…of` do not. */
export function isRepeated(loop: LoopNode, child: TSESTree.Node): boolean {
  if (loop.type === T.ForStatement) return loop.init !== child;
  if (loop.type === T.ForOfStatement || loop.type === T.ForInStatement)
    return loop.right !== child || (loop.type === T.ForOfStatement && loop.await);
  return true;
}

const known = new WeakMap<LoopNode, WeakMap<TSESTree.Node, LoopFacts>>();

/** What a loop is for what runs at `anchor` in it: a call, or the function handed to one. */
export function analyseLoop(loop: LoopNode, anchor: TSESTree.Node): LoopFacts {
  let byAnchor = known.get(loop);
  if (byAnchor === undefined) known.set(loop, (byAnchor = new WeakMap()));
  const remembered = byAnchor.get(anchor);
  if (remembered !== undefined) return remembered;
  const facts = analyse(loop, anchor);
  byAnchor.set(anchor, facts);
  return facts;
}

function analyse(loop: LoopNode, anchor: TSESTree.Node): LoopFacts {
  // `for await (const page of paginate(…))`
  if (loop.type === T.ForOfStatement && contains(loop.right, anchor))
    return factsOfKind("pagination", loop);
  return judge(exploreLoop(regionOf(loop, anchor), loop), loop);
}
