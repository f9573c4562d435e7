/** Whether a retry layer can send a request again that was carried out already. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { walk } from "../../ast/walk.ts";
import { classifyError } from "../../knowledge/index.ts";
import { helperExport } from "../helper.ts";
import { lookUp } from "../program/object.ts";
import { unitOf } from "../program/unit.ts";
import type { Layer } from "./layer.ts";

/**
 * Whether a deliberate retry layer lets an error through that leaves open what became of the request: a timeout, a dropped
 * connection, a fault of the service. A throttled or otherwise refused request was not carried out. False where the errors that
 * pass cannot be read.
 */
export function canDuplicate({ kind, purpose, deliberate, attempts, ...layer }: Layer): boolean {
  if (kind === "client" || purpose !== "retry" || !deliberate) return false;
  if (attempts.kind === "bounded" && attempts.max === 1) return false;
  const { filter } = layer;
  if (filter.kind !== "some") return filter.kind === "everything";
  if (filter.throttlingOnly) return false;
  if (layer.sharesBudget === true) return isUnfilteredHelper(layer.node);
  const isTransient = (name: string): boolean => classifyError({ name }) === "transient";
  if (filter.names.some(isTransient)) return true;
  if (filter.except !== undefined && !filter.except.some(isTransient)) return true;
  if (layer.library !== undefined) return false;
  for (const part of walk(filter.node, unitOf(filter.node).visitorKeys))
    if (part.type === T.CallExpression && helperExport(part.callee) === "isRetryable") return true;
  return false;
}

/** The helper retries transient errors unless it is told otherwise. */
function isUnfilteredHelper(node: Layer["node"]): boolean {
  return node.type === T.CallExpression && lookUp(node.arguments[1], "isRetryable").answer === "no";
}
