import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireBinding, type Binding, type BindingRequest } from "../../src/fix/imports.ts";
import type { SourceCode } from "./support.ts";
import { apply, inspect, nodesOf, ROOT, type Sample } from "./support.ts";

const HELPER = "eslint-plugin-connect-resilience/backoff";

interface Case extends Sample, Partial<Omit<BindingRequest, "filename" | "style">> {
  readonly style?: BindingRequest["style"];
}

/** Binds `sendWithBackoff` for every call of `use()` in the text. */
function bind(code: string, options: Case = {}): Binding {
  const filename = path.resolve(ROOT, options.filename ?? "tests/fix/sample.ts");
  return inspect(code, options, (sourceCode) =>
    requireBinding(sourceCode, {
      module: HELPER,
      name: "sendWithBackoff",
      cwd: ROOT,
      uses: usesIn(sourceCode),
      ...options,
      filename,
    }),
  );
}

function usesIn(sourceCode: SourceCode) {
  return nodesOf(sourceCode, "CallExpression").filter(
    ({ callee }) => callee.type === "Identifier" && callee.name === "use",
  );
}

/** What the file looks like with the import, and the name to use. */
function bound(code: string, options: Case = {}) {
  const binding = bind(code, options);
  if (binding.kind === "refused") throw new Error(binding.reason);
  return {
    name: binding.localName,
    applicability: binding.edit.applicability,
    text: apply(code, binding.edit, options),
  };
}

function reasonOf(code: string, options: Case = {}): string | undefined {
  const binding = bind(code, options);
  return binding.kind === "refused" ? binding.reason : undefined;
}

const IMPORT = `import { sendWithBackoff } from "${HELPER}";`;

describe("a binding that is there", () => {
  it.each([
    ["as it is", IMPORT, "sendWithBackoff"],
    ["under an alias", `import { sendWithBackoff as s } from "${HELPER}";`, "s"],
    ["as a namespace member", `import * as b from "${HELPER}";`, "b.sendWithBackoff"],
    ["under a string name", `import { "sendWithBackoff" as s } from "${HELPER}";`, "s"],
    ["by import =", `import b = require("${HELPER}");`, "b.sendWithBackoff"],
    ["beside a default", `import d, * as b from "${HELPER}";`, "b.sendWithBackoff"],
    ["named before namespace", `import * as b from "${HELPER}";\n${IMPORT}`, "sendWithBackoff"],
  ])("is used %s", (_, header, name) => {
    const code = `${header}\nuse();\n`;
    expect(bound(code)).toEqual({ name, applicability: "fix", text: code });
  });

  it.each([
    ["destructured", `const { sendWithBackoff: s } = require("${HELPER}");`, "s"],
    ["as an object", `const b = require("${HELPER}");`, "b.sendWithBackoff"],
  ])("is used when required %s", (_, header, name) => {
    const code = `${header}\nuse();\n`;
    expect(bound(code, { filename: "a.cjs", parser: "espree", sourceType: "commonjs" })).toEqual({
      name,
      applicability: "fix",
      text: code,
    });
  });

  it("is used in a function above the require", () => {
    const code = `exports.list = () => use();\nconst { sendWithBackoff } = require("${HELPER}");\n`;
    expect(bound(code, { filename: "a.cjs", parser: "espree", sourceType: "commonjs" })).toEqual({
      name: "sendWithBackoff",
      applicability: "fix",
      text: code,
    });
  });

  it("is not what another loader than require gives", () => {
    const code = `const backoff = requireFresh("${HELPER}");\nuse();\n`;
    const cjs: Case = { filename: "a.cjs", parser: "espree", sourceType: "commonjs" };
    expect(bound(code, cjs)).toMatchObject({
      name: "sendWithBackoff",
      text: `const { sendWithBackoff } = require("${HELPER}");\n\n${code}`,
    });
  });

  it("is not used where it is shadowed: a second, aliased specifier is added", () => {
    expect(bound(`${IMPORT}\nfunction f(sendWithBackoff: number) { use(); }\n`)).toMatchObject({
      name: "connectSendWithBackoff",
      text: `import { sendWithBackoff, sendWithBackoff as connectSendWithBackoff } from "${HELPER}";\nfunction f(sendWithBackoff: number) { use(); }\n`,
    });
  });

  it("is not used when the namespace is shadowed: a separate import", () => {
    expect(bound(`import * as b from "${HELPER}";\nfunction f(b: number) { use(); }\n`).text).toBe(
      `import * as b from "${HELPER}";\n${IMPORT}\nfunction f(b: number) { use(); }\n`,
    );
  });

  it("is not used before it is initialised", () => {
    expect(
      reasonOf(`use();\nconst { isRetryable } = require("${HELPER}");\n`, {
        filename: "a.cjs",
        parser: "espree",
        sourceType: "commonjs",
      }),
    ).toBe("the helper is loaded after this point");
  });
});

