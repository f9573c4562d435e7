/** Retry wrappers and retry decorators of the project, read in whatever way they run what they are given. */
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import type { Layer } from "../../../src/model/retry/layer.ts";
import { retryPaths } from "../../../src/model/retry/paths.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";

const PRELUDE = `
import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
declare const client: ConnectClient;
`;
const SLEEP = `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n`;
const SEND = `/*target*/ client.send(new DescribeUserCommand({ InstanceId: "i", UserId }))`;

function layersOf(
  code: string,
  files: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return withModel(
    { "file.ts": PRELUDE + code, ...files },
    (_unit, [target]) => {
      const [path, ...others] = retryPaths(target as TSESTree.Node);
      expect(others).toEqual([]);
      return (path?.layers ?? []).map(words);
    },
    { settings },
  );
}

/** `@retry: 3 attempts, fixed 500 ms, everything, throws`; only its label where nothing of a layer is known. */
function words({ label, attempts, delay, filter, exhaustion }: Layer): string {
  if (attempts.kind === "unknown" && delay.kind === "unknown") return label;
  const bound = attempts.kind === "bounded" ? String(attempts.max ?? "some") : attempts.kind;
  const wait = delay.fixedMs === undefined ? delay.kind : `${delay.kind} ${String(delay.fixedMs)}`;
  return `${label}: ${bound}, ${wait}, ${filter.kind}, ${exhaustion.kind}`;
}

const loopAround = (attempt: string): string =>
  `for (let attempt = 1; ; attempt++) { try { return await ${attempt}; } catch (error) { if (attempt >= options.attempts) throw error; await sleep(options.delayMs); } }`;

describe("a wrapper", () => {
  const inWrapper = (body: string): readonly string[] =>
    layersOf(
      `${SLEEP}async function withRetry<T>(fn: () => Promise<T>, options: { attempts: number; delayMs: number }): Promise<T> { ${body} }
       export const get = (UserId: string) => withRetry(() => ${SEND}, { attempts: 3, delayMs: 500 });`,
    );

  it.each([
    ["by call", loopAround("fn.call(undefined)")],
    ["by apply", loopAround("fn.apply(undefined, [])")],
    ["by Reflect.apply", loopAround("Reflect.apply(fn, undefined, [])")],
    ["under another name", `const run = fn; ${loopAround("run()")}`],
    ["bound", `const run = fn.bind(undefined); ${loopAround("run()")}`],
    ["in a function of its own", `const run = async () => fn(); ${loopAround("run()")}`],
    [
      "in a function of its own that calls itself",
      `const run = async (attempt: number): Promise<T> => { try { return await fn(); } catch (error) { if (attempt >= options.attempts) throw error; await sleep(options.delayMs); return run(attempt + 1); } }; return run(1);`,
    ],
  ])("runs its callback %s", (_how, body) => {
    expect(inWrapper(body)).toEqual(["withRetry(): 3, fixed 500, everything, throws"]);
  });

  it("look-alike: a name that speaks of retrying, and nothing that repeats", () => {
    expect(inWrapper("try { return await fn(); } catch (error) { throw error; }")).toEqual([]);
  });
  it("look-alike: the function that would repeat is never used in the loop", () => {
    expect(inWrapper("const run = () => fn(); run.toString(); return run();")).toEqual([]);
  });
  it.each([
    ["a loop that does something else", "for (const n of [1, 2]) await sleep(n); return fn();"],
    [
      "a callback that is kept for later",
      "const q: unknown[] = []; q.push(fn); return q as never;",
    ],
    [
      "a library that nobody knows",
      "return import('./polly.js').then(({ policy }) => policy(() => fn()));",
    ],
  ])("is silent by its name alone, with %s", (_how, body) => {
    expect(inWrapper(body)).toEqual(["withRetry()"]);
  });
});

