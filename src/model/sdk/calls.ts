/** All judged AWS calls of a file, or of the program. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { walk } from "../../ast/walk.ts";
import { openUnit, projectFiles, type Unit } from "../program/unit.ts";
import type { SdkCall } from "./call.ts";
import { sdkCallAt } from "./identify.ts";

const callsByFile = new WeakMap<TSESTree.Program, readonly SdkCall[]>();

/** The AWS calls of a file in source order. */
export function sdkCallsIn(unit: Unit): readonly SdkCall[] {
  const known = callsByFile.get(unit.ast);
  if (known !== undefined) return known;
  const found: SdkCall[] = [];
  for (const node of walk(unit.ast, unit.visitorKeys)) {
    const call = node.type === T.CallExpression ? sdkCallAt(node) : undefined;
    if (call !== undefined) found.push(call);
  }
  callsByFile.set(unit.ast, found);
  return found;
}

/** The AWS calls of every project file that may use a client which is built in `from`, that file's own first. */
export function sdkCallsInProgram(from: Unit): readonly SdkCall[] {
  const here = sdkCallsIn(from);
  const elsewhere = projectFiles(from).flatMap((file) => {
    if (!CALL_TEXT.test(file.text)) return [];
    const unit = openUnit(from, file);
    return unit === undefined || unit === from ? [] : sdkCallsIn(unit);
  });
  return [...here, ...elsewhere];
}

/** A file that calls AWS names one of its packages, or sends commands to a client that it was given. */
const CALL_TEXT = /@aws-sdk\/client-|aws-sdk|\.send\s*\(|\.promise\s*\(\s*\)/;
