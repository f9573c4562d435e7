/**
 * Members that files of the program name whose trees have not been made: asked of the compiler's own tree, so that only files that
 * matter are made into ESTree.
 */
import type ts from "typescript";
import { rawDeclarations, rawMemberDeclarations } from "./checker.ts";
import { packageOfFile } from "./package-name.ts";
import { oncePerProgram, sourceFileOf, type Unit } from "./unit.ts";
import { filesWithWord } from "./words.ts";

/**
 * Whether a file may call a method on an instance of a class from certain packages. It may where the method is declared there, or by a class
 * of the project that inherits, or where the checker does not know it.
 * @param isCall - whether a method is to be looked at, by the text of the first argument where it stands in a call
 */
export function mayCallMethod(
  from: Unit,
  file: ts.SourceFile,
  isCall: (method: string, argument: string | undefined) => boolean,
  isOwner: (packageName: string) => boolean,
): boolean {
  return someMember(
    from,
    file,
    (name, { parent }) => {
      const { arguments: given } = parent as Partial<ts.CallExpression>;
      return isCall(name, given === undefined ? undefined : (given[0]?.getText(file) ?? ""));
    },
    (declarations) =>
      declarations === undefined ||
      declarations.some(
        (declaration) =>
          isOwner(packageOfFile(declaration.getSourceFile().fileName)?.name ?? "") ||
          (!declaration.getSourceFile().isDeclarationFile &&
            (declaration.parent as Partial<ts.ClassDeclaration>).heritageClauses !== undefined),
      ),
  );
}

/** For a file that holds the name of a member: the files that declare the members of that name in it. */
type DeclaringFiles = ReadonlyMap<ts.SourceFile, ReadonlySet<ts.SourceFile>>;

const declaringByName = oncePerProgram(() => new Map<string, DeclaringFiles>());

/**
 * The project files that name, through an object, a member of that name which the given file declares, in the order of the program; the
 * given file is one where it holds the name at all. Many classes have methods of one name, so the files are asked once for all of them.
 * @param elsewhere - further files that declare the member: interfaces are mostly kept apart from what implements them
 */
export function filesNamingMember(
  owner: Unit,
  name: string,
  elsewhere: readonly ts.SourceFile[] = [],
): readonly ts.SourceFile[] {
  const own = sourceFileOf(owner);
  const known = declaringByName(owner);
  if (own === undefined || known === undefined) return [];
  const declaring = known.get(name) ?? findDeclaringFiles(owner, name);
  known.set(name, declaring);
  return [...declaring.keys()].filter(
    (file) =>
      file === own || [own, ...elsewhere].some((owners) => declaring.get(file)?.has(owners)),
  );
}

function findDeclaringFiles(from: Unit, name: string): DeclaringFiles {
  const found = new Map<ts.SourceFile, Set<ts.SourceFile>>();
  for (const file of filesWithWord(from, [name])) {
    const declaring = new Set<ts.SourceFile>();
    found.set(file, declaring);
    const add = (declarations: readonly ts.Declaration[] = []): boolean => {
      for (const declaration of declarations) declaring.add(declaration.getSourceFile());
      return false;
    };
    someMember(from, file, (member) => member === name, add);
    for (const pattern of patternsWithKey(file, name))
      add(rawMemberDeclarations(from, pattern, name));
  }
  return found;
}

/**
 * The patterns of a file that take a member of that name out of something: `const { find } = users`, `({ find: search }) => …`. The elements
 * of array literals have no keys, but members among them have names.
 */
function patternsWithKey(file: ts.SourceFile, key: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const { elements } = node as Partial<ts.ObjectBindingPattern>;
    const isKey = (element: ts.BindingElement): boolean =>
      !("expression" in element) &&
      ((element.propertyName ?? element.name) as Partial<ts.Identifier> | undefined)?.text === key;
    if (elements?.some(isKey) === true) found.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/**
 * Whether a member that a file names through an object passes a test.
 * @param isCandidate - tells by spelling which members the checker is asked about
 * @param test - is given the member's declarations, `undefined` where the checker knows none
 */
function someMember(
  from: Unit,
  file: ts.SourceFile,
  isCandidate: (name: string, node: ts.Node) => boolean,
  test: (declarations: readonly ts.Declaration[] | undefined) => boolean,
): boolean {
  const visit = (node: ts.Node): true | undefined => {
    const { expression, name } = node as Partial<ts.PropertyAccessExpression>;
    if (
      expression !== undefined &&
      name !== undefined &&
      isCandidate(name.text, node) &&
      test(rawDeclarations(from, name))
    )
      return true;
    return node.forEachChild(visit);
  };
  return visit(file) === true;
}
