/**
 * What the numbers of a region are from round to round, and what was decided by them: where they change by the same amount each time, it can be
 * told when a decision will change, without running through all the rounds until then.
 */
import type { TSESTree } from "@typescript-eslint/utils";
import type { Place } from "./places.ts";
import type { Reading } from "./readings.ts";

const COMPARISON = /^(?:[=!]==?|[<>]=?)$/;
const LINEAR = /^[-+*/]$/;

/** The values of places, and the decisions since `begin`. */
export class Course {
  readonly values = new Map<Place, Reading>();
  /** How many items of its list a loop has taken. */
  readonly items = new Map<TSESTree.Node, number>();
  /** How far each decision was from coming out differently, in the order in which they were taken. */
  #margins: number[] = [];
  /** What must stay as it is for the rest to be foretold: operands of whatever does not follow a straight line. */
  #bends: Reading[] = [];

  /** The same, to be changed on its own. */
  copy(): Course {
    const copy = new Course();
    for (const [place, value] of this.values) copy.values.set(place, value);
    for (const [node, count] of this.items) copy.items.set(node, count);
    copy.#margins = [...this.#margins];
    copy.#bends = [...this.#bends];
    return copy;
  }

  /** Whether all values and lists are as in another course. */
  equals({ values, items }: Course): boolean {
    return isEqual(this.values, values) && isEqual(this.items, items);
  }

  /** Forgets the decisions taken so far. */
  begin(): void {
    this.#margins = [];
    this.#bends = [];
  }

  /** Takes over the decisions that came after the same ones in another course. */
  decideAs(other: Course): void {
    this.#margins = [...other.#margins];
    this.#bends = [...other.#bends];
  }

  /** Notes that it was asked whether a value is zero, or what stands for it. */
  asked(value: Reading): void {
    if (typeof value === "number") this.#margins.push(value);
  }

  /** Notes that an operator was applied. */
  applied(operator: string, left: Reading, right: Reading): void {
    const margin = typeof left === "number" && typeof right === "number" ? left - right : NaN;
    const isKnown = !Number.isNaN(margin);
    if (isKnown && COMPARISON.test(operator)) this.#margins.push(margin);
    else if (!isKnown || !LINEAR.test(operator)) this.bent(left, right);
  }

  /** Notes that something was made of values that need not change as they do. */
  bent(...values: readonly Reading[]): void {
    this.#bends.push(...values);
  }

  /**
   * How often what happened between two courses and this one will happen again before a decision comes out differently.
   * @param earlier - the courses one and two turns ago, each with the decisions of its own turn
   * @returns the number of turns, the last two left out; 0 where nothing can be told, `Infinity` where nothing will ever change
   */
  turnsAhead([first, second]: readonly [Course, Course]): number {
    const areStraight =
      isStraight(first.values, second.values, this.values) &&
      isStraight(first.items, second.items, this.items) &&
      isStraight(first.#marginsByTurn(), second.#marginsByTurn(), this.#marginsByTurn());
    if (!areStraight) return 0;
    const isBent = this.#bends.some((value, index) => !Object.is(value, second.#bends[index]));
    if (isBent || this.#bends.length !== second.#bends.length) return 0;
    const turns = this.#margins.map((margin, index) => {
      const change = margin - (second.#margins[index] ?? margin);
      const left = change === 0 ? Infinity : -margin / change;
      return left < 0 ? Infinity : left;
    });
    return Math.max(0, Math.ceil(Math.min(Infinity, ...turns)) - 2);
  }

  #marginsByTurn(): ReadonlyMap<number, number> {
    return new Map(this.#margins.entries());
  }

  /** Lets the values change some more times as they have since an earlier course. */
  skip(earlier: Course, turns: number): void {
    for (const [place, value] of this.values)
      this.values.set(place, later(earlier.values.get(place), value, turns));
    for (const [node, count] of this.items)
      this.items.set(node, count + (count - (earlier.items.get(node) ?? count)) * turns);
  }
}

/** Tells when values come to be what they were some rounds before: each is held against one that is kept for twice as long as the last. */
export class Recurrence {
  #kept: Course | undefined;
  #keptAt = 0;
  /** How many rounds there were. */
  length = 0;

  /** Whether the values after one more round were there before. */
  comesBackTo(course: Course): boolean {
    this.length += 1;
    if (this.#kept?.equals(course) === true) return true;
    if (this.length >= 2 * this.#keptAt) {
      this.#kept = course.copy();
      this.#keptAt = this.length;
    }
    return false;
  }
}

/** Whether everything has stayed as it is, or changed by the same amount twice. */
function isStraight<Key>(
  first: ReadonlyMap<Key, Reading>,
  second: ReadonlyMap<Key, Reading>,
  third: ReadonlyMap<Key, Reading>,
): boolean {
  return (
    first.size === third.size &&
    second.size === third.size &&
    [...third].every(([key, value]) => {
      const [before, earlier] = [second.get(key), first.get(key)];
      if (Object.is(value, before)) return Object.is(before, earlier);
      return (
        typeof value === "number" &&
        typeof before === "number" &&
        typeof earlier === "number" &&
        value - before === before - earlier
      );
    })
  );
}

function isEqual<Key>(one: ReadonlyMap<Key, Reading>, other: ReadonlyMap<Key, Reading>): boolean {
  return (
    one.size === other.size && [...one].every(([key, value]) => Object.is(value, other.get(key)))
  );
}

function later(before: Reading, now: Reading, turns: number): Reading {
  return typeof now === "number" && typeof before === "number" && now !== before
    ? now + (now - before) * turns
    : now;
}
