import {
  ConnectClient,
  CreateTrafficDistributionGroupCommand,
  CreateUserCommand,
  CreateViewCommand,
  DescribeUserCommand,
  type DescribeUserCommandOutput,
  LimitExceededException,
  StartOutboundVoiceContactCommand,
  type StartOutboundVoiceContactCommandOutput,
  ThrottlingException,
} from "@aws-sdk/client-connect";
import AWS from "aws-sdk";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import {
  isRetryable,
  type RetryEvent,
  sendWithBackoff,
  withBackoff,
} from "../../src/backoff/index.ts";
import { type Fault, type Lab, startLab } from "../support/lab/connect-server.ts";

const error = (name: string, status: number, headers: Record<string, string> = {}): Fault => ({
  kind: "error",
  name,
  status,
  headers,
});
const throttled = error("ThrottlingException", 429);
const broken = error("InternalServiceException", 500);
const repeat = (fault: Fault, times: number): Fault[] => Array.from({ length: times }, () => fault);

const describeUser = (): DescribeUserCommand =>
  new DescribeUserCommand({ InstanceId: "i", UserId: "u" });
const call = (): StartOutboundVoiceContactCommand =>
  new StartOutboundVoiceContactCommand({
    InstanceId: "i",
    ContactFlowId: "f",
    DestinationPhoneNumber: "+15550100",
  });

let lab: Lab;
/** An SDK client that makes one attempt. */
let client: ConnectClient;
let slept: number[];
const sleep = (ms: number): Promise<void> => {
  slept.push(ms);
  return Promise.resolve();
};
const options = { sleep, random: () => 0.5 };

