/** The layers around a call, where they are easily seen twice, too few times, or not at all. */
import { describe, expect, it } from "vitest";
import type { Layer } from "../../../src/model/retry/layer.ts";
import { isRetriedOutside } from "../../../src/model/retry/coverage.ts";
import { isErrorTakenForResult } from "../../../src/model/retry/returned-error.ts";
import { leastTotalWait } from "../../../src/model/retry/total-wait.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { atCall, getting, SEND } from "./support.ts";

const shortly = ({ kind, attempts }: Layer): string =>
  `${kind} ${attempts.kind === "bounded" ? String(attempts.max) : attempts.kind}`;

describe("a wrapper of the project", () => {
  const inWrapper = (body: string): readonly string[] =>
    atCall(
      `async function withRetry<T>(fn: (n?: number) => Promise<T>): Promise<T> { ${body} }
       export const get = (UserId: string) => withRetry(() => ${SEND});`,
      (_call, layers) => layers.map(shortly),
    );

  it("is one layer where its loop runs the callback at two places", () => {
    expect(
      inWrapper(
        `for (let n = 0; ; n++) { try { if (n === 0) return await fn(); return await fn(n); } catch (e) { if (n > 1) throw e; await sleep(9); } }`,
      ),
    ).toEqual(["wrapper 3"]);
  });
  it("is one layer where it runs the callback once more after its loop", () => {
    expect(
      inWrapper(
        `for (let n = 0; n < 3; n++) { try { return await fn(); } catch { await sleep(9); } } return fn();`,
      ),
    ).toEqual(["wrapper 3"]);
  });
  it("is two layers around itself", () => {
    expect(
      atCall(
        `async function again<T>(fn: () => Promise<T>): Promise<T> { for (let n = 0; ; n++) { try { return await fn(); } catch (e) { if (n > 1) throw e; } } }
         export const get = (UserId: string) => again(() => again(() => ${SEND}));`,
        (_call, layers) => layers.map(shortly),
      ),
    ).toEqual(["wrapper 3", "wrapper 3"]);
  });
  it.each([
    ["taken apart", "const { again } = await import('./again.js'); return again"],
    ["renamed", "const { again: once } = await import('./again.js'); return once"],
    ["as a namespace", "const library = await import('./again.js'); return library.again"],
  ])("is read in a file that is imported on demand, %s", (_how, imported) => {
    expect(
      atCall(
        `export async function get(UserId: string) { ${imported}(() => ${SEND}); }`,
        (_call, layers) => layers.map(shortly),
        {
          "again.ts": `export async function again<T>(fn: () => Promise<T>): Promise<T> { for (let n = 0; ; n++) { try { return await fn(); } catch (e) { if (n > 1) throw e; } } }`,
        },
      ),
    ).toEqual(["wrapper 3"]);
  });
});

describe("the wait between two attempts", () => {
  const waiting = (rest: string): string =>
    atCall(
      getting(
        `for (let n = 0; n < 3; n++) { try { return await ${SEND}; } catch (error: any) { ${rest} } } throw new Error("no");`,
      ),
      (_call, [layer]) => `${layer?.label ?? "none"}: ${layer?.delay.kind ?? "none"}`,
    );

  it.each([
    ["", "none"],
    ["await sleep(9);", "fixed"],
    ["await sleep(9 * 2 ** n);", "growing"],
    ["await sleep(9 * Math.random());", "jittered"],
    ["await sleep(Number(UserId));", "fixed"],
    // One random wait on the way spreads callers.
    ["await sleep(9); await sleep(9 * Math.random());", "jittered"],
    // Nobody knows whether what cannot be read is random.
    ["await sleep(9); await sleep(error.wait);", "unknown"],
    // Seconds that are counted down
    ["for (let s = error.seconds; s > 0; s--) await sleep(1000);", "unknown"],
    ["if (error.retryable) await sleep(9);", "fixed"],
  ])("%s: %s", (rest, expected) => {
    expect(waiting(rest)).toBe(`this for loop: ${expected}`);
  });
});

describe("what a layer is called", () => {
  const failing = `try { return await ${SEND}; } catch (error) { await sleep(9); }`;
  it.each([
    [getting(`for (let n = 0; n < 3; n++) { ${failing} }`), "loop: this for loop"],
    [getting(`while (true) { ${failing} }`), "loop: this while loop"],
    [getting(`do { ${failing} } while (true);`), "loop: this do…while loop"],
    [
      getting(`for (const n of [1, 2, 3]) { ${failing} console.log(n); }`),
      "loop: this for…of loop",
    ],
    [
      `export async function get(UserId: string, n = 0): Promise<unknown> { try { return await ${SEND}; } catch (error) { if (n > 3) throw error; return get(UserId, n + 1); } }`,
      "recursion: this recursion",
    ],
    [
      `export async function all(queue: string[]) { while (queue.length > 0) { const UserId = queue.shift()!; try { await ${SEND}; } catch { queue.push(UserId); } } }`,
      "requeue: this re-queueing",
    ],
  ])("%s", (code, expected) => {
    expect(
      atCall(code, (_call, layers) => layers.map(({ kind, label }) => `${kind}: ${label}`)),
    ).toEqual([expected]);
  });
});

