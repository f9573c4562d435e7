/** Limits other than counters: clocks, signals, and helpers that give up by themselves. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeMember, calleeName, contains, memberName } from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import type { Answer } from "../answer.ts";
import { sleepAt } from "../delay/sleep.ts";
import { isGlobal, variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { placesIn, placesWritten } from "./places.ts";
import { type Region } from "./region.ts";
import { mentions } from "./derived.ts";

/** Whether an expression reads a clock: the time, the process's uptime, or the time that a Lambda has left. */
export function readsClock(root: TSESTree.Node): boolean {
  return [...walk(root, unitOf(root).visitorKeys)].some((node) => {
    if (node.type === T.NewExpression)
      return isGlobal(node.callee, "Date") && node.arguments.length === 0;
    if (node.type !== T.CallExpression) return false;
    const name = calleeName(node) ?? "";
    if (/^getRemainingTimeInMillis$|^(?:hrtime|uptime)$/.test(name)) return true;
    const member = calleeMember(node);
    return member !== undefined && memberName(member) === "now";
  });
}

/**
 * Whether a test is one of the clock against a moment fixed before the loop. A moment that is taken anew in each round never
 * passes: that is "unknown", since such code mostly measures something else.
 */
export function isByClock(test: TSESTree.Node, region: Region): Answer {
  if (test.type === T.ForOfStatement || test.type === T.ForInStatement) return "no";
  const remaining = [...walk(test, unitOf(test).visitorKeys)].some(
    (node) => node.type === T.CallExpression && calleeName(node) === "getRemainingTimeInMillis",
  );
  if (remaining) return "yes";
  const read = placesIn(test);
  const inLoop = region.writes.filter(
    (write) => placesWritten(write).some((place) => read.has(place)) && readsClock(write),
  );
  if (!readsClock(test) && inLoop.length === 0) return "no";
  const expressions = [test, ...inLoop];
  const outer = expressions
    .flatMap((expression) => identifiers(expression))
    .some((id) => {
      const variable = variableOf(id);
      const [definition] = variable?.defs ?? [];
      return definition !== undefined && !contains(region.root.body, definition.name);
    });
  return outer ? "yes" : "unknown";
}

function identifiers(root: TSESTree.Node): readonly TSESTree.Identifier[] {
  return [...walk(root, unitOf(root).visitorKeys)].filter((node) => node.type === T.Identifier);
}

/** Whether an expression asks an `AbortSignal`, or hands one to a sleep that then throws. */
export function isBySignal(root: TSESTree.Node): boolean {
  if (root.type === T.ForOfStatement || root.type === T.ForInStatement) return false;
  return identifiers(root).some(
    ({ name }) =>
      name === "aborted" || name === "throwIfAborted" || /^(?:abort)?signal$/i.test(name),
  );
}

/** Whether the code calls something, with its counter or error, that may itself give up by throwing. */
export function mayThrowByCount(region: Region): boolean {
  return mayThrow(
    region,
    (argument) => mentions(argument, region.tracked) || mentions(argument, region.fromError),
    true,
  );
}

/** Whether the code hands the error to something that may throw it again. */
export function mayRethrow(region: Region): boolean {
  return mayThrow(region, (argument) => mentions(argument, region.fromError), false);
}

/**
 * Whether something that the code calls may end it by throwing.
 * @param tells - whether an argument is what it would throw for
 * @param whateverTold - whether a function that is seen to throw counts without being told
 */
function mayThrow(
  region: Region,
  tells: (argument: TSESTree.Node) => boolean,
  whateverTold: boolean,
): boolean {
  for (const node of walkOwn(region.root, unitOf(region.root).visitorKeys)) {
    if (node.type !== T.CallExpression || region.stops.has(node) || contains(node, region.anchor))
      continue;
    if (whateverTold && calleeName(node) === "throwIfAborted") return true;
    if (
      sleepAt(node)?.certainty === "sure" &&
      functionsOf(node.callee).functions.every((fn) => !throws(fn))
    )
      continue;
    const { functions } = functionsOf(node.callee);
    const told = node.arguments.some(tells);
    if ((whateverTold || told) && functions.some(throws)) return true;
    if (
      functions.length === 0 &&
      told &&
      node.parent.type === T.AwaitExpression &&
      sleepAt(node) === undefined
    )
      return true;
  }
  return false;
}

function throws(fn: TSESTree.Node): boolean {
  return [...walkOwn(fn, unitOf(fn).visitorKeys)].some((node) => {
    if (node.type === T.ThrowStatement) return true;
    const member = node.type === T.CallExpression ? calleeMember(node) : undefined;
    return (
      member !== undefined && (memberName(member) === "reject" || memberName(member) === "exit")
    );
  });
}
