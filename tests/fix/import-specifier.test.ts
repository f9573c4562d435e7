/** Where the helper is, and how a file spells the way to it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bind, type Case, HELPER } from "./binding.ts";

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
    write("node_modules/plain/lib/retry-helper.js");
    write("node_modules/plain/lib/3d.js");
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
    ["src/a.ts", "./src/lib/backoff.ts", 'export { y } from "./y.js";\n', "./lib/backoff.js"],
    ["src/a.ts", "./src/lib/backoff.ts", "export { a };\nconst a = b();\n", "./lib/backoff"],
    [
      "src/a.ts",
      "./src/lib/backoff.ts",
      'import "./x.js";\nimport "./y";\nimport "./z";\n',
      "./lib/backoff",
    ],
    [
      "src/a.ts",
      "./src/lib/backoff.ts",
      'import { sendWithBackoff } from "./x";\n',
      "./lib/backoff",
    ],
  ])("project file: %s imports %s", (filename, module, header, specifier) => {
    expect(at(filename, module, `import "a";\n${header}use();\n`)).toBe(specifier);
  });

  it.each<[name: string, filename: string, code: string, specifier: string, more?: Case]>([
    [
      "requires of a file show how its specifiers end",
      "src/a.js",
      'const x = require("./x.js");\nuse();\n',
      "./lib/backoff.js",
      { parser: "espree" },
    ],
    [
      "a .cts file of an ESM package needs no ending",
      "esm/a.cts",
      "use();\n",
      "../src/lib/backoff",
    ],
    [
      "nor does a file that is compiled to CommonJS",
      "esm/a.ts",
      'import "a";\nuse();\n',
      "../src/lib/backoff",
      { style: { emitsCommonJs: true } },
    ],
  ])("%s", (_, filename, code, specifier, more) => {
    expect(at(filename, "./src/lib/backoff.ts", code, more)).toBe(specifier);
  });

  it.each([
    ["./src/lib/backoff.ts", "backoff"],
    ["./src/retry/index.ts", "retry"],
    ["./src/retry/index.server.ts", "indexServer"],
    ["plain/lib/retry.js", "retry"],
    ["plain/lib/retry-helper", "retryHelper"],
    ["plain/lib/3d", "backoff"],
  ])("`import =` of %s is called %s", (module, name) => {
    const binding = bind('import a = require("a");\nuse();\n', {
      filename: path.join(root, "src/a.ts"),
      module,
      cwd: root,
    });
    expect(binding).toMatchObject({ localName: `${name}.sendWithBackoff` });
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

  it("an import of the project file through an alias is reused, not one of another file", () => {
    const helper = path.join(root, "src/lib/backoff.ts");
    const resolve = (specifier: string) => (specifier === "@/lib/backoff" ? helper : null);
    const local = (specifier: string) =>
      bind(`import { sendWithBackoff as s } from "${specifier}";\nuse();\n`, {
        filename: path.join(root, "src/a.ts"),
        module: "./src/lib/backoff.ts",
        cwd: root,
        resolve,
      });
    expect(local("@/lib/backoff")).toMatchObject({ localName: "s" });
    expect(local("@/lib/other")).toMatchObject({ localName: "sendWithBackoff" });
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
