/** Spellings that only types, or only other files, give away. */
import { describe, expect, it } from "vitest";
import { callsIn, type Sources } from "./support.ts";

const IMPORT = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";\n`;
const TYPE = `import { type ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";\n`;
const COMMAND = `new ListUsersCommand({ InstanceId: "" })`;
const SEND = `/*target*/client.send(${COMMAND});`;
const UNSEEN = "send connect.ListUsers <- ?";
const SEEN = "send connect.ListUsers <- default";

const byType: Readonly<Record<string, readonly [string, string]>> = {
  "a parameter without callers": [
    UNSEEN,
    `${TYPE}export const f = (client: ConnectClient) => ${SEND}`,
  ],
  "a declared constant": [UNSEEN, `${TYPE}declare const client: ConnectClient;\n${SEND}`],
  "an optional parameter": [
    UNSEEN,
    `${TYPE}export const f = (client?: ConnectClient) => /*target*/client?.send(${COMMAND});`,
  ],
  "a union": [
    UNSEEN,
    `${TYPE}declare const client: ConnectClient | undefined;\nif (client) ${SEND}`,
  ],
  "a type parameter": [
    UNSEEN,
    `${TYPE}export function f<C extends ConnectClient>(client: C) { return ${SEND} }`,
  ],
  "a picked send": [
    UNSEEN,
    `${TYPE}export const f = (client: Pick<ConnectClient, "send">) => ${SEND}`,
  ],
  "an interface of the project that extends the client": [
    UNSEEN,
    `${TYPE}interface Ours extends ConnectClient { name: string }\nexport const f = (client: Ours) => ${SEND}`,
  ],
  "an intersection": [
    UNSEEN,
    `${TYPE}export const f = (client: ConnectClient & { name: string }) => ${SEND}`,
  ],
  "a type alias": [
    UNSEEN,
    `${TYPE}type Client = Readonly<{ client: ConnectClient }>;\nexport const f = ({ client }: Client) => ${SEND}`,
  ],
  "a command in a parameter": [
    UNSEEN,
    `import type { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
export const f = (client: ConnectClient, command: ListUsersCommand) => /*target*/client.send(command);`,
  ],
  "a command of one of two kinds": [
    "send connect.? <- ?",
    `import { type ConnectClient, ListQueuesCommand, ListUsersCommand } from "@aws-sdk/client-connect";
export const f = (client: ConnectClient, users: boolean) =>
  /*target*/client.send((users ? ${COMMAND} : new ListQueuesCommand({ InstanceId: "" })) as ListUsersCommand | ListQueuesCommand);`,
  ],
  "a map of clients": [
    UNSEEN,
    `${TYPE}const clients = new Map<string, ConnectClient>();\n/*target*/clients.get("a")?.send(${COMMAND});`,
  ],
  "an array of clients": [
    UNSEEN,
    `${IMPORT}const clients = [new ConnectClient({})];\n/*target*/clients[0]?.send(${COMMAND});`,
  ],
  "an overloaded callback": [
    UNSEEN,
    `${TYPE}declare const client: ConnectClient;\n/*target*/client.send(${COMMAND}, () => undefined);`,
  ],
  "an injected field": [
    UNSEEN,
    `${TYPE}export class Users {
  constructor(private readonly client: ConnectClient) {}
  list() { return /*target*/this.client.send(${COMMAND}); }
}`,
  ],
  "an abstract member": [
    UNSEEN,
    `${TYPE}export abstract class Users {
  protected abstract readonly client: ConnectClient;
  list() { return /*target*/this.client.send(${COMMAND}); }
}`,
  ],
  "a client of the aggregated class used through send": [
    SEEN,
    `import { Connect, ListUsersCommand } from "@aws-sdk/client-connect";\nconst client = new Connect({});\n${SEND}`,
  ],
  "the aggregated client": [
    "method connect.ListUsers <- default",
    `import { Connect } from "@aws-sdk/client-connect";\nconst connect = new Connect({});\n/*target*/connect.listUsers({ InstanceId: "" });`,
  ],
  "a method that no operation is": [
    "none",
    `import { Connect } from "@aws-sdk/client-connect";\nconst connect = new Connect({});\n/*target*/connect.destroy();`,
  ],
  "a paginator": [
    "paginator connect.ListUsers <- default",
    `import { ConnectClient, paginateListUsers } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
/*target*/paginateListUsers({ client }, { InstanceId: "" });`,
  ],
  "a paginator of a namespace, configured elsewhere": [
    "paginator connect.ListUsers <- default",
    `import * as sdk from "@aws-sdk/client-connect";
const config = { client: new sdk.ConnectClient({}), pageSize: 10 };
/*target*/sdk.paginateListUsers(config, { InstanceId: "" });`,
  ],
  "a paginator of the aggregated client": [
    "paginator connect.ListUsers <- default",
    `import { Connect } from "@aws-sdk/client-connect";
const connect = new Connect({});
/*target*/connect.paginateListUsers({ InstanceId: "" });`,
  ],
  "a paginator of our own": [
    "none",
    `function* paginateListUsers(_config: object) { yield 1; }\n/*target*/paginateListUsers({});`,
  ],
  "the helper": [
    "helper connect.ListUsers <- default",
    `${IMPORT}import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
/*target*/sendWithBackoff(new ConnectClient({}), ${COMMAND});`,
  ],
  "a member of the family": [
    "send connectparticipant.SendMessage <- default",
    `import { ConnectParticipantClient, SendMessageCommand } from "@aws-sdk/client-connectparticipant";
const client = new ConnectParticipantClient({});
/*target*/client.send(new SendMessageCommand({ ContentType: "", Content: "", ConnectionToken: "" }));`,
  ],
  "another member of the family": [
    "send connectcases.GetCase <- default",
    `import { ConnectCasesClient, GetCaseCommand } from "@aws-sdk/client-connectcases";
const client = new ConnectCasesClient({});
/*target*/client.send(new GetCaseCommand({ caseId: "", domainId: "", fields: [] }));`,
  ],
  "a method of the operation's name on the inherited side": [
    SEEN,
    `${IMPORT}class Base { protected readonly client = new ConnectClient({}); }
class Users extends Base { list() { return /*target*/this.client.send(${COMMAND}); } }
new Users();`,
  ],
  "a class in a variable": [
    SEEN,
    `${IMPORT}const Ours = class extends ConnectClient {};\nconst client = new Ours({});\n${SEND}`,
  ],
  "a factory that is called twice": [
    SEEN,
    `${IMPORT}const create = () => new ConnectClient({});\nconst client = Math.random() > 1 ? create() : create();\n${SEND}`,
  ],
  "two members of one object": [
    "send connect.ListUsers <- default default",
    `${IMPORT}const clients = { a: new ConnectClient({}), b: new ConnectClient({}) };
const client = Math.random() > 1 ? clients.a : clients.b;\n${SEND}`,
  ],
  "a tracing library around the client": [
    SEEN,
    `${IMPORT}declare function captureAWSv3Client<T>(client: T): T;\nconst client = captureAWSv3Client(new ConnectClient({}));\n${SEND}`,
  ],
};

