/** Whether a client's requests end when nobody answers: the SDK has no default, and `requestTimeout` alone only warns. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { compareVersions } from "../../knowledge/index.ts";
import { importedName } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { unitOf } from "../program/unit.ts";
import type { SdkCall } from "../sdk/call.ts";
import { type Construction, constructionsOf } from "./construction.ts";
import { isForBrowser } from "./platform.ts";
import { dependencyVersion, packageRoot } from "./remedy.ts";
import { makerOf, ownLiteral, type Setting, settingIn, settingOf } from "./setting.ts";
import { callsServedBy } from "./served.ts";

const HANDLER = "@smithy/node-http-handler";
/** First handler that separates `requestTimeout` from `socketTimeout` and logs where it threw before (source: its packages). */
const FIRST_TO_WARN = "4.4.0";

/** A `requestTimeout` that is logged and does not end the request. */
export interface WarningTimeout {
  readonly setting: Setting;
  /** The literal with the handler's options, if they are this client's alone. */
  readonly options: TSESTree.ObjectExpression | undefined;
}

/** The client's `requestTimeout`, if the installed handler only warns when it has passed. */
export function warningTimeout(construction: Construction): WarningTimeout | undefined {
  const handler = handlerOf(construction);
  if (handler?.options === undefined || !onlyWarns(handler)) return undefined;
  const setting = settingIn(handler.options, "requestTimeout");
  return isTimeout(setting) ? { setting, options: ownLiteral(handler.options) } : undefined;
}

/** The `requestTimeout` among the options of a `send`, if the handlers of its client only warn when it has passed. */
export function warningTimeoutOf({ api, client, node, style }: SdkCall): Setting | undefined {
  const options = style === "send" || style === "method" ? node.arguments[1] : undefined;
  if (api === "v2" || client === undefined || options === undefined) return undefined;
  const setting = settingIn(options, "requestTimeout");
  if (!isTimeout(setting) || lookUp(options, "abortSignal").answer !== "no") return undefined;
  const { constructions, complete } = constructionsOf(client);
  const isWarning = constructions.every((construction) => {
    const handler = handlerOf(construction);
    return handler !== undefined && onlyWarns(handler);
  });
  return complete && constructions.length > 0 && isWarning ? setting : undefined;
}

function isTimeout({ answer, value }: Setting): boolean {
  return answer === "yes" && value !== undefined && numberOf(value) !== 0;
}

/** What sends a client's requests. */
interface Handler {
  /** Its options; `undefined` where none are given. */
  readonly options: TSESTree.Node | undefined;
  /** The version of Node's handler, where it is that one. */
  readonly version: string | undefined;
}

function handlerOf(construction: Construction): Handler | undefined {
  if (construction.client.api === "v2") return undefined;
  const setting = settingOf(construction, "requestHandler");
  const maker = setting.value === undefined ? undefined : makerOf(setting.value);
  if (maker?.type === T.NewExpression)
    return { options: maker.arguments[0], version: versionOfHandler(maker) };
  // In a browser it is `fetch` that sends, and its timeout ends the request.
  if ((maker === undefined && setting.answer !== "no") || isForBrowser(unitOf(construction.node)))
    return undefined;
  return { options: maker, version: versionForClient(construction) };
}

/** Whether a handler logs a warning where `requestTimeout` has passed, and has nothing else that ends the request. */
function onlyWarns({ options, version }: Handler): boolean {
  if (version === undefined || (compareVersions(version, FIRST_TO_WARN) ?? -1) < 0) return false;
  // A `throwOnRequestTimeout: false` says it, and a socket timeout ends the request by itself.
  return ["throwOnRequestTimeout", "socketTimeout"].every((key) => {
    const { answer, properties } = settingIn(options, key);
    return answer === "no" && properties.length === 0;
  });
}

/** Whether nothing ends a request of the client that is never answered. */
export function hasNoTimeout(construction: Construction): boolean {
  if (construction.client.api === "v2" || settingOf(construction, "requestHandler").answer !== "no")
    return false;
  const calls = callsServedBy(construction);
  // What a call is sent with may be an abort signal.
  return (
    calls.length === 0 ||
    calls.some(
      ({ node, style }) =>
        style === "paginator" || node.arguments[style === "helper" ? 2 : 1] === undefined,
    )
  );
}

function versionForClient(construction: Construction): string | undefined {
  const root = packageRoot(construction);
  return root === undefined ? undefined : dependencyVersion(root, HANDLER);
}

function versionOfHandler(node: TSESTree.NewExpression): string | undefined {
  const imported = importedName(node.callee);
  if (imported !== undefined && imported.path.at(-1) !== "NodeHttpHandler") return undefined;
  return namedTypesAt(node).find(
    (type) => type.name === "NodeHttpHandler" && type.package.name === HANDLER,
  )?.package.version;
}
