/** In which syntax a pattern is read, by the place where it stands. */
import { it } from "vitest";
import { syntaxOf } from "../../../src/model/events/pattern-syntax.ts";
import { expectRows } from "../../support/rows.ts";

const EVENTS =
  'import { Archive, CfnRule, type EventPattern, Rule } from "aws-cdk-lib/aws-events";\n';
const places = (syntax: string, rows: readonly (readonly [string, string])[]): void => {
  expectRows(
    rows.map(([what, code]) => [what, `declare const scope: any;\n${code}`, syntax]),
    (target) => syntaxOf(target),
  );
};

it("the syntax of the CDK", () => {
  places("cdk", [
    ["a rule", `${EVENTS}new Rule(scope, "r", { eventPattern: /*target*/ {} });`],
    [
      "a rule of a namespace",
      'import * as events from "aws-cdk-lib/aws-events";\nnew events.Rule(scope, "r", { eventPattern: /*target*/ {} });',
    ],
    [
      "a rule of the whole library",
      'import { aws_events } from "aws-cdk-lib";\nnew aws_events.Rule(scope, "r", { eventPattern: /*target*/ {} });',
    ],
    [
      "a rule of CDK 1",
      'import { Rule } from "@aws-cdk/aws-events";\nnew Rule(scope, "r", { eventPattern: /*target*/ {} });',
    ],
    [
      "a rule of CDK 1 in one package",
      'import { aws_events } from "monocdk";\nnew aws_events.Rule(scope, "r", { eventPattern: /*target*/ {} });',
    ],
    ["a pattern that is added to a rule", "scope.addEventPattern(/*target*/ {});"],
    [
      "a constant",
      `${EVENTS}const pattern = /*target*/ {};\nnew Rule(scope, "r", { eventPattern: pattern });`,
    ],
    [
      "a frozen constant",
      `${EVENTS}const pattern = Object.freeze(/*target*/ {});\nnew Rule(scope, "r", { eventPattern: pattern });`,
    ],
    [
      "a constant for two rules",
      `${EVENTS}const eventPattern = /*target*/ {};\nnew Rule(scope, "a", { eventPattern });\nnew Rule(scope, "b", { eventPattern });`,
    ],
    ["a constant of the type", `${EVENTS}const pattern: EventPattern = /*target*/ {};`],
    [
      "a constant of the type in a namespace",
      'import * as events from "aws-cdk-lib/aws-events";\nconst pattern: events.EventPattern = /*target*/ {};',
    ],
  ]);
});

it("JSON", () => {
  places("json", [
    [
      "a rule of CloudFormation in the CDK",
      `${EVENTS}new CfnRule(scope, "r", { eventPattern: /*target*/ {} });`,
    ],
    ["a template of CloudFormation", "scope.add({ EventPattern: /*target*/ {} });"],
    ["a template of SAM", "scope.add({ Pattern: /*target*/ {} });"],
    ["the Serverless Framework", "scope.add({ eventBridge: { pattern: /*target*/ {} } });"],
    ["its events of CloudWatch", "scope.add({ cloudwatchEvent: { event: /*target*/ {} } });"],
    ["text", "JSON.stringify(/*target*/ {});"],
    ["text of Terraform", "scope.jsonencode(/*target*/ {});"],
    ["text of a stack", "scope.toJsonString(/*target*/ {});"],
  ]);
});

it("a place that does not tell", () => {
  places("unknown", [
    [
      "another construct of the CDK",
      `${EVENTS}new Archive(scope, "a", { eventPattern: /*target*/ {} });`,
    ],
    [
      "a construct of another module",
      'import { Rule } from "my-aws-cdk-lib";\nnew Rule(scope, "r", { eventPattern: /*target*/ {} });',
    ],
    [
      "a construct of another module of the CDK",
      'import { Rule } from "aws-cdk-lib/aws-events-targets";\nnew Rule(scope, "r", { eventPattern: /*target*/ {} });',
    ],
    [
      "a class of the file",
      "class Rule { constructor(...given: unknown[]) { console.log(given); } }\nnew Rule(scope, { eventPattern: /*target*/ {} });",
    ],
    ["an option of a function", "scope.make({ eventPattern: /*target*/ {} });"],
    ["an argument of a function", "scope.make(/*target*/ {});"],
    ["another writer of text", "scope.stringify(/*target*/ {});"],
    ["a pattern of something else", "scope.add({ form: { pattern: /*target*/ {} } });"],
    ["an event of something else", "scope.add({ http: { event: /*target*/ {} } });"],
    ["any other property", "scope.add({ filter: /*target*/ {} });"],
    [
      "a constant that is used in both ways",
      `${EVENTS}const eventPattern = /*target*/ {};\nnew Rule(scope, "a", { eventPattern });\nJSON.stringify(eventPattern);`,
    ],
    ["a constant that nothing uses", "const pattern = /*target*/ {};"],
    [
      "a constant that other files may use",
      `${EVENTS}export const eventPattern = /*target*/ {};\nnew Rule(scope, "a", { eventPattern });`,
    ],
    ["what is taken apart", "const { source } = /*target*/ {} as any;"],
    [
      "a constant of a type with that name",
      'import type { EventPattern } from "./types.js";\nconst pattern: EventPattern = /*target*/ {};',
    ],
    ["a constant of another type", `${EVENTS}const pattern: Rule = /*target*/ {};`],
    ["a constant of a type in place", "const pattern: { source?: string[] } = /*target*/ {};"],
    [
      "a constant of a type in another namespace",
      'import * as events from "./types.js";\nconst pattern: events.EventPattern = /*target*/ {};',
    ],
    [
      "a constant of another type in the namespace",
      'import * as events from "aws-cdk-lib/aws-events";\nconst pattern: events.RuleProps = /*target*/ {};',
    ],
    ["what is returned", "const make = () => { return /*target*/ {}; };"],
  ]);
});
