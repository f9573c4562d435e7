/** Choices made from a list of numbers, so that fast-check finds, prints and shrinks them: zero is always the plainest choice. */
import fc from "fast-check";

export class Dice {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[] = []) {
    this.#numbers = numbers;
  }

  /** A number from zero to below `limit`; zero when the list has run out. */
  below(limit: number): number {
    const number = this.#numbers[this.#at++] ?? 0;
    return limit <= 1 ? 0 : number % limit;
  }

  /** One of the values; the plainest stands first. */
  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from.");
    return value;
  }

  /** Happens once in `times`; not at all when the list has run out. */
  oneIn(times: number): boolean {
    return this.below(times) === times - 1;
  }
}

/** Dice with `length` numbers; later choices are the plainest. */
export function dice(length: number): fc.Arbitrary<Dice> {
  return fc
    .array(fc.nat({ max: 9999 }), { minLength: length, maxLength: length, size: "max" })
    .map((numbers) => new Dice(numbers));
}

/** The number of programs and the seed of this run: `FUZZ_RUNS`, `FUZZ_SEED`. */
export const fuzzSeed = Number(process.env["FUZZ_SEED"] ?? 20_261_121);

/**
 * How often a property is tried.
 * @param usual - in `npm test`; `FUZZ_RUNS` multiplies it in per cent of the usual 100
 */
export function fuzzRuns(usual: number): number {
  return Math.max(1, Math.round((usual * Number(process.env["FUZZ_RUNS"] ?? 100)) / 100));
}

/** Looks for the smallest program that fails. Takes minutes and much memory, so only on request. */
export const isShrinking = process.env["FUZZ_SHRINK"] !== undefined;
