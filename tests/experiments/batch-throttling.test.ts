/** A batch operation that was throttled inside of an HTTP 200 is a success to the SDK: it resolves, and nothing is retried. */
import { BatchPutContactCommand, ConnectClient } from "@aws-sdk/client-connect";
import * as campaigns from "@aws-sdk/client-connectcampaignsv2";
import { describe, expect, it } from "vitest";
import { startLab } from "../support/lab/connect-server.ts";

describe("throttling inside of HTTP 200", () => {
  it("resolves at the first attempt for BatchPutContact", async () => {
    await using lab = await startLab({
      answers: {
        BatchPutContact: () => ({
          SuccessfulRequestList: [],
          FailedRequestList: [{ RequestIdentifier: "1", FailureReasonCode: "REQUEST_THROTTLED" }],
        }),
      },
    });
    const client = new ConnectClient({ ...lab.config, maxAttempts: 5 });
    const result = await client.send(
      new BatchPutContactCommand({ InstanceId: "i", ContactDataRequestList: [] }),
    );
    expect(lab.requests).toHaveLength(1);
    expect(result.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
    expect(result.FailedRequestList?.[0]?.FailureReasonCode).toBe("REQUEST_THROTTLED");
  });

  it("resolves at the first attempt for PutOutboundRequestBatch", async () => {
    await using lab = await startLab({
      modules: [campaigns],
      answers: {
        PutOutboundRequestBatch: () => ({
          successfulRequests: [],
          failedRequests: [{ clientToken: "1", failureCode: "RequestThrottled" }],
        }),
      },
    });
    const client = new campaigns.ConnectCampaignsV2Client({ ...lab.config, maxAttempts: 5 });
    const result = await client.send(
      new campaigns.PutOutboundRequestBatchCommand({ id: "c", outboundRequests: [] }),
    );
    expect(lab.requests).toHaveLength(1);
    expect(result.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 });
    expect(result.failedRequests?.[0]?.failureCode).toBe("RequestThrottled");
  });

  it("is retried where it is an error", async () => {
    await using lab = await startLab();
    lab.script("BatchPutContact", { kind: "error", name: "ThrottlingException", status: 429 });
    const client = new ConnectClient({ ...lab.config, maxAttempts: 2 });
    await client.send(new BatchPutContactCommand({ InstanceId: "i", ContactDataRequestList: [] }));
    expect(lab.requests).toHaveLength(2);
  });
});
