import * as typescriptParser from "@typescript-eslint/parser";
import type { ParserOptions } from "@typescript-eslint/parser";
import { absolutePath, createCaseProgram } from "./case-program.ts";
import type { CaseSources } from "./case-program.ts";

/** What a case tells its parser, through `languageOptions.parserOptions`. */
export interface CaseParserOptions extends ParserOptions {
  readonly caseSources?: Omit<CaseSources, "code">;
}

/**
 * The typescript-eslint parser, given a fresh program for every text it parses. The linter can therefore
 * hand it the output of a fix, and the rule sees correct types in it.
 */
export const caseParser = {
  meta: { name: "@typescript-eslint/parser", version: typescriptParser.version },
  parseForESLint(
    code: string,
    options: CaseParserOptions,
  ): ReturnType<typeof typescriptParser.parseForESLint> {
    const { caseSources, ...rest } = options;
    // The model opens the other files of the program with the parser of the linted one.
    if (rest.programs) return typescriptParser.parseForESLint(code, rest);
    if (!caseSources) throw new Error("The case parser needs `caseSources`.");
    const { program } = createCaseProgram({ ...caseSources, code });
    return typescriptParser.parseForESLint(code, {
      ...rest,
      filePath: absolutePath(caseSources.filename),
      programs: [program],
    });
  },
};
