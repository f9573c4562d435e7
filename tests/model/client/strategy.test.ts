/** Strategies that clients are given: what policy they make, and what they wait. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";
import { constructionsIn } from "../../../src/model/client/construction.ts";
import { policyOf } from "../../../src/model/client/policy.ts";
import { isGivenToClient, unjitteredStrategy } from "../../../src/model/client/strategy.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";
import { expectRows } from "../../support/rows.ts";

const BEFORE = `import { ConnectClient } from "@aws-sdk/client-connect";
import Connect from "aws-sdk/clients/connect";
import { AdaptiveRetryStrategy, ConfiguredRetryStrategy, StandardRetryStrategy } from "@smithy/util-retry";
import { OwnStandardRetryStrategy, StandardRetryStrategyBase } from "./own.js";
import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
declare const use: any;
`;
type Rows = readonly (readonly [code: string, expected: string])[];

const expectPolicies = (rows: Rows, name = "ConnectClient"): void => {
  expectRows(
    rows.map(([config, expected]) => [
      config,
      `${BEFORE}/*target*/ export const client = new ${name}(${config});`,
      expected,
    ]),
    (target) =>
      constructionsIn(unitOf(target))
        .map(policyOf)
        .map(({ kind, attempts }) => `${kind} ${String(attempts ?? "-")}`)
        .join(", "),
  );
};

it("the policy of a client", () => {
  expectPolicies([
    ["{}", "default 3"],
    ["{ maxAttempts: 1 }", "off 1"],
    ["{ maxAttempts: 0 }", "off 1"],
    ['{ retryMode: "standard" }', "deliberate 3"],
    ["{ retryStrategy: new StandardRetryStrategy(4) }", "deliberate 4"],
    ["{ retryStrategy: new StandardRetryStrategy(1) }", "off 1"],
    ["{ retryStrategy: new AdaptiveRetryStrategy(async () => 5) }", "deliberate 5"],
    ["{ retryStrategy: new StandardRetryStrategy(async () => { return 5; }) }", "deliberate -"],
    ["{ retryStrategy: new (StandardRetryStrategy as any)() }", "deliberate -"],
    ["{ retryStrategy: new (StandardRetryStrategy as any)(...use) }", "deliberate -"],
    ["{ retryStrategy: new OwnStandardRetryStrategy(1) }", "deliberate -"],
    ["{ retryStrategy: new StandardRetryStrategyBase(1) }", "deliberate -"],
    ["{ retryStrategy: use }", "deliberate -"],
    ["{ retryStrategy: use(1) }", "deliberate -"],
    ["{ retryStrategy: backoffStrategy() }", "deliberate 8"],
    ["{ retryStrategy: backoffStrategy({ maxAttempts: 3 }) }", "deliberate 3"],
    ["{ retryStrategy: backoffStrategy(use) }", "deliberate -"],
    ["use", "unknown -"],
    ["{ ...use }", "unknown -"],
    ["{ ...(use ? { retryStrategy: use } : {}) }", "unknown -"],
    ["{ ...(use ? { maxAttempts: 5 } : {}) }", "unknown -"],
    ['{ ...(use ? { retryMode: "standard" } : {}) }', "unknown -"],
  ]);
});

it("the policy of a client of SDK v2", () => {
  expectPolicies(
    [
      ["{}", "default 4"],
      ["{ maxRetries: 0 }", "off 1"],
      ["{ maxRetries: 2 }", "deliberate 3"],
      ["{ maxRetries: use }", "deliberate -"],
      ["{ retryDelayOptions: { base: 100 } }", "deliberate 4"],
      ["use", "unknown -"],
      ["{ ...(use ? { maxRetries: 2 } : {}) }", "unknown -"],
      ["{ ...(use ? { retryDelayOptions: { base: 100 } } : {}) }", "unknown -"],
    ],
    "Connect",
  );
});

const built = (target: TSESTree.Node): TSESTree.NewExpression => {
  if (target.type !== T.NewExpression) throw new Error("nothing is built");
  return target;
};

it("delays of a strategy that are not drawn at random", () => {
  const rows: Rows = [
    ["3", "as it comes"],
    ["3, 100", "100 ms"],
    ["3, (attempt) => 100", "computed"],
    ["3, (attempt) => 100 * 2 ** attempt", "computed"],
    ["3, () => 0", "computed"],
    ["3, (attempt) => attempt * 100 * Math.random()", "random or not known"],
    ["3, (attempt) => use(attempt)", "random or not known"],
    ["3, use", "random or not known"],
    ["3, use ? () => 1 : () => 2", "random or not known"],
    ["3, (async () => 100) as any", "random or not known"],
    ["3, (function* () { return 100; }) as any", "random or not known"],
    ["...use", "random or not known"],
    ["3, ...use", "random or not known"],
  ];
  expectRows(
    rows.map(([given, expected]) => [
      given,
      `${BEFORE}export const made = [/*target*/ new ConfiguredRetryStrategy(${given})];`,
      expected,
    ]),
    (target) => {
      const found = unjitteredStrategy(built(target));
      if (found === undefined) return "random or not known";
      if (found.fixedMs !== undefined) return `${String(found.fixedMs)} ms`;
      return found.fn === undefined ? "as it comes" : "computed";
    },
  );
});

it("strategies that a client is given", () => {
  const own = "const own = /*target*/ new ConfiguredRetryStrategy(3);";
  const rows: Rows = [
    ["new ConnectClient({ retryStrategy: own });", "given"],
    ["const config = { retryStrategy: own }; new ConnectClient(config);", "given"],
    ["new ConnectClient({ retryStrategy: use ? own : use });", "kept"],
    ["new ConnectClient({ ...(use ? { retryStrategy: own } : {}) });", "kept"],
    ["new ConnectClient({ retryStrategy: new ConfiguredRetryStrategy(4) });", "kept"],
    ["new ConnectClient({ other: own } as any);", "kept"],
    ["new Connect({ retryStrategy: own } as any);", "kept"],
    ["use(own, new ConnectClient({}));", "kept"],
  ];
  expectRows(
    rows.map(([code, expected]) => [code, `${BEFORE}${own}\n${code}`, expected]),
    (target) => (isGivenToClient(built(target)) ? "given" : "kept"),
  );
});

it("a strategy that is given in another file", () => {
  const files = {
    "file.ts": `${BEFORE}export const own = [/*target*/ new ConfiguredRetryStrategy(3)][0];\nexport const strategy = own;`,
    "own-strategy.ts": `import { ConfiguredRetryStrategy } from "@smithy/util-retry";\nexport const strategy = /*target*/ new ConfiguredRetryStrategy(3);`,
    "client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";\nimport { strategy as retryStrategy } from "./own-strategy.js";\nnew ConnectClient({ retryStrategy });`,
  };
  const given = withModel(files, (_unit, targets) =>
    targets.map((target) => isGivenToClient(built(target))),
  );
  expect(given).toEqual([false, true]);
});
