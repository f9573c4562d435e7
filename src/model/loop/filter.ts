/** Which errors lead to another attempt, read from the tests on the ways that lead there. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeMember, calleeName, memberName, unwrap } from "../../ast/nodes.ts";
import { isThrottlingName } from "../../knowledge/errors.ts";
import { assignedTo, variableOf } from "../program/binding.ts";
import { constantOf, stringOf } from "../program/constant.ts";
import { functionsOf, returnedBy, soleOrigin } from "../program/values.ts";
import type { Filter } from "../retry/layer.ts";
import { mayRethrow } from "./limits.ts";
import { placeOf, placesIn } from "./places.ts";
import { type Region } from "./region.ts";
import { mentions } from "./derived.ts";
import { partsOf } from "./steps.ts";
import type { State } from "./state.ts";

/** What a test on an error asks: whether it is one of the named; nothing that tells errors apart; or something else. */
interface Criterion {
  readonly kind: "guard" | "names" | "other";
  readonly names: readonly string[];
  readonly throttling: boolean;
  /** Whether the names are let through when the test is false (`name !== "X"`). */
  readonly negated: boolean;
}

const GUARD: Criterion = { kind: "guard", names: [], throttling: false, negated: false };
const OTHER: Criterion = { ...GUARD, kind: "other" };
const MAX_TESTS = 10;

/** The filter of a layer whose failures lead on by the given ways. */
export function filterOf(
  region: Region,
  again: readonly State[],
  everything: TSESTree.Node,
): Filter {
  const ways = again.map((state) => errorTests(region, state));
  // An error that is not even an error, or not there, is no case that code distinguishes on purpose.
  const real = ways.filter((way) =>
    way.every(
      ({ criterion, outcome }) => criterion.kind !== "guard" || outcome !== criterion.negated,
    ),
  );
  const tested = (real.length === 0 ? ways : real).map((way) =>
    way.filter(({ criterion }) => criterion.kind !== "guard"),
  );
  const tests = [...new Set(tested.flatMap((way) => way.map(({ node }) => node)))];
  const [first] = tests;
  if (tests.length > MAX_TESTS) return { kind: "unknown" };
  if (first === undefined || coversAll(tests, tested))
    return mayRethrow(region) ? { kind: "unknown" } : { kind: "everything", node: everything };
  const passing = tested.map((way) =>
    way.filter(({ criterion, outcome }) => outcome !== criterion.negated),
  );
  const names = [
    ...new Set(passing.flatMap((way) => way.flatMap(({ criterion }) => criterion.names))),
  ];
  const except = exceptionsOf(tested);
  return {
    kind: "some",
    throttlingOnly: passing.every((way) => way.some(({ criterion }) => criterion.throttling)),
    names,
    ...(except === undefined ? {} : { except }),
    node: first,
  };
}

/** What a way excludes that lets all other errors through: it only asks whether the error has one of some names. */
function exceptionsOf(ways: readonly (readonly ErrorTest[])[]): readonly string[] | undefined {
  const open = ways.find((way) =>
    way.every(
      ({ criterion, outcome }) => criterion.kind === "names" && outcome === criterion.negated,
    ),
  );
  return open?.flatMap(({ criterion }) => criterion.names);
}

interface ErrorTest {
  readonly node: TSESTree.Node;
  readonly outcome: boolean;
  readonly criterion: Criterion;
}

function errorTests(region: Region, state: State): readonly ErrorTest[] {
  return partsOf(region, state).cycle.flatMap((step) => {
    if (
      step.kind !== "test" ||
      step.node.type === T.ForOfStatement ||
      step.node.type === T.ForInStatement
    )
      return [];
    const subject = step.node.type === T.SwitchCase ? step.node.parent.discriminant : step.node;
    return mentions(subject, region.fromError)
      ? [{ node: step.node, outcome: step.outcome, criterion: criterionOf(step.node, region) }]
      : [];
  });
}

/** Whether every combination of outcomes is let through by some way. */
function coversAll(
  tests: readonly TSESTree.Node[],
  ways: readonly (readonly ErrorTest[])[],
): boolean {
  for (let bits = 0; bits < 2 ** tests.length; bits += 1) {
    const passes = ways.some((way) =>
      way.every(({ node, outcome }) => ((bits >> tests.indexOf(node)) & 1) === (outcome ? 1 : 0)),
    );
    if (!passes) return false;
  }
  return true;
}

function named(names: readonly string[], negated = false): Criterion {
  return {
    kind: "names",
    names,
    throttling: names.length > 0 && names.every(isThrottlingName),
    negated,
  };
}

function criterionOf(test: TSESTree.Node, region: Region): Criterion {
  const node = unwrap(test);
  switch (node.type) {
    case T.SwitchCase:
      return node.test === null ? OTHER : compared(node.test, false);
    case T.BinaryExpression:
      return comparison(node, region);
    case T.CallExpression:
      return called(node, region);
    case T.MemberExpression:
      return /^throttling$/.test(memberName(node) ?? "")
        ? { ...OTHER, throttling: true }
        : isErrorItself(node, region)
          ? GUARD
          : OTHER;
    default:
      return isErrorItself(node, region) ? GUARD : answered(node);
  }
}

