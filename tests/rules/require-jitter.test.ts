import { rule } from "../../src/rules/require-jitter.ts";
import { ruleTester } from "../support/rule-tester.ts";

const IMPORT =
  'import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";';
const CLIENT = `const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
`;
const SETUP = `${IMPORT}
${CLIENT}`;
const SCRIPT = `const { ConnectClient, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

/** A file of the same program that uses AWS. */
const CLIENTS = {
  "src/clients.ts": `import { ConnectClient } from "@aws-sdk/client-connect";
export const client = new ConnectClient({ maxAttempts: 8 });
`,
};

/** A retry function that no call is handed to. */
const unusedWrapper = (test: string, wait: string) =>
  `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5 || !(error instanceof Error) || ${test}) throw error;
      await sleep(${wait});
    }
  }
}
`;

/** A loop that takes the messages of a queue, or the tasks for a worker, until it is told to stop. */
const askedAgain = (
  command: string,
) => `import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetActivityTaskCommand } from "@aws-sdk/client-sfn";
const client = new SQSClient({});
export async function work(QueueUrl: string, seconds: number, state: { isOpen: boolean }) {
  while (state.isOpen) {
    const answer = await client.send(${command});
    if (!answer.Messages) continue;
    console.log(answer.Messages.length);
  }
}
`;

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

/** A decorator of the standard's kind that repeats the method in its own file. */
const decorator = (
  onError: string,
  ms: string,
) => `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
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
          ${onError}
          await sleep(${ms});
        }
      }
    };
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

/** The first lines with an import of the helper. */
const importing = (name: string): string =>
  SETUP.replace(
    "\nconst client",
    `\nimport { ${name} } from "eslint-plugin-connect-resilience/backoff";\nconst client`,
  );

/** Rounds over a list, of which each makes the list for the next one. */
const rounds = (
  onSuccess: string,
  onFailure: string,
  wait: string,
) => `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
${CLIENT}export async function describe(ids: string[]) {
  let left = ids;
  while (left.length > 0) {
    const next: string[] = [];
    for (const id of left) {
      try {
        const { User } = await client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }));
        ${onSuccess}
      } catch (error) {
        ${onFailure}
      }
    }
    left = next;
    await sleep(${wait});
  }
}
`;

/** A loop that leaves 500 ms between its requests, and waits for longer after a failure. */
const paced = (wait: string): string => `${SETUP}let lastMs = 0;
export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    const sinceMs = Date.now() - lastMs;
    if (sinceMs < 500) await sleep(500 - sinceMs);
    lastMs = Date.now();
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(${wait});
    }
  }
}
`;

/** A loop whose attempts are each ended by a timer of their own. */
const timed = (wait: string): string => `export async function list(id: string) {
  let last: unknown;
  for (let attempt = 1; attempt <= 5; attempt++) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 3000);
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      last = error;${wait}
    } finally {
      clearTimeout(timer);
    }
  }
  throw last;
}
`;

/** A function that calls itself after a failure. */
const again = (
  parameter: string,
  wait: string,
  handed: string,
): string => `export async function list(id: string, ${parameter}): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (left === 0) throw error;
    ${wait}
    return list(id, ${handed});
  }
}
`;

