import { describe, expect, it } from "vitest";
import type { Edit } from "../../src/fix/edit.ts";
import {
  insertAfter,
  insertBefore,
  insertFirst,
  insertLast,
  isInList,
  nameError,
} from "../../src/fix/statement.ts";
import { apply, inspect, nodesOf, type SourceCode } from "./support.ts";

const STATEMENT = "wait();";

const edited = (code: string, look: (sourceCode: SourceCode) => Edit): string => {
  const edit = inspect(code, {}, look);
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
};

/** The statement that sends, or that is the whole file. */
const sending = (sourceCode: SourceCode) => {
  const send = nodesOf(sourceCode, "CallExpression").find(({ callee }) =>
    sourceCode.getText(callee).endsWith("send"),
  );
  for (let node = send?.parent; node !== undefined; node = node.parent)
    if (/Statement$|Declaration$/.test(node.type)) return node;
  throw new Error("nothing is sent");
};

const blockOf = (sourceCode: SourceCode) => {
  const [clause] = nodesOf(sourceCode, "CatchClause");
  const [fn] = nodesOf(sourceCode, "FunctionDeclaration");
  const block = clause?.body ?? fn?.body;
  if (block === undefined) throw new Error("no block");
  return block;
};

describe("as the first of a block", () => {
  const inserted = (code: string): string =>
    edited(code, (sourceCode) => insertFirst(sourceCode, blockOf(sourceCode), STATEMENT));
  it.each([
    ["{}", "{ wait(); }"],
    ["{ }", "{ wait(); }"],
    ["{ /* ignored */ }", "{ /* ignored */ wait(); }"],
    ["{/* ignored */}", "{/* ignored */ wait(); }"],
    ["{\n}", "{\n  wait();\n}"],
    ["{\n  // ignored\n}", "{\n  // ignored\n  wait();\n}"],
    ["{ // ignored\n}", "{ // ignored\n  wait();\n}"],
    ["{ /* ignored\n */ }", "{ /* ignored\n */ \n   wait();\n }"],
    ["{ send(); }", "{ wait(); send(); }"],
    ["{send();}", "{ wait();send();}"],
    ["{\n  send();\n}", "{\n  wait();\n  send();\n}"],
    ["{ // why\n  send();\n}", "{ // why\n  wait();\n  send();\n}"],
    ["{\n  // what is sent\n  send();\n}", "{\n  wait();\n  // what is sent\n  send();\n}"],
    ["{ // why\n  // what\n  send();\n}", "{ // why\n  wait();\n  // what\n  send();\n}"],
    ["{\r\n\tsend();\r\n}", "{\r\n\twait();\r\n\tsend();\r\n}"],
  ])("%j", (before, after) => {
    expect(inserted(`try { a(); } catch (error) ${before}`)).toBe(
      `try { a(); } catch (error) ${after}`,
    );
  });
  it.each([
    ['{\n  "use server";\n  send();\n}', '{\n  "use server";\n  wait();\n  send();\n}'],
    ['{ "use server"; send(); }', '{ "use server"; wait(); send(); }'],
    ['{ "use server" }', '{ "use server"; wait(); }'],
    [
      '{\n  "use server";\n  "use strict"; // both\n}',
      '{\n  "use server";\n  "use strict"; // both\n  wait();\n}',
    ],
  ])("below a directive: %j", (before, after) => {
    expect(inserted(`async function f() ${before}`)).toBe(`async function f() ${after}`);
  });
  it("without a semicolon where the file has none", () => {
    expect(inserted("a()\nb()\nfunction f() {\n  send()\n}\n")).toBe(
      "a()\nb()\nfunction f() {\n  wait()\n  send()\n}\n",
    );
    expect(inserted("a()\nb()\nfunction f() {\n  ;[c].map(send)\n}\n")).toBe(
      "a()\nb()\nfunction f() {\n  wait()\n  ;[c].map(send)\n}\n",
    );
    expect(inserted("a()\nb()\nfunction f() {\n  (send)()\n}\n")).toBe(
      "a()\nb()\nfunction f() {\n  wait();\n  (send)()\n}\n",
    );
    expect(inserted("a()\nb()\nfunction f() {\n}\n")).toBe(
      "a()\nb()\nfunction f() {\n  wait()\n}\n",
    );
  });
});

describe("as the last of a block", () => {
  const inserted = (code: string): string =>
    edited(code, (sourceCode) => insertLast(sourceCode, blockOf(sourceCode), STATEMENT));
  it.each([
    ["{}", "{ wait(); }"],
    ["{\n  send();\n}", "{\n  send();\n  wait();\n}"],
    ["{\n  send(); // why\n}", "{\n  send(); // why\n  wait();\n}"],
    ["{\n  send(); /* a */ // b\n  // c\n}", "{\n  send(); /* a */ // b\n  wait();\n  // c\n}"],
    ["{ send(); }", "{ send(); wait(); }"],
    ["{ send() }", "{ send(); wait(); }"],
    ["{ const users = send() }", "{ const users = send(); wait(); }"],
    ["{ if (a) send() }", "{ if (a) send(); wait(); }"],
    ["{ if (a) { b() } else send() }", "{ if (a) { b() } else send(); wait(); }"],
    ["{ for (const a of b) send(a) }", "{ for (const a of b) send(a); wait(); }"],
    ["{ users = {} }", "{ users = {}; wait(); }"],
    ["{ if (a) { send() } }", "{ if (a) { send() } wait(); }"],
    ["{ if (a) {} else { send() } }", "{ if (a) {} else { send() } wait(); }"],
    ["{ { send() } }", "{ { send() } wait(); }"],
    ["{ try { send() } finally { a() } }", "{ try { send() } finally { a() } wait(); }"],
    ["{ switch (a) { case 1: send() } }", "{ switch (a) { case 1: send() } wait(); }"],
    ["{ for (;;) { send() } }", "{ for (;;) { send() } wait(); }"],
    ["{ for (const a in b) { send() } }", "{ for (const a in b) { send() } wait(); }"],
    ["{ for (const a of b) { send() } }", "{ for (const a of b) { send() } wait(); }"],
    ["{ while (a) { send() } }", "{ while (a) { send() } wait(); }"],
    ["{ a: { send() } }", "{ a: { send() } wait(); }"],
    ["{ function g() { send() } }", "{ function g() { send() } wait(); }"],
    ["{ class A { b = send() } }", "{ class A { b = send() } wait(); }"],
    ["{ do { send() } while (a) }", "{ do { send() } while (a); wait(); }"],
  ])("%j", (before, after) => {
    expect(inserted(`try { a(); } catch (error) ${before}`)).toBe(
      `try { a(); } catch (error) ${after}`,
    );
  });
});

