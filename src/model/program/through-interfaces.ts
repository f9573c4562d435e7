/** Functions of object literals that are called through an interface: callers name the member that it declares, not the literal's. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { wrapped } from "../../ast/nodes.ts";
import { variableOf } from "./binding.ts";
import { expectedMember, symbolAt } from "./checker.ts";
import type { NamedFunction } from "./naming.ts";
import { originsOf } from "./values.ts";

/**
 * The members of interfaces of the project that a function implements as a property of an object literal: those of the types that are expected
 * where the literal stands, or where the variable that holds it is named.
 */
export function implementedMembers({
  name,
  declaration,
}: NamedFunction): readonly ts.Declaration[] {
  const literal = declaration.parent;
  if (declaration.type !== T.Property || literal?.type !== T.ObjectExpression) return [];
  const members = [literal, ...namesOf(literal)].flatMap((place) => expectedMember(place, name));
  return members.filter((member) => !isOfPackage(member));
}

/** Where the variable is named that an object literal is declared as. */
function namesOf(literal: TSESTree.ObjectExpression): readonly TSESTree.Node[] {
  const { parent } = wrapped(literal);
  if (parent?.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return [];
  const references = variableOf(parent.id)?.references ?? [];
  return references.flatMap(({ identifier }) =>
    identifier === parent.id ? [] : [identifier as TSESTree.Node],
  );
}

function isOfPackage(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes("/node_modules/");
}

/** Whether the name of a member stands for one of those that an interface declares. */
export function isNamedThere(property: TSESTree.Node, members: readonly ts.Declaration[]): boolean {
  return (
    members.length > 0 &&
    symbolAt(property)?.declarations?.some((declared) => members.includes(declared)) === true
  );
}

/**
 * The members among some of a file, all named through an interface, that are a certain function of an object literal. An interface may have
 * several implementations, so they are where the object is seen to be made with that function; `complete` is false where one may be.
 */
export function usesThrough(
  members: readonly TSESTree.Node[],
  { declaration }: NamedFunction,
): { readonly sites: readonly TSESTree.Node[]; readonly complete: boolean } {
  if (members.length === 0 || declaration.type !== T.Property) return { sites: [], complete: true };
  const own = originsOf(declaration.value).nodes;
  const found = members.map((member) => ({ member, origins: originsOf(member) }));
  const sites = found.flatMap(({ member, origins }) =>
    origins.nodes.some((node) => own.includes(node)) ? [member] : [],
  );
  // A file that puts another function in its place, as tests do, calls that one.
  if (sites.some(isReplaced)) return { sites: [], complete: false };
  return { sites, complete: found.every(({ origins }) => origins.complete) };
}

function isReplaced(member: TSESTree.Node): boolean {
  const { parent } = member;
  return parent?.type === T.AssignmentExpression && parent.left === member;
}
