/** Where analysis and edits meet: the options of a known library's retry function in the file under lint. */
import { AST_NODE_TYPES as T, type TSESLint } from "@typescript-eslint/utils";
import { addProperty, addToObject, literalOf, replaceValue } from "./fix/object.ts";
import { combine, type Edit, lower, refuse } from "./fix/edit.ts";
import { requireBinding } from "./fix/imports.ts";
import { lookUp } from "./model/program/object.ts";
import { modulesOf } from "./model/program/module-style.ts";
import type { Unit } from "./model/program/unit.ts";
import { unitOf } from "./model/program/unit.ts";
import { soleOrigin } from "./model/program/values.ts";
import type { Layer } from "./model/retry/layer.ts";

/**
 * Sets an option of the library that a layer is. Where it is not set yet, the edit is sure; a value that someone chose is
 * replaced, and options that other calls may share are changed, only as a suggestion.
 * @param value - source text
 */
export function setLibraryOption(
  sourceCode: Readonly<TSESLint.SourceCode>,
  unit: Unit,
  { known, call, options }: NonNullable<Layer["library"]>,
  name: string,
  value: string,
): Edit {
  if (options === undefined)
    return addProperty(sourceCode, call, known.optionsArgument, name, value);
  const property = lookUp(options, name).properties.at(-1);
  if (property !== undefined) {
    return unitOf(property) === unit
      ? lower(replaceValue(sourceCode, property, value), "suggestion", "someone chose the value")
      : refuse("the options are in another file");
  }
  const literal = literalOf(options);
  if (literal !== undefined) return addToObject(sourceCode, literal, name, value);
  const origin = soleOrigin(options);
  if (origin?.type !== T.ObjectExpression || unitOf(origin) !== unit)
    return refuse("the options are not written here");
  return lower(
    addToObject(sourceCode, origin, name, value),
    "suggestion",
    "other calls may share the options",
  );
}

/** Gives a library that does not wait its own backoff with jitter, where it has one. */
export function setLibraryBackoff(
  context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  unit: Unit,
  library: NonNullable<Layer["library"]>,
): Edit {
  const { backoff } = library.known.delay;
  if (backoff === undefined) return refuse("the library has no backoff with jitter");
  const binding = requireBinding(context.sourceCode, {
    module: library.known.packageName,
    name: backoff.exportName,
    filename: context.filename,
    physicalFilename: context.physicalFilename,
    cwd: context.cwd,
    uses: [library.call],
    style: modulesOf(unit),
  });
  if (binding.kind === "refused") return refuse(binding.reason);
  const value = `new ${binding.localName}()`;
  const edit = setLibraryOption(context.sourceCode, unit, library, backoff.option, value);
  return lower(
    combine(context.sourceCode, edit, binding.edit),
    "suggestion",
    "a person must choose how long it waits",
  );
}
