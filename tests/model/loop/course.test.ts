import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { Course } from "../../../src/model/loop/course.ts";
import { UNREADABLE } from "../../../src/model/loop/readings.ts";

const LIST = { type: T.Identifier } as TSESTree.Node;

type Turn = (course: Course, n: number) => void;

/** The course of one turn with its number. */
function courseOf(turn: Turn, n: number): Course {
  const course = new Course();
  course.values.set("n", n);
  turn(course, n);
  return course;
}

/** How many more turns are foretold after three, with the numbers 10, 11 and 12. */
const turnsAhead = (turn: Turn): number =>
  courseOf(turn, 12).turnsAhead([courseOf(turn, 10), courseOf(turn, 11)]);

describe("turns that are foretold, all but two of those that come out alike", () => {
  it.each<[string, number, Turn]>([
    ["up to a limit", 486, (course, n) => course.applied("<", n, 500)],
    ["down to a limit", 486, (course, n) => course.applied(">", -n, -500)],
    ["in steps that pass over the limit", 162, (course, n) => course.applied("<", 3 * n, 527)],
    [
      "to the nearest of two limits",
      86,
      (course, n) => {
        course.applied("<", n, 500);
        course.applied("===", n, 100);
      },
    ],
    ["until a number is zero", 286, (course, n) => course.asked(n - 300)],
    [
      "through arithmetic",
      486,
      (course, n) => {
        course.applied("+", n, 0);
        course.applied("<", n, 500);
      },
    ],
    [
      "with operands that stay as they are",
      486,
      (course, n) => {
        course.applied("%", 7, 3);
        course.applied("===", "open", "closed");
        course.applied("<", n, 500);
      },
    ],
    ["where the limit has gone by", Infinity, (course, n) => course.applied("<", n, -500)],
    ["where the limit recedes as fast", Infinity, (course, n) => course.applied("<", n, n + 1)],
    ["where nothing is asked", Infinity, () => undefined],
  ])("%s: %d", (_, expected, turn) => {
    expect(turnsAhead(turn)).toBe(expected);
  });

  it.each<[string, Turn]>([
    ["where the limit is two turns away", (course, n) => course.applied("<", n, 14)],
    ["where what is compared grows ever faster", (course, n) => course.applied("<", n * n, 500)],
    [
      "where another operator has what changes",
      (course, n) => {
        course.applied("%", n, 7);
        course.applied("<", n, 500);
      },
    ],
    [
      "where a function has it",
      (course, n) => {
        course.bent(n);
        course.applied("<", n, 500);
      },
    ],
    [
      "where it is compared with what is no number",
      (course, n) => course.applied("<", n, `${String(n)}px`),
    ],
    [
      "where not all turns decide the same",
      (course, n) => {
        course.applied("<", n, 500);
        if (n === 12) course.applied("<", n, 900);
      },
    ],
    [
      "where another value appears",
      (course, n) => {
        if (n === 12) course.values.set("m", 1);
        course.applied("<", n, 500);
      },
    ],
    [
      "where a text changes",
      (course, n) => {
        course.values.set("text", String(n));
        course.applied("<", n, 500);
      },
    ],
    [
      "where a list is taken from now and then",
      (course, n) => {
        course.items.set(LIST, n % 2);
        course.applied("<", n, 500);
      },
    ],
  ])("none %s", (_, turn) => {
    expect(turnsAhead(turn)).toBe(0);
  });
});

it("lets what changes change on, and leaves the rest as it is", () => {
  const turn: Turn = (course, n) => {
    course.values.set("down", 100 - 5 * n);
    course.values.set("text", "open");
    course.values.set("unread", UNREADABLE);
  };
  const course = courseOf(turn, 12);
  course.skip(courseOf(turn, 11), 30);
  expect([...course.values]).toEqual([
    ["n", 42],
    ["down", -110],
    ["text", "open"],
    ["unread", UNREADABLE],
  ]);
});
