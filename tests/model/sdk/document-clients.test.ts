/** DynamoDB's document clients: other names for the operations of the service, and the retries of the client inside. */
import { describe, expect, it } from "vitest";
import type { ModelOptions } from "../../support/model.ts";
import { callsIn, type Files, filesOf, type Sources } from "./support.ts";

/** As much of the declarations of both packages as the calls below need. */
const DECLARATIONS: Files = {
  "node_modules/@aws-sdk/client-dynamodb/package.json": `{ "name": "@aws-sdk/client-dynamodb", "version": "3.900.0", "types": "index.d.ts" }`,
  "node_modules/@aws-sdk/client-dynamodb/index.d.ts": `export declare class DynamoDBClient { constructor(config?: { maxAttempts?: number }); send(command: object): Promise<object>; }
export declare class DynamoDB extends DynamoDBClient { putItem(input: object): Promise<object>; }`,
  "node_modules/@aws-sdk/lib-dynamodb/package.json": `{ "name": "@aws-sdk/lib-dynamodb", "version": "3.900.0", "types": "index.d.ts" }`,
  "node_modules/@aws-sdk/lib-dynamodb/index.d.ts": `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
export declare class DynamoDBDocumentClient { static from(client: DynamoDBClient, translation?: object): DynamoDBDocumentClient; send(command: DynamoDBDocumentClientCommand): Promise<object>; destroy(): void; }
export declare class DynamoDBDocument extends DynamoDBDocumentClient { static from(client: DynamoDBClient, translation?: object): DynamoDBDocument; put(input: object): Promise<object>; query(input: object): Promise<object>; }
declare abstract class DynamoDBDocumentClientCommand { input: object; }
export declare class PutCommand extends DynamoDBDocumentClientCommand { constructor(input: object); }
export declare class BatchWriteCommand extends DynamoDBDocumentClientCommand { constructor(input: object); }
export declare class TransactWriteCommand extends DynamoDBDocumentClientCommand { constructor(input: object); }
export declare function paginateQuery(config: { client: DynamoDBDocumentClient }, input: object): AsyncIterable<object>;`,
};

const AWS: ModelOptions = { settings: { services: "aws" } };

const modes: readonly (readonly [name: string, calls: (sources: Sources) => readonly string[]])[] =
  [
    ["declared", (sources) => callsIn({ ...filesOf(sources), ...DECLARATIONS }, AWS)],
    ["not installed", (sources) => callsIn(sources, AWS)],
  ];
const alone: (typeof modes)[number] = [
  "without types",
  (sources) => callsIn(sources, { ...AWS, types: false }),
];

const RAW = `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
const raw = new DynamoDBClient({ maxAttempts: 8 });\n`;
const LIB = `import { DynamoDBDocument, DynamoDBDocumentClient, PutCommand, BatchWriteCommand, TransactWriteCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";\n`;
const PUT = "send dynamodb.PutItem <- deliberate";

describe.each([...modes, alone])("v3, %s", (_mode, calls) => {
  it.each([
    [
      "a client",
      PUT,
      `const doc = DynamoDBDocumentClient.from(raw);\n/*target*/doc.send(new PutCommand({}));`,
    ],
    [
      "with a translation",
      PUT,
      `const doc = DynamoDBDocumentClient.from(raw, { marshallOptions: {} });\n/*target*/doc.send(new PutCommand({}));`,
    ],
    ["at once", PUT, `/*target*/DynamoDBDocumentClient.from(raw).send(new PutCommand({}));`],
    [
      "around a client as it comes",
      "send dynamodb.PutItem <- default",
      `/*target*/DynamoDBDocumentClient.from(new DynamoDBClient({})).send(new PutCommand({}));`,
    ],
    [
      "of two clients",
      "send dynamodb.PutItem <- deliberate default",
      `const doc = DynamoDBDocumentClient.from(Math.random() > 0 ? raw : new DynamoDBClient());\n/*target*/doc.send(new PutCommand({}));`,
    ],
    [
      "by a function of the file",
      PUT,
      `const wrap = (client: DynamoDBClient) => DynamoDBDocumentClient.from(client);\n/*target*/wrap(raw).send(new PutCommand({}));`,
    ],
    [
      "traced by X-Ray",
      PUT,
      `const doc = DynamoDBDocumentClient.from(captureAWSv3Client(raw));\ndeclare function captureAWSv3Client<C>(client: C): C;\n/*target*/doc.send(new PutCommand({}));`,
    ],
    [
      "a batch",
      "send dynamodb.BatchWriteItem <- deliberate",
      `/*target*/DynamoDBDocumentClient.from(raw).send(new BatchWriteCommand({}));`,
    ],
    [
      "a transaction",
      "send dynamodb.TransactWriteItems <- deliberate",
      `/*target*/DynamoDBDocumentClient.from(raw).send(new TransactWriteCommand({}));`,
    ],
    [
      "a method",
      "method dynamodb.PutItem <- deliberate",
      `const docs = DynamoDBDocument.from(raw);\n/*target*/docs.put({});`,
    ],
    [
      "a method named as in the API",
      "method dynamodb.Query <- deliberate",
      `const docs = DynamoDBDocument.from(raw);\n/*target*/docs.query({});`,
    ],
    [
      "a send of the client with methods",
      PUT,
      `const docs = DynamoDBDocument.from(raw);\n/*target*/docs.send(new PutCommand({}));`,
    ],
    [
      "pages",
      "paginator dynamodb.Query <- deliberate",
      `const doc = DynamoDBDocumentClient.from(raw);\n/*target*/paginateQuery({ client: doc }, {});`,
    ],
    [
      "a field",
      PUT,
      `class Store { doc = DynamoDBDocumentClient.from(raw); put() { return /*target*/this.doc.send(new PutCommand({})); } }\nnew Store().put();`,
    ],
    ["no operation", "none", `const docs = DynamoDBDocument.from(raw);\n/*target*/docs.destroy();`],
    [
      "a method that there is not",
      "none",
      `const docs: any = DynamoDBDocument.from(raw);\n/*target*/docs.putAll({});`,
    ],
  ])("%s", (_name, expected, code) => {
    expect(calls(RAW + LIB + code)).toEqual([expected]);
  });
});

