/** Retry functions that are seen to be written for AWS calls, although the program hands them none. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { isThrottlingName } from "../../knowledge/errors.ts";
import { type Unit, unitOf } from "../program/unit.ts";
import { layersAround } from "./given-function.ts";
import type { Layer } from "./layer.ts";

/**
 * The layers of functions in a file that run again what they are given and ask for AWS's throttling errors by name. Their calls may be in
 * another package, or reach them in a way that cannot be followed. Where only Connect is judged they are left alone, since the calls
 * may be of any service.
 */
export function throttlingWrapperLayers(unit: Unit): readonly Layer[] {
  if (unit.settings.services !== "aws" || !namesThrottling(unit.ast, unit)) return [];
  return [...walk(unit.ast, unit.visitorKeys)].flatMap((fn) =>
    isFunction(fn) && namesThrottling(fn.body, unit) ? layersAroundGiven(fn) : [],
  );
}

function layersAroundGiven(fn: FunctionNode): readonly Layer[] {
  return fn.params.flatMap((_, index) =>
    layersAround(fn, index).filter(
      ({ node, origin, purpose }) =>
        purpose === "retry" && origin === undefined && unitOf(node) === unitOf(fn),
    ),
  );
}

function namesThrottling(code: FunctionNode["body"] | Unit["ast"], unit: Unit): boolean {
  return [...walk(code, unit.visitorKeys)].some(
    (node) =>
      node.type === T.Literal && typeof node.value === "string" && isThrottlingName(node.value),
  );
}
