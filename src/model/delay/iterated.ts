/** Variables of `for…of`: the elements of a list of delays, or the numbers of the attempts. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../../ast/nodes.ts";
import { soleOrigin } from "../program/values.ts";
import { counter, FIXED, type Flow, oneOf, UNKNOWN_FLOW } from "./flow.ts";
import type { Frame } from "./frame.ts";
import { isWithin, type Reader } from "./reader.ts";

/** What a loop's variable runs through. */
export function iteratedFlow(
  reader: Reader,
  loop: TSESTree.ForInStatement | TSESTree.ForOfStatement,
  pattern: TSESTree.Node,
  name: TSESTree.Node | undefined,
  frame: Frame | undefined,
): Flow {
  const { region } = reader;
  // Around the attempts it stands still.
  if (region !== undefined && region !== loop && isWithin(region, loop)) return FIXED;
  if (region !== loop || loop.type === T.ForInStatement) return UNKNOWN_FLOW;
  const list = unwrap(loop.right);
  const view =
    list.type === T.CallExpression && list.callee.type === T.MemberExpression
      ? list.callee
      : undefined;
  const viewed = view === undefined ? undefined : memberName(view);
  if (pattern.type === T.ArrayPattern) {
    if (view === undefined || viewed !== "entries") return UNKNOWN_FLOW;
    return pattern.elements[0] === name
      ? counter(loop, 0, lastIndex(reader))
      : elementsFlow(reader, view.object, true, frame);
  }
  if (viewed === "keys") return counter(loop, 0, lastIndex(reader));
  return elementsFlow(
    reader,
    viewed === "values" && view !== undefined ? view.object : list,
    true,
    frame,
  );
}

function lastIndex({ attempts }: Reader): number | undefined {
  return attempts === undefined ? undefined : attempts - 1;
}

/**
 * An element of a list that is written down.
 * @param moves - whether each attempt takes another
 */
export function elementsFlow(
  reader: Reader,
  list: TSESTree.Node,
  moves: boolean,
  frame: Frame | undefined,
): Flow {
  const origin = soleOrigin(list, { intoCallers: false });
  const array =
    origin?.type === T.CallExpression && origin.arguments[0] !== undefined
      ? unwrap(origin.arguments[0])
      : origin;
  if (array?.type !== T.ArrayExpression || (origin !== array && !isFreeze(origin)))
    return UNKNOWN_FLOW;
  const elements = array.elements.map((element) =>
    element === null || element.type === T.SpreadElement
      ? UNKNOWN_FLOW
      : reader.flow(element, frame),
  );
  if (elements.length === 0) return UNKNOWN_FLOW;
  const flow = oneOf(elements);
  const same = flow.min !== undefined && flow.min === flow.max;
  return moves && !same && flow.changes !== "unknown"
    ? { ...flow, changes: "yes", evidence: [...flow.evidence, array] }
    : flow;
}

function isFreeze(call: TSESTree.Node | undefined): boolean {
  return (
    call?.type === T.CallExpression &&
    call.callee.type === T.MemberExpression &&
    memberName(call.callee) === "freeze"
  );
}
