import { describe, expect, it } from "vitest";
import type { LoopNode } from "../../src/ast/nodes.ts";
import type { Edit } from "../../src/fix/edit.ts";
import {
  isLeftByReturnOnly,
  throwAfterLoop,
  throwAtEnd,
  throwInPlace,
  throwInstead,
  throwWhenLast,
} from "../../src/fix/last-error.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

const edited = (code: string, look: (sourceCode: SourceCode) => Edit): string => {
  const edit = inspect(code, {}, look);
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
};

const loopOf = (sourceCode: SourceCode): LoopNode => {
  const [loop] = [
    ...nodesOf(sourceCode, "ForStatement"),
    ...nodesOf(sourceCode, "WhileStatement"),
    ...nodesOf(sourceCode, "DoWhileStatement"),
    ...nodesOf(sourceCode, "ForOfStatement"),
    ...nodesOf(sourceCode, "ForInStatement"),
  ];
  if (loop === undefined) throw new Error("no loop");
  return loop;
};

const catchOf = (sourceCode: SourceCode) => {
  const [clause] = nodesOf(sourceCode, "CatchClause");
  if (clause === undefined) throw new Error("no catch");
  return clause;
};

/** A function whose loop makes the attempts. */
const attempts = ({ caught = "\n      log(error);", binding = " (error)", after = "" }) =>
  `async function list(id) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch${binding} {${caught}
    }
  }${after}
}
`;

describe("throwing after the loop", () => {
  const thrown = (code: string, isTyped = false): string =>
    edited(code, (sourceCode) =>
      throwAfterLoop(sourceCode, loopOf(sourceCode), catchOf(sourceCode), isTyped),
    );
  const kept = (after: string, name = "lastError", type = "") =>
    attempts({ caught: `\n      ${name} = error;\n      log(error);`, after }).replace(
      "  for",
      `  let ${name}${type};\n  for`,
    );

  it.each([
    ["nothing follows", "", "\n  throw lastError;"],
    ["a return", "\n  return;", "\n  throw lastError;"],
    ["a return of undefined", "\n  return undefined;", "\n  throw lastError;"],
    ["a return of null", "\n  return null;", "\n  throw lastError;"],
    ["a return on the line", " return null", " throw lastError"],
    ["more after the return", "\n  return;\n  log(id);", "\n  throw lastError;\n  log(id);"],
  ])("%s", (_, after, instead) => {
    expect(thrown(attempts({ after }))).toBe(kept(instead));
  });

  it("says the type where there are types", () => {
    expect(thrown(attempts({}), true)).toBe(kept("\n  throw lastError;", "lastError", ": unknown"));
  });

  it("names the error where it has no name", () => {
    const code = attempts({ binding: "", caught: "" });
    expect(thrown(code)).toBe(
      attempts({
        binding: " (error)",
        caught: "\n      lastError = error;",
        after: "\n  throw lastError;",
      }).replace("  for", "  let lastError;\n  for"),
    );
  });

  it("takes a name that is free", () => {
    const code = attempts({ caught: "\n      log(error, lastError);" });
    expect(thrown(code)).toContain("lastError2 = error;");
  });

  it.each([
    ["return []", "\n  return [];", "something follows the loop"],
    ["a throw", '\n  throw new Error("no users");', "something follows the loop"],
    ["a call", "\n  log(id);\n  return;", "something follows the loop"],
  ])("not in front of %s", (_, after, reason) => {
    expect(thrown(attempts({ after }))).toBe(reason);
  });

  it.each([
    [
      "in an if",
      "async function f() { if (a) { for (;;) { try { return b(); } catch (e) {} } } }",
      "the loop is no statement of a function's body",
    ],
    [
      "in a label",
      "async function f() { a: for (;;) { try { return b(); } catch (e) {} } }",
      "the loop is no statement of a function's body",
    ],
    [
      "at the top of a module",
      "for (;;) { try { b(); } catch (e) {} }",
      "the loop is no statement of a function's body",
    ],
    [
      "an error taken apart",
      attempts({ binding: " ({ name })", caught: "\n      log(name);" }),
      "the error is taken apart where it is caught",
    ],
  ])("not of a loop %s", (_, code, reason) => {
    expect(thrown(code)).toBe(reason);
  });
});

