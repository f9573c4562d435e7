import { rule } from "../../src/rules/valid-error-check.ts";
import { ruleTester } from "../support/rule-tester.ts";

const HEAD = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 5 });`;
const SEND = `client.send(new ListUsersCommand({ InstanceId: "i" }))`;
const V2 = `const AWS = require("aws-sdk");\nconst connect = new AWS.Connect();`;

/** A handler around one call. */
const around = (
  test: string,
  { binding = "error: any", more = "", head = HEAD } = {},
): string => `${head}
export async function run() {
  try {
    await ${SEND};${more}
  } catch (${binding}) {
    if (${test}) return "later";
    throw error;
  }
}`;

/** The same in JavaScript. */
const script = (
  test: string,
): string => `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({ maxAttempts: 5 });
exports.run = async () => {
  try {
    await ${SEND};
  } catch (error) {
    if (${test}) return "later";
    throw error;
  }
};`;

/** A retry wrapper in a file of its own, which another file gives its attempts. */
const wrapper = (
  property: string,
): string => `const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export async function retry<T>(attempt: () => Promise<T>, n = 0): Promise<T> {
  try {
    return await attempt();
  } catch (error: any) {
    if (n === 3 || error.${property} !== "ThrottlingException") throw error;
    await wait(Math.random() * 1000 * 2 ** n);
    return retry(attempt, n + 1);
  }
}`;

ruleTester.run("valid-error-check", rule, {
  valid: [
    {
      name: "the code in a wrapper that calls of both versions are given to",
      code: wrapper("code"),
      files: {
        "src/list.ts": `import { retry } from "./file.js";\n${HEAD}\nexport const list = () => retry(() => ${SEND});`,
        "src/old.ts": `import { retry } from "./file.js";\nimport AWS from "aws-sdk";\nconst connect = new AWS.Connect();\nexport const old = () => retry(() => connect.listUsers({ InstanceId: "i" }).promise());`,
      },
    },
    {
      name: "the code in a wrapper that nobody is seen to call",
      code: wrapper("code"),
      files: { "src/list.ts": `${HEAD}\nexport const list = () => ${SEND};` },
    },
    { name: "the name", code: around(`error.name === "ThrottlingException"`) },
    {
      name: "a name of the client",
      code: around(
        `error.name === "TooManyRequestsException" || error.name === "ResourceNotFoundException"`,
      ),
    },
    {
      name: "names of every service",
      code: around(`error.name === "ExpiredTokenException" || error.name === "TimeoutError"`),
    },
    {
      name: "names of throttling in other services",
      code: around(`["SlowDown", "RequestLimitExceeded"].includes(error.name)`),
    },
    {
      name: "the right name beside others that look like it",
      code: around(`["Throttling", "ThrottlingException"].includes(error.name)`),
    },
    {
      name: "the right name in another test",
      code: around(`error.name === "Throttling" || error.name === "ThrottlingException"`),
    },
    {
      name: "a code of Node",
      code: around(`error.code === "ECONNRESET" || error.code === "ERR_INVALID_ARG_TYPE"`),
    },
    {
      name: "the code where there is no name",
      code: around(`(error.code ?? error.name) === "ThrottlingException"`),
    },
    {
      name: "code and name",
      code: around(`error.code === "ThrottlingException" || error.name === "ThrottlingException"`),
    },
    {
      name: "code and name, both taken out",
      code: around(`code === "ThrottlingException" || name === "ThrottlingException"`).replace(
        "    if (",
        "    const { code, name } = error;\n    if (",
      ),
    },
    {
      name: "the name asked for the same in another test",
      code: around(
        `error.code === "ThrottlingException") return "v2";\n    if (error.name === "ThrottlingException"`,
      ),
    },
    {
      name: "an error inside of the error",
      code: `${HEAD}
export async function run() {
  try {
    await ${SEND};
  } catch ({ error }: any) {
    if (error.code === "ThrottlingException") return "later";
    throw error;
  }
}`,
    },
    {
      name: "the code of an error of the project's own",
      code: around(`error.code === "MissingInstanceException"`, {
        head: `${HEAD}
class Missing extends Error {
  code = "MissingInstanceException";
}`,
        more: "\n    throw new Missing();",
      }),
    },
    {
      name: "the name taken out of the error",
      code: `${HEAD}
export const run = () => ${SEND}.catch(({ name }) => (name === "ThrottlingException" ? "later" : "never"));`,
    },
    {
      name: "the name of a class of the project's own",
      code: around(`error.constructor.name === "NotReady"`),
    },
    {
      name: "the name of a class, where another error may come",
      code: around(`error.constructor.name === "ThrottlingException"`, {
        more: "\n    throw new Refused();",
        head: `${HEAD}\nclass Refused extends Error {}`,
      }),
    },
    { name: "a code of another library", code: around(`error.code === "P2002"`) },
    { name: "the status where it is", code: around(`error.$metadata?.httpStatusCode === 429`) },
    {
      name: "a status with a fallback",
      code: around(`(error.statusCode ?? error.$metadata?.httpStatusCode) === 429`),
    },
    {
      name: "a code that is only logged",
      code: around(`console.log(error.code, error.statusCode) === undefined`),
    },
    {
      name: "an own error in the same block",
      code: around(`error.statusCode === 404`, {
        more: ` throw Object.assign(new TypeError(), { statusCode: 404 });`,
      }),
    },
    {
      name: "the error of another client in the same block",
      code: around(`error.name === "ThrotlingException" || error.retryable`, {
        head: `import { S3 } from "./s3.js";\n${HEAD}`,
        more: `\n    await new S3().get();`,
      }),
      files: { "src/s3.ts": `export declare class S3 { get(): Promise<void>; }` },
    },
    {
      name: "a call that cannot be seen in the same block",
      code: `${HEAD}
export async function run(save: () => Promise<void>) {
  try {
    await ${SEND};
    await save();
  } catch (error: any) {
    if (error.code === "ThrottlingException" || error.message.includes("Throttl")) return;
    throw error;
  }
}`,
    },
    {
      name: "an error of SDK v2",
      code: `${V2}
exports.run = async () => {
  try {
    await connect.listUsers({ InstanceId: "i" }).promise();
  } catch (error) {
    if (error.code === "ThrottlingException" || error.statusCode === 429 || error.retryable) return;
    throw error;
  }
};`,
      parser: "espree",
      sourceType: "commonjs",
    },
    {
      name: "calls of both versions",
      code: `${V2}
const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
exports.run = async () => {
  try {
    await connect.listUsers({ InstanceId: "i" }).promise();
    await ${SEND};
  } catch (error) {
    if (error.code === "ThrottlingException") return;
    throw error;
  }
};`,
      parser: "espree",
      sourceType: "commonjs",
    },
    {
      name: "a class that has a code",
      code: around(`error instanceof HttpError && error.code === "ThrottlingException"`, {
        head: `${HEAD}\nclass HttpError extends Error { code = ""; }`,
      }),
    },
    {
      name: "no AWS call in the block",
      code: `${HEAD}\nexport const parse = (text: string) => { try { return JSON.parse(text); } catch (error: any) { if (error.code === "ThrottlingException") return; throw error; } };`,
    },
    {
      name: "a parameter that anyone may fill",
      code: `${HEAD}\nexport const isThrottled = (error: any) => error.code === "ThrottlingException";\nexport const run = () => ${SEND};`,
    },
    {
      name: "the class of the client",
      code: around(`error instanceof ThrottlingException`, {
        head: `import { ThrottlingException } from "@aws-sdk/client-connect";\n${HEAD}`,
      }),
    },
    {
      name: "the class of another client that is called too",
      code: around(`error instanceof ThrottlingException`, {
        head: `import { ConnectCasesClient, ThrottlingException, ListDomainsCommand } from "@aws-sdk/client-connectcases";\n${HEAD}\nconst cases = new ConnectCasesClient({});`,
        more: `\n    await cases.send(new ListDomainsCommand({}));`,
      }),
    },
    {
      name: "$retryable of a client that sets it",
      code: `import { ConnectCasesClient, ListDomainsCommand } from "@aws-sdk/client-connectcases";
const cases = new ConnectCasesClient({});
export async function run() {
  try {
    await cases.send(new ListDomainsCommand({}));
  } catch (error: any) {
    if (error.$retryable) return;
    throw error;
  }
}`,
    },
    {
      name: "a name of a service that the tables do not hold",
      code: `const { CloudFormationClient, DescribeStacksCommand } = require("@aws-sdk/client-cloudformation");
const client = new CloudFormationClient({});
exports.run = async () => {
  try {
    await client.send(new DescribeStacksCommand({}));
  } catch (error) {
    if (error.name === "Throttling") return;
    throw error;
  }
};`,
      parser: "espree",
      sourceType: "commonjs",
      settings: { services: "aws" },
    },
    { name: "a text of another kind", code: around(`error.message.includes("Invalid parameter")`) },
    {
      name: "a name of something else",
      code: `${HEAD}\nexport const find = async (users: { name: string }[]) => { await ${SEND}; return users.filter((user) => user.name === "Throttling"); };`,
    },
    {
      name: "the name in JavaScript without types",
      code: script(`error.name === "ThrottlingException"`),
      parser: "espree",
      sourceType: "commonjs",
    },
  ],
  invalid: [
    {
      name: "a name that is misspelt in another file",
      code: `import { THROTTLED } from "./names.js";\n${around("error.name === THROTTLED")}`,
      files: { "src/names.ts": `export const THROTTLED = "ThrottlingExeption";` },
      errors: [
        {
          messageId: "unknownName",
          line: 8,
          data: {
            client: "ConnectClient",
            written: "ThrottlingExeption",
            meant: "ThrottlingException",
          },
        },
      ],
    },
    {
      name: "the text of a message that may be missing, negated",
      code: around(`!error.message?.includes("Throttl")`),
      errors: [
        {
          messageId: "messageText",
          suggestions: [
            { messageId: "useName", output: around(`!(error.name === "ThrottlingException")`) },
          ],
        },
      ],
    },
    {
      name: "the text of a message, kept for later",
      code: `${HEAD}
export const isThrottled = () =>
  ${SEND}.then(() => false, (error: any) => error.message.includes("Throttl"));`,
      errors: [{ messageId: "messageText", line: 4 }],
    },
    {
      name: "the text of a message of which nothing else is known",
      code: around(`(error as { message: string }).message.includes("Throttl")`, {
        binding: "error: unknown",
      }),
      errors: [{ messageId: "messageText", line: 7 }],
    },
    {
      name: "the status of v2 of an error of which nothing else is known",
      code: around(`(error as { statusCode?: number }).statusCode === 429`, {
        binding: "error: unknown",
      }),
      errors: [{ messageId: "statusCode", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "the class of another client, on which more relies",
      code: around(`error instanceof ThrottlingException && error.$metadata.attempts`, {
        binding: "error: unknown",
        head: `import { ThrottlingException } from "@aws-sdk/client-connectcases";\n${HEAD}`,
      }),
      errors: [
        {
          messageId: "foreignClass",
          data: {
            name: "ThrottlingException",
            module: "@aws-sdk/client-connectcases",
            client: "ConnectClient",
          },
        },
      ],
    },
    {
      name: "the class of another client, in TypeScript that is linted without types",
      types: false,
      code: around(`error instanceof ThrottlingException`, {
        head: `import { ThrottlingException } from "@aws-sdk/client-connectcases";\n${HEAD}`,
      }),
      errors: [
        {
          messageId: "foreignClass",
          data: {
            name: "ThrottlingException",
            module: "@aws-sdk/client-connectcases",
            client: "ConnectClient",
          },
          suggestions: [
            {
              messageId: "useName",
              output: around(`error.name === "ThrottlingException"`, {
                head: `import { ThrottlingException } from "@aws-sdk/client-connectcases";\n${HEAD}`,
              }),
            },
          ],
        },
      ],
    },
    {
      name: "the code of v2",
      code: around(`error.code === "ThrottlingException"`),
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
      output: around(`error.name === "ThrottlingException"`),
    },
    {
      name: "the code of v2 in JavaScript without types",
      code: script(`error.code === 'TooManyRequestsException'`),
      parser: "espree",
      sourceType: "commonjs",
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
      output: script(`error.name === 'TooManyRequestsException'`),
    },
    {
      name: "the code of v2 in a list",
      code: around(`["ThrottlingException", "TooManyRequestsException"].includes(error?.code)`),
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
      output: around(`["ThrottlingException", "TooManyRequestsException"].includes(error?.name)`),
    },
    {
      name: "the code of v2 in a switch",
      code: `${HEAD}
export async function run() {
  try {
    await ${SEND};
  } catch (error: any) {
    switch (error.code) {
      case "ThrottlingException":
        return "later";
      case "ECONNRESET":
        return "again";
    }
    throw error;
  }
}`,
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "the code of v2 in a switch over names alone",
      code: `${HEAD}
export async function run() {
  try {
    await ${SEND};
  } catch (err: any) {
    switch (err?.code) {
      case "ThrottlingException":
      case "TooManyRequestsException":
        return "later";
      default:
        throw err;
    }
  }
}`,
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
      output: `${HEAD}
export async function run() {
  try {
    await ${SEND};
  } catch (err: any) {
    switch (err?.name) {
      case "ThrottlingException":
      case "TooManyRequestsException":
        return "later";
      default:
        throw err;
    }
  }
}`,
    },
    {
      name: "the code of v2, taken out in the catch clause",
      code: `${HEAD}
export async function run() {
  try {
    return await ${SEND};
  } catch ({ code, statusCode = 500 }: any) {
    if (code === "ThrottlingException" || statusCode === 429) return "later";
    throw new Error("failed");
  }
}`,
      errors: [
        { messageId: "code", line: 7, data: { client: "ConnectClient" } },
        { messageId: "statusCode", line: 7, data: { client: "ConnectClient" } },
      ],
    },
    {
      name: "the code of v2, taken out in a rejection handler, in JavaScript without types",
      code: `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({ maxAttempts: 5 });
exports.run = () => ${SEND}.catch(({ code }) => {
  if (code === "ThrottlingException") return "later";
});`,
      filename: "src/file.cjs",
      types: false,
      parser: "espree",
      errors: [{ messageId: "code", line: 4, data: { client: "ConnectClient" } }],
    },
    {
      name: "the name of the class",
      code: around(`err?.constructor.name === "ThrottlingException"`, {
        binding: "err: any",
      }).replace("throw error", "throw err"),
      errors: [{ messageId: "className", line: 7, data: { client: "ConnectClient" } }],
      output: around(`err?.name === "ThrottlingException"`, { binding: "err: any" }).replace(
        "throw error",
        "throw err",
      ),
    },
    {
      name: "the name of the class of an error that is known for one",
      code: around(
        `error instanceof Error && ["ThrottlingException"].includes(error.constructor.name)`,
        { binding: "error" },
      ),
      errors: [{ messageId: "className", line: 7, data: { client: "ConnectClient" } }],
      output: around(`error instanceof Error && ["ThrottlingException"].includes(error.name)`, {
        binding: "error",
      }),
    },
    {
      name: "the name of the class, among others",
      code: around(`error.constructor.name === "Throttling"`),
      errors: [{ messageId: "className", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "the code of v2 through a cast that has no name",
      code: around(`(error as { code?: string }).code === "ThrottlingException"`, {
        binding: "error",
      }),
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "the code of v2 behind a test for it",
      code: around(
        `error instanceof Error && "code" in error && error.code === "ThrottlingException"`,
        { binding: "error" },
      ),
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "the code of v2 in a rejection handler",
      code: `${HEAD}
export const run = () => ${SEND}.catch((reason) => {
  if (reason.code === "ThrottlingException") return undefined;
  throw reason;
});`,
      errors: [{ messageId: "code", line: 4, data: { client: "ConnectClient" } }],
      output: `${HEAD}
export const run = () => ${SEND}.catch((reason) => {
  if (reason.name === "ThrottlingException") return undefined;
  throw reason;
});`,
    },
    {
      name: "the code of v2 after a call in another file",
      code: `import { list } from "./list.js";
export async function run() {
  try {
    return await list();
  } catch (error: any) {
    const { code } = error;
    if (code === "ThrottlingException") return undefined;
    throw error;
  }
}`,
      files: { "src/list.ts": `${HEAD}\nexport const list = () => ${SEND};` },
      errors: [{ messageId: "code", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "the code of v2 in a wrapper that is given the call",
      code: wrapper("code"),
      files: {
        "src/list.ts": `import { retry } from "./file.js";\n${HEAD}\nexport const list = () => retry(() => ${SEND});`,
      },
      errors: [{ messageId: "code", line: 6, data: { client: "ConnectClient" } }],
      output: wrapper("name"),
    },
    {
      name: "the code of v2 in a function that only handlers call",
      code: `${HEAD}
function isThrottled(problem: any) {
  return problem.code === "ThrottlingException";
}
export async function run() {
  try {
    await ${SEND};
  } catch (error) {
    const problem = error;
    if (isThrottled(problem)) return "later";
    throw error;
  }
}`,
      errors: [{ messageId: "code", line: 4, data: { client: "ConnectClient" } }],
      output: `${HEAD}
function isThrottled(problem: any) {
  return problem.name === "ThrottlingException";
}
export async function run() {
  try {
    await ${SEND};
  } catch (error) {
    const problem = error;
    if (isThrottled(problem)) return "later";
    throw error;
  }
}`,
    },
    {
      name: "the code of v2 although a package is awaited too",
      code: around(`error.code === "ThrottlingException"`, {
        head: `import { readFile } from "node:fs/promises";\n${HEAD}`,
        more: `\n    await readFile("x");`,
      }),
      errors: [{ messageId: "code", line: 9, data: { client: "ConnectClient" } }],
      output: around(`error.name === "ThrottlingException"`, {
        head: `import { readFile } from "node:fs/promises";\n${HEAD}`,
        more: `\n    await readFile("x");`,
      }),
    },
    {
      name: "the status of v2",
      code: around(`error.statusCode === 429`),
      errors: [
        {
          messageId: "statusCode",
          line: 7,
          data: { client: "ConnectClient" },
          suggestions: [
            { messageId: "useMetadata", output: around(`error.$metadata?.httpStatusCode === 429`) },
          ],
        },
      ],
    },
    {
      name: "retryable of v2",
      code: around(`error.retryable`),
      errors: [{ messageId: "retryable", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "$retryable of a client that never sets it",
      code: around(`error.$retryable`),
      errors: [{ messageId: "neverRetryable", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "what $retryable says of throttling",
      code: around(`error.$retryable?.throttling`),
      errors: [{ messageId: "neverRetryable", line: 7, data: { client: "ConnectClient" } }],
    },
    {
      name: "a name without its ending",
      code: around(`error.name === "Throttling"`),
      errors: [
        {
          messageId: "unknownName",
          line: 7,
          data: { client: "ConnectClient", written: "Throttling", meant: "ThrottlingException" },
        },
      ],
      output: around(`error.name === "ThrottlingException"`),
    },
    {
      name: "a name with letters swapped, in a constant set",
      code: around(`RETRYABLE.has(error.name)`, {
        head: `${HEAD}\nconst RETRYABLE = new Set(["TooManyRequstsException", "InternalServiceException"]);`,
      }),
      errors: [
        {
          messageId: "unknownName",
          line: 3,
          data: {
            client: "ConnectClient",
            written: "TooManyRequstsException",
            meant: "TooManyRequestsException",
          },
        },
      ],
      output: around(`RETRYABLE.has(error.name)`, {
        head: `${HEAD}\nconst RETRYABLE = new Set(["TooManyRequestsException", "InternalServiceException"]);`,
      }),
    },
    {
      name: "a name in another case, in JavaScript without types",
      code: script(`error.name === "throttlingException"`),
      parser: "espree",
      sourceType: "commonjs",
      errors: [
        {
          messageId: "unknownName",
          line: 7,
          data: {
            client: "ConnectClient",
            written: "throttlingException",
            meant: "ThrottlingException",
          },
        },
      ],
      output: script(`error.name === "ThrottlingException"`),
    },
    {
      name: "a name with another ending",
      code: around(`error.name === "ThrottlingError"`),
      errors: [
        {
          messageId: "unknownName",
          line: 7,
          data: {
            client: "ConnectClient",
            written: "ThrottlingError",
            meant: "ThrottlingException",
          },
        },
      ],
      output: around(`error.name === "ThrottlingException"`),
    },
    {
      name: "the text of a message",
      code: around(`error.message.includes("Throttl")`),
      errors: [
        {
          messageId: "messageText",
          line: 7,
          suggestions: [
            { messageId: "useName", output: around(`error.name === "ThrottlingException"`) },
          ],
        },
      ],
    },
    {
      name: "the text of a message by pattern, in JavaScript without types",
      code: script(`!/rate exceeded/i.test(error.message)`),
      parser: "espree",
      sourceType: "commonjs",
      errors: [
        {
          messageId: "messageText",
          line: 7,
          suggestions: [
            { messageId: "useName", output: script(`!(error.name === "ThrottlingException")`) },
          ],
        },
      ],
    },
    {
      name: "the class of another client",
      code: around(`error instanceof ThrottlingException`, {
        head: `import { ThrottlingException } from "@aws-sdk/client-connectcases";\n${HEAD}`,
      }),
      errors: [
        {
          messageId: "foreignClass",
          line: 8,
          data: {
            name: "ThrottlingException",
            module: "@aws-sdk/client-connectcases",
            client: "ConnectClient",
          },
          suggestions: [
            {
              messageId: "useName",
              output: around(`(error as Error).name === "ThrottlingException"`, {
                head: `import { ThrottlingException } from "@aws-sdk/client-connectcases";\n${HEAD}`,
              }),
            },
          ],
        },
      ],
    },
    {
      name: "the class of another client, in JavaScript that the compiler checks",
      code: `// @ts-check
import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { ThrottlingException } from "@aws-sdk/client-connectcases";
const client = new ConnectClient({});
export async function list() {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: "i" }));
  } catch (error) {
    if (error instanceof ThrottlingException) return undefined;
    throw error;
  }
}
`,
      filename: "src/file.js",
      errors: [
        {
          messageId: "foreignClass",
          line: 9,
          data: {
            name: "ThrottlingException",
            module: "@aws-sdk/client-connectcases",
            client: "ConnectClient",
          },
        },
      ],
    },
    {
      name: "the predicate of a retry wrapper",
      code: `${HEAD}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
export const run = () =>
  withBackoff(() => ${SEND}, { isRetryable: (error: any) => error.code === "ThrottlingException" });`,
      errors: [{ messageId: "code", line: 5, data: { client: "ConnectClient" } }],
      output: `${HEAD}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
export const run = () =>
  withBackoff(() => ${SEND}, { isRetryable: (error: any) => error.name === "ThrottlingException" });`,
    },
  ],
});
