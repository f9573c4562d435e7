import { describe, expect, it } from "vitest";
import { type LoopNode, jumpTarget } from "../../src/ast/nodes.ts";
import {
  insertPause,
  mayAwait,
  type PausePlace,
  placeBefore,
  placeInHandler,
  placeInPoll,
} from "../../src/fix/pause.ts";
import { apply, inspect, nodesOf, type Sample, type SourceCode } from "./support.ts";

const loopsOf = (sourceCode: SourceCode): readonly LoopNode[] => [
  ...nodesOf(sourceCode, "ForStatement"),
  ...nodesOf(sourceCode, "WhileStatement"),
  ...nodesOf(sourceCode, "DoWhileStatement"),
  ...nodesOf(sourceCode, "ForOfStatement"),
];

const loopOf = (sourceCode: SourceCode): LoopNode => {
  const [loop] = loopsOf(sourceCode);
  if (loop === undefined) throw new Error("no loop");
  return loop;
};

/** The text with a pause at the place that is found, or why there is none. */
const paused = (
  code: string,
  place: (sourceCode: SourceCode) => PausePlace | string,
  sleep: string | undefined = "sleep",
  sample: Sample = {},
): string => {
  const edit = inspect(code, sample, (sourceCode) => {
    const found = place(sourceCode);
    return typeof found === "string" ? found : insertPause(sourceCode, found, "500", sleep);
  });
  if (typeof edit === "string") return edit;
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit, sample);
};

const SEVERAL = "more than one way leads to the next attempt";
const ELSEWHERE = "the next attempt is not made from here";

describe("in the catch of a loop", () => {
  const code = (body: string, head = "for (;;)") => `async function list() {
  ${head} {
    try {
      return await client.send(command);
    } catch (error) {${body}}
    await flush();
  }
}
`;
  const inHandler = (body: string, head?: string): string =>
    paused(code(body, head), (sourceCode) => {
      const [handler] = nodesOf(sourceCode, "CatchClause");
      if (handler === undefined) throw new Error("no catch");
      return placeInHandler(sourceCode, loopOf(sourceCode), handler);
    });

  it.each([
    ["", " await sleep(500); "],
    ["\n      log(error);\n    ", "\n      log(error);\n      await sleep(500);\n    "],
    [
      "\n      if (isFatal(error)) throw error;\n    ",
      "\n      if (isFatal(error)) throw error;\n      await sleep(500);\n    ",
    ],
    [
      "\n      if (isFatal(error)) throw error;\n      else log(error);\n    ",
      "\n      if (isFatal(error)) throw error;\n      else log(error);\n      await sleep(500);\n    ",
    ],
    [
      "\n      if (isFatal(error)) log(error);\n      else throw error;\n    ",
      "\n      if (isFatal(error)) log(error);\n      else throw error;\n      await sleep(500);\n    ",
    ],
    [
      "\n      if (isThrottled(error)) continue;\n      throw error;\n    ",
      "\n      if (isThrottled(error)) { await sleep(500); continue; }\n      throw error;\n    ",
    ],
    [
      "\n      log(error);\n      continue;\n    ",
      "\n      log(error);\n      await sleep(500);\n      continue;\n    ",
    ],
    [
      "\n      if (isThrottled(error)) continue;\n      return undefined;\n    ",
      "\n      if (isThrottled(error)) { await sleep(500); continue; }\n      return undefined;\n    ",
    ],
    [
      "\n      if (isThrottled(error)) continue;\n      break;\n    ",
      "\n      if (isThrottled(error)) { await sleep(500); continue; }\n      break;\n    ",
    ],
    [
      "\n      if (isThrottled(error)) continue;\n      if (id) { throw error; } else { log(); return undefined; }\n    ",
      "\n      if (isThrottled(error)) { await sleep(500); continue; }\n      if (id) { throw error; } else { log(); return undefined; }\n    ",
    ],
    // Other loops, and what other functions do, is not this loop's next attempt.
    [
      "\n      for (const one of all) if (one) continue;\n    ",
      "\n      for (const one of all) if (one) continue;\n      await sleep(500);\n    ",
    ],
    [
      "\n      all.forEach(() => { for (;;) continue; });\n    ",
      "\n      all.forEach(() => { for (;;) continue; });\n      await sleep(500);\n    ",
    ],
  ])("%j", (before, after) => {
    expect(inHandler(before)).toBe(code(after));
  });

  it("with a label", () => {
    const body =
      "\n      for (;;) { if (isThrottled(error)) continue again; }\n      throw error;\n";
    expect(inHandler(body, "again: for (;;)")).toBe(
      code(
        body.replace("continue again;", "{ await sleep(500); continue again; }"),
        "again: for (;;)",
      ),
    );
  });

  it.each([
    [" throw error; ", ELSEWHERE],
    [" return undefined; ", ELSEWHERE],
    [" break; ", ELSEWHERE],
    [" { throw error; } ", ELSEWHERE],
    [" if (id) throw error; else return undefined; ", ELSEWHERE],
    [" if (isThrottled(error)) continue; log(error); ", SEVERAL],
    [" if (isThrottled(error)) continue; if (isSlow(error)) continue; throw error; ", SEVERAL],
    [" if (isThrottled(error)) continue; continue; ", SEVERAL],
    [" if (isThrottled(error)) continue; if (id) throw error; ", SEVERAL],
    [" if (isThrottled(error)) continue; { } ", SEVERAL],
  ])("there is no one place: %s", (body, reason) => {
    expect(inHandler(body)).toBe(reason);
  });
});

