/** The search behind {@link originsOf}. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  type ClassNode,
  enclosingClass,
  isClass,
  isFunction,
  isNullish,
  memberName,
  staticKey,
  unwrap,
} from "../../ast/nodes.ts";
import {
  assignedTo,
  importedName,
  isGlobal,
  parameterOf,
  patternSteps,
  variableOf,
} from "./binding.ts";
import { argumentsFor, callOf, usesOf } from "./callers.ts";
import {
  declarationsAt,
  type Declared,
  memberDeclarations,
  shorthandValueDeclarations,
} from "./checker.ts";
import {
  boundIdentifier,
  classMemberValues,
  literalOfThis,
  literalMemberValues,
  propertyValues,
  returnedBy,
} from "./members.ts";

/** The makers of a value. `complete` is false when some way into the value could not be followed. */
export interface Origins {
  readonly nodes: readonly TSESTree.Node[];
  readonly complete: boolean;
}

/** How far a value is traced. */
export interface TraceOptions {
  /** Follow parameters to call sites (a search over the program). Default true. */
  readonly intoCallers?: boolean;
  /** Calls that are makers in themselves, whatever their functions return. Default none. */
  readonly isOpaque?: (call: TSESTree.CallExpression) => boolean;
}

const UNKNOWN: Origins = { nodes: [], complete: false };
const NOTHING: Origins = { nodes: [], complete: true };
const MAX_DEPTH = 24;

/** One search; what it found for a node on one way serves all others. */
export class Trace {
  readonly #found = new Map<TSESTree.Node, Origins>();
  readonly #intoCallers: boolean;
  readonly #isOpaque: (call: TSESTree.CallExpression) => boolean;

