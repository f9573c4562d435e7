import { describe, expect, it } from "vitest";
import { factsOf, OK, SEND, requeueOf, verdict, words } from "./lab.ts";

const ITEM = "/*target*/ client.send(new ListUsersCommand({ InstanceId: id }))";
const ENDLESS = "retry, unbounded: no-exit, everything, unknown, 1 waits";
const DECLARED = `declare const queue: { receive(): Promise<string>; next(): string; size: number }; declare const pending: Map<string, string>; declare const pages: AsyncIterator<string>; declare const other: ConnectClient;`;

describe("work that is taken off something", () => {
  it.each([
    [
      "by pop",
      `const left = [...ids]; for (;;) { const id = left.pop(); if (!id) break; await ${ITEM}; }`,
    ],
    [
      "by splice",
      `const left = [...ids]; while (left.length > 0) { const [id] = left.splice(0, 1); await ${ITEM}; }`,
    ],
    ["by receive", `for (;;) { const id = await queue.receive(); await ${ITEM}; }`],
    [
      "by next",
      `while (queue.size > 0) { const id = queue.next(); try { await ${ITEM}; } catch (e) { log.warn(e); } }`,
    ],
    [
      "by delete",
      `while (pending.size > 0) { const [id] = pending.keys(); pending.delete(id!); await ${ITEM}; }`,
    ],
  ])("%s", (_, body) => {
    expect(verdict(body, DECLARED)).toBe("worker");
  });
  it("is something else where nothing of it is sent", () => {
    expect(
      verdict(
        `const left = [...ids]; while (left.length > 0) { log.warn(left.pop()); try { ${OK} } catch { await sleep(9); } }`,
      ),
    ).not.toBe("worker");
  });
});

describe("pages", () => {
  it.each([
    [
      "of an iterator",
      `for (;;) { const { done } = await /*target*/ pages.next(); if (done) break; }`,
    ],
    [
      "by a marker",
      `let marker: any; do { const out: any = await /*target*/ client.send({ marker } as any); marker = out.marker; } while (marker);`,
    ],
    [
      "while there are more",
      `let hasMore = true; let at = 0; while (hasMore) { const out: any = await /*target*/ client.send({ at } as any); hasMore = out.more; at += 10; }`,
    ],
    [
      "by the last key",
      `let key: any; do { const out: any = await /*target*/ client.send({ ExclusiveStartKey: key } as any); key = out.LastEvaluatedKey; } while (key);`,
    ],
  ])("%s", (_, body) => {
    expect(verdict(body, DECLARED)).toBe("pagination");
  });
});

