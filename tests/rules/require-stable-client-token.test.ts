import { rule } from "../../src/rules/require-stable-client-token.ts";
import { ruleTester } from "../support/rule-tester.ts";

const UUID = 'import { randomUUID } from "node:crypto";\n';
const IMPORT =
  'import { ConnectClient, CreateEmailAddressCommand, CreateContactFlowVersionCommand, ListUsersCommand, StartOutboundVoiceContactCommand, StartTaskContactCommand, UpdatePhoneNumberCommand } from "@aws-sdk/client-connect";\n';
const CLIENT = `const client = new ConnectClient({});
const base = { InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: "+1" };
`;
const SETUP = IMPORT + CLIENT;
const WITH_BACKOFF = 'import { withBackoff } from "eslint-plugin-connect-resilience/backoff";\n';
const P_RETRY = {
  "node_modules/p-retry/package.json":
    '{"name":"p-retry","version":"6.2.0","type":"module","types":"index.d.ts","exports":"./index.d.ts"}',
  "node_modules/p-retry/index.d.ts": `export default function pRetry<T>(input: (attemptCount: number) => PromiseLike<T> | T, options?: { retries?: number; shouldRetry?: (error: Error) => boolean }): Promise<T>;`,
};
const JS = { filename: "src/file.js", types: false, parser: "espree" } as const;
const SCRIPT = `import { ConnectClient, StartOutboundVoiceContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
`;

/** A retry loop around a send. */
function loop(send: string, { before = "", inside = "", guard = "" } = {}): string {
  return `export async function place(id: string) {
  ${before}for (let attempt = 0; attempt < 3; attempt++) {
    ${inside}try {
      return await client.send(${send});
    } catch (error) {
      ${guard}if (attempt === 2) throw error;
    }
  }
}
`;
}

/** A method that calls, under a decorator that retries it. */
const decorated = (parameter: string, send: string): string => `${SETUP}
const retry = <Result>(method: (id: string) => Promise<Result>, _context: unknown) =>
  async function (this: unknown, id: string): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await method.call(this, id);
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  };
export class Calls {
  @retry
  async place(${parameter}: string) {
    return client.send(${send});
  }
}
`;

const CALL = "each attempt may place another call";
const DATA = {
  label: "this for loop",
  operation: "StartOutboundVoiceContact",
  member: "ClientToken",
  consequence: CALL,
};

const BLOCK_LIST =
  'if ((error as Error).name === "DestinationNotAllowedException") throw error;\n      ';

function voice(properties: string): string {
  return `new StartOutboundVoiceContactCommand({ ${properties} })`;
}

