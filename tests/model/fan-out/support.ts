/** What the model says of lists, loops and calls that are marked in tables of code. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isLoop } from "../../../src/ast/nodes.ts";
import { fanOutAt } from "../../../src/model/fan-out/fan-out.ts";
import { roundsOf, sizeOf } from "../../../src/model/fan-out/size.ts";
import { judgeRows, type Row } from "../../support/rows.ts";

export type { Row } from "../../support/rows.ts";

const PRELUDE = `
import { ConnectClient, DescribeUserCommand, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 8 });
const describe = (id: string) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }));
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
declare function use(...values: unknown[]): any;
`;

/** What is said of a call for each of so many items as nobody knows. */
export const OPEN = "open DescribeUser";

/** Rows whose code runs for each of the lists' items. */
export const each = (rows: readonly Row[]): Row[] =>
  rows.map(([body, verdict, before]) => [
    `/*target*/ ids.map(async (id, index) => { ${body} });`,
    verdict,
    before,
  ]);

/** Each row has one mark, in a function that is given lists. */
export function judged(
  title: string,
  rows: readonly Row[],
  verdict: (target: TSESTree.Node) => string,
): void {
  judgeRows(
    title,
    rows,
    (code, before) => `${PRELUDE}${before}
export async function run(ids: string[], n: number, teams: string[][]): Promise<any> { ${code} }`,
    verdict,
  );
}

/** How many items the marked collection has, or how many rounds the marked loop. */
export function sizeAt(target: TSESTree.Node): string {
  const size = isLoop(target) ? roundsOf(target) : sizeOf(target);
  return size.kind === "fixed" ? String(size.count) : size.kind;
}

/** What the marked loop or call starts: `open DescribeUser`, `9 DescribeUser`, or nothing that is too much. */
export function startedAt(target: TSESTree.Node): string {
  if (!isLoop(target) && target.type !== T.CallExpression) throw new Error("nothing is repeated");
  const found = fanOutAt(target);
  if (found === undefined) return "silent";
  return `${String(found.count ?? "open")} ${found.tightest.call.operation ?? "?"}`;
}
