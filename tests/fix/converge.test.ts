/** The edits in the hands of ESLint (many findings, several rules, one run) and of the compiler. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type { Rule } from "eslint";
import { describe, expect, it } from "vitest";
import { combine, reportFields } from "../../src/fix/edit.ts";
import { requireBinding } from "../../src/fix/imports.ts";
import { addProperty } from "../../src/fix/object.ts";
import { wrapSend } from "../../src/fix/wrap.ts";
import {
  apply,
  compilerErrors,
  fixAll,
  inspect,
  nodesOf,
  ROOT,
  sends,
  type SourceCode,
} from "./support.ts";

const bind = (context: Rule.RuleContext, name: string, use: TSESTree.Node) =>
  requireBinding(context.sourceCode as unknown as SourceCode, {
    module: "./src/backoff/index.ts",
    name,
    filename: `${ROOT}/tests/fix/${context.filename.split("/").at(-1) ?? ""}`,
    cwd: ROOT,
    uses: [use],
  });

/** Reports every `send` and wraps it. */
const wrapAll: Rule.RuleModule = {
  meta: { fixable: "code", messages: { wrap: "Wrap." }, schema: [] },
  create: (context) => ({
    CallExpression(estree) {
      const node = estree as unknown as TSESTree.CallExpression;
      if (node.callee.type !== T.MemberExpression) return;
      const sourceCode = context.sourceCode as unknown as SourceCode;
      const binding = bind(context, "sendWithBackoff", node);
      if (binding.kind === "refused") throw new Error(binding.reason);
      const edit = wrapSend(sourceCode, node, binding.localName);
      if (edit.applicability === "none") return;
      const fields = reportFields(combine(sourceCode, binding.edit, edit), { messageId: "wrap" });
      context.report({
        node: estree,
        messageId: "wrap",
        ...(fields as { fix?: Rule.ReportFixer }),
      });
    },
  }),
};

/** Reports every client without a strategy and gives it one. */
const configureAll: Rule.RuleModule = {
  meta: { fixable: "code", messages: { add: "Add." }, schema: [] },
  create: (context) => ({
    NewExpression(estree) {
      const node = estree as unknown as TSESTree.NewExpression;
      if (node.callee.type !== T.Identifier || node.callee.name !== "ConnectClient") return;
      const sourceCode = context.sourceCode as unknown as SourceCode;
      const binding = bind(context, "backoffStrategy", node);
      if (binding.kind === "refused") throw new Error(binding.reason);
      const edit = addProperty(sourceCode, node, 0, "retryStrategy", `${binding.localName}()`);
      if (edit.applicability === "none") return;
      const fields = reportFields(combine(sourceCode, binding.edit, edit), { messageId: "add" });
      context.report({ node: estree, messageId: "add", ...(fields as { fix?: Rule.ReportFixer }) });
    },
  }),
};

const SDK = 'import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";\n';
const send = (index: number) =>
  `export const r${String(index)} = await client.send(new ListUsersCommand({ InstanceId: "i${String(index)}" }));\n`;
const FORTY = `${SDK}const client = new ConnectClient({});\n${Array.from({ length: 40 }, (_, index) => send(index)).join("")}`;

/** The compiler is asked once for all of them, at the end. */
const outputs: Record<string, string> = {};
function mustCompile(output: string): void {
  const name = expect.getState().currentTestName ?? "";
  outputs[`${name} (${String(Object.keys(outputs).length)})`] = output;
}

const count = (text: string, part: string) => text.split(part).length - 1;

