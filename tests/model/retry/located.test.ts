/** Where the parts of a layer are in the file that it stands in: its head, its handler, its waits, the call by which a function calls itself. */
import { SourceCode } from "eslint";
import { describe, expect, it } from "vitest";
import { repeatedCode, standsIn, waitShownIn } from "../../../src/model/retry/delay-place.ts";
import { handlerIn } from "../../../src/model/retry/handler.ts";
import { layerLocation } from "../../../src/model/retry/location.ts";
import { layersIn, operationsOf } from "../../../src/model/retry/program-layers.ts";
import { selfCallOf } from "../../../src/model/retry/self-call.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import type { TSESTree } from "@typescript-eslint/utils";
import { withModel } from "../../support/model.ts";
import { atLayer, getting, PRELUDE, SEND } from "./support.ts";

const textOf = (node: TSESTree.Node | undefined): string | undefined =>
  node && unitOf(node).text.slice(...node.range);
const FAILING = `try { return await ${SEND}; } catch { await sleep(9); }`;
const AGAIN = `export async function again<T>(fn: () => Promise<T>): Promise<T> { for (let n = 0; ; n++) { try { return await fn(); } catch (error) { if (n > 3) throw error; await sleep(9); } } }`;
const recursion = (
  rest: string,
  head = "export async function get(UserId: string, n = 0): Promise<unknown>",
): string =>
  `${head} { try { return await ${SEND}; } catch (error) { if (n > 3) throw error; ${rest} } }`;

describe("the head of a layer", () => {
  const headOf = (code: string): string =>
    atLayer(code, ({ layer }, _targets, { text, ast, visitorKeys }) => {
      const sourceCode = new SourceCode({
        text,
        ast: ast as never,
        visitorKeys: visitorKeys as never,
      });
      const { start, end } = layerLocation(layer, sourceCode as never);
      return text.slice(sourceCode.getIndexFromLoc(start), sourceCode.getIndexFromLoc(end));
    });

  it.each([
    [getting(`for (let n = 0; n < 3; n++) { ${FAILING} }`), "for (let n = 0; n < 3; n++)"],
    [getting(`while (true) { ${FAILING} }`), "while (true)"],
    [getting(`do { ${FAILING} } while (true);`), "do"],
    [recursion("return get(UserId, n + 1);"), "get"],
    [
      `${AGAIN} export const get = (UserId: string) => again(() => ${SEND});`,
      "for (let n = 0; ; n++)",
    ],
    [`import pRetry from "p-retry"; ${getting(`return pRetry(() => ${SEND});`)}`, "pRetry"],
  ])("%s", (code, expected) => {
    expect(headOf(code)).toBe(expected);
  });
});

describe("the handler of a layer", () => {
  const handled = (code: string): string | undefined =>
    atLayer(code, (located) => textOf(handlerIn(located)?.body));
  const noted = "{ console.warn(1); }";

  it.each([
    ["of the call", getting(`for (;;) { try { return await ${SEND}; } catch ${noted} }`), noted],
    [
      "of the call and not of another",
      getting(
        `for (;;) { try { await sleep(1); } catch { await sleep(2); } try { return await ${SEND}; } catch ${noted} }`,
      ),
      noted,
    ],
    [
      "of a wrapper",
      `export async function again<T>(fn: () => Promise<T>): Promise<T> { for (;;) { try { return await fn(); } catch ${noted} } } export const get = (UserId: string) => again(() => ${SEND});`,
      noted,
    ],
    [
      "of a wrapper, not of a function in it",
      `export async function again<T>(fn: () => Promise<T>): Promise<T> { for (;;) { const stop = () => { try { return 1; } catch { return 2; } }; try { return await fn(); } catch ${noted} console.log(stop); } } export const get = (UserId: string) => again(() => ${SEND});`,
      noted,
    ],
    [
      "of a wrapper with two",
      `export async function again<T>(fn: () => Promise<T>): Promise<T> { for (;;) { try { await sleep(1); } catch {} try { return await fn(); } catch ${noted} } } export const get = (UserId: string) => again(() => ${SEND});`,
      undefined,
    ],
  ])("%s", (_whose, code, expected) => {
    expect(handled(code)).toBe(expected);
  });
});