const acrossFiles: Readonly<Record<string, readonly [string, Sources]>> = {
  "a constant": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { client } from "./client.js";\n${SEND}`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({});`,
    },
  ],
  "a default export": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport client from "./client.js";\n${SEND}`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport default new ConnectClient({});`,
    },
  ],
  "a default export under a name": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport client from "./client.js";\n${SEND}`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nconst it = new ConnectClient({});\nexport default it;`,
    },
  ],
  "a namespace of the project": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport * as clients from "./client.js";\n/*target*/clients.client.send(${COMMAND});`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({});`,
    },
  ],
  "a renamed export through a barrel": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { connect as client } from "./index.js";\n${SEND}`,
      "index.ts": `export { client as connect } from "./client.js";`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const client = new ConnectClient({});`,
    },
  ],
  "the SDK through a barrel": [
    SEEN,
    {
      "file.ts": `import { ConnectClient, ListUsersCommand } from "./sdk.js";\nconst client = new ConnectClient({});\n${SEND}`,
      "sdk.ts": `export * from "@aws-sdk/client-connect";`,
    },
  ],
  "an object of clients": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { clients } from "./client.js";\n/*target*/clients.connect.send(${COMMAND});`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const clients = { connect: new ConnectClient({}) };`,
    },
  ],
  "a destructured object of clients": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { clients } from "./client.js";\nconst { connect: client } = clients;\n${SEND}`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const clients = { connect: new ConnectClient({}) };`,
    },
  ],
  "a destructured export": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { client } from "./client.js";\n${SEND}`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport const { client } = { client: new ConnectClient({}) };`,
    },
  ],
  "a factory": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { create } from "./client.js";\n/*target*/create().send(${COMMAND});`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport function create() { return new ConnectClient({}); }`,
    },
  ],
  "an async lazy singleton": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { get } from "./client.js";\nexport async function f() { const client = await get(); ${SEND} }`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";
let promise: Promise<ConnectClient> | undefined;
export const get = () => (promise ??= (async () => new ConnectClient({}))());`,
    },
  ],
  "injection from another file": [
    SEEN,
    {
      "file.ts": `${TYPE}export class Users {
  constructor(private readonly client: ConnectClient) {}
  list() { return /*target*/this.client.send(${COMMAND}); }
}`,
      "main.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { Users } from "./file.js";\nexport const users = new Users(new ConnectClient({}));`,
    },
  ],
  "injection of a default export from another file": [
    SEEN,
    {
      "file.ts": `${TYPE}export default class Users {
  constructor(private readonly client: ConnectClient) {}
  list() { return /*target*/this.client.send(${COMMAND}); }
}`,
      "main.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nimport Renamed from "./file.js";\nexport const users = new Renamed(new ConnectClient({}));`,
    },
  ],
  "a parameter with its caller in another file": [
    SEEN,
    {
      "file.ts": `${TYPE}export const list = (client: ConnectClient) => ${SEND}`,
      "main.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { list as users } from "./file.js";\nexport const go = () => users(new ConnectClient({}));`,
    },
  ],
  "a parameter whose function leaves under another name": [
    "send connect.ListUsers <- default ?",
    {
      "file.ts": `${TYPE}const list = (client: ConnectClient) => ${SEND}\nexport { list as users };`,
      "main.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { users } from "./file.js"; // calls list\nexport const go = () => users(new ConnectClient({}));`,
    },
  ],
  "a static of another file's class": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { Clients } from "./client.js";\n/*target*/Clients.connect.send(${COMMAND});`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport class Clients { static readonly connect = new ConnectClient({}); }`,
    },
  ],
  "a subclass of another file": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { Ours } from "./client.js";\nconst client = new Ours({});\n${SEND}`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nexport class Ours extends ConnectClient {}`,
    },
  ],
  "a field of an instance of another file's class": [
    SEEN,
    {
      "file.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";\nimport { services } from "./client.js";\n/*target*/services.connect.send(${COMMAND});`,
      "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nclass Services { readonly connect = new ConnectClient({}); }\nexport const services = new Services();`,
    },
  ],
};

describe("by type", () => {
  it.each(Object.entries(byType))("%s", (_name, [expected, code]) => {
    expect(callsIn(code)).toEqual([expected]);
  });
});

describe("across files", () => {
  it.each(Object.entries(acrossFiles))("%s", (_name, [expected, files]) => {
    expect(callsIn(files)).toEqual([expected]);
  });

  it.each(Object.entries(acrossFiles).filter(([name]) => name !== "the SDK through a barrel"))(
    "%s, the SDK not installed",
    (_name, [expected, files]) => {
      expect(callsIn(files, { notInstalled: ["@aws-sdk/*"] })).toEqual([expected]);
    },
  );
});
