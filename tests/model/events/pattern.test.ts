/** Which literals and texts are patterns for failed rule actions. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { it } from "vitest";
import { FAILURE_TYPES } from "../../../src/model/events/failure.ts";
import { soleComparedType } from "../../../src/model/events/misreads.ts";
import { failurePatternAt, failurePatternInText } from "../../../src/model/events/pattern.ts";
import { expectRows } from "../../support/rows.ts";

const [CONNECT, LENS] = FAILURE_TYPES;
const BEFORE = `declare const source: string;
declare const rest: object;
declare const detail: { additionalInfo: string[] };
`;

/** What a literal filters by: the type, members of additionalInfo. */
const filters = (target: TSESTree.Node): string => {
  const pattern = target.type === T.ObjectExpression ? failurePatternAt(target) : undefined;
  if (pattern === undefined) return "no pattern";
  const { types, infoFilter } = pattern;
  return [...types.matched, ...(infoFilter === undefined ? [] : ["info"])].join(", ");
};
const INFO = "{ additionalInfo: { retryable: [true] } }";

it("patterns in code", () => {
  const rows: readonly (readonly [literal: string, expected: string])[] = [
    [`{ detailType: ["${CONNECT}"] }`, CONNECT],
    [`{ "detail-type": ["${LENS}"], source: ["aws.connect"] }`, LENS],
    [`{ source: ["aws.connect", "own"], detailType: ["${LENS}"] }`, LENS],
    [`{ source: [source], detailType: ["${LENS}"] }`, LENS],
    [`{ source: ["own", source], detailType: ["${LENS}"] }`, LENS],
    [`{ source: [, "own"], detailType: ["${LENS}"] }`, LENS],
    [`{ source: [...source], detailType: ["${LENS}"] }`, LENS],
    [`{ source, detailType: ["${LENS}"] }`, LENS],
    [`{ ...rest, detailType: ["${LENS}"] }`, LENS],
    [`{ detailType: ["${LENS}"], detail: ${INFO} }`, `${LENS}, info`],
    [`{ detailType: ["${LENS}"], detail: { ...rest, ...${INFO} } }`, LENS],
    [`{ detailType: ["${LENS}"], detail: { ruleName: { prefix: "a" } } }`, LENS],
    [`{ detailType: ["${LENS}"], detail: { additionalInfo: ["a"] } }`, LENS],
    [`{ detailType: ["${LENS}"], detail }`, LENS],
    [`{ source: ["aws.connect"], detail: ${INFO} }`, "info"],
    // Of another source, of none, or of a type that says which event it is.
    [`{ source: ["own"], detailType: ["${LENS}"] }`, "no pattern"],
    [`{ source: ["own"], detail: ${INFO} }`, "no pattern"],
    [`{ detail: ${INFO} }`, "no pattern"],
    [`{ source: ["aws.connect"] }`, "no pattern"],
    [`{ source: ["aws.connect"], detailType: ["Other"], detail: ${INFO} }`, "no pattern"],
    [`{ detailType: [{ prefix: "Contact Lens" }] }`, "no pattern"],
    [`{ detailType: ["Contact Lens Post Call Rules Matched"] }`, "no pattern"],
    [`{ detailType: ["${LENS}"], "detail-type": ["${LENS}"] }`, "no pattern"],
    [`{ detailType: "${LENS}" }`, "no pattern"],
    ["{}", "no pattern"],
  ];
  expectRows(
    rows.map(([literal, expected]) => [
      literal,
      `${BEFORE}export const list = [/*target*/ ${literal}];`,
      expected,
    ]),
    filters,
  );
});

/** What a pattern in a text lets through, and what it gets wrong. */
const written = (target: TSESTree.Node): string => {
  const pattern =
    target.type === T.Literal || target.type === T.TemplateLiteral
      ? failurePatternInText(target)
      : undefined;
  if (pattern === undefined) return "no pattern";
  const faults = [pattern.hasCdkKey ? "key" : "", pattern.filtersInfo ? "info" : ""];
  return [...pattern.types, ...faults.filter((fault) => fault !== "")].join(", ");
};

it("patterns in text", () => {
  const rows: readonly (readonly [value: string, expected: string])[] = [
    [`{ "detail-type": ["${LENS}"] }`, LENS],
    [`{ "detail-type": ["${LENS}", "${CONNECT}", "Other"] }`, `${CONNECT}, ${LENS}`],
    [`{ "detailType": ["${LENS}"] }`, `${LENS}, key`],
    [
      `{ "detail-type": ["${LENS}"], "detail": ${INFO.replaceAll(/\w+(?=:)/g, '"$&"')} }`,
      `${LENS}, info`,
    ],
    [`{ "detail-type": ["${LENS}"], "detail": { "additionalInfo": ["a"] } }`, LENS],
    [`{ "detail-type": ["${LENS}"], "detail": { "additionalInfo": null } }`, LENS],
    [`{ "detail-type": ["${LENS}"], "detail": null }`, LENS],
    [`{ "detail-type": ["${LENS}", { "prefix": "a" }] }`, "no pattern"],
    [`{ "detail-type": "${LENS}" }`, "no pattern"],
    [`{ "name": "${LENS}" }`, "no pattern"],
    [`["${LENS}"]`, "no pattern"],
    [`"${LENS}"`, "no pattern"],
    ["null", "no pattern"],
    [LENS, "no pattern"],
    [`{ "detail-type": ["Other"] }`, "no pattern"],
  ];
  const texts = rows.flatMap(([value, expected]) => [
    [`'${value}'`, expected] as const,
    [`\`${value}\``, expected] as const,
  ]);
  expectRows(
    [...texts, ["42", "no pattern"] as const, ["/a/", "no pattern"] as const].map(
      ([literal, expected]) => [literal, `export const list = [/*target*/ ${literal}];`, expected],
    ),
    written,
  );
});

it("one name that the type of an event is compared with", () => {
  const compared = (target: TSESTree.Node): string =>
    target.type === T.BinaryExpression
      ? (soleComparedType(target.right, target.left) ?? "none")
      : "none";
  const rows: readonly (readonly [comparison: string, expected: string])[] = [
    [`event["detail-type"] === "${LENS}"`, LENS],
    [`event["detail-type"] !== "${CONNECT}"`, CONNECT],
    [`type === "${LENS}"`, LENS],
    [`event["detail-type"] === "Other"`, "none"],
    [`event.detail.title === "${LENS}"`, "none"],
    [`title === "${LENS}"`, "none"],
    [`event["detail-type"] === title`, "none"],
    [`event["detail-type"] === 1`, "none"],
    [`event["detail-type"] === "${LENS}" || event["detail-type"] === "${CONNECT}"`, "none"],
  ];
  expectRows(
    rows.map(([comparison, expected]) => [
      comparison,
      `declare const title: any;
export const handler = (event: any) => {
  const { "detail-type": type } = event;
  const found = [type, /*target*/ ${comparison}];
  return found;
};`,
      expected,
    ]),
    compared,
  );
});
