/** What a value that code reads from an error is compared with. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, memberName, unwrap, wrapped } from "../../ast/nodes.ts";
import { constantOf, stringOf } from "../program/constant.ts";
import { originsOf } from "../program/values.ts";
import { unitOf } from "../program/unit.ts";

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
      if (parent.object !== node) return undefined;
      // `$retryable` holds no more than whether it was throttling.
      return memberName(parent) === "throttling" ? testOf(parent) : partly(parent);
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
