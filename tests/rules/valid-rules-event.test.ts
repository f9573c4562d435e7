import { rule } from "../../src/rules/valid-rules-event.ts";
import { ruleTester } from "../support/rule-tester.ts";

const CONNECT = "Amazon Connect Rules Action Execution Failed";
const LENS = "Contact Lens Rules Action Execution Failed";

/** The part of the CDK that patterns are written for. */
const CDK = {
  "node_modules/aws-cdk-lib/package.json": `{ "name": "aws-cdk-lib", "version": "2.276.0" }`,
  "node_modules/aws-cdk-lib/aws-events/package.json": `{ "main": "index.js", "types": "index.d.ts" }`,
  "node_modules/aws-cdk-lib/aws-events/index.d.ts": `export interface EventPattern { readonly source?: string[]; readonly detailType?: string[]; readonly detail?: { [key: string]: any } }
export declare class Rule { constructor(scope: object, id: string, props: { eventPattern?: EventPattern }); addEventPattern(pattern?: EventPattern): void; }
export declare class CfnRule { constructor(scope: object, id: string, props: { eventPattern?: any }); }
export declare class Match { static exactString(value: string): string[]; static anyOf(...values: any[]): string[]; static suffix(value: string): string[]; static prefix(value: string): string[]; }`,
};
const RULE = `import { CfnRule, Match, Rule, type EventPattern } from "aws-cdk-lib/aws-events";
declare const stack: object;
void [CfnRule, Match, Rule]; declare const other: EventPattern; void other;`;
const EVENT = `interface EventBridgeEvent<Type extends string, Detail> { "detail-type": Type; source: string; detail: Detail }
type FailureEvent = EventBridgeEvent<"${CONNECT}", any>;`;
const JS = { filename: "src/file.js", parser: "espree" as const };
const HELPER = `import { parseRulesActionFailure } from "eslint-plugin-connect-resilience/backoff";`;

ruleTester.run("valid-rules-event", rule, {
  valid: [
    `export const answer = "aws.connect";`,
    {
      name: "both names",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${CONNECT}", "${LENS}"] } });`,
    },
    {
      name: "a suffix that both have",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: Match.suffix("Rules Action Execution Failed") } });`,
    },
    {
      name: "any of both",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { detailType: Match.anyOf("${CONNECT}", "${LENS}") } });`,
    },
    {
      name: "a rule for each",
      files: CDK,
      code: `${RULE}
new Rule(stack, "a", { eventPattern: { source: ["aws.connect"], detailType: ["${CONNECT}"] } });
new Rule(stack, "b", { eventPattern: { source: ["aws.connect"], detailType: ["${LENS}"] } });`,
    },
    {
      name: "a suffix in JSON",
      code: `export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": [{ suffix: "Rules Action Execution Failed" }] });`,
    },
    {
      name: "another source",
      code: `export const pattern = JSON.stringify({ source: ["my.tests"], "detail-type": ["${LENS}"] });`,
    },
    {
      name: "another event",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["Contact Lens Analysis State Change"] } });`,
    },
    {
      name: "a wide filter for other events",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: Match.prefix("Contact Lens") } });`,
    },
    {
      name: "an event, not a pattern",
      code: `export const event = { source: "aws.connect", "detail-type": "${CONNECT}", detail: { additionalInfo: "{}" } };`,
    },
    {
      name: "an event of a test, parsed by its author",
      code: `export const event = { source: "aws.connect", detail: { additionalInfo: { retryable: true } } };`,
    },
    {
      name: "a filter on reasonCode",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${CONNECT}", "${LENS}"], detail: { reasonCode: ["ThrottlingException"] } } });`,
    },
    {
      name: "additionalInfo as text",
      code: `export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": ["${CONNECT}", "${LENS}"], detail: { additionalInfo: [{ wildcard: '*"retryable":true*' }] } });`,
    },
    {
      name: "additionalInfo of another source",
      code: `export const pattern = JSON.stringify({ source: ["aws.guardduty"], detail: { additionalInfo: { archived: [false] } } });`,
    },
    {
      name: "names that cannot be read",
      code: `declare const names: string[];
export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": ["${CONNECT}", ...names] });`,
    },
    {
      name: "one name is enough, by option",
      options: [{ detailTypes: "either" }],
      code: `export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": ["${CONNECT}"] });`,
    },
    {
      name: "detailType where the syntax is not known",
      code: `export const rule = { pattern: { source: ["aws.connect"], detailType: ["${CONNECT}", "${LENS}"] } };`,
    },
    {
      name: "JSON text with both",
      code: `export const pattern = '{"source":["aws.connect"],"detail-type":["${CONNECT}","${LENS}"]}';`,
    },
    { name: "a list for tests", code: `export const names = ["${CONNECT}"];` },
  ],
  invalid: [
    {
      name: "the name of the guide alone",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${LENS}"] } });`,
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
      output: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${LENS}", "${CONNECT}"] } });`,
    },
    {
      name: "the name of the reference alone, on lines of its own",
      files: CDK,
      code: `${RULE}
new Rule(stack, 'r', {
  eventPattern: {
    source: ['aws.connect'],
    detailType: [
      '${CONNECT}',
    ],
  },
});`,
      errors: [{ messageId: "oneDetailType", data: { name: CONNECT } }],
      output: `${RULE}
new Rule(stack, 'r', {
  eventPattern: {
    source: ['aws.connect'],
    detailType: [
      '${CONNECT}',
      "${LENS}",
    ],
  },
});`,
    },
    {
      name: "exactString",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { detailType: Match.exactString("${LENS}") } });`,
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
      output: `${RULE}
