/** Clients that are built again and again. */
import type { TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";
import { type Construction, constructionsIn } from "../../../src/model/client/construction.ts";
import { invocationAround, rebuiltBy } from "../../../src/model/client/lifetime.ts";
import { nameOfFunction } from "../../../src/model/program/callers.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";
import { expectRows, type NamedRow } from "../../support/rows.ts";

const BEFORE = `import { ConnectClient, type ConnectClientConfig, ListUsersCommand } from "@aws-sdk/client-connect";
import Connect from "aws-sdk/clients/connect";
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
declare const ids: string[];
declare const given: ConnectClient | undefined;
declare const use: any;
const command = new ListUsersCommand({ InstanceId: "i" });
`;
const BUILD = "const client = new ConnectClient({}); await client.send(command);";
/** A class that builds a client of what it holds whenever it is asked. */
const HOLDER = `export class Holder {
  constructor(private readonly config: ConnectClientConfig) {}
  async list() { return new ConnectClient({ ...this.config }).send(command); }
  async both() { await this.list(); }
  /* more */
}
`;
const each = (body: string): string =>
  `export async function all() { for (const id of ids) { ${body} } }`;

const first = (target: TSESTree.Node): Construction => {
  const [construction] = constructionsIn(unitOf(target));
  if (construction === undefined) throw new Error("no client");
  return construction;
};
const rebuilt = (target: TSESTree.Node): string => rebuiltBy(first(target))?.kind ?? "nothing";
const marked = ([what, code, expected]: NamedRow): NamedRow => [
  what,
  `/*target*/ ${BEFORE}${code}`,
  expected,
];

it("what builds a client anew", () => {
  const rows: readonly NamedRow[] = [
    ["a loop", each(BUILD), "pass"],
    [
      "a loop that keeps what the client is asked for",
      each("use[id] = await new ConnectClient({}).send(command);"),
      "pass",
    ],
    ["a loop in a callback at once", each(`await (async () => { ${BUILD} })();`), "pass"],
    [
      "a variable that only the program sets",
      `let region = "a"; region = "b";\n${each("use(new ConnectClient({ region }));")}`,
      "pass",
    ],
    ["a list of items", `export const all = () => ids.map(async () => { ${BUILD} });`, "element"],
    ["a wrapper", `export const get = () => withBackoff(async () => { ${BUILD} });`, "attempt"],
    [
      "a function in a loop",
      `const get = async () => { ${BUILD} };\n${each("await get();")}`,
      "call",
    ],
    [
      "a method of one object in a loop",
      `${HOLDER}const held = new Holder({});\n${each("await held.list();")}`,
      "call",
    ],
    [
      "a method of the object around, in a loop",
      HOLDER.replace("/* more */", "async all() { for (const id of ids) await this.list(); }"),
      "call",
    ],
    [
      "a function of a function in a loop",
      `const get = async () => { ${BUILD} };\nconst both = async () => { await get(); };\n${each("await both();")}`,
      "call",
    ],
  ];
  expectRows(rows.map(marked), rebuilt);
});

it("built anew by a function that another file calls in a loop", () => {
  const other =
    'import { get } from "./file.js";\nexport async function all() { for (let i = 0; i < 9; i++) await get(); }';
  const files = {
    "file.ts": `/*target*/ ${BEFORE}export async function get() { ${BUILD} }`,
    "other.ts": other,
  };
  expect(withModel(files, (_unit, [target]) => target && rebuilt(target))).toBe("call");
});

it("what does not build the same client anew", () => {
  const rows: readonly (readonly [string, string])[] = [
    [
      "a method of an object for each pass",
      `${HOLDER}${each("const held = new Holder({ region: id }); await held.list();")}`,
    ],
    [
      "a method of an object for each pass, by another one",
      `${HOLDER}${each("const held = new Holder({ region: id }); await held.both();")}`,
    ],
    [
      "a method of each object of a list",
      `${HOLDER}export async function all(of: Holder[]) { for (const held of of) await held.list(); }`,
    ],
    [
      "a method of an object that is asked for in each pass",
      `${HOLDER}${each("await (await use(id)).list(); const held: Holder = await use(id); await held.list();")}`,
    ],
    ["another region in each pass", each("use(new ConnectClient({ region: id }));")],
    [
      "a region that changes in each pass",
      `let region = "a";\n${each("region += id; use(new ConnectClient({ region }));")}`,
    ],
    [
      "a region that a function is given",
      `const make = (region: string) => new ConnectClient({ region });\n${each("await make(id).send(command);")}`,
    ],
    [
      "a region that a callback is given",
      "export const all = () => ids.map((region) => use(new ConnectClient({ region })));",
    ],
    ["what is waited for", each("use(new ConnectClient({ credentials: await use(id) }));")],
    [
      "what a generator is given",
      "export function* all() { for (const id of ids) use(id, new ConnectClient({ region: yield })); }",
    ],
    [
      "one that is kept",
      `let client: ConnectClient | undefined;\n${each("client ??= new ConnectClient({}); await client.send(command);")}`,
    ],
    ["one that is kept by its name", each("use[id] = new ConnectClient({});")],
    [
      "one for want of another",
      each("const client = given ?? new ConnectClient({}); use(client);"),
    ],
    [
      "one instead of another",
      each("const client = id ? use : new ConnectClient({}); use(client);"),
    ],
    ["one on a branch", each(`if (id) { ${BUILD} }`)],
    ["one in a case", each(`switch (id) { case "a": ${BUILD} }`)],
    ["one after a failure", each(`try { use(); } catch { ${BUILD} }`)],
    [
      "a default",
      each("const get = (client = new ConnectClient({})) => client.send(command); await get();"),
    ],
    [
      "the head of a loop",
      "export async function all() { for (const user of await new ConnectClient({}).send(command) as any) use(user); }",
    ],
    ["code behind a promise", `export const get = () => use().then(async () => { ${BUILD} });`],
    [
      "a test",
      `for (const id of ids) use.it; declare const it: any; for (const id of ids) it(id, async () => { ${BUILD} });`,
    ],
    [
      "a test of a table",
      `declare const test: any; for (const id of ids) test.each([id])("a", async () => { ${BUILD} });`,
    ],
    [
      "a constructor",
      `class Users { client = use; constructor() { this.client = use(new ConnectClient({})); } }\n${each("use(new Users());")}`,
    ],
    [
      "a function that is called once",
      `const get = async () => { ${BUILD} };\nexport const once = () => get();`,
    ],
    [
      "a function that calls itself in a loop",
      `export async function get() { ${BUILD} for (const id of ids) await get(); }`,
    ],
    ["SDK v2", each("use(new Connect({}));").replace("use(new", "use(ConnectClient, new")],
  ];
  expectRows(
    rows.map(([what, code]) => marked([what, code, "nothing"])),
    rebuilt,
  );
});

it("handlers that build a client on each invocation", () => {
  const rows: readonly NamedRow[] = [
    ["a handler", `export const handler = async () => { ${BUILD} };`, "handler"],
    [
      "a handler with a longer name",
      `export const listHandler = async () => { ${BUILD} };`,
      "listHandler",
    ],
    [
      "a callback of a handler",
      `export const handler = () => use(async () => { ${BUILD} });`,
      "handler",
    ],
    ["another function", `export const list = async () => { ${BUILD} };`, "none"],
    ["what makes handlers", `export const makeHandlers = async () => { ${BUILD} };`, "none"],
    [
      "what handlers are made of",
      `export const handlerOptions = async () => { ${BUILD} };`,
      "none",
    ],
    [
      "a region of the event",
      "export const handler = (event: any) => use(new ConnectClient({ region: event.region }));",
      "none",
    ],
    [
      "one that is kept",
      "let client: ConnectClient; export const handler = () => { client ??= new ConnectClient({}); };",
      "none",
    ],
    ["the file itself", "export const client = new ConnectClient({});", "none"],
    ["SDK v2", "export const handler = () => use(new Connect());", "none"],
  ];
  expectRows(rows.map(marked), (target) => {
    const fn = invocationAround(first(target));
    return fn === undefined ? "none" : (nameOfFunction(fn)?.name ?? "a function");
  });
});
