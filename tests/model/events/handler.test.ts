/** Which part of an event an expression is. */
import type { TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";
import { errorField, eventPath } from "../../../src/model/events/handler.ts";
import { withModel } from "../../support/model.ts";
import { expectRows, type NamedRow } from "../../support/rows.ts";

const BEFORE = `declare const wrap: (work: any) => any;
declare const anything: any;
declare const logged: any;
`;

/** The path of an expression from the event on. */
const pathTo = (target: TSESTree.Node | undefined): string => {
  const path = target === undefined ? undefined : eventPath(target);
  return path === undefined ? "unknown" : ["event", ...path].join(".");
};
const expectPaths = (rows: readonly NamedRow[]): void => {
  expectRows(
    rows.map(([what, code, expected]) => [what, BEFORE + code, expected]),
    pathTo,
  );
};
const inHandler = (body: string, parameter = "event: any"): string =>
  `export async function handler(${parameter}) { ${body} }`;

it("an expression in a handler", () => {
  expectPaths([
    ["a member", inHandler("/*target*/ event.detail;"), "event.detail"],
    ["a member in brackets", inHandler('/*target*/ event["detail-type"];'), "event.detail-type"],
    ["a member of any name", inHandler("/*target*/ event[anything].detail;"), "unknown"],
    [
      "a constant",
      inHandler("const { detail } = event; /*target*/ detail.reasonCode;"),
      "event.detail.reasonCode",
    ],
    [
      "a name within names",
      inHandler("const { detail: { additionalInfo: info } } = event; /*target*/ info.code;"),
      "event.detail.additionalInfo.code",
    ],
    [
      "a name of any member",
      inHandler("const { [anything]: detail } = event; /*target*/ detail.code;"),
      "unknown",
    ],
    [
      "what is left over",
      inHandler("const { detail, ...others } = event; /*target*/ others.id;"),
      "unknown",
    ],
    [
      "a variable that is set again",
      inHandler("let detail = event.detail; detail = anything; /*target*/ detail.code;"),
      "unknown",
    ],
    [
      "a variable that is set later",
      inHandler("let detail; detail = event.detail; /*target*/ detail.code;"),
      "unknown",
    ],
    [
      "an item of a list",
      inHandler("for (const record of event.Records) { /*target*/ record.body; }"),
      "unknown",
    ],
    [
      "what is caught",
      inHandler("try { anything(); } catch (error: any) { /*target*/ error.detail; }"),
      "unknown",
    ],
    ["another thing", inHandler("/*target*/ anything.detail;"), "unknown"],
    [
      "a parameter with a default",
      inHandler("/*target*/ event.detail;", "event: any = {}"),
      "event.detail",
    ],
    [
      "a parameter that is taken apart",
      inHandler("/*target*/ code;", "{ detail: { code } }: any"),
      "event.detail.code",
    ],
    [
      "the second parameter",
      inHandler("/*target*/ context.detail;", "event: any, context: any"),
      "unknown",
    ],
    [
      "a parameter that is called detail",
      inHandler("/*target*/ detail.code;", "detail: any"),
      "event.detail.code",
    ],
    [
      "a parameter whose type a schema gives",
      inHandler(
        "/*target*/ event.detail;",
        "event: typeof anything extends infer Known ? Known : never",
      ),
      "unknown",
    ],
    [
      "the default export",
      "export default (event: any) => /*target*/ event.detail;",
      "event.detail",
    ],
    [
      "the second parameter of the default export",
      "export default (event: any, context: any) => /*target*/ context.detail;",
      "unknown",
    ],
    [
      "a function that another function wraps",
      "export default wrap((event: any) => /*target*/ event.detail);",
      "unknown",
    ],
    [
      "a method",
      "export class Handler { handle(event: any) { /*target*/ event.detail; } }",
      "event.detail",
    ],
    [
      "a method under a decorator",
      "export class Handler { @logged handle(event: any) { /*target*/ event.detail; } }",
      "unknown",
    ],
  ]);
});

const called = (calls: string, parameters = "info: any"): string =>
  `const read = (${parameters}) => /*target*/ info.code;\n${calls}`;

it("a parameter of a function that", () => {
  expectPaths([
    ["its caller passes", called(inHandler("read(event.detail);")), "event.detail.code"],
    [
      "all callers pass",
      called(inHandler("read(event.detail); read(event.detail);")),
      "event.detail.code",
    ],
    ["one caller passes", called(inHandler("read(event.detail); read(event.other);")), "unknown"],
    [
      "a caller passes, of another that nobody knows",
      called(inHandler("read(event.detail); read(anything);")),
      "unknown",
    ],
    ["a caller leaves out", called(inHandler("read(event.detail); (read as any)();")), "unknown"],
    [
      "a caller passes second",
      called(inHandler("read(anything, event.detail);"), "other: any, info: any"),
      "event.detail.code",
    ],
    ["a list hands on", called(inHandler("event.records.map(read);")), "unknown"],
    ["a function around it hands on", called("export const handler = wrap(read);"), "unknown"],
    [
      "a caller passes, also where it is exported",
      called(`${inHandler("read(event.detail);")} export { read };`),
      "event.detail.code",
    ],
    ["is exported", called("export { read };"), "event.code"],
    ["is the default export", called("export default read;"), "event.code"],
    ["is set for a module", called("anything.handler = read;"), "event.code"],
    [
      "is set for a module in an object",
      called("anything.exports = { handler: read };"),
      "event.code",
    ],
    ["is kept in a variable", called("let kept; kept = read;"), "unknown"],
    ["is kept in an object", called("export const handlers = { read };"), "unknown"],
  ]);
});

it("text that is parsed", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["JSON.parse(event.detail.additionalInfo).code", "event.detail.additionalInfo.JSON.code"],
    [
      "(JSON.parse(event.detail.additionalInfo) as any).code",
      "event.detail.additionalInfo.JSON.code",
    ],
    ["JSON.parse(event.body).detail", "event.detail"],
    ["JSON.parse(anything.Message).detail", "event.detail"],
    ["JSON.parse(anything.text).detail", "unknown"],
    ["JSON.parse(anything).detail", "unknown"],
    ["JSON.parse().detail", "unknown"],
    ["JSON.parse(...anything).detail", "unknown"],
    ["JSON.stringify(event.detail.additionalInfo).code", "unknown"],
    ["anything.parse(event.detail.additionalInfo).code", "unknown"],
    ["parse(event.detail.additionalInfo).code", "unknown"],
  ];
  expectPaths(
    rows.map(([expression, expected]) => [
      expression,
      `declare const parse: any; ${inHandler(`/*target*/ ${expression};`)}`,
      expected,
    ]),
  );
});

it("a script of CommonJS that exports its handler", () => {
  const code =
    "async function handler(event) { /*target*/ event.detail; }\nmodule.exports = { handler };";
  expect(
    withModel({ "file.cjs": code }, (_unit, [target]) => pathTo(target), { types: false }),
  ).toBe("event.detail");
});

it.each([
  [undefined, undefined],
  [[], undefined],
  [["detail", "additionalInfo"], undefined],
  [["detail", "additionalInfo", "code"], { name: "code", isParsed: false }],
  [["detail", "additionalInfo", "JSON", "code"], { name: "code", isParsed: true }],
  [["detail", "additionalInfo", "error", "code"], undefined],
  [["detail", "reasonCode", "code"], undefined],
  [["body", "additionalInfo", "code"], undefined],
  [["body", "additionalInfo", "JSON", "code"], undefined],
  [["detail", "additionalInfo", "JSON", "error", "code"], undefined],
])("the member of the error at %j", (path, expected) => {
  expect(errorField(path)).toEqual(expected);
});
