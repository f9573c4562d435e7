/** Which files of a program hold a word: asked for every name that is searched for, so the text of each file is read once. */
import type ts from "typescript";
import { oncePerProgram, projectFiles, type Unit } from "./unit.ts";

/**
 * The project files whose text holds one of some words. A word is an identifier, or the name of a module (`my-client`), and stands
 * between characters that cannot be part of it.
 */
export function filesWithWord(from: Unit, words: readonly string[]): readonly ts.SourceFile[] {
  const wanted = words.map((word) => ({
    parts: (word.match(PART) ?? []).map(hashOf),
    exact: new RegExp(`(?<![\\w$])${word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\w$])`),
  }));
  return (signedFiles(from) ?? []).flatMap(({ file, bits }) =>
    wanted.some(({ parts, exact }) => holdsAll(bits, parts) && exact.test(file.text)) ? file : [],
  );
}

interface SignedFile {
  readonly file: ts.SourceFile;
  readonly bits: Uint32Array;
}

const signedFiles = oncePerProgram((from): readonly SignedFile[] =>
  projectFiles(from).map((file) => ({ file, bits: signatureOf(file) })),
);

const PART = /[\w$]+/g;

/** Set bits of the words of a file, by its text: TypeScript keeps the files that do not change from one program to the next. */
const signatures = new WeakMap<ts.SourceFile, Uint32Array>();

function signatureOf(file: ts.SourceFile): Uint32Array {
  let bits = signatures.get(file);
  if (bits === undefined) signatures.set(file, (bits = sign(file.text)));
  return bits;
}

function holdsAll(bits: Uint32Array, hashes: readonly number[]): boolean {
  const mask = bits.length * 32 - 1;
  for (const hash of hashes)
    if (!isSet(bits, hash & mask) || !isSet(bits, (hash >>> 16) & mask)) return false;
  return true;
}

function isSet(bits: Uint32Array, bit: number): boolean {
  return ((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

/** A Bloom filter with about as many bits as the text has characters, which is twenty to a word. */
function sign(text: string): Uint32Array {
  const size = 2 ** Math.min(11, Math.max(4, Math.ceil(Math.log2(text.length / 32 + 1))));
  const bits = new Uint32Array(size);
  const mask = size * 32 - 1;
  const add = (hash: number): void => {
    for (const bit of [hash & mask, (hash >>> 16) & mask])
      bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  };
  let hash = SEED;
  let isInside = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isWordCode(code)) {
      hash = Math.imul(hash ^ code, PRIME);
      isInside = true;
    } else if (isInside) {
      add(hash);
      hash = SEED;
      isInside = false;
    }
  }
  if (isInside) add(hash);
  return bits;
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
  return hash;
}
