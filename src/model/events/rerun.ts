/** Calls that do again what a failed rule action should have done. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, memberName, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName } from "../program/binding.ts";
import { lookUp } from "../program/object.ts";
import { stringOf } from "../program/constant.ts";
import { projectFiles, unitOf } from "../program/unit.ts";
import { sdkCallAt } from "../sdk/identify.ts";
import { DOCUMENTED_ACTIONS, FAILURE_PHRASE } from "./failure.ts";

/** The action that an operation does again. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ["StartTaskContact", "CREATE_TASK"],
  ["CreateCase", "CREATE_CASE"],
  ["UpdateCase", "UPDATE_CASE"],
  ["PutEvents", "GENERATE_EVENTBRIDGE_EVENT"],
]);

export interface Rerun {
  readonly operation: string;
  /** Whether the handler, or a pattern in the program, asks first if the failure can pass by itself. */
  readonly isChecked: boolean;
  /** Whether a repeated event would act a second time for want of a client token of the caller's. */
  readonly lacksToken: boolean;
}

/** The repetition of a failed action that a call is: it stands in a file that speaks of that action by name. */
export function rerunAt(node: TSESTree.CallExpression): Rerun | undefined {
  const call = sdkCallAt(node);
  const operation = call?.operation ?? putEvents(node);
  const action = operation === undefined ? undefined : ACTIONS.get(operation);
  const unit = unitOf(node);
  if (operation === undefined || action === undefined || !unit.text.includes(action))
    return undefined;
  const token = call?.facts?.token;
  return {
    operation,
    isChecked:
      /[rR]etryable|reasonCode|parseRulesActionFailure/.test(unit.text) ||
      isFilteredElsewhere(node),
    lacksToken:
      token !== undefined &&
      token.fill !== "required" &&
      lookUp(call?.input, token.member).answer === "no",
  };
}

/** EventBridge is not of the family, so its command is known by its import alone. */
function putEvents(node: TSESTree.CallExpression): string | undefined {
  const callee = calleeMember(node);
  const command = node.arguments[0] === undefined ? undefined : unwrap(node.arguments[0]);
  if (callee === undefined || memberName(callee) !== "send" || command?.type !== T.NewExpression)
    return undefined;
  const imported = importedName(command.callee);
  return imported?.module === "@aws-sdk/client-eventbridge" &&
    imported.path.at(-1) === "PutEventsCommand"
    ? "PutEvents"
    : undefined;
}

function isFilteredElsewhere(node: TSESTree.Node): boolean {
  return projectFiles(unitOf(node)).some(
    ({ text }) => text.includes(FAILURE_PHRASE) && text.includes("reasonCode"),
  );
}

/** The `default` of a `switch` over the documented action types that calls all others impossible. */
export function closedDefault(node: TSESTree.SwitchStatement): TSESTree.SwitchCase | undefined {
  const unit = unitOf(node);
  const discriminant = unwrap(node.discriminant);
  const name =
    discriminant.type === T.MemberExpression
      ? memberName(discriminant)
      : discriminant.type === T.Identifier
        ? discriminant.name
        : undefined;
  if (name !== "actionType") return undefined;
  const labels = node.cases.flatMap(({ test }) => (test === null ? [] : [stringOf(test)]));
  const isDocumented =
    labels.length === DOCUMENTED_ACTIONS.size &&
    labels.every((label) => label !== undefined && DOCUMENTED_ACTIONS.has(label));
  const fallback = node.cases.find(({ test }) => test === null);
  if (!isDocumented || fallback === undefined) return undefined;
  for (const part of walk(fallback, unit.visitorKeys)) {
    if (part.type === T.TSNeverKeyword) return fallback;
    if (
      part.type === T.CallExpression &&
      part.callee.type === T.Identifier &&
      /^(?:assertNever|assertUnreachable|unreachable|exhaustive\w*|absurd)$/i.test(part.callee.name)
    )
      return fallback;
  }
  return undefined;
}