describe("attempts that each caller sets", () => {
  const at = (wrapper: string, use: string, other: string): readonly string[] =>
    layersOf(
      `${SLEEP}${wrapper}
       export const get = (UserId: string) => ${use.replace("WORK", `() => ${SEND}`)};
       export const other = () => ${other.replace("WORK", "async () => {}")};`,
    );
  const options = "options: { attempts?: number; delayMs: number }";
  const counted = (limit: string): string =>
    `for (let attempt = 1; ; attempt++) { try { return await fn(); } catch (error) { if (attempt >= ${limit}) throw error; await sleep(Math.random() * 9); } }`;
  it.each([
    [
      "a parameter",
      `async function again(fn: () => Promise<unknown>, times: number) { ${counted("times")} }`,
      "again(WORK, 3)",
      "again(WORK, 5)",
    ],
    [
      "a default",
      `async function again(fn: () => Promise<unknown>, times = 3) { ${counted("times")} }`,
      "again(WORK)",
      "again(WORK, 5)",
    ],
    [
      "an option",
      `async function again(fn: () => Promise<unknown>, ${options}) { ${counted("options.attempts!")} }`,
      "again(WORK, { attempts: 3, delayMs: 9 })",
      "again(WORK, { attempts: 5, delayMs: 9 })",
    ],
    [
      "an option with a default",
      `async function again(fn: () => Promise<unknown>, { attempts = 3 }: { attempts?: number } = {}) { ${counted("attempts")} }`,
      "again(WORK)",
      "again(WORK, { attempts: 5 })",
    ],
    [
      "an option that is taken out",
      `async function again(fn: () => Promise<unknown>, ${options}) { const { attempts = 3 } = options; ${counted("attempts")} }`,
      "again(WORK, { delayMs: 9 })",
      "again(WORK, { attempts: 5, delayMs: 9 })",
    ],
    [
      "an option or a number in its place",
      `async function again(fn: () => Promise<unknown>, ${options}) { const most = options.attempts ?? 3; ${counted("most")} }`,
      "again(WORK, { delayMs: 9 })",
      "again(WORK, { attempts: 5, delayMs: 9 })",
    ],
    [
      "a factory",
      `const again = (times: number) => async (fn: () => Promise<unknown>) => { ${counted("times")} };`,
      "again(3)(WORK)",
      "again(5)(WORK)",
    ],
    [
      "a wrapper that hands them to another",
      `async function run(times: number, fn: () => Promise<unknown>) { ${counted("times")} }
       const again = (fn: () => Promise<unknown>, { times }: { times: number }) => run(times, () => fn());`,
      "again(WORK, { times: 3 })",
      "again(WORK, { times: 5 })",
    ],
    [
      "a recursion",
      `async function again(fn: () => Promise<unknown>, left: number): Promise<unknown> { const run = async (left: number): Promise<unknown> => { try { return await fn(); } catch (error) { if (left <= 1) throw error; return run(left - 1); } }; return run(left); }`,
      "again(WORK, 3)",
      "again(WORK, 5)",
    ],
  ])("are those of the call: %s", (_how, wrapper, use, other) => {
    expect(at(wrapper, use, other)[0]).toMatch(/: 3,/);
    expect(at(wrapper, other, use)[0]).toMatch(/: 5,/);
  });
  it("are known with the delay where all callers pass the same", () => {
    const wrapper = `async function again(fn: () => Promise<unknown>, ${options}) { for (let attempt = 1; ; attempt++) { try { return await fn(); } catch (error) { if (attempt >= options.attempts!) throw error; await sleep(options.delayMs); } } }`;
    const use = "again(WORK, { attempts: 3, delayMs: 500 })";
    expect(at(wrapper, use, use)).toEqual(["again(): 3, fixed 500, everything, throws"]);
  });
  it("are unknown where the call does not tell", () => {
    expect(
      at(
        `async function again(fn: () => Promise<unknown>, times: number) { ${counted("times")} }`,
        "again(WORK, Number(UserId))",
        "again(WORK, 5)",
      )[0],
    ).toMatch(/: some,/);
  });
});

