/** Reports code that starts many AWS calls at once with nothing that limits them. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, type LoopNode } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { isWaitedFor, joinOf, paceMap } from "../fix/paced.ts";
import { helperBinding } from "../helper-binding.ts";
import { serviceOf } from "../knowledge/index.ts";
import { isSameAtAnyPace } from "../model/fan-out/equivalent.ts";
import { type FanOut, fanOutAt } from "../model/fan-out/fan-out.ts";

type MessageIds = "fixedNumber" | "openEnded" | "pace";

export interface RuleOptions {
  readonly maxConcurrent: number;
}

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "no-unthrottled-fan-out",
  meta: {
    type: "problem",
    docs: {
      description: "disallow starting an open-ended number of Amazon Connect calls at once",
      presets: ["recommended", "strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      openEnded:
        "This {{construct}} starts as many {{operation}} requests at once as there are items{{through}}, but {{quota}}: pace them, or limit how many are in flight.",
      fixedNumber:
        "This {{construct}} starts {{count}} {{operation}} requests at once{{through}}, but {{quota}}: pace them, or limit how many are in flight.",
      pace: "Start the requests at the pace of the quota, {{rate}} a second.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          maxConcurrent: {
            description:
              "Requests that may start at once even where the operation's burst is smaller or unknown.",
            type: "integer",
            minimum: 1,
          },
        },
      },
    ],
    defaultOptions: [{ maxConcurrent: 5 }],
  },
  create(context, [{ maxConcurrent }], unit) {
    const { sourceCode } = context;

    function check(node: LoopNode | TSESTree.CallExpression): void {
      const fanOut = fanOutAt(node);
      if (fanOut === undefined) return;
      const { count, repetition, tightest, quota } = fanOut;
      if (count !== undefined && count <= Math.max(maxConcurrent, quota?.burst ?? 0)) return;
      const data = {
        construct: repetition.label,
        operation: tightest.call.operation ?? "AWS",
        through: throughOf(fanOut),
        quota: quotaText(fanOut),
      };
      const place = { node: placeOf(fanOut) };
      const edit = reportFields(paceEdit(fanOut), {
        messageId: "pace",
        data: { rate: quota?.ratePerSecond },
      });
      context.report(
        count === undefined
          ? { ...place, messageId: "openEnded", data, ...edit }
          : {
              ...place,
              messageId: "fixedNumber",
              data: { ...data, count: String(count) },
              ...edit,
            },
      );
    }

    function throughOf({ tightest: { call, site } }: FanOut): string {
      return call.node === site
        ? ""
        : ` (through \`${sourceCode.getText(site.callee).replace(/\s+/g, "")}\`)`;
    }

    /** Where the remedy belongs: the whole `Promise.all(items.map(…))`, the method's name, or the call that is left running. */
    function placeOf({ repetition: { node }, tightest }: FanOut): TSESTree.Node {
      if (node.type !== T.CallExpression) return tightest.site;
      const joined = joinOf(sourceCode, node);
      return joined?.variable === undefined && joined !== undefined
        ? joined.join
        : (calleeMember(node)?.property ?? node);
    }

    function paceEdit({ repetition: { node }, quota }: FanOut): Edit {
      const joined = node.type === T.CallExpression ? joinOf(sourceCode, node) : undefined;
      if (node.type !== T.CallExpression || joined === undefined)
        return refuse("the results are not joined by `Promise.all`");
      if (quota === undefined) return refuse("no quota is documented for the operation");
      const binding = helperBinding(context, unit, "mapPaced", [
        joined.variable?.init ?? joined.join,
      ]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const edit = combine(
        sourceCode,
        paceMap(sourceCode, joined, binding.localName, quota),
        binding.edit,
      );
      const isSame =
        joined.variable === undefined && isWaitedFor(joined.join) && isSameAtAnyPace(node);
      return isSame
        ? edit
        : lower(edit, "suggestion", "after a failure the calls that are not begun stay undone");
    }

    return {
      CallExpression: check,
      DoWhileStatement: check,
      ForInStatement: check,
      ForOfStatement: check,
      ForStatement: check,
      WhileStatement: check,
    };
  },
});

function quotaText({ tightest: { call }, quota }: FanOut): string {
  const service = serviceOf(call.package)?.clientName.replace(/Client$/, "") ?? "AWS";
  if (quota === undefined) return `${service} throttles what exceeds its quota`;
  const { ratePerSecond, burst, scope } = quota;
  const owner = scope === "instance" ? "instance" : "account and Region";
  return `${service} allows ${String(ratePerSecond)} a second with a burst of ${String(burst)} by default, per ${owner}`;
}
