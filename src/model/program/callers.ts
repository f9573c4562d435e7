/** Who calls a function: its uses in every file of the program. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";
import {
  type ClassNode,
  enclosingClass,
  type FunctionNode,
  isClass,
  isFunction,
  memberName,
  staticKey,
  wrapped,
  writtenBy,
} from "../../ast/nodes.ts";
import { declarationsIn, memberDeclarationsIn } from "./checker.ts";
import { isTypePosition, variableOf } from "./binding.ts";
import { isDeclaringName, type Name, nameIndexOf } from "./name-index.ts";
import {
  commonJsExport,
  howExported,
  isModuleExports,
  type NamedFunction,
  nameOfClass,
  nameOfFunction,
  variablesOf,
} from "./naming.ts";
import { implementedMembers, isNamedThere, usesThrough } from "./through-interfaces.ts";
import { openUnit, type Unit, unitOf } from "./unit.ts";
import { filesNamingMember } from "./unopened-members.ts";
import { filesWithWord } from "./words.ts";

export { nameOfFunction, ownNameOf } from "./naming.ts";

/** The uses of a function; `complete` is false when callers may exist that the program does not show. */
export interface Uses {
  /** Where the function is named other than at its declaration: the identifier or member expression. */
  readonly sites: readonly TSESTree.Node[];
  readonly complete: boolean;
}

/** How many files a search may open; a name as common as that says nothing anyway. */
const MAX_FILES = 64;

const NO_USES: Uses = { sites: [], complete: true };

const usesByTarget = new WeakMap<TSESTree.Node, Uses>();

/**
 * All uses of a function (or class, which stands for its constructor) by name: in its own file and, where it can be reached from
 * outside (exported, or a method), in every project file whose text holds the name. An inline function has none.
 */
export function usesOf(target: ClassNode | FunctionNode): Uses {
  return usesOnce(target, isClass(target) ? nameOfClass(target) : nameOfFunction(target));
}

function usesOnce(target: TSESTree.Node, named: NamedFunction | undefined): Uses {
  const known = usesByTarget.get(target);
  if (known !== undefined) return known;
  // What leads back to itself, as recursion and `api = { find: api.find }` do, adds no uses.
  usesByTarget.set(target, NO_USES);
  const found = named === undefined ? NO_USES : findUses(named, unitOf(target));
  const uses = { ...found, sites: [...found.sites, ...ownReferences(target)] };
  usesByTarget.set(target, uses);
  return uses;
}

/** Where a function or class expression speaks of itself by a name that nobody else can use. */
export function ownReferences(target: TSESTree.Node): TSESTree.Node[] {
  return target.type === T.FunctionExpression || target.type === T.ClassExpression
    ? readsOf(target)
    : [];
}

function findUses(named: NamedFunction, unit: Unit): Uses {
  const exported = named.kind === "method" ? "by name" : howExported(named.declaration);
  if (exported === undefined) return { sites: readsOf(named.declaration), complete: true };
  if (unit.services === undefined) return { ...usesInUnit(unit, named), complete: false };
  const words = exported === "as default" ? [named.name, moduleWord(unit.fileName)] : [named.name];
  // Methods have common names, and making a tree costs more than the question whose method it is.
  const members = implementedMembers(named);
  const files =
    named.kind === "method"
      ? filesNamingMember(
          unit,
          named.name,
          members.map((member) => member.getSourceFile()),
        )
      : filesWithWord(unit, words);
  const found = files.slice(0, MAX_FILES).map((file) => {
    const other = openUnit(unit, file);
    return other === undefined ? NO_USES : usesInUnit(other, named, members);
  });
  const direct = found.flatMap((uses) => uses.sites);
  const asMember = direct.flatMap((site) => usesAsMember(site) ?? []);
  const sites = [...direct, ...asMember.flatMap((uses) => uses.sites)];
  return {
    sites,
    complete:
      files.length <= MAX_FILES &&
      sites.length > 0 &&
      [...found, ...asMember].every((uses) => uses.complete) &&
      !isReachedByInterface(named),
  };
}

