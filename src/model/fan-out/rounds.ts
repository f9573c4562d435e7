/** How often a loop runs its body. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, type LoopNode, memberName, staticKey, unwrap } from "../../ast/nodes.ts";
import { numberOf } from "../program/constant.ts";
import { ofObject } from "./declared-size.ts";
import { type Size, UNKNOWN } from "./sizes.ts";

type Measure = (node: TSESTree.Node) => Size;

export interface Measures {
  readonly measure: Measure;
  readonly length: Measure;
}

/**
 * How often a loop runs its body.
 * @param measure - gives the number of items of a collection
 * @param length - gives the number that an expression is, or the size of what it is the length of
 */
export function roundsOf(loop: LoopNode, { measure, length }: Measures): Size {
  switch (loop.type) {
    case T.ForOfStatement:
      return loop.await ? UNKNOWN : measure(loop.right);
    case T.ForInStatement:
      return ofObject(loop.right);
    case T.ForStatement:
      return counted(loop, length);
    case T.WhileStatement:
      return drained(loop.test, measure);
    case T.DoWhileStatement:
      return UNKNOWN;
  }
}

/** `for (let i = 0; i < items.length; i++)` */
function counted({ init, test }: TSESTree.ForStatement, length: Measure): Size {
  if (test?.type !== T.BinaryExpression || !/^(?:<=?|!==?)$/.test(test.operator)) return UNKNOWN;
  const counter = unwrap(test.left);
  const [declaration] = init?.type === T.VariableDeclaration ? init.declarations : [];
  const isCounter =
    counter.type === T.Identifier &&
    declaration?.id.type === T.Identifier &&
    declaration.id.name === counter.name;
  return isCounter ? length(test.right) : UNKNOWN;
}

/** `while (queue.length > 0)`, `while ((item = queue.pop()))` */
function drained(test: TSESTree.Expression, measure: Measure): Size {
  const node = unwrap(test);
  if (node.type === T.BinaryExpression && numberOf(node.right) === 0)
    return drained(node.left as TSESTree.Expression, measure);
  if (node.type === T.AssignmentExpression) return drained(node.right, measure);
  if (node.type === T.CallExpression) {
    const member = calleeMember(node);
    return member !== undefined && /^(?:pop|shift)$/.test(memberName(member) ?? "")
      ? measure(member.object)
      : UNKNOWN;
  }
  return node.type === T.MemberExpression &&
    /^(?:length|size)$/.test(staticKey(node, node.property) ?? "")
    ? measure(node.object)
    : UNKNOWN;
}
