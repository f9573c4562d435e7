/** Files that import, files that require, and files that do neither. */
import { describe, expect, it } from "vitest";
import { bound, type Case, HELPER, reasonOf } from "./binding.ts";

const IMPORT = `import { sendWithBackoff } from "${HELPER}";`;

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
      "a variable whose value is worked out above the requires",
      'let cache, x = start();\nconst a = require("a");\nfunction start() { use(); }\n',
    ],
    [
      "a require statement that picks by a computed key, beside a name",
      'const { b, [start()]: c } = require("a");\nfunction start() { use(); }\n',
    ],
    ["a require statement whose path uses the helper", "const a = require(use());\nuse();\n"],
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
  it("with a semicolon between a directive that has one and a statement that begins with a parenthesis", () => {
    const [directive, code] = ["'use strict';\n", "(() => use())()\nexports.a = 1\n"];
    expect(bound(`${directive}${code}`, cjs).text).toBe(
      `${directive}${REQUIRE.replaceAll('"', "'")}\n${code}`,
    );
  });
  it("not where the file also has imports, which a bundler joins with requires", () => {
    const above = 'import a from "a";\n';
    const below = 'const b = require("b");\nuse();\n';
    expect(bound(`${above}${below}`, cjs).text).toBe(`${above}${IMPORT}\n${below}`);
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

describe("how a TypeScript file loads modules", () => {
  const REQUIRED = `const { sendWithBackoff } = require("${HELPER}");`;
  const EQUALS = `import backoff = require("${HELPER}");`;
  const verbatim = { style: { verbatimModuleSyntax: true } };
  it.each<[name: string, file: string, code: string, line: string, more?: Case]>([
    ["a .cts file without imports", "a.cts", "use();\n", EQUALS],
    ["a .cts file that requires", "a.cts", 'const a = require("a");\nuse();\n', REQUIRED],
    [
      "a .cts file of a project that wants modules written as they are",
      "a.cts",
      'import type { A } from "a";\nuse();\n',
      EQUALS,
      verbatim,
    ],
    [
      "a .ts file of such a project, compiled to CommonJS",
      "a.ts",
      'import a = require("a");\nuse();\n',
      EQUALS,
      { style: { verbatimModuleSyntax: true, emitsCommonJs: true } },
    ],
    ["a .ts file of such a project", "a.ts", 'import "a";\nuse();\n', IMPORT, verbatim],
    [
      "a .ts file with imports of both kinds",
      "a.ts",
      'import a = require("a");\nimport b from "b";\nuse();\n',
      IMPORT,
    ],
    ["a .mts file", "a.mts", "use();\n", IMPORT],
  ])("%s", (_, filename, code, line, more = {}) => {
    const { applicability, text } = bound(code, { filename: `tests/fix/${filename}`, ...more });
    expect(applicability).toBe("fix");
    expect(text).toContain(`${line}\n`);
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
  it("a JavaScript file that neither imports nor exports is left to a person, unless it is known for a module", () => {
    const js: Case = { filename: "tests/fix/a.js", parser: "espree" };
    expect(bound("use();\n", js).applicability).toBe("suggestion");
    expect(bound("use();\n", { ...js, style: { isModule: true } }).applicability).toBe("fix");
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
