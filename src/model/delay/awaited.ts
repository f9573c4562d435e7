/** Whether the code that follows waits for a promise. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, wrapped } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { variableOf } from "../program/binding.ts";

/** Whether a promise is waited for: awaited, yielded, returned, continued by `.then`, or part of a `Promise.all` that is. */
export function isAwaited(promise: TSESTree.Node, depth = 0): Answer {
  const node = wrapped(promise);
  const { parent } = node;
  if (parent === undefined || depth > 8) return "unknown";
  const outward = (): Answer => isAwaited(parent, depth + 1);
  switch (parent.type) {
    case T.AwaitExpression:
    case T.YieldExpression:
    case T.ReturnStatement:
      return "yes";
    case T.ArrowFunctionExpression:
      return parent.body === node ? "yes" : "unknown";
    case T.MemberExpression: {
      const call = wrapped(parent).parent;
      if (parent.object !== node || call?.type !== T.CallExpression) return "unknown";
      // What stands in the callback runs after the wait, whoever waits for the whole.
      if (memberName(parent) === "then" || memberName(parent) === "finally") return "yes";
      return memberName(parent) === "catch" ? isAwaited(call, depth + 1) : "unknown";
    }
    case T.ConditionalExpression:
      return parent.test === node ? "unknown" : outward();
    case T.LogicalExpression:
    case T.ChainExpression:
      return outward();
    case T.SequenceExpression:
      return parent.expressions.at(-1) === node ? outward() : "no";
    case T.ArrayExpression:
      return isAll(parent) ? isAwaited(parent.parent, depth + 1) : "unknown";
    case T.VariableDeclarator:
      return variableAwaited(parent, depth);
    case T.UnaryExpression:
      return parent.operator === "void" ? "no" : "unknown";
    case T.ExpressionStatement:
      return "no";
    default:
      return "unknown";
  }
}

function isAll(array: TSESTree.ArrayExpression): boolean {
  const { parent } = array;
  return (
    parent.type === T.CallExpression &&
    parent.callee.type === T.MemberExpression &&
    ["all", "allSettled"].includes(memberName(parent.callee) ?? "")
  );
}

function variableAwaited(declarator: TSESTree.VariableDeclarator, depth: number): Answer {
  const variable = declarator.id.type === T.Identifier ? variableOf(declarator.id) : undefined;
  if (variable === undefined) return "unknown";
  const reads = variable.references.filter((reference) => reference.isRead());
  if (reads.length === 0)
    return declarator.parent.parent.type === T.ExportNamedDeclaration ? "unknown" : "no";
  const answers = reads.map(({ identifier }) => isAwaited(identifier, depth + 1));
  return answers.includes("yes") ? "yes" : "unknown";
}