/** What is put into an object literal by its name, `{ find }` or `{ find: findUser }`, is called as a member of that. */
function usesAsMember(site: TSESTree.Node): Uses | undefined {
  const value = wrapped(site);
  const { parent } = value;
  if (parent?.type !== T.Property || parent.value !== value) return undefined;
  const name =
    parent.parent.type === T.ObjectExpression ? staticKey(parent, parent.key) : undefined;
  return name === undefined
    ? undefined
    : usesOnce(parent, { name, declaration: parent, kind: "method" });
}

/** A method may also be called through the interface or base class that declares it. */
function isReachedByInterface({ kind, declaration }: NamedFunction): boolean {
  const owner = kind === "method" ? enclosingClass(declaration) : undefined;
  if (owner === undefined) return false;
  // ESLint's own parser leaves `implements` out.
  const { implements: interfaces = [] } = owner as Partial<ClassNode>;
  return owner.superClass !== null || interfaces.length > 0;
}

/** What an import of a file is sure to contain: its name, for an index that of its folder. */
function moduleWord(fileName: string): string {
  const parts = fileName.replace(/(?:\/index)?\.[cm]?[jt]sx?$/, "").split("/");
  return parts.at(-1) ?? fileName;
}

/** Where a declared function or class is named in its file. */
function readsOf(declaration: TSESTree.Node): TSESTree.Node[] {
  return variablesOf(declaration)
    .flatMap((variable) => variable.references)
    .filter((reference) => reference.isRead() && !isTypePosition(reference.identifier))
    .map((reference) => reference.identifier);
}

/** The places in a file that name the function: by symbol where there are types, by scope or bare name where there are none. */
function usesInUnit(
  unit: Unit,
  named: NamedFunction,
  members: readonly ts.Declaration[] = [],
): Uses {
  const own =
    named.kind === "method" || unitOf(named.declaration) !== unit
      ? []
      : variablesOf(named.declaration);
  const sites: TSESTree.Node[] = [];
  const byInterface: TSESTree.Node[] = [];
  let complete = true;
  for (const node of namesIn(unit, named)) {
    if (isTypePosition(node)) continue;
    const { parent } = node;
    const taken = takenOut(node, named);
    if (taken !== undefined) {
      sites.push(...taken.reads);
      complete &&= taken.complete;
      continue;
    }
    if (isDeclaringName(node)) {
      // Under another name it leads to files that were not searched.
      if (parent.type === T.ExportSpecifier && parent.local === node && isRenamed(parent, named))
        complete = false;
      continue;
    }
    const isMember = parent.type === T.MemberExpression && parent.property === node;
    // In brackets it is another name that the place has.
    if (isMember ? memberName(parent) !== textOf(node) : node.type !== T.Identifier) continue;
    // `exports.find = find` gives it that name.
    if (isMember && writtenBy(parent.parent) === parent && isModuleExports(parent.object)) continue;
    // An import may rename a function, a member keeps its name.
    if (!isMember && (named.kind === "method" || writtenBy(parent) === node)) continue;
    if (!isMember && own.length > 0 && node.type === T.Identifier) {
      const variable = variableOf(node);
      if (variable === undefined || !own.includes(variable)) continue;
      const exported = commonJsExport(node);
      if (exported === undefined) sites.push(node);
      else if (exported !== named.name && exported !== "default") complete = false;
      continue;
    }
    if (refersTo(node, named)) sites.push(isMember ? parent : node);
    else if (isMember && isNamedThere(node, members)) byInterface.push(parent);
  }
  const through = usesThrough(byInterface, named);
  return {
    sites: [...new Set([...sites, ...through.sites])],
    complete: complete && through.complete,
  };
}

