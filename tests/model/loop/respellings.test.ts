import { describe, expect, it } from "vitest";
import { type Example, factsOf, words } from "./lab.ts";

/** One program in several spellings, all of which mean the same. */
interface Program {
  readonly name: string;
  readonly verdict: string;
  readonly spellings: readonly (Example | string)[];
}

const SEND = "/*target*/ client.send(cmd)";
const OK = `return await ${SEND};`;
const run = (body: string, before = ""): string =>
  `${before} export async function run(): Promise<any> { ${body} }`;

const programs: readonly Program[] = [
  {
    name: "faulty: retries for ever",
    verdict: "retry, unbounded: no-exit, everything, unknown, 1 waits",
    spellings: [
      run(`while (true) { try { ${OK} } catch { await sleep(10); } }`),
      run(`for (;;) { try { ${OK} } catch { await sleep(10); } }`),
      run(`do { try { ${OK} } catch { await sleep(10); } } while (true);`),
      run(`while (!!1) { try { ${OK} } catch { await sleep(10); } }`),
      run(
        `let done = false; while (!done) { try { await ${SEND}; done = true; } catch { await sleep(10); } }`,
      ),
      run(
        `let done = false; do { try { await ${SEND}; done = true; } catch { await sleep(10); } } while (!done);`,
      ),
      run(
        `let again; do { again = false; try { await ${SEND}; } catch { again = true; await sleep(10); } } while (again);`,
      ),
      run(
        `let out; while (out === undefined) { try { out = await ${SEND}; } catch { await sleep(10); } } return out;`,
      ),
      run(
        `let out = null; while (true) { if (out) break; try { out = (await ${SEND})! as any; } catch { await sleep(10); } } return out;`,
      ),
      run(
        `again: while (true) { try { const out = await ${SEND}; return out; } catch (problem) { await sleep(10); continue again; } }`,
      ),
      run(
        `while (true) { try { const sent = ((${SEND})); const out = await (sent as any); return out; } catch { await sleep(10); } }`,
      ),
      run(`while (true) { try { await ${SEND}; break; } catch { } finally { await sleep(10); } }`),
      run(
        `const first = async (): Promise<any> => { try { ${OK} } catch { await sleep(10); return first(); } }; return first();`,
      ),
      `export function run(): Promise<any> { return ${SEND}.catch(() => sleep(10).then(run)); }`,
      `export function run(): Promise<any> { return ${SEND}.then((out) => out, async () => { await sleep(10); const again = run; return again(); }); }`,
    ],
  },
  {
    name: "faulty: a counter that stays where it is",
    verdict: "retry, unbounded: counter-stuck, everything, unknown, 1 waits",
    spellings: [
      run(`let n = 0; while (n < 5) { try { ${OK} } catch { await sleep(10); } }`),
      run(`let n = 0; while (!(n >= 5)) { try { ${OK} } catch { await sleep(10); } }`),
      run(`let n = 0; while (5 > n) { try { ${OK} } catch { await sleep(10); } }`),
      run(`for (let n = 0; n < 5; ) { try { ${OK} } catch { await sleep(10); } }`),
      run(`let n = 0; do { try { ${OK} } catch { await sleep(10); } } while (n < 5);`),
      run(
        `let n = 0; while (true) { if (!(n < 5)) break; try { ${OK} } catch { await sleep(10); } }`,
      ),
      run(
        `let n = 0; for (;;) { try { ${OK} } catch (e) { if (n >= 5) throw e; await sleep(10); } }`,
      ),
      run(
        `let n = 0; for (;;) { try { ${OK} } catch (e) { if (n < 5) { await sleep(10); continue; } throw e; } }`,
      ),
      run(`let n = 0; while ((n as number) < (5)) { try { ${OK} } catch { await sleep(10); } }`),
      run(
        `let tries = 0; const limit = 5; while (tries < limit) { try { ${OK} } catch { await sleep(10); } }`,
      ),
      run(`let n = 5; while (n) { try { ${OK} } catch { await sleep(10); } }`),
      {
        code: `import { LIMIT } from "./limits.js"; ${run(`let n = 0; while (n < LIMIT) { try { ${OK} } catch { await sleep(10); } }`)}`,
        files: { "limits.ts": "export const LIMIT = 5;" },
      },
      `export async function run(n = 5): Promise<any> { try { ${OK} } catch (e) { if (n === 0) throw e; await sleep(10); return run(n); } }`,
    ],
  },
  {
    name: "faulty: the end is silent",
    verdict: "retry, bounded 3, everything, silent, 1 waits",
    spellings: [
      run(`for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(10); } }`),
      run(`for (let i = 3; i > 0; i--) { try { ${OK} } catch { await sleep(10); } }`),
      run(
        `for (let i = 0; ; i++) { if (i === 3) break; try { ${OK} } catch { await sleep(10); } }`,
      ),
      run(`let i = 0; while (i < 3) { try { ${OK} } catch { await sleep(10); } i += 1; }`),
      run(`let i = 0; while (i++ < 3) { try { ${OK} } catch { await sleep(10); } }`),
      run(`let i = 0; while (++i <= 3) { try { ${OK} } catch { await sleep(10); } }`),
      run(`let i = 3; while (i--) { try { ${OK} } catch { await sleep(10); } }`),
      run(`let i = 0; do { try { ${OK} } catch { await sleep(10); } i = i + 1; } while (i < 3);`),
      run(
        `let i = 0; while (true) { if (i >= 3) return; try { ${OK} } catch { i++; await sleep(10); } }`,
      ),
      run(
        `let i = 0; let out; while (i < 3 && !out) { try { out = await ${SEND}; } catch { i++; await sleep(10); } } return out;`,
      ),
      run(`for (const i of [1, 2, 3]) { try { ${OK} } catch { await sleep(i); } }`),
      run(`for (const i of Array(3).keys()) { try { ${OK} } catch { await sleep(i); } }`),
      {
        code: `import { config } from "./config.js"; ${run(`for (let i = 0; i < config.max; i++) { try { ${OK} } catch { await sleep(10); } }`)}`,
        files: { "config.ts": "export const config = { max: 3 } as const;" },
      },
      `export async function run(i = 0): Promise<any> { if (i >= 3) return; try { ${OK} } catch { await sleep(10); return run(i + 1); } }`,
    ],
  },
  {
    name: "right: bounded, and the last error is thrown",
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    spellings: [
      run(
        `let last; for (let i = 0; i < 3; i++) { try { ${OK} } catch (e) { last = e; await sleep(10); } } throw last;`,
      ),
      run(
        `for (let i = 1; ; i++) { try { ${OK} } catch (e) { if (i === 3) throw e; await sleep(10); } }`,
      ),
      run(
        `for (let i = 1; i <= 3; i++) { try { ${OK} } catch (e) { if (i >= 3) { throw e; } await sleep(10); } }`,
      ),
      run(
        `let n = 0; while (true) { try { ${OK} } catch (e) { if (++n >= 3) throw e; await sleep(10); } }`,
      ),
      run(
        `let n = 0; while (true) { try { ${OK} } catch (e) { n++; if (n < 3) { await sleep(10); continue; } throw e; } }`,
      ),
      run(
        `let left = 2; while (true) { try { ${OK} } catch (e) { if (left-- === 0) throw e; await sleep(10); } }`,
      ),
      run(
        `let left = 3; do { try { ${OK} } catch (e) { left -= 1; if (!left) throw e; await sleep(10); } } while (left > 0);`,
      ),
      run(
        `let n = 0; let done = false; while (!done) { try { await ${SEND}; done = true; } catch (e) { n = n + 1; const isLast = n >= 3; if (isLast) throw e; await sleep(10); } }`,
      ),
      run(
        `let n = 0; let last; while (n < 3) { try { ${OK} } catch (e) { last = e; n++; await sleep(10); } } if (last) throw last;`,
      ),
      run(
        `const out = { n: 0 }; for (out.n = 0; out.n < 3; out.n++) { try { ${OK} } catch { await sleep(10); } } throw new Error("gave up");`,
      )
        .replaceAll("out.n", "n")
        .replace("const out = { n: 0 };", "let n;"),
      {
        code: `import { MAX as most } from "./limits.js"; ${run(`let n = 0; for (;;) { try { ${OK} } catch (e) { if ((n += 1) >= most) throw e; await sleep(10); } }`)}`,
        files: { "limits.ts": "const three = 3; export const MAX = three;" },
      },
      `export async function run(n = 1): Promise<any> { try { ${OK} } catch (e) { if (n >= 3) throw e; await sleep(10); return run(n + 1); } }`,
      `export function run(left = 2): Promise<any> { return ${SEND}.catch((e) => { if (left === 0) throw e; return sleep(10).then(() => run(left - 1)); }); }`,
    ],
  },
  {
    name: "right: only throttling is retried",
    verdict: "retry, bounded 3, some throttling [ThrottlingException], throws, 1 waits",
    spellings: [
      `e.name !== "ThrottlingException"`,
      `!(e.name === "ThrottlingException")`,
      `"ThrottlingException" !== e.name`,
      `e["name"] !== "ThrottlingException"`,
      `(e as Error).name !== "ThrottlingException"`,
      `(e as any)?.name !== ("ThrottlingException" as const)`,
      `!(e instanceof ThrottlingException)`,
      `!(e instanceof Error && e.name === "ThrottlingException")`,
      `!["ThrottlingException"].includes(e.name)`,
      `!new Set(["ThrottlingException"]).has(e.name)`,
      `e.code !== "ThrottlingException"`,
      `e.name !== NAME`,
      `!isThrottled(e)`,
    ].map((test) =>
      run(
        `for (let i = 0; ; i++) { try { ${OK} } catch (e: any) { if (${test}) throw e; if (i === 2) throw e; await sleep(10); } }`,
        `const NAME = "ThrottlingException"; const isThrottled = (error: any) => error.name === NAME;`,
      ),
    ),
  },
  {
    name: "right: pages with a pause",
    verdict: "pagination",
    spellings: [
      `let token; do { const page = await PAGE; token = page.NextToken; await sleep(10); } while (token);`,
      `let token; do { const page = await PAGE; token = page.NextToken; if (token) await sleep(10); } while (token !== undefined);`,
      `let token; while (true) { const page = await PAGE; token = page.NextToken; if (!token) break; await sleep(10); }`,
      `let token; for (;;) { const page = await PAGE; if (!page.NextToken) return; token = page.NextToken; await sleep(10); }`,
      `let token: any = ""; while (token !== undefined) { const { NextToken } = await PAGE; token = NextToken; await sleep(10); }`,
      `let token: any; let more = true; while (more) { const page = await PAGE; token = page.NextToken; more = Boolean(token); await sleep(10); }`,
      `let token: any; let done = false; while (!done) { const page = await PAGE; token = page["NextToken"]; done = !token; await sleep(10); }`,
      `let token: any; do { ({ NextToken: token } = await PAGE); await sleep(10); } while (token);`,
      `let token: any; do { token = (await PAGE).NextToken; await sleep(10); } while (token != null);`,
      `let token: any; let page: any; while ((page = await PAGE)) { token = page.NextToken; if (token === undefined) break; await sleep(10); }`,
      `let token: any; for (let page = 0; page < 100; page++) { const out = await PAGE; token = out.NextToken; if (!token) break; await sleep(10); }`,
      `let token: any; do { try { const page = await PAGE; token = page.NextToken; } catch (e) { log.warn(e); throw e; } await sleep(10); } while (token);`,
    ].map((body) =>
      run(
        body.replace(
          "PAGE",
          `/*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token }))`,
        ),
      ),
    ),
  },
];

describe("the same program in other words", () => {
  for (const { name, verdict, spellings } of programs) {
    describe(name, () => {
      it("in at least twelve spellings", () => {
        expect(spellings.length).toBeGreaterThanOrEqual(12);
      });
      for (const spelling of spellings) {
        const example = typeof spelling === "string" ? { code: spelling } : spelling;
        it(example.code.trim(), () => {
          expect(words(factsOf(example))).toBe(verdict);
        });
      }
    });
  }
});
