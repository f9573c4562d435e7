/** What becomes of a value: followed forward through names, `await`, branches, and the callers of functions that return it. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  enclosingFunction,
  type FunctionNode,
  memberName,
  staticKey,
  unwrap,
  wrapped,
} from "../../ast/nodes.ts";
import { helperExport } from "../helper.ts";
import { isGlobal, variableOf } from "./binding.ts";
import { callOf, nameOfFunction, usesOf } from "./callers.ts";

/** One thing that is done with a value. */
export type ValueUse =
  /** Nothing in the program sees it: a statement of its own, `void`, a truth test, the console. */
  | { readonly kind: "ignored"; readonly node: TSESTree.Node }
  /** One of its members is reached; `undefined` is a computed name. */
  | {
      readonly kind: "member";
      readonly node: TSESTree.MemberExpression;
      readonly name: string | undefined;
    }
  /** It is taken apart; `hasRest` is true where further members may follow. */
  | {
      readonly kind: "destructured";
      readonly node: TSESTree.ObjectPattern;
      readonly keys: readonly (string | undefined)[];
      readonly hasRest: boolean;
    }
  /** It goes where it cannot be followed. */
  | { readonly kind: "unknown"; readonly node: TSESTree.Node };

/**
 * Everything that is done with the value of an expression, in whatever file. A promise and what it resolves to are taken for the
 * same value: `await` passes it on, `.then` is a member of it.
 */
export function usesOfValue(expression: TSESTree.Node): readonly ValueUse[] {
  return new Follower().follow(expression);
}

/** Everything that is done with a value that a pattern receives: a parameter, the left side of a declaration. */
export function usesOfBinding(pattern: TSESTree.Node): readonly ValueUse[] {
  return new Follower().bind(pattern);
}

class Follower {
  readonly #seen = new Set<TSESTree.Node>();

  follow(expression: TSESTree.Node): readonly ValueUse[] {
    const node = wrapped(expression);
    // Coming back to a node adds nothing that its first visit does not.
    if (this.#seen.has(node)) return [];
    this.#seen.add(node);
    const { parent } = node;
    switch (parent?.type) {
      case T.ExpressionStatement:
        return [{ kind: "ignored", node: parent }];
      case T.UnaryExpression:
        return [{ kind: "ignored", node: parent }];
      case T.BinaryExpression:
        return parent.operator === "in" ? unknown(node) : [{ kind: "ignored", node: parent }];
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ForStatement:
        // As a test, or as the step of a loop.
        return [{ kind: "ignored", node }];
      case T.AwaitExpression:
        return this.follow(parent);
      case T.ConditionalExpression:
        return parent.test === node ? [{ kind: "ignored", node }] : this.follow(parent);
      case T.LogicalExpression:
        // The left of `&&` is passed on only where it is falsy.
        return parent.operator === "&&" && parent.left === node
          ? [{ kind: "ignored", node }]
          : this.follow(parent);
      case T.SequenceExpression:
        return parent.expressions.at(-1) === node
          ? this.follow(parent)
          : [{ kind: "ignored", node }];
      case T.MemberExpression:
        return parent.object === node
          ? [{ kind: "member", node: parent, name: memberName(parent) }]
          : unknown(node);
      case T.VariableDeclarator:
        return this.bind(parent.id);
      case T.AssignmentExpression:
        return parent.right === node && parent.operator === "="
          ? [...this.bind(parent.left), ...this.follow(parent)]
          : unknown(node);
      case T.ReturnStatement:
        return this.#returned(enclosingFunction(node), node);
      case T.ArrowFunctionExpression:
        return this.#returned(parent, node);
      case T.CallExpression:
        return this.#argument(parent, node);
      case T.ArrayExpression:
        return this.#collected(parent);
      default:
        return unknown(node);
    }
  }

  bind(pattern: TSESTree.Node): readonly ValueUse[] {
    switch (pattern.type) {
      case T.AssignmentPattern:
        return this.bind(pattern.left);
      case T.ObjectPattern: {
        const properties = pattern.properties.filter((item) => item.type === T.Property);
        const keys = properties.map((item) => staticKey(item, item.key));
        const hasRest = properties.length < pattern.properties.length;
        return [{ kind: "destructured", node: pattern, keys, hasRest }];
      }
      case T.Identifier: {
        const variable = variableOf(pattern);
        if (variable === undefined || isExported(variable.defs[0]?.node)) return unknown(pattern);
        return variable.references
          .filter((reference) => reference.isRead())
          .flatMap((reference) => this.follow(reference.identifier as TSESTree.Node));
      }
      default:
        return unknown(pattern);
    }
  }

  #returned(fn: FunctionNode | undefined, node: TSESTree.Node): readonly ValueUse[] {
    if (fn === undefined || fn.generator) return unknown(node);
    if (nameOfFunction(fn) === undefined) return this.#returnedInline(fn);
    const { sites, complete } = usesOf(fn);
    // Whoever calls a function that only calls itself is not to be seen.
    const isOwn = (site: TSESTree.Node): boolean => [...ancestors(site)].includes(fn);
    if (!complete || sites.every(isOwn)) return unknown(node);
    return sites.flatMap((site) => {
      const call = callOf(site);
      return call === undefined ? unknown(site) : this.follow(call);
    });
  }

  /** What a function without a name returns goes to whoever it is given to. */
  #returnedInline(fn: FunctionNode): readonly ValueUse[] {
    const outer = wrapped(fn);
    const { parent } = outer;
    if (parent?.type !== T.CallExpression) return unknown(fn);
    if (parent.callee === outer) return this.follow(parent);
    if (helperExport(parent.callee) === "withBackoff") return this.follow(parent);
    const callee = calleeMember(parent);
    switch (callee === undefined ? undefined : memberName(callee)) {
      case "forEach":
        return [{ kind: "ignored", node: fn }];
      case "map":
        return this.#collected(parent);
      case "then":
        return this.follow(parent);
      default:
        return unknown(fn);
    }
  }

  #argument(call: TSESTree.CallExpression, node: TSESTree.Node): readonly ValueUse[] {
    if (call.callee === node) return unknown(node);
    const callee = calleeMember(call);
    return callee !== undefined && isGlobal(unwrap(callee.object), "console")
      ? [{ kind: "ignored", node }]
      : unknown(node);
  }

  /** A list of values is followed as far as the promise of all of them, if that is dropped. */
  #collected(list: TSESTree.Node): readonly ValueUse[] {
    const { parent } = wrapped(list);
    const callee = parent?.type === T.CallExpression ? calleeMember(parent) : undefined;
    const isJoined =
      callee !== undefined &&
      isGlobal(unwrap(callee.object), "Promise") &&
      /^(?:all|allSettled|race)$/.test(memberName(callee) ?? "");
    if (parent === undefined || !isJoined) return unknown(list);
    const uses = this.follow(parent);
    return uses.every((use) => use.kind === "ignored") ? uses : unknown(list);
  }
}

function unknown(node: TSESTree.Node): readonly ValueUse[] {
  return [{ kind: "unknown", node }];
}

function isExported(definition: TSESTree.Node | undefined): boolean {
  return (
    definition?.type === T.VariableDeclarator &&
    definition.parent.parent.type === T.ExportNamedDeclaration
  );
}
