import { describe, expect, it } from "vitest";
import { maximaOf, OK } from "./lab.ts";

describe("attempts as each caller sets them", () => {
  it.each([
    ["a number", `attempts: number`, ``, `attempts`, `retry(3); retry(5);`, ["3", "5"]],
    [
      "the second of two",
      `name: string, attempts: number`,
      ``,
      `attempts`,
      `retry("a", 3); retry("b", 5);`,
      ["3", "5"],
    ],
    ["a number with a default", `attempts = 4`, ``, `attempts`, `retry(); retry(2);`, ["4", "2"]],
    [
      "an option",
      `options: any`,
      ``,
      `options.attempts`,
      `retry({ attempts: 3 }); retry({ attempts: 5 });`,
      ["3", "5"],
    ],
    [
      "an option by its name in quotes",
      `options: any`,
      ``,
      `options["attempts"]`,
      `retry({ attempts: 3 }); retry({ "attempts": 5 });`,
      ["3", "5"],
    ],
    [
      "an option under a name that is not told",
      `options: any`,
      ``,
      `options[ids[0]!]`,
      `retry({ attempts: 3 }); retry({ attempts: 5 });`,
      ["?", "?"],
    ],
    [
      "options with a default",
      `options: any = { attempts: 6 }`,
      ``,
      `options.attempts`,
      `retry(); retry({ attempts: 2 });`,
      ["6", "2"],
    ],
    [
      "an option taken out at once",
      `{ attempts }: any`,
      ``,
      `attempts`,
      `retry({ attempts: 3 }); retry({ attempts: 5 });`,
      ["3", "5"],
    ],
    [
      "an option taken out with a default",
      `{ attempts = 4 }: any`,
      ``,
      `attempts`,
      `retry({}); retry({ attempts: 2 });`,
      ["4", "2"],
    ],
    [
      "an option taken out under another name",
      `{ attempts: most = 4 }: any`,
      ``,
      `most`,
      `retry({}); retry({ attempts: 2 });`,
      ["4", "2"],
    ],
    [
      "an option of an option",
      `{ limits: { attempts } }: any`,
      ``,
      `attempts`,
      `retry({ limits: { attempts: 3 } }); retry({ limits: { attempts: 5 } });`,
      ["3", "5"],
    ],
    [
      "an option taken out of options with a default",
      `{ attempts }: any = { attempts: 6 }`,
      ``,
      `attempts`,
      `retry(); retry({ attempts: 2 });`,
      ["6", "2"],
    ],
    [
      "an option taken out later",
      `options: any`,
      `const { attempts = 4 } = options;`,
      `attempts`,
      `retry({}); retry({ attempts: 2 });`,
      ["4", "2"],
    ],
    [
      "an option or else a number",
      `options: any`,
      `const attempts = options.attempts ?? 4;`,
      `attempts`,
      `retry({}); retry({ attempts: 2 });`,
      ["4", "2"],
    ],
    [
      "one more than an option",
      `options: any`,
      `const attempts = options.retries + 1;`,
      `attempts`,
      `retry({ retries: 3 }); retry({ retries: 5 });`,
      ["4", "6"],
    ],
    [
      "options that have a name, which the function may change",
      `options: any`,
      ``,
      `options.attempts`,
      `const few = { attempts: 2 }; retry(few); retry({ attempts: 5 });`,
      ["?", "5"],
    ],
    [
      "options put together",
      `options: any`,
      ``,
      `options.attempts`,
      `retry({ ...few, attempts: 3 }); retry({ attempts: 3, ...few }); declare const few: any;`,
      ["3", "?"],
    ],
    [
      "what the code does not tell",
      `attempts: number`,
      ``,
      `attempts`,
      `retry(ids.length); retry(3);`,
      ["?", "3"],
    ],
    [
      "what may be any of many",
      `attempts: number`,
      ``,
      `attempts`,
      `declare const many: [number]; retry(...many); retry(3);`,
      ["?", "3"],
    ],
    [
      "a number that is set again",
      `attempts: number`,
      `attempts = attempts * 2;`,
      `attempts`,
      `retry(3); retry(5);`,
      ["?", "?"],
    ],
    [
      "an item of a list",
      `list: number[]`,
      `const [attempts] = list;`,
      `attempts!`,
      `retry([3]); retry([5]);`,
      ["?", "?"],
    ],
  ])("%s", (_, parameters, before, limit, calls, expected) => {
    expect(
      maximaOf({
        code: `async function retry(${parameters}): Promise<any> { ${before} for (let i = 0; i < ${limit}; i++) { try { ${OK} } catch { await sleep(9); } } throw new Error("no"); } ${calls}`,
      }),
    ).toEqual(expected);
  });

  it("are not asked for where all callers set the same", () => {
    expect(
      maximaOf({
        code: `async function retry(attempts: number): Promise<any> { for (let i = 0; i < attempts; i++) { try { ${OK} } catch { await sleep(9); } } throw new Error("no"); } retry(3); retry(3);`,
      }),
    ).toEqual(["undefined", "undefined"]);
  });
});
