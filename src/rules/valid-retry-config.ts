/** Reports retry settings of AWS clients that do not do what they say. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { moveBefore } from "../fix/hoist.ts";
import { insertion } from "../fix/list.ts";
import { addToObject, removeProperty, replaceValue } from "../fix/object.ts";
import { quoted, styleOf } from "../fix/style.ts";
import { helperBinding } from "../helper-binding.ts";
import { type ConfigFault, configFaults } from "../model/client/config-faults.ts";
import { type Construction, constructionsIn } from "../model/client/construction.ts";
import { invocationAround, rebuiltBy } from "../model/client/lifetime.ts";
import type { Setting } from "../model/client/setting.ts";
import { hasNoTimeout, warningTimeout } from "../model/client/timeout.ts";
import { numberOf } from "../model/program/constant.ts";
import { unitOf } from "../model/program/unit.ts";

type MessageIds =
  | "adaptiveWithoutMemory"
  | "addThrow"
  | "fixedDelay"
  | "hoistClient"
  | "misplacedKey"
  | "noAttempts"
  | "noTimeout"
  | "otherVersion"
  | "overridden"
  | "perInvocation"
  | "rebuilt"
  | "removeKey"
  | "replaceKey"
  | "setMode"
  | "unjittered"
  | "unknownMode"
  | "warningTimeout";

export interface RuleOptions {
  readonly clientPerInvocation: "ignore" | "report";
  readonly missingTimeout: "ignore" | "report";
}

type Fields = ReturnType<typeof reportFields<MessageIds>>;

/** The equal of a v2 key in v3, and the other way round. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  maxAttempts: "`maxRetries`, which does not count the first attempt",
  maxRetries: "`maxAttempts`, which counts the first attempt too",
  retryDelayOptions: "`retryStrategy`",
  retryMode: "`retryDelayOptions`",
  retryStrategy: "`maxRetries` and `retryDelayOptions`",
};

const WHEN: Readonly<Record<"attempt" | "call" | "element" | "pass", string>> = {
  attempt: "on every attempt",
  call: "on every call of {{name}}(), which runs in a loop",
  element: "for every element",
  pass: "on every pass of this loop",
};

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "valid-retry-config",
  meta: {
    type: "problem",
    docs: {
      description:
        "disallow client settings that do not do what they say about retries and timeouts",
      presets: ["strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      overridden:
        "`{{key}}` has no effect: the client has a `retryStrategy`, and the SDK then reads neither `maxAttempts` nor `retryMode`.",
      otherVersion:
        "`{{key}}` is a setting of SDK {{theirs}}; a client of {{ours}} ignores it. The counterpart is {{counterpart}}.",
      misplacedKey:
        "`{{key}}` inside `params` is taken for a request parameter and has no effect: it belongs beside `params`.",
      noAttempts:
        "`maxAttempts: {{value}}` still sends each request once: say 1 to leave retrying to the code around the client.",
      unknownMode: "The SDK has no retry mode {{mode}} and silently uses `standard`.",
      adaptiveWithoutMemory:
        '`retryMode: "adaptive"` does nothing in the installed SDK, which makes a new rate limiter for every request: it needs @smithy/middleware-retry 4.4.41 (March 2026) or later.',
      fixedDelay:
        "This strategy waits {{delay}} before every retry, without growth and without jitter: clients that were throttled together come back together.",
      unjittered:
        "The delay of this strategy is used as it is, and nothing in it is random: clients that were throttled together come back together.",
      warningTimeout:
        "`requestTimeout` only logs a warning in the installed SDK and the request goes on: it needs `throwOnRequestTimeout: true`.",
      noTimeout:
        "Nothing ends a request of this {{client}} that is never answered: the SDK has no default timeout.",
      rebuilt:
        "This {{client}} is built anew {{when}}: its connections, its retry quota and its rate limiter are thrown away each time.",
      perInvocation:
        "This {{client}} is built anew on every invocation of the handler: its connections, its retry quota and its rate limiter are thrown away each time.",
      removeKey: "Remove `{{key}}`, which has no effect.",
      replaceKey: "Write it as {{text}}.",
      setMode: "Set the mode to {{mode}}.",
      addThrow: "Let requests fail when the time has passed.",
      hoistClient: "Build the client once, in front.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          clientPerInvocation: {
            description:
              "Whether a client that an exported handler builds on each invocation is reported.",
            type: "string",
            enum: ["ignore", "report"],
          },
          missingTimeout: {
            description: "Whether a client is reported that has no timeout at all.",
            type: "string",
            enum: ["ignore", "report"],
          },
        },
      },
    ],
    defaultOptions: [{ clientPerInvocation: "ignore", missingTimeout: "ignore" }],
  },
  create(context, [options], unit) {
    const { sourceCode } = context;
    /** Clients that share a configuration share its faults. */
    const reported = new Set<TSESTree.Node>();

    function report(
      node: TSESTree.Node,
      messageId: MessageIds,
      data: Readonly<Record<string, string>>,
      fields: Fields = {},
    ): void {
      if (reported.has(node)) return;
      reported.add(node);
      context.report({ node, messageId, data, ...fields });
    }

    /** Where a fault of a setting is shown: at its property, or for one written in another file at the client. */
    function placeOf({ property, values }: Setting, construction: Construction): TSESTree.Node {
      const written = property ?? (values.length === 1 ? values[0] : undefined);
      return written !== undefined && unitOf(written) === unit ? written : construction.node;
    }

    function removal({ own, property }: Setting): Edit {
      if (own === undefined || property === undefined || unitOf(property) !== unit)
        return refuse("it is not this client's alone");
      return removeProperty(sourceCode, own, property);
    }

    function checkSetting(construction: Construction, fault: ConfigFault): void {
      const place = placeOf(fault.setting, construction);
      switch (fault.kind) {
        case "overridden": {
          const { key, setting, attempts } = fault;
          const isSame =
            key === "retryMode"
              ? false
              : setting.value !== undefined &&
                attempts !== undefined &&
                numberOf(setting.value) === attempts;
          const edit = isSame
            ? removal(setting)
            : lower(removal(setting), "suggestion", "one of the two settings is not meant");
          report(
            place,
            "overridden",
            { key },
            reportFields(edit, { messageId: "removeKey", data: { key } }),
          );
          return;
        }
        case "otherVersion": {
          const { key } = fault;
          const [theirs, ours] = construction.client.api === "v2" ? ["v3", "v2"] : ["v2", "v3"];
          report(
            place,
            "otherVersion",
            { key, theirs, ours, counterpart: COUNTERPARTS[key] ?? "" },
            counterpart(construction, fault),
          );
          return;
        }
        case "misplaced": {
          report(
            place,
            "misplacedKey",
            { key: fault.key },
            reportFields(moveOut(fault), { messageId: "removeKey", data: { key: fault.key } }),
          );
          return;
        }
        case "noAttempts": {
          const { own, property } = fault.setting;
          const edit =
            own === undefined || property === undefined
              ? refuse("it is shared")
              : replaceValue(sourceCode, property, "1");
          report(
            place,
            "noAttempts",
            { value: String(fault.value) },
            reportFields(edit, { messageId: "replaceKey", data: { text: "1" } }),
          );
          return;
        }
        case "unknownMode": {
          report(place, "unknownMode", { mode: JSON.stringify(fault.mode) }, knownMode(fault));
          return;
        }
        case "adaptiveWithoutMemory": {
          report(place, "adaptiveWithoutMemory", {});
          return;
        }
        case "unjittered": {
          checkStrategy(construction, fault);
          return;
        }
      }
    }

    function counterpart(
      construction: Construction,
      { key, setting }: ConfigFault & { kind: "otherVersion" },
    ): Fields {
      const { own, property, value } = setting;
      const wanted =
        key === "maxRetries" ? "maxAttempts" : key === "maxAttempts" ? "maxRetries" : undefined;
      const count =
        value?.type === T.Literal && typeof value.value === "number" ? value.value : undefined;
      const isFree =
        wanted !== undefined &&
        own !== undefined &&
        !own.properties.some(
          (item) =>
            item.type === T.SpreadElement ||
            keyOf(item) === wanted ||
            keyOf(item) === "retryStrategy",
        );
      const shift = construction.client.api === "v3" ? 1 : -1;
      if (
        !isFree ||
        count === undefined ||
        property === undefined ||
        unitOf(property) !== unit ||
        count + shift < 0
      ) {
        return reportFields(lower(removal(setting), "suggestion", "what was meant is lost"), {
          messageId: "removeKey",
          data: { key },
        });
      }
      const text = `${wanted}: ${String(count + shift)}`;
      return reportFields(makeEdit(sourceCode, [{ range: property.range, text }]), {
        messageId: "replaceKey",
        data: { text: `\`${text}\`` },
      });
    }

    function moveOut({ key, setting, params }: ConfigFault & { kind: "misplaced" }): Edit {
      const { property, own, value } = setting;
      if (
        property === undefined ||
        own === undefined ||
        value === undefined ||
        params.own === undefined ||
        property.value !== value
      )
        return refuse("it is not written in place");
      if (unitOf(property) !== unit) return refuse("it is written in another file");
      const { own: config } = params;
      // The last property of what surrounds `params`: the two edits touch different braces.
      return combine(
        sourceCode,
        removeProperty(sourceCode, own, property),
        addToObject(sourceCode, config, key, sourceCode.getText(value)),
      );
    }

    function knownMode({
      setting: { own, property },
      mode,
      meant,
    }: ConfigFault & { kind: "unknownMode" }): Fields {
      if (
        own === undefined ||
        property === undefined ||
        meant === undefined ||
        unitOf(property) !== unit
      )
        return {};
      const text = quoted(meant, styleOf(sourceCode));
      const edit = replaceValue(sourceCode, property, text);
      // What happens stays what it is.
      const sure =
        mode === "legacy" || meant === "standard"
          ? edit
          : lower(edit, "suggestion", "the mode changes");
      return reportFields(sure, { messageId: "setMode", data: { mode: text } });
    }

    function checkStrategy(
      construction: Construction,
      { setting, strategy }: ConfigFault & { kind: "unjittered" },
    ): void {
      const isHere = unitOf(strategy.node) === unit;
      const place = isHere ? (strategy.delay ?? strategy.node) : placeOf(setting, construction);
      const edit = isHere ? jittered(strategy) : refuse("the strategy is built in another file");
      const fields = reportFields(edit, {
        messageId: "replaceKey",
        data: { text: "a delay with jitter" },
      });
      if (strategy.fn !== undefined) {
        report(place, "unjittered", {}, fields);
        return;
      }
      const delay =
        strategy.fixedMs === undefined ? "the same short time" : `${String(strategy.fixedMs)} ms`;
      report(place, "fixedDelay", { delay }, fields);
    }

    function jittered({
      node,
      delay,
      fixedMs,
      fn,
    }: (ConfigFault & { kind: "unjittered" })["strategy"]): Edit {
      const binding = helperBinding(context, unit, fn === undefined ? "backoffDelay" : "jitter", [
        node,
      ]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const name = binding.localName;
      if (fn === undefined) {
        const base =
          delay === undefined || fixedMs === 0
            ? ""
            : `, { baseDelayMs: ${sourceCode.getText(delay)} }`;
        const text = `(attempt) => ${name}(attempt${base})`;
        const [attempts] = node.arguments;
        if (attempts === undefined) return refuse("the number of attempts is missing");
        const place =
          delay === undefined
            ? insertion(attempts.range[1], `, ${text}`)
            : { range: delay.range, text };
        return combine(sourceCode, makeEdit(sourceCode, [place]), binding.edit);
      }
      return combine(sourceCode, wrapResult(fn, delay, name), binding.edit);
    }

    function wrapResult(fn: TSESTree.Node, delay: TSESTree.Node | undefined, name: string): Edit {
      if (delay?.type === T.Identifier) {
        return makeEdit(sourceCode, [
          { range: delay.range, text: `(attempt) => ${name}(${delay.name}(attempt))` },
        ]);
      }
      if (fn !== delay || fn.type !== T.ArrowFunctionExpression)
        return refuse("the function is written elsewhere");
      const { body } = fn;
      if (body.type === T.BlockStatement || body.type === T.SequenceExpression)
        return refuse("the function has a body of several parts");
      return makeEdit(sourceCode, [
        insertion(body.range[0], `${name}(`),
        insertion(body.range[1], ")"),
      ]);
    }

    function checkTimeout(construction: Construction): void {
      const warning = warningTimeout(construction);
      if (warning !== undefined) {
        const { options: literal } = warning;
        const edit =
          literal === undefined || unitOf(literal) !== unit
            ? refuse("the options are not this client's alone")
            : addToObject(sourceCode, literal, "throwOnRequestTimeout", "true", {
                isKnownAbsent: true,
              });
        const fields = reportFields(lower(edit, "suggestion", "slow requests begin to fail"), {
          messageId: "addThrow",
        });
        report(placeOf(warning.setting, construction), "warningTimeout", {}, fields);
      } else if (options.missingTimeout === "report" && hasNoTimeout(construction)) {
        report(construction.node.callee, "noTimeout", { client: construction.client.name });
      }
    }

    function checkLifetime(construction: Construction): void {
      const { node } = construction;
      const client = construction.client.name;
      const rebuilding = rebuiltBy(construction);
      const invocation =
        options.clientPerInvocation === "report" ? invocationAround(construction) : undefined;
      const anchor = rebuilding?.anchor ?? invocation;
      if (anchor === undefined) return;
      const { edit } = moveBefore(sourceCode, node, anchor, "connectClient");
      const fields = reportFields(lower(edit, "suggestion", "the client lives longer"), {
        messageId: "hoistClient",
      });
      if (rebuilding === undefined) {
        report(node, "perInvocation", { client }, fields);
        return;
      }
      report(
        node,
        "rebuilt",
        { client, when: WHEN[rebuilding.kind].replace("{{name}}", rebuilding.name ?? "") },
        fields,
      );
    }

    return {
      NewExpression(node: TSESTree.NewExpression): void {
        const construction = constructionsIn(unit).find((item) => item.node === node);
        if (construction === undefined) return;
        for (const fault of configFaults(construction)) checkSetting(construction, fault);
        checkTimeout(construction);
        checkLifetime(construction);
      },
    };
  },
});

function keyOf(property: TSESTree.Property): string | undefined {
  return property.key.type === T.Identifier && !property.computed
    ? property.key.name
    : property.key.type === T.Literal
      ? String(property.key.value)
      : undefined;
}
