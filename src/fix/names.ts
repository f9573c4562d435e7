/** Names that are free where new code wants to use them. */
import { ASTUtils, type TSESLint, type TSESTree } from "@typescript-eslint/utils";

type Scope = TSESLint.Scope.Scope;

interface FileNames {
  /** Every name that the file declares, refers to, or sees as a global: values and types alike. */
  readonly all: ReadonlySet<string>;
  /** Names given out during this lint pass, with what was asked for, and the scope and the node that they were given for. */
  readonly given: {
    readonly name: string;
    readonly base: string;
    readonly scope: Scope;
    readonly owner: TSESTree.Node;
  }[];
}

// By tree: oxlint has one source code object for all files.
const files = new WeakMap<object, FileNames>();

function namesOf(sourceCode: Readonly<TSESLint.SourceCode>): FileNames {
  let names = files.get(sourceCode.ast);
  if (names === undefined) {
    const all = new Set<string>();
    for (const scope of sourceCode.scopeManager?.scopes ?? []) {
      for (const variable of scope.variables) all.add(variable.name);
      for (const reference of scope.references) all.add(reference.identifier.name);
    }
    names = { all, given: [] };
    files.set(sourceCode.ast, names);
  }
  return names;
}

/**
 * A name for a module-level binding that means nothing else anywhere in the file, so that every finding of a lint pass
 * arrives at the same one: `name` itself, else `connectName`, `connectName2`, …
 */
export function freshModuleName(sourceCode: Readonly<TSESLint.SourceCode>, name: string): string {
  const { all } = namesOf(sourceCode);
  if (!all.has(name)) return name;
  return firstFree(`connect${name.charAt(0).toUpperCase()}${name.slice(1)}`, (candidate) =>
    all.has(candidate),
  );
}

/**
 * A name for a variable that is to be declared beside `anchor`: free in every scope that sees it and every scope inside,
 * and not given to another node in this lint pass (several fixes may land together).
 * @param owner - what the variable stands for; asking again for the same owner and base gives the same name
 */
export function freshLocalName(
  sourceCode: Readonly<TSESLint.SourceCode>,
  anchor: TSESTree.Node,
  base: string,
  owner: TSESTree.Node,
): string {
  const { given } = namesOf(sourceCode);
  const scope = sourceCode.getScope(anchor.parent ?? anchor);
  // Of one loop, several rules may declare something: its last error, its client token.
  const before = given.find(
    (entry) => entry.owner === owner && entry.base === base && entry.scope === scope,
  );
  if (before !== undefined) return before.name;
  const inside = new Set<string>();
  collect(scope, inside);
  const name = firstFree(
    base,
    (candidate) =>
      inside.has(candidate) ||
      ASTUtils.findVariable(scope, candidate) !== null ||
      given.some(
        (entry) =>
          entry.name === candidate &&
          (encloses(entry.scope, scope) || encloses(scope, entry.scope)),
      ),
  );
  given.push({ name, base, scope, owner });
  return name;
}

function firstFree(base: string, taken: (candidate: string) => boolean): string {
  let candidate = base;
  for (let suffix = 2; taken(candidate); suffix++) candidate = `${base}${String(suffix)}`;
  return candidate;
}

function collect(scope: Scope, into: Set<string>): void {
  for (const variable of scope.variables) into.add(variable.name);
  for (const reference of scope.references) into.add(reference.identifier.name);
  for (const child of scope.childScopes) collect(child, into);
}

function encloses(outer: Scope, inner: Scope): boolean {
  for (let scope: Scope | null = inner; scope !== null; scope = scope.upper) {
    if (scope === outer) return true;
  }
  return false;
}
