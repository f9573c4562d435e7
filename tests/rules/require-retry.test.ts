import { rule } from "../../src/rules/require-retry.ts";
import { ruleTester } from "../support/rule-tester.ts";

const IMPORT = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";`;
const TYPE = `import { type ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";`;
const STRATEGY = `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";`;
const SEND = `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";`;
const REPLICATE = `new ReplicateInstanceCommand({ InstanceId: "", ReplicaRegion: "", ReplicaAlias: "" })`;
const LIST = `export const list = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));`;
const UNSEEN = `export const list = (client: ConnectClient, id: string) => client.send(new ListUsersCommand({ InstanceId: id }));`;
const CLIENT = `import { ConnectClient } from "@aws-sdk/client-connect";
export const client = new ConnectClient({});`;

const byDefault = (client = "ConnectClient", noEdit = "") => ({
  messageId: "defaultRetries" as const,
  data: { client, attempts: "3", seconds: "1.5", noEdit },
});
const v2Default = (noEdit = "") => ({
  messageId: "defaultRetries" as const,
  data: { client: "Connect client", attempts: "4", seconds: "0.4", noEdit },
});
const unretried = (operation = "ListUsers", noEdit = "") => ({
  messageId: "unretriedCall" as const,
  data: { operation, noEdit },
});
const off = (noEdit = " No edit is offered: the attempts were set on purpose.") => ({
  messageId: "retriesOff" as const,
  data: { client: "ConnectClient", noEdit },
});

/** A class whose method is retried by a decorator that another file holds. */
const DECORATED = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { retry } from "./retry.js";
const client = new ConnectClient({});
export class Users {
  @retry({ attempts: 3, delayMs: 500 })
  async list(id: string) {
    return client.send(new ListUsersCommand({ InstanceId: id }));
  }
}
`;

/** The decorator: what a call of the method does instead of the method. */
const decorator = (body: string) => `export const retry =
  (options: { attempts: number; delayMs: number }) =>
  <This, Args extends unknown[], Result>(
    method: (this: This, ...args: Args) => Promise<Result>,
    _context: ClassMethodDecoratorContext<This>,
  ) =>
    async function (this: This, ...args: Args): Promise<Result> {
      ${body}
    };
`;

ruleTester.run("require-retry", rule, {
  valid: [
    {
      name: "a factory of the project that is handed the class of the client",
      code: `import { AthenaClient, GetQueryExecutionCommand } from "@aws-sdk/client-athena";
import { clientOf } from "./factory.js";
export const get = (id: string) => clientOf(AthenaClient).send(new GetQueryExecutionCommand({ QueryExecutionId: id }));`,
      files: {
        "src/factory.ts":
          "export const clientOf = <C>(type: new (config: any) => C): C => new type({ maxAttempts: 8 });",
      },
      settings: { services: "aws" },
      notInstalled: ["@aws-sdk/client-athena"],
      allowTypeErrors: true,
    },
    ...[
      "if (once) config.maxAttempts = 1;",
      "if (once) Object.assign(config, { maxAttempts: 0 });",
    ].map((later) => ({
      name: `attempts that are set to one on some way alone: ${later}`,
      code: `${IMPORT}
const once = process.env["ONCE"] !== undefined;
const config = { maxAttempts: 8 };
${later}
const client = new ConnectClient(config);
${LIST}`,
    })),
    {
      name: "one attempt or several",
      code: `${IMPORT}
