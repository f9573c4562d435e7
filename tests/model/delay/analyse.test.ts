import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { ancestors } from "../../../src/ast/nodes.ts";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import type { Delay, DelayKind, DelaySlip } from "../../../src/model/delay/delay.ts";
import { sleepAt } from "../../../src/model/delay/sleep.ts";
import { withModel } from "../../support/model.ts";
import { loopWith, type LoopParts } from "./cases.ts";

interface Expected {
  readonly kind: DelayKind;
  readonly fixedMs?: number;
  readonly maxMs?: number;
  readonly capped?: Delay["capped"];
  readonly slips?: readonly DelaySlip[];
}

type Case = readonly [
  delay: string,
  expected: DelayKind | Expected,
  parts?: LoopParts,
  files?: Readonly<Record<string, string>>,
];

function analysed(
  code: string,
  files: Readonly<Record<string, string>> = {},
  attempts: number | undefined = 5,
): Delay {
  return withModel({ "file.ts": code, ...files }, (_unit, [target]) => {
    const sleep = target === undefined ? undefined : sleepAt(target);
    if (sleep === undefined) throw new Error("The target is no sleep.");
    return delayOf(sleep, { attempts });
  });
}

function check([delay, expected, parts, files]: Case): void {
  const found = analysed(loopWith(delay, parts), files);
  const { slips = [], ...rest } = typeof expected === "string" ? { kind: expected } : expected;
  expect(found).toMatchObject(rest);
  expect(found.slips.map(({ slip }) => slip)).toEqual(slips);
}

const title = ([delay, expected, parts]: Case): string =>
  `${delay} is ${typeof expected === "string" ? expected : expected.kind}${parts === undefined ? "" : ` with ${JSON.stringify(parts)}`}`;

/** Each fault, and below it what looks like it and is right or undecidable. */
const FIXED: readonly Case[] = [
  ["1000", { kind: "fixed", fixedMs: 1000, maxMs: 1000, capped: "yes" }],
  ["5 * 1000", { kind: "fixed", fixedMs: 5000 }],
  ["DELAY", { kind: "fixed", fixedMs: 250 }, { outside: "const DELAY = 250;" }],
  [
    "DELAY_MS",
    { kind: "fixed", fixedMs: 750 },
    { outside: 'import { DELAY_MS } from "./config.js";' },
    { "config.ts": "export const DELAY_MS = 750;" },
  ],
  [
    "config.delayMs",
    { kind: "fixed", fixedMs: 300 },
    { outside: 'import { config } from "./config.js";' },
    { "config.ts": "export const config = { delayMs: 300 };" },
  ],
  ...(
    [
      ["{ ...base, delayMs: 300 }", 300],
      ["{ delayMs: 300, ...base }", 100],
      ["{ delayMs: 300, ...other }", 300],
      ["{ ...base, ...other }", 100],
    ] as const
  ).map(([config, fixedMs]): Case => [
    "config.delayMs",
    { kind: "fixed", fixedMs },
    {
      outside: `const base = { delayMs: 100 }, other = { retries: 5 }; const config = ${config};`,
    },
  ]),
  [
    "config.retry.delayMs",
    { kind: "fixed", fixedMs: 300 },
    { outside: "const config = { delayMs: 1, retry: { delayMs: 300 } };" },
  ],
  [
    "config.retry.delayMs",
    { kind: "fixed", fixedMs: 300 },
    { outside: "const base = { retry: { delayMs: 300 } }; const config = { ...base };" },
  ],
  ["Number(process.env.RETRY_DELAY ?? 1000)", { kind: "fixed", capped: "yes" }],
  ["parseInt(process.env.RETRY_DELAY!, 10)", "fixed"],
  ["delayMs", "fixed", { parameters: "delayMs: number" }],
  ["delayMs", "fixed", { parameters: "delayMs = 500" }],
  ["options.delayMs ?? 100", "fixed", { parameters: "options: { delayMs?: number }" }],
  ["delayMs", "fixed", { parameters: "{ delayMs = 100 }: { delayMs?: number } = {}" }],
  ["wait", { kind: "fixed", fixedMs: 200 }, { before: "const wait = 100 * 2;" }],
  [
    "1000 / MAX_PER_SECOND",
    { kind: "fixed", fixedMs: 500 },
    { outside: "const MAX_PER_SECOND = 2;" },
  ],
  ["error.name === 'ThrottlingException' ? 1000 : 5000", { kind: "fixed", maxMs: 5000 }],
  ["Math.max(DELAY, 100)", { kind: "fixed", fixedMs: 100 }, { outside: "const DELAY = 50;" }],
  [
    "pause()",
    { kind: "fixed", fixedMs: 400 },
    { outside: 'import { pause } from "./pause.js";' },
    { "pause.ts": "export function pause() { const base = 200; return base * 2; }" },
  ],
  [
    "DELAYS[0]",
    { kind: "fixed", fixedMs: 100 },
    { outside: "const DELAYS = [100, 200] as const;" },
  ],
  ["+(1_000)", { kind: "fixed", fixedMs: 1000 }],
  ["ms('2s')", "fixed", { outside: 'import ms from "ms";' }],
];

