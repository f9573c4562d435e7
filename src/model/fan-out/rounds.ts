/** How often a loop runs its body. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, type LoopNode, memberName, staticKey, unwrap } from "../../ast/nodes.ts";
import { numberOf } from "../program/constant.ts";
import { ofObject } from "./declared-size.ts";
import { fixed, type Size, UNKNOWN } from "./sizes.ts";

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
function counted({ init, test, update }: TSESTree.ForStatement, length: Measure): Size {
  if (test?.type !== T.BinaryExpression || !/^(?:<=?|!==?)$/.test(test.operator)) return UNKNOWN;
  const counter = unwrap(test.left);
  const [declaration] = init?.type === T.VariableDeclaration ? init.declarations : [];
  if (
    counter.type !== T.Identifier ||
    declaration?.id.type !== T.Identifier ||
    declaration.id.name !== counter.name
  )
    return UNKNOWN;
  const end = length(test.right);
  if (end.kind !== "fixed") return end;
  const start = declaration.init === null ? undefined : numberOf(declaration.init);
  const step = stepOf(update, counter.name);
  if (start === undefined || step === undefined) return UNKNOWN;
  const way = end.count - start + (test.operator === "<=" ? 1 : 0);
  return fixed(Math.max(0, Math.ceil(way / step)));
}

/** What a counter is advanced by after each round: `i++`, `i += 5`. */
function stepOf(update: TSESTree.Expression | null, counter: string): number | undefined {
  const isCounter = (node: TSESTree.Node): boolean =>
    node.type === T.Identifier && node.name === counter;
  if (update?.type === T.UpdateExpression)
    return update.operator === "++" && isCounter(update.argument) ? 1 : undefined;
  if (update?.type !== T.AssignmentExpression || update.operator !== "+=") return undefined;
  const step = isCounter(update.left) ? numberOf(update.right) : undefined;
  return step !== undefined && step > 0 ? step : undefined;
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
