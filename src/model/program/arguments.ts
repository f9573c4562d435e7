/** What a function is given by those who call it. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, unwrap } from "../../ast/nodes.ts";
import { callOf, nameOfFunction, ownReferences, usesOf } from "./callers.ts";

/** The expressions passed for a parameter at every known call, and whether some call leaves it out. */
export function argumentsFor(
  fn: FunctionNode,
  index: number,
): {
  readonly values: readonly TSESTree.Node[];
  readonly complete: boolean;
  readonly isLeftOut: boolean;
} {
  // Without a name it is called where it stands, or by whoever it is given to.
  const { sites, complete: isAll } =
    nameOfFunction(fn) === undefined
      ? { sites: [fn, ...ownReferences(fn)], complete: true }
      : usesOf(fn);
  let complete = isAll;
  let isLeftOut = false;
  const values: TSESTree.Node[] = [];
  for (const site of sites) {
    const call = callOf(site);
    const argument = call?.arguments[index];
    if (
      call === undefined ||
      call.arguments.slice(0, index + 1).some((item) => item.type === T.SpreadElement)
    )
      complete = false;
    else if (argument === undefined) isLeftOut = true;
    else values.push(unwrap(argument));
  }
  return { values, complete, isLeftOut };
}