describe("in a poll", () => {
  const poll = (loop: string): string =>
    paused(`async function f() {\n  ${loop}\n}\n`, (sourceCode) =>
      placeInPoll(sourceCode, loopOf(sourceCode)),
    );
  const whole = (loop: string): string => `async function f() {\n  ${loop}\n}\n`;

  it.each([
    ["while (!done) {\n    done = await ask();\n  }", "{", "{\n    await sleep(500);"],
    [
      "while (true) {\n    if (await ask()) return;\n  }",
      "return;",
      "return;\n    await sleep(500);",
    ],
    ["for (;;) {\n    if (await ask()) return;\n  }", "return;", "return;\n    await sleep(500);"],
    [
      "do {\n    done = await ask();\n  } while (!done);",
      "ask();",
      "ask();\n    await sleep(500);",
    ],
    ["while (true) {\n    if (await ask()) break;\n  }", "break;", "break;\n    await sleep(500);"],
    ["while (await isPending()) {}", "{}", "{ await sleep(500); }"],
    [
      "while (await isPending()) {\n    // again\n  }",
      "// again\n",
      "// again\n    await sleep(500);\n",
    ],
  ])("%s", (loop, before, after) => {
    expect(poll(loop)).toBe(whole(loop.replace(before, after)));
  });

  it.each([
    ["while (await isPending());", "the loop has no block"],
    [
      "for (;;) { if (!(await ask())) continue; log(); }",
      "more than one way leads to the next request",
    ],
  ])("not in %s", (loop, reason) => {
    expect(poll(loop)).toBe(reason);
  });

  it("may skip something else", () => {
    const loop =
      "for (;;) {\n    for (const one of all) { if (one) continue; }\n    call(() => { while (a) continue; });\n  }";
    expect(poll(loop)).toBe(whole(loop.replace("});\n", "});\n    await sleep(500);\n")));
  });
});

