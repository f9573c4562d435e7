/** What makes code wait for its turn before it goes on: a limiter, a semaphore, a queue, a guard, a staggered sleep. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  contains,
  type FunctionNode,
  isFunction,
  isLoop,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { limiter } from "../../knowledge/index.ts";
import { sleepAt } from "../delay/sleep.ts";
import { helperExport, isKnownFunction } from "../helper.ts";
import { importedName, isGlobal, parameterOf, variableOf } from "../program/binding.ts";
import { declarationsAt } from "../program/checker.ts";
import { numberOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf, originsOf } from "../program/values.ts";
import { sdkCallAt } from "../sdk/identify.ts";

/** A name like this is reason enough to stay silent, and for nothing else. */
const GATE_NAME =
  /acquire|throttl|semaphore|mutex|limit(?!s\b)|\bpacer?\b|permit\b|removeTokens|\bschedule\b|enqueue|slot\b/i;

/** Whether code that runs inside `root` waits for its turn, or is guarded, before it reaches `node`. */
export function isGated(node: TSESTree.Node, root: TSESTree.Node): boolean {
  if (isGuarded(node, root)) return true;
  const states = stateOf(root);
  for (const before of precedingNodes(node, root)) {
    if (
      before.type === T.AwaitExpression &&
      (isGate(before.argument, 0) || isOwnState(before.argument, states))
    )
      return true;
    if (before.type === T.IfStatement && isExit(before.consequent) && mentions(before.test, states))
      return true;
    if (isWaitingLoop(before)) return true;
  }
  return false;
}

/** The nodes that run before `node`, on a way that leads to it, in the text of `root`. */
function precedingNodes(node: TSESTree.Node, root: TSESTree.Node): readonly TSESTree.Node[] {
  const into = (inner: TSESTree.Node): boolean =>
    inner === root || !isFunction(inner) || contains(inner, node);
  return [...walk(root, unitOf(root).visitorKeys, into)].filter(
    (inner) => inner !== root && inner.range[1] <= node.range[0],
  );
}

/** Whether a test of state that the code itself keeps (a flag, a counter, a cached result) stands around a node. */
function isGuarded(node: TSESTree.Node, root: TSESTree.Node): boolean {
  const states = stateOf(root);
  let from = node;
  for (const ancestor of ancestors(node)) {
    if (from === root) break;
    switch (ancestor.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
      case T.WhileStatement:
        if (ancestor.test !== from && mentions(ancestor.test, states)) return true;
        break;
      case T.LogicalExpression:
        if (ancestor.right === from && mentions(ancestor.left, states)) return true;
        break;
      case T.AssignmentExpression:
        // Made once, for whoever comes first.
        if (/^(?:\?\?|\|\|)=$/.test(ancestor.operator)) return true;
        break;
      default:
    }
    from = ancestor;
  }
  return false;
}

const states = new WeakMap<TSESTree.Node, ReadonlySet<string>>();

/** The variables and members from outside that code writes to, as they are spelt. */
function stateOf(root: TSESTree.Node): ReadonlySet<string> {
  const known = states.get(root);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const node of walk(root, unitOf(root).visitorKeys)) {
    const target =
      node.type === T.AssignmentExpression
        ? node.left
        : node.type === T.UpdateExpression
          ? node.argument
          : undefined;
    const place = target === undefined ? undefined : placeOf(target, root);
    if (place !== undefined) found.add(place);
  }
  states.set(root, found);
  return found;
}

function placeOf(target: TSESTree.Node, root: TSESTree.Node): string | undefined {
  const node = unwrap(target);
  if (node.type === T.Identifier) {
    const declared = variableOf(node)?.defs[0]?.name;
    return declared !== undefined && contains(root, declared) ? undefined : node.name;
  }
  if (node.type !== T.MemberExpression) return undefined;
  const name = memberName(node);
  const owner = unwrap(node.object);
  if (name === undefined || node.computed) return undefined;
  if (owner.type === T.ThisExpression) return `this.${name}`;
  const place = placeOf(owner, root);
  return place === undefined ? undefined : `${place}.${name}`;
}

