/** The SDK's second version, in TypeScript and JavaScript. */
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { clientClassOfImport } from "../../../src/model/sdk/service.ts";
import { readSettings } from "../../../src/settings.ts";
import { callsIn } from "./support.ts";

const LIST = "v2 request connect.ListUsers <- default";
const CALL = `/*target*/connect.listUsers({ InstanceId: "" })`;

const spellings: Readonly<Record<string, string>> = {
  "a default import": `import AWS from "aws-sdk";\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
  "a namespace": `import * as AWS from "aws-sdk";\nconst connect = new AWS.Connect({ apiVersion: "2017-08-08" });\n${CALL}.promise();`,
  "a named import": `import { Connect } from "aws-sdk";\nconst connect = new Connect();\n${CALL}.promise();`,
  "the service's own module": `import Connect from "aws-sdk/clients/connect";\nconst connect = new Connect();\n${CALL}.promise();`,
  "all services": `import { Connect } from "aws-sdk/clients/all";\nconst connect = new Connect();\n${CALL}.promise();`,
  "a callback": `import AWS from "aws-sdk";\nconst connect = new AWS.Connect();\n${CALL.replace(/\)$/, ", () => undefined)")};`,
  send: `import AWS from "aws-sdk";\nconst connect = new AWS.Connect();\n${CALL}.send(() => undefined);`,
  eachPage: `import AWS from "aws-sdk";\nconst connect = new AWS.Connect();\n${CALL}.eachPage(() => true);`,
  "a request in a variable": `import AWS from "aws-sdk";\nconst connect = new AWS.Connect();\nconst request = ${CALL};\nrequest.send();`,
  "a field": `import AWS from "aws-sdk";
class Users { connect = new AWS.Connect(); list() { return /*target*/this.connect.listUsers({ InstanceId: "" }).promise(); } }
new Users();`,
};

const required: Readonly<Record<string, string>> = {
  require: `const AWS = require("aws-sdk");\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
  "require of the service": `const Connect = require("aws-sdk/clients/connect");\nconst connect = new Connect();\n${CALL}.promise();`,
  "require, destructured": `const { Connect } = require("aws-sdk");\nconst connect = new Connect();\n${CALL}.promise();`,
  "require, one member": `const Connect = require("aws-sdk").Connect;\nconst connect = new Connect();\n${CALL}.promise();`,
  "require and a change of the region": `const AWS = require("aws-sdk");\nAWS.config.update({ region: "eu-west-2" });\nvar connect = new AWS.Connect();\n${CALL}.promise();`,
  "X-Ray around the SDK": `const xray = require("aws-xray-sdk");\nconst AWS = xray.captureAWS(require("aws-sdk"));\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
  "a function that requires": `const getSdk = () => { const sdk = require("aws-sdk"); sdk.config.region = "eu-west-2"; return sdk; };\nconst AWS = getSdk();\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
  "a function that requires, called in place": `function getSdk() { return require("aws-sdk"); }\nconst connect = new (getSdk().Connect)();\n${CALL}.promise();`,
  "a function that requires and may wrap": `const { captureAWS } = require("aws-xray-sdk");\nconst getSdk = () => { const sdk = require("aws-sdk"); return process.env.TRACED ? captureAWS(sdk) : sdk; };\nconst AWS = getSdk();\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
  "an async function that requires": `const getSdk = async () => require("aws-sdk");\nexports.list = async () => { const AWS = await getSdk();\nconst connect = new AWS.Connect();\nreturn ${CALL}.promise(); };`,
  "the global of a page": `AWS.config.update({ region: "eu-west-2" });\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
  "X-Ray around the client": `const AWS = require("aws-sdk");\nconst { captureAWSClient } = require("aws-xray-sdk");\nconst connect = captureAWSClient(new AWS.Connect());\n${CALL}.promise();`,
};

