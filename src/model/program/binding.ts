/** What a name refers to inside its file, by scope analysis alone; the same with and without types. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T, ASTUtils } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  isFunction,
  memberName,
  staticKey,
  unwrap,
} from "../../ast/nodes.ts";
import { once } from "../once.ts";
import { unitOf } from "./unit.ts";

/** An export of a module as the file names it: `["ConnectClient"]`, or `[]` for the module itself. */
export interface ImportedName {
  readonly module: string;
  readonly path: readonly string[];
}

/** The innermost scope around a node. */
export function scopeOf(node: TSESTree.Node): TSESLint.Scope.Scope {
  const { scopes, ast } = unitOf(node);
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    const scope = scopes.acquire(current, node.type !== T.Program);
    if (scope !== null)
      return scope.type === "function-expression-name" ? (scope.childScopes[0] ?? scope) : scope;
  }
  return scopes.acquire(ast) ?? (scopes.scopes[0] as TSESLint.Scope.Scope);
}

/** The variable that an identifier refers to; `undefined` for globals of the platform. */
export const variableOf = once(
  (id: TSESTree.Identifier | TSESTree.JSXIdentifier): TSESLint.Scope.Variable | undefined => {
    const variable = ASTUtils.findVariable(scopeOf(id), id.name);
    return variable === null || variable.defs.length === 0 ? undefined : variable;
  },
);

/**
 * The variables that a declaration makes, the parameters of a function among them. A class has two: its name outside, and the
 * one that its own body sees.
 */
export function variablesDeclaredBy(
  declaration: TSESTree.Node,
): readonly TSESLint.Scope.Variable[] {
  return unitOf(declaration).scopes.getDeclaredVariables(declaration);
}

/** Whether a name stands where only types are meant: `x: Name`, `typeof name`, `implements Name`. */
export function isTypePosition(node: TSESTree.Node): boolean {
  switch (node.parent?.type) {
    case T.TSTypeReference:
    case T.TSTypeQuery:
    case T.TSQualifiedName:
    case T.TSInterfaceHeritage:
    case T.TSClassImplements:
      return true;
    default:
      return false;
  }
}

/** Whether an identifier is the platform's global of that name (nothing in the file declares it). */
export function isGlobal(node: TSESTree.Node, name: string): boolean {
  return node.type === T.Identifier && node.name === name && variableOf(node) === undefined;
}

/** Whether a call is one of a function of the platform's `Object`. */
export function isObjectMethod(call: TSESTree.CallExpression, name: string): boolean {
  const callee = calleeMember(call);
  return callee !== undefined && isGlobal(callee.object, "Object") && memberName(callee) === name;
}

/** Where a variable is written to after its declaration. */
export const writesTo = once((variable: TSESLint.Scope.Variable): readonly TSESTree.Node[] =>
  variable.references.flatMap((reference) =>
    reference.isWrite() && reference.init !== true ? [reference.identifier as TSESTree.Node] : [],
  ),
);

/** The assignments to a variable after its declaration (`x = 1`, `x ??= f()`). */
export function assignedTo(
  variable: TSESLint.Scope.Variable,
): readonly TSESTree.AssignmentExpression[] {
  return writesTo(variable).flatMap((id) =>
    id.parent?.type === T.AssignmentExpression && id.parent.left === id ? [id.parent] : [],
  );
}

/** The way from a destructuring pattern to one of its names: property keys, with the default value if there is one. */
export interface PatternStep {
  readonly key: string | undefined;
  readonly fallback: TSESTree.Expression | undefined;
}

/** The steps from a declared pattern to the identifier inside it, outermost first; `undefined` for array patterns and rests. */
export function patternSteps(
  pattern: TSESTree.Node,
  id: TSESTree.Node,
): readonly PatternStep[] | undefined {
  const steps: PatternStep[] = [];
  let fallback: TSESTree.Expression | undefined;
  for (let current = id; current !== pattern;) {
    const { parent } = current;
    if (!parent) return undefined;
    if (parent.type === T.AssignmentPattern && parent.left === current) {
      fallback = parent.right;
    } else if (parent.type === T.Property && parent.value === current) {
      steps.unshift({ key: staticKey(parent, parent.key), fallback });
      fallback = undefined;
    } else if (parent.type !== T.ObjectPattern) {
      return undefined;
    }
    current = parent;
  }
  return steps;
}

/**
 * The module export that an expression is, traced through imports, `require`, `await import()`, aliases, namespaces,
 * destructuring and re-assignment within the file. The global `AWS` counts as SDK v2.
 */