describe("the code that a layer repeats", () => {
  const startOf = (code: string): string | undefined =>
    atLayer(code, ({ layer }) => textOf(repeatedCode(layer))?.slice(0, 22));

  it.each([
    [getting(`for (;;) { ${FAILING} }`), "for (;;) { try { retur"],
    [recursion("return get(UserId, n + 1);"), "async function get(Use"],
    [
      `import pRetry from "p-retry"; ${getting(`return pRetry(() => ${SEND});`)}`,
      "pRetry(() => /*target*",
    ],
    [
      `export async function all(queue: string[]) { for (let UserId = queue.shift(); UserId; UserId = queue.shift()) { try { await ${SEND}; } catch { queue.push(UserId); } } }`,
      "for (let UserId = queu",
    ],
  ])("%s", (code, expected) => {
    expect(startOf(code)).toBe(expected);
  });

  it("is told from other code of the file and of other files", () => {
    const code = `import { far } from "./far.js"; /*target*/ const near = 100;
      ${getting(`for (;;) { try { return await ${SEND}; } catch { await sleep(/*target*/ 200); } }`)} export { far, near };`;
    const places = withModel(
      { "file.ts": PRELUDE + code, "far.ts": "export const far = /*target*/ 300;" },
      (unit, targets) => {
        const [located] = layersIn(unit);
        return targets.map(
          (node) =>
            located && [standsIn(located.layer, node), textOf(waitShownIn(located.layer, node))],
        );
      },
    );
    expect(places).toEqual(
      [
        ["file", "sleep(200)"],
        ["layer", SEND.replace("/*target*/ ", "")],
        ["layer", "200"],
        ["program", "sleep(200)"],
      ].map(([place, shown]) => [place, shown?.replace("200)", "/*target*/ 200)")]),
    );
  });

  it("shows no wait where there is none in it", () => {
    const code = `import pRetry from "p-retry"; ${getting(`return pRetry(() => ${SEND});`)}`;
    expect(atLayer(code, ({ layer }) => waitShownIn(layer, undefined))).toBeUndefined();
  });
});

describe("the call by which a function calls itself", () => {
  const plain = "return get(UserId, n + 1);";
  const selfCall = (code: string): string | undefined =>
    atLayer(code, ({ layer }) => textOf(selfCallOf(layer)?.again));
  const found = "get(UserId, n + 1)";
  const arrow = (head: string): string =>
    `${recursion(plain, `${head} = async (UserId: string, n = 0): Promise<unknown> =>`)};`;
  const inClass = (head: string, more = ""): string =>
    `class Base { async get(UserId: string, n = 0): Promise<unknown> { return [UserId, n]; } } export class Users ${head.includes("override") ? "extends Base " : ""}{ ${more} ${recursion("return this.get(UserId, n + 1);", head)} }`;

  it.each([
    ["of a function", recursion(plain), found],
    ["that others call with less", `${recursion(plain)} export const one = () => get("u");`, found],
    ["of a constant", arrow("export const get"), found],
    [
      "of a constant with a type",
      arrow("type Get = (UserId: string, n?: number) => Promise<unknown>; export const get: Get"),
      undefined,
    ],
    [
      "of a method",
      inClass("async get(UserId: string, n = 0): Promise<unknown>"),
      "this.get(UserId, n + 1)",
    ],
    [
      "of a method beside others",
      inClass("async get(UserId: string, n = 0): Promise<unknown>", "list(): void {}"),
      "this.get(UserId, n + 1)",
    ],
    [
      "of a method of a base class",
      inClass("override async get(UserId: string, n = 0): Promise<unknown>"),
      undefined,
    ],
    [
      "of a method with overloads",
      inClass(
        "async get(UserId: string, n?: number): Promise<unknown>; async get(UserId: string, n = 0): Promise<unknown>",
      ),
      undefined,
    ],
    [
      "of a property",
      inClass("get = async (UserId: string, n = 0): Promise<unknown> =>"),
      "this.get(UserId, n + 1)",
    ],
    [
      "of a property with a type",
      inClass(
        "get: (UserId: string, n?: number) => Promise<unknown> = async (UserId: string, n = 0): Promise<unknown> =>",
      ),
      undefined,
    ],
    ["of two", recursion(`if (UserId) return get(UserId, n + 2); ${plain}`), undefined],
    [
      "that others give more",
      `${recursion(plain)} export const one = () => (get as any)("u", 1, 2);`,
      undefined,
    ],
    [
      "that others give a list",
      `${recursion(plain)} export const one = (args: [string]) => get(...args);`,
      undefined,
    ],
    [
      "that others hand over",
      `${recursion(plain)} export const all = (ids: string[]) => ids.map(get);`,
      undefined,
    ],
    [
      "by way of another function",
      `${recursion("return next(UserId, n + 1);")} function next(UserId: string, n: number): Promise<unknown> { return get(UserId, n); }`,
      undefined,
    ],
    ["of a loop", getting(`for (;;) { ${FAILING} }`), undefined],
  ])("%s", (_whose, code, expected) => {
    expect(selfCall(code)).toBe(expected);
  });
});

