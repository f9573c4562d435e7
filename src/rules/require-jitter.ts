/** Reports retry and poll layers in which several callers that fail together come back together. */
import type { TSESTree } from "@typescript-eslint/utils";
import { enclosingFunction } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { awaitStatement, raiseToPower, scaleDelay, varyAround, wrapDelay } from "../fix/delay.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { helperBinding } from "../helper-binding.ts";
import { setLibraryOption } from "../library-option.ts";
import type { DelayKind, DelaySlip } from "../model/delay/delay.ts";
import { isNumber } from "../model/program/checker.ts";
import { attemptNumberAt } from "../model/retry/attempt-number.ts";
import { standsIn, waitShownIn } from "../model/retry/delay-place.ts";
import { isImmediate } from "../model/retry/immediate.ts";
import type { Layer } from "../model/retry/layer.ts";
import { layerLocation } from "../model/retry/location.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";

type MessageIds =
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
  | "raiseToPower"
  | "scaleDelay"
  | "secondsAsMilliseconds"
  | "switchJitterOn"
  | "varyInterval";

export interface RuleOptions {
  readonly polls: "ignore" | "report";
}

/** Largest base for which the helper's growth has room below its ceiling of 20 s. */
const LARGEST_BASE_MS = 10_000;

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
        "The delay between attempts of {{operation}} is always {{ms}} ms: callers that fail together come back together. Draw it at random, and let it grow.",
      constantDelay:
        "The delay between attempts of {{operation}} is the same every time: callers that fail together come back together. Draw it at random, and let it grow.",
      growingDelay:
        "The delay between attempts of {{operation}} grows, but the same way for every caller: those that fail together come back together. Draw it at random up to that value.",
      noDelay:
        "Nothing waits between two attempts of {{operation}}: the next request goes out at once, into the throttling that failed the last one. Wait for a random time that grows.",
      libraryJitter:
        "Here {{library}} waits without jitter unless `{{option}}` is {{value}}: callers of {{operation}} that fail together come back together.",
      libraryDelay:
        "Here {{library}} {{waits}}: callers of {{operation}} that fail together come back together. Give it a random delay{{option}}.",
      pollFixed:
        "This polls with {{operation}} every {{ms}} ms exactly: pollers that start together stay together, and share the quota badly. Vary the interval.",
      pollConstant:
        "This polls with {{operation}} at a constant interval: pollers that start together stay together, and share the quota badly. Vary the interval.",
      pollGrowing:
        "This polls with {{operation}} at intervals that grow the same way for every poller: those that start together stay together. Vary the interval.",
      pollAtOnce:
        "This polls with {{operation}} without a wait between two requests, which uses up the quota of the whole account. Wait for a random time.",
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

    function reportSlip(
      located: LocatedLayer,
      { slip, node }: Layer["delay"]["slips"][number],
    ): void {
      const { layer } = located;
      const { messageId, suggestion } = SLIPS[slip];
      context.report({
        loc: locate(layer, node),
        messageId,
        data: { operation: operationsOf(located) },
        ...reportFields(
          lower(slipEdit(located, slip, node), "suggestion", "the delay becomes another one"),
          { messageId: suggestion },
        ),
      });
    }

    /** Repairs the slip and, where nothing else makes the delay random, that too. */
    function slipEdit({ layer }: LocatedLayer, slip: DelaySlip, node: TSESTree.Node): Edit {
      if (layer.delay.slips.length > 1) return refuse("there is more than one slip");
      if (standsIn(layer, node) !== "layer") return refuse("it is written elsewhere");
      const repaired = repair(layer, slip, node);
      const parts =
        layer.delay.kind === "jittered"
          ? []
          : [
              jittered(layer.delay.node, (delay, name) =>
                wrapDelay(sourceCode, delay, `${name}(`, ")"),
              ),
            ];
      return combine(sourceCode, ...parts, repaired);
    }

    function repair({ delay }: Layer, slip: DelaySlip, node: TSESTree.Node): Edit {
      switch (slip) {
        case "bitwise-xor":
          return raiseToPower(sourceCode, node);
        case "not-awaited":
          return enclosingFunction(node)?.async === true
            ? awaitStatement(sourceCode, node)
            : refuse("`await` is not allowed here");
        case "seconds-as-milliseconds":
          return delay.node === undefined
            ? refuse("the delay cannot be seen")
            : scaleDelay(sourceCode, delay.node, 1000);
      }
    }

    function reportLibrary(located: LocatedLayer, library: NonNullable<Layer["library"]>): void {
      const { layer } = located;
      const { delay } = layer;
      if (delay.kind === "jittered" || delay.kind === "unknown") return;
      const { jitter, option } = library.known.delay;
      const operation = operationsOf(located);
      const { label } = layer;
      const loc = layerLocation(layer, sourceCode);
      if (jitter === undefined || delay.kind === "none") {
        const waits =
          delay.kind === "none"
            ? "does not wait between attempts"
            : delay.kind === "fixed"
              ? "waits for the same time between attempts"
              : "waits without jitter";
        context.report({
          loc,
          messageId: "libraryDelay",
          data: {
            operation,
            library: label,
            waits,
            option: option === undefined ? "" : ` with \`${option}\``,
          },
        });
        return;
      }
      const value = JSON.stringify(jitter.on[0]);
      context.report({
        loc,
        messageId: "libraryJitter",
        data: { operation, library: label, option: jitter.option, value },
        ...reportFields(setLibraryOption(sourceCode, unit, library, jitter.option, value), {
          messageId: "switchJitterOn",
          data: { option: jitter.option, value },
        }),
      });
    }

    function reportDelay(located: LocatedLayer): void {
      const { layer } = located;
      const { delay, purpose } = layer;
      const messageId = messageOf(delay.kind, delay.fixedMs, purpose);
      if (messageId === undefined || (delay.kind === "none" && !isImmediate(located))) return;
      const edit =
        purpose === "poll" && delay.kind === "fixed"
          ? jittered(delay.node, (node, name) => varyAround(sourceCode, node, name))
          : backoff(located);
      const ms = delay.fixedMs === undefined ? {} : { ms: String(delay.fixedMs) };
      context.report({
        loc: locate(layer, delay.node),
        messageId,
        data: { operation: operationsOf(located), ...ms },
        ...reportFields(inItsPlace(layer, edit), {
          messageId: purpose === "poll" ? "varyInterval" : "jitterDelay",
        }),
      });
    }

    /** The helper's delay: growing with the loop's own counter where a fixed one has nothing that grows, else only random. */
    function backoff(located: LocatedLayer): Edit {
      const { delay } = located.layer;
      const isSmall = delay.fixedMs === undefined || delay.fixedMs <= LARGEST_BASE_MS;
      const attempt =
        delay.kind === "fixed" && delay.scale === 1 && isSmall && delay.node !== undefined
          ? attemptNumberAt(located, delay.node)
          : undefined;
      return attempt === undefined
        ? jittered(delay.node, (node, name) => wrapDelay(sourceCode, node, `${name}(`, ")"))
        : jittered(
            delay.node,
            (node, name) =>
              wrapDelay(sourceCode, node, `${name}(${attempt}, { baseDelayMs: `, " })"),
            "backoffDelay",
          );
    }

    function jittered(
      delay: TSESTree.Node | undefined,
      write: (node: TSESTree.Node, name: string) => Edit,
      helper: "backoffDelay" | "jitter" = "jitter",
    ): Edit {
      if (delay === undefined || isNumber(delay) === "no")
        return refuse("the delay is no number that can be seen");
      const binding = helperBinding(context, unit, helper, [delay]);
      return binding.kind === "refused"
        ? refuse(binding.reason)
        : combine(sourceCode, write(delay, binding.localName), binding.edit);
    }

    /** Other code may use a delay that stands outside of the layer. */
    function inItsPlace(layer: Layer, edit: Edit): Edit {
      const place = layer.delay.node === undefined ? "program" : standsIn(layer, layer.delay.node);
      if (place === "layer") return edit;
      return lower(
        edit,
        place === "file" ? "suggestion" : "none",
        "the delay is written elsewhere",
      );
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
