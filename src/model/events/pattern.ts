/** EventBridge patterns for failed rule actions: what they match, and in which syntax they are written. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { staticKey, unwrap } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { stringOf } from "../program/constant.ts";
import { soleOrigin } from "../program/values.ts";
import { FAILURE_PHRASE, FAILURE_TYPES, type FailureType } from "./failure.ts";
import { type PatternSyntax, syntaxOf } from "./pattern-syntax.ts";
import { NO_TYPES, type TypeFilter, typeFilter } from "./type-filter.ts";

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
