/** The import that a fix needs: every situation that the file may be in, through a real rule and the compiler. */
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { absolutePath, projectDirectory } from "../support/case-program.ts";
import { lint, languageOptionsOf } from "../support/gates.ts";
import type { AnyRule } from "../support/gates.ts";
import { repair, type RepairSetup } from "./checklist.ts";

const HELPER = "eslint-plugin-connect-resilience/backoff";
const SDK = `import { ConnectClient } from "@aws-sdk/client-connect";\n`;
const IMPORT = `import { backoffStrategy } from "${HELPER}";\n`;
const CLIENT = `export const client = new ConnectClient({});\n`;
const done = (name = "backoffStrategy") =>
  `export const client = new ConnectClient({ retryStrategy: ${name}() });\n`;
const REQUIRE = `const { ConnectClient } = require("@aws-sdk/client-connect");\n`;
/** A client in a module without imports. */
const LAZY = `export const client = async () =>\n  new (await import("@aws-sdk/client-connect")).ConnectClient({});\n`;
const lazily = LAZY.replace("{}", "{ retryStrategy: backoffStrategy() }");
/** The helper as a file of the project. */
const PROJECT_FILE = { helper: { module: "./../../../src/backoff/index.ts" } };

type Row = readonly [name: string, before: string, after: string, setup?: RepairSetup];

const fixed = (rows: readonly Row[]) => {
  for (const [name, before, after, setup] of rows) {
    it(`A: ${name}`, () => {
      expect(repair(before, setup)).toMatchObject({ by: "fix", text: after });
    });
  }
};

describe("a binding that is there", () => {
  fixed([
    [
      "helper already imported: that binding, no new import",
      SDK + IMPORT + `export { backoffStrategy };\n` + CLIENT,
      SDK + IMPORT + `export { backoffStrategy };\n` + done(),
    ],
    [
      "helper imported under an alias: the alias",
      `${SDK}import { backoffStrategy as b } from "${HELPER}";\nexport { b };\n${CLIENT}`,
      `${SDK}import { backoffStrategy as b } from "${HELPER}";\nexport { b };\n${done("b")}`,
    ],
    [
      "namespace import only: `ns.name`",
      `${SDK}import * as b from "${HELPER}";\nexport { b };\n${CLIENT}`,
      `${SDK}import * as b from "${HELPER}";\nexport { b };\n${done("b.backoffStrategy")}`,
    ],
    [
      "existing value import: the specifier is added; comments, trailing comma and quotes are kept",
      `${SDK}import {\n  jitter, // why\n  // end\n} from '${HELPER}';\nexport { jitter };\n${CLIENT}`,
      `${SDK}import {\n  jitter, // why\n  backoffStrategy,\n  // end\n} from '${HELPER}';\nexport { jitter };\n${done()}`,
    ],
    [
      "only `import type` from the module: a new, separate value import",
      `${SDK}import type { BackoffOptions } from "${HELPER}";\nexport type { BackoffOptions };\n${CLIENT}`,
      `${SDK}import type { BackoffOptions } from "${HELPER}";\n${IMPORT}export type { BackoffOptions };\n${done()}`,
    ],
    [
      "inline `import { type X }`: a value specifier beside it",
      `${SDK}import { type BackoffOptions } from "${HELPER}";\nexport type { BackoffOptions };\n${CLIENT}`,
      `${SDK}import { type BackoffOptions, backoffStrategy } from "${HELPER}";\nexport type { BackoffOptions };\n${done()}`,
    ],
    [
      "default import only: `, { name }` is appended",
      `${SDK}import all from "our-helper";\nexport { all };\n${CLIENT}`,
      `${SDK}import all, { backoffStrategy } from "our-helper";\nexport { all };\n${done()}`,
      {
        settings: { helper: { module: "our-helper" } },
        compilerOptions: { paths: { "our-helper": ["../../../src/backoff/index.ts"] } },
        allowTypeErrors: true,
      },
    ],
    [
      "`import 'm'` for its effects: a separate import",
      `${SDK}import "${HELPER}";\n${CLIENT}`,
      `${SDK}import "${HELPER}";\n${IMPORT}${done()}`,
    ],
    [
      "an `import =` of the helper is used as a namespace",
      `import c = require("@aws-sdk/client-connect");\nimport b = require("${HELPER}");\nexport const client = new c.ConnectClient({});\nexport { b };\n`,
      `import c = require("@aws-sdk/client-connect");\nimport b = require("${HELPER}");\nexport const client = new c.ConnectClient({ retryStrategy: b.backoffStrategy() });\nexport { b };\n`,
      { filename: "src/file.cts" },
    ],
    [
      "a `var` that requires the helper is used",
      `var { ConnectClient } = require("@aws-sdk/client-connect");\nvar b = require("${HELPER}");\nexports.b = b;\nexports.client = new ConnectClient({});\n`,
      `var { ConnectClient } = require("@aws-sdk/client-connect");\nvar b = require("${HELPER}");\nexports.b = b;\nexports.client = new ConnectClient({ retryStrategy: b.backoffStrategy() });\n`,
      { filename: "src/file.cjs" },
    ],
  ]);
});

