/** What stands under a name in a class or an object literal, and what a function returns. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  type ClassNode,
  type FunctionNode,
  isFunction,
  memberName,
  staticKey,
  wrapped,
} from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { append } from "../append.ts";
import { once } from "../once.ts";
import { unitOf } from "./unit.ts";

/** The expressions that a function can return, its nested functions left out. */
export function returnedBy(fn: FunctionNode): readonly TSESTree.Expression[] {
  if (fn.body.type !== T.BlockStatement) return [fn.body];
  const returned: TSESTree.Expression[] = [];
  for (const node of walkOwn(fn.body, unitOf(fn).visitorKeys)) {
    if (node.type === T.ReturnStatement && node.argument !== null) returned.push(node.argument);
  }
  return returned;
}

type Members = ReadonlyMap<string, readonly TSESTree.Node[]>;

/** What is assigned to `this.<name>` anywhere in a class, its field initialiser first. */
export function classMemberValues(owner: ClassNode, name: string): readonly TSESTree.Node[] {
  return membersOf(owner).get(name) ?? [];
}

const membersOf = once((owner: ClassNode): Members => {
  const members = new Map<string, TSESTree.Node[]>();
  const add = (name: string | undefined, ...values: readonly TSESTree.Node[]): void => {
    if (name !== undefined) append(members, name, ...values);
  };
  for (const member of owner.body.body) {
    if (member.type === T.PropertyDefinition && member.value !== null)
      add(staticKey(member, member.key), member.value);
    if (member.type !== T.MethodDefinition) continue;
    if (member.kind === "get" && member.value.body !== null)
      add(staticKey(member, member.key), ...returnedBy(member.value));
    if (member.kind === "method") add(staticKey(member, member.key), member.value);
    if (member.kind !== "constructor") continue;
    for (const parameter of member.value.params) {
      if (parameter.type === T.TSParameterProperty)
        add(boundIdentifier(parameter.parameter)?.name, parameter);
    }
  }
  for (const node of walk(owner.body, unitOf(owner).visitorKeys)) {
    if (node.type !== T.MemberExpression || !isWritten(node)) continue;
    const { object } = node;
    const onThis =
      object.type === T.ThisExpression ||
      (object.type === T.Identifier && object.name === owner.id?.name);
    if (onThis) add(memberName(node), writeAt(node));
  }
  return members;
});

/** Whether a member is given a value, in whatever way, or deleted. */
export function isWritten(member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  switch (parent?.type) {
    case T.AssignmentExpression:
    case T.AssignmentPattern:
    case T.ForInStatement:
    case T.ForOfStatement:
      return parent.left === outer;
    case T.Property:
      return parent.value === outer && parent.parent.type === T.ObjectPattern;
    case T.ArrayPattern:
    case T.RestElement:
    case T.UpdateExpression:
      return true;
    case T.UnaryExpression:
      return parent.operator === "delete";
    default:
      return false;
  }
}

/** What gives a written variable or member its value: the assignment or count, or a part of a pattern or loop's head. */
export function writeAt(target: TSESTree.Node): TSESTree.Node {
  const outer = wrapped(target);
  return outer.parent ?? outer;
}

/** The object literal that `this` is in one of its methods, unless they are called on something else. */
export function literalOfThis(node: TSESTree.Node): TSESTree.ObjectExpression | undefined {
  for (const fn of ancestors(node)) {
    if (fn.type === T.PropertyDefinition || fn.type === T.StaticBlock) return undefined;
    if (!isFunction(fn) || fn.type === T.ArrowFunctionExpression) continue;
    const { parent } = fn;
    return parent.type === T.Property && parent.parent.type === T.ObjectExpression
      ? parent.parent
      : undefined;
  }
  return undefined;
}

/** The identifier that a plain or defaulted parameter binds. */
export function boundIdentifier(parameter: TSESTree.Node): TSESTree.Identifier | undefined {
  if (parameter.type === T.Identifier) return parameter;
  return parameter.type === T.AssignmentPattern ? boundIdentifier(parameter.left) : undefined;
}

/**
 * The values under a key of an object literal; none where it lacks the key.
 * @returns `undefined` where a spread may set or replace it
 */
export function literalMemberValues(
  literal: TSESTree.ObjectExpression,
  key: string,
): readonly TSESTree.Node[] | undefined {
  for (const property of [...literal.properties].reverse()) {
    if (property.type === T.SpreadElement) return undefined;
    if (staticKey(property, property.key) === key) return propertyValues(property);
  }
  return [];
}

/** What reading a property gives: its value, or what its getter returns. */
export function propertyValues(property: TSESTree.Property): readonly TSESTree.Node[] {
  return property.kind === "get" && isFunction(property.value)
    ? returnedBy(property.value)
    : [property.value];
}