describe.each(modes)("v3, %s", (_mode, calls) => {
  it("a client of another file", () => {
    const other = `${RAW}import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";\nexport const doc = DynamoDBDocumentClient.from(raw);`;
    const code = `import { PutCommand } from "@aws-sdk/lib-dynamodb";\nimport { doc } from "./doc.js";\n/*target*/doc.send(new PutCommand({}));`;
    expect(calls({ "file.ts": code, "doc.ts": other })).toEqual([PUT]);
  });
  it("a client in a parameter", () => {
    expect(
      calls(
        `${LIB}export const f = (doc: DynamoDBDocumentClient) => /*target*/doc.send(new PutCommand({}));`,
      ),
    ).toEqual(["send dynamodb.PutItem <- ?"]);
  });
  it("methods of a client in a parameter", () => {
    expect(
      calls(`${LIB}export const f = (docs: DynamoDBDocument) => /*target*/docs.put({});`),
    ).toEqual(["method dynamodb.PutItem <- ?"]);
  });
  it("a client by require", () => {
    const code = `const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const lib = require("@aws-sdk/lib-dynamodb");
const doc = lib.DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 8 }));
/*target*/doc.send(new lib.PutCommand({}));`;
    expect(calls({ "file.cjs": code })).toEqual([PUT]);
  });
});

const OWN = `class DynamoDBDocumentClient { static from(inner: DynamoDBClient) { return new DynamoDBDocumentClient(inner); } constructor(private inner: DynamoDBClient) {} send(item: object) { return [this.inner, item]; } }`;

it.each([
  ["of the project", `${RAW}${OWN}\n/*target*/DynamoDBDocumentClient.from(raw).send({ a: 1 });`],
  [
    "of another package",
    `${RAW}import { DynamoDBDocument } from "dynamo-documents";\n/*target*/DynamoDBDocument.from(raw).put({});`,
  ],
  ["a list of clients", `${RAW}/*target*/Array.from([raw]).at(0);`],
])("look-alikes: %s", (_name, code) => {
  expect(callsIn({ "file.ts": code, ...DECLARATIONS }, AWS)).toEqual(["none"]);
});

it.each([
  ["connect", "none"],
  [["@aws-sdk/client-s3"], "none"],
  [["@aws-sdk/client-dynamodb"], PUT],
])("services: %j", (services, expected) => {
  const code = `${RAW}${LIB}/*target*/DynamoDBDocumentClient.from(raw).send(new PutCommand({}));`;
  expect(callsIn(code, { settings: { services } })).toEqual([expected]);
  expect(callsIn({ "file.ts": code, ...DECLARATIONS }, { settings: { services } })).toEqual([
    expected,
  ]);
});

const v2 = {
  installed: AWS,
  "not installed": { ...AWS, notInstalled: ["aws-sdk"] },
  "without types": { ...AWS, types: false },
};

describe.each(Object.entries(v2))("v2, %s", (_mode, options) => {
  it.each([
    [
      "put",
      "PutItem <- default",
      `new AWS.DynamoDB.DocumentClient()`,
      `put({ TableName: "", Item: {} })`,
    ],
    [
      "batchWrite",
      "BatchWriteItem <- deliberate",
      `new AWS.DynamoDB.DocumentClient({ maxRetries: 3 })`,
      `batchWrite({ RequestItems: {} })`,
    ],
    [
      "query",
      "Query <- off",
      `new AWS.DynamoDB.DocumentClient({ maxRetries: 0 })`,
      `query({ TableName: "" })`,
    ],
    [
      "transactWrite",
      "TransactWriteItems <- default",
      `new DynamoDB.DocumentClient({ convertEmptyValues: true })`,
      `transactWrite({ TransactItems: [] })`,
    ],
    [
      "of the service's module",
      "DeleteItem <- default",
      `new DocumentClient()`,
      `delete({ TableName: "", Key: {} })`,
    ],
    [
      "around a client",
      "GetItem <- deliberate",
      `new DocumentClient({ service: new DynamoDB({ maxRetries: 8 }) })`,
      `get({ TableName: "", Key: {} })`,
    ],
    [
      "around a client that is not seen",
      "GetItem <- ?",
      `new DocumentClient({ service: given })`,
      `get({ TableName: "", Key: {} })`,
    ],
  ])("%s", (_name, expected, made, call) => {
    const code = `import AWS from "aws-sdk";
import DynamoDB, { DocumentClient } from "aws-sdk/clients/dynamodb";
declare const given: DynamoDB;
const documents = ${made};
/*target*/documents.${call}.promise();`;
    expect(callsIn(code, options)).toEqual([`v2 request dynamodb.${expected}`]);
  });
  it("what makes a value is no operation", () => {
    const code = `import AWS from "aws-sdk";
const documents = new AWS.DynamoDB.DocumentClient();
/*target*/documents.createSet(["a"]);`;
    expect(callsIn(code, options)).toEqual(["none"]);
  });
});