describe("throwing in the last attempt", () => {
  it("asks at the start of the catch", () => {
    expect(
      edited(attempts({}), (sourceCode) =>
        throwWhenLast(sourceCode, catchOf(sourceCode), "attempt === 4"),
      ),
    ).toBe(attempts({ caught: "\n      if (attempt === 4) throw error;\n      log(error);" }));
  });
});

describe("throwing in place of giving up", () => {
  const thrown = (caught: string, binding?: string): string =>
    edited(attempts({ caught, ...(binding !== undefined && { binding }) }), (sourceCode) =>
      throwInPlace(sourceCode, loopOf(sourceCode), catchOf(sourceCode)),
    );
  it.each([
    ["if (attempt === 4) return;", "if (attempt === 4) throw error;"],
    ["if (attempt === 4) return null;", "if (attempt === 4) throw error;"],
    ["if (attempt === 4) return undefined;", "if (attempt === 4) throw error;"],
    ["if (attempt === 4) return void 0;", "if (attempt === 4) throw error;"],
    ["if (attempt === 4) break;", "if (attempt === 4) throw error;"],
    ["if (attempt === 4) { log(error); return }", "if (attempt === 4) { log(error); throw error }"],
    // What another function returns, and what leaves another loop or a switch, gives up nothing.
    [
      "report(() => { return; });\n      if (attempt === 4) return;",
      "report(() => { return; });\n      if (attempt === 4) throw error;",
    ],
    [
      "for (const one of all) { if (one) break; }\n      if (attempt === 4) break;",
      "for (const one of all) { if (one) break; }\n      if (attempt === 4) throw error;",
    ],
    [
      "switch (error.name) { case 'a': break; }\n      if (attempt === 4) break;",
      "switch (error.name) { case 'a': break; }\n      if (attempt === 4) throw error;",
    ],
  ])("%s", (before, after) => {
    expect(thrown(`\n      ${before}`)).toBe(attempts({ caught: `\n      ${after}` }));
  });

  it.each([
    ["if (attempt === 4) return [];"],
    ["if (attempt === 4) return; if (isFatal(error)) return;"],
    ["if (attempt === 4) break; if (isFatal(error)) return null;"],
    ["log(error);"],
    ["for (const one of all) break;"],
  ])("not where it is not one statement: %s", (caught) => {
    expect(thrown(`\n      ${caught}`)).toBe("it is not one statement that gives up");
  });

  it("names the error", () => {
    expect(thrown("\n      if (attempt === 4) return;", "")).toBe(
      attempts({ caught: "\n      if (attempt === 4) throw error;" }),
    );
  });

  it("in a recursion only a `return` gives up", () => {
    const code = (end: string) =>
      `async function list(left) { for (;;) { try { return await send(); } catch (error) { ${end} } } }`;
    const inRecursion = (end: string): string =>
      edited(code(end), (sourceCode) => throwInPlace(sourceCode, undefined, catchOf(sourceCode)));
    expect(inRecursion("if (left) return list(left - 1); return;")).toBe(
      code("if (left) return list(left - 1); throw error;"),
    );
    expect(inRecursion("if (left) return list(left - 1); break;")).toBe(
      "it is not one statement that gives up",
    );
  });
});

