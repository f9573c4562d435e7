/** How calls of AWS operations are spelt: the tests that come before any question to the checker. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName } from "../../ast/nodes.ts";
import { connectFamily, operationNames } from "../../knowledge/index.ts";
import { helperExport } from "../helper.ts";
import { isLog } from "../log.ts";
import { unitOf } from "../program/unit.ts";

/** Whether a call is spelt like one of an AWS operation. No question is put to the checker. */
export function isCallShaped(node: TSESTree.CallExpression): boolean {
  const name = calleeName(node);
  if (name === undefined) return false;
  if (
    isSpeltAsPaginator(name) ||
    (node.arguments.length >= 2 && helperExport(node.callee) === "sendWithBackoff")
  )
    return true;
  if (calleeMember(node) === undefined) return false;
  const { settings, text } = unitOf(node);
  if (name === "send") {
    const [first] = node.arguments;
    // A sum is a text or a number, however it begins.
    return (
      first !== undefined &&
      first.type !== T.BinaryExpression &&
      isSpeltAsCommand(text.slice(...first.range))
    );
  }
  return settings.services === "connect"
    ? isOperationMethod(name) || NEWER_METHOD.test(name)
    : METHOD.test(name) && !NO_OPERATIONS.has(name) && !isLog(node);
}

/** Whether a function is named as the SDK names its paginators. */
export function isSpeltAsPaginator(name: string): boolean {
  return /^paginate[A-Z]/.test(name);
}

/**
 * Whether the argument of a `send` with that text can be a command. A literal, a function, or what becomes a string cannot:
 * `reply.send({ ok: true })`, `socket.send("text")` and `request.send((error) => …)` are of other libraries, or of SDK v2.
 */
export function isSpeltAsCommand(text: string): boolean {
  return text !== "" && !NO_COMMAND.test(text);
}

const NO_COMMAND =
  /^(?:["'`[{\d]|JSON\s*\.|(?:async\s+)?function\b|(?:async\s*)?(?:\w+|\([^()]*\))\s*=>)/;

const METHOD = /^[a-z][A-Za-z0-9]+$/;

/** What lists, texts and promises can do: most calls are of these, and no client has an operation of that name (`search` several have). */
const NO_OPERATIONS = new Set(
  [Array.prototype, String.prototype, Promise.prototype]
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .filter((name) => name !== "search"),
);

/** An operation that the tables do not have yet is still named verb first. */
const NEWER_METHOD =
  /^(?:associate|batch|claim|create|delete|describe|disassociate|import|list|release|replicate|search|start|stop|submit|suspend|transfer|update)[A-Z]/;

let familyMethods: ReadonlySet<string> | undefined;

/** Whether a method is named after an operation of Amazon Connect. */
export function isOperationMethod(name: string): boolean {
  familyMethods ??= new Set(
    connectFamily
      .flatMap(operationNames)
      .map((operationName) => operationName.charAt(0).toLowerCase() + operationName.slice(1)),
  );
  return familyMethods.has(name);
}
