/** How a handler misreads the error in an event of a failed rule action. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, staticKey, unwrap, wrapped, writtenBy } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { unitOf } from "../program/unit.ts";
import { delaySlips, type DelaySlip, readsOf } from "./delay.ts";
import { ERROR_FIELDS, type FailureType, isFailureType, otherFailureType } from "./failure.ts";
import { isCaught, isForOtherEvent } from "./around.ts";
import { outermostFunction } from "./guard.ts";
import { errorField, eventPath, isErrorText, parsedText } from "./handler.ts";

export type Misread =
  /** A member of the error is read from its JSON text. */
  | {
      readonly kind: "unparsed";
      readonly node: TSESTree.MemberExpression | TSESTree.Property;
      readonly field: string;
    }
  | DelaySlip;

/** What is wrong with reading a member, or taking it out of a pattern. */
export function misreadsAt(
  node: TSESTree.MemberExpression | TSESTree.Property,
): readonly Misread[] {
  const name = node.type === T.Property ? staticKey(node, node.key) : memberName(node);
  const target = node.type === T.Property ? boundBy(node) : node;
  if (name === undefined || !ERROR_FIELDS.has(name) || target === undefined) return [];
  const field = errorField(eventPath(target));
  if (field === undefined) return [];
  if (field.isParsed) return name === "retryDelay" ? readsOf(node).flatMap(delaySlips) : [];
  return isWritten(node) || isParsedInPlace(node) || isTypeAsked(node) || isForOtherEvent(node)
    ? []
    : [{ kind: "unparsed", node, field: name }];
}

function boundBy(property: TSESTree.Property): TSESTree.Identifier | undefined {
  const { value } = property;
  const target = value.type === T.AssignmentPattern ? value.left : value;
  return target.type === T.Identifier ? target : undefined;
}

/** Whether the file puts the parsed error where its text was. */
function isParsedInPlace(node: TSESTree.Node): boolean {
  return /\.additionalInfo\s*=[^=]/.test(unitOf(node).text);
}

/** Whether a member is set or taken away, not read. */
function isWritten(node: TSESTree.Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  switch (parent?.type) {
    case T.AssignmentPattern:
    case T.ForInStatement:
    case T.ForOfStatement:
      return parent.left === outer;
    case T.UnaryExpression:
      return parent.operator === "delete";
    case T.Property:
      return outer.type === T.MemberExpression && parent.parent.type === T.ObjectPattern;
    case T.ArrayPattern:
    case T.RestElement:
      return true;
    default:
      return parent !== undefined && writtenBy(parent) === outer;
  }
}

/** Whether the code around asks if the error is text, which then need not be so everywhere. */
function isTypeAsked(node: TSESTree.Node): boolean {
  const fn = outermostFunction(node);
  if (fn === undefined) return false;
  return [...walk(fn, unitOf(fn).visitorKeys)].some(
    (part) =>
      part.type === T.UnaryExpression &&
      part.operator === "typeof" &&
      isErrorText(eventPath(part.argument)),
  );
}

/** Whether a call parses the text of the error, which need not be JSON, where nothing catches what that throws. */
export function isUnguardedParse(call: TSESTree.CallExpression): boolean {
  const text = parsedText(call);
  return (
    text !== undefined && isErrorText(eventPath(text)) && !isCaught(call) && !isForOtherEvent(call)
  );
}

/** The documented name that an event's type is compared with, in a file that does not know the other one. */
export function soleComparedType(
  name: TSESTree.Node,
  compared: TSESTree.Node,
): FailureType | undefined {
  const value = name.type === T.Literal && typeof name.value === "string" ? name.value : undefined;
  if (!isFailureType(value) || eventPath(compared)?.join() !== "detail-type") return undefined;
  return unitOf(name).text.includes(otherFailureType(value)) ? undefined : value;
}

/** `event` of `event.detail.additionalInfo`. */
export function eventOf(info: TSESTree.Node): string | undefined {
  const detail = unwrap(info);
  const owner = detail.type === T.MemberExpression ? unwrap(detail.object) : undefined;
  const event = owner?.type === T.MemberExpression ? unwrap(owner.object) : undefined;
  return event?.type === T.Identifier && eventPath(event)?.length === 0 ? event.name : undefined;
}
