/** How the failure path can tell that the attempt was the last one. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isLoop, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { numberOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { attemptNumberAt } from "./attempt-number.ts";
import type { LocatedLayer } from "./program-layers.ts";

/**
 * A condition that holds at the start of a block after the last attempt, in terms of the loop's own counter and limit, such as
 * `attempt >= MAX_ATTEMPTS`. `undefined` where the two cannot be read, or do not add up.
 */
export function lastAttemptAt(located: LocatedLayer, place: TSESTree.Node): string | undefined {
  const { layer } = located;
  const { counter } = layer.loop ?? {};
  const attempt = attemptNumberAt(located, place, true);
  if (!isLoop(layer.node) || counter === undefined || attempt === undefined) return undefined;
  const found = limitOf(layer.node, counter.name);
  const { attempts } = layer;
  if (found === undefined || attempts.kind !== "bounded") return undefined;
  const { limit, operator } = found;
  const value = numberOf(limit);
  const text = unitOf(limit).text.slice(...limit.range);
  let offset: number;
  if (value !== undefined && attempts.max !== undefined) offset = attempts.max - value;
  else if (
    layer.node.type === T.ForStatement &&
    counter.base !== undefined &&
    layer.node.update !== null &&
    /^<=?$/.test(operator)
  )
    // Only the head of a `for` is sure to test what the attempt sees.
    offset = (operator === "<=" ? 1 : 0) - counter.base;
  else return undefined;
  if (offset === 0) return `${attempt} >= ${text}`;
  if (limit.type === T.Literal) return `${attempt} >= ${String(attempts.max)}`;
  return Math.abs(offset) === 1 ? `${attempt} >= ${text} ${offset > 0 ? "+" : "-"} 1` : undefined;
}

interface Limit {
  readonly limit: TSESTree.Node;
  readonly operator: string;
}

/** What the head of a loop compares its counter with. */
function limitOf(loop: TSESTree.Node, counter: string): Limit | undefined {
  if (loop.type !== T.WhileStatement && loop.type !== T.ForStatement) return undefined;
  if (loop.test === null) return undefined;
  const limits = [...walk(loop.test, unitOf(loop).visitorKeys)].flatMap((node): Limit[] => {
    if (node.type !== T.BinaryExpression || !/^(?:<=?|!==?)$/.test(node.operator)) return [];
    const left = unwrap(node.left);
    return left.type === T.Identifier && left.name === counter
      ? [{ limit: node.right, operator: node.operator }]
      : [];
  });
  const [found] = limits;
  return limits.length === 1 && found !== undefined && NAMED.has(found.limit.type)
    ? found
    : undefined;
}

const NAMED: ReadonlySet<string> = new Set([T.Identifier, T.Literal, T.MemberExpression]);
