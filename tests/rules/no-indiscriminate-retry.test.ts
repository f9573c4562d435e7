import { rule } from "../../src/rules/no-indiscriminate-retry.ts";
import { ruleTester } from "../support/rule-tester.ts";

const SETUP = `import { ConnectClient, CreateUserCommand, ListQueuesCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
`;
const GUARDED = SETUP.replace(
  "\n",
  '\nimport { isRetryable } from "eslint-plugin-connect-resilience/backoff";\n',
);
const P_RETRY = {
  "node_modules/p-retry/package.json":
    '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
  "node_modules/p-retry/index.d.ts":
    "export interface Options { retries?: number; shouldRetry?: (context: { error: Error }) => boolean }\nexport class AbortError extends Error {}\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
};

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

/** A decorator of TypeScript's own kind: `head` is that of the loop around the method. */
const legacyDecorator = (
  head: string,
  onError: string,
  ms: string,
) => `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export function retry(options: { attempts: number; delayMs: number }) {
  return (_target: object, _key: string, descriptor: PropertyDescriptor) => {
    const original = descriptor.value;
    descriptor.value = async function (...args: unknown[]) {
      ${head} {
        try {
          return await original.apply(this, args);
        } catch (error) {
          ${onError}
          await sleep(${ms});
        }
      }
    };
    return descriptor;
  };
}
`;

ruleTester.run("no-indiscriminate-retry", rule, {
  valid: [
    {
      name: "a poll that goes on after a failure",
      code: `${SETUP}export async function wait(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      const { UserSummaryList } = await client.send(new ListUsersCommand({ InstanceId: id }));
      if (UserSummaryList?.length) return;
    } catch (error) {
      console.log(error);
    }
    await sleep(1000);
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "failures of promises that are kept in a variable end the loop",
      code: `import { ConnectClient, DescribeUserCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const one = async (id: string) =>
  (await client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))).User?.Username;
const list = async (token: string | undefined) => {
  const page = await client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token }));
  return { users: page.UserSummaryList ?? [], nextToken: page.NextToken };
};
export async function* all() {
  const found: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const response: Awaited<ReturnType<typeof list>> = await list(nextToken);
    const promises = response.users.map(async (user) => ({ name: await one(user.Id ?? "") }));
    const resolved = await Promise.all(promises);
    found.push(...resolved.map(({ name }) => name));
    nextToken = response.nextToken;
    if (found.length !== 0) yield found;
  } while (found.length === 0 && nextToken);
}`,
    },
    {
      name: "only what can pass by itself",
      code: `${GUARDED}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "only throttling, by name",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if ((error as Error).name !== "ThrottlingException") throw error;
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "an endless poll of a state",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    const { UserSummaryList } = await client.send(new ListUsersCommand({ InstanceId: id }));
    if (UserSummaryList?.length) return;
    await sleep(1000);
  }
}
`,
    },
    {
      name: "a list in which each item is tried once",
      code: `${SETUP}export async function list(ids: string[]) {
  for (const id of ids) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      console.error(error);
    }
  }
}
`,
    },
    {
      name: "a library that is told which",
      code: `${SETUP}import pRetry from "p-retry";
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { shouldRetry: ({ error }) => error.name === "ThrottlingException" });
`,
      files: P_RETRY,
    },
    {
      name: "work that ends the retrying itself",
      code: `${SETUP}import pRetry, { AbortError } from "p-retry";
export const list = (id: string) => pRetry(async () => {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if ((error as Error).name === "ThrottlingException") throw error;
    throw new AbortError("hopeless");
  }
});
`,
      files: P_RETRY,
    },
    {
      name: "the helper tells errors apart",
      code: `import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
