/** What stands around a piece of a handler: a net, a branch for another event. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, contains, isFunction, memberName, wrapped } from "../../ast/nodes.ts";
import { callOf, nameOfFunction, usesOf } from "../program/callers.ts";
import { stringOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { FAILURE_PHRASE } from "./failure.ts";
import { isExport } from "./handler.ts";

const MAX_HOPS = 12;

/** Whether an error at a node is caught: by a `try` around it, or around every call of its function. */
export function isCaught(node: TSESTree.Node, depth = 0): boolean {
  let inner = node;
  for (const ancestor of ancestors(node)) {
    if (
      ancestor.type === T.TryStatement &&
      ancestor.handler !== null &&
      contains(ancestor.block, inner)
    )
      return true;
    if (isFunction(ancestor) && nameOfFunction(ancestor) !== undefined) {
      const { sites } = usesOf(ancestor);
      return (
        depth < MAX_HOPS &&
        sites.length > 0 &&
        sites.every((site) => isCaught(site, depth + 1) || catchesRejection(site))
      );
    }
    inner = ancestor;
  }
  return false;
}

/** `f().catch(…)`, or a use of `f` that is no call, of which nothing is known. */
function catchesRejection(site: TSESTree.Node): boolean {
  const call = callOf(site);
  if (call === undefined) return !isExport(site);
  const member = wrapped(call).parent;
  return member?.type === T.MemberExpression && memberName(member) === "catch";
}

/** Whether code stands on a branch for another `detail-type`. */
export function isForOtherEvent(node: TSESTree.Node): boolean {
  const { text } = unitOf(node);
  const names = (part: TSESTree.Node): boolean => /detail-?type/i.test(text.slice(...part.range));
  let inner = node;
  for (const ancestor of ancestors(node)) {
    if (ancestor.type === T.IfStatement && ancestor.consequent === inner && names(ancestor.test)) {
      return !text.slice(...ancestor.test.range).includes(FAILURE_PHRASE);
    }
    if (
      ancestor.type === T.SwitchCase &&
      names(ancestor.parent.discriminant) &&
      ancestor.test !== null
    ) {
      return stringOf(ancestor.test)?.includes(FAILURE_PHRASE) === false;
    }
    inner = ancestor;
  }
  return false;
}