const GROWING: readonly Case[] = [
  [
    "wait",
    { kind: "growing", maxMs: 1000, capped: "yes" },
    { inside: "let wait = 100 * 2 ** attempt; if (wait > 1000) wait = 1000;" },
  ],
  ["100 * 2 ** attempt", { kind: "growing", maxMs: 1600, capped: "no" }],
  ["Math.pow(2, attempt) * 100", { kind: "growing", maxMs: 1600, capped: "no" }],
  ["100 * (1 << attempt)", { kind: "growing", maxMs: 1600, capped: "no" }],
  ["Math.min(100 * 2 ** attempt, 800)", { kind: "growing", maxMs: 800, capped: "yes" }],
  [
    "Math.min(100 * 2 ** attempt, maxDelay)",
    { kind: "growing", capped: "yes" },
    { parameters: "maxDelay: number" },
  ],
  [
    "100 * 2 ** attempt > 800 ? 800 : 100 * 2 ** attempt",
    { kind: "growing", maxMs: 800, capped: "yes" },
  ],
  ["1000 * (attempt + 1)", { kind: "growing", maxMs: 5000, capped: "no" }],
  [
    "delay",
    { kind: "growing", maxMs: 1600, capped: "no" },
    { before: "let delay = 100;", after: "delay *= 2;" },
  ],
  [
    "delay",
    { kind: "growing", maxMs: 500, capped: "yes" },
    { before: "let delay = 100;", after: "delay = Math.min(delay * 2, 500);" },
  ],
  [
    "delay",
    { kind: "growing", maxMs: 500, capped: "yes" },
    { before: "let delay = 100;", after: "delay *= 2; if (delay > 500) delay = 500;" },
  ],
  [
    "waitMs",
    { kind: "growing", maxMs: 5000 },
    { before: "let waitMs = 0;", inside: "waitMs += 1000;" },
  ],
  ["(delay *= 2)", { kind: "growing" }, { before: "let delay = 100;" }],
  [
    "DELAYS[attempt]!",
    { kind: "growing", maxMs: 400, capped: "yes" },
    { outside: "const DELAYS = [100, 200, 400];" },
  ],
  [
    "DELAYS.at(attempt) ?? 400",
    { kind: "growing", maxMs: 400 },
    { outside: "const DELAYS = [100, 200, 400];" },
  ],
  [
    "backoff(attempt)",
    { kind: "growing", maxMs: 1600, capped: "no" },
    { outside: 'import { backoff } from "./backoff.js";' },
    { "backoff.ts": "export const backoff = (n: number, base = 100) => base * 2 ** n;" },
  ],
  [
    "backoff({ attempt, base: 50 })",
    { kind: "growing", maxMs: 800 },
    {
      outside:
        "function backoff({ attempt, base = 100 }: { attempt: number; base?: number }) { return base * Math.pow(2, attempt); }",
    },
  ],
  ["attempt < 2 ? 100 : 1000", { kind: "growing", maxMs: 1000, capped: "yes" }],
  [
    "delayFor(attempt)",
    { kind: "growing", maxMs: 900 },
    { outside: "function delayFor(n: number) { if (n > 2) return 900; return 100; }" },
  ],
  [
    "this_.delay",
    { kind: "growing", maxMs: 1600 },
    { before: "const this_ = { delay: 100 };", after: "this_.delay *= 2;" },
  ],
  [
    "100 * 2 ** tries",
    { kind: "growing", maxMs: 3200 },
    { before: "let tries = 0;", inside: "tries++;" },
  ],
];