const client = new ConnectClient({ maxAttempts: process.env["ONCE"] === undefined ? 8 : 1 });
const other = new ConnectClient(process.env["ONCE"] === undefined ? { maxAttempts: 1 } : { maxAttempts: 8 });
${LIST}
export const listOthers = (id: string) => other.send(new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "work that a package is handed together with its number of retries",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { useQuery } from "@tanstack/react-query";
const client = new ConnectClient({ maxAttempts: 1 });
export const useUsers = (InstanceId: string) =>
  useQuery({ queryFn: () => client.send(new ListUsersCommand({ InstanceId })), retry: 4 });`,
      allowTypeErrors: true,
    },
    {
      name: "a function that a loop asks again for what it caught",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 1 });
async function once(InstanceId: string): Promise<"ok" | "retry"> {
  try {
    await client.send(new ListUsersCommand({ InstanceId }));
    return "ok";
  } catch {
    return "retry";
  }
}
export async function list(id: string) {
  let outcome;
  do {
    outcome = await once(id);
  } while (outcome === "retry");
}`,
    },
    {
      name: "a client whose class is mocked",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { mockClient } from "aws-sdk-client-mock";
mockClient(ConnectClient).on(ListUsersCommand).resolves({});
const client = new ConnectClient({});
await client.send(new ListUsersCommand({ InstanceId: "i" }));`,
      allowTypeErrors: true,
    },
    `export const answer = 42;`,
    {
      name: "a client of another file, which is not known without types",
      code: `import { ListUsersCommand } from "@aws-sdk/client-connect";
import { client } from "./client.js";
export const list = (id) => client.send(new ListUsersCommand({ InstanceId: id }));`,
      files: { "src/client.js": "export const client = { send: async (command) => command };" },
      parser: "espree",
    },
    {
      name: "a client that a CommonJS file is given, without types",
      code: `const { ListUsersCommand } = require("@aws-sdk/client-connect");
module.exports = (client, id) => client.send(new ListUsersCommand({ InstanceId: id }));`,
      filename: "src/file.cjs",
      parser: "espree",
    },
    {
      name: "one attempt on purpose for the calls of other files, which are not known without types",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";
export const client = new ConnectClient({ maxAttempts: 1 });`,
      parser: "espree",
    },
    {
      name: "a client with more attempts",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 8 });\n${LIST}`,
    },
    {
      name: "attempts from the environment",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: Number(process.env["ATTEMPTS"]) });\n${LIST}`,
    },
    {
      name: "adaptive mode",
      code: `${IMPORT}\nconst client = new ConnectClient({ retryMode: "adaptive" });\n${LIST}`,
    },
    {
      name: "our strategy",
      code: `${IMPORT}\n${STRATEGY}\nconst client = new ConnectClient({ retryStrategy: backoffStrategy() });\n${LIST}`,
    },
    {
      name: "a strategy in a variable",
      code: `${IMPORT}\n${STRATEGY}\nconst retryStrategy = backoffStrategy({ maxAttempts: 5 });\nconst client = new ConnectClient({ retryStrategy });\n${LIST}`,
    },
    {
      name: "a configuration that cannot be seen",
      code: `${IMPORT.replace("ConnectClient,", "ConnectClient, type ConnectClientConfig,")}
export const create = (config: ConnectClientConfig) => new ConnectClient(config);`,
    },
    {
      name: "a configuration in another file",
      code: `${IMPORT}\nimport { config } from "./config.js";\nconst client = new ConnectClient(config);\n${LIST}`,
      files: { "src/config.ts": `export const config = { maxAttempts: 6 };` },
    },
    {
      name: "the SDK's default is enough by choice",
      code: `${IMPORT}\nconst client = new ConnectClient({});\n${LIST}`,
      options: [{ reportAt: "client", sdkDefault: "sufficient", minimumAttempts: 2 }],
    },
    {
      name: "the client's own file has the report",
      code: `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { client } from "./client.js";\n${LIST}`,
      files: { "src/client.ts": CLIENT },
    },
    {
      name: "a policy in another file",
      code: `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { client } from "./client.js";\n${LIST}`,
      files: { "src/client.ts": CLIENT.replace("{}", "{ maxAttempts: 8 }") },
    },
    {
      name: "a call through the helper",
      code: `${TYPE}\n${SEND}\nexport const list = (client: ConnectClient, id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "a default client whose calls all go through the helper",
      code: `${IMPORT}\n${SEND}\nconst client = new ConnectClient({});\nexport const list = (id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "a default client whose calls are all wrapped",
      code: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
export const list = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));`,
    },
    {
      name: "a wrapper that the settings name",
      code: `${IMPORT}
