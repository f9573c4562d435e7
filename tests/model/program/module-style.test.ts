/** How a file is a module, and where aliases lead, by the compiler options. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { modulesOf, resolveAlias } from "../../../src/model/program/module-style.ts";
import { projectDirectory } from "../../support/case-program.ts";
import { withModel } from "../../support/model.ts";

const styleWith = (
  compilerOptions: Readonly<Record<string, unknown>>,
  filename = "file.ts",
): unknown =>
  withModel(
    { [filename]: "export {};" },
    (unit) => {
      const { neighbours, ...style } = modulesOf(unit) ?? {};
      return { ...style, neighbours: neighbours?.() };
    },
    { compilerOptions },
  );

describe("a file", () => {
  it.each([
    ["emitted as ES module", { module: "esnext" }, "file.ts", { emitsCommonJs: false }],
    ["emitted as CommonJS", { module: "commonjs" }, "file.ts", { emitsCommonJs: true }],
    [
      "with verbatim syntax",
      { verbatimModuleSyntax: true },
      "file.ts",
      { verbatimModuleSyntax: true },
    ],
    ["that is a module by force", { moduleDetection: "force" }, "file.ts", { isModule: true }],
    [
      "that is a module if it holds one",
      { module: "esnext" },
      "file.ts",
      { isModule: false, relativeExtension: undefined },
    ],
    [
      "run as source",
      { module: "esnext", allowImportingTsExtensions: true },
      "file.ts",
      { relativeExtension: "source" },
    ],
    [
      "whose imports are rewritten",
      { module: "esnext", rewriteRelativeImportExtensions: true },
      "file.ts",
      { relativeExtension: "source" },
    ],
  ])("%s", (_, compilerOptions, filename, expected) => {
    expect(styleWith(compilerOptions, filename)).toMatchObject(expected);
  });

  it("of Node.js, by its ending", () => {
    const node = { module: "nodenext", moduleResolution: "nodenext" };
    expect(styleWith(node, "file.mts")).toMatchObject({
      emitsCommonJs: false,
      isModule: true,
      relativeExtension: "emitted",
    });
    expect(styleWith(node, "file.cts")).toMatchObject({
      emitsCommonJs: true,
      isModule: false,
      relativeExtension: undefined,
    });
  });

  it("without a program", () => {
    withModel(
      { "file.js": "export {};" },
      (unit) => {
        expect(modulesOf(unit)).toBeUndefined();
        expect(resolveAlias(unit, "@/file")).toBeUndefined();
      },
      { types: false },
    );
  });

  it("among others, whose relative imports are the project's habit", () => {
    withModel(
      {
        "file.ts": `import "./other.js"; import "node:path"; export * from "./third";`,
        "other.ts": `export { a } from "./third.js"; const x = 1; export { x };`,
        "third.ts": `export const a = 1;`,
      },
      (unit) => {
        const found = modulesOf(unit)?.neighbours() ?? [];
        expect(found).toEqual(expect.arrayContaining(["./other.js", "./third", "./third.js"]));
        expect(found).not.toContain("node:path");
      },
    );
  });
});

describe("an alias", () => {
  const found = (specifier: string, paths: Readonly<Record<string, readonly string[]>>): string =>
    withModel(
      { "file.ts": "export {};" },
      (unit) => {
        const file = resolveAlias(unit, specifier);
        return file === undefined ? "none" : path.relative(projectDirectory, file);
      },
      { compilerOptions: { paths } },
    );
  const ALL = { "@/*": ["./*"] };

  it.each([
    ["of a file", "@/globals", ALL, "globals.d.ts"],
    ["of a file that is there in two ways", "@/nowhere", ALL, "none"],
    ["of one file", "@globals", { "@globals": ["./globals.d.ts"] }, "globals.d.ts"],
    ["of one file, longer", "@globals/x", { "@globals": ["./globals.d.ts"] }, "none"],
    [
      "with the ending of what is emitted",
      "@/case-parser.js",
      { "@/*": ["../../support/*"] },
      "../../support/case-parser.ts",
    ],
    ["of a folder", "@/backoff", { "@/*": ["../../../src/*"] }, "../../../src/backoff/index.ts"],
    [
      "with an end",
      "case-parser!ts",
      { "*!ts": ["../../support/*"] },
      "../../support/case-parser.ts",
    ],
    ["with another end", "case-parser!js", { "*!ts": ["../../support/*"] }, "none"],
    [
      "that leads to the second place",
      "@/case-parser",
      { "@/*": ["./*", "../../support/*"] },
      "../../support/case-parser.ts",
    ],
    [
      "that is the second",
      "@/case-parser",
      { "~/*": ["./*"], "@/*": ["../../support/*"] },
      "../../support/case-parser.ts",
    ],
    ["of nothing that is said", "other/case-parser", { "@/*": ["../../support/*"] }, "none"],
  ])("%s", (_, specifier, paths, expected) => {
    expect(found(specifier, paths)).toBe(expected);
  });
});