function mentions(test: TSESTree.Node, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false;
  return [...walk(test, unitOf(test).visitorKeys)].some((node) => {
    const place =
      node.type === T.Identifier || node.type === T.MemberExpression
        ? placeOf(node, test)
        : undefined;
    return place !== undefined && places.has(place);
  });
}

function isExit(statement: TSESTree.Statement): boolean {
  const last = statement.type === T.BlockStatement ? statement.body.at(-1) : statement;
  switch (last?.type) {
    case T.ReturnStatement:
    case T.ContinueStatement:
    case T.BreakStatement:
    case T.ThrowStatement:
      return true;
    default:
      // A branch that waits lets no more through than one that leaves.
      return (
        last !== undefined &&
        [...walkOwn(statement, unitOf(statement).visitorKeys)].some(
          ({ type }) => type === T.AwaitExpression,
        )
      );
  }
}

/** Whether a promise that is waited for is one that the code itself replaces: the tail of a chain, an accumulator. */
function isOwnState(awaited: TSESTree.Node, places: ReadonlySet<string>): boolean {
  const node = unwrap(awaited);
  if (mentions(node, places)) return node.type === T.Identifier || node.type === T.MemberExpression;
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  const definition = variable?.defs[0]?.node;
  if (definition?.type === T.VariableDeclarator && definition.init !== null) {
    return !("arguments" in unwrap(definition.init)) && mentions(definition.init, places);
  }
  return variable !== undefined && isAccumulator(variable);
}

/** Whether a variable is the first parameter of a `reduce` callback. */
export function isAccumulator(variable: NonNullable<ReturnType<typeof variableOf>>): boolean {
  const parameter = parameterOf(variable);
  if (parameter?.index !== 0) return false;
  const call = parameter.owner.parent;
  const member = call?.type === T.CallExpression ? calleeMember(call) : undefined;
  return member !== undefined && /^reduce(?:Right)?$/.test(memberName(member) ?? "");
}

/** A loop that does nothing but wait until something changes. */
function isWaitingLoop(node: TSESTree.Node): boolean {
  if (node.type !== T.WhileStatement && node.type !== T.DoWhileStatement) return false;
  const inside = [...walkOwn(node, unitOf(node).visitorKeys)];
  return (
    inside.some(({ type }) => type === T.AwaitExpression) &&
    !inside.some((inner) => inner.type === T.CallExpression && sdkCallAt(inner) !== undefined)
  );
}

/** Whether a promise that is waited for resolves only when it is the turn of whoever waits. */
export function isGate(awaited: TSESTree.Node, depth: number): boolean {
  const node = unwrap(awaited);
  if (node.type === T.NewExpression) return isStaggered(node) || storesResolver(node);
  if (node.type !== T.CallExpression || sdkCallAt(node) !== undefined) return false;
  if (isLimiterCall(node) || isStaggered(node)) return true;
  const { functions } = functionsOf(node.callee);
  return depth < 3 && functions.some((fn) => waitsForTurn(fn, depth + 1));
}

/** Whether a callee is, or belongs to, a limiter: ours, a known library's, a configured one, or one by its name. */
export function isLimiterCall(call: TSESTree.CallExpression): boolean {
  if (GATE_NAME.test(calleeText(call))) return true;
  if (isKnownFunction(call.callee, unitOf(call).settings.rateLimiters)) return true;
  const callee = unwrap(call.callee);
  const owner = callee.type === T.MemberExpression ? callee.object : callee;
  if (owner.type === T.ThisExpression || owner.type === T.Super) return false;
  return [...writtenMakers(owner), ...originsOf(owner, { intoCallers: false }).nodes].some(
    isLimiter,
  );
}

