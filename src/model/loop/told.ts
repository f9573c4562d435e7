/** Whether anybody hears of a failure that is neither thrown nor returned. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction } from "../../ast/nodes.ts";
import { walk, walkOwn } from "../../ast/walk.ts";
import { isLog } from "../log.ts";
import { isGiven } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import { mentions } from "./derived.ts";
import type { Exit, Exploration } from "./explore.ts";
import { branch } from "./flow-tests.ts";
import { Flow } from "./flow.ts";
import { placesWritten } from "./places.ts";
import { type Region, statementsBehind } from "./region.ts";
import type { State } from "./state.ts";
import { partsOf } from "./steps.ts";

/**
 * Whether something that is not a log hears of the failure: the error is handed to it, or it only runs when the attempts ran
 * out because a success has returned by then, or because a test behind the loop tells the two apart.
 * @param lost - the ways that leave after the last attempt
 */
export function tells({ region, exits, again }: Exploration, lost: readonly State[]): boolean {
  const puts = again.some((state) =>
    partsOf(region, state).cycle.some(
      (step) =>
        step.kind === "put" &&
        step.node.arguments.some((argument) => mentions(argument, region.fromError)),
    ),
  );
  if (puts || isHandedOn(region)) return true;
  const rest = statementsBehind(region.root);
  const won = exits.filter(({ state }) => state.phase === "succeeded");
  if (isFunction(region.root) || won.length === 0) return false;
  if (!won.some(leadsBehind)) return rest.some(acts);
  const kept = won.map(({ state }) => state);
  return rest.some((statement) => isTold(region, statement, lost, kept));
}

/** Whether a way out of a loop leads to the statements behind it. */
function leadsBehind({ completion }: Exit): boolean {
  return (
    completion.type === "end" || (completion.type === "break" && completion.label === undefined)
  );
}

/** Whether a statement behind the loop does something in a branch that only exhausted attempts take. */
function isTold(
  region: Region,
  statement: TSESTree.Statement,
  lost: readonly State[],
  kept: readonly State[],
): boolean {
  if (statement.type !== T.IfStatement) return false;
  const { alternate, consequent, test } = statement;
  // The numbers of the attempts are not followed to here: who asks for them is taken to mean the last.
  const isCount = mentions(test, countersOf(region));
  const flow = new Flow(region);
  const taken = (states: readonly State[], side: "no" | "yes"): boolean =>
    states.some((state) => branch(flow, test, state)[side].length > 0);
  const isOnly = (side: "no" | "yes"): boolean =>
    taken(lost, side) && (isCount || !taken(kept, side));
  return (
    (acts(consequent) && isOnly("yes")) || (alternate !== null && acts(alternate) && isOnly("no"))
  );
}

function countersOf({ writes }: Region): ReadonlySet<string> {
  return new Set(
    writes
      .filter(({ type }) => type === T.UpdateExpression)
      .flatMap((write) => placesWritten(write)),
  );
}

/** Whether a statement does more than log. */
function acts(statement: TSESTree.Statement): boolean {
  return [...walkOwn(statement, unitOf(statement).visitorKeys)].some(
    (node) =>
      node.type === T.AssignmentExpression ||
      node.type === T.UpdateExpression ||
      (node.type === T.CallExpression && !isLog(node)),
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
