/** What a fix means when it runs: the rule's verdict, and the helper against a server that throttles. */
import {
  ConnectClient,
  CreateUserHierarchyGroupCommand,
  ListUsersCommand,
  StartOutboundVoiceContactCommand,
} from "@aws-sdk/client-connect";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendWithBackoff } from "../../src/backoff/index.ts";
import { type Fault, type Lab, startLab } from "../support/lab/connect-server.ts";
import { repair } from "./checklist.ts";

const THROTTLED: Fault = { kind: "error", name: "ThrottlingException", status: 429 };
const BROKEN: Fault = { kind: "error", name: "InternalServiceException", status: 500 };
const options = { sleep: () => Promise.resolve() };

let lab: Lab;
let client: ConnectClient;
beforeEach(async () => {
  lab = await startLab();
  client = new ConnectClient({ ...lab.config, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await lab.close();
});

const header = (...names: readonly string[]) =>
  `import { ${names.join(", ")} } from "@aws-sdk/client-connect";\n`;

describe("C: command has a client token, not set", () => {
  it("the rule offers a fix", () => {
    const code = `${header("type ConnectClient", "StartOutboundVoiceContactCommand")}export const call = (client: ConnectClient) =>
  client.send(new StartOutboundVoiceContactCommand({ InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: "+15550100" }));\n`;
    expect(repair(code).by).toBe("fix");
  });
  it("because the helper pins one for all attempts", async () => {
    lab.script("StartOutboundVoiceContact", THROTTLED, BROKEN);
    const command = new StartOutboundVoiceContactCommand({
      InstanceId: "i",
      ContactFlowId: "f",
      DestinationPhoneNumber: "+15550100",
    });
    await sendWithBackoff(client, command, options);
    expect(lab.requests).toHaveLength(3);
    expect(new Set(lab.requests.map(({ token }) => token)).size).toBe(1);
    expect(lab.contacts).toHaveLength(1);
  });
});

describe("C: mutating command without a token", () => {
  const command = () => new CreateUserHierarchyGroupCommand({ InstanceId: "i", Name: "n" });
  it("the rule offers a suggestion, never a fix", () => {
    const code = `${header("type ConnectClient", "CreateUserHierarchyGroupCommand")}export const create = (client: ConnectClient) =>
  client.send(new CreateUserHierarchyGroupCommand({ InstanceId: "i", Name: "n" }));\n`;
    expect(repair(code).by).toBe("suggestion");
  });
  it("through which only what was refused is sent again", async () => {
    lab.script("CreateUserHierarchyGroup", THROTTLED);
    await sendWithBackoff(client, command(), options);
    expect(lab.requests).toHaveLength(2);
    lab.script("CreateUserHierarchyGroup", BROKEN);
    await expect(sendWithBackoff(client, command(), options)).rejects.toThrow();
    expect(lab.requests).toHaveLength(3);
  });
});

const LOOP = `  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: "i" }));
    } catch (error) {
      if (attempt === 9) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000 * 2 ** attempt));
    }
  }
`;

describe("C: client keeps default maxAttempts", () => {
  it("the helper shares its budget with the SDK's own attempts", async () => {
    const byDefault = new ConnectClient(lab.config);
    lab.script("ListUsers", ...Array.from({ length: 50 }, () => THROTTLED));
    const sent = sendWithBackoff(byDefault, new ListUsersCommand({ InstanceId: "i" }), options);
    await expect(sent).rejects.toThrow();
    // Eight attempts are the budget; what the SDK has begun it ends.
    expect(lab.requests.length).toBeLessThanOrEqual(9);
    byDefault.destroy();
  });
  it("the message states the worst case", () => {
    const code = `${header("ConnectClient", "ListUsersCommand")}const client = new ConnectClient({});\nexport async function list() {\n${LOOP}}\n`;
    expect(repair(code, { rule: "no-nested-retry" }).message).toMatch(/\b27 times\b/u);
  });
});

it("C: client from elsewhere, config unknown: no number is claimed, and nothing reported", () => {
  const code = `${header("type ConnectClient", "ListUsersCommand")}export async function list(client: ConnectClient) {\n${LOOP}}\n`;
  expect(repair(code, { rule: "no-nested-retry" }).by).toBe("silence");
});
