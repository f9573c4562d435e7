/** Every way in which people write a call, with the same answer whether the SDK's types are there or not. */
import { describe, expect, it } from "vitest";
import { sdkCallsIn } from "../../../src/model/sdk/calls.ts";
import { withModel } from "../../support/model.ts";
import { callsIn } from "./support.ts";

const LIST = "send connect.ListUsers <- default";
const HEAD = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
declare const id: string;
`;
const SEND = `/*target*/client.send(new ListUsersCommand({ InstanceId: id }));`;

/** Spellings inside one file: with types, with the SDK not installed, and (`declare` apart) without any types. */
const inOneFile: Readonly<Record<string, string>> = {
  "a constant": `${HEAD}const client = new ConnectClient({});\n${SEND}`,
  "a client built in place": `${HEAD}/*target*/new ConnectClient({}).send(new ListUsersCommand({ InstanceId: id }));`,
  "a command in a variable": `${HEAD}const client = new ConnectClient({});
const command = new ListUsersCommand({ InstanceId: id });
/*target*/client.send(command);`,
  "a command that is assigned later": `${HEAD}const client = new ConnectClient({});
let command;
command = new ListUsersCommand({ InstanceId: id });
/*target*/client.send(command);`,
  "a command from a function": `${HEAD}const client = new ConnectClient({});
function build() { return new ListUsersCommand({ InstanceId: id }); }
/*target*/client.send(build());`,
  "a command in a parameter with a visible caller": `${HEAD}const client = new ConnectClient({});
function run(command: ListUsersCommand) { return /*target*/client.send(command); }
void run(new ListUsersCommand({ InstanceId: id }));`,
  "an aliased import": `import { ConnectClient as C, ListUsersCommand as L } from "@aws-sdk/client-connect";
const client = new C({});
/*target*/client.send(new L({ InstanceId: "" }));`,
  "a namespace import": `import * as sdk from "@aws-sdk/client-connect";
const client = new sdk.ConnectClient({});
/*target*/client.send(new sdk.ListUsersCommand({ InstanceId: "" }));`,
  "a namespace member by string": `import * as sdk from "@aws-sdk/client-connect";
const client = new sdk["ConnectClient"]({});
/*target*/client["send"](new sdk["ListUsersCommand"]({ InstanceId: "" }));`,
  "a dynamic import": `async function run() {
  const { ConnectClient, ListUsersCommand } = await import("@aws-sdk/client-connect");
  const client = new ConnectClient({});
  return /*target*/client.send(new ListUsersCommand({ InstanceId: "" }));
}`,
  "a dynamic import under a name": `async function run() {
  const sdk = await import("@aws-sdk/client-connect");
  const client = new sdk.ConnectClient({});
  return /*target*/client.send(new sdk.ListUsersCommand({ InstanceId: "" }));
}`,
  "an alias of the class": `${HEAD}const Client = ConnectClient;
const client = new Client({});
${SEND}`,
  "type syntax around everything": `${HEAD}const client = new ConnectClient({})! as ConnectClient;
/*target*/(client satisfies ConnectClient).send((new ListUsersCommand({ InstanceId: id })) as ListUsersCommand);`,
  "parentheses and a comma": `${HEAD}const client = (0, new ConnectClient({}));
