/** The retry policy of a client, however its configuration is written. */
import { describe, expect, it } from "vitest";
import { policies } from "./support.ts";

const IMPORT = `import { ConnectClient, type ConnectClientConfig } from "@aws-sdk/client-connect";\n`;

const v3: Readonly<Record<string, readonly [string, string]>> = {
  nothing: ["default 3", `new ConnectClient();`],
  "an empty object": ["default 3", `new ConnectClient({});`],
  "a region": ["default 3", `new ConnectClient({ region: process.env["AWS_REGION"] });`],
  undefined: ["default 3", `new ConnectClient(undefined as never);`],
  maxAttempts: ["deliberate 8", `new ConnectClient({ maxAttempts: 8 });`],
  "maxAttempts under a quoted key": ["deliberate 8", `new ConnectClient({ "maxAttempts": 8 });`],
  "maxAttempts under a computed literal": [
    "deliberate 8",
    `new ConnectClient({ ["maxAttempts"]: 8 });`,
  ],
  "maxAttempts, undefined": [
    "default 3",
    `new ConnectClient({ maxAttempts: undefined as never });`,
  ],
  "maxAttempts from the environment": [
    "deliberate",
    `new ConnectClient({ maxAttempts: Number(process.env["ATTEMPTS"]) });`,
  ],
  "maxAttempts from a constant": [
    "deliberate 5",
    `const ATTEMPTS = 5;\nnew ConnectClient({ maxAttempts: ATTEMPTS });`,
  ],
  "maxAttempts from an object of constants": [
    "deliberate 6",
    `const LIMITS = { attempts: 6 } as const;\nnew ConnectClient({ maxAttempts: LIMITS.attempts });`,
  ],
  "maxAttempts by a function": ["deliberate", `new ConnectClient({ maxAttempts: async () => 6 });`],
  "maxAttempts, shorthand": [
    "deliberate 7",
    `const maxAttempts = 7;\nnew ConnectClient({ maxAttempts });`,
  ],
  "maxAttempts 1": ["off 1", `new ConnectClient({ maxAttempts: 1 });`],
  "maxAttempts 0": ["off 1", `new ConnectClient({ maxAttempts: 0 });`],
  retryMode: ["deliberate 3", `new ConnectClient({ retryMode: "adaptive" });`],
  "a configured strategy of one": [
    "off 1 configured",
    `import { ConfiguredRetryStrategy } from "@smithy/core/retry";\nnew ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(1) });`,
  ],
  "a configured strategy": [
    "deliberate 6 configured",
    `import { ConfiguredRetryStrategy } from "@smithy/core/retry";\nnew ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, 1100) });`,
  ],
  "a standard strategy": [
    "deliberate 4 configured",
    `import { StandardRetryStrategy } from "@smithy/core/retry";\nnew ConnectClient({ retryStrategy: new StandardRetryStrategy(async () => 4) });`,
  ],
  "the helper": [
    "deliberate 8 helper",
    `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";\nnew ConnectClient({ retryStrategy: backoffStrategy() });`,
  ],
  "the helper with attempts": [
    "deliberate 5 helper",
    `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";\nnew ConnectClient({ retryStrategy: backoffStrategy({ maxAttempts: 5 }) });`,
  ],
  "a strategy of one's own": [
    "deliberate other",
    `declare const retryStrategy: NonNullable<ConnectClientConfig["retryStrategy"]>;\nnew ConnectClient({ retryStrategy });`,
  ],
  "the strategy wins over the attempts": [
    "deliberate 6 configured",
    `import { ConfiguredRetryStrategy } from "@smithy/core/retry";\nnew ConnectClient({ maxAttempts: 1, retryStrategy: new ConfiguredRetryStrategy(6) });`,
  ],
  "a constant": [
    "deliberate 8",
    `const config = { region: "eu-west-2", maxAttempts: 8 };\nnew ConnectClient(config);`,
  ],
  "a constant without": [
    "default 3",
    `const config = { region: "eu-west-2" };\nnew ConnectClient(config);`,
  ],
  "a typed constant": [
    "default 3",
    `const config: ConnectClientConfig = { region: "eu-west-2" };\nnew ConnectClient(config);`,
  ],
  satisfies: [
    "deliberate 8",
    `const config = { maxAttempts: 8 } satisfies ConnectClientConfig;\nnew ConnectClient(config);`,
  ],
  "as const": [
    "deliberate 8",
    `const config = { maxAttempts: 8 } as const;\nnew ConnectClient(config);`,
  ],
  "a function": [
    "deliberate 8",
    `function config() { return { maxAttempts: 8 }; }\nnew ConnectClient(config());`,
  ],
  "a function without": [
    "default 3",
    `const config = () => ({ region: "eu-west-2" });\nnew ConnectClient(config());`,
  ],
  "a spread constant": [
    "deliberate 8",
    `const shared = { maxAttempts: 8 };\nnew ConnectClient({ region: "eu-west-2", ...shared });`,
  ],
  "a spread constant without": [
    "default 3",
    `const shared = { region: "eu-west-2" };\nnew ConnectClient({ ...shared });`,
  ],
  "a spread that overrides": [
    "off 1",
    `const shared = { maxAttempts: 1 };\nnew ConnectClient({ maxAttempts: 8, ...shared });`,
  ],
  "a spread that is overridden": [
    "deliberate 8",
    `const shared = { maxAttempts: 1 };\nnew ConnectClient({ ...shared, maxAttempts: 8 });`,
  ],
  "a conditional spread with": [
    "unknown",
    `declare const c: boolean;\nnew ConnectClient({ ...(c ? { maxAttempts: 8 } : {}) });`,
  ],
  "a conditional spread without": [
    "default 3",
    `declare const c: boolean;\nnew ConnectClient({ ...(c ? { region: "a" } : { region: "b" }) });`,
  ],
  "a && spread with": [
    "unknown",
    `declare const c: boolean;\nnew ConnectClient({ ...(c && { maxAttempts: 8 }) });`,
  ],
  "a && spread without": [
    "default 3",
    `declare const endpoint: string | undefined;\nnew ConnectClient({ ...(endpoint && { endpoint }) });`,
  ],
  "a conditional value of two attempts": [
    "deliberate",
    `declare const c: boolean;\nnew ConnectClient({ maxAttempts: c ? 5 : 8 });`,
  ],
  "Object.assign": [
    "deliberate 8",
    `new ConnectClient(Object.assign({}, { region: "a" }, { maxAttempts: 8 }));`,
  ],
  "Object.assign without": ["default 3", `new ConnectClient(Object.assign({}, { region: "a" }));`],
  "Object.freeze": ["deliberate 8", `new ConnectClient(Object.freeze({ maxAttempts: 8 }));`],
  "a class field": [
    "deliberate 8",
    `class App { private readonly config = { maxAttempts: 8 }; client = new ConnectClient(this.config); }\nnew App();`,
  ],
  "a static field": [
    "deliberate 8",
    `class App { static readonly config = { maxAttempts: 8 }; }\nnew ConnectClient(App.config);`,
  ],
  "options that are widened by more of the same": [
    "default 3",
    `let options = { customUserAgent: "me" };\nexport const create = (agent?: object) => { if (agent) options = { ...options, ...{ requestHandler: agent } }; return new ConnectClient({ ...options }); };`,
  ],
  "options that are widened by attempts": [
    "unknown",
    `let options: ConnectClientConfig = { customUserAgent: "me" };\nexport const create = (many?: boolean) => { if (many) options = { ...options, maxAttempts: 8 }; return new ConnectClient({ ...options }); };`,
  ],
  "a parameter whose type rules retries out": [
    "default 3",
    `export const create = (config: { region: string }) => new ConnectClient(config);`,
  ],
  "a parameter of the client's own configuration": [
    "unknown",
    `export const create = (config: ConnectClientConfig) => new ConnectClient(config);`,
  ],
  "a spread parameter of the client's own configuration": [
    "unknown",
    `export const create = (config: ConnectClientConfig) => new ConnectClient({ region: "a", ...config });`,
  ],
  "a region of a parameter": [
    "default 3",
    `export const create = (config: ConnectClientConfig) => new ConnectClient({ region: config.region ?? "a" });`,
  ],
  "a parameter with a visible caller": [
    "deliberate 8",
    `function create(config: ConnectClientConfig) { return new ConnectClient(config); }\ncreate({ maxAttempts: 8 });`,
  ],
  "a parameter of any": [
    "unknown",
    `export const create = (config: any) => new ConnectClient(config);`,
  ],
  "a computed key": ["unknown", `declare const key: string;\nnew ConnectClient({ [key]: 8 });`],
  "a record": [
    "unknown",
    `declare const settings: Record<string, never>;\nnew ConnectClient({ ...settings });`,
  ],
  "parsed JSON": ["unknown", `new ConnectClient(JSON.parse("{}"));`],
  "a later write": [
    "deliberate 8",
    `const config: ConnectClientConfig = {};\nconfig.maxAttempts = 8;\nnew ConnectClient(config);`,
  ],
  "a later write of something else": [
    "default 3",
    `const config: ConnectClientConfig = {};\nconfig.region = "a";\nnew ConnectClient(config);`,
  ],
  "a later write under a computed key": [
    "unknown",
    `declare const key: "region" | "maxAttempts";\nconst config: Record<string, never> = {};\nconfig[key] = 8 as never;\nnew ConnectClient(config);`,
  ],
  "a later Object.assign": [
    "unknown",
    `const config: ConnectClientConfig = {};\nObject.assign(config, JSON.parse("{}"));\nnew ConnectClient(config);`,
  ],
  "handed to a function first": [
    "unknown",
    `declare function prepare(config: ConnectClientConfig): void;\nconst config: ConnectClientConfig = {};\nprepare(config);\nnew ConnectClient(config);`,
  ],
  "read by others": [
    "default 3",
    `const config = { region: "a" };\nconsole.log(config.region, config);\nnew ConnectClient(config);`,
  ],
  "let, set later": [
    "deliberate 8",
    `let config: ConnectClientConfig;\nconfig = { maxAttempts: 8 };\nnew ConnectClient(config);`,
  ],
  "a subclass that sets it": [
    "deliberate 8",
    `class Ours extends ConnectClient { constructor() { super({ maxAttempts: 8 }); } }\nnew Ours();`,
  ],
  "a subclass that passes it on": [
    "deliberate 8",
    `class Ours extends ConnectClient { constructor(config: ConnectClientConfig) { super({ ...config }); } }\nnew Ours({ maxAttempts: 8 });`,
  ],
  "a subclass without a constructor": [
    "deliberate 8",
    `class Ours extends ConnectClient {}\nnew Ours({ maxAttempts: 8 });`,
  ],
  "a subclass of a subclass": [
    "deliberate 8",
    `class Base extends ConnectClient { constructor() { super({ maxAttempts: 8 }); } }\nclass Ours extends Base {}\nnew Ours();`,
  ],
  "spread arguments": [
    "unknown",
    `declare const args: [ConnectClientConfig];\nnew ConnectClient(...args);`,
  ],
  "set on the client later": [
    "unknown",
    `const client = new ConnectClient({});\nclient.config.maxAttempts = async () => 8;`,
  ],
};

