/** Rounds over what an answer says was left undone: `left = answer.FailedRequestList`, `RequestItems: answer.UnprocessedItems`. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, contains, isFunction, memberName, staticKey } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { isLog } from "../log.ts";
import { once } from "../once.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { derived, giftOf, giftOfLoop, mentions } from "./derived.ts";
import { isPut, type Region } from "./region.ts";
import { places } from "./outcome-names.ts";
import {
  boundNames,
  type Place,
  placeOf,
  placeOfReceiver,
  placesIn,
  targetOf,
  type WriteNode,
} from "./places.ts";
import type { State } from "./state.ts";
import { partsOf, writesOfStep } from "./steps.ts";
import { touches, type Work } from "./work-input.ts";

/** `FailedRequestList` of Connect, `UnprocessedItems` and `UnprocessedKeys` of DynamoDB, `Failed` of SQS. */
const LEFT_UNDONE = /^(?:failed|unprocessed)(?!\w*(?:count|number|reason)$)\w*$/i;

interface Leftovers {
  /** Whether an expression reads what an answer left undone. */
  readonly isNamed: (value: TSESTree.Node) => boolean;
  /** The places that hold it, or something made of it, at some time. */
  readonly places: ReadonlySet<Place>;
}

/** Whether what is sent at the end of a way is what the answer at its beginning left undone. */
export function sendsLeftovers(region: Region, work: Work, state: State): boolean {
  if (work.overData) return false;
  const { anchor } = region;
  const leftovers = leftoversIn(region);
  /** Whether a place was filled with leftovers last. */
  const filled = new Map<Place, boolean>();
  const isMadeOfThem = (value: TSESTree.Node): boolean =>
    leftovers.isNamed(value) ||
    (!contains(value, anchor) &&
      [...placesIn(value)].some((place) => filled.get(place) ?? leftovers.places.has(place)));
  for (const step of partsOf(region, state).cycle) {
    if (step.kind === "bind")
      for (const [place, value] of step.values)
        if (value !== undefined) filled.set(place, isMadeOfThem(value));
    if (step.kind === "put" && step.node.arguments.some(isMadeOfThem))
      filled.set(placeOfReceiver(step.node) ?? "", true);
    for (const write of writesOfStep(step))
      for (const { to, value } of giftOf(write)) {
        const isFilled = isMadeOfThem(value);
        for (const place of to) filled.set(place, isFilled || takenOut(write).includes(place));
      }
  }
  const sent = placesIn(anchor);
  return [...filled].some(([place, isFilled]) => isFilled && touches(sent, place));
}

/** Whether a call puts what an answer left undone into a collection. */
export function putsLeftovers(region: Region, put: TSESTree.CallExpression): boolean {
  const { isNamed, places: held } = leftoversIn(region);
  return put.arguments.some((value) => isNamed(value) || mentions(value, held));
}

/**
 * Whether nothing behind a loop asks for what is left when its rounds run out, but for logs. Unknown, and taken for no, where others hold
 * the list, and of functions that call themselves.
 */
export function losesLeftovers(region: Region): boolean {
  const { root, writes } = region;
  if (isFunction(root)) return false;
  const { places: held } = leftoversIn(region);
  return writes
    .flatMap((write) => boundNames(targetOf(write)))
    .filter((name) => held.has(placeOf(name) ?? ""))
    .every((name) => {
      const variable = name.type === T.Identifier ? variableOf(name) : undefined;
      return variable?.references.every(
        ({ identifier }) => identifier.range[0] < root.range[1] || isLogged(identifier),
      );
    });
}

function isLogged(node: TSESTree.Node): boolean {
  return [...ancestors(node)].some((outer) => outer.type === T.CallExpression && isLog(outer));
}

const leftoversIn = once(({ anchor, fromResult, root, writes }: Region): Leftovers => {
  const { visitorKeys } = unitOf(root);
  const nodes = [...walk(root, visitorKeys)];
  const isNamed = (value: TSESTree.Node): boolean =>
    [...walk(value, visitorKeys)].some(
      (node) =>
        node.type === T.MemberExpression &&
        LEFT_UNDONE.test(memberName(node) ?? "") &&
        (contains(node.object, anchor) || mentions(node.object, fromResult)),
    );
  const puts = nodes.flatMap((node) => {
    const place = node.type === T.CallExpression && isPut(node) ? placeOfReceiver(node) : undefined;
    return place === undefined || node.type !== T.CallExpression
      ? []
      : node.arguments.map((value) => ({ to: [place], value }));
  });
  const held = derived(
    // The next answer holds leftovers of its own.
    [...writes.flatMap(giftOf), ...nodes.flatMap(giftOfLoop), ...puts].filter(
      ({ value }) => !contains(value, anchor) || isNamed(value),
    ),
    writes
      .filter((write) =>
        giftOf(write).some(({ value }) => contains(value, anchor) || mentions(value, fromResult)),
      )
      .flatMap(takenOut),
    isNamed,
    true,
  );
  return { isNamed, places: held };
});

/** The names that a pattern fills with what an answer lists: `const { UnprocessedItems: left } = answer`. */
function takenOut(write: WriteNode): readonly Place[] {
  const target = targetOf(write);
  if (target.type !== T.ObjectPattern) return [];
  return target.properties.flatMap((property) =>
    property.type === T.Property && LEFT_UNDONE.test(staticKey(property, property.key) ?? "")
      ? places(property.value)
      : [],
  );
}