${SETUP}export const list = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
    },
    {
      name: "no AWS call is repeated",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await fetch(id);
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "v2 in JavaScript that asks the error",
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export async function list(id) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      if (!error.retryable) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error("no users");
}
`,
      parser: "espree",
    },
    {
      name: "a decorator that repeats throttling alone",
      code: legacyDecorator(
        "for (let attempt = 1; ; attempt++)",
        'if (attempt === options.attempts || (error as Error).name !== "ThrottlingException") throw error;',
        "Math.random() * options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      compilerOptions: { experimentalDecorators: true },
    },
  ],
  invalid: [
    {
      name: "a second attempt in the catch",
      code: `${SETUP}export async function list(id: string) {
  const command = new ListUsersCommand({ InstanceId: id });
  try {
    return await client.send(command);
  } catch (error) {
    await sleep(1000);
    return await client.send(command);
  }
}
`,
      errors: [
        {
          messageId: "everyError",
          line: 10,
          data: {
            label: "this error handler",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${GUARDED}export async function list(id: string) {
  const command = new ListUsersCommand({ InstanceId: id });
  try {
    return await client.send(command);
  } catch (error) {
    if (!isRetryable(error)) throw error;
    await sleep(1000);
    return await client.send(command);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the handler has the helper's name for something else",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      const isRetryable = attempt < 3;
      console.log(isRetryable);
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "everyError",
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${SETUP.replace("\n", '\nimport { isRetryable as connectIsRetryable } from "eslint-plugin-connect-resilience/backoff";\n')}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (!connectIsRetryable(error)) throw error;
      const isRetryable = attempt < 3;
      console.log(isRetryable);
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an operation of which the tables know nothing",
      settings: { services: "aws" },
      code: `import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
