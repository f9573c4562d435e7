/** Values that every attempt makes anew, such as an idempotency token that is made inside of a retry loop. */
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { renewedBy } from "../../../src/model/retry/per-attempt.ts";
import { reinvocationOf } from "../../../src/model/retry/reinvocation.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { at, dial, inLoop, start } from "./dialling.ts";

const textOf = (node: TSESTree.Node | undefined): string | undefined =>
  node && unitOf(node).text.slice(...node.range);

/** The source text of what makes the marked token new on every attempt of the innermost layer. */
const renewed = (code: string): string | undefined =>
  at(code, ({ attempts: [attempt], others: [token] }) => {
    if (attempt === undefined) return "no attempt";
    return textOf(token && renewedBy(token, attempt));
  });

describe("a token in a loop is new on every attempt", () => {
  it.each([
    "randomUUID()",
    "nodeCrypto.randomUUID()",
    "crypto.randomUUID()",
    "globalThis.crypto.randomUUID()",
    "uuid()",
    "nanoid()",
    "ulid()",
    "cuid()",
    "createId()",
    "makeToken()",
    "`${to}-${attempt}`",
    "`${to}-${Date.now()}`",
    'to + "-" + Math.random()',
  ])("%s", (token) => {
    expect(renewed(dial(inLoop(`return await ${start(token)};`)))).toBe(token);
  });

  it.each([
    ["Date.now().toString()", "Date.now().toString()"],
    ["new Date().toISOString()", "new Date().toISOString()"],
    ["String(Date.now())", "String(Date.now())"],
    ['randomBytes(16).toString("hex")', 'randomBytes(16).toString("hex")'],
    ["await makeToken()", "await makeToken()"],
  ])("%s as a whole", (token, expected) => {
    expect(renewed(dial(inLoop(`return await ${start(token)};`)))).toBe(expected);
  });

  it.each([
    '"token"',
    "to",
    "`${to}-once`",
    "hash(to)",
    "String(to)",
    "sameToken()",
    'v5(to, "6ba7b810-9dad-11d1-80b4-00c04fd430c8")',
    'createHash("sha256").update(to).digest("hex")',
    "new Date(0).toISOString()",
    "hash.call(to)",
    "ours.randomUUID()",
    "nodeCrypto.constants.toString()",
  ])("look-alike: %s", (token) => {
    expect(renewed(dial(inLoop(`return await ${start(token)};`)))).toBeUndefined();
  });
});

describe("a token with a name", () => {
  it.each([
    [
      "made in the loop",
      inLoop(`const token = randomUUID(); return await ${start("token")};`),
      "randomUUID()",
    ],
    [
      "made of another in the loop",
      inLoop(`const id = uuid(); const token = id; return await ${start("token")};`),
      "uuid()",
    ],
    ["in a text", inLoop(`const id = uuid(); return await ${start("`${to}-${id}`")};`), "uuid()"],
    [
      "made in front of the loop",
      `const token = randomUUID(); ${inLoop(`return await ${start("token")};`)}`,
      undefined,
    ],
    [
      "that is sometimes another",
      inLoop(`let token = randomUUID(); if (!to) token = "none"; return await ${start("token")};`),
      undefined,
    ],
    [
      "taken out of a value",
      inLoop(`const { token } = { token: to }; return await ${start("token")};`),
      undefined,
    ],
    [
      "without a value",
      inLoop(`let token: string | undefined; return await ${start("token")};`),
      undefined,
    ],
    [
      "made by a function that is handed over and run in front",
      `const fresh = () => randomUUID(); const token = fresh(); ${inLoop(`return await ${start("token")};`)}`,
      undefined,
    ],
    [
      "of a counter in front of the loop",
      `let attempt = 0; while (attempt < 3) { try { return await ${start("`${to}-${attempt}`")}; } catch { attempt++; await sleep(9); } }`,
      "`${to}-${attempt}`",
    ],
    [
      "of the counter of another loop",
      `for (let page = 0; page < 2; page++) { const id = String(page); ${inLoop(`return await ${start("id")};`)} }`,
      undefined,
    ],
  ])("%s", (_how, body, expected) => {
    expect(renewed(dial(body))).toBe(expected);
  });

  it.each([
    ["randomUUID()", "randomUUID()"],
    ["token", undefined],
    ["...[randomUUID()] as [string]", undefined],
  ])("that the loop hands to a function as %s", (argument, expected) => {
    const code = `async function once(token: string, to: string) { return ${start("token")}; }
      ${dial(`const token = randomUUID(); ${inLoop(`return await once(${argument}, to);`)}`)}`;
    expect(renewed(code)).toBe(expected);
  });
  it("that the loop hands over for something else", () => {
    const code = `async function once(to: string, token: string) { return ${start("token")}; }
      ${dial(`const token = randomUUID(); ${inLoop("return await once(uuid(), token);")}`)}`;
    expect(renewed(code)).toBeUndefined();
  });
  it("that is missing in the call", () => {
    const code = `async function once(to: string, token?: string) { return ${start("token")}; }
      ${dial(inLoop("return await once(to);"))}`;
    expect(renewed(code)).toBeUndefined();
  });
});

