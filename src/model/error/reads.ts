/** What code asks of an error: which of its properties, compared with what. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  isFunction,
  memberName,
  staticKey,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName, variableOf } from "../program/binding.ts";
import { namedTypesAt } from "../program/checker.ts";
import { constantOf, stringOf } from "../program/constant.ts";
import { originsOf } from "../program/values.ts";
import { unitOf } from "../program/unit.ts";

type Variable = TSESLint.Scope.Variable;

/** A place where a property of a variable's value is read. */
export interface Read {
  readonly property: string;
  /** The variable that holds the whole. */
  readonly variable: Variable;
  /** The expression whose value the property is. */
  readonly node: TSESTree.Node;
  /** `error.code`, where the property is asked for in place; not for names taken from it before. */
  readonly member: TSESTree.MemberExpression | undefined;
}

export interface ComparedText {
  readonly text: string;
  /** The literal, where it stands in the same file as the read. */
  readonly node: TSESTree.Literal | undefined;
}

/** What a read is compared with. */
export type Test =
  | {
      readonly kind: "texts";
      readonly texts: readonly ComparedText[];
      /** False where some of them cannot be read. */ readonly complete: boolean;
    }
  | { readonly kind: "number" }
  | { readonly kind: "part"; readonly text: string; readonly node: TSESTree.Node }
  | { readonly kind: "truth" };

/** The reads of a property that a member expression is: itself, or the uses of the constant that it is kept in. */
export function readsAt(member: TSESTree.MemberExpression): readonly Read[] {
  const object = unwrap(member.object);
  const property = memberName(member);
  const variable = object.type === T.Identifier ? variableOf(object) : undefined;
  if (variable === undefined || property === undefined) return [];
  const outer = wrapped(member);
  const { parent } = outer;
  if (
    parent?.type === T.VariableDeclarator &&
    parent.init === outer &&
    parent.id.type === T.Identifier
  ) {
    return usesOfConstant(parent.id).map((node) => ({
      property,
      variable,
      node,
      member: undefined,
    }));
  }
  return [{ property, variable, node: member, member }];
}

/** The reads of the properties that a pattern takes out of a variable: `const { code } = error`. */
export function readsOfPattern(pattern: TSESTree.ObjectPattern): readonly Read[] {
  const { parent } = pattern;
  const source =
    parent.type === T.VariableDeclarator && parent.init !== null ? unwrap(parent.init) : undefined;
  const variable = source?.type === T.Identifier ? variableOf(source) : undefined;
  if (variable === undefined) return [];
  return pattern.properties.flatMap((item) => {
    const property = item.type === T.Property ? staticKey(item, item.key) : undefined;
    if (property === undefined || item.value?.type !== T.Identifier) return [];
    return usesOfConstant(item.value).map((node) => ({
      property,
      variable,
      node,
      member: undefined,
    }));
  });
}

function usesOfConstant(id: TSESTree.Identifier): readonly TSESTree.Node[] {
  const references = variableOf(id)?.references ?? [];
  if (references.some((reference) => reference.isWrite() && !reference.init)) return [];
  return references
    .filter((reference) => reference.isRead())
    .map((reference) => reference.identifier as TSESTree.Node);
}

/** How a read is tested, if it is. */
export function testOf(read: TSESTree.Node): Test | undefined {
  const node = wrapped(read);
  const { parent } = node;
  switch (parent?.type) {
    case T.BinaryExpression:
      return /^[!=]==?$|^[<>]=?$/.test(parent.operator)
        ? compared([parent.left === node ? parent.right : parent.left])
        : undefined;
    case T.SwitchStatement:
      return parent.discriminant === node
        ? compared(parent.cases.flatMap(({ test }) => test ?? []))
        : undefined;
    case T.CallExpression:
      return parent.arguments[0] === node ? searched(parent) : undefined;
    case T.MemberExpression:
      return parent.object === node ? partly(parent) : undefined;
    case T.IfStatement:
    case T.ConditionalExpression:
    case T.WhileStatement:
    case T.DoWhileStatement:
      return parent.test === node ? { kind: "truth" } : undefined;
    case T.UnaryExpression:
      return parent.operator === "!" ? { kind: "truth" } : undefined;
    case T.LogicalExpression:
      // The value itself is passed on by `||`, `??` and the right of `&&`.
      return parent.operator === "&&" && parent.left === node
        ? { kind: "truth" }
        : parent.operator === "??"
          ? undefined
          : testOfChain(parent);
    default:
      return undefined;
  }
}

function testOfChain(node: TSESTree.LogicalExpression): Test | undefined {
  const test = testOf(node);
  return test?.kind === "truth" ? test : undefined;
}