import { again } from "./again.js";
const client = new ConnectClient({});
export const list = (id: string) => again(() => client.send(new ListUsersCommand({ InstanceId: id })));`,
      files: {
        "src/again.ts": `export declare function again<T>(run: () => Promise<T>): Promise<T>;`,
      },
      settings: { retryWrappers: [{ from: "file", path: "src/again.ts", name: "again" }] },
    },
    {
      name: "one attempt, and a wrapper around it",
      code: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ maxAttempts: 1 });
export const list = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));`,
    },
    {
      name: "a client that nothing reads",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nconst client = new ConnectClient({});`,
    },
    {
      name: "a client that is dropped",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nnew ConnectClient({});`,
    },
    {
      name: "a mocked client",
      code: `${IMPORT}
import { mockClient } from "aws-sdk-client-mock";
const mocked = mockClient(new ConnectClient({}));
export const client = new ConnectClient({ maxAttempts: 3 });
const other = new ConnectClient({});
export const mock = mockClient(other);
export const run = () => other.send(new ListUsersCommand({ InstanceId: "" }));
export { mocked };`,
      files: {
        "node_modules/aws-sdk-client-mock/package.json": `{ "name": "aws-sdk-client-mock", "version": "4.1.0", "types": "index.d.ts" }`,
        "node_modules/aws-sdk-client-mock/index.d.ts": `export declare function mockClient(client: unknown): { reset(): void };`,
      },
    },
    {
      name: "a look-alike",
      code: `class ConnectClient { send(_: object) { return 1; } }\nexport const client = new ConnectClient();\nclient.send({});`,
    },
    {
      name: "another service",
      code: `import AWS from "aws-sdk";\nexport const s3 = new AWS.S3();`,
    },
    {
      name: "v2 with retries",
      code: `import AWS from "aws-sdk";\nexport const connect = new AWS.Connect({ maxRetries: 7 });`,
    },
    {
      name: "document clients of DynamoDB, by the client inside",
      code: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
const raw = new DynamoDBClient({ maxAttempts: 8 });
await DynamoDBDocumentClient.from(raw).send(new PutCommand({ TableName: "t", Item: {} }));
await DynamoDBDocument.from(raw).put({ TableName: "t", Item: {} });`,
      settings: { services: "aws" },
      allowTypeErrors: true,
    },
    {
      name: "document clients of DynamoDB are another service",
      code: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
await DynamoDBDocumentClient.from(new DynamoDBClient({})).send(new PutCommand({}));`,
      allowTypeErrors: true,
    },
    {
      name: "DynamoDB in v2, which retries ten times as it comes",
      code: `import AWS from "aws-sdk";
await new AWS.DynamoDB.DocumentClient().get({}).promise();
await new AWS.DynamoDB().getItem({}).promise();
await new AWS.DynamoDB.DocumentClient({ service: new AWS.DynamoDB({ maxRetries: 4 }) }).get({}).promise();`,
      settings: { services: "aws" },
      notInstalled: ["aws-sdk"],
      allowTypeErrors: true,
    },
    {
      name: "v2 with the SDK's global settings",
      code: `import AWS from "aws-sdk";\nAWS.config.update({ maxRetries: 7 });\nexport const connect = new AWS.Connect();`,
    },
    {
      name: "JavaScript",
      filename: "src/file.js",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({ maxAttempts: 8 });`,
    },
    {
      name: "JavaScript without types",
      parser: "espree",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nconst shared = { maxAttempts: 8 };\nexport const client = new ConnectClient({ ...shared });`,
    },
    {
      name: "an operation that waits for a resource, with our strategy",
      code: `import { ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
${STRATEGY}
const client = new ConnectClient({ retryStrategy: backoffStrategy() });
export const run = () => client.send(new ReplicateInstanceCommand({ InstanceId: "", ReplicaRegion: "", ReplicaAlias: "" }));`,
    },
    {
      name: "an operation that waits for a resource, with a strategy of the project",
      code: `import { ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
import { StandardRetryStrategy } from "@smithy/util-retry";
class UntilReady extends StandardRetryStrategy {}
const client = new ConnectClient({ retryStrategy: new UntilReady(8) });
export const run = () => client.send(${REPLICATE});`,
    },
    {
      name: "an operation that waits for a resource, with a policy that cannot be seen",
      code: `import { ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
import type { ConnectClientConfig } from "@aws-sdk/client-connect";
export function replicate(config: ConnectClientConfig) {
  const client = new ConnectClient(config);
  return client.send(${REPLICATE});
}`,
    },
    {
      name: "as many attempts as are asked for",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 5 });\n${LIST}`,
      options: [{ reportAt: "client", sdkDefault: "insufficient", minimumAttempts: 5 }],
    },
    {
      name: "two attempts",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 2 });\n${LIST}`,
    },
    {
      name: "reported at the call: a client with a policy",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 8 });\n${LIST}`,
      options: [{ reportAt: "call", sdkDefault: "insufficient", minimumAttempts: 2 }],
    },
    {
      name: "a method that a decorator of another file retries",
      code: DECORATED,
      files: {
        "src/retry.ts": decorator(
          "for (let attempt = 1; ; attempt++) try { return await method.call(this, ...args); } catch (error) { if (attempt === options.attempts) throw error; }",
        ),
      },
    },
    {
      name: "a method that a decorator of TypeScript's own kind retries",
      code: DECORATED.replace("@retry", "@resilient").replace("{ retry }", "{ resilient }"),
      compilerOptions: { experimentalDecorators: true },
      files: {
        "src/retry.ts": `export function resilient(options: { attempts: number; delayMs: number }) {
  return (_target: object, _key: string, descriptor: PropertyDescriptor) => {
    const original = descriptor.value;
    descriptor.value = async function (...args: unknown[]) {
      let attempt = 0;
      while (true) {
        try {
          return await Reflect.apply(original, this, args);
        } catch (error) {
          if (++attempt >= options.attempts) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * options.delayMs));
        }
      }
    };
  };
}
`,
      },
    },
    {
      name: "a method under a decorator of a package, by its name",
      code: DECORATED.replace('"./retry.js"', '"some-decorators"'),
      files: {
        "node_modules/some-decorators/package.json":
          '{ "name": "some-decorators", "types": "index.d.ts" }',
        "node_modules/some-decorators/index.d.ts":
          "export function retry(options: object): (method: Function, context: ClassMethodDecoratorContext) => any;",
      },
    },
    {
      name: "a wrapper whose own function calls itself",
      code: `${IMPORT}
