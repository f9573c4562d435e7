/** Code that runs once for each of many items, the next before the last is done. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  type FunctionNode,
  isFunction,
  isLoop,
  type LoopNode,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { walkOwn } from "../../ast/walk.ts";
import { importedName, isGlobal } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { lookUp } from "../program/object.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { roundsOf, sizeMadeFrom, sizeOf } from "./size.ts";
import type { Size } from "./sizes.ts";

export interface Repetition {
  readonly node: LoopNode | TSESTree.CallExpression;
  /** What a message calls it. */
  readonly label: string;
  /** What runs for each item. */
  readonly bodies: readonly (FunctionNode | TSESTree.Statement)[];
  readonly size: () => Size;
}

/** The repetition that a call or loop is, if its rounds can overlap. */
export function repetitionAt(node: LoopNode | TSESTree.CallExpression): Repetition | undefined {
  return isLoop(node) ? loopAt(node) : callbackAt(node);
}

/** A loop that waits for anything in its rounds is taken for one that paces them. */
function loopAt(node: LoopNode): Repetition | undefined {
  if (node.type === T.ForOfStatement && node.await) return undefined;
  for (const inner of walkOwn(node.body, unitOf(node).visitorKeys)) {
    if (inner.type === T.AwaitExpression || inner.type === T.YieldExpression) return undefined;
    if (inner.type === T.ForOfStatement && inner.await) return undefined;
  }
  return { node, label: "loop", bodies: [node.body], size: () => roundsOf(node) };
}

function callbackAt(node: TSESTree.CallExpression): Repetition | undefined {
  const found = collectionAndCallback(node);
  if (found === undefined) return undefined;
  const [collection, callback] = found;
  const bodies = callbacksOf(callback);
  if (bodies.length === 0) return undefined;
  return {
    node,
    label: `\`${calleeName(node) ?? "map"}\``,
    bodies,
    size: () =>
      calleeName(node) === "from" && collection === node.arguments[0]
        ? sizeMadeFrom(collection)
        : sizeOf(collection),
  };
}

type Found = readonly [collection: TSESTree.Node, callback: TSESTree.Node];

function collectionAndCallback(node: TSESTree.CallExpression): Found | undefined {
  const found = speltCollectionAndCallback(node);
  return found !== undefined && (found[0] === node.arguments[0] || isCollection(found[0]))
    ? found
    : undefined;
}

/** Whether a call or loop is spelt like a repetition. No question is put to the checker. */
export function isSpeltAsRepetition(node: LoopNode | TSESTree.CallExpression): boolean {
  return isLoop(node) || speltCollectionAndCallback(node) !== undefined;
}

function speltCollectionAndCallback(node: TSESTree.CallExpression): Found | undefined {
  const [first, second] = node.arguments;
  const name = calleeName(node) ?? "";
  const member = calleeMember(node);
  if (first === undefined || first.type === T.SpreadElement) return undefined;
  if (second !== undefined && takesCollectionFirst(node, member, name)) return [first, second];
  return member !== undefined && /^(?:map|flatMap|forEach|reduce|reduceRight)$/.test(name)
    ? [member.object, first]
    : undefined;
}

/** `Array.from(items, fn)`, lodash's `map(items, fn)`, and `pMap(items, fn)` that is given no limit. */
function takesCollectionFirst(
  node: TSESTree.CallExpression,
  member: TSESTree.MemberExpression | undefined,
  name: string,
): boolean {
  if (member !== undefined && name === "from") return isGlobal(unwrap(member.object), "Array");
  const imported = importedName(node.callee);
  if (imported === undefined) return false;
  if (imported.module === "p-map" && imported.path.length === 0)
    return lookUp(node.arguments[2], "concurrency").answer === "no";
  return (
    /^(?:lodash|lodash-es|underscore)$/.test(imported.module) &&
    /^(?:map|flatMap|forEach|each)$/.test(imported.path.at(-1) ?? "")
  );
}

const COLLECTION = /^(?:Readonly)?(?:Array|Set|Map)$/;

/** Not an observable, an option or another thing that merely has such a method. */
function isCollection(owner: TSESTree.Node): boolean {
  if (importedName(owner) !== undefined && namedTypesAt(owner).length === 0) return false;
  const types = namedTypesAt(owner);
  return types.length === 0 || types.some(({ name }) => COLLECTION.test(name));
}

function callbacksOf(callback: TSESTree.Node): readonly FunctionNode[] {
  const node = unwrap(callback);
  if (isFunction(node)) return [node];
  const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
  if (member !== undefined)
    return memberName(member) === "bind" ? functionsOf(member.object).functions : [];
  return node.type === T.Identifier || node.type === T.MemberExpression
    ? functionsOf(node).functions
    : [];
}
