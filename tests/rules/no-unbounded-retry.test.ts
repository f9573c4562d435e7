import { rule } from "../../src/rules/no-unbounded-retry.ts";
import { ruleTester } from "../support/rule-tester.ts";

const IMPORT =
  'import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";';
const CLIENT = `const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
`;
const SETUP = `${IMPORT}
${CLIENT}`;
const PAGES = `import { ConnectClient, ListUsersCommand, paginateListUsers } from "@aws-sdk/client-connect";
`;
const SCRIPT = `const { ConnectClient, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
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

/** A pipeline of rxjs around a call; the package as far as it is used. */
const pipeline = (operators: string) => ({
  code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { defer, retry, takeUntil, timeout, timer } from "rxjs";
const client = new ConnectClient({});
export const list = (id: string) =>
  defer(() => client.send(new ListUsersCommand({ InstanceId: id }))).pipe(${operators});
export const parts = { retry, takeUntil, timeout, timer };
`,
  files: {
    "node_modules/rxjs/package.json":
      '{ "name": "rxjs", "version": "7.8.2", "types": "index.d.ts" }',
    "node_modules/rxjs/index.d.ts": `export interface Observable<T> { pipe(...operators: Operator[]): Observable<T> }
export type Operator = (source: Observable<unknown>) => Observable<unknown>;
export function defer<T>(work: () => Promise<T>): Observable<T>;
export function retry(config?: number | { count?: number; delay?: number | (() => Observable<unknown>) }): Operator;
export function timeout(ms: number): Operator;
export function takeUntil(notifier: Observable<unknown>): Operator;
export function timer(ms: number): Observable<unknown>;`,
  },
});

const P_RETRY = {
  "node_modules/p-retry/package.json":
    '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
  "node_modules/p-retry/index.d.ts":
    "export interface Options { retries?: number }\nexport default function pRetry<T>(work: () => Promise<T>, options?: Options): Promise<T>;",
};

/** A request that a library makes up to 41 times, with a test of what came of it. */
const fortyTimes = (test: string): string => `import pRetry from "p-retry";
import { ConnectClient, DescribeContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export const ended = (id: string) => pRetry(async () => {
  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: "i", ContactId: id }));
  ${test}
  return Contact;
}, { retries: 40 });
`;

