/** The search for the makers of a value across calls: into the functions that are called, and out to the callers that pass a parameter. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, memberName } from "../../ast/nodes.ts";
import { argumentsFor } from "./arguments.ts";
import { importedName, isGlobal, parameterOf, patternSteps, variableOf } from "./binding.ts";
import { declarationsAt } from "./checker.ts";
import { boundIdentifier, returnedBy } from "./members.ts";
import { merge, type Origins, type Search, UNKNOWN } from "./origins.ts";
import { originsUnder } from "./trace-members.ts";

/** The makers of what a call returns; the call itself where no function of the project is entered. */
export function originsOfCall(
  trace: Search,
  call: TSESTree.CallExpression,
  depth: number,
): Origins {
  if (trace.isOpaque(call)) return { nodes: [call], complete: true };
  const imported = importedName(call);
  if (imported !== undefined) {
    const exported = imported.path.length === 0 ? moduleExports(call.arguments[0]) : [];
    return exported.length === 0
      ? { nodes: [call], complete: true }
      : merge(exported.map((value) => trace.follow(value, depth + 1)));
  }
  const callees = trace.follow(call.callee, depth + 1);
  const entered = callees.nodes.filter(isFunction).filter((fn) => !fn.generator);
  if (entered.length === 0) return { nodes: [call], complete: true };
  const complete = callees.complete && entered.length === callees.nodes.length;
  const returned = entered.map((fn) => {
    const values = returnedBy(fn);
    return values.length === 0
      ? UNKNOWN
      : merge(values.map((value) => trace.follow(value, depth + 1)));
  });
  return merge([{ nodes: [], complete }, ...returned]);
}

/** The makers of what a parameter is given by its callers or by default. */
export function originsOfParameter(
  trace: Search,
  node: TSESTree.Identifier | TSESTree.TSParameterProperty,
  depth: number,
): Origins {
  const id = node.type === T.Identifier ? node : boundIdentifier(node.parameter);
  const variable = id === undefined ? undefined : variableOf(id);
  const parameter = variable === undefined ? undefined : parameterOf(variable);
  if (parameter === undefined || !isFunction(parameter.owner)) return UNKNOWN;
  const inner =
    parameter.pattern.type === T.TSParameterProperty
      ? parameter.pattern.parameter
      : parameter.pattern;
  const fallback = inner.type === T.AssignmentPattern ? [trace.follow(inner.right, depth + 1)] : [];
  const pattern = inner.type === T.AssignmentPattern ? inner.left : inner;
  const steps = patternSteps(pattern, parameter.name);
  if (steps === undefined) return UNKNOWN;
  for (const step of steps)
    if (step.fallback !== undefined) fallback.push(trace.follow(step.fallback, depth + 1));
  if (!trace.intoCallers) return merge([UNKNOWN, ...fallback]);
  const passed = argumentsFor(parameter.owner, parameter.index);
  const values = passed.values.map((value) =>
    steps.length === 0
      ? trace.follow(value, depth + 1)
      : originsUnder(
          trace,
          value,
          steps.map((step) => step.key),
          depth + 1,
        ),
  );
  const isKnown = passed.isLeftOut || passed.values.length > 0 || fallback.length > 0;
  return merge([{ nodes: [], complete: passed.complete && isKnown }, ...values, ...fallback]);
}

/** What a required file of the project puts in place of its exports: `module.exports = value`. */
function moduleExports(source: TSESTree.Node | undefined): readonly TSESTree.Node[] {
  if (source?.type !== T.Literal) return [];
  return declarationsAt(source).flatMap((declared) => {
    if (declared.kind !== "node" || declared.node.type !== T.Program) return [];
    return declared.node.body.flatMap((statement) => {
      if (statement.type === T.TSExportAssignment) return [statement.expression];
      const assignment =
        statement.type === T.ExpressionStatement ? statement.expression : undefined;
      if (assignment?.type !== T.AssignmentExpression) return [];
      const { left, right } = assignment;
      const replaces =
        left.type === T.MemberExpression &&
        isGlobal(left.object, "module") &&
        memberName(left) === "exports";
      return replaces ? [right] : [];
    });
  });
}
