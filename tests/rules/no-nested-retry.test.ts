import { rule } from "../../src/rules/no-nested-retry.ts";
import { ruleTester } from "../support/rule-tester.ts";

const SETUP = `import { ConnectClient, CreateUserCommand, ListQueuesCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
`;
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

const RETRY = `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const retry =
  (options: { attempts: number; delayMs: number }) =>
  <This, Args extends unknown[], Result>(
    method: (this: This, ...args: Args) => Promise<Result>,
    _context: ClassMethodDecoratorContext<This>,
  ) =>
    async function (this: This, ...args: Args): Promise<Result> {
      for (let attempt = 1; ; attempt++) {
        try {
          return await method.call(this, ...args);
        } catch (error) {
          if (attempt === options.attempts) throw error;
          await sleep(Math.random() * options.delayMs);
        }
      }
    };
`;

/** A retry function with two loops. */
const twoLoops = (
  loops: string,
): string => `${SETUP}async function retry<T>(work: () => Promise<T>): Promise<T> {
  let last: unknown;
${loops}
  throw last;
}
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`;
const QUICK = `  for (let quick = 0; quick < 3; quick++) {
    try { return await work(); } catch (error) { last = error; await sleep(Math.random() * 500); }
  }`;

const LIST = 'client.send(new ListUsersCommand({ InstanceId: "i" }))';

/** A loop of so many attempts, behind a test of the error. */
const attempts = (most: number | string, call: string, guard = ""): string =>
  `for (let attempt = 1; ; attempt++) {
    try { return await ${call}; } catch (error) { ${guard}if (attempt === ${String(most)}) throw error; await sleep(1000 * Math.random()); }
  }`;
const list = (guard: string, most: number | string = 10): string =>
  `${SETUP}export async function list() { ${attempts(most, LIST, guard)} }`;
const TOO_MANY = {
  operation: "ListUsers",
  more: "",
  product: "10 × 3 = 30 times in the worst case",
  layers: "this for loop with 10 around ConnectClient's default with 3",
  limit: "15",
};

