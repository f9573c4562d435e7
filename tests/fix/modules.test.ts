import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canResolve,
  exportTarget,
  extensionHabit,
  findSource,
  isModulePackage,
  leadsTo,
  relativeSpecifier,
} from "../../src/fix/modules.ts";

let root = "";
const at = (file: string): string => path.join(root, file);

const FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "call-centre",
    type: "module",
    imports: { "#helper": "./src/helper.ts", "#lib": "plain", "#other/*": "./src/other/*.ts" },
    exports: { ".": "./dist/index.js", "./helper": "./dist/helper.js" },
  }),
  "src/index.ts": "",
  "src/helper.ts": "",
  "src/users.tsx": "",
  "src/queue.mts": "",
  "src/other/index.ts": "",
  "src/other/flow.js": "",
  "src/other/flow/index.ts": "",
  "src/legacy/package.json": JSON.stringify({ type: "commonjs" }),
  "src/legacy/a.js": "",
  "src/broken/package.json": "{",
  "src/broken/a.js": "",
  "node_modules/plain/package.json": JSON.stringify({ name: "plain" }),
  "node_modules/plain/deep.js": "",
  "node_modules/dual/package.json": JSON.stringify({
    exports: { ".": { import: "./a.mjs" }, "./old": { require: "./b.cjs" }, "./none": null },
  }),
  "node_modules/@own/lib/package.json": JSON.stringify({ exports: "./a.js" }),
};

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), "modules-"));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  }
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe("a specifier resolves", () => {
  it.each<[string, "import" | "require", boolean]>([
    ["node:crypto", "import", true],
    ["crypto", "require", true],
    ["plain", "import", true],
    ["plain/deep", "import", true],
    ["plain/deep.js", "import", true],
    ["plain/missing", "import", false],
    ["missing", "import", false],
    ["dual", "import", true],
    ["dual", "require", false],
    ["dual/old", "require", true],
    ["dual/old", "import", false],
    ["dual/none", "import", false],
    ["@own/lib", "require", true],
    ["@own/lib/deep", "require", false],
    ["@own", "import", false],
    ["./helper", "import", false],
    ["#helper", "import", true],
    ["#lib", "import", true],
    ["#missing", "import", false],
    ["#other/flow", "import", true],
    // The package itself, by the name of another of its files.
    ["call-centre/helper", "import", true],
    ["call-centre/missing", "import", false],
  ])("%s by %s: %s", (specifier, loader, expected) => {
    expect(canResolve(specifier, at("src/deep/users.ts"), loader)).toBe(expected);
  });

  it("not to the file that imports it", () => {
    expect(canResolve("#helper", at("src/helper.ts"), "import")).toBe(false);
    expect(canResolve("call-centre/helper", at("src/helper.ts"), "import")).toBe(false);
    expect(canResolve("call-centre/helper", at("src/helper/a.ts"), "import")).toBe(false);
    expect(canResolve("call-centre/helper", at("src/helpers.ts"), "import")).toBe(true);
  });

  it("asks the nearest package.json alone", () => {
    expect(canResolve("#helper", at("src/legacy/a.js"), "import")).toBe(false);
    expect(canResolve("call-centre/helper", at("src/legacy/a.js"), "import")).toBe(false);
    expect(isModulePackage(at("src/index.ts"))).toBe(true);
    expect(isModulePackage(at("src/legacy/a.js"))).toBe(false);
    // One that cannot be read is none.
    expect(isModulePackage(at("src/broken/a.js"))).toBe(true);
  });
});

