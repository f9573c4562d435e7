/** What a file has of a module already: bindings to use, and imports to which one more name can be added. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { ancestors, isFunction, staticKey } from "../ast/nodes.ts";
import type { TextEdit } from "./edit.ts";
import { callsAbove } from "./import-placement.ts";
import { isValueImport, requiredBy } from "./import-syntax.ts";
import { appendToList, insertion } from "./list.ts";
import { braced, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** A binding of the module that is in the file. */
export type Existing =
  | {
      readonly kind: "named" | "namespace";
      readonly id: TSESTree.Identifier;
      readonly imported: string;
    }
  /** A place to which a named binding can be added. */
  | {
      readonly kind: "extendable";
      /** The pattern that is filled when its `require` has run; an import is there from the start. */
      readonly pattern?: TSESTree.Node;
      readonly extend: (name: string, alias: string) => readonly TextEdit[];
    };

/** What the file has of the module already, in source order. */
export function existingBindings(
  sourceCode: SourceCode,
  isSame: (specifier: string) => boolean,
): readonly Existing[] {
  return sourceCode.ast.body.flatMap((statement): readonly Existing[] => {
    if (statement.type === T.ImportDeclaration) {
      return isValueImport(statement) && isSame(statement.source.value)
        ? importedBindings(sourceCode, statement)
        : [];
    }
    return requiredBy(statement).flatMap(({ specifier, id }): readonly Existing[] =>
      isSame(specifier) ? requiredBindings(sourceCode, id) : [],
    );
  });
}

function importedBindings(
  sourceCode: SourceCode,
  declaration: TSESTree.ImportDeclaration,
): readonly Existing[] {
  // `import defer` takes a namespace only, and evaluates later: not to be touched.
  if ("phase" in declaration && (declaration.phase as unknown) != null) return [];
  const found: Existing[] = [];
  for (const specifier of declaration.specifiers) {
    if (specifier.type === T.ImportNamespaceSpecifier) {
      found.push({ kind: "namespace", id: specifier.local, imported: "*" });
    } else if (specifier.type === T.ImportSpecifier && specifier.importKind !== "type") {
      const { imported } = specifier;
      const name = imported.type === T.Identifier ? imported.name : imported.value;
      found.push({ kind: "named", id: specifier.local, imported: name });
    }
  }

  const last = declaration.specifiers.at(-1);
  const open = sourceCode.getFirstToken(declaration, {
    filter: (token) => token.value === "{" && token.range[1] <= declaration.source.range[0],
  });
  const text = (name: string, alias: string) => (name === alias ? name : `${name} as ${alias}`);
  if (open !== null) {
    const inBraces = last?.type === T.ImportSpecifier ? last : undefined;
    found.push({
      kind: "extendable",
      extend: (name, alias) => appendToList(sourceCode, open, inBraces, text(name, alias)),
    });
  } else if (last?.type === T.ImportDefaultSpecifier) {
    found.push({
      kind: "extendable",
      extend: (name, alias) => [
        insertion(last.range[1], `, ${braced(text(name, alias), styleOf(sourceCode))}`),
      ],
    });
  }
  return found;
}

function requiredBindings(sourceCode: SourceCode, id: TSESTree.Node): readonly Existing[] {
  if (id.type === T.Identifier) return [{ kind: "namespace", id, imported: "*" }];
  if (id.type !== T.ObjectPattern) return [];
  const found: Existing[] = [];
  for (const property of id.properties) {
    if (property.type !== T.Property || property.value.type !== T.Identifier) continue;
    const imported = staticKey(property, property.key);
    if (imported !== undefined) found.push({ kind: "named", id: property.value, imported });
  }
  const open = sourceCode.getFirstToken(id);
  const last = id.properties.at(-1);
  if (open !== null && last?.type !== T.RestElement && !id.typeAnnotation) {
    found.push({
      kind: "extendable",
      pattern: id,
      extend: (name, alias) =>
        appendToList(sourceCode, open, last, name === alias ? name : `${name}: ${alias}`),
    });
  }
  return found;
}

/** Whether every use sees the binding: nothing shadows it, and it is initialised by then. */
export function isUsable(
  sourceCode: SourceCode,
  id: TSESTree.Identifier,
  uses: readonly TSESTree.Node[],
): boolean {
  return uses.every((use) => {
    const variable = ASTUtils.findVariable(sourceCode.getScope(use), id.name);
    if (variable?.identifiers.includes(id) !== true) return false;
    if (variable.references.filter((reference) => reference.isWrite()).length > 1) return false;
    const isHoisted = variable.defs.some((definition) => definition.node.type.startsWith("Import"));
    return isHoisted || isReady(sourceCode, id, use);
  });
}

/** Whether a top-level `const` has its value by the time of a use: it stands above, or nothing above it can run the use. */
export function isReady(
  sourceCode: SourceCode,
  declared: TSESTree.Node,
  use: TSESTree.Node,
): boolean {
  const outermost = [...ancestors(use)].findLast((ancestor) => isFunction(ancestor));
  if (outermost === undefined) return declared.range[1] <= use.range[0];
  const isMadeBelow =
    outermost.type !== T.FunctionDeclaration && declared.range[1] <= outermost.range[0];
  return isMadeBelow || !callsAbove(sourceCode, declared);
}
