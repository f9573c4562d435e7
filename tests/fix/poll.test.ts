import { describe, expect, it } from "vitest";
import type { PollLoop } from "../../src/ast/poll-loop.ts";
import { type PollInterval, pollThroughHelper } from "../../src/fix/poll.ts";
import { drawDelay, jitterResult } from "../../src/fix/strategy.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

interface Parts {
  readonly test: string;
  readonly finalWhen?: boolean;
  readonly isBoolean?: boolean;
  readonly interval?: PollInterval;
  readonly probe?: string;
  readonly pattern?: string;
  readonly leaves?: boolean;
  readonly end?: string;
}

/** A loop that asks for a contact, as the model takes it apart. */
function parts(sourceCode: SourceCode, { finalWhen = true, leaves = true }: Parts): PollLoop {
  const [loop] = nodesOf(sourceCode, "WhileStatement");
  const [declarator] = nodesOf(sourceCode, "VariableDeclarator");
  const [branch] = nodesOf(sourceCode, "IfStatement");
  const [exit] = nodesOf(sourceCode, "ReturnStatement");
  if (loop === undefined || declarator?.init?.type !== "AwaitExpression" || branch === undefined)
    throw new Error("no poll");
  return {
    loop,
    declaration: undefined,
    answer: declarator.id,
    probe: declarator.init.argument,
    awaits: false,
    test: branch.test,
    finalWhen,
    exit: leaves ? exit : undefined,
  };
}

function polled(given: Parts): string {
  const { test, isBoolean = false, interval, probe = "ask(id)", pattern = "answer" } = given;
  const code = `async function f(id) {
  while (true) {
    const ${pattern} = await ${probe};
    if (${test}) return answer;
    await sleep(500);
  }${given.end ?? ""}
}
`;
  const edit = inspect(code, {}, (sourceCode) =>
    pollThroughHelper(sourceCode, parts(sourceCode, given), "pollUntil", isBoolean, interval),
  );
  expect(edit.applicability).toBe("suggestion");
  const [start, end] = ["async function f(id) {\n  ", "\n}\n"];
  const text = apply(code, edit);
  expect(text.startsWith(start)).toBe(true);
  expect(text.endsWith(end)).toBe(true);
  return text.slice(start.length, -end.length);
}

