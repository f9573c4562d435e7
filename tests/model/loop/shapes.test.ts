import { describe, expect, it } from "vitest";
import { factsOf, words } from "./lab.ts";

/** A loop with its verdict, and code that looks like it but means something else. */
interface Shape {
  readonly name: string;
  readonly code: string;
  readonly verdict: string;
  readonly lookalike: string;
  readonly its: string;
}

const CALL = "/*target*/ client.send(cmd)";
const ATTEMPT = `return await ${CALL};`;
const UNBOUNDED = "retry, unbounded: no-exit, everything, unknown";

const shapes: readonly Shape[] = [
  {
    name: "for with a counter; a loop over as many items",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch { await sleep(100); } } throw new Error("failed");`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: ids[i] })); } catch (e) { console.error(e); } }`,
    its: "iteration",
  },
  {
    name: "while (true) without an exit; with one in the catch",
    code: `while (true) { try { ${ATTEMPT} } catch { await sleep(100); } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `let n = 0; while (true) { try { ${ATTEMPT} } catch (e) { if (++n >= 4) throw e; await sleep(100); } }`,
    its: "retry, bounded 4, everything, throws, 1 waits",
  },
  {
    name: "for (;;) that goes on in the catch; that leaves in it",
    code: `for (;;) { try { ${ATTEMPT} } catch { continue; } }`,
    verdict: `${UNBOUNDED}, 0 waits`,
    lookalike: `for (;;) { try { await ${CALL}; } catch { break; } await sleep(60000); }`,
    its: "pacing",
  },
  {
    name: "a counted loop in the catch; one that is all there is to count",
    code: `for (let i = 0; i < 4; i++) { try { ${ATTEMPT} } catch { for (let n = 0; n < 3; n++) log.warn(n); await sleep(100); } } throw new Error("failed");`,
    verdict: "retry, bounded 4, everything, throws, 1 waits",
    lookalike: `while (true) { try { ${ATTEMPT} } catch { for (let n = 0; n < 3; n++) log.warn(n); await sleep(100); } }`,
    its: `${UNBOUNDED}, 1 waits`,
  },
  {
    name: "items gone through in the catch; the same up to a limit",
    code: `while (true) { try { ${ATTEMPT} } catch { for (const id of ["a", "b"]) log.warn(id); await sleep(100); } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `let n = 0; while (n++ < 5) { try { ${ATTEMPT} } catch { for (const id of ids) log.warn(id); let m = 0; while (m < 2) m++; await sleep(100); } } throw new Error("failed");`,
    its: "retry, bounded 5, everything, throws, 1 waits",
  },
  {
    name: "a limit that is asked for while it waits in many small steps; no limit there",
    code: `for (let n = 1; ; n++) { try { ${ATTEMPT} } catch (e) { for (let i = 0; i < 30; i++) { if (n > 4) throw e; await sleep(100); } } }`,
    verdict: "retry, bounded 5, everything, throws, 1 waits",
    lookalike: `for (let n = 1; ; n++) { try { ${ATTEMPT} } catch (e) { for (let i = 0; i < 30; i++) { if (i > 40) throw e; await sleep(100); } } }`,
    its: `${UNBOUNDED}, 1 waits`,
  },
  {
    name: "pages asked for again from the first one; pages that bring more work",
    code: `while (true) { try { const pages = /*target*/ client.paginateListUsers({}); for await (const page of pages) log.warn(page); return; } catch { await sleep(100); } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `const found = [...ids]; for (const id of found) { const pages = /*target*/ client.paginateListUsers({ InstanceId: id }); for await (const page of pages) found.push(page); }`,
    its: "iteration",
  },
  {
    name: "items asked for where they are gone through; items of the next page, by keys that others name",
    code: `while (true) { try { for (const user of (await ${CALL}).UserSummaryList) log.warn(user); return; } catch { await sleep(100); } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `const [from, to] = ids; let page = await ${CALL.replace("/*target*/ ", "")}; while (from in page && page[from]) { cmd.input[to] = page[from]; page = await ${CALL}; }`,
    its: "iteration",
  },
  {
    name: "asked until there is none; deleted until there is none",
    code: `while (true) { const page = await ${CALL}; if (page.UserSummaryList.length === 0) break; log.warn(page); }`,
    verdict: "poll, unbounded: no-exit, unknown, unknown, 0 waits",
    lookalike: `while (true) { const page = await ${CALL}; if (page.UserSummaryList.length === 0) break; for (const user of page.UserSummaryList) await client.send(user); }`,
    its: "unknown",
  },
  {
    name: "a flag in an object that nothing else changes; where any member may be changed",
    code: `const state = { done: false }; while (!state.done) { try { await ${CALL}; state.done = true; } catch { state.done = false; await sleep(100); } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `const state: Record<string, boolean> = { done: false }; while (!state.done) { try { await ${CALL}; state.done = true; } catch { state.done = false; state[ids[0]] = true; await sleep(100); } }`,
    its: "retry, unknown bound, everything, unknown, 1 waits",
  },
  {
    name: "attempts for one after the other, of whom one has to answer; of whom each should",
    code: `for (const id of ids) { for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch { log.warn(id); await sleep(100); } } } throw new Error("failed");`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `for (const id of ids) { for (let i = 0; i < 3; i++) { try { await ${CALL}; break; } catch { log.warn(id); await sleep(100); } } } throw new Error("failed");`,
    its: "retry, bounded 3, everything, silent, 1 waits",
  },
  {
    name: "do…while on a flag set in the catch; a flag that pages",
    code: `let again = false; let n = 0; do { again = false; try { await ${CALL}; } catch (e) { if (n < 3) { n++; again = true; await sleep(1); continue; } throw e; } } while (again);`,
    verdict: "retry, bounded 4, everything, throws, 1 waits",
    lookalike: `let token: string | undefined; do { const page = await /*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token })); token = page.NextToken; } while (token);`,
    its: "pagination",
  },
  {
    name: "a flag for success, counted; never counted",
    code: `let done = false; let tries = 0; while (!done && tries < 5) { try { await ${CALL}; done = true; } catch { tries += 1; await sleep(10); } } if (!done) throw new Error("gave up");`,
    verdict: "retry, bounded 5, everything, throws, 1 waits",
    lookalike: `let done = false; while (!done) { try { await ${CALL}; done = true; } catch { await sleep(10); } }`,
    its: `${UNBOUNDED}, 1 waits`,
  },
  {
    name: "counting down; the wrong way",
    code: `let left = 3; while (left > 0) { try { ${ATTEMPT} } catch (e) { left--; if (left === 0) throw e; } }`,
    verdict: "retry, bounded 3, everything, throws, 0 waits",
    lookalike: `let left = 3; while (left > 0) { try { ${ATTEMPT} } catch { left++; } }`,
    its: `${UNBOUNDED}, 0 waits`,
  },
  {
    name: "while (attempts--); never decremented",
    code: `let attempts = 4; while (attempts--) { try { ${ATTEMPT} } catch { await sleep(1); } } throw new Error("no");`,
    verdict: "retry, bounded 4, everything, throws, 1 waits",
    lookalike: `let attempts = 4; while (attempts) { try { ${ATTEMPT} } catch { await sleep(1); } }`,
    its: "retry, unbounded: counter-stuck, everything, unknown, 1 waits",
  },
  {
    name: "a counter bumped in its test; one that starts again in each round",
    code: `let n = 0; while (n++ < 5) { try { ${ATTEMPT} } catch { await sleep(1); } } throw new Error("no");`,
    verdict: "retry, bounded 5, everything, throws, 1 waits",
    lookalike: `while (true) { let n = 0; try { ${ATTEMPT} } catch (e) { n++; if (n > 5) throw e; await sleep(1); } }`,
    its: "retry, unbounded: counter-reset, everything, unknown, 1 waits",
  },
  {
    name: "a counter bumped twice is half the cap; with === it is skipped",
    code: `for (let i = 0; i < 6; i++) { try { ${ATTEMPT} } catch { i++; } } throw new Error("no");`,
    verdict: "retry, bounded 3, everything, throws, 0 waits",
    lookalike: `let i = 0; while (true) { try { ${ATTEMPT} } catch (e) { i += 2; if (i === 5) throw e; } }`,
    its: "retry, unbounded: counter-skipped, everything, unknown, 0 waits",
  },
  {
    name: "a counter that only a success advances; one that a failure advances too",
    code: `let i = 0; while (i < ids.length) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: ids[i] })); i++; } catch { await sleep(10); } }`,
    verdict: "retry, unbounded: counter-only-on-success, everything, unknown, 1 waits",
    lookalike: `let i = 0; while (i < ids.length) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: ids[i] })); } catch { await sleep(10); } i++; }`,
    its: "iteration",
  },
  {
    name: "an index taken back on failure; left alone",
    code: `for (let i = 0; i < ids.length; i++) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: ids[i] })); } catch { i--; await sleep(10); } }`,
    verdict: "retry, unbounded: counter-only-on-success, everything, unknown, 1 waits",
    lookalike: `for (let i = 0; i < ids.length; i++) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: ids[i] })); } catch { log.warn(i); } await sleep(10); }`,
    its: "pacing",
  },
  {
    name: "a limit that is no number; a readable one",
    code: `let n = 0; while (true) { try { ${ATTEMPT} } catch (e) { if (n++ >= Infinity) throw e; await sleep(1); } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `let n = 0; while (true) { try { ${ATTEMPT} } catch (e) { if (n++ >= Math.min(3, 9)) throw e; await sleep(1); } }`,
    its: "retry, bounded 4, everything, throws, 1 waits",
  },
  {
    name: "a negative limit that !== never meets; that < meets at once",
    code: `let left = -1; while (left !== 0) { try { ${ATTEMPT} } catch { left--; } }`,
    verdict: "retry, unbounded: counter-skipped, everything, unknown, 0 waits",
    lookalike: `let left = 2; while (left !== 0) { try { ${ATTEMPT} } catch { left--; } } throw new Error("no");`,
    its: "retry, bounded 2, everything, throws, 0 waits",
  },
  {
    name: "a limit from the environment; a limit compared with nothing that counts",
    code: `const max = Number(process.env["MAX"]); let n = 0; while (n < max) { try { ${ATTEMPT} } catch { n++; } } throw new Error("no");`,
    verdict: "retry, bounded ?, everything, throws, 0 waits",
    lookalike: `const max = Number(process.env["MAX"]); const n = 0; while (n < max) { try { ${ATTEMPT} } catch { await sleep(1); } }`,
    its: "retry, unbounded: counter-stuck, everything, unknown, 1 waits",
  },
  {
    name: "one path of the failure is not counted; all are",
    code: `let n = 0; while (true) { try { ${ATTEMPT} } catch (e) { if ((e as Error).name === "ThrottlingException") { await sleep(10); continue; } if (++n > 3) throw e; } }`,
    verdict: "retry, unbounded: no-exit, everything, unknown, 1 waits",
    lookalike: `let n = 0; while (true) { try { ${ATTEMPT} } catch (e) { if (++n > 3) throw e; if ((e as Error).name === "ThrottlingException") { await sleep(10); continue; } } }`,
    its: "retry, bounded 4, everything, throws, 1 waits",
  },
  {
    name: "a deadline by the clock; a clock read anew in each round",
    code: `const end = Date.now() + 60000; while (Date.now() < end) { try { ${ATTEMPT} } catch { await sleep(500); } } throw new Error("late");`,
    verdict: "retry, bounded ?, everything, throws, 1 waits",
    lookalike: `while (true) { const started = Date.now(); try { ${ATTEMPT} } catch (e) { if (Date.now() - started > 60000) throw e; await sleep(500); } }`,
    its: "retry, unknown bound, everything, unknown, 1 waits",
  },
  {
    name: "the time that a Lambda has left; no bound at all",
    code: `while (context.getRemainingTimeInMillis() > 5000) { try { ${ATTEMPT} } catch { await sleep(500); } } throw new Error("late");`,
    verdict: "retry, bounded ?, everything, throws, 1 waits",
    lookalike: `while (mayGoOn()) { try { ${ATTEMPT} } catch { await sleep(500); } } throw new Error("late");`,
    its: "retry, unknown bound, everything, unknown, 1 waits",
  },
  {
    name: "a signal; a flag that another function clears",
    code: `while (!signal.aborted) { try { ${ATTEMPT} } catch { await sleep(500); } } throw new Error("aborted");`,
    verdict: "retry, bounded ?, everything, throws, 1 waits",
    lookalike: `let running = true; process.on("SIGTERM", () => { running = false; }); while (running) { try { ${ATTEMPT} } catch { await sleep(500); } }`,
    its: "retry, unknown bound, everything, unknown, 1 waits",
  },
  {
    name: "a list of delays; a list of data",
    code: `for (const delay of [100, 200, 400]) { try { ${ATTEMPT} } catch { await sleep(delay); } } throw new Error("no");`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `for (const id of ids) { try { return await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); } catch { await sleep(10); } }`,
    its: "iteration",
  },
  {
    name: "the keys of an array of five; five calls",
    code: `for (const attempt of Array(5).keys()) { try { ${ATTEMPT} } catch (e) { if (attempt === 4) throw e; } }`,
    verdict: "retry, bounded 5, everything, throws, 0 waits",
    lookalike: `for (const n of Array(5).keys()) { await ${CALL}; }`,
    its: "iteration",
  },
  {
    name: "Array.from; a user per item",
    code: `for (const _ of Array.from({ length: 3 })) { try { ${ATTEMPT} } catch { await sleep(5); } }`,
    verdict: "retry, bounded 3, everything, silent, 1 waits",
    lookalike: `for (const name of Array.from(new Set(ids))) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: name })); } catch { await sleep(5); } }`,
    its: "iteration",
  },
  {
    name: "labelled loops: continue to the inner head; to the next item",
    code: `outer: for (const id of ids) { inner: while (true) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); continue outer; } catch { await sleep(1); continue inner; } } }`,
    verdict: `${UNBOUNDED}, 1 waits`,
    lookalike: `outer: for (const id of ids) { while (true) { try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); break; } catch { continue outer; } } }`,
    its: "unknown",
  },
  {
    name: "a poll on a result; a walk over pages",
    code: `let state = ""; while (state !== "ACTIVE") { const it = await ${CALL} as any; state = it.Status; await sleep(1000); }`,
    verdict: "poll, unbounded: no-exit, unknown, unknown, 1 waits",
    lookalike: `let page = await client.send(cmd); while (page.NextToken) { page = await /*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: page.NextToken })); await sleep(500); }`,
    its: "pagination",
  },
  {
    name: "a poll with an attempt limit; a scheduler",
    code: `for (let n = 0; n < 30; n++) { const it = await ${CALL} as any; if (it.Status === "DONE") return it; await sleep(2000); } throw new Error("not done");`,
    verdict: "poll, bounded 30, unknown, throws, 1 waits",
    lookalike: `while (true) { const it = await ${CALL}; console.log(it); await sleep(60000); }`,
    its: "pacing",
  },
  {
    name: "a poll with a deadline; a count of results",
    code: `const start = Date.now(); do { const it = await ${CALL} as any; if (it.Done) return it; await sleep(10); } while (Date.now() - start < 60000); throw new Error("late");`,
    verdict: "poll, bounded ?, unknown, throws, 1 waits",
    lookalike: `let total = 0; while (total < 100) { const it = await ${CALL} as any; total = total + it.Count; await sleep(10); }`,
    its: "pacing",
  },
  {
    name: "a poll in the test of the loop; a test asked once",
    code: `while ((await ${CALL} as any).Status !== "DONE") { await sleep(1000); }`,
    verdict: "poll, unbounded: no-exit, unknown, unknown, 1 waits",
    lookalike: `for (const user of (await client.send(cmd)).UserSummaryList ?? []) { await /*target*/ client.send(new ListUsersCommand({ InstanceId: user.Id })); }`,
    its: "iteration",
  },
  {
    name: "errors as values; values of paced work",
    code: `for (let i = 0; i < 3; i++) { const { err, data } = await /*target*/ safe(cmd); if (!err) return data; await sleep(100); } throw new Error("no");`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `for (const id of ids) { const { err, data } = await /*target*/ safe(id); if (!err) console.log(data); await sleep(100); }`,
    its: "pacing",
  },
  {
    name: "an error as the first of a pair, without bound; with one",
    code: `while (true) { const [error, data] = await /*target*/ safe(cmd); if (error === null) return data; await sleep(100); }`,
    verdict: "retry, unbounded: no-exit, everything, unknown, 1 waits",
    lookalike: `let n = 0; while (true) { const [error, data] = await /*target*/ safe(cmd); if (!error) return data; if (++n === 3) throw error; await sleep(100); }`,
    its: "retry, bounded 3, everything, throws, 1 waits",
  },
  {
    name: "only throttling goes back; everything but access goes back",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { if ((e as Error).name !== "ThrottlingException") throw e; await sleep(1); } } throw new Error("no");`,
    verdict: "retry, bounded 3, some throttling [ThrottlingException], throws, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { if ((e as Error).name === "AccessDeniedException") throw e; await sleep(1); } } throw new Error("no");`,
    its: "retry, bounded 3, some [], throws, 1 waits",
  },
  {
    name: "a switch on the name; a set of names",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e: any) { switch (e.name) { case "ThrottlingException": case "TooManyRequestsException": await sleep(1); break; default: throw e; } } } throw new Error("no");`,
    verdict:
      "retry, bounded 3, some throttling [ThrottlingException TooManyRequestsException], throws, 1 waits",
    lookalike: `const RETRY = new Set(["ThrottlingException", "InternalServiceException"]); for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e: any) { if (!RETRY.has(e.name)) throw e; await sleep(1); } } throw new Error("no");`,
    its: "retry, bounded 3, some [ThrottlingException InternalServiceException], throws, 1 waits",
  },
  {
    name: "a name in a variable; a status",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e: any) { const isThrottled = e instanceof Error && (e.name === "ThrottlingException" || e.name === "SlowDown"); if (!isThrottled) throw e; await sleep(1); } } throw new Error("no");`,
    verdict: "retry, bounded 3, some throttling [ThrottlingException SlowDown], throws, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e: any) { if (e.$metadata?.httpStatusCode < 500) throw e; await sleep(1); } } throw new Error("no");`,
    its: "retry, bounded 3, some [], throws, 1 waits",
  },
  {
    name: "a function that asks in two ways, one of which cannot be read; one that asks for throttling alone",
    code: `function again(e: any): boolean { const { name } = e; if (name === "RestException") { return e.status === 429 || e.status >= 500; } return ["ThrottlingException", "InternalServiceException"].includes(name); } for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { if (!again(e)) throw e; await sleep(1); } } throw new Error("no");`,
    verdict:
      "retry, bounded 3, some [ThrottlingException InternalServiceException], throws, 1 waits",
    lookalike: `function again(e: any): boolean { if (!(e instanceof Error)) return false; return e.name === "ThrottlingException" || e.name === "TooManyRequestsException"; } for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { if (!again(e)) throw e; await sleep(1); } } throw new Error("no");`,
    its: "retry, bounded 3, some throttling [ThrottlingException TooManyRequestsException], throws, 1 waits",
  },
  {
    name: "429 alone; a test that both ways lead back",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e: any) { if (e.$metadata.httpStatusCode === 429) { await sleep(1); continue; } throw e; } } throw new Error("no");`,
    verdict: "retry, bounded 3, some throttling [], throws, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e: any) { if (e.name === "ThrottlingException") { await sleep(1); } else { await sleep(2); } } } throw new Error("no");`,
    its: "retry, bounded 3, everything, throws, 2 waits",
  },
  {
    name: "a predicate that can be read; one that cannot",
    code: `const isRetryable = (e: any) => e.name === "ThrottlingException"; for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { if (!isRetryable(e)) throw e; } } throw new Error("no");`,
    verdict: "retry, bounded 3, some throttling [ThrottlingException], throws, 0 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { if (!isRetryable(e)) throw e; } } throw new Error("no");`,
    its: "retry, bounded 3, some [], throws, 0 waits",
  },
  {
    name: "the last error is lost; kept and thrown",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { log.warn(e); } }`,
    verdict: "retry, bounded 3, everything, silent, 0 waits",
    lookalike: `let last: unknown; for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch (e) { last = e; } } throw last;`,
    its: "retry, bounded 3, everything, throws, 0 waits",
  },
  {
    name: "an empty result is returned; a value that says so",
    code: `let result: ListUsersCommandOutput | undefined; for (let i = 0; i < 3; i++) { try { result = await ${CALL}; break; } catch { await sleep(1); } } return result;`,
    verdict: "retry, bounded 3, everything, silent, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { await ${CALL}; return { ok: true }; } catch { await sleep(1); } } return { ok: false };`,
    its: "retry, bounded 3, everything, returns, 1 waits",
  },
  {
    name: "thrown in the last round; never reached",
    code: `const max = 3; for (let i = 0; i < max; i++) { try { ${ATTEMPT} } catch (e) { if (i === max - 1) throw e; await sleep(1); } }`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `const max = 3; for (let i = 0; i < max; i++) { try { ${ATTEMPT} } catch (e) { if (i === max) throw e; await sleep(1); } }`,
    its: "retry, bounded 3, everything, silent, 1 waits",
  },
  {
    name: "a callback hears of the end; only a log does",
    code: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch { await sleep(1); } } notify("gave up");`,
    verdict: "retry, bounded 3, everything, unknown, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { try { ${ATTEMPT} } catch { await sleep(1); } } console.error("gave up");`,
    its: "retry, bounded 3, everything, silent, 1 waits",
  },
  {
    name: "goes on after a success; leaves by a flag",
    code: `let n = 0; while (n < 3) { try { await ${CALL}; } catch { await sleep(1); n++; } }`,
    verdict: "retry, unbounded: goes-on-after-success, everything, silent, 1 waits",
    lookalike: `let n = 0; let ok = false; while (n < 3 && !ok) { try { await ${CALL}; ok = true; } catch { await sleep(1); n++; } } return ok;`,
    its: "retry, bounded 3, everything, unknown, 1 waits",
  },
  {
    name: "finally counts; finally returns",
    code: `let n = 0; while (n < 3) { try { ${ATTEMPT} } catch { await sleep(1); } finally { n++; } } throw new Error("no");`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `while (true) { try { await ${CALL}; } catch { await sleep(1); } finally { return; } }`,
    its: "unknown",
  },
  {
    name: "a promise that nobody awaits in the try; an awaited one",
    code: `while (true) { try { return ${CALL}; } catch { await sleep(1); } }`,
    verdict: "unknown",
    lookalike: `while (true) { try { const sent = ${CALL}; return await sent; } catch { await sleep(1); } }`,
    its: `${UNBOUNDED}, 1 waits`,
  },
  {
    name: "a handler on the promise; on another promise",
    code: `for (let i = 0; i < 3; i++) { const out = await ${CALL}.catch(() => null); if (out) return out; await sleep(9); } throw new Error("no");`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `for (let i = 0; i < 3; i++) { const out = await ${CALL}; await audit(out).catch(() => null); await sleep(9); }`,
    its: "pacing",
  },
  {
    name: "a queue drained; a queue that a failure stops",
    code: `while (ids.length > 0) { const id = ids.shift(); try { await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); } catch (e) { log.warn(e); } }`,
    verdict: "worker",
    lookalike: `let id; while ((id = ids.pop())) { await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); }`,
    its: "worker",
  },
  {
    name: "a page asked again until it comes; a page that fails the whole",
    code: `let token: string | undefined; do { try { const page = await /*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token })); token = page.NextToken; } catch { await sleep(100); } } while (token);`,
    verdict: "retry, unbounded: no-exit, everything, unknown, 1 waits",
    lookalike: `let token: string | undefined; do { try { const page = await /*target*/ client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token })); token = page.NextToken; } catch { break; } await sleep(100); } while (token);`,
    its: "pagination",
  },
  {
    name: "the result thrown back into the catch; a failure that is final",
    code: `for (let i = 0; i < 3; i++) { try { const out = await ${CALL}; if (!out.UserSummaryList) throw new Error("empty"); return out; } catch (e) { if (i === 2) throw e; await sleep(1); } }`,
    verdict: "retry, bounded 3, everything, throws, 1 waits",
    lookalike: `for (const id of ids) { try { const out = await /*target*/ client.send(new ListUsersCommand({ InstanceId: id })); if (!out.UserSummaryList) throw new Error("empty"); } catch (e) { log.warn(e); } }`,
    its: "iteration",
  },
  {
    name: "another region after each failure is no retry of the same; the same client is",
    code: `const clients = [client, client]; for (let i = 0; i < clients.length; i++) { try { return await /*target*/ clients[i]!.send(cmd); } catch { log.warn(i); } }`,
    verdict: "iteration",
    lookalike: `const clients = [client, client]; for (let i = 0; i < clients.length; i++) { try { return await /*target*/ clients[0]!.send(cmd); } catch { log.warn(i); } }`,
    its: "retry, bounded 2, everything, silent, 0 waits",
  },
  {
    name: "for await over a paginator; calls for each of its pages",
    code: `for await (const page of /*target*/ paginateListUsers({ client }, { InstanceId: "i" })) { console.log(page); }`,
    verdict: "pagination",
    lookalike: `for await (const page of paginateListUsers({ client }, { InstanceId: "i" })) { await /*target*/ client.send(new ListUsersCommand({ InstanceId: page.Id })); }`,
    its: "iteration",
  },
];

const inFunction = (body: string): string =>
  `export async function run(): Promise<unknown> { ${body} }`;

describe("loops by what they do", () => {
  for (const { name, code, verdict, lookalike, its } of shapes) {
    it(name, () => {
      const [here, there] = [code, lookalike].map((body) =>
        words(factsOf({ code: inFunction(body) })),
      );
      expect([here, there]).toEqual([verdict, its]);
    });
  }

  it("knows at least forty shapes", () => {
    expect(new Set(shapes.map(({ code }) => code)).size).toBeGreaterThanOrEqual(40);
  });
});
