/** Edits that give a function which calls itself an end: a parameter that counts its calls, or says until when. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import {
  ancestors,
  enclosingFunction,
  type FunctionNode,
  isFunction,
  rejectionHandler,
} from "../ast/nodes.ts";
import { combine, type Edit, makeEdit, refuse, type TextEdit } from "./edit.ts";
import { insertion } from "./list.ts";
import { freshLocalName } from "./names.ts";
import { outerRange } from "./parentheses.ts";
import { insertFirst, nameError } from "./statement.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Counts the attempts in a parameter, and throws the error of the last one.
 * @param fn - the function; nobody else may hand it more than it asks for
 * @param again - the call by which it calls itself after a failure
 */
export function limitRecursion(
  sourceCode: SourceCode,
  fn: FunctionNode,
  again: TSESTree.CallExpression,
  limit: number,
): Edit {
  const name = freshLocalName(sourceCode, fn.body, "attempt", fn);
  const stop = (error: string): string => `if (${name} >= ${String(limit)}) throw ${error};`;
  return combine(
    sourceCode,
    addParameter(sourceCode, fn, `${name} = 1`),
    addArgument(sourceCode, fn, again, `${name} + 1`),
    stopInHandler(sourceCode, fn, again, stop),
  );
}

/** Gives a function that asks again by calling itself a deadline, in a parameter. */
export function limitRecursionTime(
  sourceCode: SourceCode,
  fn: FunctionNode,
  again: TSESTree.CallExpression,
  milliseconds: string,
  message: string,
): Edit {
  // An error that a timer's callback throws arrives nowhere.
  if (!fn.async || enclosingFunction(again) !== fn) return refuse("nobody would receive the error");
  if (fn.body.type !== T.BlockStatement) return refuse("the function has no block body");
  const name = freshLocalName(sourceCode, fn.body, "deadline", fn);
  const text = JSON.stringify(message);
  return combine(
    sourceCode,
    addParameter(sourceCode, fn, `${name} = Date.now() + ${milliseconds}`),
    addArgument(sourceCode, fn, again, name),
    insertFirst(sourceCode, fn.body, `if (Date.now() > ${name}) throw new Error(${text});`),
  );
}

/** Where the failure arrives: in a `catch`, or in a function that `.catch()` is given. */
function stopInHandler(
  sourceCode: SourceCode,
  fn: FunctionNode,
  again: TSESTree.CallExpression,
  stop: (error: string) => string,
): Edit {
  for (const node of ancestors(again)) {
    if (node.type === T.CatchClause) {
      const { name, edit } = nameError(sourceCode, node);
      return combine(sourceCode, edit, insertFirst(sourceCode, node.body, stop(name)));
    }
    if (node === fn) break;
    if (isFunction(node))
      return node.parent.type === T.CallExpression && rejectionHandler(node.parent) === node
        ? stopInCallback(sourceCode, node, stop)
        : refuse("it calls itself from a function of its own");
  }
  return refuse("the failure does not arrive where it calls itself");
}

function stopInCallback(
  sourceCode: SourceCode,
  callback: FunctionNode,
  stop: (error: string) => string,
): Edit {
  const [parameter, ...others] = callback.params;
  if (others.length > 0 || (parameter !== undefined && parameter.type !== T.Identifier))
    return refuse("the error is taken apart");
  const name = parameter?.name ?? freshLocalName(sourceCode, callback.body, "error", callback);
  const parts = parameter === undefined ? [addParameter(sourceCode, callback, name)] : [];
  if (callback.body.type === T.BlockStatement)
    return combine(sourceCode, ...parts, insertFirst(sourceCode, callback.body, stop(name)));
  const [start, end] = outerRange(sourceCode, callback.body);
  return combine(
    sourceCode,
    ...parts,
    makeEdit(sourceCode, [insertion(start, `{ ${stop(name)} return `), insertion(end, "; }")]),
  );
}

function addParameter(sourceCode: SourceCode, fn: FunctionNode, text: string): Edit {
  const last = fn.params.at(-1);
  // A function with that directive takes no parameter with a default.
  if (fn.body.type === T.BlockStatement && fn.body.body.some(isUseStrict))
    return refuse("the function has a directive of its own");
  if (last?.type === T.RestElement) return refuse("the function takes any number of arguments");
  if (last !== undefined) {
    const before = sourceCode.getTokenBefore(last);
    if (fn.params.length > 1 || (before !== null && ASTUtils.isOpeningParenToken(before)))
      return makeEdit(sourceCode, [insertion(last.range[1], `, ${text}`)]);
    return makeEdit(sourceCode, around(last, text));
  }
  const close = sourceCode.getTokenBefore(fn.returnType ?? fn.body, ASTUtils.isClosingParenToken);
  return close === null
    ? refuse("the function has no list of parameters")
    : makeEdit(sourceCode, [insertion(close.range[0], text)]);
}

function isUseStrict(statement: TSESTree.Statement): boolean {
  return statement.type === T.ExpressionStatement && statement.directive === "use strict";
}

/** `id => …` has no parentheses yet. */
function around({ range }: TSESTree.Node, text: string): readonly TextEdit[] {
  return [insertion(range[0], "("), insertion(range[1], `, ${text})`)];
}

function addArgument(
  sourceCode: SourceCode,
  fn: FunctionNode,
  call: TSESTree.CallExpression,
  text: string,
): Edit {
  if (call.arguments.length !== fn.params.length)
    return refuse("it does not hand on all of its parameters");
  if (call.arguments.some(({ type }) => type === T.SpreadElement))
    return refuse("the arguments are spread");
  const close = sourceCode.getLastToken(call);
  const last = call.arguments.at(-1);
  if (close === null) return refuse("the call has no arguments");
  return last === undefined
    ? makeEdit(sourceCode, [insertion(close.range[0], text)])
    : makeEdit(sourceCode, [insertion(outerRange(sourceCode, last)[1], `, ${text}`)]);
}
