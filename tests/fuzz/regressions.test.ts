/** Programs that random ones once led to. */
import { describe, expect, it } from "vitest";
import type { LintSetup } from "../support/gates.ts";
import { checkEdits, lintAll, verdictOf } from "./judge.ts";

const V3 = `import { BatchPutContactCommand, ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
declare const client: ConnectClient;
declare const sleep: (ms: number) => Promise<void>;
`;

/** Programs by what went wrong with them, and the messages that they should get; `undefined` where only the edits matter. */
const programs: readonly {
  readonly name: string;
  readonly setup: LintSetup;
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
}[] = [
  {
    name: "methods of which the parser says nothing of decorators",
    setup: {
      parser: "espree",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
export class Service {
  client = new ConnectClient({});
  async list(id) { for (;;) { try { return await this.client.send(new ListUsersCommand({ InstanceId: id })); } catch (e) { await new Promise((r) => setTimeout(r, 100)); } } }
}
`,
    },
    has: ["no-unbounded-retry: noExit"],
  },
  {
    name: "an error that is cast where its message is searched",
    setup: {
      code: `${V3}export async function list(id: string) {
  try { return await client.send(new ListUsersCommand({ InstanceId: id })); } catch (error) {
    if ((error as Error).message.includes("Rate exceeded")) return undefined;
    throw error;
  }
}
`,
    },
    has: ["valid-error-check: messageText"],
  },
  {
    name: "attempts that run out inside of an endless loop",
    setup: {
      code: `${V3}export async function list(id: string) {
  let attempt = 0;
  while (true) {
    try { return await client.send(new ListUsersCommand({ InstanceId: id })); } catch (error) {
      attempt++;
      if (attempt >= 5) return undefined;
      await sleep(Math.random() * 1000);
    }
  }
}
`,
    },
    has: ["no-silent-exhaustion: lostError"],
  },
  {
    name: "a strategy class that is imported under another name",
    setup: {
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
import { ConfiguredRetryStrategy as Configured } from "@smithy/util-retry";
const client = new ConnectClient({ retryStrategy: new Configured(5, 500) });
export async function list(id: string) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try { return await client.send(new ListUsersCommand({ InstanceId: id })); } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}
`,
    },
    has: ["no-nested-retry: nested"],
  },
  {
    name: "a result that only the recursion itself is seen to receive",
    setup: {
      code: `${V3}export async function put(id: string, attempt = 0): Promise<unknown> {
  try { return await client.send(new BatchPutContactCommand({ InstanceId: id, ContactDataRequestList: [] })); } catch (error) {
    if (attempt >= 5) throw error;
    await sleep(Math.random() * 1000);
    return put(id, attempt + 1);
  }
}
`,
    },
    hasNot: ["no-unchecked-batch-failures: uncheckedThrottling"],
  },
  {
    name: "recursion at once, after the error was tested",
    setup: {
      code: `import { isRetryable } from "eslint-plugin-connect-resilience/backoff";
${V3}export async function list(id: string, attempt = 0): Promise<unknown> {
  try { return await client.send(new ListUsersCommand({ InstanceId: id })); } catch (error) {
    if (!isRetryable(error) || attempt >= 5) throw error;
    return list(id, attempt + 1);
  }
}
`,
    },
    has: ["require-jitter: noDelay"],
  },
  {
    name: "a client built for each attempt, whose result is kept",
    setup: {
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const make = () => new ConnectClient({ maxAttempts: 8 });
export async function list(id: string) {
  let result: unknown;
  let done = false;
  while (!done) {
    try { result = await make().send(new ListUsersCommand({ InstanceId: id })); done = true; } catch (error) { console.warn(error); }
  }
  return result;
}
`,
    },
    has: ["valid-retry-config: rebuilt"],
  },
];

describe("programs that random ones led to", () => {
  it.each(programs)("$name", ({ setup, has = [], hasNot = [] }) => {
    const verdict = verdictOf(setup);
    for (const message of has) expect(verdict).toContain(message);
    for (const message of hasNot) expect(verdict).not.toContain(message);
    expect(checkEdits(setup)).toBe(lintAll(setup).length);
  });

  it("several rules declare something before one loop, each under a name of its own", () => {
    const edits = lintAll({
      parser: "espree",
      code: `import { ConnectClient, StartOutboundVoiceContactCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 1 });
export async function call(id) {
  let i = 0;
  for (;;) {
    try {
      return await client.send(new StartOutboundVoiceContactCommand({ InstanceId: id, ContactFlowId: id, DestinationPhoneNumber: id }));
    } catch (error) {
      i += 1;
      if (i < 3) continue;
      return undefined;
    }
  }
}
`,
    }).flatMap(({ fix, suggestions = [] }) => [fix?.text, ...suggestions.map((s) => s.fix.text)]);
    expect(edits.join("\n")).toContain("const clientToken = randomUUID()");
    expect(edits.join("\n")).not.toContain("lastError = randomUUID()");
  });
});