const JITTERED: readonly Case[] = [
  ["Math.random() * 1000", { kind: "jittered", maxMs: 1000, capped: "yes" }],
  ["100 * 2 ** attempt + Math.random() * 100", { kind: "jittered", maxMs: 1700, capped: "no" }],
  [
    "Math.floor(Math.random() * Math.min(20000, 100 * 2 ** attempt))",
    { kind: "jittered", maxMs: 1600, capped: "yes" },
  ],
  ["1000 + jitter", "jittered", { before: "const jitter = Math.random() * 100;" }],
  ["randomInt(100, 1000)", "jittered", { outside: 'import { randomInt } from "node:crypto";' }],
  ["crypto.getRandomValues(new Uint16Array(1))[0]!", "jittered"],
  ["bytes[0]!", "unknown", { inside: "const bytes = new Uint8Array(1);" }],
  ["_.random(100, 500)", "jittered", { outside: 'import _ from "lodash";' }],
  ["random(100, 500)", "jittered", { outside: 'import random from "lodash/random";' }],
  [
    "backoffDelay(attempt)",
    "jittered",
    { outside: 'import { backoffDelay } from "eslint-plugin-connect-resilience/backoff";' },
  ],
  [
    "jitter(1000)",
    { kind: "jittered", maxMs: 1000 },
    { outside: 'import { jitter } from "eslint-plugin-connect-resilience/backoff";' },
  ],
  [
    "withJitter(1000)",
    { kind: "jittered", maxMs: 1500 },
    { outside: 'import { withJitter } from "./jitter.js";' },
    { "jitter.ts": "export const withJitter = (ms: number) => ms / 2 + Math.random() * ms;" },
  ],
  [
    "delay",
    "jittered",
    {
      before: "let delay = 100;",
      after: "delay = Math.min(20_000, 100 + Math.random() * (delay * 3 - 100));",
    },
  ],
  [
    "delay",
    "jittered",
    { inside: "let delay = 100 * 2 ** attempt; delay += Math.random() * 100;" },
  ],
  ["delay", "jittered", { inside: "const delay = Math.random() > 0.5 ? 100 : 200;" }],
  ["DELAYS[Math.floor(Math.random() * 2)]!", "jittered", { outside: "const DELAYS = [100, 200];" }],
  // A name says nothing: this jitter is none.
  [
    "withJitter(1000)",
    { kind: "fixed", fixedMs: 1100 },
    { outside: "const withJitter = (ms: number) => ms + 100;" },
  ],
];

const UNDECIDED: readonly Case[] = [
  ["error.retryAfter", "unknown"],
  ["Number(error.$response.headers['retry-after']) * 1000", "unknown"],
  ["next - Date.now()", "clock", { parameters: "next: number" }],
  ["500 - (Date.now() - begun)", "clock", { outside: "const begun = Date.now();" }],
  ["Math.max(0, begun + 500 - Date.now())", "clock", { outside: "const begun = Date.now();" }],
  ["begun + Math.random() * 500 - Date.now()", "jittered", { outside: "const begun = 7;" }],
  [
    "computeDelay(attempt)",
    "unknown",
    { outside: "declare function computeDelay(n: number): number;" },
  ],
  ["strategy.delay(attempt)", "unknown", { parameters: "strategy: { delay(n: number): number }" }],
  ["response.waitMs", "unknown", { inside: "const response: any = await call();" }],
  ["delay", "unknown", { inside: "let delay = 0; ({ delay } = error);" }],
];

