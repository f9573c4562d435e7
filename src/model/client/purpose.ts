/** What a client is built for, where that decides whether it is judged. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, wrapped } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName, isTypePosition, variablesDeclaredBy } from "../program/binding.ts";
import { unitOf } from "../program/unit.ts";
import type { Construction } from "./construction.ts";

/**
 * Whether a client sends requests to nobody: it is dropped, is in a variable that nothing reads, or is handed to `mockClient`, or its
 * class is, which replaces its `send`.
 */
export function isIdle({ node }: Construction): boolean {
  const value = wrapped(node);
  const { parent } = value;
  if (parent?.type === T.ExpressionStatement || isMocked(value) || isClassMocked(node)) return true;
  if (parent?.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return false;
  if (parent.parent.parent.type === T.ExportNamedDeclaration || isScriptGlobal(parent))
    return false;
  const reads = variablesDeclaredBy(parent)
    .flatMap((variable) => variable.references)
    .filter((reference) => reference.isRead() && !isTypePosition(reference.identifier))
    .map((reference) => wrapped(reference.identifier));
  return reads.length === 0 || reads.some(isMocked);
}

function isMocked(value: TSESTree.Node): boolean {
  const { parent } = value;
  if (parent?.type !== T.CallExpression || parent.arguments[0] !== value) return false;
  const imported = importedName(parent.callee);
  return imported?.module === "aws-sdk-client-mock" && imported.path.at(-1) === "mockClient";
}

/** `mockClient(ConnectClient)` in the same file. */
function isClassMocked({ callee }: Construction["node"]): boolean {
  const built = importedName(callee);
  const { ast, text, visitorKeys } = unitOf(callee);
  if (built === undefined || !text.includes("mockClient")) return false;
  return [...walk(ast, visitorKeys)].some((node) => {
    const mocked = isMocked(node) ? importedName(node) : undefined;
    return mocked?.module === built.module && mocked.path.join() === built.path.join();
  });
}

/** Another script of the page may read it. */
function isScriptGlobal(declarator: TSESTree.VariableDeclarator): boolean {
  for (const ancestor of ancestors(declarator)) {
    if (ancestor.type === T.Program)
      return ancestor.sourceType === "script" && declarator.parent.parent === ancestor;
  }
  return false;
}
