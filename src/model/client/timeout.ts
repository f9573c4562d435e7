/** Whether a client's requests end when nobody answers: the SDK has no default, and `requestTimeout` alone only warns. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { compareVersions } from "../../knowledge/index.ts";
import { importedName } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { numberOf } from "../program/constant.ts";
import type { Construction } from "./construction.ts";
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
  if (construction.client.api === "v2") return undefined;
  const handler = settingOf(construction, "requestHandler");
  const maker = handler.value === undefined ? undefined : makerOf(handler.value);
  if (maker === undefined) return undefined;
  const options = maker.type === T.NewExpression ? maker.arguments[0] : maker;
  const version =
    maker.type === T.NewExpression ? versionOfHandler(maker) : versionForClient(construction);
  if (
    options === undefined ||
    version === undefined ||
    (compareVersions(version, FIRST_TO_WARN) ?? -1) < 0
  )
    return undefined;
  const setting = settingIn(options, "requestTimeout");
  if (setting.answer !== "yes" || setting.value === undefined || numberOf(setting.value) === 0)
    return undefined;
  // A `throwOnRequestTimeout: false` says it, and a socket timeout ends the request by itself.
  const others = ["throwOnRequestTimeout", "socketTimeout"].map((key) => settingIn(options, key));
  if (others.some(({ answer, properties }) => answer !== "no" || properties.length > 0))
    return undefined;
  return { setting, options: ownLiteral(options) };
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
