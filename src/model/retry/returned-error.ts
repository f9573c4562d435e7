/** Errors that are returned in the place of a result, to callers that take them for one. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  enclosingFunction,
  type FunctionNode,
  isNullish,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import type { Answer } from "../answer.ts";
import { callOf, usesOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import { usesOfValue } from "../program/value-uses.ts";
import { returnedBy } from "../program/values.ts";
import type { Layer } from "./layer.ts";

/** Members by which code finds out that it holds an error. */
const ERROR_MEMBER =
  /^(?:name|code|message|stack|cause|error|statusCode|retryable|errorType|\$fault|\$metadata)$/;

/**
 * Whether the error that a layer returns when its attempts run out is taken for a result: the same function returns results, and
 * some caller reads a member of what it gets or hands it on, while none looks whether that is an error.
 */
export function isErrorTakenForResult({ exhaustion }: Layer): Answer {
  if (exhaustion.kind !== "returns" || exhaustion.error === undefined) return "no";
  const { error } = exhaustion;
  const fn = enclosingFunction(error);
  if (fn === undefined || !returnsResults(fn, error)) return "no";
  // Whoever writes it into the type has callers that know.
  if (mayBeError(fn.returnType)) return "no";
  const calls = usesOf(fn).sites.flatMap((site) => callOf(site) ?? []);
  if (calls.some(looksAtError)) return "no";
  return calls.some(readsResult) ? "yes" : "unknown";
}

function returnsResults(fn: FunctionNode, error: TSESTree.Node): boolean {
  return returnedBy(fn).some((value) => {
    const node = unwrap(value);
    return !isSameName(node, error) && !isNullish(node);
  });
}

function isSameName(a: TSESTree.Node, b: TSESTree.Node): boolean {
  return a.type === T.Identifier && b.type === T.Identifier && a.name === b.name;
}

function mayBeError(type: TSESTree.TSTypeAnnotation | null | undefined): boolean {
  // Oxlint says `null` where there is none.
  if (!type) return false;
  const text = unitOf(type).text.slice(...type.range);
  return /Error|Exception|Result|Either|unknown/.test(text);
}

/** Whether the code around a call asks whether it holds an error, in any of the ways that people have. */
function looksAtError(call: TSESTree.Node): boolean {
  if (usesOfValue(call).some((use) => use.kind === "member" && ERROR_MEMBER.test(use.name ?? "")))
    return true;
  const code = enclosingFunction(call)?.body ?? unitOf(call).ast;
  return [...walk(code, unitOf(call).visitorKeys)].some(
    (node) =>
      (node.type === T.BinaryExpression && /^(?:instanceof|in)$/.test(node.operator)) ||
      (node.type === T.Identifier && /^is\w*(?:Error|Exception)$/.test(node.name)),
  );
}

function readsResult(call: TSESTree.Node): boolean {
  return usesOfValue(call).some(
    (use) =>
      (use.kind === "member" && !/^(?:then|catch|finally)$/.test(use.name ?? "")) ||
      use.kind === "destructured" ||
      (use.kind === "unknown" && isHandedOn(use.node)),
  );
}

/** Whether a value goes into a call as it is: written to a file, put into a list. A caller that returns it leaves the question to its own. */
function isHandedOn(value: TSESTree.Node): boolean {
  const node = wrapped(value);
  const { parent } = node;
  return parent?.type === T.CallExpression && parent.callee !== node;
}
