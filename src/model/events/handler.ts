/** Handlers of the event of failed rule actions: which expression is which part of the event. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  type FunctionNode,
  isFunction,
  memberName,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { isGlobal, parameterOf, patternSteps, variableOf } from "../program/binding.ts";
import { callOf, nameOfFunction, usesOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";

/** Stands in a path where JSON text was parsed. */
const PARSED = "JSON";
const MAX_DEPTH = 12;

/** Which part of an event an expression is: `["detail", "additionalInfo"]`, with `"JSON"` where text was parsed. */
export function eventPath(expression: TSESTree.Node): readonly string[] | undefined {
  return pathOf(expression, 0);
}

/** Whether a path is the JSON text of the error. */
export function isErrorText(path: readonly string[] | undefined): boolean {
  return path?.length === 2 && path[0] === "detail" && path[1] === "additionalInfo";
}

/** The member of the error that a path is, and whether the text was parsed on the way. */
export function errorField(
  path: readonly string[] | undefined,
): { readonly name: string; readonly isParsed: boolean } | undefined {
  const name = path?.at(-1);
  if (path === undefined || name === undefined) return undefined;
  if (isErrorText(path.slice(0, -1))) return { name, isParsed: false };
  return isErrorText(path.slice(0, -2)) && path.at(-2) === PARSED
    ? { name, isParsed: true }
    : undefined;
}

function pathOf(expression: TSESTree.Node, depth: number): readonly string[] | undefined {
  const node = unwrap(expression);
  if (depth > MAX_DEPTH) return undefined;
  switch (node.type) {
    case T.MemberExpression: {
      const name = memberName(node);
      const owner = name === undefined ? undefined : pathOf(node.object, depth + 1);
      return owner === undefined || name === undefined ? undefined : [...owner, name];
    }
    case T.Identifier:
      return pathOfName(node, depth);
    case T.CallExpression:
      return pathOfParsed(node, depth);
    default:
      return undefined;
  }
}

function pathOfName(id: TSESTree.Identifier, depth: number): readonly string[] | undefined {
  const variable = variableOf(id);
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined) return undefined;
  if (
    variable.references.filter((reference) => reference.isWrite() && reference.init !== true)
      .length > 0
  )
    return undefined;
  const parameter = parameterOf(variable);
  if (parameter !== undefined) {
    if (!isFunction(parameter.owner)) return undefined;
    const pattern =
      parameter.pattern.type === T.AssignmentPattern ? parameter.pattern.left : parameter.pattern;
    return join(pathOfParameter(parameter.owner, parameter.index, depth), pattern, parameter.name);
  }
  if (definition.node.type !== T.VariableDeclarator || definition.node.init === null)
    return undefined;
  return join(pathOf(definition.node.init, depth + 1), definition.node.id, definition.name);
}

function join(
  owner: readonly string[] | undefined,
  pattern: TSESTree.Node,
  name: TSESTree.Node,
): readonly string[] | undefined {
  const keys =
    owner === undefined ? undefined : patternSteps(pattern, name)?.map((step) => step.key);
  return keys === undefined || keys.includes(undefined)
    ? undefined
    : [...(owner ?? []), ...(keys as string[])];
}

/** A parameter is the event if nobody in the program calls the function, and what all callers pass if they do. */
function pathOfParameter(
  fn: FunctionNode,
  index: number,
  depth: number,
): readonly string[] | undefined {
  const { parent } = wrapped(fn);
  const isDecorated =
    parent?.type === T.MethodDefinition &&
    // ESLint's own parser leaves decorators out.
    (parent as Partial<TSESTree.MethodDefinition>).decorators?.length;
  const parameter = fn.params[index];
  // Decorators and inferred schemas stand for something that parses the event beforehand; so does a function around this one.
  if (isDecorated || parameter === undefined || isInferred(parameter)) return undefined;
  if (nameOfFunction(fn) === undefined && fn.type !== T.FunctionDeclaration) {
    return parent?.type === T.ExportDefaultDeclaration && index === 0 ? [] : undefined;
  }
  const paths = usesOf(fn).sites.flatMap((site): (readonly string[] | undefined)[] => {
    const call = callOf(site);
    if (call === undefined) return isExport(site) ? [] : [undefined];
    const argument = call.arguments[index];
    return [argument === undefined ? undefined : pathOf(argument, depth + 1)];
  });
  const [first] = paths;
  if (paths.length > 0)
    return first !== undefined && paths.every((path) => path?.join() === first.join())
      ? first
      : undefined;
  if (index !== 0) return undefined;
  return parameter.type === T.Identifier && parameter.name === "detail" ? ["detail"] : [];
}

/** Whether a use of a function hands it out of the program. */
export function isExport(site: TSESTree.Node): boolean {
  const { parent } = wrapped(site);
  switch (parent?.type) {
    case T.ExportDefaultDeclaration:
    case T.ExportSpecifier:
      return true;
    case T.AssignmentExpression:
      return parent.left.type === T.MemberExpression;
    case T.Property: {
      // `module.exports = { handler }`
      const object = wrapped(parent.parent);
      return object.parent?.type === T.AssignmentExpression && isExport(object);
    }
    default:
      return false;
  }
}

function isInferred(parameter: TSESTree.Parameter): boolean {
  const { text } = unitOf(parameter);
  return /\binfer\b/.test(text.slice(...parameter.range));
}

function pathOfParsed(call: TSESTree.CallExpression, depth: number): readonly string[] | undefined {
  const argument = parsedText(call);
  if (argument === undefined) return undefined;
  const path = pathOf(argument, depth + 1);
  if (isErrorText(path)) return ["detail", "additionalInfo", PARSED];
  // An event that came through a queue or a topic.
  const member = unwrap(argument);
  const name = member.type === T.MemberExpression ? memberName(member) : undefined;
  return name === "body" || name === "Message" ? [] : undefined;
}

/** The argument of `JSON.parse(text)`. */
export function parsedText(call: TSESTree.CallExpression): TSESTree.Expression | undefined {
  const callee = calleeMember(call);
  if (
    callee === undefined ||
    memberName(callee) !== "parse" ||
    !isGlobal(unwrap(callee.object), "JSON")
  )
    return undefined;
  const [argument] = call.arguments;
  return argument === undefined || argument.type === T.SpreadElement ? undefined : argument;
}
