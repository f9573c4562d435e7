import { describe, expect, it } from "vitest";
import {
  connectFamily,
  isConnectFamilyPackage,
  isThrottlingName,
  operation,
  operationFromMethod,
  operationFromPaginator,
  operationNames,
  readOnlyByName,
  serviceOf,
  serviceOfV2,
  type OperationFacts,
} from "../../src/knowledge/index.ts";

const CONNECT = "@aws-sdk/client-connect";

function operations(packageName: string): OperationFacts[] {
  return operationNames(packageName).flatMap((name) => operation(packageName, name) ?? []);
}

function names(facts: readonly OperationFacts[]): string[] {
  return facts.map(({ name }) => name);
}

describe("operations", () => {
  it.each([
    ["connect", 397, 60, 91],
    ["connect-contact-lens", 1, 0, 1],
    ["connectcampaigns", 22, 0, 1],
    ["connectcampaignsv2", 37, 0, 2],
    ["connectcases", 43, 1, 12],
    ["connectparticipant", 11, 5, 1],
    ["customer-profiles", 102, 0, 12],
    ["qconnect", 91, 19, 21],
    ["wisdom", 41, 7, 10],
    ["appintegrations", 21, 3, 6],
    ["voice-id", 29, 4, 6],
  ])(
    "of %s: %i, %i with a token that the SDK fills, %i with a paginator",
    (name, all, filled, pages) => {
      const found = operations(`@aws-sdk/client-${name}`);
      expect(found).toHaveLength(all);
      expect(found.filter(({ token }) => token?.fill === "sdk")).toHaveLength(filled);
      expect(found.filter(({ paginator }) => paginator !== undefined)).toHaveLength(pages);
    },
  );

  it("know the tokens that the SDK never fills", () => {
    expect(names(operations(CONNECT).filter(({ token }) => token?.fill === "never"))).toEqual([
      "CreateEmailAddress",
      "CreatePersistentContactAssociation",
      "CreateView",
      "StartContactConversationalAnalyticsJob",
      "UpdateEmailAddressMetadata",
    ]);
  });

  it("know the tokens inside of batches", () => {
    const found = connectFamily.flatMap((packageName) =>
      operations(packageName).flatMap(({ name, itemTokens }) =>
        itemTokens.map(({ path }) => [name, path]),
      ),
    );
    expect(found).toEqual([
      ["PutDialRequestBatch", "dialRequests[].clientToken"],
      ["PutOutboundRequestBatch", "outboundRequests[].clientToken"],
      ["PutProfileOutboundRequestBatch", "profileOutboundRequests[].clientToken"],
    ]);
  });

  it("know who declares ResourceNotReadyException", () => {
    const found = operations(CONNECT).filter(({ errors }) =>
      errors.includes("ResourceNotReadyException"),
    );
    expect(names(found)).toEqual(["CreateTrafficDistributionGroup", "ReplicateInstance"]);
  });

  it("declare throttling incompletely", () => {
    const silent = (packageName: string): string[] =>
      names(operations(packageName).filter(({ errors }) => !errors.some(isThrottlingName)));
    expect(silent(CONNECT)).toHaveLength(21);
    expect(silent(CONNECT)).toContain("StartOutboundVoiceContact");
    expect(silent("@aws-sdk/client-connectcampaignsv2")).toHaveLength(20);
  });

  it("know the batches that throttle inside of a success", () => {
    const found = connectFamily.flatMap((packageName) =>
      operations(packageName).flatMap(({ name, failureLists }) =>
        failureLists
          .filter(({ reportsThrottling }) => reportsThrottling)
          .map(({ member }) => `${name}.${member}`),
      ),
    );
    expect(found).toEqual([
      "BatchPutContact.FailedRequestList",
      "PutDialRequestBatch.failedRequests",
      "PutOutboundRequestBatch.failedRequests",
      "PutProfileOutboundRequestBatch.failedRequests",
    ]);
  });

  it("do not take listings whose items may have failed for failure lists", () => {
    expect(operation(CONNECT, "SearchVocabularies")?.failureLists).toEqual([]);
    expect(operation(CONNECT, "BatchGetAttachedFileMetadata")?.failureLists).toEqual([
      { member: "Errors", reportsThrottling: false },
    ]);
  });

  it("tell reads from writes, whatever the method", () => {
    const reads = operations(CONNECT).filter(({ readOnly }) => readOnly);
    expect(reads).toHaveLength(157);
    expect(reads.filter(({ method }) => method === "POST")).toHaveLength(44);
    const getThatWrites = connectFamily
      .flatMap(operations)
      .filter(({ method, readOnly }) => method === "GET" && !readOnly);
    expect(names(getThatWrites)).toEqual([]);
    const readsWithToken = connectFamily
      .flatMap(operations)
      .filter(({ readOnly, token }) => readOnly && token !== undefined);
    expect(names(readsWithToken)).toEqual([]);
  });

  it("are found by name, method and paginator", () => {
    const listUsers = operation(CONNECT, "ListUsers");
    expect(listUsers).toMatchObject({
      packageName: CONNECT,
      name: "ListUsers",
      method: "GET",
      readOnly: true,
      paginator: "paginateListUsers",
      token: undefined,
    });
    expect(listUsers?.errors).toContain("ThrottlingException");
    expect(operationFromMethod(CONNECT, "listUsers")).toBe(listUsers);
    expect(operationFromPaginator(CONNECT, "paginateListUsers")).toBe(listUsers);
    expect(operationFromMethod("@aws-sdk/client-qconnect", "createAIAgent")?.token).toEqual({
      member: "clientToken",
      fill: "sdk",
    });
  });

  it("are unknown outside of the family and under a wrong name", () => {
    expect(operation("@aws-sdk/client-s3", "ListBuckets")).toBeUndefined();
    expect(operationNames("@aws-sdk/client-s3")).toEqual([]);
    expect(operation(CONNECT, "listUsers")).toBeUndefined();
    expect(operationFromMethod(CONNECT, "ListUsers")).toBeUndefined();
    expect(operationFromMethod(CONNECT, "send")).toBeUndefined();
    expect(operationFromPaginator(CONNECT, "ListUsers")).toBeUndefined();
    expect(operation(CONNECT, "constructor")).toBeUndefined();
    expect(operation("constructor", "name")).toBeUndefined();
  });
});

