import { describe, expect, it } from "vitest";
import { type FunctionNode, isFunction } from "../../src/ast/nodes.ts";
import { walk } from "../../src/ast/walk.ts";
import { limitRecursion, limitRecursionTime } from "../../src/fix/recursion.ts";
import { apply, inspect, nodesOf, type Sample, type SourceCode } from "./support.ts";

/** The function that is called `list`, and its call of itself. */
function parts(sourceCode: SourceCode) {
  const fn = [...walk(sourceCode.ast, sourceCode.visitorKeys)].find((node): node is FunctionNode =>
    isFunction(node),
  );
  const again = nodesOf(sourceCode, "CallExpression").find(({ callee }) =>
    /^(?:this\.)?list$/.test(sourceCode.getText(callee)),
  );
  if (fn === undefined || again === undefined) throw new Error("it does not call itself");
  return { fn, again };
}

const limited = (code: string, sample: Sample = {}): string => {
  const edit = inspect(code, sample, (sourceCode) => {
    const { fn, again } = parts(sourceCode);
    return limitRecursion(sourceCode, fn, again, 8);
  });
  return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit, sample);
};

const JS: Sample = { filename: "sample.js", parser: "espree" };

describe("counting the attempts in a parameter", () => {
  it.each([
    [
      "a function",
      `async function list(id: string): Promise<unknown> {
  try {
    return await client.send(command(id));
  } catch (error) {
    return list(id);
  }
}
`,
      `async function list(id: string, attempt = 1): Promise<unknown> {
  try {
    return await client.send(command(id));
  } catch (error) {
    if (attempt >= 8) throw error;
    return list(id, attempt + 1);
  }
}
`,
    ],
    [
      "no parameters, and a return type",
      "async function list(): Promise<void> { try { await send(); } catch { await list(); } }",
      "async function list(attempt = 1): Promise<void> { try { await send(); } catch (error) { if (attempt >= 8) throw error; await list(attempt + 1); } }",
    ],
    [
      "no parameters, and no return type",
      "async function list() { try { await send((1)); } catch { await list(); } }",
      "async function list(attempt = 1) { try { await send((1)); } catch (error) { if (attempt >= 8) throw error; await list(attempt + 1); } }",
    ],
    [
      "several parameters",
      "async function list(id, region) { try { await send(id); } catch (e) { await list(id, (region)); } }",
      "async function list(id, region, attempt = 1) { try { await send(id); } catch (e) { if (attempt >= 8) throw e; await list(id, (region), attempt + 1); } }",
    ],
    [
      "a trailing comma",
      "async function list(\n  id,\n) {\n  try { await send(id); } catch (e) { await list(id,); }\n}",
      "async function list(\n  id, attempt = 1,\n) {\n  try { await send(id); } catch (e) { if (attempt >= 8) throw e; await list(id, attempt + 1,); }\n}",
    ],
    [
      "a name that is taken",
      "async function list(id) { try { await send(id); } catch (e) { attempt(e); await list(id); } }",
      "async function list(id, attempt2 = 1) { try { await send(id); } catch (e) { if (attempt2 >= 8) throw e; attempt(e); await list(id, attempt2 + 1); } }",
    ],
    [
      "a method",
      "class A { async list() { try { await send(); } catch (e) { await this.list(); } } }",
      "class A { async list(attempt = 1) { try { await send(); } catch (e) { if (attempt >= 8) throw e; await this.list(attempt + 1); } } }",
    ],
    [
      "a chain of promises",
      "const list = () => send().catch((error) => list());",
      "const list = (attempt = 1) => send().catch((error) => { if (attempt >= 8) throw error; return list(attempt + 1); });",
    ],
    [
      "a chain of promises whose handler takes no error",
      "const list = (id) => send(id).catch(() => (list(id)));",
      "const list = (id, attempt = 1) => send(id).catch((error) => { if (attempt >= 8) throw error; return (list(id, attempt + 1)); });",
    ],
    [
      "no parameters, and a return type in parentheses",
      "const list = (): Promise<(() => void) | undefined> => send().catch((error) => list());",
      "const list = (attempt = 1): Promise<(() => void) | undefined> => send().catch((error) => { if (attempt >= 8) throw error; return list(attempt + 1); });",
    ],
    [
      "no parameters, and a body in parentheses",
      "const list = () => (send().catch((error) => list()));",
      "const list = (attempt = 1) => (send().catch((error) => { if (attempt >= 8) throw error; return list(attempt + 1); }));",
    ],
    [
      "a handler with a block",
      "const list = (id) => send(id).then(use, function () { return list(id); });",
      "const list = (id, attempt = 1) => send(id).then(use, function (error) { if (attempt >= 8) throw error; return list(id, attempt + 1); });",
    ],
  ])("%s", (_, before, after) => {
    expect(limited(before)).toBe(after);
  });

  it("of an arrow without parentheses", () => {
    expect(limited("const list = id => send(id).catch(error => list(id));", JS)).toBe(
      "const list = (id, attempt = 1) => send(id).catch(error => { if (attempt >= 8) throw error; return list(id, attempt + 1); });",
    );
    expect(
      limited(
        "const list = async id => { try { await send(id); } catch { await list(id); } };",
        JS,
      ),
    ).toBe(
      "const list = async (id, attempt = 1) => { try { await send(id); } catch (error) { if (attempt >= 8) throw error; await list(id, attempt + 1); } };",
    );
  });

  it.each([
    [
      "any number of arguments",
      "async function list(...ids) { try { await send(ids); } catch (e) { await list(...ids); } }",
      "the function takes any number of arguments",
    ],
    [
      "a parameter that is not handed on",
      "async function list(id, region) { try { await send(id); } catch (e) { await list(id); } }",
      "it does not hand on all of its parameters",
    ],
    [
      "more than it takes",
      "async function list(id) { try { await send(id); } catch (e) { await list(id, 1); } }",
      "it does not hand on all of its parameters",
    ],
    [
      "arguments that are spread",
      "async function list(ids) { try { await send(ids); } catch (e) { await list(...ids); } }",
      "the arguments are spread",
    ],
    [
      "no handler",
      "async function list(id) { if (!(await send(id))) await list(id); }",
      "the failure does not arrive where it calls itself",
    ],
    [
      "a function of its own",
      "async function list(id) { try { await send(id); } catch (e) { setTimeout(() => list(id), 5); } }",
      "it calls itself from a function of its own",
    ],
    [
      "a handler of success",
      "const list = (id) => send(id).then(() => list(id));",
      "it calls itself from a function of its own",
    ],
    [
      "a handler of both",
      "const list = (id) => send(id).finally(() => list(id));",
      "it calls itself from a function of its own",
    ],
    [
      "the second argument of catch",
      "const list = (id) => send(id).catch(use, () => list(id));",
      "it calls itself from a function of its own",
    ],
    [
      "a function that is called then",
      "const list = (id) => retry(() => list(id));",
      "it calls itself from a function of its own",
    ],
    [
      "an error that is taken apart",
      "const list = (id) => send(id).catch(({ name }) => list(id));",
      "the error is taken apart",
    ],
    [
      "a handler with two parameters",
      "const list = (id) => send(id).catch((error, other) => list(id));",
      "the error is taken apart",
    ],
    [
      "a directive that forbids defaults",
      'async function list(id) { "use strict"; try { await send(id); } catch (e) { await list(id); } }',
      "the function has a directive of its own",
    ],
  ])("not with %s", (_, code, reason) => {
    expect(limited(code)).toBe(reason);
  });

  it("beside another directive", () => {
    const code =
      'async function list(id) { "use server"; try { await send(id); } catch (e) { await list(id); } }';
    expect(limited(code)).toBe(
      'async function list(id, attempt = 1) { "use server"; try { await send(id); } catch (e) { if (attempt >= 8) throw e; await list(id, attempt + 1); } }',
    );
  });
});

