/** Which code runs again on every attempt of a retry layer, and which values are therefore new on each. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  contains,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { assignedTo, importedName, isGlobal, variableOf } from "../program/binding.ts";
import { callOf, usesOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf, returnedBy } from "../program/values.ts";
import type { Layer } from "./layer.ts";
import type { RetryPath } from "./paths.ts";

/** What one attempt of a layer runs on its way to a call. */
export interface Attempt {
  readonly layer: Layer;
  /** Functions that the way to the call leaves, with the place that used each of them. */
  readonly entered: ReadonlyMap<FunctionNode, TSESTree.Node>;
  /** Whether a node is evaluated on every attempt. */
  readonly repeats: (node: TSESTree.Node) => boolean;
}

/**
 * What a layer repeats on one way to a call; `undefined` where the call does not stand in the layer's own code, as in a pipeline
 * of operators.
 */
export function attemptOf(call: TSESTree.Node, path: RetryPath, layer: Layer): Attempt | undefined {
  const stops = [call, ...path.sites];
  for (const [level, stop] of stops.entries()) {
    const region = regionOf(layer, stop);
    if (region === undefined) continue;
    const entered = new Map<FunctionNode, TSESTree.Node>();
    const parts = [{ stop, region }];
    for (const [index, site] of path.sites.slice(0, level).entries()) {
      const from = stops[index];
      const fn = from === undefined ? undefined : functionUsedAt(from, site);
      if (from === undefined || fn === undefined) return undefined;
      entered.set(fn, site);
      parts.push({ stop: from, region: [fn.body] });
    }
    const repeats = (node: TSESTree.Node): boolean =>
      parts.some((part) => part.region.some((root) => runsOnWay(node, root, part.stop)));
    return { layer, entered, repeats };
  }
  return undefined;
}

/** The function around a place whose use is the next step of the way. */
function functionUsedAt(from: TSESTree.Node, site: TSESTree.Node): FunctionNode | undefined {
  for (const current of ancestors(from))
    if (isFunction(current) && usesOf(current).sites.includes(site)) return current;
  return undefined;
}

/** The code of a layer that every attempt runs on the way to `stop`; `undefined` if the layer does not surround it. */
function regionOf(
  { evidence, kind, node }: Layer,
  stop: TSESTree.Node,
): readonly TSESTree.Node[] | undefined {
  if (unitOf(node) !== unitOf(stop)) return undefined;
  switch (kind) {
    case "loop":
      return contains(node, stop) && "body" in node ? [node.body as TSESTree.Node] : undefined;
    case "wrapper": {
      if (node.type === T.Decorator) {
        const body = node.parent.type === T.MethodDefinition ? node.parent.value.body : null;
        return body !== null && contains(body, stop) ? [body] : undefined;
      }
      if (node === stop || !contains(node, stop)) return undefined;
      const callbacks = [...ancestors(stop)].filter((fn) => isFunction(fn) && contains(node, fn));
      const outermost = callbacks.at(-1);
      return outermost === undefined || !isFunction(outermost) ? [] : [outermost.body];
    }
    case "recursion":
      for (const fn of ancestors(node)) if (isFunction(fn) && contains(fn, stop)) return [fn.body];
      return undefined;
    case "resend": {
      // The second call is written like the first.
      const first = evidence.find((made) => contains(made, stop));
      return first === undefined ? undefined : [first];
    }
    case "requeue":
      // What the item holds is made before; what is made around it cannot be told from it.
      return enclosingFunction(node) === enclosingFunction(stop) ? [] : undefined;
    default:
      return undefined;
  }
}

/** Whether a node is evaluated by the function that leads to `stop`, not by one that is only made there. */
function runsOnWay(node: TSESTree.Node, root: TSESTree.Node, stop: TSESTree.Node): boolean {
  if (unitOf(node) !== unitOf(root) || !contains(root, node)) return false;
  const owner = enclosingFunction(node);
  return owner === undefined || contains(owner, stop);
}

const MAX_DEPTH = 8;

/**
 * The expression that makes a new value on every attempt and that a value comes from: random, from the clock, or from the number
 * of the attempt. `undefined` where it is made once, derived from what stays the same, or not known.
 */
