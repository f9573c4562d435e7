/** Functions that run a call again by calling themselves: directly, through another function, a timer or a promise. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { timerAt } from "../delay/timer.ts";
import { nameOfFunction, ownNameOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import type { LoopFacts } from "./facts.ts";
import { type Detours } from "./flow.ts";
import { exploreFunction } from "./explore.ts";
import { judge } from "./judge.ts";
import { regionOf } from "./region.ts";

const MAX_FUNCTIONS = 4;

/** The recursion around a node: of the innermost function that comes back to itself after running it. */
export function recursionAround(anchor: TSESTree.Node): LoopFacts | undefined {
  let searched = 0;
  for (const fn of [anchor, ...ancestors(anchor)].filter(isFunction)) {
    if (fn === anchor) continue;
    if (++searched > MAX_FUNCTIONS) return undefined;
    const facts = recursionOf(fn, anchor);
    if (facts !== undefined) return facts;
    // What a named function does is its callers' concern from here on.
    if (nameOfFunction(fn) !== undefined) return undefined;
  }
  return undefined;
}

/** How a function runs a node in it again by calling itself; `undefined` if it never does. */
export function recursionOf(fn: FunctionNode, anchor: TSESTree.Node): LoopFacts | undefined {
  const found = detoursOf(fn, anchor);
  if (found === undefined) return undefined;
  const exploration = exploreFunction(
    regionOf(fn, anchor, found.watched, found.entered),
    fn,
    found.detours,
  );
  if (exploration.again.length === 0) return undefined;
  return judge(exploration, found.first);
}

interface FoundDetours {
  readonly detours: Detours;
  readonly watched: ReadonlySet<TSESTree.Node>;
  readonly entered: ReadonlyMap<TSESTree.CallExpression, FunctionNode>;
  readonly first: TSESTree.Node;
}

function detoursOf(fn: FunctionNode, anchor: TSESTree.Node): FoundDetours | undefined {
  if (ownNameOf(fn) === undefined) return undefined;
  const restarts = new Map<TSESTree.Node, TSESTree.Node>();
  const entered = new Map<TSESTree.CallExpression, FunctionNode>();
  for (const node of walk(fn.body, unitOf(fn).visitorKeys)) {
    if (node.type !== T.CallExpression || node === anchor) continue;
    if (isCallOf(node.callee, fn)) restarts.set(node, node);
    for (const handed of handedFunctions(node))
      if (isCallOf(handed, fn)) restarts.set(unwrap(handed), node);
    const through = restarts.has(node) ? undefined : passesThrough(node, fn);
    if (through === undefined) continue;
    entered.set(node, through.fn);
    for (const call of through.calls) restarts.set(call, call);
  }
  const [first] = restarts.values();
  if (first === undefined) return undefined;
  return {
    detours: {
      restarts: (node) =>
        restarts.has(node)
          ? ((node.type === T.CallExpression ? node : undefined) ??
            (restarts.get(node) as TSESTree.CallExpression))
          : undefined,
      resends: () => false,
      entered: (call) => entered.get(call),
    },
    watched: new Set([...restarts.keys(), ...entered.keys()]),
    entered,
    first,
  };
}

/** The arguments of a timer or promise method that it will call: `setTimeout(f, 100)`, `.then(f)`, `.catch(this.f.bind(this))`. */
function handedFunctions(call: TSESTree.CallExpression): readonly TSESTree.Node[] {
  const member = calleeMember(call);
  const isPromise =
    member !== undefined && /^(?:then|catch|finally)$/.test(memberName(member) ?? "");
  const timer = timerAt(call);
  return (timer === undefined ? (isPromise ? call.arguments : []) : [timer.callback]).filter(
    (argument) => !isFunction(argument),
  );
}

function isCallOf(callee: TSESTree.Node, fn: FunctionNode): boolean {
  const node = unwrap(callee);
  const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
  const target = member !== undefined && memberName(member) === "bind" ? member.object : node;
  if (target.type !== T.Identifier && target.type !== T.MemberExpression) return false;
  return functionsOf(target).functions.includes(fn);
}

/** Another function of the project that the call runs and that calls the first one in turn. */
function passesThrough(
  call: TSESTree.CallExpression,
  fn: FunctionNode,
): { readonly fn: FunctionNode; readonly calls: readonly TSESTree.CallExpression[] } | undefined {
  const name = ownNameOf(fn);
  const [other, ...more] = functionsOf(call.callee).functions;
  if (other === undefined || more.length > 0 || other === fn || name === undefined)
    return undefined;
  if (
    !unitOf(other)
      .text.slice(...other.range)
      .includes(name)
  )
    return undefined;
  const calls = [...walk(other.body, unitOf(other).visitorKeys)].filter(
    (node): node is TSESTree.CallExpression =>
      node.type === T.CallExpression && isCallOf(node.callee, fn),
  );
  return calls.length === 0 ? undefined : { fn: other, calls };
}
