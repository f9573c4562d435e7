/** Tests by which code keeps a collection small: what it does before there are too many items. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  contains,
  enclosingClass,
  enclosingFunction,
  isLoop,
  memberName,
  unwrap,
  writtenBy,
} from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { variableOf } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { fixed, type Size, UNKNOWN } from "./sizes.ts";

/** Names of numbers that something must not grow beyond. */
const LIMIT_NAME = /max|limit|size|batch|chunk|concurren|parallel|capacity|window|slots|burst/i;

/** How many calls deep the items are looked for being taken out. */
const MAX_CALLS = 2;

/** A test of a collection's length, and which of its outcomes says that there are few items. */
interface LengthTest {
  readonly node: TSESTree.BinaryExpression;
  readonly limit: Size;
  readonly few: boolean;
}

/**
 * The number of items that a variable or member of `this` has at most at one place, if the code sees to that: the limit in a test, and
 * unknown for chunks, which may have any size.
 */
export function lengthLimit(
  use: TSESTree.Identifier | TSESTree.MemberExpression,
): Size | undefined {
  for (const place of placesLike(use)) {
    const test = lengthTest(place);
    const decided = test === undefined ? undefined : decidedBy(test.node);
    if (test === undefined || decided === undefined) continue;
    if (isAlone(test, decided) && isGuard(test, decided, use)) return test.limit;
    if (!isLoop(decided) && isChunked(test, decided, place)) return UNKNOWN;
  }
  return undefined;
}

/** The places where the same variable, or the same member of `this`, is read or written. */
function placesLike(
  use: TSESTree.Identifier | TSESTree.MemberExpression,
): readonly TSESTree.Node[] {
  if (use.type === T.Identifier)
    return (variableOf(use)?.references ?? []).map(
      ({ identifier }) => identifier as TSESTree.Identifier,
    );
  const owner = unwrap(use.object).type === T.ThisExpression ? enclosingClass(use) : undefined;
  if (owner === undefined) return [];
  return [...walk(owner, unitOf(use).visitorKeys)].filter(
    (node) =>
      node.type === T.MemberExpression &&
      unwrap(node.object).type === T.ThisExpression &&
      memberName(node) === memberName(use),
  );
}

/** `items.length >= 5`, `5 > items.length`, and so on. */
function lengthTest(collection: TSESTree.Node): LengthTest | undefined {
  const length = collection.parent;
  if (length?.type !== T.MemberExpression || length.object !== collection) return undefined;
  if (!/^(?:length|size)$/.test(memberName(length) ?? "")) return undefined;
  const node = length.parent;
  if (node.type !== T.BinaryExpression || node.left.type === T.PrivateIdentifier) return undefined;
  const isLeft = node.left === length;
  const limit = limitOf(isLeft ? node.right : node.left);
  if (limit === undefined) return undefined;
  const operator = isLeft ? node.operator : (MIRRORED[node.operator] ?? node.operator);
  if (/^(?:<=?|!==?)$/.test(operator)) return { node, limit, few: true };
  return /^(?:>=?|===?)$/.test(operator) ? { node, limit, few: false } : undefined;
}

const MIRRORED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** Comparisons with 0 and 1 ask whether there is anything, those with other lengths whether all is done. */
function limitOf(expression: TSESTree.Expression): Size | undefined {
  const count = numberOf(expression);
  if (count !== undefined) return count > 1 && Number.isFinite(count) ? fixed(count) : undefined;
  const node = unwrap(expression);
  const name = node.type === T.Identifier ? node.name : undefined;
  const member = node.type === T.MemberExpression ? memberName(node) : undefined;
  return member !== "size" && LIMIT_NAME.test(name ?? member ?? "") ? UNKNOWN : undefined;
}

type Branching = TSESTree.IfStatement | TSESTree.ConditionalExpression;
type Decided = Branching | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

/** The code that runs where a test says that there are few items, and where there are more. */
function branchesOf({ few }: LengthTest, { consequent, alternate }: Branching) {
  const then: readonly TSESTree.Node[] = [consequent];
  const otherwise = alternate === null ? [] : [alternate];
  return few ? { few: then, many: otherwise } : { few: otherwise, many: then };
}

/** Whether no other test lets more items through: `few && other`, `many || other`. */
function isAlone({ node, few }: LengthTest, { test }: Decided): boolean {
  for (const ancestor of ancestors(node)) {
    if (!contains(test, ancestor)) return true;
    if (ancestor.type === T.LogicalExpression && ancestor.operator !== (few ? "&&" : "||"))
      return false;
  }
  return true;
}

