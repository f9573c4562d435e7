/** EventBridge patterns for failed rule actions: what they match, and in which syntax they are written. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  memberName,
  staticKey,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { importedName, isGlobal, variableOf } from "../program/binding.ts";
import { stringOf } from "../program/constant.ts";
import { soleOrigin } from "../program/values.ts";
import { FAILURE_PHRASE, FAILURE_TYPES, type FailureType } from "./failure.ts";

/** `cdk` takes `detailType`, `json` takes `detail-type`. */
export type PatternSyntax = "cdk" | "json" | "unknown";

export interface FailurePattern {
  /** The object literal. */
  readonly node: TSESTree.ObjectExpression;
  readonly syntax: PatternSyntax;
  /** The property that filters by type. */
  readonly typeProperty: TSESTree.Property | undefined;
  readonly types: TypeFilter;
  /** The property that filters on members of `additionalInfo`, with the literal that it stands in. */
  readonly infoFilter:
    { readonly property: TSESTree.Property; readonly owner: TSESTree.ObjectExpression } | undefined;
}

/** Which of the documented names a filter lets through. */
export interface TypeFilter {
  readonly matched: readonly FailureType[];
  /** Whether every part of the filter could be read. */
  readonly isComplete: boolean;
  /** The part that names the event: a string of an array, an argument of a matcher. */
  readonly named: TSESTree.Node | undefined;
}

const NO_TYPES: TypeFilter = { matched: [], isComplete: true, named: undefined };
const UNREADABLE: TypeFilter = { matched: [], isComplete: false, named: undefined };

/** The pattern for failed rule actions that an object literal is; `undefined` for all else, and for events themselves. */
export function failurePatternAt(node: TSESTree.ObjectExpression): FailurePattern | undefined {
  const properties = node.properties.filter((item) => item.type === T.Property);
  const named = (...names: string[]): TSESTree.Property[] =>
    properties.filter((item) => names.includes(staticKey(item, item.key) ?? ""));
  const typeProperties = named("detailType", "detail-type");
  const [typeProperty] = typeProperties;
  const [source] = named("source");
  const isConnect = source === undefined ? "unknown" : matchesConnect(source);
  if (typeProperties.length > 1 || isConnect === "no") return undefined;

  const types = typeProperty === undefined ? NO_TYPES : typeFilter(typeProperty.value);
  const infoFilter = filterOnInfo(named("detail")[0]);
  const isForFailures = types.named !== undefined && types.matched.length > 0;
  // Without a type, members of `additionalInfo` and the source say which event it is.
  const isForInfo = typeProperty === undefined && infoFilter !== undefined && isConnect === "yes";
  if (!isForFailures && !isForInfo) return undefined;
  return { node, syntax: syntaxOf(node), typeProperty, types, infoFilter };
}

/** Whether a pattern lets events of Connect through. The source of an event is a string, that of a pattern a list. */
function matchesConnect(source: TSESTree.Property): Answer {
  const list = soleOrigin(source.value);
  if (list?.type !== T.ArrayExpression) return "unknown";
  const names = list.elements.map((element) =>
    element === null || element.type === T.SpreadElement ? undefined : stringOf(element),
  );
  if (names.includes("aws.connect")) return "yes";
  return names.includes(undefined) ? "unknown" : "no";
}

function filterOnInfo(detail: TSESTree.Property | undefined): FailurePattern["infoFilter"] {
  const owner = detail === undefined ? undefined : unwrap(detail.value);
  if (owner?.type !== T.ObjectExpression) return undefined;
  for (const property of owner.properties) {
    if (property.type !== T.Property || staticKey(property, property.key) !== "additionalInfo")
      continue;
    if (unwrap(property.value).type === T.ObjectExpression) return { property, owner };
  }
  return undefined;
}

type Test = (name: string) => boolean;

function typeFilter(value: TSESTree.Node): TypeFilter {
  const node = soleOrigin(value, { intoCallers: false }) ?? unwrap(value);
  if (node.type === T.ArrayExpression) return anyOf(node.elements);
  return node.type === T.CallExpression ? matcherCall(node) : UNREADABLE;
}

