/** What a `for…of` goes through: how many items, and which numbers, where the code tells. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeMember, memberName, staticKey, unwrap } from "../../ast/nodes.ts";
import { once } from "../once.ts";
import { isGlobal } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";
import { functionsOf, soleOrigin } from "../program/values.ts";
import { type Reading, UNREADABLE } from "./readings.ts";

export interface Collection {
  /** `range`: numbers made for counting. `endless`: it may never end. */
  readonly kind: "data" | "endless" | "numbers" | "range";
  readonly length: number | undefined;
  readonly valueAt: (index: number) => Reading;
}

/** Items of which nothing is known. */
export const DATA: Collection = { kind: "data", length: undefined, valueAt: () => UNREADABLE };

/** Reads the expression after `of`. */
export const collectionOf = once((expression: TSESTree.Node): Collection => {
  const written = unwrap(expression);
  return read(written) ?? read(soleOrigin(written) ?? written) ?? DATA;
});

function read(node: TSESTree.Node): Collection | undefined {
  const length = lengthOfRange(node);
  if (length !== undefined)
    return {
      kind: "range",
      length: length.value,
      valueAt: (index) => (isKeys(node) ? index : UNREADABLE),
    };
  if (node.type === T.ArrayExpression) {
    const [only] = node.elements;
    if (node.elements.length === 1 && only?.type === T.SpreadElement)
      return read(unwrap(only.argument));
    if (node.elements.some((element) => element === null || element.type === T.SpreadElement))
      return DATA;
    const numbers = node.elements.map((element) =>
      element === null ? undefined : numberOf(element),
    );
    const isNumbers = numbers.every((value) => value !== undefined);
    return {
      kind: isNumbers ? "numbers" : "data",
      length: numbers.length,
      valueAt: (index) => numbers[index] ?? UNREADABLE,
    };
  }
  if (node.type === T.CallExpression) {
    const { functions } = functionsOf(node.callee);
    if (functions.some((fn) => fn.generator)) return { ...DATA, kind: "endless" };
  }
  return undefined;
}

/** Whether a range is one of keys, which count from 0: what else it is filled with, or mapped to, is not read. */
function isKeys(node: TSESTree.Node): boolean {
  const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
  if (node.type !== T.CallExpression || member === undefined) return false;
  const [first, mapped] = node.arguments;
  return memberName(member) === "from"
    ? first !== undefined && mapped === undefined && isKeys(unwrap(first))
    : memberName(member) === "keys";
}

/** `n` of `Array(n)`, `Array.from({ length: n })`, `new Array(n).fill()`, `[...].keys()`, also where it cannot be read. */
function lengthOfRange(node: TSESTree.Node): { readonly value: number | undefined } | undefined {
  if (node.type !== T.CallExpression && node.type !== T.NewExpression) return undefined;
  const [first] = node.arguments;
  if (isGlobal(node.callee, "Array"))
    return first === undefined || node.arguments.length > 1
      ? undefined
      : { value: numberOf(first) };
  const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
  if (member === undefined) return undefined;
  const name = memberName(member);
  if (isGlobal(member.object, "Array") && name === "from" && first !== undefined) {
    const source = unwrap(first);
    if (source.type !== T.ObjectExpression) return lengthOfRange(source);
    const length = source.properties.find(
      (property) => property.type === T.Property && staticKey(property, property.key) === "length",
    );
    return length?.type === T.Property ? { value: numberOf(length.value) } : undefined;
  }
  return name === "keys" || name === "fill" || name === "values"
    ? lengthOfRange(unwrap(member.object))
    : undefined;
}
