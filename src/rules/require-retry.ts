/** Reports AWS clients without a deliberate retry policy, and calls that nothing retries. */
import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { whyNoEdit } from "../fix/explain.ts";
import { addProperty } from "../fix/object.ts";
import { wrapSend } from "../fix/wrap.ts";
import { helperBinding } from "../helper-binding.ts";
import {
  type Construction,
  constructionsIn,
  constructionsOf,
  isBuiltUnread,
  isConstructedInProgram,
} from "../model/client/construction.ts";
import { type ClientPolicy, policyOf } from "../model/client/policy.ts";
import { isIdle } from "../model/client/purpose.ts";
import { defaultGiveUpMs, isPatientByDefault, takesStrategy } from "../model/client/remedy.ts";
import { callsServedBy } from "../model/client/served.ts";
import { isRetriedOutside } from "../model/retry/coverage.ts";
import { isSafeToRepeat } from "../model/retry/safety.ts";
import type { SdkCall } from "../model/sdk/call.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";
import { canBeNotReady } from "../model/sdk/not-ready.ts";

type MessageIds =
  | "addRetries"
  | "addStrategy"
  | "defaultRetries"
  | "fewAttempts"
  | "notReady"
  | "retriesOff"
  | "unretriedCall"
  | "wrapCall";

export interface RuleOptions {
  readonly reportAt: "call" | "client";
  readonly sdkDefault: "insufficient" | "sufficient";
  readonly minimumAttempts: number;
}

/** What is wrong with a client or call, ready for a report. */
interface Fault {
  readonly messageId: Exclude<MessageIds, "addRetries" | "addStrategy" | "wrapCall">;
  readonly data: Readonly<Record<string, string>>;
}

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "require-retry",
  meta: {
    type: "problem",
    docs: {
      description: "require a deliberate retry policy for Amazon Connect clients and calls",
      presets: ["recommended", "strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      defaultRetries:
        "This {{client}} has no retry policy of its own: the SDK's {{attempts}} default attempts give up after about {{seconds}} s of throttling, which fails most calls of a burst.{{noEdit}}",
      retriesOff:
        "This {{client}} makes one attempt only and nothing around its calls retries: the first throttled request fails.{{noEdit}}",
      fewAttempts:
        "This {{client}} makes {{attempts}} attempts, fewer than the {{minimum}} that are asked for.{{noEdit}}",
      unretriedCall:
        "Nothing in sight retries this {{operation}} call, and where its client is built cannot be seen: throttling will fail it.{{noEdit}}",
      notReady:
        "{{operation}} fails with ResourceNotReadyException until the resource is ready: that passes by itself, but the SDK never retries it and nothing around this call does.{{noEdit}}",
      addStrategy: "Give the client a retry strategy with backoff and full jitter.",
      addRetries: "Give the client eight attempts.",
      wrapCall: "Send the command with backoff and full jitter.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          reportAt: {
            description:
              "Report once at the construction of the client where the program shows it, or at every call.",
            type: "string",
            enum: ["client", "call"],
          },
          sdkDefault: {
            description: "Whether the SDK's own default of three attempts is enough.",
            type: "string",
            enum: ["insufficient", "sufficient"],
          },
          minimumAttempts: {
            description: "Attempts, the first included, below which a client's policy is reported.",
            type: "integer",
            minimum: 1,
          },
        },
      },
    ],
    defaultOptions: [{ reportAt: "client", sdkDefault: "insufficient", minimumAttempts: 2 }],
  },
  create(context, [options], unit) {
    function checkClient(construction: Construction): void {
      const fault = faultOf(construction, options);
      if (fault === undefined || isIdle(construction)) return;
      const calls = callsServedBy(construction);
      if (calls.length > 0 && calls.every((call) => isRetriedOutside(call) !== "no")) return;
      const { messageId, data } = fault;
      // What makes one attempt on purpose is retried around its calls, and without types those of other files are not known.
      if (messageId !== "defaultRetries" && calls.length === 0 && unit.services === undefined)
        return;
      const { edit, suggestion } = remedy(construction);
      context.report({
        node: construction.node,
        messageId,
        data: { ...data, noEdit: whyNoEdit(edit) },
        ...reportFields(edit, { messageId: suggestion }),
      });
    }

    function remedy(construction: Construction): { edit: Edit; suggestion: MessageIds } {
      const { node, client } = construction;
      if (client.api === "v3")
        return { edit: strategyEdit(construction), suggestion: "addStrategy" };
      const edit =
        policyOf(construction).kind === "default"
          ? addProperty(context.sourceCode, node, 0, "maxRetries", "7")
          : refuse("the retries were set on purpose");
      return {
        edit: lower(edit, "suggestion", "the SDK's own delays are kept"),
        suggestion: "addRetries",
      };
    }

    function strategyEdit(construction: Construction): Edit {
      const { node } = construction;
      if (!takesStrategy(construction))
        return refuse("the installed client is too old for a strategy of that kind");
      if (policyOf(construction).kind !== "default")
        return refuse("the attempts were set on purpose");
      const binding = helperBinding(context, unit, "backoffStrategy", [node]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const property = addProperty(
        context.sourceCode,
        node,
        0,
        "retryStrategy",
        `${binding.localName}()`,
        { isKnownAbsent: true },
      );
      return combine(context.sourceCode, property, binding.edit);
    }

    function checkCall(call: SdkCall): void {
      const operation = call.operation ?? "AWS";
      if (canBeNotReady(call) === "yes" && !isNotReadyCovered(call)) {
        reportCall(call, { messageId: "notReady", data: { operation } });
        return;
      }
      if (isReportedAtClient(call) || isRetriedOutside(call) !== "no") return;
      const fault = seenFault(call);
      if (fault === "content") return;
      reportCall(call, fault ?? { messageId: "unretriedCall", data: { operation } });
    }

    function reportCall(call: SdkCall, { messageId, data }: Fault): void {
      const edit = wrapEdit(call);
      context.report({
        node: call.node,
        messageId,
        data: { ...data, noEdit: whyNoEdit(edit) },
        ...reportFields(edit, { messageId: "wrapCall" }),
      });
    }

    /** Whether the remedy belongs at a construction that this program shows, which is reported in its own file. */
    function isReportedAtClient(call: SdkCall): boolean {
      if (options.reportAt === "call") return false;
      if (call.client !== undefined && constructionsOf(call.client).constructions.length > 0)
        return true;
      // Without types the other files of the program are not known, and one of them may build the client.
      return unit.services === undefined || isConstructedInProgram(unit, call.package);
    }

    /** The first fault of the clients that a call can go through; `"content"` when they can be seen and have none. */
    function seenFault(call: SdkCall): Fault | "content" | undefined {
      const { constructions } =
        call.client === undefined ? { constructions: [] } : constructionsOf(call.client);
      for (const construction of constructions) {
        const fault = faultOf(construction, options);
        if (fault !== undefined) return fault;
      }
      const isContent =
        constructions.length > 0 || (call.client !== undefined && isBuiltUnread(call.client));
      return isContent ? "content" : undefined;
    }

    function wrapEdit(call: SdkCall): Edit {
      if (call.style !== "send") return refuse("the helper sends commands of a v3 client");
      const binding = helperBinding(context, unit, "sendWithBackoff", [call.node]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const edit = combine(
        context.sourceCode,
        wrapSend(context.sourceCode, call.node, binding.localName),
        binding.edit,
      );
      return isSafeToRepeat(call) === "yes"
        ? edit
        : lower(edit, "suggestion", "a repeated request may act twice");
    }

    return {
      NewExpression(node: TSESTree.NewExpression): void {
        if (options.reportAt === "call") return;
        const construction = constructionsIn(unit).find((item) => item.node === node);
        if (construction !== undefined) checkClient(construction);
      },
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        if (call !== undefined) checkCall(call);
      },
    };
  },
});

