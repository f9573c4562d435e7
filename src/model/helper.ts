/** Recognising this plugin's own helper in code under lint: the package, or the file that the settings name. */
import { resolve } from "node:path";
import type { TSESTree } from "@typescript-eslint/utils";
import { DEFAULT_HELPER_MODULE, type HelperNames, type KnownFunction } from "../settings.ts";
import { importedName, type ImportedName } from "./program/binding.ts";
import { declarationsAt } from "./program/checker.ts";
import { type Unit, unitOf } from "./program/unit.ts";

/**
 * Which export of the helper an expression is.
 * @returns the export by its original name, also where the settings rename it
 */
export function helperExport(expression: TSESTree.Node): keyof HelperNames | undefined {
  const unit = unitOf(expression);
  const imported = importedName(expression);
  const name = imported?.path.at(-1);
  if (imported === undefined || name === undefined || imported.path.length !== 1) return undefined;
  const { module, names } = unit.settings.helper;
  const isDefault = imported.module === DEFAULT_HELPER_MODULE;
  if (!isDefault && !isSameModule(unit, imported.module, module)) return undefined;
  for (const [original, given] of Object.entries(names) as [keyof HelperNames, string][]) {
    if (name === given || (isDefault && name === original)) return original;
  }
  return undefined;
}

/** Whether an expression is one of the functions that a setting lists. */
export function isKnownFunction(
  expression: TSESTree.Node,
  list: readonly KnownFunction[],
): boolean {
  if (list.length === 0) return false;
  const unit = unitOf(expression);
  const imported = importedName(expression);
  return list.some((known) => {
    if (known.from === "package")
      return imported?.module === known.package && exportedAs(imported) === known.name;
    if (
      imported !== undefined &&
      exportedAs(imported) === known.name &&
      isSameModule(unit, imported.module, known.path)
    )
      return true;
    return declarationsAt(expression).some(
      (declared) =>
        declared.kind === "node" &&
        isFile(unit, unitOf(declared.node).fileName, known.path) &&
        declaredName(declared.node) === known.name,
    );
  });
}

function exportedAs(imported: ImportedName): string {
  return imported.path.at(-1) ?? "default";
}

function declaredName(node: TSESTree.Node): string | undefined {
  if ("id" in node && node.id !== null && typeof node.id === "object" && "name" in node.id)
    return node.id.name;
  return "key" in node && typeof node.key === "object" && "name" in node.key
    ? node.key.name
    : undefined;
}

/** Whether a specifier written in a file means a module named in the settings (a package or alias, or a path from the working directory). */
function isSameModule(unit: Unit, specifier: string, configured: string): boolean {
  if (specifier === configured) return true;
  if (!specifier.startsWith(".") || !configured.startsWith(".")) return false;
  return isFile(unit, resolve(unit.fileName, "..", specifier), configured);
}

function isFile(unit: Unit, fileName: string, configured: string): boolean {
  return stem(fileName) === stem(resolve(unit.cwd, configured));
}

function stem(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
}
