/** Runs the edit builders on source text as ESLint presents it, and judges what comes out. */
import path from "node:path";
import * as tsParser from "@typescript-eslint/parser";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { Linter, type Rule } from "eslint";
import ts from "typescript";
import type { Edit } from "../../src/fix/edit.ts";
import { walk } from "../../src/ast/walk.ts";

/** The checkout: file names of the samples are under it, so that packages resolve. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

export type SourceCode = Readonly<TSESLint.SourceCode>;

export interface Sample {
  readonly filename?: string;
  readonly parser?: "espree" | "typescript";
  readonly sourceType?: "commonjs" | "module" | "script";
  readonly globals?: Readonly<Record<string, boolean>>;
}

function config({
  parser = "typescript",
  sourceType = "module",
  globals = {},
}: Sample): Linter.Config {
  return {
    files: ["**/*.*"],
    languageOptions: {
      sourceType,
      globals,
      ...(parser === "typescript"
        ? { parser: tsParser, parserOptions: { ecmaFeatures: { jsx: true } } }
        : {}),
    },
  };
}

/** Parses a sample and hands its `SourceCode` to `look`. */
export function inspect<Result>(
  code: string,
  sample: Sample,
  look: (sourceCode: SourceCode) => Result,
): Result {
  const results: Result[] = [];
  lint(code, sample, {
    create: (context) => ({
      Program() {
        results.push(look(context.sourceCode as unknown as SourceCode));
      },
    }),
  });
  const [result] = results;
  if (results.length !== 1) throw new Error("the sample was not linted");
  return result as Result;
}

function lint(code: string, sample: Sample, rule: Rule.RuleModule): void {
  const messages = new Linter({ cwd: ROOT }).verify(
    code,
    [
      {
        ...config(sample),
        linterOptions: { reportUnusedDisableDirectives: "off" },
        plugins: { test: { rules: { rule } } },
        rules: { "test/rule": "error" },
      },
    ],
    { filename: path.basename(sample.filename ?? "sample.ts") },
  );
  if (messages.length > 0) throw new Error(messages.map((message) => message.message).join("\n"));
}

/** The outcome of a `--fix` run with one rule. */
export function fixAll(
  code: string,
  sample: Sample,
  rules: Readonly<Record<string, Rule.RuleModule>>,
): Linter.FixReport {
  return new Linter({ cwd: ROOT }).verifyAndFix(
    code,
    [
      {
        ...config(sample),
        plugins: { test: { rules: { ...rules } } },
        rules: Object.fromEntries(
          Object.keys(rules).map((name) => [`test/${name}`, "error" as const]),
        ),
      },
    ],
    { filename: path.basename(sample.filename ?? "sample.ts") },
  );
}

/** All nodes of a type, in source order. */
export function nodesOf<Type extends TSESTree.Node["type"]>(
  sourceCode: SourceCode,
  type: `${Type}`,
): Extract<TSESTree.Node, { type: Type }>[] {
  return [...walk(sourceCode.ast, sourceCode.visitorKeys)].filter(
    (node): node is Extract<TSESTree.Node, { type: Type }> => node.type === (type as string),
  );
}

/** The calls of something called `send`, in any spelling. */
export function sends(sourceCode: SourceCode): TSESTree.CallExpression[] {
  return nodesOf(sourceCode, "CallExpression").filter((call) =>
    /\bsend["'\])!\s]*$/u.test(sourceCode.getText(call.callee).replaceAll(/\/\*.*?\*\//gu, "")),
  );
}

/** The text with the edit made; it must parse. A BOM is kept, as ESLint keeps it. */
export function apply(code: string, edit: Edit, sample: Sample = {}): string {
  let result = code.startsWith("\uFEFF") ? code.slice(1) : code;
  for (const { range, text } of edit.edits.toReversed()) {
    result = result.slice(0, range[0]) + text + result.slice(range[1]);
  }
  inspect(result, sample, () => undefined);
  return code.startsWith("\uFEFF") ? `\uFEFF${result}` : result;
}

export const COMPILER_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  jsx: ts.JsxEmit.Preserve,
  types: ["node"],
};

const libraries = new Map<string, ts.SourceFile | undefined>();

/** Compiler errors of texts, each as a file of this folder, against the real SDK; library files are parsed once. */
export function compilerErrors(
  texts: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): string[] {
  const all = { ...COMPILER_OPTIONS, ...options };
  const host = ts.createCompilerHost(all, true);
  const samples = new Map(
    Object.entries(texts).map(([name, text], index) => [
      path.join(ROOT, `tests/fix/in-memory-${String(index)}.ts`),
      { name, text },
    ]),
  );
  const disk = { ...host };
  host.getSourceFile = (file, version, ...rest) => {
    const sample = samples.get(file);
    if (sample !== undefined) return ts.createSourceFile(file, sample.text, version, true);
    if (!libraries.has(file)) libraries.set(file, disk.getSourceFile(file, version, ...rest));
    return libraries.get(file);
  };
  host.fileExists = (file) => samples.has(file) || disk.fileExists(file);
  host.readFile = (file) => samples.get(file)?.text ?? disk.readFile(file);
  const program = ts.createProgram([...samples.keys()], all, host);
  return [...samples].flatMap(([file, { name }]) => {
    const source = program.getSourceFile(file);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}
