/** The retry layers that a call puts around its arguments: a wrapper, or a pipeline. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { unwrap } from "../../ast/nodes.ts";
import { isKnownFunction } from "../helper.ts";
import { unitOf } from "../program/unit.ts";
import { helperLayer } from "./helper-layer.ts";
import { type Layer, makeLayer } from "./layer.ts";
import { libraryLayer, operatorLayers } from "./library.ts";
import { ownWrapperLayers } from "./own-wrapper.ts";

/** The layers that a call puts around what stands in it at `from`: a function among its arguments, or the source of a pipeline. */
export function callLayers(call: TSESTree.CallExpression, from: TSESTree.Node): readonly Layer[] {
  const operators = operatorLayers(call, from);
  if (operators.length > 0) return operators;
  if (unwrap(call.callee) === unwrap(from) || !call.arguments.some((argument) => argument === from))
    return [];
  const known = helperLayer(call) ?? libraryLayer(call, from);
  if (known !== undefined) return [known];
  if (isKnownFunction(call.callee, unitOf(call).settings.retryWrappers)) {
    return [makeLayer({ kind: "wrapper", node: call, label: "the configured wrapper" })];
  }
  // What the value of a call is handed to does not run it again; only functions can be.
  return from.type === T.CallExpression || from.type === T.AwaitExpression
    ? []
    : ownWrapperLayers(call, from);
}
