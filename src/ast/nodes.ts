/** Small syntactic predicates over ESTree; nothing here asks what a name means. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

export type LoopNode =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** Whether the node is a function with a body of its own (arrow, declaration or expression). */
export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === T.ArrowFunctionExpression ||
    node?.type === T.FunctionDeclaration ||
    node?.type === T.FunctionExpression
  );
}

/** Whether the node is a loop statement of any spelling. */
export function isLoop(node: TSESTree.Node | null | undefined): node is LoopNode {
  return (
    node?.type === T.WhileStatement ||
    node?.type === T.DoWhileStatement ||
    node?.type === T.ForStatement ||
    node?.type === T.ForOfStatement ||
    node?.type === T.ForInStatement
  );
}

/** What a loop gives each item to: the pattern that it declares, or what it assigns to. */
export function itemOf({ left }: TSESTree.ForInStatement | TSESTree.ForOfStatement): TSESTree.Node {
  return left.type === T.VariableDeclaration ? left.declarations[0].id : left;
}

/** Whether the node is a class declaration or expression. */
export function isClass(node: TSESTree.Node | null | undefined): node is ClassNode {
  return node?.type === T.ClassDeclaration || node?.type === T.ClassExpression;
}

/**
 * Removes what only TypeScript sees around an expression: `as`, `satisfies`, `!`, `<T>x`, and the
 * wrapper that ESTree puts around optional chains.
 */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case T.TSAsExpression:
      case T.TSSatisfiesExpression:
      case T.TSNonNullExpression:
      case T.TSTypeAssertion:
      case T.TSInstantiationExpression:
      case T.ChainExpression:
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}

/** The outermost node that is the same value as `node` with type syntax around it; inverse of {@link unwrap}. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let current = node;
  for (;;) {
    const parent = current.parent;
    if (!parent || unwrap(parent) === parent) return current;
    current = parent;
  }
}

/** The name under which a key or member is reached when it is written down, `undefined` when computed at run time. */
export function staticKey(
  node: { readonly computed?: boolean },
  key: TSESTree.Node,
): string | undefined {
  if (key.type === T.Literal) return String(key.value);
  if (key.type === T.TemplateLiteral && key.expressions.length === 0) {
    return key.quasis[0]?.value.cooked ?? undefined;
  }
  if (node.computed === true) return undefined;
  if (key.type === T.Identifier) return key.name;
  if (key.type === T.PrivateIdentifier) return `#${key.name}`;
  return undefined;
}

/** `name` of `object.name` or `object["name"]`. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  return staticKey(node, node.property);
}

/** The callee of a call as a member access (type syntax and optional chain removed), if it is one. */
export function calleeMember(call: TSESTree.CallExpression): TSESTree.MemberExpression | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? callee : undefined;
}

/** The last name of a callee: `f` of `f()`, `a.f()`, `a["f"]()`. */
export function calleeName(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === T.Identifier) return callee.name;
  if (callee.type === T.MemberExpression) return memberName(callee);
  return undefined;
}

/** Ancestors from the parent outward. ESLint gives the program a parent of `null`, parsers none. */
export function* ancestors(node: TSESTree.Node): Generator<TSESTree.Node> {
  // ESLint gives the root `null` as its parent, parsers leave it out.
  for (let current = node.parent; current; current = current.parent) yield current;
}

/** The innermost function around the node, or `undefined` at module level. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | undefined {
  for (const ancestor of ancestors(node)) if (isFunction(ancestor)) return ancestor;
  return undefined;
}

/** The `catch` that a failure at a node runs into first, inside of another node around it; by default inside of its function. */
export function catchClauseAround(
  node: TSESTree.Node,
  root: TSESTree.Node | undefined = enclosingFunction(node),
): TSESTree.CatchClause | undefined {
  let from = node;
  for (const ancestor of ancestors(node)) {
    if (ancestor === root) return undefined;
    if (ancestor.type === T.TryStatement && ancestor.block === from && ancestor.handler !== null)
      return ancestor.handler;
    from = ancestor;
  }
  return undefined;
}

/** The function that a promise method calls when the promise is rejected. */
export function rejectionHandler(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const member = calleeMember(call);
  const name = member === undefined ? undefined : memberName(member);
  if (name === "catch") return call.arguments[0];
  return name === "then" ? call.arguments[1] : undefined;
}

/** The function that a promise method calls with what the promise has brought. */
export function fulfilmentHandler(call: TSESTree.CallExpression): TSESTree.Node | undefined {
  const member = calleeMember(call);
  return member !== undefined && memberName(member) === "then" ? call.arguments[0] : undefined;
}

/** The loop, or the `switch`, that a `continue` or `break` speaks of. */
export function jumpTarget(
  jump: TSESTree.BreakStatement | TSESTree.ContinueStatement,
): TSESTree.Node | undefined {
  let inner: TSESTree.Node = jump;
  for (const node of ancestors(jump)) {
    if (isFunction(node)) return undefined;
    if (jump.label === null) {
      if (isLoop(node) || (node.type === T.SwitchStatement && jump.type === T.BreakStatement))
        return node;
    } else if (node.type === T.LabeledStatement && node.label.name === jump.label.name) {
      return inner;
    }
    inner = node;
  }
  return undefined;
}

/** The class whose member the node belongs to (the class that `this` speaks of outside nested functions). */
export function enclosingClass(node: TSESTree.Node): ClassNode | undefined {
  for (const ancestor of ancestors(node)) if (isClass(ancestor)) return ancestor;
  return undefined;
}

/** Whether `inner` is `outer` or stands inside it. */
export function contains(outer: TSESTree.Node, inner: TSESTree.Node): boolean {
  return outer === inner || (outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1]);
}

/** What an assignment, `x++` or `x--` writes to. */
export function writtenBy(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === T.AssignmentExpression) return node.left;
  return node.type === T.UpdateExpression ? node.argument : undefined;
}

/** Whether a value is `undefined`, `null` or `void x`, written down. */
export function isNullish(node: TSESTree.Node): boolean {
  return (
    (node.type === T.Identifier && node.name === "undefined") ||
    (node.type === T.Literal && node.value === null && !("regex" in node) && !("bigint" in node)) ||
    (node.type === T.UnaryExpression && node.operator === "void")
  );
}