  constructor({ intoCallers = true, isOpaque = () => false }: TraceOptions) {
    this.#intoCallers = intoCallers;
    this.#isOpaque = isOpaque;
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
        return merge((node.operator === "=" ? [node.right] : [node.left, node.right]).map(next));
      case T.SequenceExpression:
        return next(node.expressions.at(-1) as TSESTree.Node);
      case T.Identifier:
        return isNullish(node) ? NOTHING : this.#identifier(node, depth);
      case T.MemberExpression:
        return this.#member(node, depth);
      case T.CallExpression:
        return this.#call(node, depth);
      case T.TSParameterProperty:
        return this.#parameter(node, depth);
      case T.ThisExpression:
        return this.#this(node);
      default:
        return isNullish(node) ? NOTHING : { nodes: [node], complete: true };
    }
  }

  #identifier(id: TSESTree.Identifier, depth: number): Origins {
    const variable = variableOf(id);
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined) return UNKNOWN;
    const assigned = assignedTo(variable).map((write) => this.follow(write.right, depth + 1));
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
          this.#declared(id, depth) ??
          this.#pick(
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
        return this.#declared(id, depth) ?? { nodes: [id], complete: true };
      case T.ClassDeclaration:
      case T.ClassExpression:
        return { nodes: [definition.node], complete: true };
      default:
        if (definition.type === "Parameter")
          return merge([this.#parameter(id, depth), ...assigned]);
        if (isFunction(definition.node))
          return merge([{ nodes: [definition.node], complete: true }, ...assigned]);
        return UNKNOWN;
    }
  }

  /** Follows a name to its declarations in other files; `undefined` when the checker knows none. */
  #declared(id: TSESTree.Node, depth: number): Origins | undefined {
    const declared = declarationsAt(id).filter(
      (item) =>
        item.kind === "package" || !(isTypeMember(item.node) || this.#isHere(item.node, id)),
    );
    return declared.length === 0
      ? undefined
      : merge(declared.map((item) => this.#declaration(item, id, depth)));
  }

  #isHere(declaration: TSESTree.Node, id: TSESTree.Node): boolean {
    const variable = id.type === T.Identifier ? variableOf(id) : undefined;
    return (
      variable?.defs.some(
        (definition) =>
          definition.node === declaration ||
          definition.name === declaration ||
          definition.name.parent === declaration,
      ) ?? false
    );
  }

  #declaration(declared: Declared, from: TSESTree.Node, depth: number): Origins {
    if (declared.kind === "package") return { nodes: [from], complete: true };
    const { node } = declared;
    switch (node.type) {
      case T.VariableDeclarator:
        return node.id.type === T.Identifier ? this.follow(node.id, depth + 1) : UNKNOWN;
      case T.Property: {
        if (node.parent.type === T.ObjectPattern) return this.#identifierInPattern(node, depth);
        const values = node.shorthand ? shorthandValueDeclarations(node) : [];
        if (values.length === 0)
          return merge(propertyValues(node).map((value) => this.follow(value, depth + 1)));
        return merge(values.map((value) => this.#declaration(value, node.value, depth + 1)));
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
          : this.#classMember(owner, name, depth);
      }
      case T.ExportDefaultDeclaration:
        return this.follow(node.declaration, depth + 1);
      case T.FunctionDeclaration:
      case T.FunctionExpression:
      case T.ArrowFunctionExpression:
      case T.ClassDeclaration:
      case T.ClassExpression:
        return { nodes: [node], complete: true };
      case T.AssignmentExpression: // `exports.x = value` in JavaScript
        return this.follow(node.right, depth + 1);
      case T.MemberExpression:
        return node.parent.type === T.AssignmentExpression && node.parent.left === node
          ? this.follow(node.parent.right, depth + 1)
          : UNKNOWN;
      case T.Identifier:
        return variableOf(node)?.defs.some((definition) => definition.name === node) === true
          ? this.follow(node, depth + 1)
          : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  #identifierInPattern(property: TSESTree.Property, depth: number): Origins {
    const target =
      property.value.type === T.AssignmentPattern ? property.value.left : property.value;
    return target.type === T.Identifier ? this.follow(target, depth + 1) : UNKNOWN;
  }

  #member(node: TSESTree.MemberExpression, depth: number): Origins {
    const name = memberName(node);
    if (name === undefined) return UNKNOWN;
    if (importedName(node) !== undefined) {
      return this.#declared(node.property, depth) ?? { nodes: [node], complete: true };
    }
    if (node.object.type === T.ThisExpression && literalOfThis(node) === undefined) {
      const owner = enclosingClass(node);
      const values = owner === undefined ? [] : classMemberValues(owner, name);
      if (owner !== undefined && values.length > 0) return this.#classMember(owner, name, depth);
    }
    return this.#declared(node.property, depth) ?? this.#pick(node.object, [name], depth);
  }

  #classMember(owner: ClassNode, name: string, depth: number): Origins {
    const values = classMemberValues(owner, name);
    if (values.length > 0) return merge(values.map((value) => this.follow(value, depth + 1)));
    const bases =
      owner.superClass === null
        ? []
        : this.follow(owner.superClass, depth + 1).nodes.filter(isClass);
    return bases.length === 0
      ? UNKNOWN
      : merge(bases.map((base) => this.#classMember(base, name, depth + 1)));
  }

  /** An instance speaking of itself was made wherever its class is constructed. */
  #this(node: TSESTree.ThisExpression): Origins {
    const literal = literalOfThis(node);
    if (literal !== undefined) return { nodes: [literal], complete: false };
    const owner = enclosingClass(node);
    if (owner === undefined || !this.#intoCallers) return UNKNOWN;
    const { sites, complete } = usesOf(owner);
    const made = sites
      .flatMap((site) => callOf(site) ?? [])
      .filter((call) => call.type === T.NewExpression);
    return { nodes: made, complete: complete && made.length > 0 && made.length === sites.length };
  }

  /** The value under a chain of keys in whatever the expression turns out to be. */
  #pick(from: TSESTree.Node, keys: readonly (string | undefined)[], depth: number): Origins {
    const [key, ...rest] = keys;
    if (key === undefined) return UNKNOWN;
    if (rest.length === 0 && isImported(from)) {
      const exported = memberDeclarations(from, key);
      if (exported.length > 0)
        return merge(exported.map((item) => this.#declaration(item, from, depth)));
    }
    const owners = this.follow(from, depth + 1);
    const found = owners.nodes.map((owner): Origins => {
      const values = this.#membersNamed(owner, key, depth);
      if (values === undefined || values.length === 0) return UNKNOWN;
      return merge(
        values.map((value) =>
          rest.length === 0 ? this.follow(value, depth + 1) : this.#pick(value, rest, depth + 1),
        ),
      );
    });
    return merge([{ nodes: [], complete: owners.complete && owners.nodes.length > 0 }, ...found]);
  }

  /** The values under a key of an object literal, class (static) or instance; `undefined` for anything else. */
  #membersNamed(
    owner: TSESTree.Node,
    key: string,
    depth: number,
  ): readonly TSESTree.Node[] | undefined {
    if (owner.type === T.ObjectExpression) return literalMemberValues(owner, key);
    if (isClass(owner)) return classMemberValues(owner, key);
    if (owner.type !== T.NewExpression) return undefined;
    return this.follow(owner.callee, depth + 1)
      .nodes.filter(isClass)
      .flatMap((item) => classMemberValues(item, key));
  }

  #call(call: TSESTree.CallExpression, depth: number): Origins {
    if (this.#isOpaque(call)) return { nodes: [call], complete: true };
    const imported = importedName(call);
    if (imported !== undefined) {
      const exported = imported.path.length === 0 ? moduleExports(call.arguments[0]) : [];
      return exported.length === 0
        ? { nodes: [call], complete: true }
        : merge(exported.map((value) => this.follow(value, depth + 1)));
    }
    const callees = this.follow(call.callee, depth + 1);
    const entered = callees.nodes.filter(isFunction).filter((fn) => !fn.generator);
    if (entered.length === 0) return { nodes: [call], complete: true };
    const complete = callees.complete && entered.length === callees.nodes.length;
    const returned = entered.map((fn) => {
      const values = returnedBy(fn);
      return values.length === 0
        ? UNKNOWN
        : merge(values.map((value) => this.follow(value, depth + 1)));
    });
    return merge([{ nodes: [], complete }, ...returned]);
  }

  #parameter(node: TSESTree.Identifier | TSESTree.TSParameterProperty, depth: number): Origins {
    const id = node.type === T.Identifier ? node : boundIdentifier(node.parameter);
    const variable = id === undefined ? undefined : variableOf(id);
    const parameter = variable === undefined ? undefined : parameterOf(variable);
    if (parameter === undefined || !isFunction(parameter.owner)) return UNKNOWN;
    const inner =
      parameter.pattern.type === T.TSParameterProperty
        ? parameter.pattern.parameter
        : parameter.pattern;
    const fallback =
      inner.type === T.AssignmentPattern ? [this.follow(inner.right, depth + 1)] : [];
    const pattern = inner.type === T.AssignmentPattern ? inner.left : inner;
    const steps = patternSteps(pattern, parameter.name);
    if (steps === undefined) return UNKNOWN;
    for (const step of steps)
      if (step.fallback !== undefined) fallback.push(this.follow(step.fallback, depth + 1));
    if (!this.#intoCallers) return merge([UNKNOWN, ...fallback]);
    const passed = argumentsFor(parameter.owner, parameter.index);
    const values = passed.values.map((value) =>
      steps.length === 0
        ? this.follow(value, depth + 1)
        : this.#pick(
            value,
            steps.map((step) => step.key),
            depth + 1,
          ),
    );
    return merge([
      { nodes: [], complete: passed.complete && (passed.values.length > 0 || fallback.length > 0) },
      ...values,
      ...fallback,
    ]);
  }
}

/** What a required file of the project puts in place of its exports: `module.exports = value`. */
function moduleExports(source: TSESTree.Node | undefined): readonly TSESTree.Node[] {
  if (source?.type !== T.Literal) return [];
  return declarationsAt(source).flatMap((declared) => {
    if (declared.kind !== "node" || declared.node.type !== T.Program) return [];
    return declared.node.body.flatMap((statement) => {
      if (statement.type === T.TSExportAssignment) return [statement.expression];
      const assignment =
        statement.type === T.ExpressionStatement ? statement.expression : undefined;
      if (assignment?.type !== T.AssignmentExpression) return [];
      const { left, right } = assignment;
      const replaces =
        left.type === T.MemberExpression &&
        isGlobal(left.object, "module") &&
        memberName(left) === "exports";
      return replaces ? [right] : [];
    });
  });
}

/** `await import("./file.js")`. */
function isImported(node: TSESTree.Node): boolean {
  const awaited = unwrap(node);
  return awaited.type === T.AwaitExpression && unwrap(awaited.argument).type === T.ImportExpression;
}

/** A member that an interface or type literal declares: it says what may stand there, not what does. */
function isTypeMember(node: TSESTree.Node): boolean {
  return node.type === T.TSPropertySignature || node.type === T.TSMethodSignature;
}

/** Joins what several ways into a value lead to. */
function merge(parts: readonly Origins[]): Origins {
  const nodes = new Set<TSESTree.Node>();
  for (const part of parts) for (const node of part.nodes) nodes.add(node);
  return { nodes: [...nodes], complete: parts.every((part) => part.complete) };
}