ruleTester.run("require-stable-client-token", rule, {
  valid: [
    {
      name: "a second attempt with the token of the first",
      code: `${IMPORT}${UUID}${CLIENT}export async function place() {
  const command = ${voice("...base, ClientToken: randomUUID()")};
  try {
    return await client.send(command);
  } catch {
    return await client.send(command);
  }
}
`,
    },
    {
      name: "an operation without a token that nothing sends again",
      code: `${SETUP}await client.send(new CreateContactFlowVersionCommand({ InstanceId: "i", ContactFlowId: "f" }));`,
    },
    {
      name: "tokens of items made before the loop",
      code: `${UUID}import { ConnectCampaignsClient, PutDialRequestBatchCommand } from "@aws-sdk/client-connectcampaigns";
const client = new ConnectCampaignsClient({});
${loop("new PutDialRequestBatchCommand({ id, dialRequests })", {
  before:
    'const dialRequests = [{ clientToken: randomUUID(), phoneNumber: "+1", expirationTime: new Date(0), attributes: {} }];\n  ',
})}`,
    },
    {
      name: "a handler that gives a token in some cases",
      options: [{ reinvokedHandlers: "report", sdkRetries: "ignore", withoutToken: "report" }],
      code: `${UUID}${SETUP}export const handler = async (event: { name: string; isNew: boolean }) => {
  await client.send(new StartTaskContactCommand({ InstanceId: "i", Name: event.name, ...(event.isNew ? { ClientToken: randomUUID() } : {}) }));
};`,
    },
    {
      name: "a loop that stops at errors of which only some can be read",
      code:
        SETUP +
        "declare function looksFatal(error: unknown): boolean;\n" +
        loop(voice("...base"), { guard: `${BLOCK_LIST}if (looksFatal(error)) throw error; ` }),
    },
    {
      name: "a number that is another one after a failure",
      code: `${SETUP}export async function either(phone: string, spare: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(${voice("...base, DestinationPhoneNumber: phone")});
    } catch (error) {
      if (attempt === 2) throw error;
      phone = spare;
    }
  }
}
`,
    },
    { name: "no layer outside the SDK", code: `${SETUP}await client.send(${voice("...base")});` },
    {
      name: "a token made before the loop",
      code:
        UUID +
        SETUP +
        loop(voice("...base, ClientToken: token"), { before: "const token = randomUUID();\n  " }),
    },
    {
      name: "a command with a token made before the loop",
      code:
        UUID +
        SETUP +
        loop("command", {
          before: `const command = ${voice("...base, ClientToken: randomUUID()")};\n  `,
        }),
    },
    {
      name: "a token derived from stable input",
      code: SETUP + loop(voice("...base, ClientToken: `call-${id}`")),
    },
    {
      name: "a token hashed from stable input",
      code:
        'import { createHash } from "node:crypto";\n' +
        SETUP +
        loop(voice('...base, ClientToken: createHash("sha256").update(id).digest("hex")')),
    },
    {
      name: "only throttling is retried",
      code:
        SETUP +
        loop(voice("...base"), {
          guard: 'if ((error as Error).name !== "ThrottlingException") throw error;\n      ',
        }),
    },
    {
      name: "only a refusal is retried",
      code:
        SETUP +
        loop(voice("...base"), {
          guard: 'if ((error as Error).name !== "ResourceNotReadyException") throw error;\n      ',
        }),
    },
    {
      name: "a test of the error that cannot be read",
      code:
        SETUP +
        "declare function canRetry(error: unknown): boolean;\n" +
        loop(voice("...base"), { guard: "if (!canRetry(error)) throw error;\n      " }),
    },
    { name: "a read", code: SETUP + loop('new ListUsersCommand({ InstanceId: "i" })') },
    {
      name: "an operation whose repeat changes nothing",
      code: SETUP + loop('new UpdatePhoneNumberCommand({ PhoneNumberId: "p", TargetArn: "t" })'),
    },
    {
      name: "a loop over data",
      code: `${SETUP}export async function all(phones: string[]) {
  for (const phone of phones) {
    try {
      await client.send(${voice("...base, DestinationPhoneNumber: phone")});
    } catch (error) {
      console.error(error);
    }
  }
}
`,
    },
    {
      name: "another number on each attempt, from a list",
      code: `${SETUP}export async function any(phones: string[]) {
  for (let i = 0; i < phones.length; i++) {
    try {
      return await client.send(${voice('...base, DestinationPhoneNumber: phones[i] ?? "+1"')});
    } catch (error) {
      if (i === phones.length - 1) throw error;
    }
  }
}
`,
    },
    {
      name: "the helper, which pins the token",
      code: `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${SETUP}await sendWithBackoff(client, ${voice("...base")});`,
    },
    {
      name: "the helper in a loop, which is left to no-nested-retry",
      code: `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${SETUP}${loop(voice("...base")).replace("client.send(", "sendWithBackoff(client, ")}`,
    },
    {
      name: "an input that cannot be seen",
      code: `${SETUP}import type { StartOutboundVoiceContactCommandInput } from "@aws-sdk/client-connect";
declare function build(): StartOutboundVoiceContactCommandInput;
${loop("new StartOutboundVoiceContactCommand(build())")}`,
    },
    {
      name: "a wrapper whose callback uses a token from outside",
      code: `${UUID}${WITH_BACKOFF}${SETUP}export async function place() {
  const token = randomUUID();
  await withBackoff(() => client.send(${voice("...base, ClientToken: token")}));
}
`,
    },
    {
      name: "a wrapper with a test of its own",
      code: `${WITH_BACKOFF}${SETUP}declare const isThrottle: (error: unknown) => boolean;
await withBackoff(() => client.send(${voice("...base")}), { isRetryable: isThrottle });
`,
    },
    {
      name: "a library with a test of its own",
      files: P_RETRY,
      code: `import pRetry from "p-retry";
${SETUP}await pRetry(() => client.send(${voice("...base")}), { shouldRetry: (error) => error.name === "ThrottlingException" });
`,
    },
    {
      name: "recursion that hands the token on",
      code: `${UUID}${SETUP}export async function place(token = randomUUID(), attempt = 0): Promise<unknown> {
  try {
    return await client.send(${voice("...base, ClientToken: token")});
  } catch (error) {
    if (attempt >= 3) throw error;
    return place(token, attempt + 1);
  }
}
`,
    },
    {
      name: "a token kept outside and filled once",
      code:
        UUID +
        SETUP +
        loop(voice("...base, ClientToken: (token ??= randomUUID())"), {
          before: "let token: string | undefined;\n  ",
        }),
    },
    {
      name: "an operation without a token, by option",
      options: [{ reinvokedHandlers: "ignore", sdkRetries: "ignore", withoutToken: "ignore" }],
      code:
        SETUP +
        loop('new CreateContactFlowVersionCommand({ InstanceId: "i", ContactFlowId: "f" })'),
    },
    {
      name: "a token that is handed back to the queue with its item",
      code: `${SETUP}export async function drain(queue: { phone: string; token: string }[]) {
  while (queue.length > 0) {
    const item = queue.shift();
    if (item === undefined) return;
    try {
      await client.send(${voice("...base, DestinationPhoneNumber: item.phone, ClientToken: item.token")});
    } catch {
      queue.push(item);
    }
  }
}
`,
    },
    {
      name: "SDK v2 by itself",
      filename: "src/file.cjs",
      types: false,
      parser: "espree",
      code: `const AWS = require("aws-sdk");
const connect = new AWS.Connect();
exports.place = (params) => connect.startOutboundVoiceContact(params).promise();
`,
    },
    {
      name: "what is made under a unique name",
      code: `import { ConnectClient, CreateUserCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
${loop('new CreateUserCommand({ InstanceId: "i", Username: id, PhoneConfig: { PhoneType: "SOFT_PHONE" }, SecurityProfileIds: [], RoutingProfileId: "r" })')}`,
    },
    {
      name: "a handler that is invoked again, unless asked for",
      code: `${SETUP}export const handler = (event: { phone: string }) => client.send(${voice("...base, DestinationPhoneNumber: event.phone")});`,
    },
    {
      name: "a handler whose token comes from the event",
      options: [{ reinvokedHandlers: "report", sdkRetries: "ignore", withoutToken: "report" }],
      code: `${SETUP}export const handler = (event: { phone: string; id: string }) => client.send(${voice("...base, DestinationPhoneNumber: event.phone, ClientToken: event.id")});`,
    },
    {
      name: "retries of the SDK alone, unless asked for",
      code: `${SETUP}await client.send(new CreateEmailAddressCommand({ InstanceId: "i", EmailAddress: "a@b.example" }));`,
    },
    {
      name: "retries of the SDK alone that are switched off",
      options: [{ reinvokedHandlers: "ignore", sdkRetries: "report", withoutToken: "report" }],
      code: `${IMPORT}const client = new ConnectClient({ maxAttempts: 1 });
await client.send(new CreateEmailAddressCommand({ InstanceId: "i", EmailAddress: "a@b.example" }));`,
    },
    {
      name: "retries of the SDK alone of an operation whose token it fills in",
      options: [{ reinvokedHandlers: "ignore", sdkRetries: "report", withoutToken: "report" }],
      code: `${SETUP}await client.send(${voice("...base")});`,
    },
    {
      name: "JavaScript without types, a token made before the loop",
      ...JS,
      code:
        UUID +
        SCRIPT +
        loop(voice('InstanceId: "i", ClientToken: token'), {
          before: "const token = randomUUID();\n  ",
        }).replace(": string", ""),
    },
    {
      name: "a token that a decorated method is given",
      code: decorated("id", voice("...base, ClientToken: id")),
    },
  ],
  invalid: [
    {
      name: "a second attempt by a function that makes a token each time",
      code: `${IMPORT}${UUID}${CLIENT}async function place() {
  return client.send(${voice("...base, ClientToken: randomUUID()")});
}
export function placeTwice() {
  return place().catch(() => place());
}
`,
      errors: [{ messageId: "renewed", data: { ...DATA, label: "this error handler" } }],
    },
    {
      name: "a second attempt in the catch, which has the SDK make another token",
      code: `${SETUP}export async function place() {
  const command = ${voice("...base")};
  try {
    return await client.send(command);
  } catch {
    return await client.send(command);
  }
}
`,
      errors: [{ messageId: "unpinned", data: { ...DATA, label: "this error handler" } }],
    },
    {
      name: "what the SDK itself sends again, in a loop that repeats what was refused",
      options: [{ reinvokedHandlers: "ignore", sdkRetries: "report", withoutToken: "report" }],
      code: `import { ConnectClient, CreatePersistentContactAssociationCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export async function associate(input: { InstanceId: string; InitialContactId: string; RehydrationType: "ENTIRE_PAST_SESSION"; SourceContactId: string }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new CreatePersistentContactAssociationCommand({ InstanceId: input.InstanceId, InitialContactId: input.InitialContactId, RehydrationType: "ENTIRE_PAST_SESSION", SourceContactId: "s" }));
    } catch (error) {
      if ((error as Error).name !== "ThrottlingException" || attempt === 10) throw error;
    }
  }
}`,
      errors: [
        {
          messageId: "retriedBySdk",
          data: {
            operation: "CreatePersistentContactAssociation",
            attempts: "3",
            member: "ClientToken",
            consequence: "each attempt may be carried out too",
          },
          suggestions: [
            {
              messageId: "pinToken",
              data: { member: "ClientToken" },
              output: `import { ConnectClient, CreatePersistentContactAssociationCommand } from "@aws-sdk/client-connect";
import { randomUUID } from "node:crypto";
const client = new ConnectClient({});
export async function associate(input: { InstanceId: string; InitialContactId: string; RehydrationType: "ENTIRE_PAST_SESSION"; SourceContactId: string }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new CreatePersistentContactAssociationCommand({ InstanceId: input.InstanceId, InitialContactId: input.InitialContactId, RehydrationType: "ENTIRE_PAST_SESSION", SourceContactId: "s", ClientToken: randomUUID() }));
    } catch (error) {
      if ((error as Error).name !== "ThrottlingException" || attempt === 10) throw error;
    }
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "a loop that stops at one error and repeats all others",
      code: SETUP + loop(voice("...base"), { guard: BLOCK_LIST }),
      errors: [{ messageId: "unpinned", data: DATA }],
      output:
        IMPORT +
        UUID +
        CLIENT +
        loop(voice("...base, ClientToken: clientToken"), {
          before: "const clientToken = randomUUID();\n  ",
          guard: BLOCK_LIST,
        }),
    },
    {
      name: "no token in a loop",
      code: SETUP + loop(voice("...base")),
      errors: [
        {
          messageId: "unpinned",
          data: DATA,
        },
      ],
      output:
        IMPORT +
        UUID +
        CLIENT +
        loop(voice("...base, ClientToken: clientToken"), {
          before: "const clientToken = randomUUID();\n  ",
        }),
    },
    {
      name: "the same command in every attempt",
      code: SETUP + loop("command", { before: `const command = ${voice("...base")};\n  ` }),
      errors: [{ messageId: "unpinned", data: DATA }],
      output:
        IMPORT +
        UUID +
        CLIENT +
        loop("command", {
          before: `const command = ${voice("...base, ClientToken: randomUUID()")};\n  `,
        }),
    },
    {
      name: "a token made in the attempt",
      code: UUID + SETUP + loop(voice("...base, ClientToken: randomUUID()")),
      errors: [
        {
          messageId: "renewed",
          data: DATA,
        },
      ],
      output:
        UUID +
        SETUP +
        loop(voice("...base, ClientToken: clientToken"), {
          before: "const clientToken = randomUUID();\n  ",
        }),
    },
    {
      name: "a token from a constant in the attempt",
      code:
        UUID +
        SETUP +
        loop(voice("...base, ClientToken: token"), { inside: "const token = randomUUID();\n    " }),
      errors: [
        {
          messageId: "renewed",
          data: DATA,
          suggestions: [
            {
              messageId: "hoistToken",
              data: { member: "ClientToken" },
              output:
                UUID +
                SETUP +
                loop(voice("...base, ClientToken: token"), {
                  before: "const clientToken = randomUUID();\n  ",
                  inside: "const token = clientToken;\n    ",
                }),
            },
          ],
        },
      ],
    },
    {
      name: "the clock",
      code: SETUP + loop(voice("...base, ClientToken: `${id}-${Date.now()}`")),
      errors: [
        {
          messageId: "renewed",
          data: DATA,
        },
      ],
      output:
        SETUP +
        loop(voice("...base, ClientToken: clientToken"), {
          before: "const clientToken = `${id}-${Date.now()}`;\n  ",
        }),
    },
    {
      name: "the number of the attempt",
      code: SETUP + loop(voice("...base, ClientToken: `${id}-${attempt}`")),
      errors: [{ messageId: "renewed", data: DATA }],
    },
    {
      name: "a function of the project that makes a token",
      code:
        UUID +
        SETUP +
        "const newToken = () => randomUUID();\n" +
        loop(voice("...base, ClientToken: newToken()")),
      errors: [
        {
          messageId: "renewed",
          data: DATA,
        },
      ],
      output:
        UUID +
        SETUP +
        "const newToken = () => randomUUID();\n" +
        loop(voice("...base, ClientToken: clientToken"), {
          before: "const clientToken = newToken();\n  ",
        }),
    },
    {
      name: "the helper's withBackoff",
      code: `${WITH_BACKOFF}${SETUP}export async function place() {
  return withBackoff(() => client.send(${voice("...base")}));
}
`,
      errors: [
        {
          messageId: "unpinned",
          data: { ...DATA, label: "withBackoff" },
        },
      ],
      output: `${WITH_BACKOFF}${IMPORT}${UUID}${CLIENT}export async function place() {
  const clientToken = randomUUID();
  return withBackoff(() => client.send(${voice("...base, ClientToken: clientToken")}));
}
`,
    },
    {
      name: "p-retry around a function that makes a token",
      files: P_RETRY,
      code: `${UUID}import pRetry from "p-retry";
${SETUP}const place = async () => client.send(${voice("...base, ClientToken: randomUUID()")});
export const placed = pRetry(place, { retries: 4 });
`,
      errors: [{ messageId: "renewed", data: { ...DATA, label: "p-retry" } }],
    },
    {
      name: "p-retry's number of the attempt",
      files: P_RETRY,
      code: `import pRetry from "p-retry";
${SETUP}export const placed = pRetry((attempt) => client.send(${voice('...base, ClientToken: "call-" + attempt')}));
`,
      errors: [{ messageId: "renewed", data: { ...DATA, label: "p-retry" } }],
    },
    {
      name: "a token handed to the function that sends",
      files: P_RETRY,
      code: `${UUID}import pRetry from "p-retry";
${SETUP}async function place(token: string) {
  return client.send(${voice("...base, ClientToken: token")});
}
export const placed = () => pRetry(() => place(randomUUID()));
`,
      errors: [{ messageId: "renewed", data: { ...DATA, label: "p-retry" } }],
    },
    {
      name: "recursion",
      code: `${SETUP}export async function place(attempt = 0): Promise<unknown> {
  try {
    return await client.send(${voice("...base")});
  } catch (error) {
    if (attempt >= 3) throw error;
    return place(attempt + 1);
  }
}
`,
      errors: [{ messageId: "unpinned", data: { ...DATA, label: "this recursion" } }],
    },
    {
      name: "a wrapper in another file",
      files: {
        "src/retry.ts": `export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 5) throw error;
    }
  }
}
`,
      },
      code: `${UUID}import { insist } from "./retry.js";
${SETUP}export const place = () => insist(() => client.send(${voice("...base, ClientToken: randomUUID()")}));
`,
      errors: [{ messageId: "renewed", data: { ...DATA, label: "insist()" } }],
    },
    {
      name: "many requests in each attempt share no token",
      files: P_RETRY,
      code: `import pRetry from "p-retry";
${SETUP}export const all = (phones: string[]) =>
  pRetry(async () => {
    for (const phone of phones) await client.send(${voice("...base, DestinationPhoneNumber: phone")});
  });
`,
      errors: [{ messageId: "unpinned", data: { ...DATA, label: "p-retry" } }],
    },
    {
      name: "a token that the SDK never fills",
      code:
        SETUP +
        loop('new CreateEmailAddressCommand({ InstanceId: "i", EmailAddress: "a@b.example" })'),
      errors: [
        {
          messageId: "unfilled",
          data: {
            ...DATA,
            operation: "CreateEmailAddress",
            consequence: "each attempt may be carried out too",
          },
        },
      ],
      output:
        IMPORT +
        UUID +
        CLIENT +
        loop(
          'new CreateEmailAddressCommand({ InstanceId: "i", EmailAddress: "a@b.example", ClientToken: clientToken })',
          { before: "const clientToken = randomUUID();\n  " },
        ),
    },
    {
      name: "an operation without a token",
      code:
        SETUP +
        loop('new CreateContactFlowVersionCommand({ InstanceId: "i", ContactFlowId: "f" })'),
      errors: [
        {
          messageId: "noToken",
          data: {
            label: DATA.label,
            operation: "CreateContactFlowVersion",
            consequence: "each attempt may be carried out too",
          },
        },
      ],
    },
    {
      name: "tokens of items made in the attempt",
      code: `${UUID}import { ConnectCampaignsClient, PutDialRequestBatchCommand } from "@aws-sdk/client-connectcampaigns";
const client = new ConnectCampaignsClient({});
const phones = ["+1"];
${loop("new PutDialRequestBatchCommand({ id, dialRequests: phones.map((phoneNumber) => ({ clientToken: randomUUID(), phoneNumber, expirationTime: new Date(0), attributes: {} })) })")}`,
      errors: [
        {
          messageId: "renewed",
          data: {
            label: "this for loop",
            operation: "PutDialRequestBatch",
            member: "clientToken",
            consequence: "each attempt may place the same calls again",
          },
        },
      ],
    },
    {
      name: "a command that is sent for several requests",
      code: `${SETUP}export async function remind(times: number[]) {
  const command = ${voice("...base")};
  for (const time of times) {
    await new Promise((done) => setTimeout(done, time));
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await client.send(command);
        break;
      } catch (error) {
        if (attempt === 2) throw error;
      }
    }
  }
}
`,
      errors: [{ messageId: "unpinned", data: DATA }],
    },
    {
      name: "a loop that is left after the success",
      code: `${SETUP}export async function place(phone: string) {
  let attempts = 0;
  while (true) {
    try {
      const placed = await client.send(${voice("...base, DestinationPhoneNumber: phone")});
      console.log(placed.ContactId);
      break;
    } catch (error) {
      if (++attempts > 3) throw error;
    }
  }
}
`,
      errors: [{ messageId: "unpinned", data: { ...DATA, label: "this while loop" } }],
      output: `${IMPORT}${UUID}${CLIENT}export async function place(phone: string) {
  let attempts = 0;
  const clientToken = randomUUID();
  while (true) {
    try {
      const placed = await client.send(${voice("...base, DestinationPhoneNumber: phone, ClientToken: clientToken")});
      console.log(placed.ContactId);
      break;
    } catch (error) {
      if (++attempts > 3) throw error;
    }
  }
}
`,
    },
    {
      name: "a project without the types of Node",
      compilerOptions: { types: [] },
      code: SETUP + loop(voice("...base")),
      errors: [{ messageId: "unpinned", data: DATA }],
    },
    {
      name: "a page in a browser",
      compilerOptions: { lib: ["es2023", "dom"] },
      code: `import { ConnectParticipantClient, SendMessageCommand } from "@aws-sdk/client-connectparticipant";
const client = new ConnectParticipantClient({});
const ConnectionToken = window.sessionStorage.getItem("token") ?? "";
export async function say(Content: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new SendMessageCommand({ ConnectionToken, Content, ContentType: "text/plain" }));
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
}
`,
      errors: [
        {
          messageId: "unpinned",
          data: {
            ...DATA,
            operation: "SendMessage",
            consequence: "each attempt may send another message",
          },
        },
      ],
      output: `import { ConnectParticipantClient, SendMessageCommand } from "@aws-sdk/client-connectparticipant";
const client = new ConnectParticipantClient({});
const ConnectionToken = window.sessionStorage.getItem("token") ?? "";
export async function say(Content: string) {
  const clientToken = crypto.randomUUID();
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new SendMessageCommand({ ConnectionToken, Content, ContentType: "text/plain", ClientToken: clientToken }));
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
}
`,
    },
    {
      name: "a case, whose token is spelt in another way",
      code: `import { ConnectCasesClient, CreateCaseCommand } from "@aws-sdk/client-connectcases";
