/** Reports AWS calls around which retry layers multiply. */
import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import type { Layer } from "../model/retry/layer.ts";
import { retryStacks, type RetryStack, type WorstCase, worstCase } from "../model/retry/stack.ts";
import type { SdkCall } from "../model/sdk/call.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";

type MessageIds = "nested" | "tooMany";

export interface RuleOptions {
  readonly maxTotalAttempts: number;
}

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "no-nested-retry",
  meta: {
    type: "problem",
    docs: {
      description: "disallow retry layers that multiply around an Amazon Connect call",
      presets: [],
    },
    messages: {
      nested:
        "{{operation}} is retried by {{outer}} around {{inner}}: {{product}}, and each layer makes throttling worse for the other. Keep one layer.",
      tooMany:
        "{{operation}} can be sent {{product}} ({{layers}}), more than the {{limit}} that are allowed. Keep one layer, or lower its attempts.",
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
    function check(call: SdkCall): void {
      const [worst] = retryStacks(call)
        .filter((stack) => stack.layers.filter(isRetry).length > 1)
        .map((stack) => ({ stack, worst: worstCase(stack) }))
        .toSorted((a, b) => b.worst.attempts - a.worst.attempts);
      if (worst === undefined) return;
      const fault = faultOf(worst.stack, worst.worst, maxTotalAttempts);
      if (fault === undefined) return;
      context.report({
        node: call.node,
        messageId: fault.messageId,
        data: { operation: call.operation ?? "This call", ...fault.data },
      });
    }

    return {
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        if (call !== undefined) check(call);
      },
    };
  },
});

function faultOf(stack: RetryStack, worst: WorstCase, limit: number): { messageId: MessageIds; data: Record<string, string> } | undefined {
  const layers = stack.layers.filter(isRetry);
  const deliberate = layers.filter((layer) => layer.deliberate);
  const [inner, outer] = deliberate;
  const product = productOf(worst);
  if (inner !== undefined && outer !== undefined) {
    return { messageId: "nested", data: { inner: inner.label, outer: outer.label, product } };
  }
  // An endless layer is a fault of its own, whatever it holds.
  if (worst.attempts <= limit || !Number.isFinite(worst.attempts)) return undefined;
  return {
    messageId: "tooMany",
    data: { product, limit: String(limit), layers: layers.toReversed().map(describe).join(" around ") },
  };
}

function isRetry({ purpose }: Layer): boolean {
  return purpose === "retry";
}

function describe({ label, attempts }: Layer): string {
  return attempts.kind === "bounded" && attempts.max !== undefined ? `${label} with ${String(attempts.max)}` : label;
}

function productOf({ attempts, exact, factors }: WorstCase): string {
  if (!Number.isFinite(attempts)) return "without limit";
  const product = factors.length > 1 ? `${factors.toReversed().join(" × ")} = ${String(attempts)}` : String(attempts);
  return `${exact ? "" : "at least "}${product} times in the worst case`;
}
