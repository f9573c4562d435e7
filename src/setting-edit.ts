/** Where analysis and edits meet: settings of clients that do not do what they say. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { walk } from "./ast/walk.ts";
import { type Edit, lower, makeEdit, refuse } from "./fix/edit.ts";
import { addToObject, moveProperty, removeProperty, replaceValue } from "./fix/object.ts";
import { drawDelay, jitterResult } from "./fix/strategy.ts";
import { editWithHelper } from "./helper-binding.ts";
import type { Setting } from "./model/client/setting.ts";
import type { UnjitteredStrategy } from "./model/client/strategy.ts";
import { type Unit, unitOf } from "./model/program/unit.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type SourceCode = Context["sourceCode"];

/** An edit of a setting that is written down in this file, for this client alone. */
function ownEdit(
  unit: Unit,
  { own, property }: Setting,
  edit: (own: TSESTree.ObjectExpression, property: TSESTree.Property) => Edit,
): Edit {
  return own === undefined || property === undefined || unitOf(property) !== unit
    ? refuse("it is not this client's alone")
    : edit(own, property);
}

export function removeSetting(sourceCode: SourceCode, unit: Unit, setting: Setting): Edit {
  return ownEdit(unit, setting, (own, property) => removeProperty(sourceCode, own, property));
}

/** Gives a setting another value. */
export function setSetting(
  sourceCode: SourceCode,
  unit: Unit,
  setting: Setting,
  value: string,
): Edit {
  return ownEdit(unit, setting, (_own, property) => replaceValue(sourceCode, property, value));
}

/** Says the same in the words of the client's own version of the SDK; without any, takes the setting out. */
export function translateSetting(
  sourceCode: SourceCode,
  unit: Unit,
  setting: Setting,
  translation: string | undefined,
): Edit {
  return translation === undefined
    ? lower(removeSetting(sourceCode, unit, setting), "suggestion", "what was meant is lost")
    : ownEdit(unit, setting, (_own, { range }) =>
        makeEdit(sourceCode, [{ range, text: translation }]),
      );
}

/** Moves a setting from the `params` of a v2 client to where it has an effect. */
export function moveOutOfParams(
  sourceCode: SourceCode,
  unit: Unit,
  setting: Setting,
  params: Setting,
): Edit {
  return ownEdit(unit, setting, (own, property) =>
    params.own === undefined || property.value !== setting.value
      ? refuse("it is not written in place")
      : moveProperty(sourceCode, own, property, params.own),
  );
}

/** Lets a request fail when its time has passed. */
export function throwOnTimeout(
  sourceCode: SourceCode,
  unit: Unit,
  options: TSESTree.ObjectExpression | undefined,
): Edit {
  const edit =
    options === undefined || unitOf(options) !== unit
      ? refuse("the options are not this client's alone")
      : addToObject(sourceCode, options, "throwOnRequestTimeout", "true", { isKnownAbsent: true });
  return lower(edit, "suggestion", "slow requests begin to fail");
}

/** Draws the delay of a strategy at random. */
export function jitterStrategy(
  context: Context,
  unit: Unit,
  { delay, fixedMs, fn, node }: UnjitteredStrategy,
): Edit {
  const { sourceCode } = context;
  return fn === undefined
    ? editWithHelper(context, unit, "backoffDelay", [node], (name) =>
        drawDelay(sourceCode, node, delay, fixedMs !== 0, name),
      )
    : editWithHelper(context, unit, "jitter", [node], (name) =>
        jitterResult(sourceCode, delay, name),
      );
}

/** Draws what a `customBackoff` of v2 gives at random; a number below zero ends the retries, and has to stay what it is. */
export function jitterBackoff(context: Context, unit: Unit, backoff: TSESTree.Node): Edit {
  const mayEnd = [...walk(backoff, unit.visitorKeys)].some(
    (node) => node.type === T.UnaryExpression && node.operator === "-",
  );
  if (mayEnd) return refuse("the function also ends the retries");
  if (backoff.type === T.Identifier) return refuse("the function is written elsewhere");
  const edit = editWithHelper(context, unit, "jitter", [backoff], (name) =>
    jitterResult(context.sourceCode, backoff, name),
  );
  return lower(edit, "suggestion", "retries come sooner than before");
}