const client = new ConnectCasesClient({});
${loop('new CreateCaseCommand({ domainId: id, templateId: "t", fields: [] })')}`,
      errors: [
        {
          messageId: "unpinned",
          data: {
            ...DATA,
            operation: "CreateCase",
            member: "clientToken",
            consequence: "each attempt may create another case",
          },
        },
      ],
      output: `import { ConnectCasesClient, CreateCaseCommand } from "@aws-sdk/client-connectcases";
import { randomUUID } from "node:crypto";
const client = new ConnectCasesClient({});
${loop('new CreateCaseCommand({ domainId: id, templateId: "t", fields: [], clientToken: clientToken })', { before: "const clientToken = randomUUID();\n  " })}`,
    },
    {
      name: "a comment of a case, which has no token",
      code: `import { ConnectCasesClient, CreateRelatedItemCommand } from "@aws-sdk/client-connectcases";
const client = new ConnectCasesClient({});
${loop('new CreateRelatedItemCommand({ domainId: "d", caseId: id, type: "Comment", content: { comment: { body: "b", contentType: "Text/Plain" } } })')}`,
      errors: [
        {
          messageId: "noToken",
          data: {
            label: DATA.label,
            operation: "CreateRelatedItem",
            consequence: "each attempt may be carried out too",
          },
        },
      ],
    },
    {
      name: "an item that is put back into the queue",
      code: `${SETUP}export async function drain(queue: string[]) {
  while (queue.length > 0) {
    const phone = queue.shift();
    if (phone === undefined) return;
    try {
      await client.send(${voice("...base, DestinationPhoneNumber: phone")});
    } catch {
      queue.push(phone);
    }
  }
}
`,
      errors: [{ messageId: "unpinned", data: { ...DATA, label: "this re-queueing" } }],
    },
    {
      name: "SDK v2 in a CommonJS file",
      filename: "src/file.cjs",
      types: false,
      parser: "espree",
      code: `const AWS = require("aws-sdk");