describe("extending an import of the module", () => {
  it.each([
    ["one line", "{ jitter }", "{ jitter, sendWithBackoff }"],
    ["one line, no spaces", "{jitter}", "{jitter, sendWithBackoff}"],
    ["trailing comma", "{ jitter, }", "{ jitter, sendWithBackoff, }"],
    ["lines with trailing comma", "{\n  jitter,\n}", "{\n  jitter,\n  sendWithBackoff,\n}"],
    ["lines without trailing comma", "{\n\tjitter\n}", "{\n\tjitter,\n\tsendWithBackoff\n}"],
    [
      "comments after the elements",
      "{\n  a, // one\n  b, // two\n}",
      "{\n  a, // one\n  b, // two\n  sendWithBackoff,\n}",
    ],
    [
      "comment after a last element without comma",
      "{\n  a // one\n}",
      "{\n  a, // one\n  sendWithBackoff\n}",
    ],
    [
      "comment on its own line",
      "{\n  // one\n  a,\n  // end\n}",
      "{\n  // one\n  a,\n  sendWithBackoff,\n  // end\n}",
    ],
    ["inline comment", "{ a /* one */ }", "{ a, sendWithBackoff /* one */ }"],
    ["inline type", "{ type X }", "{ type X, sendWithBackoff }"],
    ["empty braces", "{}", "{ sendWithBackoff }"],
    ["comment in empty braces", "{ /* none */ }", "{ sendWithBackoff /* none */ }"],
    ["default only", "d", "d, { sendWithBackoff }"],
    ["default and named", "d, { a }", "d, { a, sendWithBackoff }"],
    ["default and empty braces", "d, {}", "d, { sendWithBackoff }"],
  ])("%s", (_, before, after) => {
    expect(bound(`import ${before} from '${HELPER}'\nuse()\n`).text).toBe(
      `import ${after} from '${HELPER}'\nuse()\n`,
    );
  });

  it("keeps import attributes", () => {
    expect(bound(`import { a } from "${HELPER}" with { type: "x" };\nuse();\n`).text).toBe(
      `import { a, sendWithBackoff } from "${HELPER}" with { type: "x" };\nuse();\n`,
    );
    expect(bound(`import d from "${HELPER}" with { type: "x" };\nuse();\n`).text).toBe(
      `import d, { sendWithBackoff } from "${HELPER}" with { type: "x" };\nuse();\n`,
    );
  });

  it.each([
    ["import type", `import type { BackoffOptions } from "${HELPER}";`],
    ["import type of the name itself is another name", `import type { Options } from "${HELPER}";`],
    ["side effect import", `import "${HELPER}";`],
    ["another module of the same family", `import { a } from "${HELPER}/more";`],
  ])("never: %s", (_, header) => {
    expect(bound(`${header}\nuse();\n`).text).toBe(`${header}\n${IMPORT}\nuse();\n`);
  });

  it("takes an alias where a type import has the name", () => {
    expect(bound(`import type { sendWithBackoff } from "${HELPER}";\nuse();\n`)).toMatchObject({
      name: "connectSendWithBackoff",
      text: `import type { sendWithBackoff } from "${HELPER}";\nimport { sendWithBackoff as connectSendWithBackoff } from "${HELPER}";\nuse();\n`,
    });
  });

  const cjs: Case = { filename: "a.cjs", parser: "espree", sourceType: "commonjs" };
  it("extends a destructured require, but not one with a rest element", () => {
    expect(bound(`const { jitter } = require("${HELPER}");\nuse();\n`, cjs).text).toBe(
      `const { jitter, sendWithBackoff } = require("${HELPER}");\nuse();\n`,
    );
    expect(bound(`const { a, ...rest } = require("${HELPER}");\nuse();\n`, cjs).text).toBe(
      `const { a, ...rest } = require("${HELPER}");\nconst { sendWithBackoff } = require("${HELPER}");\nuse();\n`,
    );
  });

  it.each([
    ["with empty braces", "{}", "use();", "{ sendWithBackoff }"],
    [
      "by an alias where the name is taken",
      "{ jitter }",
      "function f(sendWithBackoff) { use(); }",
      "{ jitter, sendWithBackoff: connectSendWithBackoff }",
    ],
  ])("a destructured require %s", (_, before, code, after) => {
    expect(bound(`const ${before} = require("${HELPER}");\n${code}\n`, cjs).text).toBe(
      `const ${after} = require("${HELPER}");\n${code}\n`,
    );
  });

  it("a destructured require below the function that holds the use", () => {
    const code = "exports.list = () => use();\n";
    expect(bound(`${code}const { jitter } = require("${HELPER}");\n`, cjs).text).toBe(
      `${code}const { jitter, sendWithBackoff } = require("${HELPER}");\n`,
    );
  });
});

