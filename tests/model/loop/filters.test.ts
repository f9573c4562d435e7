import { describe, expect, it } from "vitest";
import { factsOf, OK } from "./lab.ts";

/** What goes on to another attempt, in words. */
function passing(handling: string, before = ""): string {
  const filter = factsOf({
    code: `${before} export async function run(): Promise<any> { for (let i = 0; i < 3; i++) { try { ${OK} } catch (e: any) { ${handling} } } throw new Error("no"); }`,
  })?.filter;
  if (filter?.kind !== "some") return String(filter?.kind);
  const { names, throttlingOnly, except } = filter;
  return [
    throttlingOnly ? "throttling" : "some",
    ...(names.length > 0 ? [names.join(" ")] : []),
    ...(except === undefined ? [] : [`not ${except.join(" ")}`]),
  ].join(": ");
}

describe("errors that go on", () => {
  it.each([
    [
      "either of two",
      `if (e.name === "ThrottlingException") continue; if (e.name === "InternalServiceException") continue; throw e;`,
      "some: ThrottlingException InternalServiceException",
    ],
    [
      "either of two kinds of throttling",
      `if (e.name === "ThrottlingException") continue; if (e.name === "TooManyRequestsException") continue; throw e;`,
      "throttling: ThrottlingException TooManyRequestsException",
    ],
    [
      "one that is both named and marked",
      `if (e.name !== "ServiceQuotaExceededException" && !e.$retryable) throw e;`,
      "some: ServiceQuotaExceededException",
    ],
    [
      "all but two",
      `if (e.name === "AccessDeniedException" || e.name === "ValidationException") throw e;`,
      "some: not AccessDeniedException ValidationException",
    ],
    [
      "all but those in a list",
      `if (["AccessDeniedException", "ValidationException"].includes(e.name)) throw e;`,
      "some: not AccessDeniedException ValidationException",
    ],
    [
      "all but those in a list that has a name",
      `if (FINAL.includes(e.name)) throw e;`,
      "some: not AccessDeniedException",
    ],
    [
      "all but a class",
      `if (e instanceof AccessDeniedException) throw e;`,
      "some: not AccessDeniedException",
    ],
    [
      "all but one name and what a status says",
      `if (e.name === "AccessDeniedException" || e.status < 400) throw e;`,
      "some",
    ],
    ["marked as throttling", `if (e.$retryable?.throttling) continue; throw e;`, "throttling"],
    ["marked as worth another attempt", `if (e.$retryable) continue; throw e;`, "some"],
    ["with a mark that is true", `if (e.retryable === true) continue; throw e;`, "some"],
    ["too many requests", `if (429 === e.status) continue; throw e;`, "throttling"],
    ["too many requests, the other way round", `if (e.status !== 429) throw e;`, "throttling"],
    ["an outage", `if (e.status !== 503) throw e;`, "some"],
    [
      "a class of a namespace",
      `if (e instanceof sdk.ThrottlingException) continue; throw e;`,
      "throttling: ThrottlingException",
    ],
    ["a constant name", `if (e.name !== NAME) throw e;`, "throttling: ThrottlingException"],
    ["by what the name holds", `if (!e.name.includes("Throttl")) throw e;`, "some"],
    ["by a pattern", `if (!/Throttl/.test(e.name)) throw e;`, "some"],
    [
      "in a list that is put together",
      `if (![...FINAL, "ThrottlingException"].includes(e.name)) throw e;`,
      "some",
    ],
    ["in a list from elsewhere", `if (!ids.includes(e.name)) throw e;`, "some"],
    [
      "a switch that throws for one",
      `switch (e.name) { case "AccessDeniedException": throw e; default: break; }`,
      "some: not AccessDeniedException",
    ],
    [
      "a switch that throws for one and lets others fall through",
      `switch (e.name) { case "ThrottlingException": log.warn(e); break; case "AccessDeniedException": throw e; }`,
      "some: ThrottlingException: not ThrottlingException AccessDeniedException",
    ],
    [
      "a switch on truth",
      `switch (true) { case e.name === "ThrottlingException": break; default: throw e; }`,
      "throttling: ThrottlingException",
    ],
    [
      "a switch on the status",
      `switch (e.status) { case 429: break; default: throw e; }`,
      "throttling",
    ],
    [
      "two conditions that must hold",
      `if (e.name === "ThrottlingException" && e.retryable) continue; throw e;`,
      "throttling: ThrottlingException",
    ],
    [
      "three of four ways",
      `if (e.name === "SlowDown") { if (e.final) throw e; } else if (e.final) log.warn(e);`,
      "some: SlowDown",
    ],
    [
      "ten names",
      `${names(10)} throw e;`,
      `some: ${Array.from({ length: 10 }, (_, n) => `E${String(n)}`).join(" ")}`,
    ],
    ["more names than are looked at", `${names(11)} throw e;`, "unknown"],
  ])("%s", (_, handling, expected) => {
    expect(
      passing(
        handling,
        `import * as sdk from "@aws-sdk/client-connect"; import { ThrottlingException, AccessDeniedException } from "@aws-sdk/client-connect"; const NAME = "ThrottlingException"; const FINAL = ["AccessDeniedException"];`,
      ),
    ).toBe(expected);
  });

  function names(count: number): string {
    return Array.from(
      { length: count },
      (_, n) => `if (e.name === "E${String(n)}") continue;`,
    ).join(" ");
  }
});

