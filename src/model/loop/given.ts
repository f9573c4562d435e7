/** What the parameters of functions stand for at one call: the numbers that one caller gives, where others give other ones. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction, memberName, unwrap } from "../../ast/nodes.ts";
import { assignedTo, parameterOf, patternSteps, variableOf } from "../program/binding.ts";
import { lookUp } from "../program/object.ts";

/** A function with the arguments that one call gives it. */
export interface GivenCall {
  readonly fn: FunctionNode;
  readonly args: readonly TSESTree.Node[];
}

/** What an expression stands for; `"absent"` is a parameter or option that the call leaves out. */
type Given = TSESTree.Node | "absent" | undefined;

const MAX_DEPTH = 8;

/**
 * The expression behind a parameter, a member of one, or a constant made of them, as `options.attempts` in the function that
 * `retry({ attempts: 3 })` calls.
 * @param calls - the calls that are looked at, inner ones first
 */
export function givenBy(calls: readonly GivenCall[], expression: TSESTree.Node, depth = 0): Given {
  if (calls.length === 0 || depth > MAX_DEPTH) return undefined;
  const node = unwrap(expression);
  const behind = (inner: TSESTree.Node): Given => givenBy(calls, inner, depth + 1) ?? inner;
  if (node.type === T.MemberExpression) {
    const owner = givenBy(calls, node.object, depth + 1);
    const name = memberName(node);
    return name === undefined ? undefined : optionOf(owner, name, behind);
  }
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined || assignedTo(variable).length > 0)
    return undefined;
  if (definition.node.type === T.VariableDeclarator) {
    const { id, init } = definition.node;
    if (init === null) return undefined;
    return id === definition.name ? behind(init) : taken(id, behind(init));
  }
  const parameter = parameterOf(variable);
  const call = calls.find(({ fn }) => fn === parameter?.owner);
  if (parameter === undefined || call === undefined || !isFunction(parameter.owner))
    return undefined;
  const before = call.args.slice(0, parameter.index + 1);
  if (before.some(({ type }) => type === T.SpreadElement)) return undefined;
  const { pattern } = parameter;
  const argument = before[parameter.index];
  const isDefault = pattern.type === T.AssignmentPattern;
  const value = argument ?? (isDefault ? pattern.right : "absent");
  return taken(isDefault ? pattern.left : pattern, value === "absent" ? value : behind(value));

  /** What a pattern takes out of a value for the name. */
  function taken(pattern: TSESTree.Node, value: Given): Given {
    let current = value;
    for (const { key, fallback } of patternSteps(pattern, definition?.name ?? pattern) ?? []) {
      current = key === undefined ? undefined : optionOf(current, key, behind);
      if (current === "absent" && fallback !== undefined) current = behind(fallback);
    }
    return current;
  }
}

function optionOf(owner: Given, name: string, behind: (inner: TSESTree.Node) => Given): Given {
  if (owner === undefined || owner === "absent") return owner;
  const { answer, values } = lookUp(owner, name);
  const [value, ...others] = values;
  if (answer === "no") return "absent";
  return value === undefined || others.length > 0 || answer !== "yes" ? undefined : behind(value);
}
