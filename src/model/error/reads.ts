/** The places where code reads something of an error, and what that error can be. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { memberName, staticKey, unwrap, wrapped } from "../../ast/nodes.ts";
import { variableOf } from "../program/binding.ts";
import { hasProperty, typeAt } from "../program/checker.ts";
import { raisedInto, raisedIntoPattern } from "./caught.ts";
import type { Raised } from "./raised.ts";

type Variable = TSESLint.Scope.Variable;

/** A place where a property of an error is read. */
export interface Read {
  /** A name, or `constructor.name`. */
  readonly property: string;
  /** What holds the whole error: a variable, or the pattern that takes a handler's parameter apart. */
  readonly error: Variable | TSESTree.ObjectPattern;
  /** The expression whose value the property is. */
  readonly node: TSESTree.Node;
  /** `error.code`, where the property is asked for in place; not for names taken from it before. */
  readonly member: TSESTree.MemberExpression | undefined;
}

/** The reads of a property that a member expression is: itself, or the uses of the constant that it is kept in. */
export function readsAt(member: TSESTree.MemberExpression): readonly Read[] {
  const asked = propertyOf(member);
  if (asked === undefined) return [];
  const outer = wrapped(member);
  const { parent } = outer;
  if (
    parent?.type === T.VariableDeclarator &&
    parent.init === outer &&
    parent.id.type === T.Identifier
  )
    return usesOfConstant(parent.id).map((node) => ({ ...asked, node, member: undefined }));
  return [{ ...asked, node: member, member }];
}

/** Which property of which variable's value a member expression is. */
export function propertyOf(
  member: TSESTree.MemberExpression,
): { readonly property: string; readonly error: Variable } | undefined {
  const holder = holderOf(member);
  const name = memberName(member);
  const id = unwrap(holder);
  const error = id.type === T.Identifier ? variableOf(id) : undefined;
  return error === undefined || name === undefined
    ? undefined
    : { property: holder === member.object ? name : `constructor.${name}`, error };
}

/** The expression whose property a member is: `error` of `error.code`, and of `error.constructor.name`. */
export function holderOf(member: TSESTree.MemberExpression): TSESTree.Node {
  const object = unwrap(member.object);
  return object.type === T.MemberExpression && memberName(object) === "constructor"
    ? object.object
    : member.object;
}

/** The reads of the properties that a pattern takes out: `const { code } = error`, `catch ({ code })`, `.catch(({ code }) => …)`. */
export function readsOfPattern(pattern: TSESTree.ObjectPattern): readonly Read[] {
  const error = takenApart(pattern);
  if (error === undefined) return [];
  return takenOut(pattern).flatMap(({ property, id }) =>
    usesOfConstant(id).map((node) => ({ property, error, node, member: undefined })),
  );
}

function takenApart(pattern: TSESTree.ObjectPattern): Read["error"] | undefined {
  const { parent } = pattern;
  if (parent.type !== T.VariableDeclarator) return pattern;
  const source = parent.init === null ? undefined : unwrap(parent.init);
  return source?.type === T.Identifier ? variableOf(source) : undefined;
}

/** The names that a pattern gives to properties. */
export function takenOut(
  pattern: TSESTree.ObjectPattern,
): readonly { readonly property: string; readonly id: TSESTree.Identifier }[] {
  return pattern.properties.flatMap((item) => {
    const property = item.type === T.Property ? staticKey(item, item.key) : undefined;
    const id = item.value?.type === T.AssignmentPattern ? item.value.left : item.value;
    return property === undefined || id?.type !== T.Identifier ? [] : [{ property, id }];
  });
}

function usesOfConstant(id: TSESTree.Identifier): readonly TSESTree.Node[] {
  const references = variableOf(id)?.references ?? [];
  if (references.some((reference) => reference.isWrite() && !reference.init)) return [];
  return references
    .filter((reference) => reference.isRead())
    .map((reference) => reference.identifier as TSESTree.Node);
}

/** What the error of a read can be; `undefined` where what is read is no error, or one from a place that cannot be seen. */
export function raisedFor({ error }: Read): Raised | undefined {
  return "type" in error ? raisedIntoPattern(error) : raisedInto(error);
}

/** Whether an expression with a property in place of the one that is read would compile. */
export function canRead(object: TSESTree.Node, property: string): boolean {
  return typeAt(object) === undefined || hasProperty(object, property) === "yes";
}
