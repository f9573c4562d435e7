/** What single expressions hold, where the code tells. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName } from "../../ast/nodes.ts";
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

const fixedByNode = new WeakMap<TSESTree.Node, ReturnType<typeof constantOf>>();

/** {@link constantOf}, asked once for each node: the simulation comes by thousands of times. */
export function fixed(node: TSESTree.Node): ReturnType<typeof constantOf> {
  if (!fixedByNode.has(node)) fixedByNode.set(node, constantOf(node));
  return fixedByNode.get(node);
}

/** A constant as far as it can count. */
export function primitive(value: unknown): Reading {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean"
    ? value
    : UNREADABLE;
}