describe("services", () => {
  it("are recognised by their exact package", () => {
    expect(connectFamily).toHaveLength(11);
    expect(isConnectFamilyPackage(CONNECT)).toBe(true);
    expect(isConnectFamilyPackage("@aws-sdk/client-connec")).toBe(false);
    expect(isConnectFamilyPackage("constructor")).toBe(false);
  });

  it("know their classes", () => {
    expect(serviceOf(CONNECT)).toMatchObject({
      clientName: "ConnectClient",
      aggregatedName: "Connect",
      v2: { className: "Connect", module: "aws-sdk/clients/connect" },
    });
    expect(serviceOf("@aws-sdk/client-connectcampaignsv2")?.v2).toBeUndefined();
    expect(serviceOf("@aws-sdk/client-s3")).toBeUndefined();
  });

  it("are found by their class of SDK v2", () => {
    expect(serviceOfV2("Connect")?.packageName).toBe(CONNECT);
    expect(serviceOfV2("VoiceID")?.packageName).toBe("@aws-sdk/client-voice-id");
    expect(serviceOfV2("S3")).toBeUndefined();
  });

  it("know their exceptions", () => {
    const exceptions = serviceOf(CONNECT)?.exceptions ?? [];
    expect(exceptions).toContainEqual({
      name: "InternalServiceException",
      fault: "server",
      status: 500,
      setsRetryable: false,
    });
    expect(exceptions.map(({ name }) => name)).not.toContain("ConnectServiceException");
  });

  it("set $retryable only where the clients do", () => {
    const packages = connectFamily.filter((packageName) =>
      serviceOf(packageName)?.exceptions.some(({ setsRetryable }) => setsRetryable),
    );
    expect(packages.map((name) => name.replace("@aws-sdk/client-", ""))).toEqual([
      "connectcampaigns",
      "connectcampaignsv2",
      "connectcases",
      "qconnect",
      "wisdom",
    ]);
  });
});

describe("readOnlyByName", () => {
  it.each(["ListUsers", "BatchGetItem", "HeadObject", "Scan", "Query", "GetCaseAuditEvents"])(
    "%s only reads",
    (name) => {
      expect(readOnlyByName(name)).toBe(true);
    },
  );

  it.each(["Listen", "PutItem", "BatchWriteItem", "ReceiveMessage", "StartQuery", "Getaway"])(
    "%s may write",
    (name) => {
      expect(readOnlyByName(name)).toBe(false);
    },
  );
});
