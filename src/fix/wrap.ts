/**
 * Wrapping a `send` by value: `client.send(command)` becomes `helper(client, command)`. Nothing moves into a closure, so
 * narrowing, `this`, `await` and `yield` in the arguments keep working and side effects happen once.
 */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { ancestors, isFunction, memberName, staticKey } from "../ast/nodes.ts";
import { makeEdit, refuse, type Edit, type TextEdit } from "./edit.ts";
import { isNextLineDirective } from "./header.ts";
import { insertion } from "./list.ts";
import { outerRange } from "./parentheses.ts";
import { indentationAt, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

export interface WrapOptions {
  /**
   * What the second argument is, where the caller knows its type. Without it, an object literal is options and a function
   * is a callback; anything else cannot be told apart.
   */
  readonly secondArgument?: "callback" | "options" | undefined;
  /** The helper's option that takes the options of `send`. */
  readonly sendOptionsName?: string | undefined;
}

/**
 * Edits that send a command through the helper instead.
 * @param call - `client.send(command)` or `client.send(command, options)`, in any spelling
 * @param helperName - how the helper is written here, as `requireBinding` says
 */
export function wrapSend(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression,
  helperName: string,
  { secondArgument, sendOptionsName = "sendOptions" }: WrapOptions = {},
): Edit {
  const { callee } = call;
  if (callee.type !== T.MemberExpression || memberName(callee) !== "send") {
    return refuse("the call is not written as `client.send(…)`");
  }
  if (call.optional || callee.optional || isInOptionalChain(callee.object)) {
    return refuse("the client is called through an optional chain");
  }
  if (callee.object.type === T.Super) return refuse("`super` cannot be passed on");
  if (callee.object.type === T.ThisExpression && isInsideSend(call)) {
    return refuse("this is part of the client's own `send`");
  }
  // Oxlint says `null` where there are none.
  if (call.typeArguments) return refuse("`send` is called with type arguments");
  if (ASTUtils.isParenthesized(callee, sourceCode)) {
    return refuse("the call is not written as `client.send(…)`");
  }

  const [command, options, ...others] = call.arguments;
  if (command === undefined) return refuse("`send` is called without a command");
  if (call.arguments.some((argument) => argument.type === T.SpreadElement)) {
    return refuse("the arguments of `send` are spread");
  }
  if (others.length > 0) return refuse("`send` is called with a callback");
  const edits: TextEdit[] = [];
  if (options !== undefined) {
    const kind = secondArgument ?? kindOf(options);
    if (kind === "callback") return refuse("`send` is called with a callback");
    if (kind === undefined) return refuse("the second argument of `send` may be a callback");
    const [start, end] = outerRange(sourceCode, options);
    edits.push(insertion(start, `{ ${sendOptionsName}: `), insertion(end, " }"));
  }

  return makeEdit(sourceCode, [...openingEdits(sourceCode, call, callee, helperName), ...edits]);
}

/** Turns `client.send(` into `helper(client, `, in the lines and around the comments that are there. */
function openingEdits(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  helperName: string,
): readonly TextEdit[] {
  const [start, end] = outerRange(sourceCode, callee.object);
  const before = sourceCode.text.charAt(start - 1);
  const opening = `${/[\p{ID_Continue}$\u200c\u200d]/u.test(before) ? " " : ""}${helperName}(`;
  const paren = sourceCode.getTokenAfter(callee);
  const argument = paren && sourceCode.getTokenAfter(paren);
  if (paren === null || argument === null) return [];

  const isBroken = argument.loc.start.line > paren.loc.end.line;
  if (
    sourceCode.getAllComments().some(({ range }) => end <= range[0] && range[1] <= paren.range[0])
  ) {
    // Each token goes by itself, so that every comment stays where it is.
    const tokens = sourceCode
      .getTokensBetween(callee.object, paren)
      .filter((token) => token.range[0] >= end);
    return [
      insertion(start, opening),
      ...tokens.map((token): TextEdit => ({ range: token.range, text: "" })),
      { range: paren.range, text: isBroken ? "," : ", " },
    ];
  }
  const isOneLine = call.loc.start.line === paren.loc.end.line;
  if (isBroken && isOneLine && !followsDirective(sourceCode, call)) {
    const { newline } = styleOf(sourceCode);
    return [
      insertion(start, `${opening}${newline}${indentationAt(sourceCode, argument.range[0])}`),
      { range: [end, paren.range[1]], text: "," },
    ];
  }
  return [
    insertion(start, opening),
    {
      range: [end, paren.range[1]],
      text: isBroken || sourceCode.text.charAt(paren.range[1]) === " " ? "," : ", ",
    },
  ];
}

/** Whether a comment right above the call's line speaks of that line: then nothing may move off it. */
function followsDirective(sourceCode: SourceCode, call: TSESTree.CallExpression): boolean {
  return sourceCode
    .getAllComments()
    .some(
      (comment) => isNextLineDirective(comment) && comment.loc.end.line === call.loc.start.line - 1,
    );
}

/** Whether a short circuit further left would skip the call. */
function isInOptionalChain(object: TSESTree.Node): boolean {
  for (let current = object; ;) {
    switch (current.type) {
      case T.MemberExpression:
        if (current.optional) return true;
        current = current.object;
        break;
      case T.CallExpression:
        if (current.optional) return true;
        current = current.callee;
        break;
      case T.TSNonNullExpression:
        current = current.expression;
        break;
      default:
        return false;
    }
  }
}

/** Whether the node is in a method called `send`: the helper would call it again, without end. */
function isInsideSend(node: TSESTree.Node): boolean {
  for (const ancestor of ancestors(node)) {
    if (isMember(ancestor)) return staticKey(ancestor, ancestor.key) === "send";
  }
  return false;
}

function isMember(
  node: TSESTree.Node,
): node is TSESTree.AccessorProperty | TSESTree.MethodDefinition | TSESTree.PropertyDefinition {
  return (
    node.type === T.MethodDefinition ||
    node.type === T.PropertyDefinition ||
    node.type === T.AccessorProperty
  );
}

function kindOf(argument: TSESTree.Node): "callback" | "options" | undefined {
  if (isFunction(argument)) return "callback";
  return argument.type === T.ObjectExpression ? "options" : undefined;
}
