/** Rounds over what an answer says was left undone, and what only looks like them. */
import { describe, expect, it } from "vitest";
import { requeueOf, verdict, words } from "./lab.ts";

const TYPES = `
import { BatchPutContactCommand, type BatchPutContactCommandOutput, type ContactDataRequest } from "@aws-sdk/client-connect";
declare let all: ContactDataRequest[];
declare const InstanceId: string;
declare function asked(answer: BatchPutContactCommandOutput, from: ContactDataRequest[]): ContactDataRequest[];
declare const params: { InstanceId: string; ContactDataRequestList: any; token?: any };
`;
const put = (list: string): string =>
  `/*target*/ client.send(new BatchPutContactCommand({ InstanceId, ContactDataRequestList: ${list} }))`;
const AGAIN = `left.filter((one) => ids.has(one.RequestIdentifier!))`;
const IDS = `const ids = new Set(answer.FailedRequestList?.map((one) => one.RequestIdentifier!))`;

const found = (body: string): string => verdict(body, TYPES);

describe("what was left undone is sent again", () => {
  it.each([
    [
      "until nothing is left",
      `let left = all; while (left.length > 0) { const answer = await ${put("left")}; ${IDS}; left = ${AGAIN}; if (left.length > 0) await sleep(9); }`,
      "leftovers, unbounded: no-exit, unknown, unknown, 1 waits",
    ],
    [
      "a few times",
      `let left = all; for (let n = 0; n < 3 && left.length > 0; n++) { const answer = await ${put("left")}; ${IDS}; left = ${AGAIN}; }`,
      "leftovers, bounded 3, unknown, silent, 0 waits",
    ],
    [
      "taken out of the answer by its name",
      `let left: any = all; let n = 0; do { const { FailedRequestList = [] } = await ${put("left")}; left = FailedRequestList; await sleep(9); } while (++n < 4 && left.length > 0);`,
      "leftovers, bounded 4, unknown, silent, 1 waits",
    ],
    [
      "taken out into the list itself",
      `let left: any = all; let n = 0; while (n++ < 4 && left.length > 0) { ({ FailedRequestList: left } = await ${put("left")}); await sleep(9); }`,
      "leftovers, bounded 4, unknown, silent, 1 waits",
    ],
    [
      "collected one by one",
      `let left = all; let n = 0; while (n++ < 4 && left.length > 0) { const answer = await ${put("left")}; const next: ContactDataRequest[] = []; for (const one of answer.FailedRequestList ?? []) next.push(...left.filter((it) => it.RequestIdentifier === one.RequestIdentifier)); left = next; }`,
      "leftovers, bounded 4, unknown, silent, 0 waits",
    ],
    [
      "by a function of the project",
      `let left = all; let n = 0; while (n++ < 4 && left.length > 0) { const answer = await ${put("left")}; left = answer.FailedRequestList ? asked(answer, left) : []; }`,
      "leftovers, bounded 4, unknown, silent, 0 waits",
    ],
    [
      "written into the input",
      `let n = 0; do { const answer: any = await /*target*/ client.send(new BatchPutContactCommand(params)); params.ContactDataRequestList = answer.UnprocessedItems; n++; } while (n < 4 && params.ContactDataRequestList);`,
      "leftovers, bounded 4, unknown, unknown, 0 waits",
    ],
    [
      "in a promise chain",
      `let left: any = all; let n = 0; while (n++ < 4 && left.length > 0) { left = await ${put("left")}.then((answer) => answer.FailedRequestList ?? []); await sleep(9); }`,
      "leftovers, bounded 4, unknown, silent, 1 waits",
    ],
    [
      "chunk by chunk",
      `for (let i = 0; i < all.length; i += 5) { let left: any = all.slice(i, i + 5); for (let n = 0; n < 3; n++) { const answer = await ${put("left")}; left = answer.FailedRequestList; if (!left?.length) break; } }`,
      "leftovers, bounded 3, unknown, silent, 0 waits",
    ],
  ])("%s", (_, body, expected) => {
    expect(found(body)).toBe(expected);
  });

  it("by a function that calls itself", () => {
    expect(
      verdict(
        `return put(all);`,
        `${TYPES} async function put(left: any, n = 0): Promise<void> { const answer = await ${put("left")}; if (answer.FailedRequestList?.length && n < 3) { await sleep(9); return put(answer.FailedRequestList, n + 1); } }`,
      ),
    ).toBe("leftovers, bounded 4, unknown, unknown, 1 waits");
  });

  it("beside failures that are retried, is a retry", () => {
    expect(
      found(
        `let left: any = all; for (let n = 0; n < 3; n++) { try { const answer = await ${put("left")}; left = answer.FailedRequestList; if (!left?.length) return; } catch (error: any) { if (error.name !== "ThrottlingException") throw error; } await sleep(9); } throw new Error("left");`,
      ),
    ).toMatch(/^retry, bounded 3/);
  });
});