const SLIPS: readonly Case[] = [
  ["(2 ^ attempt) * 1000", { kind: "growing", slips: ["bitwise-xor"] }],
  ["100 * (2 ^ (attempt + 1))", { kind: "growing", slips: ["bitwise-xor"] }],
  ["flags ^ 3", { kind: "fixed" }, { parameters: "flags: number" }],
  ["2 ** attempt", { kind: "growing", slips: ["seconds-as-milliseconds"] }],
  [
    "Math.min(2 ** attempt, 30)",
    { kind: "growing", capped: "yes", slips: ["seconds-as-milliseconds"] },
  ],
  ["2 ** attempt * 1000", "growing"],
  ["2 ** attempt * SECOND", "growing", { outside: "const SECOND = 1000;" }],
  ["2 ** attempt + Math.random()", { kind: "jittered", slips: ["seconds-as-milliseconds"] }],
  [
    "delay",
    { kind: "growing", slips: ["seconds-as-milliseconds"] },
    { before: "let delay = 1;", after: "delay *= 2;" },
  ],
  ["delay", "growing", { before: "let delay = 100;", after: "delay *= 2;" }],
  [
    "delaySeconds",
    { kind: "fixed", slips: ["seconds-as-milliseconds"] },
    { parameters: "delaySeconds: number" },
  ],
  [
    "RETRY_DELAY_SECONDS",
    { kind: "fixed", fixedMs: 5, slips: ["seconds-as-milliseconds"] },
    { outside: "const RETRY_DELAY_SECONDS = 5;" },
  ],
  [
    "RETRY_DELAY_SECONDS * 1000",
    { kind: "fixed", fixedMs: 5000 },
    { outside: "const RETRY_DELAY_SECONDS = 5;" },
  ],
  [
    "toMs(delaySeconds)",
    "fixed",
    { parameters: "delaySeconds: number", outside: "const toMs = (s: number) => s * 1000;" },
  ],
  ...[
    "delayMilliseconds",
    "delayMilliSeconds",
    "delay_milli_seconds",
    "DELAY_MILLI_SECONDS",
    "delayMsec",
    "delay_m_sec",
    "parsec",
  ].map((name): Case => [name, "fixed", { parameters: `${name}: number` }]),
  ...["sec", "seconds", "delaySec", "delay_secs", "intervalInSeconds", "DELAY_SECS", "SECONDS"].map(
    (name): Case => [
      name,
      { kind: "fixed", slips: ["seconds-as-milliseconds"] },
      { parameters: `${name}: number` },
    ],
  ),
  ["delaySeconds", { kind: "fixed", fixedMs: 5000 }, { before: "const delaySeconds = 5000;" }],
  ["0", { kind: "none", fixedMs: 0 }],
  ["5", { kind: "fixed", fixedMs: 5 }],
  ["10 * attempt", "growing"],
  ["Math.pow(attempt, 2)", { kind: "growing", slips: ["seconds-as-milliseconds"] }],
  ["Math.pow(attempt, 2) * 100", { kind: "growing", maxMs: 1600 }],
];