const connect = new AWS.Connect();
exports.place = async (phone) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await connect.startOutboundVoiceContact({ InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: phone }).promise();
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
};
`,
      errors: [{ messageId: "unpinned", data: DATA }],
      output: `const AWS = require("aws-sdk");
const { randomUUID } = require("node:crypto");
const connect = new AWS.Connect();
exports.place = async (phone) => {
  const clientToken = randomUUID();
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await connect.startOutboundVoiceContact({ InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: phone, ClientToken: clientToken }).promise();
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
};
`,
    },
    {
      name: "a handler that is invoked again for the same event",
      options: [{ reinvokedHandlers: "report", sdkRetries: "ignore", withoutToken: "report" }],
      code: `${UUID}${SETUP}async function place(phone: string, token: string) {
  await client.send(${voice("...base, DestinationPhoneNumber: phone, ClientToken: token")});
}
export const handler = async (event: { phone: string }) => {
  await place(event.phone, randomUUID());
};
export const taskHandler = async (event: { name: string }) => {
  await client.send(new StartTaskContactCommand({ InstanceId: "i", Name: event.name }));
};
`,
      errors: [
        {
          messageId: "reinvoked",
          line: 9,
          data: {
            operation: "StartOutboundVoiceContact",
            member: "ClientToken",
            consequence: CALL,
          },
        },
        {
          messageId: "reinvoked",
          line: 12,
          data: {
            operation: "StartTaskContact",
            member: "ClientToken",
            consequence: "each attempt may create another task",
          },
        },
      ],
    },
    {
      name: "what the SDK itself sends again, where that is asked for",
      options: [{ reinvokedHandlers: "ignore", sdkRetries: "report", withoutToken: "report" }],
      code: `${SETUP}await client.send(new CreateEmailAddressCommand({ InstanceId: "i", EmailAddress: "a@b.example" }));`,
      errors: [
        {
          messageId: "retriedBySdk",
          data: {
            attempts: "3",
            operation: "CreateEmailAddress",
            member: "ClientToken",
            consequence: "each attempt may be carried out too",
          },
          suggestions: [
            {
              messageId: "pinToken",
              data: { member: "ClientToken" },
              output: `${IMPORT}${UUID}${CLIENT}await client.send(new CreateEmailAddressCommand({ InstanceId: "i", EmailAddress: "a@b.example", ClientToken: randomUUID() }));`,
            },
          ],
        },
      ],
    },
    {
      name: "JavaScript without types",
      ...JS,
      code:
        UUID +
        SCRIPT +
        loop(voice('InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: "+1"')).replace(
          ": string",
          "",
        ),
      errors: [
        {
          messageId: "unpinned",
          data: DATA,
        },
      ],
      output:
        UUID +
        SCRIPT +
        loop(
          voice(
            'InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: "+1", ClientToken: clientToken',
          ),
          {
            before: "const clientToken = randomUUID();\n  ",
          },
        ).replace(": string", ""),
    },
    {
      name: "no token in a method that a decorator calls again",
      code: decorated("_id", voice("...base")),
      errors: [{ messageId: "unpinned", data: { ...DATA, label: "@retry" } }],
    },
    {
      name: "a token that is made in a method that a decorator calls again",
      code: UUID + decorated("_id", voice("...base, ClientToken: randomUUID()")),
      errors: [{ messageId: "renewed", data: { ...DATA, label: "@retry" } }],
    },
  ],
});
