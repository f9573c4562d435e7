import { describe, expect, it } from "vitest";
import { checkOutputList } from "../../src/fix/output-check.ts";
import { apply, inspect, sends } from "./support.ts";

/** The text in which a list of the result is asked for, or why it is not. */
const checked = (code: string): string => {
  const edit = inspect(code, {}, (sourceCode) => {
    const [call] = sends(sourceCode);
    if (call === undefined) throw new Error("nothing is sent");
    const text = { before: "BatchPutContact: ", after: " items failed" };
    return checkOutputList(sourceCode, call, "FailedRequestList", text);
  });
  return edit.applicability === "suggestion" ? apply(code, edit) : (edit.reason ?? "");
};

/** The test as it stands below a statement. */
const test = (list: string, margin = "", end = ";"): string =>
  `\n${margin}if (${list}?.length) {\n${margin}  throw new Error(\`BatchPutContact: \${${list}.length} items failed\`)${end}\n${margin}}`;

describe("a list of failures is asked for", () => {
  it.each([
    [
      "the result has no name",
      "await client.send(put);\nlog();\n",
      `const result = await client.send(put);${test("result.FailedRequestList")}\nlog();\n`,
    ],
    [
      "the result has a name",
      "async function f() {\n  const { a } = b;\n  const output = await client.send(put);\n}\n",
      `async function f() {\n  const { a } = b;\n  const output = await client.send(put);${test("output.FailedRequestList", "  ")}\n}\n`,
    ],
    [
      "the result is taken apart",
      "const { SuccessfulRequestList } = await client.send(put);\n",
      `const { SuccessfulRequestList, FailedRequestList: failures } = await client.send(put);${test("failures")}\n`,
    ],
    [
      "the result is taken apart into nothing",
      "const {} = await client.send(put);\n",
      `const { FailedRequestList: failures } = await client.send(put);${test("failures")}\n`,
    ],
    [
      "in parentheses, with an assertion",
      "const output = (await client.send(put)) as Output;\n",
      `const output = (await client.send(put)) as Output;${test("output.FailedRequestList")}\n`,
    ],
    [
      "the whole is in parentheses",
      "(await client.send(put));\n",
      `const result = (await client.send(put));${test("result.FailedRequestList")}\n`,
    ],
    [
      "names that are taken",
      "const result = 1;\nawait client.send(put);\nlog(result);\n",
      `const result = 1;\nconst result2 = await client.send(put);${test("result2.FailedRequestList")}\nlog(result);\n`,
    ],
    [
      "no semicolons",
      "log()\nawait client.send(put)\nlog()\n",
      `log()\nconst result = await client.send(put)${test("result.FailedRequestList", "", "")}\nlog()\n`,
    ],
    [
      "a case",
      "switch (a) {\n  case 1:\n    await client.send(put);\n}\n",
      `switch (a) {\n  case 1:\n    const result = await client.send(put);${test("result.FailedRequestList", "    ")}\n}\n`,
    ],
    [
      "two declarations",
      "const a = 1,\n  output = await client.send(put);\n",
      `const a = 1,\n  output = await client.send(put);${test("output.FailedRequestList")}\n`,
    ],
  ])("%s", (_, before, after) => {
    expect(checked(before)).toBe(after);
  });

  it.each([
    ["client.send(put);", "the result is not awaited in place"],
    ["const sent = client.send(put);", "the result is not awaited in place"],
    ["if (a) await client.send(put);", "there is no room for another statement"],
    [
      "const f = async () => await client.send(put);",
      "the result is used inside a larger expression",
    ],
    ["for (;;) await client.send(put);", "there is no room for another statement"],
    ["log(await client.send(put));", "the result is used inside a larger expression"],
    [
      "const { length } = (await client.send(put)).List;",
      "the result is used inside a larger expression",
    ],
    [
      "const { ...rest } = await client.send(put);",
      "the result is used inside a larger expression",
    ],
    [
      "const f = async () => {\n  for (const a = await client.send(put); ;) {}\n};",
      "the result is used inside a larger expression",
    ],
    [
      "const { A, ...rest } = await client.send(put);",
      "the result is used inside a larger expression",
    ],
    ["const [a] = await client.send(put);", "the result is used inside a larger expression"],
    ["output = await client.send(put);", "the result is used inside a larger expression"],
    ["export const output = await client.send(put);", "there is no room for another statement"],
    ["for (const a = await client.send(put); ;) {}", "there is no room for another statement"],
    [
      "(async () => { return await client.send(put); })();",
      "the result is used inside a larger expression",
    ],
  ])("not in %s", (code, reason) => {
    expect(checked(code)).toBe(reason);
  });
});