ruleTester.run("no-unbounded-retry", rule, {
  valid: [
    ...[
      'if (!Contact?.DisconnectTimestamp) throw new Error("not ended yet");',
      'const notYet = new Error("not ended yet"); if (!Contact?.DisconnectTimestamp) throw notYet;',
      'let ended; ended = (await client.send(new DescribeContactCommand({ InstanceId: "i", ContactId: id }))).Contact; if (!ended) throw new Error("not ended yet");',
      'const { DisconnectTimestamp: at } = Contact ?? {}; const isOver = at !== undefined; if (id === "") return; else if (!isOver) throw new Error("not ended yet");',
      'let round = 0; round = round + 1; const status = Contact?.Channel ?? round; if (status !== "CHAT") throw new Error("not ended yet");',
      `await client.send(new DescribeContactCommand({ InstanceId: "i", ContactId: id })).then((answer) => {
    if (!answer.Contact?.DisconnectTimestamp) throw new Error("not ended yet");
  });`,
    ].map((test) => ({
      name: `many questions of a library, until the answer is there: ${test}`,
      code: fortyTimes(test),
      files: P_RETRY,
    })),
    {
      name: "as many attempts as are allowed",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 20) throw error;
      await sleep(1000);
    }
  }
}
`,
    },
    {
      name: "as long as is allowed",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 11) throw error;
      await sleep(60_000);
    }
  }
}
`,
    },
    {
      name: "recursions that hand on the next count",
      code: `${SETUP}export async function list(id: string, retries = 0): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (retries > 3) throw error;
    return list(id, ++retries);
  }
}
export const later = async (id: string, retries: number): Promise<unknown> => {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (retries++ > 3) throw error;
    return later(id, retries);
  }
};
`,
    },
    {
      name: "rxjs's retry with a delay that may end it",
      ...pipeline("retry({ delay: () => timer(1000) })"),
    },
    { name: "rxjs's retry under a time limit", ...pipeline("retry(), timeout(30_000)") },
    {
      name: "rxjs's retry until a signal",
      ...pipeline("retry({ delay: 1000 }), takeUntil(timer(30_000))"),
    },
    {
      name: "a clock that a function of the project reads",
      code: `${SETUP}export async function list(id: string, context: { getRemainingTimeInMillis(): number }) {
  const timeLeft = () => context.getRemainingTimeInMillis() - 1000;
  while (timeLeft() > 0) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(1000 * Math.random());
    }
  }
  throw new Error("no time");
}
`,
    },
    {
      name: "a counter in the head",
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
      name: "a counter in the catch",
      code: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      await sleep(1000);
    }
  }
}
`,
    },
    {
      name: "a counter that is asked for and advanced at once",
      code: `${SETUP}export async function list(id: string) {
  let failures = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (++failures > 5) throw error;
      await sleep(1000);
    }
  }
}
`,
    },
    {
      name: "a deadline",
      code: `${SETUP}export async function list(id: string) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
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
      name: "a signal",
      code: `${SETUP}export async function list(id: string, signal: AbortSignal) {
  while (!signal.aborted) {
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
      name: "a list of delays",
      code: `${SETUP}export async function list(id: string) {
  for (const delay of [100, 200, 400]) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(delay);
    }
  }
  throw new Error("no users");
}
`,
    },
    {
      name: "a limit that the caller gives",
      code: `${SETUP}export async function list(id: string, max: number) {
  for (let attempt = 0; attempt < max; attempt++) {
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
      name: "pages under keys that the caller names",
      code: `${SETUP}export async function list(command: ListUsersCommand, to: "NextToken", from: "NextToken") {
  let page = await client.send(command);
  const found = [page];
  while (from in page && page[from]) {
    command.input[to] = page[from];
    page = await client.send(command);
    found.push(page);
  }
  return found;
}
`,
    },
    {
      name: "pages",
      code: `${SETUP}export async function all(id: string) {
  let token: string | undefined;
  do {
    const page: { NextToken?: string } = await client.send(new ListUsersCommand({ InstanceId: id, NextToken: token }));
    token = page.NextToken;
  } while (token);
}
`,
    },
    {
      name: "data",
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
      name: "data under a counter that nothing declares",
      code: `${SCRIPT}async function describe(id) {
  try {
    return await client.send(new DescribeContactCommand({ InstanceId: "a", ContactId: id }));
  } catch (error) {
    return null;
  }
}
async function all(contacts) {
  for (n = 0; n < contacts.length; n++) {
    const contact = await describe(contacts[n].id);
    if (contact) console.log(contact);
    else console.log("none");
    await sleep(500);
  }
}
`,
      parser: "espree",
      sourceType: "script",
      filename: "src/file.js",
    },
    {
      name: "work that others put on a queue",
      code: `${SETUP}export async function work(take: () => Promise<string>) {
  while (true) {
    const id = await take();
    await client.send(new ListUsersCommand({ InstanceId: id }));
  }
}
`,
    },
    {
      name: "a recursion with a bound",
      code: `${SETUP}export async function list(id: string, attempt = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (attempt >= 5) throw error;
    return list(id, attempt + 1);
  }
}
`,
    },
    {
      name: "a loop around something else",
      code: `${SETUP}export async function load(url: string, id: string) {
  while (true) {
    try {
      await fetch(url);
      break;
    } catch {
      await sleep(1000);
    }
  }
  return client.send(new ListUsersCommand({ InstanceId: id }));
}
`,
    },
    {
      name: "a poll with a bound, however long",
      code: `${SETUP}export async function ended(id: string) {
  for (let round = 0; round < 500; round++) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp !== undefined) return;
    await sleep(5000);
  }
}
`,
    },
    {
      name: "more attempts where an option allows them",
      code: `${SETUP}export async function list(id: string) {
  for (let round = 0; round < 30; round++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(100);
    }
  }
  throw new Error("no users");
}
`,
      options: [{ maxAttempts: 50, maxWaitMinutes: 10 }],
    },
    {
      name: "p-retry with fewer retries",
      code: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 5 });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
    },
    {
      name: "p-retry with a cap",
      code: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { maxTimeout: 20_000 });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
    },
    {
      name: "the helper",
      code: `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
`,
    },
    {
      name: "a decorator that counts its attempts",
      code: decorator(
        "if (attempt === options.attempts) throw error;",
        "Math.random() * options.delayMs",
      ),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
    },
  ],
  invalid: [
    ...(
      [
        ["retries\n    <   5", "retries < 5"],
        // More than a message can hold.
        ["retries < options.attemptsThatThisProjectAllowsBeforeItGivesUp.most", "the limit"],
      ] as const
    ).map(([written, test]) => {
      const code = (
        advanced: string,
      ): string => `${SETUP}export async function list(id: string, options: { attemptsThatThisProjectAllowsBeforeItGivesUp: { most: number } }) {
  let retries = 0;
  while (${written}) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      ${advanced}await sleep(1000);
    }
  }
  throw new Error(String(options));
}
`;
      return {
        name: `a counter that nothing advances: ${written}`,
        code: code(""),
        errors: [
          {
            messageId: "counterStuck" as const,
            data: { label: "This while loop", operation: "ListUsers", test },
            suggestions: [
              { messageId: "advanceCounter" as const, output: code("retries++;\n      ") },
            ],
          },
        ],
      };
    }),
    ...[
      "for await (const page of paginateListUsers({ client }, { InstanceId: id }))\n        found.push(page);",
      "const pages = paginateListUsers({ client }, { InstanceId: id });\n      for await (const page of pages) found.push(page);",
      "for (const user of (await client.send(new ListUsersCommand({ InstanceId: id }))).UserSummaryList ?? [])\n        found.push(user);",
    ].map((statement) => {
      const retried = (
        head: string,
        limit = "",
      ) => `${PAGES}${CLIENT}export async function list(id: string) {
  ${head} {
    try {
      const found: unknown[] = [];
      ${statement}
      return found;
    } catch (error) {
${limit}      await sleep(1000);
    }
  }
}
`;
      return {
        name: `a list that is gone through again: ${statement}`,
        code: retried("while (true)"),
        errors: [
          {
            messageId: "noExit",
            line: 5,
            data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
            suggestions: [
              {
                messageId: "limitAttempts",
                output: retried(
                  "for (let attempt = 1; ; attempt++)",
                  "      if (attempt >= 8) throw error;\n",
                ),
              },
            ],
          } as const,
        ],
      };
    }),
    {
      name: "while (true) around a call that returns",
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
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  return await sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
}
`,
    },
    {
      name: "for (;;) that breaks with the result",
      code: `${SETUP}export async function list(id: string) {
  let users;
  for (;;) {
    try {
      users = await client.send(new ListUsersCommand({ InstanceId: id }));
      break;
    } catch (error) {
      await sleep(1000);
    }
  }
  return users.UserSummaryList;
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 6,
          column: 3,
          data: { noEdit: "", label: "This for loop", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  let users;
  users = await sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
  return users.UserSummaryList;
}
`,
    },
    {
      name: "a loop that counts and never asks",
      code: `${SETUP}export async function list(id: string) {
  for (let round = 0; ; round++) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      return users.UserSummaryList ?? [];
    } catch (error) {
      await sleep(2 ** round * 100);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This for loop", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  const users = await sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
      return users.UserSummaryList ?? [];
}
`,
    },
    {
      name: "do … while (true) with the sleep after the try",
      code: `${SETUP}export async function list(id: string) {
  do {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {}
    await sleep(1000);
  } while (true);
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This do…while loop", operation: "ListUsers" },
        },
      ],
      output: `${IMPORT}
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  return await sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
}
`,
    },
    {
      name: "the result in a name that means something else around the loop",
      code: `${SETUP}export async function list(id: string) {
  {
    const users = id.length;
    console.log(users);
  }
  while (true) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      return users.UserSummaryList ?? [];
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 9,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  {
    const users = id.length;
    console.log(users);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      return users.UserSummaryList ?? [];
    } catch (error) {
      if (attempt >= 8) throw error;
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
      name: "a comment in the loop",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      // Connect allows two requests a second
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      // Connect allows two requests a second
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
      name: "a loop that logs",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      console.error(error);
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      console.error(error);
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
      name: "a loop that logs and has no name for the error",
      code: `${SETUP}export async function list(id: string) {
  for (;;) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      console.error("again");
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1;; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      console.error("again");
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
      name: "a loop that counts and logs",
      code: `${SETUP}export async function list(id: string) {
  for (let round = 1; ; round++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      console.error(round, error);
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let round = 1; ; round++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (round >= 8) throw error;
      console.error(round, error);
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
      name: "an operation that must not be repeated",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new CreateUserCommand({ InstanceId: id, Username: "a", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: ["b"], RoutingProfileId: "c" }));
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "CreateUser" },
          suggestions: [
            {
              messageId: "sendWithBackoff",
              output: `${IMPORT}
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}export async function list(id: string) {
  return await sendWithBackoff(client, new CreateUserCommand({ InstanceId: id, Username: "a", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: ["b"], RoutingProfileId: "c" }));
}
`,
            },
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new CreateUserCommand({ InstanceId: id, Username: "a", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: ["b"], RoutingProfileId: "c" }));
    } catch (error) {
      if (attempt >= 8) throw error;
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
      name: "a command that is made by a call",
      code: `${SETUP}declare function next(): string;
export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id, NextToken: next() }));
    } catch (error) {
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 6,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}declare function next(): string;
export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id, NextToken: next() }));
    } catch (error) {
      if (attempt >= 8) throw error;
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
      name: "an unused sleep function where the compiler forbids that",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(1000);
    }
  }
}
`,
      compilerOptions: { noUnusedLocals: true },
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
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
      name: "a filter on the error",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if ((error as Error).name !== "TooManyRequestsException") throw error;
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      if ((error as Error).name !== "TooManyRequestsException") throw error;
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
      name: "a counter that nothing advances",
      code: `${SETUP}export async function list(id: string) {
  let retries = 0;
  while (retries < 5) {
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
          messageId: "counterStuck",
          line: 6,
          column: 3,
          data: { label: "This while loop", operation: "ListUsers", test: "retries < 5" },
          suggestions: [
            {
              messageId: "advanceCounter",
              output: `${SETUP}export async function list(id: string) {
  let retries = 0;
  while (retries < 5) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      retries++;
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
    ...(
      [
        ["list(id, retries++)", "advanceCounter", "list(id, retries + 1)"],
        ["list(id, retries++, calls++)", "advanceCounter", "list(id, retries + 1, calls++)"],
        ["list(id, retries, calls++)", "limitAttempts", "list(id, retries, calls++, attempt + 1)"],
      ] as const
    ).map(([again, messageId, repaired]) => {
      const isLimited = messageId === "limitAttempts";
      const code = (
        call: string,
        parameter = "",
        guard = "",
      ) => `${SETUP}export async function list(id: string, retries = 0, calls = 0${parameter}) {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {${guard}
    if (retries > 3) throw error;
    await sleep(500 * (retries + 1) + calls);
    return ${call};
  }
}
export const start = (id: string, retries: number) => list(id, retries);
`;
      return {
        name: `a recursion that hands on the count from before: ${again}`,
        code: code(again),
        errors: [
          {
            messageId: "counterStuck" as const,
            line: 10,
            data: { label: "This recursion", operation: "ListUsers", test: "retries > 3" },
            suggestions: [
              {
                messageId,
                output: isLimited
                  ? code(repaired, ", attempt = 1", "\n    if (attempt >= 8) throw error;")
                  : code(repaired),
              },
            ],
          },
        ],
      };
    }),
    {
      name: "a counter that is advanced only on success",
      code: `${SETUP}export async function list(id: string) {
  let retries = 0;
  while (retries < 5) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      retries++;
      if (users.NextToken === undefined) return users;
    } catch (error) {
      await sleep(1000);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "counterOnlyOnSuccess",
          line: 6,
          column: 3,
          data: { label: "This while loop", operation: "ListUsers", test: "retries < 5" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  let retries = 0;
  for (let attempt = 1; retries < 5; attempt++) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      retries++;
      if (users.NextToken === undefined) return users;
    } catch (error) {
      if (attempt >= 8) throw error;
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
      name: "a counter that is set back",
      code: `${SETUP}export async function list(id: string) {
  while (true) {
    let retries = 0;
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      retries++;
      if (retries >= 5) throw error;
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "counterReset",
          line: 5,
          column: 3,
          data: { label: "This while loop", operation: "ListUsers", test: "retries >= 5" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  for (let attempt = 1; ; attempt++) {
    let retries = 0;
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      retries++;
      if (retries >= 5) throw error;
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
      name: "a counter that steps over its limit",
      code: `${SETUP}export async function list(id: string) {
  let retries = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      retries += 2;
      if (retries === 5) throw error;
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "counterSkipped",
          line: 6,
          column: 3,
          data: { label: "This while loop", operation: "ListUsers", test: "retries === 5" },
          suggestions: [
            {
              messageId: "compareByOrder",
              output: `${SETUP}export async function list(id: string) {
  let retries = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      retries += 2;
      if (retries >= 5) throw error;
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
      name: "a loop that goes on after success",
      code: `${SETUP}export async function list(id: string, max: number) {
  let retries = 0;
  while (retries < max) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      retries++;
      await sleep(2 ** retries * 100);
    }
  }
}
`,
      errors: [
        {
          messageId: "goesOn",
          line: 6,
          column: 3,
          data: { label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "leaveOnSuccess",
              output: `${SETUP}export async function list(id: string, max: number) {
  let retries = 0;
  while (retries < max) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      break;
    } catch (error) {
      retries++;
      await sleep(2 ** retries * 100);
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
      name: "a recursion",
      code: `${SETUP}export async function list(id: string): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch {
    await sleep(1000);
    return list(id);
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 9,
          data: { label: "This recursion", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function list(id: string, attempt = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (attempt >= 8) throw error;
    await sleep(1000);
    return list(id, attempt + 1);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a chain of promises",
      code: `${SETUP}export function list(id: string): Promise<unknown> {
  return client.send(new ListUsersCommand({ InstanceId: id })).catch(() => list(id));
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          data: { label: "This recursion", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export function list(id: string, attempt = 1): Promise<unknown> {
  return client.send(new ListUsersCommand({ InstanceId: id })).catch((error) => { if (attempt >= 8) throw error; return list(id, attempt + 1); });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "failed items that go back on the queue",
      code: `${SETUP}export async function drain(ids: string[]) {
  while (ids.length > 0) {
    const id = ids.shift() ?? "";
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      ids.push(id);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 10,
          data: { label: "This re-queueing", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function drain(ids: string[]) {
  const failures = new Map<unknown, number>();
  while (ids.length > 0) {
    const id = ids.shift() ?? "";
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      const failed = (failures.get(id) ?? 0) + 1;
      if (failed >= 8) throw error;
      failures.set(id, failed);
      ids.push(id);
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
      name: "a retry function of the project whose calls are elsewhere",
      code: `export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
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
          messageId: "noExit",
          line: 2,
          column: 3,
          data: { noEdit: "", label: "This for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 8) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
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
      name: "a poll",
      code: `${SETUP}export async function ended(id: string) {
  let done = false;
  while (!done) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    done = Contact?.DisconnectTimestamp !== undefined;
    await sleep(5000);
  }
}
`,
      errors: [
        {
          messageId: "endlessPoll",
          line: 6,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "DescribeContact" },
          suggestions: [
            {
              messageId: "addDeadline",
              output: `${SETUP}export async function ended(id: string) {
  let done = false;
  const deadline = Date.now() + 300_000;
  while (!done) {
    if (Date.now() > deadline) throw new Error("Not done after five minutes");
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    done = Contact?.DisconnectTimestamp !== undefined;
    await sleep(5000);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "a poll that asks at its end",
      code: `${SETUP}export async function ended(id: string) {
  let contact;
  do {
    await sleep(5000);
    ({ Contact: contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id })));
  } while (contact?.DisconnectTimestamp === undefined);
}
`,
      errors: [
        {
          messageId: "endlessPoll",
          line: 6,
          column: 3,
          data: { noEdit: "", label: "This do…while loop", operation: "DescribeContact" },
          suggestions: [
            {
              messageId: "addDeadline",
              output: `${SETUP}export async function ended(id: string) {
  let contact;
  const deadline = Date.now() + 300_000;
  do {
    if (Date.now() > deadline) throw new Error("Not done after five minutes");
    await sleep(5000);
    ({ Contact: contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id })));
  } while (contact?.DisconnectTimestamp === undefined);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "more attempts than are allowed",
      code: `${SETUP}export async function list(id: string) {
  for (let round = 0; round < 30; round++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(100);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "tooMany",
          line: 5,
          column: 3,
          data: { label: "This for loop", attempts: "30", operation: "ListUsers", limit: "20" },
        },
      ],
    },
    ...[
      'if (id === "") throw new Error("no id");',
      "const { error } = await (Promise.resolve({}) as Promise<{ error?: Error }>); if (error) throw error;",
      "const answer = await (Promise.resolve({}) as Promise<{ error?: Error }>); if (answer.error) throw answer.error;",
      "try { await Promise.resolve(); } catch (error) { if (Contact) throw new Error(String(error)); }",
    ].map((test) => ({
      name: `more attempts of a library than are allowed, although the answer decides about none: ${test}`,
      code: fortyTimes(test),
      files: P_RETRY,
      errors: [
        {
          messageId: "tooMany" as const,
          line: 4,
          data: {
            label: "Here p-retry",
            attempts: "41",
            operation: "DescribeContact",
            limit: "20",
          },
          suggestions: [
            {
              messageId: "setOption" as const,
              data: { option: "retries", value: "7" },
              output: fortyTimes(test).replace("40", "7"),
            },
          ],
        },
      ],
    })),
    {
      name: "a loop that only says that it takes long",
      code: `${SETUP}export async function list(id: string) {
  let tries = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      tries += 1;
      if (tries > 5) console.warn("still trying", error);
      await sleep(1000);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 6,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${SETUP}export async function list(id: string) {
  let tries = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (tries + 1 >= 8) throw error;
      tries += 1;
      if (tries > 5) console.warn("still trying", error);
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
      name: "as many attempts as several ways make together",
      code: `${SETUP}export async function list(id: string) {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(tries > 5 ? 1000 : 100);
      if (tries > 5) console.warn("still trying", error);
    }
  }
  throw new Error("gave up");
}
`,
      errors: [
        {
          messageId: "tooMany",
          line: 5,
          data: { label: "This for loop", attempts: "50", operation: "ListUsers", limit: "20" },
        },
      ],
    },
    {
      name: "more attempts than an option allows",
      code: `${SETUP}export async function list(id: string) {
  for (let round = 0; round < 5; round++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(100);
    }
  }
  throw new Error("no users");
}
`,
      options: [{ maxAttempts: 4, maxWaitMinutes: 10 }],
      errors: [
        {
          messageId: "tooMany",
          line: 5,
          column: 3,
          data: { label: "This for loop", attempts: "5", operation: "ListUsers", limit: "4" },
        },
      ],
    },
    {
      name: "waits longer than are allowed",
      code: `${SETUP}export async function list(id: string) {
  for (let round = 0; round < 12; round++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      await sleep(60_000);
    }
  }
  throw new Error("no users");
}
`,
      errors: [
        {
          messageId: "tooLong",
          line: 5,
          column: 3,
          data: {
            label: "This for loop",
            minutes: "11",
            attempts: "12",
            operation: "ListUsers",
            limit: "10",
          },
        },
      ],
    },
    {
      name: "p-retry as it comes waits for 17 minutes",
      code: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
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
          messageId: "tooLong",
          line: 5,
          column: 37,
          data: {
            label: "Here p-retry",
            minutes: "17",
            attempts: "11",
            operation: "ListUsers",
            limit: "10",
          },
          suggestions: [
            {
              messageId: "setOption",
              data: { option: "retries", value: "7" },
              output: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 7 });
`,
            },
          ],
        },
      ],
    },
    {
      name: "rxjs's retry with nothing but a delay",
      ...pipeline("timeout(1000), retry({ delay: 1000 })"),
      errors: [
        {
          messageId: "noLimitOption",
          line: 5,
          data: {
            label: "Here rxjs's retry",
            operation: "ListUsers",
            unless: " unless `count` bounds it",
          },
          suggestions: [
            {
              messageId: "setOption",
              data: { option: "count", value: "7" },
              output: pipeline("timeout(1000), retry({ delay: 1000, count: 7 })").code,
            },
          ],
        },
      ],
    },
    {
      name: "p-retry for ever",
      code: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { forever: true, retries: 3 });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
      errors: [
        {
          messageId: "noLimitOption",
          line: 5,
          column: 37,
          data: {
            label: "Here p-retry",
            operation: "ListUsers",
            unless: " unless `retries` bounds it",
          },
          suggestions: [
            {
              messageId: "setOption",
              data: { option: "retries", value: "7" },
              output: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { forever: false, retries: 7 });
`,
            },
          ],
        },
      ],
    },
    {
      name: "p-retry with infinite retries",
      code: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: Infinity });
`,
      files: {
        "node_modules/p-retry/package.json":
          '{ "name": "p-retry", "version": "7.0.0", "type": "module", "types": "index.d.ts" }',
        "node_modules/p-retry/index.d.ts":
          "export interface Options { retries?: number; randomize?: boolean; factor?: number; minTimeout?: number; maxTimeout?: number; forever?: boolean }\nexport default function pRetry<T>(work: (attempt: number) => Promise<T>, options?: Options): Promise<T>;",
      },
      errors: [
        {
          messageId: "noLimitOption",
          line: 5,
          column: 37,
          data: {
            label: "Here p-retry",
            operation: "ListUsers",
            unless: " unless `retries` bounds it",
          },
          suggestions: [
            {
              messageId: "setOption",
              data: { option: "retries", value: "7" },
              output: `import pRetry from "p-retry";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => pRetry(() => client.send(new ListUsersCommand({ InstanceId: id })), { retries: 7 });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a library whose default has no limit",
      code: `import { retry } from "es-toolkit";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })), { delay: 100 });
`,
      files: {
        "node_modules/es-toolkit/package.json":
          '{ "name": "es-toolkit", "version": "1.40.0", "types": "index.d.ts" }',
        "node_modules/es-toolkit/index.d.ts":
          "export function retry<T>(work: () => Promise<T>, options?: { retries?: number; delay?: number }): Promise<T>;",
      },
      errors: [
        {
          messageId: "noLimitOption",
          line: 5,
          column: 37,
          data: {
            label: "Here es-toolkit's retry",
            operation: "ListUsers",
            unless: " unless `retries` bounds it",
          },
          suggestions: [
            {
              messageId: "setOption",
              data: { option: "retries", value: "7" },
              output: `import { retry } from "es-toolkit";
import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const list = (id: string) => retry(() => client.send(new ListUsersCommand({ InstanceId: id })), { delay: 100, retries: 7 });
`,
            },
          ],
        },
      ],
    },
    {
      name: "a CommonJS script without types",
      code: `${SCRIPT}exports.list = async (id) => {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(1000);
    }
  }
};
`,
      filename: "src/file.cjs",
      types: false,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
        },
      ],
      output: `const { ConnectClient, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const { sendWithBackoff } = require("eslint-plugin-connect-resilience/backoff");
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
exports.list = async (id) => {
  return await sendWithBackoff(client, new ListUsersCommand({ InstanceId: id }));
};
`,
    },
    {
      name: "v2 in ESLint's own parser",
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export async function list(id) {
  while (true) {
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
          messageId: "noExit",
          line: 4,
          column: 3,
          data: { noEdit: "", label: "This while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export async function list(id) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connect.listUsers({ InstanceId: id }).promise();
    } catch (error) {
      if (attempt >= 8) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
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
      name: "a decorator without a limit, around a method in another file",
      code: decorator("console.warn(error);", "Math.random() * options.delayMs"),
      filename: "src/retry.ts",
      files: { "src/users.ts": DECORATED },
      errors: [
        {
          messageId: "noExit",
          data: { noEdit: "", label: "This for loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: decorator(
                "if (attempt >= 8) throw error;\n          console.warn(error);",
                "Math.random() * options.delayMs",
              ),
            },
          ],
        },
      ],
    },
  ],
});
