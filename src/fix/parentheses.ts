import { ASTUtils, type TSESLint, type TSESTree } from "@typescript-eslint/utils";

/** The range of a node with the parentheses around it, those of an argument list not counted. */
export function outerRange(
  sourceCode: Readonly<TSESLint.SourceCode>,
  node: TSESTree.Node,
): readonly [number, number] {
  let first: TSESTree.Node | TSESTree.Token = node;
  let last: TSESTree.Node | TSESTree.Token = node;
  for (let times = 1; ASTUtils.isParenthesized(times, node, sourceCode); times++) {
    first = sourceCode.getTokenBefore(first) ?? first;
    last = sourceCode.getTokenAfter(last) ?? last;
  }
  return [first.range[0], last.range[1]];
}
