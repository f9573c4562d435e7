/** What becomes of requests and of their results: whether a request of SDK v2 is sent, whether a member of an output is read. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { it } from "vitest";
import { walk } from "../../../src/ast/walk.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import type { SdkCall } from "../../../src/model/sdk/call.ts";
import { isOutputRead } from "../../../src/model/sdk/failure-list.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { requestFate } from "../../../src/model/sdk/request.ts";
import { expectRows } from "../../support/rows.ts";

const BEFORE = `import { ConnectClient, ListUsersCommand, paginateListUsers } from "@aws-sdk/client-connect";
import Connect from "aws-sdk/clients/connect";
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({});
const connect = new Connect();
const command = new ListUsersCommand({ InstanceId: "i" });
const input = { InstanceId: "i" };
declare const use: any;
declare const key: string;
declare function onDone(error: unknown): void;
`;

/** The AWS call in what is marked. */
function callIn(target: TSESTree.Node): SdkCall {
  for (const node of walk(target, unitOf(target).visitorKeys)) {
    const call = node.type === T.CallExpression ? sdkCallAt(node) : undefined;
    if (call !== undefined) return call;
  }
  throw new Error("no call");
}

type Rows = readonly (readonly [code: string, expected: string])[];
const expectEach = (rows: Rows, read: (call: SdkCall) => string): void => {
  expectRows(
    rows.map(([code, expected]) => [
      code,
      `${BEFORE}export async function run() { ${code.replace("$", "/*target*/ ")} }`,
      expected,
    ]),
    (target) => read(callIn(target)),
  );
};

it("whether a member of an output is read", () => {
  const rows: Rows = [
    ["const { NextToken } = await $client.send(command); use(NextToken);", "yes"],
    ["const { NextToken: next } = await $client.send(command); use(next);", "yes"],
    ["const page = await $client.send(command); use(page.NextToken);", "yes"],
    ["use((await $client.send(command)).NextToken);", "yes"],
    ["await $client.send(command).then(({ NextToken }) => use(NextToken));", "yes"],
    ["await $client.send(command).then((page) => use(page.NextToken));", "yes"],
    [
      "const page = await $client.send(command).catch(use).finally(use); use(page.NextToken);",
      "yes",
    ],
    ["const page = await $client.send(command, { abortSignal: use }); use(page.NextToken);", "yes"],
    ["$client.send(command, (error, page) => use(error, page?.NextToken));", "yes"],
    ["const page = await $sendWithBackoff(client, command, use); use(page.NextToken);", "yes"],
    ["const page = await $connect.listUsers(input).promise(); use(page.NextToken);", "yes"],
    ["$connect.listUsers(input, (error, page) => use(error, page.NextToken));", "yes"],

    ["await $client.send(command);", "no"],
    ["const { UserSummaryList } = await $client.send(command); use(UserSummaryList);", "no"],
    ["const page = await $client.send(command); use(page.UserSummaryList);", "no"],
    ["const page = await $client.send(command); use(page.UserSummaryList?.map(use));", "no"],
    ["await $client.send(command).then(() => use());", "no"],
    ["await $client.send(command).then((page) => use(page.UserSummaryList));", "no"],
    ["await $client.send(command).catch(use);", "no"],
    ["$client.send(command, (error) => use(error));", "no"],
    ["$client.send(command, (error, page) => use(error, page?.UserSummaryList));", "no"],
    ["await $sendWithBackoff(client, command, use);", "no"],
    ["await $connect.listUsers(input).promise();", "no"],

    ["const { UserSummaryList, ...others } = await $client.send(command); use(others);", "unknown"],
    ["const { [key]: some } = (await $client.send(command)) as any; use(some);", "unknown"],
    ["const page: any = await $client.send(command); use(page[key]);", "unknown"],
    ["use(await $client.send(command));", "unknown"],
    ["return $client.send(command);", "unknown"],
    ["await $client.send(command).then(use);", "unknown"],
    ["await $client.send(command).then();", "unknown"],
    ["await ($client.send(command) as any).then(...use);", "unknown"],
    ["await ($client.send(command) as any).tap(use);", "unknown"],
    ["$client.send(command, use);", "unknown"],
    ["const page = await $client.send(command, use); use(page.UserSummaryList);", "unknown"],
    [
      "for await (const page of $paginateListUsers({ client }, input)) use(page.UserSummaryList);",
      "unknown",
    ],
    ["await $connect.listUsers(input);", "unknown"],
    [
      "const page = await $client.send(command).then((found) => found); use(page.NextToken);",
      "yes",
    ],
  ];
  expectEach(rows, (call) => isOutputRead(call, "NextToken"));
});

it("whether a request of SDK v2 is sent, and how many listeners it has", () => {
  const rows: Rows = [
    ["await $connect.listUsers(input).promise();", "yes"],
    ["$connect.listUsers(input).send();", "yes"],
    ["$connect.listUsers(input).eachPage(use);", "yes"],
    ["$connect.listUsers(input).on('success', use).on('error', use).send();", "yes, 2"],
    [
      "const request = $connect.listUsers(input); request.on('success', use); request.send();",
      "yes, 1",
    ],
    ["$connect.listUsers(input, use);", "yes"],
    ["$connect.listUsers(() => use());", "yes"],
    ["$connect.listUsers(onDone as any);", "yes"],
    ["$connect.listUsers(onDone);", "yes"],

    ["$connect.listUsers(input);", "no"],
    ["await $connect.listUsers({ InstanceId: key });", "no"],
    ["$connect.listUsers();", "no"],
    ["const request = $connect.listUsers(input); request.on('success', use);", "no, 1"],
    ["$connect.listUsers(input).abort();", "no"],
    ["use($connect.listUsers(input).httpRequest);", "no"],
    ["await ($connect.listUsers(input) as any).then(use);", "no"],
    ["const { httpRequest } = $connect.listUsers(input) as any; use(httpRequest);", "no"],
    ["$connect.listUsers(use.input);", "no"],
    ["const online = use; $connect.listUsers(online);", "no"],
    ["const donePage = use; $connect.listUsers(donePage);", "no"],

    ["use($connect.listUsers(input));", "unknown"],
    ["return $connect.listUsers(input);", "unknown"],
    ["use($connect.listUsers(input).promise);", "unknown"],
    ["use($connect.listUsers(input).on);", "unknown"],
    ["($connect.listUsers(input) as any).presign(use);", "unknown"],
    ["($connect.listUsers(input) as any)[key]();", "unknown"],
    ["const { promise } = $connect.listUsers(input); use(promise);", "unknown"],
    [
      "const { httpRequest, ...others } = $connect.listUsers(input) as any; use(others);",
      "unknown",
    ],
    ...[
      "cb",
      "done",
      "next",
      "fn",
      "callback",
      "usersCallback",
      "handler",
      "handleUsers",
      "onUsers",
    ].map((name) => [`const ${name} = use; $connect.listUsers(${name});`, "unknown"] as const),
    ["$connect.listUsers(...use);", "unknown"],
    ["await $client.send(command);", "unknown"],
  ];
  expectEach(rows, (call) => {
    const { isSent, listeners } = requestFate(call);
    return isSent + (listeners.length === 0 ? "" : `, ${String(listeners.length)}`);
  });
});
