/** Settings of a client that do not do what they say. */
import type { TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";
import { type ConfigFault, configFaults } from "../../../src/model/client/config-faults.ts";
import { constructionsIn } from "../../../src/model/client/construction.ts";
import { type Unit, unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";
import { expectRows } from "../../support/rows.ts";

const BEFORE = `import { ConnectClient, ListUsersCommand, RETRY_MODES } from "@aws-sdk/client-connect";
import Connect from "aws-sdk/clients/connect";
import { StandardRetryStrategy } from "@smithy/util-retry";
import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
declare const given: { strategy?: StandardRetryStrategy; own: StandardRetryStrategy; mode: string };
declare const anything: any;
declare const isSlow: boolean;
const five = new StandardRetryStrategy(async () => 5);
`;

function describeFault(fault: ConfigFault): string {
  switch (fault.kind) {
    case "overridden":
      return `${fault.key} overridden${fault.isSame ? " by the same" : ""}`;
    case "otherVersion":
      return `${fault.key} is ${fault.counterpart === undefined ? "of no use" : `${fault.counterpart.key}: ${String(fault.counterpart.value)}`}`;
    case "unknownMode":
      return `${fault.mode} means ${fault.meant ?? "nothing"}`;
    case "noAttempts":
      return `attempts: ${String(fault.value)}`;
    case "misplaced":
      return `${fault.key} misplaced`;
    case "adaptiveWithoutMemory":
      return fault.kind;
  }
}

const faultsIn = (unit: Unit): string =>
  constructionsIn(unit).flatMap(configFaults).map(describeFault).join(", ");
const faultsAround = (target: TSESTree.Node): string => faultsIn(unitOf(target));

type Rows = readonly (readonly [config: string, expected: string])[];
const expectFaults = (rows: Rows, name = "ConnectClient"): void => {
  expectRows(
    rows.map(([config, expected]) => [
      config,
      `${BEFORE}/*target*/ export const client = new ${name}(${config});`,
      expected,
    ]),
    faultsAround,
  );
};

it("settings of SDK v2 in a client of v3", () => {
  expectFaults([
    ["{ maxRetries: 3 }", "maxRetries is maxAttempts: 4"],
    ["{ maxRetries: 0 }", "maxRetries is maxAttempts: 1"],
    ['{ region: "eu-west-2", maxRetries: 3 }', "maxRetries is maxAttempts: 4"],
    ["{ maxRetries: 3, maxAttempts: 5 }", "maxRetries is of no use"],
    ["{ maxRetries: 3, retryStrategy: five }", "maxRetries is of no use"],
    ["{ ...given, maxRetries: 3 }", "maxRetries is of no use"],
    ["{ maxRetries: -1 }", "maxRetries is of no use"],
    ['{ maxRetries: "3" }', "maxRetries is of no use"],
    ["{ maxRetries: anything }", "maxRetries is of no use"],
    ["{ retryDelayOptions: { base: 100 } }", "retryDelayOptions is of no use"],
    ["isSlow ? { maxRetries: 3 } : {}", ""],
  ]);
});

it("a client of SDK v2", () => {
  expectFaults(
    [
      ["{ maxAttempts: 3 }", "maxAttempts is maxRetries: 2"],
      ["{ maxAttempts: 1 }", "maxAttempts is maxRetries: 0"],
      ["{ maxAttempts: 0 }", "maxAttempts is of no use"],
      ["{ maxAttempts: 3, maxRetries: 3 }", "maxAttempts is of no use"],
      ['{ retryMode: "adaptive" }', "retryMode is of no use"],
      ["{ params: { maxRetries: 3 } }", "maxRetries misplaced"],
      ["{ params: isSlow ? { maxRetries: 3 } : {} }", ""],
      ["{ maxRetries: 3 }", ""],
    ],
    "Connect",
  );
});

it("modes", () => {
  const modes: Rows = [
    ['"standard"', ""],
    ['"adaptive"', ""],
    ['"STANDARD"', "STANDARD means standard"],
    ['"legacy"', "legacy means standard"],
    ['" Adaptive"', " Adaptive means adaptive"],
    ['"exponential"', "exponential means nothing"],
    ["RETRY_MODES.ADAPTIVE", ""],
    ['RETRY_MODES["ADAPTIVE"]', ""],
    ["given.mode", ""],
    ['isSlow ? "fast" : "standard"', ""],
  ];
  expectFaults([
    ...modes.map(([mode, expected]) => [`{ retryMode: ${mode} }`, expected] as const),
    ['{ ...(isSlow ? { retryMode: "fast" } : {}) }', ""],
  ]);
});

it("a strategy beside other settings", () => {
  expectFaults([
    ["{ retryStrategy: five, maxAttempts: 5 }", "maxAttempts overridden by the same"],
    ["{ retryStrategy: five, maxAttempts: 3 }", "maxAttempts overridden"],
    ["{ retryStrategy: five, maxAttempts: anything }", "maxAttempts overridden"],
    ['{ retryStrategy: five, retryMode: "standard" }', "retryMode overridden"],
    ["{ retryStrategy: five, ...(isSlow ? { maxAttempts: 3 } : {}) }", ""],
    ["{ retryStrategy: five, maxAttempts: undefined }", ""],
    ["{ retryStrategy: backoffStrategy(), maxAttempts: 5 }", "maxAttempts overridden"],
    ["{ retryStrategy: given.own, maxAttempts: 5 }", "maxAttempts overridden"],
    ["{ retryStrategy: isSlow ? five : given.own, maxAttempts: 3 }", "maxAttempts overridden"],
    ["{ retryStrategy: given.strategy ?? five, maxAttempts: 3 }", "maxAttempts overridden"],
    // Where the strategy may be missing, the other setting holds.
    ["{ retryStrategy: given.strategy, maxAttempts: 3 }", ""],
    ["{ retryStrategy: isSlow ? five : undefined, maxAttempts: 3 }", ""],
    ["{ retryStrategy: isSlow ? undefined : five, maxAttempts: 3 }", ""],
    ["{ retryStrategy: anything.isSlow && five, maxAttempts: 3 }", ""],
    ["{ retryStrategy: anything.strategy, maxAttempts: 3 }", ""],
    ["{ ...(isSlow ? { retryStrategy: five } : {}), maxAttempts: 3 }", ""],
  ]);
});

it.each([
  ["const own = new StandardRetryStrategy(3);", "own", "maxAttempts overridden"],
  ["let own = new StandardRetryStrategy(3);", "own", ""],
  ["const { own } = anything;", "own", ""],
  ["const own = anything;", "own", ""],
  ["", "anything.own", ""],
])("without types: %s %s", (before, strategy, expected) => {
  const code = `import { ConnectClient } from "@aws-sdk/client-connect";
import { StandardRetryStrategy } from "@smithy/util-retry";
import { anything } from "./anything.js";
${before}
export const client = new ConnectClient({ retryStrategy: ${strategy}, maxAttempts: 5 });`;
  const found = withModel({ "file.js": code }, faultsIn, { types: false });
  expect(found).toBe(expected);
});

const CALL = 'client.send(new ListUsersCommand({ InstanceId: "i" }))';
const LOOP = `for (let attempt = 1; ; attempt++) {
    try { return await ${CALL}; } catch (error) { if (attempt === 5) throw error; }
  }`;

it("attempts of a client whose calls are retried elsewhere", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["{ maxAttempts: 0 }", LOOP, "attempts: 0"],
    ["{ maxAttempts: 1 }", LOOP, ""],
    ["{ ...(isSlow ? { maxAttempts: 0 } : {}) }", LOOP, ""],
    ["{ maxAttempts: anything }", LOOP, ""],
    // That nothing retries at all is another fault.
    ["{ maxAttempts: 0 }", `return ${CALL};`, ""],
    ["{ maxAttempts: 0 }", "return 1;", ""],
  ];
  expectRows(
    rows.map(([config, body, expected]) => [
      `${config} ${body}`,
      `${BEFORE}/*target*/ const client = new ConnectClient(${config});\nexport async function list() { ${body} }`,
      expected,
    ]),
    faultsAround,
  );
});
