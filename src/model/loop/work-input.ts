/** What the attempts of a region work on. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, contains, isLoop, itemOf } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { sleepAt } from "../delay/sleep.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { collectionOf } from "./collection.ts";
import { places } from "./outcome-names.ts";
import {
  isKey,
  type Place,
  placeOf,
  placeOfReceiver,
  placesIn,
  placesWritten,
  type WriteNode,
} from "./places.ts";
import type { Region } from "./region.ts";

export interface Work {
  /** The places that the attempt's input is made of. */
  readonly inputs: ReadonlySet<Place>;
  /** Those of them that only count attempts: never an index into something. */
  readonly counters: ReadonlySet<Place>;
  /** Each round takes its work off something shared. */
  readonly drains: boolean;
  /** A call that is not followed gives the input, perhaps another one each time. */
  readonly unclear: boolean;
  /** A next-page token plays a part. */
  readonly pages: boolean;
  /** The loop goes over data, which is its work. */
  readonly overData: boolean;
}

const TOKEN =
  /^(?:next|continuation|page|pagination|starting|exclusiveStart|lastEvaluated)_?(?:page)?_?(?:token|key|marker|cursor)$|^(?:marker|cursor|nextMarker|nextPage|hasMore|hasNext|hasNextPage)$/i;

const TAKES = /^(?:shift|pop|splice|dequeue|take|next|poll|receive\w*|delete)$/;

const PLAIN =
  /^(?:randomUUID|uuid\w*|v[1-7]|nanoid|now|toString|toISOString|String|Number|stringify|parse|parseInt|trim|join|map|filter|slice|concat|keys|values|entries|assign|fromEntries|get|min|max|floor)$/;

/** Reads what the anchor of a region works on. */
export function workOf(region: Region): Work {
  const keys = unitOf(region.root).visitorKeys;
  const nodes = [...walk(region.root, keys)];
  const within = nodes.filter(
    (node): node is TSESTree.ForInStatement | TSESTree.ForOfStatement =>
      (node.type === T.ForOfStatement || node.type === T.ForInStatement) &&
      node !== region.root &&
      contains(node, region.anchor),
  );
  const inputs = new Set(placesIn(region.anchor));
  const made: WriteNode[] = [];
  for (let size = -1; size !== inputs.size;) {
    size = inputs.size;
    for (const write of region.writes) {
      if (
        made.includes(write) ||
        contains(write, region.anchor) ||
        !placesWritten(write).some((place) => touches(inputs, place))
      )
        continue;
      made.push(write);
      for (const place of placesIn(write)) inputs.add(place);
    }
    // The item of an inner loop is made of what that loop goes over.
    for (const { left, right } of within) {
      if ([...placesIn(left)].some((place) => inputs.has(place)))
        for (const place of placesIn(right)) inputs.add(place);
    }
  }
  const sources = [
    region.anchor,
    ...made.flatMap((write) =>
      write.type === T.VariableDeclarator
        ? (write.init ?? [])
        : write.type === T.AssignmentExpression
          ? write.right
          : [],
    ),
  ];
  const calls = sources.flatMap((source) =>
    [...walk(source, keys)].filter(
      (node) => node.type === T.CallExpression && node !== region.anchor,
    ),
  );
  return {
    inputs,
    counters: countersOf(region, nodes),
    drains: nodes.some(
      (node) => node.type === T.CallExpression && node !== region.anchor && isTaking(node, inputs),
    ),
    unclear: calls.some(
      (call) => call.type === T.CallExpression && !PLAIN.test(calleeName(call) ?? ""),
    ),
    pages:
      nodes.some((node) => node.type === T.Identifier && TOKEN.test(node.name)) ||
      isNextCall(region.anchor),
    overData: isOverData(region, inputs),
  };
}

function isNextCall(anchor: TSESTree.Node): boolean {
  return (
    anchor.type === T.CallExpression &&
    calleeName(anchor) === "next" &&
    anchor.arguments.length === 0
  );
}

/** Whether a place is an input or belongs to one. */
export function touches(inputs: ReadonlySet<Place>, place: Place): boolean {
  if (inputs.has(place)) return true;
  const dot = place.lastIndexOf(".");
  return dot > 0 && touches(inputs, place.slice(0, dot));
}

