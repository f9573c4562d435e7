/** Filters of EventBridge patterns by the type of the event: strings, comparisons in JSON, matchers of the CDK. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, memberName, staticKey, unwrap } from "../../ast/nodes.ts";
import { stringOf } from "../program/constant.ts";
import { soleOrigin } from "../program/values.ts";
import { FAILURE_TYPES, type FailureType } from "./failure.ts";

/** Which of the documented names a filter lets through. */
export interface TypeFilter {
  readonly matched: readonly FailureType[];
  /** Whether every part of the filter could be read. */
  readonly isComplete: boolean;
  /** The part that names the event: a string of an array, an argument of a matcher. */
  readonly named: TSESTree.Node | undefined;
}

export const NO_TYPES: TypeFilter = { matched: [], isComplete: true, named: undefined };
const UNREADABLE: TypeFilter = { matched: [], isComplete: false, named: undefined };

type Test = (name: string) => boolean;

/** Which of the documented names the value of a type filter lets through. */
export function typeFilter(value: TSESTree.Node): TypeFilter {
  const node = soleOrigin(value, { intoCallers: false }) ?? unwrap(value);
  if (node.type === T.ArrayExpression) return anyOf(node.elements);
  return node.type === T.CallExpression ? matcherCall(node) : UNREADABLE;
}

function anyOf(elements: readonly (TSESTree.Node | null)[]): TypeFilter {
  const parts = elements.map((element): TypeFilter =>
    element === null ? UNREADABLE : part(element),
  );
  const named = parts.flatMap((item) => item.named ?? []);
  return {
    matched: FAILURE_TYPES.filter((type) => parts.some((item) => item.matched.includes(type))),
    isComplete: parts.every((item) => item.isComplete),
    named: named[0],
  };
}

function part(element: TSESTree.Node): TypeFilter {
  if (element.type === T.SpreadElement) return typeFilter(element.argument);
  const name = stringOf(element);
  if (name !== undefined) return filter(element, name, (type) => type === name);
  const node = unwrap(element);
  if (node.type === T.CallExpression) return matcherCall(node);
  const [property, ...others] = node.type === T.ObjectExpression ? node.properties : [];
  if (property?.type !== T.Property || others.length > 0) return UNREADABLE;
  return comparison(element, staticKey(property, property.key), stringOf(property.value));
}

/** `Match.exactString("…")` and its kin in CDK. */
function matcherCall(call: TSESTree.CallExpression): TypeFilter {
  const callee = calleeMember(call);
  const owner = callee === undefined ? undefined : unwrap(callee.object);
  const ownerName =
    owner?.type === T.MemberExpression
      ? memberName(owner)
      : owner?.type === T.Identifier
        ? owner.name
        : undefined;
  if (ownerName !== "Match") return UNREADABLE;
  const [argument] = call.arguments;
  switch (calleeName(call)) {
    case "anyOf":
      return anyOf(call.arguments);
    case "exactString":
      return argument === undefined ? UNREADABLE : part(argument);
    case "equalsIgnoreCase":
      return comparison(argument, "equals-ignore-case", argument && stringOf(argument));
    case "prefix":
    case "suffix":
    case "wildcard":
      return comparison(argument, calleeName(call), argument && stringOf(argument));
    default:
      return UNREADABLE;
  }
}

function comparison(
  node: TSESTree.Node | undefined,
  kind: string | undefined,
  text: string | undefined,
): TypeFilter {
  if (node === undefined || text === undefined) return UNREADABLE;
  switch (kind) {
    case "equals-ignore-case":
      return filter(node, text, (type) => type.toLowerCase() === text.toLowerCase());
    case "prefix":
      return filter(node, text, (type) => type.startsWith(text));
    case "suffix":
      return filter(node, text, (type) => type.endsWith(text));
    case "wildcard":
      return filter(node, text, (type) => wildcard(text).test(type));
    default:
      return UNREADABLE;
  }
}

function wildcard(text: string): RegExp {
  return new RegExp(
    `^${text
      .split("*")
      .map((piece) => piece.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&"))
      .join(".*")}$`,
  );
}

function filter(node: TSESTree.Node, text: string, test: Test): TypeFilter {
  // A wide filter (`prefix: "Contact Lens"`) is not about this event, whatever it lets through.
  const isNamed = /\bRules\b/.test(text);
  return {
    matched: FAILURE_TYPES.filter(test),
    isComplete: true,
    named: isNamed ? node : undefined,
  };
}