describe("a name that is taken", () => {
  const other = "connectBackoffStrategy";
  const aliased = `import { backoffStrategy as ${other} } from "${HELPER}";\n`;
  fixed(
    (
      [
        ["module scope", "export const backoffStrategy = 1;\n"],
        [
          "another scope",
          "export function f(backoffStrategy: number) { return backoffStrategy; }\n",
        ],
        [
          "a global that the file uses",
          "declare global { var backoffStrategy: number }\nexport const n = backoffStrategy;\n",
        ],
        ["a type", "export type backoffStrategy = 1;\n"],
        [
          "an import from elsewhere",
          `import { ListUsersCommand as backoffStrategy } from "@aws-sdk/client-connect";\nexport { backoffStrategy };\n`,
        ],
      ] as const
    ).map(([where, taken]) => {
      const header = taken.startsWith("import") ? taken.slice(0, taken.indexOf("\n") + 1) : "";
      const body = taken.slice(header.length);
      return [
        `name taken by ${where}: a fresh alias`,
        SDK + header + body + CLIENT,
        SDK + header + aliased + body + done(other),
      ];
    }),
  );

  it("A: name taken in the scope of one of several sites: the same alias at every site", () => {
    const code = `${SDK}export const a = new ConnectClient({});\nexport function f(backoffStrategy: number) {\n  return [backoffStrategy, new ConnectClient({})];\n}\n`;
    const { text } = repair(code);
    expect(text.match(/connectBackoffStrategy\(\)/gu)).toHaveLength(2);
    expect(text).toContain(aliased);
  });
});

describe("what stays first", () => {
  const kept: readonly (readonly [string, string])[] = [
    ["shebang stays on line 1", "#!/usr/bin/env node\n"],
    ["directive `use strict` stays first", `"use strict";\n`],
    ["directive `use client` stays first", `"use client";\n\n`],
    ["directive `use server` stays first", `"use server";\n`],
    ["an unknown directive stays first", `"use workflow";\n`],
    ["licence header stays first", "/*\n * Copyright Example Ltd.\n */\n"],
    ["triple-slash reference stays first", `/// <reference types="node" />\n`],
    ["`@ts-check` stays first", "// @ts-check\n"],
    ["`@ts-nocheck` stays first", "// @ts-nocheck\n"],
    ["`@jest-environment` stays first", "/** @jest-environment node */\n"],
    ["`@jsx` pragma stays first", "/** @jsx h */\n"],
  ];
  fixed(
    kept.map(([name, header]) => [
      `${name} (no imports at all)`,
      header + LAZY,
      `${header}${IMPORT}\n${lazily}`,
    ]),
  );
  fixed([
    [
      "all of them at once, above the imports",
      `#!/usr/bin/env node\n/* Copyright Example Ltd. */\n// @ts-check\n"use strict";\n"use client";\n${SDK}${CLIENT}`,
      `#!/usr/bin/env node\n/* Copyright Example Ltd. */\n// @ts-check\n"use strict";\n"use client";\n${SDK}${IMPORT}${done()}`,
    ],
    [
      "documentation of the first statement stays with it, also where it speaks of a license",
      `/** Asks for the license of an agent. */\n${LAZY}`,
      `${IMPORT}\n/** Asks for the license of an agent. */\n${lazily}`,
    ],
  ]);

  it.each([
    ["after the imports", `${SDK}${CLIENT}`, `${SDK}${IMPORT}${done()}`, {}],
    ["without imports", LAZY, `${IMPORT}\n${lazily}`, {}],
    [
      "in CommonJS",
      `${REQUIRE}exports.client = new ConnectClient({});\n`,
      `${REQUIRE}const { backoffStrategy } = require("${HELPER}");\nexports.client = new ConnectClient({ retryStrategy: backoffStrategy() });\n`,
      { filename: "src/file.cjs" },
    ],
  ])("A: BOM stays the first character, not duplicated: %s", (_, before, after, setup) => {
    const { text } = repair(`\uFEFF${before}`, setup);
    expect(text).toBe(`\uFEFF${after}`);
    expect(text.lastIndexOf("\uFEFF")).toBe(0);
  });
});

