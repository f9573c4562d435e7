import { describe, expect, it } from "vitest";
import { factsOf } from "./lab.ts";

describe("reference snippets", () => {
  it("a counter with a rethrow and a fixed sleep is bounded and throws", () => {
    const facts = factsOf({
      code: `
const MAX_RETRIES = 5;
export async function listUsers() {
  let result: ListUsersCommandOutput | null = null;
  let retries = 0;
  while (result == null) {
    try {
      result = await /*target*/ client.send(cmd);
    } catch (error) {
      retries += 1;
      if (retries > MAX_RETRIES) {
        throw error;
      }
      await sleep(1000);
    }
  }
  return result;
}`,
    });
    expect(facts).toMatchObject({
      kind: "retry",
      attempts: { kind: "bounded", max: 6 },
      leavesOnSuccess: "yes",
      exhaustion: { kind: "throws" },
      filter: { kind: "everything" },
      alwaysWaits: "yes",
      counter: { name: "retries", base: 0 },
    });
    expect(facts?.waits).toHaveLength(1);
  });

  it("a break on success and a sleep in the catch is bounded, filtered by class, and silent at the end", () => {
    const facts = factsOf({
      code: `
const MAX = 4;
export async function listUsers() {
  let retries = 0;
  let response: ListUsersCommandOutput | undefined;
  while (retries < MAX) {
    try {
      response = await /*target*/ client.send(cmd);
      break;
    } catch (error) {
      if (!(error instanceof TooManyRequestsException)) throw error;
      await sleep(2 ** retries * 100 + Math.random() * 100);
      retries++;
    }
  }
  return response;
}`,
    });
    expect(facts).toMatchObject({
      kind: "retry",
      attempts: { kind: "bounded", max: 4 },
      leavesOnSuccess: "yes",
      exhaustion: { kind: "silent" },
      filter: { kind: "some", throttlingOnly: true, names: ["TooManyRequestsException"] },
      counter: { name: "retries", base: 0 },
    });
  });

  it("a call in the try without an exit goes on after a success", () => {
    const facts = factsOf({
      code: `
export async function listUsers(max: number) {
  let retries = 0;
  while (retries < max) {
    try {
      const response = await /*target*/ client.send(cmd);
      console.log(response);
    } catch (error) {
      await sleep(2 ** retries * 1000);
      retries++;
    }
  }
}`,
    });
    expect(facts).toMatchObject({
      kind: "retry",
      attempts: { kind: "unbounded", reason: "goes-on-after-success" },
      leavesOnSuccess: "no",
      exhaustion: { kind: "silent" },
      filter: { kind: "everything" },
    });
    expect(facts?.waits).toHaveLength(1);
  });

  it("a sleep before each call is pacing", () => {
    const facts = factsOf({
      code: `
const MAX_REQUESTS_PER_SECOND = 2;
export async function describeAll() {
  for (const id of ids) {
    await sleep(1000 / MAX_REQUESTS_PER_SECOND);
    await /*target*/ client.send(new ListUsersCommand({ InstanceId: id }));
  }
}`,
    });
    expect(facts).toMatchObject({ kind: "pacing", attempts: { kind: "unknown" } });
  });
});