const client = new ConnectClient({});
function withRetry<T>(fn: () => Promise<T>): Promise<T> {
  const run = async (left: number): Promise<T> => {
    try {
      return await fn();
    } catch (error) {
      if (left === 0) throw error;
      return run(left - 1);
    }
  };
  return run(4);
}
export const list = (id: string) => withRetry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
    },
    {
      name: "a wrapper that gives its callback another name",
      code: `${IMPORT}
const client = new ConnectClient({});
async function withRetry<T>(fn: () => Promise<T>): Promise<T> {
  const run = () => fn();
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
export const list = (id: string) => withRetry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
    },
  ],
  invalid: [
    {
      name: "one attempt and a call of the same file, without types",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 1 });
export const list = (id) => client.send(new ListUsersCommand({ InstanceId: id }));`,
      parser: "espree",
      errors: [
        {
          messageId: "retriesOff",
          line: 2,
          data: {
            client: "ConnectClient",
            noEdit: " No edit is offered: the attempts were set on purpose.",
          },
        },
      ],
    },
    {
      name: "a client as it comes",
      sdkSince: "3.1100",
      code: `${IMPORT}\nconst client = new ConnectClient({});\n${LIST}`,
      errors: [{ ...byDefault(), line: 2 }],
      output: `${IMPORT}\n${STRATEGY}\nconst client = new ConnectClient({ retryStrategy: backoffStrategy() });\n${LIST}`,
    },
    {
      name: "a client without arguments",
      sdkSince: "3.1100",
      code: `${IMPORT}\nconst client = new ConnectClient();\n${LIST}`,
      errors: [byDefault()],
      output: `${IMPORT}\n${STRATEGY}\nconst client = new ConnectClient({ retryStrategy: backoffStrategy() });\n${LIST}`,
    },
    {
      name: "an exported client that nothing calls yet",
      sdkSince: "3.1100",
      code: CLIENT,
      errors: [byDefault()],
      output: `import { ConnectClient } from "@aws-sdk/client-connect";\n${STRATEGY}\nexport const client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
    },
    {
      name: "a class field",
      sdkSince: "3.1100",
      code: `${IMPORT}\nexport class Users {\n  readonly #client = new ConnectClient({ region: "eu-west-2" });\n  list(id: string) { return this.#client.send(new ListUsersCommand({ InstanceId: id })); }\n}`,
      errors: [byDefault()],
      output: `${IMPORT}\n${STRATEGY}\nexport class Users {\n  readonly #client = new ConnectClient({ region: "eu-west-2", retryStrategy: backoffStrategy() });\n  list(id: string) { return this.#client.send(new ListUsersCommand({ InstanceId: id })); }\n}`,
    },
    {
      name: "a spread that is seen to hold no policy",
      sdkSince: "3.1100",
      code: `${IMPORT}\nconst shared = { region: "eu-west-2" };\nconst client = new ConnectClient({ ...shared });\n${LIST}`,
      errors: [byDefault()],
      output: `${IMPORT}\n${STRATEGY}\nconst shared = { region: "eu-west-2" };\nconst client = new ConnectClient({ ...shared, retryStrategy: backoffStrategy() });\n${LIST}`,
    },
    {
      name: "a configuration in a variable",
      sdkSince: "3.1100",
      code: `${IMPORT}\nconst config = { region: "eu-west-2" };\nconst client = new ConnectClient(config);\n${LIST}`,
      errors: [
        byDefault("ConnectClient", " No edit is offered: the argument is not an object literal."),
      ],
    },
    {
      name: "the aggregated client",
      sdkSince: "3.1100",
      code: `import { Connect } from "@aws-sdk/client-connect";\nconst connect = new Connect({});\nexport const list = (id: string) => connect.listUsers({ InstanceId: id });`,
      errors: [byDefault("Connect")],
      output: `import { Connect } from "@aws-sdk/client-connect";\n${STRATEGY}\nconst connect = new Connect({ retryStrategy: backoffStrategy() });\nexport const list = (id: string) => connect.listUsers({ InstanceId: id });`,
    },
    {
      name: "a paginator: the client is repaired",
      sdkSince: "3.1100",
      code: `import { ConnectClient, paginateListUsers } from "@aws-sdk/client-connect";\nconst client = new ConnectClient({});\nexport const pages = (id: string) => paginateListUsers({ client }, { InstanceId: id });`,
      errors: [byDefault()],
      output: `import { ConnectClient, paginateListUsers } from "@aws-sdk/client-connect";\n${STRATEGY}\nconst client = new ConnectClient({ retryStrategy: backoffStrategy() });\nexport const pages = (id: string) => paginateListUsers({ client }, { InstanceId: id });`,
    },
    {
      name: "two clients in one run",
      sdkSince: "3.1100",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { ConnectCasesClient } from "@aws-sdk/client-connectcases";\nexport const a = new ConnectClient({});\nexport const b = new ConnectCasesClient({});`,
      errors: [byDefault(), byDefault("ConnectCasesClient")],
      output: [
        `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { ConnectCasesClient } from "@aws-sdk/client-connectcases";\n${STRATEGY}\nexport const a = new ConnectClient({ retryStrategy: backoffStrategy() });\nexport const b = new ConnectCasesClient({});`,
        `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { ConnectCasesClient } from "@aws-sdk/client-connectcases";\n${STRATEGY}\nexport const a = new ConnectClient({ retryStrategy: backoffStrategy() });\nexport const b = new ConnectCasesClient({ retryStrategy: backoffStrategy() });`,
      ],
    },
    {
      name: "some calls are wrapped and some are not",
      sdkSince: "3.1100",
      code: `${IMPORT}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
export const wrapped = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));
export const bare = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));`,
      errors: [byDefault()],
      output: `${IMPORT}
