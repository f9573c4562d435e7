import type { TSESTree } from "@typescript-eslint/utils";
import { numberOf } from "../../../src/model/program/constant.ts";
import { lookUp } from "../../../src/model/program/object.ts";
import { judgeRows, type Row } from "../../support/rows.ts";

/** What is known of `tries` in the marked options: `yes 3`, `unknown`, each number that it may be. */
function triesIn(target: TSESTree.Node): string {
  const { answer, values } = lookUp(target, "tries");
  return [answer, ...values.map((value) => numberOf(value) ?? "?")].join(" ");
}

const made = (rows: readonly Row[]): Row[] =>
  rows.map(([code, ...rest]) => [
    `const options: any = ${code}; console.log(/*target*/ options);`,
    ...rest,
  ]);

judgeRows(
  "a key of options",
  [
    ["console.log(/*target*/ { tries: 3 });", "yes 3"],
    ["console.log(/*target*/ undefined);", "no"],
    ["console.log(/*target*/ n && { tries: 3 });", "unknown 3"],
    ["console.log(/*target*/ n ? { tries: 3 } : { tries: 4 });", "yes 3 4"],
    ["console.log(/*target*/ n ? { tries: 3 } : {});", "unknown 3"],
    ["console.log(/*target*/ given);", "unknown", "declare const given: { tries?: number };"],
    ["console.log(/*target*/ given);", "yes", "declare const given: { tries: number };"],
    ["console.log(/*target*/ given);", "no", "declare const given: { waits: number };"],
    ["console.log(/*target*/ given);", "unknown", "declare const given: any;"],
    [
      "console.log(/*target*/ given);",
      "unknown",
      "declare const given: { tries?: number } | undefined;",
    ],
    [
      "console.log(/*target*/ given);",
      "unknown",
      "declare const given: { tries: number } | undefined;",
    ],
    ["console.log(/*target*/ given);", "no", "declare const given: { waits: number } | undefined;"],
    [
      "again(); again();",
      "yes 3",
      "function again(more?: { tries?: number }) { console.log(/*target*/ { tries: 3, ...more }); }",
    ],
    [
      "again(given);",
      "unknown",
      "declare const given: { tries?: number }; function again(more?: { tries?: number }) { console.log(/*target*/ { tries: 3, ...more }); }",
    ],
    [
      "console.log(1);",
      "unknown",
      "export function again(more?: { tries?: number }) { console.log(/*target*/ { tries: 3, ...more }); }",
    ],
    [
      "console.log(/*target*/ given);",
      "unknown",
      "declare const given: { waits: number } | { tries: number };",
    ],
    [
      "console.log(/*target*/ given);",
      "yes",
      "declare const given: { waits: 1; tries: 1 } | { tries: number };",
    ],
    [
      "console.log(/*target*/ given);",
      "no",
      "declare const given: { waits: 1 } | { other: number };",
    ],
    [
      "console.log(/*target*/ given);",
      "unknown",
      "declare const given: { waits: 1 } | Record<string, number>;",
    ],
    [
      "console.log(/*target*/ { ...given });",
      "unknown",
      "declare const given: { tries: number } | undefined;",
    ],
    [
      "export function f<T extends object>(given?: T) { console.log(/*target*/ given); }",
      "unknown",
    ],
    [
      "export function f<T extends object>(given: T & { waits: 1 }) { console.log(/*target*/ given); }",
      "unknown",
    ],
    [
      "console.log(/*target*/ shared);",
      "unknown",
      "export const shared = { tries: 3 };\nshared.tries++;",
    ],
    [
      "console.log(/*target*/ shared);",
      "unknown",
      "export const shared = { tries: 3 };\n[shared.tries] = [4];",
    ],
    [
      "console.log(/*target*/ shared);",
      "yes 4",
      "export const shared = { tries: 3 };\nshared.tries = 4;",
    ],
    ...made([
      ["{ tries: 3, tries: 4 }", "yes 4"],
      ["{ tries: undefined }", "no"],
      ["{ ...{ tries: 3 }, tries: undefined }", "no"],
      ["{ tries: 3, ...{ waits: 1 } }", "yes 3"],
      ["{ tries: 3, ...{ tries: 4 } }", "yes 4"],
      ["{ tries: 3, ...use() }", "unknown"],
      ["{ ...use(), tries: 3 }", "yes 3"],
      ["{ [use()]: 3 }", "unknown"],
      ["{ ...(n > 1 && { tries: 3 }) }", "unknown 3"],
      ["{ get tries() { return 3; } }", "yes ?"],
      ["Object.assign({}, { tries: 3 }, { waits: 1 })", "yes 3"],
      ["Object.assign({}, ...use())", "unknown"],
      ["Object.freeze({ tries: 3 })", "yes 3"],
      ["Lists.assign({ tries: 3 })", "unknown", "declare const Lists: any;"],
      ["`tries`", "no"],
      ["{ tries: 3 }; options.tries = 4", "yes 4"],
      ["{ tries: 3 }; options.waits = 4", "yes 3"],
      ["{ tries: 3 }; delete options.tries", "unknown"],
      ["{ tries: 3 }; options.tries += 1", "unknown"],
      ["{ tries: 3 }; options[use()] = 1", "unknown"],
      ["{ tries: 3 }; options.tries.now = 1", "yes 3"],
      ["{ tries: 3 }; n = options.tries", "yes 3"],
      ["{ tries: 3 }; { options.tries = 4; }", "yes 4"],
      ["{ tries: 3 }; if (n > 1) options.tries = 4", "yes 3 4"],
      ["{}; if (n > 1) options.tries = 4", "unknown 4"],
      ["{ tries: 3 }; if (n > 1) options.waits = 4", "yes 3"],
      ["{ tries: 3 }; if (n > 1) Object.assign(options, { tries: 4 })", "yes 3 4"],
      ["{ tries: 3 }; if (n > 1) delete options.tries", "unknown"],
      ["{ tries: 3 }; n > 1 && (options.tries = 4)", "yes 3 4"],
      ["{ tries: 3 }; const later = () => { options.tries = 4; }", "yes 3 4"],
      ["{ tries: 3 }; while (n--) options.tries = 4", "yes 3 4"],
      ["{ tries: 3 }; Object.assign(options, { tries: 4 })", "yes 4"],
      ["{ tries: 3 }; Object.assign(options, { waits: 4 })", "yes 3"],
      ["{ tries: 3 }; Object.assign({}, options)", "yes 3"],
      ["{ tries: 3 }; console.log(options)", "yes 3"],
      ["{ tries: 3 }; JSON.stringify(options)", "yes 3"],
      ["{ tries: 3 }; change(options)", "unknown", "declare function change(given: object): void;"],
      [
        "{ tries: 3 }; change(options)",
        "unknown",
        "const change = (given: any) => { given.tries = 1; };",
      ],
      [
        "{ tries: 3 }; change(options)",
        "yes 3",
        "const change = (given: any) => { given.waits = 1; };",
      ],
      ["{ tries: 3 }; retry(use, options)", "yes 3", 'import retry from "p-retry";'],
      ["{ tries: 3 }; retry(use, options)", "unknown", 'import retry from "./retry.js";'],
      ["{ tries: 3 }; const o: typeof options = {}", "yes 3"],
    ]),
  ],
  (code, before) => `${before}
declare function use(...values: unknown[]): any;
export function run(n: number) { ${code} }`,
  triesIn,
);