ruleTester.run("require-jitter", rule, {
  valid: [
    {
      name: "a second attempt by a client that is made anew",
      code: `${IMPORT}
export class Users {
  private client = new ConnectClient({});
  async list(id: string) {
    const command = new ListUsersCommand({ InstanceId: id });
    try {
      return await this.client.send(command);
    } catch {
      this.client = new ConnectClient({});
      return await this.client.send(command);
    }
  }
}
`,
    },
    {
      name: "a second attempt in the catch, after a random time",
      code: `${SETUP}export async function list(id: string) {
  const command = new ListUsersCommand({ InstanceId: id });
  try {
    return await client.send(command);
  } catch (error) {
    await sleep(500 + Math.random() * 1000);
    return await client.send(command);
  }
}
`,
    },
    {
      name: "a single attempt",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 1; attempt++) {
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
      name: "rounds over what was found in the round before",
      code: rounds(
        "if (User?.HierarchyGroupId) next.push(User.HierarchyGroupId);",
        "console.error(error);",
        "1000",
      ),
    },
    {
      name: "rounds over what failed, after a random time",
      code: rounds(
        "console.log(User);",
        "console.error(error); next.push(id);",
        "Math.random() * 1000",
      ),
    },
    ...[
      "for (let left = Math.random() * 10; left > 0; left--) await sleep(1000);",
      "while (Date.now() < until);",
      "spin(1000 * Math.random());",
      'execSync("sleep 5");',
    ].map((wait) => ({
      name: `a wait that takes as long as nobody can tell: ${wait}`,
      code: `import { execSync } from "node:child_process";
${SETUP}function spin(ms: number): void {
  const end = Date.now() + ms;
  for (;;) if (Date.now() > end) break;
}
export async function list(id: string, until: number) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt > 4) throw error;
      ${wait}
    }
  }
}
export const parts = { execSync, sleep, spin };
`,
    })),
    ...[
      "paginateListUsers({ client }, { InstanceId: id })",
      "paced(paginateListUsers({ client }, { InstanceId: id }))",
    ].map((pages) => ({
      name: `pages that bring more to ask for: ${pages}`,
      code: `import { ConnectClient, paginateListUsers } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
declare function paced<T>(pages: T): T;
export async function all(start: string) {
  const ids = [start];
  for (const id of ids) {
    const pages = ${pages};
    for await (const { UserSummaryList = [] } of pages) ids.push(...UserSummaryList.flatMap(({ Id = [] }) => Id));
  }
  return ids;
}
`,
    })),
    ...[
      "new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })",
      "new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: seconds })",
      "new ReceiveMessageCommand({ QueueUrl })",
      "new GetActivityTaskCommand({ activityArn: QueueUrl })",
    ].map((command) => ({
      name: `a request that the service holds back until there is something: ${command}`,
      code: askedAgain(command),
      settings: { services: "aws" },
      notInstalled: ["@aws-sdk/client-sqs", "@aws-sdk/client-sfn"],
      allowTypeErrors: true,
    })),
    {
      name: "a retry function that asks for errors of something else",
      code: unusedWrapper(`error.name !== "DatabaseBusy"`, "1000"),
      settings: { services: "aws" },
      files: CLIENTS,
    },
    {
      name: "a retry function that only speaks of throttling",
      code: unusedWrapper(`(console.log("Throttling"), error.name !== "DatabaseBusy")`, "1000"),
      settings: { services: "aws" },
      files: CLIENTS,
    },
    {
      name: "a retry function that gives up when it is throttled",
      code: unusedWrapper(`error.name === "ThrottlingException"`, "1000"),
      settings: { services: "aws" },
      files: CLIENTS,
    },
    {
      name: "a retry function for AWS calls, in which random waits are",
      code: unusedWrapper(`error.name !== "ThrottlingException"`, "Math.random() * 1000"),
      settings: { services: "aws" },
      files: CLIENTS,
    },
    {
      name: "a retry function for calls of any service, where only Connect is judged",
      code: unusedWrapper(`error.name !== "ThrottlingException"`, "1000"),
      files: CLIENTS,
    },
    {
      name: "a function that asks for throttling and tries nothing again",
      code: `export async function once<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if ((error as Error).name !== "ThrottlingException") throw error;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return undefined;
  }
}
`,
      settings: { services: "aws" },
      files: CLIENTS,
    },
    {
      name: "a recursion that hands on a random delay among its options",
      code:
        SETUP +
        again(
          "{ left = 3, ms = 200 } = {}",
          "await sleep(ms);",
          "{ left: left - 1, ms: 500 + Math.random() * 500 }",
        ),
    },
    {
      name: "full jitter by hand",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.random() * Math.min(20_000, 200 * 2 ** attempt));
    }
  }
}
`,
    },
    {
      name: "an added random part",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1000 + Math.random() * 500);
    }
  }
}
`,
    },
    {
      name: "the helper's delay",
      code: `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt));
    }
  }
}
`,
    },
    {
      name: "jitter from another file",
      code: `import { withJitter } from "./jitter.js";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(withJitter(1000));
    }
  }
}
`,
      files: {
        "src/jitter.ts":
          "export const withJitter = (ms: number) => Math.round(ms * (0.5 + Math.random()));\n",
      },
    },
    {
      name: "a delay that the caller gives",
      code: `import { waitSome } from "waits";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await waitSome(attempt);
    }
  }
}
`,
      files: {
        "node_modules/waits/package.json":
          '{ "name": "waits", "version": "1.0.0", "types": "index.d.ts" }',
        "node_modules/waits/index.d.ts":
          "export function waitSome(attempt: number): Promise<void>;\n",
      },
    },
    {
      name: "pacing between calls that succeed",
      code: `${SETUP}export async function all(ids: string[]) {
  for (const id of ids) {
    await client.send(new ListUsersCommand({ InstanceId: id }));
    await sleep(500);
  }
}
`,
    },
    {
      name: "pages with a pause between them",
      code: `${SETUP}export async function all(id: string) {
  let token: string | undefined;
  do {
    const page: { NextToken?: string } = await client.send(new ListUsersCommand({ InstanceId: id, NextToken: token }));
    token = page.NextToken;
    await sleep(500);
  } while (token);
}
`,
    },
    {
      name: "data whose failures are skipped",
      code: `${SETUP}export async function all(ids: string[]) {
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
      name: "a sleep that has nothing to do with the call",
      code: `${SETUP}export async function list(id: string) {
  await sleep(1000);
  return client.send(new ListUsersCommand({ InstanceId: id }));
}
`,
    },
    {
      name: "a loop around something else",
      code: `${SETUP}export async function load(url: string, id: string) {
  for (let attempt = 1; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(1000);
    }
  }
  return client.send(new ListUsersCommand({ InstanceId: id }));
}
`,
    },
    {
      name: "a retry after something was mended",
      code: `${SETUP}declare function signIn(): Promise<void>;
