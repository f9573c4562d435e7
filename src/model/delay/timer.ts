/** The platform's timers: `setTimeout` itself, and promises that it resolves. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  isNullish,
  memberName,
  staticKey,
  unwrap,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName, isGlobal, variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { isWithin } from "./reader.ts";

/** A function that runs later: `setTimeout(callback, ms)`. */
export interface Timer {
  readonly call: TSESTree.CallExpression;
  readonly callback: TSESTree.Node;
  /** The milliseconds; `undefined` where none are given, which means at once. */
  readonly duration: TSESTree.Node | undefined;
}

/** Whether an expression is the platform's `setTimeout`, also on a global object or imported from `timers`. */
export function isSetTimeout(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  if (isGlobal(node, "setTimeout")) return true;
  if (node.type === T.MemberExpression && memberName(node) === "setTimeout") {
    if (["globalThis", "window", "self", "global"].some((name) => isGlobal(node.object, name)))
      return true;
  }
  const imported = importedName(node);
  return (
    imported !== undefined &&
    /^(?:node:)?timers$/.test(imported.module) &&
    imported.path.join(".") === "setTimeout"
  );
}

/** A callback that is put off: the continuation of a retry that is written with timers. */
export function timerAt(expression: TSESTree.Node): Timer | undefined {
  const call = unwrap(expression);
  if (call.type !== T.CallExpression || !isSetTimeout(call.callee)) return undefined;
  const [callback, duration] = call.arguments;
  if (
    callback === undefined ||
    callback.type === T.SpreadElement ||
    duration?.type === T.SpreadElement
  )
    return undefined;
  return {
    call,
    callback: unwrap(callback),
    duration: duration === undefined ? undefined : unwrap(duration),
  };
}

/** A promise that a timer resolves; `sure` is false where something else may resolve it sooner. */
export interface PromiseTimer extends Timer {
  readonly sure: boolean;
}

/** The timer behind `new Promise((resolve) => setTimeout(resolve, ms))` in its spellings. */
export function promiseTimer(expression: TSESTree.Node): PromiseTimer | undefined {
  const node = unwrap(expression);
  if (
    node.type !== T.NewExpression ||
    node.callee.type !== T.Identifier ||
    node.callee.name !== "Promise"
  )
    return undefined;
  const [executor] = node.arguments;
  if (executor === undefined) return undefined;
  const fn = isFunction(executor) ? executor : functionsOf(executor).functions[0];
  const resolve = fn?.params[0];
  if (fn === undefined || resolve?.type !== T.Identifier) return undefined;
  const references =
    variableOf(resolve)?.references.map(({ identifier }) => identifier as TSESTree.Identifier) ??
    [];
  for (const inner of walk(fn.body, unitOf(fn).visitorKeys)) {
    const timer = timerAt(inner);
    if (timer === undefined || !resolvedBy(timer, references)) continue;
    return {
      ...timer,
      sure: references.every(
        (reference) => isWithin(reference, timer.call) || isOnTheWay(reference, fn),
      ),
    };
  }
  return undefined;
}

/** Whether a call is `Promise.withResolvers()`. */
export function isWithResolvers(node: TSESTree.Node): node is TSESTree.CallExpression {
  const callee = node.type === T.CallExpression ? calleeMember(node) : undefined;
  return (
    callee !== undefined &&
    memberName(callee) === "withResolvers" &&
    isGlobal(callee.object, "Promise")
  );
}

/** The timer behind `const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, ms);`, and where its promise is named. */
export function resolversTimer(
  call: TSESTree.CallExpression,
): (PromiseTimer & { readonly promises: readonly TSESTree.Node[] }) | undefined {
  if (!isWithResolvers(call)) return undefined;
  const references = usesOfMember(call, "resolve");
  const scope = enclosingFunction(call)?.body ?? unitOf(call).ast;
  for (const inner of walk(scope, unitOf(call).visitorKeys)) {
    const timer = timerAt(inner);
    if (timer === undefined || !resolvedBy(timer, references)) continue;
    return {
      ...timer,
      promises: usesOfMember(call, "promise"),
      sure: references.every((reference) => isWithin(reference, timer.call)),
    };
  }
  return undefined;
}

/** Where a member of a call's result is named, taken apart or not. */
function usesOfMember(call: TSESTree.CallExpression, name: string): readonly TSESTree.Node[] {
  const { parent } = call;
  if (parent.type !== T.VariableDeclarator) return [];
  const { id } = parent;
  if (id.type === T.Identifier)
    return readsOf(id).flatMap(({ parent: member }) =>
      member?.type === T.MemberExpression && memberName(member) === name ? [member] : [],
    );
  if (id.type !== T.ObjectPattern) return [];
  return id.properties.flatMap((property) =>
    property.type === T.Property &&
    staticKey(property, property.key) === name &&
    property.value.type === T.Identifier
      ? readsOf(property.value)
      : [],
  );
}

function readsOf(id: TSESTree.Identifier): readonly TSESTree.Node[] {
  const references = variableOf(id)?.references ?? [];
  return references
    .filter((reference) => reference.isRead())
    .map(({ identifier }) => identifier as TSESTree.Node);
}

/** Whether the timer's callback is the promise's `resolve`, or calls it and does no work of its own that takes time. */
function resolvedBy({ callback }: Timer, references: readonly TSESTree.Node[]): boolean {
  return references.some((reference) => {
    if (reference === callback) return true;
    if (!isWithin(reference, callback)) return false;
    // resolve.bind(null, value)
    if (callback.type === T.CallExpression) return calleeMember(callback)?.object === reference;
    const { parent } = reference;
    if (parent?.type !== T.CallExpression || parent.callee !== reference) return false;
    return (
      isFunction(callback) &&
      !callback.async &&
      enclosingFunction(reference) === callback &&
      parent.arguments.every(isPlain)
    );
  });
}

/** `resolve(again())` is a continuation, not the end of a wait. */
function isPlain(value: TSESTree.Node): boolean {
  return (
    value.type === T.Literal ||
    value.type === T.Identifier ||
    value.type === T.MemberExpression ||
    isNullish(value)
  );
}

/** `if (ms <= 0) return resolve();` and listeners for an abort leave a sleep a sleep. */
function isOnTheWay(reference: TSESTree.Node, executor: FunctionNode): boolean {
  for (const ancestor of ancestors(reference)) {
    if (ancestor === executor)
      return reference.parent?.type === T.CallExpression && reference.parent.callee === reference;
    if (ancestor.type === T.CallExpression && ancestor.arguments[0]?.type === T.Literal) {
      return ancestor.arguments[0].value === "abort";
    }
    if (isFunction(ancestor) && ancestor.parent.type !== T.CallExpression) return true;
    if (
      isFunction(ancestor) &&
      ancestor.parent.type === T.CallExpression &&
      ancestor.parent.arguments[0] === ancestor
    )
      return false;
  }
  return false;
}
