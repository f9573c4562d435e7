/** Reports retry settings of AWS clients that do not do what they say. */
import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { moveBefore } from "../fix/hoist.ts";
import { addToObject, moveProperty, removeProperty, replaceValue } from "../fix/object.ts";
import { drawDelay, jitterResult } from "../fix/strategy.ts";
import { quoted, styleOf } from "../fix/style.ts";
import { helperBinding } from "../helper-binding.ts";
import { type ConfigFault, configFaults } from "../model/client/config-faults.ts";
import { type Construction, constructionsIn } from "../model/client/construction.ts";
import { invocationAround, rebuiltBy } from "../model/client/lifetime.ts";
import type { Setting } from "../model/client/setting.ts";
import { hasNoTimeout, warningTimeout, warningTimeoutOf } from "../model/client/timeout.ts";
import { unitOf } from "../model/program/unit.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";

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
  | "warningTimeout"
  | "warningTimeoutOfCall";

export interface RuleOptions {
  readonly clientPerInvocation: "ignore" | "report";
  readonly missingTimeout: "ignore" | "report";
}

type Fields = ReturnType<typeof reportFields<MessageIds>>;
type FaultOf<Kind extends ConfigFault["kind"]> = ConfigFault & { readonly kind: Kind };

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
      warningTimeoutOfCall:
        "`requestTimeout` only logs a warning in the installed SDK and the request goes on: it needs `throwOnRequestTimeout: true` in the client's `requestHandler`.",
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
    function placeOf({ property, values }: Setting, { node }: Construction): TSESTree.Node {
      const written = property ?? (values.length === 1 ? values[0] : undefined);
      return written !== undefined && unitOf(written) === unit ? written : node;
    }

    /** An edit of a setting that is written down in this file, for this client alone. */
    function ownEdit(
      { own, property }: Setting,
      edit: (own: TSESTree.ObjectExpression, property: TSESTree.Property) => Edit,
    ): Edit {
      return own === undefined || property === undefined || unitOf(property) !== unit
        ? refuse("it is not this client's alone")
        : edit(own, property);
    }

    function removal(setting: Setting): Edit {
      return ownEdit(setting, (own, property) => removeProperty(sourceCode, own, property));
    }

    function replacement(setting: Setting, text: string): Edit {
      return ownEdit(setting, (_own, property) => replaceValue(sourceCode, property, text));
    }

    function checkSetting(construction: Construction, fault: ConfigFault): void {
      const { setting } = fault;
      const place = placeOf(setting, construction);
      switch (fault.kind) {
        case "overridden": {
          const { key, isSame } = fault;
          const limit = isSame ? "fix" : "suggestion";
          const edit = lower(removal(setting), limit, "one of the two settings is not meant");
          const fields = reportFields(edit, { messageId: "removeKey" as const, data: { key } });
          report(place, "overridden", { key }, fields);
          break;
        }
        case "otherVersion": {
          const { key } = fault;
          const [theirs, ours] = construction.client.api === "v2" ? ["v3", "v2"] : ["v2", "v3"];
          const data = { key, theirs, ours, counterpart: COUNTERPARTS[key] ?? "" };
          report(place, "otherVersion", data, translation(fault));
          break;
        }
        case "misplaced": {
          const { key, params } = fault;
          const edit = ownEdit(setting, (own, property) =>
            params.own === undefined || property.value !== setting.value
              ? refuse("it is not written in place")
              : moveProperty(sourceCode, own, property, params.own),
          );
          const fields = reportFields(edit, { messageId: "removeKey" as const, data: { key } });
          report(place, "misplacedKey", { key }, fields);
          break;
        }
        case "noAttempts": {
          const message = { messageId: "replaceKey" as const, data: { text: "1" } };
          const fields = reportFields(replacement(setting, "1"), message);
          report(place, "noAttempts", { value: String(fault.value) }, fields);
          break;
        }
        case "unknownMode": {
          const fields = fault.meant === undefined ? {} : setMode(setting, fault.meant);
          report(place, "unknownMode", { mode: JSON.stringify(fault.mode) }, fields);
          break;
        }
        case "adaptiveWithoutMemory": {
          report(place, "adaptiveWithoutMemory", {});
          break;
        }
        case "unjittered":
          checkStrategy(fault, place);
      }
    }

    /** Says the same in the words of the client's own version, where those are known. */
    function translation({ key, setting, counterpart }: FaultOf<"otherVersion">): Fields {
      if (counterpart === undefined) {
        const edit = lower(removal(setting), "suggestion", "what was meant is lost");
        return reportFields(edit, { messageId: "removeKey", data: { key } });
      }
      const text = `${counterpart.key}: ${String(counterpart.value)}`;
      const edit = ownEdit(setting, (_own, { range }) => makeEdit(sourceCode, [{ range, text }]));
      return reportFields(edit, { messageId: "replaceKey", data: { text: `\`${text}\`` } });
    }

    function setMode(setting: Setting, meant: "adaptive" | "standard"): Fields {
      const mode = quoted(meant, styleOf(sourceCode));
      // Standard is what the SDK makes of it already.
      const limit = meant === "standard" ? "fix" : "suggestion";
      const edit = lower(replacement(setting, mode), limit, "the mode changes");
      return reportFields(edit, { messageId: "setMode", data: { mode } });
    }

    function checkStrategy({ strategy }: FaultOf<"unjittered">, elsewhere: TSESTree.Node): void {
      const { delay, fixedMs, fn, node } = strategy;
      const isHere = unitOf(node) === unit;
      const place = isHere ? (delay ?? node) : elsewhere;
      const edit = isHere ? jittered(strategy) : refuse("the strategy is built in another file");
      const message = { messageId: "replaceKey" as const, data: { text: "a delay with jitter" } };
      const fields = reportFields(edit, message);
      if (fn !== undefined) {
        report(place, "unjittered", {}, fields);
        return;
      }
      const time = fixedMs === undefined ? "the same short time" : `${String(fixedMs)} ms`;
      report(place, "fixedDelay", { delay: time }, fields);
    }

    function jittered({ node, delay, fixedMs, fn }: FaultOf<"unjittered">["strategy"]): Edit {
      const helper = fn === undefined ? "backoffDelay" : "jitter";
      const binding = helperBinding(context, unit, helper, [node]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const name = binding.localName;
      const edit =
        fn === undefined
          ? drawDelay(sourceCode, node, delay, fixedMs !== 0, name)
          : jitterResult(sourceCode, delay, name);
      return combine(sourceCode, edit, binding.edit);
    }

    function checkTimeout(construction: Construction): void {
      const warning = warningTimeout(construction);
      if (warning !== undefined) {
        const { options: literal, setting } = warning;
        const edit =
          literal === undefined || unitOf(literal) !== unit
            ? refuse("the options are not this client's alone")
            : addToObject(sourceCode, literal, "throwOnRequestTimeout", "true", {
                isKnownAbsent: true,
              });
        const sure = lower(edit, "suggestion", "slow requests begin to fail");
        const fields = reportFields(sure, { messageId: "addThrow" as const });
        report(placeOf(setting, construction), "warningTimeout", {}, fields);
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
      const sure = lower(edit, "suggestion", "the client lives longer");
      const fields = reportFields(sure, { messageId: "hoistClient" as const });
      if (rebuilding === undefined) {
        report(node, "perInvocation", { client }, fields);
        return;
      }
      const when = WHEN[rebuilding.kind].replace("{{name}}", rebuilding.name ?? "");
      report(node, "rebuilt", { client, when }, fields);
    }

    return {
      NewExpression(node: TSESTree.NewExpression): void {
        const construction = constructionsIn(unit).find((item) => item.node === node);
        if (construction === undefined) return;
        for (const fault of configFaults(construction)) checkSetting(construction, fault);
        checkTimeout(construction);
        checkLifetime(construction);
      },
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        const setting = call === undefined ? undefined : warningTimeoutOf(call);
        const property = setting?.property;
        if (setting === undefined) return;
        const isHere = property !== undefined && unitOf(property) === unit;
        report(isHere ? property : node, "warningTimeoutOfCall", {});
      },
    };
  },
});