import { withBackoff, backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ retryStrategy: backoffStrategy() });
export const wrapped = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));
export const bare = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "a client whose calls are in another file",
      sdkSince: "3.1100",
      code: CLIENT,
      files: {
        "src/users.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { client } from "./file.js";\n${LIST}`,
      },
      errors: [byDefault()],
      output: `import { ConnectClient } from "@aws-sdk/client-connect";\n${STRATEGY}\nexport const client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
    },
    {
      name: "retries switched off",
      sdkSince: "3.229",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 1 });\n${LIST}`,
      errors: [off()],
    },
    {
      name: "no attempts at all",
      sdkSince: "3.229",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 0 });\n${LIST}`,
      errors: [off()],
    },
    {
      name: "a strategy of one attempt",
      sdkSince: "3.229",
      code: `${IMPORT}\nimport { ConfiguredRetryStrategy } from "@smithy/core/retry";\nconst client = new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(1) });\n${LIST}`,
      errors: [off()],
      allowTypeErrors: true,
    },
    {
      name: "fewer attempts than are asked for",
      sdkSince: "3.229",
      code: `${IMPORT}\nconst client = new ConnectClient({ maxAttempts: 4 });\n${LIST}`,
      options: [{ reportAt: "client", sdkDefault: "insufficient", minimumAttempts: 5 }],
      errors: [
        {
          messageId: "fewAttempts",
          data: {
            client: "ConnectClient",
            attempts: "4",
            minimum: "5",
            noEdit: " No edit is offered: the attempts were set on purpose.",
          },
        },
      ],
    },
    {
      name: "a client that cannot be seen",
      code: `${TYPE}\n${UNSEEN}`,
      errors: [unretried()],
      output: `${TYPE}\n${SEND}\nexport const list = (client: ConnectClient, id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "an operation that may act twice is only suggested",
      code: `import { type ConnectClient, StartTaskContactCommand } from "@aws-sdk/client-connect";
import { CreateUserCommand } from "@aws-sdk/client-connect";
export const user = (client: ConnectClient) =>
  client.send(new CreateUserCommand({ Username: "", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: [], RoutingProfileId: "", InstanceId: "" }));
export { StartTaskContactCommand };`,
      errors: [
        {
          ...unretried("CreateUser"),
          suggestions: [
            {
              messageId: "wrapCall",
              output: `import { type ConnectClient, StartTaskContactCommand } from "@aws-sdk/client-connect";
import { CreateUserCommand } from "@aws-sdk/client-connect";
${SEND}
export const user = (client: ConnectClient) =>
  sendWithBackoff(client, new CreateUserCommand({ Username: "", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: [], RoutingProfileId: "", InstanceId: "" }));
export { StartTaskContactCommand };`,
            },
          ],
        },
      ],
    },
    {
      name: "a method of an aggregated client that cannot be seen",
      code: `import type { Connect } from "@aws-sdk/client-connect";\nexport const list = (connect: Connect, id: string) => connect.listUsers({ InstanceId: id });`,
      errors: [
        unretried("ListUsers", " No edit is offered: the helper sends commands of a v3 client."),
      ],
    },
    {
      name: "at the call, by choice",
      sdkSince: "3.1100",
      code: `${IMPORT}\nconst client = new ConnectClient({});\n${LIST}`,
      options: [{ reportAt: "call", sdkDefault: "insufficient", minimumAttempts: 2 }],
      errors: [{ ...byDefault(), line: 3 }],
      output: `${IMPORT}\n${SEND}\nconst client = new ConnectClient({});\nexport const list = (id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "an operation that waits for a resource",
      code: `import { ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 8 });
