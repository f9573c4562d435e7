import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const file = fileURLToPath(new URL("../../src/backoff/index.ts", import.meta.url));

/** As a user's own file, under the settings of unlike projects. */
it.each<[string, ts.CompilerOptions]>([
  ["ES2021 alone", { lib: ["lib.es2021.d.ts"], types: [] }],
  ["ES2021 and DOM", { lib: ["lib.es2021.d.ts", "lib.dom.d.ts"], types: [] }],
  ["ES2021 and Node.js types", { lib: ["lib.es2021.d.ts"], types: ["node"], skipLibCheck: true }],
  ["ES2023, where Error has a cause", { lib: ["lib.es2023.d.ts"], types: [] }],
  [
    "CommonJS",
    {
      lib: ["lib.es2021.d.ts"],
      types: [],
      module: ts.ModuleKind.CommonJS,
      verbatimModuleSyntax: false,
    },
  ],
])("compiles with %s", (_, options) => {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2021,
    module: ts.ModuleKind.ES2022,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    declaration: true,
    isolatedDeclarations: true,
    erasableSyntaxOnly: true,
    noEmit: true,
    ...options,
  });
  const diagnostics = ts
    .getPreEmitDiagnostics(program)
    .filter((diagnostic) => diagnostic.file === undefined || diagnostic.file.fileName === file)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
  expect(diagnostics).toEqual([]);
});

it("imports nothing and does nothing when loaded", () => {
  const source = ts.sys.readFile(file) ?? "";
  expect(ts.preProcessFile(source).importedFiles).toEqual([]);
  const statements = ts.createSourceFile(file, source, ts.ScriptTarget.ES2021).statements;
  expect(statements.length).toBeGreaterThan(20);
  expect(statements.filter((statement) => ts.isExpressionStatement(statement))).toEqual([]);
});
