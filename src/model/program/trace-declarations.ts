/** The search for the makers of a value at declarations: what a name stands for that is declared elsewhere, mostly in another file. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { enclosingClass, staticKey } from "../../ast/nodes.ts";
import { variableOf } from "./binding.ts";
import { declarationsAt, type Declared } from "./checker.ts";
import { boundIdentifier, propertyValues } from "./members.ts";
import { merge, type Origins, type Search, UNKNOWN } from "./origins.ts";
import { originsOfClassMember, originsOfOwnMember } from "./trace-members.ts";
import { originsInPlaceOf, originsWrittenToLiteral } from "./trace-writes.ts";

/** Follows a name to its declarations in other files; `undefined` when the checker knows none. */
export function originsDeclared(
  trace: Search,
  id: TSESTree.Node,
  depth: number,
): Origins | undefined {
  const all = declarationsAt(id);
  const declared = all.filter(
    (item) => item.kind === "package" || !(isTypeMember(item.node) || isHere(item.node, id)),
  );
  if (declared.length === 0) return undefined;
  // Of `{ ...defaults, ...options }` the type of the options allows something that is to be seen nowhere.
  const isAllowed = all.some((item) => item.kind === "node" && isTypeMember(item.node));
  const found = declared.map((item) => originsOfDeclaration(trace, item, id, depth));
  return merge(isAllowed ? [...found, UNKNOWN] : found);
}

/** The makers of what a declaration declares; those of a package are reached as the name `from` that stands for them. */
export function originsOfDeclaration(
  trace: Search,
  declared: Declared,
  from: TSESTree.Node,
  depth: number,
): Origins {
  if (declared.kind === "package") return { nodes: [from], complete: true };
  const { node } = declared;
  switch (node.type) {
    case T.VariableDeclarator:
      return node.id.type === T.Identifier ? trace.follow(node.id, depth + 1) : UNKNOWN;
    case T.Property: {
      if (node.parent.type === T.ObjectPattern) return originsInPattern(trace, node, depth);
      return merge([originsOfProperty(trace, node, depth), ...originsLater(trace, node, depth)]);
    }
    case T.PropertyDefinition:
    case T.MethodDefinition:
    case T.TSParameterProperty: {
      const owner = enclosingClass(node);
      const name =
        node.type === T.TSParameterProperty
          ? boundIdentifier(node.parameter)?.name
          : staticKey(node, node.key);
      if (owner === undefined || name === undefined) return UNKNOWN;
      return isOfSuper(from)
        ? originsOfOwnMember(trace, owner, name, depth)
        : originsOfClassMember(trace, owner, name, depth);
    }
    case T.ExportDefaultDeclaration:
      return trace.follow(node.declaration, depth + 1);
    case T.FunctionDeclaration:
    case T.FunctionExpression:
    case T.ArrowFunctionExpression:
    case T.ClassDeclaration:
    case T.ClassExpression:
      return { nodes: [node], complete: true };
    case T.AssignmentExpression: // `exports.x = value` in JavaScript
      return trace.follow(node.right, depth + 1);
    case T.MemberExpression:
      return node.parent.type === T.AssignmentExpression && node.parent.left === node
        ? trace.follow(node.parent.right, depth + 1)
        : UNKNOWN;
    case T.Identifier:
      return variableOf(node)?.defs.some((definition) => definition.name === node) === true
        ? trace.follow(node, depth + 1)
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function isOfSuper({ parent }: TSESTree.Node): boolean {
  return parent?.type === T.MemberExpression && parent.object.type === T.Super;
}

/** The makers of what a property of an object literal starts with. */
function originsOfProperty(trace: Search, node: TSESTree.Property, depth: number): Origins {
  const values = node.shorthand ? declarationsAt(node.value) : [];
  return merge(
    values.length === 0
      ? propertyValues(node).map((value) => trace.follow(value, depth + 1))
      : values.map((value) => originsOfDeclaration(trace, value, node.value, depth + 1)),
  );
}

/** The makers of what it may hold later, be it that it is written to or that another object is put in place of its own. */
function originsLater(trace: Search, node: TSESTree.Property, depth: number): readonly Origins[] {
  const { parent: literal } = node;
  const key = staticKey(node, node.key);
  if (literal.type !== T.ObjectExpression || key === undefined) return [];
  return [
    ...originsWrittenToLiteral(trace, literal, key, depth),
    ...originsInPlaceOf(trace, literal, key, depth),
  ];
}

/** Whether a declaration is the one by which the name is known in its own file. */
function isHere(declaration: TSESTree.Node, id: TSESTree.Node): boolean {
  const variable = id.type === T.Identifier ? variableOf(id) : undefined;
  return (
    variable?.defs.some(({ node, name }) => {
      const { parent } = name as TSESTree.Identifier;
      // With a default value the name stands one deeper in its property.
      const inPattern = parent.type === T.AssignmentPattern ? parent.parent : parent;
      return [node, name, parent, inPattern].includes(declaration);
    }) ?? false
  );
}

function originsInPattern(trace: Search, property: TSESTree.Property, depth: number): Origins {
  const target = property.value.type === T.AssignmentPattern ? property.value.left : property.value;
  return target.type === T.Identifier ? trace.follow(target, depth + 1) : UNKNOWN;
}

/** A member that an interface or type literal declares: it says what may stand there, not what does. */
function isTypeMember(node: TSESTree.Node): boolean {
  return node.type === T.TSPropertySignature || node.type === T.TSMethodSignature;
}