describe("beside another statement", () => {
  const before = (code: string): string =>
    edited(code, (sourceCode) => insertBefore(sourceCode, sending(sourceCode), STATEMENT));
  it.each([
    ["send();", "wait();\nsend();"],
    ["  send();", "  wait();\n  send();"],
    ["a(); send();", "a(); wait(); send();"],
    ["/* a */ send();", "wait();\n/* a */ send();"],
    ["a(); /* b */ send();", "a(); /* b */ wait(); send();"],
    ["// a\nsend();", "wait();\n// a\nsend();"],
    ["// a\n\nsend();", "// a\n\nwait();\nsend();"],
    ["if (a) send();", "if (a) { wait(); send(); }"],
    ["if (a) b(); else send();", "if (a) b(); else { wait(); send(); }"],
    ["for (;;) send();", "for (;;) { wait(); send(); }"],
    ["while (a) send();", "while (a) { wait(); send(); }"],
    ["switch (a) { case 1: send(); }", "switch (a) { case 1: wait(); send(); }"],
    ["class A { static { send(); } }", "class A { static { wait(); send(); } }"],
    ["namespace A { send(); }", "namespace A { wait(); send(); }"],
    ["a()\nsend()\n", "a()\nwait()\nsend()\n"],
    ["a()\n;[send()]\n", "a()\n;wait(); [send()]\n"],
    ["const users = send();", "wait();\nconst users = send();"],
  ])("in front of it: %j", (code, after) => {
    expect(before(code)).toBe(after);
  });
  it.each(["label: send();", "for (let users = send(); ;) {}"])(
    "not where none fits: %s",
    (code) => {
      expect(before(code)).toBe("there is no room for another statement");
    },
  );
  it("not in place of what an `if` asks or a loop goes over", () => {
    const code = "if (a) { b(); }\nfor (const c of d) { e(); }\n";
    const parts = (sourceCode: SourceCode) => [
      nodesOf(sourceCode, "IfStatement")[0]?.test,
      nodesOf(sourceCode, "IfStatement")[0]?.consequent,
      nodesOf(sourceCode, "ForOfStatement")[0]?.right,
      nodesOf(sourceCode, "ForOfStatement")[0]?.left,
    ];
    inspect(code, {}, (sourceCode) => {
      for (const part of parts(sourceCode)) {
        if (part === undefined) throw new Error("a part is missing");
        expect(isInList(part)).toBe(false);
        expect(insertBefore(sourceCode, part, STATEMENT).reason).toBe(
          "there is no room for another statement",
        );
      }
    });
  });

  const after = (code: string): string =>
    edited(code, (sourceCode) => insertAfter(sourceCode, sending(sourceCode), STATEMENT));
  it.each([
    ["send();", "send();\nwait();"],
    ["send();\n\nb();", "send();\nwait();\n\nb();"],
    ["send(); b();", "send(); wait(); b();"],
    ["send() /* a */\nb()", "send() /* a */\nwait()\nb()"],
    ["a()\nsend()\n(b)()", "a()\nsend()\n(b)()"],
  ])("behind it: %j", (code, result) => {
    expect(after(code)).toBe(code.includes("(b)") ? "a()\nsend()\n(b)()\nwait()" : result);
  });
});

describe("the name of what was caught", () => {
  const named = (code: string): string =>
    inspect(code, {}, (sourceCode) => {
      const [clause] = [
        ...nodesOf(sourceCode, "CatchClause"),
        ...nodesOf(sourceCode, "ArrowFunctionExpression"),
      ];
      if (clause === undefined) throw new Error("nothing is caught");
      const { name, edit } = nameError(sourceCode, clause);
      return edit.applicability === "none" ? (edit.reason ?? "") : `${name}: ${apply(code, edit)}`;
    });
  it.each([
    ["try { a(); } catch (e) { b(e); }", "e: try { a(); } catch (e) { b(e); }"],
    ["try { a(); } catch { b(); }", "error: try { a(); } catch (error) { b(); }"],
    ["try { a(); } catch { b(error); }", "error2: try { a(); } catch (error2) { b(error); }"],
    ["p.catch((e) => b(e));", "e: p.catch((e) => b(e));"],
    ["p.catch(({ name }) => b(name));", "the error is taken apart where it is caught"],
    ["p.catch((e = {}) => b(e));", "the error is taken apart where it is caught"],
    ["p.catch(() => b());", "the function that is called then takes no error"],
  ])("%s", (code, result) => {
    expect(named(code)).toBe(result);
  });
});
