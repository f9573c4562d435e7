/** Imports of the helper that a file has already: used as they are, or extended. */
import { describe, expect, it } from "vitest";
import { bound, type Case, HELPER, reasonOf } from "./binding.ts";

const IMPORT = `import { sendWithBackoff } from "${HELPER}";`;

describe("a binding that is there", () => {
  it.each([
    ["as it is", IMPORT, "sendWithBackoff"],
    ["under an alias", `import { sendWithBackoff as s } from "${HELPER}";`, "s"],
    ["as a namespace member", `import * as b from "${HELPER}";`, "b.sendWithBackoff"],
    ["under a string name", `import { "sendWithBackoff" as s } from "${HELPER}";`, "s"],
    ["by import =", `import b = require("${HELPER}");`, "b.sendWithBackoff"],
    ["beside a default", `import d, * as b from "${HELPER}";`, "b.sendWithBackoff"],
    [
      "where other code uses it too",
      `${IMPORT}\nsendWithBackoff(a);\nsendWithBackoff(b);`,
      "sendWithBackoff",
    ],
    ["named before namespace", `import * as b from "${HELPER}";\n${IMPORT}`, "sendWithBackoff"],
  ])("is used %s", (_, header, name) => {
    const code = `${header}\nuse();\n`;
    expect(bound(code)).toEqual({ name, applicability: "fix", text: code });
  });

  it.each([
    ["destructured", `const { sendWithBackoff: s } = require("${HELPER}");`, "s"],
    ["as an object", `const b = require("${HELPER}");`, "b.sendWithBackoff"],
  ])("is used when required %s", (_, header, name) => {
    const code = `${header}\nuse();\n`;
    expect(bound(code, { filename: "a.cjs", parser: "espree", sourceType: "commonjs" })).toEqual({
      name,
      applicability: "fix",
      text: code,
    });
  });

  it("is used above the import, which is there from the start", () => {
    const code = `use();\n${IMPORT}\n`;
    expect(bound(code)).toEqual({ name: "sendWithBackoff", applicability: "fix", text: code });
  });

  it("is used in a function above the require", () => {
    const code = `exports.list = () => use();\nconst { sendWithBackoff } = require("${HELPER}");\n`;
    expect(bound(code, { filename: "a.cjs", parser: "espree", sourceType: "commonjs" })).toEqual({
      name: "sendWithBackoff",
      applicability: "fix",
      text: code,
    });
  });

  it("is not what another loader than require gives", () => {
    const code = `const backoff = requireFresh("${HELPER}");\nuse();\n`;
    const cjs: Case = { filename: "a.cjs", parser: "espree", sourceType: "commonjs" };
    expect(bound(code, cjs)).toMatchObject({
      name: "sendWithBackoff",
      text: `const { sendWithBackoff } = require("${HELPER}");\n\n${code}`,
    });
  });

  it("is not used where it is shadowed: a second, aliased specifier is added", () => {
    expect(bound(`${IMPORT}\nfunction f(sendWithBackoff: number) { use(); }\n`)).toMatchObject({
      name: "connectSendWithBackoff",
      text: `import { sendWithBackoff, sendWithBackoff as connectSendWithBackoff } from "${HELPER}";\nfunction f(sendWithBackoff: number) { use(); }\n`,
    });
  });

  it("is not used where one of two calls cannot see it", () => {
    expect(bound(`${IMPORT}\nuse();\nfunction f(sendWithBackoff: number) { use(); }\n`).name).toBe(
      "connectSendWithBackoff",
    );
  });

  it("is not used when the namespace is shadowed: a separate import", () => {
    expect(bound(`import * as b from "${HELPER}";\nfunction f(b: number) { use(); }\n`).text).toBe(
      `import * as b from "${HELPER}";\n${IMPORT}\nfunction f(b: number) { use(); }\n`,
    );
  });

  it.each([
    ["by another name", "use();", "{ isRetryable }", ""],
    ["by its name", "use();", "{ sendWithBackoff }", ""],
    ["by another name, and once below", "use();", "{ isRetryable }", "use();"],
  ])("is not used before it is initialised %s", (_, above, pattern, below) => {
    expect(
      reasonOf(`${above}\nconst ${pattern} = require("${HELPER}");\n${below}\n`, {
        filename: "a.cjs",
        parser: "espree",
        sourceType: "commonjs",
      }),
    ).toBe("the helper is loaded after this point");
  });
});

