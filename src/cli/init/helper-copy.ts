/** The helper as a source file that the project owns, in its language and module system, with tests if wanted. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isDeclared, type Project, type SdkPackage, within } from "./project.ts";

/** A file to be written. */
export interface NewFile {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly text: string;
}

const packageRoot = new URL("../../../", import.meta.url);

const { name, version } = createRequire(import.meta.url)(
  fileURLToPath(new URL("package.json", packageRoot)),
) as { readonly name: string; readonly version: string };

/**
 * The copy of the helper for one package: TypeScript as it is written, JavaScript as it is built.
 * @param folder - where to put it instead of `lib` among the sources, relative to the project
 */
export function helperFile(target: SdkPackage, folder?: string): NewFile {
  const { isModule, isTypeScript, sourceFolder } = target;
  const source = isTypeScript
    ? "src/backoff/index.ts"
    : isModule
      ? "dist/backoff/index.js"
      : "dist/backoff/cjs/index.js";
  const text = readFileSync(new URL(source, packageRoot), "utf8")
    .replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n")
    // Exceptions from rules that the project may not have.
    .replaceAll(/\/\/ eslint-disable[^\n]*\n\s*/g, "");
  const origin = `// From ${name} ${version}. This copy is yours: read it, test it, change it.\n`;
  return {
    file: `${folder ?? within(sourceFolder, "lib")}/backoff.${extensionOf(target)}`,
    text: origin + text,
  };
}

const EXCEPTIONS = /^\/\* eslint-disable .*\*\/\n/m;

/** Switches rules off in a copy: those of the project's own that it was not written for. */
export function withExceptions(text: string, rules: readonly string[]): string {
  const end = text.indexOf("\n") + 1;
  const directive = `/* eslint-disable ${rules.join(", ")} -- kept as it was published */\n`;
  return text.slice(0, end) + directive + text.slice(end);
}

/** The copy as it was before {@link withExceptions}. */
export function withoutExceptions(text: string): string {
  return text.replace(EXCEPTIONS, "");
}

/** Tests of the copy, for the runner that the project has. */
export function helperTestFile(project: Project, target: SdkPackage, helper: NewFile): NewFile {
  const runner = ["vitest", "jest"].find((candidate) => isDeclared(project, candidate));
  const imports: readonly (readonly [string, string])[] = [
    ["assert", "node:assert/strict"],
    [
      "{ describe, it }",
      runner === "vitest" ? "vitest" : runner === "jest" ? "@jest/globals" : "node:test",
    ],
    ["{ backoffDelay, isRetryable, withBackoff }", `./backoff${specifierEnd(project, target)}`],
  ];
  const isCommonJs = !target.isTypeScript && !target.isModule;
  const head = imports.map(([names, from]) =>
    isCommonJs
      ? `const ${names} = require(${JSON.stringify(from)});`
      : `import ${names} from ${JSON.stringify(from)};`,
  );
  return {
    file: helper.file.replace(/\.(\w+)$/, ".test.$1"),
    text: `// Tests of the helper beside this file.\n${head.join("\n")}\n\n${tests((annotation) => (target.isTypeScript ? annotation : ""))}`,
  };
}

function extensionOf({ isTypeScript, isModule, files, manifest }: SdkPackage): string {
  if (isTypeScript) return "ts";
  // A package of CommonJS whose files are all `.mjs` goes on like that.
  const isNative = isModule === (manifest.type === "module");
  return isNative ? "js" : files.every((file) => file.endsWith(".mjs")) ? "mjs" : "cjs";
}

/** How the project writes the end of a relative import. */
function specifierEnd(project: Project, target: SdkPackage): string {
  if (!target.isTypeScript) return target.isModule ? `.${extensionOf(target)}` : "";
  for (const file of target.files) {
    const text = readFileSync(`${project.root}/${file}`, "utf8");
    const found = /from\s*["']\.{1,2}\/[^"']*?(\.[jt]s)?["']/.exec(text);
    if (found !== null) return found[1] ?? "";
  }
  return target.isModule ? ".js" : "";
}

const tests = (
  typed: (annotation: string) => string,
): string => `/** Runs without waiting, and remembers what it would have waited. */
function withoutWaiting() {
  const delays${typed(": number[]")} = [];
  const sleep = (ms${typed(": number")}) => {
    delays.push(ms);
    return Promise.resolve();
  };
  return { delays, options: { random: () => 0.5, sleep } };
}

function throttled() {
  return Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
}

describe("withBackoff", () => {
  it("repeats what is throttled until it succeeds", async () => {
    const { delays, options } = withoutWaiting();
    let calls = 0;
    const result = await withBackoff(() => {
      calls += 1;
      return calls < 3 ? Promise.reject(throttled()) : Promise.resolve("done");
    }, options);
    assert.equal(result, "done");
    assert.equal(calls, 3);
    assert.equal(delays.length, 2);
  });

  it("throws the last error itself when the attempts are used up", async () => {
    const { options } = withoutWaiting();
    const error = throttled();
    let calls = 0;
    const attempt = withBackoff(() => {
      calls += 1;
      return Promise.reject(error);
    }, { ...options, maxAttempts: 4 });
    await assert.rejects(attempt, (thrown) => thrown === error);
    assert.equal(calls, 4);
  });

  it("does not repeat what can never succeed", async () => {
    const { options } = withoutWaiting();
    let calls = 0;
    const attempt = withBackoff(() => {
      calls += 1;
      return Promise.reject(Object.assign(new Error("No"), { name: "AccessDeniedException" }));
    }, options);
    await assert.rejects(attempt);
    assert.equal(calls, 1);
  });
});

describe("backoffDelay", () => {
  it("is drawn between nothing and a limit that doubles up to a cap", () => {
    const most = { random: () => 0.999999, baseDelayMs: 1000, maxDelayMs: 20_000 };
    assert.ok(backoffDelay(1, most) <= 1000);
    assert.ok(backoffDelay(2, most) > backoffDelay(1, most));
    assert.ok(backoffDelay(50, most) <= 20_000);
    assert.ok(backoffDelay(3, { ...most, random: () => 0 }) < 1000);
  });
});

describe("isRetryable", () => {
  it("tells throttling from a quota", () => {
    assert.equal(isRetryable(throttled()), true);
    const quota = Object.assign(new Error("Full"), { name: "ServiceQuotaExceededException" });
    assert.equal(isRetryable(quota), false);
  });
});
`;
