/** Inserting a check of an output member right after the statement that receives the output. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, wrapped } from "../ast/nodes.ts";
import { type Edit, makeEdit, refuse, type TextEdit } from "./edit.ts";
import { appendToList, insertion } from "./list.ts";
import { freshLocalName } from "./names.ts";
import { indentationAt, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Throws an error where a list in the awaited result of a call is not empty. A result without a name gets one.
 * @param call - the expression that is awaited
 * @param member - the output member that holds the list
 * @param text - what the error says of the number of its elements
 */
export function checkOutputList(
  sourceCode: SourceCode,
  call: TSESTree.Expression,
  member: string,
  text: { readonly before: string; readonly after: string },
): Edit {
  const awaited = wrapped(call).parent;
  if (awaited?.type !== T.AwaitExpression) return refuse("the result is not awaited in place");
  const value = wrapped(awaited);
  const statement = [...ancestors(value)].find((node) => isStatementInList(node));
  if (statement === undefined) return refuse("there is no room for another statement");

  const received = receive(sourceCode, value, statement, member);
  if (received === undefined) return refuse("the result is used inside a larger expression");
  const { list, edits } = received;
  return makeEdit(
    sourceCode,
    [...edits, insertion(statement.range[1], check(sourceCode, statement, list, text))],
    "suggestion",
    "a person must say what is to happen",
  );
}

interface Received {
  /** How the list is written after the statement. */
  readonly list: string;
  readonly edits: readonly TextEdit[];
}

function receive(
  sourceCode: SourceCode,
  value: TSESTree.Node,
  statement: TSESTree.Node,
  member: string,
): Received | undefined {
  const { parent } = value;
  if (parent?.type === T.ExpressionStatement && parent === statement) {
    const name = freshLocalName(sourceCode, statement, "result", value);
    return {
      list: `${name}.${member}`,
      edits: [insertion(parent.range[0], `const ${name} = `)],
    };
  }
  if (parent?.type !== T.VariableDeclarator || parent.parent !== statement) return undefined;
  if (parent.id.type === T.Identifier) return { list: `${parent.id.name}.${member}`, edits: [] };
  if (parent.id.type !== T.ObjectPattern || parent.id.properties.at(-1)?.type === T.RestElement)
    return undefined;
  const open = sourceCode.getFirstToken(parent.id);
  if (open === null) return undefined;
  const name = freshLocalName(sourceCode, statement, "failures", value);
  return {
    list: name,
    edits: appendToList(sourceCode, open, parent.id.properties.at(-1), `${member}: ${name}`),
  };
}

function check(
  sourceCode: SourceCode,
  statement: TSESTree.Node,
  list: string,
  { before, after }: { readonly before: string; readonly after: string },
): string {
  const { newline, indent, semicolons } = styleOf(sourceCode);
  const margin = indentationAt(sourceCode, statement.range[0]);
  const end = semicolons ? ";" : "";
  return [
    "",
    `${margin}if (${list}?.length) {`,
    `${margin}${indent}throw new Error(\`${before}\${${list}.length}${after}\`)${end}`,
    `${margin}}`,
  ].join(newline);
}

function isStatementInList({ type, parent }: TSESTree.Node): boolean {
  if (type !== T.ExpressionStatement && type !== T.VariableDeclaration) return false;
  switch (parent.type) {
    case T.BlockStatement:
    case T.Program:
    case T.StaticBlock:
    case T.SwitchCase:
      return true;
    default:
      return false;
  }
}
