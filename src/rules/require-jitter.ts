/** Reports retry and poll layers in which several callers that fail together come back together. */
import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { addDelayEdit, jitterEdit, slipEdit } from "../delay-edit.ts";
import { lower, reportFields } from "../fix/edit.ts";
import { whyNoEdit } from "../fix/explain.ts";
import { setLibraryBackoff, setLibraryOption } from "../library-option.ts";
import type { DelayKind, DelaySlip } from "../model/delay/delay.ts";
import { waitShownIn } from "../model/retry/delay-place.ts";
import { isImmediate } from "../model/retry/immediate.ts";
import type { Layer } from "../model/retry/layer.ts";
import { libraryDelayFault } from "../model/retry/library-delay.ts";
import { layerLocation } from "../model/retry/location.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";
import { pollEdit } from "../poll-edit.ts";

type MessageIds =
  | "addDelay"
  | "awaitSleep"
  | "constantDelay"
  | "exclusiveOr"
  | "fixedDelay"
  | "growingDelay"
  | "jitterDelay"
  | "libraryDelay"
  | "libraryJitter"
  | "noDelay"
  | "notAwaited"
  | "pollAtOnce"
  | "pollConstant"
  | "pollFixed"
  | "pollGrowing"
  | "pollUntil"
  | "raiseToPower"
  | "scaleDelay"
  | "secondsAsMilliseconds"
  | "setBackoff"
  | "switchJitterOn"
  | "varyInterval";

export interface RuleOptions {
  readonly polls: "ignore" | "report";
}

const SLIPS: Readonly<
  Record<DelaySlip, { readonly messageId: MessageIds; readonly suggestion: MessageIds }>
