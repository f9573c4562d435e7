import { rule } from "../../src/rules/valid-retry-config.ts";
import { ruleTester } from "../support/rule-tester.ts";

const IMPORT = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";`;
const STRATEGY = `import { ConfiguredRetryStrategy } from "@smithy/util-retry";`;
const HELPER = `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";`;
const DELAY = `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";`;
const JITTER = `import { jitter } from "eslint-plugin-connect-resilience/backoff";`;

/** The reports for keys of v2 in the second line. */
const ofV2 = {
  maxRetries: {
    messageId: "otherVersion",
    line: 2,
    data: {
      key: "maxRetries",
      theirs: "v2",
      ours: "v3",
      counterpart: "`maxAttempts`, which counts the first attempt too",
    },
  },
  retryDelayOptions: (withoutKey: string) =>
    ({
      messageId: "otherVersion",
      line: 2,
      data: {
        key: "retryDelayOptions",
        theirs: "v2",
        ours: "v3",
        counterpart: "`retryStrategy`",
      },
      suggestions: [
        { messageId: "removeKey", data: { key: "retryDelayOptions" }, output: withoutKey },
      ],
    }) as const,
} as const;

ruleTester.run("valid-retry-config", rule, {
  valid: [
    ...[
      "(count) => Math.random() * 100 * 2 ** count",
      "(count) => (Math.random() + 0.5) * 1000",
      "backoff",
    ].map((backoff) => ({
      name: `a backoff of v2 with jitter, or that cannot be read: ${backoff}`,
      code: `import AWS from "aws-sdk";
declare const backoff: (count: number) => number;
export const client = new AWS.Connect({ maxRetries: 6, retryDelayOptions: { customBackoff: ${backoff} } });`,
    })),
    {
      name: "a client for every test, in a loop that makes the tests",
      code: `${IMPORT}
declare function describe(name: string, body: () => void): void;
declare const it: { each(rows: string[]): (name: string, body: () => Promise<void>) => void };
for (const region of ["eu-central-1", "us-east-1"])
  describe(region, () => {
    it.each(["a"])("sends", async () => {
      await new ConnectClient({}).send(new ListUsersCommand({ InstanceId: region }));
    });
  });`,
    },
    {
      name: "a client as it comes",
      code: `${IMPORT}\nexport const client = new ConnectClient({});`,
    },
    {
      name: "attempts and mode without a strategy",
      code: `${IMPORT}\nexport const client = new ConnectClient({ maxAttempts: 8, retryMode: "standard" });`,
    },
    {
      name: "adaptive mode where it works",
      sdkSince: "3.1100",
      code: `${IMPORT}\nexport const client = new ConnectClient({ retryMode: "adaptive" });`,
    },
    {
      name: "adaptive mode of an SDK that is not installed",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({ retryMode: "adaptive" });`,
      notInstalled: ["@aws-sdk/*"],
      allowTypeErrors: true,
    },
    {
      name: "a strategy that may be undefined leaves the attempts to hold",
      code: `${IMPORT}
import type { RetryStrategyV2 } from "@smithy/types";
export const make = (strategy?: RetryStrategyV2) => new ConnectClient({ maxAttempts: 5, ...(strategy && { retryStrategy: strategy }) });
export const chosen = (quick: boolean) => new ConnectClient({ maxAttempts: 5, retryStrategy: quick ? undefined : undefined });`,
    },
    {
      name: "a strategy from a parameter that may be undefined, in JavaScript",
      code: `${IMPORT}\nexport const make = (options) => new ConnectClient({ maxAttempts: 5, retryStrategy: options.strategy });`,
      filename: "src/file.js",
    },
    {
      name: "the strategy of the SDK with a random delay",
      code: `${IMPORT}\n${STRATEGY}
export const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, (attempt) => Math.random() * Math.min(20_000, 100 * 2 ** attempt)) });`,
    },
    {
      name: "the strategy of the SDK, built in another file: it is reported there",
      code: `${IMPORT}\nimport { strategy } from "./strategy.js";\nexport const client = new ConnectClient({ retryStrategy: strategy });`,
      files: {
        "src/strategy.ts": `${STRATEGY}\nexport const strategy = new ConfiguredRetryStrategy(4, 100);`,
      },
    },
    {
      name: "the strategy of the SDK for clients of services that are not judged",
      code: `${STRATEGY}\nexport const strategy = new ConfiguredRetryStrategy(4, 100);`,
      files: {
        "src/client.ts": `import { STSClient } from "@aws-sdk/client-sts";\nimport { strategy } from "./file.js";\nexport const client = new STSClient({ retryStrategy: strategy });`,
      },
    },
    {
      name: "the strategy of the SDK with the helper's delay",
      code: `${IMPORT}\n${STRATEGY}\n${DELAY}
export const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, (attempt) => backoffDelay(attempt)) });`,
    },
    {
      name: "a delay that cannot be seen",
      code: `${IMPORT}\n${STRATEGY}
