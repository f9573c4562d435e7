/** Whether code asks for a member of the error before it relies on it, in whatever spelling. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, calleeName, type FunctionNode, isFunction, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { variableOf } from "../program/binding.ts";
import { nameOfFunction, usesOf } from "../program/callers.ts";
import { unitOf } from "../program/unit.ts";
import { functionsOf } from "../program/values.ts";
import { errorField, eventPath } from "./handler.ts";

const MAX_CALLERS = 4;

/** Whether some condition around a node asks for a member of the error: in the function that it stands in, or in all that call it. */
export function isTestedAround(node: TSESTree.Node, name: string, depth = 0): boolean {
  const fn = outermostFunction(node);
  if (fn === undefined) return false;
  const unit = unitOf(node);
  for (const part of walk(fn, unit.visitorKeys)) {
    const test = testOf(part);
    if (test != null && asksFor(test, name)) return true;
  }
  if (depth >= MAX_CALLERS || nameOfFunction(fn) === undefined) return false;
  const { sites } = usesOf(fn);
  return sites.length > 0 && sites.every((site) => isTestedAround(site, name, depth + 1));
}

/** The function that a place belongs to at last: callbacks run where the function around them says. */
export function outermostFunction(node: TSESTree.Node): FunctionNode | undefined {
  return [...ancestors(node)].findLast(isFunction);
}

const ASSERTION = /^(?:assert|check|ensure|guard|must|require|throw|validate)/i;

function testOf(node: TSESTree.Node): TSESTree.Node | null | undefined {
  switch (node.type) {
    case T.IfStatement:
    case T.ConditionalExpression:
    case T.WhileStatement:
    case T.SwitchCase:
      return node.test;
    case T.LogicalExpression:
      return node.left;
    case T.AssignmentPattern:
      return node;
    case T.SwitchStatement:
      return node.discriminant;
    case T.CallExpression:
      return ASSERTION.test(calleeName(node) ?? "") ? node : undefined;
    default:
      return undefined;
  }
}

/** Whether a condition speaks of a member of the error: by its name, by a variable that holds it, or in a function that it calls. */
function asksFor(test: TSESTree.Node, name: string): boolean {
  const { text, visitorKeys } = unitOf(test);
  if (names(text.slice(...test.range), name)) return true;
  for (const part of walk(test, visitorKeys)) {
    if (part.type === T.Identifier && holds(part, name)) return true;
    if (part.type === T.CallExpression && mayAskFor(part, name)) return true;
  }
  return false;
}

function names(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

/** Whether a variable holds the member, or something that is made of it: `const mayRetry = info.retryable && …`. */
function holds(id: TSESTree.Identifier, name: string): boolean {
  if (errorField(eventPath(id))?.name === name) return true;
  const declarator = variableOf(id)?.defs[0]?.node;
  return (
    declarator?.type === T.VariableDeclarator &&
    declarator.id.type === T.Identifier &&
    declarator.init !== null &&
    names(unitOf(declarator).text.slice(...declarator.init.range), name)
  );
}

/** Whether a call is given the error, or an event that holds it, and its function asks for the member or cannot be seen. */
function mayAskFor(call: TSESTree.CallExpression, name: string): boolean {
  if (!call.arguments.some(holdsError)) return false;
  const { functions, complete } = functionsOf(call.callee);
  return (
    !complete ||
    functions.length === 0 ||
    functions.some((fn) => names(unitOf(fn).text.slice(...fn.range), name))
  );
}

const HOLDERS: ReadonlySet<string | undefined> = new Set([
  "",
  "detail",
  "detail.additionalInfo",
  "detail.additionalInfo.JSON",
]);

function holdsError(argument: TSESTree.Node): boolean {
  return HOLDERS.has(eventPath(unwrap(argument))?.join("."));
}
