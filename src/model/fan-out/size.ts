/** How many items a collection has: a number that the code shows, open-ended, or (where something may bound it) unknown. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  type FunctionNode,
  isFunction,
  isLoop,
  isNullish,
  type LoopNode,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { assignedTo, isGlobal, parameterOf, variableOf } from "../program/binding.ts";
import { argumentsFor } from "../program/arguments.ts";
import { nameOfFunction } from "../program/callers.ts";
import { numberOf, stringOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { originsOf } from "../program/values.ts";
import { keysOf, ofObject, pageSize, tupleLength } from "./declared-size.ts";
import { filledSize, sizeOnce, together } from "./growth.ts";
import { roundsOf as roundsBy } from "./rounds.ts";
import { lengthLimit } from "./length-limit.ts";
import { picksByIdentity } from "./selection.ts";
import { atMost, fixed, largest, notEmpty, OPEN, type Size, sum, UNKNOWN } from "./sizes.ts";

const MAX_DEPTH = 12;

/** Names that say that only a part of the data is meant. */
const PART_NAME = /chunk|batch|slice|window|subset|splitEvery|group|partition/i;
const PART_FUNCTION =
  /chunk|batch|splitEvery|partition|window|^(?:_?take|sample|first|head|last|top|limit)/i;

/** Array methods whose result has at most as many items as the array. */
const KEEPS_SIZE = new Set([
  "entries",
  "fill",
  "filter",
  "keys",
  "map",
  "reverse",
  "sort",
  "toReversed",
  "toSorted",
  "values",
  "with",
]);

/** The number of items of a collection. */
export function sizeOf(collection: TSESTree.Node): Size {
  return size(collection, 0);
}

/** The number of items that `Array.from` makes. */
export function sizeMadeFrom(source: TSESTree.Node): Size {
  return madeFrom(source, 0);
}

/** How often a loop runs its body. */
export function roundsOf(loop: LoopNode): Size {
  return rounds(loop, 0);
}

function rounds(loop: LoopNode, depth: number): Size {
  return roundsBy(loop, {
    measure: (node) => size(node, depth + 1),
    length: (node) => ofLength(node, depth),
  });
}

function size(expression: TSESTree.Node, depth: number): Size {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const node = unwrap(expression);
  const next = (inner: TSESTree.Node): Size => size(inner, depth + 1);
  const tuple = tupleLength(node);
  if (tuple !== undefined) return fixed(tuple);
  switch (node.type) {
    case T.AwaitExpression:
      return next(node.argument);
    case T.ArrayExpression:
      return listed(node.elements, depth);
    case T.ObjectExpression:
      return keysOf(node);
    case T.LogicalExpression:
      return node.operator === "&&"
        ? next(node.right)
        : largest([next(node.left), next(node.right)]);
    case T.ConditionalExpression:
      return largest([next(node.consequent), next(node.alternate)]);
    case T.NewExpression:
      return newCollection(node, depth);
    case T.CallExpression:
      return ofCall(node, depth);
    case T.Identifier:
      return isNullish(node) ? fixed(0) : orLimit(node, ofVariable(node, depth));
    case T.MemberExpression:
      return orLimit(node, ofMember(node, depth));
    default:
      return OPEN;
  }
}

/** What the data may have any number of, code may still keep small. */
function orLimit(node: TSESTree.Identifier | TSESTree.MemberExpression, found: Size): Size {
  return found.kind === "open" ? (lengthLimit(node) ?? pageSize(node) ?? found) : found;
}

function newCollection(node: TSESTree.NewExpression, depth: number): Size {
  const [source] = node.arguments;
  if (isGlobal(node.callee, "Array")) return arrayOfLength(node.arguments, depth);
  if (source === undefined || source.type === T.SpreadElement) return OPEN;
  const isCollection = isGlobal(node.callee, "Set") || isGlobal(node.callee, "Map");
  return isCollection ? size(source, depth + 1) : OPEN;
}

function arrayOfLength(args: readonly TSESTree.CallExpressionArgument[], depth: number): Size {
  const [length] = args;
  if (args.length !== 1 || length === undefined) return fixed(args.length);
  return length.type === T.SpreadElement ? OPEN : ofLength(length, depth);
}

/** The size of something that has as many items as an expression says. */
function ofLength(length: TSESTree.Node, depth: number): Size {
  const count = numberOf(length);
  if (count !== undefined) return Number.isFinite(count) ? fixed(count) : OPEN;
  const node = unwrap(length);
  return node.type === T.MemberExpression && /^(?:length|size)$/.test(memberName(node) ?? "")
    ? size(node.object, depth + 1)
    : UNKNOWN;
}

function ofCall(call: TSESTree.CallExpression, depth: number): Size {
  const member = calleeMember(call);
  const name = calleeName(call) ?? "";
  const [first, second] = call.arguments;
  if (isGlobal(unwrap(call.callee), "Array")) return arrayOfLength(call.arguments, depth);
  if (member !== undefined) {
    const owner = unwrap(member.object);
    if (isGlobal(owner, "Array") && name === "of") return listed(call.arguments, depth);
    if (isGlobal(owner, "Array") && name === "from" && first !== undefined)
      return madeFrom(first, depth);
    if (isGlobal(owner, "Object") && /^(?:entries|keys|values)$/.test(name) && first !== undefined)
      return ofObject(first);
    if (KEEPS_SIZE.has(name)) return picksByIdentity(call) ? UNKNOWN : size(owner, depth + 1);
    if (name === "concat")
      return together(() =>
        [owner, ...call.arguments].map((item) => (isText(item) ? fixed(1) : size(item, depth + 1))),
      );
    if (name === "flat" || name === "flatMap")
      return size(owner, depth + 1).kind === "open" ? OPEN : UNKNOWN;
    if (name === "splice") return second === undefined ? size(owner, depth + 1) : UNKNOWN;
    if (name === "slice") return sliced(owner, first, second, depth);
    const text = name === "split" ? stringOf(owner) : undefined;
    if (text !== undefined && first !== undefined)
      return fixed(text.split(stringOf(first) ?? "").length);
  }
  if (PART_FUNCTION.test(name)) return UNKNOWN;
  const { nodes } = originsOf(call, { intoCallers: false });
  const entered = nodes.filter((origin) => origin !== call);
  return entered.length === 0
    ? OPEN
    : largest(entered.map((origin) => madeElsewhere(origin, depth)));
}

