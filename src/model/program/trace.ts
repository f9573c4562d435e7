/** The search behind {@link originsOf}: from an expression back to the makers of its value. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, isNullish, unwrap } from "../../ast/nodes.ts";
import { patternSteps, variableOf, writesTo } from "./binding.ts";
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
      default:
        return isNullish(node) ? NOTHING : { nodes: [node], complete: true };
    }
  }

  /** The makers of what a variable is given where a reference writes to it. */
  #written(id: TSESTree.Node, depth: number): Origins {
    const { parent: write } = id;
    switch (write?.type) {
      case T.AssignmentExpression:
        if (write.left !== id) return UNKNOWN;
        return CHOICE.test(write.operator)
          ? this.follow(write.right, depth)
          : this.follow(write, depth);
      case T.UpdateExpression:
        return { nodes: [write], complete: true };
      default: // by a pattern, or the head of a loop
        return UNKNOWN;
    }
  }

  #identifier(id: TSESTree.Identifier, depth: number): Origins {
    const variable = variableOf(id);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return UNKNOWN;
    const assigned = writesTo(variable).map((write) => this.#written(write, depth + 1));
    switch (definition.node.type) {
      case T.VariableDeclarator: {
        const { init, id: pattern } = definition.node;
        if (init === null) {
          // A loop variable or `declare const` has its value from elsewhere.
          return assigned.length === 0 ? UNKNOWN : merge(assigned);
        }
        if (pattern === definition.name) return merge([this.follow(init, depth + 1), ...assigned]);
        const steps = patternSteps(pattern, definition.name);
        if (steps === undefined) return UNKNOWN;
        const inside =
          originsDeclared(this, id, depth) ??
          originsUnder(
            this,
            init,
            steps.map((step) => step.key),
            depth,
          );
        const fallbacks = steps.flatMap((step) =>
          step.fallback === undefined ? [] : [this.follow(step.fallback, depth + 1)],
        );
        return merge([inside, ...fallbacks, ...assigned]);
      }
      case T.ImportSpecifier:
      case T.ImportDefaultSpecifier:
      case T.ImportNamespaceSpecifier:
      case T.TSImportEqualsDeclaration:
        return originsDeclared(this, id, depth) ?? { nodes: [id], complete: true };
      case T.ClassDeclaration:
      case T.ClassExpression:
        return { nodes: [definition.node], complete: true };
      default:
        if (definition.type === "Parameter")
          return merge([originsOfParameter(this, id, depth), ...assigned]);
        if (isFunction(definition.node))
          return merge([{ nodes: [definition.node], complete: true }, ...assigned]);
        return UNKNOWN;
    }
  }
}