ruleTester.run("no-nested-retry", rule, {
  valid: [
    {
      name: "what an attempt picks is read behind the loop alone",
      code: `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export async function last(ids: string[]) {
  for (let at = 0; at < ids.length; ) {
    try {
      var id: string | undefined = ids[at];
      await client.send(new DescribeUserCommand({ InstanceId: "i", UserId: "u" }));
      at++;
    } catch (error) {
      console.warn(error);
    }
  }
  return id;
}`,
    },
    {
      name: "one layer around the default client, within the limit",
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
    },
    {
      name: "one layer with many attempts around a client that cannot be seen",
      code: `import pRetry from "p-retry";
import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
export const list = (client: ConnectClient, id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 30 });
`,
      files: P_RETRY,
    },
    {
      name: "a layer around a client whose retries are off",
      code: `import pRetry from "p-retry";
${SETUP.replace("({})", "({ maxAttempts: 1 })")}export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 30 });
`,
      files: P_RETRY,
    },
    {
      name: "a library that asks until the answer is there, and leaves the errors of the request alone",
      code: `import pRetry, { AbortError } from "p-retry";
import { ConnectClient, DescribeContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 4 });
export const ended = (id: string) => pRetry(async () => {
  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: "i", ContactId: id })).catch((error: Error) => { throw new AbortError(error.message); });
  if (!Contact?.DisconnectTimestamp) throw new Error("not ended yet");
  return Contact;
}, { retries: 300 });
`,
      files: P_RETRY,
    },
    {
      name: "the helper counts the attempts of the SDK",
      code: `import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
${SETUP.replace("({})", "({ maxAttempts: 4 })")}export const list = (id: string) => withBackoff(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
    },
    {
      name: "a poll over a client with a policy",
      code: `${SETUP.replace("({})", "({ maxAttempts: 4 })")}export async function list(id: string) {
  for (let round = 0; round < 30; round++) {
    const { UserSummaryList } = await client.send(new ListUsersCommand({ InstanceId: id }));
    if (UserSummaryList?.length) return;
    await sleep(1000);
  }
}
`,
    },
    {
      name: "a layer for what the client passes on at once",
      code: `${SETUP.replace("({})", "({ maxAttempts: 4 })")}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if ((error as Error).name !== "ResourceNotReadyException") throw error;
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "a function that only sounds like a retry",
      code: `${SETUP.replace("({})", "({ maxAttempts: 4 })")}declare function retryLater<T>(work: () => Promise<T>): Promise<T>;
export const list = (id: string) => retryLater(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
    },
    {
      name: "a retry function that runs its work in two places of one loop",
      code: `${SETUP}async function retry<T>(work: (again: boolean) => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      if (attempt > 1) return await work(true);
      return await work(false);
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("gave up");
}
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
    },
    {
      name: "a retry function that goes through two loops in turn",
      code: twoLoops(`${QUICK}
${QUICK.replace("500", "5000")}`),
    },
    {
      name: "two functions, each with a layer of its own",
      code: `import pRetry from "p-retry";
${SETUP}export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4 });
export const queues = (id: string) => pRetry(() => client.send(new ListQueuesCommand({ InstanceId: id })), { retries: 4 });
`,
      files: P_RETRY,
    },
    {
      name: "v2 that leaves it to the SDK",
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export const list = (id) => connect.listUsers({ InstanceId: id }).promise();
`,
      parser: "espree",
    },
    {
      name: "one decorator, within the limit",
      code: DECORATED,
      files: { "src/retry.ts": RETRY },
    },
    {
      name: "a loop around a method whose decorator only logs",
      code: `${DECORATED}export async function listAgain(users: Users, id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await users.list(id);
    } catch (error) {
      if (attempt === 2) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));
    }
  }
}
`,
      files: {
        "src/retry.ts": `export const retry = (options: { attempts: number; delayMs: number }) => (method: (id: string) => Promise<any>, _context: ClassMethodDecoratorContext) =>
  function (this: unknown, id: string): Promise<any> {
    console.log(options.attempts);
    return method.call(this, id);
  };