describe("a deadline in a parameter", () => {
  const timed = (code: string): string => {
    const edit = inspect(code, {}, (sourceCode) => {
      const { fn, again } = parts(sourceCode);
      return limitRecursionTime(sourceCode, fn, again, "300_000", 'Not "done"');
    });
    return edit.applicability === "none" ? (edit.reason ?? "") : apply(code, edit);
  };
  it("is handed on", () => {
    expect(
      timed(
        "async function list(id) {\n  if (await done(id)) return;\n  await sleep(5);\n  return list(id);\n}\n",
      ),
    ).toBe(
      'async function list(id, deadline = Date.now() + 300_000) {\n  if (Date.now() > deadline) throw new Error("Not \\"done\\"");\n  if (await done(id)) return;\n  await sleep(5);\n  return list(id, deadline);\n}\n',
    );
  });
  it("is asked for below a directive", () => {
    expect(timed('async function list() { "use server"; await list(); }')).toBe(
      'async function list(deadline = Date.now() + 300_000) { "use server"; if (Date.now() > deadline) throw new Error("Not \\"done\\""); await list(deadline); }',
    );
  });
  it.each([
    ["function list() { return list(); }", "nobody would receive the error"],
    ["async function list() { setTimeout(() => list(), 5); }", "nobody would receive the error"],
    ["const list = async () => list();", "the function has no block body"],
  ])("not in %s", (code, reason) => {
    expect(timed(code)).toBe(reason);
  });
});