const client = new EventBridgeClient({});
export async function put() {
  for (let attempt = 1; attempt <= 5; attempt++)
    await client.send(new PutEventsCommand({})).then(() => process.exit(), console.log);
}
`,
      files: {
        "node_modules/@aws-sdk/client-eventbridge/package.json":
          '{ "name": "@aws-sdk/client-eventbridge", "version": "3.900.0", "types": "index.d.ts" }',
        "node_modules/@aws-sdk/client-eventbridge/index.d.ts":
          "export declare class PutEventsCommand { constructor(input: object); }\nexport declare class EventBridgeClient { constructor(config: object); send(command: PutEventsCommand): Promise<object>; }",
      },
      errors: [
        {
          messageId: "everyError",
          data: {
            label: "this for loop",
            operation: "PutEvents",
            example: "AccessDeniedException",
            noEdit: " No edit is offered: no handler receives the errors.",
          },
        },
      ],
    },
    {
      name: "every error",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "everyError",
          line: 5,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${GUARDED}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the error has no name",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "everyError",
          line: 5,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${GUARDED}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a name that is taken",
      code: `${SETUP}const error = 1000;
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(error);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "everyError",
          line: 6,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${GUARDED}const error = 1000;
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error2) {
      if (!isRetryable(error2)) throw error2;
      await sleep(error);
    }
  }
  throw new Error("no users");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "the error is taken apart",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch ({ message }) {
      console.log(message);
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      compilerOptions: { useUnknownInCatchVariables: false },
      errors: [
        {
          messageId: "everyError",
          line: 5,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: " No edit is offered: the error is taken apart where it is caught.",
          },
        },
      ],
    },
    {
      name: "the helper cannot be resolved",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      settings: { helper: { module: "./src/lib/backoff.ts" } },
      errors: [
        {
          messageId: "everyError",
          line: 5,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: ' No edit is offered: the helper file "./src/lib/backoff.ts" does not exist.',
          },
        },
      ],
    },
    {
      name: "the limit is no test of the error",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 5) throw error;
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "everyError",
          line: 5,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${GUARDED}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
      if (attempt >= 5) throw error;
      await sleep(1000);
    }
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "recursion on a promise",
      code: `${SETUP}export const list = (id: string, left = 5): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch((error) => {
    if (left === 0) throw error;
    return list(id, left - 1);
  });
`,
      errors: [
        {
          messageId: "everyError",
          line: 7,
          data: {
            label: "this recursion",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `${GUARDED}export const list = (id: string, left = 5): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch((error) => {
    if (!isRetryable(error)) throw error;
    if (left === 0) throw error;
    return list(id, left - 1);
  });
`,
            },
          ],
        },
      ],
    },
    {
      name: "recursion on a promise that is also given the next page",
      code: `${SETUP}export function list(found: unknown[], token: string | undefined, retry: number): Promise<unknown[]> {
  return client
    .send(new ListUsersCommand({ InstanceId: "i", NextToken: token }))
    .then((page) => {
      const all = found.concat(page.UserSummaryList);
      return page.NextToken === undefined ? all : list(all, page.NextToken, 0);
    })
    .catch((error) => (retry > 5 ? Promise.reject(error) : list(found, token, retry + 1)));
}
`,
      errors: [
        {
          messageId: "everyError",
          line: 11,
          data: {
            label: "this recursion",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: " No edit is offered: the handler is an expression.",
          },
        },
      ],
    },
    {
      name: "recursion on a promise, by a handler that takes no error",
      code: `${SETUP}export const list = (id: string, left = 5): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch(() => {
    if (left === 0) throw new Error("gave up");
    return list(id, left - 1);
  });
`,
      errors: [
        {
          messageId: "everyError",
          line: 7,
          data: {
            label: "this recursion",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: " No edit is offered: the function that is called then takes no error.",
          },
        },
      ],
    },
    {
      name: "a library",
      code: `${SETUP}import pRetry from "p-retry";
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 3 });
`,
      files: P_RETRY,
      errors: [
        {
          messageId: "everyErrorByLibrary",
          line: 5,
          data: {
            label: "p-retry",
            operation: "ListUsers",
            example: "InvalidParameterException",
            option: "`shouldRetry`",
          },
        },
      ],
    },
    {
      name: "a retry function whose calls are elsewhere",
      code: `export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await work();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error("gave up");
}
`,
      files: {
        "src/list.ts": `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { retry } from "./file.js";
const client = new ConnectClient({});
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
      },
      errors: [
        {
          messageId: "everyError",
          line: 2,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `import { isRetryable } from "eslint-plugin-connect-resilience/backoff";

export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error("gave up");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "v2 in plain JavaScript",
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export async function list(id) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error("no users");
}
`,
      parser: "espree",
      errors: [
        {
          messageId: "everyError",
          line: 4,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `import AWS from "aws-sdk";
import { isRetryable } from "eslint-plugin-connect-resilience/backoff";
const connect = new AWS.Connect();
export async function list(id) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error("no users");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a CommonJS script without types",
      code: `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.list = async (id) => {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("no users");
};
`,
      filename: "src/file.cjs",
      types: false,
      errors: [
        {
          messageId: "everyError",
          line: 5,
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const { isRetryable } = require("eslint-plugin-connect-resilience/backoff");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.list = async (id) => {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await sleep(1000);
    }
  }
  throw new Error("no users");
};
`,
            },
          ],
        },
      ],
    },
    {
      name: "a decorator that repeats whatever failed",
      code: legacyDecorator(
        "for (let attempt = 1; ; attempt++)",
        "if (attempt === options.attempts) throw error;",
        "Math.random() * options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      compilerOptions: { experimentalDecorators: true },
      errors: [
        {
          messageId: "everyError",
          data: {
            label: "this for loop",
            operation: "ListUsers",
            example: "InvalidParameterException",
            noEdit: "",
          },
          suggestions: [
            {
              messageId: "addGuard",
              output: `import { isRetryable } from "eslint-plugin-connect-resilience/backoff";

${legacyDecorator(
  "for (let attempt = 1; ; attempt++)",
  "if (!isRetryable(error)) throw error;\n          if (attempt === options.attempts) throw error;",
  "Math.random() * options.delayMs",
)}`,
            },
          ],
        },
      ],
    },
  ],
});