`,
      },
    },
  ],
  invalid: [
    {
      name: "a library that asks until the answer is there, and repeats the errors of the request as well",
      code: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 4 });
export const ended = (id: string) => pRetry(async () => {
  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: "i", ContactId: id }));
  if (!Contact?.DisconnectTimestamp) throw new Error("not ended yet");
  return Contact;
}, { retries: 300 });
`,
      files: P_RETRY,
      errors: [
        {
          messageId: "nested",
          line: 5,
          data: {
            operation: "DescribeContact",
            more: "",
            outer: "p-retry",
            inner: "ConnectClient's own retries",
            product: "301 × 4 = 1204 times in the worst case",
          },
        },
      ],
    },
    ...[
      `if ((error as Error).name !== "ThrottlingException") throw error; `,
      `if (!["ThrottlingException", "ExpiredTokenException"].includes((error as Error).name)) throw error; `,
      `if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 429) throw error; `,
    ].map((guard) => ({
      name: `attempts after what the SDK repeats, too: ${guard}`,
      code: list(guard),
      errors: [{ messageId: "tooMany" as const, data: TOO_MANY }],
    })),
    {
      name: "a loop for what the SDK passes on, around a loop for everything",
      code: `${SETUP}async function once() { ${attempts(3, LIST)} }
export async function list() { ${attempts(4, "once()", `if ((error as Error).name !== "ExpiredTokenException") throw error; `)} }`,
      errors: [
        {
          messageId: "nested",
          data: {
            operation: "ListUsers",
            more: "",
            inner: "this for loop",
            outer: "this for loop",
            product: "4 × 3 × 3 = 36 times in the worst case",
          },
        },
      ],
    },
    {
      name: "the worst of two ways to a call",
      code: `${SETUP}async function once() { ${attempts(3, LIST)} }
export async function few() { ${attempts(2, "once()")} }
export async function many() { ${attempts(9, "once()")} }`,
      errors: [
        {
          messageId: "nested",
          data: {
            operation: "ListUsers",
            more: "",
            inner: "this for loop",
            outer: "this for loop",
            product: "9 × 3 × 3 = 81 times in the worst case",
          },
        },
      ],
    },
    {
      name: "a loop of which nobody knows the attempts, around too many",
      code: `${SETUP}async function once() { ${attempts(6, LIST)} }
export async function list(most: number) { ${attempts("most", "once()")} }`,
      errors: [
        {
          messageId: "tooMany",
          data: {
            operation: "ListUsers",
            more: "",
            product: "at least 6 × 3 = 18 times in the worst case",
            layers: "this for loop with 6 around ConnectClient's default with 3",
            limit: "15",
          },
        },
      ],
    },
    {
      name: "a command that cannot be seen",
      code: `${SETUP}export async function send(command: any) { ${attempts(10, "client.send(command)")} }`,
      errors: [{ messageId: "tooMany", data: { ...TOO_MANY, operation: "This call" } }],
    },
    {
      name: "a library around a client with a policy",
      code: `import pRetry from "p-retry";
${SETUP.replace("({})", "({ maxAttempts: 4 })")}export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 3 });
`,
      files: P_RETRY,
      errors: [
        {
          messageId: "nested",
          line: 5,
          data: {
            operation: "ListUsers",
            more: "",
            outer: "p-retry",
            inner: "ConnectClient's own retries",
            product: "4 × 4 = 16 times in the worst case",
          },
        },
      ],
    },
    {
      name: "a loop around a client with a policy",
      code: `${SETUP.replace("({})", "({ maxAttempts: 4 })")}export async function list(id: string) {
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
          messageId: "nested",
          line: 7,
          data: {
            operation: "ListUsers",
            more: "",
            outer: "this for loop",
            inner: "ConnectClient's own retries",
            product: "5 × 4 = 20 times in the worst case",
          },
        },
      ],
    },
    {
      name: "a library in a library",
      code: `import pRetry from "p-retry";
${SETUP}export const list = (id: string) => pRetry(() => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 1 }), { retries: 2 });
`,
      files: P_RETRY,
      errors: [
        {
          messageId: "nested",
          line: 5,
          data: {
            operation: "ListUsers",
            more: "",
            outer: "p-retry",
            inner: "p-retry",
            product: "3 × 2 × 3 = 18 times in the worst case",
          },
        },
      ],
    },
    {
      name: "an endless loop around a client with a policy",
      code: `${SETUP.replace("({})", "({ maxAttempts: 4 })")}export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "nested",
          line: 7,
          data: {
            operation: "ListUsers",
            more: "",
            outer: "this while loop",
            inner: "ConnectClient's own retries",
            product: "without limit",
          },
        },
      ],
    },
    ...[
      QUICK,
      QUICK.replace("last = error;", "last = error; if (quick === 2) break;"),
      QUICK.replace("quick < 3", "true").replace(
        "last = error;",
        "last = error; if (quick >= 2) break;",
      ),
    ].map((quick) => ({
      name: `a retry function with one loop in the other: ${quick}`,
      code: twoLoops(`  for (let slow = 0; slow < 3; slow++) {
${quick}
    await sleep(Math.random() * 5000);
  }`),
      errors: [
        {
          messageId: "nested",
          data: {
            operation: "ListUsers",
            more: "",
            outer: "retry()",
            inner: "retry()",
            product: "3 × 3 × 3 = 27 times in the worst case",
          },
        } as const,
      ],
    })),
    {
      name: "a retry function in another file, around several calls",
      code: `import { retry } from "./retry.js";
${SETUP.replace("({})", "({ maxAttempts: 4 })")}export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
export const queues = (id: string) => retry(() => client.send(new ListQueuesCommand({ InstanceId: id })));
export const more = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
      files: {
        "src/retry.ts": `export async function retry<T>(work: () => Promise<T>): Promise<T> {
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
      },
      errors: [
        {
          messageId: "nested",
          line: 5,
          data: {
            operation: "ListUsers",
            more: " (and 2 more calls)",
            outer: "retry()",
            inner: "ConnectClient's own retries",
            product: "5 × 4 = 20 times in the worst case",
          },
        },
      ],
    },
    {
      name: "the function that retries is in another file, and its caller retries too",
      code: `import pRetry from "p-retry";
import { retry } from "./retry.js";
${SETUP}export const users = (id: string) => pRetry(() => list(id), { retries: 1 });
async function list(id: string) {
  return retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
}
`,
      files: {
        ...P_RETRY,
        "src/retry.ts": `export async function retry<T>(work: () => Promise<T>): Promise<T> {
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
      },
      errors: [
        {
          messageId: "nested",
          line: 8,
          data: {
            operation: "ListUsers",
            more: "",
            outer: "p-retry",
            inner: "retry()",
            product: "2 × 5 × 3 = 30 times in the worst case",
          },
        },
      ],
    },
    {
      name: "many attempts around the default client",
      code: `import pRetry from "p-retry";
${SETUP}export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 7 });
`,
      files: P_RETRY,
      errors: [
        {
          messageId: "tooMany",
          line: 5,
          data: {
            operation: "ListUsers",
            more: "",
            product: "8 × 3 = 24 times in the worst case",
            layers: "p-retry with 8 around ConnectClient's default with 3",
            limit: "15",
          },
        },
      ],
    },
    {
      name: "two calls in one wrapper, around the default client",
      code: `import { retry } from "./retry.js";