> = {
  "bitwise-xor": { messageId: "exclusiveOr", suggestion: "raiseToPower" },
  "not-awaited": { messageId: "notAwaited", suggestion: "awaitSleep" },
  "seconds-as-milliseconds": { messageId: "secondsAsMilliseconds", suggestion: "scaleDelay" },
};

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "require-jitter",
  meta: {
    type: "problem",
    docs: {
      description: "require random delays between the attempts of Amazon Connect calls",
      presets: ["recommended", "strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      fixedDelay:
        "The delay between attempts of {{operation}} is always {{ms}} ms: callers that fail together come back together. Draw it at random, and let it grow.{{noEdit}}",
      constantDelay:
        "The delay between attempts of {{operation}} is the same every time: callers that fail together come back together. Draw it at random, and let it grow.{{noEdit}}",
      growingDelay:
        "The delay between attempts of {{operation}} grows, but the same way for every caller: those that fail together come back together. Draw it at random up to that value.{{noEdit}}",
      noDelay:
        "Nothing waits between two attempts of {{operation}}: the next request goes out at once, into the throttling that failed the last one. Wait for a random time that grows.{{noEdit}}",
      libraryJitter:
        "Here {{library}} waits without jitter unless `{{option}}` is {{value}}: callers of {{operation}} that fail together come back together.",
      libraryDelay:
        "Here {{library}} {{waits}}: callers of {{operation}} that fail together come back together. Give it a random delay{{option}}.",
      pollFixed:
        "This polls with {{operation}} every {{ms}} ms exactly: pollers that start together stay together, and share the quota badly. Vary the interval.{{noEdit}}",
      pollConstant:
        "This polls with {{operation}} at a constant interval: pollers that start together stay together, and share the quota badly. Vary the interval.{{noEdit}}",
      pollGrowing:
        "This polls with {{operation}} at intervals that grow the same way for every poller: those that start together stay together. Vary the interval.{{noEdit}}",
      pollAtOnce:
        "This polls with {{operation}} without a wait between two requests, which uses up the quota of the whole account. Wait for a random time.{{noEdit}}",
      notAwaited:
        "Nothing waits for this sleep: the next attempt of {{operation}} goes out at once. Await it.",
      exclusiveOr:
        "`^` is the exclusive or, not a power, so the delay between attempts of {{operation}} does not grow as it seems to. Write `**`.",
      secondsAsMilliseconds:
        "This delay between attempts of {{operation}} is in seconds, but milliseconds are asked for: the next request goes out almost at once. Multiply it by 1000.",
      jitterDelay: "Wait for a random time up to that value.",
      varyInterval: "Vary the interval around its mean.",
      switchJitterOn: "Set `{{option}}` to {{value}}.",
      raiseToPower: "Raise to a power with `**`.",
      scaleDelay: "Multiply by 1000.",
      awaitSleep: "Wait for it with `await`.",
      addDelay: "Wait for a random time before the next attempt.",
      pollUntil:
        "Poll with the helper, which varies the interval and gives up after sixty attempts or five minutes.",
      setBackoff: "Give it a backoff with jitter.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          polls: {
            description: "Whether loops that ask until something is done are judged, too.",
            type: "string",
            enum: ["report", "ignore"],
          },
        },
      },
    ],
    defaultOptions: [{ polls: "report" }],
  },
  create(context, [{ polls }], unit) {
    const { sourceCode } = context;

    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.purpose === "poll" && polls === "ignore") return;
      if (layer.attempts.kind === "bounded" && layer.attempts.max === 1) return;
      if (layer.delay.slips.length > 0)
        for (const slip of layer.delay.slips) reportSlip(located, slip);
      else if (layer.library !== undefined) reportLibrary(located, layer.library);
      else reportDelay(located);
    }

    function reportSlip(located: LocatedLayer, found: Layer["delay"]["slips"][number]): void {
      const { messageId, suggestion } = SLIPS[found.slip];
      const edit = slipEdit(context, unit, located.layer, found);
      context.report({
        loc: locate(located.layer, found.node),
        messageId,
        data: { operation: operationsOf(located) },
        ...reportFields(lower(edit, "suggestion", "the delay becomes another one"), {
          messageId: suggestion,
        }),
      });
    }

    function reportLibrary(located: LocatedLayer, library: NonNullable<Layer["library"]>): void {
      const { layer } = located;
      const fault = libraryDelayFault(library, layer.delay);
      if (fault === undefined) return;
      const { jitter, option, waits } = fault;
      const loc = layerLocation(layer, sourceCode);
      const operation = operationsOf(located);
      const { label } = layer;
      if (jitter === undefined) {
        const given = option === undefined ? "" : ` with \`${option}\``;
        context.report({
          loc,
          messageId: "libraryDelay",
          data: { operation, library: label, waits, option: given },
          ...reportFields(setLibraryBackoff(context, unit, library), { messageId: "setBackoff" }),
        });
        return;
      }
      const edit = setLibraryOption(sourceCode, unit, library, jitter.option, jitter.value);
      context.report({
        loc,
        messageId: "libraryJitter",
        data: { operation, library: label, option: jitter.option, value: jitter.value },
        ...reportFields(edit, { messageId: "switchJitterOn", data: jitter }),
      });
    }

    function reportDelay(located: LocatedLayer): void {
      const { layer } = located;
      const { delay, purpose } = layer;
      const messageId = messageOf(delay.kind, delay.fixedMs, purpose);
      if (messageId === undefined || (delay.kind === "none" && !isImmediate(located))) return;
      const isPoll = purpose === "poll";
      const edit =
        delay.kind === "none"
          ? addDelayEdit(context, unit, located)
          : jitterEdit(context, unit, located);
      const own = reportFields(edit, {
        messageId: delay.kind === "none" ? "addDelay" : isPoll ? "varyInterval" : "jitterDelay",
      });
      const whole = isPoll
        ? reportFields(pollEdit(context, unit, located), { messageId: "pollUntil" })
        : {};
      const offered =
        own.fix !== undefined || own.suggest !== undefined || whole.suggest !== undefined;
      context.report({
        loc: locate(layer, delay.node),
        messageId,
        data: {
          operation: operationsOf(located),
          ms: String(delay.fixedMs),
          noEdit: offered ? "" : whyNoEdit(edit),
        },
        ...own,
        suggest: [...(own.suggest ?? []), ...(whole.suggest ?? [])],
      });
    }

    function locate(layer: Layer, node: TSESTree.Node | undefined): TSESTree.SourceLocation {
      return waitShownIn(layer, node)?.loc ?? layerLocation(layer, sourceCode);
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});

function messageOf(
  kind: DelayKind,
  fixedMs: number | undefined,
  purpose: Layer["purpose"],
): MessageIds | undefined {
  const isPoll = purpose === "poll";
  switch (kind) {
    case "fixed":
      if (fixedMs === undefined) return isPoll ? "pollConstant" : "constantDelay";
      return isPoll ? "pollFixed" : "fixedDelay";
    case "growing":
      return isPoll ? "pollGrowing" : "growingDelay";
    case "none":
      return isPoll ? "pollAtOnce" : "noDelay";
    default:
      return undefined;
  }
}
