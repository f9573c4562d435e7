/** What else code asks of an error around one of its tests: whoever asks for what would tell as well has covered himself. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, isFunction, unwrap, wrapped } from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName, variableOf } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { unitOf } from "../program/unit.ts";
import { holderOf, propertyOf, type Read, takenOut } from "./reads.ts";
import { testOf } from "./tests.ts";

type Variable = TSESLint.Scope.Variable;

/**
 * The other properties of the same error that the whole condition around a read asks for; `instanceof` for a test of its class, `in` for
 * one of what it has.
 */
export function askedBeside(read: Read): ReadonlySet<string> {
  let root: TSESTree.Node = read.node;
  for (const ancestor of ancestors(read.node)) {
    if (!isConditionPart(ancestor)) break;
    root = ancestor;
  }
  const aliases = aliasesOf(read.error);
  const found = new Set<string>();
  for (const node of walk(root, unitOf(root).visitorKeys)) {
    if (node === read.member || node === read.node) continue;
    const property = askedAt(node, read.error, aliases);
    if (property !== undefined) found.add(property);
  }
  return found;
}

/** The strings that the name of the same error is compared with elsewhere. */
export function namesAskedAround(read: Read): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: TSESTree.Node): void => {
    const test = node === read.node ? undefined : testOf(node);
    if (test?.kind === "texts") for (const { text } of test.texts) names.add(text);
  };
  if (!("type" in read.error)) {
    for (const { identifier } of read.error.references) {
      const { parent } = wrapped(identifier);
      if (parent?.type === T.MemberExpression && propertyOf(parent)?.property === "name")
        add(parent);
    }
  }
  for (const [variable, property] of aliasesOf(read.error))
    if (property === "name") for (const { identifier } of variable.references) add(identifier);
  return names;
}

/** The names that code gives to properties of an error. */
function aliasesOf(error: Read["error"]): ReadonlyMap<Variable, string> {
  const found = new Map<Variable, string>();
  const add = (id: TSESTree.Identifier, property: string): void => {
    const variable = variableOf(id);
    if (variable !== undefined) found.set(variable, property);
  };
  if ("type" in error) {
    for (const { property, id } of takenOut(error)) add(id, property);
    return found;
  }
  for (const { identifier } of error.references) {
    const { parent } = wrapped(identifier);
    if (parent?.type === T.VariableDeclarator && parent.id.type === T.ObjectPattern)
      for (const { property, id } of takenOut(parent.id)) add(id, property);
    const kept = parent?.type === T.MemberExpression ? wrapped(parent).parent : undefined;
    if (kept?.type === T.VariableDeclarator && kept.id.type === T.Identifier) {
      const property =
        parent?.type === T.MemberExpression ? propertyOf(parent)?.property : undefined;
      if (property !== undefined) add(kept.id, property);
    }
  }
  return found;
}

/** Which property of an error a node asks for. */
function askedAt(
  node: TSESTree.Node,
  error: Read["error"],
  aliases: ReadonlyMap<Variable, string>,
): string | undefined {
  if (node.type === T.Identifier) {
    const variable = aliases.size === 0 ? undefined : variableOf(node);
    return variable === undefined ? undefined : aliases.get(variable);
  }
  if (node.type === T.MemberExpression) {
    const asked = propertyOf(node);
    return asked?.error === error ? asked.property : undefined;
  }
  if (node.type !== T.BinaryExpression || "type" in error) return undefined;
  if (isClassTest(node, error)) return isErrorClass(node.right) ? undefined : "instanceof";
  return node.operator === "in" && isSame(node.right, error) ? "in" : undefined;
}

function isClassTest({ left, operator }: TSESTree.BinaryExpression, error: Variable): boolean {
  return operator === "instanceof" && isSame(left, error);
}

function isErrorClass(node: TSESTree.Node): boolean {
  return node.type === T.Identifier && node.name === "Error";
}

function isSame(node: TSESTree.Node, variable: Variable): boolean {
  const inner = unwrap(node);
  return inner.type === T.Identifier && variableOf(inner) === variable;
}

function isConditionPart(node: TSESTree.Node): boolean {
  switch (node.type) {
    case T.LogicalExpression:
    case T.BinaryExpression:
    case T.UnaryExpression:
    case T.ChainExpression:
    case T.MemberExpression:
    case T.TSAsExpression:
    case T.TSNonNullExpression:
      return true;
    case T.CallExpression:
      // `list.includes(error.code) || …`
      return node.arguments.length === 1;
    default:
      return false;
  }
}

/**
 * Whether a value is known at a read to be an instance of a class that may well have the property: by a test of its class around
 * the read, or by its type.
 */
export function isNarrowed({ node, member, error }: Read): boolean {
  if (
    member !== undefined &&
    namedTypesAt(holderOf(member)).some(
      (type) =>
        type.symbol.valueDeclaration !== undefined &&
        type.name !== "Error" &&
        !SDK.test(type.package.name),
    )
  )
    return true;
  for (const ancestor of ancestors(node)) {
    if (isFunction(ancestor)) return false;
    const condition =
      ancestor.type === T.IfStatement || ancestor.type === T.ConditionalExpression
        ? ancestor.test
        : ancestor.type === T.LogicalExpression
          ? ancestor.left
          : undefined;
    if (condition !== undefined && testsOtherClass(condition, error)) return true;
  }
  return false;
}

const SDK = /^(?:@aws-sdk\/|@smithy\/|aws-sdk$)/;

function testsOtherClass(condition: TSESTree.Node, error: Read["error"]): boolean {
  if ("type" in error) return false;
  for (const node of walk(condition, unitOf(condition).visitorKeys)) {
    if (node.type !== T.BinaryExpression || !isClassTest(node, error) || isErrorClass(node.right))
      continue;
    if (!SDK.test(importedName(node.right)?.module ?? "")) return true;
  }
  return false;
}
