/** What users set under `settings["connect-resilience"]`: validated once per settings object, with defaults. */

/** Key under `settings` in an ESLint config. */
export const SETTINGS_KEY = "connect-resilience";

/** A function known by where it is exported from. */
export type KnownFunction =
  | { readonly from: "package"; readonly package: string; readonly name: string }
  | { readonly from: "file"; readonly path: string; readonly name: string };

/** The exports of the helper that fixes insert; teams that own a copy may rename them. */
export interface HelperNames {
  readonly sendWithBackoff: string;
  readonly withBackoff: string;
  readonly backoffStrategy: string;
  readonly backoffDelay: string;
  readonly jitter: string;
  readonly pollUntil: string;
  readonly createPacer: string;
  readonly mapPaced: string;
  readonly isRetryable: string;
  readonly parseRulesActionFailure: string;
}

export interface Settings {
  /** Which clients are judged: the Connect family, every AWS client, or the listed client packages. */
  readonly services: "connect" | "aws" | readonly string[];
  /** `"required"`: fail without type services. `"optional"`: trace inside the file where there are none. */
  readonly types: "optional" | "required";
  readonly helper: { readonly module: string; readonly names: HelperNames };
  readonly retryWrappers: readonly KnownFunction[];
  readonly sleepFunctions: readonly KnownFunction[];
  readonly rateLimiters: readonly KnownFunction[];
}

/** Where fixes import the helper from unless the settings say otherwise. */
export const DEFAULT_HELPER_MODULE = "eslint-plugin-connect-resilience/backoff";

const HELPER_NAMES: HelperNames = {
  sendWithBackoff: "sendWithBackoff",
  withBackoff: "withBackoff",
  backoffStrategy: "backoffStrategy",
  backoffDelay: "backoffDelay",
  jitter: "jitter",
  pollUntil: "pollUntil",
  createPacer: "createPacer",
  mapPaced: "mapPaced",
  isRetryable: "isRetryable",
  parseRulesActionFailure: "parseRulesActionFailure",
};

const DEFAULTS: Settings = {
  services: "connect",
  types: "required",
  helper: { module: DEFAULT_HELPER_MODULE, names: HELPER_NAMES },
  retryWrappers: [],
  sleepFunctions: [],
  rateLimiters: [],
};

const parsed = new WeakMap<object, Settings>();

/**
 * Reads the plugin's settings.
 * @param shared - the `settings` object of the ESLint config
 * @throws Error naming the setting, when one has a value that it cannot have
 */
export function readSettings(shared: Readonly<Record<string, unknown>>): Settings {
  const raw = shared[SETTINGS_KEY];
  if (raw === undefined) return DEFAULTS;
  const root = object(raw, SETTINGS_KEY);
  let settings = parsed.get(root);
  if (settings === undefined) parsed.set(root, (settings = unique(validate(root))));
  return settings;
}

const distinct = new Map([[JSON.stringify(DEFAULTS), DEFAULTS]]);

/** One object for settings that say the same: ESLint makes a copy for every set of config entries that meet on a file. */
function unique(settings: Settings): Settings {
  const key = JSON.stringify(settings);
  const known = distinct.get(key);
  if (known === undefined) distinct.set(key, settings);
  return known ?? settings;
}

function validate(raw: Record<string, unknown>): Settings {
  for (const key of Object.keys(raw))
    if (!(key in DEFAULTS)) fail(key, `is not one of ${Object.keys(DEFAULTS).join(", ")}`);
  return {
    services: raw["services"] === undefined ? DEFAULTS.services : services(raw["services"]),
    types:
      raw["types"] === undefined
        ? DEFAULTS.types
        : oneOf(raw["types"], "types", ["required", "optional"]),
    helper: raw["helper"] === undefined ? DEFAULTS.helper : helper(object(raw["helper"], "helper")),
    retryWrappers: knownFunctions(raw["retryWrappers"], "retryWrappers"),
    sleepFunctions: knownFunctions(raw["sleepFunctions"], "sleepFunctions"),
    rateLimiters: knownFunctions(raw["rateLimiters"], "rateLimiters"),
  };
}

function services(value: unknown): Settings["services"] {
  if (Array.isArray(value))
    return value.map((item, index) => string(item, `services[${String(index)}]`));
  return oneOf(value, "services", ["connect", "aws"]);
}

function helper(value: Record<string, unknown>): Settings["helper"] {
  const names: Record<string, string> = { ...HELPER_NAMES };
  if (value["names"] !== undefined) {
    for (const [key, name] of Object.entries(object(value["names"], "helper.names"))) {
      if (!(key in HELPER_NAMES)) fail(`helper.names.${key}`, "is not an export of the helper");
      names[key] = string(name, `helper.names.${key}`);
    }
  }
  return {
    module:
      value["module"] === undefined
        ? DEFAULT_HELPER_MODULE
        : string(value["module"], "helper.module"),
    names: names as unknown as HelperNames,
  };
}

function knownFunctions(value: unknown, name: string): readonly KnownFunction[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fail(name, "must be a list");
  return value.map((item: unknown, index): KnownFunction => {
    const at = `${name}[${String(index)}]`;
    const entry = object(item, at);
    const from = oneOf(entry["from"], `${at}.from`, ["package", "file"]);
    const exported = string(entry["name"], `${at}.name`);
    return from === "package"
      ? { from, package: string(entry["package"], `${at}.package`), name: exported }
      : { from, path: string(entry["path"], `${at}.path`), name: exported };
  });
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return fail(name, "must be an object");
  return value as Record<string, unknown>;
}

function string(value: unknown, name: string): string {
  return typeof value === "string" && value !== ""
    ? value
    : fail(name, "must be a non-empty string");
}

function oneOf<const Value extends string>(
  value: unknown,
  name: string,
  allowed: readonly Value[],
): Value {
  return (
    allowed.find((item) => item === value) ??
    fail(name, `must be one of ${allowed.map((item) => `"${item}"`).join(", ")}`)
  );
}

function fail(name: string, problem: string): never {
  throw new Error(`eslint-plugin-connect-resilience: setting "${name}" ${problem}.`);
}