describe("in front of the next attempt", () => {
  const NO_STATEMENT = "there is no statement in front of which to wait";
  const before = (body: string): string =>
    paused(`async function list(id) {\n  ${body}\n}\n`, (sourceCode) => {
      const again = nodesOf(sourceCode, "CallExpression").find(
        ({ callee }) => sourceCode.getText(callee) === "list",
      );
      if (again === undefined) throw new Error("it does not call itself");
      return placeBefore(again);
    });
  it.each([
    ["return list(id);", "await sleep(500);\n  return list(id);"],
    ["if (error) return list(id);", "if (error) { await sleep(500); return list(id); }"],
    [
      "if (error) a(); else return list(id);",
      "if (error) a(); else { await sleep(500); return list(id); }",
    ],
    ["await list(id);", "await sleep(500);\n  await list(id);"],
    [
      "switch (a) { case 1: return list(id); }",
      "switch (a) { case 1: await sleep(500); return list(id); }",
    ],
    ["if (await list(id)) a();", "await sleep(500);\n  if (await list(id)) a();"],
  ])("%s", (body, after) => {
    expect(before(body)).toBe(`async function list(id) {\n  ${after}\n}\n`);
  });
  it.each([
    ["const again = () => list(id);", NO_STATEMENT],
    ["run(() => list(id));", NO_STATEMENT],
    ["for (;;) list(id);", NO_STATEMENT],
    ["try { const users = await list(id); } finally {}", NO_STATEMENT],
    ["all.map(() => { list(id); });", "`await` is not allowed there"],
  ])("not in %s", (body, reason) => {
    expect(before(body)).toBe(reason);
  });
  it("may be waited for without a sleep function", () => {
    const code = "async function list() { await list(); }";
    expect(
      paused(
        code,
        (sourceCode) => {
          const [call] = nodesOf(sourceCode, "CallExpression");
          if (call === undefined) throw new Error("no call");
          return placeBefore(call);
        },
        "",
      ),
    ).toContain("await (500);");
    expect(
      inspect(code, {}, (sourceCode) => {
        const [statement] = nodesOf(sourceCode, "ExpressionStatement");
        if (statement === undefined) throw new Error("no statement");
        return insertPause(sourceCode, { at: "before", node: statement }, "500", undefined);
      }).edits.map(({ text }) => text),
    ).toEqual(["await new Promise((resolve) => setTimeout(resolve, 500)); "]);
  });
});

describe("await is allowed", () => {
  const allowed = (code: string, sample: Sample = {}): boolean =>
    inspect(code, sample, (sourceCode) => {
      const [call] = nodesOf(sourceCode, "CallExpression");
      if (call === undefined) throw new Error("no call");
      return mayAwait(sourceCode, call);
    });
  it.each([
    ["at the top of a module", "send();", true],
    ["in a static block", "class A { static { send(); } }", false],
    [
      "in a static block of an async function",
      "async function f() { return class A { static { send(); } }; }",
      false,
    ],
    ["in an async function of a static block", "class A { static { async () => send(); } }", true],
    ["in an async function", "async function f() { send(); }", true],
    ["in a function", "function f() { send(); }", false],
    ["in a function in an async one", "async () => { return () => send(); }", false],
  ])("%s", (_, code, answer) => {
    expect(allowed(code)).toBe(answer);
  });
  it("not at the top of a script", () => {
    expect(allowed("send();", { filename: "sample.cjs", sourceType: "commonjs" })).toBe(false);
    expect(allowed("send();", { filename: "sample.js", sourceType: "script" })).toBe(false);
  });
});

describe("what a jump speaks of", () => {
  const target = (code: string): string | undefined =>
    inspect(code, {}, (sourceCode) => {
      const [jump] = [
        ...nodesOf(sourceCode, "BreakStatement"),
        ...nodesOf(sourceCode, "ContinueStatement"),
      ];
      if (jump === undefined) throw new Error("no jump");
      return jumpTarget(jump)?.type;
    });
  it.each([
    ["for (;;) { if (a) break; }", "ForStatement"],
    ["for (;;) { switch (a) { case 1: break; } }", "SwitchStatement"],
    ["while (a) { switch (a) { case 1: continue; } }", "WhileStatement"],
    ["outer: for (const a of b) { while (c) { break outer; } }", "ForOfStatement"],
    ["outer: for (const a of b) { inner: while (c) { continue outer; } }", "ForOfStatement"],
    ["outer: for (const a of b) { inner: while (c) { continue inner; } }", "WhileStatement"],
    ["block: { if (a) break block; }", "BlockStatement"],
  ])("%s", (code, type) => {
    expect(target(code)).toBe(type);
  });
});
