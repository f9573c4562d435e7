/** Callees that let only so many calls through: ours, of a known library, configured, or by their name. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, memberName, unwrap } from "../../ast/nodes.ts";
import { limiter } from "../../knowledge/index.ts";
import { helperExport, isKnownFunction } from "../helper.ts";
import { once } from "../once.ts";
import { importedName, variableOf } from "../program/binding.ts";
import { declarationsAt } from "../program/checker.ts";
import { unitOf } from "../program/unit.ts";
import { originsOf } from "../program/values.ts";

/** A name like this is reason enough to stay silent, and for nothing else. */
const GATE_NAME =
  /acquire|throttl|semaphore|mutex|limit(?!s\b)|\bpacer?\b|permit\b|removeTokens|\bschedule\b|enqueue|slot\b/i;

/** Whether a callee is, or belongs to, a limiter: ours, a known library's, a configured one, or one by its name. */
export const isLimiterCall = once((call: TSESTree.CallExpression): boolean => {
  if (GATE_NAME.test(calleeText(call))) return true;
  if (isKnownFunction(call.callee, unitOf(call).settings.rateLimiters)) return true;
  const callee = unwrap(call.callee);
  const owner = callee.type === T.MemberExpression ? callee.object : callee;
  if (owner.type === T.ThisExpression || owner.type === T.Super) return false;
  return [...writtenMakers(owner), ...originsOf(owner, { intoCallers: false }).nodes].some(
    isLimiter,
  );
});

/** What a name is given where it is declared: a limiter that the project makes itself is a call there, not what that call returns. */
function writtenMakers(name: TSESTree.Node): readonly TSESTree.Node[] {
  const named = name.type === T.MemberExpression ? name.property : name;
  const inFile = name.type === T.Identifier ? variableOf(name)?.defs.map(({ node }) => node) : [];
  const elsewhere = declarationsAt(named).flatMap((item) =>
    item.kind === "node" ? [item.node] : [],
  );
  return [...(inFile ?? []), ...elsewhere].flatMap((node) => {
    const value =
      node.type === T.VariableDeclarator
        ? node.init
        : node.type === T.PropertyDefinition
          ? node.value
          : null;
    return value === null ? [] : [unwrap(value)];
  });
}

function isLimiter(made: TSESTree.Node): boolean {
  if (made.type !== T.CallExpression && made.type !== T.NewExpression) return false;
  if (helperExport(made.callee) === "createPacer") return true;
  if (isKnownFunction(made.callee, unitOf(made).settings.rateLimiters)) return true;
  const imported = importedName(made.callee);
  return (
    imported !== undefined &&
    limiter(imported.module, imported.path.at(-1) ?? "default") !== undefined
  );
}

/** All names in a callee: `limiter.schedule` says as much as `schedule`. */
function calleeText(call: TSESTree.CallExpression): string {
  const names: string[] = [];
  let current: TSESTree.Node = unwrap(call.callee);
  while (current.type === T.MemberExpression) {
    names.push(memberName(current) ?? "");
    current = unwrap(current.object);
  }
  if (current.type === T.Identifier) names.push(current.name);
  return names.join(" ");
}

/** Whether a method's decorators say by name that its calls are limited. */
export function hasLimitingDecorator(fn: FunctionNode): boolean {
  const method = fn.parent;
  return (
    method.type === T.MethodDefinition &&
    (method as Partial<TSESTree.MethodDefinition>).decorators?.some(({ expression }) => {
      const named = expression.type === T.CallExpression ? unwrap(expression.callee) : expression;
      return named.type === T.Identifier && GATE_NAME.test(named.name);
    }) === true
  );
}