describe("throwing what is returned", () => {
  const thrown = (code: string) => {
    const edit = inspect(code, {}, (sourceCode) => {
      const error = nodesOf(sourceCode, "Identifier").findLast(({ name }) => name === "error");
      if (error === undefined) throw new Error("no error");
      return throwInstead(sourceCode, error);
    });
    return edit.applicability === "suggestion" ? apply(code, edit) : edit.reason;
  };
  it("throws it", () => {
    expect(thrown("function f() { try { a(); } catch (error) { return error; } }")).toBe(
      "function f() { try { a(); } catch (error) { throw error; } }",
    );
  });
  it.each([
    [
      "function f() { try { try { a(); } catch (error) { return error; } } catch (e) { b(e); } }",
      "the function would catch it itself",
    ],
    ["const f = (error) => error;", "it is not returned by a statement"],
    ["function f() { return g(error); }", "it is not returned by a statement"],
  ])("not in %s", (code, reason) => {
    expect(thrown(code)).toBe(reason);
  });
});

describe("throwing at the end of a catch", () => {
  const thrown = (caught: string): string =>
    edited(attempts({ caught }), (sourceCode) => throwAtEnd(sourceCode, catchOf(sourceCode)));
  it("throws after everything else", () => {
    expect(thrown("\n      log(error); // why")).toBe(
      attempts({ caught: "\n      log(error); // why\n      throw error;" }),
    );
  });
  it.each(["\n      return list(id);", "\n      throw error;"])("not after %j", (caught) => {
    expect(thrown(caught)).toBe("the end of the `catch` is not reached");
  });
});

describe("success leaves the loop by `return` alone", () => {
  const answer = (code: string, counter?: string): boolean =>
    inspect(code, {}, (sourceCode) => isLeftByReturnOnly(sourceCode, loopOf(sourceCode), counter));
  it.each([
    ["for (let i = 0; i < 5; i++) { return send(); }", true],
    ["for (let i = 0; i < MAX_ATTEMPTS; i++) { return send(); }", true],
    ["for (let i = 0; i < A; i++) { return send(); }", true],
    ["for (;;) { return send(); }", true],
    ["for (const wait of waits) { return send(); }", true],
    ["for (const wait in waits) { return send(); }", true],
    ["for (let i = 0; i < 5; i++) { for (const a of b) { break; } return send(); }", true],
    ["for (let i = 0; i < 5; i++) { switch (a) { case 1: break; } return send(); }", true],
    ["for (let i = 0; i < 5; i++) { run(() => { for (;;) break; }); return send(); }", true],
    // There may be another way out.
    ["for (let i = 0; i < limit; i++) { return send(); }", false],
    ["for (let i = 0; i < maxAttempts && !users; i++) { return send(); }", false],
    ["for (let i = 0; i < 5 && !done(); i++) { return send(); }", false],
    ["for (let i = 0; await more(); i++) { return send(); }", false],
    ["for (let i = 0; i < LIMIT(); i++) { return send(); }", false],
    ["for (let i = 0; i < (await LIMIT); i++) { return send(); }", false],
    ["for (let i = 0; i < userLIMIT; i++) { return send(); }", false],
    ["for (let i = 0; i < Users; i++) { return send(); }", false],
    ["while (!users) { return send(); }", false],
    ["do { if (a) return send(); } while (!users);", false],
    ["for (let i = 0; i < 5; i++) { users = send(); }", false],
    ["for (let i = 0; i < 5; i++) { run(() => { return 1; }); }", false],
    ["for (let i = 0; i < 5; i++) { if (send()) break; return 1; }", false],
    ["l: for (let i = 0; i < 5; i++) { for (;;) { break l; } return send(); }", false],
    ["while (i < 5) { l: for (;;) { return send(); } }", true],
  ])("%s: %s", (code, expected) => {
    expect(answer(`async function f() { ${code} }`, "i")).toBe(expected);
  });
  it.each(["while (a)", ""])("a `break` out of what is around the loop leaves it: %s", (around) => {
    const loop = "for (;;) { if (b) break all; return c(); }";
    expect(answer(`async function f() { all: ${around} { ${loop} } }`)).toBe(false);
  });
  it("what is counted has to be known", () => {
    expect(answer("async function f() { for (; i < 5; i++) { return send(); } }")).toBe(false);
  });
});