export async function list(id: string) {
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if ((error as Error).name !== "ExpiredTokenException") throw error;
      await signIn();
    }
  }
}
`,
    },
    {
      name: "polls, when they are not asked for",
      code: `${SETUP}export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(5000);
  }
  throw new Error("still going on");
}
`,
      options: [{ polls: "ignore" }],
    },
    {
      name: "a poll whose interval varies",
      code: `import { jitter } from "eslint-plugin-connect-resilience/backoff";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(2500 + jitter(5000));
  }
  throw new Error("still going on");
}
`,
    },
    {
      name: "the helper's own poll",
      code: `import { pollUntil } from "eslint-plugin-connect-resilience/backoff";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const ended = (id: string) =>
  pollUntil(
    () => client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id })),
    ({ Contact }) => Contact?.DisconnectTimestamp !== undefined,
  );
`,
    },
    {
      name: "p-retry with jitter",
      code: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4, randomize: true });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
    },
    {
      name: "p-retry with options that cannot be read",
      code: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
declare const options: import("p-retry").Options;
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), options);
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
    },
    {
      name: "another service",
      code: `import { S3Client, ListBucketsCommand } from "s3";
import { ConnectClient } from "@aws-sdk/client-connect";
export const connect = new ConnectClient({});
const s3 = new S3Client();
export async function buckets() {
  for (let attempt = 1; attempt < 5; attempt++) {
    try {
      return await s3.send(new ListBucketsCommand());
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
`,
      files: {
        "node_modules/s3/package.json":
          '{ "name": "s3", "version": "1.0.0", "types": "index.d.ts" }',
        "node_modules/s3/index.d.ts":
          "export class ListBucketsCommand {}\nexport class S3Client { send(command: ListBucketsCommand): Promise<unknown>; }\n",
      },
    },
    {
      name: "a decorator that waits at random",
      code: legacyDecorator(
        "for (let attempt = 1; ; attempt++)",
        "if (attempt === options.attempts) throw error;",
        "Math.random() * options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      compilerOptions: { experimentalDecorators: true },
    },
  ],
  invalid: [
    {
      name: "a request that could be held back by the service, but is not",
      code: askedAgain("new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 })"),
      settings: { services: "aws" },
      notInstalled: ["@aws-sdk/client-sqs", "@aws-sdk/client-sfn"],
      allowTypeErrors: true,
      errors: [
        {
          messageId: "pollAtOnce",
          line: 5,
          data: {
            operation: "ReceiveMessage",
            noEdit: " No edit is offered: more than one way leads to the next request.",
          },
        },
      ],
    },
    {
      name: "a second attempt in the catch, after a fixed time",
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
        { messageId: "fixedDelay", data: { operation: "ListUsers", ms: "1000", noEdit: "" } },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  const command = new ListUsersCommand({ InstanceId: id });
  try {
    return await client.send(command);
  } catch (error) {
    await sleep(jitter(1000));
    return await client.send(command);
  }
}
`,
    },
    {
      name: "attempts where polls are ignored",
      options: [{ polls: "ignore" }],
      code: `${SETUP}export const list = (id: string, left = 3): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch(async (error: unknown) => {
    if (left === 0) throw error;
    await sleep(1000 * Number(id));
    return list(id, left - 1);
  });
`,
      errors: [{ messageId: "constantDelay", data: { operation: "ListUsers", noEdit: "" } }],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export const list = (id: string, left = 3): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch(async (error: unknown) => {
    if (left === 0) throw error;
    await sleep(jitter(1000 * Number(id)));
    return list(id, left - 1);
  });
`,
    },
    {
      name: "rounds over what failed in the round before",
      code: rounds("console.log(User);", "console.error(error); next.push(id);", "1000"),
      errors: [
        { messageId: "fixedDelay", data: { operation: "DescribeUser", ms: "1000", noEdit: "" } },
      ],
      output: rounds(
        "console.log(User);",
        "console.error(error); next.push(id);",
        "jitter(1000)",
      ).replace(
        "\nconst client",
        `\nimport { jitter } from "eslint-plugin-connect-resilience/backoff";\nconst client`,
      ),
    },
    ...["for (const line of lines) console.log(line);", "mended();"].map((work) => {
      const worked = (wait = "") => `${SETUP}function mended(): void {
  for (const line of ["a", "b"]) console.log(line);
}
export async function list(id: string, lines: string[]) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt > 4) throw error;
      ${work}${wait}
    }
  }
}
export const parts = { mended, sleep };
`;
      return {
        name: `work that takes no time: ${work}`,
        code: worked(),
        errors: [
          {
            messageId: "noDelay" as const,
            data: { operation: "ListUsers", noEdit: "" },
            suggestions: [
              {
                messageId: "addDelay" as const,
                output: worked("\n      await sleep(backoffDelay(attempt + 1));").replace(
                  IMPORT,
                  `${IMPORT}\nimport { backoffDelay } from "eslint-plugin-connect-resilience/backoff";`,
                ),
              },
            ],
          },
        ],
      };
    }),
    ...[
      "options.sleep ?? pause",
      "options.sleep || pause",
      "{ sleep: pause, ...options }.sleep",
    ].map((handed) => {
      const replaceable = (delay: string, imports = IMPORT) => `${imports}
