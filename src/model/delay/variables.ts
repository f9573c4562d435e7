/** What a name stands for: constants, parameters, imports, and variables that the attempts update. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { enclosingFunction, type FunctionNode, isFunction, unwrap } from "../../ast/nodes.ts";
import { importedName, parameterOf, patternSteps, variableOf } from "../program/binding.ts";
import { argumentsFor } from "../program/arguments.ts";
import { callOf, usesOf } from "../program/callers.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { originsOf } from "../program/values.ts";
import { carriedFlow, sequentialFlow, type Write } from "./carried.ts";
import { constant, counter, FIXED, type Flow, oneOf, UNKNOWN_FLOW } from "./flow.ts";
import { argumentAt, type Frame } from "./frame.ts";
import { iteratedFlow } from "./iterated.ts";
import { propertyFlow } from "./members.ts";
import { isFresh, isRepeated, isWithin, type Reader } from "./reader.ts";

type Variable = TSESLint.Scope.Variable;

/** Reads a name. */
export function identifierFlow(
  reader: Reader,
  id: TSESTree.Identifier,
  frame: Frame | undefined,
): Flow {
  const variable = variableOf(id);
  if (variable === undefined) return id.name === "Infinity" ? constant(Infinity) : UNKNOWN_FLOW;
  const bound = reader.bound.get(variable);
  if (bound !== undefined) return bound;
  if (reader.attemptVariables.has(variable)) return counter(id, 0, reader.attempts);
  const [definition] = variable.defs;
  switch (definition?.type) {
    case "Variable":
      // `const { delayMs } = require("./config")`
      if (importedName(id) !== undefined) return settledFlow(reader, id);
      return variableFlow(reader, id, variable, definition.node, frame);
    case "Parameter":
      return parameterFlow(reader, id, variable, frame);
    case "ImportBinding":
      return settledFlow(reader, id);
    default:
      return UNKNOWN_FLOW;
  }
}

/** A value that was there before the first attempt: the same for all of them, whatever it is. */
export function settledFlow(reader: Reader, node: TSESTree.Node): Flow {
  const value = numberOf(node);
  if (value !== undefined) return constant(value);
  const { nodes, complete } = originsOf(node, { intoCallers: false });
  const others = nodes.filter((origin) => origin !== node && !isFunction(origin));
  return settled(
    complete && others.length > 0
      ? others.map((origin) => reader.flow(origin, undefined))
      : [UNKNOWN_FLOW],
  );
}

/** What is left of values once it is known that they do not change between attempts. */
export function settled(flows: readonly Flow[]): Flow {
  const flow = flows.length === 0 ? FIXED : oneOf(flows);
  return {
    ...flow,
    changes: "no",
    bounded: "yes",
    random: flow.random === "yes" ? "yes" : "no",
    self: false,
    exponential: false,
  };
}

function variableFlow(
  reader: Reader,
  id: TSESTree.Identifier,
  variable: Variable,
  declarator: TSESTree.VariableDeclarator,
  frame: Frame | undefined,
): Flow {
  const writes = writesTo(variable);
  if (writes === undefined) return UNKNOWN_FLOW;
  const start = startOf(reader, variable, declarator, frame);
  return updatedFlow(reader, id, variable, declarator, start, writes, frame);
}

/** The value that a declaration gives; `undefined` where it gives none. */
function startOf(
  reader: Reader,
  variable: Variable,
  declarator: TSESTree.VariableDeclarator,
  frame: Frame | undefined,
): Flow | undefined {
  const loop = declarator.parent.parent;
  if (
    (loop.type === T.ForOfStatement || loop.type === T.ForInStatement) &&
    loop.left === declarator.parent
  ) {
    return iteratedFlow(reader, loop, declarator.id, variable.identifiers[0], frame);
  }
  const { id: pattern, init } = declarator;
  if (init === null) return undefined;
  if (pattern.type === T.Identifier) {
    const flow = reader.flow(init, frame);
    // Computed once, before the first attempt.
    return reader.region !== undefined &&
      !isRepeated(declarator, reader) &&
      frame === undefined &&
      isBefore(declarator, reader)
      ? settled([flow])
      : flow;
  }
  const name = variable.identifiers[0];
  const steps = name === undefined ? undefined : patternSteps(pattern, name);
  if (steps === undefined) {
    const flow = reader.flow(init, frame);
    return flow.random === "yes" ? flow : UNKNOWN_FLOW;
  }
  const inside = propertyFlow(
    reader,
    init,
    steps.map(({ key }) => key),
    frame,
  );
  const fallback = steps.at(-1)?.fallback;
  return orFallback(
    inside,
    fallback === undefined ? undefined : () => reader.flow(fallback, frame),
  );
}

/** A declaration in a scope around the region has run when the first attempt starts. */
function isBefore(declarator: TSESTree.VariableDeclarator, { region }: Reader): boolean {
  const owner = enclosingFunction(declarator);
  return region !== undefined && (owner === undefined || isWithin(region, owner));
}

function orFallback(flow: Flow | "absent", fallback: (() => Flow) | undefined): Flow {
  if (flow === "absent") return fallback?.() ?? UNKNOWN_FLOW;
  return fallback === undefined || (flow.min !== undefined && flow.max !== undefined)
    ? flow
    : oneOf([flow, fallback()]);
}

