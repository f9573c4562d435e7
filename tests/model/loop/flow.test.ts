import { describe, expect, it } from "vitest";
import { factsOf, OK, SEND, verdict, words } from "./lab.ts";

const ENDLESS = "retry, unbounded: no-exit, everything, unknown, 1 waits";
const THREE = "retry, bounded 3, everything, throws, 1 waits";
const LOST = "retry, bounded 3, everything, silent, 1 waits";

describe("flags", () => {
  it.each([
    [
      "of a comparison",
      `let n = 0; let more = true; while (more) { try { ${OK} } catch { n++; more = n < 3; await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "of two comparisons",
      `let n = 0; let more = true; while (more) { try { ${OK} } catch (e: any) { n++; more = n < 3 && e !== null; await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "that are turned over",
      `let n = 0; let stop = false; while (!stop) { try { ${OK} } catch { n++; stop = !(n < 3); await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "made by Boolean",
      `let out: any; while (!Boolean(out)) { try { out = await ${SEND}; } catch { await sleep(9); } } return out;`,
      ENDLESS,
    ],
    [
      "of a text",
      `let state = "open"; while (state === "open") { try { await ${SEND}; state = "done"; } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "of a text that failures change",
      `let state = "open"; while (state !== "done") { try { await ${SEND}; state = "done"; } catch { state = "failed"; await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "of undefined",
      `let out: any; while (out == undefined) { try { out = await ${SEND}; } catch { await sleep(9); } } return out;`,
      ENDLESS,
    ],
    [
      "of null, the other way round",
      `let out: any = null; while (null === out) { try { out = await ${SEND}; } catch { await sleep(9); } } return out;`,
      ENDLESS,
    ],
    [
      "of what went wrong",
      `let problem: any = null; do { try { ${OK} } catch (e) { problem = e; await sleep(9); } } while (problem !== null);`,
      ENDLESS,
    ],
    [
      "of an object that is made",
      `let out: any; while (!out) { try { await ${SEND}; out = { ok: 1 }; } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "of a list that is made",
      `let out: any; while (!out) { try { await ${SEND}; out = []; } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "of a function that is made",
      `let out: any; while (!out) { try { await ${SEND}; out = () => 1; } catch { await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "that are not set",
      `let done; while (!done) { try { await ${SEND}; done = true; } catch { done = undefined; await sleep(9); } }`,
      ENDLESS,
    ],
    [
      "of one or the other",
      `let done = false; let failed = false; while (!done && !failed) { try { await ${SEND}; done = true; } catch { failed = true; } }`,
      "unknown",
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body)).toBe(expected);
  });

  it.each([
    [
      "of its own class, cleared by another method",
      `export class Users { running = true; stop(): void { this.running = false; } async run(): Promise<any> { while (this.running) { try { ${OK} } catch { await sleep(9); } } } }`,
    ],
    [
      "of its own class, asked for before the attempt",
      `export class Users { stopped = false; stop(): void { this.stopped = true; } async run(): Promise<any> { while (true) { if (this.stopped) return; try { ${OK} } catch { await sleep(9); } } } }`,
    ],
    [
      "of an object that a handler of signals changes",
      `const state = { stopped: false }; process.on("SIGTERM", () => { state.stopped = true; }); export async function run(): Promise<any> { while (!state.stopped) { try { ${OK} } catch { await sleep(9); } } }`,
    ],
    [
      "of an object that a caller holds",
      `export async function run(token: { cancelled: boolean }): Promise<any> { while (!token.cancelled) { try { ${OK} } catch { await sleep(9); } } }`,
    ],
    [
      "of text, that a caller holds",
      `export async function run(job: { state: string }): Promise<any> { while (job.state === "open") { try { ${OK} } catch { await sleep(9); } } }`,
    ],
  ])("%s, may end the attempts", (_, code) => {
    expect(words(factsOf({ code })).split(", ")[1]).toBe("unknown bound");
  });
});

describe("ways through expressions", () => {
  it.each([
    [
      "chosen by a condition",
      `for (let i = 0; i < 3; i++) { try { return ids.length > 1 ? await ${SEND} : null; } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "behind &&",
      `for (let i = 0; i < 3; i++) { try { return ids && (await ${SEND}); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "behind ??",
      `let known: any; for (let i = 0; i < 3; i++) { try { return known ?? (await ${SEND}); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "before ??",
      `for (let i = 0; i < 3; i++) { try { return (await ${SEND}) ?? null; } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "behind a comma",
      `for (let i = 0; i < 3; i++) { try { return log.warn(i), await ${SEND}; } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "inside of an object",
      `for (let i = 0; i < 3; i++) { try { return { out: await ${SEND} }; } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "inside of a call",
      `for (let i = 0; i < 3; i++) { try { return JSON.stringify(await ${SEND}); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "inside of Promise.all",
      `for (let i = 0; i < 3; i++) { try { return await Promise.all([${SEND}]); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "kept and handed to Promise.all",
      `for (let i = 0; i < 3; i++) { try { const sent = ${SEND}; return await Promise.all(sent as any); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "in a template",
      "for (let i = 0; i < 3; i++) { try { return `${await " +
        SEND +
        "}`; } catch { await sleep(9); } } throw new Error('no');",
      THREE,
    ],
    [
      "a pause chosen by a condition",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { await (i > 5 ? sleep(9) : sleep(1)); } } throw new Error("no");`,
      THREE,
    ],
    [
      "a pause behind &&",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { i < 2 && (await sleep(9)); } } throw new Error("no");`,
      THREE,
    ],
    [
      "a pause behind ||",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { i > 1 || (await sleep(9)); } } throw new Error("no");`,
      THREE,
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body)).toBe(expected);
  });
});

describe("ways through statements", () => {
  it.each([
    [
      "a switch that goes on",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { switch (i) { case 2: throw new Error("no"); default: await sleep(9); } } }`,
      THREE,
    ],
    [
      "a switch that breaks",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { switch (i) { case 0: case 1: await sleep(9); break; case 2: throw new Error("no"); } } }`,
      THREE,
    ],
    [
      "a switch with its default in front",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { switch (i) { default: await sleep(9); break; case 2: throw new Error("no"); } } }`,
      THREE,
    ],
    [
      "a switch in a loop that it continues",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { switch (i) { case 2: break; default: await sleep(9); continue; } throw new Error("no"); } }`,
      THREE,
    ],
    [
      "a block with a label",
      `for (let i = 0; i < 3; i++) { tries: { try { ${OK} } catch { if (i < 2) break tries; throw new Error("no"); } } await sleep(9); }`,
      THREE,
    ],
    [
      "a label that a loop inside continues",
      `tries: for (let i = 0; i < 3; i++) { try { ${OK} } catch { for (const id of ids) { log.warn(id); await sleep(9); continue tries; } } } throw new Error("no");`,
      "retry, bounded 3, everything, throws, 1 waits",
    ],
    [
      "a label behind which it throws",
      `tries: while (true) { for (let i = 0; i < 3; i++) { try { ${OK} } catch { await sleep(9); } } break tries; } throw new Error("no");`,
      THREE,
    ],
    [
      "finally that pauses",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch (e) { if (i === 2) throw e; } finally { await sleep(9); } }`,
      THREE,
    ],
    [
      "finally that breaks",
      `for (let i = 0; i < 3; i++) { try { await ${SEND}; } catch { await sleep(9); } finally { break; } }`,
      "unknown",
    ],
    [
      "finally alone",
      `for (let i = 0; i < 3; i++) { try { try { ${OK} } finally { log.warn(i); } } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "an exception that is caught further out",
      `for (let i = 0; i < 3; i++) { try { try { ${OK} } catch (e) { throw e; } } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "a loop inside that waits",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { let ready = false; while (!ready) { await sleep(9); ready = ids.length > 1; } } } throw new Error("no");`,
      THREE,
    ],
    [
      "a loop inside that is left",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { while (true) { await sleep(9); if (ids.length > 1) break; } } } throw new Error("no");`,
      THREE,
    ],
    [
      "a loop inside that ends it all",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch (e) { for (let k = 0; k < 2; k++) { if (i === 2) throw e; await sleep(9); } } }`,
      THREE,
    ],
    [
      "a loop inside with a do",
      `for (let i = 0; i < 3; i++) { try { ${OK} } catch { let k = 0; do { await sleep(9); k++; } while (k < 2); } } throw new Error("no");`,
      THREE,
    ],
    [
      "declarations in a row",
      `let i = 0, end = 3; while (i < end) { try { ${OK} } catch { i++; await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "no body at all",
      `for (let i = 0; i < 3; i++) try { ${OK} } catch { await sleep(9); } throw new Error("no");`,
      THREE,
    ],
    [
      "a return of nothing",
      `for (let i = 0; ; i++) { try { await ${SEND}; return; } catch { if (i === 2) return; await sleep(9); } }`,
      LOST,
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body)).toBe(expected);
  });
});

describe("promises", () => {
  it.each([
    [
      "a handler that throws again",
      `for (let i = 0; i < 3; i++) { try { return await ${SEND}.catch((e) => { throw e; }); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "a handler that rejects again",
      `for (let i = 0; i < 3; i++) { try { return await ${SEND}.catch((e) => Promise.reject(e)); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "a handler that is a function elsewhere",
      `for (let i = 0; i < 3; i++) { const out = await ${SEND}.catch(handle); if (out) return out; await sleep(9); } throw new Error("no");`,
      THREE,
    ],
    [
      "both handlers",
      `for (let i = 0; i < 3; i++) { const ok = await ${SEND}.then(() => true, () => false); if (ok) return; await sleep(9); } throw new Error("no");`,
      THREE,
    ],
    [
      "a handler of success alone",
      `for (let i = 0; i < 3; i++) { try { return await ${SEND}.then((out) => out.UserSummaryList); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "no handler of success",
      `for (let i = 0; i < 3; i++) { const out = await ${SEND}.then(undefined, () => null); if (out) return out; await sleep(9); } throw new Error("no");`,
      THREE,
    ],
    [
      "finally in between",
      `for (let i = 0; i < 3; i++) { try { return await ${SEND}.finally(() => { log.warn(i); }); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "finally without anything",
      `for (let i = 0; i < 3; i++) { try { return await ${SEND}.finally(); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "finally that throws",
      `for (let i = 0; i < 3; i++) { try { await ${SEND}.finally(() => { throw new Error("no"); }); } catch { await sleep(9); } } throw new Error("no");`,
      "unknown",
    ],
    [
      "a promise that is made around it",
      `for (let i = 0; i < 3; i++) { try { return await new Promise((resolve, reject) => { ${SEND}.then(resolve, reject); }); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "a promise that is made around it and settled by hand",
      `for (let i = 0; i < 3; i++) { try { return await new Promise((resolve, reject) => { ${SEND}.then((out) => { resolve(out); }).catch((e) => { reject(e); }); }); } catch { await sleep(9); } } throw new Error("no");`,
      THREE,
    ],
    [
      "nobody waits for it",
      `for (let i = 0; i < 3; i++) { try { void ${SEND}; return; } catch { await sleep(9); } } throw new Error("no");`,
      "unknown",
    ],
  ])("%s", (_, body, expected) => {
    expect(verdict(body, `declare function handle(e: unknown): null;`)).toBe(expected);
  });
});