function compared(values: readonly TSESTree.Node[]): Test | undefined {
  const constants = values.map((value) => ({
    node: unwrap(value),
    constant: constantOf(value)?.value,
  }));
  if (constants.some(({ constant }) => typeof constant === "number")) return { kind: "number" };
  if (constants.length > 0 && constants.every(({ constant }) => typeof constant === "boolean"))
    return { kind: "truth" };
  const texts = constants.flatMap(({ node, constant }) =>
    typeof constant === "string"
      ? [{ text: constant, node: node.type === T.Literal ? node : undefined }]
      : [],
  );
  return texts.length === 0
    ? undefined
    : { kind: "texts", texts, complete: texts.length === constants.length };
}

/** `["A", "B"].includes(read)`, `names.has(read)`, `/A/.test(read)`. */
function searched(call: TSESTree.CallExpression): Test | undefined {
  const callee = calleeMember(call);
  const name = callee === undefined ? undefined : memberName(callee);
  if (callee === undefined) return undefined;
  if (name === "test") {
    const pattern = unwrap(callee.object);
    return pattern.type === T.Literal && "regex" in pattern
      ? { kind: "part", text: pattern.regex.pattern, node: call }
      : undefined;
  }
  if (name !== "includes" && name !== "has" && name !== "indexOf") return undefined;
  const { nodes, complete } = originsOf(callee.object);
  const [origin] = nodes;
  if (!complete || nodes.length !== 1 || origin === undefined) return undefined;
  const list =
    origin.type === T.NewExpression && origin.arguments[0] !== undefined
      ? unwrap(origin.arguments[0])
      : origin;
  if (list.type !== T.ArrayExpression) return undefined;
  const isHere = unitOf(list) === unitOf(call);
  const test = compared(list.elements.flatMap((element) => element ?? []));
  // A list with a name may be meant for more than this error.
  return test?.kind === "texts"
    ? {
        ...test,
        texts: test.texts.map(({ text, node }) => ({ text, node: isHere ? node : undefined })),
      }
    : test;
}

/** `read.includes("text")`, `read.match(/text/)`. */
function partly(member: TSESTree.MemberExpression): Test | undefined {
  const { parent } = wrapped(member);
  if (parent?.type !== T.CallExpression || calleeMember(parent) !== member) return undefined;
  // `error.message.toLowerCase().includes("text")`
  if (/^(?:toLowerCase|toUpperCase|trim|toString)$/.test(memberName(member) ?? ""))
    return testOf(parent);
  const [argument] = parent.arguments;
  if (
    argument === undefined ||
    !/^(?:includes|indexOf|startsWith|endsWith|match|search)$/.test(memberName(member) ?? "")
  )
    return undefined;
  const node = unwrap(argument);
  const text = node.type === T.Literal && "regex" in node ? node.regex.pattern : stringOf(node);
  return text === undefined ? undefined : { kind: "part", text, node: parent };
}

/** The other properties of the same value that the whole condition around a read asks for; `instanceof` for a test of its class. */
export function askedBeside(read: Read): ReadonlySet<string> {
  let root: TSESTree.Node = read.node;
  for (const ancestor of ancestors(read.node)) {
    if (!isConditionPart(ancestor)) break;
    root = ancestor;
  }
  return askedIn(root, read);
}

/** What the function around a read asks of the same value, strings that its name is compared with. */
export function namesAskedAround(read: Read): ReadonlySet<string> {
  const names = new Set<string>();
  for (const reference of read.variable.references) {
    const { parent } = wrapped(reference.identifier);
    if (
      parent?.type !== T.MemberExpression ||
      parent === read.member ||
      memberName(parent) !== "name"
    )
      continue;
    const test = testOf(parent);
    if (test?.kind === "texts") for (const { text } of test.texts) names.add(text);
  }
  return names;
}

function askedIn(root: TSESTree.Node, read: Read): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of walk(root, unitOf(root).visitorKeys)) {
    if (node === read.member) continue;
    if (node.type === T.MemberExpression && isSame(node.object, read.variable))
      found.add(memberName(node) ?? "");
    if (isClassTest(node, read.variable) && !isErrorClass(node.right)) found.add("instanceof");
    if (
      node.type === T.BinaryExpression &&
      node.operator === "in" &&
      isSame(node.right, read.variable)
    )
      found.add("in");
  }
  return found;
}

function isClassTest(node: TSESTree.Node, variable: Variable): node is TSESTree.BinaryExpression {
  return (
    node.type === T.BinaryExpression &&
    node.operator === "instanceof" &&
    isSame(node.left, variable)
  );
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
export function isNarrowed({ node, member, variable }: Read): boolean {
  const object = member?.object;
  if (
    object !== undefined &&
    namedTypesAt(object).some(
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
    if (condition !== undefined && testsOtherClass(condition, variable)) return true;
  }
  return false;
}

const SDK = /^(?:@aws-sdk\/|@smithy\/|aws-sdk$)/;

function testsOtherClass(condition: TSESTree.Node, variable: Variable): boolean {
  for (const node of walk(condition, unitOf(condition).visitorKeys)) {
    if (!isClassTest(node, variable) || isErrorClass(node.right)) continue;
    if (!SDK.test(importedName(node.right)?.module ?? "")) return true;
  }
  return false;
}