const client = new ConnectClient({});
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string, options: { sleep?: typeof pause } = {}) {
  const rest = ${handed};
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await rest(${delay});
    }
  }
}
`;
      return {
        name: `a sleep that callers may replace: ${handed}`,
        code: replaceable("1000"),
        errors: [
          {
            messageId: "fixedDelay" as const,
            line: 11,
            data: { operation: "ListUsers", ms: "1000", noEdit: "" },
          },
        ],
        output: replaceable(
          "backoffDelay(attempt + 1, { baseDelayMs: 1000 })",
          `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";`,
        ),
      };
    }),
    ...[
      `error.name !== "ThrottlingException"`,
      `!["Throttling", "TooManyRequestsException"].includes(error.name)`,
      `!(error.name === "Throttling" || error.message.includes("Rate exceeded"))`,
    ].map((test) => ({
      name: `a retry function that asks for AWS's errors, although no call is seen: ${test}`,
      code: unusedWrapper(test, "1000"),
      settings: { services: "aws" },
      files: CLIENTS,
      errors: [
        {
          messageId: "fixedDelay" as const,
          line: 8,
          data: { operation: "AWS calls", ms: "1000", noEdit: "" },
        },
      ],
      output: `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";

${unusedWrapper(test, "backoffDelay(attempt, { baseDelayMs: 1000 })")}`,
    })),
    {
      name: "a retry function that asks for AWS's errors by a constant",
      code: unusedWrapper("!isThrottling", "1000").replace(
        "      if (",
        `      const isThrottling =
        error instanceof Error &&
        (error.name === "ThrottlingException" || error.message.includes("Rate exceeded"));
      if (`,
      ),
      settings: { services: "aws" },
      files: CLIENTS,
      errors: [
        {
          messageId: "fixedDelay",
          line: 11,
          data: { operation: "AWS calls", ms: "1000", noEdit: "" },
        },
      ],
      output: `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";

${unusedWrapper("!isThrottling", "backoffDelay(attempt, { baseDelayMs: 1000 })").replace(
  "      if (",
  `      const isThrottling =
        error instanceof Error &&
        (error.name === "ThrottlingException" || error.message.includes("Rate exceeded"));
      if (`,
)}`,
    },
    {
      name: "a timer that ends the attempt is no delay",
      code: SETUP + timed(""),
      errors: [
        {
          messageId: "noDelay" as const,
          data: { operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay" as const,
              output:
                importing("backoffDelay") + timed("\n      await sleep(backoffDelay(attempt));"),
            },
          ],
        },
      ],
    },
    {
      name: "a timer that nothing waits for, in a recursion",
      code: SETUP + again("left = 3", "setTimeout(() => {}, 1000);", "left - 1"),
      errors: [
        {
          messageId: "noDelay" as const,
          data: { operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay" as const,
              output:
                importing("jitter") +
                again(
                  "left = 3",
                  "setTimeout(() => {}, 1000);\n    await sleep(jitter(5000));",
                  "left - 1",
                ),
            },
          ],
        },
      ],
    },
    {
      name: "a recursion whose delay grows among its options",
      code:
        SETUP +
        again("{ left = 3, ms = 200 } = {}", "await sleep(ms);", "{ left: left - 1, ms: ms * 2 }"),
      errors: [
        { messageId: "growingDelay" as const, data: { operation: "ListUsers", noEdit: "" } },
      ],
      output:
        importing("jitter") +
        again(
          "{ left = 3, ms = 200 } = {}",
          "await sleep(jitter(ms));",
          "{ left: left - 1, ms: ms * 2 }",
        ),
    },
    {
      name: "a distance kept by the clock beside a fixed delay",
      code: paced("1000"),
      errors: [
        {
          messageId: "fixedDelay" as const,
          data: { operation: "ListUsers", ms: "1000", noEdit: "" },
        },
      ],
      output: paced("backoffDelay(attempt, { baseDelayMs: 1000 })").replace(
        IMPORT,
        `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";`,
      ),
    },
    {
      name: "a fixed delay in a loop that counts from 1",
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
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    }
  }
}
`,
    },
    {
      name: "a fixed delay in a loop that counts from 0",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt + 1, { baseDelayMs: 1000 }));
    }
  }
}
`,
    },
    {
      name: "a counter that is advanced before the sleep",
      code: `${SETUP}export async function list(id: string) {
  let failures = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      failures += 1;
      if (failures >= 5) throw error;
      await sleep(500);
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 12,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "500" },
        },
      ],
      output: `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  let failures = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      failures += 1;
      if (failures >= 5) throw error;
      await sleep(backoffDelay(failures, { baseDelayMs: 500 }));
    }
  }
}
`,
    },
    {
      name: "a counter that counts down gives no number of the attempt",
      code: `${SETUP}export async function list(id: string) {
  let left = 5;
  while (left-- > 0) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(500);
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "500" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  let left = 5;
  while (left-- > 0) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(jitter(500));
    }
  }
}
`,
    },
    {
      name: "a delay too long for the helper's growth",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(15_000);
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "15000" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(15_000));
    }
  }
}
`,
    },
    {
      name: "a delay that cannot be read",
      code: `${SETUP}const pause = Number(process.env["PAUSE"]);
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(pause);
    }
  }
}
`,
      errors: [
        {
          messageId: "constantDelay",
          line: 11,
          column: 19,
          data: { noEdit: "", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}const pause = Number(process.env["PAUSE"]);
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: pause }));
    }
  }
}
`,
    },
    {
      name: "a delay that may be left out",
      code: `${SETUP}const pause = process.env["PAUSE"] === undefined ? undefined : 700;
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
`,
      errors: [
        {
          messageId: "constantDelay",
          line: 11,
          data: {
            operation: "ListUsers",
            noEdit: " No edit is offered: the delay is no number that can be seen.",
          },
        },
      ],
    },
    {
      name: "growing without randomness",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(200 * 2 ** attempt);
    }
  }
}
`,
      errors: [
        {
          messageId: "growingDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(200 * 2 ** attempt));
    }
  }
}
`,
    },
    {
      name: "growing and capped",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.min(20_000, 200 * 2 ** attempt));
    }
  }
}
`,
      errors: [
        {
          messageId: "growingDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(Math.min(20_000, 200 * 2 ** attempt)));
    }
  }
}
`,
    },
    {
      name: "growing in a variable",
      code: `${SETUP}export async function list(id: string) {
  let delay = 100;
  for (;;) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (delay > 5000) throw error;
      await sleep(delay); // doubled below
      delay *= 2;
    }
  }
}
`,
      errors: [
        {
          messageId: "growingDelay",
          line: 11,
          column: 19,
          data: { noEdit: "", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  let delay = 100;
  for (;;) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (delay > 5000) throw error;
      await sleep(jitter(delay)); // doubled below
      delay *= 2;
    }
  }
}
`,
    },
    {
      name: "no delay",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      console.warn(error);
    }
  }
}
`,
      errors: [
        {
          messageId: "noDelay",
          line: 5,
          data: { operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay",
              output: `import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      console.warn(error);
      await sleep(backoffDelay(attempt));
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
      name: "a sleep that is not awaited",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "notAwaited",
          line: 10,
          column: 7,
          data: { operation: "ListUsers" },
          suggestions: [
            {
              messageId: "awaitSleep",
              output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(1000));
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
      name: "a sleep that is not awaited and random",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      sleep(Math.random() * 1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "notAwaited",
          line: 10,
          column: 7,
          data: { operation: "ListUsers" },
          suggestions: [
            {
              messageId: "awaitSleep",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.random() * 1000);
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
      name: "an exclusive or for a power",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep((2 ^ attempt) * 1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "exclusiveOr",
          line: 10,
          column: 20,
          data: { operation: "ListUsers" },
          suggestions: [
            {
              messageId: "raiseToPower",
              output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter((2 ** attempt) * 1000));
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
      name: "an exclusive or in a random delay",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.random() * 1000 * (2 ^ attempt));
    }
  }
}
`,
      errors: [
        {
          messageId: "exclusiveOr",
          line: 10,
          column: 43,
          data: { operation: "ListUsers" },
          suggestions: [
            {
              messageId: "raiseToPower",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(Math.random() * 1000 * (2 ** attempt));
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
      name: "a power that is in seconds",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(2 ** attempt);
    }
  }
}
`,
      errors: [
        {
          messageId: "secondsAsMilliseconds",
          line: 10,
          column: 19,
          data: { operation: "ListUsers" },
          suggestions: [
            {
              messageId: "scaleDelay",
              output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(1000 * (2 ** attempt)));
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
      name: "a name that says seconds",
      code: `${SETUP}const delaySeconds = 2;
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(delaySeconds);
    }
  }
}
`,
      errors: [
        {
          messageId: "secondsAsMilliseconds",
          line: 11,
          column: 19,
          data: { operation: "ListUsers" },
          suggestions: [
            {
              messageId: "scaleDelay",
              output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}const delaySeconds = 2;
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(1000 * delaySeconds));
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
      name: "a promise written where it is waited for",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 58,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffDelay(attempt, { baseDelayMs: 1000 })));
    }
  }
}
`,
    },
    {
      name: "a sleep function that fixes the time",
      code: `${SETUP}const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await pause();
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 11,
          column: 13,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
          suggestions: [
            {
              messageId: "jitterDelay",
              output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}const pause = () => new Promise((resolve) => setTimeout(resolve, jitter(1000)));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await pause();
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
      name: "a sleep function in another file that fixes the time",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { pause } from "./pause.js";
const client = new ConnectClient({});
export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await pause();
    }
  }
}
`,
      files: {
        "src/pause.ts":
          "export const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));\n",
      },
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          data: {
            operation: "ListUsers",
            ms: "1000",
            noEdit: " No edit is offered: the delay is written elsewhere.",
          },
        },
      ],
    },
    {
      name: "a constant of another file",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { RETRY_MS } from "./config.js";
import { setTimeout as sleep } from "node:timers/promises";
const client = new ConnectClient({});
export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(RETRY_MS);
    }
  }
}
`,
      files: { "src/config.ts": "export const RETRY_MS = 2000;\n" },
      errors: [
        {
          messageId: "fixedDelay",
          line: 11,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "2000" },
        },
      ],
      output: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { RETRY_MS } from "./config.js";