describe("order and kind of module", () => {
  const verbatim = { compilerOptions: { verbatimModuleSyntax: true } };
  const cts = { filename: "src/file.cts" };
  fixed([
    [
      "order effects: after the last import, so that tracing and polyfills load first",
      `import "node:process";\n${SDK}import "node:diagnostics_channel";\n\n${CLIENT}`,
      `import "node:process";\n${SDK}import "node:diagnostics_channel";\n${IMPORT}\n${done()}`,
    ],
    ["no imports at all: after directives and header comments", LAZY, `${IMPORT}\n${lazily}`],
    [
      "CommonJS: `const { x } = require()` below the requires, above what they configure",
      `"use strict";\nrequire("node:process").setMaxListeners(20);\n${REQUIRE}exports.client = new ConnectClient({});\n`,
      `"use strict";\nrequire("node:process").setMaxListeners(20);\n${REQUIRE}const { backoffStrategy } = require("${HELPER}");\nexports.client = new ConnectClient({ retryStrategy: backoffStrategy() });\n`,
      { filename: "src/file.cjs" },
    ],
    [
      "CommonJS: above a require that is given a function, which it may call at once",
      `${REQUIRE}const made = require("node:util").callbackify(make);\nasync function make() {\n  return new ConnectClient({});\n}\nexports.made = made;\n`,
      `${REQUIRE}const { backoffStrategy } = require("${HELPER}");\nconst made = require("node:util").callbackify(make);\nasync function make() {\n  return new ConnectClient({ retryStrategy: backoffStrategy() });\n}\nexports.made = made;\n`,
      { filename: "src/file.cjs" },
    ],
    [
      "sourceType commonjs in a `.js` file, under ESLint's own parser",
      `${REQUIRE}module.exports = new ConnectClient({});\n`,
      `${REQUIRE}const { backoffStrategy } = require("${HELPER}");\nmodule.exports = new ConnectClient({ retryStrategy: backoffStrategy() });\n`,
      { parser: "espree", sourceType: "commonjs" },
    ],
    ["`.cts` with imports: an import", SDK + CLIENT, SDK + IMPORT + done(), cts],
    [
      "`.cts` that requires: a require",
      `const { ConnectClient } = require("@aws-sdk/client-connect") as typeof import("@aws-sdk/client-connect");\nmodule.exports = new ConnectClient({});\n`,
      `const { ConnectClient } = require("@aws-sdk/client-connect") as typeof import("@aws-sdk/client-connect");\nconst { backoffStrategy } = require("${HELPER}");\nmodule.exports = new ConnectClient({ retryStrategy: backoffStrategy() });\n`,
      cts,
    ],
    [
      "`import x = require()` in the file: the same",
      `import c = require("@aws-sdk/client-connect");\nexport const client = new c.ConnectClient({});\n`,
      `import c = require("@aws-sdk/client-connect");\nimport backoff = require("${HELPER}");\nexport const client = new c.ConnectClient({ retryStrategy: backoff.backoffStrategy() });\n`,
      cts,
    ],
    [
      "verbatimModuleSyntax in a CommonJS file: `import x = require()`",
      `import c = require("@aws-sdk/client-connect");\nexport = new c.ConnectClient({});\n`,
      `import c = require("@aws-sdk/client-connect");\nimport backoff = require("${HELPER}");\nexport = new c.ConnectClient({ retryStrategy: backoff.backoffStrategy() });\n`,
      { ...cts, ...verbatim },
    ],
    [
      "verbatimModuleSyntax in an ES module: a plain import",
      SDK + CLIENT,
      SDK + IMPORT + done(),
      verbatim,
    ],
  ]);
});

