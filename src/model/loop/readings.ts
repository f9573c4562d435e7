/** What single expressions hold, where the code tells. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap, writtenBy } from "../../ast/nodes.ts";
import { once } from "../once.ts";
import { variableOf } from "../program/binding.ts";
import { constantOf } from "../program/constant.ts";
import { collectionOf } from "./collection.ts";

/** A value that the code does not tell. */
export const UNREADABLE: unique symbol = Symbol("unreadable");

/** A value as a counter can have it. */
export type Reading = number | string | boolean | null | undefined | typeof UNREADABLE;

/** The length of a list that is written down. */
export function lengthOf(node: TSESTree.Node): number | undefined {
  if (node.type !== T.MemberExpression || memberName(node) !== "length") return undefined;
  const { length } = collectionOf(node.object);
  // An empty list is one that will be filled.
  return length === 0 ? undefined : length;
}

/** {@link constantOf}, asked once for each node: the simulation comes by thousands of times. */
export const fixed = once((node: TSESTree.Node) =>
  isSetSomewhere(unwrap(node)) ? undefined : constantOf(node),
);

/** Whether some code of the file gives a member a value after the object was made, as `state.stopped = true` in a handler. */
function isSetSomewhere(node: TSESTree.Node): boolean {
  if (node.type !== T.MemberExpression) return false;
  let owner: TSESTree.Node = node;
  while (owner.type === T.MemberExpression) owner = unwrap(owner.object);
  const references = owner.type === T.Identifier ? variableOf(owner)?.references : undefined;
  return (references ?? []).some(({ identifier }) => {
    const member = outermostMember(identifier);
    return (
      member.type === T.MemberExpression &&
      writtenBy(member.parent) === member &&
      memberName(member) === memberName(node)
    );
  });
}

/** `state.a.b` for the `state` in it. */
function outermostMember(identifier: TSESTree.Node): TSESTree.Node {
  let node = identifier;
  while (node.parent?.type === T.MemberExpression && node.parent.object === node)
    node = node.parent;
  return node;
}

/** A constant as far as it can count. */
export function primitive(value: unknown): Reading {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean"
    ? value
    : UNREADABLE;
}
