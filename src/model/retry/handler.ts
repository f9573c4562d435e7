/** Where the failures of a layer's attempts arrive. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { catchClauseAround, contains } from "../../ast/nodes.ts";
import { walkOwn } from "../../ast/walk.ts";
import { unitOf } from "../program/unit.ts";
import type { LocatedLayer } from "./program-layers.ts";

/** The `catch` inside a loop that a failed attempt runs into, if that can be told. */
export function handlerIn({ layer, calls }: LocatedLayer): TSESTree.CatchClause | undefined {
  const { node: loop } = layer;
  const call = calls.find(({ node }) => unitOf(node) === unitOf(loop) && contains(loop, node));
  if (call !== undefined) return catchClauseAround(call.node, loop);
  // The loop of a wrapper runs what its callers hand it: in the only `try` that it has.
  const clauses = [...walkOwn(loop, unitOf(loop).visitorKeys)].filter(
    (node) => node.type === T.CatchClause,
  );
  return clauses.length === 1 ? clauses[0] : undefined;
}