import { setTimeout as sleep } from "node:timers/promises";
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: RETRY_MS }));
    }
  }
}
`,
    },
    ...["list", "liste_größe", "список"].map((name) => {
      const code = (wait: string, helper = "") => `import { ${name} } from "./list.js";
${helper}const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function again(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ${name}(id);
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(${wait});
    }
  }
}
`;
      return {
        name: `a loop around a function of another file: ${name}`,
        code: code("1000"),
        files: {
          "src/list.ts": `${SETUP}export const ${name} = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));\n`,
        },
        errors: [
          {
            messageId: "fixedDelay" as const,
            line: 9,
            data: { noEdit: "", operation: "ListUsers", ms: "1000" },
          },
        ],
        output: code(
          "backoffDelay(attempt, { baseDelayMs: 1000 })",
          `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";\n`,
        ),
      };
    }),
    {
      name: "a retry function of the project whose calls are elsewhere",
      code: `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1000);
    }
  }
}
`,
      files: {
        "src/list.ts":
          'import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";\nimport { retry } from "./file.js";\nconst client = new ConnectClient({});\nexport const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));\n',
      },
      errors: [
        {
          messageId: "fixedDelay",
          line: 8,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    }
  }
}
`,
    },
    {
      name: "a recursion with its attempt in a parameter",
      code: `${SETUP}export async function list(id: string, attempt = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (attempt > 5) throw error;
    await sleep(1000);
    return list(id, attempt + 1);
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 9,
          column: 17,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string, attempt = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (attempt > 5) throw error;
    await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    return list(id, attempt + 1);
  }
}
`,
    },
    {
      name: "two loops in one file",
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
export async function listAgain(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(300 * attempt);
    }
  }
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
        {
          messageId: "growingDelay",
          line: 20,
          column: 19,
          data: { noEdit: "", operation: "ListUsers" },
        },
      ],
      output: [
        `${IMPORT}
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    }
  }
}
export async function listAgain(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(300 * attempt);
    }
  }
}
`,
        `${IMPORT}
