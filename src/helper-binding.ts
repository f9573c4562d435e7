/** Where analysis and edits meet: a binding of the runtime helper in the file under lint, as the settings name it. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { combine, type Edit, refuse } from "./fix/edit.ts";
import { type Binding, requireBinding } from "./fix/imports.ts";
import { modulesOf, resolveAlias } from "./model/program/module-style.ts";
import type { Unit } from "./model/program/unit.ts";
import type { HelperNames } from "./settings.ts";

/**
 * Makes an export of the helper usable at the given nodes.
 * @returns the name to write and the import that is missing, or why there can be none
 */
export function helperBinding(
  context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  unit: Unit,
  name: keyof HelperNames,
  uses: readonly TSESTree.Node[],
): Binding {
  const { module, names } = unit.settings.helper;
  return requireBinding(context.sourceCode, {
    module,
    name: names[name],
    filename: context.filename,
    physicalFilename: context.physicalFilename,
    cwd: context.cwd,
    uses,
    style: modulesOf(unit),
    resolve: (specifier) => resolveAlias(unit, specifier),
  });
}

/**
 * An edit that writes an export of the helper, with the import that it needs.
 * @param write - the edit, given how the export is written here
 */
export function editWithHelper(
  context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  unit: Unit,
  name: keyof HelperNames,
  uses: readonly TSESTree.Node[],
  write: (localName: string) => Edit,
): Edit {
  const binding = helperBinding(context, unit, name, uses);
  return binding.kind === "refused"
    ? refuse(binding.reason)
    : combine(context.sourceCode, write(binding.localName), binding.edit);
}