describe("v2", () => {
  it.each(Object.entries(spellings))("%s", (_name, code) => {
    expect(callsIn(code)).toEqual([LIST]);
  });
  it.each(Object.entries(spellings))("%s, not installed", (_name, code) => {
    expect(callsIn(code, { notInstalled: ["aws-sdk"] })).toEqual([LIST]);
  });
  it.each(Object.entries({ ...spellings, ...required }))("%s, without types", (_name, code) => {
    expect(callsIn(code, { types: false })).toEqual([LIST]);
  });
  it.each(Object.entries(required))("%s, in JavaScript with types", (_name, code) => {
    expect(callsIn(code, { main: "file.cjs" })).toEqual([LIST]);
  });
  it("import = require", () => {
    expect(
      callsIn(
        `import AWS = require("aws-sdk");\nconst connect = new AWS.Connect();\n${CALL}.promise();`,
        { main: "file.cts" },
      ),
    ).toEqual([LIST]);
  });
  it("a client in a parameter", () => {
    expect(
      callsIn(
        `import type { Connect } from "aws-sdk";\nexport const f = (connect: Connect) => ${CALL}.promise();`,
      ),
    ).toEqual(["v2 request connect.ListUsers <- ?"]);
  });
  it("the send of a request is no call of its own", () => {
    expect(
      callsIn(`import AWS from "aws-sdk";
const connect = new AWS.Connect();
const request = connect.listUsers({ InstanceId: "" });
/*target*/request.send();`),
    ).toEqual(["none"]);
  });
  it("other services", () => {
    expect(
      callsIn(`import AWS from "aws-sdk";
const s3 = new AWS.S3();
/*target*/s3.listBuckets().promise();
const participant = new AWS.ConnectParticipant();
/*target*/participant.sendEvent({ ContentType: "", ConnectionToken: "" }).promise();`),
    ).toEqual(["none", "v2 request connectparticipant.SendEvent <- default"]);
  });
});

describe("the SDK out of a function of another file", () => {
  const code = `const { getSdk } = require("./sdk.cjs");
const connect = new (getSdk().Connect)();
${CALL}.promise();
const AWS = getSdk();
const named = new AWS.Connect({ maxRetries: 5 });
${CALL.replace("connect", "named")}.promise();`;
  it.each([
    ["the SDK", `require("aws-sdk")`, [LIST, LIST.replace("default", "deliberate")]],
    ["another module", `require("connect-stub")`, ["none", "none"]],
    [
      "the SDK or another",
      `process.env.STUB ? require("connect-stub") : require("aws-sdk")`,
      ["none", "none"],
    ],
    [
      "an object",
      `({ Connect: class { listUsers() { return this; } promise() {} } })`,
      ["none", "none"],
    ],
  ])("%s", (_name, made, expected) => {
    const sdk = `exports.getSdk = () => ${made};`;
    expect(callsIn({ "file.cjs": code, "sdk.cjs": sdk }, { notInstalled: ["aws-sdk"] })).toEqual(
      expected,
    );
  });
});

describe("v2, by name alone", () => {
  const settings = { services: "aws" };
  it("tells the services from what else the SDK exports", () => {
    const names = readIndex();
    const isService = (name: string): boolean =>
      clientClassOfImport(readSettings({ "connect-resilience": settings }), {
        module: "aws-sdk",
        path: [name],
      }) !== undefined;
    expect(names.services.length).toBeGreaterThan(300);
    expect(names.others.length).toBeGreaterThan(30);
    expect(names.services.filter((name) => !isService(name))).toEqual([]);
    expect(names.others.filter(isService)).toEqual([]);
  });
  it.each([
    ["aws-sdk", ["Connect"]],
    ["aws-sdk/clients/all", ["Connect"]],
    ["aws-sdk/clients/connect", []],
    ["aws-sdk/clients/connect.js", ["default"]],
  ])("names the class of %s", (module, path) => {
    const found = clientClassOfImport(readSettings({}), { module, path });
    expect(found?.name).toBe("Connect");
  });
  it("shapes of a service's module are no clients", () => {
    expect(
      callsIn(
        `import { ItemList, DocumentClient } from "aws-sdk/clients/dynamodb";
import DynamoDB, { type KeyList } from "aws-sdk/clients/dynamodb";
const items: ItemList = [];
/*target*/items.push({});
const keys: DynamoDB.KeyList = [];
/*target*/keys.push({});
export const more = (list: KeyList) => /*target*/list.concat(keys);
const documents = new DocumentClient();
/*target*/documents.scan({ TableName: "" }).promise();`,
        { notInstalled: ["aws-sdk"], settings },
      ),
    ).toEqual(["none", "none", "none", "v2 request dynamodb.Scan <- default"]);
  });
});