function isTaking(call: TSESTree.CallExpression, inputs: ReadonlySet<Place>): boolean {
  const owner = placeOfReceiver(call);
  return owner !== undefined && TAKES.test(calleeName(call) ?? "") && touches(inputs, owner);
}

/** Variables that are only ever advanced and never used to pick something. */
function countersOf(region: Region, nodes: readonly TSESTree.Node[]): Set<Place> {
  const counters = new Set(
    region.writes.flatMap((write) => (isCount(write) ? placesWritten(write) : [])),
  );
  if (
    region.root.type === T.ForOfStatement &&
    /range|numbers/.test(collectionOf(region.root.right).kind)
  ) {
    for (const place of itemPlaces(region)) counters.add(place);
  }
  for (const node of nodes) {
    const picks =
      node.type === T.MemberExpression && node.computed
        ? [node.property]
        : node.type === T.CallExpression && /^(?:at|slice|subarray)$/.test(calleeName(node) ?? "")
          ? node.arguments
          : [];
    if (picks.length > 0 && !isInWait(node, region))
      for (const place of picks.flatMap((pick) => [...placesIn(pick)])) counters.delete(place);
  }
  return counters;
}

function isCount(write: WriteNode): boolean {
  return (
    write.type === T.UpdateExpression ||
    (write.type === T.AssignmentExpression &&
      (/^[-+]=$/.test(write.operator) ||
        (write.right.type === T.BinaryExpression &&
          placesWritten(write).some((place) => placesIn(write.right).has(place)))))
  );
}

/** Whether a node is part of a sleep, as in `sleep(DELAYS[attempt])`. */
function isInWait(
  node: TSESTree.Node,
  region: Region,
  asked: ReadonlySet<TSESTree.Node> = new Set(),
): boolean {
  // A use may stand outside of the region; ESLint gives the program a parent of `null`.
  for (
    let current: TSESTree.Node | undefined = node;
    current && current !== region.root;
    current = current.parent
  ) {
    if (sleepAt(current) !== undefined) return true;
    if (current.type === T.VariableDeclarator && current.id.type === T.Identifier) {
      // A function that names itself, or one that names it in turn, is no length of a sleep.
      if (asked.has(current)) return false;
      const further = new Set([...asked, current]);
      const uses =
        variableOf(current.id)?.references.filter((reference) => reference.isRead()) ?? [];
      return (
        uses.length > 0 &&
        uses.every(
          ({ identifier }) =>
            identifier.parent.type !== T.VariableDeclarator &&
            isInWait(identifier, region, further),
        )
      );
    }
  }
  return false;
}

/** The places that the head of a loop over something binds. */
export function itemPlaces(region: Region): readonly Place[] {
  const { root } = region;
  if (root.type !== T.ForOfStatement && root.type !== T.ForInStatement) return [];
  return places(itemOf(root));
}

/** A `for…of` or `for…in` whose item is used for more than the length of a sleep. */
function isOverData(region: Region, inputs: ReadonlySet<Place>): boolean {
  const { root } = region;
  if (root.type === T.ForInStatement) return true;
  if (root.type !== T.ForOfStatement) return false;
  const items = new Set(itemPlaces(region));
  if (/range|numbers/.test(collectionOf(root.right).kind)) return false;
  if ([...items].some((item) => inputs.has(item))) return true;
  return [...walk(root.body, unitOf(root).visitorKeys)].some(
    (node) =>
      node.type === T.Identifier &&
      !isKey(node) &&
      items.has(placeOf(node) ?? "") &&
      !isInWait(node, region) &&
      !isLogged(node),
  );
}

function isLogged(node: TSESTree.Node): boolean {
  for (
    let current: TSESTree.Node | undefined = node;
    current && !isLoop(current);
    current = current.parent
  ) {
    if (
      current.type === T.CallExpression &&
      calleeMember(current) !== undefined &&
      /^(?:log|debug|info|warn|error|trace)$/.test(calleeName(current) ?? "")
    )
      return true;
  }
  return false;
}
