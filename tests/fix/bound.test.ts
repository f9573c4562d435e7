import { describe, expect, it } from "vitest";
import {
  advance,
  compareByOrder,
  handOnNext,
  keepOnly,
  limitAttempts,
  limitPerItem,
  limitTime,
  throwAt,
} from "../../src/fix/bound.ts";
import type { Edit } from "../../src/fix/edit.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

/** The text with an edit made, or why there is none. */
const edited = (code: string, look: (sourceCode: SourceCode) => Edit): string => {
  const edit = inspect(code, {}, look);
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
};

const first = <Item>([item]: readonly Item[]): Item => {
  if (item === undefined) throw new Error("it is not in the sample");
  return item;
};

const loopOf = (sourceCode: SourceCode) =>
  first([
    ...nodesOf(sourceCode, "DoWhileStatement"),
    ...nodesOf(sourceCode, "WhileStatement"),
    ...nodesOf(sourceCode, "ForStatement"),
    ...nodesOf(sourceCode, "ForOfStatement"),
  ]);

const catchOf = (sourceCode: SourceCode) => first(nodesOf(sourceCode, "CatchClause"));

const ATTEMPT = `{
    try {
      users = await client.send(list);
    } catch (error) {
      log(error);
    }
  }`;
const LIMITED = (name: string, condition = `${name} >= 8`) =>
  ATTEMPT.replace("log", `if (${condition}) throw error;\n      log`);

const loop = (head: string, body = ATTEMPT, tail = "") => `async function f() {
  ${head}${body}${tail}
}
`;

describe("counting the rounds of a loop", () => {
  it.each([
    ["while (true) ", "for (let attempt = 1; ; attempt++) "],
    ["while (users === undefined) ", "for (let attempt = 1; users === undefined; attempt++) "],
    ["while ((users === undefined)) ", "for (let attempt = 1; (users === undefined); attempt++) "],
    ["while (1) ", "for (let attempt = 1; 1; attempt++) "],
    ["while ('true') ", "for (let attempt = 1; 'true'; attempt++) "],
    ["for (;;) ", "for (let attempt = 1;; attempt++) "],
    ["for (; !(users);) ", "for (let attempt = 1; !(users); attempt++) "],
    ["again: while (true) ", "again: for (let attempt = 1; ; attempt++) "],
    ["if (id) while (true) ", "if (id) for (let attempt = 1; ; attempt++) "],
  ])("in its head: %s", (before, after) => {
    const code = loop(before);
    expect(
      edited(code, (sourceCode) =>
        limitAttempts(sourceCode, loopOf(sourceCode), catchOf(sourceCode), 8),
      ),
    ).toBe(loop(after, LIMITED("attempt")));
  });

  it.each([
    ["for (let round = 0; ; round++) ", "", "let attempt = 0;\n  "],
    ["for (let round = 0; !users;) ", "", "let attempt = 0;\n  "],
    ["for (; ; rounds++) ", "", "let attempt = 0;\n  "],
    ["for (const id of ids) ", "", "let attempt = 0;\n  "],
    ["do ", " while (!users);", "let attempt = 0;\n  "],
    ["outer: again: do ", " while (!users);", "let attempt = 0;\n  "],
  ])("in front of it: %s", (head, tail, counter) => {
    const code = loop(head, ATTEMPT, tail);
    expect(
      edited(code, (sourceCode) =>
        limitAttempts(sourceCode, loopOf(sourceCode), catchOf(sourceCode), 8),
      ),
    ).toBe(loop(counter + head, LIMITED("attempt", "++attempt >= 8"), tail));
  });

  it("in braces, where the loop is all that an `if` does", () => {
    const code = loop("if (id) do ", ATTEMPT, " while (!users);");
    expect(
      edited(code, (sourceCode) =>
        limitAttempts(sourceCode, loopOf(sourceCode), catchOf(sourceCode), 8),
      ),
    ).toBe(
      loop(
        "if (id) { let attempt = 0; do ",
        LIMITED("attempt", "++attempt >= 8"),
        " while (!users); }",
      ),
    );
  });

  it("under a name that means nothing else in the loop", () => {
    const code = loop("while (true) ", ATTEMPT.replace("log(error)", "log(error, attempt)"));
    expect(
      edited(code, (sourceCode) =>
        limitAttempts(sourceCode, loopOf(sourceCode), catchOf(sourceCode), 3),
      ),
    ).toContain("for (let attempt2 = 1; ; attempt2++) {");
  });

  it.each([
    ["} catch (error) {", "} catch (error) {\n      if (last) throw error;"],
    ["} catch (failure) {", "} catch (failure) {\n      if (last) throw failure;"],
    ["} catch {", "} catch (error2) {\n      if (last) throw error2;"],
    ["} catch{", "} catch (error2){\n      if (last) throw error2;"],
    ["} catch ({ name }) {", "the error is taken apart where it is caught"],
  ])("throwing what was caught: %s", (before, after) => {
    const code = loop("while (true) ", ATTEMPT.replace("} catch (error) {", before));
    const result = edited(code, (sourceCode) => throwAt(sourceCode, catchOf(sourceCode), "last"));
    expect(result).toBe(after.startsWith("}") ? code.replace(before, after) : after);
  });
});

