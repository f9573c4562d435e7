import { rule } from "../../src/rules/no-silent-exhaustion.ts";
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

ruleTester.run("no-silent-exhaustion", rule, {
  valid: [
    {
      name: "a poll that ends without a word",
      code: `${SETUP}export async function wait(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    const { UserSummaryList } = await client.send(new ListUsersCommand({ InstanceId: id }));
    if (UserSummaryList?.length) return UserSummaryList;
    await sleep(1000);
  }
  return undefined;
}
`,
    },
    {
      name: "attempts for one region after the other, and then an error",
      code: `${SETUP}export async function list(id: string, regions: string[]) {
  for (const region of regions) {
    const there = new ConnectClient({ region });
    for (let tries = 0; tries < 5; tries++) {
      try { return await there.send(new ListUsersCommand({ InstanceId: id })); } catch (error) { console.error(error); await sleep(500 * Math.random()); }
    }
  }
  throw new Error("no region answers");
}
`,
    },
    {
      name: "quick attempts within slow ones, and then an error",
      code: `${SETUP}export async function list(id: string) {
  for (let slow = 0; slow < 3; slow++) {
    for (let quick = 0; quick < 3; quick++) {
      try { return await client.send(new ListUsersCommand({ InstanceId: id })); } catch (error) { console.error(error); await sleep(500 * Math.random()); }
    }
  }
  throw new Error("gave up");
}
`,
    },
    ...[
      ["a flag", "let ok = false;", "ok = true; break;", "", "if (!ok) failed.push(id);"],
      [
        "a flag that the head asks for",
        "let ok = false;",
        "ok = true;",
        "",
        "if (!ok) failed.push(id);",
        " && !ok",
      ],
      ["a counter", "", "break;", "", "if (attempt === 5) failed.push(id);"],
      [
        "the error",
        "let last: unknown;",
        "last = undefined; break;",
        "last = error;",
        "if (last) count++;",
      ],
    ].map(([what, before = "", success = "", failure = "", behind = "", head = ""]) => ({
      name: `exhausted attempts that a test behind the loop tells by ${what ?? ""}`,
      code: `${SETUP}export async function list(ids: string[], failed: string[]) {
  let count = 0;
  for (const id of ids) {
    ${before}
    let attempt = 0;
    for (; attempt < 5${head}; attempt++) {
      try {
        await client.send(new ListUsersCommand({ InstanceId: id }));
        ${success}
      } catch (error) {
        ${failure}
        await sleep(1000 * Math.random());
      }
    }
    ${behind}
  }
  return count;
}
`,
    })),
    {
      name: "an error that is returned to a caller that asks",
      code: `${SETUP}async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) return error;
      await sleep(1000);
    }
  }
}
export async function show(id: string) {
  const users: any = await list(id);
  if (users instanceof Error) throw users;
  console.log(users.UserSummaryList.length);
}
`,
    },
    {
      name: "an error that is returned to a caller that returns it, too",
      code: `${SETUP}async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) return error;
      await sleep(1000);
    }
  }
}
export async function show(id: string) {
  const users: any = await list(id);
  return users;
}
`,
    },
    {
      name: "the error is thrown after the loop",
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
      name: "the last attempt throws",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1000);
    }
  }
}
`,
    },
    {
      name: "a result that says so",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
  return null;
}
`,
    },
    {
      name: "the kept error is thrown",
      code: `${SETUP}export async function list(id: string) {
  let last: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      last = error;
      await sleep(1000);
    }
  }
  throw last;
}
`,
    },
    {
      name: "the loop goes on to the next item, not the next attempt",
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
      name: "an endless loop has no end to be silent at",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
    },
    {
      name: "a library throws",
      code: `${SETUP}import pRetry from "p-retry";
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 3 });
`,
      files: P_RETRY,
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
}
`,
    },
    {
      name: "JavaScript that throws",
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
    },
    {
      name: "a decorator that throws the last error",
      code: legacyDecorator(
        "for (let attempt = 1; attempt <= options.attempts; attempt++)",
        "if (attempt === options.attempts) throw error;",
        "Math.random() * options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      compilerOptions: { experimentalDecorators: true },
    },
  ],
  invalid: [
    ...["if (ok) done.push(id);", "if (!ok) console.error(id);"].map((behind) => ({
      name: `a test behind the loop that tells nobody: ${behind}`,
      code: `${SETUP}export async function list(ids: string[], done: string[]) {
  for (const id of ids) {
    let ok = false;
    for (let attempt = 0; attempt < 5 && !ok; attempt++) {
      try {
        await client.send(new ListUsersCommand({ InstanceId: id }));
        ok = true;
      } catch (error) {
        if (error instanceof TypeError) throw error;
        await sleep(1000 * Math.random());
      }
    }
    ${behind}
  }
}
`,
      errors: [
        {
          messageId: "lostError" as const,
          data: { label: "this for loop", operation: "ListUsers" },
        },
      ],
    })),
    {
      name: "an error that is returned to a caller that takes it for the result",
      code: `${SETUP}async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) return error;
      await sleep(1000);
    }
  }
}
export async function show(id: string) {
  const users: any = await list(id);
  return users.UserSummaryList.length;
}
`,
      errors: [
        {
          messageId: "returnedError",
          line: 9,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInstead",
              output: `${SETUP}async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1000);
    }
  }
}
export async function show(id: string) {
  const users: any = await list(id);
  return users.UserSummaryList.length;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "an error that is returned when a limit that is none has run out",
      code: `${SETUP}async function list(id: string) {
  try {
    let left = 3;
    let again = false;
    do {
      again = false;
      try {
        return await client.send(new ListUsersCommand({ InstanceId: id }));
      } catch (error) {
        if ((error as Error).name === "ThrottlingException" && (left || 3) > 0) {
          await sleep(1000);
          --left;
          again = true;
        } else {
          return error;
        }
      }
    } while (again);
  } catch (error) {
    return error;
  }
}
export async function all(ids: string[]) {
  const found: unknown[] = [];
  for (const id of ids) found.push(await list(id));
  return found;
}
`,
      errors: [
        {
          messageId: "returnedError",
          line: 18,
          data: { label: "this do…while loop", operation: "ListUsers" },
        },
      ],
    },
    {
      name: "the function ends after the loop",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
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
          messageId: "lostError",
          line: 5,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `${SETUP}export async function list(id: string) {
  let lastError: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      lastError = error;
      await sleep(1000);
    }
  }
  throw lastError;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a return of nothing",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
  return undefined;
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 5,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `${SETUP}export async function list(id: string) {
  let lastError: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      lastError = error;
      await sleep(1000);
    }
  }
  throw lastError;
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
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 5,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `${SETUP}export async function list(id: string) {
  let lastError: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      lastError = error;
      await sleep(1000);
    }
  }
  throw lastError;
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
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 6,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `${SETUP}const error = 1000;
export async function list(id: string) {
  let lastError: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error2) {
      lastError = error2;
      await sleep(error);
    }
  }
  throw lastError;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "something follows the loop",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000);
    }
  }
  console.log("done");
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 5,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInLastAttempt",
              output: `import { ConnectClient, CreateUserCommand, ListQueuesCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 5) throw error;
      await sleep(1000);
    }
  }
  console.log("done");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "success leaves the loop by break",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      break;
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 5,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInLastAttempt",
              output: `import { ConnectClient, CreateUserCommand, ListQueuesCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      break;
    } catch (error) {
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
      name: "a flag that success sets",
      code: `${SETUP}export async function list(id: string) {
  let done = false;
  for (let attempt = 0; attempt < 5 && !done; attempt++) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      done = true;
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 6,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInLastAttempt",
              output: `import { ConnectClient, CreateUserCommand, ListQueuesCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  let done = false;
  for (let attempt = 0; attempt < 5 && !done; attempt++) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      done = true;
    } catch (error) {
      if (attempt + 1 >= 5) throw error;
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
      name: "a retry function whose calls are elsewhere",
      code: `export async function retry<T>(work: () => Promise<T>): Promise<T | undefined> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await work();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
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
          messageId: "lostError",
          line: 2,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `export async function retry<T>(work: () => Promise<T>): Promise<T | undefined> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await work();
    } catch (error) {
      lastError = error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw lastError;
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
}
`,
      parser: "espree",
      errors: [
        {
          messageId: "lostError",
          line: 4,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export async function list(id) {
  let lastError;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      lastError = error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw lastError;
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
};
`,
      filename: "src/file.cjs",
      types: false,
      errors: [
        {
          messageId: "lostError",
          line: 5,
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.list = async (id) => {
  let lastError;
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      lastError = error;
      await sleep(1000);
    }
  }
  throw lastError;
};
`,
            },
          ],
        },
      ],
    },
    {
      name: "a decorator that loses the last error",
      code: legacyDecorator(
        "for (let attempt = 1; attempt <= options.attempts; attempt++)",
        "console.warn(error);",
        "Math.random() * options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      compilerOptions: { experimentalDecorators: true },
      errors: [
        {
          messageId: "lostError",
          data: { label: "this for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInLastAttempt",
              output: legacyDecorator(
                "for (let attempt = 1; attempt <= options.attempts; attempt++)",
                "if (attempt >= options.attempts) throw error;\n          console.warn(error);",
                "Math.random() * options.delayMs",
              ),
            },
          ],
        },
      ],
    },
  ],
});