function faultOf(construction: Construction, options: RuleOptions): Fault | undefined {
  const policy: ClientPolicy = policyOf(construction);
  const client =
    construction.client.api === "v2"
      ? `${construction.client.name} client`
      : construction.client.name;
  switch (policy.kind) {
    case "default":
      if (options.sdkDefault === "sufficient" || isPatientByDefault(construction)) return undefined;
      return {
        messageId: "defaultRetries",
        data: {
          client,
          attempts: String(policy.attempts),
          seconds: (defaultGiveUpMs(construction) / 1000).toFixed(1),
        },
      };
    case "off":
      return { messageId: "retriesOff", data: { client } };
    case "deliberate":
      if (policy.attempts === undefined || policy.attempts >= options.minimumAttempts)
        return undefined;
      return {
        messageId: "fewAttempts",
        data: {
          client,
          attempts: String(policy.attempts),
          minimum: String(options.minimumAttempts),
        },
      };
    case "unknown":
      return undefined;
  }
}

/** Whether something retries what the SDK does not: an outer layer, or a strategy of its own on a client that it can be. */
function isNotReadyCovered(call: SdkCall): boolean {
  if (isRetriedOutside(call) !== "no") return true;
  const { constructions, complete } =
    call.client === undefined
      ? { constructions: [], complete: false }
      : constructionsOf(call.client);
  if (!complete && constructions.length === 0) return true;
  return constructions.some((item) => {
    const { kind, strategy } = policyOf(item);
    return kind === "unknown" || strategy === "helper" || strategy === "other";
  });
}