/** What a test asks whose answer a constant holds: `const isThrottling = error.name === "ThrottlingException"`. */
function answered(node: TSESTree.Node): Criterion {
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  const declared = variable?.defs[0]?.node;
  if (variable === undefined || assignedTo(variable).length > 0) return OTHER;
  return declared?.type === T.VariableDeclarator && declared.init !== null
    ? oneOfReturned([declared.init])
    : OTHER;
}

/** Whether an expression is the whole error, so that asking for its truth tells no errors apart. */
function isErrorItself(node: TSESTree.Node, region: Region): boolean {
  const place = placeOf(node);
  if (place === undefined) return false;
  return (
    region.outcomes.some((outcome) => outcome.place === place) ||
    (node.type === T.Identifier && /^(?:e|ex|err|error|exception|last\w*|caught)$/i.test(node.name))
  );
}

function comparison(node: TSESTree.BinaryExpression, region: Region): Criterion {
  if (node.operator === "instanceof") {
    const right = unwrap(node.right);
    const name =
      right.type === T.Identifier
        ? right.name
        : right.type === T.MemberExpression
          ? memberName(right)
          : undefined;
    return name === undefined || /^(?:\w*ServiceException|Error)$/.test(name)
      ? GUARD
      : named([name]);
  }
  if (node.operator === "in") return GUARD;
  if (!/^[!=]==?$/.test(node.operator)) return OTHER;
  const negated = node.operator.startsWith("!");
  const [subject, value] = mentions(node.left, region.fromError)
    ? [node.left, node.right]
    : [node.right, node.left];
  const asked = unwrap(subject);
  if (asked.type === T.UnaryExpression && asked.operator === "typeof") return { ...GUARD, negated };
  if (isErrorItself(asked, region)) return { ...GUARD, negated: !negated };
  return compared(value, negated);
}

function compared(value: TSESTree.Node, negated: boolean): Criterion {
  const constant = constantOf(value)?.value;
  if (typeof constant === "string") return named([constant], negated);
  return constant === 429 ? { ...OTHER, throttling: true, negated } : { ...OTHER, negated };
}

function called(node: TSESTree.CallExpression, region: Region): Criterion {
  const member = calleeMember(node);
  const name = calleeName(node) ?? "";
  if (
    member !== undefined &&
    (name === "has" || name === "includes") &&
    !mentions(member.object, region.fromError)
  ) {
    const names = stringsOf(member.object);
    return names === undefined ? OTHER : named(names);
  }
  const { functions, complete } = functionsOf(node.callee);
  const [fn] = functions;
  if (fn === undefined || !complete || functions.length > 1) return OTHER;
  return oneOfReturned(returnedBy(fn));
}

/** What a test function asks by the values that it may return: what one of them lets through passes, whatever the others ask. */
function oneOfReturned(values: readonly TSESTree.Node[]): Criterion {
  const asking = values.filter((value) => constantOf(value)?.value !== false);
  const parts = asking.flatMap(disjuncts).map(alternatives);
  const names = parts.flatMap((part) => part ?? []);
  if (names.length === 0) return OTHER;
  return parts.includes(undefined)
    ? { ...named(names), kind: "other", throttling: false }
    : named(names);
}

/** The tests of which one is enough; of those that must hold together, the last tells errors apart. */
function disjuncts(expression: TSESTree.Node): readonly TSESTree.Node[] {
  const node = unwrap(expression);
  if (node.type !== T.LogicalExpression || node.operator === "??") return [node];
  const right = disjuncts(node.right);
  return node.operator === "||" ? [...disjuncts(node.left), ...right] : right;
}

/** The names of `e.name === "A" || e.name === "B"`, or of a list that is asked for the name. */
function alternatives(expression: TSESTree.Node): readonly string[] | undefined {
  const node = unwrap(expression);
  if (node.type === T.LogicalExpression && node.operator === "||") {
    const parts = disjuncts(node).map(alternatives);
    return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }
  if (node.type === T.LogicalExpression && node.operator === "&&") return alternatives(node.right);
  if (node.type === T.BinaryExpression && /^===?$/.test(node.operator)) {
    const name = stringOf(node.right) ?? stringOf(node.left);
    return name === undefined ? undefined : [name];
  }
  if (node.type === T.BinaryExpression && node.operator === "instanceof") {
    const name =
      unwrap(node.right).type === T.Identifier
        ? (unwrap(node.right) as TSESTree.Identifier).name
        : undefined;
    return name === undefined || placesIn(node.left).size === 0 ? undefined : [name];
  }
  const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
  return member !== undefined && /^(?:has|includes)$/.test(memberName(member) ?? "")
    ? stringsOf(member.object)
    : undefined;
}

function stringsOf(collection: TSESTree.Node): readonly string[] | undefined {
  const origin = soleOrigin(collection) ?? unwrap(collection);
  const first: TSESTree.Node | undefined =
    origin.type === T.NewExpression ? origin.arguments[0] : origin;
  const list = first === undefined ? undefined : (soleOrigin(first) ?? unwrap(first));
  if (list?.type !== T.ArrayExpression) return undefined;
  const names = list.elements.map((element) =>
    element === null || element.type === T.SpreadElement ? undefined : stringOf(element),
  );
  return names.includes(undefined) ? undefined : (names as string[]);
}