describe("a name that is taken", () => {
  it.each([
    ["in module scope", "const sendWithBackoff = 1;\nuse();"],
    ["in the scope of a use", "function f() { const sendWithBackoff = 1; use(); }"],
    ["in a scope without use", "function f() { const sendWithBackoff = 1; }\nuse();"],
    ["as a global that is used", "sendWithBackoff();\nuse();"],
    ["as a type", "interface sendWithBackoff {}\nuse();"],
    ["as a type parameter", "function f<sendWithBackoff>() { use(); }"],
    ["as a catch parameter", "try {} catch (sendWithBackoff) { use(); }"],
    ["as an import from elsewhere", 'import { sendWithBackoff } from "b";\nuse();'],
    ["as an enum", "enum sendWithBackoff {}\nuse();"],
    ["as a component", "const a = <sendWithBackoff.X />;\nuse();"],
  ])("%s gives an alias", (_, code) => {
    const result = bound(`import a1 from "a";\n${code}\n`, { filename: "tests/fix/sample.tsx" });
    expect(result.name).toBe("connectSendWithBackoff");
    expect(result.text).toContain(
      `import { sendWithBackoff as connectSendWithBackoff } from "${HELPER}";`,
    );
  });

  it("as a configured global gives an alias", () => {
    const globals = { sendWithBackoff: false };
    expect(bound(`import a from "a";\nuse();\n`, { globals }).name).toBe("connectSendWithBackoff");
  });

  it("counts on when the alias is taken too", () => {
    const code = `import a from "a";\nlet sendWithBackoff, connectSendWithBackoff;\nuse();\n`;
    expect(bound(code).name).toBe("connectSendWithBackoff2");
  });
});