new Rule(stack, "r", { eventPattern: { detailType: Match.anyOf("${LENS}", "${CONNECT}") } });`,
    },
    {
      name: "a prefix of one name",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: Match.prefix("Contact Lens Rules Action") } });`,
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
    },
    {
      name: "a constant",
      code: `const NAME = "${LENS}";
export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": [NAME] });`,
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
      output: `const NAME = "${LENS}";
export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": [NAME, "${CONNECT}"] });`,
    },
    {
      name: "a list that has other uses",
      code: `const NAMES = ["${LENS}"];
export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": NAMES });`,
      errors: [
        {
          messageId: "oneDetailType",
          data: { name: LENS },
          suggestions: [
            {
              messageId: "addType",
              data: { name: CONNECT },
              output: `const NAMES = ["${LENS}", "${CONNECT}"];
export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": NAMES });`,
            },
          ],
        },
      ],
    },
    {
      name: "PutRule with JSON text",
      code: `export const input = { Name: "r", EventPattern: '{"source":["aws.connect"],"detail-type":["${LENS}"]}' };`,
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
      output: `export const input = { Name: "r", EventPattern: '{"source":["aws.connect"],"detail-type":["${LENS}", "${CONNECT}"]}' };`,
    },
    {
      name: "PutRule with a template",
      code: `export const input = { Name: "r", EventPattern: \`{
  "source": ["aws.connect"],
  "detailType": ["${LENS}", "${CONNECT}"]
}\` };`,
      errors: [
        {
          messageId: "detailTypeKey",
          data: { syntax: "JSON", right: "detail-type", wrong: "detailType" },
          suggestions: [
            {
              messageId: "renameKey",
              data: { name: "detail-type" },
              output: `export const input = { Name: "r", EventPattern: \`{
  "source": ["aws.connect"],
  "detail-type": ["${LENS}", "${CONNECT}"]
}\` };`,
            },
          ],
        },
      ],
    },
    {
      name: "SAM in TypeScript",
      code: `export const template = { Type: "AWS::Events::Rule", Properties: { EventPattern: { source: ["aws.connect"], "detail-type": ["${LENS}"] } } };`,
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
      output: `export const template = { Type: "AWS::Events::Rule", Properties: { EventPattern: { source: ["aws.connect"], "detail-type": ["${LENS}", "${CONNECT}"] } } };`,
    },
    {
      name: "Serverless in TypeScript, with the key of the CDK",
      code: `export const events = [{ eventBridge: { pattern: { source: ["aws.connect"], detailType: ["${LENS}", "${CONNECT}"] } } }];`,
      errors: [
        {
          messageId: "detailTypeKey",
          data: { syntax: "JSON", right: "detail-type", wrong: "detailType" },
        },
      ],
      output: `export const events = [{ eventBridge: { pattern: { source: ["aws.connect"], "detail-type": ["${LENS}", "${CONNECT}"] } } }];`,
    },
    {
      name: "CfnRule with the key of the CDK",
      files: CDK,
      code: `${RULE}
new CfnRule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${LENS}", "${CONNECT}"] } });`,
      errors: [
        {
          messageId: "detailTypeKey",
          data: { syntax: "JSON", right: "detail-type", wrong: "detailType" },
        },
      ],
      output: `${RULE}
new CfnRule(stack, "r", { eventPattern: { source: ["aws.connect"], "detail-type": ["${LENS}", "${CONNECT}"] } });`,
    },
    {
      name: "the CDK with the key of JSON",
      files: CDK,
      code: `${RULE}
const pattern = { source: ["aws.connect"], "detail-type": ["${LENS}", "${CONNECT}"] };
new Rule(stack, "r", { eventPattern: pattern });`,
      errors: [
        {
          messageId: "detailTypeKey",
          line: 4,
          data: { syntax: "an option of the CDK", right: "detailType", wrong: "detail-type" },
        },
      ],
      output: `${RULE}
const pattern = { source: ["aws.connect"], detailType: ["${LENS}", "${CONNECT}"] };
new Rule(stack, "r", { eventPattern: pattern });`,
    },
    {
      name: "the CDK in JavaScript without types",
      ...JS,
      code: `const { Rule } = require("aws-cdk-lib/aws-events");
exports.make = (stack) => new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], "detail-type": ["${LENS}"] } });`,
      errors: [
        {
          messageId: "detailTypeKey",
          data: { syntax: "an option of the CDK", right: "detailType", wrong: "detail-type" },
        },
        { messageId: "oneDetailType", data: { name: LENS } },
      ],
      output: `const { Rule } = require("aws-cdk-lib/aws-events");
exports.make = (stack) => new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${LENS}", "${CONNECT}"] } });`,
    },
    {
      name: "a filter inside of the text",
      files: CDK,
      code: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${CONNECT}", "${LENS}"], detail: { additionalInfo: { retryable: [true] } } } });`,
      errors: [
        {
          messageId: "additionalInfoFilter",
          suggestions: [
            {
              messageId: "dropFilter",
              output: `${RULE}
new Rule(stack, "r", { eventPattern: { source: ["aws.connect"], detailType: ["${CONNECT}", "${LENS}"] } });`,
            },
          ],
        },
      ],
    },
    {
      name: "a filter inside of the text, beside another",
      code: `export const pattern = JSON.stringify({ source: ["aws.connect"], detail: { actionType: ["CREATE_TASK"], additionalInfo: { retryable: [true] } } });`,
      errors: [
        {
          messageId: "additionalInfoFilter",
          suggestions: [
            {
              messageId: "dropFilter",
              output: `export const pattern = JSON.stringify({ source: ["aws.connect"], detail: { actionType: ["CREATE_TASK"] } });`,
            },
          ],
        },
      ],
    },
    {
      name: "a filter in JSON text",
      code: `export const pattern = '{"source":["aws.connect"],"detail-type":["${CONNECT}","${LENS}"],"detail":{"additionalInfo":{"retryable":[true]}}}';`,
      errors: [{ messageId: "additionalInfoFilter" }],
    },
    {
      name: "names in another file",
      code: `import { NAMES } from "./names.js";
export const pattern = JSON.stringify({ source: ["aws.connect"], "detail-type": NAMES });`,
      files: { "src/names.ts": `export const NAMES = ["${LENS}"];` },
      errors: [{ messageId: "oneDetailType", data: { name: LENS } }],
    },
  ],
});

