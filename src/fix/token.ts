/** Making an idempotency token once. */
import { ASTUtils, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { combine, type Edit, NO_CHANGE, refuse } from "./edit.ts";
import { declareBefore } from "./hoist.ts";
import { type BindingRequest, requireBinding } from "./imports.ts";
import { addToObject } from "./object.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** How a new token is written in a file. */
export interface TokenMaker {
  readonly text: string;
  /** The import that is missing, or why there can be none. */
  readonly edit: Edit;
}

/** `randomUUID()` of Node, or that of the platform where Node's modules cannot be imported. */
export function tokenMaker(
  sourceCode: SourceCode,
  request: Omit<BindingRequest, "module" | "name">,
  isForBrowser: boolean,
): TokenMaker {
  if (isForBrowser) {
    const isShadowed = request.uses.some(
      (use) => (ASTUtils.findVariable(sourceCode.getScope(use), "crypto")?.defs.length ?? 0) > 0,
    );
    const edit = isShadowed ? refuse("`crypto` is another thing here") : NO_CHANGE;
    return { text: "crypto.randomUUID()", edit };
  }
  const binding = requireBinding(sourceCode, {
    ...request,
    module: "node:crypto",
    name: "randomUUID",
  });
  return binding.kind === "refused"
    ? { text: "", edit: refuse(binding.reason) }
    : { text: `${binding.localName}()`, edit: binding.edit };
}

/**
 * Gives an input a token.
 * @param input - does not set the member
 * @param anchor - the layer to make the token in front of; `undefined` to make it in place, where the input is made once
 */
export function pinToken(
  sourceCode: SourceCode,
  input: TSESTree.ObjectExpression,
  member: string,
  anchor: TSESTree.Node | undefined,
  { text, edit }: TokenMaker,
): Edit {
  if (edit.applicability === "none") return edit;
  const add = (value: string): Edit =>
    addToObject(sourceCode, input, member, value, { isKnownAbsent: true });
  if (anchor === undefined) return combine(sourceCode, edit, add(text));
  const made = declareBefore(sourceCode, anchor, text, "clientToken");
  return combine(sourceCode, edit, made.edit, add(made.name));
}