/** The names that the installed SDK exports. */
function readIndex(): { readonly services: readonly string[]; readonly others: readonly string[] } {
  const require = createRequire(import.meta.url);
  const message = require("aws-sdk/lib/maintenance_mode_message") as { suppress: boolean };
  message.suppress = true;
  const index = require("aws-sdk") as Record<string, unknown>;
  const isService = (name: string): boolean =>
    (index[name] as { serviceIdentifier?: string } | undefined)?.serviceIdentifier !== undefined;
  const names = Object.keys(index);
  return { services: names.filter(isService), others: names.filter((name) => !isService(name)) };
}

const commonJs: Readonly<Record<string, string>> = {
  "require, destructured": `const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
exports.handler = async () => /*target*/client.send(new ListUsersCommand({ InstanceId: "" }));`,
  "require under a name": `const sdk = require("@aws-sdk/client-connect");
const client = new sdk.ConnectClient({});
module.exports.handler = async () => /*target*/client.send(new sdk.ListUsersCommand({ InstanceId: "" }));`,
  "require inside a function": `exports.handler = async () => {
  const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
  return /*target*/new ConnectClient({}).send(new ListUsersCommand({ InstanceId: "" }));
};`,
  "var and let": `var sdk = require("@aws-sdk/client-connect");
let client;
client = new sdk.ConnectClient();
/*target*/client.send(new sdk.ListUsersCommand({ InstanceId: "" }));`,
  "X-Ray": `const { captureAWSv3Client } = require("aws-xray-sdk");
const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = captureAWSv3Client(new ConnectClient({}));
/*target*/client.send(new ListUsersCommand({ InstanceId: "" }));`,
};

describe("v3 in CommonJS", () => {
  const expected = ["send connect.ListUsers <- default"];
  it.each(Object.entries(commonJs))("%s, with types", (_name, code) => {
    expect(callsIn(code, { main: "file.cjs" })).toEqual(expected);
  });
  it.each(Object.entries(commonJs))("%s, not installed", (_name, code) => {
    expect(callsIn(code, { main: "file.cjs", notInstalled: ["@aws-sdk/*"] })).toEqual(expected);
  });
  it.each(Object.entries(commonJs))("%s, without types", (_name, code) => {
    expect(callsIn(code, { main: "file.cjs", types: false })).toEqual(expected);
  });
  it("a client of another module", () => {
    expect(
      callsIn({
        "file.cjs": `const { ListUsersCommand } = require("@aws-sdk/client-connect");
const { client } = require("./client.cjs");
/*target*/client.send(new ListUsersCommand({ InstanceId: "" }));`,
        "client.cjs": `const { ConnectClient } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
module.exports = { client };`,
      }),
    ).toEqual(expected);
  });
  it("a client that is another module", () => {
    expect(
      callsIn({
        "file.cjs": `const { ListUsersCommand } = require("@aws-sdk/client-connect");
const client = require("./client.cjs");
/*target*/client.send(new ListUsersCommand({ InstanceId: "" }));`,
        "client.cjs": `const { ConnectClient } = require("@aws-sdk/client-connect");
module.exports = new ConnectClient({});`,
      }),
    ).toEqual(expected);
  });
  it("an export by assignment", () => {
    expect(
      callsIn({
        "file.cjs": `const { ListUsersCommand } = require("@aws-sdk/client-connect");
const { client } = require("./client.cjs");
/*target*/client.send(new ListUsersCommand({ InstanceId: "" }));`,
        "client.cjs": `const { ConnectClient } = require("@aws-sdk/client-connect");
exports.client = new ConnectClient({});`,
      }),
    ).toEqual(expected);
  });
});
