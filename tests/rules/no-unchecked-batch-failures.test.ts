import { rule } from "../../src/rules/no-unchecked-batch-failures.ts";
import { ruleTester } from "../support/rule-tester.ts";

const V3 = `import { BatchPutContactCommand, ConnectClient } from "@aws-sdk/client-connect";
declare const client: ConnectClient;
declare const command: BatchPutContactCommand;`;
const DATA = { operation: "BatchPutContact", member: "FailedRequestList" };
const SUGGESTION = { messageId: "checkFailures" as const, data: { member: "FailedRequestList" } };
const JS = { filename: "src/file.js", parser: "espree" as const };

ruleTester.run("no-unchecked-batch-failures", rule, {
  valid: [
    {
      name: "the list is read",
      code: `${V3}
export const f = async () => {
  const result = await client.send(command);
  return result.FailedRequestList?.length;
};`,
    },
    {
      name: "the list is taken out",
      code: `${V3}
export const f = async () => {
  const { FailedRequestList: failed = [] } = await client.send(command);
  if (failed.length > 0) throw new Error("failed");
};`,
    },
    {
      name: "read in then",
      code: `${V3}
export const f = () => client.send(command).then((result) => { if (result.FailedRequestList?.length) throw new Error("failed"); });`,
    },
    {
      name: "read by a caller",
      code: `${V3}
const put = () => client.send(command);
export const f = async () => (await put()).FailedRequestList ?? [];`,
    },
    {
      name: "read by a caller in another file",
      code: `${V3}
export const put = async () => { const result = await client.send(command); return result; };`,
      files: {
        "src/other.ts": `import { put } from "./file.js";
export const f = async () => (await put()).FailedRequestList ?? [];`,
      },
    },
    {
      name: "returned to callers that cannot be seen",
      code: `${V3}
export const put = () => client.send(command);`,
    },
    {
      name: "passed on",
      code: `${V3}
declare function check(result: unknown): void;
export const f = async () => { check(await client.send(command)); };`,
    },
    {
      name: "spread",
      code: `${V3}
export const f = async () => ({ ...(await client.send(command)) });`,
    },
    {
      name: "the rest is kept",
      code: `${V3}
export const f = async () => {
  const { SuccessfulRequestList, ...rest } = await client.send(command);
  return [SuccessfulRequestList, rest];
};`,
    },
    {
      name: "computed member",
      code: `${V3}
export const f = async (key: "FailedRequestList" | "SuccessfulRequestList") => (await client.send(command))[key];`,
    },
    {
      name: "in a wrapper that may look at it",
      code: `${V3}
declare function retry<T>(fn: () => Promise<T>): Promise<T>;
export const f = async () => { await retry(() => client.send(command)); };`,
    },
    {
      name: "callback that reads it",
      code: `${V3}
client.send(command, (error: unknown, data) => { if (error || data?.FailedRequestList?.length) throw error; });`,
    },
    {
      name: "an operation without such a list",
      code: `import { type ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
export const f = async (client: ConnectClient) => { await client.send(new ListUsersCommand({ InstanceId: "i" })); };`,
    },
    {
      name: "a list that reports no throttling",
      code: `import { BatchAssociateAnalyticsDataSetCommand, type ConnectClient } from "@aws-sdk/client-connect";
export const f = async (client: ConnectClient) => { await client.send(new BatchAssociateAnalyticsDataSetCommand({ InstanceId: "i", DataSetIds: [] })); };`,
    },
    {
      name: "collected results",
      code: `${V3}
export const f = async () => {
  const results = await Promise.all([1, 2].map(() => client.send(command)));
  return results.flatMap((result) => result.FailedRequestList ?? []);
};`,
    },
    {
      name: "a v2 request that is not sent is another fault",
      code: `import { ConnectCampaigns } from "aws-sdk";
new ConnectCampaigns().putDialRequestBatch({ id: "c", dialRequests: [] });`,
    },
    {
      name: "JavaScript without types",
      ...JS,
      code: `const { ConnectClient, BatchPutContactCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
exports.put = async (input) => {
  const result = await client.send(new BatchPutContactCommand(input));
  if (result.FailedRequestList.length) throw new Error("failed");
};`,
    },
    {
      name: "asked whether it is there",
      code: `${V3}
export const f = async () => {
  const result = await client.send(command);
  return "FailedRequestList" in result;
};`,
    },
  ],
  invalid: [
    {
      name: "the result is dropped",
      code: `${V3}
export async function f() {
  await client.send(command);
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: DATA,
          line: 5,
          suggestions: [
            {
              ...SUGGESTION,
              output: `${V3}
export async function f() {
  const result = await client.send(command);
  if (result.FailedRequestList?.length) {
    throw new Error(\`BatchPutContact: \${result.FailedRequestList.length} items failed\`);
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "the result is dropped behind a handler, where no edit fits",
      code: `${V3}
export async function f() {
  await client.send(command).finally(() => console.log("sent"));
}
export async function g() {
  await client.send(command).catch((error: unknown) => console.error(error));
}`,
      errors: [
        { messageId: "uncheckedThrottling", line: 5, data: DATA },
        { messageId: "uncheckedThrottling", line: 8, data: DATA },
      ],
    },
    {
      name: "only successes are read",
      code: `${V3}
export async function f() {
  const result = await client.send(command);
  return result.SuccessfulRequestList;
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: DATA,
          suggestions: [
            {
              ...SUGGESTION,
              output: `${V3}
export async function f() {
  const result = await client.send(command);
  if (result.FailedRequestList?.length) {
    throw new Error(\`BatchPutContact: \${result.FailedRequestList.length} items failed\`);
  }
  return result.SuccessfulRequestList;
}`,
            },
          ],
        },
      ],
    },
    {
      name: "only successes are taken out",
      code: `${V3}
export async function f(failures: number) {
  const { SuccessfulRequestList } = await client.send(command);
  return [SuccessfulRequestList, failures];
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: DATA,
          suggestions: [
            {
              ...SUGGESTION,
              output: `${V3}
export async function f(failures: number) {
  const { SuccessfulRequestList, FailedRequestList: failures2 } = await client.send(command);
  if (failures2?.length) {
    throw new Error(\`BatchPutContact: \${failures2.length} items failed\`);
  }
  return [SuccessfulRequestList, failures];
}`,
            },
          ],
        },
      ],
    },
    {
      name: "the result is only logged",
      code: `${V3}
export async function f() {
  const result = await client.send(command)
  console.log(result)
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: DATA,
          suggestions: [
            {
              ...SUGGESTION,
              output: `${V3}
export async function f() {
  const result = await client.send(command)
  if (result.FailedRequestList?.length) {
    throw new Error(\`BatchPutContact: \${result.FailedRequestList.length} items failed\`);
  }
  console.log(result)
}`,
            },
          ],
        },
      ],
    },
    {
      name: "returned to a caller that drops it",
      code: `${V3}
const put = () => client.send(command);
export const f = async () => { await put(); };`,
      errors: [{ messageId: "uncheckedThrottling", data: DATA }],
    },
    {
      name: "returned to a caller in another file that reads successes",
      code: `${V3}
export async function put() {
  return client.send(command);
}`,
      files: {
        "src/other.ts": `import { put } from "./file.js";
export const f = async () => (await put()).SuccessfulRequestList;`,
      },
      errors: [{ messageId: "uncheckedThrottling", data: DATA }],
    },
    {
      name: "then without a look at it",
      code: `${V3}
export function f() {
  client.send(command).then(() => undefined).catch(() => undefined);
}`,
      errors: [{ messageId: "uncheckedThrottling", data: DATA }],
    },
    {
      name: "a callback that looks at the error alone",
      code: `${V3}
client.send(command, (error: unknown) => { if (error) throw error; });`,
      errors: [{ messageId: "uncheckedThrottling", data: DATA }],
    },
    {
      name: "all of them awaited",
      code: `${V3}
export const f = async () => { await Promise.all([1, 2].map(() => client.send(command))); };`,
      errors: [{ messageId: "uncheckedThrottling", data: DATA }],
    },
    {
      name: "one line, no room",
      code: `${V3}
export const f = async (isOn: boolean) => { if (isOn) await client.send(command); };`,
      errors: [{ messageId: "uncheckedThrottling", data: DATA }],
    },
    {
      name: "the aggregated client",
      code: `import { ConnectCampaignsV2 } from "@aws-sdk/client-connectcampaignsv2";
const campaigns = new ConnectCampaignsV2({});
export async function f() {
  await campaigns.putOutboundRequestBatch({ id: "c", outboundRequests: [] });
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: { operation: "PutOutboundRequestBatch", member: "failedRequests" },
          suggestions: [
            {
              messageId: "checkFailures",
              data: { member: "failedRequests" },
              output: `import { ConnectCampaignsV2 } from "@aws-sdk/client-connectcampaignsv2";
const campaigns = new ConnectCampaignsV2({});
export async function f() {
  const result = await campaigns.putOutboundRequestBatch({ id: "c", outboundRequests: [] });
  if (result.failedRequests?.length) {
    throw new Error(\`PutOutboundRequestBatch: \${result.failedRequests.length} items failed\`);
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "the helper retries the request, not its items",
      code: `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${V3}
export async function f() {
  await sendWithBackoff(client, command);
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: DATA,
          suggestions: [
            {
              ...SUGGESTION,
              output: `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
${V3}
export async function f() {
  const result = await sendWithBackoff(client, command);
  if (result.FailedRequestList?.length) {
    throw new Error(\`BatchPutContact: \${result.FailedRequestList.length} items failed\`);
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "v2",
      code: `import { ConnectCampaigns } from "aws-sdk";
const campaigns = new ConnectCampaigns();
export async function f() {
  await campaigns.putDialRequestBatch({ id: "c", dialRequests: [] }).promise();
}`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: { operation: "PutDialRequestBatch", member: "failedRequests" },
          suggestions: [
            {
              messageId: "checkFailures",
              data: { member: "failedRequests" },
              output: `import { ConnectCampaigns } from "aws-sdk";
const campaigns = new ConnectCampaigns();
export async function f() {
  const result = await campaigns.putDialRequestBatch({ id: "c", dialRequests: [] }).promise();
  if (result.failedRequests?.length) {
    throw new Error(\`PutDialRequestBatch: \${result.failedRequests.length} items failed\`);
  }
}`,
            },
          ],
        },
      ],
    },
    {
      name: "JavaScript without types",
      sdkSince: "3.1100",
      ...JS,
      code: `const { ConnectClient, BatchPutContactCommand } = require('@aws-sdk/client-connect');
const client = new ConnectClient({});
exports.put = async (input) => {
\tconst { SuccessfulRequestList: done } = await client.send(new BatchPutContactCommand(input));
\tconsole.log(done);
};`,
      errors: [
        {
          messageId: "uncheckedThrottling",
          data: DATA,
          suggestions: [
            {
              ...SUGGESTION,
              output: `const { ConnectClient, BatchPutContactCommand } = require('@aws-sdk/client-connect');
const client = new ConnectClient({});
exports.put = async (input) => {
\tconst { SuccessfulRequestList: done, FailedRequestList: failures } = await client.send(new BatchPutContactCommand(input));
\tif (failures?.length) {
\t\tthrow new Error(\`BatchPutContact: \${failures.length} items failed\`);
\t}
\tconsole.log(done);
};`,
            },
          ],
        },
      ],
    },
    {
      name: "every failure list, if asked for",
      code: `import { BatchAssociateAnalyticsDataSetCommand, type ConnectClient } from "@aws-sdk/client-connect";
export const f = (client: ConnectClient) => { void client.send(new BatchAssociateAnalyticsDataSetCommand({ InstanceId: "i", DataSetIds: [] })); };`,
      options: [{ lists: "all" }],
      errors: [
        {
          messageId: "uncheckedFailures",
          data: { operation: "BatchAssociateAnalyticsDataSet", member: "Errors" },
        },
      ],
    },
  ],
});
