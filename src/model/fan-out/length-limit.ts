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
import { placeOf } from "../loop/places.ts";
import { variableOf } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { fixed, type Size, UNKNOWN } from "./sizes.ts";

/** Names of numbers up to which a loop fills a collection; up to others, such as a total, it collects all there is. */
const LIMIT_NAME = /max|limit|size|batch|chunk|concurren|parallel|capacity|window|slots|burst/i;

/** How many calls deep the items are looked for being taken out. */
const MAX_CALLS = 2;

/** A test of a collection's length. */
interface LengthTest {
  readonly node: TSESTree.BinaryExpression;
  readonly bound: TSESTree.Expression;
  readonly limit: Size;
  /** The outcome that says that there are no more items than the limit. */
  readonly few: boolean;
  /** The outcome that says, of items that come one by one, that there are enough. */
  readonly enough: boolean;
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
    if (!isLoop(decided) && isChunked(test, decided, place)) return UNKNOWN;
    if (isAlone(test, decided) && isGuard(test, decided, use)) return test.limit;
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
  const place = placeOf(use);
  return [...walk(owner, unitOf(use).visitorKeys)].filter(
    (node) => node.type === T.MemberExpression && placeOf(node) === place,
  );
}

/** `items.length >= 5`, `5 > items.length`, and so on. */
function lengthTest(collection: TSESTree.Node): LengthTest | undefined {
  const length = collection.parent;
  if (length?.type !== T.MemberExpression || length.object !== collection) return undefined;
  if (!LENGTH.test(memberName(length) ?? "")) return undefined;
  const node = length.parent;
  if (node.type !== T.BinaryExpression || node.left.type === T.PrivateIdentifier) return undefined;
  const isLeft = node.left === length;
  const bound = isLeft ? node.right : node.left;
  const limit = limitOf(bound);
  if (limit === undefined) return undefined;
  const operator = isLeft ? node.operator : (MIRRORED[node.operator] ?? node.operator);
  const outcomes = OUTCOMES[operator];
  return outcomes === undefined ? undefined : { node, bound, limit, ...outcomes };
}

const MIRRORED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

const UP_TO = { few: true, enough: false };
const FROM = { few: false, enough: true };
/** A number that is met exactly says both. */
const EXACTLY = { few: true, enough: true };
const OTHER_THAN = { few: false, enough: false };
const OUTCOMES: Readonly<Record<string, Pick<LengthTest, "enough" | "few">>> = {
  "<": UP_TO,
  "<=": UP_TO,
  ">": FROM,
  ">=": FROM,
  "==": EXACTLY,
  "===": EXACTLY,
  "!=": OTHER_THAN,
  "!==": OTHER_THAN,
};

/** Comparisons with 0 and 1 ask whether there is anything, those with other lengths whether all is done. */
function limitOf(bound: TSESTree.Expression): Size | undefined {
  const count = numberOf(bound);
  if (count !== undefined) return count > 1 && Number.isFinite(count) ? fixed(count) : undefined;
  const node = unwrap(bound);
  return node.type === T.MemberExpression && LENGTH.test(memberName(node) ?? "")
    ? undefined
    : UNKNOWN;
}

const LENGTH = /^(?:length|size)$/;

type Branching = TSESTree.IfStatement | TSESTree.ConditionalExpression;
type Decided = Branching | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

/** The code that runs at an outcome of a test. */
function branchAt(outcome: boolean, { consequent, alternate }: Branching) {
  return outcome ? consequent : (alternate ?? undefined);
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
  if (isLoop(decided))
    return (test.limit.kind === "fixed" || isNamedLimit(test.bound)) && isBefore(decided, use);
  const few = branchAt(test.few, decided);
  const many = branchAt(!test.few, decided);
  return (
    (few !== undefined && contains(few, use)) ||
    (many !== undefined && leaves(many) && isBefore(decided, use))
  );
}

function isNamedLimit(bound: TSESTree.Expression): boolean {
  const node = unwrap(bound);
  const name = node.type === T.MemberExpression ? memberName(node) : undefined;
  return LIMIT_NAME.test(node.type === T.Identifier ? node.name : (name ?? ""));
}

/** Whether items are collected until there are enough of them, and then taken out or no more added. */
function isChunked(test: LengthTest, decided: Branching, collection: TSESTree.Node): boolean {
  const enough = branchAt(test.enough, decided);
  const before = branchAt(!test.enough, decided);
  const collector = enclosingFunction(decided);
  return (
    (enough !== undefined && changes(enough, collection, TAKING)) ||
    (before !== undefined && isCollectedAround(before, collection)) ||
    (enough !== undefined &&
      collector !== undefined &&
      leaves(enough) &&
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
  const place = placeOf(collection);
  const isPlace = (node: TSESTree.Node): boolean => place !== undefined && placeOf(node) === place;
  return [...walkOwn(code, unitOf(code).visitorKeys)].some((node) => {
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
    if (member !== undefined && isPlace(member.object))
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
