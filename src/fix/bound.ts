/** Edits that give a loop an end. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { isLoop } from "../ast/nodes.ts";
import { combine, type Edit, makeEdit, refuse, type TextEdit } from "./edit.ts";
import { declareBefore } from "./hoist.ts";
import { insertion } from "./list.ts";
import { freshLocalName } from "./names.ts";
import { outerRange } from "./parentheses.ts";
import { insertBefore, insertFirst, nameError } from "./statement.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/**
 * Counts the rounds of a loop in its head, and throws the error after the last.
 * @param handler - where the failure of an attempt arrives
 */
export function limitAttempts(
  sourceCode: SourceCode,
  loop: TSESTree.Node,
  handler: TSESTree.CatchClause,
  limit: number,
): Edit {
  const name = freshLocalName(sourceCode, handler.body, "attempt", loop);
  const head = countingHead(sourceCode, loop, name);
  return head === undefined
    ? combine(
        sourceCode,
        insertBefore(sourceCode, withLabels(loop), `let ${name} = 0;`),
        throwAt(sourceCode, handler, `++${name} >= ${String(limit)}`),
      )
    : combine(
        sourceCode,
        makeEdit(sourceCode, head),
        throwAt(sourceCode, handler, `${name} >= ${String(limit)}`),
      );
}

/** Hands on the number after `attempt++` in place of the one before. */
export function handOnNext(sourceCode: SourceCode, count: TSESTree.UpdateExpression): Edit {
  const sum = `${sourceCode.getText(count.argument)} ${count.operator === "++" ? "+" : "-"} 1`;
  return makeEdit(sourceCode, [{ range: count.range, text: sum }]);
}

/** Throws the error that a clause caught where a condition holds. */
export function throwAt(
  sourceCode: SourceCode,
  handler: TSESTree.CatchClause,
  condition: string,
): Edit {
  const { name, edit } = nameError(sourceCode, handler);
  const test = insertFirst(sourceCode, handler.body, `if (${condition}) throw ${name};`);
  return combine(sourceCode, edit, test);
}

/** Counts the failures of each item that goes back on a queue, and throws the error of the last one. */
export function limitPerItem(
  sourceCode: SourceCode,
  loop: TSESTree.Node,
  put: TSESTree.CallExpression,
  handler: TSESTree.CatchClause,
  limit: number,
  isTyped: boolean,
): Edit {
  const [item, ...others] = put.arguments;
  if (item?.type !== T.Identifier || others.length > 0)
    return refuse("what goes back is not the item itself");
  const { name: error, edit } = nameError(sourceCode, handler);
  const counts = freshLocalName(sourceCode, loop, "failures", loop);
  const count = freshLocalName(sourceCode, handler.body, "failed", put);
  const type = isTyped ? "<unknown, number>" : "";
  const statements = [
    `const ${count} = (${counts}.get(${item.name}) ?? 0) + 1;`,
    `if (${count} >= ${String(limit)}) throw ${error};`,
    `${counts}.set(${item.name}, ${count});`,
  ];
  return combine(
    sourceCode,
    insertBefore(sourceCode, withLabels(loop), `const ${counts} = new Map${type}();`),
    edit,
    ...statements.map((statement) => insertFirst(sourceCode, handler.body, statement)),
  );
}

/** The loop with its labels, which nothing may come between. */
function withLabels(loop: TSESTree.Node): TSESTree.Node {
  let node = loop;
  while (node.parent?.type === T.LabeledStatement) node = node.parent;
  return node;
}

/** `while (c)` and `for (; c;)` become `for (let name = 1; c; name++)`. */
function countingHead(
  sourceCode: SourceCode,
  loop: TSESTree.Node,
  name: string,
): readonly TextEdit[] | undefined {
  if (loop.type === T.WhileStatement) {
    const keyword = sourceCode.getFirstToken(loop);
    const [start, end] = outerRange(sourceCode, loop.test);
    const isEndless = loop.test.type === T.Literal && loop.test.value === true;
    if (keyword === null) return undefined;
    const test = isEndless
      ? [{ range: [start, end] as const, text: `let ${name} = 1; ; ${name}++` }]
      : [insertion(start, `let ${name} = 1; `), insertion(end, `; ${name}++`)];
    return [{ range: keyword.range, text: "for" }, ...test];
  }
  if (loop.type !== T.ForStatement || loop.init !== null || loop.update !== null) return undefined;
  const open = sourceCode.getFirstToken(loop, ASTUtils.isOpeningParenToken);
  const close = sourceCode.getTokenBefore(loop.body, ASTUtils.isClosingParenToken);
  if (open === null || close === null) return undefined;
  return [insertion(open.range[1], `let ${name} = 1`), insertion(close.range[0], ` ${name}++`)];
}

/** Ends a loop by the clock: a deadline in front of it, and a test at the start of every round. */
export function limitTime(
  sourceCode: SourceCode,
  loop: TSESTree.Node,
  milliseconds: string,
  message: string,
): Edit {
  if (!isLoop(loop) || loop.body.type !== T.BlockStatement) return refuse("the loop has no block");
  const { name, edit } = declareBefore(
    sourceCode,
    loop,
    `Date.now() + ${milliseconds}`,
    "deadline",
    loop,
  );
  return combine(
    sourceCode,
    edit,
    insertFirst(
      sourceCode,
      loop.body,
      `if (Date.now() > ${name}) throw new Error(${JSON.stringify(message)});`,
    ),
  );
}

/** Advances a counter at the start of a block. */
export function advance(
  sourceCode: SourceCode,
  block: TSESTree.BlockStatement,
  name: string,
): Edit {
  return insertFirst(sourceCode, block, `${name}++;`);
}

const REACHED: Readonly<Record<string, string>> = {
  "===": ">=",
  "==": ">=",
  "!==": "<",
  "!=": "<",
};

/** Compares a counter with a limit so that a step beyond it counts as reached. */
export function compareByOrder(sourceCode: SourceCode, test: TSESTree.Node): Edit {
  if (test.type !== T.BinaryExpression || test.left.type === T.PrivateIdentifier)
    return refuse("the test is no comparison");
  const text = REACHED[test.operator];
  const operator = sourceCode.getTokenAfter(test.left, (token) => token.value === test.operator);
  return text === undefined || operator === null
    ? refuse("the test is no comparison")
    : makeEdit(sourceCode, [{ range: operator.range, text }]);
}

/** Takes everything of a statement away but a part of it. */
export function keepOnly(
  sourceCode: SourceCode,
  whole: TSESTree.Node,
  [start, end]: readonly [number, number],
): Edit {
  return makeEdit(sourceCode, [
    { range: [whole.range[0], start], text: "" },
    { range: [end, whole.range[1]], text: "" },
  ]);
}
