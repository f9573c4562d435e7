/** Places that hold values: variables and chains of members on them, named so that equal places have equal names. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeMember, memberName, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { once } from "../once.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";

/** `3` for a variable, `3.attempts` for a member of it, `this.attempts`. */
export type Place = string;

const idByVariable = new WeakMap<TSESLint.Scope.Variable, string>();
let lastId = 0;

/** The place that a variable is. */
export function placeOfVariable(variable: TSESLint.Scope.Variable): Place {
  let id = idByVariable.get(variable);
  if (id === undefined) idByVariable.set(variable, (id = String(++lastId)));
  return id;
}

/** The place that an expression names; `undefined` for anything but variables and written-down members of them. */
export function placeOf(expression: TSESTree.Node): Place | undefined {
  const node = unwrap(expression);
  if (node.type === T.ThisExpression) return "this";
  if (node.type === T.Identifier) {
    const variable = variableOf(node);
    if (variable !== undefined) return placeOfVariable(variable);
    return implicitGlobals(node).has(node.name) ? `global ${node.name}` : undefined;
  }
  if (node.type !== T.MemberExpression) return undefined;
  const owner = placeOf(node.object);
  const name = memberName(node);
  return owner === undefined || name === undefined ? undefined : `${owner}.${name}`;
}

/** The place of what a method is called on: `list` of `list.push(item)`. */
export function placeOfReceiver(call: TSESTree.Node): Place | undefined {
  const member = call.type === T.CallExpression ? calleeMember(call) : undefined;
  return member === undefined ? undefined : placeOf(member.object);
}

// By tree: oxlint has one scope manager for all files.
const globalsByFile = new WeakMap<TSESTree.Program, ReadonlySet<string>>();

/** The names that sloppy code assigns without declaring them, as in `for (n = 0; n < 5; n++)`. */
function implicitGlobals(node: TSESTree.Node): ReadonlySet<string> {
  const { ast, scopes } = unitOf(node);
  let names = globalsByFile.get(ast);
  if (names === undefined) {
    const written = (scopes.globalScope?.through ?? []).filter((reference) => reference.isWrite());
    globalsByFile.set(ast, (names = new Set(written.map(({ identifier }) => identifier.name))));
  }
  return names;
}

/** Whether a place belongs to an object rather than being a variable of its own. */
export function isMember(place: Place): boolean {
  return place.includes(".");
}

/** All places that occur in a subtree, owners of members included. */
export const placesIn = once((root: TSESTree.Node): ReadonlySet<Place> => {
  const places = new Set<Place>();
  for (const node of walk(root, unitOf(root).visitorKeys)) {
    if (node.type !== T.Identifier && node.type !== T.MemberExpression) continue;
    if (node.type === T.Identifier && isKey(node)) continue;
    const place = placeOf(node);
    if (place !== undefined) places.add(place);
  }
  return places;
});

/** Whether an identifier is the key of a property or the name of a member, which refers to nothing by itself. */
export function isKey(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  if (parent.type === T.MemberExpression) return parent.property === node && !parent.computed;
  return parent.type === T.Property && parent.key === node && !parent.computed && !parent.shorthand;
}

/** The names bound by a pattern: `a`, `b` and `c` of `{ a, x: [b, ...c] }`. */
export function boundNames(pattern: TSESTree.Node): readonly TSESTree.Node[] {
  switch (pattern.type) {
    case T.ObjectPattern:
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === T.Property ? property.value : property),
      );
    case T.ArrayPattern:
      return pattern.elements.flatMap((element) => (element === null ? [] : boundNames(element)));
    case T.AssignmentPattern:
      return boundNames(pattern.left);
    case T.RestElement:
      return boundNames(pattern.argument);
    default:
      return [pattern];
  }
}

/** A piece of code that gives a place a value. */
export type WriteNode =
  TSESTree.AssignmentExpression | TSESTree.UpdateExpression | TSESTree.VariableDeclarator;

/** Whether a node gives places values. */
export function isWrite(node: TSESTree.Node): node is WriteNode {
  return (
    node.type === T.AssignmentExpression ||
    node.type === T.UpdateExpression ||
    node.type === T.VariableDeclarator
  );
}

/** What a write gives a value to: a name, a member or a pattern. */
export function targetOf(write: WriteNode): TSESTree.Node {
  switch (write.type) {
    case T.AssignmentExpression:
      return write.left;
    case T.UpdateExpression:
      return write.argument;
    case T.VariableDeclarator:
      return write.id;
  }
}

/** The places that a write gives values to. */
export const placesWritten = once((write: WriteNode): readonly Place[] =>
  boundNames(targetOf(write)).flatMap((name) => placeOf(name) ?? someMemberOf(name) ?? []),
);

/** `params[key]` is some member of `params`, which no other expression is known to name. */
function someMemberOf(target: TSESTree.Node): Place | undefined {
  const node = unwrap(target);
  const owner = node.type === T.MemberExpression ? placeOf(node.object) : undefined;
  return owner === undefined ? undefined : `${owner}.*`;
}

/** Whether a write takes its value apart. */
export function fillsPattern(write: WriteNode): boolean {
  const { type } = targetOf(write);
  return type === T.ObjectPattern || type === T.ArrayPattern;
}