import { backoffDelay, jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    }
  }
}
export async function listAgain(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(jitter(300 * attempt));
    }
  }
}
`,
      ],
    },
    {
      name: "a poll with a fixed interval",
      code: `${SETUP}export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(5000);
  }
  throw new Error("still going on");
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 8,
          column: 17,
          data: { noEdit: "", operation: "DescribeContact", ms: "5000" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(2500 + jitter(5000));
  }
  throw new Error("still going on");
}
`,
    },
    {
      name: "a poll with an interval in a name",
      code: `${SETUP}const INTERVAL = 2500;
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(INTERVAL);
  }
  throw new Error("still going on");
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 9,
          column: 17,
          data: { noEdit: "", operation: "DescribeContact", ms: "2500" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}const INTERVAL = 2500;
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(INTERVAL / 2 + jitter(INTERVAL));
  }
  throw new Error("still going on");
}
`,
    },
    {
      name: "a poll with an interval that is computed",
      code: `${SETUP}const POLL_SECONDS = 5;
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(POLL_SECONDS * 1000);
  }
  throw new Error("still going on");
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 9,
          column: 17,
          data: { noEdit: "", operation: "DescribeContact", ms: "5000" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}const POLL_SECONDS = 5;
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(jitter(2 * (POLL_SECONDS * 1000)));
  }
  throw new Error("still going on");
}
`,
    },
    {
      name: "a poll whose intervals grow",
      code: `${SETUP}export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(500 * (round + 1));
  }
  throw new Error("still going on");
}
`,
      errors: [
        {
          messageId: "pollGrowing",
          line: 8,
          column: 17,
          data: { noEdit: "", operation: "DescribeContact" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(jitter(500 * (round + 1)));
  }
  throw new Error("still going on");
}
`,
    },
    {
      name: "a poll without a wait",
      code: `${SETUP}export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    console.log(round);
  }
  throw new Error("still going on");
}
`,
      errors: [
        {
          messageId: "pollAtOnce",
          line: 5,
          data: { operation: "DescribeContact", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay",
              output: `import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    console.log(round);
    await sleep(2500 + jitter(5000));
  }
  throw new Error("still going on");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "p-retry as it comes",
      code: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
      errors: [
        {
          messageId: "libraryJitter",
          line: 5,
          column: 37,
          data: { library: "p-retry", option: "randomize", value: "true", operation: "ListUsers" },
        },
      ],
      output: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { randomize: true });
`,
    },
    {
      name: "p-retry with options",
      code: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4 });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
      errors: [
        {
          messageId: "libraryJitter",
          line: 5,
          column: 37,
          data: { library: "p-retry", option: "randomize", value: "true", operation: "ListUsers" },
        },
      ],
      output: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4, randomize: true });