describe("v3", () => {
  it.each(Object.entries(v3))("%s", (_name, [expected, code]) => {
    expect(policies({ "file.ts": IMPORT + code })).toEqual([expected]);
  });
});

describe("without types", () => {
  const same = Object.entries(v3).filter(
    ([name, [, code]]) => !/declare |parameter|record|JSON/.test(code + name),
  );
  it.each(same)("%s", (_name, [expected, code]) => {
    expect(policies({ "file.ts": IMPORT + code }, { types: false })).toEqual([expected]);
  });
  it.each(same)("%s, not installed", (_name, [expected, code]) => {
    expect(policies({ "file.ts": IMPORT + code }, { notInstalled: ["@aws-sdk/*"] })).toEqual([
      expected,
    ]);
  });
});

describe("in another file", () => {
  it("a constant", () => {
    expect(
      policies({
        "file.ts": `${IMPORT}import { config } from "./config.js";\nnew ConnectClient({ ...config });`,
        "config.ts": `export const config = { maxAttempts: 8 };`,
      }),
    ).toEqual(["deliberate 8"]);
  });
  it("a number", () => {
    expect(
      policies({
        "file.ts": `${IMPORT}import { retries } from "./config.js";\nnew ConnectClient({ maxAttempts: retries.attempts });`,
        "config.ts": `export const retries = { attempts: 8 } as const;`,
      }),
    ).toEqual(["deliberate 8"]);
  });
  it("a function", () => {
    expect(
      policies({
        "file.ts": `${IMPORT}import makeConfig from "./config.js";\nnew ConnectClient(makeConfig("a"));`,
        "config.ts": `export default (region: string) => ({ region });`,
      }),
    ).toEqual(["default 3"]);
  });
});