/** Where a variable is read that a name, as the key of a pattern, fills with the function: `const { find: search } = finder`. */
function takenOut(
  key: Name,
  named: NamedFunction,
): { readonly reads: readonly TSESTree.Node[]; readonly complete: boolean } | undefined {
  const { parent } = key;
  if (
    parent.type !== T.Property ||
    parent.parent.type !== T.ObjectPattern ||
    parent.key !== key ||
    parent.computed
  )
    return undefined;
  const target = parent.value.type === T.AssignmentPattern ? parent.value.left : parent.value;
  if (!holds(parent.parent, textOf(key), named)) return { reads: [], complete: true };
  const variable = target.type === T.Identifier ? variableOf(target) : undefined;
  const definition = variable?.defs[0];
  return {
    reads: (variable?.references ?? []).flatMap((reference) =>
      reference.isRead() ? [reference.identifier as TSESTree.Node] : [],
    ),
    complete:
      definition !== undefined &&
      (definition.type === "Parameter" || howExported(definition.node) === undefined),
  };
}

/** Whether what a pattern takes apart has the function as a member. */
function holds(pattern: TSESTree.ObjectPattern, key: string, named: NamedFunction): boolean {
  const { parent } = pattern;
  const source = parent.type === T.AssignmentExpression ? parent.right : pattern;
  return memberDeclarationsIn(unitOf(named.declaration), source, key).some((declared) =>
    isDeclaredBy(declared, named),
  );
}

function isDeclaredBy(declared: TSESTree.Node, { declaration }: NamedFunction): boolean {
  return (
    declared === declaration ||
    unwrapDeclaration(declared) === declaration ||
    // A variable that is given the function later
    (declaration.type === T.AssignmentExpression &&
      variablesOf(declaration).some(({ defs }) => defs.some(({ node }) => node === declared)))
  );
}

/** Where a file may name the function: every place with its name or, as functions go, with an import of it under another. */
function namesIn(unit: Unit, named: NamedFunction): readonly Name[] {
  const index = nameIndexOf(unit);
  const places = index.byName.get(named.name) ?? [];
  if (named.kind === "method") return places;
  const asDefault = index.byName.get("default") ?? [];
  const renamed = [...index.imported].filter(
    ([variable, [first]]) =>
      variable.name !== named.name && first !== undefined && refersTo(first, named),
  );
  return [...places, ...asDefault, ...renamed.flatMap(([, names]) => names)];
}

/** Whether a list of exports passes the function on under a name that is neither its own nor `default`. */
function isRenamed({ local, exported }: TSESTree.ExportSpecifier, named: NamedFunction): boolean {
  if (exported.type === T.Identifier && ["default", named.name].includes(exported.name))
    return false;
  return local.type === T.Identifier && local.name === "default"
    ? refersTo(local, named)
    : local.type === T.Identifier && local.name === named.name;
}

function textOf(name: Name): string {
  return name.type === T.Identifier ? name.name : `#${name.name}`;
}

function refersTo(node: TSESTree.Node, named: NamedFunction): boolean {
  const unit = unitOf(node);
  if (unit.services === undefined) {
    // Without types a member of that name in the same file is taken for it only on `this`.
    return node.parent?.type === T.MemberExpression && node.parent.object.type === T.ThisExpression;
  }
  return declarationsIn(unitOf(named.declaration), node).some((declared) =>
    isDeclaredBy(declared, named),
  );
}

function unwrapDeclaration(node: TSESTree.Node): TSESTree.Node {
  if (node.type === T.ExportDefaultDeclaration) return node.declaration;
  if (node.type === T.MemberExpression && node.parent.type === T.AssignmentExpression)
    return node.parent;
  return isFunction(node) ? (nameOfFunction(node)?.declaration ?? node) : node;
}

/** The call or `new` in which a use stands as the callee, if it does. */
export function callOf(
  site: TSESTree.Node,
): TSESTree.CallExpression | TSESTree.NewExpression | undefined {
  const outer = wrapped(site);
  const { parent } = outer;
  return (parent?.type === T.CallExpression || parent?.type === T.NewExpression) &&
    parent.callee === outer
    ? parent
    : undefined;
}