function parameterFlow(
  reader: Reader,
  id: TSESTree.Identifier,
  variable: Variable,
  frame: Frame | undefined,
): Flow {
  const parameter = parameterOf(variable);
  const writes = writesTo(variable);
  if (parameter === undefined || writes === undefined || !isFunction(parameter.owner))
    return UNKNOWN_FLOW;
  const { owner, index } = parameter;
  const declared =
    parameter.pattern.type === T.TSParameterProperty
      ? parameter.pattern.parameter
      : parameter.pattern;
  const fallback = declared.type === T.AssignmentPattern ? declared.right : undefined;
  const pattern = declared.type === T.AssignmentPattern ? declared.left : declared;
  const steps = patternSteps(pattern, parameter.name);
  if (steps === undefined) return UNKNOWN_FLOW;
  const keys = steps.map(({ key }) => key);
  const inner = steps.length === 0 ? fallback : steps.at(-1)?.fallback;
  const byDefault = inner === undefined ? undefined : (): Flow => reader.flow(inner, frame);
  const given = (argument: TSESTree.Node, at: Frame | undefined): Flow =>
    keys.length === 0
      ? reader.flow(argument, at)
      : orFallback(propertyFlow(reader, argument, keys, at), byDefault);

  const call = frameOf(owner, frame);
  if (call !== undefined) {
    const argument = argumentAt(call, index);
    const start =
      argument !== undefined ? given(argument, call.outer) : (byDefault?.() ?? UNKNOWN_FLOW);
    return writes.length === 0
      ? start
      : updatedFlow(reader, id, variable, owner, start, writes, frame);
  }
  const { region } = reader;
  if (region !== undefined && region === owner) {
    const passed = recursiveArguments(owner, index, variable, keys, inner);
    if (passed === undefined) return UNKNOWN_FLOW;
    const start = byDefault?.() ?? FIXED;
    return carriedFlow(reader, variable, start, [...passed, ...writes], frame);
  }
  if (region === undefined || !isWithin(region, owner)) return UNKNOWN_FLOW;
  // The helper's caller decides once; its choice holds for every attempt.
  const callers = argumentsFor(owner, index);
  const values = callers.values.map((argument) => settled([given(argument, undefined)]));
  const known = callers.complete && values.length > 0 ? values : [FIXED, ...values];
  const start = settled(byDefault === undefined ? known : [byDefault(), ...known]);
  return writes.length === 0
    ? start
    : updatedFlow(reader, id, variable, owner, start, writes, frame);
}

function frameOf(owner: TSESTree.Node, frame: Frame | undefined): Frame | undefined {
  for (let current = frame; current !== undefined; current = current.outer)
    if (current.fn === owner) return current;
  return undefined;
}

/**
 * What a function passes for one of its parameters, or for a member of it, where it calls itself, its own unchanged value left out;
 * `undefined` where one cannot be seen.
 */
function recursiveArguments(
  fn: FunctionNode,
  index: number,
  parameter: Variable,
  keys: readonly (string | undefined)[],
  fallback: TSESTree.Node | undefined,
): TSESTree.Node[] | undefined {
  const found: TSESTree.Node[] = [];
  for (const site of usesOf(fn).sites) {
    const call = isWithin(site, fn) ? callOf(site) : undefined;
    if (call === undefined) continue;
    const argument = call.arguments[index];
    const passed = argument === undefined ? fallback : memberOf(argument, keys, fallback);
    if (passed === undefined && keys.length > 0) return undefined;
    if (passed === undefined || passed.type === T.SpreadElement) continue;
    const value = unwrap(passed);
    if (value.type !== T.Identifier || variableOf(value) !== parameter) found.push(passed);
  }
  return found;
}

/** The value under a chain of keys, the fallback where the object is seen not to have it. */
function memberOf(
  object: TSESTree.Node,
  keys: readonly (string | undefined)[],
  fallback: TSESTree.Node | undefined,
): TSESTree.Node | undefined {
  let value = object;
  for (const key of keys) {
    const { answer, values } = key === undefined ? UNSEEN : lookUp(value, key);
    if (answer === "no") return fallback;
    const [only] = values;
    if (only === undefined || values.length > 1) return undefined;
    value = only;
  }
  return value;
}

const UNSEEN = { answer: "unknown", values: [] } as const;

/** The assignments and updates of a variable after its declaration; `undefined` where one cannot be read. */
function writesTo(variable: Variable): readonly Write[] | undefined {
  const writes: Write[] = [];
  for (const reference of variable.references) {
    if (!reference.isWrite() || reference.init === true) continue;
    const { parent } = reference.identifier;
    if (parent.type === T.AssignmentExpression && parent.left === reference.identifier)
      writes.push(parent);
    else if (parent.type === T.UpdateExpression) writes.push(parent);
    else return undefined;
  }
  return writes;
}

function updatedFlow(
  reader: Reader,
  read: TSESTree.Node,
  variable: Variable,
  declaration: TSESTree.Node,
  start: Flow | undefined,
  writes: readonly Write[],
  frame: Frame | undefined,
): Flow {
  if (writes.length === 0) return start ?? UNKNOWN_FLOW;
  const owner = isFunction(declaration) ? declaration : enclosingFunction(declaration);
  const repeated = writes.filter((write) => isRepeated(write, reader));
  const survives = !isFresh(declaration, reader) && repeated.length > 0;
  const shared = writes.some((write) => enclosingFunction(write) !== owner);
  if (survives || shared)
    return carriedFlow(reader, variable, start, survives ? repeated : writes, frame);
  const earlier = writes.filter(
    (write) => write.range[1] <= read.range[0] || isWithin(read, write),
  );
  const flow = sequentialFlow(reader, variable, start, earlier, declaration, frame);
  const before =
    reader.region !== undefined && frame === undefined && !isFresh(declaration, reader);
  return before ? settled([flow]) : flow;
}
