/** Which constructions an expression can be, and what a program constructs. */
import type { TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";
import {
  configurationOf,
  constructionsIn,
  constructionsOf,
  isConstructedInProgram,
} from "../../../src/model/client/construction.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";
import { expectRows } from "../../support/rows.ts";

const BEFORE = `import { Connect, ConnectClient } from "@aws-sdk/client-connect";
declare const captureAWSv3Client: <Client>(client: Client) => Client;
declare const given: ConnectClient;
declare const isFar: boolean;
const near = new ConnectClient({ region: "near" });
const far = new ConnectClient({ region: "far" });
`;

type Rows = readonly (readonly [code: string, expected: string])[];
const expectEach = (rows: Rows, read: (target: TSESTree.Node) => string): void => {
  expectRows(
    rows.map(([code, expected]) => [code, BEFORE + code, expected]),
    read,
  );
};

/** The regions of the clients that an expression can be, `?` where it may be another one too. */
const clientsOf = (target: TSESTree.Node): string => {
  const { constructions, complete } = constructionsOf(target);
  const regions = constructions.map(
    ({ node }) => /region: "(\w+)"/.exec(unitOf(node).text.slice(...node.range))?.[1] ?? "none",
  );
  return regions.join(" ") + (complete ? "" : "?");
};

it("which clients an expression can be", () => {
  const rows: Rows = [
    ["/*target*/ near;", "near"],
    ["const client = isFar ? far : near; /*target*/ client;", "far near"],
    ["const client = isFar ? far : given; /*target*/ client;", "far?"],
    ["/*target*/ given;", "?"],
    ["const client = captureAWSv3Client(near); /*target*/ client;", "near"],
    ["const client = captureAWSv3Client(given); /*target*/ client;", "?"],
    ["const client = isFar ? captureAWSv3Client(given) : near; /*target*/ client;", "near?"],
    ["const list = new Map(); /*target*/ list;", "?"],
  ];
  expectEach(rows, clientsOf);
});

/** The text of the configuration that reaches the SDK in the last client of a file. */
const configured = (target: TSESTree.Node): string => {
  const unit = unitOf(target);
  const last = constructionsIn(unit).at(-1);
  const config = last === undefined ? undefined : configurationOf(last);
  return config === undefined ? "nothing" : unit.text.slice(...config.range);
};

it("the configuration that reaches the SDK", () => {
  const rows: Rows = [
    ["new Connect({ maxAttempts: 1 });", "{ maxAttempts: 1 }"],
    ["new Connect();", "nothing"],
    ["class Own extends ConnectClient {} new Own({ maxAttempts: 2 });", "{ maxAttempts: 2 }"],
    [
      "class Own extends ConnectClient { constructor() { super({ maxAttempts: 3 }); } } new Own();",
      "{ maxAttempts: 3 }",
    ],
    [
      "class Own extends ConnectClient { constructor(region: string) { super(); } } new Own({ maxAttempts: 4 } as any);",
      "nothing",
    ],
    [
      "class Base extends ConnectClient { constructor(x: number) { super({ maxAttempts: 5 }); } } class Own extends Base { constructor() { super(6); } } new Own();",
      "{ maxAttempts: 5 }",
    ],
    [
      "class Own extends ConnectClient { run() { return class { constructor() { console.log({}); } }; } } new Own({ maxAttempts: 7 });",
      "{ maxAttempts: 7 }",
    ],
  ];
  expectEach(
    rows.map(([code, expected]) => [`/*target*/ ${code}`, expected]),
    configured,
  );
});

const CONNECT = "@aws-sdk/client-connect";
it.each([
  [
    "here",
    { "file.ts": `import { ConnectClient } from "${CONNECT}"; new ConnectClient({});` },
    true,
  ],
  [
    "elsewhere",
    {
      "file.ts": "export {};",
      "other.ts": `import { ConnectClient } from "${CONNECT}"; new ConnectClient({});`,
    },
    true,
  ],
  [
    "nowhere",
    {
      "file.ts": "export {};",
      "other.ts": `import { ConnectClient } from "${CONNECT}"; declare const client: ConnectClient; client.destroy(); new Map();`,
    },
    false,
  ],
  [
    "of another service",
    {
      "file.ts":
        'import { ConnectCasesClient } from "@aws-sdk/client-connectcases"; new ConnectCasesClient({});',
    },
    false,
  ],
  [
    "of another service elsewhere",
    {
      "file.ts": "export {};",
      "other.ts": `import { ConnectCasesClient } from "@aws-sdk/client-connectcases"; new ConnectCasesClient({}); // ${CONNECT}`,
    },
    false,
  ],
  [
    "as a service of SDK v2",
    {
      "file.ts": "export {};",
      "other.ts": 'import Connect from "aws-sdk/clients/connect"; new Connect();',
    },
    true,
  ],
])("a client that is constructed %s", (_where, files, expected) => {
  expect(withModel(files, (unit) => isConstructedInProgram(unit, CONNECT))).toBe(expected);
});