export function importedName(expression: TSESTree.Node, depth = 0): ImportedName | undefined {
  const node = unwrap(expression);
  if (depth > 8) return undefined;
  switch (node.type) {
    case T.Identifier:
      return importedIdentifier(node, depth);
    case T.MemberExpression: {
      const name = memberName(node);
      const owner = name === undefined ? undefined : importedName(node.object, depth + 1);
      return owner === undefined || name === undefined ? undefined : member(owner, name);
    }
    case T.AwaitExpression:
      return importedName(node.argument, depth + 1);
    case T.ImportExpression:
      return node.source.type === T.Literal && typeof node.source.value === "string"
        ? { module: node.source.value, path: [] }
        : undefined;
    case T.CallExpression:
      return requiredModule(node) ?? interop(node, depth);
    default:
      return undefined;
  }
}

function member(owner: ImportedName, name: string): ImportedName {
  // `default` of a CommonJS module is the module itself.
  return name === "default" ? owner : { module: owner.module, path: [...owner.path, name] };
}

function importedIdentifier(id: TSESTree.Identifier, depth: number): ImportedName | undefined {
  const variable = variableOf(id);
  const definition = variable?.defs[0];
  // In a page the script of SDK v2 leaves behind a global of that name.
  if (variable === undefined)
    return id.name === "AWS" ? { module: "aws-sdk", path: [] } : undefined;
  if (definition === undefined || variable.defs.length > 1) return undefined;
  const { node } = definition;
  switch (node.type) {
    case T.ImportSpecifier:
      return member(
        { module: (node.parent as TSESTree.ImportDeclaration).source.value, path: [] },
        node.imported.type === T.Identifier ? node.imported.name : node.imported.value,
      );
    case T.ImportDefaultSpecifier:
    case T.ImportNamespaceSpecifier:
      return { module: node.parent.source.value, path: [] };
    case T.TSImportEqualsDeclaration:
      return importEquals(node, depth);
    case T.VariableDeclarator: {
      const written = assignedTo(variable);
      const value = node.init ?? (written.length === 1 ? written[0]?.right : undefined);
      if (value === undefined || (node.init !== null && written.length > 0)) return undefined;
      const origin = importedName(value, depth + 1);
      const steps = patternSteps(node.id, definition.name);
      if (origin === undefined || steps === undefined) return undefined;
      return steps.reduce<ImportedName | undefined>(
        (owner, step) =>
          owner === undefined || step.key === undefined ? undefined : member(owner, step.key),
        origin,
      );
    }
    default:
      return undefined;
  }
}

function importEquals(
  node: TSESTree.TSImportEqualsDeclaration,
  depth: number,
): ImportedName | undefined {
  const { moduleReference } = node;
  if (moduleReference.type === T.TSExternalModuleReference) {
    return { module: moduleReference.expression.value, path: [] };
  }
  if (moduleReference.type === T.Identifier) return importedName(moduleReference, depth + 1);
  return undefined;
}

/** What `require` is given, where it is called with a text. */
export function requiredModule(call: TSESTree.CallExpression): ImportedName | undefined {
  const [source] = call.arguments;
  return isGlobal(call.callee, "require") &&
    source?.type === T.Literal &&
    typeof source.value === "string"
    ? { module: source.value, path: [] }
    : undefined;
}

/** What returns the module that it is given: helpers of compilers, `__importStar(require("x"))`, and X-Ray's `captureAWS`. */
function interop(call: TSESTree.CallExpression, depth: number): ImportedName | undefined {
  const callee = unwrap(call.callee);
  const name =
    callee.type === T.MemberExpression
      ? memberName(callee)
      : callee.type === T.Identifier
        ? callee.name
        : "";
  const [argument] = call.arguments;
  return argument !== undefined &&
    /^(?:__importStar|__importDefault|__toESM|_interopRequire\w*|captureAWS)$/.test(name ?? "")
    ? importedName(argument, depth + 1)
    : undefined;
}

/** The parameter of a function that a name stands for, with its position. */
export function parameterOf(variable: TSESLint.Scope.Variable):
  | {
      readonly owner: TSESTree.Node;
      readonly index: number;
      readonly pattern: TSESTree.Parameter;
      readonly name: TSESTree.Node;
    }
  | undefined {
  const definition = variable.defs[0];
  if (definition?.type !== "Parameter" || !isFunction(definition.node)) return undefined;
  const name = definition.name;
  const path = [name as TSESTree.Node, ...ancestors(name)];
  const index = definition.node.params.findIndex((parameter) => path.includes(parameter));
  const pattern = definition.node.params[index];
  return pattern === undefined ? undefined : { owner: definition.node, index, pattern, name };
}

/** Whether a callee is a function that the code around it was given. */
export function isGiven(callee: TSESTree.Node): boolean {
  const id = unwrap(callee);
  const variable = id.type === T.Identifier ? variableOf(id) : undefined;
  return variable !== undefined && parameterOf(variable) !== undefined;
}
