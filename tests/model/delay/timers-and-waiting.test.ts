/** Which promises are sleeps, how sure that is, and whether the code after them waits. */
import { describe, expect, it } from "vitest";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import { type Sleep, sleepAt } from "../../../src/model/delay/sleep.ts";
import { timerAt } from "../../../src/model/delay/timer.ts";
import { withModel } from "../../support/model.ts";

function sleepIn(code: string): Sleep | undefined {
  return withModel({ "file.ts": `export {}; ${code}` }, (_unit, [target]) =>
    target === undefined ? undefined : sleepAt(target),
  );
}

/** `sure 100`: how certain a sleep is, and its milliseconds. */
function sleepNamed(code: string): string | undefined {
  return withModel({ "file.ts": `export {}; ${code}` }, (_unit, [target]) => {
    const sleep = target === undefined ? undefined : sleepAt(target);
    return sleep === undefined ? undefined : `${sleep.certainty} ${String(delayOf(sleep).fixedMs)}`;
  });
}

const SIGNAL = "declare const signal: AbortSignal;";
const CHILD = "declare const child: any;";

describe("a promise that a timer resolves", () => {
  it.each(
    Object.entries({
      "a timer of a module":
        'import { setTimeout as later } from "timers"; await /*target*/ new Promise((r) => later(r, 100));',
      "a timer of a module with a scheme":
        'import { setTimeout as later } from "node:timers"; await /*target*/ new Promise((r) => later(r, 100));',
      "a timer of a whole module":
        'import * as timers from "node:timers"; await /*target*/ new Promise((r) => timers.setTimeout(r, 100));',
      "the window's timer": "await /*target*/ new Promise((r) => window.setTimeout(r, 100));",
      "the worker's timer": "await /*target*/ new Promise((r) => self.setTimeout(r, 100));",
      "the process's timer": "await /*target*/ new Promise((r) => global.setTimeout(r, 100));",
      "a function of its own":
        "function start(r: () => void) { setTimeout(r, 100); } await /*target*/ new Promise<void>(start);",
      "a way past it":
        "const ms = 100; await /*target*/ new Promise<void>((r) => { if (ms <= 0) return r(); setTimeout(r, ms); });",
      "an abort that ends it": `${SIGNAL} await /*target*/ new Promise<void>((r) => { const t = setTimeout(r, 100); signal.addEventListener("abort", () => { clearTimeout(t); r(); }); });`,
      "an abort that ends it by a named function": `${SIGNAL} await /*target*/ new Promise<void>((r) => { const t = setTimeout(r, 100); const stop = () => { clearTimeout(t); r(); }; signal.addEventListener("abort", stop); });`,
      "resolvers taken apart":
        "const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); setTimeout(resolve, 100); await promise;",
      "resolvers under other names":
        "const { promise: done, resolve: finish } = /*target*/ Promise.withResolvers<void>(); setTimeout(finish, 100); await done;",
      "resolvers as they come":
        "const deferred = /*target*/ Promise.withResolvers<void>(); console.log(deferred); setTimeout(deferred.resolve, 100); await deferred.promise;",
      "resolvers of a function":
        "async function run() { const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); setTimeout(() => resolve(), 100); await promise; }",
    }),
  )("%s", (_name, code) => {
    expect(sleepNamed(code)).toBe("sure 100");
  });

  it.each(
    Object.entries({
      "by a list":
        "const waiting: (() => void)[] = []; await /*target*/ new Promise<void>((r) => { waiting.push(r); setTimeout(r, 100); });",
      "by a variable":
        "let wake: () => void; await /*target*/ new Promise<void>((r) => { wake = r; setTimeout(r, 100); });",
      "by an event": `${CHILD} await /*target*/ new Promise<void>((r) => { child.once("close", () => r()); setTimeout(r, 100); });`,
      "by a callback": `${CHILD} await /*target*/ new Promise<void>((r) => { child.then(() => r()); setTimeout(r, 100); });`,
      "by what is given the resolvers": `${CHILD} const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); child.once("close", resolve); setTimeout(resolve, 100); await promise;`,
    }),
  )("is weak evidence when it can be resolved sooner %s", (_name, code) => {
    expect(sleepNamed(code)).toBe("weak 100");
  });

  it.each([
    "await /*target*/ new Promise((r) => setTimeout(r));",
    "const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); setTimeout(resolve); await promise;",
  ])("waits for nothing without a time: %s", (code) => {
    expect(sleepNamed(code)).toBe("sure 0");
  });

  it.each(
    Object.entries({
      "a timer of another object": `${CHILD} await /*target*/ new Promise((r) => child.setTimeout(r, 100));`,
      "a timer of another module":
        'import { setTimeout as later } from "virtual-timers"; await /*target*/ new Promise((r) => later(r, 100));',
      "a timer of another module with a longer name":
        'import { setTimeout as later } from "timers-virtual"; await /*target*/ new Promise((r) => later(r, 100));',
      "what runs right after":
        'import { setImmediate as later } from "timers"; await /*target*/ new Promise((r) => later(r, 100));',
      "what runs right after, of the platform":
        "await /*target*/ new Promise<void>((r) => globalThis.queueMicrotask(r));",
      "another class":
        "declare class Later { constructor(start: (r: () => void) => void); } /*target*/ new Later((r) => setTimeout(r, 100));",
      "a class of another object": `${CHILD} /*target*/ new child.Later((r: () => void) => setTimeout(r, 100));`,
      "no executor": "/*target*/ new (Promise as any)();",
      "an executor that nobody sees":
        "declare const start: () => void; await /*target*/ new Promise(start);",
      "an executor that takes nothing":
        "await /*target*/ new Promise(() => { setTimeout(() => undefined, 100); });",
      "a promise that is resolved at once":
        "await /*target*/ new Promise<void>((r) => { r(); setTimeout(() => undefined, 100); });",
      "a timer that is given something else": `${CHILD} await /*target*/ new Promise((r) => setTimeout(child.wrap(r), 100));`,
      "a timer that is given the result of a function":
        "declare function wrap(r: unknown): () => void; await /*target*/ new Promise((r) => setTimeout(wrap(r), 100));",
      "a timer that keeps the promise open":
        "let wake: unknown; await /*target*/ new Promise((r) => setTimeout(() => { wake = r; }, 100));",
      "a timer that hands it on": `${CHILD} await /*target*/ new Promise((r) => setTimeout(() => child.finish(r), 100));`,
      "work that begins late": `${CHILD} await /*target*/ new Promise<void>((r) => setTimeout(() => child.work(() => r()), 100));`,
      "a timer of unknown arguments":
        "declare const rest: [number]; await /*target*/ new Promise((r) => setTimeout(r, ...rest));",
      "resolvers that are rejected":
        "const { promise, reject } = /*target*/ Promise.withResolvers<void>(); setTimeout(reject, 100); await promise;",
      "resolvers that are rejected by a member":
        "const deferred = /*target*/ Promise.withResolvers<void>(); setTimeout(deferred.reject, 100); await deferred.promise;",
      "resolvers that nothing is known of": `${CHILD} const { promise, resolve } = /*target*/ child.withResolvers(); setTimeout(resolve, 100); await promise;`,
      "resolvers that are given away": `${CHILD} child.take(/*target*/ Promise.withResolvers<void>()); setTimeout(() => undefined, 100);`,
    }),
  )("is not %s", (_name, code) => {
    expect(sleepIn(code)).toBeUndefined();
  });
});

