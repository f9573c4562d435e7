/** Retry layers that libraries put around a function, with the libraries' real defaults. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, isFunction, memberName, unwrap } from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import {
  attemptsOf,
  isJittered,
  retryFunction,
  type RetryFunction,
} from "../../knowledge/index.ts";
import { type Delay, type DelayKind, UNKNOWN_DELAY } from "../delay/delay.ts";
import { importedName } from "../program/binding.ts";
import { originsOf } from "../program/values.ts";
import { unitOf } from "../program/unit.ts";
import { type Attempts, type Filter, type Layer, makeLayer } from "./layer.ts";
import { type Options, readOptions } from "./library-options.ts";

/** The retry function of a known library that a callee is. */
export function libraryFunction(callee: TSESTree.Node): RetryFunction | undefined {
  const imported = importedName(callee);
  if (imported === undefined) return undefined;
  return retryFunction(
    imported.module,
    imported.path.length === 0 ? "default" : imported.path.join("."),
  );
}

/** The layer that a call of a library's retry function is around the function it is given. */
export function libraryLayer(
  call: TSESTree.CallExpression,
  from: TSESTree.Node,
): Layer | undefined {
  const known = libraryFunction(call.callee);
  if (known !== undefined) {
    const index = call.arguments.findIndex((argument) => argument === from);
    return known.functionArgument !== undefined && index === workIndex(known, call)
      ? layerOf(known, call, call)
      : undefined;
  }
  return policyLayer(call);
}

/** promise-retry takes its options before the function as well as after it. */
function workIndex(known: RetryFunction, call: TSESTree.CallExpression): number {
  const given = known.functionArgument ?? 0;
  const written = call.arguments[given];
  const swapped = call.arguments[given === 0 ? 1 : 0];
  return written?.type === T.ObjectExpression &&
    swapped !== undefined &&
    isFunction(unwrap(swapped))
    ? 1 - given
    : given;
}

/** `policy.execute(fn)`, where the policy came from a library's factory, directly or wrapped with others. */
function policyLayer(call: TSESTree.CallExpression): Layer | undefined {
  const callee = calleeMember(call);
  if (callee === undefined || memberName(callee) !== "execute") return undefined;
  for (const origin of originsOf(callee.object).nodes) {
    if (origin.type !== T.CallExpression) continue;
    for (const candidate of [
      origin,
      ...origin.arguments.flatMap((argument) => originsOf(argument).nodes),
    ]) {
      if (candidate.type !== T.CallExpression) continue;
      const known = libraryFunction(candidate.callee);
      if (known !== undefined && known.functionArgument === undefined)
        return layerOf(known, candidate, call);
    }
  }
  return undefined;
}

/**
 * The layers that the operators of a pipeline are around what comes before them, its source or the work of another operator:
 * `source.pipe(retry(3))`, `ids.pipe(mergeMap(send), retry(3))`, `pipe(effect, Effect.retry(schedule))`.
 */
export function operatorLayers(
  call: TSESTree.CallExpression,
  from: TSESTree.Node,
): readonly Layer[] {
  const callee = calleeMember(call);
  const isMethod = callee !== undefined && memberName(callee) === "pipe";
  if (!isMethod && importedName(call.callee)?.path.at(-1) !== "pipe") return [];
  const place = call.arguments.findIndex((argument) => argument === from);
  return call.arguments.flatMap((argument, index) => {
    if (index <= place) return [];
    const operator = unwrap(argument);
    if (operator.type !== T.CallExpression) return [];
    const known = libraryFunction(operator.callee);
    if (known === undefined) return [];
    // Data-last forms leave the work out, so that the options move to the front.
    const layer = layerOf({ ...known, optionsArgument: 0 }, operator, operator);
    const isCutOff = call.arguments.slice(index + 1).some(endsInTime);
    const isEndless = layer.attempts.kind === "unbounded";
    return isEndless && isCutOff ? [{ ...layer, attempts: { kind: "unknown" } }] : [layer];
  });
}

/** An operator that ends what comes before it after a time, or on a signal. */
function endsInTime(argument: TSESTree.Node): boolean {
  const operator = unwrap(argument);
  if (operator.type !== T.CallExpression) return false;
  const imported = importedName(operator.callee);
  return (
    /^(?:effect|rxjs)(?:\/|$)/.test(imported?.module ?? "") &&
    /^(?:takeUntil|timeout|timeoutWith)$/.test(imported?.path.at(-1) ?? "")
  );
}

/**
 * Reads a library call.
 * @param configured - the call that holds the options
 * @param node - the call that runs the work
 */
