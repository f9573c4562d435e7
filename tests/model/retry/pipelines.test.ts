/** Work that a library's policy or an operator of a pipeline runs again, without being handed it in one call. */
import { describe, expect, it } from "vitest";
import { layersOf } from "./library-words.ts";
import { SEND } from "./support.ts";

describe("a policy that runs the work later", () => {
  const COCKATIEL = `import { ExponentialBackoff, handleAll, handleType, retry, timeout, TimeoutStrategy, wrap } from "cockatiel"; import * as cockatiel from "cockatiel"; const OURS = handleType(RangeError);`;

  it.each([
    ["retry(handleAll, { maxAttempts: 3 })", "4, none, everything"],
    [
      "retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() })",
      "4, unknown without a cap, everything",
    ],
    ["retry(handleAll, {})", "unbounded, none, everything"],
    ["retry(handleType(RangeError), { maxAttempts: 3 })", "4, none, some"],
    ["retry(OURS, { maxAttempts: 3 })", "4, none, some"],
    ["cockatiel.retry(cockatiel.handleAll, { maxAttempts: 3 })", "4, none, everything"],
    [
      "wrap(timeout(5000, TimeoutStrategy.Aggressive), retry(handleAll, { maxAttempts: 2 }))",
      "3, none, everything",
    ],
  ])("%s", (made, expected) => {
    const imports = `${COCKATIEL} const policy = ${made};`;
    expect(layersOf(imports, `policy.execute(() => ${SEND})`)).toEqual([
      `cockatiel's retry: ${expected}`,
    ]);
  });

  it.each([
    [
      "that does not retry",
      "timeout(5000, TimeoutStrategy.Aggressive)",
      `policy.execute(() => ${SEND})`,
    ],
    ["of the project", "{ execute: <T>(fn: () => T) => fn() }", `policy.execute(() => ${SEND})`],
    [
      "that is told of a listener",
      "retry(handleAll, { maxAttempts: 2 })",
      `policy.onFailure(() => ${SEND})`,
    ],
  ])("look-alike: one %s", (_what, made, expression) => {
    expect(layersOf(`${COCKATIEL} const policy = ${made};`, expression)).toEqual([]);
  });
});

describe("operators of a pipeline", () => {
  const RXJS = `import * as ours from "./operators.js"; import { defer, from, lastValueFrom, map, mergeMap, of, retry, takeUntil, timeout, timer } from "rxjs";`;
  const SOURCE = `defer(() => ${SEND})`;

  it.each([
    [`${SOURCE}.pipe(retry(3))`, "4, none, everything"],
    [`${SOURCE}.pipe(retry({ count: 3, delay: 1000 }))`, "4, fixed 1000, everything"],
    [`${SOURCE}.pipe(retry())`, "unbounded, none, everything"],
    [`${SOURCE}.pipe(retry(), takeUntil(timer(60_000)))`, "unknown, none, everything"],
    [`${SOURCE}.pipe(retry({ delay: 500 }), timeout(60_000))`, "unknown, fixed 500, everything"],
    [`${SOURCE}.pipe(retry(2), timeout(60_000))`, "3, none, everything"],
    [`${SOURCE}.pipe(retry(), map(String))`, "unbounded, none, everything"],
    [`${SOURCE}.pipe(retry(), ours.timeout(1000))`, "unbounded, none, everything"],
    [`${SOURCE}.pipe(timeout(1000), retry())`, "unbounded, none, everything"],
    [
      `${SOURCE}.pipe(retry({ delay: (error, n) => timer(Math.random() * 2 ** n) }))`,
      "unknown, unknown without a cap, everything",
    ],
    [`from([UserId]).pipe(mergeMap((UserId) => ${SEND}), retry(3))`, "4, none, everything"],
    [`of(UserId).pipe(mergeMap((UserId) => ${SOURCE}.pipe(retry(1))))`, "2, none, everything"],
  ])("%s", (expression, expected) => {
    expect(layersOf(RXJS, `lastValueFrom(${expression})`)).toEqual([`rxjs's retry: ${expected}`]);
  });

  it("do not repeat what is no part of the pipeline", () => {
    expect(layersOf(`${RXJS} declare const logged: any;`, `logged(${SOURCE}, retry(3))`)).toEqual(
      [],
    );
    expect(layersOf(`${RXJS} declare const jobs: any;`, `jobs.add(${SOURCE}, retry(3))`)).toEqual(
      [],
    );
  });

  it("do not repeat what comes after them", () => {
    expect(layersOf(RXJS, `of(UserId).pipe(retry(3), mergeMap((UserId) => ${SEND}))`)).toEqual([]);
    expect(layersOf(RXJS, `of(1).pipe(retry({ delay: () => ${SEND} }))`)).toEqual([]);
  });

  it.each([
    [`pipe(Effect.tryPromise(() => ${SEND}), Effect.retry({ times: 3 }))`],
    [
      `pipe(Effect.void, Effect.flatMap(() => Effect.tryPromise(() => ${SEND})), Effect.retry({ times: 3 }))`,
    ],
    [`Effect.tryPromise(() => ${SEND}).pipe(Effect.retry({ times: 3 }))`],
  ])("%s", (expression) => {
    expect(layersOf(`import { Effect, pipe } from "effect";`, expression)).toEqual([
      "effect's Effect.retry: 4, none, unknown",
    ]);
  });

  it.each([
    ["retryBackoff({ initialInterval: 100, maxRetries: 3 })", "4, growing without a cap"],
    ["retryBackoff({ initialInterval: 100, maxInterval: 5000 })", "unbounded, growing to 5000"],
    ["retryBackoff(1000)", "unknown, growing without a cap"],
  ])("%s", (operator, expected) => {
    expect(
      layersOf(
        `${RXJS} import { retryBackoff } from "backoff-rxjs";`,
        `${SOURCE}.pipe(${operator})`,
      ),
    ).toEqual([`backoff-rxjs's retryBackoff: ${expected}, everything`]);
  });
});
