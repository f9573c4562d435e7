/** What the parts of the data-flow analysis share. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { ancestors, type FunctionNode, isFunction, type LoopNode } from "../../ast/nodes.ts";
import type { Flow } from "./flow.ts";
import type { Frame } from "./frame.ts";

/** What repeats: a loop, or the function that calls itself. */
export type Region = FunctionNode | LoopNode;

export interface Reader {
  /** What runs once for each attempt; `undefined` where nothing is known to repeat. */
  readonly region: Region | undefined;
  /** The largest number of attempts, the first included, where it is known. */
  readonly attempts: number | undefined;
  /** Variables that hold the number of the attempt, for instance a parameter of a library's callback. */
  readonly attemptVariables: ReadonlySet<TSESLint.Scope.Variable>;
  /** Where in the region the wait stands. */
  readonly point: TSESTree.Node;
  /** What a variable or member is taken to be while its own updates are followed. */
  readonly bound: Map<unknown, Flow>;
  /** Reads an expression; `frame` says what parameters stand for. */
  flow(node: TSESTree.Node, frame: Frame | undefined): Flow;
}

/** Whether a node is another or stands inside it; unlike a comparison of ranges, also right for nodes of different files. */
export function isWithin(node: TSESTree.Node, outer: TSESTree.Node): boolean {
  if (node === outer) return true;
  for (const ancestor of ancestors(node)) if (ancestor === outer) return true;
  return false;
}

/** Whether a node runs anew for each attempt, a loop's `init` left out. */
export function isRepeated(node: TSESTree.Node, { region }: Reader): boolean {
  if (region === undefined) return false;
  return (
    isWithin(node, region) &&
    !("init" in region && region.init !== null && isWithin(node, region.init))
  );
}

/** Whether a declaration is made anew for each attempt. */
export function isFresh(declaration: TSESTree.Node, { region }: Reader): boolean {
  return region !== undefined && isWithin(declaration, isFunction(region) ? region : region.body);
}
