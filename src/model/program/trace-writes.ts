/** The search for the makers of a value at what is written to it after its declaration: variables, and members of objects and classes. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  type ClassNode,
  enclosingClass,
  isNullish,
  memberName,
  staticKey,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { append } from "../append.ts";
import { once } from "../once.ts";
import { isObjectMethod, variableOf, variablesDeclaredBy, writesTo } from "./binding.ts";
import { declarationsIn, hasProperty } from "./checker.ts";
import { isWritten, literalMemberValues, writeAt } from "./members.ts";
import { merge, NOTHING, type Origins, type Search, UNKNOWN } from "./origins.ts";
import { originsUnder } from "./trace-members.ts";
import { type Unit, unitOf } from "./unit.ts";

/** The members that a file writes to, by their names. */
const writtenByName = once((unit: Unit) => {
  const found = new Map<string, TSESTree.MemberExpression[]>();
  for (const node of walk(unit.ast, unit.visitorKeys)) {
    const key = node.type === T.MemberExpression ? memberName(node) : undefined;
    if (node.type === T.MemberExpression && key !== undefined && isWritten(node))
      append(found, key, node);
  }
  return found;
});

/** The members of a name that a file writes to. */
function writtenMembers(unit: Unit, name: string): readonly TSESTree.MemberExpression[] {
  return writtenByName(unit).get(name) ?? [];
}

/** The makers of what a member of a class is given in its file, by whatever instance it is named. */
export function originsWrittenToField(
  trace: Search,
  owner: ClassNode,
  name: string,
  depth: number,
): readonly Origins[] {
  const unit = unitOf(owner);
  return writtenMembers(unit, name)
    .filter((member) =>
      declarationsIn(unit, member.property).some((declared) => enclosingClass(declared) === owner),
    )
    .map((member) => trace.follow(writeAt(member), depth + 1));
}

/** The makers of what else stands under a key of an object literal once it is written to, in its own file. */
export function originsWrittenToLiteral(
  trace: Search,
  literal: TSESTree.ObjectExpression,
  key: string,
  depth: number,
): readonly Origins[] {
  return [
    ...usesOfLiteral(literal).flatMap((use) => writtenThrough(trace, use, key, depth)),
    ...writtenMembers(unitOf(literal), key)
      .filter((member) => declares(literal, member))
      .map((member) => trace.follow(writeAt(member), depth + 1)),
  ];
}

function declares(literal: TSESTree.ObjectExpression, member: TSESTree.MemberExpression): boolean {
  return declarationsIn(unitOf(literal), member.property).some(
    (declared) => declared.parent === literal,
  );
}

/** Where the variable is named that an object literal is declared as. */
function usesOfLiteral(literal: TSESTree.ObjectExpression): readonly TSESTree.Node[] {
  const { parent } = wrapped(literal);
  return parent?.type !== T.VariableDeclarator || parent.id.type !== T.Identifier
    ? []
    : variablesDeclaredBy(parent).flatMap(({ references }) =>
        references.map(({ identifier }) => identifier),
      );
}

function writtenThrough(
  trace: Search,
  use: TSESTree.Node,
  key: string,
  depth: number,
): readonly Origins[] {
  const node = wrapped(use);
  const { parent } = node;
  if (parent?.type === T.MemberExpression && parent.object === node) {
    const name = memberName(parent);
    if (!isWritten(parent) || (name !== undefined && name !== key)) return [];
    return [name === undefined ? UNKNOWN : trace.follow(writeAt(parent), depth + 1)];
  }
  return parent?.type === T.CallExpression &&
    parent.arguments[0] === node &&
    isObjectMethod(parent, "assign")
    ? parent.arguments.slice(1).map((source) => originsMerged(trace, source, key, depth))
    : [];
}

/** The makers of what an object puts under a key of another that it is copied into. */
function originsMerged(trace: Search, source: TSESTree.Node, key: string, depth: number): Origins {
  if (source.type === T.SpreadElement) return UNKNOWN;
  if (hasProperty(source, key) === "no") return NOTHING;
  const { nodes, complete } = trace.follow(source, depth + 1);
  const found = nodes.map((node) => {
    const values = node.type === T.ObjectExpression ? literalMemberValues(node, key) : undefined;
    return values === undefined
      ? UNKNOWN
      : merge(values.map((value) => trace.follow(value, depth + 1)));
  });
  return merge([{ nodes: [], complete }, ...found]);
}

/**
 * The makers of what stands under a key of what takes the place of an object literal: a variable, field or parameter that starts as one has its
 * type, whatever it holds later.
 */
export function originsInPlaceOf(
  trace: Search,
  literal: TSESTree.ObjectExpression,
  key: string,
  depth: number,
): readonly Origins[] {
  const outer = wrapped(literal);
  const { parent: place } = outer;
  const under = (value: TSESTree.Node): Origins =>
    isNullish(unwrap(value)) ? NOTHING : originsUnder(trace, value, [key], depth + 1);
  const replacedBy = (target: TSESTree.Node): Origins => {
    const write = writeAt(target);
    return write.type === T.AssignmentExpression ? under(write.right) : UNKNOWN;
  };
  switch (place?.type) {
    case T.VariableDeclarator: {
      const variable = place.id.type === T.Identifier ? variableOf(place.id) : undefined;
      return variable === undefined ? [] : writesTo(variable).map(replacedBy);
    }
    case T.AssignmentPattern:
      return place.right === outer && place.left.type === T.Identifier ? [under(place.left)] : [];
    case T.PropertyDefinition:
    case T.Property: {
      const name = staticKey(place, place.key);
      return name === undefined
        ? []
        : writtenMembers(unitOf(place), name)
            .filter((member) => declarationsIn(unitOf(place), member.property).includes(place))
            .map(replacedBy);
    }
    default:
      return [];
  }
}
