/** What a program does with the `retryDelay` of a failed rule action. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, calleeName, isFunction, wrapped } from "../../ast/nodes.ts";
import { variableOf } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";
import { isTestedAround } from "./guard.ts";

export type DelaySlip =
  /** Taken for seconds; the factor is 1000. */
  | {
      readonly kind: "unit";
      readonly node: TSESTree.BinaryExpression;
      readonly delay: TSESTree.Node;
    }
  /** Waited for although it may be absent, or mean nothing. */
  | { readonly kind: "unguarded"; readonly node: TSESTree.Node };

const WAITS = /^(?:setTimeout|sleep|delay|wait|pause)/i;

/** The places at which a value that is read or taken out is used, if it has a name of its own. */
export function readsOf(
  node: TSESTree.MemberExpression | TSESTree.Property,
): readonly TSESTree.Node[] {
  if (node.type === T.MemberExpression) {
    const outer = wrapped(node);
    const { parent } = outer;
    const isNamed = parent?.type === T.VariableDeclarator && parent.id.type === T.Identifier;
    return isNamed ? [node, ...referencesOf(parent.id as TSESTree.Identifier)] : [node];
  }
  const target = node.value.type === T.AssignmentPattern ? node.value.left : node.value;
  return target.type === T.Identifier ? referencesOf(target) : [];
}

function referencesOf(id: TSESTree.Identifier): TSESTree.Node[] {
  const references = variableOf(id)?.references.filter((reference) => reference.isRead()) ?? [];
  return references.map((reference) => reference.identifier as TSESTree.Node);
}

/** What is wrong with a read of `retryDelay`. */
export function delaySlips(read: TSESTree.Node): readonly DelaySlip[] {
  const slips: DelaySlip[] = [];
  const outer = wrapped(read);
  const { parent } = outer;
  if (parent?.type === T.BinaryExpression && parent.operator === "*") {
    const factor = parent.left === outer ? parent.right : parent.left;
    if (numberOf(factor) === 1000) slips.push({ kind: "unit", node: parent, delay: outer });
  }
  const isGuarded = isTestedAround(read, "retryDelay") && isTestedAround(read, "retryable");
  if (isWaitedFor(outer) && !isGuarded) slips.push({ kind: "unguarded", node: read });
  return slips;
}

function isWaitedFor(node: TSESTree.Node): boolean {
  let inner = node;
  for (const ancestor of ancestors(node)) {
    if (ancestor.type === T.CallExpression) {
      const name = calleeName(ancestor) ?? "";
      if (WAITS.test(name)) return ancestor.arguments.some((argument) => argument === inner);
      if (!/^(?:min|max|round|ceil|floor|Number)$/.test(name)) return false;
    } else if (isFunction(ancestor) || ancestor.type.endsWith("Statement")) {
      return false;
    }
    inner = ancestor;
  }
  return false;
}
