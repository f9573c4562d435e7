/** What the resolver says of a call besides its operation: what is known of that, its input, its client. */
import { describe, expect, it } from "vitest";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { unitOf } from "../../../src/model/program/unit.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { withModel } from "../../support/model.ts";
import { callsIn } from "./support.ts";

const HEAD = `import { Connect, ConnectClient, ListUsersCommand, StopContactCommand, paginateListUsers } from "@aws-sdk/client-connect";
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
const connect = new Connect({});
`;

/** The parts of the marked call, one after the other: API, style, facts, client, input. */
function partsOf(call: string, options: { types?: boolean } = {}): string {
  return withModel(
    { "file.ts": `${HEAD}/*target*/${call};` },
    (_unit, [target]) => {
      const found = target?.type === T.CallExpression ? sdkCallAt(target) : undefined;
      if (found === undefined) return "none";
      const textOf = (node: typeof found.client): string =>
        node === undefined ? "-" : unitOf(node).text.slice(...node.range);
      return [
        found.api,
        found.style,
        found.facts?.name ?? "-",
        textOf(found.client),
        textOf(found.input),
      ].join(" ");
    },
    options,
  );
}

describe.each([{ types: true }, { types: false }])("the parts of a call, %o", (options) => {
  it.each([
    ["client.send(new ListUsersCommand(input()))", "v3 send ListUsers client input()"],
    [
      "client.send(Math.random() > 0 ? new ListUsersCommand(a) : new StopContactCommand(b))",
      "v3 send - client -",
    ],
    ["client.send(unknown())", "v3 send - client -"],
    [
      "sendWithBackoff(client, new ListUsersCommand(input()))",
      "v3 helper ListUsers client input()",
    ],
    [
      "JSON.parse(text).send(new ListUsersCommand(input()))",
      "v3 send ListUsers JSON.parse(text) input()",
    ],
    ["connect.listUsers(input())", "v3 method ListUsers connect input()"],
    ["connect.listUsersOfTomorrow(input())", "v3 method - connect input()"],
    [
      "paginateListUsers({ client, pageSize: 5 }, input())",
      "v3 paginator ListUsers client input()",
    ],
    [
      "paginateListUsers({ pageSize: 5, client }, input())",
      "v3 paginator ListUsers client input()",
    ],
    ["paginateListUsers({ ...config }, input())", "v3 paginator ListUsers - input()"],
    ["connect.getContactAttributes(input())", "v3 method GetContactAttributes connect input()"],
    ["connect.putUserStatus(input())", "v3 method PutUserStatus connect input()"],
    ["connect.paginateListUsers(input())", "v3 paginator ListUsers connect input()"],
    ["client.send()", "none"],
    ["client.send((error) => error)", "none"],
    ["client.send(async function () {})", "none"],
    ["client.send(...commands)", "none"],
    ["client.listUsers(input())", "none"],
    ["(() => client)()(input())", "none"],
  ])("%s", (call, parts) => {
    expect(partsOf(call, options)).toBe(parts);
  });
});

describe("commands", () => {
  const SENT = "/*target*/client.send(command);";

  it("are what their type says before what they are made from", () => {
    const made = `${HEAD}declare function changed(command: ListUsersCommand): StopContactCommand;
const command = Math.random() > 0 ? changed(new ListUsersCommand({ InstanceId: "" })) : changed(undefined as never);
${SENT}`;
    expect(callsIn(made)).toEqual(["send connect.StopContact <- default"]);
  });

  it("are what they are made from where their type is another's", () => {
    const made = `${HEAD}import type { Command } from "@smithy/types";
function run(command: Command<any, any, any> = new ListUsersCommand({ InstanceId: "" })) { ${SENT} }
run();`;
    expect(callsIn(made)).toEqual(["send connect.ListUsers <- default"]);
  });

  it("are what they are annotated with where nothing else tells", () => {
    const made = `${HEAD}export function run(command: ListUsersCommand) { ${SENT} }`;
    expect(callsIn(made, { notInstalled: ["@aws-sdk/*"] })).toEqual([
      "send connect.ListUsers <- default",
    ]);
  });
});

describe("names that are no clients", () => {
  it.each([
    `import * as sdk from "@aws-sdk/client-connect";\n/*target*/new sdk.inner.ConnectClient({}).send(anything());`,
    `import { ConnectClientConfigMaker } from "@aws-sdk/client-connect";\n/*target*/new ConnectClientConfigMaker({}).send(anything());`,
    `import { NotAClientAtAll } from "@aws-sdk/client-connect";\n/*target*/new NotAClientAtAll({}).listUsers({});`,
    `import Other from "my-aws-sdk/clients/connect";\n/*target*/new Other().listUsers({});`,
    `import Other from "aws-sdk/clients/connect_helper";\n/*target*/new Other().listUsers({});`,
  ])("%s", (code) => {
    expect(callsIn(code, { types: false })).toEqual(["none"]);
  });

  it.each([
    `import { Connect } from "@aws-sdk/client-connect";\n/*target*/new Connect({}).listUsers({});`,
    `import Connect from "aws-sdk/clients/connect.js";\n/*target*/new Connect().listUsers({});`,
    `import AWS from "aws-sdk";\n/*target*/new AWS.Connect().listUsers({});`,
    `import { Connect } from "aws-sdk/clients/all";\n/*target*/new Connect().listUsers({});`,
  ])("but %s", (code) => {
    expect(callsIn(code, { types: false })[0]).toContain("connect.ListUsers");
  });
});