function isText({ type }: TSESTree.Node): boolean {
  return type === T.Literal || type === T.TemplateLiteral;
}

function listed(
  items: readonly (TSESTree.Expression | TSESTree.SpreadElement | null)[],
  depth: number,
): Size {
  return together(() =>
    items.map((item) =>
      item?.type === T.SpreadElement ? size(item.argument, depth + 1) : fixed(1),
    ),
  );
}

function madeFrom(source: TSESTree.Node, depth: number): Size {
  const literal = unwrap(source);
  if (literal.type !== T.ObjectExpression) return size(source, depth + 1);
  const [length] = lookUp(literal, "length").values;
  return length === undefined ? UNKNOWN : ofLength(length, depth);
}

function sliced(
  owner: TSESTree.Node,
  from: TSESTree.Node | undefined,
  to: TSESTree.Node | undefined,
  depth: number,
): Size {
  const start = from === undefined ? 0 : numberOf(from);
  const end = to === undefined ? undefined : numberOf(to);
  if (to === undefined) {
    const all = size(owner, depth + 1);
    return start === undefined || start >= 0 ? all : atMost(-start, all);
  }
  // With a moving start or end it is one chunk of several.
  if (start === undefined || end === undefined) return UNKNOWN;
  return start * end >= 0 && end > start ? atMost(end - start, size(owner, depth + 1)) : UNKNOWN;
}

function ofVariable(id: TSESTree.Identifier, depth: number): Size {
  const variable = variableOf(id);
  if (PART_NAME.test(id.name)) return UNKNOWN;
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined) return OPEN;
  const parameter = parameterOf(variable);
  if (parameter !== undefined) return ofParameter(id, parameter, depth);
  const { node } = definition;
  if (node.type !== T.VariableDeclarator) return ofOrigins(id, depth);
  const loop = node.parent.parent;
  // An item of another collection may well be one chunk of the data.
  if (
    isLoop(loop) &&
    (loop.type === T.ForOfStatement || loop.type === T.ForInStatement) &&
    loop.left === node.parent
  )
    return node.id === definition.name ? UNKNOWN : ofElement(loop.right, definition.name, depth);
  if (node.init === null) return OPEN;
  if (node.id.type !== T.Identifier) return ofElement(node.init, definition.name, depth);
  const written = [node.init, ...assignedTo(variable).map(({ right }) => right)];
  return sizeOnce(variable, () =>
    sum([
      largest(written.map((value) => size(value, depth + 1))),
      filledSize(variable, {
        measure: (item) => size(item, depth + 1),
        rounds: (around) => rounds(around, depth + 1),
      }),
    ]),
  );
}

/** What a pattern takes out of a list, or of its items: a chunk, where the list is one of chunks. */
function ofElement(list: TSESTree.Node, { parent }: TSESTree.Node, depth: number): Size {
  return parent?.type === T.ArrayPattern && size(list, depth + 1).kind === "unknown"
    ? UNKNOWN
    : OPEN;
}

function ofParameter(
  id: TSESTree.Identifier,
  parameter: NonNullable<ReturnType<typeof parameterOf>>,
  depth: number,
): Size {
  const { owner, index, pattern, name } = parameter;
  if (!isFunction(owner)) return OPEN;
  const isWhole =
    pattern === name || (pattern.type === T.AssignmentPattern && pattern.left === name);
  if (!isWhole) return ofOrigins(id, depth);
  // An inline callback may be given the chunks of a collection, but for one that continues a promise.
  if (nameOfFunction(owner) === undefined) return continues(owner) ? OPEN : UNKNOWN;
  const { values } = argumentsFor(owner, index);
  return values.length === 0 ? OPEN : largest(values.map((value) => size(value, depth + 2)));
}

function continues(callback: FunctionNode): boolean {
  const { parent } = callback;
  return parent.type === T.CallExpression && calleeName(parent) === "then";
}

function ofMember(node: TSESTree.MemberExpression, depth: number): Size {
  const name = memberName(node);
  // `chunks[i]` is an item of another collection.
  if (name === undefined || PART_NAME.test(name)) return UNKNOWN;
  const found = ofOrigins(node, depth);
  const isChunk =
    found.kind === "open" && node.computed && size(node.object, depth + 1).kind === "unknown";
  return isChunk ? UNKNOWN : found;
}

function ofOrigins(node: TSESTree.Node, depth: number): Size {
  const { nodes, complete } = originsOf(node);
  const others = nodes.filter((origin) => origin !== node);
  if (!complete || others.length === 0) return OPEN;
  return largest(others.map((origin) => madeElsewhere(origin, depth)));
}

/** A value that was made at some distance: an empty array there was filled on the way. */
function madeElsewhere(origin: TSESTree.Node, depth: number): Size {
  return origin.type === T.Identifier || origin.type === T.MemberExpression
    ? OPEN
    : notEmpty(size(origin, depth + 1));
}