describe("polling through the helper", () => {
  it.each<[string, Partial<Parts>, string]>([
    // The helper asks for a boolean.
    ["answer.done", {}, "Boolean(answer.done)"],
    ["answer.done", { isBoolean: true }, "answer.done"],
    ["!answer.pending", {}, "!answer.pending"],
    ["answer.state === 'DONE'", {}, "answer.state === 'DONE'"],
    ["answer.count > 5", {}, "answer.count > 5"],
    ["answer.count <= 5", {}, "answer.count <= 5"],
    ["'error' in answer", {}, "'error' in answer"],
    ["answer instanceof Done", {}, "answer instanceof Done"],
    ["answer.count & 1", {}, "Boolean(answer.count & 1)"],
    ["answer.count - 1", {}, "Boolean(answer.count - 1)"],
    ["-answer.count", {}, "Boolean(-answer.count)"],
    ["answer.a === 1 || answer.b === 1", {}, "answer.a === 1 || answer.b === 1"],
    ["answer.a === 1 && answer.b", {}, "Boolean(answer.a === 1 && answer.b)"],
    ["answer.a && answer.b === 1", {}, "Boolean(answer.a && answer.b === 1)"],
    ["!answer.a ?? !answer.b", {}, "Boolean(!answer.a ?? !answer.b)"],
    // A condition on which it goes on is turned round.
    ["answer.pending", { finalWhen: false }, "!(answer.pending)"],
    ["answer.pending", { finalWhen: false, isBoolean: true }, "!(answer.pending)"],
    ["!answer.done", { finalWhen: false }, "Boolean(answer.done)"],
    ["!answer.done", { finalWhen: false, isBoolean: true }, "Boolean(answer.done)"],
    ["!(answer.a === 1)", { finalWhen: false }, "answer.a === 1"],
    ["answer.state === 'BUSY'", { finalWhen: false }, "answer.state !== 'BUSY'"],
    ["answer.state !== 'DONE'", { finalWhen: false }, "answer.state === 'DONE'"],
    ["answer.state == null", { finalWhen: false }, "answer.state != null"],
    ["(answer.state) != null", { finalWhen: false }, "(answer.state) == null"],
    ["answer.count < 5", { finalWhen: false }, "!(answer.count < 5)"],
    ["+answer.count", { finalWhen: false }, "!(+answer.count)"],
    ["answer.a && answer.b", { finalWhen: false }, "!(answer.a && answer.b)"],
  ])("%s, %j", (test, given, condition) => {
    expect(polled({ test, ...given })).toBe(
      `const answer = await pollUntil(() => ask(id), (answer) => ${condition});\n  return answer;`,
    );
  });

  it("in lines of their own where one is too long", () => {
    expect(
      polled({ test: "answer.x", probe: "client.send(new DescribeContactCommand({ id }))" }),
    ).toBe(
      `const answer = await pollUntil(
    () => client.send(new DescribeContactCommand({ id })),
    (answer) => Boolean(answer.x),
  );
  return answer;`,
    );
    expect(polled({ test: "!answer.x", probe: "ask({\n      id,\n    })" })).toContain(
      "pollUntil(\n    () => ask({",
    );
  });
  it("says the interval", () => {
    expect(polled({ test: "!answer.x", interval: { text: "500", isLong: false } })).toContain(
      "(answer) => !answer.x, { baseDelayMs: 500 });",
    );
    expect(polled({ test: "!answer.x", interval: { text: "20_000", isLong: true } })).toContain(
      "{ baseDelayMs: 20_000, maxDelayMs: 20_000 }",
    );
  });
  it("keeps the pattern, and its type outside", () => {
    expect(polled({ test: "!x", pattern: "{ x }: Answer" })).toBe(
      "const { x }: Answer = await pollUntil(() => ask(id), ({ x }) => !x);\n  return answer;",
    );
  });
  it("goes on behind the loop where nothing is returned", () => {
    expect(polled({ test: "!answer.x", leaves: false, end: "\n  log();" })).toBe(
      "const answer = await pollUntil(() => ask(id), (answer) => !answer.x);\n  log();",
    );
  });
  it("is refused where the loop does not start a line, or has a comment", () => {
    const code = (before: string) =>
      `async function f() { ${before} while (true) { const answer = await ask(); if (answer) return answer; } }`;
    const reason = (before: string) =>
      inspect(code(before), {}, (sourceCode) =>
        pollThroughHelper(
          sourceCode,
          parts(sourceCode, { test: "" }),
          "pollUntil",
          false,
          undefined,
        ),
      ).reason;
    expect(reason("log();")).toBe("the loop does not start a line");
    expect(
      inspect(code("\n").replace("if (", "/* done */ if ("), {}, (sourceCode) =>
        pollThroughHelper(sourceCode, parts(sourceCode, { test: "" }), "p", false, undefined),
      ).reason,
    ).toBe("a comment would be lost");
  });
  it("asks in an async function where the probe awaits", () => {
    const code = `async function f() {\n  while (true) {\n    const answer = await ask(await id());\n    if (!answer) return answer;\n  }\n}\n`;
    const edit = inspect(code, {}, (sourceCode) =>
      pollThroughHelper(
        sourceCode,
        { ...parts(sourceCode, { test: "" }), awaits: true },
        "pollUntil",
        false,
        undefined,
      ),
    );
    expect(apply(code, edit)).toContain("pollUntil(async () => ask(await id()), ");
  });
});

describe("the delay of a strategy", () => {
  const strategy = (code: string, isBase = true): string => {
    const edit = inspect(code, {}, (sourceCode) => {
      const [node] = nodesOf(sourceCode, "NewExpression");
      if (node === undefined) throw new Error("no strategy");
      return drawDelay(sourceCode, node, node.arguments[1], isBase, "backoffDelay");
    });
    return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
  };
  it.each([
    ["new S(5);", true, "new S(5, (attempt) => backoffDelay(attempt));"],
    ["new S(5, 200);", true, "new S(5, (attempt) => backoffDelay(attempt, { baseDelayMs: 200 }));"],
    ["new S(5, 0);", false, "new S(5, (attempt) => backoffDelay(attempt));"],
    ["new S();", true, "the number of attempts is missing"],
  ])("is drawn: %s", (before, isBase, after) => {
    expect(strategy(before, isBase)).toBe(after);
  });

  const jittered = (code: string): string => {
    const edit = inspect(code, {}, (sourceCode) => {
      const [node] = nodesOf(sourceCode, "NewExpression");
      return jitterResult(sourceCode, node?.arguments[1], "jitter");
    });
    return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
  };
  it.each([
    ["new S(5, delayOf);", "new S(5, (attempt) => jitter(delayOf(attempt)));"],
    ["new S(5, (n) => 2 ** n);", "new S(5, (n) => jitter(2 ** n));"],
    ["new S(5, (n) => (2 ** n));", "new S(5, (n) => (jitter(2 ** n)));"],
    ["new S(5, (n) => { return n; });", "the function has a body of several parts"],
    ["new S(5, (n) => (log(), n));", "the function has a body of several parts"],
    ["new S(5, function (n) { return n; });", "the function is written elsewhere"],
    ["new S(5, delays.of);", "the function is written elsewhere"],
    ["new S(5);", "the function is written elsewhere"],
  ])("is given jitter: %s", (before, after) => {
    expect(jittered(before)).toBe(after);
  });
});
