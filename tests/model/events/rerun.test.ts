/** Calls that do a failed action again, and switches that know all actions. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { expect, it } from "vitest";
import { closedDefault, rerunAt } from "../../../src/model/events/rerun.ts";
import { withModel } from "../../support/model.ts";
import { expectRows } from "../../support/rows.ts";

const BEFORE = `import { Connect } from "@aws-sdk/client-connect";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { PutEventsCommand as PutOwnEventsCommand } from "./own.js";
const connect = new Connect({});
const bridge = new EventBridgeClient({});
declare const input: any;
`;
const START = "connect.startTaskContact({ InstanceId: input.id, Name: input.name })";
const PUT = "bridge.send(new PutEventsCommand({ Entries: [] }))";

const rerun = (target: TSESTree.Node | undefined): string => {
  const found = target?.type === T.CallExpression ? rerunAt(target) : undefined;
  if (found === undefined) return "none";
  return [
    found.operation,
    found.isChecked ? "checked" : "whatever went wrong",
    ...(found.lacksToken ? ["without a token"] : []),
  ].join(", ");
};

it("repetitions of a failed action", () => {
  const rows: readonly (readonly [call: string, about: string, expected: string])[] = [
    [START, "CREATE_TASK", "StartTaskContact, whatever went wrong, without a token"],
    [START, "CREATE_TASK of retryable", "StartTaskContact, checked, without a token"],
    [START, "CREATE_TASK if isRetryable", "StartTaskContact, checked, without a token"],
    [START, "CREATE_TASK by reasonCode", "StartTaskContact, checked, without a token"],
    [START, "CREATE_TASK, parseRulesActionFailure", "StartTaskContact, checked, without a token"],
    [
      "connect.startTaskContact({ Name: input.name, ClientToken: input.id })",
      "CREATE_TASK",
      "StartTaskContact, whatever went wrong",
    ],
    ["connect.startTaskContact(input)", "CREATE_TASK", "StartTaskContact, whatever went wrong"],
    [
      "connect.startTaskContact({ ...input })",
      "CREATE_TASK",
      "StartTaskContact, whatever went wrong",
    ],
    [START, "GENERATE_EVENTBRIDGE_EVENT", "none"],
    [START, "", "none"],
    ["connect.listUsers(input)", "CREATE_TASK", "none"],
    [PUT, "GENERATE_EVENTBRIDGE_EVENT", "PutEvents, whatever went wrong"],
    [PUT, "CREATE_TASK", "none"],
    ["bridge.send(new PutRuleCommand({}))", "GENERATE_EVENTBRIDGE_EVENT", "none"],
    ["bridge.send(new PutOwnEventsCommand({}))", "GENERATE_EVENTBRIDGE_EVENT", "none"],
    ["bridge.send(input)", "GENERATE_EVENTBRIDGE_EVENT", "none"],
    ["bridge.send()", "GENERATE_EVENTBRIDGE_EVENT", "none"],
    ["input.run(new PutEventsCommand({ Entries: [] }))", "GENERATE_EVENTBRIDGE_EVENT", "none"],
    ["run(new PutEventsCommand({ Entries: [] }))", "GENERATE_EVENTBRIDGE_EVENT", "none"],
  ];
  expectRows(
    rows.map(([call, about, expected]) => [
      `${call} for ${about}`,
      `// ${about}\n${BEFORE}declare const run: any;\nexport const again = () => [/*target*/ ${call}];`,
      expected,
    ]),
    rerun,
  );
});

it.each([
  ['reasonCode: ["ThrottlingException"]', "StartTaskContact, checked, without a token"],
  ["detail: {}", "StartTaskContact, whatever went wrong, without a token"],
])("a pattern in another file with %s", (filter, expected) => {
  const files = {
    "file.ts": `// CREATE_TASK\n${BEFORE}export const again = () => [/*target*/ ${START}];`,
    "stack.ts": `export const pattern = { detailType: ["Contact Lens Rules Action Execution Failed"], ${filter} };`,
  };
  expect(withModel(files, (_unit, [target]) => rerun(target))).toBe(expected);
});

it("switches over actions whose default is taken for impossible", () => {
  const KNOWN =
    'case "CREATE_TASK": case "GENERATE_EVENTBRIDGE_EVENT": case "SEND_NOTIFICATION": break;';
  const GIVEN = ["use", "event", "actionType", "kind", "unreachable", "exhaustiveCheck"]
    .concat("assertNever", "myUnreachableThing")
    .map((name) => `declare const ${name}: any;`)
    .join(" ");
  const over = (value: string, body: string): string => `switch (${value}) { ${body} }`;
  const rows: readonly (readonly [code: string, isClosed: boolean])[] = [
    [over("actionType", `${KNOWN} default: assertNever(actionType);`), true],
    [over("event.detail.actionType", `${KNOWN} default: unreachable();`), true],
    [over("event.actionType as string", `${KNOWN} default: exhaustiveCheck();`), true],
    [
      over("actionType", `${KNOWN} default: { const never: never = actionType; use(never); }`),
      true,
    ],
    [over("actionType", `${KNOWN} default: throw new Error(actionType);`), false],
    [over("actionType", `${KNOWN} default: use.assertNever(actionType);`), false],
    [over("actionType", `${KNOWN} default: myUnreachableThing();`), false],
    [over("actionType", KNOWN), false],
    [over("actionType", `${KNOWN} case "CREATE_CASE": break; default: unreachable();`), false],
    [
      over("actionType", `${KNOWN.replace("CREATE_TASK", "CREATE_CASE")} default: unreachable();`),
      false,
    ],
    [over("actionType", `case "CREATE_TASK": break; default: unreachable();`), false],
    [
      over(
        "actionType",
        `case "CREATE_TASK": case use: case "SEND_NOTIFICATION": break; default: unreachable();`,
      ),
      false,
    ],
    [over("kind", `${KNOWN} default: unreachable();`), false],
    [over("event.kind", `${KNOWN} default: unreachable();`), false],
    [over("use()", `${KNOWN} default: unreachable();`), false],
  ];
  expectRows(
    rows.map(([code, isClosed]) => [
      code,
      `${GIVEN}\n/*target*/ ${code}`,
      isClosed ? "closed" : "open",
    ]),
    (target) =>
      target.type === T.SwitchStatement && closedDefault(target) !== undefined ? "closed" : "open",
  );
});
