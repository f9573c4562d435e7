/** Files with rare syntax around Connect calls, on which rules have to be silent or right, but never to crash. */
import type { LintSetup } from "../support/gates.ts";

const HEAD = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
declare const client: ConnectClient;
declare const sleep: (ms: number) => Promise<void>;
`;
const SEND = "client.send(new ListUsersCommand({ InstanceId: id }))";

/** A retry that most rules have something to say about, as the body of an async function of `id`. */
export const RETRY = `for (;;) { try { return await ${SEND}; } catch (error) { await sleep(1000); } }`;

const javaScript = { filename: "src/file.js", parser: "espree" } as const;

function typeScript(code: string): LintSetup {
  return { code: HEAD + code, allowTypeErrors: true };
}

/** Files by name. */
export const oddities: Readonly<Record<string, LintSetup>> = {
  "an empty file": { code: "" },
  "only a comment": { code: "// nothing" },
  "only comments and a directive": { code: '/* a */ "use strict" // b\n' },
  "only a byte order mark": { code: "\uFEFF" },
  "a byte order mark and a shebang": {
    code: `\uFEFF#!/usr/bin/env node\n${HEAD}export const run = async (id: string) => { ${RETRY} };`,
  },
  "a shebang in JavaScript": {
    ...javaScript,
    code: `#!/usr/bin/env node\nimport { Connect } from "@aws-sdk/client-connect";\nnew Connect({});`,
  },
  "CRLF without a last line break": {
    code: `${HEAD}export const run = async (id: string) => { ${RETRY} }`.replaceAll("\n", "\r\n"),
  },
  "functions that name themselves and one another, and pick from a list": typeScript(
    `export async function run(id: string, ids: string[]) {
  for (let i = 0; ; i++) {
    const again = (): unknown => [ids[i], again()];
    const one = (): unknown => [ids[i], other()];
    const other = (): unknown => one();
    try { return await ${SEND}; } catch (error) { await sleep(1000); }
  }
}`,
  ),
  enums: typeScript(
    `enum Delay { Short = 100, Long = Short * 2 ** 3, Any = Math.random() }
const enum Name { Throttling = "ThrottlingException" }
export async function run(id: string) { for (;;) try { return await ${SEND}; } catch (e: any) { if (e.name !== Name.Throttling) throw e; await sleep(Delay.Short); } }`,
  ),
  namespaces: typeScript(
    `namespace A.B { export const wait = 5; export async function run(id: string) { ${RETRY} } }
import Run = A.B.run;
namespace A.B { export import Again = Run; }
export const twice = () => [A.B.run("a"), Run("b")];`,
  ),
  "a global augmentation": typeScript(
    `declare global { interface Array<T> { sendAll(): Promise<void>; } var shared: ConnectClient; }
declare module "@aws-sdk/client-connect" { interface ConnectClient { again(id: string): Promise<void>; } }
Array.prototype.sendAll = async function () { for (const id of this) await shared.again(id); };
export async function run(id: string) { ${RETRY} }`,
  ),
  "ambient modules": typeScript(
    `declare module "*.flow" { const flow: string; export default flow; }
declare module "odd" { export = client; }
export async function run(id: string) { ${RETRY} }`,
  ),
  decorators: typeScript(
    `function retry(times: number) { return (target: any, context: any): any => target; }
@retry(1) class Service {
  @retry(2) accessor client = client;
  @retry(3) @((x: any, y: any) => x) async run(id: string) { ${RETRY} }
  @retry(4) static #hidden = new ConnectClient({});
  constructor(@retry(5) readonly id: string) { void Service.#hidden; }
}
export { Service };`,
  ),
  "abstract classes and overloads": typeScript(
    `export abstract class Base<T extends ConnectClient = ConnectClient> {
  protected abstract readonly client: T;
  abstract get sender(): T["send"];
  declare id: string;
  run(id: string): Promise<unknown>;
  run(id: string, times: number): Promise<unknown>;
  async run(id: string, times?: number): Promise<unknown> { for (;;) { try { return await this.client.send(new ListUsersCommand({ InstanceId: id })); } catch { await sleep(1000); } } }
  static { void new ConnectClient({}); }
  [Symbol.iterator]?(): Iterator<T>;
  "quoted name"() { return this["run"]("a"); }
}`,
  ),
  "interfaces with accessors and call signatures": typeScript(
    `interface Odd { (id: string): Promise<void>; new (id: string): Odd; get client(): ConnectClient; set client(value: ConnectClient); readonly [key: string]: unknown; }
export async function run(odd: Odd, id: string) { for (;;) { try { return await odd.client.send(new ListUsersCommand({ InstanceId: id })); } catch { await odd(id); } } }`,
  ),
  "unique symbols": typeScript(
    `declare const key: unique symbol;
class Keyed { [key] = new ConnectClient({}); async run(id: string) { for (;;) { try { return await this[key].send(new ListUsersCommand({ InstanceId: id })); } catch { await sleep(1000); } } } }
export { Keyed };`,
  ),
  "using declarations": typeScript(
    `export async function run(id: string) { await using own = Object.assign(new ConnectClient({}), { async [Symbol.asyncDispose]() {} }); using other = null; for (;;) { try { return await own.send(new ListUsersCommand({ InstanceId: id })); } catch { await sleep(1000); } } }`,
  ),
  "satisfies and const type parameters": typeScript(
    `function keep<const T extends readonly unknown[]>(...all: T): T { return all; }
const [kept] = keep(client satisfies ConnectClient as ConnectClient);
export async function run(id: string) { for (;;) { try { return await (<ConnectClient>kept!).send(new ListUsersCommand({ InstanceId: id } satisfies object)); } catch { await sleep(1000 as const); } } }`,
  ),
  "generics with defaults": typeScript(
    `type Sender<C extends { send: unknown } = ConnectClient, K extends keyof C = "send"> = C[K];
export async function run<C extends ConnectClient | undefined = undefined>(c: C, id: string, send: Sender = c!.send) { for (;;) { try { return await c?.send<any, any>(new ListUsersCommand({ InstanceId: id })); } catch { await sleep<>(1000); } } }`.replace(
      "<>",
      "",
    ),
  ),
  "any everywhere": typeScript(
    `export async function run(client: any, id: any, sleep: any, ListUsersCommand: any, error: any) { for (;;) { try { return await client.send(new ListUsersCommand(id)); } catch (error: any) { await sleep(error.code); if (error.retryable.a.b.c()) return error; } } }`,
  ),
  "conditional, mapped and template types": typeScript(
    `type Outcome<T> = T extends { send(command: infer C): infer R } ? { [K in keyof C as \`on\${string & K}\`]-?: R } : never;
export const run = async function* <T,>(this: Outcome<T>, id: string): AsyncGenerator<unknown, void, never> { for (;;) { try { yield await ${SEND}; } catch { await sleep(1000); } } };`,
  ),
  "import equals": {
    filename: "src/file.cts",
    allowTypeErrors: true,
    code: `import connect = require("@aws-sdk/client-connect");
import type Types = require("@aws-sdk/client-connect");
import Client = connect.ConnectClient;
const client: Types.ConnectClient = new Client({});
async function run(id: string) { for (;;) { try { return await client.send(new connect.ListUsersCommand({ InstanceId: id })); } catch (e: any) { if (e.code === "ThrottlingException") continue; } } }
export = run;`,
  },
  "import equals with something that is no string": {
    types: false,
    sourceType: "module",
    filename: "src/file.cts",
    code: `import { ConnectClient } from "@aws-sdk/client-connect";\nimport a = A.B.C;\nnew ConnectClient({}); new a.Connect({});`,
  },
  "an import without names": {
    code: `import "@aws-sdk/client-connect";\nimport {} from "@aws-sdk/client-connect";\nexport {};\nexport * from "@aws-sdk/client-connect";\nexport * as all from "@aws-sdk/client-connect";`,
  },
  "names that are strings": {
    code: `import { "ConnectClient" as Client, "ListUsersCommand" as L } from "@aws-sdk/client-connect";
const client = new Client({});
async function run(id: string) { for (;;) { try { return await client.send(new L({ InstanceId: id })); } catch {} } }
export { run as "a name with spaces", client as default };`,
    allowTypeErrors: true,
  },
  "import attributes and dynamic imports": typeScript(
    `import data from "./data.json" with { type: "json" };
export async function run(id: string) { const { ConnectClient: C, ...rest } = await import("@aws-sdk/client-connect"); const other = await import(id); for (;;) { try { return await new C(data).send(new rest.ListUsersCommand(other)); } catch {} } }`,
  ),
  JSX: {
    filename: "src/react.tsx",
    allowTypeErrors: true,
    code: `${HEAD}export const Users = ({ id }: { id: string }) => <button onClick={async () => { ${RETRY} }} {...client}>{[1].map(async (n) => <a key={n} href={await ${SEND} as never} />)}<></></button>;
export const generic = <T,>(value: T) => <Users id={String(value)} />;`,
  },
  "JSX in JavaScript": {
    filename: "src/file.jsx",
    parser: "espree",
    code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export const Users = ({ id }) => <a:b.c onClick={async () => { ${RETRY} }} />;`.replace(
      "a:b.c",
      "a.b.c",
    ),
  },
  "parameters of every kind": typeScript(
    `export const run = async ({ id = "a", ...rest }: any, [first, , third = client]: any[] = [], ...more: any[]) => { for (;;) { try { return await third.send(new ListUsersCommand({ InstanceId: id, ...rest, [first]: more })); } catch ({ name, $metadata: { attempts = 1 } = {} }: any) { await sleep(attempts * name); } } };`,
  ),
  "labels, switches and empty statements": typeScript(
    `export async function run(id: string) { outer: inner: while (true) { ;;; switch (id) { case "a": try { await ${SEND}; break outer; } catch { continue outer; } default: { break inner; } case "b": } } with_: { if (id) break with_; } do ; while (0); for (var a in client) ; for (;;) ; }`,
  ),
  "a script": {
    ...javaScript,
    filename: "src/file.cjs",
    sourceType: "script",
    code: `var AWS = require("aws-sdk"), connect = new AWS.Connect; with (connect) { listUsers({}) } function run(n) { connect.listUsers({ a: arguments }, function (e) { if (e && e.code == "ThrottlingException") setTimeout(run, 1000, n + 1); }); } run(010);`,
  },
  "new without arguments, calls of nothing": {
    code: `import { Connect, ConnectClient as C } from "@aws-sdk/client-connect";
const a = new C, b = new (class extends C { constructor() { super(...arguments as any); } })(), c = new Connect;
export const x = [a.send, (0, b.send), c.listUsers, a?.["send"], new.target, (() => {})()];`.replace(
      " new.target,",
      "",
    ),
    allowTypeErrors: true,
  },
  "functions that call each other without end": typeScript(
    `const a = async (id: string): Promise<any> => { try { return await b(id); } catch { return c(id); } };
const b = async (id: string): Promise<any> => ${SEND}.catch(() => a(id));
async function c(id: string, d = c, e: any = () => d(id)): Promise<any> { return e().then(a, b).finally(c); }
const x: any = () => x, y: any = { y: () => y.y() }, z: any = { ...z, get z() { return z.z; } };
export { a, b, c, x, y, z };`,
  ),
  "values that are made of themselves": typeScript(
    `let config: any = { ...config }; config = { maxAttempts: config.maxAttempts ?? config };
var ms: any = ms * 2; const delay = (n: number): number => delay(n - 1) * 2;
export const own = new ConnectClient(config);
export async function run(id: string): Promise<any> { for (let i = i + 1; i < i; i = i) { try { return await own.send(new ListUsersCommand({ InstanceId: id })); } catch { await sleep(delay(ms)); } } }`,
  ),
  "objects whose functions are those of themselves and of one another": typeScript(
    `interface Api { run(id: string): Promise<unknown> }
const impl: Api = { run: async (id) => ${SEND} };
export let api: Api = impl;
api = { run: api.run };
let one: Api = impl;
const two: Api = { run: one.run };
one = { run: two.run };
async function list(id: string) { ${RETRY} }
const lists = { list };
let first: typeof lists = { list: lists.list };
const second = { list: first.list };
first = { list: second.list };
export const go = () => [api.run("x"), one.run("y"), first.list("z")];`,
  ),
  "clients that are traced into themselves": typeScript(
    `declare const captureAWSv3Client: (client: any) => any;
let traced: any = new ConnectClient({}); traced = captureAWSv3Client(traced);
let bare: any; bare = captureAWSv3Client(bare);
function twice(client: any): any { client = captureAWSv3Client(client); return twice(client) ?? client; }
const command = new ListUsersCommand({ InstanceId: "1" });
export async function run(id: string) { for (;;) { try { return [await traced.send(command), await bare.send(command), await twice(traced).send(command)]; } catch { await sleep(100); } } }`,
  ),
  "classes that extend each other": typeScript(
    `class A extends B { own = this.make(); make() { return super.make(); } }
class B extends A { override make(): any { return new A().own.make(); } }
class C extends C {}
export class D extends (Math.random() > 0 ? ConnectClient : Object as never) { async run(id: string) { for (;;) { try { return await super.send(new ListUsersCommand({ InstanceId: id })); } catch { await new A().make(); } } } }`,
  ),
  "no library": {
    ...typeScript(`export async function run(id: string) { ${RETRY} }`),
    compilerOptions: { noLib: true, types: [] },
  },
  "no SDK": {
    ...typeScript(`export async function run(id: string) { ${RETRY} }`),
    notInstalled: ["@aws-sdk/*", "@smithy/*"],
  },
  "no strictness": {
    ...typeScript(`export async function run(id: string) { ${RETRY} }`),
    compilerOptions: {
      strict: false,
      module: "commonjs",
      moduleResolution: "node10",
      ignoreDeprecations: "6.0",
    },
  },
};
