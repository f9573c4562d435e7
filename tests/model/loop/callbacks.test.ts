import { describe, expect, it } from "vitest";
import { factsOf, words } from "./lab.ts";

const REQUEST = "/*target*/ connect.listUsers({ InstanceId: 'i' }";
const V2 = `import AWS from "aws-sdk"; const connect = new AWS.Connect();`;
const verdict = (code: string): string => words(factsOf({ code: V2 + code }));

describe("attempts that tell their outcome by a callback", () => {
  const cases: readonly (readonly [name: string, code: string, its: string])[] = [
    [
      "starts over from a timer, without end",
      `export function f(done: any) { ${REQUEST}, (err, data) => { if (err) { setTimeout(() => f(done), 1000); return; } done(null, data); }); }`,
      "retry, unbounded: no-exit, everything, unknown, 1 waits",
    ],
    [
      "counts, and only throttling starts over",
      `export function f(n: number, done: any) { ${REQUEST}, (err, data) => { if (err && err.code === "ThrottlingException" && n < 3) { return setTimeout(() => f(n + 1, done), 1000); } done(err, data); }); } f(0, console.log);`,
      "retry, bounded 4, some throttling [ThrottlingException], unknown, 1 waits",
    ],
    [
      "a function expression starts itself over",
      `export function f(done: any) { let n = 0; (function attempt() { ${REQUEST}, function (err, data) { if (err && ++n < 4) return void setTimeout(attempt, 1000); done(err, data); }); })(); }`,
      "retry, bounded 4, everything, unknown, 1 waits",
    ],
    [
      "look-alike: the next page",
      `export function f(token: any, done: any) { /*target*/ connect.listUsers({ InstanceId: "i", NextToken: token }, (err, data) => { if (err) return done(err); if (data.NextToken) f(data.NextToken, done); else done(null); }); }`,
      "pagination",
    ],
    [
      "look-alike: again whatever came, after a while",
      `export function f() { ${REQUEST}, (err, data) => { if (err) console.error(err); else console.log(data); setTimeout(f, 60000); }); }`,
      "pacing",
    ],
    [
      "look-alike: no second attempt",
      `export function f(done: any) { ${REQUEST}, (err, data) => { done(err, data); }); }`,
      "none",
    ],
  ];
  for (const [name, code, its] of cases) {
    it(name, () => {
      expect(verdict(code)).toBe(its);
    });
  }
});

describe("attempts inside a promise", () => {
  const loop = (attempt: string): string =>
    `export async function f() { while (true) { try { return await ${attempt}; } catch { await sleep(9); } } }`;

  it("that is rejected with the error", () => {
    expect(
      verdict(
        loop(
          `new Promise((resolve, reject) => { ${REQUEST}, (err, data) => { if (err) reject(err); else resolve(data); }); })`,
        ),
      ),
    ).toBe("retry, unbounded: no-exit, everything, unknown, 1 waits");
  });
  it("that is resolved with nothing, which leads back", () => {
    expect(
      verdict(
        `export async function f() { let out: any = null; let n = 0; while (out === null && n < 3) { out = await new Promise((resolve) => { ${REQUEST}, (err, data) => resolve(err ? null : data)); }); n++; if (out === null) await sleep(9); } return out; }`.replace(
          "resolve(err ? null : data)",
          "{ if (err) return resolve(null); resolve(data); }",
        ),
      ),
    ).toBe("retry, bounded 3, everything, silent, 1 waits");
  });
  it("and again by the promise of a request that is sent twice", () => {
    expect(
      verdict(
        `export async function f() { for (let n = 0; n < 3; n++) { try { return await ${REQUEST}, (err) => { console.log(err); }).promise(); } catch { await sleep(9); } } throw new Error("no"); }`,
      ),
    ).toBe("retry, bounded 3, everything, throws, 1 waits");
  });
  it("that a loop does not wait for are not judged", () => {
    expect(
      verdict(
        `export function f() { while (true) { ${REQUEST}, (err, data) => { console.log(err, data); }); } }`,
      ),
    ).toBe("unknown");
  });
});

describe("functions that come back through another one", () => {
  it("by a timer in the other, with the same work", () => {
    expect(
      words(
        factsOf({
          code: `export async function f(id: string) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); } catch { later(id); } } function later(again: string) { setTimeout(() => { void f(again); }, 3000); }`,
        }),
      ),
    ).toBe("retry, unbounded: no-exit, everything, unknown, 1 waits");
  });
  it("with other work", () => {
    expect(
      words(
        factsOf({
          code: `export async function f(at: number): Promise<void> { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: ids[at] })); } catch (e) { log.warn(e); } await next(at); } async function next(at: number) { if (at < ids.length) await f(at + 1); }`,
        }),
      ),
    ).toBe("unknown");
  });
  it("where the other one judges the error", () => {
    expect(
      words(
        factsOf({
          code: `export async function f(n: number): Promise<unknown> { try { return await /*target*/ client.send(cmd); } catch (e) { return handle(n, e); } } async function handle(n: number, problem: any) { if (n >= 3 || problem.name !== "ThrottlingException") throw problem; return f(n + 1); } void f(0);`,
        }),
      ),
    ).toBe("retry, bounded 4, some throttling [ThrottlingException], throws, 0 waits");
  });
});

describe("errors handed to another function", () => {
  const around = (handled: string): string =>
    `${handled} export async function f() { for (let n = 0; n < 3; n++) { try { return await /*target*/ client.send(cmd); } catch (e) { note(e); await sleep(9); } } throw new Error("no"); }`;

  it("that may throw them again tell nothing of the filter", () => {
    expect(
      words(
        factsOf({
          code: around(
            `function note(e: unknown) { if (!(e instanceof TypeError)) return; throw e; }`,
          ),
        }),
      ),
    ).toBe("retry, bounded 3, unknown, throws, 1 waits");
  });
  it("that only logs are not filtered", () => {
    expect(words(factsOf({ code: around(`function note(e: unknown) { log.warn(e); }`) }))).toBe(
      "retry, bounded 3, everything, throws, 1 waits",
    );
  });
});
