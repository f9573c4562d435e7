/** Where a layer is reported: at what says that it repeats, not over its whole body. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, isLoop } from "../../ast/nodes.ts";
import type { Layer } from "./layer.ts";

/** The head of a loop or function, the callee of a wrapper's call. */
export function layerLocation(
  { node }: Layer,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.SourceLocation {
  if (node.type === T.CallExpression) return node.callee.loc;
  if (!isLoop(node) && !isFunction(node)) return node.loc;
  const last = sourceCode.getTokenBefore(node.body);
  const { start } = node.loc;
  // A do…while says at its end how it repeats, but is known by its keyword.
  const end =
    node.type === T.DoWhileStatement
      ? (sourceCode.getFirstToken(node)?.loc.end ?? start)
      : (last?.loc.end ?? start);
  return { start, end };
}
