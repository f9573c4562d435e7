/** Many AWS calls in flight at once. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  contains,
  isFunction,
  isLoop,
  type LoopNode,
  jumpTarget,
} from "../../ast/nodes.ts";
import { type Quota, quotaOf } from "../../knowledge/index.ts";
import type { SdkCall } from "../sdk/call.ts";
import { mayComeToCalls } from "../sdk/name-reach.ts";
import { isLimitedByClient } from "./client-limit.ts";
import { isSpeltAsRepetition, type Repetition, repetitionAt } from "./repetition.ts";
import { type Started, startedBy } from "./started.ts";

export interface FanOut {
  readonly repetition: Repetition;
  /** How many items there are; `undefined` where that is open-ended. */
  readonly count: number | undefined;
  /** What is started for each item. */
  readonly started: readonly Started[];
  /** The call whose quota is the tightest. */
  readonly tightest: Started;
  /** The default quota of that call, where one is documented. */
  readonly quota: Quota | undefined;
}

/** The fan-out that a call or loop is: it starts AWS calls for item after item and nothing makes them wait for one another. */
export function fanOutAt(node: LoopNode | TSESTree.CallExpression): FanOut | undefined {
  if (!isSpeltAsRepetition(node) || !mayComeToCalls(node)) return undefined;
  const repetition = repetitionAt(node);
  if (repetition === undefined) return undefined;
  const started = repetition.bodies.flatMap((body) =>
    startedBy(body).filter(
      (item) =>
        !isLimitedByClient(item.call, item.site, body) &&
        (!isLoop(node) || isLeftRunning(item.site, node)),
    ),
  );
  // Of equals the nearest is the one that the code is about.
  const [tightest] = started.toSorted((a, b) => rateOf(a.call) - rateOf(b.call) || a.hops - b.hops);
  if (tightest === undefined) return undefined;
  const size = repetition.size();
  if (size.kind === "unknown") return undefined;
  // A fixed number of functions that loop are workers: their number is the limit.
  if (size.kind === "fixed" && started.some(({ inLoop }) => inLoop)) return undefined;
  const count = size.kind === "fixed" ? size.count : undefined;
  return { repetition, count, started, tightest, quota: quotaOfCall(tightest.call) };
}

/** The default quota of a call's operation. */
export function quotaOfCall({ package: packageName, operation }: SdkCall): Quota | undefined {
  return operation === undefined ? undefined : quotaOf(packageName, operation);
}

function rateOf(call: SdkCall): number {
  return quotaOfCall(call)?.ratePerSecond ?? Number.MAX_VALUE;
}

/** Whether the loop goes on after a call that it does not wait for, and is the innermost that does. */
function isLeftRunning(site: TSESTree.Node, loop: LoopNode): boolean {
  let from: TSESTree.Node = site;
  for (const ancestor of ancestors(site)) {
    if (ancestor === loop) return true;
    if (isLoop(ancestor)) return false;
    // The callback of an inner repetition is that one's affair.
    if (
      isFunction(ancestor) &&
      ancestor.parent.type === T.CallExpression &&
      repetitionAt(ancestor.parent) !== undefined
    )
      return false;
    if (ancestor.type === T.ReturnStatement || ancestor.type === T.ThrowStatement) {
      if (!isInFunction(ancestor, loop)) return false;
    }
    if (ancestor.type === T.BlockStatement || ancestor.type === T.SwitchCase) {
      if (leavesAfter(ancestor, from) && !isInFunction(ancestor, loop)) return false;
    }
    from = ancestor;
  }
  return false;
}

function isInFunction(node: TSESTree.Node, loop: LoopNode): boolean {
  for (const ancestor of ancestors(node)) {
    if (ancestor === loop) return false;
    if (isFunction(ancestor)) return true;
  }
  return false;
}

/** Whether a statement after `from` ends the loop: such a call is made once. */
function leavesAfter(
  block: TSESTree.BlockStatement | TSESTree.SwitchCase,
  from: TSESTree.Node,
): boolean {
  const statements = block.type === T.BlockStatement ? block.body : block.consequent;
  return statements.some(
    (statement) =>
      statement.range[0] > from.range[1] - 1 &&
      !contains(statement, from) &&
      (statement.type === T.ReturnStatement ||
        statement.type === T.ThrowStatement ||
        (statement.type === T.BreakStatement && jumpTarget(statement)?.type !== T.SwitchStatement)),
  );
}
