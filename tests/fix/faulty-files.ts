/** Files full of faults: texts for the tests of one `--fix` run. Each compiles. */

export const FAULTY_FILES: Readonly<
  Record<string, { readonly code: string; readonly filename: string }>
> = {
  everything: {
    filename: "src/file.ts",
    code: `import { randomUUID } from "node:crypto";
import { Connect } from "aws-sdk";
import {
  BatchPutContactCommand,
  type BatchPutContactRequest,
  ConnectClient,
  DescribeUserCommand,
  ListUsersCommand,
  StartOutboundVoiceContactCommand,
  StartTaskContactCommand,
} from "@aws-sdk/client-connect";
import { ConfiguredRetryStrategy } from "@smithy/util-retry";

const client = new ConnectClient({});
const campaigns = new ConnectClient({ maxAttempts: 10, retryStrategy: new ConfiguredRetryStrategy(6, 1100) });
const legacy = new Connect();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function list(id: string) {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
      await sleep(1000);
    }
  }
}

export async function listBounded(id: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await campaigns.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 5) throw error;
      await sleep((2 ^ attempt) * 1000);
    }
  }
}

export async function listSilently(id: string) {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      console.error(error);
      await sleep(500 * 2 ** attempt);
    }
  }
}

export async function call(InstanceId: string, ContactFlowId: string, phone: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(
        new StartOutboundVoiceContactCommand({
          InstanceId,
          ContactFlowId,
          DestinationPhoneNumber: phone,
        }),
      );
    } catch (error) {
      if (attempt >= 5) throw error;
    }
  }
}

export async function remind(InstanceId: string, Name: string) {
  for (let attempt = 1; attempt < 4; attempt++) {
    try {
      return await client.send(new StartTaskContactCommand({ InstanceId, Name, ClientToken: randomUUID() }));
    } catch (error: any) {
      if (error.code !== "ThrottlingException") throw error;
      await sleep(1000);
    }
  }
  throw new Error("No task");
}

export async function describeAll(InstanceId: string, ids: string[]) {
  return await Promise.all(
    ids.map((UserId) => client.send(new DescribeUserCommand({ InstanceId, UserId }))),
  );
}

export async function put(request: BatchPutContactRequest) {
  const { SuccessfulRequestList } = await client.send(new BatchPutContactCommand(request));
  return SuccessfulRequestList?.length;
}

export async function stop(InstanceId: string, ContactId: string) {
  await legacy.stopContact({ InstanceId, ContactId });
}

interface RulesEvent {
  "detail-type": "Amazon Connect Rules Action Execution Failed";
  detail: { ruleId: string; actionType: string; additionalInfo: any };
}

export function handler(event: RulesEvent) {
  if (event.detail.additionalInfo.retryable) console.log("again", event.detail.ruleId);
}

export const pattern = {
  source: ["aws.connect"],
  "detail-type": ["Contact Lens Rules Action Execution Failed"],
};
`,
  },
  calls: {
    filename: "src/file.ts",
    code: `import { type ConnectClient, DescribeContactCommand, ListUsersCommand } from "@aws-sdk/client-connect";
import type { BackoffOptions } from "eslint-plugin-connect-resilience/backoff";

export type Options = BackoffOptions;

export class Directory {
  public constructor(private readonly client: ConnectClient, private readonly instanceId: string) {}

  public async users() {
    const { UserSummaryList } = await this.client.send(new ListUsersCommand({ InstanceId: this.instanceId }));
    return UserSummaryList ?? [];
  }

  public async contact(id: string) {
    return await this.client.send(
      new DescribeContactCommand({ InstanceId: this.instanceId, ContactId: id }), { requestTimeout: 2000 },
    );
  }

  public async first(): Promise<string | undefined> {
    return (await this.client.send(new ListUsersCommand({ InstanceId: this.instanceId })))
      .UserSummaryList?.at(0)?.Id;
  }
}
`,
  },
  unsorted: {
    filename: "src/file.ts",
    code: `import {ListUsersCommand, ConnectClient} from '@aws-sdk/client-connect'
import process from 'node:process'
import {setTimeout as sleep} from 'node:timers/promises'

const client = new ConnectClient({region: process.env['AWS_REGION'] ?? 'eu-central-1'})

export async function wait(id: string) {
  let tries = 0
  while (tries < 5) {
    try {
      return await client.send(new ListUsersCommand({InstanceId: id}))
    } catch (err) {
      tries++
      if (tries >= 5) throw err
      await sleep(1000)
    }
  }
  throw new Error('never')
}
`,
  },
  namespace: {
    filename: "src/file.ts",
    code: `import * as connect from "@aws-sdk/client-connect";
import * as backoff from "eslint-plugin-connect-resilience/backoff";

export const pace = backoff.createPacer({ ratePerSecond: 2 });
export const client = new connect.ConnectClient({});
export async function all(InstanceId: string, ids: readonly string[]) {
  await pace();
  return await Promise.all(ids.map(async (UserId) => await client.send(new connect.DescribeUserCommand({ InstanceId, UserId }))));
}
`,
  },
  commonJs: {
    filename: "src/file.cjs",
    code: `'use strict'
const { ConnectClient, ListUsersCommand } = require('@aws-sdk/client-connect')

const client = new ConnectClient()

exports.list = async id => {
  for (let i = 0; i < 5; i++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }))
    } catch (error) {
      if (i === 4) throw error
      await new Promise(resolve => setTimeout(resolve, 1000))
    }
  }
}
`,
  },
};