export const make = (delay: (attempt: number) => number) => new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, delay) });`,
    },
    {
      name: "a class of the project with that name",
      code: `${IMPORT}
import { StandardRetryStrategy } from "@smithy/util-retry";
class ConfiguredRetryStrategy extends StandardRetryStrategy {}
export const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6) });`,
    },
    {
      name: "a mode from the environment",
      code: `${IMPORT}\nexport const client = new ConnectClient({ retryMode: process.env["MODE"] ?? "standard" });`,
    },
    {
      name: "a request timeout that throws",
      code: `${IMPORT}\nexport const client = new ConnectClient({ requestHandler: { requestTimeout: 5000, throwOnRequestTimeout: true } });`,
    },
    {
      name: "a warning on purpose",
      code: `${IMPORT}\nexport const client = new ConnectClient({ requestHandler: { requestTimeout: 5000, throwOnRequestTimeout: false } });`,
    },
    {
      name: "a socket timeout",
      code: `${IMPORT}\nexport const client = new ConnectClient({ requestHandler: { requestTimeout: 5000, socketTimeout: 5000 } });`,
    },
    {
      name: "a request timeout of a handler that ends the request",
      code: `import { WisdomClient } from "@aws-sdk/client-wisdom";\nexport const client = new WisdomClient({ requestHandler: { requestTimeout: 5000 } });`,
      allowTypeErrors: true,
    },
    {
      name: "a request timeout of an SDK that is not installed",
      code: `${IMPORT}\nexport const client = new ConnectClient({ requestHandler: { requestTimeout: 5000 } });`,
      notInstalled: ["@aws-sdk/*"],
      allowTypeErrors: true,
    },
    {
      name: "a request timeout of one request, whose client throws",
      code: `${IMPORT}
const client = new ConnectClient({ requestHandler: { throwOnRequestTimeout: true } });
export const list = (id: string) =>
  client.send(new ListUsersCommand({ InstanceId: id }), { requestTimeout: 2000 });`,
    },
    {
      name: "a request timeout of one request that a signal ends",
      code: `${IMPORT}
const client = new ConnectClient({ maxAttempts: 5 });
export const list = (id: string) =>
  client.send(new ListUsersCommand({ InstanceId: id }), {
    requestTimeout: 2000,
    abortSignal: AbortSignal.timeout(5000),
  });`,
    },
    {
      name: "a request timeout of one request of a client that anyone may pass",
      code: `${IMPORT}
export const list = (client: ConnectClient, id: string) =>
  client.send(new ListUsersCommand({ InstanceId: id }), { requestTimeout: 2000 });`,
    },
    {
      name: "a request timeout in a browser, where the handler ends the request",
      compilerOptions: { lib: ["es2023", "dom"] },
      code: `${IMPORT}
export const region = window.location.hash;
export const client = new ConnectClient({ requestHandler: { requestTimeout: 5000 } });`,
    },
    {
      name: "no timeout, unless asked for",
      code: `${IMPORT}\nexport const client = new ConnectClient({ region: "eu-west-2" });`,
    },
    {
      name: "a timeout asked for, and every call can be aborted",
      code: `${IMPORT}
const client = new ConnectClient({});
export const list = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }), { abortSignal: AbortSignal.timeout(5000) });`,
      options: [{ missingTimeout: "report", clientPerInvocation: "ignore" }],
    },
    {
      name: "one attempt and nothing around, which is another rule's concern",
      code: `${IMPORT}
