/** Functions that fail on purpose while an answer is not the one that is waited for, so that whatever repeats them asks again. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  contains,
  fulfilmentHandler,
  type FunctionNode,
  isFunction,
  unwrap,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { once } from "../once.ts";
import { assignedTo, parameterOf, variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";

/** Whether a function throws because of what a request in it has answered: `if (!contact.DisconnectTimestamp) throw new Error("not yet")`. */
export const failsByAnswer = once((fn: FunctionNode): boolean => {
  const own = walk(fn.body, unitOf(fn).visitorKeys, (node) => !isFunction(node) || isThen(node));
  return [...own].some(
    (node) =>
      node.type === T.ThrowStatement &&
      !isAnswer(node.argument, fn) &&
      testsAround(node, fn).some((test) => mentionsAnswer(test, fn)),
  );
});

/** Whether what is thrown is the answer itself, or in it: a failure that was handed over as a value (`if (error) throw error`). */
function isAnswer(thrown: TSESTree.Expression, fn: FunctionNode): boolean {
  const { type } = unwrap(thrown);
  return (
    (type === T.Identifier || type === T.MemberExpression) && mentionsAnswer(unwrap(thrown), fn)
  );
}

/** The tests that a statement depends on, up to the function's boundary; none where an error is being handled. */
function testsAround(statement: TSESTree.Node, fn: FunctionNode): readonly TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (const node of ancestors(statement)) {
    if (node === fn) break;
    if (node.type === T.CatchClause) return [];
    if (node.type === T.IfStatement && !contains(node.test, statement)) tests.push(node.test);
  }
  return tests;
}

/** Variables that are made of one another, from the answer to the test. */
const MAX_HOPS = 4;

/** Whether an expression reads a variable that the function has waited for, or what was made of it. */
function mentionsAnswer(expression: TSESTree.Node, fn: FunctionNode, hops = 0): boolean {
  return [...walk(expression, unitOf(fn).visitorKeys)].some((node) => {
    const variable = node.type === T.Identifier ? variableOf(node) : undefined;
    return variable !== undefined && isAwaited(variable, fn, hops);
  });
}

function isAwaited(variable: TSESLint.Scope.Variable, fn: FunctionNode, hops: number): boolean {
  const owner = parameterOf(variable)?.owner;
  if (owner !== undefined) return isFunction(owner) && isThen(owner) && contains(fn.body, owner);
  const declaration = variable.defs[0]?.node;
  const values = [
    ...(declaration?.type === T.VariableDeclarator ? [declaration.init] : []),
    ...assignedTo(variable).map(({ right }) => right),
  ];
  return values.some(
    (value) =>
      value !== null &&
      contains(fn.body, value) &&
      ([...walk(value, unitOf(fn).visitorKeys)].some(({ type }) => type === T.AwaitExpression) ||
        (hops < MAX_HOPS && mentionsAnswer(value, fn, hops + 1))),
  );
}

/** Whether a function is called with what a promise has brought. */
function isThen(fn: FunctionNode): boolean {
  const { parent } = fn;
  return parent.type === T.CallExpression && fulfilmentHandler(parent) === fn;
}