describe("the layers of a file", () => {
  const layersOf = (
    files: Readonly<Record<string, string>>,
    services = "connect",
  ): readonly string[] =>
    withModel(
      files,
      (unit) => layersIn(unit).map((located) => `${located.layer.label}: ${operationsOf(located)}`),
      { settings: { services } },
    );
  const LIST = `client.send(new ListUsersCommand({ InstanceId: "i" }))`;
  const HEAD = PRELUDE.replace("DescribeUserCommand", "DescribeUserCommand, ListUsersCommand");

  it("are one for several calls in it", () => {
    const body = `for (;;) { try { await ${SEND}; return await ${LIST}; } catch { await sleep(9); } }`;
    expect(layersOf({ "file.ts": HEAD + getting(body) })).toEqual([
      "this for loop: DescribeUser and 1 more",
    ]);
    const twice = `for (;;) { try { await ${SEND}; return await ${SEND}; } catch { await sleep(9); } }`;
    expect(layersOf({ "file.ts": HEAD + getting(twice) })).toEqual(["this for loop: DescribeUser"]);
  });
  it("are those of a retry function that other files use", () => {
    const user = `${HEAD} import { again } from "./again.js"; export const get = (UserId: string) => again(() => ${SEND});`;
    const own = `import "./file.js"; declare const sleep: (ms: number) => Promise<void>; ${AGAIN}`;
    expect(layersOf({ "again.ts": own, "file.ts": user })).toEqual(["this for loop: DescribeUser"]);
    expect(layersOf({ "file.ts": user, "again.ts": own })).toEqual([]);
  });

  const throttled = (test: string, more = ""): string =>
    `declare const sleep: (ms: number) => Promise<void>; export async function again<T>(fn: () => Promise<T>): Promise<T> { for (let n = 0; ; n++) { try { return await fn(); } catch (error: any) { if (n > 3 || !(${test})) throw error; await sleep(9); } } } ${more}`;
  it.each([
    [
      "looks for throttling",
      throttled(`error.name === "ThrottlingException"`),
      ["this for loop: AWS calls"],
    ],
    [
      "looks for throttling and more",
      throttled(`error.name === "ThrottlingException" || error.name === "TimeoutError"`),
      ["this for loop: AWS calls"],
    ],
    [
      "looks for something else",
      throttled(`error.name === "TimeoutError"`, "export const note = 'throttling';"),
      [],
    ],
    ["repeats everything", throttled("true", "export const note = 'throttling';"), []],
    [
      "is used by another",
      throttled(
        `error.name === "ThrottlingException"`,
        "export const twice = <T>(fn: () => Promise<T>) => again(() => fn());",
      ),
      ["this for loop: AWS calls"],
    ],
  ])("are those of a retry function that %s, for all services", (_what, code, expected) => {
    expect(layersOf({ "file.ts": code }, "aws")).toEqual(expected);
    expect(layersOf({ "file.ts": code })).toEqual([]);
  });
  it("counts such a function once where its calls are seen", () => {
    const code = `${HEAD} ${throttled(`error.name === "ThrottlingException"`).replace(/^declare.*?; /, "")} export const get = (UserId: string) => again(() => ${SEND});`;
    expect(layersOf({ "file.ts": code }, "aws")).toEqual(["this for loop: DescribeUser"]);
  });
});
