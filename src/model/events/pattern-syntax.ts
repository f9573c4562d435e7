/** In which syntax an EventBridge pattern is written, by the place where it stands. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, staticKey, wrapped } from "../../ast/nodes.ts";
import { importedName, isGlobal, variableOf } from "../program/binding.ts";

/** `cdk` takes `detailType`, `json` takes `detail-type`. */
export type PatternSyntax = "cdk" | "json" | "unknown";

/** In which syntax the place of a literal is read: an option of a CDK rule, or JSON for the API and for templates. */
export function syntaxOf(literal: TSESTree.Node, depth = 0): PatternSyntax {
  const node = wrapped(literal);
  const { parent } = node;
  if (depth > 4) return "unknown";
  switch (parent?.type) {
    case T.Property:
      return parent.value === node ? syntaxOfProperty(parent) : "unknown";
    case T.CallExpression:
      return syntaxOfArgument(parent, depth);
    case T.VariableDeclarator: {
      if (parent.id.type !== T.Identifier) return "unknown";
      if (isCdkPattern(parent.id.typeAnnotation?.typeAnnotation)) return "cdk";
      if (parent.parent.parent.type === T.ExportNamedDeclaration) return "unknown";
      const reads =
        variableOf(parent.id)?.references.filter((reference) => reference.isRead()) ?? [];
      const kinds = new Set(
        reads.map((reference) => syntaxOf(reference.identifier as TSESTree.Node, depth + 1)),
      );
      const [kind] = kinds;
      return kinds.size === 1 && kind !== undefined ? kind : "unknown";
    }
    default:
      return "unknown";
  }
}

function syntaxOfProperty(property: TSESTree.Property): PatternSyntax {
  const key = staticKey(property, property.key);
  const holder = wrapped(property.parent).parent;
  switch (key) {
    case "eventPattern":
      return holder?.type === T.NewExpression ? syntaxOfConstruct(holder) : "unknown";
    // CloudFormation and SAM.
    case "EventPattern":
    case "Pattern":
      return "json";
    // The Serverless Framework.
    case "pattern":
      return isValueOf(holder, "eventBridge") ? "json" : "unknown";
    case "event":
      return isValueOf(holder, "cloudwatchEvent") ? "json" : "unknown";
    default:
      return "unknown";
  }
}

function isValueOf(property: TSESTree.Node | undefined, key: string): boolean {
  return property?.type === T.Property && staticKey(property, property.key) === key;
}

function syntaxOfConstruct(node: TSESTree.NewExpression): PatternSyntax {
  const imported = importedName(node.callee);
  if (imported === undefined || !isCdkModule(imported.module)) return "unknown";
  const name = imported.path.at(-1);
  if (name === "Rule") return "cdk";
  return name === "CfnRule" ? "json" : "unknown";
}

function isCdkModule(module: string): boolean {
  return /^(?:aws-cdk-lib(?:\/aws-events)?|@aws-cdk\/aws-events|monocdk(?:\/aws-events)?)$/.test(
    module,
  );
}

function syntaxOfArgument(call: TSESTree.CallExpression, depth: number): PatternSyntax {
  const callee = calleeMember(call);
  switch (calleeName(call)) {
    case "addEventPattern":
      return "cdk";
    case "freeze":
      return syntaxOf(call, depth + 1);
    case "stringify":
      return callee !== undefined && isGlobal(callee.object, "JSON") ? "json" : "unknown";
    case "jsonencode":
    case "toJsonString":
      return "json";
    default:
      return "unknown";
  }
}

function isCdkPattern(type: TSESTree.TypeNode | undefined): boolean {
  if (type?.type !== T.TSTypeReference) return false;
  const { typeName } = type;
  if (typeName.type === T.TSQualifiedName) {
    return (
      typeName.right.name === "EventPattern" &&
      typeName.left.type === T.Identifier &&
      isCdkModule(importedName(typeName.left)?.module ?? "")
    );
  }
  const imported = typeName.type === T.Identifier ? importedName(typeName) : undefined;
  return imported?.path.at(-1) === "EventPattern" && isCdkModule(imported.module);
}