export const run = () => client.send(new ReplicateInstanceCommand({ InstanceId: "", ReplicaRegion: "", ReplicaAlias: "" }));`,
      errors: [
        { messageId: "notReady", line: 3, data: { operation: "ReplicateInstance", noEdit: "" } },
      ],
      output: `import { ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
${SEND}
const client = new ConnectClient({ maxAttempts: 8 });
export const run = () => sendWithBackoff(client, new ReplicateInstanceCommand({ InstanceId: "", ReplicaRegion: "", ReplicaAlias: "" }));`,
    },
    {
      name: "an operation that waits for a resource, on a client that cannot be seen",
      code: `import { type ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
export const run = (client: ConnectClient) => client.send(${REPLICATE});`,
      errors: [unretried("ReplicateInstance")],
      output: `import { type ConnectClient, ReplicateInstanceCommand } from "@aws-sdk/client-connect";
${SEND}
export const run = (client: ConnectClient) => sendWithBackoff(client, ${REPLICATE});`,
    },
    {
      name: "pages whose client cannot be seen",
      code: `import { paginateListUsers, type ConnectPaginationConfiguration } from "@aws-sdk/client-connect";
export const pages = (config: ConnectPaginationConfiguration, id: string) => paginateListUsers(config, { InstanceId: id });`,
      errors: [
        unretried("ListUsers", " No edit is offered: the helper sends commands of a v3 client."),
      ],
    },
    {
      name: "the helper's names where they mean something else",
      sdkSince: "3.1100",
      code: `${IMPORT}
import { backoffStrategy, sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
export const shared = new ConnectClient({ retryStrategy: backoffStrategy() });
export const users = (id: string) => sendWithBackoff(shared, new ListUsersCommand({ InstanceId: id }));
export const create = (backoffStrategy: boolean) => (backoffStrategy ? new ConnectClient({}) : shared);`,
      errors: [byDefault()],
      output: `${IMPORT}
import { backoffStrategy, sendWithBackoff, backoffStrategy as connectBackoffStrategy } from "eslint-plugin-connect-resilience/backoff";
export const shared = new ConnectClient({ retryStrategy: backoffStrategy() });
export const users = (id: string) => sendWithBackoff(shared, new ListUsersCommand({ InstanceId: id }));
export const create = (backoffStrategy: boolean) => (backoffStrategy ? new ConnectClient({ retryStrategy: connectBackoffStrategy() }) : shared);`,
    },
    {
      name: "a parameter with the name of the helper",
      code: `${TYPE}
${SEND}
export const list = (client: ConnectClient, id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
export const other = (sendWithBackoff: ConnectClient, id: string) => sendWithBackoff.send(new ListUsersCommand({ InstanceId: id }));`,
      errors: [unretried()],
      output: `${TYPE}
import { sendWithBackoff, sendWithBackoff as connectSendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
export const list = (client: ConnectClient, id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
export const other = (sendWithBackoff: ConnectClient, id: string) => connectSendWithBackoff(sendWithBackoff, new ListUsersCommand({ InstanceId: id }));`,
    },
    {
      name: "an operation newer than the tables that waits for a resource",
      code: `import { ConnectClient, GetTeleporterCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 8 });
export const run = () => client.send(new GetTeleporterCommand({ Id: "" }));`,
      files: {
        "node_modules/@aws-sdk/client-connect/package.json": `{ "name": "@aws-sdk/client-connect", "version": "3.9999.0", "types": "index.d.ts" }`,
        "node_modules/@aws-sdk/client-connect/index.d.ts": `/** @public */
export declare class ConnectClient { constructor(config: object); send(command: GetTeleporterCommand): Promise<object>; }
/**
 * @throws {@link ResourceNotReadyException} (client fault)
 *  <p>The resource is not ready.</p>
 */
export declare class GetTeleporterCommand { constructor(input: { Id: string }); readonly input: { Id: string }; }`,
      },
      settings: { helper: { module: "our-helper" } },
      errors: [
        {
          messageId: "notReady",
          data: {
            operation: "GetTeleporter",
            noEdit: ` No edit is offered: "our-helper" cannot be resolved from this file.`,
          },
        },
      ],
    },
    {
      name: "v2",
      code: `import AWS from "aws-sdk";\nexport const connect = new AWS.Connect();`,
      errors: [
        {
          ...v2Default(),
          suggestions: [
            {
              messageId: "addRetries",
              output: `import AWS from "aws-sdk";\nexport const connect = new AWS.Connect({ maxRetries: 7 });`,
            },
          ],
        },
      ],
    },
    {
      name: "v2, retries switched off",
      code: `import AWS from "aws-sdk";\nexport const connect = new AWS.Connect({ maxRetries: 0 });`,
      errors: [
        {
          messageId: "retriesOff",
          data: {
            client: "Connect client",
            noEdit: " No edit is offered: the retries were set on purpose.",
          },
        },
      ],
    },
    {
      name: "no helper to import",
      sdkSince: "3.1100",
      code: `${IMPORT}\nconst client = new ConnectClient({});\n${LIST}`,
      notInstalled: ["eslint-plugin-connect-resilience"],
      settings: { helper: { module: "our-helper" } },
      errors: [
        byDefault(
          "ConnectClient",
          ` No edit is offered: "our-helper" cannot be resolved from this file.`,
        ),
      ],
    },
    {
      name: "JavaScript, with types",
      sdkSince: "3.1100",
      filename: "src/file.cjs",
      code: `const { ConnectClient } = require("@aws-sdk/client-connect");\nexports.client = new ConnectClient({});`,
      errors: [byDefault()],
      output: `const { ConnectClient } = require("@aws-sdk/client-connect");\nconst { backoffStrategy } = require("eslint-plugin-connect-resilience/backoff");\nexports.client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
    },
    {
      name: "JavaScript, without types",
      sdkSince: "3.1100",
      parser: "espree",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({});`,
      errors: [byDefault()],
      output: `import { ConnectClient } from "@aws-sdk/client-connect";\n${STRATEGY}\nexport const client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
    },
    {
      name: "the SDK is not installed",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({});`,
      notInstalled: ["@aws-sdk/*"],
      allowTypeErrors: true,
      errors: [byDefault()],
      output: `import { ConnectClient } from "@aws-sdk/client-connect";\n${STRATEGY}\nexport const client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
    },
    {
      name: "the client inside of a document client",
      code: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
const doc = DynamoDBDocumentClient.from(new DynamoDBClient({}));
await doc.send(new PutCommand({ TableName: "t", Item: {} }));`,
      settings: { services: "aws" },
      allowTypeErrors: true,
      errors: [byDefault("DynamoDBClient")],
      output: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
${STRATEGY}
const doc = DynamoDBDocumentClient.from(new DynamoDBClient({ retryStrategy: backoffStrategy() }));
await doc.send(new PutCommand({ TableName: "t", Item: {} }));`,
    },
    {
      name: "a document client of v2 whose retries are switched off",
      code: `import { DocumentClient } from "aws-sdk/clients/dynamodb";
const doc = new DocumentClient({ maxRetries: 0 });
await doc.put({ TableName: "t", Item: {} }).promise();`,
      settings: { services: "aws" },
      errors: [
        {
          messageId: "retriesOff",
          data: {
            client: "DocumentClient client",
            noEdit: " No edit is offered: the retries were set on purpose.",
          },
        },
      ],
    },
    {
      name: "a decorator with retry in its name that only logs",
      sdkSince: "3.1100",
      code: DECORATED,
      options: [{ reportAt: "call", sdkDefault: "insufficient", minimumAttempts: 3 }],
      files: {
        "src/retry.ts": decorator(
          "console.log(options.attempts); return method.call(this, ...args);",
        ),
      },
      errors: [
        {
          messageId: "defaultRetries",
          data: { client: "ConnectClient", attempts: "3", seconds: "1.5", noEdit: "" },
        },
      ],
      output: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { retry } from "./retry.js";
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
export class Users {
  @retry({ attempts: 3, delayMs: 500 })
  async list(id: string) {
    return sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
  }
}
`,
    },
  ],
});
