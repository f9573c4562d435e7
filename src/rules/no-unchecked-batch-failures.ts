/** Reports batch operations whose list of failed items nothing reads. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, memberName, wrapped } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { reportFields } from "../fix/edit.ts";
import { checkOutputList } from "../fix/output-check.ts";
import type { FailureListFacts } from "../knowledge/index.ts";
import { isOutputRead } from "../model/sdk/failure-list.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";

type MessageIds = "checkFailures" | "uncheckedFailures" | "uncheckedThrottling";

export interface RuleOptions {
  readonly lists: "all" | "throttling";
}

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "no-unchecked-batch-failures",
  meta: {
    type: "problem",
    docs: {
      description: "require the failure list of batch operations to be read",
      presets: ["strict"],
    },
    hasSuggestions: true,
    messages: {
      uncheckedThrottling:
        "Nothing reads `{{member}}` of this {{operation}}: it lists the items that were throttled inside a successful response (HTTP 200), which neither the SDK nor any error handler retries.",
      uncheckedFailures:
        "Nothing reads `{{member}}` of this {{operation}}: it lists the items that failed although the response is a success.",
      checkFailures: "Throw an error if `{{member}}` is not empty.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          lists: {
            description:
              "Which failure lists have to be read: those that report throttling, or all.",
            type: "string",
            enum: ["throttling", "all"],
          },
        },
      },
    ],
    defaultOptions: [{ lists: "throttling" }],
  },
  create(context, [{ lists }]) {
    const isAsked = ({ reportsThrottling }: FailureListFacts): boolean =>
      lists === "all" || reportsThrottling;
    return {
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        for (const list of call?.facts?.failureLists.filter(isAsked) ?? []) {
          if (call === undefined || isOutputRead(call, list.member) !== "no") continue;
          const data = { operation: call.operation ?? "", member: list.member };
          const text = { before: `${data.operation}: `, after: " items failed" };
          context.report({
            node,
            messageId: list.reportsThrottling ? "uncheckedThrottling" : "uncheckedFailures",
            data,
            ...reportFields(
              checkOutputList(context.sourceCode, promiseOf(node), list.member, text),
              {
                messageId: "checkFailures",
                data: { member: list.member },
              },
            ),
          });
        }
      },
    };
  },
});

/** What a program awaits for the result of a call: of a v2 request, what `.promise()` gives. */
function promiseOf(node: TSESTree.CallExpression): TSESTree.CallExpression {
  const member = wrapped(node).parent;
  if (member?.type !== T.MemberExpression || memberName(member) !== "promise") return node;
  const call = wrapped(member).parent;
  return call?.type === T.CallExpression && calleeMember(call) === member ? call : node;
}
