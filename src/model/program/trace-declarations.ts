/** The search for the makers of a value at declarations: what a name stands for that is declared elsewhere, mostly in another file. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { enclosingClass, staticKey } from "../../ast/nodes.ts";
import { variableOf } from "./binding.ts";
import { declarationsAt, type Declared } from "./checker.ts";
import { boundIdentifier, propertyValues } from "./members.ts";
import { merge, type Origins, type Search, UNKNOWN } from "./origins.ts";
import { originsOfClassMember } from "./trace-members.ts";

/** Follows a name to its declarations in other files; `undefined` when the checker knows none. */
export function originsDeclared(
  trace: Search,
  id: TSESTree.Node,
  depth: number,
): Origins | undefined {
  const declared = declarationsAt(id).filter(
    (item) => item.kind === "package" || !(isTypeMember(item.node) || isHere(item.node, id)),
  );
  return declared.length === 0
    ? undefined
    : merge(declared.map((item) => originsOfDeclaration(trace, item, id, depth)));
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
      const values = node.shorthand ? declarationsAt(node.value) : [];
      if (values.length === 0)
        return merge(propertyValues(node).map((value) => trace.follow(value, depth + 1)));
      return merge(
        values.map((value) => originsOfDeclaration(trace, value, node.value, depth + 1)),
      );
    }
    case T.PropertyDefinition:
    case T.MethodDefinition:
    case T.TSParameterProperty: {
      const owner = enclosingClass(node);
      const name =
        node.type === T.TSParameterProperty
          ? boundIdentifier(node.parameter)?.name
          : staticKey(node, node.key);
      return owner === undefined || name === undefined
        ? UNKNOWN
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
