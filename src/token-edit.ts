/** Where analysis and edits meet: one idempotency token for all attempts of a call. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { unwrap } from "./ast/nodes.ts";
import { type Edit, lower, refuse } from "./fix/edit.ts";
import { moveBefore } from "./fix/hoist.ts";
import { pinToken, tokenMaker } from "./fix/token.ts";
import { isForBrowser } from "./model/client/platform.ts";
import { knowsPlatformModule } from "./model/program/checker.ts";
import { modulesOf } from "./model/program/module-style.ts";
import { type Unit, unitOf } from "./model/program/unit.ts";
import { originsOf } from "./model/program/values.ts";
import type { Attempt } from "./model/retry/per-attempt.ts";
import { isForOneRequest, isSameRequest, layerAround } from "./model/retry/token-place.ts";
import type { SdkCall } from "./model/sdk/call.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

const NO_LITERAL = refuse("the input is not written down in one place");
const SEVERAL = "a person must see whether all attempts are for one request";

/** A token for an input that has none, made before the first attempt. */
export function pinEdit(
  context: Context,
  unit: Unit,
  call: SdkCall,
  member: string,
  attempts: readonly Attempt[],
): Edit {
  const literal = literalOf(call, unit);
  if (literal === undefined) return NO_LITERAL;
  const layer = layerAround(literal, attempts);
  if (layer === undefined && !isForOneRequest(literal, call.node, attempts))
    return refuse("no place before the first attempt is certain");
  const edit = pin(context, unit, literal, member, layer);
  return isSameRequest(literal, member, call.node, attempts)
    ? edit
    : lower(edit, "suggestion", SEVERAL);
}

/** A token for an input that only the SDK sends again. */
export function pinForSdkEdit(context: Context, unit: Unit, call: SdkCall, member: string): Edit {
  const literal = literalOf(call, unit);
  return literal === undefined
    ? NO_LITERAL
    : lower(
        pin(context, unit, literal, member, undefined),
        "suggestion",
        "the token may have to come from elsewhere",
      );
}

function pin(
  context: Context,
  unit: Unit,
  literal: TSESTree.ObjectExpression,
  member: string,
  layer: TSESTree.Node | undefined,
): Edit {
  const { cwd, filename, physicalFilename, sourceCode } = context;
  const isBrowser = isForBrowser(unit);
  if (!isBrowser && knowsPlatformModule(unit, "node:crypto") === "no")
    return refuse("the types of `node:crypto` are not installed");
  const uses = [layer ?? literal];
  const request = { cwd, filename, physicalFilename, style: modulesOf(unit), uses };
  return pinToken(sourceCode, literal, member, layer, tokenMaker(sourceCode, request, isBrowser));
}

/**
 * Makes a token once that is made on every attempt.
 * @param values - what the member is set to
 * @param maker - the part of it that is new each time
 */
export function hoistEdit(
  { sourceCode }: Context,
  unit: Unit,
  call: SdkCall,
  member: string,
  values: readonly TSESTree.Node[],
  maker: TSESTree.Node,
  attempts: readonly Attempt[],
): Edit {
  if (unitOf(maker) !== unit) return refuse("it is made in another file");
  const layer = layerAround(maker, attempts);
  if (layer === undefined) return refuse("no place before the first attempt is certain");
  const { edit } = moveBefore(sourceCode, maker as TSESTree.Expression, layer, "clientToken");
  const literal = literalOf(call, unit);
  // A name for it may be used for something else as well.
  const isDirect = values.some((value) => unwrap(value) === maker);
  return isDirect && literal !== undefined && isSameRequest(literal, member, call.node, attempts)
    ? edit
    : lower(edit, "suggestion", SEVERAL);
}

/** The literal that the input of a call is, in this file. */
function literalOf({ input }: SdkCall, unit: Unit): TSESTree.ObjectExpression | undefined {
  const [literal, ...others] = input === undefined ? [] : originsOf(input).nodes;
  return literal?.type === T.ObjectExpression && others.length === 0 && unitOf(literal) === unit
    ? literal
    : undefined;
}
