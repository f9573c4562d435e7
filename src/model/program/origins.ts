/** What the search for the makers of a value finds, and what its parts ask of each other. */
import type { TSESTree } from "@typescript-eslint/utils";

/** The makers of a value. `complete` is false when some way into the value could not be followed. */
export interface Origins {
  readonly nodes: readonly TSESTree.Node[];
  readonly complete: boolean;
}

/** How far a value is traced. */
export interface TraceOptions {
  /** Follow parameters to call sites (a search over the program). Default true. */
  readonly intoCallers?: boolean;
  /** Calls that are makers in themselves, whatever their functions return. Default none. */
  readonly isOpaque?: (call: TSESTree.CallExpression) => boolean;
}

/** One search, as its parts for the kinds of expressions see it. */
export interface Search extends Readonly<Required<TraceOptions>> {
  /** The makers of an expression's value, found once in a search. */
  readonly follow: (expression: TSESTree.Node, depth: number) => Origins;
}

/** Some maker, nobody knows which. */
export const UNKNOWN: Origins = { nodes: [], complete: false };
/** No maker at all: `null`, or a way that was taken already. */
export const NOTHING: Origins = { nodes: [], complete: true };

/** Joins what several ways into a value lead to. */
export function merge(parts: readonly Origins[]): Origins {
  const nodes = new Set<TSESTree.Node>();
  for (const part of parts) for (const node of part.nodes) nodes.add(node);
  return { nodes: [...nodes], complete: parts.every((part) => part.complete) };
}
