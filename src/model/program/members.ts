/** What stands under a name in a class or an object literal, and what a function returns. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  type ClassNode,
  type FunctionNode,
  isFunction,
  memberName,
  staticKey,
} from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
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

/** What is assigned to `this.<name>` anywhere in a class, its field initialiser first. */
export function classMemberValues(owner: ClassNode, name: string): readonly TSESTree.Node[] {
  const values: TSESTree.Node[] = [];
  for (const member of owner.body.body) {
    if (
      member.type === T.PropertyDefinition &&
      staticKey(member, member.key) === name &&
      member.value !== null
    )
      values.push(member.value);
    if (member.type === T.MethodDefinition && staticKey(member, member.key) === name) {
      if (member.kind === "get" && member.value.body !== null)
        values.push(...returnedBy(member.value));
      if (member.kind === "method") values.push(member.value);
      if (member.kind === "constructor") continue;
    }
    if (member.type === T.MethodDefinition && member.kind === "constructor") {
      for (const parameter of member.value.params) {
        if (
          parameter.type === T.TSParameterProperty &&
          boundIdentifier(parameter.parameter)?.name === name
        )
          values.push(parameter);
      }
    }
  }
  for (const node of walk(owner.body, unitOf(owner).visitorKeys)) {
    if (node.type !== T.AssignmentExpression || node.left.type !== T.MemberExpression) continue;
    const { object } = node.left;
    const onThis =
      object.type === T.ThisExpression ||
      (object.type === T.Identifier && object.name === owner.id?.name);
    if (onThis && memberName(node.left) === name) values.push(node.right);
  }
  return values;
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