describe("a helper in a file of the project", () => {
  const relative = (specifier: string) => `import { backoffStrategy } from "${specifier}";\n`;
  const nodeNext = { module: "nodenext", moduleResolution: "nodenext", paths: {} };
  const neighbour = (specifier: string) => ({
    "src/other.ts": `export * from "${specifier}";\n`,
    "src/values.ts": "export const value = 1;\n",
  });
  const own = (specifier: string) => `export * from "${specifier}";\n`;
  fixed([
    [
      "ESM with Node resolution: the extension that Node asks for",
      SDK + CLIENT,
      SDK + relative("../../../../src/backoff/index.js") + done(),
      { settings: PROJECT_FILE, compilerOptions: nodeNext },
    ],
    [
      "the extension that the file uses: none",
      SDK + own("./values") + CLIENT,
      SDK + relative("../../../../src/backoff") + own("./values") + done(),
      { settings: PROJECT_FILE, files: neighbour("./values.js") },
    ],
    [
      "the extension that the project uses, in a file without relative imports: none",
      SDK + CLIENT,
      SDK + relative("../../../../src/backoff") + done(),
      { settings: PROJECT_FILE, files: neighbour("./values") },
    ],
    [
      "the extension that the project uses, in a file without relative imports: .js",
      SDK + CLIENT,
      SDK + relative("../../../../src/backoff/index.js") + done(),
      { settings: PROJECT_FILE, files: neighbour("./values.js") },
    ],
    [
      "the extension where Node runs the sources: .ts",
      SDK + CLIENT,
      SDK + relative("../../../../src/backoff/index.ts") + done(),
      { settings: PROJECT_FILE, compilerOptions: { allowImportingTsExtensions: true } },
    ],
    [
      "an import of the helper file under another spelling is extended",
      `${SDK}import { jitter } from "../../../../src/backoff/index.js";\nexport { jitter };\n${CLIENT}`,
      `${SDK}import { jitter, backoffStrategy } from "../../../../src/backoff/index.js";\nexport { jitter };\n${done()}`,
      { settings: PROJECT_FILE },
    ],
  ]);

  it("A: the helper's own source file: never a self-import", () => {
    const settings = { helper: { module: "./file.ts" } };
    const { by, message } = repair(SDK + CLIENT, { settings, filename: "file.ts" });
    expect(by).toBe("report only");
    expect(message).toContain("No edit is offered: the file is part of the helper.");
  });
});

