/** Whether a request object of SDK v2 is ever sent: an operation's call alone makes it and sends nothing. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, isFunction, memberName, unwrap, wrapped } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { typeAt } from "../program/checker.ts";
import { originsOf } from "../program/values.ts";
import { usesOfValue, type ValueUse } from "../program/value-uses.ts";
import type { SdkCall } from "./call.ts";

/** What is known of a v2 request. */
export interface RequestFate {
  readonly isSent: Answer;
  /** Calls of `.on(…)` and the like, which expect the request to be sent later. */
  readonly listeners: readonly TSESTree.CallExpression[];
}

/** Methods that send. */
const SENDING = new Set(["promise", "send", "eachPage", "eachItem", "createReadStream"]);
/** Methods that prepare a request and return it. */
const PREPARING = new Set(["on", "onAsync", "addListener", "removeListener", "removeAllListeners"]);
/** What the request of a v2 operation has besides; none of them sends it. Other names are not members of a request at all. */
const UNCLEAR = new Set([
  "presign",
  "runTo",
  "build",
  "emit",
  "toString",
  "constructor",
  "prototype",
]);

/** Follows the request that a v2 operation's call makes. */
export function requestFate(call: SdkCall): RequestFate {
  if (call.style !== "request") return { isSent: "unknown", listeners: [] };
  const callback = passesCallback(call.node);
  if (callback !== "no") return { isSent: callback, listeners: [] };
  const listeners: TSESTree.CallExpression[] = [];
  const answers = usesOfValue(call.node).flatMap((use) => sentBy(use, listeners));
  const isSent = answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
  return { isSent, listeners };
}

function sentBy(use: ValueUse, listeners: TSESTree.CallExpression[]): readonly Answer[] {
  switch (use.kind) {
    case "ignored":
      return ["no"];
    case "unknown":
      return ["unknown"];
    case "destructured":
      return [
        use.hasRest || use.keys.some((key) => key === undefined || SENDING.has(key))
          ? "unknown"
          : "no",
      ];
    case "member":
      return [...memberSends(use, listeners)];
  }
}

function* memberSends(
  { node, name }: ValueUse & { readonly kind: "member" },
  listeners: TSESTree.CallExpression[],
): Generator<Answer> {
  const outer = wrapped(node);
  const { parent } = outer;
  const isCalled = parent?.type === T.CallExpression && parent.callee === outer;
  if (name === undefined || UNCLEAR.has(name)) yield "unknown";
  else if (SENDING.has(name)) yield isCalled ? "yes" : "unknown";
  else if (!isCalled) yield PREPARING.has(name) ? "unknown" : "no";
  else if (!PREPARING.has(name)) yield "no";
  else {
    listeners.push(parent);
    // Each returns the request.
    for (const use of usesOfValue(parent)) yield* sentBy(use, listeners);
  }
}

/** Whether a v2 operation is given a callback, which sends the request at once. */
function passesCallback(node: TSESTree.CallExpression): Answer {
  const [first, second] = node.arguments;
  if (node.arguments.some((argument) => argument.type === T.SpreadElement)) return "unknown";
  if (second !== undefined) return "yes";
  if (first === undefined) return "no";
  const origins = originsOf(first).nodes;
  if (origins.some(isFunction)) return "yes";
  if (origins.length > 0 && origins.every((origin) => origin.type === T.ObjectExpression))
    return "no";
  const value = unwrap(first);
  // Behind `as any` the type is still there.
  const type = typeAt(first) ?? typeAt(value);
  if (type !== undefined) return type.getCallSignatures().length > 0 ? "yes" : "no";
  return value.type === T.Identifier && isNamedAsCallback(value.name) ? "unknown" : "no";
}

function isNamedAsCallback(name: string): boolean {
  return (
    /^(?:cb|done|next|fn|handle\w*)$|(?:callback|handler)$/i.test(name) || /^on[A-Z]/.test(name)
  );
}

/** The call of `.then`, `.catch` or `.finally` on a request, which has none of them. */
export function promiseMethodOn(
  node: TSESTree.CallExpression,
): TSESTree.CallExpression | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type !== T.MemberExpression || parent.object !== outer) return undefined;
  if (!/^(?:then|catch|finally)$/.test(memberName(parent) ?? "")) return undefined;
  const chained = wrapped(parent).parent;
  return chained?.type === T.CallExpression && calleeMember(chained) === parent
    ? chained
    : undefined;
}
