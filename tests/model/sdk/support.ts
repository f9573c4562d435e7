/** What the resolver says of the marked calls of a program, one line each. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { constructionsOf } from "../../../src/model/client/construction.ts";
import { policyOf } from "../../../src/model/client/policy.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { walk } from "../../../src/ast/walk.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

export type Files = Readonly<Record<string, string>>;

/** A program: the text of `file.ts`, or several files, the linted one first. */
export type Sources = Files | string;

export function filesOf(sources: Sources, main = "file.ts"): Files {
  return typeof sources === "string" ? { [main]: sources } : sources;
}

/**
 * The marked calls: `send connect.ListUsers`, then where the client is known to be built, as the retry policies of the
 * constructions (`<- default`), with `?` when it may come from elsewhere too; `none` for what is no judged call.
 */
export function callsIn(
  sources: Sources,
  options: ModelOptions & { main?: string } = {},
): string[] {
  return withModel(
    filesOf(sources, options.main),
    (_unit, targets) => targets.map((target) => lineOf(callIn(target))),
    options,
  );
}

/** The first judged call in a target, or the first call. */
function callIn(target: TSESTree.Node): TSESTree.CallExpression | undefined {
  for (const node of walk(target, unitOf(target).visitorKeys)) {
    if (node.type === T.CallExpression && sdkCallAt(node) !== undefined) return node;
  }
  return undefined;
}

function lineOf(node: TSESTree.CallExpression | undefined): string {
  const call = node === undefined ? undefined : sdkCallAt(node);
  if (call === undefined) return "none";
  const style = call.api === "v2" ? `v2 ${call.style}` : call.style;
  const operation = `${call.package.replace("@aws-sdk/client-", "")}.${call.operation ?? "?"}`;
  if (call.client === undefined) return `${style} ${operation}`;
  const { constructions, complete } = constructionsOf(call.client);
  const built = [...constructions.map((item) => policyOf(item).kind), ...(complete ? [] : ["?"])];
  return `${style} ${operation} <- ${built.join(" ")}`;
}