export function renewedBy(
  value: TSESTree.Node,
  attempt: Attempt,
  depth = 0,
): TSESTree.Node | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrap(value);
  const whole = (part: TSESTree.Node): TSESTree.Node | undefined => {
    const found = renewedBy(part, attempt, depth + 1);
    // What is made in an expression is renewed with it; what was made elsewhere is named there.
    return found !== undefined && contains(node, found) ? node : found;
  };
  switch (node.type) {
    case T.Identifier:
      return ofVariable(node, attempt, depth);
    case T.AwaitExpression:
      return whole(node.argument);
    case T.TemplateLiteral:
      return firstOf(node.expressions, whole);
    case T.BinaryExpression:
      return firstOf([node.left, node.right], whole);
    case T.NewExpression:
      return isGlobal(node.callee, "Date") && node.arguments.length === 0 && attempt.repeats(node)
        ? node
        : undefined;
    case T.CallExpression: {
      if (isFresh(node)) return attempt.repeats(node) ? node : undefined;
      const callee = calleeMember(node);
      if (callee !== undefined) return whole(callee.object);
      return isGlobal(node.callee, "String") ? firstOf(node.arguments, whole) : undefined;
    }
    default:
      return undefined;
  }
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofVariable(
  id: TSESTree.Identifier,
  attempt: Attempt,
  depth: number,
): TSESTree.Node | undefined {
  const variable = variableOf(id);
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined) return undefined;
  if (isAttemptNumber(variable, attempt)) return attempt.repeats(id) ? id : undefined;
  if (assignedTo(variable).length > 0) return undefined;
  const { node, name } = definition;
  if (node.type === T.VariableDeclarator)
    return node.id === name && node.init !== null
      ? renewedBy(node.init, attempt, depth + 1)
      : undefined;
  if (!isFunction(node)) return undefined;
  const site = attempt.entered.get(node);
  const given = site === undefined ? undefined : callOf(site)?.arguments;
  const index = node.params.findIndex((parameter) => parameter === name);
  if (given === undefined || index < 0) return undefined;
  const argument = given[index];
  const isSpread = given.slice(0, index + 1).some(({ type }) => type === T.SpreadElement);
  return argument === undefined || isSpread ? undefined : renewedBy(argument, attempt, depth + 1);
}

const ATTEMPT_NAME = /attempt|retr(?:y|ies)|^tr(?:y|ies)$/i;

/** Whether a variable counts the attempts: the counter of a loop or recursion, or what a wrapper hands to its callback. */
function isAttemptNumber(variable: TSESLint.Scope.Variable, { layer }: Attempt): boolean {
  const [definition] = variable.defs;
  if (definition === undefined || unitOf(definition.name) !== unitOf(layer.node)) return false;
  if (layer.kind === "wrapper") {
    const fn = definition.node;
    return (
      ATTEMPT_NAME.test(variable.name) &&
      isFunction(fn) &&
      layer.node.type === T.CallExpression &&
      layer.node.arguments.some((argument) => unwrap(argument) === fn)
    );
  }
  if (layer.loop?.counter?.name !== variable.name) return false;
  if (layer.kind === "recursion")
    return isFunction(definition.node) && contains(definition.node, layer.node);
  return variable.references.some(
    (reference) =>
      reference.isWrite() && !reference.init && contains(layer.node, reference.identifier),
  );
}

/** Exports that give another value on each call, by package; the empty name is the package itself. */
const FRESH_EXPORTS = new Map<string, ReadonlySet<string>>([
  ["crypto", new Set(["randomBytes", "randomInt", "randomUUID", "webcrypto.randomUUID"])],
  ["cuid", new Set(["", "default"])],
  ["@paralleldrive/cuid2", new Set(["createId"])],
  ["nanoid", new Set(["nanoid"])],
  ["ulid", new Set(["ulid"])],
  ["uuid", new Set(["v1", "v4", "v6", "v7"])],
]);

/** Whether a call gives another value each time, by itself or through a function of the project that does nothing else. */
function isFresh(call: TSESTree.CallExpression, depth = 0): boolean {
  const callee = calleeMember(call);
  if (callee !== undefined) {
    const name = memberName(callee);
    if (name === "now" && isGlobal(callee.object, "Date")) return true;
    if (name === "random" && isGlobal(callee.object, "Math")) return true;
    if (name === "randomUUID" && isPlatformCrypto(callee.object)) return true;
  }
  const imported = importedName(call.callee);
  const names = FRESH_EXPORTS.get(imported?.module.replace(/^node:/, "") ?? "");
  // The only export of a CommonJS package is reached without a name, or as `default`.
  if (imported !== undefined && names?.has(imported.path.join(".").replace(/^default\./, "")))
    return true;
  if (depth > 2 || call.callee.type !== T.Identifier) return false;
  const { functions, complete } = functionsOf(call.callee);
  return (
    complete &&
    functions.length > 0 &&
    functions.every((fn) => {
      const returned = returnedBy(fn).map(unwrap);
      return (
        returned.length > 0 &&
        returned.every((node) => node.type === T.CallExpression && isFresh(node, depth + 1))
      );
    })
  );
}

function isPlatformCrypto(node: TSESTree.Node): boolean {
  if (isGlobal(node, "crypto")) return true;
  return (
    node.type === T.MemberExpression &&
    memberName(node) === "crypto" &&
    ["globalThis", "self", "window"].some((name) => isGlobal(node.object, name))
  );
}