describe("what stays first", () => {
  it.each([
    ["shebang", "#!/usr/bin/env node\n"],
    ["shebang and blank line", "#!/usr/bin/env node\n\n"],
    ["BOM", "\uFEFF"],
    ["use strict", '"use strict";\n'],
    ["use client", '"use client";\n\n'],
    ["unknown directive", "'use cache'\n"],
    ["directive with a comment", '"use server"; // actions\n'],
    ["licence header", "/*\n * Copyright Someone\n */\n"],
    ["licence header and blank line", "// SPDX-License-Identifier: MIT\n\n"],
    ["important comment", "/*! keep */\n"],
    ["triple-slash reference", '/// <reference types="node" />\n'],
    ["@ts-check", "// @ts-check\n"],
    ["@ts-nocheck", "// @ts-nocheck\n"],
    ["@jest-environment", "/** @jest-environment node */\n"],
    ["@jsx pragma", "/** @jsx h */\n"],
    ["eslint configuration", "/* eslint-disable no-console */\n"],
    ["all of them", "#!/usr/bin/env node\n// @ts-check\n/* licence: MIT */\n\n'use strict';\n"],
  ])("%s", (_, header) => {
    const code = `${header}export const a = use();\n`;
    expect(
      bound(code, { style: {} })
        .text.replaceAll("'", '"')
        .replace(/backoff"(?=\n)/u, 'backoff";'),
    ).toBe(`${header}${IMPORT}\n\nexport const a = use();\n`.replaceAll("'", '"'));
  });

  it.each([
    ["documentation", "/** Sends. */\n"],
    ["eslint-disable-next-line", "// eslint-disable-next-line no-console\n"],
    ["@ts-expect-error", "// @ts-expect-error wrong\n"],
  ])("%s stays with its statement", (_, comment) => {
    expect(bound(`// licence\n\n${comment}export const a = use();\n`).text).toBe(
      `// licence\n\n${IMPORT}\n\n${comment}export const a = use();\n`,
    );
  });
});

describe("after the last import", () => {
  it("so that imports with effects load first", () => {
    expect(bound('import "dotenv/config";\nimport x from "./tracing";\n\nuse();\n').text).toBe(
      `import "dotenv/config";\nimport x from "./tracing";\n${IMPORT}\n\nuse();\n`,
    );
  });
  it("below a comment at the end of its line", () => {
    expect(bound('import "a"; // first\n// second\nuse();\n').text).toBe(
      `import "a"; // first\n${IMPORT}\n// second\nuse();\n`,
    );
  });
  it("also when code follows on the same line", () => {
    expect(bound('import "a"; use();\n').text).toBe(`import "a";\n${IMPORT} use();\n`);
  });
  it("also when it is the whole file", () => {
    expect(bound('import "a";').text).toBe(`import "a";\n${IMPORT}`);
  });
  it("but not after an alias of a namespace's member", () => {
    expect(bound('import * as lib from "lib";\nimport Client = lib.Client;\nuse();\n').text).toBe(
      `import * as lib from "lib";\n${IMPORT}\nimport Client = lib.Client;\nuse();\n`,
    );
  });
  it("below the directives of a file that holds nothing else", () => {
    expect(bound('"use client";\n').text).toBe(`"use client";\n${IMPORT}\n\n`);
  });
});

describe("the style of the file", () => {
  it("single quotes, no semicolons", () => {
    expect(bound("import a from 'a'\nuse()\n").text).toBe(
      `import a from 'a'\nimport { sendWithBackoff } from '${HELPER}'\nuse()\n`,
    );
  });
  it("CRLF", () => {
    expect(bound('import a from "a";\r\nuse();\r\n').text).toBe(
      `import a from "a";\r\n${IMPORT}\r\nuse();\r\n`,
    );
  });
  it("narrow braces", () => {
    expect(bound('import {a} from "a";\nuse();\n').text).toContain("import {sendWithBackoff} from");
  });
  it("a semicolon all the same before a line that would continue the statement", () => {
    const cjs: Case = { filename: "a.cjs", parser: "espree", sourceType: "commonjs" };
    expect(bound("const a = require('a')\n;[1].map(use)\nuse()\n", cjs).text).toBe(
      `const a = require('a')\n;const { sendWithBackoff } = require('${HELPER}')\n[1].map(use)\nuse()\n`
        .replace("\n;const", "\nconst")
        .replace("\n[1]", "\n;[1]"),
    );
    expect(bound("'use strict'\n\n;(() => use())()\nexports.a = 1\n", cjs).text).toContain(
      `const { sendWithBackoff } = require('${HELPER}')`,
    );
  });
});

describe("CommonJS", () => {
  const cjs: Case = { filename: "tests/fix/a.js", parser: "espree" };
  const REQUIRE = `const { sendWithBackoff } = require("${HELPER}");\n`;
  it.each([
    ["sourceType commonjs", { sourceType: "commonjs" } as const],
    ["a file that requires under the default sourceType", {}],
  ])("%s", (_, options) => {
    expect(
      bound('"use strict";\nconst a = require("a");\n\nuse();\n', { ...cjs, ...options }),
    ).toEqual({
      name: "sendWithBackoff",
      applicability: "fix",
      text: `"use strict";\nconst a = require("a");\nconst { sendWithBackoff } = require("${HELPER}");\n\nuse();\n`,
    });
  });
  it("after the requires that the file begins with, not after a later one", () => {
    expect(
      bound(
        'require("dotenv").config();\nconst a = require("a");\nuse();\nconst b = require("b");\n',
        cjs,
      ).text,
    ).toContain(
      `const a = require("a");\nconst { sendWithBackoff } = require("${HELPER}");\nuse();`,
    );
  });
  it.each([
    ["above a function", 'const a = require("a");\n', "function f() {}\nuse();\n"],
    ["above a constant", 'const a = require("a");\n', "const limit = 3;\nuse();\n"],
    [
      "also one whose result is given settings",
      'require("dotenv").config({ path: ".env", debug: true });\n',
      "use();\n",
    ],
    [
      "also one whose result is given a text",
      'const log = require("debug")("app")("a");\n',
      "use();\n",
    ],
    ["also one below a function", 'function f() {}\nconst a = require("a");\n', "use();\n"],
    [
      "also one below variables",
      'let cache;\nconst limit = 3;\nconst a = require("a");\n',
      "use();\n",
    ],
    ["also one that is not written out yet", "const a = require();\n", "use();\n"],
  ])("after the requires, %s", (_, above, below) => {
    expect(bound(`${above}${below}`, cjs).text).toBe(`${above}${REQUIRE}${below}`);
  });
  it.each([
    [
      "a require statement that calls a function of the file",
      'require("a").run(main);\nfunction main() { use(); }\n',
    ],
    [
      "settings that hold a function of the file",
      'require("a").run({ name: "a", main });\nfunction main() { use(); }\n',
    ],
    [
      "settings that are spread",
      'require("a").run({ name: "a", ...settings() });\nfunction settings() { use(); }\n',
    ],
    [
      "a declaration that does more than to require",
      'const a = require("a"), b = start();\nfunction start() { use(); }\n',
    ],
    [
      "a require statement whose default uses the helper",
      'const { a = use() } = require("a");\nuse();\n',
    ],
  ])("before %s", (_, code) => {
    expect(bound(code, cjs).text).toBe(`${REQUIRE}\n${code}`);
  });
  it("with a semicolon before a first statement that would continue it", () => {
    const code = "(async () => {\n  await use()\n})()\nexports.a = 1\n";
    expect(bound(code, cjs).text).toBe(`${REQUIRE}\n${code}`);
  });
  it.each([
    ["only assigns to exports", "exports.list = () => use();\n"],
    [
      "only assigns to exports, and tests whether it is the program",
      "exports.list = () => use();\nif (!!module && require.main === module) exports.list();\n",
    ],
  ])("a file that %s", (_, code) => {
    expect(bound(code, cjs).text).toBe(`${REQUIRE}\n${code}`);
  });
  it("a file that requires, and asks for `module`", () => {
    const above = 'const a = require("a");\n';
    const below = 'use();\nif (typeof module !== "undefined" && !module.parent) a();\n';
    expect(bound(`${above}${below}`, cjs).text).toBe(`${above}${REQUIRE}${below}`);
  });
  it.each([
    ["calls neither", "use();\n"],
    ["declares its own require", 'function require(a) {}\nrequire("a");\nuse();\n'],
  ])("a file that %s is not CommonJS", (_, code) => {
    expect(bound(code, cjs).text).toBe(`${IMPORT}\n\n${code}`);
  });
  it("before a require statement that uses the helper itself", () => {
    expect(bound('const a = require("a").b(use());\n', cjs).text).toBe(
      `const { sendWithBackoff } = require("${HELPER}");\n\nconst a = require("a").b(use());\n`,
    );
  });
  it("alias", () => {
    expect(
      bound('const a = require("a");\nconst sendWithBackoff = 1;\nuse();\n', cjs).text,
    ).toContain(`const { sendWithBackoff: connectSendWithBackoff } = require("${HELPER}");`);
  });
  it("a local function called require is not CommonJS", () => {
    expect(bound('export function require(a) {}\nrequire("a");\nuse();\n', cjs).text).toMatch(
      /^import/u,
    );
  });
  it(".cts with imports, .cts under verbatimModuleSyntax, import =", () => {
    const file = { filename: "tests/fix/sample.cts" };
    expect(bound('import a from "a";\nuse();\n', file).name).toBe("sendWithBackoff");
    expect(
      bound('import a = require("a");\nuse();\n', {
        ...file,
        style: { verbatimModuleSyntax: true },
      }),
    ).toEqual({
      name: "backoff.sendWithBackoff",
      applicability: "fix",
      text: `import a = require("a");\nimport backoff = require("${HELPER}");\nuse();\n`,
    });
    expect(bound('import a = require("a");\nuse();\n').name).toBe("backoff.sendWithBackoff");
    expect(bound('import type A = require("a");\nuse();\n').name).toBe("sendWithBackoff");
    expect(
      bound('import type { A } from "a";\nconst backoff = use();\n', {
        style: { verbatimModuleSyntax: true, emitsCommonJs: true },
      }).name,
    ).toBe("connectBackoff.sendWithBackoff");
  });
});

describe("files that are not modules", () => {
  it("a script is left to a person", () => {
    const result = bound("use();\n");
    expect(result.applicability).toBe("suggestion");
    expect(result.text).toBe(`${IMPORT}\n\nuse();\n`);
  });
  it("unless the compiler takes it for a module", () => {
    expect(bound("use();\n", { style: { isModule: true } }).applicability).toBe("fix");
  });
  it("a TypeScript script that requires is left to a person", () => {
    expect(bound('const a = require("a");\nuse();\n').applicability).toBe("suggestion");
  });
  it("a script with an alias of a namespace is left to a person", () => {
    const code = "namespace Lib { export const C = 1; }\nimport C = Lib.C;\nuse();\n";
    expect(bound(code).applicability).toBe("suggestion");
  });
  it("a browser script is refused", () => {
    expect(reasonOf("use();\n", { filename: "a.js", parser: "espree", sourceType: "script" })).toBe(
      "the file is a script, which cannot import",
    );
  });
  it.each(["a.d.ts", "a.d.mts", "a.d.css.ts"])("the declaration file %s is refused", (filename) => {
    expect(reasonOf("export declare const a: number;\n", { filename })).toBe(
      "this is a declaration file",
    );
  });
  it("an ambient block is refused, a namespace is not", () => {
    expect(reasonOf('export {};\ndeclare module "a" { const a = use(); }\n')).toBe(
      "this is an ambient declaration",
    );
    expect(bound('import "a";\nnamespace A { use(); }\n').applicability).toBe("fix");
  });
  it("a script block of a component file, and a block that a processor cut out, are left to a person", () => {
    expect(bound('import "a";\nuse();\n', { filename: "tests/fix/A.vue" }).applicability).toBe(
      "suggestion",
    );
    expect(
      bound('import "a";\nuse();\n', {
        filename: "docs/a.md/0_0.ts",
        physicalFilename: "docs/a.md",
      }).applicability,
    ).toBe("suggestion");
  });
});

describe("where the module is", () => {
  let root = "";
  const write = (file: string, text = "") => {
    const full = path.join(root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  };
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), "fix-imports-"));
    write(
      "package.json",
      '{ "name": "project", "imports": { "#backoff": "./src/lib/backoff.ts", "#lib/*": { "import": "./src/lib/*.ts" } } }',
    );
    write("src/lib/backoff.ts");
    write("src/retry/index.ts");
    write("src/retry/reindex.ts");
    write("src/retry/index.server.ts");
    write("esm/package.json", '{ "type": "module" }');
    write("esm/helper.mts");
    write(
      "node_modules/esm-only/package.json",
      '{ "name": "esm-only", "exports": { ".": { "import": "./a.js" }, "./x/*": { "import": "./x/*.js" } } }',
    );
    write("node_modules/plain/package.json", '{ "name": "plain" }');
    write("node_modules/plain/lib/retry.js");
    write(
      "own/package.json",
      '{ "name": "own", "exports": { "./backoff": "./dist/backoff/index.js" } }',
    );
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  const at = (
    filename: string,
    module: string,
    code = 'import "a";\nuse();\n',
    more: Case = {},
  ) => {
    const binding = bind(code, { ...more, filename: path.join(root, filename), module, cwd: root });
    if (binding.kind === "refused") return binding.reason;
    return /(?:from|require\()\s*["'](.*)["']/u.exec(binding.edit.edits.at(-1)?.text ?? "")?.[1];
  };

  it.each([
    ["src/a.ts", "./src/lib/backoff.ts", "", "./lib/backoff"],
    ["src/app/b/a.ts", "./src/lib/backoff.ts", "", "../../lib/backoff"],
    ["src/lib/a.ts", "./src/lib/backoff", "", "./backoff"],
    ["src/a.ts", "./src/lib/backoff.ts", 'import "./x.js";\n', "./lib/backoff.js"],
    ["src/a.ts", "./src/lib/backoff.js", 'import "./x.ts";\n', "./lib/backoff.ts"],
    ["src/a.ts", "./src/lib/backoff.ts", 'import "./x.service";\n', "./lib/backoff"],
    [
      "src/a.ts",
      "./src/lib/backoff.ts",
      'import "./x.json";\nexport * from "./y.js";\n',
      "./lib/backoff.js",
    ],
    ["src/a.ts", "./src/retry", "", "./retry"],
    ["src/a.ts", "./src/retry/index.ts", 'import "./x.js";\n', "./retry/index.js"],
    ["src/retry/a.ts", "./src/retry/reindex.ts", "", "./reindex"],
    ["src/retry/a.ts", "./src/retry/index.server.ts", "", "./index.server"],
    ["esm/a.ts", "./src/lib/backoff.ts", "", "../src/lib/backoff.js"],
    ["esm/a.ts", "./esm/helper.mts", 'import "./x";\n', "./helper.mjs"],
    ["src/a.mts", "./src/lib/backoff.ts", "", "./lib/backoff.js"],
  ])("project file: %s imports %s", (filename, module, header, specifier) => {
    expect(at(filename, module, `import "a";\n${header}use();\n`)).toBe(specifier);
  });

  it("the compiler options say how specifiers end in a file without any", () => {
    expect(
      at("src/a.ts", "./src/lib/backoff.ts", undefined, { style: { relativeExtension: "source" } }),
    ).toBe("./lib/backoff.ts");
  });

  it("an import of the project file under another spelling is reused", () => {
    const binding = bind('import { sendWithBackoff as s } from "./lib/backoff.js";\nuse();\n', {
      filename: path.join(root, "src/a.ts"),
      module: "./src/lib/backoff.ts",
      cwd: root,
    });
    expect(binding).toMatchObject({ kind: "bound", localName: "s", edit: { edits: [] } });
  });

  it("never into the helper's own file, or beside its index", () => {
    expect(at("src/lib/backoff.ts", "./src/lib/backoff.ts")).toBe("the file is part of the helper");
    expect(at("src/retry/delay.ts", "./src/retry")).toBe("the file is part of the helper");
    expect(at("own/src/backoff/send.ts", "own/backoff")).toBe(
      '"own/backoff" cannot be resolved from this file',
    );
    expect(at("own/src/other.ts", "own/backoff")).toBe("own/backoff");
  });

  it("packages are looked up through exports, for imports and for requires", () => {
    expect(at("src/a.ts", "esm-only")).toBe("esm-only");
    expect(at("src/a.ts", "esm-only/x/retry")).toBe("esm-only/x/retry");
    expect(at("src/a.ts", "esm-only/y")).toBe('"esm-only/y" cannot be resolved from this file');
    expect(
      at("src/a.cjs", "esm-only", "use();\n", { parser: "espree", sourceType: "commonjs" }),
    ).toBe('"esm-only" cannot be resolved from this file');
    expect(at("src/a.ts", "plain/lib/retry")).toBe("plain/lib/retry");
    expect(at("src/a.ts", "plain/lib/none")).toBe(
      '"plain/lib/none" cannot be resolved from this file',
    );
  });

  it("subpath imports are looked up in the nearest package.json", () => {
    expect(at("src/a.ts", "#backoff")).toBe("#backoff");
    expect(at("src/a.ts", "#lib/backoff")).toBe("#lib/backoff");
    expect(at("src/a.ts", "#none")).toBe('"#none" cannot be resolved from this file');
    expect(at("esm/a.ts", "#backoff")).toBe('"#backoff" cannot be resolved from this file');
    expect(at("src/lib/backoff.ts", "#backoff")).toBe(
      '"#backoff" cannot be resolved from this file',
    );
  });

  it("what cannot be resolved is refused", () => {
    expect(at("src/a.ts", HELPER)).toBe(`"${HELPER}" cannot be resolved from this file`);
    expect(at("src/a.ts", "./src/none.ts")).toBe('the helper file "./src/none.ts" does not exist');
    expect(at("src/a.ts", "@/lib/backoff")).toBe(
      '"@/lib/backoff" cannot be resolved from this file',
    );
  });

  it("an alias resolves through the compiler", () => {
    const helper = path.join(root, "src/lib/backoff.ts");
    const resolve = (specifier: string) => (specifier === "@/lib/backoff" ? helper : null);
    expect(at("src/a.ts", "@/lib/backoff", undefined, { resolve })).toBe("@/lib/backoff");
    expect(at("src/lib/backoff.ts", "@/lib/backoff", undefined, { resolve })).toBe(
      "the file is part of the helper",
    );
    expect(at("src/a.ts", "esm-only", undefined, { resolve })).toBe(
      '"esm-only" cannot be resolved from this file',
    );
  });
});
