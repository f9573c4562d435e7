/** Where analysis and edits meet: the options of a known library's retry function in the file under lint. */
import { AST_NODE_TYPES as T, type TSESLint } from "@typescript-eslint/utils";
import { addProperty, addToObject, literalOf, replaceValue } from "./fix/object.ts";
import { type Edit, lower, refuse } from "./fix/edit.ts";
import { lookUp } from "./model/program/object.ts";
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
