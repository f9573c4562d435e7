/** Calls that write to a log. */
import type { TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName } from "../ast/nodes.ts";

/** Whether a method is called that is named as those of loggers are: on `console`, or on whatever takes its place. */
export function isLog(call: TSESTree.CallExpression): boolean {
  return (
    calleeMember(call) !== undefined &&
    /^(?:log|debug|info|warn|warning|error|trace)$/i.test(calleeName(call) ?? "")
  );
}
