/** Reports retry and poll layers that nothing but success ends. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import {
  advance,
  compareByOrder,
  keepOnly,
  limitAttempts,
  limitTime,
  throwAt,
} from "../fix/bound.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { insertAfter } from "../fix/statement.ts";
import { wrapSend } from "../fix/wrap.ts";
import { helperBinding } from "../helper-binding.ts";
import { setLibraryOption } from "../library-option.ts";
import { forbidsUnused } from "../model/program/checker.ts";
import { lookUp } from "../model/program/object.ts";
import { unitOf } from "../model/program/unit.ts";
import { attemptNumberAt } from "../model/retry/attempt-number.ts";
import { handlerIn } from "../model/retry/handler.ts";
import type { Attempts, UnboundedReason } from "../model/retry/layer.ts";
import { layerLocation } from "../model/retry/location.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";
import { isSafeToRepeat } from "../model/retry/safety.ts";
import { soleSendOf } from "../model/retry/sole-send.ts";
import { leastTotalWait } from "../model/retry/total-wait.ts";

type Unbounded = Extract<Attempts, { kind: "unbounded" }>;
type FaultId =
  | "counterOnlyOnSuccess"
  | "counterReset"
  | "counterSkipped"
  | "counterStuck"
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
  | "sendWithBackoff"
  | "setOption";
type Fields = ReturnType<typeof reportFields<MessageIds>>;

export interface RuleOptions {
  readonly maxAttempts: number;
  readonly maxWaitMinutes: number;
}

/** The helper's own number of attempts. */
const ATTEMPTS = 8;

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
        "{{label}} repeats {{operation}} for as long as it fails: nothing but success ends it, and an error that stays keeps it running for ever. Bound its attempts.",
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
        "{{label}} polls with {{operation}} until that is done, however long it takes: work that never ends keeps it running for ever. Give it a deadline.",
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
      else if (layer.purpose === "retry" && layer.attempts.kind === "bounded")
        checkBound(located, layer.attempts.max);
    }

    function checkBound(located: LocatedLayer, attempts = 0): void {
      const minutes = (leastTotalWait(located.layer) ?? 0) / 60_000;
      const data = { attempts: String(attempts) };
      if (attempts > maxAttempts)
        report(located, "tooMany", { ...data, limit: String(maxAttempts) }, limitLibrary(located));
      else if (minutes > maxWaitMinutes) {
        report(
          located,
          "tooLong",
          { ...data, minutes: String(Math.floor(minutes)), limit: String(maxWaitMinutes) },
          limitLibrary(located),
        );
      }
    }

    function checkUnbounded(located: LocatedLayer, { node, reason }: Unbounded): void {
      const { library, purpose } = located.layer;
      if (purpose === "poll") {
        report(located, "endlessPoll", {}, deadline(located));
        return;
      }
      const option = library?.known.attempts.option;
      const unless = option === undefined ? "" : ` unless \`${option}\` bounds it`;
      report(
        located,
        FAULTS[reason],
        reason === "no-limit-option" ? { unless } : { test: textOf(node) },
        library === undefined ? limitLoop(located, node, reason) : limitLibrary(located),
      );
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

    function limitLoop(
      located: LocatedLayer,
      test: TSESTree.Node,
      reason: UnboundedReason,
    ): Fields {
      const rewritten = reportFields(
        reason === "no-exit" ? rewrite(located) : refuse("the loop has a fault of its own"),
        { messageId: "sendWithBackoff" },
      );
      if (rewritten.fix !== undefined) return rewritten;
      const { edit, messageId } = limitBy(located, test, reason);
      const limited = reportFields(lower(edit, "suggestion", "a person must choose the limit"), {
        messageId,
      });
      return { suggest: [...(rewritten.suggest ?? []), ...(limited.suggest ?? [])] };
    }

    function rewrite({ calls, layer }: LocatedLayer): Edit {
      const sole = soleSendOf(layer, calls.length === 1 ? calls[0] : undefined, sourceCode);
      if (sole === undefined) return refuse("the loop does more than to send a command");
      if (sole.orphans && forbidsUnused(unit))
        return refuse("the sleep function would be left without a use");
      const binding = helperBinding(context, unit, "sendWithBackoff", [sole.call.node]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const edit = combine(
        sourceCode,
        keepOnly(sourceCode, sole.loop, sole.kept),
        wrapSend(sourceCode, sole.call.node, binding.localName),
        binding.edit,
      );
      if (isSafeToRepeat(sole.call) !== "yes")
        return lower(edit, "suggestion", "a repeated request may act twice");
      return edit;
    }

    function limitBy(
      located: LocatedLayer,
      test: TSESTree.Node,
      reason: UnboundedReason,
    ): { readonly edit: Edit; readonly messageId: MessageIds } {
      const { layer } = located;
      const handler = handlerIn(located);
      if (reason === "counter-skipped")
        return {
          messageId: "compareByOrder",
          edit:
            unitOf(test) === unit
              ? compareByOrder(sourceCode, test)
              : refuse("the test is elsewhere"),
        };
      if (layer.kind !== "loop" || handler === undefined)
        return { messageId: "limitAttempts", edit: refuse("there is no place for a limit") };
      if (reason === "goes-on-after-success")
        return { messageId: "leaveOnSuccess", edit: leave(layer.node, handler) };
      const counter =
        reason === "counter-stuck" &&
        test.type === T.BinaryExpression &&
        /^<=?$/.test(test.operator)
          ? test.left
          : undefined;
      if (counter?.type === T.Identifier)
        return {
          messageId: "advanceCounter",
          edit: advance(sourceCode, handler.body, counter.name),
        };
      const attempt = reason === "no-exit" ? attemptNumberAt(located, handler.body) : undefined;
      const edit =
        attempt === undefined
          ? limitAttempts(sourceCode, layer.node, handler, ATTEMPTS)
          : throwAt(sourceCode, handler, `${attempt} >= ${String(ATTEMPTS)}`);
      return { messageId: "limitAttempts", edit };
    }

    function leave(loop: TSESTree.Node, { parent }: TSESTree.CatchClause): Edit {
      const last = parent.block.body.at(-1);
      if (last === undefined || parent.parent.parent !== loop)
        return refuse("the attempt is nested deeper");
      return insertAfter(sourceCode, last, "break;");
    }

    function deadline({ layer }: LocatedLayer): Fields {
      if (layer.kind !== "loop") return {};
      const edit = limitTime(sourceCode, layer.node, "300_000", "Not done after five minutes");
      return reportFields(lower(edit, "suggestion", "a person must choose the limit"), {
        messageId: "addDeadline",
      });
    }

    function limitLibrary({ layer: { library } }: LocatedLayer): Fields {
      const { option, counts } = library?.known.attempts ?? {};
      if (library === undefined || option === undefined) return {};
      const value = String(counts === "retries" ? ATTEMPTS - 1 : ATTEMPTS);
      const switches = library.known.attempts.unlimited.filter(
        (unlimited) =>
          unlimited.value === true && lookUp(library.options, unlimited.option).answer === "yes",
      );
      const parts = switches.map((unlimited) =>
        setLibraryOption(sourceCode, unit, library, unlimited.option, "false"),
      );
      const bound = combine(
        sourceCode,
        ...parts,
        setLibraryOption(sourceCode, unit, library, option, value),
      );
      const edit = lower(bound, "suggestion", "a person must choose the limit");
      return reportFields(edit, { messageId: "setOption", data: { option, value } });
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});
