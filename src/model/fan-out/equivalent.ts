/** Whether mapping at a pace gives what mapping at once gives, but for the time it takes. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, isFunction, memberName, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { readOnlyByName } from "../../knowledge/index.ts";
import { isGlobal } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { unitOf } from "../program/unit.ts";
import { sdkCallAt } from "../sdk/identify.ts";

/**
 * Whether nothing but the pace changes when `items.map(fn)` starts its calls one after the other. After a failure the calls that are
 * not yet begun stay undone, so the callback may only read.
 */
export function isSameAtAnyPace(map: TSESTree.CallExpression): boolean {
  const member = calleeMember(map);
  const [callback] = map.arguments;
  if (member === undefined || callback === undefined || !isFunction(callback)) return false;
  const types = namedTypesAt(member.object);
  const isArray = types.length > 0 && types.every(({ name }) => /^(?:Readonly)?Array$/.test(name));
  return isArray && onlyReads(callback);
}

function onlyReads(callback: TSESTree.Node): boolean {
  let reads = 0;
  for (const node of walk(callback, unitOf(callback).visitorKeys)) {
    if (node.type === T.ForOfStatement && node.await) return false;
    if (node.type !== T.CallExpression) continue;
    const call = sdkCallAt(node);
    if (call === undefined) {
      if (!isHarmless(node)) return false;
      continue;
    }
    reads += 1;
    // A paginator makes any number of requests; a callback has nobody who waits for it.
    if (call.style === "paginator" || call.style === "request" || call.operation === undefined)
      return false;
    if (!(call.facts?.readOnly ?? readOnlyByName(call.operation))) return false;
  }
  return reads === 1;
}

const HARMLESS_OWNERS = ["console", "JSON", "Math", "Object"];

function isHarmless(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  if (member === undefined)
    return isGlobal(unwrap(call.callee), "String") || isGlobal(unwrap(call.callee), "Number");
  const owner = unwrap(member.object);
  return memberName(member) !== "assign" && HARMLESS_OWNERS.some((name) => isGlobal(owner, name));
}
