/**
 * The tester of every rule. A test file is:
 *
 * ```ts
 * import { rule } from "../../src/rules/require-retry.ts";
 * import { ruleTester } from "../support/rule-tester.ts";
 *
 * ruleTester.run("require-retry", rule, {
 *   valid: [
 *     `export const answer = 42;`,
 *     { name: "why it is fine", code: `…`, options: [{ … }] },
 *   ],
 *   invalid: [
 *     {
 *       name: "what is wrong",                       // optional; the code is the name otherwise
 *       code: `…`,
 *       errors: [{ messageId: "noPolicy", line: 2, data: { … }, suggestions: [{ messageId: "…", output: `…` }] }],
 *       output: `…`,                                 // or an array, one entry a pass; left out: no fix
 *     },
 *   ],
 * });
 * ```
 *
 * Cases are linted as `src/file.ts` of `tests/fixtures/project`, with types, against the packages installed
 * in this repository (the real SDK; `eslint-plugin-connect-resilience/backoff` is `src/backoff/index.ts`).
 * Further properties of a case:
 *
 * - `filename: "src/handler.tsx"`: another path (`.tsx`, `.js`, `.cjs`, `.cts`, …);
 * - `files: { "src/client.ts": "…" }`: further files of the same program (import them as `"./client.js"`).
 *   `"node_modules/x/package.json"` and `"node_modules/x/index.d.ts"` make a package, also an old SDK;
 * - `notInstalled: ["@aws-sdk/*"]`: packages that do not resolve (needs `allowTypeErrors`); so does
 *   `["eslint-plugin-connect-resilience"]`, for fixes that have nowhere to import from;
 * - `types: false`: no program (`settings.types` becomes `"optional"`); `parser: "espree"`: ESLint's own
 *   parser, in `src/file.js`; `sourceType` defaults to `"module"`, for `.cjs` and `.cts` to `"commonjs"`;
 * - `settings: { services: "aws" }`: merged into `settings["connect-resilience"]`;
 * - `compilerOptions: { strict: false }`: over the fixture project's `tsconfig.json`;
 * - `allowTypeErrors: true`: the code does not compile, on purpose;
 * - `sdkSince: "3.229"`: the oldest client for which the case is true, where it compiles with older ones too;
 * - `only: true`, `skip: true`: for the time of writing.
 *
 * Without being asked, every case must compile, and every edit (each fix, each suggestion, each pass of
 * `--fix`) is put through the gates of `gates.ts`: it adds no type error, keeps all comments and directives,
 * the finding is gone afterwards, a second fix changes nothing, and messages are sentences. A message with
 * placeholders needs its `data` in the case.
 */
import { createRequire } from "node:module";
import { RuleTester } from "@typescript-eslint/rule-tester";
import type { InvalidTestCase, ValidTestCase } from "@typescript-eslint/rule-tester";
import type { TSESLint } from "@typescript-eslint/utils";
import { afterAll, describe, it } from "vitest";
import { absolutePath, projectDirectory } from "./case-program.ts";
import {
  checkInvalidCase,
  checkValidCase,
  filenameOf,
  languageOptionsOf,
  settingsOf,
} from "./gates.ts";
import type { AnyRule, LintSetup, Observation } from "./gates.ts";
import { recordObservations } from "./observations.ts";

export interface ValidCase<Options extends readonly unknown[]> extends LintSetup {
  readonly name?: string;
  readonly options?: Readonly<Options> | undefined;
  readonly only?: boolean;
  readonly skip?: boolean;
  readonly sdkSince?: `3.${number}`;
}

export interface InvalidCase<
  MessageIds extends string,
  Options extends readonly unknown[],
> extends ValidCase<Options> {
  readonly errors: InvalidTestCase<MessageIds, Options>["errors"];
  readonly output?: string | string[] | null;
}

export interface Cases<MessageIds extends string, Options extends readonly unknown[]> {
  readonly valid: readonly (string | ValidCase<Options>)[];
  readonly invalid: readonly InvalidCase<MessageIds, Options>[];
}

/**
 * On an old TypeScript or SDK (`tools/compatibility.ts`) a case that does not compile, or whose expected edit does not, says nothing
 * about a rule: it uses what did not exist yet. With the versions of the lockfile such a case is an error.
 */
const isCompatibilityRun = process.env["COMPATIBILITY"] === "true";

type Expected = Partial<
  Pick<InvalidCase<string, readonly unknown[]>, "errors" | "output" | "sdkSince">
>;

const { version: sdkVersion } = createRequire(import.meta.url)(
  "@aws-sdk/client-connect/package.json",
) as { readonly version: string };

const minorOf = (version: string): number => Number(version.split(".")[1]);