describe("extending an import of the module", () => {
  it.each([
    ["one line", "{ jitter }", "{ jitter, sendWithBackoff }"],
    ["one line, no spaces", "{jitter}", "{jitter, sendWithBackoff}"],
    ["trailing comma", "{ jitter, }", "{ jitter, sendWithBackoff, }"],
    ["lines with trailing comma", "{\n  jitter,\n}", "{\n  jitter,\n  sendWithBackoff,\n}"],
    ["lines without trailing comma", "{\n\tjitter\n}", "{\n\tjitter,\n\tsendWithBackoff\n}"],
    [
      "comments after the elements",
      "{\n  a, // one\n  b, // two\n}",
      "{\n  a, // one\n  b, // two\n  sendWithBackoff,\n}",
    ],
    [
      "comment after a last element without comma",
      "{\n  a // one\n}",
      "{\n  a, // one\n  sendWithBackoff\n}",
    ],
    [
      "comment on its own line",
      "{\n  // one\n  a,\n  // end\n}",
      "{\n  // one\n  a,\n  sendWithBackoff,\n  // end\n}",
    ],
    ["inline comment", "{ a /* one */ }", "{ a, sendWithBackoff /* one */ }"],
    ["inline type", "{ type X }", "{ type X, sendWithBackoff }"],
    ["empty braces", "{}", "{ sendWithBackoff }"],
    ["comment in empty braces", "{ /* none */ }", "{ sendWithBackoff /* none */ }"],
    ["default only", "d", "d, { sendWithBackoff }"],
    ["default and named", "d, { a }", "d, { a, sendWithBackoff }"],
    ["default and empty braces", "d, {}", "d, { sendWithBackoff }"],
  ])("%s", (_, before, after) => {
    expect(bound(`import ${before} from '${HELPER}'\nuse()\n`).text).toBe(
      `import ${after} from '${HELPER}'\nuse()\n`,
    );
  });

  it("keeps import attributes", () => {
    expect(bound(`import { a } from "${HELPER}" with { type: "x" };\nuse();\n`).text).toBe(
      `import { a, sendWithBackoff } from "${HELPER}" with { type: "x" };\nuse();\n`,
    );
    expect(bound(`import d from "${HELPER}" with { type: "x" };\nuse();\n`).text).toBe(
      `import d, { sendWithBackoff } from "${HELPER}" with { type: "x" };\nuse();\n`,
    );
  });

  it.each([
    ["import type", `import type { BackoffOptions } from "${HELPER}";`],
    ["import type of the name itself is another name", `import type { Options } from "${HELPER}";`],
    ["deferred namespace", `import defer * as b from "${HELPER}";`],
    ["side effect import", `import "${HELPER}";`],
    ["another module of the same family", `import { a } from "${HELPER}/more";`],
  ])("never: %s", (_, header) => {
    expect(bound(`${header}\nuse();\n`).text).toBe(`${header}\n${IMPORT}\nuse();\n`);
  });

  it("takes an alias where the name is imported for types alone, in braces of values", () => {
    expect(bound(`import { type sendWithBackoff } from "${HELPER}";\nuse();\n`)).toMatchObject({
      name: "connectSendWithBackoff",
      text: `import { type sendWithBackoff, sendWithBackoff as connectSendWithBackoff } from "${HELPER}";\nuse();\n`,
    });
  });

  it("takes an alias where a type import has the name", () => {
    expect(bound(`import type { sendWithBackoff } from "${HELPER}";\nuse();\n`)).toMatchObject({
      name: "connectSendWithBackoff",
      text: `import type { sendWithBackoff } from "${HELPER}";\nimport { sendWithBackoff as connectSendWithBackoff } from "${HELPER}";\nuse();\n`,
    });
  });

  const cjs: Case = { filename: "a.cjs", parser: "espree", sourceType: "commonjs" };
  it("extends a destructured require, but not one with a rest element", () => {
    expect(bound(`const { jitter } = require("${HELPER}");\nuse();\n`, cjs).text).toBe(
      `const { jitter, sendWithBackoff } = require("${HELPER}");\nuse();\n`,
    );
    expect(bound(`const { a, ...rest } = require("${HELPER}");\nuse();\n`, cjs).text).toBe(
      `const { a, ...rest } = require("${HELPER}");\nconst { sendWithBackoff } = require("${HELPER}");\nuse();\n`,
    );
  });

  it("does not extend what is read from the module by position", () => {
    expect(bound(`const [a] = require("${HELPER}");\nuse();\n`, cjs).text).toBe(
      `const { sendWithBackoff } = require("${HELPER}");\n\nconst [a] = require("${HELPER}");\nuse();\n`,
    );
  });

  it.each([
    ["with empty braces", "{}", "use();", "{ sendWithBackoff }"],
    [
      "by an alias where the name is taken",
      "{ jitter }",
      "function f(sendWithBackoff) { use(); }",
      "{ jitter, sendWithBackoff: connectSendWithBackoff }",
    ],
  ])("a destructured require %s", (_, before, code, after) => {
    expect(bound(`const ${before} = require("${HELPER}");\n${code}\n`, cjs).text).toBe(
      `const ${after} = require("${HELPER}");\n${code}\n`,
    );
  });

  it("a destructured require below the function that holds the use", () => {
    const code = "exports.list = () => use();\n";
    expect(bound(`${code}const { jitter } = require("${HELPER}");\n`, cjs).text).toBe(
      `${code}const { jitter, sendWithBackoff } = require("${HELPER}");\n`,
    );
  });
});
