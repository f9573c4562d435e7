/** Reports retry settings of AWS clients that do not do what they say. */
import type { TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { moveBefore } from "../fix/hoist.ts";
import { quoted, styleOf } from "../fix/style.ts";
import { type ConfigFault, configFaults } from "../model/client/config-faults.ts";
import { type Construction, constructionsIn } from "../model/client/construction.ts";
import { endsClients, invocationAround, rebuiltBy } from "../model/client/lifetime.ts";
import type { Setting } from "../model/client/setting.ts";
import {
  isGivenToClient,
  unjitteredBackoff,
  unjitteredStrategy,
} from "../model/client/strategy.ts";
import { hasNoTimeout, warningTimeout, warningTimeoutOf } from "../model/client/timeout.ts";
import { unitOf } from "../model/program/unit.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";
import {
  jitterBackoff,
  jitterStrategy,
  moveOutOfParams,
  removeSetting,
  setSetting,
  throwOnTimeout,
  translateSetting,
} from "../setting-edit.ts";

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
  | "unjitteredBackoff"
  | "unknownMode"
  | "warningTimeout"
  | "warningTimeoutOfCall";

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
      unjitteredBackoff:
        "`customBackoff` is waited for as it is, and nothing in it is random: clients that were throttled together come back together.",
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
    const reported = new Set<string>();

    function report(
      node: TSESTree.Node,
      messageId: MessageIds,
      data: Readonly<Record<string, string>>,
      fields: Fields = {},
    ): void {
      const fault = [...node.range, messageId, ...Object.values(data)].join();
      if (reported.has(fault)) return;
      reported.add(fault);
      context.report({ node, messageId, data, ...fields });
    }

    /** Where a fault of a setting is shown: at its property, or for one written in another file at the client. */
    function placeOf({ property, values }: Setting, { node }: Construction): TSESTree.Node {
      const written = property ?? (values.length === 1 ? values[0] : undefined);
      return written !== undefined && unitOf(written) === unit ? written : node;
    }

    function checkSetting(construction: Construction, fault: ConfigFault): void {
      const { setting } = fault;
      const place = placeOf(setting, construction);
      switch (fault.kind) {
        case "overridden": {
          const { key, isSame } = fault;
          const limit = isSame ? "fix" : "suggestion";
          const removal = removeSetting(sourceCode, unit, setting);
          const edit = lower(removal, limit, "one of the two settings is not meant");
          report(place, "overridden", { key }, removeKey(edit, key));
          break;
        }
        case "otherVersion": {
          const { key, counterpart } = fault;
          const [theirs, ours] = construction.client.api === "v2" ? ["v3", "v2"] : ["v2", "v3"];
          const data = { key, theirs, ours, counterpart: COUNTERPARTS[key] ?? "" };
          const text = counterpart && `${counterpart.key}: ${String(counterpart.value)}`;
          const edit = translateSetting(sourceCode, unit, setting, text);
          const fields =
            text === undefined ? removeKey(edit, key) : replaceKey(edit, `\`${text}\``);
          report(place, "otherVersion", data, fields);
          break;
        }
        case "misplaced": {
          const { key, params } = fault;
          const edit = moveOutOfParams(sourceCode, unit, setting, params);
          report(place, "misplacedKey", { key }, removeKey(edit, key));
          break;
        }
        case "noAttempts": {
          const edit = setSetting(sourceCode, unit, setting, "1");
          report(place, "noAttempts", { value: String(fault.value) }, replaceKey(edit, "1"));
          break;
        }
        case "unknownMode": {
          const fields = fault.meant === undefined ? {} : setMode(setting, fault.meant);
          report(place, "unknownMode", { mode: JSON.stringify(fault.mode) }, fields);
          break;
        }
        case "adaptiveWithoutMemory":
          report(place, "adaptiveWithoutMemory", {});
      }
    }

    function setMode(setting: Setting, meant: "adaptive" | "standard"): Fields {
      const mode = quoted(meant, styleOf(sourceCode));
      // Standard is what the SDK makes of it already.
      const limit = meant === "standard" ? "fix" : "suggestion";
      const edit = setSetting(sourceCode, unit, setting, mode);
      const sure = lower(edit, limit, "the mode changes");
      return reportFields(sure, { messageId: "setMode", data: { mode } });
    }

    /** Once, where it is built, however many clients in whatever files have it. */
    function checkStrategy(node: TSESTree.NewExpression): void {
      const strategy = unjitteredStrategy(node);
      if (strategy === undefined || !isGivenToClient(node)) return;
      const { delay, fixedMs, fn } = strategy;
      const fields = replaceKey(jitterStrategy(context, unit, strategy), "a delay with jitter");
      if (fn !== undefined) {
        report(delay ?? node, "unjittered", {}, fields);
        return;
      }
      const time = fixedMs === undefined ? "the same short time" : `${String(fixedMs)} ms`;
      report(delay ?? node, "fixedDelay", { delay: time }, fields);
    }

    function checkBackoff(construction: Construction): void {
      const backoff = unjitteredBackoff(construction);
      if (backoff === undefined) return;
      const isHere = unitOf(backoff) === unit;
      const edit = isHere ? jitterBackoff(context, unit, backoff) : refuse("it is in another file");
      const fields = replaceKey(edit, "a delay with jitter");
      report(isHere ? backoff : construction.node, "unjitteredBackoff", {}, fields);
    }

    function checkTimeout(construction: Construction): void {
      const warning = warningTimeout(construction);
      if (warning !== undefined) {
        const edit = throwOnTimeout(sourceCode, unit, warning.options);
        const fields = reportFields(edit, { messageId: "addThrow" as const });
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
      const edit = endsClients(anchor)
        ? refuse("a client is destroyed there")
        : moveBefore(sourceCode, node, anchor, "connectClient").edit;
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
        checkStrategy(node);
        const construction = constructionsIn(unit).find((item) => item.node === node);
        if (construction === undefined) return;
        for (const fault of configFaults(construction)) checkSetting(construction, fault);
        checkBackoff(construction);
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

function removeKey(edit: Edit, key: string): Fields {
  return reportFields(edit, { messageId: "removeKey", data: { key } });
}

function replaceKey(edit: Edit, text: string): Fields {
  return reportFields(edit, { messageId: "replaceKey", data: { text } });
}
