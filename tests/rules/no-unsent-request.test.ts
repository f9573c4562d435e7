import { rule } from "../../src/rules/no-unsent-request.ts";
import { ruleTester } from "../support/rule-tester.ts";

const V2 = `import { Connect } from "aws-sdk";
const connect = new Connect();
const params = { InstanceId: "i", ContactId: "c" };`;
const ERROR = {
  messageId: "unsentRequest" as const,
  data: { operation: "StopContact" },
};
const JS = { filename: "src/file.js", parser: "espree" as const };

ruleTester.run("no-unsent-request", rule, {
  valid: [
    {
      name: "awaited promise",
      code: `${V2}
export const f = async () => { await connect.stopContact(params).promise(); };`,
    },
    {
      name: "returned promise",
      code: `${V2}
export const f = () => connect.stopContact(params).promise();`,
    },
    {
      name: "callback",
      code: `${V2}
connect.stopContact(params, (error) => { if (error) throw error; });`,
    },
    {
      name: "callback alone",
      code: `${V2}
connect.listInstances((error, data) => { console.log(error, data); });`,
    },
    {
      name: "callback in a variable",
      code: `${V2}
const done = (error: unknown) => { console.log(error); };
connect.listInstances(done);`,
    },
    {
      name: "send after on",
      code: `${V2}
connect.stopContact(params).on("success", () => undefined).send();`,
    },
    {
      name: "stored and sent later",
      code: `${V2}
const request = connect.stopContact(params);
request.on("error", () => undefined);
request.send();`,
    },
    {
      name: "pages",
      code: `${V2}
connect.listUsers({ InstanceId: "i" }).eachPage(() => true);`,
    },
    {
      name: "stream",
      code: `${V2}
export const stream = connect.describeUser({ InstanceId: "i", UserId: "u" }).createReadStream();`,
    },
    {
      name: "passed on",
      code: `${V2}
declare function run(request: unknown): Promise<void>;
export const f = () => run(connect.stopContact(params));`,
    },
    {
      name: "returned to callers that cannot be seen",
      code: `${V2}
export const makeRequest = () => connect.stopContact(params);`,
    },
    {
      name: "returned to a caller that sends",
      code: `${V2}
const makeRequest = () => connect.stopContact(params);
export const f = () => makeRequest().promise();`,
    },
    {
      name: "sent in another file",
      code: `${V2}
export function makeRequest() { return connect.stopContact(params); }`,
      files: {
        "src/other.ts": `import { makeRequest } from "./file.js";
export const f = () => makeRequest().promise();`,
      },
    },
    {
      name: "stored in a collection",
      code: `${V2}
const requests = [connect.stopContact(params)];
export const f = () => Promise.all(requests.map((request) => request.promise()));`,
    },
    {
      name: "kept in a property",
      code: `${V2}
export class Stopper {
  request = connect.stopContact(params);
  run() { return this.request.promise(); }
}`,
    },
    {
      name: "exported",
      code: `${V2}
export const request = connect.stopContact(params);`,
    },
    {
      name: "method taken by name",
      code: `${V2}
export const f = (name: "promise" | "send") => connect.stopContact(params)[name]();`,
    },
    {
      name: "method taken without a call",
      code: `${V2}
const request = connect.stopContact(params);
export const run = request.promise.bind(request);`,
    },
    {
      name: "v3, whose calls send",
      code: `import { Connect } from "@aws-sdk/client-connect";
const connect = new Connect({});
export const f = async () => { await connect.stopContact({ InstanceId: "i", ContactId: "c" }); };`,
    },
    {
      name: "a class of the project",
      code: `class Connect { stopContact(id: string) { return id; } }
const connect = new Connect();
connect.stopContact("aws-sdk");`,
    },
    {
      name: "another service",
      code: `import { S3 } from "aws-sdk";
new S3().listBuckets();`,
    },
    {
      name: "promise chosen later",
      code: `${V2}
export const f = async (isDry: boolean) => {
  const request = isDry ? undefined : connect.stopContact(params);
  await request?.promise();
};`,
    },
    {
      name: "JavaScript without types",
      ...JS,
      code: `const AWS = require("aws-sdk");
const connect = new AWS.Connect();
exports.handler = async (event) => connect.stopContact(event).promise();`,
    },
    {
      name: "JavaScript, a callback by its name",
      ...JS,
      code: `const AWS = require("aws-sdk");
const connect = new AWS.Connect();
exports.list = (callback) => { connect.listInstances(callback); };`,
    },
  ],
  invalid: [
    {
      name: "awaited directly",
      code: `${V2}
export const f = async () => { await connect.stopContact(params); };`,
      errors: [ERROR],
      output: `${V2}
export const f = async () => { await connect.stopContact(params).promise(); };`,
    },
    {
      name: "awaited with a type around it",
      code: `${V2}
export const f = async () => { await (connect.stopContact(params) as any); };`,
      errors: [ERROR],
      output: `${V2}
export const f = async () => { await (connect.stopContact(params).promise() as any); };`,
    },
    {
      name: "a statement in an async function",
      code: `${V2}
export async function f() {
  connect.stopContact(params);
}`,
      errors: [ERROR],
      output: `${V2}
export async function f() {
  await connect.stopContact(params).promise();
}`,
    },
    {
      name: "a statement in a function that is not async",
      code: `${V2}
export function f() {
  connect.stopContact(params);
}`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export function f() {
  connect.stopContact(params).promise();
}`,
            },
          ],
        },
      ],
    },
    {
      name: "void",
      code: `${V2}
export const f = async () => { void connect.stopContact(params); };`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export const f = async () => { void connect.stopContact(params).promise(); };`,
            },
          ],
        },
      ],
    },
    {
      name: "listeners alone",
      code: `${V2}
connect.stopContact(params).on("success", () => undefined);`,
      errors: [
        {
          messageId: "unsentListeners",
          data: { operation: "StopContact" },
          suggestions: [
            {
              messageId: "send",
              output: `${V2}
connect.stopContact(params).on("success", () => undefined).send();`,
            },
          ],
        },
      ],
    },
    {
      name: "a statement that is type-cast",
      code: `${V2}
export async function f() {
  connect.stopContact(params) as unknown;
}`,
      errors: [ERROR],
    },
    {
      name: "listeners in a chain that goes on",
      code: `${V2}
export const f = () => { void connect.stopContact(params).on("success", () => undefined); };`,
      errors: [{ messageId: "unsentListeners", data: { operation: "StopContact" } }],
    },
    {
      name: "stored, with listeners",
      code: `${V2}
const request = connect.stopContact(params);
request.on("success", () => undefined);
request.on("error", () => undefined);`,
      errors: [
        {
          messageId: "unsentListeners",
          data: { operation: "StopContact" },
          suggestions: [
            {
              messageId: "send",
              output: `${V2}
const request = connect.stopContact(params);
request.on("success", () => undefined);
request.on("error", () => undefined).send();`,
            },
          ],
        },
      ],
    },
    {
      name: "stored and logged",
      code: `${V2}
export function f() {
  const request = connect.stopContact(params);
  console.log(request);
}`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export function f() {
  const request = connect.stopContact(params).promise();
  console.log(request);
}`,
            },
          ],
        },
      ],
    },
    {
      name: "returned to a caller that only awaits",
      code: `${V2}
const stop = () => connect.stopContact(params);
export const f = async () => { await stop(); };`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
const stop = () => connect.stopContact(params).promise();
export const f = async () => { await stop(); };`,
            },
          ],
        },
      ],
    },
    {
      name: "a static block, in which nothing can be awaited, of an async function",
      code: `${V2}
export async function make() { return class A { static { connect.stopContact(params); } }; }`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export async function make() { return class A { static { connect.stopContact(params).promise(); } }; }`,
            },
          ],
        },
      ],
    },
    {
      name: "awaited in another file",
      code: `${V2}
export function stop() { return connect.stopContact(params); }`,
      files: {
        "src/other.ts": `import { stop } from "./file.js";
export const f = async () => { await stop(); };`,
      },
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export function stop() { return connect.stopContact(params).promise(); }`,
            },
          ],
        },
      ],
    },
    {
      name: "the client in another file",
      code: `import { connect } from "./client.js";
export const f = async () => { await connect.stopContact({ InstanceId: "i", ContactId: "c" }); };`,
      files: {
        "src/client.ts": `import AWS from "aws-sdk";
export const connect = new AWS.Connect();`,
      },
      compilerOptions: { esModuleInterop: true },
      errors: [ERROR],
      output: `import { connect } from "./client.js";
export const f = async () => { await connect.stopContact({ InstanceId: "i", ContactId: "c" }).promise(); };`,
    },
    {
      name: "a member of the result that was never fetched",
      ...JS,
      code: `const Connect = require("aws-sdk/clients/connect");
const connect = new Connect();
exports.handler = async (event) => {
  const { User } = await connect.describeUser({ InstanceId: "i", UserId: event.id });
  return User;
};`,
      errors: [{ messageId: "unsentRequest", data: { operation: "DescribeUser" } }],
      output: `const Connect = require("aws-sdk/clients/connect");
const connect = new Connect();
exports.handler = async (event) => {
  const { User } = await connect.describeUser({ InstanceId: "i", UserId: event.id }).promise();
  return User;
};`,
    },
    {
      name: "then on a request",
      ...JS,
      code: `const AWS = require("aws-sdk");
const connect = new AWS.Connect();
exports.list = () => connect.listInstances().then((data) => data.InstanceSummaryList);`,
      errors: [{ messageId: "unsentRequest", data: { operation: "ListInstances" } }],
      output: `const AWS = require("aws-sdk");
const connect = new AWS.Connect();
exports.list = () => connect.listInstances().promise().then((data) => data.InstanceSummaryList);`,
    },
    {
      name: "all of them awaited",
      code: `${V2}
export const f = async (ids: string[]) => {
  await Promise.all(ids.map((ContactId) => connect.stopContact({ InstanceId: "i", ContactId })));
};`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export const f = async (ids: string[]) => {
  await Promise.all(ids.map((ContactId) => connect.stopContact({ InstanceId: "i", ContactId }).promise()));
};`,
            },
          ],
        },
      ],
    },
    {
      name: "one for each",
      code: `${V2}
export const f = (ids: string[]) => {
  ids.forEach((ContactId) => connect.stopContact({ InstanceId: "i", ContactId }));
};`,
      errors: [
        {
          ...ERROR,
          suggestions: [
            {
              messageId: "promise",
              output: `${V2}
export const f = (ids: string[]) => {
  ids.forEach((ContactId) => connect.stopContact({ InstanceId: "i", ContactId }).promise());
};`,
            },
          ],
        },
      ],
    },
    {
      name: "every AWS service, if the settings say so",
      code: `import { S3 } from "aws-sdk";
new S3().listBuckets();`,
      settings: { services: "aws" },
      errors: [
        {
          messageId: "unsentRequest",
          data: { operation: "ListBuckets" },
          suggestions: [
            {
              messageId: "promise",
              output: `import { S3 } from "aws-sdk";
new S3().listBuckets().promise();`,
            },
          ],
        },
      ],
    },
  ],
});
