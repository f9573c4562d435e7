/**
 * Where a value comes from: an expression is followed back through names, members, destructuring, factories, getters, lazy
 * singletons, parameters and imports, in any file of the program, to the expressions that made it.
 */
import type { TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isFunction } from "../../ast/nodes.ts";
import { once } from "../once.ts";
import type { Origins, TraceOptions } from "./origins.ts";
import { Trace } from "./trace.ts";

export { returnedBy } from "./members.ts";
export type { Origins, TraceOptions } from "./origins.ts";

/**
 * Follows an expression to the expressions that made its value: literals, objects, functions, classes, `new` and calls that
 * cannot be entered. `null` and `undefined` are left out: a lazy singleton starts as one.
 */
export function originsOf(expression: TSESTree.Node, options: TraceOptions = {}): Origins {
  return new Trace(options).follow(expression, 0);
}

/** The single maker of a value, when there is exactly one and nothing else can be it. */
export function soleOrigin(
  expression: TSESTree.Node,
  options?: TraceOptions,
): TSESTree.Node | undefined {
  const { nodes, complete } = originsOf(expression, options);
  return complete && nodes.length === 1 ? nodes[0] : undefined;
}

/** The functions of the project that a callee can be. */
export interface Functions {
  readonly functions: readonly FunctionNode[];
  /** False where an unknown one is possible. */
  readonly complete: boolean;
}

/** The functions of the project that a callee can be. */
export const functionsOf = once((callee: TSESTree.Node): Functions => {
  const { nodes, complete } = originsOf(callee, { intoCallers: false });
  const functions = nodes.filter(isFunction);
  return { functions, complete: complete && functions.length === nodes.length };
});
