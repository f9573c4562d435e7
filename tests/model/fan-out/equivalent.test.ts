import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { isSameAtAnyPace } from "../../../src/model/fan-out/equivalent.ts";
import { judged, type Row } from "./support.ts";

const GET = `client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))`;

const mapped = (rows: readonly (readonly [body: string, verdict: string, before?: string])[]) =>
  rows.map(([body, verdict, before]): Row => [
    `/*target*/ ids.map(async (id) => { ${body} });`,
    verdict,
    before,
  ]);

judged(
  "whether a map gives the same at any pace",
  [
    [`/*target*/ ids.map((id) => ${GET});`, "same"],
    ["/*target*/ ids.map(describe);", "other"],
    [`/*target*/ (ids as readonly string[]).map((id) => ${GET});`, "same"],
    [`/*target*/ some.map((id: string) => ${GET});`, "other", "declare const some: any;"],
    [
      `/*target*/ map((id: string) => ${GET});`,
      "other",
      "declare function map(fn: unknown): void;",
    ],
    [
      `/*target*/ some.map((id: string) => ${GET});`,
      "other",
      "declare const some: { map(fn: unknown): void } & Iterable<string>;",
    ],
    ...mapped([
      [`console.log(String(id), Number(id), Math.min(1, n)); return ${GET};`, "same"],
      [`return JSON.stringify(await ${GET});`, "same"],
      [`return Object.assign(all, await ${GET});`, "other", "const all = {};"],
      [`save(await ${GET});`, "other", "declare function save(user: unknown): void;"],
      [`users.push(await ${GET});`, "other", "const users: unknown[] = [];"],
      [`await ${GET}; return ${GET};`, "other"],
      ["return describe(id);", "other"],
      ["return id;", "other"],
      [`for await (const x of teams) use; return ${GET};`, "other"],
      [
        'return client.send(new StopContactCommand({ InstanceId: "i", ContactId: id }));',
        "other",
        'import { StopContactCommand } from "@aws-sdk/client-connect";',
      ],
      [
        "return paginateListUsers({ client }, { InstanceId: id });",
        "other",
        'import { paginateListUsers } from "@aws-sdk/client-connect";',
      ],
      ["return client.send(command as any);", "other", "declare const command: unknown;"],
    ]),
  ],
  (target) => (target.type === T.CallExpression && isSameAtAnyPace(target) ? "same" : "other"),
);
