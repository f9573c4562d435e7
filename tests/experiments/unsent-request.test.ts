/** In SDK v2 the call of an operation sends nothing; what does is counted by a server. */
import AWS from "aws-sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../support/lab/connect-server.ts";

let lab: Lab;
let connect: AWS.Connect;
const params = { InstanceId: "i", ContactId: "c" };

beforeAll(async () => {
  lab = await startLab();
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- SDK v2 types its options as a class, and takes any object.
  connect = new AWS.Connect(lab.config);
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.requests.length = 0;
});

/** Gives a request that was sent time to arrive, by sending another after it. */
async function requestsSoFar(): Promise<readonly string[]> {
  await connect.listInstances().promise();
  return lab.requests.map(({ operation }) => operation).filter((name) => name !== "ListInstances");
}

describe("a v2 request", () => {
  it("is not sent by the operation's call", async () => {
    connect.stopContact(params);
    expect(await requestsSoFar()).toEqual([]);
  });

  it("is not sent by await, which gives the request back", async () => {
    // eslint-disable-next-line @typescript-eslint/await-thenable -- that it is no promise is the point
    const awaited: unknown = await connect.stopContact(params);
    expect(awaited).toBeInstanceOf(AWS.Request);
    expect(await requestsSoFar()).toEqual([]);
  });

  it("is not sent by listeners", async () => {
    connect.stopContact(params).on("success", () => undefined);
    expect(await requestsSoFar()).toEqual([]);
  });

  it("has no then", () => {
    expect(connect.stopContact(params)).not.toHaveProperty("then");
  });

  it("is sent by promise()", async () => {
    await connect.stopContact(params).promise();
    expect(await requestsSoFar()).toEqual(["StopContact"]);
  });

  it("is sent by send()", async () => {
    await new Promise((done) => {
      connect.stopContact(params).on("complete", done).send();
    });
    expect(await requestsSoFar()).toEqual(["StopContact"]);
  });

  it("is sent by a callback", async () => {
    await new Promise<void>((done) => {
      connect.stopContact(params, () => {
        done();
      });
    });
    expect(await requestsSoFar()).toEqual(["StopContact"]);
  });
});