describe("results that lead back", () => {
  it.each([
    [
      "until one is done",
      `let out: any; do { out = await ${SEND}; await sleep(9); } while (out.State === "CREATING");`,
      "poll, unbounded: no-exit, unknown, unknown, 1 waits",
    ],
    [
      "until one is done, whatever fails meanwhile",
      `while (true) { try { const out: any = await ${SEND}; if (out.Done) return out; } catch (e) { log.warn(e); } await sleep(9); }`,
      "poll, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "without a pause, unlike failures",
      `while (true) { try { const out: any = await ${SEND}; if (out.Done) return out; } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "with what others are asked for",
      `while (true) { const out: any = await ${SEND}; if (out.Users.length === 0) break; await client.send(out.Users[0]); }`,
      "unknown",
    ],
    [
      "with what others are asked for elsewhere",
      `while (true) { const out: any = await ${SEND}; if (out.Users.length === 0) break; await other.send(out.Users[0]); }`,
      "poll, unknown bound, unknown, unknown, 0 waits",
    ],
    [
      "until there are enough of them",
      `const all: any[] = []; let count = 0; while (count < 9) { const out: any = await ${SEND}; count += out.Users.length; all.push(out); }`,
      "unknown",
    ],
    ["never, with a pause", `while (true) { await ${SEND}; await sleep(9); }`, "pacing"],
    [
      "never, with a pause after success alone",
      `while (true) { try { await ${SEND}; await sleep(9); } catch (e) { log.warn(e); } }`,
      "pacing",
    ],
    [
      "never, with a pause after failures alone",
      `while (true) { try { await ${SEND}; } catch { await sleep(9); } }`,
      "retry, unbounded: goes-on-after-success, everything, unknown, 1 waits",
    ],
    [
      "never, with a pause after failures alone, for what a function gives",
      `while (true) { try { await /*target*/ client.send(command()); } catch { await sleep(9); } }`,
      "unknown",
    ],
    [
      "never, as often as is counted",
      `for (let i = 0; i < 3; i++) { try { await ${SEND}; } catch (e) { log.warn(e); } }`,
      "iteration",
    ],
    [
      "never, without a count",
      `while (queue.size > 0) { try { await ${SEND}; } catch (e) { log.warn(e); } }`,
      "unknown",
    ],
    [
      "never, and failures end it",
      `while (true) { try { await ${SEND}; } catch (e) { throw e; } }`,
      "unknown",
    ],
    [
      "never, for one after the other",
      `for (let i = 0; i < ids.length; i++) { const id = ids[i]; await ${ITEM}; }`,
      "iteration",
    ],
    [
      "never, for one after the other by hand",
      `let i = 0; while (i < ids.length) { const id = ids.at(i); await ${ITEM}; i++; }`,
      "iteration",
    ],
    ["never, for each key", `for (const id in ids) { await ${ITEM}; }`, "iteration"],
  ])("%s", (_, body, expected) => {
    expect(verdict(body, `${DECLARED} declare function command(): any;`)).toBe(expected);
  });
});

describe("the same work or other work", () => {
  const tries = (attempt: string, handling: string, before = ""): string =>
    `${before} while (true) { try { return await /*target*/ ${attempt}; } catch { ${handling} await sleep(9); } }`;

  it.each([
    [
      "a token that is made anew",
      tries(`client.send({ token } as any)`, `token = crypto.randomUUID();`, `let token = "";`),
      "iteration",
    ],
    [
      "the number of the attempt in the request",
      tries(`client.send({ attempt } as any)`, `attempt++;`, `let attempt = 0;`),
      ENDLESS,
    ],
    [
      "an index into a list",
      tries(`client.send({ id: ids[at] } as any)`, `at++;`, `let at = 0;`),
      "iteration",
    ],
    [
      "an index into a list by at",
      tries(`client.send({ id: ids.at(at) } as any)`, `at++;`, `let at = 0;`),
      "iteration",
    ],
    [
      "an index into a list of delays",
      `let at = 0; while (true) { try { return await /*target*/ client.send({ at } as any); } catch { await sleep([1, 2, 3][at++] ?? 9); } }`,
      ENDLESS,
    ],
    [
      "an index into a list of delays, taken first",
      `let at = 0; while (true) { try { return await /*target*/ client.send({ at } as any); } catch { const delay = [1, 2, 3][at] ?? 9; at++; await sleep(delay); } }`,
      ENDLESS,
    ],
    [
      "a member of the request",
      tries(`client.send(request as any)`, `request.page = ids[1];`, `const request: any = {};`),
      "iteration",
    ],
    [
      "a member under some key",
      tries(`client.send(request as any)`, `request[ids[0]] = ids[1];`, `const request: any = {};`),
      "iteration",
    ],
    [
      "a member of another object",
      tries(
        `client.send(request as any)`,
        `log2.page = ids[1];`,
        `const request: any = {}; const log2: any = {};`,
      ),
      ENDLESS,
    ],
    [
      "a request made in each round",
      `while (true) { const request: any = { id: ids[0] }; try { return await /*target*/ client.send(request); } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "an index that goes forth and back",
      `let at = 0; while (at < ids.length) { const id = ids[at]; at++; try { await ${ITEM}; } catch { at--; await sleep(9); } }`,
      "retry, unbounded: counter-only-on-success, everything, unknown, 1 waits",
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body)).toBe(expected);
  });

  it.each([
    [
      "only used for pauses",
      `for (const delay of waits) { try { ${OK} } catch { await sleep(delay); } } throw new Error("no");`,
      "retry, bounded ?, everything, throws, 1 waits",
    ],
    [
      "only logged",
      `for (const name of ids) { try { ${OK} } catch { log.warn(name); await sleep(9); } } throw new Error("no");`,
      "retry, bounded ?, everything, throws, 1 waits",
    ],
    [
      "sent",
      `for (const id of ids) { try { return await ${ITEM}; } catch { await sleep(9); } } throw new Error("no");`,
      "iteration",
    ],
    [
      "used for something else",
      `for (const name of ids) { use(name); try { ${OK} } catch { await sleep(9); } } throw new Error("no");`,
      "iteration",
    ],
    [
      "of an endpoint for another client",
      `for (const region of ids) { const it = new ConnectClient({ region }); try { return await /*target*/ it.send(cmd); } catch { await sleep(9); } } throw new Error("no");`,
      "iteration",
    ],
  ])("items %s", (_, body, expected) => {
    expect(
      verdict(body, `declare const waits: number[]; declare function use(name: string): void;`),
    ).toBe(expected);
  });
});