describe("no fix", () => {
  it("A: script without import and export: no fix, a suggestion with a note", () => {
    const script = LAZY.replace("export ", "");
    const { by, text, message } = repair(script);
    expect(by).toBe("suggestion");
    expect(text).toBe(`${IMPORT}\n${lazily.replace("export ", "")}`);
    expect(message).toContain("the file is a script, and an import makes it a module.");
  });

  it("A: script that the compiler takes for a module: a fix", () => {
    const compilerOptions = { moduleDetection: "force" };
    expect(repair(LAZY.replace("export ", ""), { compilerOptions }).by).toBe("fix");
  });

  it("A: browser script: no edit", () => {
    const code = `${LAZY.replace("export ", "")}client();\n`;
    const { by, message } = repair(code, { parser: "espree", sourceType: "script" });
    expect(by).toBe("report only");
    expect(message).toContain("No edit is offered: the file is a script, which cannot import.");
  });

  it("A: module cannot be resolved from this file: no fix, the message explains", () => {
    const settings = { helper: { module: "our-helper" } };
    const { by, message } = repair(SDK + CLIENT, { settings });
    expect(by).toBe("report only");
    expect(message).toContain(
      `No edit is offered: "our-helper" cannot be resolved from this file.`,
    );
  });

  it("A: `declare module` and ambient blocks: no fix", () => {
    // Nothing is constructed in an ambient block; a parameter's default is the nearest to it.
    const code = `declare module "x" {\n  function f(client = new (require("@aws-sdk/client-connect").ConnectClient)({})): void;\n}\n`;
    expect(repair(code, { allowTypeErrors: true, types: false }).by).not.toBe("fix");
  });

  it("A: declaration file: no fix", () => {
    const code = `${SDK}export declare const client: ConnectClient;\n`;
    expect(repair(code, { filename: "src/file.d.ts", types: false }).by).toBe("silence");
  });

  const name = "require-retry";
  const rule = rules[name] as unknown as AnyRule;
  it("A: Vue and Svelte files: inside the script block, as a suggestion only", () => {
    for (const filename of ["src/App.vue", "src/App.svelte"]) {
      const setup = { code: SDK + CLIENT, filename, types: false };
      const [message] = lint(name, rule, setup, setup.code);
      expect(message?.fix).toBeUndefined();
      expect(message?.suggestions).toHaveLength(1);
      expect(message?.message).toContain("the code is part of a larger file.");
    }
  });

  it("A: Markdown processor: a suggestion only, within the block", () => {
    const block = SDK + CLIENT;
    const markdown = `# Title\n\n\`\`\`js\n${block}\`\`\`\n`;
    const offset = markdown.indexOf(block);
    const processor: Linter.Processor = {
      meta: { name: "markdown" },
      supportsAutofix: true,
      preprocess: (text) => [{ text: text.slice(offset, offset + block.length), filename: "0.js" }],
      postprocess: ([messages = []]) => messages,
    };
    const { languageOptions, ...config } = {
      plugins: { own: { rules: { [name]: rules[name] } } as never },
      rules: { [`own/${name}`]: "error" as const },
      settings: { "connect-resilience": { types: "optional" } },
      languageOptions: languageOptionsOf({ code: block, parser: "espree" }),
    };
    const linter = new Linter({ cwd: projectDirectory });
    const options = { filename: absolutePath("README.md") };
    const configs = [
      { files: ["**/*.md"], processor },
      { files: ["**/*.js"], languageOptions, ...config },
    ];
    const { messages, fixed: isFixed } = linter.verifyAndFix(markdown, configs, options);
    expect(isFixed).toBe(false);
    expect(messages).toHaveLength(1);
    const fix = messages[0]?.suggestions?.[0]?.fix;
    expect(fix?.range[0]).toBeGreaterThan(0);
    expect(fix?.range[1]).toBeLessThan(block.length);
  });
});

describe("the style of the file", () => {
  fixed([
    [
      "newline style: CRLF",
      (SDK + CLIENT).replaceAll("\n", "\r\n"),
      (SDK + IMPORT + done()).replaceAll("\n", "\r\n"),
    ],
    [
      "semicolon style and quotes: none and single, tabs, narrow braces",
      `import {ConnectClient} from '@aws-sdk/client-connect'\n\nexport const make = () => {\n\treturn new ConnectClient({\n\t\tregion: 'x'\n\t})\n}\n`,
      `import {ConnectClient} from '@aws-sdk/client-connect'\nimport {backoffStrategy} from '${HELPER}'\n\nexport const make = () => {\n\treturn new ConnectClient({\n\t\tregion: 'x',\n\t\tretryStrategy: backoffStrategy()\n\t})\n}\n`,
    ],
    [
      "semicolon style: a file without imports whose exports end without",
      `export const name = 'x'\n${LAZY.replaceAll(";", "").replaceAll('"', "'")}`,
      `import { backoffStrategy } from '${HELPER}'\n\nexport const name = 'x'\n${lazily.replaceAll(";", "").replaceAll('"', "'")}`,
    ],
  ]);
});