/** What a name is given where it is declared: a limiter that the project makes itself is a call there, not what that call returns. */
function writtenMakers(name: TSESTree.Node): readonly TSESTree.Node[] {
  const named = name.type === T.MemberExpression ? name.property : name;
  const inFile = name.type === T.Identifier ? variableOf(name)?.defs.map(({ node }) => node) : [];
  const elsewhere = declarationsAt(named).flatMap((item) =>
    item.kind === "node" ? [item.node] : [],
  );
  return [...(inFile ?? []), ...elsewhere].flatMap((node) => {
    const value =
      node.type === T.VariableDeclarator
        ? node.init
        : node.type === T.PropertyDefinition
          ? node.value
          : null;
    return value === null ? [] : [unwrap(value)];
  });
}

function isLimiter(made: TSESTree.Node): boolean {
  if (made.type !== T.CallExpression && made.type !== T.NewExpression) return false;
  if (helperExport(made.callee) === "createPacer") return true;
  if (isKnownFunction(made.callee, unitOf(made).settings.rateLimiters)) return true;
  const imported = importedName(made.callee);
  return (
    imported !== undefined &&
    limiter(imported.module, imported.path.at(-1) ?? "default") !== undefined
  );
}

/** Whether the time of a sleep differs from item to item: then they do not come back all at once. */
function isStaggered(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const sleep = sleepAt(node);
  if (sleep === undefined) return false;
  return (
    sleep.fixedMs === undefined &&
    (sleep.duration === undefined || numberOf(sleep.duration) === undefined)
  );
}

/** `new Promise((resolve) => waiting.push(resolve))` is resolved by somebody else. */
function storesResolver(node: TSESTree.NewExpression): boolean {
  const [executor] = node.arguments;
  if (!isGlobal(node.callee, "Promise") || !isFunction(executor)) return false;
  const [resolver] = executor.params;
  const variable = resolver?.type === T.Identifier ? variableOf(resolver) : undefined;
  return (
    variable?.references.some(({ identifier }) => {
      const { parent } = identifier as TSESTree.Identifier;
      if (parent.type === T.AssignmentExpression || parent.type === T.Property) return true;
      const member = parent.type === T.CallExpression ? calleeMember(parent) : undefined;
      return (
        member !== undefined && /^(?:push|unshift|add|set|enqueue)$/.test(memberName(member) ?? "")
      );
    }) ?? false
  );
}

const waiting = new WeakMap<FunctionNode, boolean>();

function waitsForTurn(fn: FunctionNode, depth: number): boolean {
  const known = waiting.get(fn);
  if (known !== undefined) return known;
  // A function that calls itself waits no more for that.
  waiting.set(fn, false);
  const places = stateOf(fn);
  const found = [...walkOwn(fn, unitOf(fn).visitorKeys)].some((node) => {
    if (node.type === T.NewExpression) return storesResolver(node);
    if (isLoop(node)) return isWaitingLoop(node);
    return (
      node.type === T.AwaitExpression &&
      (isGate(node.argument, depth) || isOwnState(node.argument, places))
    );
  });
  waiting.set(fn, found);
  return found;
}

/** All names in a callee: `limiter.schedule` says as much as `schedule`. */
function calleeText(call: TSESTree.CallExpression): string {
  const names: string[] = [];
  let current: TSESTree.Node = unwrap(call.callee);
  while (current.type === T.MemberExpression) {
    names.push(memberName(current) ?? "");
    current = unwrap(current.object);
  }
  if (current.type === T.Identifier) names.push(current.name);
  return names.join(" ");
}

/** Whether a method's decorators say by name that its calls are limited. */
export function hasLimitingDecorator(fn: FunctionNode): boolean {
  const method = fn.parent;
  return (
    method.type === T.MethodDefinition &&
    (method as Partial<TSESTree.MethodDefinition>).decorators?.some(({ expression }) => {
      const named = expression.type === T.CallExpression ? unwrap(expression.callee) : expression;
      return named.type === T.Identifier && GATE_NAME.test(named.name);
    }) === true
  );
}
