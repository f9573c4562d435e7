/** Reports requests that a retry layer sends again without an idempotency token that stays the same. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains } from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { createRule } from "../create-rule.ts";
import { type Edit, refuse, reportFields } from "../fix/edit.ts";
import { findProperty } from "../fix/object.ts";
import { dangerTier, duplicateConsequence } from "../knowledge/index.ts";
import { lookUp } from "../model/program/object.ts";
import { unitOf } from "../model/program/unit.ts";
import { originsOf } from "../model/program/values.ts";
import { canDuplicate } from "../model/retry/duplicates.ts";
import { type Attempt, attemptOf, renewedBy } from "../model/retry/per-attempt.ts";
import { reinvocationOf } from "../model/retry/reinvocation.ts";
import { retryStacks } from "../model/retry/stack.ts";
import type { SdkCall } from "../model/sdk/call.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";
import { hoistEdit, pinEdit, pinForSdkEdit } from "../token-edit.ts";

type MessageIds =
  | "hoistToken"
  | "noToken"
  | "pinToken"
  | "reinvoked"
  | "renewed"
  | "retriedBySdk"
  | "unfilled"
  | "unpinned";

export interface RuleOptions {
  readonly reinvokedHandlers: "ignore" | "report";
  readonly sdkRetries: "ignore" | "report";
  readonly withoutToken: "ignore" | "report";
}

/** Operations that a repeat leaves as they are, whatever their token: the last writer wins. */
const MAKES_SOMETHING = /^(?:Batch|Claim|Create|Import|Monitor|Replicate|Send|Start|Transfer)/;

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "require-stable-client-token",
  meta: {
    type: "problem",
    docs: {
      description:
        "require an idempotency token that stays the same over all attempts of an Amazon Connect call",
      presets: ["strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unpinned:
        "{{operation}} is sent again by {{label}} with a new {{member}} each time, since every send makes its own: {{consequence}}. Pass one {{member}} that is made before the first attempt.",
      unfilled:
        "{{operation}} is sent again by {{label}} without a {{member}}, which the SDK does not fill in here: {{consequence}}. Pass one {{member}} that is made before the first attempt.",
      renewed:
        "This {{member}} is new on every attempt of {{label}} around {{operation}}: {{consequence}}. Make it once, before the first attempt.",
      noToken:
        "{{operation}}, which takes no idempotency token, is sent again by {{label}}: {{consequence}}. Retry only errors that say the request was refused, such as throttling.",
      retriedBySdk:
        "The SDK by itself sends this {{operation}} up to {{attempts}} times, without a {{member}}, which it does not fill in here: {{consequence}}. Pass a {{member}}.",
      reinvoked:
        "{{operation}} gets another {{member}} whenever this handler is invoked again for the same event, as Lambda, SQS and EventBridge do: {{consequence}}. Derive the {{member}} from the event.",
      pinToken: "Make one {{member}} before the first attempt.",
      hoistToken: "Make the {{member}} before the first attempt.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          reinvokedHandlers: {
            description:
              "What to do about a token that is another one when a handler is invoked again for the same event.",
            type: "string",
            enum: ["ignore", "report"],
          },
          sdkRetries: {
            description:
              "What to do about operations that the SDK itself retries and whose token it does not fill in.",
            type: "string",
            enum: ["ignore", "report"],
          },
          withoutToken: {
            description: "What to do about operations that make something and take no token.",
            type: "string",
            enum: ["report", "ignore"],
          },
        },
      },
    ],
    defaultOptions: [{ reinvokedHandlers: "ignore", sdkRetries: "ignore", withoutToken: "report" }],
  },
  create(context, [options], unit) {
    function check(call: SdkCall): void {
      const { facts, operation, input } = call;
      // The helper pins the token over its attempts by itself.
      if (facts === undefined || operation === undefined || call.style === "helper") return;
      const tier = dangerTier(call.package, operation);
      const consequence = duplicateConsequence(call.package, operation) ?? "may be carried out too";
      const data = { operation, consequence: `each attempt ${consequence}` };
      const { token, itemTokens } = facts;
      const attempts = attemptsOf(call);
      const [first] = attempts;
      if (token === undefined && itemTokens.length === 0) {
        const isDangerous = tier === "A" || tier === "B";
        if (first !== undefined && isDangerous && options.withoutToken === "report")
          report(call.node, "noToken", { ...data, label: first.layer.label });
        return;
      }
      if (input === undefined || (tier === "none" && !MAKES_SOMETHING.test(operation))) return;
      if (first === undefined) {
        if (token !== undefined) checkUnattended(call, input, { ...data, member: token.member });
        return;
      }
      for (const { list, member } of itemTokens)
        checkItems(input, list, attempts, { ...data, member });
      if (token === undefined) return;
      const { member, fill } = token;
      const given = lookUp(input, member);
      if (given.answer === "no" && fill !== "required") {
        const messageId = fill === "sdk" ? "unpinned" : "unfilled";
        const edit = pinEdit(context, unit, call, member, attempts);
        const fields = { ...data, member, label: first.layer.label };
        report(call.node, messageId, fields, edit, "pinToken");
      } else if (given.answer === "yes") {
        checkValues(given.values, call, attempts, { ...data, member });
      }
    }

    /** What is sent again without any layer in the program: by the SDK itself, or because a handler is invoked again. */
    function checkUnattended(call: SdkCall, input: TSESTree.Node, data: TokenData): void {
      const given = lookUp(input, data.member);
      if (call.facts?.token?.fill === "never" && options.sdkRetries === "report") {
        const attempts = sdkAttempts(call);
        if (given.answer === "no" && attempts > 1) {
          const edit = pinForSdkEdit(context, unit, call, data.member);
          const fields = { ...data, attempts: String(attempts) };
          report(call.node, "retriedBySdk", fields, edit, "pinToken");
          return;
        }
      }
      const again = options.reinvokedHandlers === "report" ? reinvocationOf(call.node) : undefined;
      if (again === undefined) return;
      const maker = given.values.flatMap((value) => renewedBy(value, again) ?? [])[0];
      if (maker === undefined ? given.answer === "no" : given.answer === "yes")
        report(
          maker !== undefined && unitOf(maker) === unit ? maker : call.node,
          "reinvoked",
          data,
        );
    }

    function checkValues(
      values: readonly TSESTree.Node[],
      call: SdkCall,
      attempts: readonly Attempt[],
      data: TokenData,
    ): void {
      for (const attempt of attempts) {
        const maker = values.flatMap((value) => renewedBy(value, attempt) ?? [])[0];
        if (maker === undefined) continue;
        const edit = hoistEdit(context, unit, call, data.member, values, maker, attempts);
        const place = unitOf(maker) === unit ? maker : call.node;
        report(place, "renewed", { ...data, label: attempt.layer.label }, edit, "hoistToken");
        return;
      }
    }

    /** Tokens that stand in the elements of a list, written out or mapped to. */
    function checkItems(
      input: TSESTree.Node,
      list: string,
      attempts: readonly Attempt[],
      data: TokenData,
    ): void {
      for (const items of lookUp(input, list).values.flatMap((value) => originsOf(value).nodes)) {
        const attempt = attempts.find(({ repeats }) => repeats(items));
        if (attempt === undefined || unitOf(items) !== unit) continue;
        // The function that maps the items runs wherever the list is made.
        const within: Attempt = { ...attempt, repeats: (node) => contains(items, node) };
        for (const node of walk(items, unit.visitorKeys)) {
          const value =
            node.type === T.ObjectExpression ? findProperty(node, data.member)?.value : undefined;
          const maker = value === undefined ? undefined : renewedBy(value, within);
          if (maker === undefined) continue;
          report(maker, "renewed", { ...data, label: attempt.layer.label });
          return;
        }
      }
    }

    function report(
      node: TSESTree.Node,
      messageId: Exclude<MessageIds, "hoistToken" | "pinToken">,
      data: Readonly<Record<string, string>>,
      edit: Edit = refuse("there is no token to pass"),
      remedy: "hoistToken" | "pinToken" = "pinToken",
    ): void {
      const message = { messageId: remedy, data: { member: data["member"] } };
      context.report({ node, messageId, data, ...reportFields(edit, message) });
    }

    return {
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        if (call !== undefined) check(call);
      },
    };
  },
});

type TokenData = Readonly<Record<"consequence" | "member" | "operation", string>>;

/** What the layers around a call repeat, innermost first, for layers that can send a request twice. */
function attemptsOf(call: SdkCall): readonly Attempt[] {
  return retryStacks(call).flatMap(({ layers, path }) =>
    layers.filter(canDuplicate).flatMap((layer) => attemptOf(call.node, path, layer) ?? []),
  );
}

/** How often the SDK itself sends a request at most; 1 where that is not known. */
function sdkAttempts(call: SdkCall): number {
  const clients = retryStacks(call).flatMap(({ layers }) =>
    layers.filter(({ kind }) => kind === "client"),
  );
  return Math.max(
    1,
    ...clients.map(({ attempts }) => (attempts.kind === "bounded" ? (attempts.max ?? 1) : 1)),
  );
}
