/** Where analysis and edits meet: the delay between the attempts of a layer, drawn at random by the helper. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isLoop, memberName } from "./ast/nodes.ts";
import { awaitStatement, raiseToPower, scaleDelay, varyAround, wrapDelay } from "./fix/delay.ts";
import { combine, type Edit, lower, refuse } from "./fix/edit.ts";
import {
  insertPause,
  mayAwait,
  placeBefore,
  placeInHandler,
  placeInPoll,
  type PausePlace,
} from "./fix/pause.ts";
import { editWithHelper } from "./helper-binding.ts";
import { sleepInScope } from "./model/delay/sleep-in-scope.ts";
import { isNumber, knowsGlobal } from "./model/program/checker.ts";
import type { Unit } from "./model/program/unit.ts";
import { originsOf } from "./model/program/values.ts";
import { attemptNumberAt } from "./model/retry/attempt-number.ts";
import { standsIn } from "./model/retry/delay-place.ts";
import { handlerIn } from "./model/retry/handler.ts";
import type { Layer } from "./model/retry/layer.ts";
import type { LocatedLayer } from "./model/retry/program-layers.ts";

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;
type Slip = Layer["delay"]["slips"][number];

/** Largest base for which the helper's growth has room below its ceiling of 20 s. */
const LARGEST_BASE_MS = 10_000;

/** Makes the delay of a layer random: a fixed one that of the helper, which grows; the interval of a poll varies around its mean. */
export function jitterEdit(context: Context, unit: Unit, located: LocatedLayer): Edit {
  const { layer } = located;
  const { delay } = layer;
  const place = delay.node === undefined ? "program" : standsIn(layer, delay.node);
  const edit = randomEdit(context, unit, located);
  // Other code may use a delay that stands outside of the layer.
  return place === "layer"
    ? edit
    : lower(edit, place === "file" ? "suggestion" : "none", "the delay is written elsewhere");
}

function randomEdit(context: Context, unit: Unit, located: LocatedLayer): Edit {
  const { sourceCode } = context;
  const { delay, purpose } = located.layer;
  const { fixedMs, kind, node, scale } = delay;
  if (node === undefined || isNoNumber(node))
    return refuse("the delay is no number that can be seen");
  if (purpose === "poll" && kind === "fixed")
    return editWithHelper(context, unit, "jitter", [node], (name) =>
      varyAround(sourceCode, node, name),
    );
  const grows = kind === "fixed" && scale === 1 && (fixedMs ?? 0) <= LARGEST_BASE_MS;
  const attempt = grows ? attemptNumberAt(located, node) : undefined;
  return attempt === undefined
    ? editWithHelper(context, unit, "jitter", [node], (name) =>
        wrapDelay(sourceCode, node, `${name}(`, ")"),
      )
    : editWithHelper(context, unit, "backoffDelay", [node], (name) =>
        wrapDelay(sourceCode, node, `${name}(${attempt}, { baseDelayMs: `, " })"),
      );
}

/** Whether a delay is something else than a number, or can be: by its type or, without types, by where it comes from. */
function isNoNumber(delay: TSESTree.Node): boolean {
  return isNumber(delay) === "no" || originsOf(delay).nodes.some(isOtherValue);
}

function isOtherValue(origin: TSESTree.Node): boolean {
  if (origin.type === T.MemberExpression)
    return origin.object.type === T.MemberExpression && memberName(origin.object) === "env";
  return (
    origin.type === T.TemplateLiteral ||
    (origin.type === T.Literal && typeof origin.value !== "number")
  );
}

/** Repairs a slip and, where nothing else makes the delay random, that too. */
export function slipEdit(context: Context, unit: Unit, layer: Layer, { slip, node }: Slip): Edit {
  const { sourceCode } = context;
  const { kind, node: delay, slips } = layer.delay;
  if (slips.length > 1) return refuse("there is more than one slip");
  if (standsIn(layer, node) !== "layer") return refuse("it is written elsewhere");
  const repaired = repair(sourceCode, layer, slip, node);
  if (kind === "jittered") return repaired;
  if (delay === undefined || isNoNumber(delay))
    return refuse("the delay is no number that can be seen");
  const random = editWithHelper(context, unit, "jitter", [delay], (name) =>
    wrapDelay(sourceCode, delay, `${name}(`, ")"),
  );
  return combine(sourceCode, random, repaired);
}

function repair(
  sourceCode: Context["sourceCode"],
  { delay }: Layer,
  slip: Slip["slip"],
  node: TSESTree.Node,
): Edit {
  switch (slip) {
    case "bitwise-xor":
      return raiseToPower(sourceCode, node);
    case "not-awaited":
      return mayAwait(sourceCode, node)
        ? awaitStatement(sourceCode, node)
        : refuse("`await` is not allowed here");
    case "seconds-as-milliseconds":
      return delay.node === undefined
        ? refuse("the delay cannot be seen")
        : scaleDelay(sourceCode, delay.node, 1000);
  }
}

/** Waits where nothing waits yet, on the way to the next attempt: a suggestion, because a new `await` changes when things happen. */
export function addDelayEdit(context: Context, unit: Unit, located: LocatedLayer): Edit {
  const { sourceCode } = context;
  const isPoll = located.layer.purpose === "poll";
  const place = placeOf(sourceCode, located);
  if (typeof place === "string") return refuse(place);
  const sleep = sleepInScope(place.node);
  if (sleep === undefined && knowsGlobal(unit, "setTimeout") === "no")
    return refuse("the types of `setTimeout` are not installed");
  const attempt = isPoll ? undefined : attemptNumberAt(located, place.node);
  const helper = attempt === undefined ? "jitter" : "backoffDelay";
  const edit = editWithHelper(context, unit, helper, [place.node], (name) => {
    const time = attempt === undefined ? `${name}(5000)` : `${name}(${attempt})`;
    return insertPause(sourceCode, place, isPoll ? `2500 + ${time}` : time, sleep);
  });
  return lower(edit, "suggestion", "a new `await` changes when things happen");
}

function placeOf(sourceCode: Context["sourceCode"], located: LocatedLayer): PausePlace | string {
  const { kind, node, purpose } = located.layer;
  if (purpose === "leftovers" && (isLoop(node) || kind === "requeue"))
    return "a person must say where something is known to be left";
  if (!isLoop(node)) return placeBefore(node);
  if (purpose === "poll") return placeInPoll(sourceCode, node);
  const handler = handlerIn(located);
  return handler === undefined
    ? "the failure does not arrive in one place"
    : placeInHandler(sourceCode, node, handler);
}
