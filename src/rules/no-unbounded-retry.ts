/** Reports retry and poll layers that nothing but success ends. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { type ReportFields, reportFields } from "../fix/edit.ts";
import { whyNoEdit } from "../fix/explain.ts";
import { deadlineEdit, libraryLimitEdit, limitEdit, sendInsteadEdit } from "../limit-edit.ts";
import { unitOf } from "../model/program/unit.ts";
import type { Attempts, UnboundedReason } from "../model/retry/layer.ts";
import { layerLocation } from "../model/retry/location.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";
import { leastTotalWait } from "../model/retry/total-wait.ts";
import { pollEdit } from "../poll-edit.ts";

type Unbounded = Extract<Attempts, { kind: "unbounded" }>;
type FaultId =
  | "counterOnlyOnSuccess"
  | "counterReset"
  | "counterSkipped"
  | "counterStuck"
  | "endlessLeftovers"
  | "endlessPoll"
  | "goesOn"
  | "noExit"
  | "noLimitOption"
  | "tooLong"
  | "tooMany";
type MessageIds =
  | FaultId
  | "addDeadline"
  | "advanceCounter"
  | "compareByOrder"
  | "leaveOnSuccess"
  | "limitAttempts"
  | "pollUntil"
  | "sendWithBackoff"
  | "setOption";
type Fields = ReportFields<MessageIds>;

export interface RuleOptions {
  readonly maxAttempts: number;
  readonly maxWaitMinutes: number;
}

const FAULTS: Readonly<Record<UnboundedReason, FaultId>> = {
  "counter-only-on-success": "counterOnlyOnSuccess",
  "counter-reset": "counterReset",
  "counter-skipped": "counterSkipped",
  "counter-stuck": "counterStuck",
  "goes-on-after-success": "goesOn",
  "no-exit": "noExit",
  "no-limit-option": "noLimitOption",
};

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "no-unbounded-retry",
  meta: {
    type: "problem",
    docs: {
      description: "disallow retrying or polling Amazon Connect without a limit",
      presets: ["recommended", "strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      noExit:
        "{{label}} repeats {{operation}} for as long as it fails: nothing but success ends it, and an error that stays keeps it running for ever. Bound its attempts.{{noEdit}}",
      goesOn:
        "{{label}} sends {{operation}} again after it has succeeded: nothing leaves it then. Leave it on success.",
      counterOnlyOnSuccess:
        "{{label}} repeats {{operation}} without limit: what `{{test}}` asks for advances only when the attempt succeeds. Count every attempt.",
      counterReset:
        "{{label}} repeats {{operation}} without limit: what `{{test}}` asks for is set back in every round. Set it once, in front of it.",
      counterSkipped:
        "{{label}} repeats {{operation}} without limit: what `{{test}}` asks for can step over that value. Compare with `>=` or `<`.",
      counterStuck:
        "{{label}} repeats {{operation}} without limit: nothing advances what `{{test}}` asks for. Count every attempt.",
      noLimitOption:
        "{{label}} repeats {{operation}} without limit{{unless}}: an error that stays keeps it running for ever. Bound its attempts.",
      endlessPoll:
        "{{label}} polls with {{operation}} until that is done, however long it takes: work that never ends keeps it running for ever. Give it a deadline.{{noEdit}}",
      endlessLeftovers:
        "{{label}} sends what {{operation}} left undone again until nothing is left: an item that fails every time keeps it running for ever. Bound its rounds.{{noEdit}}",
      tooMany:
        "{{label}} makes up to {{attempts}} attempts of {{operation}}, more than the {{limit}} that are allowed: as good as no limit for whoever waits. Lower it.",
      tooLong:
        "{{label}} waits for {{minutes}} minutes or more between its {{attempts}} attempts of {{operation}}, longer than the {{limit}} that are allowed: as good as no limit for whoever waits. Lower it.",
      sendWithBackoff:
        "Send the command with the helper, which gives up after eight attempts or a minute.",
      limitAttempts: "Throw the error of the eighth attempt.",
      advanceCounter: "Count every failed attempt.",
      compareByOrder: "Compare by order.",
      leaveOnSuccess: "Leave the loop after the attempt.",
      addDeadline: "Give up after five minutes.",
      pollUntil:
        "Poll with the helper, which gives up after sixty attempts or five minutes and varies the interval.",
      setOption: "Set `{{option}}` to {{value}}.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          maxAttempts: {
            description:
              "Attempts of one retry layer, the first included, above which it is as good as unbounded.",
            type: "integer",
            minimum: 1,
          },
          maxWaitMinutes: {
            description:
              "Minutes of waiting between the attempts of one retry layer, in sum, above which it is as good as unbounded.",
            type: "number",
            minimum: 0,
          },
        },
      },
    ],
    defaultOptions: [{ maxAttempts: 20, maxWaitMinutes: 10 }],
  },
  create(context, [{ maxAttempts, maxWaitMinutes }], unit) {
    const { sourceCode } = context;

    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.attempts.kind === "unbounded") checkUnbounded(located, layer.attempts);
      else if (layer.purpose === "retry" && layer.attempts.kind === "bounded" && !layer.asksAgain)
        checkBound(located, layer.attempts.max);
    }

    function checkBound(located: LocatedLayer, attempts = 0): void {
      const minutes = (leastTotalWait(located.layer) ?? 0) / 60_000;
      const data = { attempts: String(attempts) };
      if (attempts > maxAttempts) {
        const limit = String(maxAttempts);
        report(located, "tooMany", { ...data, limit }, limitLibrary(located));
      } else if (minutes > maxWaitMinutes) {
        const found = { minutes: String(Math.floor(minutes)), limit: String(maxWaitMinutes) };
        report(located, "tooLong", { ...data, ...found }, limitLibrary(located));
      }
    }

    function checkUnbounded(located: LocatedLayer, attempts: Unbounded): void {
      const { library, purpose } = located.layer;
      const { node, reason } = attempts;
      if (purpose !== "retry") {
        const messageId = purpose === "poll" ? "endlessPoll" : "endlessLeftovers";
        report(located, messageId, ...limitTime(located));
      } else if (library === undefined) {
        const [data, fields] = limitLayer(located, attempts);
        report(located, FAULTS[reason], { ...data, test: textOf(node) }, fields);
      } else {
        const option = library.known.attempts.option;
        const unless = option === undefined ? "" : ` unless \`${option}\` bounds it`;
        report(located, FAULTS[reason], { unless, noEdit: "" }, limitLibrary(located));
      }
    }

    function report(
      located: LocatedLayer,
      messageId: FaultId,
      data: Readonly<Record<string, string>>,
      fields: Fields,
    ): void {
      const { label } = located.layer;
      context.report({
        loc: layerLocation(located.layer, sourceCode),
        messageId,
        data: {
          label: label.startsWith("this") ? `T${label.slice(1)}` : `Here ${label}`,
          operation: operationsOf(located),
          ...data,
        },
        ...fields,
      });
    }

    /** The test that does not stop the layer, on one line. */
    function textOf(node: TSESTree.Node): string {
      const text =
        unitOf(node) === unit && node.type === T.BinaryExpression
          ? sourceCode.getText(node).replaceAll(/\s+/g, " ")
          : "";
      return text === "" || text.length > 60 ? "the limit" : text;
    }

    function limitLayer(
      located: LocatedLayer,
      attempts: Unbounded,
    ): [Readonly<Record<string, string>>, Fields] {
      const { does, edit } = limitEdit(context, located, attempts);
      const limited = reportFields<MessageIds>(edit, { messageId: does });
      if (attempts.reason !== "no-exit") return [{}, limited];
      const instead = sendInsteadEdit(context, unit, located);
      const rewritten = reportFields<MessageIds>(instead, { messageId: "sendWithBackoff" });
      if (rewritten.fix !== undefined) return [{ noEdit: "" }, rewritten];
      return withReason([rewritten, limited], whyNoEdit(edit));
    }

    function limitTime(located: LocatedLayer): [Readonly<Record<string, string>>, Fields] {
      const edit = deadlineEdit(context, located.layer);
      const parts = [
        reportFields<MessageIds>(edit, { messageId: "addDeadline" }),
        reportFields<MessageIds>(pollEdit(context, unit, located), { messageId: "pollUntil" }),
      ];
      return withReason(parts, whyNoEdit(edit));
    }

    function limitLibrary({ layer }: LocatedLayer): Fields {
      const limit = libraryLimitEdit(context, unit, layer);
      if (limit === undefined) return {};
      const { edit, ...data } = limit;
      return reportFields(edit, { messageId: "setOption", data });
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});

/** All suggestions in one, and why there is none where there is none. */
function withReason(
  parts: readonly Fields[],
  reason: string,
): [Readonly<Record<string, string>>, Fields] {
  const suggest = parts.flatMap((part) => part.suggest ?? []);
  return [{ noEdit: suggest.length === 0 ? reason : "" }, { suggest }];
}