describe("a timer", () => {
  const timer = (code: string) =>
    withModel({ "file.ts": `export {}; declare const rest: any[]; ${code}` }, (_unit, [target]) => {
      const found = target === undefined ? undefined : timerAt(target);
      return found === undefined ? undefined : delayOf(found).kind;
    });
  it.each([
    ["/*target*/ setTimeout(() => undefined, 100);", "fixed"],
    ["/*target*/ setTimeout(() => undefined);", "none"],
    ["/*target*/ setTimeout(...(rest as [() => void]));", undefined],
    ["/*target*/ setTimeout(() => undefined, ...rest);", undefined],
    ["/*target*/ (setTimeout as any)();", undefined],
  ])("%s is %s", (code, kind) => {
    expect(timer(code)).toBe(kind);
  });
});

describe("the code after a sleep", () => {
  const nap =
    "const nap = (ms: number) => new Promise((r) => setTimeout(r, ms)); declare const other: any;";
  it.each([
    ["(/*target*/ nap(1)).finally(() => other());", "yes"],
    ["await (/*target*/ nap(1)).catch(() => undefined);", "yes"],
    ["(/*target*/ nap(1)).catch(() => undefined);", "no"],
    ["(/*target*/ nap(1)).catch(() => undefined).then(() => other());", "yes"],
    ["await other((/*target*/ nap(1) as any).cancelled());", "unknown"],
    ["await other[(/*target*/ nap(1)) as any];", "unknown"],
    ["await (other && /*target*/ nap(1));", "yes"],
    ["await /*target*/ nap?.(1);", "yes"],
    ["await (other(), /*target*/ nap(1));", "yes"],
    ["await ((/*target*/ nap(1)), other());", "no"],
    ["await ((/*target*/ nap(1)) ?? other, other());", "no"],
    ["await Promise.allSettled([/*target*/ nap(1), other()]);", "yes"],
    ["await other([/*target*/ nap(1)]);", "unknown"],
    ["await other.any([/*target*/ nap(1)]);", "unknown"],
    ["await other[other()]([/*target*/ nap(1)]);", "unknown"],
    ["const naps = [/*target*/ nap(1)]; other(naps);", "unknown"],
    ["export const pause = /*target*/ nap(1);", "unknown"],
    ["const pause = /*target*/ nap(1); other(pause);", "unknown"],
    ["const pause = /*target*/ nap(1); other(pause); await pause;", "yes"],
    ["const pause = /*target*/ nap(1); const same = pause; await same;", "yes"],
    ["function* run() { yield /*target*/ nap(1); }", "yes"],
    ["const run = (pause = /*target*/ nap(1)) => other(pause);", "unknown"],
  ])("%s waits: %s", (code, awaited) => {
    expect(sleepIn(`${nap} ${code}`)?.awaited).toBe(awaited);
  });
});
