/** The wrapped call: every position and every kind of argument, through the real rule and the compiler. */
import { describe, expect, it } from "vitest";
import { repair, type RepairSetup } from "./checklist.ts";

const HEADER = `import { type ConnectClient, DescribeContactCommand, ListUsersCommand, type ListUsersCommandOutput } from "@aws-sdk/client-connect";
import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";
export { DescribeContactCommand, ListUsersCommand, sendWithBackoff };
export type { ListUsersCommandOutput };
declare const client: ConnectClient;
`;
const X = `new ListUsersCommand({ InstanceId: "i" })`;

/** \`send(\` of any receiver, as it is to be after the fix. */
const wrapped = (text: string) =>
  text.replaceAll(/((?:this\.)?\b\w+!?)\.send\(/gu, "sendWithBackoff($1, ");

type Row = readonly [name: string, before: string, after?: string | undefined, setup?: RepairSetup];

const fixed = (table: string, rows: readonly Row[]) => {
  for (const [name, before, after, setup] of rows) {
    it(`${table}: ${name}`, () => {
      expect(repair(`${HEADER}${before}\n`, setup)).toMatchObject({
        by: "fix",
        text: `${HEADER}${after ?? wrapped(before)}\n`,
      });
    });
  }
};

describe("arguments whose type is narrowed, where a closure would not compile", () => {
  // The SDK's inputs accept `undefined`; a method does not.
  const list = (id: string) => `client.send(new ListUsersCommand({ InstanceId: ${id}.trim() }))`;
  fixed("5.3", [
    [
      "`const`, parameter, discriminated union, loop variable of `for await`",
      `type Shape = { kind: "a"; id: string } | { kind: "b" };
export async function f(p: string | undefined, u: Shape, ids: AsyncIterable<string | undefined>) {
  const c = p;
  if (c) await ${list("c")};
  if (u.kind === "a") await ${list("u.id")};
  for await (const id of ids) if (id) await ${list("id")};
}`,
    ],
    [
      "`let` narrowed, not reassigned later; assigned before, not after",
      `export async function f(v?: string) {
  let a = v;
  if (a) await ${list("a")};
  let b: string | undefined;
  b = "i";
  await ${list("b")};
}`,
    ],
    [
      "`let` or parameter reassigned after",
      `export async function f(p?: string) {
  if (!p) return;
  await ${list("p")};
  p = undefined;
}`,
    ],
    [
      "`o.id`, also `readonly`",
      `export async function f(o: { readonly id?: string }) { if (o.id) await ${list("o.id")}; }`,
    ],
    [
      "`this.id`, also `readonly`",
      `export class A { readonly id?: string; async f() { if (this.id) await ${list("this.id")}; } }`,
    ],
    [
      "loop-carried `let` (page token style)",
      `export async function f() {
  let token: string | undefined;
  do {
    const page: ListUsersCommandOutput = await client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token }));
    token = page.NextToken;
  } while (token);
}`,
    ],
    [
      "`o[k]`",
      `export async function f(o: Record<string, string | undefined>, k: "a") { if (o[k]) await ${list("o[k]")}; }`,
    ],
    [
      "module-level `let g; if (g.id)`",
      `let g: { id?: string } = {};
export const set = () => { g = { id: "x" }; };
export async function f() { if (g.id) await ${list("g.id")}; }`,
    ],
    [
      "variable assigned inside, read after (definite assignment)",
      `export async function f() { let id: string; await ${list('(id = "i")')}; return id; }`,
    ],
    [
      "assertion function called inside",
      `declare function assertString(v: unknown): asserts v is string;
export async function f(v: unknown) { await client.send((assertString(v), new ListUsersCommand({ InstanceId: v }))); return v.length; }`,
    ],
  ]);
});

describe("positions", () => {
  fixed("B", [
    ["`await call`: only the call changes", `export const r = await client.send(${X});`],
    [
      "returned promise, stored promise, `void call`: the type stays a promise",
      `export const stored: Promise<ListUsersCommandOutput> = client.send(${X});
export function returned(): Promise<ListUsersCommandOutput> { return client.send(${X}); }
void client.send(${X});`,
    ],
    [
      "`.then/.catch/.finally` chain: the innermost send is wrapped",
      `export const n: Promise<number> = client
  .send(${X})
  .then((r) => r.UserSummaryList?.length ?? 0)
  .catch(() => 0)
  .finally(() => { console.log("done"); });`,
      `export const n: Promise<number> = sendWithBackoff(client, ${X})
  .then((r) => r.UserSummaryList?.length ?? 0)
  .catch(() => 0)
  .finally(() => { console.log("done"); });`,
    ],
    [
      "non-null `!`, `as`, `satisfies`, parentheses around and inside: kept",
      `export const f = (c?: ConnectClient) => (((c!)).send((${X} satisfies ListUsersCommand)) as Promise<ListUsersCommandOutput>) satisfies object;`,
      `export const f = (c?: ConnectClient) => (sendWithBackoff(((c!)), (${X} satisfies ListUsersCommand)) as Promise<ListUsersCommandOutput>) satisfies object;`,
    ],
    [
      "constructor, getter, static block, class field initialiser, parameter default: where a promise is acceptable",
      `export class A {
  readonly field = client.send(${X});
  static { void client.send(${X}); }
  readonly made;
  constructor() { this.made = client.send(${X}); }
  get got() { return client.send(${X}); }
  method(argument = client.send(${X})) { return argument; }
}`,
    ],
    [
      "decorator argument",
      `declare function decorate(p: Promise<unknown>): (target: unknown, context: unknown) => void;
@decorate(client.send(${X}))
export class A {}`,
    ],
    [
      "sync function without `await`: the promise is returned as before",
      `export function f() { return client.send(${X}); }`,
    ],
    [
      "generator, async generator",
      `export function* g() { yield client.send(${X}); }
export async function* h() { yield* (await client.send(${X})).UserSummaryList ?? []; }`,
    ],
    [
      "top-level await: validity unchanged",
      `export const { UserSummaryList = [] } = await client.send(${X});`,
    ],
    [
      "`using` / `await using` resources: evaluation stays in their block",
      `export async function f() {
  using a = { id: "i", [Symbol.dispose]() {} };
  await using b = { id: "i", async [Symbol.asyncDispose]() {} };
  return await client.send(new ListUsersCommand({ InstanceId: a.id, NextToken: b.id }));
}`,
      undefined,
      { compilerOptions: { lib: ["esnext"] } },
    ],
    [
      "nested sends: both wrapped, none twice",
      `export const f = async () => client.send(new DescribeContactCommand({ InstanceId: "i", ContactId: (await client.send(${X})).NextToken }));`,
    ],
    [
      "arrow body that is an object literal: stays parenthesised",
      `export const f = async () => ({ users: await client.send(${X}) });`,
    ],
    [
      "JSX / TSX: no generic arrow in the inserted text",
      `export const a = <button onClick={() => { void client.send(${X}); }} />;`,
      undefined,
      { filename: "src/react.tsx" },
    ],
    [
      "through a generic, an intersection, an element of a record",
      `export const f = <C extends ConnectClient>(c: C, d: ConnectClient & { tag: string }, m: Record<string, ConnectClient>) => [c.send(${X}), d.send(${X}), m["a"]!.send(${X})];`,
      `export const f = <C extends ConnectClient>(c: C, d: ConnectClient & { tag: string }, m: Record<string, ConnectClient>) => [sendWithBackoff(c, ${X}), sendWithBackoff(d, ${X}), sendWithBackoff(m["a"]!, ${X})];`,
      { compilerOptions: { noUncheckedIndexedAccess: true } },
    ],
  ]);
});

describe("arguments", () => {
  fixed("B", [
    [
      "`this`, `super`, `arguments`, `new.target` in arguments: value form",
      `class Base { constructor(readonly c: ConnectClient, readonly id: string) {} get x() { return "x"; } }
export class A extends Base { run() { return this.c.send(new ListUsersCommand({ InstanceId: super.x + this.id })); } }
export function F(this: { c: ConnectClient }, _a: string) { return this.c.send(new ListUsersCommand({ InstanceId: String(arguments[0]) + String(new.target) })); }`,
    ],
    [
      "`await` inside arguments: value form",
      `export const r = await client.send(new ListUsersCommand({ InstanceId: await Promise.resolve("i") }));`,
    ],
    [
      "`yield` inside arguments: value form",
      `export function* g(): Generator<unknown, void, string> { yield client.send(new ListUsersCommand({ InstanceId: yield 1 })); }`,
    ],
    [
      "side effects in arguments: evaluated once, in place",
      `let i = 0;
export const r = client.send(new ListUsersCommand({ InstanceId: String(i++) + String(Date.now()) }));`,
    ],
    [
      "abort signal or per-call options in the second argument: forwarded",
      `export const f = (s: AbortSignal) => client.send(${X}, { abortSignal: s });`,
      `export const f = (s: AbortSignal) => sendWithBackoff(client, ${X}, { sendOptions: { abortSignal: s } });`,
    ],
    [
      "explicit return types, `isolatedDeclarations`",
      `export const f = (): Promise<ListUsersCommandOutput> => client.send(${X});`,
      undefined,
      { compilerOptions: { isolatedDeclarations: true, declaration: true } },
    ],
    [
      "`exactOptionalPropertyTypes`, `noUncheckedIndexedAccess`",
      `export const f = (ids: readonly string[], t?: string) => client.send(new ListUsersCommand({ InstanceId: ids[0], ...(t && { NextToken: t }) }), { requestTimeout: 5 });`,
      `export const f = (ids: readonly string[], t?: string) => sendWithBackoff(client, new ListUsersCommand({ InstanceId: ids[0], ...(t && { NextToken: t }) }), { sendOptions: { requestTimeout: 5 } });`,
      { compilerOptions: { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true } },
    ],
    [
      "`strictNullChecks` off",
      `export const f = (c?: ConnectClient, id?: string) => c.send(new ListUsersCommand({ InstanceId: id }));`,
      undefined,
      { compilerOptions: { strict: false } },
    ],
  ]);
});

describe("text", () => {
  fixed("B", [
    [
      "ASI: lines that start with `(`, `[` and a template, in a file without semicolons",
      `const a = 1\nlet b = a\n;(await Promise.resolve(client)).send(${X})\nb\n++b\n;[1].map(String)\n;\`x\`.trim()`,
      `const a = 1\nlet b = a\n;sendWithBackoff((await Promise.resolve(client)), ${X})\nb\n++b\n;[1].map(String)\n;\`x\`.trim()`,
    ],
    [
      "keyword glued to the call: a space is kept",
      `export async function f() { return(client).send(${X}); }
export async function g() { return await(client.send(${X})); }
export const t = typeof(client).send(${X});`,
      `export async function f() { return sendWithBackoff((client), ${X}); }
export async function g() { return await(sendWithBackoff(client, ${X})); }
export const t = typeof sendWithBackoff((client), ${X});`,
    ],
    [
      "comments inside the call: all kept",
      `export const f = () => /* 1 */ client /* 2 */ . /* 3 */ send /* 4 */ ( /* 5 */ ${X} /* 6 */ ) /* 7 */;`,
      `export const f = () => /* 1 */ sendWithBackoff(client /* 2 */  /* 3 */  /* 4 */ ,  /* 5 */ ${X} /* 6 */ ) /* 7 */;`,
    ],
    [
      "`eslint-disable-next-line` above: still on the right line",
      `export async function f() {\n  // eslint-disable-next-line no-console\n  console.log(await client.send(\n    ${X},\n  ));\n}`,
      `export async function f() {\n  // eslint-disable-next-line no-console\n  console.log(await sendWithBackoff(client,\n    ${X},\n  ));\n}`,
    ],
    [
      "`@ts-expect-error` above, and inside: still on the right line",
      `export async function f() {\n  // @ts-expect-error the instance is missing\n  await client.send(new ListUsersCommand({}));\n  await client.send(\n    // @ts-expect-error the instance is missing\n    new ListUsersCommand({}),\n  );\n}`,
      `export async function f() {\n  // @ts-expect-error the instance is missing\n  await sendWithBackoff(client, new ListUsersCommand({}));\n  await sendWithBackoff(\n    client,\n    // @ts-expect-error the instance is missing\n    new ListUsersCommand({}),\n  );\n}`,
    ],
  ]);
});

describe("no fix", () => {
  it.each([
    ["5.3", "overload with callback", `client.send(${X}, () => {});`, "callback"],
    ["B", "callback overload", `client.send(${X}, (e, r) => { console.log(e, r); });`, "callback"],
    [
      "5.3",
      "optional call `c?.send()`",
      `export const f = (c?: ConnectClient) => c?.send(${X});`,
      "optional chain",
    ],
    [
      "B",
      "optional chain on the client",
      `export const f = (o: { c?: ConnectClient }) => o.c?.send(${X});`,
      "optional chain",
    ],
    [
      "B",
      "second argument that may be a callback",
      `export const f = (o: { requestTimeout: number }) => client.send(${X}, o);`,
      "may be a callback",
    ],
    [
      "B",
      "paginator: the iterator is not wrapped",
      `import { paginateListUsers } from "@aws-sdk/client-connect";\nexport const f = () => paginateListUsers({ client }, { InstanceId: "i" });`,
      "the helper sends commands",
    ],
    [
      "B",
      "aggregated client",
      `import type { Connect } from "@aws-sdk/client-connect";\nexport const f = (c: Connect) => c.listUsers({ InstanceId: "i" });`,
      "the helper sends commands",
    ],
  ])("%s: %s", (_table, _name, code, reason) => {
    const { by, message } = repair(`${HEADER}${code}\n`);
    expect(by).toBe("report only");
    expect(message).toMatch(new RegExp(`No edit is offered: .*${reason}`, "u"));
  });

  it("B: async context missing where a fix would need `await`: not made by a fix", () => {
    const { by, text } = repair(
      `${HEADER}import { createPacer } from "eslint-plugin-connect-resilience/backoff";
export { createPacer };
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export function f(attempt = 1): Promise<ListUsersCommandOutput> {
  return client.send(${X}).catch((error: unknown) => {
    if (attempt === 5) throw error;
    void sleep(1000);
    return f(attempt + 1);
  });
}
`,
      { rule: "require-jitter" },
    );
    expect(by).not.toBe("fix");
    expect(text).not.toContain("async ");
  });

  it.each([
    [
      "already inside a retry",
      `import { withBackoff } from "eslint-plugin-connect-resilience/backoff";\nexport const r = withBackoff(() => client.send(${X}));`,
    ],
    ["call already wrapped: a fixpoint", `export const r = sendWithBackoff(client, ${X});`],
    [
      "mocked client in tests",
      `import { ConnectClient as Client } from "@aws-sdk/client-connect";\nimport { mockClient } from "aws-sdk-client-mock";\nexport const mock = mockClient(new Client({}));`,
    ],
  ])("B: %s: nothing is reported", (_, code) => {
    const files = {
      "node_modules/aws-sdk-client-mock/package.json": `{ "name": "aws-sdk-client-mock", "version": "4.1.0", "types": "index.d.ts" }`,
      "node_modules/aws-sdk-client-mock/index.d.ts":
        "export declare function mockClient(client: unknown): object;",
    };
    const setup = code.includes("aws-sdk-client-mock") ? { files } : {};
    expect(repair(`${HEADER}${code}\n`, setup).by).toBe("silence");
  });

  it.each([
    ["`break`", `        if (id === "") break;\n`],
    ["`continue`", `        if (id === "") continue;\n`],
    ["a label", `        if (id === "") continue again;\n`],
    ["outer state", `        tries.push(id);\n`],
  ])("B: loop rewriting is never an autofix: the body has %s", (_, line) => {
    const { by } = repair(
      `${HEADER}const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function f(id: string, tries: string[]) {
  again: while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch {
${line}        await sleep(Math.random() * 1000);
      if (tries.length > 1e9) break again;
    }
  }
}
`,
      { rule: "no-unbounded-retry" },
    );
    expect(by).not.toBe("fix");
  });
});
