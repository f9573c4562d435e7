import { describe, expect, it } from "vitest";
import { factsOf, requeueOf, words } from "./lab.ts";

const CALL = "/*target*/ client.send(cmd)";

describe("functions that call themselves", () => {
  const cases: readonly (readonly [name: string, code: string, verdict: string])[] = [
    [
      "in the catch, without end",
      `export async function f(): Promise<unknown> { try { return await ${CALL}; } catch { await sleep(9); return f(); } }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "with retries left",
      `export async function f(retries = 3): Promise<unknown> { try { return await ${CALL}; } catch (e) { if (retries === 0) throw e; return f(retries - 1); } }`,
      "retry, bounded 4, everything, throws, 0 waits",
    ],
    [
      "with a counter that is handed on unchanged",
      `export async function f(retries = 3): Promise<unknown> { try { return await ${CALL}; } catch (e) { if (retries === 0) throw e; return f(retries); } }`,
      "retry, unbounded: counter-stuck, everything, unknown, 0 waits",
    ],
    [
      "with a counter that starts again",
      `export async function f(retries = 3): Promise<unknown> { try { return await ${CALL}; } catch (e) { if (retries === 0) throw e; return f(); } }`,
      "retry, unbounded: counter-stuck, everything, unknown, 0 waits",
    ],
    [
      "from a handler of the promise",
      `export function f(): Promise<unknown> { return ${CALL}.catch(() => f()); }`,
      "retry, unbounded: no-exit, everything, unknown, 0 waits",
    ],
    [
      "as the handler of the promise",
      `export function f(): Promise<unknown> { return ${CALL}.catch(f); }`,
      "retry, unbounded: no-exit, everything, unknown, 0 waits",
    ],
    [
      "from a handler, counted",
      `export function f(n = 0): Promise<unknown> { return ${CALL}.catch((e) => { if (n >= 2) throw e; return sleep(9).then(() => f(n + 1)); }); }`,
      "retry, bounded 3, everything, throws, 1 waits",
    ],
    [
      "by a timer",
      `export async function f(): Promise<void> { try { await ${CALL}; } catch { setTimeout(() => f(), 1000); } }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "by a timer that is handed the function",
      `export async function f(): Promise<void> { try { await ${CALL}; } catch { setTimeout(f, 1000); } }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "as a method",
      `export class C { async f(n: number): Promise<unknown> { try { return await ${CALL}; } catch (e) { if (n > 5) throw e; return this.f(n + 1); } } } void new C().f(0);`,
      "retry, bounded 7, everything, throws, 0 waits",
    ],
    [
      "through another function",
      `export async function f(): Promise<unknown> { try { return await ${CALL}; } catch { return again(); } } async function again(): Promise<unknown> { await sleep(5); return f(); }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "through another function, counted",
      `export async function f(n = 0): Promise<unknown> { try { return await ${CALL}; } catch (e) { return again(n, e); } } async function again(n: number, e: unknown): Promise<unknown> { if (n >= 2) throw e; return f(n + 1); }`,
      "retry, bounded 3, everything, throws, 0 waits",
    ],
    [
      "only for throttling",
      `export async function f(n = 0): Promise<unknown> { try { return await ${CALL}; } catch (e: any) { if (e.name === "ThrottlingException" && n < 3) { return f(n + 1); } throw e; } }`,
      "retry, bounded 4, some throttling [ThrottlingException], throws, 0 waits",
    ],
    [
      "until a result comes",
      `export async function f(): Promise<unknown> { const it = await ${CALL} as any; if (it.Status === "DONE") return it; await sleep(500); return f(); }`,
      "poll, unbounded: no-exit, unknown, unknown, 1 waits",
    ],
    [
      "for the next page",
      `export async function f(token?: string): Promise<void> { const page = await /*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token })); if (page.NextToken) return f(page.NextToken); }`,
      "pagination",
    ],
    [
      "for pages and failures",
      `export class C { list(all: any[], token: string | null, retry: number): Promise<any> { return /*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token })).then((data: any) => { const users = all.concat(data.UserSummaryList); if (data.NextToken) { return this.list(users, data.NextToken, 0); } else { return users; } }).catch((err: unknown) => { if (retry > 5) { throw err; } return sleep(retry).then(() => { return this.list(all, token, retry + 1); }); }); } } void new C().list([], null, 0);`,
      "retry, bounded 7, everything, throws, 1 waits",
    ],
    [
      "on other work",
      `export async function f(left: string[]): Promise<void> { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: left[0] })); } catch { log.warn(left); } if (left.length > 1) await f(left.slice(1)); }`,
      "unknown",
    ],
    [
      "never",
      `export async function f(): Promise<unknown> { try { return await ${CALL}; } catch { return g(); } } async function g(): Promise<unknown> { return 1; }`,
      "none",
    ],
  ];
  for (const [name, code, verdict] of cases) {
    it(name, () => {
      expect(words(factsOf({ code }))).toBe(verdict);
    });
  }
});

describe("failed items that are put back", () => {
  const work = (failure: string): string =>
    `export async function f(queue: { id: string; attempts: number }[]) { while (queue.length > 0) { const item = queue.shift()!; try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: item.id })); } catch (e) { ${failure} } } }`;

  it("without a count", () => {
    expect(words(requeueOf({ code: work("await sleep(9); queue.push(item);") }))).toBe(
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    );
  });
  it("with a count on the item", () => {
    expect(words(requeueOf({ code: work("if (++item.attempts < 5) queue.push(item);") }))).toBe(
      "retry, bounded ?, everything, unknown, 0 waits",
    );
  });
  it("under a condition that cannot be read", () => {
    expect(words(requeueOf({ code: work("if (mayRetry(item)) queue.push(item);") }))).toBe(
      "retry, unknown bound, everything, unknown, 0 waits",
    );
  });
  it("elsewhere: a list of failures is no queue", () => {
    expect(requeueOf({ code: work("failed.push(item);") })).toBeUndefined();
  });
  it("leaves the loop itself a worker", () => {
    expect(words(factsOf({ code: work("queue.push(item);") }))).toBe("worker");
  });
});