describe("rounds over what was left of a chunk", () => {
  it("are one layer, whatever goes over the chunks", () => {
    const code = `export async function all(ids: any[]) { for (let i = 0; i < ids.length; i += 5) { let left: any = ids.slice(i, i + 5); let n = 0; while (left.length > 0 && n < 3) { const answer: any = await /*target*/ client.send(left); const rest = answer.UnprocessedItems || []; if (rest.length > 0) { left = rest; n++; await sleep(9); } else { break; } } if (left.length > 0 && n >= 3) console.error(left); } }`;
    expect(
      atCall(code, (_call, layers) => layers.map(({ purpose, label }) => `${purpose}: ${label}`)),
    ).toEqual(["leftovers: this while loop"]);
  });
});

describe("rounds over what failed", () => {
  const covered = (code: string): string =>
    atCall(code, (node) => {
      const call = sdkCallAt(node);
      return call === undefined ? "no call" : isRetriedOutside(call);
    });

  it("repeat what settled as rejected", () => {
    expect(
      covered(
        `export async function all(ids: string[]) { let left = ids; for (let n = 0; n < 3; n++) { const results = await Promise.allSettled(left.map((UserId) => ${SEND})); left = left.filter((_, i) => results[i]?.status === "rejected"); } }`,
      ),
    ).toBe("yes");
  });
  it("repeat what their handlers collected", () => {
    expect(
      covered(
        `export async function all(ids: string[]) { let left = ids; while (left.length > 0) { const failed: string[] = []; await Promise.all(left.map(async (UserId) => { try { await ${SEND}; } catch { failed.push(UserId); } })); left = failed; } }`,
      ),
    ).toBe("yes");
  });
  it("look-alike: chunks of the work", () => {
    expect(
      covered(
        `export async function all(ids: string[]) { const failed: unknown[] = []; while (ids.length > 0) { const chunk = ids.splice(0, 10); const results = await Promise.allSettled(chunk.map((UserId) => ${SEND})); failed.push(...results.filter((r) => r.status === "rejected")); } return failed; }`,
      ),
    ).toBe("no");
  });
});

describe("the least that a layer waits in sum", () => {
  it.each([
    ["1000", 4000],
    ["1000 * 2 ** n", 15_000],
    ["Math.min(1000 * 2 ** n, 3000)", 9000],
    ["1000 * (n + 1)", 10_000],
    ["1000 / (n + 1)", undefined],
    ["Math.random() * 1000", undefined],
  ])("sleep(%s) four times", (ms, expected) => {
    expect(
      atCall(
        `export async function get(UserId: string) { for (let n = 0; n < 5; n++) { try { return await ${SEND}; } catch { await sleep(${ms}); } } throw new Error("no"); }`,
        (_call, [layer]) => layer && leastTotalWait(layer),
      ),
    ).toBe(expected);
  });
});

describe("an error that is returned", () => {
  const taken = (caller: string, success = "return", type = ""): string | undefined =>
    atCall(
      `async function get(UserId: string)${type} { for (let n = 0; ; n++) { try { const user = await ${SEND}; ${success} user; } catch (error) { if (n > 1) return error; await sleep(9); } } }
       export async function show() { const user: any = await get("u"); ${caller} }`,
      (_call, [layer]) => layer && isErrorTakenForResult(layer),
    );

  it("is taken for a result by a caller that reads it as one", () => {
    expect(taken("console.log(user.User.Arn);")).toBe("yes");
  });
  it("is taken for a result by a caller that stores it", () => {
    expect(taken("const all: unknown[] = []; all.push(user);")).toBe("yes");
    expect(taken("console.log(user);")).toBe("unknown");
  });
  it("is told apart by a caller that asks", () => {
    expect(taken("if (user instanceof Error) throw user; console.log(user.User.Arn);")).toBe("no");
    expect(taken("if (user.$metadata === undefined) throw user; return user.User;")).toBe("no");
  });
  it("is taken for a result by a caller that takes it apart", () => {
    expect(taken("const { User } = user; console.log(User);")).toBe("yes");
  });
  it("is told apart by a caller that asks in words of its own", () => {
    expect(taken("if (isServiceException(user)) throw user; console.log(user.User.Arn);")).toBe(
      "no",
    );
    expect(taken(`if ("name" in user) throw user; console.log(user.User.Arn);`)).toBe("no");
    expect(taken("console.log(user.User.Arn, isErrorLogged);")).toBe("yes");
  });
  it("is told apart by one of several callers", () => {
    const other = (rest: string): string =>
      `} export async function other() { const user: any = await get("u"); ${rest}`;
    expect(
      taken(`console.log(user.User.Arn); ${other("if (user instanceof Error) throw user;")}`),
    ).toBe("no");
    expect(taken(`console.log(user.User.Arn); ${other("void user;")}`)).toBe("yes");
  });
  it("is told apart where the type says so", () => {
    expect(taken("console.log(user.User.Arn);", "return", ": Promise<unknown>")).toBe("no");
  });
  it("goes on to somebody else", () => {
    expect(taken("return user;")).toBe("unknown");
  });
});