function layerOf(
  known: RetryFunction,
  configured: TSESTree.CallExpression,
  node: TSESTree.CallExpression,
): Layer {
  const work = workIndex(known, configured);
  const optionsNode =
    configured.arguments[
      known.optionsArgument === work ? (known.functionArgument ?? 0) : known.optionsArgument
    ];
  const options = optionsNode === undefined ? undefined : readOptions(known, optionsNode);
  return makeLayer({
    kind: "wrapper",
    node,
    label: labelOf(known),
    attempts: attempts(known, options, configured),
    delay: delay(known, options, optionsNode ?? configured),
    filter: filter(known, options, configured),
    exhaustion: { kind: "throws" },
    evidence: optionsNode === undefined ? [configured] : [configured, optionsNode],
    library: { known, options: optionsNode, call: configured },
  });
}

function labelOf({ packageName, exportName }: RetryFunction): string {
  return exportName === "default" || exportName === packageName
    ? packageName
    : `${packageName}'s ${exportName}`;
}

function attempts(known: RetryFunction, options: Options, node: TSESTree.Node): Attempts {
  if (options === "unknown") return { kind: "unknown" };
  const total = attemptsOf(known, options);
  if (total === Infinity) return { kind: "unbounded", reason: "no-limit-option", node };
  return total === undefined ? { kind: "unknown" } : { kind: "bounded", max: total };
}

const DELAY_KINDS: Readonly<Record<RetryFunction["delay"]["kind"], DelayKind>> = {
  none: "none",
  fixed: "fixed",
  linear: "growing",
  exponential: "growing",
  custom: "unknown",
};

function delay(known: RetryFunction, options: Options, node: TSESTree.Node): Delay {
  if (options === "unknown") return { ...UNKNOWN_DELAY, node, evidence: [node] };
  const written = typeof options === "object" ? options : undefined;
  const jittered = isJittered(known, written);
  const { kind: given, kindOption, factorOption, option, defaultMs, cap } = known.delay;
  const chosen = kindOption !== undefined && written?.has(kindOption) === true;
  const factor = factorOption === undefined ? undefined : written?.get(factorOption);
  const baseMs =
    option !== undefined && written?.has(option) === true ? written.get(option) : defaultMs;
  let kind: DelayKind = chosen ? "growing" : DELAY_KINDS[given];
  if (typeof factor === "number") kind = factor > 1 ? "growing" : "fixed";
  if (kind === "none" && typeof baseMs === "number" && baseMs > 0) kind = "fixed";
  if (jittered === undefined) kind = "unknown";
  else if (jittered) kind = "jittered";
  const capMs =
    cap.option !== undefined && written?.has(cap.option) === true
      ? written.get(cap.option)
      : cap.defaultMs;
  const fixedMs = kind === "fixed" && typeof baseMs === "number" ? baseMs : undefined;
  return {
    kind,
    node,
    fixedMs,
    maxMs: fixedMs ?? (typeof capMs === "number" && Number.isFinite(capMs) ? capMs : undefined),
    capped:
      kind === "fixed" || kind === "none" || (typeof capMs === "number" && Number.isFinite(capMs))
        ? "yes"
        : capMs === Infinity
          ? "no"
          : "unknown",
    slips: [],
    scale: 1,
    evidence: [node],
  };
}

/** A function among the options that throws: `onFailedAttempt: (error) => { if (…) throw error; }`. */
function isHook(part: TSESTree.Node, known: RetryFunction): boolean {
  if (part.type !== T.Property || !isFunction(part.value)) return false;
  const { parent: options } = part;
  const call = options.parent.type === T.CallExpression ? options.parent : undefined;
  const index = call?.arguments.findIndex((argument) => argument === options) ?? -1;
  return (
    index >= 0 &&
    index !== known.functionArgument &&
    [...walkOwn(part.value.body, unitOf(part).visitorKeys)].some(
      ({ type }) => type === T.ThrowStatement,
    )
  );
}

/** Names by which the work itself ends the retrying: a bail-out callback, an abort error, a context's `abort`. */
const STOPS = /^(?:bail|AbortError|abort|stop|throwError|EMPTY)$/;

function filter(known: RetryFunction, options: Options, node: TSESTree.CallExpression): Filter {
  if (options === "unknown") return { kind: "unknown" };
  const isFiltered =
    known.filterOption !== undefined &&
    typeof options === "object" &&
    options.has(known.filterOption);
  for (const part of walk(node, unitOf(node).visitorKeys)) {
    if (isFiltered || (part.type === T.Identifier && STOPS.test(part.name)) || isHook(part, known))
      return { kind: "some", throttlingOnly: false, names: [], node };
  }
  // cockatiel chooses its errors by the policy builder that it is handed.
  if (known.packageName === "cockatiel") {
    const [handled] = node.arguments;
    const handlesAll = handled !== undefined && importedName(handled)?.path.at(-1) === "handleAll";
    return handlesAll
      ? { kind: "everything", node }
      : { kind: "some", throttlingOnly: false, names: [], node };
  }
  if (known.packageName === "effect") return { kind: "unknown" };
  return { kind: "everything", node };
}
