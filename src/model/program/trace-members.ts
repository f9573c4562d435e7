/** The search for the makers of a value at members: of object literals, classes, instances and modules, and of `this`. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type ClassNode, enclosingClass, isClass, memberName, unwrap } from "../../ast/nodes.ts";
import { assignedTo, importedName, variableOf } from "./binding.ts";
import { callOf, usesOf } from "./callers.ts";
import { declarationsAt, memberDeclarations } from "./checker.ts";
import { classMemberValues, literalMemberValues, literalOfThis } from "./members.ts";
import { merge, type Origins, type Search, UNKNOWN } from "./origins.ts";
import { overridingMembers } from "./subclasses.ts";
import { originsDeclared, originsOfDeclaration } from "./trace-declarations.ts";
import { originsWrittenToField, originsWrittenToLiteral } from "./trace-writes.ts";

/** The makers of what `object.name` holds, by the type checker where it knows the member, else by what the object is. */
export function originsOfMember(
  trace: Search,
  node: TSESTree.MemberExpression,
  depth: number,
): Origins {
  const name = memberName(node);
  if (name === undefined) return UNKNOWN;
  if (importedName(node) !== undefined) {
    return originsDeclared(trace, node.property, depth) ?? { nodes: [node], complete: true };
  }
  if (node.object.type === T.ThisExpression && literalOfThis(node) === undefined) {
    const owner = enclosingClass(node);
    const values = owner === undefined ? [] : classMemberValues(owner, name);
    if (owner !== undefined && values.length > 0)
      return originsOfClassMember(trace, owner, name, depth);
  }
  // Where the instance is seen to be made, its class says whose method is called, and types need not be worked out.
  const isCalled = node.parent.type === T.CallExpression && node.parent.callee === node;
  if (isCalled && !node.computed && isMadeByPackage(node.object))
    return { nodes: [node.property], complete: true };
  return (
    originsDeclared(trace, node.property, depth) ?? originsUnder(trace, node.object, [name], depth)
  );
}

/** Whether a name stands for nothing but an instance of a class that a package declares. */
function isMadeByPackage(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  const variable = node.type === T.Identifier ? variableOf(node) : undefined;
  const declaration = variable?.defs[0]?.node;
  if (
    variable === undefined ||
    declaration?.type !== T.VariableDeclarator ||
    declaration.id.type !== T.Identifier ||
    declaration.init?.type !== T.NewExpression ||
    assignedTo(variable).length > 0
  )
    return false;
  const declared = declarationsAt(declaration.init.callee);
  return declared.length > 0 && declared.every(({ kind }) => kind === "package");
}

/** The makers of what a member of a class holds, in the classes that it extends and those that extend it, too. */
export function originsOfClassMember(
  trace: Search,
  owner: ClassNode,
  name: string,
  depth: number,
): Origins {
  const overriding = overridingMembers(owner, name).map((value) => trace.follow(value, depth + 1));
  return merge([originsOfOwnMember(trace, owner, name, depth), ...overriding]);
}

/** The makers of what a member of a class holds in an instance of that class itself. */
export function originsOfOwnMember(
  trace: Search,
  owner: ClassNode,
  name: string,
  depth: number,
): Origins {
  const values = classMemberValues(owner, name);
  if (values.length > 0) {
    return merge([
      ...values.map((value) => trace.follow(value, depth + 1)),
      ...originsWrittenToField(trace, owner, name, depth),
    ]);
  }
  const bases =
    owner.superClass === null
      ? []
      : trace.follow(owner.superClass, depth + 1).nodes.filter(isClass);
  return bases.length === 0
    ? UNKNOWN
    : merge(bases.map((base) => originsOfOwnMember(trace, base, name, depth + 1)));
}

/** An instance speaking of itself was made wherever its class is constructed. */
export function originsOfThis(trace: Search, node: TSESTree.ThisExpression): Origins {
  const literal = literalOfThis(node);
  if (literal !== undefined) return { nodes: [literal], complete: false };
  const owner = enclosingClass(node);
  if (owner === undefined || !trace.intoCallers) return UNKNOWN;
  const { sites, complete } = usesOf(owner);
  const made = sites
    .flatMap((site) => callOf(site) ?? [])
    .filter((call) => call.type === T.NewExpression);
  return { nodes: made, complete: complete && made.length > 0 && made.length === sites.length };
}

/** The value under a chain of keys in whatever the expression turns out to be. */
export function originsUnder(
  trace: Search,
  from: TSESTree.Node,
  keys: readonly (string | undefined)[],
  depth: number,
): Origins {
  const [key, ...rest] = keys;
  if (key === undefined) return UNKNOWN;
  if (rest.length === 0 && isModule(from)) {
    const exported = memberDeclarations(from, key);
    if (exported.length > 0)
      return merge(exported.map((item) => originsOfDeclaration(trace, item, from, depth)));
  }
  const owners = trace.follow(from, depth + 1);
  const found = owners.nodes.map((owner): Origins => {
    const values = membersNamed(trace, owner, key, depth);
    if (values === undefined || values.length === 0) return UNKNOWN;
    const under = values.map((value) =>
      rest.length === 0
        ? trace.follow(value, depth + 1)
        : originsUnder(trace, value, rest, depth + 1),
    );
    const later =
      owner.type === T.ObjectExpression && rest.length === 0
        ? originsWrittenToLiteral(trace, owner, key, depth)
        : [];
    return merge([...under, ...later]);
  });
  return merge([{ nodes: [], complete: owners.complete && owners.nodes.length > 0 }, ...found]);
}

/** The values under a key of an object literal, class (static) or instance; `undefined` for anything else. */
function membersNamed(
  trace: Search,
  owner: TSESTree.Node,
  key: string,
  depth: number,
): readonly TSESTree.Node[] | undefined {
  if (owner.type === T.ObjectExpression) return literalMemberValues(owner, key);
  if (isClass(owner)) return classMemberValues(owner, key);
  if (owner.type !== T.NewExpression) return undefined;
  return trace
    .follow(owner.callee, depth + 1)
    .nodes.filter(isClass)
    .flatMap((item) => classMemberValues(item, key));
}

/** All exports of a module: `await import("./file.js")`, `import * as all`. */
function isModule(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  if (inner.type === T.Identifier)
    return variableOf(inner)?.defs[0]?.node.type === T.ImportNamespaceSpecifier;
  return inner.type === T.AwaitExpression && unwrap(inner.argument).type === T.ImportExpression;
}
