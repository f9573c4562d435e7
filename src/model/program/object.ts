/** Reading options objects: is a key set, and to what, spreads and variables in other files included. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isNullish, staticKey, unwrap } from "../../ast/nodes.ts";
import type { Answer } from "../answer.ts";
import { isObjectMethod } from "./binding.ts";
import { hasProperty } from "./checker.ts";
import { numberOf } from "./constant.ts";
import { originsOf } from "./values.ts";
import { laterWrites, type LaterWrite } from "./writes.ts";

export interface KeyLookup {
  /** Whether the key is set to something other than a written-down `undefined`. */
  readonly answer: Answer;
  /** The expressions that it is set to, where they can be seen. */
  readonly values: readonly TSESTree.Node[];
  /** The property nodes that set it in object literals. */
  readonly properties: readonly TSESTree.Property[];
}

const ABSENT: KeyLookup = { answer: "no", values: [], properties: [] };
const UNKNOWN: KeyLookup = { answer: "unknown", values: [], properties: [] };

/**
 * Looks a key up in an options argument.
 * @param options - the argument; `undefined` when none was passed
 */
export function lookUp(options: TSESTree.Node | undefined, key: string): KeyLookup {
  return options === undefined || isNullish(options) ? ABSENT : lookUpIn(options, key, []);
}

/** The number that an option is set to, its default where it is not set; `undefined` where that cannot be told. */
export function numberOption(
  options: TSESTree.Node | undefined,
  key: string | undefined,
  otherwise: number,
): number | undefined {
  if (key === undefined) return otherwise;
  const { answer, values } = lookUp(options, key);
  if (answer === "no") return otherwise;
  const [value, ...others] = values;
  return answer === "yes" && value !== undefined && others.length === 0
    ? numberOf(value)
    : undefined;
}

/** The parts of options that are being looked into, outermost first. */
type Within = readonly TSESTree.Node[];

function lookUpIn(options: TSESTree.Node, key: string, within: Within): KeyLookup {
  if (within.length > 8) return UNKNOWN;
  const node = unwrap(options);
  // `...(condition && { key: 1 })`: set on one way only, so the whole is not known.
  if (node.type === T.LogicalExpression && node.operator === "&&")
    return either([ABSENT, lookUpIn(node.right, key, [...within, node])]);
  const { nodes, complete } = originsOf(node);
  if (nodes.length === 0) return complete ? ABSENT : byType(node, key);
  const found = either(nodes.map((origin) => inOrigin(origin, key, within)));
  if (complete || found.answer === "unknown") return found;
  const typed = byType(node, key);
  return typed.answer === "no" ? typed : UNKNOWN;
}

function inOrigin(origin: TSESTree.Node, key: string, around: Within): KeyLookup {
  // `options = { ...options, more }` holds nothing that its other values do not.
  if (around.includes(origin)) return ABSENT;
  const within = [...around, origin];
  if (origin.type === T.ObjectExpression) {
    let found = inLiteral(origin, key, within);
    for (const write of laterWrites(origin, key)) {
      const set = setBy(write, key, within);
      if (set.answer === "no" && set.properties.length === 0) continue;
      found = write.isCertain || set.answer === "unknown" ? set : either([found, set]);
    }
    return found;
  }
  if (origin.type === T.Literal || origin.type === T.TemplateLiteral) return ABSENT;
  if (origin.type === T.CallExpression && isObjectMethod(origin, "assign")) {
    if (origin.arguments.some((argument) => argument.type === T.SpreadElement)) return UNKNOWN;
    return lastOf(origin.arguments.map((argument) => () => lookUpIn(argument, key, within)));
  }
  if (
    origin.type === T.CallExpression &&
    isObjectMethod(origin, "freeze") &&
    origin.arguments[0] !== undefined
  ) {
    return lookUpIn(origin.arguments[0], key, within);
  }
  return byType(origin, key);
}

function setBy(write: LaterWrite, key: string, within: Within): KeyLookup {
  if (write.kind === "value") return { answer: "yes", values: [write.node], properties: [] };
  return write.kind === "merged" ? lookUpIn(write.node, key, within) : UNKNOWN;
}

function inLiteral(literal: TSESTree.ObjectExpression, key: string, within: Within): KeyLookup {
  return lastOf(
    literal.properties.map((property) => (): KeyLookup => {
      if (property.type === T.SpreadElement) return lookUpIn(property.argument, key, within);
      const name = staticKey(property, property.key);
      if (name === undefined) return UNKNOWN;
      if (name !== key) return ABSENT;
      return isNullish(unwrap(property.value))
        ? { ...ABSENT, properties: [property] }
        : { answer: "yes", values: [property.value], properties: [property] };
    }),
  );
}

/** Later parts win; an unknown part hides whatever stands before it unless a later one answers. */
function lastOf(parts: readonly (() => KeyLookup)[]): KeyLookup {
  for (const part of [...parts].reverse()) {
    const found = part();
    if (found.answer !== "no" || found.properties.length > 0) return found;
  }
  return ABSENT;
}

function either(parts: readonly KeyLookup[]): KeyLookup {
  const [first] = parts;
  if (first === undefined) return ABSENT;
  return {
    answer: parts.every((part) => part.answer === first.answer) ? first.answer : "unknown",
    values: parts.flatMap((part) => part.values),
    properties: parts.flatMap((part) => part.properties),
  };
}

/** Where the object cannot be seen its type may still rule the key out. */
function byType(node: TSESTree.Node, key: string): KeyLookup {
  switch (hasProperty(node, key)) {
    case "no":
      return ABSENT;
    case "yes":
      return { answer: "yes", values: [], properties: [] };
    default:
      return UNKNOWN;
  }
}
