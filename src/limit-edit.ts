/** Where analysis and edits meet: an end for a layer that has none. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isLoop } from "./ast/nodes.ts";
import {
  advance,
  compareByOrder,
  handOnNext,
  keepOnly,
  limitAttempts,
  limitPerItem,
  limitTime,
  throwAt,
} from "./fix/bound.ts";
import { combine, type Edit, lower, refuse } from "./fix/edit.ts";
import { limitRecursion, limitRecursionTime } from "./fix/recursion.ts";
import { insertAfter } from "./fix/statement.ts";
import { wrapSend } from "./fix/wrap.ts";
import { editWithHelper } from "./helper-binding.ts";
import { setLibraryOption } from "./library-option.ts";
import { placeOf, placesIn } from "./model/loop/places.ts";
import { forbidsUnused } from "./model/program/checker.ts";
import { lookUp } from "./model/program/object.ts";
import { type Unit, unitOf } from "./model/program/unit.ts";
import { attemptNumberAt } from "./model/retry/attempt-number.ts";
import { repeatedCode } from "./model/retry/delay-place.ts";
import { handlerIn } from "./model/retry/handler.ts";
import type { Attempts, Layer } from "./model/retry/layer.ts";
import type { LocatedLayer } from "./model/retry/program-layers.ts";
import { isSafeToRepeat } from "./model/retry/safety.ts";
import { selfCallOf } from "./model/retry/self-call.ts";
import { soleSendOf } from "./model/retry/sole-send.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type Unbounded = Extract<Attempts, { kind: "unbounded" }>;

/** The helper's own number of attempts. */
const ATTEMPTS = 8;
const TIME = "300_000";
const TIME_UP = "Not done after five minutes";

/** A limit for a layer, and what it does. */
export interface Limit {
  readonly edit: Edit;
  readonly does: "advanceCounter" | "compareByOrder" | "leaveOnSuccess" | "limitAttempts";
}

/** Sends the one command of a loop through the helper, in place of the loop: certain where repeating the request does no harm. */
export function sendInsteadEdit(
  context: Context,
  unit: Unit,
  { calls, layer }: LocatedLayer,
): Edit {
  const { sourceCode } = context;
  const sole = soleSendOf(layer, calls.length === 1 ? calls[0] : undefined, sourceCode);
  if (sole === undefined) return refuse("the loop does more than to send a command");
  if (sole.orphans && forbidsUnused(unit))
    return refuse("the sleep function would be left without a use");
  const { call, kept, loop } = sole;
  const edit = editWithHelper(context, unit, "sendWithBackoff", [call.node], (name) =>
    combine(sourceCode, keepOnly(sourceCode, loop, kept), wrapSend(sourceCode, call.node, name)),
  );
  return isSafeToRepeat(call) === "yes"
    ? edit
    : lower(edit, "suggestion", "a repeated request may act twice");
}

/** Bounds the attempts of a loop, a recursion or a re-queueing, or repairs the bound that it was meant to have. */
export function limitEdit(
  context: Context,
  located: LocatedLayer,
  { node: test, reason }: Unbounded,
): Limit {
  const { sourceCode } = context;
  const { layer } = located;
  const handler = handlerIn(located);
  const limit = (does: Limit["does"], edit: Edit): Limit => ({
    does,
    edit: lower(edit, "suggestion", "a person must choose the limit"),
  });
  if (reason === "counter-skipped")
    return limit(
      "compareByOrder",
      unitOf(test) === unitOf(layer.node)
        ? compareByOrder(sourceCode, test)
        : refuse("the test is elsewhere"),
    );
  if (!isLoop(layer.node)) {
    const count = reason === "counter-stuck" ? oldCountIn(layer.node, test) : undefined;
    return count === undefined
      ? limit("limitAttempts", limitOther(context, located))
      : limit("advanceCounter", handOnNext(sourceCode, count));
  }
  if (handler === undefined)
    return limit("limitAttempts", refuse("the failure does not arrive in one place"));
  if (reason === "goes-on-after-success")
    return limit("leaveOnSuccess", leave(sourceCode, layer.node, handler));
  const counter =
    reason === "counter-stuck" && test.type === T.BinaryExpression && /^<=?$/.test(test.operator)
      ? test.left
      : undefined;
  if (counter?.type === T.Identifier)
    return limit("advanceCounter", advance(sourceCode, handler.body, counter.name));
  const attempt = reason === "no-exit" ? attemptNumberAt(located, handler.body, true) : undefined;
  return limit(
    "limitAttempts",
    attempt === undefined
      ? limitAttempts(sourceCode, layer.node, handler, ATTEMPTS)
      : throwAt(sourceCode, handler, `${attempt} >= ${String(ATTEMPTS)}`),
  );
}