beforeEach(async () => {
  slept = [];
  lab = await startLab();
  client = new ConnectClient({ ...lab.config, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await lab.close();
});

describe("budget", () => {
  it("makes 8 attempts by default, with growing waits", async () => {
    lab.script("DescribeUser", ...repeat(throttled, 20));
    await expect(sendWithBackoff(client, describeUser(), options)).rejects.toBeInstanceOf(
      ThrottlingException,
    );
    expect(lab.requests).toHaveLength(8);
    expect(slept).toEqual([500, 4000, 10_000, 10_000, 10_000, 10_000, 10_000]);
  });

  it("counts the attempts of the SDK itself", async () => {
    const retrying = new ConnectClient({ ...lab.config, maxAttempts: 3 });
    lab.script("DescribeUser", ...repeat(broken, 20));
    const events: RetryEvent[] = [];
    const sending = sendWithBackoff(retrying, describeUser(), {
      ...options,
      onRetry: (event) => events.push(event),
    });
    await expect(sending).rejects.toMatchObject({ $metadata: { attempts: 3 } });
    expect(lab.requests).toHaveLength(9);
    expect(new Set(lab.requests.map((request) => request.invocationId)).size).toBe(3);
    expect(events).toMatchObject([
      { attempt: 3, delayMs: 100 },
      { attempt: 6, delayMs: 800 },
    ]);
    retrying.destroy();
  });

  it("starts no wait that ends after the deadline", async () => {
    lab.script("DescribeUser", ...repeat(throttled, 20));
    const sending = sendWithBackoff(client, describeUser(), { ...options, maxElapsedMs: 400 });
    await expect(sending).rejects.toBeInstanceOf(ThrottlingException);
    expect(lab.requests).toHaveLength(1);
    expect(slept).toEqual([]);
  });

  it("throws the last error itself", async () => {
    const errors: unknown[] = [];
    lab.script("DescribeUser", ...repeat(throttled, 2), error("InvalidRequestException", 400));
    const thrown: unknown = await sendWithBackoff(client, describeUser(), {
      ...options,
      isRetryable: (seen) => {
        errors.push(seen);
        return isRetryable(seen);
      },
    }).catch((last: unknown) => last);
    expect(errors).toHaveLength(3);
    expect(thrown).toBe(errors[2]);
    expect(thrown).toMatchObject({ name: "InvalidRequestException" });
  });
});

describe("what is retried", () => {
  it.each([
    ["LimitExceededException", 429],
    ["ServiceQuotaExceededException", 402],
    ["InvalidParameterException", 400],
    ["AccessDeniedException", 403],
    ["ResourceNotFoundException", 404],
  ])("not %s", async (name, status) => {
    lab.script("DescribeUser", error(name, status));
    await expect(sendWithBackoff(client, describeUser(), options)).rejects.toMatchObject({ name });
    expect(lab.requests).toHaveLength(1);
  });

  it("keeps the class of a quota error", async () => {
    lab.script("StartOutboundVoiceContact", error("LimitExceededException", 429));
    await expect(sendWithBackoff(client, call(), options)).rejects.toBeInstanceOf(
      LimitExceededException,
    );
  });

  it("ResourceNotReadyException, which the SDK does not retry", async () => {
    lab.script(
      "CreateTrafficDistributionGroup",
      ...repeat(error("ResourceNotReadyException", 409), 3),
    );
    const command = new CreateTrafficDistributionGroupCommand({ Name: "n", InstanceId: "i" });
    await sendWithBackoff(client, command, options);
    expect(lab.requests.map((request) => request.status)).toEqual([409, 409, 409, 200]);
    expect(lab.contacts).toHaveLength(1);
  });

  it("a lost answer, if the operation can be repeated", async () => {
    lab.script("DescribeUser", { kind: "drop" });
    await sendWithBackoff(client, describeUser(), options);
    expect(lab.requests).toHaveLength(2);
  });

  it("not a lost answer of a creating operation without token", async () => {
    const command = new CreateUserCommand({
      Username: "u",
      PhoneConfig: {},
      SecurityProfileIds: ["s"],
      RoutingProfileId: "r",
      InstanceId: "i",
    });
    lab.script("CreateUser", throttled, { kind: "drop" });
    await expect(sendWithBackoff(client, command, options)).rejects.toThrow();
    expect(lab.requests).toHaveLength(2);
    expect(lab.contacts).toHaveLength(1);
  });

  it.each([
    ["retry-after", "3", 3000],
    ["x-amz-retry-after", "2500", 2500],
  ])("after the time that %s gives", async (name, value, expected) => {
    lab.script("DescribeUser", error("ThrottlingException", 429, { [name]: value }));
    await sendWithBackoff(client, describeUser(), options);
    expect(slept).toEqual([expected]);
  });

  it("after the date that retry-after gives", async () => {
    const date = new Date(Date.now() + 10_000).toUTCString();
    lab.script("DescribeUser", error("ThrottlingException", 429, { "retry-after": date }));
    await sendWithBackoff(client, describeUser(), options);
    expect(slept[0]).toBeGreaterThan(7000);
    expect(slept[0]).toBeLessThanOrEqual(10_000);
  });
});

describe("idempotency token", () => {
  const drops = repeat({ kind: "drop" }, 4);

  it("is a new one with each bare send", async () => {
    lab.script("StartOutboundVoiceContact", ...drops);
    const command = call();
    await withBackoff(() => client.send(command), options);
    expect(lab.contacts).toHaveLength(5);
    expect(lab.duplicates).toBe(4);
  });

  it("is one over all attempts", async () => {
    lab.script("StartOutboundVoiceContact", ...drops);
    const command = call();
    const { input } = command;
    const output = await sendWithBackoff(client, command, options);
    expect(lab.requests).toHaveLength(5);
    expect(new Set(lab.requests.map((request) => request.token)).size).toBe(1);
    expect(lab.requests[0]?.token).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
    expect(lab.contacts).toMatchObject([{ id: output.ContactId }]);
    expect(command.input).toBe(input);
    expect(input).not.toHaveProperty("ClientToken");
  });

  it("is another for the same command sent again", async () => {
    const command = call();
    await sendWithBackoff(client, command, options);
    await sendWithBackoff(client, command, options);
    expect(lab.contacts).toHaveLength(2);
  });

  it("is the caller's if there is one", async () => {
    const command = call();
    command.input.ClientToken = "mine";
    await sendWithBackoff(client, command, options);
    expect(lab.requests[0]?.token).toBe("mine");
  });

  it("is made where the SDK leaves it out", async () => {
    lab.script("CreateView", ...drops);
    const command = new CreateViewCommand({
      InstanceId: "i",
      Status: "SAVED",
      Content: {},
      Name: "n",
    });
    await sendWithBackoff(client, command, options);
    expect(lab.contacts).toHaveLength(1);
  });

  it("is not added where the operation has none", async () => {
    await sendWithBackoff(client, describeUser(), options);
    expect(lab.requests[0]).toMatchObject({ token: undefined, body: {} });
  });
});

describe("abort", () => {
  it("ends a wait at once, with the signal's reason", async () => {
    lab.script("DescribeUser", ...repeat(throttled, 3));
    const controller = new AbortController();
    const reason = new Error("enough");
    const sending = sendWithBackoff(client, describeUser(), {
      baseDelayMs: 60_000,
      maxDelayMs: 60_000,
      maxElapsedMs: 120_000,
      random: () => 0.9,
      signal: controller.signal,
      onRetry: () => setTimeout(() => controller.abort(reason)),
    });
    await expect(sending).rejects.toBe(reason);
    expect(lab.requests).toHaveLength(1);
  });

  it("ends a request in flight", async () => {
    lab.script("DescribeUser", { kind: "silent" });
    const controller = new AbortController();
    const sending = sendWithBackoff(client, describeUser(), {
      sendOptions: { abortSignal: controller.signal },
    });
    setTimeout(() => controller.abort(), 30);
    await expect(sending).rejects.toMatchObject({ name: "AbortError" });
    expect(lab.requests.length).toBeLessThanOrEqual(1);
  });

  it("sends nothing if it comes first", async () => {
    const signal = AbortSignal.abort();
    await expect(sendWithBackoff(client, describeUser(), { signal })).rejects.toBe(signal.reason);
    expect(lab.requests).toHaveLength(0);
  });
});

describe("withBackoff", () => {
  it("retries SDK v2 errors by the same rules", async () => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- SDK v2 types its options as a class, and takes any object.
    const v2 = new AWS.Connect({ ...lab.config, maxRetries: 0 });
    lab.script("StopContact", throttled, broken);
    const params = { InstanceId: "i", ContactId: "c" };
    await withBackoff(() => v2.stopContact(params).promise(), options);
    expect(lab.requests).toHaveLength(3);
    expect(slept).toEqual([500, 50]);
    lab.script("StopContact", error("LimitExceededException", 429));
    await expect(
      withBackoff(() => v2.stopContact(params).promise(), options),
    ).rejects.toMatchObject({ code: "LimitExceededException" });
    expect(lab.requests).toHaveLength(4);
  });

  it("tells the function which call this is", async () => {
    const seen: number[] = [];
    const value = await withBackoff(({ attempt }) => {
      seen.push(attempt);
      if (attempt < 3) throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
      return "done";
    }, options);
    expect(value).toBe("done");
    expect(seen).toEqual([1, 2, 3]);
  });
});

it("infers the output from the command", () => {
  const sent = () => sendWithBackoff(client, describeUser());
  const called = () => sendWithBackoff(client, call());
  const either = (command: DescribeUserCommand | StartOutboundVoiceContactCommand) =>
    sendWithBackoff(client, command);
  expectTypeOf(sent).returns.resolves.toEqualTypeOf<DescribeUserCommandOutput>();
  expectTypeOf(called).returns.resolves.toEqualTypeOf<StartOutboundVoiceContactCommandOutput>();
  expectTypeOf(either).returns.resolves.toEqualTypeOf<
    DescribeUserCommandOutput | StartOutboundVoiceContactCommandOutput
  >();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a project without the SDK's types
  const untyped = (command: any) => sendWithBackoff(client, command);
  expectTypeOf(untyped).returns.resolves.toBeAny();
  expectTypeOf(withBackoff(() => Promise.resolve(1))).resolves.toEqualTypeOf<number>();
});
