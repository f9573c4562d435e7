/**
 * What tests import from `vitest` while mutation testing runs them: `describe` and `it` put the tests on a list,
 * so that they can be run again and again without loading anything anew. `expect` is vitest's own.
 */
import path from "node:path";
import { format } from "node:util";
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from "@vitest/expect";

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export const { expect } = chai;

type Body = (...values: readonly unknown[]) => unknown;
type Hook = () => unknown;

interface Hooks {
  readonly before: Hook[];
  readonly beforeEach: Hook[];
  readonly afterEach: Hook[];
}

interface Group {
  readonly name: string;
  readonly hooks: Hooks;
  readonly isSkipped: boolean;
}

export interface ListedTest {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  readonly run: () => Promise<void>;
}

const listed: ListedTest[] = [];
const groups: Group[] = [];
const started = new Set<Hook>();
let currentFile = "";

/** Loads a file of tests and returns them in their order; those that are skipped are left out. */
export async function testsOf(file: string): Promise<readonly ListedTest[]> {
  listed.length = 0;
  currentFile = file;
  groups.push(emptyGroup(path.basename(file), false));
  await import(path.resolve(file));
  groups.pop();
  return [...listed];
}

const emptyGroup = (name: string, isSkipped: boolean): Group => ({
  name,
  hooks: { before: [], beforeEach: [], afterEach: [] },
  isSkipped,
});

function group(name: string, body: Body, isSkipped = false): void {
  groups.push(emptyGroup(name, isSkipped));
  body();
  groups.pop();
}

function list(name: string, body: Body, values: readonly unknown[]): void {
  const around = [...groups];
  if (around.some(({ isSkipped }) => isSkipped)) return;
  const hooks = (kind: keyof Hooks): Hook[] => around.flatMap((each) => each.hooks[kind]);
  const fullName = [...around.map((each) => each.name), name].join(" ");
  listed.push({
    id: `${currentFile}#${String(listed.length)}`,
    name: fullName,
    fileName: currentFile,
    async run() {
      for (const hook of hooks("before")) {
        // Once for all runs: what it prepares is a folder or a program, which no mutant changes.
        if (!started.has(hook)) await hook();
        started.add(hook);
      }
      for (const hook of hooks("beforeEach")) await hook();
      try {
        await body(...values);
      } finally {
        for (const hook of hooks("afterEach").reverse()) await hook();
      }
    },
  });
}

/** `name` with the values of a row of `each` where vitest puts them. */
function nameOf(name: string, values: readonly unknown[], index: number): string {
  const [first] = values;
  const filled = name
    .replaceAll("%#", String(index))
    .replaceAll(/\$(\w+)/g, (whole, key: string) =>
      typeof first === "object" && first !== null && key in first
        ? String((first as Record<string, unknown>)[key])
        : whole,
    );
  return /%[a-z]/.test(filled) ? format(filled, ...values) : filled;
}

type Define = (name: string, body: Body, ...rest: readonly unknown[]) => unknown;

function each(define: (name: string, body: Body, values: readonly unknown[]) => unknown) {
  return (rows: readonly unknown[]) =>
    (name: string, body: Body): void => {
      rows.forEach((row, index) => {
        const values = Array.isArray(row) ? (row as readonly unknown[]) : [row];
        define(nameOf(name, values, index), body, values);
      });
    };
}

/** What a test is handed where its body asks for it; nothing that is listed is skipped later. */
const context = { skip: (): void => undefined };

const defineTest: Define = (name, body) => {
  list(name, body, [context]);
};
const skip: Define = () => undefined;

export const it = Object.assign(defineTest, {
  each: each(list),
  only: defineTest,
  skip,
  skipIf: (condition: unknown) => (condition ? skip : defineTest),
  runIf: (condition: unknown) => (condition ? defineTest : skip),
});

const defineGroup: Define = (name, body) => {
  group(name, body);
};

const skipGroup: Define = (name, body) => {
  group(name, body, true);
};

export const describe = Object.assign(defineGroup, {
  each: each((name, body, values) => {
    group(name, () => body(...values));
  }),
  skip: skipGroup,
  skipIf: (condition: unknown) => (condition ? skipGroup : defineGroup),
  runIf: (condition: unknown) => (condition ? defineGroup : skipGroup),
});

const addHook =
  (kind: keyof Hooks) =>
  (hook: Hook): void => {
    groups.at(-1)?.hooks[kind].push(hook);
  };

export const beforeAll = addHook("before");
export const beforeEach = addHook("beforeEach");
export const afterEach = addHook("afterEach");

/** Never called: the process ends, and with it what a test would tidy up for the next file. */
export const afterAll = (_hook: Hook): void => undefined;
