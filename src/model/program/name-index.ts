/** The names in a file, looked through once for all functions that are searched for in it. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { walk } from "../../ast/walk.ts";
import { append } from "../append.ts";
import { once } from "../once.ts";
import { requiredModule, variableOf } from "./binding.ts";
import type { Unit } from "./unit.ts";

export type Name = TSESTree.Identifier | TSESTree.PrivateIdentifier;

interface NameIndex {
  /** The places of each name; private ones begin with `#`. */
  readonly byName: ReadonlyMap<string, readonly Name[]>;
  /** The places of each import. */
  readonly imported: ReadonlyMap<TSESLint.Scope.Variable, readonly Name[]>;
}

/** The names in a file by their texts, and those of its imports. */
export const nameIndexOf = once(({ ast, visitorKeys }: Unit): NameIndex => {
  const byName = new Map<string, Name[]>();
  const imported = new Map<TSESLint.Scope.Variable, Name[]>();
  for (const node of walk(ast, visitorKeys)) {
    if (node.type !== T.Identifier && node.type !== T.PrivateIdentifier) continue;
    append(byName, node.type === T.Identifier ? node.name : `#${node.name}`, node);
    const variable = node.type === T.Identifier ? variableOf(node) : undefined;
    if (variable !== undefined && isImported(variable) && !isDeclaringName(node))
      append(imported, variable, node);
  }
  return { byName, imported };
});

function isImported({ defs: [definition] }: TSESLint.Scope.Variable): boolean {
  if (definition?.type === "ImportBinding") return true;
  const declarator = definition?.node;
  return (
    declarator?.type === T.VariableDeclarator &&
    declarator.id.type === T.Identifier &&
    declarator.init?.type === T.CallExpression &&
    requiredModule(declarator.init) !== undefined
  );
}

/** Whether a name stands where something is given that name, and not where it is used. */
export function isDeclaringName(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case T.ImportSpecifier:
    case T.ImportDefaultSpecifier:
    case T.ImportNamespaceSpecifier:
    case T.ExportSpecifier:
      return true;
    case T.FunctionDeclaration:
    case T.FunctionExpression:
    case T.ClassDeclaration:
    case T.ClassExpression:
    case T.TSImportEqualsDeclaration:
    case T.VariableDeclarator:
      return parent.id === node;
    case T.MethodDefinition:
    case T.PropertyDefinition:
    case T.Property:
      if (parent.parent.type === T.ObjectPattern) return true;
      // Some parsers have one node for both sides of `{ find }`.
      return parent.key === node && parent.value !== node;
    case T.ExportDefaultDeclaration:
    case T.TSExportAssignment:
      return true;
    default:
      return false;
  }
}
