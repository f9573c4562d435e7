/** Each edit of the rule on shapes in which it could go wrong: comments, labels, narrowing, functions of one's own. */
import { rule } from "../../../src/rules/require-jitter.ts";
import { ruleTester } from "../../support/rule-tester.ts";

const TS = `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
`;
const JS = `const { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const log = console.log;
const client = new ConnectClient({ maxAttempts: 5 });
`;

ruleTester.run("require-jitter", rule, {
  valid: [],
  invalid: [
    {
      name: "no timer that the compiler knows",
      sdkSince: "3.1100",
      compilerOptions: { types: [] },
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 5 });
export async function a(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
  throw new Error("x");
}
`,
      errors: [
        {
          messageId: "noDelay",
          data: {
            operation: "ListUsers",
            noEdit: " No edit is offered: the types of `setTimeout` are not installed.",
          },
        },
      ],
    },
    {
      name: "nodelay-for",
      code: `${TS}export async function a(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      // give up on the last
      if (attempt === 5) throw error;
      log(error); // tell
    }
  }
  throw new Error("x");
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
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
export async function a(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      // give up on the last
      if (attempt === 5) throw error;
      log(error); // tell
      await new Promise((resolve) => setTimeout(resolve, backoffDelay(attempt)));
    }
  }
  throw new Error("x");
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "nodelay-continue",
      code: `${TS}const wait = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let n = 0;
  while (n < 5) {
    n++;
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if ((error as Error).name === "ThrottlingException") continue;
      throw error;
    }
  }
  throw new Error("x");
}
export const z = () => wait(5);
`,
      errors: [
        {
          messageId: "noDelay",
          line: 7,
          data: { operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const wait = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let n = 0;
  while (n < 5) {
    n++;
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if ((error as Error).name === "ThrottlingException") { await wait(backoffDelay(n)); continue; }
      throw error;
    }
  }
  throw new Error("x");
}
export const z = () => wait(5);
`,
            },
          ],
        },
      ],
    },
    {
      name: "nodelay-empty-catch",
      code: `${TS}export async function a(id: string) {
  for (;;) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      // ignore
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
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
export async function a(id: string) {
  for (;;) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      // ignore
      await new Promise((resolve) => setTimeout(resolve, jitter(5000)));
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
      name: "nodelay-recursion",
      code: `${TS}export async function a(id: string, n = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (n > 5) throw error;
    return a(id, n + 1);
  }
}
`,
      errors: [
        {
          messageId: "noDelay",
          line: 9,
          data: { operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
export async function a(id: string, n = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (n > 5) throw error;
    await new Promise((resolve) => setTimeout(resolve, backoffDelay(n)));
    return a(id, n + 1);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "poll no delay",
      code: `${TS}export async function a(id: string) {
  let status: string | undefined;
  while (status !== "DONE") {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    status = Contact?.Name;
  }
}
`,
      errors: [
        {
          messageId: "pollAtOnce",
          line: 6,
          data: { operation: "DescribeContact", noEdit: "" },
          suggestions: [
            {
              messageId: "addDelay",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
export async function a(id: string) {
  let status: string | undefined;
  while (status !== "DONE") {
    await new Promise((resolve) => setTimeout(resolve, 2500 + jitter(5000)));
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    status = Contact?.Name;
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "poll const inside, narrowing",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  while (true) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp) return Contact;
    await sleep(5000);
  }
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 9,
          data: { operation: "DescribeContact", ms: "5000", noEdit: "" },
        },
      ],
      output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  while (true) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact?.DisconnectTimestamp) return Contact;
    await sleep(2500 + jitter(5000));
  }
}
`,
    },
    {
      name: "poll const inside, no narrowing",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  while (true) {
    const response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (response.Contact?.DisconnectTimestamp) return response;
    await sleep(5000);
  }
}
export const b = sleep;
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 9,
          data: { operation: "DescribeContact", ms: "5000", noEdit: "" },
          suggestions: [
            {
              messageId: "pollUntil",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { pollUntil } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  const response = await pollUntil(
    () => client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id })),
    (response) => Boolean(response.Contact?.DisconnectTimestamp),
    { baseDelayMs: 5000 },
  );
  return response;
}
export const b = sleep;
`,
            },
          ],
        },
      ],
      output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  while (true) {
    const response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (response.Contact?.DisconnectTimestamp) return response;
    await sleep(2500 + jitter(5000));
  }
}
export const b = sleep;
`,
    },
    {
      name: "poll do-while",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let contact;
  do {
    await sleep(30_000);
    contact = (await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }))).Contact;
  } while (contact?.Name !== "done");
  return contact;
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 8,
          data: { operation: "DescribeContact", ms: "30000", noEdit: "" },
          suggestions: [
            {
              messageId: "pollUntil",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { pollUntil } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  const contact = await pollUntil(
    async () => (await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }))).Contact,
    (contact) => contact?.Name === "done",
    { baseDelayMs: 30_000, maxDelayMs: 30_000 },
  );
  return contact;
}
`,
            },
          ],
        },
      ],
      output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let contact;
  do {
    await sleep(15000 + jitter(30_000));
    contact = (await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }))).Contact;
  } while (contact?.Name !== "done");
  return contact;
}
`,
    },
    {
      name: "poll while with probe before",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  while (!response.Contact?.DisconnectTimestamp) {
    await sleep(1000);
    response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  }
  log(response.Contact);
  return response.Contact.DisconnectTimestamp;
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 8,
          data: { operation: "DescribeContact", ms: "1000", noEdit: "" },
        },
      ],
      output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  while (!response.Contact?.DisconnectTimestamp) {
    await sleep(500 + jitter(1000));
    response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  }
  log(response.Contact);
  return response.Contact.DisconnectTimestamp;
}
`,
    },
    {
      name: "poll narrowed id",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(o: { id?: string }) {
  if (!o.id) return undefined;
  for (;;) {
    const response = await client.send(new DescribeContactCommand({ InstanceId: o.id, ContactId: o.id }));
    if (response.Contact?.DisconnectTimestamp) return response;
    await sleep(2000);
  }
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 10,
          data: { operation: "DescribeContact", ms: "2000", noEdit: "" },
        },
      ],
      output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(o: { id?: string }) {
  if (!o.id) return undefined;
  for (;;) {
    const response = await client.send(new DescribeContactCommand({ InstanceId: o.id, ContactId: o.id }));
    if (response.Contact?.DisconnectTimestamp) return response;
    await sleep(1000 + jitter(2000));
  }
}
`,
    },
    {
      name: "poll v js",
      sdkSince: "3.229",
      code: `${JS}const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