describe("work that is put back", () => {
  const said = (body: string): string =>
    words(requeueOf({ code: `export async function run(list: any[]): Promise<any> { ${body} }` }));

  it.each([
    [
      "without end",
      `while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch { list.push(id); await sleep(9); } }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "at the front",
      `while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch { list.unshift(id); } }`,
      "retry, unbounded: no-exit, everything, unknown, 0 waits",
    ],
    [
      "while it is gone through",
      `for (const id of list) { try { await ${ITEM}; } catch { list.push(id); } }`,
      "retry, unbounded: no-exit, everything, unknown, 0 waits",
    ],
    [
      "as often as the item says",
      `while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch { if (id.tries < 3) list.push({ ...id, tries: id.tries + 1 }); } }`,
      "retry, bounded ?, everything, unknown, 0 waits",
    ],
    [
      "if a function says so",
      `while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch { if (again(id)) list.push(id); } }`,
      "retry, unknown bound, everything, unknown, 0 waits",
    ],
    [
      "after throttling",
      `while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch (e: any) { if (e.name !== "ThrottlingException") throw e; list.push(id); await sleep(9); } }`,
      "retry, unbounded: no-exit, some throttling [ThrottlingException], unknown, 1 waits",
    ],
    [
      "on another list",
      `const failed: any[] = []; while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch { failed.push(id); } }`,
      "none",
    ],
    [
      "after a success",
      `while (list.length) { const id = list.shift(); await ${ITEM}; list.push(id); }`,
      "none",
    ],
    [
      "never",
      `while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch (e) { log.warn(e); } }`,
      "none",
    ],
  ])("%s", (_, body, expected) => {
    expect(said(`const again = (globalThis as any).again; ${body}`)).toBe(expected);
  });

  it("waits on some ways, or on all", () => {
    const answers = [`await sleep(9);`, `if (ids.length > 3) await sleep(9);`].map(
      (pause) =>
        requeueOf({
          code: `export async function run(list: any[]) { while (list.length) { const id = list.shift(); try { await ${ITEM}; } catch { list.push(id); ${pause} } } }`,
        })?.alwaysWaits,
    );
    expect(answers).toEqual(["yes", "no"]);
  });
});

describe("pauses before the next attempt", () => {
  it.each([
    ["always", `await sleep(9);`, "yes"],
    ["after throttling alone", `if (e.name === "ThrottlingException") await sleep(9);`, "no"],
    ["but before the last one", `if (i < 2) await sleep(9);`, "yes"],
    ["only late", `if (i > 0) await sleep(9);`, "no"],
    ["never", ``, "no"],
  ])("%s", (_, handling, expected) => {
    expect(
      factsOf({
        code: `export async function run(): Promise<any> { for (let i = 0; i < 3; i++) { try { ${OK} } catch (e: any) { ${handling} } } throw new Error("no"); }`,
      })?.alwaysWaits,
    ).toBe(expected);
  });
});
