/** Which files of a program hold a word: asked for every name that is searched for, so the text of each file is read once. */
import type ts from "typescript";
import { append } from "../append.ts";
import { oncePerProgram, projectFiles, type Unit } from "./unit.ts";

/**
 * The project files whose text holds one of some words, in the order of the program. A word is an identifier, or the name of a module
 * (`my-client`), and stands between characters that cannot be part of it.
 */
export function filesWithWord(from: Unit, words: readonly string[]): readonly ts.SourceFile[] {
  const index = indexOf(from);
  if (index === undefined) return [];
  const { files, places } = index;
  const found = new Set<number>();
  for (const word of words) {
    const exact = new RegExp(`(?<![\\w$])${word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\w$])`);
    // A name of letters beyond ASCII has no such part: then every file is looked at.
    const [rarest = files.keys()] = (word.match(PART) ?? [])
      .map((part) => places.get(hashOf(part)) ?? [])
      .sort((a, b) => a.length - b.length);
    for (const place of rarest) if (exact.test(files[place]?.text ?? "")) found.add(place);
  }
  return [...found].sort((a, b) => a - b).flatMap((place) => files[place] ?? []);
}

interface WordIndex {
  readonly files: readonly ts.SourceFile[];
  /** The places among the files of those that hold a word, by its hash. */
  readonly places: ReadonlyMap<number, readonly number[]>;
}

const indexOf = oncePerProgram((from): WordIndex => {
  const files = projectFiles(from);
  const places = new Map<number, number[]>();
  for (const [place, file] of files.entries())
    for (const hash of hashesOf(file)) append(places, hash, place);
  return { files, places };
});

const PART = /[\w$]+/g;

/** The hashes of the words of a file, by its text: TypeScript keeps the files that do not change from one program to the next. */
const hashes = new WeakMap<ts.SourceFile, Uint32Array>();

function hashesOf(file: ts.SourceFile): Uint32Array {
  let found = hashes.get(file);
  if (found === undefined) hashes.set(file, (found = hashWords(file.text)));
  return found;
}

function hashWords(text: string): Uint32Array {
  const found = new Set<number>();
  let hash = SEED;
  let isInside = false;
  for (let index = 0; index <= text.length; index++) {
    const code = text.charCodeAt(index);
    if (isWordCode(code)) {
      hash = Math.imul(hash ^ code, PRIME);
      isInside = true;
    } else if (isInside) {
      found.add(hash >>> 0);
      hash = SEED;
      isInside = false;
    }
  }
  return Uint32Array.from(found);
}

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** The same characters as {@link PART}. */
function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}

function hashOf(word: string): number {
  let hash = SEED;
  for (let index = 0; index < word.length; index++)
    hash = Math.imul(hash ^ word.charCodeAt(index), PRIME);
  return hash >>> 0;
}