describe("a decorator", () => {
  const decorated = (
    decorator: string,
    use = "@retry({ attempts: 3, delayMs: 500 })",
    settings = {},
  ): readonly string[] =>
    layersOf(
      `import { ${[...new Set(use.match(/(?<=@)\w+/g))].join(", ")} } from "./decorators.js";
       export class Users { ${use} async describe(UserId: string) { return await ${SEND}; } }
       export const show = (users: Users) => users.describe("u");`,
      { "decorators.ts": SLEEP + decorator },
      settings,
    );
  const OPTIONS = "options: { attempts: number; delayMs: number }";
  const legacy = (body: string): string =>
    `export function retry(${OPTIONS}) { return (target: any, key: string, descriptor: PropertyDescriptor) => { ${body} }; }`;
  const replaced = (attempt: string): string =>
    `descriptor.value = async function (...args: any[]) { ${loopAround(attempt)} };`;

  it.each([
    ["by apply", `const original = descriptor.value; ${replaced("original.apply(this, args)")}`],
    ["by call", `const original = descriptor.value!; ${replaced("original.call(this, ...args)")}`],
    [
      "by bind",
      `const original = descriptor.value as Function; ${replaced("original.bind(this)(...args)")}`,
    ],
    [
      "by Reflect.apply",
      `const { value: original } = descriptor; ${replaced("Reflect.apply(original, this, args)")}`,
    ],
    [
      "from the prototype",
      `const original = target[key]; target[key] = async function (...args: any[]) { ${loopAround("original.apply(this, args)")} };`,
    ],
    [
      "in a new descriptor",
      `const original = descriptor.value; return { ...descriptor, async value(...args: any[]) { ${loopAround("original.apply(this, args)")} } };`,
    ],
    [
      "in a getter",
      `const original = descriptor.value; return { configurable: true, get() { return async (...args: any[]) => { ${loopAround("original.apply(this, args)")} }; } };`,
    ],
    [
      "by recursion",
      `const original = descriptor.value; descriptor.value = function (...args: any[]) { const run = async (attempt: number): Promise<any> => { try { return await original.apply(this, args); } catch (error) { if (attempt >= options.attempts) throw error; await sleep(options.delayMs); return run(attempt + 1); } }; return run(1); };`,
    ],
  ])("of TypeScript runs the method %s", (_how, body) => {
    expect(decorated(legacy(body))).toEqual(["@retry: 3, fixed 500, everything, throws"]);
  });

  it("of TypeScript hands the method to a wrapper", () => {
    const wrapper = `async function run(fn: () => Promise<unknown>, ${OPTIONS}) { ${loopAround("fn()")} }`;
    expect(
      decorated(
        `${wrapper} ${legacy("const original = descriptor.value; descriptor.value = function (...args: any[]) { return run(() => original.apply(this, args), options); };")}`,
      ),
    ).toEqual(["@retry: 3, fixed 500, everything, throws"]);
  });

  it.each([
    [
      "as a factory",
      `export function retry(${OPTIONS}) { return function <A extends unknown[], R>(method: (...args: A) => Promise<R>, _context: ClassMethodDecoratorContext) { return async function (this: unknown, ...args: A): Promise<R> { ${loopAround("method.call(this, ...args)")} }; }; }`,
      undefined,
    ],
    [
      "as it is",
      `const options = { attempts: 3, delayMs: 500 }; export function retry<A extends unknown[], R>(method: (...args: A) => Promise<R>) { return async function retried(this: unknown, ...args: A): Promise<R> { ${loopAround("method.apply(this, args)")} }; }`,
      "@retry",
    ],
    [
      "in a namespace",
      `export const lib = { retry: (${OPTIONS}) => <A extends unknown[], R>(method: (...args: A) => Promise<R>, _context: unknown) => async function (this: unknown, ...args: A): Promise<R> { ${loopAround("method.call(this, ...args)")} } };`,
      "@lib.retry({ attempts: 3, delayMs: 500 })",
    ],
  ])("of the standard is read, %s", (_how, code, use) => {
    expect(decorated(code, use)).toEqual(["@retry: 3, fixed 500, everything, throws"]);
  });

  it("reads the loop in the decorator's file", () => {
    const [own, origin] = withModel(
      {
        "file.ts": `${PRELUDE}import { retry } from "./retry.js";
          export class Users { @retry async describe(UserId: string) { return await ${SEND}; } }`,
        "retry.ts": `export const retry = (_t: object, _k: string, d: PropertyDescriptor) => { const original = d.value; d.value = async function (...args: unknown[]) { for (;;) { try { return await original.apply(this, args); } catch {} } }; };`,
      },
      (unit, [target]) => {
        const [layer] = retryPaths(target as TSESTree.Node)[0]?.layers ?? [];
        if (layer?.origin === undefined) return [];
        return [unitOf(layer.node) === unit, unitOf(layer.origin.node).fileName];
      },
    );
    expect(own).toBe(true);
    expect(origin).toMatch(/retry\.ts$/);
  });

  it("has the attempts of its own arguments where others have others", () => {
    expect(
      decorated(
        legacy(`const original = descriptor.value; ${replaced("original.apply(this, args)")}`),
        "@retry({ attempts: 2, delayMs: 500 }) @retry({ attempts: 4, delayMs: 500 })",
      ).map((layer) => layer.slice(0, 9)),
    ).toEqual(["@retry: 4", "@retry: 2"]);
  });

  it("lies around those below it", () => {
    expect(
      decorated(
        `const options = { attempts: 3, delayMs: 500 };
         export const inner = (_t: any, _k: string, d: PropertyDescriptor) => { const original = d.value; d.value = async function (...args: any[]) { for (let n = 0; ; n++) { try { return await original.apply(this, args); } catch (error) { if (n > 0) throw error; } } }; };
         ${legacy(`const original = descriptor.value; ${replaced("original.apply(this, args)")}`)}`,
        "@retry({ attempts: 3, delayMs: 500 }) @inner",
      ),
    ).toEqual([
      "@inner: 2, none 0, everything, throws",
      "@retry: 3, fixed 500, everything, throws",
    ]);
  });

  it.each([
    [
      "that logs",
      `export function retryLogger(_t: any, key: string, descriptor: PropertyDescriptor) { const original = descriptor.value; descriptor.value = async function (...args: any[]) { try { return await original.apply(this, args); } catch (error) { console.warn(key, error); throw error; } }; }`,
      "@retryLogger",
    ],
    [
      "of the standard that logs",
      `export const retryLogger = (name: string) => (method: (...args: any[]) => any, _context: unknown) => function (this: unknown, ...args: any[]) { console.log(name); return method.apply(this, args); };`,
      "@retryLogger('describe')",
    ],
    [
      "that hands the method to a function that logs",
      `const logged = (fn: Function) => async (...args: any[]) => { const result = await fn(...args); console.log(result); return result; };
       export function retryLogger(_t: any, _k: string, descriptor: PropertyDescriptor) { descriptor.value = logged(descriptor.value); }`,
      "@retryLogger",
    ],
    [
      "with a loop over something else, and no name that speaks of retrying",
      `export function traced(_t: any, _k: string, descriptor: PropertyDescriptor) { const original = descriptor.value; descriptor.value = async function (...args: any[]) { for (const arg of args) console.log(arg); return original.apply(this, args); }; }`,
      "@traced",
    ],
    [
      "whose loop calls another method of the object",
      `export function warmed(target: any, _k: string, descriptor: PropertyDescriptor) { const original = descriptor.value; descriptor.value = async function (...args: any[]) { for (let n = 0; n < 3; n++) { try { await target.warmUp(); break; } catch {} } return original.apply(this, args); }; }`,
      "@warmed",
    ],
  ])("look-alike: one %s", (_how, code, use) => {
    expect(decorated(code, use)).toEqual([]);
  });

  it.each([
    [
      "it leaves a note for somebody else",
      `declare const registry: any; export const Retry = (n: number) => (target: any, key: string, _descriptor: PropertyDescriptor) => { registry.define("retry", n, target, key); };`,
      "@Retry(3)",
    ],
    [
      "its source is not there",
      `export declare function Retryable(n: number): any;`,
      "@Retryable(3)",
    ],
    [
      "it repeats in a way that is not followed",
      `export function retry(_t: any, _k: string, descriptor: PropertyDescriptor) { const original = descriptor.value; descriptor.value = async function (...args: any[]) { try { return await original.apply(this, args); } catch { return descriptor.value.apply(this, args); } }; }`,
      "@retry",
    ],
    [
      "it hands the method to a library that nobody knows",
      `declare const policy: any; export function retry(_t: any, _k: string, descriptor: PropertyDescriptor) { const original = descriptor.value; descriptor.value = function (...args: any[]) { return policy.execute(() => original.apply(this, args)); }; }`,
      "@retry",
    ],
  ])("is taken by its name where %s", (_how, code, use) => {
    expect(decorated(code, use)).toEqual([/^@\w+/.exec(use)?.[0]]);
  });

  it("is a layer where the settings say so", () => {
    const declared = `export declare function Sturdy(n: number): any;`;
    expect(decorated(declared, "@Sturdy(3)")).toEqual([]);
    const retryWrappers = [{ from: "file", path: "./decorators.ts", name: "Sturdy" }];
    expect(decorated(declared, "@Sturdy(3)", { retryWrappers })).toEqual(["@Sturdy"]);
  });
});
