/** Whether anybody hears of a failure that is neither thrown nor returned. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, isFunction } from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { isGiven } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { mentions } from "./derived.ts";
import type { Exploration } from "./explore.ts";
import type { Region } from "./region.ts";
import { partsOf } from "./steps.ts";

/**
 * Whether something that is not a log hears of the failure: the error is handed to it, or it only runs when the attempts ran
 * out because a success has returned by then.
 */
export function tells({ region, exits, again }: Exploration): boolean {
  const puts = again.some((state) =>
    partsOf(region, state).cycle.some(
      (step) =>
        step.kind === "put" &&
        step.node.arguments.some((argument) => mentions(argument, region.fromError)),
    ),
  );
  if (puts || isHandedOn(region)) return true;
  const won = exits.filter(({ state }) => state.phase === "succeeded");
  if (
    isFunction(region.root) ||
    won.length === 0 ||
    won.some(({ completion }) => completion.type !== "return")
  )
    return false;
  const { parent } = region.root;
  if (parent.type !== T.BlockStatement) return false;
  const rest = parent.body.slice(parent.body.indexOf(region.root) + 1);
  return rest.some((statement) =>
    [...walkOwn(statement, unitOf(statement).visitorKeys)].some(
      (node) =>
        node.type === T.AssignmentExpression || (node.type === T.CallExpression && !isLog(node)),
    ),
  );
}

const HEARS = /^(?:reject|callback|cb|done|next|fail|onError)$/i;

/** Whether a function that the code was given hears of the error, as `reject` and callbacks do. */
function isHandedOn({ root, fromError }: Region): boolean {
  return [...walk(root, unitOf(root).visitorKeys)].some((node) => {
    if (node.type !== T.CallExpression || node.callee.type !== T.Identifier) return false;
    return (
      (HEARS.test(node.callee.name) || (isFunction(root) && isGiven(node.callee))) &&
      node.arguments.some((argument) => mentions(argument, fromError))
    );
  });
}

function isLog(call: TSESTree.CallExpression): boolean {
  const member = calleeMember(call);
  return (
    member !== undefined &&
    /^(?:log|debug|info|warn|warning|error|trace)$/i.test(calleeName(call) ?? "")
  );
}