const client = new ConnectClient({ maxAttempts: 0 });
export const list = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "v2 settings where they belong",
      code: `import AWS from "aws-sdk";\nexport const client = new AWS.Connect({ maxRetries: 10, retryDelayOptions: { base: 300 } });`,
      compilerOptions: { esModuleInterop: true },
    },
    {
      name: "a client for each region",
      code: `${IMPORT}
export async function all(regions: string[], id: string) {
  for (const region of regions) {
    const client = new ConnectClient({ region });
    await client.send(new ListUsersCommand({ InstanceId: id }));
  }
}`,
    },
    {
      name: "a client with credentials that are fetched again",
      code: `${IMPORT}
declare function assume(): Promise<{ accessKeyId: string; secretAccessKey: string }>;
export async function all(ids: string[]) {
  for (const id of ids) {
    const client = new ConnectClient({ credentials: await assume() });
    await client.send(new ListUsersCommand({ InstanceId: id }));
  }
}`,
    },
    {
      name: "a client built when it is first needed",
      code: `${IMPORT}
let client: ConnectClient | undefined;
async function list(id: string) {
  client ??= new ConnectClient({});
  if (!client) client = new ConnectClient({});
  return client.send(new ListUsersCommand({ InstanceId: id }));
}
export async function all(ids: string[]) {
  for (const id of ids) await list(id);
}`,
    },
    {
      name: "a client that replaces a broken one",
      code: `${IMPORT}
let client = new ConnectClient({});
export async function list(id: string) {
  for (let attempt = 1; attempt < 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      client.destroy();
      client = new ConnectClient({});
    }
  }
  throw new Error("no answer");
}`,
    },
    {
      name: "a client in a function that runs once",
      code: `${IMPORT}
async function list(id: string) {
  const client = new ConnectClient({});
  return client.send(new ListUsersCommand({ InstanceId: id }));
}
export const main = () => list("i");`,
    },
    {
      name: "a client in a handler, unless asked for",
      code: `${IMPORT}
export const handler = async (event: { id: string }) => {
  const client = new ConnectClient({});
  return client.send(new ListUsersCommand({ InstanceId: event.id }));
};`,
    },
    {
      name: "a client of another service",
      code: `import { S3 } from "./s3.js";\nexport const client = new S3({ maxRetries: 3 });`,
      files: {
        "src/s3.ts": `export class S3 { constructor(readonly config: { maxRetries: number }) {} }`,
      },
    },
    {
      name: "settings in JavaScript without types",
      code: `const { ConnectClient } = require("@aws-sdk/client-connect");\nexports.client = new ConnectClient({ maxAttempts: 8 });`,
      parser: "espree",
      sourceType: "commonjs",
    },
  ],
  invalid: [
    ...[
      ["(count) => 100 * 2 ** count", "(count) => jitter(100 * 2 ** count)"],
      ["() => 1000", "() => jitter(1000)"],
      ["pause", undefined],
      ["(count) => (count > 3 ? -1 : 100 * count)", undefined],
      ["function (count) { return 100 * count; }", undefined],
    ].map(([backoff = "", repaired]) => {
      const code = (text: string, helper = "") =>
        `import AWS from "aws-sdk";${helper}
const pause = (count: number) => 100 * count;
export const client = new AWS.Connect({ maxRetries: 6, retryDelayOptions: { customBackoff: ${text} } });`;
      return {
        name: `a backoff of v2 without jitter: ${backoff}`,
        code: code(backoff),
        errors: [
          {
            messageId: "unjitteredBackoff" as const,
            line: 3,
            ...(repaired !== undefined && {
              suggestions: [
                {
                  messageId: "replaceKey" as const,
                  data: { text: "a delay with jitter" },
                  output: code(repaired, `\n${JITTER}`),
                },
              ],
            }),
          },
        ],
      };
    }),
    {
      name: "a backoff of v2 on a client of v3, which never calls it",
      code: `${IMPORT}
const config = { retryDelayOptions: { customBackoff: (count: number) => 100 * count } };
export const client = new ConnectClient(config);`,
      errors: [
        ofV2.retryDelayOptions(`${IMPORT}
const config = { };
export const client = new ConnectClient(config);`),
      ],
    },
    {
      name: "a backoff of v2 without jitter, in the settings of another file",
      code: `import AWS from "aws-sdk";
import { options } from "./options.js";
export const client = new AWS.Connect(options);`,
      files: {
        "src/options.ts": `export const options = { maxRetries: 6, retryDelayOptions: { customBackoff: (count: number) => 100 * count } };`,
      },
      errors: [{ messageId: "unjitteredBackoff", line: 3 }],
    },
    {
      name: "attempts beside a strategy with the same number",
      code: `${IMPORT}\n${HELPER}\nexport const client = new ConnectClient({ maxAttempts: 5, retryStrategy: backoffStrategy({ maxAttempts: 5 }) });`,
      errors: [{ messageId: "overridden", line: 3, data: { key: "maxAttempts" } }],
      output: `${IMPORT}\n${HELPER}\nexport const client = new ConnectClient({ retryStrategy: backoffStrategy({ maxAttempts: 5 }) });`,
    },
    {
      name: "attempts and mode beside a strategy with another number",
      code: `${IMPORT}\n${HELPER}
export const client = new ConnectClient({
  maxAttempts: 5,
  retryMode: "adaptive",
  retryStrategy: backoffStrategy(),
});`,
      errors: [
        {
          messageId: "overridden",
          line: 4,
          data: { key: "maxAttempts" },
          suggestions: [
            {
              messageId: "removeKey",
              data: { key: "maxAttempts" },
              output: `${IMPORT}\n${HELPER}
export const client = new ConnectClient({
  retryMode: "adaptive",
  retryStrategy: backoffStrategy(),
});`,
            },
          ],
        },
        {
          messageId: "overridden",
          line: 5,
          data: { key: "retryMode" },
          suggestions: [
            {
              messageId: "removeKey",
              data: { key: "retryMode" },
              output: `${IMPORT}\n${HELPER}
export const client = new ConnectClient({
  maxAttempts: 5,
  retryStrategy: backoffStrategy(),
});`,
            },
          ],
        },
      ],
    },
    {
      name: "attempts from a shared configuration in another file",
      code: `${IMPORT}\n${HELPER}\nimport { base } from "./base.js";\nexport const client = new ConnectClient({ ...base, retryStrategy: backoffStrategy() });`,
      files: { "src/base.ts": `export const base = { region: "eu-west-2", maxAttempts: 4 };` },
      errors: [{ messageId: "overridden", line: 4, data: { key: "maxAttempts" } }],
    },
    {
      name: "two faults of a configuration in another file, both shown at the client",
      code: `${IMPORT}\nimport { base } from "./base.js";\nexport const client = new ConnectClient(base);`,
      files: { "src/base.ts": `export const base = { maxRetries: 4, retryMode: "legacy" };` },
      errors: [
        {
          messageId: "otherVersion",
          line: 3,
          data: {
            key: "maxRetries",
            theirs: "v2",
            ours: "v3",
            counterpart: "`maxAttempts`, which counts the first attempt too",
          },
        },
        { messageId: "unknownMode", line: 3, data: { mode: '"legacy"' } },
      ],
    },
    {
      name: "the strategy of the SDK with a number",
      code: `${IMPORT}\n${STRATEGY}\nexport const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, 1100) });`,
      errors: [{ messageId: "fixedDelay", line: 3, data: { delay: "1100 ms" } }],
      output: `${IMPORT}\n${STRATEGY}\n${DELAY}\nexport const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, (attempt) => backoffDelay(attempt, { baseDelayMs: 1100 })) });`,
    },
    {
      name: "the strategy of the SDK with nothing, in a constant",
      code: `${IMPORT}\n${STRATEGY}\nconst strategy = new ConfiguredRetryStrategy(4);\nexport const client = new ConnectClient({ retryStrategy: strategy });\nexport const other = new ConnectClient({ retryStrategy: strategy });`,
      errors: [{ messageId: "fixedDelay", line: 3, data: { delay: "the same short time" } }],
      output: `${IMPORT}\n${STRATEGY}\n${DELAY}\nconst strategy = new ConfiguredRetryStrategy(4, (attempt) => backoffDelay(attempt));\nexport const client = new ConnectClient({ retryStrategy: strategy });\nexport const other = new ConnectClient({ retryStrategy: strategy });`,
    },
    {
      name: "the strategy of the SDK that grows without jitter",
      code: `${IMPORT}\n${STRATEGY}\nexport const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4, (attempt: number) => 100 * 2 ** attempt) });`,
      errors: [{ messageId: "unjittered", line: 3 }],
      output: `${IMPORT}\n${STRATEGY}\n${JITTER}\nexport const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4, (attempt: number) => jitter(100 * 2 ** attempt)) });`,
    },
    {
      name: "a function with a name that grows without jitter",
      code: `${IMPORT}\n${STRATEGY}
function pause(attempt: number) {
  const ms = 100 + attempt * 1000;
  return ms;
}
export const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4, pause) });`,
      errors: [{ messageId: "unjittered", line: 7, column: 89 }],
      output: `${IMPORT}\n${STRATEGY}\n${JITTER}
function pause(attempt: number) {
  const ms = 100 + attempt * 1000;
  return ms;
}
export const client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4, (attempt) => jitter(pause(attempt))) });`,
    },
    {
      name: "the strategy of the SDK, once for all clients of other files",
      code: `${STRATEGY}\nexport const strategy = new ConfiguredRetryStrategy(4, 100);`,
      files: {
        "src/one.ts": `${IMPORT}\nimport { strategy } from "./file.js";\nexport const client = new ConnectClient({ retryStrategy: strategy });`,
        "src/other.ts": `${IMPORT}\nimport { strategy } from "./file.js";\nexport const client = new ConnectClient({ retryStrategy: strategy });`,
      },
      errors: [{ messageId: "fixedDelay", line: 2, data: { delay: "100 ms" } }],
      output: `${STRATEGY}\n${DELAY}\nexport const strategy = new ConfiguredRetryStrategy(4, (attempt) => backoffDelay(attempt, { baseDelayMs: 100 }));`,
    },
    {
      name: "the strategy of the SDK in a configuration that clients of other files spread",
      code: `${STRATEGY}\nexport const base = { retryStrategy: new ConfiguredRetryStrategy(4, (attempt: number) => 100 * attempt) };`,
      files: {
        "src/client.ts": `${IMPORT}\nimport { base } from "./file.js";\nexport const client = new ConnectClient({ ...base, region: "eu-west-2" });`,
      },
      errors: [{ messageId: "unjittered", line: 2 }],
      output: `${STRATEGY}\n${JITTER}\nexport const base = { retryStrategy: new ConfiguredRetryStrategy(4, (attempt: number) => jitter(100 * attempt)) };`,
    },
    {
      name: "the strategy of the SDK that a function makes for the clients of other files",
      code: `${STRATEGY}\nexport const makeStrategy = () => new ConfiguredRetryStrategy(4, 100);`,
      files: {
        "src/client.ts": `${IMPORT}\nimport { makeStrategy } from "./file.js";\nexport const client = new ConnectClient({ retryStrategy: makeStrategy() });`,
      },
      errors: [{ messageId: "fixedDelay", line: 2, data: { delay: "100 ms" } }],
      output: `${STRATEGY}\n${DELAY}\nexport const makeStrategy = () => new ConfiguredRetryStrategy(4, (attempt) => backoffDelay(attempt, { baseDelayMs: 100 }));`,
    },
    {
      name: "the strategy of the SDK in JavaScript without types",
      code: `const { ConnectClient } = require("@aws-sdk/client-connect");
const { ConfiguredRetryStrategy } = require("@smithy/util-retry");
exports.client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, 1100) });`,
      parser: "espree",
      filename: "src/file.cjs",
      errors: [{ messageId: "fixedDelay", line: 3, data: { delay: "1100 ms" } }],
      output: `const { ConnectClient } = require("@aws-sdk/client-connect");
const { ConfiguredRetryStrategy } = require("@smithy/util-retry");
const { backoffDelay } = require("eslint-plugin-connect-resilience/backoff");
exports.client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(6, (attempt) => backoffDelay(attempt, { baseDelayMs: 1100 })) });`,
    },
    {
      name: "maxRetries on v3",
      code: `${IMPORT}\nexport const client = new ConnectClient({ maxRetries: 5 });`,
      allowTypeErrors: true,
      errors: [ofV2.maxRetries],
      output: `${IMPORT}\nexport const client = new ConnectClient({ maxAttempts: 6 });`,
    },
    {
      name: "v2 settings on v3 in an object that hides them from the compiler",
      code: `${IMPORT}
const config = { region: "eu-west-2", maxRetries: 3, retryDelayOptions: { base: 200 } };
export const client = new ConnectClient(config);`,
      errors: [
        ofV2.maxRetries,
        ofV2.retryDelayOptions(`${IMPORT}
const config = { region: "eu-west-2", maxRetries: 3 };
export const client = new ConnectClient(config);`),
      ],
      output: `${IMPORT}
const config = { region: "eu-west-2", maxAttempts: 4, retryDelayOptions: { base: 200 } };
export const client = new ConnectClient(config);`,
    },
    {
      name: "maxRetries on v3 in JavaScript without types",
      code: `const { ConnectClient } = require("@aws-sdk/client-connect");\nexports.client = new ConnectClient({ maxRetries: 0 });`,
      parser: "espree",
      sourceType: "commonjs",
      errors: [ofV2.maxRetries],
      output: `const { ConnectClient } = require("@aws-sdk/client-connect");\nexports.client = new ConnectClient({ maxAttempts: 1 });`,
    },
    {
      name: "maxAttempts on v2",
      code: `const AWS = require("aws-sdk");\nexports.client = new AWS.Connect({ maxAttempts: 6 });`,
      parser: "espree",
      sourceType: "commonjs",
      errors: [
        {
          messageId: "otherVersion",
          line: 2,
          data: {
            key: "maxAttempts",
            theirs: "v3",
            ours: "v2",
            counterpart: "`maxRetries`, which does not count the first attempt",
          },
        },
      ],
      output: `const AWS = require("aws-sdk");\nexports.client = new AWS.Connect({ maxRetries: 5 });`,
    },
    {
      name: "v2 settings inside params",
      code: `const Connect = require("aws-sdk/clients/connect");
exports.client = new Connect({
  region: "eu-west-2",
  params: { InstanceId: "i", maxRetries: 10 },
});`,
      parser: "espree",
      sourceType: "commonjs",
      errors: [{ messageId: "misplacedKey", line: 4, data: { key: "maxRetries" } }],
      output: `const Connect = require("aws-sdk/clients/connect");
exports.client = new Connect({
  region: "eu-west-2",
  params: { InstanceId: "i" },
  maxRetries: 10,
});`,
    },
    {
      name: "no attempts, and a wrapper around",
      code: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ maxAttempts: 0 });
