/** The retry layers that a call puts around its arguments: a wrapper, or a pipeline. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, staticKey } from "../../ast/nodes.ts";
import { helperExport, isKnownFunction } from "../helper.ts";
import { constantOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { failsByAnswer } from "./asked-again.ts";
import { helperLayer } from "./helper-layer.ts";
import { type Layer, makeLayer } from "./layer.ts";
import { libraryFunction, libraryLayer, operatorLayers } from "./library.ts";
import { ownWrapperLayers } from "./own-wrapper.ts";

const known = new WeakMap<TSESTree.Node, readonly Layer[]>();

/** The layers that a call puts around what stands in it at `from`: a function among its arguments, or the source of a pipeline. */
export function callLayers(call: TSESTree.CallExpression, from: TSESTree.Node): readonly Layer[] {
  // Many ways to an AWS call may lead through one call of a wrapper.
  let layers = known.get(from);
  if (layers === undefined) known.set(from, (layers = findLayers(call, from)));
  return layers;
}

function findLayers(call: TSESTree.CallExpression, from: TSESTree.Node): readonly Layer[] {
  const layers = layersOfCall(call, from);
  return layers.length > 0 && functionsOf(from).functions.some(failsByAnswer)
    ? layers.map((layer) => ({ ...layer, asksAgain: true }))
    : layers;
}

function layersOfCall(call: TSESTree.CallExpression, from: TSESTree.Node): readonly Layer[] {
  const operators = operatorLayers(call, from);
  if (operators.length > 0) return operators;
  if (!call.arguments.some((argument) => argument === from)) return [];
  const standard = helperLayer(call) ?? libraryLayer(call, from);
  if (standard !== undefined) return [standard];
  if (isKnownFunction(call.callee, unitOf(call).settings.retryWrappers)) {
    return [makeLayer({ kind: "wrapper", node: call, label: "the configured wrapper" })];
  }
  // What the value of a call is handed to does not run it again; only functions can be.
  return from.type === T.CallExpression || from.type === T.AwaitExpression
    ? []
    : ownWrapperLayers(call, from);
}

/** `useQuery({ queryFn: () => …, retry: 4 })`: what cannot be read is handed work together with a setting for repeating it. */
export function taskLayers(work: FunctionNode): readonly Layer[] {
  const options = work.parent.parent;
  const call = options?.parent;
  if (options?.type !== T.ObjectExpression || call?.type !== T.CallExpression) return [];
  const isRepeated = options.properties.some(
    (property) =>
      property.type === T.Property &&
      /^(?:retry|retries|maxRetries|maxAttempts|attempts)$/.test(
        staticKey(property, property.key) ?? "",
      ) &&
      constantOf(property.value)?.value !== false,
  );
  // The helper and known libraries repeat what they are handed as work, and no hook among their options.
  const isKnown =
    helperExport(call.callee) !== undefined || libraryFunction(call.callee) !== undefined;
  return isRepeated && !isKnown && functionsOf(call.callee).functions.length === 0
    ? [makeLayer({ kind: "wrapper", node: call, label: "this task" })]
    : [];
}
