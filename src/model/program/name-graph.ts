/**
 * Which names lead to which: a name leads to those in the code that it stands for, in whatever file. Read off the spelling, without a
 * question to the checker, so two things of one name count as one.
 */
import type ts from "typescript";
import { append } from "../append.ts";
import type { Unit } from "./unit.ts";
import { filesWithWord } from "./words.ts";

/** Something that has names, and the words of its code. A function inside it that has a name of its own is another thing. */
interface Named {
  readonly names: readonly string[];
  /** Whether the names say nothing outside of its file. */
  readonly isLocal: boolean;
  readonly words: Set<string>;
}

type NamedByWord = ReadonlyMap<string, readonly Named[]>;

/** In the words of a thing: one of the nodes that are looked for is in its code. */
const TARGET = "#target";

/** Names that importers replace by their own, with the words that files hold in which that happens. */
const REPLACED: ReadonlyMap<string, readonly string[]> = new Map([
  ["default", ["default", "import"]],
  ["exports", ["exports", "require"]],
]);

/** The names by which code can come to some nodes. */
export interface LeadingNames {
  readonly everywhere: ReadonlySet<string>;
  /** Those of variables and functions inside of functions, by their files. */
  readonly inFile: ReadonlyMap<ts.SourceFile, ReadonlySet<string>>;
}

/**
 * The names of the functions, classes and variables that some nodes stand in, of those that name these, and so on. What is handed on as an
 * argument is not followed.
 * @param targets - the nodes, by their files
 */
export function namesLeadingTo(
  from: Unit,
  targets: ReadonlyMap<ts.SourceFile, ReadonlySet<ts.Node>>,
): LeadingNames {
  const everywhere = new Set<string>();
  const inFile = new Map<ts.SourceFile, Set<string>>();
  const read = new Map<ts.SourceFile, NamedByWord>();

  /** Takes in what holds a word, and what holds the names of that inside of the file. */
  function add(file: ts.SourceFile, word: string): void {
    let byWord = read.get(file);
    if (byWord === undefined) read.set(file, (byWord = namedIn(file, targets.get(file))));
    let known = inFile.get(file);
    if (known === undefined) inFile.set(file, (known = new Set()));
    const words = new Set([word]);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const held of words) {
      for (const { names, isLocal } of byWord.get(held) ?? []) {
        const found = isLocal ? known : everywhere;
        for (const name of names) {
          if (isLocal && !known.has(name)) words.add(name);
          found.add(name);
        }
        // Either module system can import from the other.
        if (names.some((name) => REPLACED.has(name)))
          for (const name of REPLACED.keys()) found.add(name);
      }
    }
  }

  for (const file of targets.keys()) add(file, TARGET);
  for (const word of everywhere)
    for (const file of filesWithWord(from, REPLACED.get(word) ?? [word])) add(file, word);
  return { everywhere, inFile };
}

interface Place {
  readonly node: ts.Node;
  /** The things whose code it is part of. */
  readonly within: readonly Named[];
  readonly isInFunction: boolean;
}

function namedIn(file: ts.SourceFile, targets: ReadonlySet<ts.Node> | undefined): NamedByWord {
  const byWord = new Map<string, Named[]>();
  const stack: Place[] = [{ node: file, within: [], isInFunction: false }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { node } = place;
    const within = thingsAround(place);
    const isInFunction = place.isInFunction || isFunction(node);
    for (const word of targets?.has(node) === true ? [TARGET] : wordsOf(node)) {
      for (const thing of within) {
        if (thing.words.has(word)) continue;
        thing.words.add(word);
        append(byWord, word, thing);
      }
    }
    node.forEachChild((child) => {
      stack.push({ node: child, within, isInFunction });
    });
  }
  return byWord;
}

function thingsAround({ node, within, isInFunction }: Place): readonly Named[] {
  const names = namesOf(node);
  if (names.length === 0) return within;
  const thing = { names, isLocal: isInFunction && !isMember(node), words: new Set<string>() };
  return isNamedFunction(node) ? [thing] : [...within, thing];
}

/** The parts of nodes that tell what they are, whatever number their kind has in the compiler's version. */
interface Parts {
  readonly body?: ts.Node;
  readonly expression?: ts.Node;
  readonly initializer?: ts.Node;
  readonly left?: ts.Node;
  readonly members?: unknown;
  readonly modifiers?: readonly ts.Node[];
  readonly name?: ts.Node;
  readonly operatorToken?: ts.Node;
  readonly parameters?: unknown;
  readonly properties?: unknown;
  readonly right?: ts.Node;
  readonly statements?: unknown;
  readonly text?: unknown;
}

function namesOf(node: ts.Node): readonly string[] {
  const { expression, initializer, left, modifiers = [], name, operatorToken } = node as Parts;
  if (operatorToken !== undefined && left !== undefined)
    return /^[?|&]*=$/.test(textOf(operatorToken)) ? wordsOf((left as Parts).name ?? left) : [];
  // `export default` and `export =` of an expression
  if ("isExportEquals" in node) return [...REPLACED.keys()];
  // What has been waited for is a result: it leads to no call any more.
  const isResult = initializer !== undefined && /^await\b/.test(textOf(initializer));
  const own = name === undefined || expression !== undefined || isResult ? [] : wordsIn(name);
  return modifiers.some((modifier) => textOf(modifier) === "default") ? [...own, "default"] : own;
}

/** Whether something is named through an object. */
function isMember(node: ts.Node): boolean {
  const { left, modifiers = [] } = node as Parts;
  const { members, properties } = node.parent as Parts;
  // Modifiers make a parameter a property.
  const isProperty = (members ?? properties) !== undefined || modifiers.length > 0;
  return isProperty || (left as Parts | undefined)?.name !== undefined;
}

/** Whether a thing is nothing but a function, which runs only when it is named. */
function isNamedFunction(node: ts.Node): boolean {
  const { initializer, parameters, right } = node as Parts;
  if (parameters === undefined) return [initializer, right].some(isFunction);
  const { members, properties, statements } = node.parent as Parts;
  return (members ?? properties ?? statements) !== undefined;
}

function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && "parameters" in node && "body" in node;
}

function wordsIn(root: ts.Node): readonly string[] {
  const words = [...wordsOf(root)];
  root.forEachChild((child) => {
    words.push(...wordsIn(child));
  });
  return words;
}

/** The name or string that a node is. */
function wordsOf(node: ts.Node): readonly string[] {
  // The clause of `import name from`
  if ("namedBindings" in node) return ["default"];
  const { statements, text } = node as Parts;
  const word =
    typeof text === "string" && statements === undefined ? WORD.exec(text)?.[1] : undefined;
  if (word === undefined) return [];
  return word === "require" ? [word, "exports"] : [word];
}

const WORD = /^#?([\w$]+)$/;

function textOf(node: ts.Node): string {
  return node.getText();
}
