/** Call and import in files that nobody would write, and some do: the edit is made whole, or not at all. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { combine } from "../../src/fix/edit.ts";
import { requireBinding } from "../../src/fix/imports.ts";
import { wrapSend } from "../../src/fix/wrap.ts";
import { apply, inspect, ROOT, type Sample, sends } from "./support.ts";

const HELPER = "eslint-plugin-connect-resilience/backoff";
const IMPORT = `import { sendWithBackoff } from "${HELPER}";`;
const REQUIRE = `const { sendWithBackoff } = require("${HELPER}");`;

/** The text with its first send wrapped, or why not; what comes out parses. */
function repair(code: string, sample: Sample = {}): string {
  const edit = inspect(code, sample, (sourceCode) => {
    const [use] = sends(sourceCode);
    if (use === undefined) throw new Error("nothing is sent");
    const binding = requireBinding(sourceCode, {
      module: HELPER,
      name: "sendWithBackoff",
      filename: path.join(ROOT, "tests/fix", sample.filename ?? "sample.ts"),
      cwd: ROOT,
      uses: [use],
    });
    if (binding.kind === "refused") return binding.reason;
    return combine(sourceCode, wrapSend(sourceCode, use, binding.localName), binding.edit);
  });
  if (typeof edit === "string") return edit;
  return edit.applicability === "fix" ? apply(code, edit, sample) : (edit.reason ?? "");
}

