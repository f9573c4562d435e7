/** Where the wait of a layer is: in the code that repeats, elsewhere in its file, or in another file. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, contains, isFunction, isLoop, rejectionHandler } from "../../ast/nodes.ts";
import { ownNameOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import type { Layer } from "./layer.ts";

/** Whether a node stands in the code that a layer repeats, somewhere else in the layer's file, or in another file. */
export function standsIn(layer: Layer, node: TSESTree.Node): "file" | "layer" | "program" {
  if (unitOf(node) !== unitOf(layer.node)) return "program";
  return contains(repeatedCode(layer), node) ? "layer" : "file";
}

/** The part of the repeated code that shows how it waits: an expression that stands in it, else the sleep; if any. */
export function waitShownIn(
  layer: Layer,
  expression: TSESTree.Node | undefined,
): TSESTree.Node | undefined {
  return [expression, ...(layer.loop?.waits ?? [])].find(
    (node) => node !== undefined && standsIn(layer, node) === "layer",
  );
}

/** The loop, the function that calls itself, the call of a library, what handles the failure before a second attempt. */
export function repeatedCode({ kind, node }: Layer): TSESTree.Node {
  if (isLoop(node) || kind === "wrapper") return node;
  const around = [...ancestors(node)];
  if (kind === "resend") return around.find(isErrorHandler) ?? around.find(isFunction) ?? node;
  return around.find(kind === "requeue" ? isLoop : isNamedFunction) ?? node;
}

function isNamedFunction(node: TSESTree.Node): boolean {
  return isFunction(node) && ownNameOf(node) !== undefined;
}

function isErrorHandler(node: TSESTree.Node): boolean {
  return (
    node.type === T.CatchClause ||
    (isFunction(node) &&
      node.parent.type === T.CallExpression &&
      rejectionHandler(node.parent) === node)
  );
}
