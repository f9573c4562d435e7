/** From `Promise.all(items.map(fn))` to the helper's paced map. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { isFunction, memberName, wrapped } from "../ast/nodes.ts";
import { type Edit, makeEdit, refuse, type TextEdit } from "./edit.ts";
import { insertion } from "./list.ts";
import { outerRange } from "./parentheses.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * The promise of all results of a mapping: `Promise.all(items.map(fn))`, or that over a variable which holds the mapped array and
 * is used for nothing else.
 */
export interface JoinedMap {
  readonly map: TSESTree.CallExpression;
  readonly join: TSESTree.CallExpression;
  /** The variable between the two, if there is one. */
  readonly variable: TSESTree.VariableDeclarator | undefined;
}

/** The `Promise.all` around a mapping. */
export function joinOf(
  sourceCode: SourceCode,
  map: TSESTree.CallExpression,
): JoinedMap | undefined {
  const { parent } = map;
  if (isPromiseAll(sourceCode, parent, map)) return { map, join: parent, variable: undefined };
  if (parent.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return undefined;
  if (parent.id.typeAnnotation || parent.parent.kind !== "const") return undefined;
  const [variable] = sourceCode.scopeManager?.getDeclaredVariables(parent) ?? [];
  const uses = variable?.references.filter((reference) => reference.isRead()) ?? [];
  const use = uses[0]?.identifier as TSESTree.Identifier | undefined;
  if (uses.length !== 1 || use === undefined || !isPromiseAll(sourceCode, use.parent, use))
    return undefined;
  return { map, join: use.parent, variable: parent };
}

/**
 * Edits that map at the pace of a quota instead.
 * @param helperName - how `mapPaced` is written here
 */
export function paceMap(
  sourceCode: SourceCode,
  { map, join, variable }: JoinedMap,
  helperName: string,
  { ratePerSecond, burst }: { readonly ratePerSecond: number; readonly burst: number },
): Edit {
  const { callee } = map;
  const [callback, ...others] = map.arguments;
  if (callee.type !== T.MemberExpression || memberName(callee) !== "map" || callback === undefined)
    return refuse("the items are not mapped by `map`");
  // What is itself part of an optional chain is not joined: the chain would stand between.
  if (callee.object.type === T.ChainExpression) return refuse("the items may be missing");
  if (ASTUtils.isParenthesized(map, sourceCode)) return refuse("the mapping stands in parentheses");
  if (others.length > 0 || callback.type === T.SpreadElement)
    return refuse("`map` is given a `this` value");
  // Oxlint says `null` where there are none.
  if (map.typeArguments || join.typeArguments) return refuse("type arguments are given");
  if (isFunction(callback) && (callback.params.length > 2 || usesArguments(sourceCode, callback)))
    return refuse("the callback asks for more than the item and its place");

  const items = outerRange(sourceCode, callee.object);
  const fn = outerRange(sourceCode, callback);
  const limits = `, { ratePerSecond: ${String(ratePerSecond)}, burst: ${String(burst)} }`;
  const comma: TextEdit = { range: [items[1], fn[0]], text: ", " };
  const rest: readonly [number, number] = [fn[1], map.range[1]];
  if (variable === undefined) {
    // The parenthesis that closed `Promise.all` closes the helper's call, in the layout that is there.
    return makeEdit(sourceCode, [
      { range: join.callee.range, text: helperName },
      comma,
      { range: rest, text: limits },
    ]);
  }
  const [name] = join.arguments;
  return makeEdit(sourceCode, [
    insertion(items[0], `${helperName}(`),
    comma,
    { range: rest, text: `${limits})` },
    { range: [join.range[0], name?.range[0] ?? join.range[0]], text: "" },
    { range: [name?.range[1] ?? join.range[1], join.range[1]], text: "" },
  ]);
}

/** Whether the promise of a call is waited for, or handed on, right where the call stands. */
export function isWaitedFor(call: TSESTree.CallExpression): boolean {
  const { parent } = wrapped(call);
  return (
    parent?.type === T.AwaitExpression ||
    parent?.type === T.ReturnStatement ||
    parent?.type === T.ArrowFunctionExpression
  );
}

function isPromiseAll(
  sourceCode: SourceCode,
  node: TSESTree.Node,
  argument: TSESTree.Node,
): node is TSESTree.CallExpression {
  if (
    node.type !== T.CallExpression ||
    node.arguments.length !== 1 ||
    node.arguments[0] !== argument
  )
    return false;
  const { callee } = node;
  return (
    callee.type === T.MemberExpression &&
    callee.object.type === T.Identifier &&
    callee.object.name === "Promise" &&
    memberName(callee) === "all" &&
    !callee.optional &&
    !ASTUtils.findVariable(sourceCode.getScope(callee), "Promise")?.defs.length
  );
}

function usesArguments(sourceCode: SourceCode, fn: TSESTree.Node): boolean {
  if (fn.type === T.ArrowFunctionExpression) return false;
  const scope = sourceCode.scopeManager?.acquire(fn);
  return (
    scope?.through.length === undefined || (scope.set.get("arguments")?.references.length ?? 0) > 0
  );
}