describe("a token in other layers", () => {
  it.each([
    [
      "in the callback of a wrapper",
      dial(`return again(() => ${start("randomUUID()")});`),
      "randomUUID()",
    ],
    [
      "in front of a wrapper",
      dial(`const token = randomUUID(); return again(() => ${start("token")});`),
      undefined,
    ],
    [
      "of the number that a wrapper gives",
      dial(`return again((attempt) => ${start("`${to}-${attempt}`")});`),
      "`${to}-${attempt}`",
    ],
    [
      "of something else that a wrapper gives",
      dial(`return again((context) => ${start("`${to}-${context}`")});`),
      undefined,
    ],
    [
      "in front of a wrapper, by a number of that name",
      `export const dial = (attempt: number, to: string) => again(() => ${start("`${to}-${attempt}`")});`,
      undefined,
    ],
    [
      "of the number of a recursion",
      `export async function dial(to: string, attempt = 1): Promise<unknown> { try { return await ${start("`${to}-${attempt}`")}; } catch (error) { if (attempt > 3) throw error; return dial(to, attempt + 1); } }`,
      "`${to}-${attempt}`",
    ],
    [
      "in a recursion",
      `export async function dial(to: string, attempt = 1): Promise<unknown> { const token = randomUUID(); try { return await ${start("token")}; } catch (error) { if (attempt > 3) throw error; return dial(to, attempt + 1); } }`,
      "randomUUID()",
    ],
    [
      "in a decorated method",
      `const retry = (_t: object, _k: string, d: PropertyDescriptor) => { const original = d.value; d.value = async function (...args: unknown[]) { for (let n = 0; n < 3; n++) { try { return await original.apply(this, args); } catch {} } }; };
       export class Calls { @retry async dial(to: string) { return await ${start("randomUUID()")}; } }`,
      "randomUUID()",
    ],
    [
      "made with an item that is put back",
      dial(
        `const queue = [{ to, token: randomUUID() }]; for (let item = queue.shift(); item; item = queue.shift()) { try { await ${start("randomUUID()").replace("DestinationPhoneNumber: to", "DestinationPhoneNumber: item.to")}; } catch { queue.push(item); } }`,
      ),
      undefined,
    ],
  ])("%s", (_where, code, expected) => {
    expect(renewed(code)).toBe(expected);
  });

  it("in a pipeline of operators is not told", () => {
    const code = `import { defer, retry } from "rxjs"; ${dial(`return defer(() => ${start("randomUUID()")}).pipe(retry(3));`)}`;
    expect(renewed(code)).toBe("no attempt");
  });
});

describe("a handler that is invoked again", () => {
  const invoked = (code: string): boolean =>
    at(code, ({ call, others: [token] }) => {
      const attempt = reinvocationOf(call);
      return (
        attempt !== undefined && token !== undefined && renewedBy(token, attempt) !== undefined
      );
    });

  it.each([
    [`export const handler = async ({ to }: { to: string }) => ${start("randomUUID()")};`, true],
    [`export const lambdaHandler = async ({ to }: any) => ${start("randomUUID()")};`, true],
    [
      `export async function missedCallHandler({ to }: any) { return ${start("randomUUID()")}; }`,
      true,
    ],
    [
      `export const handler = async ({ all }: any) => { for (const to of all) { await ${start("randomUUID()")}; } };`,
      true,
    ],
    [
      `export const handler = async ({ all }: any) => Promise.all(all.map((to: string) => ${start("randomUUID()")}));`,
      true,
    ],
    [
      `const dial = (to: string) => ${start("randomUUID()")}; export const handler = async ({ to }: any) => dial(to);`,
      true,
    ],
    [
      `export const handler = async () => { const to = "+49"; return ${start("randomUUID()")}; };`,
      false,
    ],
    [`export const handlerOf = async (to: string) => ${start("randomUUID()")};`, false],
    [`export const dial = async (to: string) => ${start("randomUUID()")};`, false],
    [`export const handler = async ({ to, id }: any) => ${start("id")};`, false],
    [
      `const token = randomUUID(); export const handler = async ({ to }: any) => ${start("token")};`,
      false,
    ],
  ])("%s", (code, expected) => {
    expect(invoked(code)).toBe(expected);
  });
});
