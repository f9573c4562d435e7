/** Reports AWS calls around which retry layers multiply. */
import type { TSESTree } from "@typescript-eslint/utils";
import { contains, enclosingFunction } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { sdkRetries } from "../knowledge/index.ts";
import { type Layer, repeatsAnswers } from "../model/retry/layer.ts";
import { retryStacks, type RetryStack, type WorstCase, worstCase } from "../model/retry/stack.ts";
import type { SdkCall } from "../model/sdk/call.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";

type MessageIds = "nested" | "tooMany";

export interface RuleOptions {
  readonly maxTotalAttempts: number;
}

/** What is wrong with a stack, and the two layers whose fault it is. */
interface Fault {
  readonly messageId: MessageIds;
  readonly data: Readonly<Record<string, string>>;
  readonly inner: Layer;
  readonly outer: Layer;
}

/** The calls of a file that one pair of layers multiplies, first in the file first. */
interface Finding {
  readonly fault: Fault;
  readonly calls: SdkCall[];
}

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "no-nested-retry",
  meta: {
    type: "problem",
    docs: {
      description: "disallow retry layers that multiply around an Amazon Connect call",
      presets: ["strict"],
    },
    messages: {
      nested:
        "{{operation}}{{more}} is retried by {{outer}} around {{inner}}: {{product}}, and each layer makes throttling worse for the other. Keep one layer.",
      tooMany:
        "{{operation}}{{more}} can be sent {{product}} ({{layers}}), more than the {{limit}} that are allowed. Keep one layer, or lower its attempts.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          maxTotalAttempts: {
            description: "HTTP attempts that one call may turn into over all its layers.",
            type: "integer",
            minimum: 1,
          },
        },
      },
    ],
    defaultOptions: [{ maxTotalAttempts: 15 }],
  },
  create(context, [{ maxTotalAttempts }]) {
    // One wrapper around forty calls is one fault: pairs of layers, by the nodes that they come from.
    const findings = new Map<TSESTree.Node, Map<TSESTree.Node, Finding>>();

    function check(call: SdkCall): void {
      const [worst] = retryStacks(call)
        .flatMap((stack) => faultOf(stack, maxTotalAttempts) ?? [])
        .toSorted((a, b) => b.attempts - a.attempts);
      if (worst === undefined) return;
      const { outer, inner } = worst;
      const byInner = findings.get(sourceOf(outer)) ?? new Map<TSESTree.Node, Finding>();
      findings.set(sourceOf(outer), byInner);
      const known = byInner.get(sourceOf(inner));
      if (known === undefined) byInner.set(sourceOf(inner), { fault: worst, calls: [call] });
      else known.calls.push(call);
    }

    function report({ fault, calls }: Finding): void {
      const [first] = calls;
      if (first === undefined) return;
      context.report({
        node: first.node,
        messageId: fault.messageId,
        data: {
          operation: first.operation ?? "This call",
          more: moreThan(calls.length - 1),
          ...fault.data,
        },
      });
    }

    return {
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        if (call !== undefined) check(call);
      },
      "Program:exit"(): void {
        for (const byInner of findings.values())
          for (const found of byInner.values()) report(found);
      },
    };
  },
});

function faultOf(
  { layers, path }: RetryStack,
  limit: number,
): (Fault & { readonly attempts: number }) | undefined {
  const multiplying = multiplyingLayers(layers);
  const worst = worstCase({ layers: multiplying, path });
  const product = productOf(worst);
  const repeating = multiplying.filter((layer) => attemptsOf(layer) > 1);
  const [inner, outer] = repeating.filter(({ deliberate }) => deliberate);
  if (inner !== undefined && outer !== undefined) {
    const data = { inner: inner.label, outer: outer.label, product };
    return { messageId: "nested", data, inner, outer, attempts: worst.attempts };
  }
  // Nothing but a client is there without being meant, so there are two at most.
  const [innermost, outermost] = repeating;
  if (innermost === undefined || outermost === undefined) return undefined;
  // An endless layer is a fault of its own, whatever it holds.
  if (worst.attempts <= limit || !Number.isFinite(worst.attempts)) return undefined;
  return {
    messageId: "tooMany",
    data: {
      product,
      limit: String(limit),
      layers: repeating.toReversed().map(describe).join(" around "),
    },
    inner: innermost,
    outer: outermost,
    attempts: worst.attempts,
  };
}

/** The retry layers of a stack, inner first, without those that do not repeat what the layers inside them have repeated. */
function multiplyingLayers(layers: readonly Layer[]): readonly Layer[] {
  const found: Layer[] = [];
  for (const layer of layers) {
    if (repeatsAnswers(layer)) continue;
    if (found.some((inner) => isBeside(layer, inner))) continue;
    if (found.every(({ kind }) => kind === "client") && isLeftAloneByTheSdk(layer)) continue;
    found.push(layer);
  }
  return found;
}

/** Whether a retry function runs its callback in both layers in turn. */
function isBeside(a: Layer, b: Layer): boolean {
  const [one, other] = [sourceOf(a), sourceOf(b)];
  const isOneCall = a.node === b.node && enclosingFunction(one) === enclosingFunction(other);
  return isOneCall && !contains(one, other) && !contains(other, one);
}

/** Whether only errors lead to another attempt that the client passes on at once, such as an expired token. */
function isLeftAloneByTheSdk({ filter }: Layer): boolean {
  return (
    filter.kind === "some" &&
    filter.names.length > 0 &&
    filter.names.every((name) => !sdkRetries({ name }))
  );
}

/** As far as that is known: a number that cannot be read may be one. */
function attemptsOf({ attempts }: Layer): number {
  if (attempts.kind === "unbounded") return Infinity;
  return attempts.kind === "bounded" ? (attempts.max ?? 0) : 0;
}

/** The node that a layer comes from: calls of one retry function share the loop in it. */
function sourceOf({ node, origin }: Layer): TSESTree.Node {
  return origin?.node ?? node;
}

function describe(layer: Layer): string {
  return `${layer.label} with ${String(attemptsOf(layer))}`;
}

function productOf({ attempts, exact, factors }: WorstCase): string {
  if (!Number.isFinite(attempts)) return "without limit";
  const product = `${factors.toReversed().join(" × ")} = ${String(attempts)}`;
  return `${exact ? "" : "at least "}${product} times in the worst case`;
}

function moreThan(calls: number): string {
  if (calls === 0) return "";
  return ` (and ${String(calls)} more ${calls === 1 ? "call" : "calls"})`;
}
