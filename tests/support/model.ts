/**
 * Units from source text, for tests of the model that need no rule:
 *
 * ```ts
 * withModel({ "file.ts": code, "other.ts": code }, (unit, targets) => {
 *   expect(sleepAt(targets[0])).toBeDefined();
 * });
 * ```
 *
 * The first file is the linted one; it imports the others as in a real project (`./other.js` finds `other.ts`). A target
 * is the largest node that starts right after the comment `/*target*\/` (a statement that is only an expression counts as that
 * expression); targets come in the order of the files and of the text. The callback's result is returned. `types: false`
 * parses the first file alone, without a program.
 */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import * as parser from "@typescript-eslint/parser";
import { Linter } from "eslint";
import { walk } from "../../src/ast/walk.ts";
import { openUnit, type Unit, unitOfContext } from "../../src/model/program/unit.ts";
import { readSettings } from "../../src/settings.ts";
import { absolutePath, createCaseProgram, projectDirectory } from "./case-program.ts";

export interface ModelOptions {
  /** `false`: no program, as in projects without TypeScript. */
  readonly types?: boolean;
  /** Merged into `settings["connect-resilience"]`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages to be treated as absent. */
  readonly notInstalled?: readonly string[];
  /** Compiler options, as in a `tsconfig.json`, over those of the fixture project. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

const MARK = "/*target*/";

/** Runs `use` on the unit of the first file while its program is alive; see the head of this file. */
export function withModel<Result>(
  files: Readonly<Record<string, string>>,
  use: (unit: Unit, targets: readonly TSESTree.Node[]) => Result,
  { types = true, settings = {}, notInstalled, compilerOptions }: ModelOptions = {},
): Result {
  const [filename = "file.ts", ...others] = Object.keys(files);
  const code = files[filename] ?? "";
  const rest = Object.fromEntries(others.map((name) => [name, files[name] ?? ""]));
  const program = types
    ? createCaseProgram({ filename, code, files: rest, notInstalled, compilerOptions }).program
    : undefined;

  let outcome: { readonly value: Result } | undefined;
  let failure: unknown;
  const probe = {
    create(context: TSESLint.RuleContext<string, readonly unknown[]>) {
      return {
        Program() {
          try {
            const unit = unitOfContext(context, readSettings({ "connect-resilience": settings }));
            if (unit === undefined) throw new Error("The model has no unit for this file.");
            outcome = { value: use(unit, targetsOf(unit, others)) };
          } catch (error) {
            failure = error;
          }
        },
      };
    },
  };
  const messages = new Linter({ configType: "flat", cwd: projectDirectory }).verify(
    code,
    {
      files: ["**/*.{js,jsx,cjs,mjs,ts,tsx,cts,mts}"],
      languageOptions: {
        parser,
        sourceType: /\.c[jt]s$/.test(filename) ? "commonjs" : "module",
        parserOptions: {
          tsconfigRootDir: projectDirectory,
          ...(program !== undefined && { programs: [program] }),
        },
      },
      plugins: { test: { rules: { probe } } },
      rules: { "test/probe": "error" },
    } as unknown as Linter.Config,
    absolutePath(filename),
  );
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- handed on as it was caught
  if (failure !== undefined) throw failure;
  if (outcome === undefined)
    throw new Error(`Not linted: ${messages.map(({ message }) => message).join("; ")}\n${code}`);
  return outcome.value;
}

function targetsOf(unit: Unit, others: readonly string[]): TSESTree.Node[] {
  const program = unit.services?.program;
  const units = [unit];
  for (const name of others) {
    const sourceFile = program?.getSourceFile(absolutePath(name));
    const other = sourceFile === undefined ? undefined : openUnit(unit, sourceFile);
    if (other !== undefined) units.push(other);
  }
  return units.flatMap(marked);
}

function marked(unit: Unit): TSESTree.Node[] {
  const targets: TSESTree.Node[] = [];
  for (let at = unit.text.indexOf(MARK); at >= 0; at = unit.text.indexOf(MARK, at + 1)) {
    const start =
      at + MARK.length + (/^\s*/.exec(unit.text.slice(at + MARK.length))?.[0].length ?? 0);
    const node = largestAt(unit, start);
    if (node === undefined)
      throw new Error(`No node starts at the target:\n${unit.text.slice(at, at + 60)}`);
    targets.push(node);
  }
  return targets;
}

function largestAt(unit: Unit, start: number): TSESTree.Node | undefined {
  for (const node of walk(unit.ast, unit.visitorKeys)) {
    // Parents come first, and the file itself is never meant.
    if (node.range[0] !== start || node.type === T.Program) continue;
    return node.type === T.ExpressionStatement ? node.expression : node;
  }
  return undefined;
}