describe("one run fixes all", () => {
  it("40 findings, one import, and nothing to do in a second run", () => {
    const { fixed, output } = fixAll(FORTY, {}, { wrapAll });
    expect(fixed).toBe(true);
    expect(count(output, "sendWithBackoff(client, ")).toBe(40);
    expect(count(output, "import ")).toBe(2);
    expect(output).not.toContain("client.send(");
    mustCompile(output);
    expect(fixAll(output, {}, { wrapAll }).fixed).toBe(false);
  });

  it("takes two passes: the first makes the import with one finding, the second all others", () => {
    let passes = 0;
    const counting: Rule.RuleModule = {
      create: (context) => {
        passes += 1;
        return wrapAll.create(context);
      },
      meta: wrapAll.meta ?? {},
    };
    fixAll(FORTY, {}, { counting });
    // The last pass finds nothing.
    expect(passes).toBe(3);
  });

  it("findings of two rules that need two exports", () => {
    const { output } = fixAll(FORTY, {}, { configureAll, wrapAll });
    expect(output).toContain(
      'import { backoffStrategy, sendWithBackoff } from "../../src/backoff/index.js";',
    );
    expect(output).toContain("new ConnectClient({ retryStrategy: backoffStrategy() })");
    expect(count(output, "sendWithBackoff(client, ")).toBe(40);
    mustCompile(output);
    expect(fixAll(output, {}, { configureAll, wrapAll }).fixed).toBe(false);
  });

  it("all findings agree on the alias", () => {
    const code = `${SDK}const client = new ConnectClient({});\nconst sendWithBackoff = 1;\nexport { sendWithBackoff };\n${send(0)}${send(1)}${send(2)}`;
    const { output } = fixAll(code, {}, { wrapAll });
    expect(count(output, "connectSendWithBackoff(client, ")).toBe(3);
    expect(count(output, " as connectSendWithBackoff")).toBe(1);
    mustCompile(output);
  });

  it("a script that requires", () => {
    const code = `"use strict";\nconst { ConnectClient } = require("@aws-sdk/client-connect");\nconst client = new ConnectClient({});\nexports.f = () => client.send(a);\nexports.g = () => client.send(b);\n`;
    const { output } = fixAll(
      code,
      { parser: "espree", sourceType: "commonjs", filename: "a.cjs" },
      { configureAll, wrapAll },
    );
    expect(output).toBe(
      `"use strict";\nconst { ConnectClient } = require("@aws-sdk/client-connect");\nconst { backoffStrategy, sendWithBackoff } = require("../../src/backoff/index.js");\nconst client = new ConnectClient({ retryStrategy: backoffStrategy() });\nexports.f = () => sendWithBackoff(client, a);\nexports.g = () => sendWithBackoff(client, b);\n`.replace(
        "/index.js",
        "",
      ),
    );
  });

  it("a foreign rule that rewrites the top of the file in the same run", () => {
    // Adds an import of its own at the very place, one per pass.
    const foreign: Rule.RuleModule = {
      meta: { fixable: "code", schema: [] },
      create: (context) => ({
        Program(node) {
          const [first] = node.body;
          if (first === undefined || context.sourceCode.text.includes('import "other"')) return;
          context.report({
            node: first,
            message: "Other.",
            fix: (fixer) => fixer.insertTextAfter(first, '\nimport "other";'),
          });
        },
      }),
    };
    const { output } = fixAll(FORTY, {}, { foreign, wrapAll });
    expect(count(output, "sendWithBackoff(client, ")).toBe(40);
    expect(count(output, "import ")).toBe(3);
  });

  it("every single quick fix is complete by itself", () => {
    const code = `${SDK}const client = new ConnectClient({});\n${send(0)}${send(1)}`;
    const results: string[] = [];
    for (const wanted of [0, 1]) {
      let seen = -1;
      const only: Rule.RuleModule = {
        meta: wrapAll.meta ?? {},
        create: (context) => ({
          CallExpression(node) {
            if (context.sourceCode.text !== code) return;
            seen += 1;
            if (seen === wanted) wrapAll.create(context).CallExpression?.(node);
          },
        }),
      };
      results.push(fixAll(code, {}, { only }).output);
    }
    for (const output of results) {
      expect(count(output, "sendWithBackoff(client, ")).toBe(1);
      mustCompile(output);
    }
  });
});

/** Wraps the sends of a text, with a helper that it imports. */
function wrap(code: string): string {
  return inspect(code, {}, (sourceCode) =>
    apply(
      code,
      combine(
        sourceCode,
        ...sends(sourceCode).map((call) => wrapSend(sourceCode, call, "sendWithBackoff")),
      ),
    ),
  );
}

/** Gives the client of a text a strategy. */
function configure(code: string): string {
  return inspect(code, {}, (sourceCode) => {
    const [construction] = nodesOf(sourceCode, "NewExpression");
    if (construction === undefined) throw new Error("no construction");
    return apply(
      code,
      addProperty(sourceCode, construction, 0, "retryStrategy", "backoffStrategy()"),
    );
  });
}

