/** The SDK out of a function of the project, which requires it late, sets it up or wraps it: `const AWS = getSdk(); new AWS.Connect()`. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../../ast/nodes.ts";
import { type ImportedName, importedName, variableOf } from "../program/binding.ts";
import { originsOf } from "../program/values.ts";

/** The export of SDK v2 that a class is named by, where a function of the project returns the SDK. */
export function exportOfReturnedSdk(callee: TSESTree.Node): ImportedName | undefined {
  const node = unwrap(callee);
  const name = node.type === T.MemberExpression ? memberName(node) : undefined;
  if (node.type !== T.MemberExpression || name === undefined || !/^[A-Z]/.test(name))
    return undefined;
  const owner = exportOfReturnedSdk(node.object) ?? returnedSdk(node.object);
  return owner && { module: owner.module, path: [...owner.path, name] };
}

function returnedSdk(expression: TSESTree.Node): ImportedName | undefined {
  const node = unwrap(expression);
  if (node.type !== T.CallExpression && !isResultOfCall(node)) return undefined;
  const { nodes, complete } = originsOf(node, { intoCallers: false });
  const names = nodes.map((origin) => importedName(origin));
  const isSdk = names.every((name) => name?.module === "aws-sdk" && name.path.length === 0);
  return complete && isSdk ? names[0] : undefined;
}

/** Asked first, as most names that classes are reached by are those of modules, whose makers need not be looked for. */
function isResultOfCall(node: TSESTree.Node): boolean {
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  const declaration = variable?.defs[0]?.node;
  if (declaration?.type !== T.VariableDeclarator || declaration.init === null) return false;
  const made = unwrap(declaration.init);
  const awaited = made.type === T.AwaitExpression ? unwrap(made.argument) : made;
  return awaited.type === T.CallExpression;
}
