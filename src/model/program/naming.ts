/** The names of functions and classes, and whether those names leave the file. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  type ClassNode,
  enclosingClass,
  type FunctionNode,
  memberName,
  staticKey,
  wrapped,
} from "../../ast/nodes.ts";
import { isGlobal, variableOf, variablesDeclaredBy } from "./binding.ts";

/** The name that others call a function by, and the node that declares it. */
export interface NamedFunction {
  readonly name: string;
  readonly declaration: TSESTree.Node;
  readonly kind: "constructor" | "method" | "variable";
}

/** How a function is named; `undefined` for inline functions (arguments, immediately called ones, array elements). */
export function nameOfFunction(fn: FunctionNode): NamedFunction | undefined {
  if (fn.type === T.FunctionDeclaration) {
    return fn.id === null ? undefined : { name: fn.id.name, declaration: fn, kind: "variable" };
  }
  const outer = wrapped(fn);
  const { parent } = outer;
  if (!parent) return undefined;
  if (parent.type === T.VariableDeclarator && parent.id.type === T.Identifier) {
    return { name: parent.id.name, declaration: parent, kind: "variable" };
  }
  if (parent.type === T.MethodDefinition) {
    if (parent.kind === "constructor") {
      const owner = enclosingClass(parent);
      return owner === undefined ? undefined : nameOfClass(owner);
    }
    const name = staticKey(parent, parent.key);
    return name === undefined ? undefined : { name, declaration: parent, kind: "method" };
  }
  if (
    parent.type === T.PropertyDefinition ||
    (parent.type === T.Property && parent.parent.type === T.ObjectExpression)
  ) {
    const name = staticKey(parent, parent.key);
    return name === undefined ? undefined : { name, declaration: parent, kind: "method" };
  }
  if (parent.type === T.AssignmentExpression && parent.left.type === T.MemberExpression) {
    const name = memberName(parent.left);
    return name === undefined ? undefined : { name, declaration: parent, kind: "method" };
  }
  if (parent.type === T.AssignmentExpression && parent.left.type === T.Identifier) {
    return { name: parent.left.name, declaration: parent, kind: "variable" };
  }
  return undefined;
}

/** The name by which a function can call itself: also that of a function expression, which nobody else can use. */
export function ownNameOf(fn: FunctionNode): string | undefined {
  return nameOfFunction(fn)?.name ?? fn.id?.name;
}

/** How a class is named, as {@link nameOfFunction} says it of its constructor. */
export function nameOfClass(owner: ClassNode): NamedFunction | undefined {
  if (owner.type === T.ClassDeclaration) {
    return owner.id === null
      ? undefined
      : { name: owner.id.name, declaration: owner, kind: "constructor" };
  }
  const { parent } = wrapped(owner);
  return parent?.type === T.VariableDeclarator && parent.id.type === T.Identifier
    ? { name: parent.id.name, declaration: parent, kind: "constructor" }
    : undefined;
}

/** Whether a declaration at module level leaves its file, in ESM or CommonJS: under its name, or under any name as the default. */
export function howExported(declaration: TSESTree.Node): "as default" | "by name" | undefined {
  const { parent } = declaration.type === T.VariableDeclarator ? declaration.parent : declaration;
  if (parent?.type === T.ExportDefaultDeclaration) return "as default";
  if (parent?.type === T.ExportNamedDeclaration) return "by name";
  const variables = variablesOf(declaration);
  // `export let find; find = …`
  const declarator = variables[0]?.defs[0]?.node;
  if (declaration.type === T.AssignmentExpression && declarator?.type === T.VariableDeclarator)
    return howExported(declarator);
  const exits = variables.flatMap((variable) =>
    variable.references.map(({ identifier }) => exitOf(identifier as TSESTree.Identifier)),
  );
  return exits.includes("as default") ? "as default" : exits.find((exit) => exit !== undefined);
}

function exitOf(identifier: TSESTree.Identifier): "as default" | "by name" | undefined {
  const { parent } = wrapped(identifier);
  switch (parent?.type) {
    case T.ExportDefaultDeclaration:
    case T.TSExportAssignment:
      return "as default";
    case T.ExportSpecifier:
      return parent.exported.type === T.Identifier && parent.exported.name === "default"
        ? "as default"
        : "by name";
    case T.AssignmentExpression: // `module.exports = f`, `exports.f = f`
      if (parent.left.type !== T.MemberExpression) return undefined;
      return memberName(parent.left) === "exports" ? "as default" : "by name";
    case T.Property: // `module.exports = { f }`, or an object that carries it elsewhere
      return parent.value === identifier && parent.parent.type === T.ObjectExpression
        ? "by name"
        : undefined;
    default:
      return undefined;
  }
}

/**
 * The name under which CommonJS exports a variable, where its name stands for nothing but that: `module.exports = { f }`,
 * `exports.g = f`; `"default"` for `module.exports = f`.
 */
export function commonJsExport(identifier: TSESTree.Identifier): string | undefined {
  const outer = wrapped(identifier);
  const { parent } = outer;
  if (parent?.type === T.AssignmentExpression && parent.right === outer) {
    if (isModuleExports(parent.left)) return "default";
    return parent.left.type === T.MemberExpression && isModuleExports(parent.left.object)
      ? memberName(parent.left)
      : undefined;
  }
  if (parent?.type !== T.Property || (parent.value !== outer && !parent.shorthand))
    return undefined;
  const object = wrapped(parent.parent);
  return object.parent?.type === T.AssignmentExpression &&
    object.parent.right === object &&
    isModuleExports(object.parent.left)
    ? staticKey(parent, parent.key)
    : undefined;
}

/** Whether an expression is what CommonJS exports: `module.exports`, `exports`. */
export function isModuleExports(node: TSESTree.Node): boolean {
  return node.type === T.MemberExpression
    ? memberName(node) === "exports" && isGlobal(node.object, "module")
    : isGlobal(node, "exports");
}

/** The variables under which a declared function or class is known in its file. */
export function variablesOf(declaration: TSESTree.Node): readonly TSESLint.Scope.Variable[] {
  if (declaration.type !== T.AssignmentExpression) {
    return variablesDeclaredBy(declaration).filter(({ defs }) => defs[0]?.type !== "Parameter");
  }
  const variable =
    declaration.left.type === T.Identifier ? variableOf(declaration.left) : undefined;
  return variable === undefined ? [] : [variable];
}