describe("questions that tell no errors apart", () => {
  it.each([
    ["whether it is an error", `if (!(e instanceof Error)) throw e;`],
    ["whether it is one of the service", `if (!(e instanceof ConnectServiceException)) throw e;`],
    ["whether there is one", `if (!e) throw e;`],
    ["whether it is nothing", `if (e === undefined) throw e;`],
    ["whether it is nothing at all", `if (e == null) throw e;`],
    ["whether it is something", `if (e !== null) continue; throw e;`],
    ["what type it has", `if (typeof e !== "object") throw e;`],
    ["what type it has not", `if (typeof e === "object") continue; throw e;`],
    ["whether it has a name", `if (!("name" in e)) throw e;`],
    [
      "all of them, each answered by a pause",
      `if (e.name === "ThrottlingException") await sleep(1); if (e.retryable) await sleep(2);`,
    ],
    ["whether to log it", `if (!(e instanceof Error)) log.warn(e);`],
  ])("%s", (_, handling) => {
    expect(passing(handling)).toBe("everything");
  });

  it("do not hide those that do", () => {
    expect(
      passing(`if (e instanceof Error && e.name === "ThrottlingException") continue; throw e;`),
    ).toBe("throttling: ThrottlingException");
  });
});

describe("predicates", () => {
  it.each([
    [
      "of two names",
      `(e: any) => e.name === "ThrottlingException" || e.name === "SlowDown"`,
      "throttling: ThrottlingException SlowDown",
    ],
    [
      "of a name and a code",
      `(e: any) => e instanceof Error && ("SlowDown" === e.name || e.code === "ThrottlingException")`,
      "throttling: SlowDown ThrottlingException",
    ],
    [
      "of a set",
      `(e: any) => NAMES.has(e.name)`,
      "some: ThrottlingException InternalServiceException",
    ],
    [
      "of a list that is written there",
      `(e: any) => ["ThrottlingException"].includes(e.name)`,
      "throttling: ThrottlingException",
    ],
    [
      "of a class",
      `(e: unknown) => e instanceof ThrottlingException`,
      "throttling: ThrottlingException",
    ],
    [
      "in several steps",
      `(e: any) => { if (!e) return false; if (e.name === "SlowDown") return true && e.name === "SlowDown"; return e.name === "ThrottlingException"; }`,
      "throttling: SlowDown ThrottlingException",
    ],
    [
      "of a name or else a status",
      `(e: any) => e.name === "ThrottlingException" || e.status >= 500`,
      "some: ThrottlingException",
    ],
    ["of a status", `(e: any) => e.status >= 500`, "some"],
    ["of a mark, if it is there", `(e: any) => e.retryable ?? false`, "some"],
    ["of what is not a name", `(e: any) => e.name !== "AccessDeniedException"`, "some"],
    [
      "that is one of two",
      `ids.length > 0 ? (e: any) => e.name === "SlowDown" : (e: any) => e.name === "ThrottlingException"`,
      "some",
    ],
  ])("%s", (_, predicate, expected) => {
    expect(
      passing(
        `if (!again(e)) throw e;`,
        `declare class ThrottlingException extends Error {} const NAMES = new Set(["ThrottlingException", "InternalServiceException"]); const again = ${predicate};`,
      ),
    ).toBe(expected);
  });

  it.each([
    [
      "kept in a constant",
      `const again = e.name === "ThrottlingException"; if (!again) throw e;`,
      "throttling: ThrottlingException",
    ],
    [
      "kept in a variable that is set again",
      `let again = e.name === "ThrottlingException"; again = ids.length > 0; if (!again) throw e;`,
      "everything",
    ],
    [
      "kept as a member",
      `const { name } = e; if (name !== "ThrottlingException") throw e;`,
      "throttling: ThrottlingException",
    ],
  ])("%s", (_, handling, expected) => {
    expect(passing(handling)).toBe(expected);
  });
});
