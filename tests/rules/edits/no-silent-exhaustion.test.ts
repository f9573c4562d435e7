/** Each edit of the rule on shapes in which it could go wrong: comments, labels, narrowing, functions of one's own. */
import { rule } from "../../../src/rules/no-silent-exhaustion.ts";
import { ruleTester } from "../../support/rule-tester.ts";

const TS = `import { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
declare const log: (...args: unknown[]) => void;
const client = new ConnectClient({ maxAttempts: 5 });
`;
const JS = `const { ConnectClient, CreateUserCommand, DescribeContactCommand, ListUsersCommand } = require("@aws-sdk/client-connect");
const log = console.log;
const client = new ConnectClient({ maxAttempts: 5 });
`;

ruleTester.run("no-silent-exhaustion", rule, {
  valid: [],
  invalid: [
    {
      name: "break shape",
      code: `${TS}const MAX_RETRIES = 5;
export async function a(id: string) {
  let retries = 0;
  while (retries < MAX_RETRIES) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      log(users);
      break;
    } catch (error) {
      retries++;
      log(error);
    }
  }
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 7,
          data: { label: "this while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInLastAttempt",
              output: `${TS}const MAX_RETRIES = 5;
export async function a(id: string) {
  let retries = 0;
  while (retries < MAX_RETRIES) {
    try {
      const users = await client.send(new ListUsersCommand({ InstanceId: id }));
      log(users);
      break;
    } catch (error) {
      if (retries + 1 >= MAX_RETRIES) throw error;
      retries++;
      log(error);
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
      name: "flag",
      code: `${TS}export async function a(id: string) {
  let done = false;
  for (let i = 0; i < 4 && !done; i++) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      done = true;
    } catch {
      log(i);
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
              output: `${TS}export async function a(id: string) {
  let done = false;
  for (let i = 0; i < 4 && !done; i++) {
    try {
      await client.send(new ListUsersCommand({ InstanceId: id }));
      done = true;
    } catch (error) {
      if (i + 1 >= 4) throw error;
      log(i);
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
      name: "break on last",
      code: `${TS}export async function a(id: string) {
  for (let i = 0; ; i++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (e) {
      if (i === 4) break;
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
              messageId: "throwInstead",
              output: `${TS}export async function a(id: string) {
  for (let i = 0; ; i++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (e) {
      if (i === 4) throw e;
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
      name: "return on last",
      code: `${TS}export async function a(id: string) {
  let tries = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (e) {
      tries += 1;
      if (tries > 3) { console.log("giving up"); return; }
    }
  }
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 6,
          data: { label: "this while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInstead",
              output: `${TS}export async function a(id: string) {
  let tries = 0;
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (e) {
      tries += 1;
      if (tries > 3) { console.log("giving up"); throw e; }
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
      name: "recursion",
      code: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string, n: number): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (e) {
    if (n < 5) {
      await sleep(1000);
      return a(id, n + 1);
    }
    log(e);
  }
  return undefined;
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 11,
          data: { label: "this recursion", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInstead",
              output: `${TS}const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));
export async function a(id: string, n: number): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch (e) {
    if (n < 5) {
      await sleep(1000);
      return a(id, n + 1);
    }
    log(e);
    throw e;
  }
  return undefined;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "parameter limit",
      code: `${TS}export async function a(id: string, max: number) {
  let result;
  for (let attempt = 0; attempt < max; attempt++) {
    try {
      result = await client.send(new ListUsersCommand({ InstanceId: id }));
      break;
    } catch (e) {
      log(e);
    }
  }
  return result;
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
              output: `${TS}export async function a(id: string, max: number) {
  let result;
  for (let attempt = 0; attempt < max; attempt++) {
    try {
      result = await client.send(new ListUsersCommand({ InstanceId: id }));
      break;
    } catch (e) {
      if (attempt + 1 >= max) throw e;
      log(e);
    }
  }
  return result;
}
`,
            },
          ],
        },
      ],
    },
    {
      name: "in a for-of of items",
      code: `${TS}export async function a(ids: string[]) {
  for (const id of ids) {
    for (let attempt = 1; attempt < 4; attempt++) {
      try {
        await client.send(new ListUsersCommand({ InstanceId: id }));
        break;
      } catch (e) {
        log(e);
      }
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
              output: `${TS}export async function a(ids: string[]) {
  for (const id of ids) {
    for (let attempt = 1; attempt < 4; attempt++) {
      try {
        await client.send(new ListUsersCommand({ InstanceId: id }));
        break;
      } catch (e) {
        if (attempt >= 3) throw e;
        log(e);
      }
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
      name: "js",
      code: `${JS}exports.a = async (id) => {
  let attempts = 3
  while (attempts > 0) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }))
    } catch (e) {
      attempts--
    }
  }
}
`,
      filename: "src/x.cjs",
      errors: [
        {
          messageId: "lostError",
          line: 6,
          data: { label: "this while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwLast",
              output: `${JS}exports.a = async (id) => {
  let attempts = 3
  let lastError;
  while (attempts > 0) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }))
    } catch (e) {
      lastError = e;
      attempts--
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
      name: "counter advanced before",
      code: `${TS}export async function a(id: string) {
  let n = 0;
  while (n < 3) {
    n++;
    try { await client.send(new ListUsersCommand({ InstanceId: id })); break; } catch (e) { log(e); }
  }
}
`,
      errors: [
        {
          messageId: "lostError",
          line: 6,
          data: { label: "this while loop", operation: "ListUsers" },
          suggestions: [
            {
              messageId: "throwInLastAttempt",
              output: `${TS}export async function a(id: string) {
  let n = 0;
  while (n < 3) {
    n++;
    try { await client.send(new ListUsersCommand({ InstanceId: id })); break; } catch (e) { if (n >= 3) throw e; log(e); }
  }
}
`,
            },
          ],
        },
      ],
    },
  ],
});