/** Whether a collection comes to its use only with few items: there is no way there for more. */
function isGuard(test: LengthTest, decided: Decided, use: TSESTree.Node): boolean {
  if (isLoop(decided)) return isBefore(decided, use);
  const { few, many } = branchesOf(test, decided);
  return (
    few.some((branch) => contains(branch, use)) ||
    many.some((branch) => leaves(branch) && isBefore(decided, use))
  );
}

/** Whether items are collected until there are enough of them, and then taken out or no more added. */
function isChunked(test: LengthTest, decided: Branching, collection: TSESTree.Node): boolean {
  const { few, many } = branchesOf(test, decided);
  const collector = enclosingFunction(decided);
  return (
    many.some((branch) => changes(branch, collection, TAKING)) ||
    few.some((branch) => isCollectedAround(branch, collection)) ||
    (collector !== undefined &&
      many.some(leaves) &&
      outlives(collection, collector) &&
      changes(collector.body, collection, ADDING))
  );
}

/** Methods that take items out of a collection, and that add items. */
const TAKING = /^(?:splice|shift|pop|clear|delete)$/;
const ADDING = /^(?:push|unshift|add|set)$/;

/** The statement or expression that a test decides, alone or together with other tests. */
function decidedBy(test: TSESTree.Node): Decided | undefined {
  let from = test;
  for (const ancestor of ancestors(test)) {
    switch (ancestor.type) {
      case T.IfStatement:
      case T.ConditionalExpression:
      case T.WhileStatement:
      case T.DoWhileStatement:
        return ancestor.test === from ? ancestor : undefined;
      case T.LogicalExpression:
        from = ancestor;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** Whether a use comes only after a statement, in the same function or in one that is made there. */
function isBefore(statement: TSESTree.Node, use: TSESTree.Node): boolean {
  const fn = enclosingFunction(statement);
  return statement.range[1] <= use.range[0] && (fn === undefined || contains(fn, use));
}

function lastOf(branch: TSESTree.Node): TSESTree.Node | undefined {
  return branch.type === T.BlockStatement ? branch.body.at(-1) : branch;
}

function leaves(branch: TSESTree.Node): boolean {
  const last = lastOf(branch)?.type;
  return last === T.ReturnStatement || last === T.ThrowStatement || last === T.BreakStatement;
}

/**
 * Whether code, or a function that it calls, changes how many items there are: by certain methods, or by giving the collection or its length
 * another value (`items = []`, `items.length = 0`).
 */
function changes(
  code: TSESTree.Node,
  collection: TSESTree.Node,
  methods: RegExp,
  depth = 0,
): boolean {
  const { text, visitorKeys } = unitOf(code);
  const place = unitOf(collection).text.slice(...collection.range);
  const isPlace = (node: TSESTree.Node): boolean => text.slice(...node.range) === place;
  return [...walkOwn(code, visitorKeys)].some((node) => {
    const written = writtenBy(node);
    if (written !== undefined)
      return (
        isPlace(written) ||
        (written.type === T.MemberExpression &&
          memberName(written) === "length" &&
          isPlace(written.object))
      );
    if (node.type !== T.CallExpression) return false;
    const member = calleeMember(node);
    if (member !== undefined && isPlace(unwrap(member.object)))
      return methods.test(memberName(member) ?? "");
    return (
      depth < MAX_CALLS &&
      functionsOf(node.callee).functions.some((fn) =>
        changes(fn.body, collection, methods, depth + 1),
      )
    );
  });
}

/** Whether a branch ends a round of what the collection outlives: `continue` in a loop, `return` in a function. */
function isCollectedAround(branch: TSESTree.Node, collection: TSESTree.Node): boolean {
  const last = lastOf(branch)?.type;
  const ended =
    last === T.ContinueStatement
      ? [...ancestors(branch)].find((ancestor) => isLoop(ancestor))
      : last === T.ReturnStatement
        ? enclosingFunction(branch)
        : undefined;
  return ended !== undefined && outlives(collection, ended);
}

/** Whether a collection is declared outside of some code, as members are. */
function outlives(collection: TSESTree.Node, code: TSESTree.Node): boolean {
  const declared =
    collection.type === T.Identifier ? variableOf(collection)?.defs[0]?.name : undefined;
  return declared === undefined || !contains(code, declared);
}
