/** Whether anything reads the list in which a batch operation says what it left undone. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, wrapped } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { functionsOf } from "../program/values.ts";
import { usesOfBinding, usesOfValue, type ValueUse } from "../program/value-uses.ts";
import type { SdkCall } from "./call.ts";
import { requestFate } from "./request.ts";

/** Whether an output member of a call is read, wherever its result goes. */
export function isOutputRead(call: SdkCall, member: string): Answer {
  if (call.style === "paginator") return "unknown";
  // A request that is not sent has no output; that is another fault.
  if (call.style === "request" && requestFate(call).isSent !== "yes") return "unknown";
  const answers = resultUses(call).flatMap((use) => reads(use, member));
  if (answers.includes("yes")) return "yes";
  return answers.includes("unknown") ? "unknown" : "no";
}

/** What is done with the result of a call, or with the promise of it. */
function resultUses(call: SdkCall): readonly ValueUse[] {
  const callback = call.node.arguments.find((argument) => isFunction(argument));
  if (callback !== undefined && isFunction(callback)) {
    const data = callback.params[1];
    return data === undefined ? [] : usesOfBinding(data);
  }
  if (call.style === "helper") return usesOfValue(call.node);
  // Whatever else follows the input may be a callback.
  if (call.node.arguments.length > 1 && call.node.arguments[1]?.type !== T.ObjectExpression) {
    return [{ kind: "unknown", node: call.node }];
  }
  return usesOfValue(call.node);
}

function reads(use: ValueUse, member: string): readonly Answer[] {
  switch (use.kind) {
    case "ignored":
      return ["no"];
    case "unknown":
      return ["unknown"];
    case "destructured":
      if (use.keys.includes(member)) return ["yes"];
      return [use.hasRest || use.keys.includes(undefined) ? "unknown" : "no"];
    case "member":
      return memberReads(use, member);
  }
}

function memberReads(
  use: ValueUse & { readonly kind: "member" },
  member: string,
): readonly Answer[] {
  const { node, name } = use;
  if (name === undefined) return ["unknown"];
  if (name === member) return ["yes"];
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type !== T.CallExpression || parent.callee !== outer) return ["no"];
  switch (name) {
    case "promise":
    case "catch":
    case "finally":
      return usesOfValue(parent).flatMap((next) => reads(next, member));
    case "then":
      return thenReads(parent, member);
    default:
      return ["unknown"];
  }
}

function thenReads(call: TSESTree.CallExpression, member: string): readonly Answer[] {
  const [handler] = call.arguments;
  if (handler === undefined || handler.type === T.SpreadElement) return ["unknown"];
  const { functions, complete } = functionsOf(handler);
  if (!complete || functions.length === 0) return ["unknown"];
  return functions.flatMap((fn) => {
    const [data] = fn.params;
    return data === undefined
      ? ["no" as const]
      : usesOfBinding(data).flatMap((use) => reads(use, member));
  });
}
