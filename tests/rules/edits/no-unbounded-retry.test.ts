/** Each edit of the rule on shapes in which it could go wrong: comments, labels, narrowing, functions of one's own. */
import { rule } from "../../../src/rules/no-unbounded-retry.ts";
import { ruleTester } from "../../support/rule-tester.ts";

const TS = `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
`;
const JS = `const { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const log = console.log;
const client = new ConnectClient({ maxAttempts: 5 });
`;

ruleTester.run("no-unbounded-retry", rule, {
  valid: [],
  invalid: [
    {
      name: "do-while true with logs",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  outer: do {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      log(users);
      return users;
    } catch (error) { // hm
      log(error);
      await sleep(1000);
    }
  } while (true);
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 6,
          data: { label: "This do…while loop", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let attempt = 0;
  outer: do {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      log(users);
      return users;
    } catch (error) { // hm
      if (++attempt >= 8) throw error;
      log(error);
      await sleep(1000);
    }
  } while (true);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "recursion direct",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    await sleep(1000);
    return a(id);
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 10,
          data: { label: "This recursion", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string, attempt = 1): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (error) {
    if (attempt >= 8) throw error;
    await sleep(1000);
    return a(id, attempt + 1);
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "recursion promise",
      code: `${TS}const f = (id: string): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch(() => f(id));
export const g = (id: string) => f(id);
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          data: { label: "This recursion", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${TS}const f = (id: string, attempt = 1): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch((error) => { if (attempt >= 8) throw error; return f(id, attempt + 1); });
export const g = (id: string) => f(id);
`,
            },
          ],
        },
      ],
    },
    {
      name: "recursion promise js",
      code: `${JS}exports.f = function f(id) {
  return client.send(new ListUsersCommand({ InstanceId: id })).catch(function (err) { log(err); return f(id); });
};
`,
      filename: "src/x.cjs",
      errors: [
        {
          messageId: "noExit",
          line: 5,
          data: {
            label: "This recursion",
            operation: "ListUsers",
            noEdit: " No edit is offered: there is no place for a limit.",
          },
        },
      ],
    },
    {
      name: "recursion arrow single param js",
      code: `${JS}const f = id => client.send(new ListUsersCommand({ InstanceId: id })).catch(e => f(id));
module.exports = { g: (id) => f(id) };
`,
      filename: "src/x.cjs",
      errors: [
        {
          messageId: "noExit",
          line: 4,
          data: { label: "This recursion", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${JS}const f = (id, attempt = 1) => client.send(new ListUsersCommand({ InstanceId: id })).catch(e => { if (attempt >= 8) throw e; return f(id, attempt + 1); });
module.exports = { g: (id) => f(id) };
`,
            },
          ],
        },
      ],
    },
    {
      name: "recursion mapped",
      code: `${TS}const f = (id: string): Promise<unknown> =>
  client.send(new ListUsersCommand({ InstanceId: id })).catch(() => f(id));
export const g = (ids: string[]) => Promise.all(ids.map(f));
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          data: {
            label: "This recursion",
            operation: "ListUsers",
            noEdit: " No edit is offered: there is no place for a limit.",
          },
        },
      ],
    },
    {
      name: "method recursion",
      code: `${TS}export class X {
  async list(id: string): Promise<unknown> {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      return this.list(id);
    }
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
              output: `${TS}export class X {
  async list(id: string, attempt = 1): Promise<unknown> {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt >= 8) throw error;
      return this.list(id, attempt + 1);
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
      name: "requeue",
      code: `${TS}export async function drain(queue: string[]) {
  while (queue.length > 0) {
    const id = queue.shift()!;
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      log(error);
      queue.push(id);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 11,
          data: { label: "This re-queueing", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${TS}export async function drain(queue: string[]) {
  const failures = new Map<unknown, number>();
  while (queue.length > 0) {
    const id = queue.shift()!;
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      const failed = (failures.get(id) ?? 0) + 1;
      if (failed >= 8) throw error;
      failures.set(id, failed);
      log(error);
      queue.push(id);
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
      name: "requeue js",
      code: `${JS}exports.drain = async function drain(queue) {
  while (queue.length) {
    const id = queue.shift();
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      queue.push(id);
    }
  }
};
`,
      filename: "src/x.cjs",
      errors: [
        {
          messageId: "noExit",
          line: 10,
          data: { label: "This re-queueing", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${JS}exports.drain = async function drain(queue) {
  const failures = new Map();
  while (queue.length) {
    const id = queue.shift();
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      const failed = (failures.get(id) ?? 0) + 1;
      if (failed >= 8) throw error;
      failures.set(id, failed);
      queue.push(id);
    }
  }
};
`,
            },
          ],
        },
      ],
    },
    {
      name: "poll recursion",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function poll(id: string): Promise<unknown> {
  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  if (Contact?.DisconnectTimestamp) return Contact;
  await sleep(1000);
  return poll(id);
}
`,
      errors: [
        {
          messageId: "endlessPoll",
          line: 9,
          data: { label: "This recursion", operation: "DescribeContact", noEdit: "" },
          suggestions: [
            {
              messageId: "addDeadline",
              output: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function poll(id: string, deadline = Date.now() + 300_000): Promise<unknown> {
  if (Date.now() > deadline) throw new Error("Not done after five minutes");
  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  if (Contact?.DisconnectTimestamp) return Contact;
  await sleep(1000);
  return poll(id, deadline);
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "poll timer",
      code: `${TS}export async function poll(id: string): Promise<void> {
  const { Contact } = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
  if (!Contact?.DisconnectTimestamp) setTimeout(() => poll(id), 1000);
}
`,
      errors: [
        {
          messageId: "endlessPoll",
          line: 6,
          data: {
            label: "This recursion",
            operation: "DescribeContact",
            noEdit: " No edit is offered: nobody would receive the error.",
          },
        },
      ],
    },
    {
      name: "do-while bool flag",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let done = false;
  let users;
  do {
    try {
      users = await client.send(new ListUsersCommand({ InstanceId: id }));
      done = true;
    } catch {
      await sleep(1000);
    }
  } while (!done);
  return users;
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 8,
          data: { label: "This do…while loop", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let done = false;
  let users;
  let attempt = 0;
  do {
    try {
      users = await client.send(new ListUsersCommand({ InstanceId: id }));
      done = true;
    } catch (error) {
      if (++attempt >= 8) throw error;
      await sleep(1000);
    }
  } while (!done);
  return users;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "for with own counter no test, log",
      code: `${TS}export async function a(id: string) {
  for (let i = 0; ; i++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (e) {
      log(i, e);
    }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          data: { label: "This for loop", operation: "ListUsers", noEdit: "" },
          suggestions: [
            {
              messageId: "limitAttempts",
              output: `${TS}export async function a(id: string) {
  for (let i = 0; ; i++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (e) {
      if (i + 1 >= 8) throw e;
      log(i, e);
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
      name: "unsafe operation",
      code: `${TS}export async function a(id: string) {
  while (true) {
    try {
      return await client.send(new CreateUserCommand({ InstanceId: id, Username: "a", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: [], RoutingProfileId: id }));
    } catch { }
  }
}
`,
      errors: [
        {
          messageId: "noExit",
          line: 5,
          data: { label: "This while loop", operation: "CreateUser", noEdit: "" },
          suggestions: [
            {
              messageId: "sendWithBackoff",
              output: `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
export async function a(id: string) {
  return await sendWithBackoff(client, new CreateUserCommand({ InstanceId: id, Username: "a", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: [], RoutingProfileId: id }));
}
`,
            },
            {
              messageId: "limitAttempts",
              output: `${TS}export async function a(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new CreateUserCommand({ InstanceId: id, Username: "a", PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: [], RoutingProfileId: id }));
    } catch (error) { if (attempt >= 8) throw error; }
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "endless poll",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let response;
  while (true) {
    response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (response.Contact?.DisconnectTimestamp !== undefined) break;
    await sleep(1000);
  }
  log(response);
  return response;
}
`,
      errors: [
        {
          messageId: "endlessPoll",
          line: 7,
          data: { label: "This while loop", operation: "DescribeContact", noEdit: "" },
          suggestions: [
            {
              messageId: "addDeadline",
              output: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string) {
  let response;
  const deadline = Date.now() + 300_000;
  while (true) {
    if (Date.now() > deadline) throw new Error("Not done after five minutes");
    response = await client.send(new DescribeContactCommand({ InstanceId: id, ContactId: id }));
    if (response.Contact?.DisconnectTimestamp !== undefined) break;
    await sleep(1000);
  }
  log(response);
  return response;
}
`,
            },
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
    (response) => response.Contact?.DisconnectTimestamp !== undefined,
  );
  log(response);
  return response;
}
`,
            },
          ],
        },
      ],
    },
  ],
});