function anyOf(elements: readonly (TSESTree.Node | null)[]): TypeFilter {
  const parts = elements.map((element): TypeFilter =>
    element === null ? UNREADABLE : part(element),
  );
  const named = parts.flatMap((item) => item.named ?? []);
  return {
    matched: FAILURE_TYPES.filter((type) => parts.some((item) => item.matched.includes(type))),
    isComplete: parts.every((item) => item.isComplete),
    named: named[0],
  };
}

function part(element: TSESTree.Node): TypeFilter {
  if (element.type === T.SpreadElement) return typeFilter(element.argument);
  const name = stringOf(element);
  if (name !== undefined) return filter(element, name, (type) => type === name);
  const node = unwrap(element);
  if (node.type === T.CallExpression) return matcherCall(node);
  const [property, ...others] = node.type === T.ObjectExpression ? node.properties : [];
  if (property?.type !== T.Property || others.length > 0) return UNREADABLE;
  return comparison(element, staticKey(property, property.key), stringOf(property.value));
}

/** `Match.exactString("…")` and its kin in CDK. */
function matcherCall(call: TSESTree.CallExpression): TypeFilter {
  const callee = calleeMember(call);
  const owner = callee === undefined ? undefined : unwrap(callee.object);
  const ownerName =
    owner?.type === T.MemberExpression
      ? memberName(owner)
      : owner?.type === T.Identifier
        ? owner.name
        : undefined;
  if (ownerName !== "Match") return UNREADABLE;
  const [argument] = call.arguments;
  switch (calleeName(call)) {
    case "anyOf":
      return anyOf(call.arguments);
    case "exactString":
      return argument === undefined ? UNREADABLE : part(argument);
    case "equalsIgnoreCase":
      return comparison(argument, "equals-ignore-case", argument && stringOf(argument));
    case "prefix":
    case "suffix":
    case "wildcard":
      return comparison(argument, calleeName(call), argument && stringOf(argument));
    default:
      return UNREADABLE;
  }
}

function comparison(
  node: TSESTree.Node | undefined,
  kind: string | undefined,
  text: string | undefined,
): TypeFilter {
  if (node === undefined || text === undefined) return UNREADABLE;
  switch (kind) {
    case "equals-ignore-case":
      return filter(node, text, (type) => type.toLowerCase() === text.toLowerCase());
    case "prefix":
      return filter(node, text, (type) => type.startsWith(text));
    case "suffix":
      return filter(node, text, (type) => type.endsWith(text));
    case "wildcard":
      return filter(node, text, (type) => wildcard(text).test(type));
    default:
      return UNREADABLE;
  }
}

function wildcard(text: string): RegExp {
  return new RegExp(
    `^${text
      .split("*")
      .map((piece) => piece.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&"))
      .join(".*")}$`,
  );
}

function filter(node: TSESTree.Node, text: string, test: Test): TypeFilter {
  // A wide filter (`prefix: "Contact Lens"`) is not about this event, whatever it lets through.
  const isNamed = /\bRules\b/.test(text);
  return {
    matched: FAILURE_TYPES.filter(test),
    isComplete: true,
    named: isNamed ? node : undefined,
  };
}

/** In which syntax the place of a literal is read: an option of a CDK rule, or JSON for the API and for templates. */
function syntaxOf(literal: TSESTree.Node, depth = 0): PatternSyntax {
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

/** What a pattern written as JSON text gets wrong. */
export interface TextPattern {
  readonly types: readonly FailureType[];
  readonly hasCdkKey: boolean;
  readonly filtersInfo: boolean;
}

/** The pattern for failed rule actions that a string is as JSON. */
export function failurePatternInText(
  node: TSESTree.Literal | TSESTree.TemplateLiteral,
): TextPattern | undefined {
  const text = node.type === T.Literal ? node.value : stringOf(node);
  if (typeof text !== "string" || !text.includes(FAILURE_PHRASE)) return undefined;
  const pattern = parsed(text);
  if (pattern === undefined) return undefined;
  const filter = pattern["detail-type"] ?? pattern["detailType"];
  // The types of an event are no arrays; whoever uses matchers inside has thought about it.
  if (!Array.isArray(filter) || !filter.every((item) => typeof item === "string")) return undefined;
  const { detail } = pattern;
  return {
    types: FAILURE_TYPES.filter((type) => filter.includes(type)),
    hasCdkKey: !("detail-type" in pattern),
    filtersInfo: isRecord(detail) && isRecord(detail["additionalInfo"]),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