function isExpressible(testCase: Expected & LintSetup): boolean {
  const { sdkSince } = testCase;
  if (sdkSince !== undefined && minorOf(sdkVersion) < minorOf(sdkSince)) return false;
  const suggested = (testCase.errors ?? []).flatMap(({ suggestions }) => suggestions ?? []);
  const edited = [testCase.output ?? [], suggested.map(({ output }) => output)].flat(2);
  try {
    for (const code of [testCase.code, ...edited]) checkValidCase({ ...testCase, code });
    return true;
  } catch {
    return false;
  }
}

/** The rule tester of typescript-eslint, used for its assertions: vitest sees our own tests. */
class Assertions extends RuleTester {
  static override afterAll = (): void => undefined;
  static override describe = (_name: string, body: () => void): void => {
    body();
  };
  static override it = Assertions.describe;
}

const assertions = new Assertions({
  languageOptions: { parserOptions: { tsconfigRootDir: projectDirectory } },
});

export const ruleTester = {
  /** Defines the tests of one rule, or of one aspect of it: a rule may have several calls and files. */
  run<MessageIds extends string, Options extends readonly unknown[]>(
    ruleName: string,
    rule: TSESLint.RuleModule<MessageIds, Options>,
    cases: Cases<MessageIds, Options>,
  ): void {
    const anyRule = rule as unknown as AnyRule;
    const placedRule = withPlace(rule);
    const seen = new Set<string>();
    const observations: Observation[] = [];

    const define = (
      kind: "valid" | "invalid",
      testCase: ValidCase<Options>,
      body: () => void,
    ): void => {
      const method = testCase.skip ? it.skip : testCase.only ? it.only : it;
      const isNew = addTo(seen, kind, testCase);
      method(testCase.name ?? testCase.code.trim(), (test) => {
        if (!isNew) throw new Error("The same case stands here twice.");
        if (isCompatibilityRun) test.skip(!isExpressible(testCase), "does not compile here");
        body();
      });
    };

    describe(ruleName, () => {
      if (cases.valid.length > 0) {
        describe("valid", () => {
          for (const item of cases.valid) {
            const testCase: ValidCase<Options> = typeof item === "string" ? { code: item } : item;
            define("valid", testCase, () => {
              checkValidCase(testCase);
              assertions.run(ruleName, placedRule, {
                valid: [toRuleTesterCase(testCase) as unknown as ValidTestCase<Options>],
                invalid: [],
              });
            });
          }
        });
      }
      if (cases.invalid.length > 0) {
        describe("invalid", () => {
          for (const testCase of cases.invalid) {
            define("invalid", testCase, () => {
              assertions.run(ruleName, placedRule, {
                assertionOptions: { requireData: true },
                valid: [],
                invalid: [
                  {
                    ...toRuleTesterCase(testCase),
                    errors: testCase.errors,
                    ...(testCase.output !== undefined && { output: testCase.output }),
                  } as unknown as InvalidTestCase<MessageIds, Options>,
                ],
              });
              observations.push(checkInvalidCase(ruleName, anyRule, testCase));
            });
          }
        });
      }
      afterAll(() => {
        recordObservations(ruleName, observations);
      });
    });
  },
};

function toRuleTesterCase(testCase: LintSetup): Record<string, unknown> {
  return {
    code: testCase.code,
    filename: filenameOf(testCase),
    ...(testCase.options && { options: testCase.options }),
    languageOptions: languageOptionsOf(testCase),
    settings: settingsOf(testCase),
  };
}

/** The rule tester works with relative file names; ESLint itself never does. */
function withPlace<MessageIds extends string, Options extends readonly unknown[]>(
  rule: TSESLint.RuleModule<MessageIds, Options>,
): Parameters<typeof assertions.run<MessageIds, Options>>[1] {
  const placed: TSESLint.RuleModule<MessageIds, Options> = {
    ...rule,
    create: (context) =>
      rule.create(
        Object.create(context, {
          cwd: { value: projectDirectory },
          filename: { value: absolutePath(context.filename) },
          physicalFilename: { value: absolutePath(context.filename) },
        }) as typeof context,
      ),
  };
  // The rule tester may bring another patch release of the utils than the rules are written with.
  return placed as unknown as Parameters<typeof assertions.run<MessageIds, Options>>[1];
}

/** Whether the case is another than those before it. */
function addTo(seen: Set<string>, kind: string, testCase: object): boolean {
  const key = JSON.stringify([kind, testCase, "name"], (name, value: unknown) =>
    name === "name" ? undefined : value,
  );
  const isNew = !seen.has(key);
  seen.add(key);
  return isNew;
}