describe("types: what compiled still compiles", () => {
  const HEADER = `import { ConnectClient, DescribeContactCommand, ListUsersCommand, type DescribeContactCommandOutput, type ListUsersCommandOutput } from "@aws-sdk/client-connect";
import { backoffStrategy, sendWithBackoff } from "../../src/backoff/index.ts";
declare const client: ConnectClient;
export { backoffStrategy, sendWithBackoff };
`;
  const SHAPES: readonly (readonly [string, string])[] = [
    [
      "output type inferred",
      "export const a: string | undefined = (await client.send(new DescribeContactCommand({ InstanceId: 'i', ContactId: 'c' }))).Contact?.Id;",
    ],
    [
      "explicit return type",
      "export async function f(): Promise<DescribeContactCommandOutput> { return client.send(new DescribeContactCommand({ InstanceId: 'i', ContactId: 'c' })); }",
    ],
    [
      "returned promise without async",
      "export const f = (): Promise<ListUsersCommandOutput> => client.send(new ListUsersCommand({ InstanceId: 'i' }));",
    ],
    [
      "then chain",
      "export const n: Promise<number> = client.send(new ListUsersCommand({ InstanceId: 'i' })).then((r) => r.UserSummaryList?.length ?? 0);",
    ],
    [
      "narrowed let",
      "export async function f(id: string | undefined) { let x = id; if (!x) return; await client.send(new ListUsersCommand({ InstanceId: x })); x = undefined; }",
    ],
    [
      "narrowed property",
      "export async function f(o: { id?: string }) { if (!o.id) return; await client.send(new ListUsersCommand({ InstanceId: o.id })); }",
    ],
    [
      "narrowed this",
      "export class A { id?: string; async f() { if (!this.id) return; await client.send(new ListUsersCommand({ InstanceId: this.id })); } }",
    ],
    [
      "narrowed index",
      "export async function f(o: Record<string, string | undefined>, k: 'a') { if (!o[k]) return; await client.send(new ListUsersCommand({ InstanceId: o[k] })); }",
    ],
    [
      "narrowed module variable",
      "let g: { id?: string } = {}; export async function f() { if (!g.id) return; await client.send(new ListUsersCommand({ InstanceId: g.id })); } export const set = () => { g = { id: 'x' }; };",
    ],
    [
      "page token carried round a loop",
      "export async function f() { let t: string | undefined; do { const r: ListUsersCommandOutput = await client.send(new ListUsersCommand({ InstanceId: 'i', ...(t ? { NextToken: t } : {}) })); t = r.NextToken; } while (t); }",
    ],
    [
      "assigned inside, read after",
      "export async function f() { let id: string; await client.send(new ListUsersCommand({ InstanceId: (id = 'i') })); return id; }",
    ],
    [
      "yield in a generator",
      "export function* f(): Generator<unknown, void, string> { yield client.send(new ListUsersCommand({ InstanceId: yield 1 })); }",
    ],
    [
      "await in arguments",
      "export const a = await client.send(new ListUsersCommand({ InstanceId: await Promise.resolve('i') }));",
    ],
    [
      "non-null and as",
      "export class A { c?: ConnectClient; f() { return this.c!.send(new ListUsersCommand({ InstanceId: 'i' })) as Promise<ListUsersCommandOutput>; } }",
    ],
    [
      "command in a variable",
      "const c = new ListUsersCommand({ InstanceId: 'i' }); export const r = client.send(c);",
    ],
    [
      "per-call options",
      "export const r = client.send(new ListUsersCommand({ InstanceId: 'i' }), { abortSignal: new AbortController().signal });",
    ],
    [
      "subclass, through this",
      "export class Mine extends ConnectClient { list(): Promise<ListUsersCommandOutput> { return this.send(new ListUsersCommand({ InstanceId: 'i' })); } }",
    ],
    [
      "stored in a typed collection",
      "export const all: Promise<ListUsersCommandOutput>[] = ['i'].map((i) => client.send(new ListUsersCommand({ InstanceId: i })));",
    ],
    [
      "tuple of Promise.all",
      "export const [u, d] = await Promise.all([client.send(new ListUsersCommand({ InstanceId: 'i' })), client.send(new DescribeContactCommand({ InstanceId: 'i', ContactId: 'c' }))]); export const n: string | undefined = d.Contact?.Id;",
    ],
    [
      "expected error stays expected",
      "export async function f() {\n  // @ts-expect-error the instance is missing\n  await client.send(new ListUsersCommand({}));\n}",
    ],
    [
      "class field",
      "export class A { readonly users = client.send(new ListUsersCommand({ InstanceId: 'i' })); }",
    ],
  ];
  it.each([
    ["strict, exactOptionalPropertyTypes, noUncheckedIndexedAccess", {}],
    [
      "strictNullChecks off",
      { strict: false, exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false },
    ],
  ])("%s", (_, options) => {
    const texts: Record<string, string> = {};
    for (const [name, shape] of SHAPES) {
      const after = wrap(HEADER + shape);
      expect(after, name).toContain("sendWithBackoff(");
      texts[`before: ${name}`] = HEADER + shape;
      texts[`after: ${name}`] = after;
    }
    for (const shape of [
      "ConnectClient",
      "ConnectClient()",
      "ConnectClient({})",
      "ConnectClient({\n  region: 'x',\n})",
    ]) {
      texts[shape] = configure(`${HEADER}export const a = new ${shape};\n`);
    }
    expect(Object.keys(outputs).length).toBeGreaterThan(0);
    expect(compilerErrors({ ...texts, ...outputs }, options)).toEqual([]);
  });

  it("the gate sees an error", () => {
    expect(compilerErrors({ bad: `${HEADER}export const a: number = client;` })).toEqual([
      expect.stringContaining("not assignable to type 'number'"),
    ]);
  });
});
