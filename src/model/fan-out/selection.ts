/** Filters that pick out what has a certain identity: one item, or the few that share a name. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  type FunctionNode,
  isFunction,
  memberName,
  staticKey,
  unwrap,
} from "../../ast/nodes.ts";
import { variableOf } from "../program/binding.ts";
import { returnedBy } from "../program/values.ts";

/** A property that tells an item from others, in two parts: `Id`, `userId`, `slotTypeName`. */
const IDENTITY = /^(.*?)(?:id|name|arn)$/i;

/** Whether a call filters by what the items themselves are called, such as `users.filter(({ Id }) => Id === wanted)`. */
export function picksByIdentity(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  const [predicate] = call.arguments;
  if (member === undefined || memberName(member) !== "filter" || !isFunction(predicate))
    return false;
  const [test, ...others] = returnedBy(predicate);
  return (
    test !== undefined &&
    others.length === 0 &&
    requiresIdentity(test, predicate, nameOf(member.object))
  );
}

/** `UserId` of a queue is what many have in common; that of `userSummaries` is not. */
function requiresIdentity(
  test: TSESTree.Node,
  predicate: FunctionNode,
  collection: string,
): boolean {
  const node = unwrap(test);
  if (node.type === T.LogicalExpression)
    return (
      node.operator === "&&" &&
      [node.left, node.right].some((part) => requiresIdentity(part, predicate, collection))
    );
  if (node.type !== T.BinaryExpression || !/^===?$/.test(node.operator)) return false;
  const keys = [node.left, node.right].flatMap((side) => keyOfItem(side, predicate) ?? []);
  const [, owner] = IDENTITY.exec(keys[0] ?? "") ?? [];
  return (
    keys.length === 1 &&
    owner !== undefined &&
    collection.toLowerCase().includes(owner.toLowerCase())
  );
}

/** The key under which the filtered item holds an expression; empty for other parts of the item. */
function keyOfItem(expression: TSESTree.Node, predicate: FunctionNode): string | undefined {
  const node = unwrap(expression);
  const holder = node.type === T.MemberExpression ? unwrap(node.object) : node;
  const definition = holder.type === T.Identifier ? variableOf(holder)?.defs[0] : undefined;
  if (definition?.node !== predicate) return undefined;
  if (node.type === T.MemberExpression) return memberName(node) ?? "";
  const { parent } = definition.name as TSESTree.Identifier;
  return parent.type === T.Property ? (staticKey(parent, parent.key) ?? "") : "";
}

function nameOf(collection: TSESTree.Node): string {
  const node = unwrap(collection);
  if (node.type === T.MemberExpression) return memberName(node) ?? "";
  return node.type === T.Identifier ? node.name : "";
}
