/** Operations that fail while a resource is still being made: the SDK never retries that error, although it passes by itself. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { Answer } from "../answer.ts";
import { namedTypesAt } from "../program/checker.ts";
import type { SdkCall } from "./call.ts";

const NOT_READY = "ResourceNotReadyException";

/** Whether an operation declares `ResourceNotReadyException`, by the tables or (newer operations) the installed declarations. */
export function canBeNotReady(call: SdkCall): Answer {
  if (call.facts !== undefined) return call.facts.errors.includes(NOT_READY) ? "yes" : "no";
  if (call.command === undefined || call.operation === undefined) return "unknown";
  const declared = declaredErrors(call.command, `${call.operation}Command`);
  if (declared === undefined) return "unknown";
  return declared.includes(NOT_READY) ? "yes" : "no";
}

/**
 * The errors that a command's declaration lists. Read from the raw comment: the parsed tags lose the name, because
 * `@throws {@link X}` reads as a type.
 */
function declaredErrors(command: TSESTree.Node, className: string): readonly string[] | undefined {
  const declaration = namedTypesAt(command).find(({ name }) => name === className)?.symbol
    .declarations?.[0];
  if (declaration === undefined) return undefined;
  const comment = declaration
    .getSourceFile()
    .text.slice(declaration.getFullStart(), declaration.getStart());
  return [...comment.matchAll(/@throws\s+\{@link\s+(\w+)/g)].map((match) => String(match[1]));
}
