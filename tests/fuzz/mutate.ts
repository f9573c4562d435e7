/** Programs that nobody would write, but that parse: snippets with tokens deleted, doubled, exchanged and replaced. */
import { parse } from "@typescript-eslint/parser";
import type { Dice } from "./dice.ts";

const TRIES = 12;

/** A mutant of one of the snippets; the snippet itself where no mutant parses. */
export function mutant(snippets: readonly string[], dice: Dice): string {
  const original = dice.pick(snippets);
  const tokens = tokensOf(original);
  const foreign = tokensOf(dice.pick(snippets));
  if (tokens.length === 0 || foreign.length === 0) return original;
  let best = tokens;
  for (let count = 0; count < TRIES; count++) {
    const next = mutate(best, foreign, dice);
    if (parses(next.join(" "))) best = next;
  }
  return best.join(" ");
}

function mutate(tokens: readonly string[], foreign: readonly string[], dice: Dice): string[] {
  const at = dice.below(tokens.length);
  const one = tokens[at] ?? "";
  const other = dice.below(tokens.length);
  switch (dice.below(6)) {
    case 0:
      return tokens.toSpliced(at, 1);
    case 1:
      return tokens.toSpliced(at, 0, one);
    case 2:
      return tokens.with(at, tokens[other] ?? one).with(other, one);
    case 3:
      return tokens.with(at, dice.pick(foreign));
    case 4:
      return tokens.toSpliced(at, 1 + dice.below(4));
    default: {
      const from = dice.below(foreign.length);
      return tokens.toSpliced(at, 0, ...foreign.slice(from, from + 1 + dice.below(8)));
    }
  }
}

/** Tokens as written; a line break that a comment or a missing semicolon needs stays with its token. */
function tokensOf(code: string): string[] {
  try {
    const { tokens } = parse(code, { range: true, tokens: true, sourceType: "module" });
    return tokens.map(({ range }, index) => {
      const next = tokens[index + 1];
      const gap = next === undefined ? "" : code.slice(range[1], next.range[0]);
      return code.slice(...range) + (gap.includes("\n") ? "\n" : "");
    });
  } catch {
    return [];
  }
}

function parses(code: string): boolean {
  try {
    parse(code, { sourceType: "module" });
    return true;
  } catch {
    return false;
  }
}
