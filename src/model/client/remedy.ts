/** Facts about a client that decide which repair fits it. */
import { join } from "node:path";
import { createRequire } from "node:module";
import { compareVersions, sdkEra, type SdkEra } from "../../knowledge/index.ts";
import type { Construction } from "./construction.ts";
import { defaultAttempts, HELPER_ATTEMPTS } from "./policy.ts";

/** First client whose configuration takes the strategy interface that the helper implements (`RetryStrategyV2`). */
const FIRST_STRATEGY_V2 = "3.229.0";

/** Whether the client accepts the helper's strategy; unknown versions (nothing installed) are taken for current ones. */
export function takesStrategy({ client }: Construction): boolean {
  if (client.api === "v2") return false;
  const version = client.installed?.version;
  const order = version === undefined ? 1 : compareVersions(version, FIRST_STRATEGY_V2);
  return order === undefined || order >= 0;
}

const V2_GIVE_UP_MS = 400;
const V3_GIVE_UP_MS = 1530;

/**
 * How long a call of this client withstands throttling before it gives up, with the SDK's default, in milliseconds: measured
 * means, by the retry code that resolves from the client's folder (the client's own version does not tell).
 */
export function defaultGiveUpMs(construction: Construction): number {
  if (construction.client.api === "v2") return V2_GIVE_UP_MS;
  const root = packageRoot(construction);
  return (root === undefined ? undefined : retryEra(root)?.meanGiveUpThrottledMs) ?? V3_GIVE_UP_MS;
}

/** Whether a client that was told nothing makes as many attempts as the helper does, as those of DynamoDB in SDK v2. */
export function isPatientByDefault(construction: Construction): boolean {
  return defaultAttempts(construction) >= HELPER_ATTEMPTS;
}

/** The era of the retry code that a client package loads; `undefined` where its dependencies do not tell. */
export function retryEra(clientRoot: string): SdkEra | undefined {
  const uses = (name: string): string | undefined => dependencyVersion(clientRoot, name);
  return sdkEra({
    awsMiddlewareRetry: uses("@aws-sdk/middleware-retry"),
    core: uses("@smithy/core"),
    middlewareRetry: uses("@smithy/middleware-retry"),
    utilRetry: uses("@smithy/util-retry"),
  });
}

/** The version of a package that a client loads: a hoisted one that the client itself does not ask for belongs to another. */
export function dependencyVersion(clientRoot: string, name: string): string | undefined {
  return dependsOn(clientRoot, name) ? resolvedVersion(clientRoot, name) : undefined;
}

/** The folder of the client's package, where it is installed and one of SDK v3. */
export function packageRoot({ client }: Construction): string | undefined {
  return client.api === "v3" ? client.installed?.root : undefined;
}

const packages = new Map<string, Record<string, unknown> | undefined>();

function dependsOn(clientRoot: string, name: string): boolean {
  const dependencies = load(clientRoot, "./package.json")?.["dependencies"];
  return typeof dependencies === "object" && dependencies !== null && name in dependencies;
}

function resolvedVersion(clientRoot: string, name: string): string | undefined {
  const version = load(clientRoot, `${name}/package.json`)?.["version"];
  return typeof version === "string" ? version : undefined;
}

function load(folder: string, specifier: string): Record<string, unknown> | undefined {
  const key = `${folder}\0${specifier}`;
  if (packages.has(key)) return packages.get(key);
  let json: Record<string, unknown> | undefined;
  try {
    json = createRequire(join(folder, "_.js"))(specifier) as Record<string, unknown>;
  } catch {
    // Not installed, or closed by its exports.
  }
  packages.set(key, json);
  return json;
}
