/** What a piece of code can fail with: the AWS calls in it, directly or through functions of the project, and what else there is. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction, unwrap, wrapped } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName, isGiven, isGlobal } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { type Functions, functionsOf, originsOf } from "../program/values.ts";
import { unitOf } from "../program/unit.ts";
import type { SdkCall } from "../sdk/call.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { helperExport } from "../helper.ts";

export interface Raised {
  /** Judged calls of SDK v3. */
  readonly calls: readonly SdkCall[];
  /** A call of SDK v2, or of something that cannot be seen and may make one. */
  readonly mayBeV2: boolean;
  /** Something else that may fail with an error of its own: another AWS client, a package, an error that is thrown here. */
  readonly mayBeOther: boolean;
}

export const NOTHING_RAISED: Raised = { calls: [], mayBeV2: false, mayBeOther: false };
const UNSEEN: Raised = { calls: [], mayBeV2: true, mayBeOther: true };
const OTHER: Raised = { calls: [], mayBeV2: false, mayBeOther: true };

const MAX_DEPTH = 4;
const byRegion = new WeakMap<TSESTree.Node, Raised>();

/** What the code of a block, a function's body or an expression can fail with. */
export function raisedIn(region: TSESTree.Node, depth = 0): Raised {
  const known = byRegion.get(region);
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) return UNSEEN;
  // Recursion adds nothing that the first visit does not.
  byRegion.set(region, NOTHING_RAISED);
  const parts: Raised[] = [];
  const { visitorKeys } = unitOf(region);
  const skipped = new Set<TSESTree.Node>();
  for (const node of walk(region, visitorKeys, (inner) => !skipped.has(inner))) {
    if (skipped.has(node)) continue;
    if (
      node.type === T.TryStatement &&
      node.handler !== null &&
      !rethrows(node.handler.body, visitorKeys)
    )
      skipped.add(node.block);
    else if (node.type === T.ThrowStatement) parts.push(thrown(node));
    else if (node.type === T.CallExpression)
      parts.push(ofCall(node, node === region || isAwaited(node), depth));
    else if (node.type === T.ForOfStatement && node.await) parts.push(ofAwaited(node.right));
  }
  const raised = joinRaised(parts);
  byRegion.set(region, raised);
  return raised;
}

/** What several pieces of code can fail with together. */
export function joinRaised(parts: readonly Raised[]): Raised {
  return {
    calls: [...new Set(parts.flatMap(({ calls }) => calls))],
    mayBeV2: parts.some(({ mayBeV2 }) => mayBeV2),
    mayBeOther: parts.some(({ mayBeOther }) => mayBeOther),
  };
}

function rethrows(body: TSESTree.Node, keys: Parameters<typeof walk>[1]): boolean {
  return [...walk(body, keys, (node) => !isFunction(node))].some(
    (node) => node.type === T.ThrowStatement || node.type === T.CallExpression,
  );
}

/** `throw new Error("text")` has nothing but a message; what is caught and thrown on was counted where it came from. */
function thrown({ argument }: TSESTree.ThrowStatement): Raised {
  const node = unwrap(argument);
  if (node.type === T.NewExpression && isGlobal(node.callee, "Error")) return NOTHING_RAISED;
  return node.type === T.Identifier && isCaught(node) ? NOTHING_RAISED : OTHER;
}

function isCaught(id: TSESTree.Identifier): boolean {
  const { nodes, complete } = originsOf(id, { intoCallers: false });
  return nodes.length === 0 && !complete;
}

function ofCall(call: TSESTree.CallExpression, isWaitedFor: boolean, depth: number): Raised {
  const sdk = sdkCallAt(call);
  if (sdk !== undefined) return sdk.api === "v2" ? UNSEEN : { ...NOTHING_RAISED, calls: [sdk] };
  // Wherever the helper is, a package or a file of the project: what fails in it is the work that it is handed.
  if (helperExport(call.callee) !== undefined) return NOTHING_RAISED;
  const { functions, complete } = calledFunctions(call.callee);
  const read = functions.map((fn: FunctionNode) => raisedIn(fn.body, depth + 1));
  if (functions.length > 0 && complete) return joinRaised(read);
  return joinRaised([...read, isWaitedFor ? ofUnread(call) : NOTHING_RAISED]);
}

/** The functions that a callee can be; for a parameter, as of a retry wrapper, those that all callers hand over. */
function calledFunctions(callee: TSESTree.Node): Functions {
  const found = functionsOf(callee);
  if (found.functions.length > 0 || !isGiven(callee)) return found;
  const { nodes, complete } = originsOf(callee);
  const functions = nodes.filter(isFunction);
  return { functions, complete: complete && functions.length === nodes.length };
}

function ofAwaited(expression: TSESTree.Node): Raised {
  const node = unwrap(expression);
  // A paginator is a call, and counted as such.
  return node.type === T.CallExpression ? NOTHING_RAISED : UNSEEN;
}

/** Only what is waited for can reject into a handler; code that runs at once fails with plain errors. */
function isAwaited(call: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(call);
  switch (parent?.type) {
    case T.AwaitExpression:
    case T.YieldExpression:
    case T.ArrowFunctionExpression:
    case T.ReturnStatement:
    case T.ArrayExpression:
      return true;
    default:
      return false;
  }
}

/** A call whose function is not the project's. */
function ofUnread(call: TSESTree.CallExpression): Raised {
  if (isHarmless(call)) return NOTHING_RAISED;
  const imported = importedName(call.callee)?.module ?? importedReceiver(call);
  if (imported !== undefined)
    return /^aws-sdk(?:\/|$)|^\.|^[@~#]\//.test(imported) ? UNSEEN : OTHER;
  const receiver = unwrap(call.callee);
  const types = receiver.type === T.MemberExpression ? namedTypesAt(receiver.object) : [];
  const packages = types.map((type) => type.package.name);
  return packages.length > 0 && !packages.includes("aws-sdk") ? OTHER : UNSEEN;
}

function importedReceiver(call: TSESTree.CallExpression): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression) return undefined;
  const [origin, ...more] = originsOf(callee.object, { intoCallers: false }).nodes;
  if (origin === undefined || more.length > 0) return undefined;
  const maker =
    origin.type === T.NewExpression || origin.type === T.CallExpression ? origin.callee : origin;
  return importedName(maker)?.module;
}

const COMBINATORS = /^(?:all|allSettled|any|race|resolve|reject)$/;
const VALUE_METHODS =
  /^(?:concat|every|filter|find|flat|flatMap|forEach|includes|indexOf|join|keys|map|parse|push|reduce|replace|slice|some|sort|split|stringify|then|catch|finally|toString|trim|values|entries|fromEntries|get|has|set)$/;

/** Promise combinators and methods of plain values: what fails there was counted inside. */
function isHarmless(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  if (callee.type === T.Identifier)
    return /^(?:String|Number|Boolean|BigInt|Array|Object|structuredClone|setTimeout)$/.test(
      callee.name,
    );
  if (
    callee.type !== T.MemberExpression ||
    callee.property.type !== T.Identifier ||
    callee.computed
  )
    return false;
  if (isGlobal(callee.object, "Promise")) return COMBINATORS.test(callee.property.name);
  if (
    ["console", "JSON", "Math", "Object", "Array", "Date"].some((name) =>
      isGlobal(callee.object, name),
    )
  )
    return true;
  return VALUE_METHODS.test(callee.property.name) && importedReceiver(call) === undefined;
}