`,
    },
    {
      name: "p-retry with its jitter switched off",
      code: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4, randomize: false });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
      errors: [
        {
          messageId: "libraryJitter",
          line: 5,
          column: 37,
          data: { library: "p-retry", option: "randomize", value: "true", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "switchJitterOn",
              data: { option: "randomize", value: "true" },
              output: `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4, randomize: true });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a library whose backoffs have jitter, without one",
      code: `import { handleAll, retry } from "cockatiel";
import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const policy = retry(handleAll, { maxAttempts: 4 });
export const list = (id: string) => policy.execute(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
      files: {
        "node_modules/cockatiel/package.json":
          '{ "name": "cockatiel", "version": "3.2.1", "types": "index.d.ts" }',
        "node_modules/cockatiel/index.d.ts": `export interface Policy { execute<T>(work: () => Promise<T>): Promise<T> }
export declare const handleAll: unknown;
export declare class ExponentialBackoff { constructor(options?: object) }
export declare function retry(policy: unknown, options: { maxAttempts?: number; backoff?: object }): Policy;
`,
      },
      errors: [
        {
          messageId: "libraryDelay",
          line: 5,
          data: {
            library: "cockatiel's",
            waits: "retry does not wait between attempts",
            operation: "ListUsers",
            option: " with `backoff`",
          },
          suggestions: [
            {
              messageId: "setBackoff",
              output: `import { handleAll, retry, ExponentialBackoff } from "cockatiel";