export const list = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));`,
      errors: [{ messageId: "noAttempts", line: 3, data: { value: "0" } }],
      output: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ maxAttempts: 1 });
export const list = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));`,
    },
    {
      name: "the mode of other SDKs",
      code: `${IMPORT}\nexport const client = new ConnectClient({ retryMode: "legacy" });`,
      errors: [{ messageId: "unknownMode", line: 2, data: { mode: '"legacy"' } }],
      output: `${IMPORT}\nexport const client = new ConnectClient({ retryMode: "standard" });`,
    },
    {
      name: "a mode in capitals, and one that nobody knows",
      sdkSince: "3.1100",
      code: `${IMPORT}\nexport const client = new ConnectClient({ retryMode: "ADAPTIVE" });\nexport const other = new ConnectClient({ retryMode: "exponential" });`,
      errors: [
        {
          messageId: "unknownMode",
          line: 2,
          data: { mode: '"ADAPTIVE"' },
          suggestions: [
            {
              messageId: "setMode",
              data: { mode: '"adaptive"' },
              output: `${IMPORT}\nexport const client = new ConnectClient({ retryMode: "adaptive" });\nexport const other = new ConnectClient({ retryMode: "exponential" });`,
            },
          ],
        },
        { messageId: "unknownMode", line: 3, data: { mode: '"exponential"' } },
      ],
    },
    {
      name: "adaptive mode of an SDK in which it has no memory",
      code: `import { WisdomClient } from "@aws-sdk/client-wisdom";\nexport const client = new WisdomClient({ retryMode: "adaptive" });`,
      errors: [{ messageId: "adaptiveWithoutMemory", line: 2 }],
    },
    {
      name: "a request timeout that only warns",
      sdkSince: "3.1100",
      code: `${IMPORT}\nexport const client = new ConnectClient({ requestHandler: { requestTimeout: 5000 } });`,
      errors: [
        {
          messageId: "warningTimeout",
          line: 2,
          suggestions: [
            {
              messageId: "addThrow",
              output: `${IMPORT}\nexport const client = new ConnectClient({ requestHandler: { requestTimeout: 5000, throwOnRequestTimeout: true } });`,
            },
          ],
        },
      ],
    },
    {
      name: "a request timeout of one request that only warns",
      sdkSince: "3.1100",
      code: `${IMPORT}
const client = new ConnectClient({ maxAttempts: 5 });
export const list = (id: string) =>
  client.send(new ListUsersCommand({ InstanceId: id }), { requestTimeout: 2000 });`,
      errors: [{ messageId: "warningTimeoutOfCall", line: 4 }],
    },
    {
      name: "a request timeout of one request, in lines of its own",
      sdkSince: "3.1100",
      code: `${IMPORT}
const client = new ConnectClient({ maxAttempts: 5 });
export const list = (id: string) =>
  client.send(
    new ListUsersCommand({ InstanceId: id }),
    {
      requestTimeout: 2000,
    },
  );`,
      errors: [{ messageId: "warningTimeoutOfCall", line: 7, column: 7 }],
    },
    {
      name: "a mode of other SDKs, in settings that two clients share",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";
import { ConnectCasesClient } from "@aws-sdk/client-connectcases";
const config = { retryMode: "legacy" };
export const client = new ConnectClient(config);
export const cases = new ConnectCasesClient(config);`,
      errors: [{ messageId: "unknownMode", line: 3, data: { mode: '"legacy"' } }],
    },
    {
      name: "a request timeout of one request, with options in another file and a handler of its own",
      sdkSince: "3.1100",
      files: { "src/options.ts": `export const FAST = { requestTimeout: 500 };` },
      code: `${IMPORT}
import { Connect } from "@aws-sdk/client-connect";
import { FAST } from "./options.js";
const connect = new Connect({ requestHandler: { connectionTimeout: 300 } });
export const list = (id: string) => connect.listUsers({ InstanceId: id }, FAST);
export const client = ConnectClient;`,
      errors: [{ messageId: "warningTimeoutOfCall", line: 5 }],
    },
    {
      name: "no timeout, where one is asked for",
      code: `${IMPORT}
const client = new ConnectClient({});
export const list = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));`,
      options: [{ missingTimeout: "report", clientPerInvocation: "ignore" }],
      errors: [{ messageId: "noTimeout", line: 2, data: { client: "ConnectClient" } }],
    },
    {
      name: "a client on every pass of a loop",
      code: `${IMPORT}
