/** What is wrong with how a handler reads the error in an event of a failed rule action. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { it } from "vitest";
import { walk } from "../../../src/ast/walk.ts";
import { misreadsAt } from "../../../src/model/events/misreads.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { expectRows } from "../../support/rows.ts";

const BEFORE = `/*target*/ declare const sleep: (ms: number) => Promise<void>;
declare const use: any;
declare const assertRetryable: any;
interface Info { retryable: boolean; retryDelay: number; code: string }
`;

const faultsAround = (target: TSESTree.Node): string => {
  const { ast, visitorKeys } = unitOf(target);
  return [...walk(ast, visitorKeys)]
    .flatMap((node) =>
      node.type === T.MemberExpression ||
      (node.type === T.Property && node.parent.type === T.ObjectPattern)
        ? misreadsAt(node)
        : [],
    )
    .map(({ kind }) => kind)
    .join(" ");
};

type Rows = readonly (readonly [body: string, more?: string])[];

/** Bodies of a handler of `event` that has parsed the error into `info`, with functions beside it. */
const expectParsed = (expected: string, rows: Rows): void => {
  expectRows(
    rows.map(([body, more = ""]) => [
      body + more,
      `${BEFORE}${more}
export async function handler(event: any) {
  try {
    const info: Info = JSON.parse(event.detail.additionalInfo);
    ${body}
  } catch { return; }
}`,
      expected,
    ]),
    faultsAround,
  );
};

it("a wait for a delay that may be absent, or mean nothing", () => {
  expectParsed("unguarded", [
    ["await sleep(info.retryDelay);"],
    ["if (info.retryable) await sleep(info.retryDelay);"],
    ["if (info.retryDelay) await sleep(info.retryDelay);"],
    ["if (info.retryable) await sleep(Math.min(info.retryDelay, 5000));"],
    ["await sleep(Number(info.retryDelay) + 100);"],
    ["await new Promise((done) => setTimeout(done, info.retryDelay));"],
    ["const delay = info.retryDelay; await sleep(delay);"],
    ["const { retryDelay } = info; await sleep(retryDelay);"],
    ["const { retryDelay: delay } = info; await sleep(delay);"],
    ["if (use.retryableOperations) await sleep(info.retryDelay ?? 0);"],
    ["await pause(info);", "const pause = (info: Info) => sleep(info.retryDelay);"],
    // The function does not ask for either.
    [
      "if (isOurs(event)) await sleep(info.retryDelay);",
      "const isOurs = (event: any) => event.source === 'aws.connect';",
    ],
  ]);
});

it("a delay that is waited for after both were asked for", () => {
  expectParsed("", [
    ["if (info.retryable && info.retryDelay) await sleep(info.retryDelay);"],
    ["if (!info.retryable || !(info.retryDelay > 0)) return; await sleep(info.retryDelay);"],
    ["if (info.retryable) await sleep(info.retryDelay ?? 1000);"],
    ["info.retryable ? await sleep(info.retryDelay || 1000) : use();"],
    ["while (info.retryable) await sleep(info.retryDelay || 1000);"],
    ["switch (info.retryable) { case true: await sleep(info.retryDelay ?? 1000); }"],
    ["const { retryable, retryDelay = 1000 } = info; if (retryable) await sleep(retryDelay);"],
    // In a callback.
    [
      "if (info.retryable && info.retryDelay) await new Promise((done) => setTimeout(done, info.retryDelay));",
    ],
    // Under other names.
    [
      "const delay = info.retryDelay; if (info.retryable && delay !== undefined) await sleep(delay);",
    ],
    [
      "const { retryDelay: delay, retryable: again } = info; if (again && delay) await sleep(delay);",
    ],
    [
      "const mayWait = info.retryable && info.retryDelay > 0; if (mayWait) await sleep(info.retryDelay);",
    ],
    // By functions.
    [
      "if (mayWait(info)) await sleep(info.retryDelay);",
      "const mayWait = (info: Info) => info.retryable && info.retryDelay > 0;",
    ],
    [
      "if (!mayWait(event)) return; await sleep(info.retryDelay);",
      "import { mayWait } from 'somewhere';",
    ],
    ["assertRetryable(info); await sleep(info.retryDelay);"],
    [
      "if (info.retryable && info.retryDelay) await pause(info);",
      "const pause = (info: Info) => sleep(info.retryDelay);",
    ],
  ]);
});

it("a delay that is not waited for", () => {
  expectParsed("", [
    ["use(info.retryDelay);"],
    ["use.log(`wait ${info.retryDelay}`);"],
    ["const delay = info.retryDelay; use(delay);"],
    ["setTimeout(() => use(info.retryDelay), 100);"],
    ["setTimeout(() => { use.delay = info.retryDelay; }, 100);"],
    ["await sleep(use(info.retryDelay));"],
    ["await sleep(info.retryable ? 100 : 200); use(info.code);"],
  ]);
});

it("milliseconds that are taken for seconds", () => {
  const guarded = (wait: string): string => `if (info.retryable && info.retryDelay) { ${wait} }`;
  expectParsed("unit", [
    [guarded("await sleep(info.retryDelay * 1000);")],
    [guarded("await sleep(1_000 * info.retryDelay);")],
    [guarded("const delay = info.retryDelay; await sleep(delay * 1e3);")],
    [guarded("const SECOND = 1000; await sleep(SECOND * info.retryDelay);")],
  ]);
  expectParsed("", [
    [guarded("await sleep(info.retryDelay * 2);")],
    [guarded("await sleep(info.retryDelay + 1000);")],
    [guarded("await sleep(info.retryDelay / 1000);")],
    [guarded("await sleep(info.retryDelay * use);")],
  ]);
});

/** Bodies of a handler whose error is text. */
const expectUnparsed = (expected: string, rows: readonly string[]): void => {
  expectRows(
    rows.map((body) => [
      body,
      `${BEFORE}export const handler = (event: any) => { ${body} };`,
      expected,
    ]),
    faultsAround,
  );
};

it("members of the text", () => {
  expectUnparsed("unparsed", [
    "use(event.detail.additionalInfo.code);",
    'use(event.detail.additionalInfo["retryable"]);',
    "const { code } = event.detail.additionalInfo; use(code);",
    'const { code = "none" } = event.detail.additionalInfo; use(code);',
    "const info = event.detail.additionalInfo; use(info.code);",
    "use.code = event.detail.additionalInfo.code;",
    "const code = event.detail.additionalInfo.code === 1; use(code);",
    "use(typeof event.detail.reasonCode, event.detail.additionalInfo.code);",
  ]);
});

it("what is no read of a member of the error", () => {
  expectUnparsed("", [
    "use(event.detail.additionalInfo.length);",
    "use(event.detail.other.code);",
    "event.detail.additionalInfo.code = 1;",
    "event.detail.additionalInfo.code ??= 1;",
    "event.detail.additionalInfo.statusCode++;",
    "delete event.detail.additionalInfo.code;",
    "[event.detail.additionalInfo.code] = use;",
    "[event.detail.additionalInfo.code = 1] = use;",
    "[...event.detail.additionalInfo.code] = use;",
    "({ code: event.detail.additionalInfo.code } = use);",
    "for (event.detail.additionalInfo.code of use) use();",
    "for (event.detail.additionalInfo.code in use) use();",
  ]);
});

it("text or not: the project looks", () => {
  expectUnparsed("", [
    'if (typeof event.detail.additionalInfo !== "string") use(event.detail.additionalInfo.code);',
    'const info = event.detail.additionalInfo; if (typeof info === "object") use(() => info.code);',
  ]);
});
