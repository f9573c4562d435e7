/** Loops under test: source text around a marked call, and what the model says of it in one line. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { calleeMember, enclosingFunction, memberName } from "../../../src/ast/nodes.ts";
import { analyseLoop, loopAround } from "../../../src/model/loop/classify.ts";
import type { LoopFacts } from "../../../src/model/loop/facts.ts";
import { recursionAround } from "../../../src/model/loop/recursion.ts";
import { requeueAround } from "../../../src/model/loop/requeue.ts";
import { callOf, usesOf } from "../../../src/model/program/callers.ts";
import { withModel } from "../../support/model.ts";

/** What every example can use; nothing here is imported, so that the examples are as they are in real files. */
const PRELUDE = `
import { ConnectClient, ListUsersCommand, type ListUsersCommandOutput } from "@aws-sdk/client-connect";
declare const client: ConnectClient;
declare const cmd: ListUsersCommand;
declare const ids: string[];
declare const log: { warn(...args: unknown[]): void };
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
`;

/** The call itself, where the mark stands before a chain of promise methods. */
function anchorOf(target: TSESTree.Node | undefined): TSESTree.Node {
  let node = target;
  while (node?.type === T.CallExpression) {
    const member = calleeMember(node);
    if (member === undefined || !/^(?:then|catch|finally|promise)$/.test(memberName(member) ?? ""))
      break;
    node = member.object;
  }
  if (node === undefined) throw new Error("The example marks no call.");
  return node;
}

export interface Example {
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
}

function judged<Result>(
  { code, files = {} }: Example,
  read: (anchor: TSESTree.Node) => Result,
): Result {
  return withModel({ "file.ts": PRELUDE + code, ...files }, (_unit, [target]) =>
    read(anchorOf(target)),
  );
}

/** The facts of the innermost loop around the marked call, else of the recursion around it. */
export function factsOf(example: Example): LoopFacts | undefined {
  return judged(example, (anchor) => {
    const [loop] = loopAround(anchor);
    return loop === undefined ? recursionAround(anchor) : analyseLoop(loop, anchor);
  });
}

/** The facts of the re-queueing around the marked call. */
export function requeueOf(example: Example): LoopFacts | undefined {
  return judged(example, requeueAround);
}

/** The most attempts of the loop around the marked call, as each call of the function around it sets them. */
export function maximaOf(example: Example): readonly string[] {
  return judged(example, (anchor) => {
    const [loop] = loopAround(anchor);
    const fn = enclosingFunction(anchor);
    if (loop === undefined || fn === undefined) throw new Error("The example marks no loop.");
    const { attemptsGiven } = analyseLoop(loop, anchor);
    return usesOf(fn).sites.map((site) => {
      const args = callOf(site)?.arguments ?? [];
      const attempts = attemptsGiven?.([{ fn, args }]);
      return attempts?.kind === "bounded" ? String(attempts.max ?? "?") : String(attempts?.kind);
    });
  });
}

/** The verdict in words: `retry, bounded 3, some ThrottlingException, throws, 1 wait`. */
export function words(facts: LoopFacts | undefined): string {
  if (facts === undefined) return "none";
  if (!["retry", "poll", "leftovers"].includes(facts.kind)) return facts.kind;
  const { attempts, filter, exhaustion, waits } = facts;
  const bound =
    attempts.kind === "bounded"
      ? `bounded ${String(attempts.max ?? "?")}`
      : attempts.kind === "unbounded"
        ? `unbounded: ${attempts.reason}`
        : "unknown bound";
  const passing =
    filter.kind === "some"
      ? `some${filter.throttlingOnly ? " throttling" : ""} [${filter.names.join(" ")}]`
      : filter.kind;
  return [facts.kind, bound, passing, exhaustion.kind, `${String(waits.length)} waits`].join(", ");
}

/** The attempt that every example makes, and as it stands in most of them. */
export const SEND = "/*target*/ client.send(cmd)";
export const OK = `return await ${SEND};`;

/** The verdict on what stands in a function, in words. */
export function verdict(body: string, before = ""): string {
  return words(
    factsOf({ code: `${before} export async function run(): Promise<any> { ${body} }` }),
  );
}
