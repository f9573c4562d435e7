/** Whether a test ends the attempts in the long run, although the numbers in it cannot be read. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { constantOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { collectionOf } from "./collection.ts";
import { mentions } from "./derived.ts";
import { isByClock, isBySignal } from "./limits.ts";
import {
  isMember,
  isWrite,
  type Place,
  placeOf,
  placeOfReceiver,
  placesIn,
  placesWritten,
} from "./places.ts";
import { fixed } from "./readings.ts";
import { isVolatile, type Region } from "./region.ts";
import type { TestStep } from "./state.ts";

/** Whether a test ends the attempts: `yes` also where only the number of them cannot be read. */
export function limits(
  test: TestStep,
  region: Region,
  unread: ReadonlySet<TSESTree.Node>,
  advanced: ReadonlySet<Place>,
  changed: ReadonlySet<Place>,
  reset: Place | undefined,
): "no" | "unknown" | "yes" {
  const { node } = test;
  if (node.type === T.ForInStatement) return "yes";
  if (node.type === T.ForOfStatement)
    return collectionOf(node.right).kind === "endless" || node.await ? "unknown" : "yes";
  if (isBySignal(node)) return "yes";
  const clock = isByClock(node, region);
  if (clock !== "no") return clock;
  if (!unread.has(node)) return "no";
  const places = placesIn(node);
  const counts = [...places].some((place) => advanced.has(place));
  if (counts) {
    if (isCall(node)) return "unknown";
    if (reset !== undefined && places.has(reset)) return "no";
    return isEquality(node) && !isSingleStep(region, advanced) ? "unknown" : "yes";
  }
  if (mentions(node, region.fromError)) return isCountedByMethod(node) ? "unknown" : "no";
  if ([...places].some((place) => changed.has(place))) return "unknown";
  return isSettled(node, region, places) ? "no" : "unknown";
}

/** Whether nothing in the code can make the test come out otherwise in a later round. */
function isSettled(node: TSESTree.Node, region: Region, places: ReadonlySet<Place>): boolean {
  if (isCall(node) || node.type === T.SwitchCase || isVolatile(region, node)) return false;
  const sides = node.type === T.BinaryExpression ? [node.left, node.right].map(unwrap) : [node];
  // What a function answers may be another thing each time, as with `timeLeft() > 0`.
  if (sides.some((side) => isCall(side) || isVolatile(region, side))) return false;
  // A member may be changed by whatever holds the object; as the limit of a counter of its own it is taken to stay.
  const members = sides.filter(({ type }) => type === T.MemberExpression);
  if (members.every((side) => fixed(side) !== undefined))
    return ![...places].some(isMember) || members.length > 0;
  const isLimit =
    node.type === T.BinaryExpression &&
    /^[<>]/.test(node.operator) &&
    members.length === 1 &&
    sides.some(({ type }) => type === T.Identifier);
  return isLimit && !isRefilled(region, members);
}

/** Whether the loop puts anything into, or takes it off, what a member belongs to. */
function isRefilled(region: Region, members: readonly TSESTree.Node[]): boolean {
  const owners = new Set(
    members.flatMap((member) =>
      member.type === T.MemberExpression ? (placeOf(member.object) ?? []) : [],
    ),
  );
  return [...walk(region.root, unitOf(region.root).visitorKeys)].some((node) => {
    const place = placeOfReceiver(node);
    return (
      place !== undefined &&
      owners.has(place) &&
      node.type === T.CallExpression &&
      /^(?:push|unshift|shift|pop|splice|add|delete|clear)$/.test(calleeName(node) ?? "")
    );
  });
}

/** Whether a test calls a method of its own object that changes the object, so that it may count what it is shown, or that cannot be read. */
function isCountedByMethod(test: TSESTree.Node): boolean {
  const node = unwrap(test);
  const call = node.type === T.AwaitExpression ? unwrap(node.argument) : node;
  const member = call.type === T.CallExpression ? calleeMember(call) : undefined;
  if (call.type !== T.CallExpression || member?.object.type !== T.ThisExpression) return false;
  const { functions } = functionsOf(call.callee);
  return (
    functions.length === 0 ||
    functions.some((fn) =>
      [...walk(fn, unitOf(fn).visitorKeys)].some(
        (each) => isWrite(each) && placesWritten(each).some((place) => place.startsWith("this.")),
      ),
    )
  );
}

function isCall(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return inner.type === T.CallExpression || inner.type === T.AwaitExpression;
}

/** Whether a test compares for equality. */
export function isEquality(node: TSESTree.Node): boolean {
  return node.type === T.BinaryExpression && /^[!=]==?$/.test(node.operator);
}

function isSingleStep(region: Region, advanced: ReadonlySet<Place>): boolean {
  const bumps = region.writes.filter(
    (write) =>
      placesWritten(write).some((place) => advanced.has(place)) &&
      write.type !== T.VariableDeclarator,
  );
  return (
    bumps.length === 1 &&
    bumps.every(
      (write) =>
        write.type === T.UpdateExpression ||
        (write.type === T.AssignmentExpression &&
          unwrap(write.right).type === T.Literal &&
          constantOf(write.right)?.value === 1),
    )
  );
}
