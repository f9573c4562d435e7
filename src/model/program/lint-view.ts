/**
 * Between ESLint's tree of the linted file and the model's, where they are two: a file that the analysis of another one has opened
 * keeps the tree that it was opened with. Rules see the model's nodes only; what they report has the same places in the text.
 */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { walk } from "../../ast/walk.ts";
import type { Unit } from "./unit.ts";

export interface LintView<Context> {
  /** The rule's context, with a source code whose tree and scopes are the model's. */
  readonly context: Context;
  /** The rule's listeners, called with the model's nodes. */
  readonly listening: (listeners: TSESLint.RuleListener) => TSESLint.RuleListener;
}

/** How a rule looks at the file under lint. */
export function lintView<MessageIds extends string, Options extends readonly unknown[]>(
  context: Readonly<TSESLint.RuleContext<MessageIds, Options>>,
  unit: Unit,
): LintView<Readonly<TSESLint.RuleContext<MessageIds, Options>>> {
  if (context.sourceCode.ast === unit.ast) return { context, listening: (listeners) => listeners };
  const sourceCode = Object.create(context.sourceCode, {
    ast: {
      value: Object.assign(
        Object.create(context.sourceCode.ast) as object,
        unit.ast,
        tokensOf(context.sourceCode.ast),
      ),
    },
    scopeManager: { value: unit.scopes },
  }) as TSESLint.SourceCode;
  return {
    context: Object.create(context, { sourceCode: { value: sourceCode } }) as typeof context,
    listening: (listeners) => {
      const toModel = translationOf(context.sourceCode.ast, unit);
      return Object.fromEntries(
        Object.entries(listeners).map(([selector, listener]) => [
          selector,
          (node: TSESTree.Node) => {
            (listener as (node: TSESTree.Node) => void)(toModel(node));
          },
        ]),
      );
    },
  };
}

function tokensOf(
  ast: TSESLint.SourceCode.Program,
): Pick<TSESLint.SourceCode.Program, "comments" | "tokens"> {
  return { comments: ast.comments, tokens: ast.tokens };
}

type Translation = (node: TSESTree.Node) => TSESTree.Node;

/** By ESLint's tree, so that all rules share one and none outlives the run. */
const translations = new WeakMap<TSESTree.Program, Translation>();

function translationOf(linted: TSESTree.Program, unit: Unit): Translation {
  let known = translations.get(linted);
  if (known === undefined) translations.set(linted, (known = translationTo(unit)));
  return known;
}

/** Both trees come from one parser and one text: kind and place identify a node. */
function translationTo({ ast, visitorKeys }: Unit): Translation {
  let index: Map<string, TSESTree.Node> | undefined;
  return (node) => {
    if (node.type === ast.type) return ast;
    index ??= new Map([...walk(ast, visitorKeys)].map((item) => [placeOf(item), item]));
    return index.get(placeOf(node)) ?? node;
  };
}

function placeOf({ type, range }: TSESTree.Node): string {
  return `${type}:${String(range[0])}:${String(range[1])}`;
}
