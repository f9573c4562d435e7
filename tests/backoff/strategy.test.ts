import {
  ConnectClient,
  DescribeUserCommand,
  paginateListUsers,
  StartOutboundVoiceContactCommand,
  ThrottlingException,
} from "@aws-sdk/client-connect";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backoffStrategy, type BackoffStrategyOptions } from "../../src/backoff/index.ts";
import { type Fault, type Lab, startLab } from "../support/lab/connect-server.ts";

const throttled: Fault = { kind: "error", name: "ThrottlingException", status: 429 };
const repeat = (fault: Fault, times: number): Fault[] => Array.from({ length: times }, () => fault);
const describeUser = (): DescribeUserCommand =>
  new DescribeUserCommand({ InstanceId: "i", UserId: "u" });

let lab: Lab;
const clients: ConnectClient[] = [];
/** Waits are a hundred times as short as the strategy takes them to be. */
const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms / 100));

function clientWith(options: BackoffStrategyOptions = {}): ConnectClient {
  const client = new ConnectClient({ ...lab.config, retryStrategy: backoffStrategy(options) });
  clients.push(client);
  return client;
}

beforeEach(async () => {
  lab = await startLab();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await lab.close();
});

describe("backoffStrategy", () => {
  const quick = { baseDelayMs: 1, maxDelayMs: 5 };

  it("is the one retry layer of the client", async () => {
    lab.script("DescribeUser", ...repeat(throttled, 20));
    const sending = clientWith({ ...quick, maxAttempts: 4 }).send(describeUser());
    const error: unknown = await sending.catch((last: unknown) => last);
    expect(error).toBeInstanceOf(ThrottlingException);
    expect(error).toMatchObject({ $metadata: { attempts: 4 } });
    expect(lab.requests).toHaveLength(4);
    expect(new Set(lab.requests.map((request) => request.invocationId)).size).toBe(1);
  });

  it("keeps one token over all attempts", async () => {
    lab.script("StartOutboundVoiceContact", ...repeat({ kind: "drop" }, 3));
    const command = new StartOutboundVoiceContactCommand({
      InstanceId: "i",
      ContactFlowId: "f",
      DestinationPhoneNumber: "+15550100",
    });
    await clientWith(quick).send(command);
    expect(lab.requests).toHaveLength(4);
    expect(lab.contacts).toHaveLength(1);
  });

  it.each([
    ["LimitExceededException", 429],
    ["InvalidParameterException", 400],
  ])("does not retry %s", async (name, status) => {
    lab.script("DescribeUser", { kind: "error", name, status });
    await expect(clientWith(quick).send(describeUser())).rejects.toMatchObject({ name });
    expect(lab.requests).toHaveLength(1);
  });

  it("retries ResourceNotReadyException", async () => {
    lab.script("DescribeUser", { kind: "error", name: "ResourceNotReadyException", status: 409 });
    await clientWith(quick).send(describeUser());
    expect(lab.requests).toHaveLength(2);
  });

  it("honours retry-after, and gives up if that is after the deadline", async () => {
    const headers = { "retry-after": "30" };
    lab.script("DescribeUser", { ...throttled, headers }, { ...throttled, headers });
    const delays: number[] = [];
    const onRetry = ({ delayMs }: { delayMs: number }): number => delays.push(delayMs);
    await expect(
      clientWith({ onRetry, maxElapsedMs: 20_000 }).send(describeUser()),
    ).rejects.toBeInstanceOf(ThrottlingException);
    expect(lab.requests).toHaveLength(1);
    await clientWith({ onRetry, sleep }).send(describeUser());
    expect(delays).toHaveLength(1);
    expect(delays[0]).toBeGreaterThan(29_000);
  });

  it("is aborted during a wait", async () => {
    lab.script("DescribeUser", throttled);
    const controller = new AbortController();
    const client = clientWith({
      random: () => 0.9,
      baseDelayMs: 10_000,
      onRetry: () => setTimeout(() => controller.abort()),
    });
    const sending = client.send(describeUser(), { abortSignal: controller.signal });
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
    expect(lab.requests).toHaveLength(1);
  });

  it("serves every page of a paginator", async () => {
    await lab.close();
    lab = await startLab({
      answers: {
        ListUsers: ({ query }) => {
          const page = Number(query.get("nextToken") ?? 0);
          return {
            UserSummaryList: [{ Id: `user ${page}` }],
            ...(page < 3 && { NextToken: `${page + 1}` }),
          };
        },
      },
    });
    lab.script("ListUsers", ...repeat(throttled, 2));
    const ids: (string | undefined)[] = [];
    const pages = paginateListUsers(
      { client: clientWith({ ...quick, sleep }) },
      { InstanceId: "i" },
    );
    for await (const page of pages) {
      ids.push(...(page.UserSummaryList ?? []).map((user) => user.Id));
    }
    expect(ids).toEqual(["user 0", "user 1", "user 2", "user 3"]);
    expect(lab.requests).toHaveLength(6);
  });

  it("paces a burst on one client so that all of it succeeds", async () => {
    await lab.close();
    lab = await startLab({ rate: 40, burst: 5 });
    const client = clientWith({ baseDelayMs: 100 });
    await Promise.all(Array.from({ length: 20 }, () => client.send(describeUser())));
    expect(lab.requests.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(lab.requests.length).toBeLessThanOrEqual(40);
  });

  it("does not hold back a burst that the service can take", async () => {
    const waits: number[] = [];
    const client = clientWith({
      sleep: (ms) => {
        waits.push(ms);
        return sleep(ms);
      },
    });
    await Promise.all(Array.from({ length: 50 }, () => client.send(describeUser())));
    expect(lab.requests).toHaveLength(50);
    waits.length = 0;
    await Promise.all(Array.from({ length: 50 }, () => client.send(describeUser())));
    expect(waits).toEqual([]);
  });
});
