/**
 * A test runner for Stryker in which tests, sources and TypeScript are loaded once: a mutant is switched on, the tests that come to it are run,
 * and only the caches of the sources are set back before the next one. Programs of the tests stay, since no mutant is part of them.
 * A mutant thus takes milliseconds where a test run of its own takes seconds.
 */
import { register } from "node:module";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import type { InstrumenterContext, StrykerOptions } from "@stryker-mutator/api/core";
import { commonTokens, declareClassPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import type {
  CompleteDryRunResult,
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
} from "@stryker-mutator/api/test-runner";
import type { ListedTest } from "./test-api.ts";
import { resetMaps, withResettableMaps } from "./resettable.ts";

class ResidentRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);

  readonly #files: readonly string[];
  #tests: readonly ListedTest[] = [];

  constructor(options: StrykerOptions) {
    this.#files = options.testFiles;
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    const standIn = import.meta.resolve("./test-api.ts");
    register(
      `data:text/javascript,${encodeURIComponent(
        `export const resolve = (name, context, next) =>
           name === "vitest" ? { url: ${JSON.stringify(standIn)}, shortCircuit: true } : next(name, context);`,
      )}`,
    );
    const { testsOf } = await import("./test-api.ts");
    process.env["KEEP_PROGRAMS"] = "true";
    this.#tests = await withResettableMaps("src", async () => {
      const tests: ListedTest[] = [];
      for (const file of this.#files) tests.push(...(await testsOf(file)));
      return tests;
    });
  }

  async dryRun(): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const test of this.#tests) {
      context().currentTestId = test.id;
      results.push(await resultOf(test));
    }
    delete context().currentTestId;
    const { mutantCoverage } = context();
    return {
      status: DryRunStatus.Complete,
      tests: results,
      ...(mutantCoverage && { mutantCoverage }),
    };
  }

  async mutantRun({
    activeMutant,
    testFilter,
    hitLimit,
    disableBail,
  }: MutantRunOptions): Promise<MutantRunResult> {
    const chosen = testFilter && new Set(testFilter);
    const namespace = context();
    namespace.activeMutant = activeMutant.id;
    namespace.hitCount = 0;
    namespace.hitLimit = hitLimit;
    const run: CompleteDryRunResult = { status: DryRunStatus.Complete, tests: [] };
    try {
      resetMaps();
      for (const test of this.#tests) {
        if (chosen?.has(test.id) === false) continue;
        const result = await resultOf(test);
        run.tests.push(result);
        const reached = determineHitLimitReached(namespace.hitCount, hitLimit);
        if (reached) return toMutantRunResult(reached);
        if (result.status === TestStatus.Failed && !disableBail) break;
      }
    } finally {
      namespace.activeMutant = undefined;
    }
    return toMutantRunResult(run);
  }
}

type Namespace = Omit<InstrumenterContext, "hitLimit" | "activeMutant"> & {
  hitLimit?: number | undefined;
  activeMutant?: string | undefined;
};

/** What the instrumented sources look at. */
function context(): Namespace {
  const all = globalThis as unknown as Record<string, Namespace | undefined>;
  return (all[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
}

async function resultOf(test: ListedTest): Promise<TestResult> {
  const { id, name, fileName } = test;
  const start = performance.now();
  const about = (): Omit<TestResult, "status"> => ({
    id,
    name,
    fileName,
    timeSpentMs: performance.now() - start,
  });
  try {
    await test.run();
    return { ...about(), status: TestStatus.Success };
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error);
    return { ...about(), status: TestStatus.Failed, failureMessage };
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "resident", ResidentRunner),
];
