/** Functions that fail on purpose while an answer is not the one that is waited for, so that whatever repeats them asks again. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, contains, type FunctionNode } from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { variableOf } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";

const known = new WeakMap<FunctionNode, boolean>();

/** Whether a function throws because of what a request in it has answered: `if (!contact.DisconnectTimestamp) throw new Error("not yet")`. */
export function failsByAnswer(fn: FunctionNode): boolean {
  let answer = known.get(fn);
  if (answer === undefined) known.set(fn, (answer = findThrow(fn)));
  return answer;
}

function findThrow(fn: FunctionNode): boolean {
  return [...walkOwn(fn.body, unitOf(fn).visitorKeys)].some(
    (node) =>
      node.type === T.ThrowStatement &&
      node.argument.type === T.NewExpression &&
      testsAround(node, fn).some((test) => mentionsAnswer(test, fn)),
  );
}

/** The tests that a statement depends on, up to the handler of an error or the function's boundary. */
function testsAround(statement: TSESTree.Node, fn: FunctionNode): readonly TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (const node of ancestors(statement)) {
    if (node === fn || node.type === T.CatchClause) break;
    if (node.type === T.IfStatement && !contains(node.test, statement)) tests.push(node.test);
  }
  return tests;
}

/** Whether a test reads a variable that the function has waited for. */
function mentionsAnswer(test: TSESTree.Node, fn: FunctionNode): boolean {
  const { visitorKeys } = unitOf(fn);
  return [...walk(test, visitorKeys)].some((node) => {
    const definition = node.type === T.Identifier ? variableOf(node)?.defs[0] : undefined;
    if (definition?.node.type !== T.VariableDeclarator || !contains(fn.body, definition.node))
      return false;
    const { init } = definition.node;
    return (
      init !== null && [...walk(init, visitorKeys)].some(({ type }) => type === T.AwaitExpression)
    );
  });
}
