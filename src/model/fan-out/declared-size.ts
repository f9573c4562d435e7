/** Sizes that something other than the items says: a type, the keys of an object, the request for a page. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { pageOf } from "../../knowledge/index.ts";
import { variableOf } from "../program/binding.ts";
import { declarationsAt, typeAt } from "../program/checker.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { originsOf } from "../program/values.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { fixed, largest, notEmpty, OPEN, type Size } from "./sizes.ts";

/** The length of a value whose type is a tuple without optional or rest elements. */
export function tupleLength(node: TSESTree.Node): number | undefined {
  if (node.type !== T.Identifier && node.type !== T.MemberExpression) return undefined;
  const type = typeAt(node);
  const target = type !== undefined && "target" in type ? type.target : undefined;
  if (typeof target !== "object" || target === null || !("fixedLength" in target)) return undefined;
  const isOpen = !("hasRestElement" in target) || target.hasRestElement !== false;
  return typeof target.fixedLength === "number" && !isOpen ? target.fixedLength : undefined;
}

/** The number of keys of an object literal. */
export function keysOf({ properties }: TSESTree.ObjectExpression): Size {
  return properties.some(({ type }) => type === T.SpreadElement) ? OPEN : fixed(properties.length);
}

/** The number of keys of an object or enum. */
export function ofObject(object: TSESTree.Node): Size {
  const isEnum = (node: TSESTree.Node): node is TSESTree.TSEnumDeclaration =>
    node.type === T.TSEnumDeclaration;
  const enumeration = declarationsAt(object).flatMap((declared) =>
    declared.kind === "node" && isEnum(declared.node) ? [declared.node] : [],
  )[0];
  if (enumeration !== undefined) return fixed(enumeration.body.members.length);
  const { nodes, complete } = originsOf(object);
  const literals = nodes.filter((node) => node.type === T.ObjectExpression);
  const isSeen = complete && nodes.length > 0 && literals.length === nodes.length;
  // An empty literal is there to be filled.
  return isSeen ? largest(literals.map((literal) => notEmpty(keysOf(literal)))) : OPEN;
}

/** The list in a response has no more items than the request asked for, or than the service ever gives. */
export function pageSize(list: TSESTree.Identifier | TSESTree.MemberExpression): Size | undefined {
  const response = list.type === T.Identifier ? takenFrom(list) : list.object;
  if (response === undefined) return undefined;
  for (const origin of originsOf(response, { intoCallers: false }).nodes) {
    const call = origin.type === T.CallExpression ? sdkCallAt(origin) : undefined;
    if (call === undefined || call.style === "paginator") continue;
    const { member, most } = pageOf(call.operation);
    const [asked] = lookUp(call.input, member).values;
    const count = asked === undefined ? most : (numberOf(asked) ?? most);
    if (count !== undefined) return fixed(count);
  }
  return undefined;
}

/** What the variable is a part of: `page` in `const { UserSummaryList } = page`. */
function takenFrom(name: TSESTree.Identifier): TSESTree.Node | undefined {
  const definition = variableOf(name)?.defs[0];
  if (definition?.node.type !== T.VariableDeclarator) return undefined;
  const { id, init } = definition.node;
  return id.type === T.ObjectPattern ? (init ?? undefined) : undefined;
}
