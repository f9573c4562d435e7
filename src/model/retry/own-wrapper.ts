/** The project's own retry wrappers, recognised by reading what they do with the function that they are given. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeName, type FunctionNode, isFunction, wrapped } from "../../ast/nodes.ts";
import { variableOf } from "../program/binding.ts";
import { callOf } from "../program/callers.ts";
import { boundIdentifier } from "../program/members.ts";
import { functionsOf } from "../program/values.ts";
import { type Layer, makeLayer } from "./layer.ts";
import { layersWithin } from "./paths.ts";

const layersByFunction = new WeakMap<FunctionNode, Map<number, readonly Layer[]>>();

/** A name like this on something that cannot be read is reason enough to stay silent, and for nothing else. */
const RETRY_NAME = /retr(?:y|ie)|backoff|resilien|reattempt/i;

/** The layers that a call of a project function puts around the function handed to it in `from`. */
export function ownWrapperLayers(
  call: TSESTree.CallExpression,
  from: TSESTree.Node,
): readonly Layer[] {
  const index = call.arguments.findIndex((argument) => argument === from);
  if (index < 0) return [];
  const { functions, complete } = functionsOf(call.callee);
  const read = functions
    .flatMap((fn) => layersAround(fn, index))
    .map((layer): Layer => ({
      ...layer,
      kind: "wrapper",
      node: call,
      label: calleeLabel(call),
      origin: layer.origin ?? layer,
    }));
  if (read.length > 0) return read;
  const isRead = complete && functions.length > 0;
  if (isRead || !RETRY_NAME.test(calleeText(call))) return [];
  return [makeLayer({ kind: "wrapper", node: call, label: calleeLabel(call) })];
}

/** The layers between a function's boundary and the places where it runs the callback in a parameter. */
export function layersAround(fn: FunctionNode, index: number): readonly Layer[] {
  let known = layersByFunction.get(fn);
  if (known === undefined) layersByFunction.set(fn, (known = new Map<number, readonly Layer[]>()));
  const found = known.get(index);
  if (found !== undefined) return found;
  // A wrapper that hands its callback to itself adds nothing by it.
  known.set(index, []);
  const layers = callbackUses(fn, index).flatMap((use) =>
    layersWithin(fn, callOf(use) ?? wrapped(use)),
  );
  const different = distinct(layers);
  known.set(index, different);
  return different;
}

/** A loop that runs the callback at several places is one layer: as it is for the place that it comes back to most often. */
function distinct(layers: readonly Layer[]): readonly Layer[] {
  const found: Layer[] = [];
  for (const layer of layers.toSorted((a, b) => knownAttempts(b) - knownAttempts(a))) {
    if (!found.some((other) => other.node === layer.node && other.purpose === layer.purpose))
      found.push(layer);
  }
  return layers.filter((layer) => found.includes(layer));
}

function knownAttempts({ attempts }: Layer): number {
  if (attempts.kind === "unbounded") return Infinity;
  return attempts.kind === "bounded" ? (attempts.max ?? 0) : 0;
}

function callbackUses(fn: FunctionNode, index: number): readonly TSESTree.Node[] {
  const parameter = fn.params[index];
  const id = parameter === undefined ? undefined : boundIdentifier(parameter);
  const variable = id === undefined ? undefined : variableOf(id);
  return (variable?.references ?? []).map(({ identifier }) => identifier as TSESTree.Node);
}

function calleeLabel(call: TSESTree.CallExpression): string {
  const name = calleeName(call);
  return name === undefined ? "this wrapper" : `${name}()`;
}

/** All names in a callee: `retryPolicy.run` says as much as `withRetry`. */
function calleeText(call: TSESTree.CallExpression): string {
  const names: string[] = [];
  let current: TSESTree.Node = call.callee;
  while (current.type === T.MemberExpression) {
    if (current.property.type === T.Identifier) names.push(current.property.name);
    current = current.object;
  }
  if (current.type === T.Identifier) names.push(current.name);
  return names.join(" ");
}

/** The layers that decorators put around a method; what a decorator does is not read, its name is taken at its word. */
export function decoratorLayers(fn: FunctionNode): readonly Layer[] {
  const method = fn.parent;
  if (method.type !== T.MethodDefinition || !isFunction(fn)) return [];
  // ESLint's own parser leaves decorators out; without the parser's visitor keys ESLint leaves them without a parent.
  const { decorators = [] } = method as Partial<TSESTree.MethodDefinition>;
  return decorators.flatMap((decorator) => {
    if (decorator.parent !== method) return [];
    const { expression } = decorator;
    const name =
      expression.type === T.CallExpression
        ? calleeName(expression)
        : expression.type === T.Identifier
          ? expression.name
          : undefined;
    return name !== undefined && RETRY_NAME.test(name)
      ? [makeLayer({ kind: "wrapper", node: decorator, label: `@${name}` })]
      : [];
  });
}