describe("delayOf", () => {
  it.each(FIXED.map((item) => [title(item), item] as const))("fixed: %s", (_title, item) =>
    check(item),
  );
  it.each(GROWING.map((item) => [title(item), item] as const))("growing: %s", (_title, item) =>
    check(item),
  );
  it.each(JITTERED.map((item) => [title(item), item] as const))("jittered: %s", (_title, item) =>
    check(item),
  );
  it.each(UNDECIDED.map((item) => [title(item), item] as const))("unknown: %s", (_title, item) =>
    check(item),
  );
  it.each(SLIPS.map((item) => [title(item), item] as const))("slips: %s", (_title, item) =>
    check(item),
  );

  it.each([
    [
      "a fixed wait before the next round",
      "while (result == null) { try { result = await call(); } catch (error) { retries++; if (retries >= MAX_RETRIES) throw error; await /*target*/ sleep(1000); } }",
      { kind: "fixed", fixedMs: 1000, slips: [] },
    ],
    [
      "an exponential wait with a random part",
      "while (retries < MAX_RETRIES) { try { result = await call(); break; } catch { await /*target*/ sleep(2 ** retries * 100 + Math.random() * 100); retries++; } }",
      { kind: "jittered", maxMs: 1700, slips: [] },
    ],
    [
      "a power of two handed to the timer as it is",
      "while (retries < MAX_RETRIES) { try { result = await call(); } catch { await /*target*/ sleep(2 ** retries); } finally { retries++; } }",
      { kind: "growing", maxMs: 16, slips: [{ slip: "seconds-as-milliseconds" }] },
    ],
    [
      "pacing",
      "for (const id of ids) { await /*target*/ sleep(1000 / MAX_REQUESTS_PER_SECOND); result = await call(id); }",
      { kind: "fixed", fixedMs: 500, slips: [] },
    ],
  ])("judges %s", (_name, loop, expected) => {
    const code = `const MAX_RETRIES = 5; const MAX_REQUESTS_PER_SECOND = 2;
declare function call(id?: string): Promise<string>;
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
export async function run(ids: string[]) { let retries = 0; let result: string | null = null; ${loop} return { ids, retries, result }; }`;
    expect(analysed(code)).toMatchObject(expected);
  });

  it("follows a field that the attempts of a class update", () => {
    const code = (update: string): string => `declare function call(): Promise<string>;
export class Retry {
  private delay = 100;
  private sleep(ms: number) { return new Promise((r) => setTimeout(r, ms)); }
  async run() {
    for (let n = 0; n < 5; n++) {
      try { return await call(); } catch { await /*target*/ this.sleep(this.delay); ${update} }
    }
    return undefined;
  }
  ${update === "this.next();" ? "private next() { this.delay *= 2; }" : ""}
}`;
    expect(analysed(code(""))).toMatchObject({ kind: "fixed", fixedMs: 100 });
    expect(analysed(code("this.delay *= 2;"))).toMatchObject({
      kind: "growing",
      maxMs: 1600,
      capped: "no",
    });
    expect(analysed(code("this.delay = Math.min(this.delay * 2, 500);"))).toMatchObject({
      kind: "growing",
      maxMs: 500,
      capped: "yes",
    });
    expect(analysed(code("this.next();"))).toMatchObject({ kind: "unknown" });
  });

  it("follows configuration through require", () => {
    const code = `const { delay, sleep } = require("./config.js");
async function run(call) { for (let i = 0; i < 3; i++) { try { return await call(); } catch { await /*target*/ sleep(delay); } } }`;
    const config = `let delay = process.env.DELAY; function sleep(ms) { return new Promise((r) => setTimeout(r, ms)); } module.exports = { delay, sleep };`;
    const found = withModel(
      { "file.cjs": code.replace("config.js", "config.cjs"), "config.cjs": config },
      (_unit, [target]) => {
        const sleep = target === undefined ? undefined : sleepAt(target);
        return sleep === undefined ? undefined : delayOf(sleep);
      },
    );
    expect(found).toMatchObject({ kind: "fixed", fixedMs: undefined, capped: "yes" });
  });

  it("follows what a method passes to itself", () => {
    const code = `const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
declare function call(): Promise<string>;
export class Users {
  maxDelay: number;
  constructor(maxDelay: number) { this.maxDelay = maxDelay; }
  list(token: string, retry: number): Promise<string> {
    return call().catch(() => /*target*/ wait(Math.min(100 * Math.pow(retry, 2), this.maxDelay)).then(() => this.list(token, retry + 1)));
  }
}`;
    const found = withModel({ "file.ts": code }, (_unit, [target]) => {
      // The target is the whole chain; its first link is the sleep.
      const first =
        target?.type === T.CallExpression && target.callee.type === T.MemberExpression
          ? target.callee.object
          : undefined;
      const sleep = first === undefined ? undefined : sleepAt(first);
      const method =
        first === undefined
          ? undefined
          : [...ancestors(first)].find((node) => node.type === T.FunctionExpression);
      return sleep === undefined ? undefined : delayOf(sleep, { loop: method });
    });
    expect(found).toMatchObject({ kind: "growing", capped: "yes", slips: [] });
  });

  it("knows no unit of what only its name tells to be a sleep", () => {
    const code = (duration: string): string =>
      `export async function run(wait: (time: number) => Promise<void>) { const intervalInSeconds = 15; await /*target*/ wait(${duration}); }`;
    expect(analysed(code("intervalInSeconds"))).toMatchObject({ kind: "fixed", slips: [] });
  });

  it("computes no largest wait where the attempts have no known limit", () => {
    const code = loopWith("100 * 2 ** attempt");
    expect(
      withModel({ "file.ts": code }, (_unit, [target]) => {
        const sleep = target === undefined ? undefined : sleepAt(target);
        return sleep === undefined ? undefined : delayOf(sleep);
      }),
    ).toMatchObject({ kind: "growing", maxMs: undefined, capped: "no", slips: [] });
  });
});
