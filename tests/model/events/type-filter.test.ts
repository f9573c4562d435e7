/** Which of the documented names a filter by type lets through. */
import { expect, it } from "vitest";
import { FAILURE_TYPES } from "../../../src/model/events/failure.ts";
import { typeFilter } from "../../../src/model/events/type-filter.ts";
import { unitOf } from "../../../src/model/program/unit.ts";
import { withModel } from "../../support/model.ts";
import { expectRows } from "../../support/rows.ts";

const [CONNECT, LENS] = FAILURE_TYPES;
const BEFORE = `import { aws_events, aws_events as events } from "aws-cdk-lib";
const { Match } = aws_events;
const BOTH = ["${CONNECT}", "${LENS}"];
const NAME = "${LENS}";
declare const Matcher: typeof Match;
declare const given: string;
declare const rest: { prefix: string };
declare function list(): string[];
`;

/** The letters of the names that are let through, `?` where more may be, and the part that names the event. */
const expectFilters = (rows: readonly (readonly [filter: string, expected: string])[]): void => {
  expectRows(
    rows.map(([filter, expected]) => [
      filter,
      `${BEFORE}export const filters = [/*target*/ ${filter}];`,
      expected,
    ]),
    (target) => {
      const { matched, isComplete, named } = typeFilter(target);
      const letters = matched.map((type) => (type === CONNECT ? "C" : "L")).join("");
      const part = named === undefined ? "" : ` by ${unitOf(named).text.slice(...named.range)}`;
      return `${letters}${isComplete ? "" : "?"}${part}`;
    },
  );
};

it("which names a filter lets through", () => {
  expectFilters([
    [`["${CONNECT}"]`, `C by "${CONNECT}"`],
    [`["${CONNECT}", "${LENS}"]`, `CL by "${CONNECT}"`],
    ["[NAME]", "L by NAME"],
    ["BOTH", `CL by "${CONNECT}"`],
    ["[...BOTH]", `CL by "${CONNECT}"`],
    ['[{ prefix: "Amazon Connect Rules" }]', 'C by { prefix: "Amazon Connect Rules" }'],
    [
      '[{ suffix: "Lens Rules Action Execution Failed" }]',
      'L by { suffix: "Lens Rules Action Execution Failed" }',
    ],
    [
      '[{ "equals-ignore-case": "CONTACT LENS Rules ACTION execution failed" }]',
      'L by { "equals-ignore-case": "CONTACT LENS Rules ACTION execution failed" }',
    ],
    ['[{ wildcard: "*Rules Action*" }]', 'CL by { wildcard: "*Rules Action*" }'],
    ['[{ wildcard: "Contact*Rules*Failed" }]', 'L by { wildcard: "Contact*Rules*Failed" }'],
    // A dot is a dot.
    ['[{ wildcard: "Contact.Lens Rules*" }]', ' by { wildcard: "Contact.Lens Rules*" }'],
    // The whole name has to fit.
    ['[{ wildcard: "Rules Action*" }]', ' by { wildcard: "Rules Action*" }'],
    // A wide filter is not about this event.
    ['[{ prefix: "Contact Lens" }]', "L"],
    ['["Contact Lens Post Call Rules Matched"]', ' by "Contact Lens Post Call Rules Matched"'],
    [`Match.exactString("${CONNECT}")`, `C by "${CONNECT}"`],
    [`events.Match.exactString("${CONNECT}")`, `C by "${CONNECT}"`],
    [`Match.anyOf("${CONNECT}", NAME)`, `CL by "${CONNECT}"`],
    ['Match.anyOf(Match.prefix("Amazon Connect Rules"))', 'C by "Amazon Connect Rules"'],
    [
      '[Match.suffix("Lens Rules Action Execution Failed")]',
      'L by "Lens Rules Action Execution Failed"',
    ],
    [
      'Match.equalsIgnoreCase("contact lens Rules action execution failed")',
      'L by "contact lens Rules action execution failed"',
    ],
    ['Match.wildcard("Contact*Rules*")', 'L by "Contact*Rules*"'],
  ]);
});

it("a filter of which not everything can be read", () => {
  expectFilters([
    ["[]", ""],
    ["[given]", "?"],
    ["[...list()]", "?"],
    [`["${CONNECT}", given]`, `C? by "${CONNECT}"`],
    [`[, "${CONNECT}"]`, `C? by "${CONNECT}"`],
    [`["${CONNECT}", { "anything-but": "a" }]`, `C? by "${CONNECT}"`],
    ['[{ prefix: "Amazon Connect Rules", suffix: "Failed" }]', "?"],
    ["[{}]", "?"],
    ["[{ ...rest }]", "?"],
    ["[{ prefix: given }]", "?"],
    [`"${CONNECT}"`, "?"],
    ["list()", "?"],
    ["Match.exists()", "?"],
    ["Match.exactString()", "?"],
    ["Match.prefix()", "?"],
    ["Match.prefix(given)", "?"],
    [`Matcher.exactString("${CONNECT}")`, "?"],
    [`events.exactString("${CONNECT}")`, "?"],
  ]);
});

it("what some caller passes is not all that there is", () => {
  const code = `const patternOf = (types: string[]) => [/*target*/ types];
export const pattern = patternOf(["${CONNECT}"]);`;
  expect(
    withModel({ "file.ts": code }, (_unit, [target]) => target && typeFilter(target).isComplete),
  ).toBe(false);
});
