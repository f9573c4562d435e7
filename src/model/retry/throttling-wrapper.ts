/** Retry functions that are seen to be written for AWS calls, although the program hands them none. */
import { type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { isThrottlingName } from "../../knowledge/errors.ts";
import { type Unit, unitOf } from "../program/unit.ts";
import { layersAround } from "./given-function.ts";
import type { Layer } from "./layer.ts";

/**
 * The layers of functions in a file that run again what they are given after errors that AWS calls throttling. Their calls may be in
 * another package, or reach them in a way that cannot be followed. Where only Connect is judged they are left alone, since the calls
 * may be of any service.
 */
export function throttlingWrapperLayers(unit: Unit): readonly Layer[] {
  if (unit.settings.services !== "aws" || !NAMES_THROTTLING.test(unit.text)) return [];
  return [...walk(unit.ast, unit.visitorKeys)].flatMap((fn) =>
    isFunction(fn) ? layersAroundGiven(fn) : [],
  );
}

/** Looked for first: to read what all functions do with what they are given takes long. */
const NAMES_THROTTLING = /throttl|TooManyRequests/i;

function layersAroundGiven(fn: FunctionNode): readonly Layer[] {
  return fn.params.flatMap((_, index) =>
    layersAround(fn, index).filter(
      ({ filter, node, origin, purpose }) =>
        purpose === "retry" &&
        origin === undefined &&
        unitOf(node) === unitOf(fn) &&
        filter.kind === "some" &&
        filter.names.some(isThrottlingName),
    ),
  );
}
