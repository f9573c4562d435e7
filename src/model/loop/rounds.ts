/** Rounds over a batch: what failed in one round is what the next one works on. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  contains,
  isFunction,
  type LoopNode,
  memberName,
  rejectionHandler,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { unitOf } from "../program/unit.ts";
import { type Place, placeOf, placesIn, placesWritten } from "./places.ts";
import { regionOf } from "./region.ts";
import { mentions } from "./derived.ts";

/**
 * Whether a loop runs `anchor` for each item of a list, and puts what failed in the place of that list:
 * `pending = pending.filter((_, i) => results[i].status === "rejected")`. Nothing more is said of such a loop.
 */
export function repeatsFailures(loop: LoopNode, anchor: TSESTree.Node): boolean {
  const mapped = [...ancestors(anchor)].find(
    (node): node is TSESTree.CallExpression =>
      node.type === T.CallExpression &&
      contains(loop.body, node) &&
      /^(?:map|flatMap|forEach)$/.test(memberNameOf(node)),
  );
  const list = mapped === undefined ? undefined : calleeMember(mapped)?.object;
  if (mapped === undefined || list === undefined) return false;
  const lists = placesIn(list);
  const region = regionOf(loop, mapped);
  const failed = new Set([...region.fromResult, ...collectedIn(mapped)]);
  return region.writes.some(
    (write) =>
      write.type === T.AssignmentExpression &&
      write.operator === "=" &&
      placesWritten(write).some((place) => lists.has(place)) &&
      mentions(write.right, failed),
  );
}

function memberNameOf(call: TSESTree.CallExpression): string {
  const member = calleeMember(call);
  return (member && memberName(member)) ?? "";
}

/** The lists that the handlers of failures in some code put something into. */
function collectedIn(code: TSESTree.Node): readonly Place[] {
  const { visitorKeys } = unitOf(code);
  const handlers = [...walk(code, visitorKeys)].flatMap((node) => {
    if (node.type === T.CatchClause) return [node.body];
    const handler = node.type === T.CallExpression ? rejectionHandler(node) : undefined;
    return isFunction(handler) ? [handler.body] : [];
  });
  return handlers
    .flatMap((handler) => [...walk(handler, visitorKeys)])
    .flatMap((node) => {
      if (node.type !== T.CallExpression || memberNameOf(node) !== "push") return [];
      return placeOf(calleeMember(node)?.object ?? node) ?? [];
    });
}
