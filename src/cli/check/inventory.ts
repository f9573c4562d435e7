/** From the model's view of a call to its line in the inventory. */
import type { TSESTree } from "@typescript-eslint/utils";
import { quotaOf } from "../../knowledge/index.ts";
import { unitOf } from "../../model/program/unit.ts";
import type { Layer } from "../../model/retry/layer.ts";
import { type RetryStack, retryStacks, worstCase } from "../../model/retry/stack.ts";
import { type WorstWait, worstWait } from "../../model/retry/worst-wait.ts";
import type { SdkCall } from "../../model/sdk/call.ts";
import type { CallRecord, LayerRecord, Place, Worst } from "./report.ts";

/** Names a file as the report does. */
export type NameFile = (fileName: string) => string;

/** Describes a call by the worst of the ways that lead to it. */
export function describeCall(call: SdkCall, nameFile: NameFile): CallRecord {
  const stacks = retryStacks(call).map((stack) => ({
    stack,
    attempts: attemptsOf(stack),
    wait: worstWait(stack),
  }));
  const [worst] = stacks.toSorted(
    (a, b) => compare(b.attempts.value, a.attempts.value) || b.wait.ms - a.wait.ms,
  );
  const isRead = stacks.every(({ attempts }) => attempts.exact);
  const { operation } = call;
  const quota = operation === undefined ? undefined : quotaOf(call.package, operation);
  return {
    ...placeOf(call.node, nameFile),
    package: call.package,
    operation: operation ?? null,
    sdk: call.api,
    paginated: call.style === "paginator",
    quota: quota ?? null,
    layers: worst === undefined ? [] : recordsOf(worst.stack, nameFile),
    ways: stacks.length,
    attempts: { value: worst?.attempts.value ?? null, exact: isRead },
    waitMs: waitOf(stacks.map(({ wait }) => wait)),
  };
}

/** The longest wait of all ways; a way that waits less is no reason to doubt it, one that cannot be read is. */
function waitOf(waits: readonly WorstWait[]): Worst {
  const ms = Math.max(0, ...waits.map((wait) => wait.ms));
  return {
    value: Number.isFinite(ms) ? ms : null,
    exact: waits.every(({ exact }) => exact),
  };
}

function attemptsOf(stack: RetryStack): Worst {
  const { attempts, exact } = worstCase(stack);
  return {
    value: Number.isFinite(attempts) ? attempts : null,
    exact: exact && stack.path.complete,
  };
}

function compare(a: number | null, b: number | null): number {
  const [left, right] = [a ?? Infinity, b ?? Infinity];
  return left === right ? 0 : left - right;
}

function recordsOf({ layers }: RetryStack, nameFile: NameFile): readonly LayerRecord[] {
  return layers.map((layer) => recordOf(layer, nameFile)).toReversed();
}

function recordOf(layer: Layer, nameFile: NameFile): LayerRecord {
  const { attempts, deliberate, delay, kind, label, node, purpose } = layer;
  return {
    kind,
    name: label.replace(/^this /, ""),
    purpose,
    deliberate,
    attempts:
      attempts.kind === "unbounded" ? null : attempts.kind === "bounded" ? attempts.max : undefined,
    delay: delay.kind === "clock" ? "unknown" : delay.kind,
    fixedMs: delay.fixedMs,
    at: placeOf(node, nameFile),
  };
}

function placeOf(node: TSESTree.Node, nameFile: NameFile): Place {
  const { line, column } = node.loc.start;
  return { file: nameFile(unitOf(node).fileName), line, column: column + 1 };
}