describe("what a package exports", () => {
  const conditions = new Set(["import", "node", "default"]);
  it.each<[unknown, string, string | undefined]>([
    ["./a.js", ".", "./a.js"],
    ["./a.js", "./b", undefined],
    [{ import: "./a.mjs", require: "./a.cjs" }, ".", "./a.mjs"],
    [{ require: "./a.cjs", default: "./a.js" }, ".", "./a.js"],
    [{ require: "./a.cjs" }, ".", undefined],
    [{ node: { require: "./a.cjs" }, default: "./a.js" }, ".", "./a.js"],
    [[{ require: "./a.cjs" }, "./a.js"], ".", "./a.js"],
    [[], ".", undefined],
    [null, ".", undefined],
    [5, ".", undefined],
    [{ "./b": "./b.js" }, ".", undefined],
    [{ "./b": "./b.js" }, "./b", "./b.js"],
    [{ "./b": null }, "./b", undefined],
    [{ "./*": "./src/*.js" }, "./b", "./src/b.js"],
    [{ "./*": "./src/*.js" }, "./b/c", "./src/b/c.js"],
    [{ "./*": "./src/*/*.js" }, "./b", "./src/b/b.js"],
    [{ "./*.js": "./src/*.ts" }, "./b.js", "./src/b.ts"],
    [{ "./*.js": "./src/*.ts" }, "./b", undefined],
    [{ "./*.js": "./src/*.ts" }, "./.js", undefined],
    [{ "./*": "./a/*.js", "./deep/*": "./b/*.js" }, "./deep/c", "./b/c.js"],
    [{ "./deep/*": "./b/*.js", "./*": "./a/*.js" }, "./other", "./a/other.js"],
    [{ "./*": "./a/*.js", "./b": "./b.js" }, "./b", "./b.js"],
    [{ "./*": { require: "./*.cjs" } }, "./b", undefined],
    [{ "#b": "./b.js" }, "#b", "./b.js"],
  ])("%j, %s", (exports, subpath, target) => {
    expect(exportTarget(exports, subpath, conditions)).toBe(target);
  });
});

describe("the file of a path", () => {
  it.each([
    ["src/helper", "src/helper.ts"],
    ["src/helper.js", "src/helper.ts"],
    ["src/helper.ts", "src/helper.ts"],
    ["src/users.js", "src/users.tsx"],
    ["src/queue.mjs", "src/queue.mts"],
    ["src/queue.js", undefined],
    ["src/queue", "src/queue.mts"],
    ["src/other", "src/other/index.ts"],
    ["src/other/flow", "src/other/flow.js"],
    ["src/other/flow/", "src/other/flow/index.ts"],
    ["src/none", undefined],
  ])("%s: %s", (target, file) => {
    const found = findSource(at(target) + (target.endsWith("/") ? "index" : ""));
    expect(found).toBe(file === undefined ? undefined : at(file));
  });

  it.each([
    ["./helper", "src/helper.ts", true],
    ["./helper.js", "src/helper.ts", true],
    ["./helper.ts", "src/helper.ts", true],
    ["../src/helper", "src/helper.ts", true],
    ["helper", "src/helper.ts", false],
    ["./other", "src/other/index.ts", true],
    ["./other", "src/helper.ts", false],
    [".", "src/index.ts", true],
  ])("%s leads to %s: %s", (specifier, to, expected) => {
    expect(leadsTo(specifier, at("src/a.ts"), at(to))).toBe(expected);
  });
});

describe("how one file imports another", () => {
  it.each<[string, string, "emitted" | "none" | "source", string]>([
    ["src/a.ts", "src/helper.ts", "none", "./helper"],
    ["src/a.ts", "src/helper.ts", "emitted", "./helper.js"],
    ["src/a.ts", "src/helper.ts", "source", "./helper.ts"],
    ["src/a/b.ts", "src/helper.ts", "none", "../helper"],
    ["src/a.ts", "src/users.tsx", "emitted", "./users.js"],
    ["src/a.ts", "src/queue.mts", "none", "./queue.mjs"],
    ["src/a.ts", "src/other/index.ts", "none", "./other"],
    ["src/a.ts", "src/other/index.ts", "emitted", "./other/index.js"],
    ["src/a.ts", "src/other/flow.js", "emitted", "./other/flow.js"],
    // A folder beside a file of its name is found after it.
    ["src/a.ts", "src/other/flow/index.ts", "none", "./other/flow/index"],
    ["src/a.ts", "src/index.ts", "none", "./index"],
    ["src/a/b.ts", "src/index.ts", "none", "../index"],
  ])("%s, %s, %s: %s", (from, to, extension, specifier) => {
    expect(relativeSpecifier(at(from), at(to), extension)).toBe(specifier);
  });

  it.each([
    ["./a", "none"],
    ["./a.js", "emitted"],
    ["./a.mjs", "emitted"],
    ["./a.jsx", "emitted"],
    ["./a.ts", "source"],
    ["./a.cts", "source"],
    ["./a.tsx", "source"],
    ["./a.service", "none"],
    ["./a.json", undefined],
    ["./a.css", undefined],
    ["./a.jpeg", undefined],
    ["./a.yml", undefined],
    ["a", undefined],
    ["a.js", undefined],
    ["../a.js", "emitted"],
  ])("%s: %s", (specifier, habit) => {
    expect(extensionHabit(specifier)).toBe(habit);
  });
});