describe("what was left undone is put back on a queue", () => {
  const queued = (body: string): string =>
    words(
      requeueOf({
        code: `${TYPES} export async function run(): Promise<any> { const queue: any[] = [...all]; ${body} }`,
      }),
    );
  const BATCH = "const batch = queue.splice(0, 25);";

  it.each([
    [
      "at its end",
      `while (queue.length > 0) { ${BATCH} const answer = await ${put("batch")}; queue.push(...(answer.FailedRequestList ?? [])); }`,
      "leftovers, unbounded: no-exit, unknown, unknown, 0 waits",
    ],
    [
      "at its front, after a wait",
      `while (queue.length > 0) { ${BATCH} const { FailedRequestList } = await ${put("batch")}; if (FailedRequestList?.length) { queue.unshift(...FailedRequestList); await sleep(9); } }`,
      "leftovers, unbounded: no-exit, unknown, unknown, 1 waits",
    ],
    [
      "that is gone through meanwhile",
      `for (const batch of queue) { const answer = await ${put("batch")}; if (answer.FailedRequestList) queue.push(answer.FailedRequestList); }`,
      "leftovers, unbounded: no-exit, unknown, unknown, 0 waits",
    ],
    [
      "as items looked up by it",
      `while (queue.length > 0) { ${BATCH} const answer = await ${put("batch")}; const ids = new Set(answer.FailedRequestList?.map((one) => one.RequestIdentifier)); queue.push(...batch.filter((one) => ids.has(one.RequestIdentifier))); }`,
      "leftovers, unbounded: no-exit, unknown, unknown, 0 waits",
    ],
    [
      "in rounds that are counted",
      `let rounds = 0; while (queue.length > 0) { if (rounds++ > 9) throw new Error("left"); ${BATCH} const answer = await ${put("batch")}; queue.push(...(answer.FailedRequestList ?? [])); }`,
      "leftovers, unknown bound, unknown, unknown, 0 waits",
    ],
    [
      "beside requests that failed",
      `while (queue.length > 0) { ${BATCH} try { const answer = await ${put("batch")}; queue.push(...(answer.FailedRequestList ?? [])); } catch { queue.push(...batch); await sleep(9); } }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
  ])("%s", (_, body, expected) => {
    expect(queued(body)).toBe(expected);
  });

  it.each([
    [
      "another list that takes it",
      `const failed: any[] = []; while (queue.length > 0) { ${BATCH} const answer = await ${put("batch")}; failed.push(...(answer.FailedRequestList ?? [])); }`,
    ],
    [
      "other work that an answer brings",
      `while (queue.length > 0) { ${BATCH} const answer: any = await ${put("batch")}; queue.push(...answer.Children); }`,
    ],
    [
      "a list that nothing is taken from",
      `for (const batch of [all]) { const answer = await ${put("batch")}; queue.push(...(answer.FailedRequestList ?? [])); }`,
    ],
  ])("is not meant by %s", (_, body) => {
    expect(queued(body)).toBe("none");
  });
});

describe("look-alikes", () => {
  it.each([
    [
      "failures that are only collected",
      `let failed: any[] = []; for (let i = 0; i < all.length; i += 5) { const answer = await ${put("all.slice(i, i + 5)")}; failed = [...failed, ...(answer.FailedRequestList ?? [])]; }`,
      "iteration",
    ],
    [
      "failures that are counted",
      `let failed = 0; let at = 0; while (at < all.length) { const answer = await ${put("all.slice(at, at + 5)")}; failed += answer.FailedRequestList?.length ?? 0; at += 5; await sleep(9); }`,
      "pacing",
    ],
    [
      "chunks, each of which is sent again",
      `for (const chunk of [all, all]) { let left: any = chunk; const answer = await ${put("left")}; left = answer.FailedRequestList; log.warn(left); }`,
      "iteration",
    ],
    [
      "pages",
      `let token: any; do { const answer: any = await /*target*/ client.send({ token, NextToken: token } as any); log.warn(answer.FailedItems); token = answer.NextToken; } while (token);`,
      "pagination",
    ],
    [
      "a list that is made anew",
      `let left: any = all; let n = 0; while (n++ < 4) { const answer = await ${put("left")}; log.warn(answer.FailedRequestList); left = [{ RequestIdentifier: String(n) }]; await sleep(9); }`,
      "pacing",
    ],
    [
      "the number of what failed, handed on",
      `let n: any = 0; do { const answer: any = await /*target*/ client.send({ n } as any); n = answer.FailedEntryCount; } while (n > 0);`,
      "iteration",
    ],
  ])("%s", (_, body, expected) => {
    expect(found(body)).toBe(expected);
  });
});