ruleTester.run("valid-rules-event", rule, {
  valid: [
    {
      name: "parsed, caught and tested",
      code: `${EVENT}
export const handler = async (event: FailureEvent) => {
  let info: { retryable?: boolean; retryDelay?: number } = {};
  try { info = JSON.parse(event.detail.additionalInfo); } catch { return; }
  if (info.retryable && info.retryDelay !== undefined) await new Promise((done) => setTimeout(done, info.retryDelay));
};`,
    },
    {
      name: "tested and waited for in a promise",
      code: `${EVENT}
export const handler = async (event: FailureEvent) => {
  try {
    const info = JSON.parse(event.detail.additionalInfo);
    if (info.retryable && info.retryDelay) await new Promise((done) => setTimeout(done, info.retryDelay));
  } catch { return; }
};`,
    },
    {
      name: "tested by a function, waited for under another name",
      code: `${EVENT}
declare function sleep(ms: number): Promise<void>;
const canPass = (info: { retryable?: boolean; retryDelay?: number }) => info.retryable === true && info.retryDelay !== undefined;
export const handler = async (event: FailureEvent) => {
  try {
    const info = JSON.parse(event.detail.additionalInfo);
    const delay = info.retryDelay;
    if (canPass(info)) await sleep(delay);
  } catch { return; }
};`,
    },
    {
      name: "additionalInfo that is given, not read",
      code: `${EVENT}
export const fake = (event: FailureEvent) => { event.detail.additionalInfo.retryable = true; delete event.detail.additionalInfo.code; };`,
    },
    {
      name: "the helper",
      code: `${HELPER}
export const handler = (event: unknown) => {
  const failure = parseRulesActionFailure(event);
  return failure?.additionalInfo?.retryable;
};`,
    },
    {
      name: "additionalInfo of another event",
      code: `export const handler = (event: { detail: { additionalInfo: { retryable: boolean } } }) => event.detail.additionalInfo.retryable;`,
    },
    {
      name: "a custom event of a page that edits rules",
      code: `export const show = (event: any) => [event.ruleId, event.actionType, event.detail.additionalInfo.message];`,
    },
    {
      name: "text or not, the project looks",
      code: `${EVENT}
export const handler = (event: FailureEvent) => {
  const info = typeof event.detail.additionalInfo === "string" ? {} : event.detail.additionalInfo;
  return info.retryable;
};`,
    },
    {
      name: "additionalInfo that is not the detail's",
      code: `${EVENT}
export const handler = (event: FailureEvent) => event.detail.service.additionalInfo.code;`,
    },
    {
      name: "a method of the text",
      code: `${EVENT}
export const handler = (event: FailureEvent) => event.detail.additionalInfo.includes("retryable");`,
    },
    {
      name: "parsed in place",
      code: `${EVENT}
export const handler = (event: FailureEvent) => {
  try { event.detail.additionalInfo = JSON.parse(event.detail.additionalInfo); } catch { return undefined; }
  return event.detail.additionalInfo.retryable;
};`,
    },
    {
      name: "parsed by a middleware",
      code: `${EVENT}
declare function middy<Handler>(handler: Handler): Handler;
export const handler = middy((event: FailureEvent) => event.detail.additionalInfo.retryable);`,
    },
    {
      name: "parsed by a schema",
      code: `${EVENT}
declare namespace schema { type infer<Type> = Type; }
export const handler = (event: schema.infer<FailureEvent>) => event.detail.additionalInfo.retryable;`,
    },
    {
      name: "another event of the same handler",
      code: `${EVENT}
export const handler = (event: EventBridgeEvent<string, any>) => {
  if (event["detail-type"] === "Other Event") return event.detail.additionalInfo.code;
  return undefined;
};`,
    },
    {
      name: "caught by the caller",
      code: `${EVENT}
const parse = (event: FailureEvent) => JSON.parse(event.detail.additionalInfo);
export const handler = (event: FailureEvent) => {
  try { return parse(event); } catch { return undefined; }
};`,
    },
    {
      name: "both names compared",
      code: `${EVENT}
export const handler = (event: EventBridgeEvent<string, any>) => event["detail-type"] === "${CONNECT}" || event["detail-type"] === "${LENS}";`,
    },
    {
      name: "an open switch",
      code: `${EVENT}
export const handler = (event: FailureEvent) => {
  switch (event.detail.actionType) {
    case "CREATE_TASK": return 1;
    case "GENERATE_EVENTBRIDGE_EVENT": return 2;
    case "SEND_NOTIFICATION": return 3;
    default: return 4;
  }
};`,
    },
    {
      name: "a task that is no repetition",
      code: `import { Connect } from "@aws-sdk/client-connect";
${EVENT}
const connect = new Connect({});
export const handler = async (event: FailureEvent) => { await connect.startTaskContact({ InstanceId: event.detail.instanceArn, Name: "look" }); };`,
    },
    {
      name: "a repetition with test and token",
      code: `import { Connect } from "@aws-sdk/client-connect";
${EVENT}
const connect = new Connect({});
export const handler = async (event: FailureEvent & { id: string }) => {
  if (event.detail.actionType !== "CREATE_TASK" || event.detail.reasonCode !== "ThrottlingException") return;
  await connect.startTaskContact({ InstanceId: event.detail.instanceArn, Name: "again", ClientToken: event.id });
};`,
    },
    {
      name: "a delay that is not the event's",
      code: `${EVENT}
const info = { retryable: true, retryDelay: 5 };
export const handler = (event: FailureEvent) => { setTimeout(() => event, info.retryDelay * 1000); };`,
    },
  ],
  invalid: [
    {
      name: "read without parsing",
      code: `${EVENT}
export const handler = (event: FailureEvent) => event.detail.additionalInfo.retryable;`,
      errors: [
        {
          messageId: "additionalInfoUnparsed",
          data: { field: "retryable" },
          suggestions: [
            {
              messageId: "parse",
              output: `${HELPER}

${EVENT}
export const handler = (event: FailureEvent) => parseRulesActionFailure(event)?.additionalInfo?.retryable;`,
            },
          ],
        },
      ],
    },
    {
      name: "kept without parsing, where the helper's name is another thing",
      code: `${EVENT}
export const handler = (event: FailureEvent, state: { delay: unknown }) => {
  const parseRulesActionFailure = state;
  parseRulesActionFailure.delay = event.detail.additionalInfo.retryDelay;
};`,
      errors: [
        {
          messageId: "additionalInfoUnparsed",
          data: { field: "retryDelay" },
          suggestions: [
            {
              messageId: "parse",
              output: `import { parseRulesActionFailure as connectParseRulesActionFailure } from "eslint-plugin-connect-resilience/backoff";

${EVENT}
export const handler = (event: FailureEvent, state: { delay: unknown }) => {
  const parseRulesActionFailure = state;
  parseRulesActionFailure.delay = connectParseRulesActionFailure(event)?.additionalInfo?.retryDelayMs;
};`,
            },
          ],
        },
      ],
    },
    {
      name: "taken out without parsing",
      code: `${EVENT}
export async function handler({ detail }: FailureEvent) {
  const { retryable } = detail.additionalInfo;
  return retryable;
}`,
      errors: [{ messageId: "additionalInfoUnparsed", data: { field: "retryable" } }],
    },
    {
      name: "taken out in the parameter",
      code: `${EVENT}
export const handler = ({ detail: { additionalInfo: { retryDelay } } }: FailureEvent) => retryDelay;`,
      errors: [{ messageId: "additionalInfoUnparsed", data: { field: "retryDelay" } }],
    },
    {
      name: "in a function that gets the detail",
      code: `${EVENT}
const isWorth = (failure: any) => failure.additionalInfo?.retryable;
export const handler = (event: FailureEvent) => isWorth(event.detail);`,
      errors: [{ messageId: "additionalInfoUnparsed", data: { field: "retryable" } }],
    },
    {
      name: "known by its fields",
      ...JS,
      code: `exports.handler = async (event) => {
  const { ruleId, actionType, reasonCode, additionalInfo } = event.detail;
  console.log(ruleId, actionType, reasonCode, additionalInfo.message);
};`,
      errors: [{ messageId: "additionalInfoUnparsed", data: { field: "message" } }],
    },
    {
      name: "through a queue",
      ...JS,
      code: `exports.handler = async ({ Records }) => {
  for (const record of Records) {
    const event = JSON.parse(record.body);
    if (event["detail-type"].endsWith("Rules Action Execution Failed")) console.log(event.detail.additionalInfo.code);
  }
};`,
      errors: [
        {
          messageId: "additionalInfoUnparsed",
          data: { field: "code" },
          suggestions: [
            {
              messageId: "parse",
              output: `const { parseRulesActionFailure } = require("eslint-plugin-connect-resilience/backoff");

exports.handler = async ({ Records }) => {
  for (const record of Records) {
    const event = JSON.parse(record.body);
    if (event["detail-type"].endsWith("Rules Action Execution Failed")) console.log(parseRulesActionFailure(event)?.additionalInfo?.code);
  }
};`,
            },
          ],
        },
      ],
    },
    {
      name: "parsed without a net",
      code: `${EVENT}
export const handler = (event: FailureEvent) => {
  const info: unknown = JSON.parse(event.detail.additionalInfo);
  return info;
};`,
      errors: [{ messageId: "unguardedParse" }],
    },
    {
      name: "parsed without a net, exported in an object",
      ...JS,
      code: `const handler = async ({ detail: { additionalInfo, ruleId, reasonCode, actionType } }) => {
  console.log(JSON.parse(additionalInfo), ruleId, reasonCode, actionType);
};
module.exports = { handler };`,
      errors: [{ messageId: "unguardedParse" }],
    },
    {
      name: "milliseconds multiplied",
      code: `${EVENT}
export const handler = (event: FailureEvent, done: () => void) => {
  try {
    const info = JSON.parse(event.detail.additionalInfo);
    if (info.retryable) setTimeout(done, info.retryDelay * 1000);
  } catch { done(); }
};`,
      errors: [
        {
          messageId: "retryDelayUnit",
          suggestions: [
            {
              messageId: "dropFactor",
              output: `${EVENT}
export const handler = (event: FailureEvent, done: () => void) => {
  try {
    const info = JSON.parse(event.detail.additionalInfo);
    if (info.retryable) setTimeout(done, info.retryDelay);
  } catch { done(); }
};`,
            },
          ],
        },
        { messageId: "retryDelayUnguarded" },
      ],
    },
    {
      name: "waited for although it may be absent",
      code: `${EVENT}
declare function sleep(ms: number): Promise<void>;
export const handler = async (event: FailureEvent) => {
  try {
    const { retryable, retryDelay } = JSON.parse(event.detail.additionalInfo);
    if (retryable) await sleep(retryDelay);
  } catch { return; }
};`,
      errors: [{ messageId: "retryDelayUnguarded" }],
    },
    {
      name: "one name compared",
      code: `export const handler = (event: { "detail-type": string; detail: { ruleId: string } }) => {
  if (event["detail-type"] !== "${LENS}") return;
  console.log(event.detail.ruleId);
};`,
      errors: [
        {
          messageId: "oneDetailType",
          data: { name: LENS },
          suggestions: [
            {
              messageId: "addType",
              data: { name: CONNECT },
              output: `export const handler = (event: { "detail-type": string; detail: { ruleId: string } }) => {
  if (!["${CONNECT}", "${LENS}"].includes(event["detail-type"])) return;
  console.log(event.detail.ruleId);
};`,
            },
          ],
        },
      ],
    },
    {
      name: "one name in a switch",
      ...JS,
      code: `exports.handler = async (event) => {
  switch (event["detail-type"]) {
    case "${CONNECT}": return event.detail.ruleId;
    default: return undefined;
  }
};`,
      errors: [{ messageId: "oneDetailType", data: { name: CONNECT } }],
    },
    {
      name: "a closed switch",
      code: `${EVENT}
type Action = "CREATE_TASK" | "GENERATE_EVENTBRIDGE_EVENT" | "SEND_NOTIFICATION";
export const handler = (event: FailureEvent) => {
  const actionType: Action = event.detail.actionType;
  switch (actionType) {
    case "CREATE_TASK": return 1;
    case "GENERATE_EVENTBRIDGE_EVENT": return 2;
    case "SEND_NOTIFICATION": return 3;
    default: { const impossible: never = actionType; throw new Error(impossible); }
  }
};`,
      errors: [{ messageId: "closedActionType", line: 10 }],
    },
    {
      name: "repeated whatever went wrong",
      code: `import { ConnectClient, StartTaskContactCommand } from "@aws-sdk/client-connect";
${EVENT}
const client = new ConnectClient({});
export const handler = async (event: FailureEvent) => {
  if (event.detail.actionType !== "CREATE_TASK") return;
  await client.send(new StartTaskContactCommand({ InstanceId: event.detail.instanceArn, Name: "again" }));
};`,
      errors: [{ messageId: "rerunNotRetryable", data: { operation: "StartTaskContact" } }],
    },
    {
      name: "repeated without a token",
      code: `import { ConnectClient, StartTaskContactCommand } from "@aws-sdk/client-connect";
${HELPER}
const client = new ConnectClient({});
export const handler = async (event: unknown) => {
  const failure = parseRulesActionFailure(event);
  if (failure?.actionType !== "CREATE_TASK" || !failure.additionalInfo?.retryable) return;
  await client.send(new StartTaskContactCommand({ InstanceId: failure.instanceArn, Name: "again" }));
};`,
      errors: [{ messageId: "rerunWithoutToken", data: { operation: "StartTaskContact" } }],
    },
    {
      name: "an event repeated, without its SDK installed",
      ...JS,
      code: `const { EventBridgeClient, PutEventsCommand } = require("@aws-sdk/client-eventbridge");
const client = new EventBridgeClient({});
exports.handler = async (event) => {
  const { actionType, ruleId, triggerEvent, additionalInfo } = event.detail;
  if (actionType === "GENERATE_EVENTBRIDGE_EVENT") await client.send(new PutEventsCommand({ Entries: [{ Detail: additionalInfo, Source: ruleId, DetailType: triggerEvent }] }));
};`,
      errors: [{ messageId: "rerunNotRetryable", data: { operation: "PutEvents" } }],
    },
  ],
});