/*target*/(client).send((new ListUsersCommand({ InstanceId: id })));`,
  "a field with an initialiser": `${HEAD}class Users {
  private readonly client = new ConnectClient({});
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a private field": `${HEAD}class Users {
  #client = new ConnectClient({});
  list() { return /*target*/this.#client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a field set in the constructor": `${HEAD}class Users {
  client: ConnectClient;
  constructor() { this.client = new ConnectClient({}); }
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a parameter property with a default": `${HEAD}class Users {
  constructor(private readonly client: ConnectClient = new ConnectClient({})) {}
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}
new Users();`,
  "a static field": `${HEAD}class Users {
  static client = new ConnectClient({});
  list() { return /*target*/Users.client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a static field through this": `${HEAD}class Users {
  static client = new ConnectClient({});
  static list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a getter": `${HEAD}class Users {
  get client() { return new ConnectClient({}); }
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a getter over a lazy field": `${HEAD}class Users {
  #lazy: ConnectClient | undefined;
  get client() { return (this.#lazy ??= new ConnectClient({})); }
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a factory": `${HEAD}function create() { return new ConnectClient({}); }
const client = create();
${SEND}`,
  "an arrow factory called in place": `${HEAD}const create = () => new ConnectClient({});
/*target*/create().send(new ListUsersCommand({ InstanceId: id }));`,
  "an async factory": `${HEAD}async function create() { return new ConnectClient({}); }
async function run() {
  const client = await create();
  ${SEND}
}`,
  "an async factory awaited in place": `${HEAD}const create = async () => new ConnectClient({});
async function run() {
  /*target*/(await create()).send(new ListUsersCommand({ InstanceId: id }));
}`,
  "a factory method": `${HEAD}class Users {
  private build() { return new ConnectClient({}); }
  list() { return /*target*/this.build().send(new ListUsersCommand({ InstanceId: id })); }
}`,
  "a lazy singleton with ??=": `${HEAD}let client: ConnectClient | undefined;
function get() { return (client ??= new ConnectClient({})); }
/*target*/get().send(new ListUsersCommand({ InstanceId: id }));`,
  "a lazy singleton with if": `${HEAD}let cached: ConnectClient | undefined;
function get(): ConnectClient {
  if (!cached) { cached = new ConnectClient({}); }
  return cached;
}
/*target*/get().send(new ListUsersCommand({ InstanceId: id }));`,
  "a lazy singleton that starts as null": `${HEAD}let cached: ConnectClient | null = null;
const get = () => { if (cached === null) cached = new ConnectClient({}); return cached; };
/*target*/get().send(new ListUsersCommand({ InstanceId: id }));`,
  "an immediately called function": `${HEAD}const client = (() => new ConnectClient({}))();
${SEND}`,
  "optional chaining": `${HEAD}let client: ConnectClient | undefined;
client = new ConnectClient({});
/*target*/client?.send(new ListUsersCommand({ InstanceId: id }));`,
  "an object of clients": `${HEAD}const clients = { connect: new ConnectClient({}) };
/*target*/clients.connect.send(new ListUsersCommand({ InstanceId: id }));`,
  "an object of objects": `${HEAD}const app = { clients: { connect: new ConnectClient({}) } };
/*target*/app.clients.connect.send(new ListUsersCommand({ InstanceId: id }));`,
  "a destructured object": `${HEAD}const { connect: client } = { connect: new ConnectClient({}) };
${SEND}`,
  "a destructured factory result": `${HEAD}const context = () => ({ client: new ConnectClient({}) });
const { client } = context();
${SEND}`,
  "an object with a shorthand": `${HEAD}const client = new ConnectClient({});
const context = { client };
/*target*/context.client.send(new ListUsersCommand({ InstanceId: id }));`,
  "an object with a getter": `${HEAD}const context = { get client() { return new ConnectClient({}); } };
/*target*/context.client.send(new ListUsersCommand({ InstanceId: id }));`,
  "a parameter with a visible caller": `${HEAD}function list(client: ConnectClient) { return ${SEND} }
void list(new ConnectClient({}));`,
  "a destructured parameter with a visible caller": `${HEAD}function list({ client }: { client: ConnectClient }) { return ${SEND} }
void list({ client: new ConnectClient({}) });`,
  "injection with a visible construction": `${HEAD}class Users {
  constructor(private readonly client: ConnectClient) {}
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}
new Users(new ConnectClient({})).list();`,
  "injection into a field by assignment": `${HEAD}class Users {
  private readonly client: ConnectClient;
  constructor(client: ConnectClient) { this.client = client; }
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}
new Users(new ConnectClient({})).list();`,
  "injection of an options object": `${HEAD}class Users {
  private readonly client: ConnectClient;
  constructor(deps: { connect: ConnectClient }) { this.client = deps.connect; }
  list() { return /*target*/this.client.send(new ListUsersCommand({ InstanceId: id })); }
}
new Users({ connect: new ConnectClient({}) }).list();`,
  "a subclass": `${HEAD}class Ours extends ConnectClient {}
const client = new Ours({});
${SEND}`,
  "a subclass with its own constructor": `${HEAD}class Ours extends ConnectClient {
  constructor() { super({}); }
}
const client = new Ours();
${SEND}`,
  "a subclass that sends for itself": `${HEAD}class Ours extends ConnectClient {
  list() { return /*target*/this.send(new ListUsersCommand({ InstanceId: id })); }
}
new Ours({}).list();`,
  "a second name": `${HEAD}const first = new ConnectClient({});
const client = first;
${SEND}`,
  "a conditional on the way": `${HEAD}const client = id === "" ? new ConnectClient({}) : new ConnectClient({ region: id });
${SEND}`,
  "a fallback": `${HEAD}const given: ConnectClient | undefined = undefined;
const client = given ?? new ConnectClient({});
${SEND}`,
};

describe("the same answer with and without types", () => {
  const expected = (name: string): string =>
    name === "a conditional on the way" ? `${LIST} default` : LIST;

  it.each(Object.entries(inOneFile))("%s, with types", (name, code) => {
    expect(callsIn(code)).toEqual([expected(name)]);
  });

  it.each(Object.entries(inOneFile))("%s, the SDK not installed", (name, code) => {
    expect(callsIn(code, { notInstalled: ["@aws-sdk/*"] })).toEqual([expected(name)]);
  });

  it.each(Object.entries(inOneFile))("%s, without types", (name, code) => {
    expect(callsIn(code, { types: false })).toEqual([expected(name)]);
  });
});

it("an operation of a client newer than the tables", () => {
  const code = `import { Connect } from "@aws-sdk/client-connect";
const connect = new Connect({});
connect.describeNovelty({});
connect.noveltyOf({});`;
  const operations = withModel(
    { "file.js": code },
    (unit) => sdkCallsIn(unit).map(({ operation }) => operation),
    { types: false },
  );
  expect(operations).toEqual(["DescribeNovelty"]);
});