/** The argument by which a function hands itself the number from before that a test asks for: `again(attempt++)`. */
function oldCountIn(
  again: TSESTree.Node,
  test: TSESTree.Node,
): TSESTree.UpdateExpression | undefined {
  if (again.type !== T.CallExpression) return undefined;
  const asked = placesIn(test);
  return again.arguments
    .filter((argument) => argument.type === T.UpdateExpression)
    .find(({ argument, prefix }) => !prefix && asked.has(placeOf(argument) ?? ""));
}

function limitOther({ filename, sourceCode }: Context, located: LocatedLayer): Edit {
  const { layer } = located;
  const self = selfCallOf(layer);
  if (self !== undefined) return limitRecursion(sourceCode, self.fn, self.again, ATTEMPTS);
  const loop = repeatedCode(layer);
  const handler =
    layer.kind === "requeue"
      ? handlerIn({ ...located, layer: { ...layer, node: loop } })
      : undefined;
  if (handler === undefined || layer.node.type !== T.CallExpression)
    return refuse("there is no place for a limit");
  return limitPerItem(sourceCode, loop, layer.node, handler, ATTEMPTS, isTypeScript(filename));
}

function leave(
  sourceCode: Context["sourceCode"],
  loop: TSESTree.Node,
  { parent }: TSESTree.CatchClause,
): Edit {
  const last = parent.block.body.at(-1);
  return last === undefined || parent.parent.parent !== loop
    ? refuse("the attempt is nested deeper")
    : insertAfter(sourceCode, last, "break;");
}

/** Gives a poll a deadline. */
export function deadlineEdit({ sourceCode }: Context, layer: Layer): Edit {
  const self = selfCallOf(layer);
  const edit =
    self === undefined
      ? isLoop(layer.node)
        ? limitTime(sourceCode, layer.node, TIME, TIME_UP)
        : refuse("there is no place for a deadline")
      : limitRecursionTime(sourceCode, self.fn, self.again, TIME, TIME_UP);
  return lower(edit, "suggestion", "a person must choose the limit");
}

/** An option that bounds a library's attempts, and the edit that sets it. */
export interface LibraryLimit {
  readonly option: string;
  readonly value: string;
  readonly edit: Edit;
}

/** Bounds the attempts that a library makes; `undefined` where no option does. */
export function libraryLimitEdit(
  { sourceCode }: Context,
  unit: Unit,
  { library }: Layer,
): LibraryLimit | undefined {
  const { option, counts } = library?.known.attempts ?? {};
  if (library === undefined || option === undefined) return undefined;
  const value = String(counts === "retries" ? ATTEMPTS - 1 : ATTEMPTS);
  const switches = library.known.attempts.unlimited.filter(
    (unlimited) =>
      unlimited.value === true && lookUp(library.options, unlimited.option).answer === "yes",
  );
  const bound = combine(
    sourceCode,
    ...switches.map((unlimited) =>
      setLibraryOption(sourceCode, unit, library, unlimited.option, "false"),
    ),
    setLibraryOption(sourceCode, unit, library, option, value),
  );
  return { option, value, edit: lower(bound, "suggestion", "a person must choose the limit") };
}

function isTypeScript(filename: string): boolean {
  return /\.[cm]?tsx?$/.test(filename);
}
