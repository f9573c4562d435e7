/** The names by which code learns how an attempt ended: the error, the result, a flag beside them. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  contains,
  fulfilmentHandler,
  type FunctionNode,
  isFunction,
  isNullish,
  rejectionHandler,
  staticKey,
} from "../../ast/nodes.ts";
import { boundNames, type Place, placeOf, placesIn } from "./places.ts";

/** A member or name by which a call hands its failure over as a value, and whether it is truthy then. */
export interface Outcome {
  readonly place: Place;
  readonly truthyOnFailure: boolean;
}

const FAILURE_KEY = /^(?:e|err|error|errors|failure|exception)$/i;

const SUCCESS_KEY = /^(?:ok|success|succeeded|isOk|isSuccess)$/;

/** The names that a node binds to an error: of a `catch`, or of the handler of a promise. */
export function errorNames(node: TSESTree.Node): readonly Place[] {
  if (node.type === T.CatchClause) return node.param === null ? [] : places(node.param);
  if (node.type !== T.CallExpression) return [];
  const handler = rejectionHandler(node);
  return isFunction(handler) ? parameterPlaces(handler, 0) : [];
}

/** The places that a parameter of a function is. */
export function parameterPlaces(fn: FunctionNode | undefined, index: number): readonly Place[] {
  const parameter = fn?.params[index];
  return parameter === undefined ? [] : places(parameter);
}

/** The function that is called first when the promise of a call is rejected: `send(…).then(use).catch(handle)`. */
export function rejectionHandlerAfter(call: TSESTree.Node): FunctionNode | undefined {
  const next = call.parent?.type === T.MemberExpression ? call.parent.parent : undefined;
  if (next?.type !== T.CallExpression || calleeMember(next)?.object !== call) return undefined;
  const handler = rejectionHandler(next);
  if (handler === undefined || isNullish(handler)) return rejectionHandlerAfter(next);
  return isFunction(handler) ? handler : undefined;
}

/** The names that are bound to the result: of the handler of a promise, or of `for await`. */
export function resultNames(
  nodes: readonly TSESTree.Node[],
  anchor: TSESTree.Node,
): readonly Place[] {
  return nodes.flatMap((node) => {
    if (node.type === T.ForOfStatement && node.await && contains(node.right, anchor))
      return [...placesIn(node.left)];
    if (node.type !== T.CallExpression || !contains(node.callee, anchor)) return [];
    const handler = fulfilmentHandler(node);
    return isFunction(handler) && handler.params[0] !== undefined ? places(handler.params[0]) : [];
  });
}

export function places(pattern: TSESTree.Node): readonly Place[] {
  return boundNames(pattern).flatMap((name) => placeOf(name) ?? []);
}

/** The places that say whether the attempt failed, where it hands errors over as values and some condition asks. */
export function outcomesOf(
  nodes: readonly TSESTree.Node[],
  anchor: TSESTree.Node,
  tests: readonly TSESTree.Node[],
): readonly Outcome[] {
  const tested = new Set(tests.flatMap((test) => [...placesIn(test)]));
  const found: Outcome[] = [];
  const add = (place: Place | undefined, key: string | undefined): void => {
    if (place === undefined || key === undefined || !tested.has(place)) return;
    if (FAILURE_KEY.test(key)) found.push({ place, truthyOnFailure: true });
    if (SUCCESS_KEY.test(key)) found.push({ place, truthyOnFailure: false });
  };
  for (const node of nodes) {
    const [target, value] =
      node.type === T.VariableDeclarator
        ? [node.id, node.init]
        : node.type === T.AssignmentExpression
          ? [node.left, node.right]
          : [];
    if (
      target === undefined ||
      value === undefined ||
      value === null ||
      !contains(value, anchor) ||
      containsFunction(value, anchor)
    )
      continue;
    if (target.type === T.ObjectPattern) {
      for (const property of target.properties) {
        if (property.type === T.Property)
          add(placeOf(property.value), staticKey(property, property.key));
      }
    } else if (target.type === T.ArrayPattern) {
      const [first] = target.elements;
      if (first?.type === T.Identifier) add(placeOf(first), first.name);
    } else {
      const owner = placeOf(target);
      for (const place of tested)
        if (owner !== undefined && place.startsWith(`${owner}.`))
          add(place, place.slice(owner.length + 1));
    }
  }
  return found;
}

function containsFunction(value: TSESTree.Node, anchor: TSESTree.Node): boolean {
  for (const ancestor of ancestors(anchor)) {
    if (ancestor === value) return false;
    if (isFunction(ancestor)) return true;
  }
  return false;
}