describe("counting the failures of each item that goes back", () => {
  const queue = (put: string, binding = " (error)") => `async function work(queue) {
  while (queue.length > 0) {
    const id = queue.shift();
    try {
      await client.send(describe(id));
    } catch${binding} {
      ${put}
    }
  }
}
`;
  const limited = (code: string, isTyped: boolean): string =>
    edited(code, (sourceCode) => {
      const put = nodesOf(sourceCode, "CallExpression").find(
        ({ callee }) => sourceCode.getText(callee) === "queue.push",
      );
      if (put === undefined) throw new Error("nothing goes back");
      return limitPerItem(sourceCode, loopOf(sourceCode), put, catchOf(sourceCode), 8, isTyped);
    });

  it.each([
    [true, "<unknown, number>"],
    [false, ""],
  ])("in a map in front of the loop, typed: %s", (isTyped, type) => {
    expect(limited(queue("queue.push(id);"), isTyped)).toBe(`async function work(queue) {
  const failures = new Map${type}();
  while (queue.length > 0) {
    const id = queue.shift();
    try {
      await client.send(describe(id));
    } catch (error) {
      const failed = (failures.get(id) ?? 0) + 1;
      if (failed >= 8) throw error;
      failures.set(id, failed);
      queue.push(id);
    }
  }
}
`);
  });

  it("in front of the loop's label", () => {
    expect(
      limited(queue("queue.push(id);").replace("while (queue", "items: while (queue"), false),
    ).toContain("  const failures = new Map();\n  items: while (queue");
  });

  it.each([
    "queue.push({ id });",
    "queue.push(id, id);",
    "queue.push(...id);",
    "queue.push();",
    "queue.push(id.trim());",
  ])("not where something else than the item goes back: %s", (put) => {
    expect(limited(queue(put), false)).toBe("what goes back is not the item itself");
  });

  it("not where the error is taken apart", () => {
    expect(limited(queue("queue.push(id);", " ({ name })"), false)).toBe(
      "the error is taken apart where it is caught",
    );
  });
});

describe("a deadline", () => {
  const limited = (code: string): string =>
    edited(code, (sourceCode) => {
      const [node = loopOf(sourceCode)] = nodesOf(sourceCode, "IfStatement");
      return limitTime(sourceCode, node, "300_000", 'Not "done"');
    });

  it("is set in front of the loop and asked for at the start of every round", () => {
    expect(
      limited(
        "async function f() {\n  done: while (!contact) {\n    contact = await ask();\n  }\n}\n",
      ),
    ).toBe(`async function f() {
  const deadline = Date.now() + 300_000;
  done: while (!contact) {
    if (Date.now() > deadline) throw new Error("Not \\"done\\"");
    contact = await ask();
  }
}
`);
  });
  it.each([
    ["a body without braces", "while (!contact) contact = ask();"],
    ["no loop", "if (!contact) { contact = ask(); }"],
  ])("needs a block: %s", (_, code) => {
    expect(limited(code)).toBe("the loop has no block");
  });
});

describe("a bound that does not hold", () => {
  const compared = (code: string): string =>
    edited(code, (sourceCode) =>
      compareByOrder(
        sourceCode,
        first([...nodesOf(sourceCode, "BinaryExpression"), ...nodesOf(sourceCode, "Identifier")]),
      ),
    );
  it.each([
    ["attempt === 5;", "attempt >= 5;"],
    ["attempt == 5;", "attempt >= 5;"],
    ["attempt !== 5;", "attempt < 5;"],
    ["attempt != limit;", "attempt < limit;"],
    ["(attempt) === (5);", "(attempt) >= (5);"],
    ["(attempt /* made */) !== 5;", "(attempt /* made */) < 5;"],
  ])("is compared by order: %s", (before, after) => {
    expect(compared(before)).toBe(after);
  });
  it.each(["attempt < 5;", "attempt >= 5;", "attempt - 5;", "done;"])(
    "is left as it is: %s",
    (code) => {
      expect(compared(code)).toBe("the test is no comparison");
    },
  );

  it.each([
    ["list(id, attempt++);", "list(id, attempt + 1);"],
    ["list(id, left--);", "list(id, left - 1);"],
    ["list(id, this.attempt++);", "list(id, this.attempt + 1);"],
  ])("is handed on as it will be: %s", (before, after) => {
    expect(
      edited(before, (sourceCode) =>
        handOnNext(sourceCode, first(nodesOf(sourceCode, "UpdateExpression"))),
      ),
    ).toBe(after);
  });

  it("is advanced in the block", () => {
    expect(
      edited(loop("while (attempt < 5) "), (sourceCode) =>
        advance(sourceCode, catchOf(sourceCode).body, "attempt"),
      ),
    ).toBe(
      loop("while (attempt < 5) ", ATTEMPT.replace("      log", "      attempt++;\n      log")),
    );
  });
});

describe("keeping a part of a statement", () => {
  const kept = (code: string): string =>
    edited(code, (sourceCode) => {
      const { body } = first(nodesOf(sourceCode, "TryStatement")).block;
      return keepOnly(sourceCode, loopOf(sourceCode), first(body).range);
    });
  it("takes away what is around it", () => {
    expect(kept("before();\nwhile (true) { try { send(); } catch {} }\nafter();")).toBe(
      "before();\nsend();\nafter();",
    );
  });
  it("is refused where a comment stands there", () => {
    expect(kept("while (true) { /* why */ try { send(); } catch {} }")).toBe(
      "a comment would be lost",
    );
  });
});
