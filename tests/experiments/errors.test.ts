/** What the messages of `valid-error-check` say of the errors of SDK v3, and that each `send` draws a new token. */
import {
  ConnectClient,
  CreateViewCommand,
  DescribeUserCommand,
  StartOutboundVoiceContactCommand,
} from "@aws-sdk/client-connect";
import { ThrottlingException as OtherThrottlingException } from "@aws-sdk/client-connectcases";
import AWS from "aws-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../support/lab/connect-server.ts";

let lab: Lab;
let client: ConnectClient;
beforeEach(async () => {
  lab = await startLab();
  client = new ConnectClient({ ...lab.config, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await lab.close();
});

describe("a throttled call", () => {
  it("fails with a name and without the properties of v2", async () => {
    lab.script("DescribeUser", { kind: "error", name: "ThrottlingException", status: 429 });
    const error: unknown = await client
      .send(new DescribeUserCommand({ InstanceId: "i", UserId: "u" }))
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 429 },
    });
    // Declared by the class and never set.
    expect(error).toMatchObject({ $retryable: undefined });
    for (const property of ["code", "statusCode", "retryable"]) {
      expect(error).not.toHaveProperty(property);
    }
    expect(error).not.toBeInstanceOf(OtherThrottlingException);
  });

  it("has a class of that name, which other errors share with one another", async () => {
    const classes: unknown[] = [];
    for (const name of ["ThrottlingException", "InternalServerException", "SomethingElse"]) {
      lab.script("DescribeUser", { kind: "error", name, status: 400 });
      const error: unknown = await client
        .send(new DescribeUserCommand({ InstanceId: "i", UserId: "u" }))
        .catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name });
      classes.push((error as Error).constructor.name);
    }
    expect(classes).toEqual([
      "ThrottlingException",
      "ConnectServiceException",
      "ConnectServiceException",
    ]);
  });

  it("fails with them in SDK v2", async () => {
    lab.script("DescribeUser", { kind: "error", name: "ThrottlingException", status: 429 });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- SDK v2 types its options as a class, and takes any object.
    const connect = new AWS.Connect({ ...lab.config, maxRetries: 0 });
    const error: unknown = await connect
      .describeUser({ InstanceId: "i", UserId: "u" })
      .promise()
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "ThrottlingException", statusCode: 429, retryable: true });
  });
});

describe("the idempotency token that the SDK fills in", () => {
  it("is another one for each send of the same command", async () => {
    const command = new StartOutboundVoiceContactCommand({
      InstanceId: "i",
      ContactFlowId: "f",
      DestinationPhoneNumber: "+15550100",
    });
    await client.send(command);
    await client.send(command);
    const tokens = lab.requests.map(({ token }) => token);
    expect(tokens.every((token) => typeof token === "string")).toBe(true);
    expect(new Set(tokens).size).toBe(2);
    expect(lab.contacts).toHaveLength(2);
  });

  it("is one for all attempts inside of a send", async () => {
    lab.script("StartOutboundVoiceContact", { kind: "drop" }, { kind: "drop" });
    const patient = new ConnectClient({ ...lab.config, maxAttempts: 3 });
    await patient.send(
      new StartOutboundVoiceContactCommand({
        InstanceId: "i",
        ContactFlowId: "f",
        DestinationPhoneNumber: "+15550100",
      }),
    );
    patient.destroy();
    expect(lab.requests).toHaveLength(3);
    expect(new Set(lab.requests.map(({ token }) => token)).size).toBe(1);
    expect(lab.contacts).toHaveLength(1);
  });

  it("is not filled in for CreateView, which the SDK sends again all the same", async () => {
    lab.script("CreateView", { kind: "drop" }, { kind: "drop" });
    const patient = new ConnectClient({ ...lab.config, maxAttempts: 3 });
    await patient.send(
      new CreateViewCommand({ InstanceId: "i", Name: "v", Status: "SAVED", Content: {} }),
    );
    patient.destroy();
    expect(lab.requests.map(({ token }) => token)).toEqual([undefined, undefined, undefined]);
    expect(lab.contacts).toHaveLength(3);
  });
});
