/** Variables that hold an error, and what the code that it comes from can fail with. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  type FunctionNode,
  isFunction,
  rejectionHandler,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { parameterOf, patternSteps, variableOf } from "../program/binding.ts";
import { callOf, nameOfFunction, usesOf } from "../program/callers.ts";
import { callLayers } from "../retry/call-layers.ts";
import { joinRaised, type Raised, raisedIn } from "./raised.ts";

type Variable = TSESLint.Scope.Variable;

const MAX_HOPS = 3;

/**
 * What the error in a variable can be: of a catch clause, a rejection handler, a retry predicate, or a function of the project that
 * only handlers call.
 * @returns `undefined` where the variable is no error, or may hold one from a place that cannot be seen
 */
export function raisedInto(variable: Variable, hops = 0): Raised | undefined {
  const [definition] = variable.defs;
  if (
    definition === undefined ||
    hops > MAX_HOPS ||
    variable.references.some((reference) => reference.isWrite() && !reference.init)
  )
    return undefined;
  if (definition.node.type === T.CatchClause) {
    const { param, parent } = definition.node;
    return param === definition.name ? raisedIn(parent.block) : undefined;
  }
  if (definition.node.type === T.VariableDeclarator) {
    const { id, init } = definition.node;
    return id.type === T.Identifier && init !== null ? raisedBy(init, hops + 1) : undefined;
  }
  const parameter = parameterOf(variable);
  if (parameter === undefined || !isFunction(parameter.owner)) return undefined;
  const { owner, index, pattern, name } = parameter;
  if (isWhole(pattern, name)) return intoParameter(owner, index, hops);
  // Some wrappers hand their predicate the error with more about the attempt: `({ error }) => …`.
  const steps = patternSteps(pattern, name);
  return steps?.length === 1 && steps[0]?.key === "error"
    ? fromWrapper(wrapped(owner), index)
    : undefined;
}

function isWhole(pattern: TSESTree.Node, name: TSESTree.Node): boolean {
  return pattern === name || (pattern.type === T.AssignmentPattern && pattern.left === name);
}

/** What the error can be that a pattern takes apart as the parameter of a handler. */
export function raisedIntoPattern(pattern: TSESTree.ObjectPattern): Raised | undefined {
  const { parent } = pattern;
  if (parent.type === T.CatchClause) return raisedIn(parent.parent.block);
  if (!isFunction(parent)) return undefined;
  return intoParameter(
    parent,
    parent.params.findIndex((parameter) => parameter === pattern),
    0,
  );
}

/** What the error that an expression is can be. */
function raisedBy(expression: TSESTree.Node, hops: number): Raised | undefined {
  const node = unwrap(expression);
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  return variable === undefined ? undefined : raisedInto(variable, hops);
}

function intoParameter(fn: FunctionNode, index: number, hops: number): Raised | undefined {
  const handed = handlerOf(wrapped(fn), index);
  if (handed !== undefined) return handed;
  if (nameOfFunction(fn) === undefined) return undefined;
  const { sites, complete } = usesOf(fn);
  if (!complete || sites.length === 0) return undefined;
  const sources = sites.map((site) => {
    const call = callOf(site);
    if (call === undefined) return handlerOf(wrapped(site), index);
    const argument = call.arguments[index];
    return argument === undefined ? undefined : raisedBy(argument, hops + 1);
  });
  const seen = sources.filter((source) => source !== undefined);
  return seen.length === sources.length ? joinRaised(seen) : undefined;
}

/** What reaches the first parameter of a function where it is handed over: `.catch(fn)`, `.then(_, fn)`, an option of a retry wrapper. */
function handlerOf(handed: TSESTree.Node, index: number): Raised | undefined {
  if (index !== 0) return undefined;
  const { parent } = handed;
  if (parent?.type === T.CallExpression) {
    const promise = calleeMember(parent)?.object;
    return promise !== undefined && rejectionHandler(parent) === handed
      ? raisedIn(unwrap(promise))
      : undefined;
  }
  return fromWrapper(handed, index);
}

/** What reaches the predicate among the options of a retry wrapper. */
function fromWrapper(handed: TSESTree.Node, index: number): Raised | undefined {
  const { parent } = handed;
  if (index !== 0 || parent?.type !== T.Property || parent.parent.parent.type !== T.CallExpression)
    return undefined;
  const call = parent.parent.parent;
  const [attempt] = call.arguments.filter(
    (argument) => isFunction(argument) && callLayers(call, argument).length > 0,
  );
  return attempt === undefined || !isFunction(attempt) ? undefined : raisedIn(attempt.body);
}
