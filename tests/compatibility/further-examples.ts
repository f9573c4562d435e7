/** Code in one file on which the ways of linting once differed, beside the examples of the pages. */
import type { LintSetup } from "../support/gates.ts";

interface Further extends LintSetup {
  readonly place: string;
  readonly verdict: "correct" | "incorrect";
}

/** By the name of a rule. */
export const furtherExamples: Readonly<Record<string, readonly Further[]>> = {
  "no-silent-exhaustion": [
    {
      place: "error-as-result",
      verdict: "correct",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 5 });
async function list(id: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 2) return { error };
    }
  }
}
export const users = async (id: string) => (await list(id))?.error;
`,
    },
  ],
  "no-unbounded-retry": [
    {
      place: "exported-recursion",
      verdict: "incorrect",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 5 });
export async function list(id: string): Promise<unknown> {
  try {
    return await client.send(new ListUsersCommand({ InstanceId: id }));
  } catch {
    return list(id);
  }
}
`,
    },
    {
      place: "counter-that-nothing-declares",
      verdict: "correct",
      code: `import { ConnectClient, DescribeContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
async function describe(id: string) {
  try {
    return await client.send(new DescribeContactCommand({ InstanceId: "a", ContactId: id }));
  } catch (error) {
    return null;
  }
}
export async function all(contacts: { id: string }[]) {
  for (n = 0; n < contacts.length; n++) {
    const contact = await describe(contacts[n].id);
    if (contact) console.log(contact);
    else console.log("none");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
`,
    },
  ],
  "no-unchecked-batch-failures": [
    {
      place: "annotated-command",
      verdict: "incorrect",
      code: `import { BatchPutContactCommand, ConnectClient } from "@aws-sdk/client-connect";
export async function put(client: ConnectClient, command: BatchPutContactCommand) {
  await client.send(command);
}
`,
    },
  ],
  "require-jitter": [
    {
      place: "delay-in-text",
      verdict: "incorrect",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const pause = process.env["PAUSE"] ?? "700";
export async function list(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause as never));
    }
  }
}
`,
    },
  ],
  "require-retry": [
    {
      place: "annotated-client",
      verdict: "incorrect",
      code: `import type { Connect } from "@aws-sdk/client-connect";
export const list = (connect: Connect, id: string) => connect.listUsers({ InstanceId: id });
`,
    },
    {
      place: "annotated-field",
      verdict: "incorrect",
      code: `import { Connect } from "@aws-sdk/client-connect";
export class Users {
  constructor(private readonly connect: Connect | undefined) {}
  list(id: string) {
    return this.connect!.listUsers({ InstanceId: id });
  }
}
`,
    },
    {
      place: "other-style",
      verdict: "incorrect",
      code: `import { ConnectClient } from '@aws-sdk/client-connect'

export const client = new ConnectClient({region: 'eu-west-2'})
`,
    },
  ],
  "require-stable-client-token": [
    {
      place: "exported-handler",
      verdict: "incorrect",
      options: [{ reinvokedHandlers: "report", sdkRetries: "ignore", withoutToken: "report" }],
      code: `import { ConnectClient, StartTaskContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 5 });
export const handler = async (event: { name: string }) => {
  await client.send(new StartTaskContactCommand({ InstanceId: "i", Name: event.name }));
};
`,
    },
  ],
  "valid-retry-config": [
    {
      place: "attempts-beside-the-helper",
      verdict: "incorrect",
      code: `import { ConnectClient } from "@aws-sdk/client-connect";
import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
export const client = new ConnectClient({
  maxAttempts: 5,
  retryStrategy: backoffStrategy({ maxAttempts: 5 }),
});
`,
    },
  ],
};
