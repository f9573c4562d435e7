/** The project's own retry wrappers, recognised by reading what they do with the function that they are given. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction, memberName, unwrap } from "../../ast/nodes.ts";
import { isKnownFunction } from "../helper.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import type { GivenCall } from "../loop/given.ts";
import { type Given, layersAround, runsOnce } from "./given-function.ts";
import { type Layer, makeLayer } from "./layer.ts";

/** A name like this on something that cannot be read is reason enough to stay silent, and for nothing else. */
const RETRY_NAME = /retr(?:y|ie)|backoff|resilien|reattempt/i;

/** The layers that a call of a project function puts around the function handed to it in `from`. */
export function ownWrapperLayers(
  call: TSESTree.CallExpression,
  from: TSESTree.Node,
): readonly Layer[] {
  const index = call.arguments.findIndex((argument) => argument === from);
  if (index < 0) return [];
  const names = namesIn(call.callee);
  const label = names[0] === undefined ? "this wrapper" : `${names[0]}()`;
  return layersOf(call, call.callee, index, { label, names });
}

/** The layers that decorators put around a method, innermost first: those next to the method come first. */
export function decoratorLayers(fn: FunctionNode): readonly Layer[] {
  const method = fn.parent;
  if (method.type !== T.MethodDefinition || !isFunction(fn)) return [];
  // ESLint's own parser leaves decorators out; without the parser's visitor keys ESLint leaves them without a parent.
  const { decorators = [] } = method as Partial<TSESTree.MethodDefinition>;
  return decorators.toReversed().flatMap((decorator) => {
    if (decorator.parent !== method) return [];
    const { expression } = decorator;
    const named = expression.type === T.CallExpression ? expression.callee : expression;
    const names = namesIn(named);
    const label = names[0] === undefined ? "this decorator" : `@${names[0]}`;
    return isKnownFunction(named, unitOf(decorator).settings.retryWrappers)
      ? [makeLayer({ kind: "wrapper", node: decorator, label })]
      : layersOf(decorator, expression, "method", { label, names });
  });
}

/** The layers that the functions which an expression can be put around what they are given at `node`. */
function layersOf(
  node: TSESTree.Node,
  wrapper: TSESTree.Node,
  given: Given,
  { label, names }: { readonly label: string; readonly names: readonly string[] },
): readonly Layer[] {
  const { functions, complete } = functionsOf(wrapper);
  const outer = callsAt(node.type === T.Decorator ? node.expression : node);
  const read = functions
    .flatMap((fn) => layersAround(fn, given))
    .map((layer): Layer => ({
      ...layer,
      kind: "wrapper",
      node,
      label,
      attempts: layer.loop?.attemptsGiven?.([...inner(layer), ...outer]) ?? layer.attempts,
      origin: layer.origin ?? layer,
    }));
  if (read.length > 0 || !RETRY_NAME.test(names.join(" "))) return read;
  const isRead = complete && functions.length > 0 && functions.every((fn) => runsOnce(fn, given));
  return isRead ? [] : [makeLayer({ kind: "wrapper", node, label })];
}

/** The wrapper's own call of another wrapper, if the layer is one. */
function inner({ kind, node }: Layer): readonly GivenCall[] {
  return kind === "wrapper" ? callsAt(node) : [];
}

/** The functions that a call enters with its arguments, and those that made them: `retry(options)(fn)` has two. */
function callsAt(node: TSESTree.Node): readonly GivenCall[] {
  const call = unwrap(node);
  if (call.type !== T.CallExpression) return [];
  const { functions } = functionsOf(call.callee);
  return [...functions.map((fn) => ({ fn, args: call.arguments })), ...callsAt(call.callee)];
}

/** All names in a callee, the last one first: `retryPolicy.run` says as much as `withRetry`. */
function namesIn(callee: TSESTree.Node): readonly string[] {
  const node = unwrap(callee);
  if (node.type === T.Identifier) return [node.name];
  if (node.type !== T.MemberExpression) return [];
  return [...[memberName(node)].filter((name) => name !== undefined), ...namesIn(node.object)];
}