describe("where the import goes", () => {
  it.each([
    [
      "the call is the first thing",
      `client.send(c);\nexport {};\n`,
      `${IMPORT}\n\nsendWithBackoff(client, c);\nexport {};\n`,
    ],
    [
      "the call follows the import without a space",
      `import { client } from "c";client.send(c);`,
      `import { client } from "c";\n${IMPORT}sendWithBackoff(client, c);`,
    ],
    [
      "a directive and the call share a line",
      `"use strict"; client.send(c); export {};`,
      `"use strict"; \n${IMPORT}\nsendWithBackoff(client, c); export {};`,
    ],
    [
      "a directive without semicolon",
      `"use strict"\nclient.send(c)\nexport {}\n`,
      `"use strict"\n${IMPORT.slice(0, -1)}\n\nsendWithBackoff(client, c)\nexport {}\n`,
    ],
    [
      "a shebang and a comment on the first statement",
      `#!/usr/bin/env node\n// Lists.\nclient.send(c);\nexport {};\n`,
      `#!/usr/bin/env node\n${IMPORT}\n\n// Lists.\nsendWithBackoff(client, c);\nexport {};\n`,
    ],
    [
      "the imports stand at the end, without a final newline",
      `export const f = () => client.send(c);\nimport { client, c } from "c"; // end`,
      `export const f = () => sendWithBackoff(client, c);\nimport { client, c } from "c"; // end\n${IMPORT}`,
    ],
    [
      "a template follows an import without semicolon",
      "import a from 'a'\n`x`.trim()\nclient.send(c)\n",
      `import a from 'a'\n${IMPORT.replaceAll('"', "'")}\n\`x\`.trim()\nsendWithBackoff(client, c)\n`,
    ],
    [
      "comments trail the import and lead the next statement",
      `import {\n  a, // x\n} from "a"; /* b */ // c\n/* d */\nclient.send(c);\n`,
      `import {\n  a, // x\n} from "a"; /* b */ // c\n${IMPORT}\n/* d */\nsendWithBackoff(client, c);\n`,
    ],
    [
      "a comment reaches from the import's line to the call's",
      `import a from "a"; /* b\n */ client.send(c);\n`,
      `import a from "a";\n${IMPORT} /* b\n */ sendWithBackoff(client, c);\n`,
    ],
    [
      "lines end in carriage returns alone",
      `import a from "a";\rclient.send(c);\r`,
      `import a from "a";\n${IMPORT}\rsendWithBackoff(client, c);\r`,
    ],
    [
      "lines end this way and that",
      `import a from "a";\r\nclient.send(c);\nb();\n`,
      `import a from "a";\r\n${IMPORT}\r\nsendWithBackoff(client, c);\nb();\n`,
    ],
    [
      "a line separator stands in a string",
      `import a from "a";\nconst s = "\u2028";\nclient.send(c);\n`,
      `import a from "a";\n${IMPORT}\nconst s = "\u2028";\nsendWithBackoff(client, c);\n`,
    ],
    [
      "an import in an ambient module is not the file's",
      `declare module "x" { import y from "y"; }\nclient.send(c);\nexport {};\n`,
      `${IMPORT}\n\ndeclare module "x" { import y from "y"; }\nsendWithBackoff(client, c);\nexport {};\n`,
    ],
    [
      "all imports are of types",
      `import type { C } from "c";\nclient.send(c);\n`,
      `import type { C } from "c";\n${IMPORT}\nsendWithBackoff(client, c);\n`,
    ],
    [
      "the module is only re-exported, or awaited",
      `export { sendWithBackoff } from "${HELPER}";\nconst { jitter } = await import("${HELPER}");\nclient.send(c);\n`,
      `${IMPORT}\n\nexport { sendWithBackoff } from "${HELPER}";\nconst { jitter } = await import("${HELPER}");\nsendWithBackoff(client, c);\n`,
    ],
    [
      "`require` is made by `createRequire`",
      `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst x = require("x");\nclient.send(c);\n`,
      `import { createRequire } from "node:module";\n${IMPORT}\nconst require = createRequire(import.meta.url);\nconst x = require("x");\nsendWithBackoff(client, c);\n`,
    ],
    [
      "comments of tools stand on the first statement",
      `/* oxlint-disable */\n// cspell:ignore foo\n// biome-ignore-all lint: x\nclient.send(c);\nexport {};\n`,
      `/* oxlint-disable */\n// cspell:ignore foo\n// biome-ignore-all lint: x\n${IMPORT}\n\nsendWithBackoff(client, c);\nexport {};\n`,
    ],
  ])("%s", (_, before, after) => {
    expect(repair(before)).toBe(after);
  });

  const cjs: Sample = { filename: "a.cjs", parser: "espree", sourceType: "commonjs" };
  it.each([
    [
      "the call is the first thing",
      `require("./c").client.send(c);\n`,
      `${REQUIRE}\n\nsendWithBackoff(require("./c").client, c);\n`,
    ],
    [
      "one statement requires several",
      `var a = require("a"),\n    b = require("b");\n\nclient.send(c);\n`,
      `var a = require("a"),\n    b = require("b");\n${REQUIRE}\n\nsendWithBackoff(client, c);\n`,
    ],
    [
      "the variable that held the helper gets another value",
      `let b = require("${HELPER}");\nb = 1;\nclient.send(c);\n`,
      `let b = require("${HELPER}");\n${REQUIRE}\nb = 1;\nsendWithBackoff(client, c);\n`,
    ],
    [
      "a function that is called above holds the call",
      `run();\nconst a = require("a");\nfunction run() { client.send(c); }\n`,
      `${REQUIRE}\n\nrun();\nconst a = require("a");\nfunction run() { sendWithBackoff(client, c); }\n`,
    ],
    [
      "without semicolons, a comment stands above what starts with a parenthesis",
      `// Runs.\n(async () => {\n  await client.send(c)\n})()\nexports.a = 1\n`,
      `${REQUIRE}\n\n// Runs.\n(async () => {\n  await sendWithBackoff(client, c)\n})()\nexports.a = 1\n`,
    ],
    ...[
      'require("a").b(`${run()}`);',
      'require("a").b(`${"b"}${run()}`);',
      'require("a").b({ [run()]: 1 });',
      'require("a")[run()];',
      'const { a = run() } = require("a");',
      'const { [run()]: a } = require("a");',
      'const [a = run()] = require("a");',
    ].map((first) => [
      `what loads a module calls the function that holds the call: ${first}`,
      `${first}\nfunction run() { client.send(c); }\n`,
      `${REQUIRE}\n\n${first}\nfunction run() { sendWithBackoff(client, c); }\n`,
    ]),
    ...[
      ["run();", "function run() { client.send(c); }"],
      ["const a = run();", "function run() { client.send(c); }"],
      ["const run = () => client.send(c);\nrun();", ""],
    ].map(([above = "", below = ""]) => [
      `a function that is called above the require holds the call: ${above}`,
      `${above}\nconst { jitter } = require("${HELPER}");\n${below}\n`,
      "the helper is loaded after this point",
    ]),
    [
      "a function that is made below the require holds the call",
      `start();\nconst { jitter } = require("${HELPER}");\nconst run = () => client.send(c);\n`,
      `start();\nconst { jitter, sendWithBackoff } = require("${HELPER}");\nconst run = () => sendWithBackoff(client, c);\n`,
    ],
    [
      "a static field runs before the require that could be extended",
      `class A { static p = client.send(c) }\nconst { jitter } = require("${HELPER}");\n`,
      "the helper is loaded after this point",
    ],
    [
      "the file asks for `module` and requires all the same",
      `const a = require("a");\nclient.send(c);\nif (typeof module !== "undefined" && !module.parent) a();\n`,
      `const a = require("a");\n${REQUIRE}\nsendWithBackoff(client, c);\nif (typeof module !== "undefined" && !module.parent) a();\n`,
    ],
  ])("CommonJS: %s", (_, before, after) => {
    expect(repair(before, cjs)).toBe(after);
  });

  const script: Sample = { filename: "a.js", parser: "espree", sourceType: "script" };
  it.each([
    ["AMD", `define(["require", "exports"], function (require, exports) { client.send(c); });\n`],
    [
      "UMD",
      `(function (f) { if (typeof module === "object") module.exports = f(); })(function () { client.send(c); });\n`,
    ],
    ["an old comment", `<!-- x\nclient.send(c);\n`],
  ])("no import into a script: %s", (_, code) => {
    expect(repair(code, script)).toBe("the file is a script, which cannot import");
  });
});

describe("names that only look taken", () => {
  it.each([
    ["exported name", `const x = 1;\nexport { x as sendWithBackoff };\n`],
    ["label", `sendWithBackoff: for (;;) break sendWithBackoff;\nexport {};\n`],
    [
      "property and private name",
      `export class A { #sendWithBackoff = 1; sendWithBackoff = 2; }\n`,
    ],
  ])("%s", (_, code) => {
    expect(repair(`${code}client.send(c);\n`)).toBe(
      `${IMPORT}\n\n${code}sendWithBackoff(client, c);\n`,
    );
  });
  it.each([
    ["namespace", `namespace sendWithBackoff { export const a = 1; }\nexport {};\n`],
    ["ambient global", `declare global { var sendWithBackoff: 1 }\nexport {};\n`],
    ["alias of another export", `import { jitter as sendWithBackoff } from "b";\n`],
  ])("taken: %s", (_, code) => {
    expect(repair(`${code}client.send(c);\n`)).toContain("connectSendWithBackoff(client, c);");
  });
});
