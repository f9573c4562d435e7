import path from "node:path";
import { expect, it } from "vitest";
import { filesCallingTheSdk } from "../../../src/model/sdk/calls.ts";
import { withModel } from "../../support/model.ts";

const CLIENTS = {
  "clients.ts": `import { Connect, ConnectClient } from "@aws-sdk/client-connect";
export const connect = new Connect({});
export const client = new ConnectClient({});`,
  "commands.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";
export const command = new ListUsersCommand({ InstanceId: "i" });
export { paginateListUsers } from "@aws-sdk/client-connect";`,
};

function callingFiles(code: string): readonly string[] | undefined {
  return withModel({ "file.ts": code, ...CLIENTS }, (unit) =>
    filesCallingTheSdk(unit)?.map(({ fileName }) => path.basename(fileName)),
  );
}

it.each([
  [
    "sends a command that it was given",
    `import { client } from "./clients.ts"; import { command } from "./commands.ts"; client.send(command);`,
  ],
  [
    "calls an operation of a client that it was given",
    `import { connect } from "./clients.ts"; connect.listUsers({ InstanceId: "i" });`,
  ],
  [
    "sends through the helper what it was given",
    `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff"; import { client } from "./clients.ts"; import { command } from "./commands.ts"; sendWithBackoff(client, command);`,
  ],
  [
    "calls a paginator of another file",
    `import { client } from "./clients.ts"; import { paginateListUsers } from "./commands.ts"; paginateListUsers({ client }, { InstanceId: "i" });`,
  ],
  [
    "calls the method by its name in brackets, or if it is there",
    `import { client } from "./clients.ts"; import { command } from "./commands.ts"; client["send"]?.(command);`,
  ],
])("a file that %s without naming a package calls AWS", (_name, code) => {
  expect(callingFiles(code)).toEqual(["file.ts"]);
});

it.each([
  [
    "sends something else",
    `const reply = { send(body: string) { return body; } }; reply.send("hello");`,
  ],
  [
    "has a method of that name",
    `const store = { listUsers(id: string) { return id; } }; store.listUsers("i");`,
  ],
])("a file that %s does not", (_name, code) => {
  expect(callingFiles(code)).toEqual([]);
});