export async function all(ids: string[]) {
  for (const id of ids) {
    const client = new ConnectClient({ region: "eu-west-2" });
    await client.send(new ListUsersCommand({ InstanceId: id }));
  }
}`,
      errors: [
        {
          messageId: "rebuilt",
          line: 4,
          data: { client: "ConnectClient", when: "on every pass of this loop" },
          suggestions: [
            {
              messageId: "hoistClient",
              output: `${IMPORT}
export async function all(ids: string[]) {
  const connectClient = new ConnectClient({ region: "eu-west-2" });
  for (const id of ids) {
    const client = connectClient;
    await client.send(new ListUsersCommand({ InstanceId: id }));
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "a client on every pass of a loop that destroys it",
      code: `${IMPORT}
export async function all(ids: string[]) {
  for (const id of ids) {
    const client = new ConnectClient({ region: "eu-west-2" });
    await client.send(new ListUsersCommand({ InstanceId: id }));
    client.destroy();
  }
}`,
      errors: [
        {
          messageId: "rebuilt",
          line: 4,
          data: { client: "ConnectClient", when: "on every pass of this loop" },
        },
      ],
    },
    {
      name: "a client on every pass of a loop that destroys something else",
      code: `${IMPORT}
import type { Readable } from "node:stream";
export async function all(streams: Readable[]) {
  for (const stream of streams) {
    const client = new ConnectClient({ region: "eu-west-2" });
    await client.send(new ListUsersCommand({ InstanceId: "i" }));
    stream.destroy();
  }
}`,
      errors: [
        {
          messageId: "rebuilt",
          line: 5,
          data: { client: "ConnectClient", when: "on every pass of this loop" },
          suggestions: [
            {
              messageId: "hoistClient",
              output: `${IMPORT}
import type { Readable } from "node:stream";
export async function all(streams: Readable[]) {
  const connectClient = new ConnectClient({ region: "eu-west-2" });
  for (const stream of streams) {
    const client = connectClient;
    await client.send(new ListUsersCommand({ InstanceId: "i" }));
    stream.destroy();
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "a client on every attempt of a wrapper",
      code: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
export const list = (id: string) => {
  return withBackoff(() => new ConnectClient({}).send(new ListUsersCommand({ InstanceId: id })));
};`,
      errors: [
        {
          messageId: "rebuilt",
          line: 4,
          data: { client: "ConnectClient", when: "on every attempt" },
          suggestions: [
            {
              messageId: "hoistClient",
              output: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
export const list = (id: string) => {
  const connectClient = new ConnectClient({});
  return withBackoff(() => connectClient.send(new ListUsersCommand({ InstanceId: id })));
};`,
            },
          ],
        },
      ],
    },
    {
      name: "a client in a function that a loop in another file calls",
      code: `${IMPORT}
export async function list(id: string) {
  const client = new ConnectClient({});
  return client.send(new ListUsersCommand({ InstanceId: id }));
}`,
      files: {
        "src/all.ts": `import { list } from "./file.js";
export async function all(ids: string[]) {
  for (const id of ids) await list(id);
}`,
      },
      errors: [
        {
          messageId: "rebuilt",
          line: 3,
          data: { client: "ConnectClient", when: "on every call of list(), which runs in a loop" },
          suggestions: [
            {
              messageId: "hoistClient",
              output: `${IMPORT}
const connectClient = new ConnectClient({});
export async function list(id: string) {
  const client = connectClient;
  return client.send(new ListUsersCommand({ InstanceId: id }));
}`,
            },
          ],
        },
      ],
    },
    {
      name: "a client for every element, in JavaScript without types",
      code: `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
exports.all = (ids) => {
  return ids.map((id) => new ConnectClient({}).send(new ListUsersCommand({ InstanceId: id })));
};`,
      parser: "espree",
      sourceType: "commonjs",
      errors: [
        {
          messageId: "rebuilt",
          line: 3,
          data: { client: "ConnectClient", when: "for every element" },
          suggestions: [
            {
              messageId: "hoistClient",
              output: `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
exports.all = (ids) => {
  const connectClient = new ConnectClient({});
  return ids.map((id) => connectClient.send(new ListUsersCommand({ InstanceId: id })));
};`,
            },
          ],
        },
      ],
    },
    {
      name: "a client on every invocation, where that is asked for",
      code: `${IMPORT}
export const handler = async (event: { id: string }) => {
  const client = new ConnectClient({});
  return client.send(new ListUsersCommand({ InstanceId: event.id }));
};`,
      options: [{ clientPerInvocation: "report", missingTimeout: "ignore" }],
      errors: [
        {
          messageId: "perInvocation",
          line: 3,
          data: { client: "ConnectClient" },
          suggestions: [
            {
              messageId: "hoistClient",
              output: `${IMPORT}
const connectClient = new ConnectClient({});
export const handler = async (event: { id: string }) => {
  const client = connectClient;
  return client.send(new ListUsersCommand({ InstanceId: event.id }));
};`,
            },
          ],
        },
      ],
    },
  ],
});