exports.a = async function a(id) {
  while (true) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact.DisconnectTimestamp) return Contact;
    await sleep(5000);
  }
}
exports.s = sleep;
`,
      filename: "src/x.cjs",
      errors: [
        {
          messageId: "pollFixed",
          line: 9,
          data: { operation: "DescribeContact", ms: "5000", noEdit: "" },
          suggestions: [
            {
              messageId: "pollUntil",
              output: `const { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const { pollUntil } = require("eslint-plugin-connect-resilience/backoff");
const log = console.log;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
exports.a = async function a(id) {
  const { Contact } = await pollUntil(
    () => client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id })),
    ({ Contact }) => Boolean(Contact.DisconnectTimestamp),
    { baseDelayMs: 5000 },
  );
  return Contact;
}
exports.s = sleep;
`,
            },
          ],
        },
      ],
      output: `const { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const { jitter } = require("eslint-plugin-connect-resilience/backoff");
const log = console.log;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
exports.a = async function a(id) {
  while (true) {
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (Contact.DisconnectTimestamp) return Contact;
    await sleep(2500 + jitter(5000));
  }
}
exports.s = sleep;
`,
    },
    {
      name: "poll comment inside",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  while (true) {
    // ask
    const response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (response.Contact?.DisconnectTimestamp) return response;
    await sleep(5000);
  }
}
`,
      errors: [
        {
          messageId: "pollFixed",
          line: 10,
          data: { operation: "DescribeContact", ms: "5000", noEdit: "" },
        },
      ],
      output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { jitter } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  while (true) {
    // ask
    const response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (response.Contact?.DisconnectTimestamp) return response;
    await sleep(2500 + jitter(5000));
  }
}
`,
    },
    {
      name: "no helper to import",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
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
      settings: { helper: { module: "our-helper" } },
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          data: {
            operation: "ListUsers",
            ms: "1000",
            noEdit: ' No edit is offered: "our-helper" cannot be resolved from this file.',
          },
        },
      ],
    },
  ],
});