import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const policy = retry(handleAll, { maxAttempts: 4, backoff: new ExponentialBackoff() });
export const list = (id: string) => policy.execute(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
            },
          ],
        },
      ],
    },
    {
      name: "a library that does not wait",
      code: `import { retry } from "es-toolkit";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })));
`,
      files: {
        "node_modules/es-toolkit/package.json":
          '{ "name": "es-toolkit", "version": "1.40.0", "types": "index.d.ts" }',
        "node_modules/es-toolkit/index.d.ts":
          "export function retry<T>(work: () => Promise<T>, options?: { retries?: number; delay?: number }): Promise<T>;",
      },
      errors: [
        {
          messageId: "libraryDelay",
          line: 5,
          column: 37,
          data: {
            library: "es-toolkit's",
            waits: "retry does not wait between attempts",
            operation: "ListUsers",
            option: " with `delay`",
          },
        },
      ],
    },
    {
      name: "a library that waits for the same time",
      code: `import { retry } from "es-toolkit";
import { ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 4, delay: 100 });
`,
      files: {
        "node_modules/es-toolkit/package.json":
          '{ "name": "es-toolkit", "version": "1.40.0", "types": "index.d.ts" }',
        "node_modules/es-toolkit/index.d.ts":
          "export function retry<T>(work: () => Promise<T>, options?: { retries?: number; delay?: number }): Promise<T>;",
      },
      errors: [
        {
          messageId: "libraryDelay",
          line: 5,
          column: 37,
          data: {
            library: "es-toolkit's",
            waits: "retry waits for the same time between attempts",
            operation: "ListUsers",
            option: " with `delay`",
          },
        },
      ],
    },
    {
      name: "a poll with an interval that cannot be read",
      code: `${SETUP}const INTERVAL = Number(process.env["INTERVAL"]);
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(INTERVAL);
  }
  throw new Error("still going on");
}
`,
      errors: [
        {
          messageId: "pollConstant",
          line: 9,
          column: 17,
          data: { noEdit: "", operation: "DescribeContact" },
        },
      ],
      output: `${IMPORT}
import { jitter } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}const INTERVAL = Number(process.env["INTERVAL"]);
export async function ended(id: string) {
  for (let round = 0; round < 60; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return Contact;
    await sleep(INTERVAL / 2 + jitter(INTERVAL));
  }
  throw new Error("still going on");
}
`,
    },
    {
      name: "a CommonJS script without types",
      code: `${SCRIPT}exports.list = async (id) => {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(1000);
    }
  }
};
`,
      filename: "src/file.cjs",
      types: false,
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `const { ConnectClient, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const { backoffDelay } = require("eslint-plugin-connect-resilience/backoff");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.list = async (id) => {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    }
  }
};
`,
    },
    {
      name: "a module in ESLint's own parser",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export async function list(id) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}
`,
      parser: "espree",
      errors: [
        {
          messageId: "growingDelay",
          line: 9,
          column: 58,
          data: { noEdit: "", operation: "ListUsers" },
        },
      ],
      output: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
export async function list(id) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, jitter(100 * attempt)));
    }
  }
}
`,
    },
    {
      name: "v2, in callbacks of promises",
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "fixedDelay",
          line: 9,
          column: 19,
          data: { noEdit: "", operation: "ListUsers", ms: "1000" },
        },
      ],
      output: `import AWS from "aws-sdk";
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
const connect = new AWS.Connect();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      await sleep(backoffDelay(attempt, { baseDelayMs: 1000 }));
    }
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "a decorator that waits as long each time, around a method in another file",
      code: legacyDecorator(
        "for (let attempt = 1; ; attempt++)",
        "if (attempt === options.attempts) throw error;",
        "options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      compilerOptions: { experimentalDecorators: true },
      errors: [
        { messageId: "fixedDelay", data: { noEdit: "", operation: "ListUsers", ms: "500" } },
      ],
      output: `import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";

${legacyDecorator("for (let attempt = 1; ; attempt++)", "if (attempt === options.attempts) throw error;", "backoffDelay(attempt, { baseDelayMs: options.delayMs })")}`,
    },
    {
      name: "a decorator of the standard whose delay grows the same way for all",
      code: decorator(
        "if (attempt === options.attempts) throw error;",
        "options.delayMs * 2 ** attempt",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      errors: [{ messageId: "growingDelay", data: { noEdit: "", operation: "ListUsers" } }],
      output: `import { jitter } from "eslint-plugin-connect-resilience/backoff";

${decorator("if (attempt === options.attempts) throw error;", "jitter(options.delayMs * 2 ** attempt)")}`,
    },
  ],
});
