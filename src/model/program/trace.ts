/** The search behind {@link originsOf}: from an expression back to the makers of its value. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, isNullish, unwrap } from "../../ast/nodes.ts";
import { patternSteps, variableOf, writesTo } from "./binding.ts";
import { writeAt } from "./members.ts";
import {
  merge,
  NOTHING,
  type Origins,
  type Search,
  type TraceOptions,
  UNKNOWN,
} from "./origins.ts";
import { originsOfCall, originsOfParameter } from "./trace-calls.ts";
import { originsDeclared } from "./trace-declarations.ts";
import { originsOfMember, originsOfThis, originsUnder } from "./trace-members.ts";

type Definition = TSESLint.Scope.Definition;

const MAX_DEPTH = 24;

/** Operators that assign the one side or the other. */
const CHOICE = /^(?:&&|\|\||\?\?)=$/;

/** One search; what it found for a node on one way serves all others. */
export class Trace implements Search {
  readonly #found = new Map<TSESTree.Node, Origins>();
  readonly intoCallers: boolean;
  readonly isOpaque: (call: TSESTree.CallExpression) => boolean;

  constructor({ intoCallers = true, isOpaque = () => false }: TraceOptions) {
    this.intoCallers = intoCallers;
    this.isOpaque = isOpaque;
  }

  follow(expression: TSESTree.Node, depth: number): Origins {
    const node = unwrap(expression);
    if (depth > MAX_DEPTH) return UNKNOWN;
    const known = this.#found.get(node);
    if (known !== undefined) return known;
    // Coming back to a node on the way adds nothing that its first visit does not.
    this.#found.set(node, NOTHING);
    const found = this.#step(node, depth);
    this.#found.set(node, found);
    return found;
  }

  #step(node: TSESTree.Node, depth: number): Origins {
    const next = (inner: TSESTree.Node): Origins => this.follow(inner, depth + 1);
    switch (node.type) {
      case T.AwaitExpression:
        return next(node.argument);
      case T.ConditionalExpression:
        return merge([node.consequent, node.alternate].map(next));
      case T.LogicalExpression:
        return merge((node.operator === "&&" ? [node.right] : [node.left, node.right]).map(next));
      case T.AssignmentExpression:
        if (node.operator === "=") return next(node.right);
        // Arithmetic makes a value of its own.
        return CHOICE.test(node.operator)
          ? merge([node.left, node.right].map(next))
          : { nodes: [node], complete: true };
      case T.SequenceExpression:
        return next(node.expressions.at(-1) as TSESTree.Node);
      case T.Identifier:
        return isNullish(node) ? NOTHING : this.#identifier(node, depth);
      case T.MemberExpression:
        return originsOfMember(this, node, depth);
      case T.CallExpression:
        return originsOfCall(this, node, depth);
      case T.TSParameterProperty:
        return originsOfParameter(this, node, depth);
      case T.ThisExpression:
        return originsOfThis(this, node);
      // What a pattern takes out, and the items of a loop.
      case T.ArrayPattern:
      case T.AssignmentPattern:
      case T.ForInStatement:
      case T.ForOfStatement:
      case T.Property:
      case T.RestElement:
        return UNKNOWN;
      default:
        return isNullish(node) ? NOTHING : { nodes: [node], complete: true };
    }
  }

  #identifier(id: TSESTree.Identifier, depth: number): Origins {
    const variable = variableOf(id);
    if (variable === undefined) return UNKNOWN;
    // `var` can be declared again, a function with several signatures; a type of the same name is no value.
    const declared = variable.defs.flatMap(
      (definition) => this.#declared(id, definition, depth) ?? [],
    );
    const assigned = writesTo(variable).map((id) => this.follow(writeAt(id), depth + 1));
    const found = [...declared, ...assigned];
    // A loop variable or `declare const` has its value from elsewhere.
    return found.length === 0 ? UNKNOWN : merge(found);
  }

  /** The makers of what one declaration gives a variable; `undefined` where it gives none. */
  #declared(id: TSESTree.Identifier, definition: Definition, depth: number): Origins | undefined {
    const { node, name } = definition;
    switch (node.type) {
      case T.VariableDeclarator:
        return node.init === null ? undefined : this.#initial(id, node, node.init, name, depth);
      case T.ImportSpecifier:
      case T.ImportDefaultSpecifier:
      case T.ImportNamespaceSpecifier:
      case T.TSImportEqualsDeclaration:
        return originsDeclared(this, id, depth) ?? { nodes: [id], complete: true };
      case T.ClassDeclaration:
      case T.ClassExpression:
        return { nodes: [node], complete: true };
      case T.TSDeclareFunction:
      case T.TSInterfaceDeclaration:
      case T.TSModuleDeclaration:
      case T.TSTypeAliasDeclaration:
        return undefined;
      default:
        if (definition.type === "Parameter") return originsOfParameter(this, id, depth);
        return isFunction(node) ? { nodes: [node], complete: true } : UNKNOWN;
    }
  }

  #initial(
    id: TSESTree.Identifier,
    { id: pattern }: TSESTree.VariableDeclarator,
    init: TSESTree.Node,
    name: TSESTree.Node,
    depth: number,
  ): Origins {
    if (pattern === name) return this.follow(init, depth + 1);
    const steps = patternSteps(pattern, name);
    if (steps === undefined) return UNKNOWN;
    const keys = steps.map((step) => step.key);
    const inside = originsDeclared(this, id, depth) ?? originsUnder(this, init, keys, depth);
    const fallbacks = steps.flatMap((step) =>
      step.fallback === undefined ? [] : [this.follow(step.fallback, depth + 1)],
    );
    return merge([inside, ...fallbacks]);
  }
}
