import { describe, expect, it } from "vitest";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import { sleepAt } from "../../../src/model/delay/sleep.ts";
import { withModel } from "../../support/model.ts";

/** What is waited for at the mark: `kind milliseconds awaited`. */
function waitAt(code: string): string {
  return withModel({ "file.ts": code }, (_unit, [target]) => {
    const sleep = target === undefined ? undefined : sleepAt(target);
    if (sleep === undefined) return "none";
    const { kind, fixedMs } = delayOf(sleep);
    return `${kind} ${String(fixedMs)} ${sleep.awaited}`;
  });
}

describe("promises whose resolve is handed out", () => {
  it.each([
    "const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); setTimeout(resolve, 700); await promise;",
    "const deferred = /*target*/ Promise.withResolvers<void>(); setTimeout(() => deferred.resolve(), 700); await deferred.promise;",
    "const nap = (ms: number) => { const { promise, resolve } = Promise.withResolvers<void>(); setTimeout(resolve, ms); return promise; }; await /*target*/ nap(700);",
    "const nap = (ms: number) => { const deferred = Promise.withResolvers<void>(); setTimeout(deferred.resolve, ms); return deferred.promise; }; await /*target*/ nap(700);",
  ])("sleep: %s", (code) => {
    expect(waitAt(`export async function f() { ${code} }`)).toBe("fixed 700 yes");
  });
  it("sleep for nobody where the promise is not waited for", () => {
    expect(
      waitAt(
        "export function f() { const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); setTimeout(resolve, 700); void promise; }",
      ),
    ).toBe("fixed 700 unknown");
  });
  it("do other work where no timer resolves them", () => {
    expect(
      waitAt(
        "declare function work(done: () => void): void; export async function f() { const { promise, resolve } = /*target*/ Promise.withResolvers<void>(); work(resolve); await promise; }",
      ),
    ).toBe("none");
  });
});

describe("observables that only pass time", () => {
  const RXJS = `import { firstValueFrom, from, lastValueFrom, timer } from "rxjs"; export async function f() { await /*target*/ `;
  it("sleep", () => {
    expect(waitAt(`${RXJS} firstValueFrom(timer(700)); }`)).toBe("fixed 700 yes");
    expect(waitAt(`${RXJS} lastValueFrom(timer(700)); }`)).toBe("fixed 700 yes");
  });
  it("look-alike: observables of values", () => {
    expect(waitAt(`${RXJS} firstValueFrom(from([700])); }`)).toBe("none");
  });
});
