import { AST_NODE_TYPES } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/ast/nodes.ts";
import { delayOf } from "../../../src/model/delay/analyse.ts";
import { randomnessOf } from "../../../src/model/summary/randomness.ts";
import { sleepsBehind, sleepsIn } from "../../../src/model/summary/sleeps.ts";
import { withModel } from "../../support/model.ts";

const nap = "export const nap = (ms: number) => new Promise((r) => setTimeout(r, ms));";

function onFunction<Result>(
  files: Readonly<Record<string, string>>,
  ask: (fn: Parameters<typeof sleepsIn>[0]) => Result,
): Result {
  return withModel(files, (_unit, [target]) => {
    const fn =
      target?.type === AST_NODE_TYPES.VariableDeclaration ? target.declarations[0].init : target;
    if (!isFunction(fn)) throw new Error("The target is no function.");
    return ask(fn);
  });
}

describe("sleepsIn", () => {
  it.each([
    ["directly", "/*target*/ async function f() { await nap(100); }", "yes"],
    [
      "through a function",
      "async function g() { await nap(100); } /*target*/ async function f() { await g(); }",
      "yes",
    ],
    [
      "in an inline callback",
      "/*target*/ async function f() { return call().catch(() => nap(100)); }",
      "yes",
    ],
    [
      "in a recursion",
      "/*target*/ async function f(): Promise<unknown> { try { return await call(); } catch { await nap(100); return f(); } }",
      "yes",
    ],
    [
      "in a mutual recursion",
      "/*target*/ async function f(): Promise<unknown> { return g(); } async function g(): Promise<unknown> { await nap(100); return f(); }",
      "yes",
    ],
    ["nowhere", "/*target*/ async function f() { return call(); }", "no"],
    ["without waiting", "/*target*/ async function f() { nap(100); return call(); }", "no"],
    [
      "perhaps, in a function that it is given",
      "/*target*/ async function f(pause: () => Promise<void>) { await pause(); }",
      "unknown",
    ],
    [
      "only in a function that it makes and does not call",
      "/*target*/ function f() { return { later: () => nap(100) }; }",
      "no",
    ],
  ])("%s", (_name, code, answer) => {
    const files = {
      "file.ts": `import { nap } from "./nap.js"; declare function call(): Promise<string>; ${code} export { f };`,
      "nap.ts": nap,
    };
    expect(onFunction(files, (fn) => sleepsIn(fn).answer)).toBe(answer);
  });

  it("does not forget what a cycle hid from another function", () => {
    const code = `import { nap } from "./nap.js";
/*target*/ async function f(n: number): Promise<void> { if (n > 0) await g(n - 1); await nap(100); }
async function g(n: number): Promise<void> { await f(n); }
export { f, g };`;
    const answers = withModel({ "file.ts": code, "nap.ts": nap }, (unit) =>
      unit.ast.body.flatMap((node) =>
        node.type === AST_NODE_TYPES.FunctionDeclaration ? [sleepsIn(node).answer] : [],
      ),
    );
    expect(answers).toEqual(["yes", "yes"]);
  });
});

describe("sleepsBehind", () => {
  it("sees the sleeps of a function with the arguments of the call", () => {
    const code = `import { attempt } from "./attempt.js";
export async function run() { for (let i = 0; i < 3; i++) await /*target*/ attempt(i); }`;
    const other = `import { nap } from "./nap.js"; declare function call(): Promise<string>;
export async function attempt(n: number) { try { return await call(); } catch { await nap(100 * 2 ** n); return undefined; } }`;
    const delays = withModel(
      { "file.ts": code, "attempt.ts": other, "nap.ts": nap },
      (unit, [target]) => {
        if (target?.type !== AST_NODE_TYPES.CallExpression)
          throw new Error("The target is no call.");
        const run = unit.ast.body[1];
        const fn =
          run?.type === AST_NODE_TYPES.ExportNamedDeclaration ? run.declaration : undefined;
        const loop = isFunction(fn) ? fn.body.body[0] : undefined;
        if (loop?.type !== AST_NODE_TYPES.ForStatement) throw new Error("There is no loop.");
        return sleepsBehind(target).sleeps.map((sleep) => delayOf(sleep, { loop, attempts: 3 }));
      },
    );
    expect(delays).toMatchObject([{ kind: "growing", maxMs: 400 }]);
  });
});

describe("randomnessOf", () => {
  it.each([
    ["/*target*/ const f = () => Math.random();", "yes"],
    ["/*target*/ const f = (ms: number) => ms / 2 + (Math.random() * ms) / 2;", "yes"],
    ["/*target*/ const f = (ms: number) => ms / 2 + ms / 2;", "no"],
    [
      "const g = () => Math.random(); /*target*/ function f(ms: number) { const r = g(); return ms * r; }",
      "yes",
    ],
    [
      "declare function g(): number; /*target*/ function f(ms: number) { return ms * g(); }",
      "unknown",
    ],
    ["/*target*/ function f(n: number): number { return n > 0 ? f(n - 1) : 0; }", "unknown"],
  ])("%s: %s", (code, answer) => {
    expect(onFunction({ "file.ts": `${code} export { f };` }, randomnessOf)).toBe(answer);
  });
});
