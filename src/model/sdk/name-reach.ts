/** Whether a piece of code can come to an AWS call by the names in it: asked before the calls in it are followed one by one. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import { contains, unwrap } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { parameterOf, variableOf } from "../program/binding.ts";
import { namesLeadingTo } from "../program/name-graph.ts";
import { oncePerProgram, openUnit, sourceFileOf, unitOf } from "../program/unit.ts";
import { filesCallingTheSdk, sdkCallsIn } from "./calls.ts";

/** Whether the code in a node makes an AWS call, or names something that may. Without types it always may. */
export function mayComeToCalls(node: TSESTree.Node): boolean {
  const unit = unitOf(node);
  const names = namesOfCalls(unit);
  if (names === undefined) return true;
  const own = sourceFileOf(unit);
  const inFile = own === undefined ? undefined : names.inFile.get(own);
  const words = unit.text.slice(...node.range).match(/[\w$]+/g) ?? [];
  return (
    words.some((word) => names.everywhere.has(word) || inFile?.has(word) === true) ||
    sdkCallsIn(unit).some((call) => contains(node, call.node)) ||
    runsWhatItIsGiven(node)
  );
}

/** The names by which the program comes to its AWS calls. */
const namesOfCalls = oncePerProgram((from) => {
  const targets = new Map<ts.SourceFile, Set<ts.Node>>();
  for (const file of filesCallingTheSdk(from) ?? []) {
    const unit = openUnit(from, file);
    const nodes = (unit === undefined ? [] : sdkCallsIn(unit)).map((call) =>
      unit?.services?.esTreeNodeToTSNodeMap.get(call.node),
    );
    targets.set(file, new Set(nodes.filter((node) => node !== undefined)));
  }
  return namesLeadingTo(from, targets);
});

/** Whether it calls, or hands on, a parameter of a function around it: what that is has another name where it was passed. */
function runsWhatItIsGiven(node: TSESTree.Node): boolean {
  for (const inner of walk(node, unitOf(node).visitorKeys)) {
    if (inner.type !== T.CallExpression) continue;
    for (const candidate of [inner.callee, ...(inner === node ? inner.arguments : [])]) {
      const name = unwrap(candidate);
      const variable = name.type === T.Identifier ? variableOf(name) : undefined;
      const parameter = variable === undefined ? undefined : parameterOf(variable);
      if (parameter !== undefined && !contains(node, parameter.owner)) return true;
    }
  }
  return false;
}
