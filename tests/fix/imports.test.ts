/** A new import: its name, its place, its style. */
import { describe, expect, it } from "vitest";
import { bound, type Case, HELPER } from "./binding.ts";

const IMPORT = `import { sendWithBackoff } from "${HELPER}";`;

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
    ["shebang with a space", "#! /usr/bin/env node\n"],
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

  it("a comment below a directive stays with its statement, too", () => {
    const code = "// Lists.\nexport const a = use();\n";
    expect(bound(`"use client";\n${code}`).text).toBe(`"use client";\n${IMPORT}\n\n${code}`);
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