${SETUP}export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
export const queues = (id: string) => retry(() => client.send(new ListQueuesCommand({ InstanceId: id })));
`,
      files: {
        "src/retry.ts": `export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= 9; attempt++) {
    try {
      return await work();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error("gave up");
}
`,
      },
      errors: [
        {
          messageId: "tooMany",
          line: 5,
          data: {
            operation: "ListUsers",
            more: " (and 1 more call)",
            product: "9 × 3 = 27 times in the worst case",
            layers: "retry() with 9 around ConnectClient's default with 3",
            limit: "15",
          },
        },
      ],
    },
    {
      name: "a lower limit",
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
      options: [{ maxTotalAttempts: 10 }],
      errors: [
        {
          messageId: "tooMany",
          line: 7,
          data: {
            operation: "ListUsers",
            more: "",
            product: "5 × 3 = 15 times in the worst case",
            layers: "this for loop with 5 around ConnectClient's default with 3",
            limit: "10",
          },
        },
      ],
    },
    {
      name: "v2 in plain JavaScript",
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect({ maxRetries: 5 });
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
          messageId: "nested",
          line: 6,
          data: {
            operation: "ListUsers",
            more: "",
            outer: "this for loop",
            inner: "Connect's own retries",
            product: "5 × 6 = 30 times in the worst case",
          },
        },
      ],
    },
    {
      name: "a loop around a method that a decorator retries",
      code: `${DECORATED}export async function listAgain(users: Users, id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await users.list(id);
    } catch (error) {
      if (attempt === 2) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));
    }
  }
}
`,
      files: { "src/retry.ts": RETRY },
      errors: [
        {
          messageId: "nested",
          data: {
            operation: "ListUsers",
            more: "",
            outer: "this for loop",
            inner: "@retry",
            product: "2 × 3 × 3 = 18 times in the worst case",
          },
        },
      ],
    },
    {
      name: "two decorators",
      code: DECORATED.replace("@retry", "@retry({ attempts: 2, delayMs: 9 })\n  @retry"),
      files: { "src/retry.ts": RETRY },
      errors: [
        {
          messageId: "nested",
          data: {
            operation: "ListUsers",
            more: "",
            outer: "@retry",
            inner: "@retry",
            product: "2 × 3 × 3 = 18 times in the worst case",
          },
        },
      ],
    },
  ],
});
