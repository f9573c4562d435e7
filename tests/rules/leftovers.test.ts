/** What the rules say of rounds over what a batch operation left undone. */
import { rule as noNestedRetry } from "../../src/rules/no-nested-retry.ts";
import { rule as noSilentExhaustion } from "../../src/rules/no-silent-exhaustion.ts";
import { rule as noUnboundedRetry } from "../../src/rules/no-unbounded-retry.ts";
import { rule as requireJitter } from "../../src/rules/require-jitter.ts";
import { rule as requireRetry } from "../../src/rules/require-retry.ts";
import { ruleTester } from "../support/rule-tester.ts";

const SETUP = `import { BatchPutContactCommand, ConnectClient, type ContactDataRequest } from "@aws-sdk/client-connect";
const client = new ConnectClient({ maxAttempts: 6 });
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const put = (list: ContactDataRequest[]) => client.send(new BatchPutContactCommand({ InstanceId: "", ContactDataRequestList: list }));
`;
const SEND = `    const { FailedRequestList = [] } = await put(left);
    const ids = new Set(FailedRequestList.map((one) => one.RequestIdentifier));
    left = left.filter((one) => ids.has(one.RequestIdentifier));`;

/** A function that sends what was left again, under a head, with a wait and with something behind the loop. */
const rounds = (
  head: string,
  wait: string,
  behind = "",
): string => `${SETUP}export async function all(left: ContactDataRequest[]) {
  ${head} {
${SEND}
    ${wait}
  }${behind}
}
`;
const FIVE = "for (let round = 0; round < 5 && left.length > 0; round++)";
const RANDOM = "await sleep(Math.random() * 1000 * 2 ** round);";

/** A queue that takes what is left again, with a wait after each answer and a test before each request. */
const queue = (
  wait: string,
  test = "",
): string => `${SETUP}export async function all(queue: ContactDataRequest[]) {
  while (queue.length > 0) {
    ${test}const batch = queue.splice(0, 25);
    const answer = await put(batch);
    const ids = new Set(answer.FailedRequestList?.map((one) => one.RequestIdentifier));
    queue.push(...batch.filter((one) => ids.has(one.RequestIdentifier)));
    ${wait}
  }
}
`;

/** A function that calls itself with what was left. */
const again = (
  before: string,
): string => `${SETUP}export async function all(left: ContactDataRequest[], round = 0): Promise<void> {
  const { FailedRequestList } = await put(left);
  if (FailedRequestList === undefined || round > 5) return;
  const next = left.filter((one) => FailedRequestList.some((it) => it.RequestIdentifier === one.RequestIdentifier));
  ${before}await all(next, round + 1);
}
`;

ruleTester.run("require-jitter", requireJitter, {
  valid: [
    { name: "a random wait", code: rounds(FIVE, RANDOM) },
    { name: "a queue that is worked off at a pace", code: queue("await sleep(500);") },
    {
      name: "chunks of the work, at a pace",
      code: `${SETUP}export async function all(work: ContactDataRequest[]) {
  const failed: unknown[] = [];
  for (let at = 0; at < work.length; at += 10) {
    const { FailedRequestList = [] } = await put(work.slice(at, at + 10));
    failed.push(...FailedRequestList);
    await sleep(500);
  }
  return failed;
}
`,
    },
  ],
  invalid: [
    {
      name: "a fixed wait",
      code: rounds(FIVE, "await sleep(1000);"),
      errors: [
        {
          messageId: "fixedDelay",
          line: 10,
          column: 17,
          data: { operation: "BatchPutContact", ms: "1000", noEdit: "" },
        },
      ],
      output: rounds(FIVE, "await sleep(backoffDelay(round + 1, { baseDelayMs: 1000 }));").replace(
        "\nconst client",
        `\nimport { backoffDelay } from "eslint-plugin-connect-resilience/backoff";\nconst client`,
      ),
    },
    {
      name: "no wait",
      code: rounds(FIVE, ""),
      errors: [
        {
          messageId: "noDelay",
          line: 6,
          column: 3,
          data: {
            operation: "BatchPutContact",
            noEdit: " No edit is offered: a person must say where something is known to be left.",
          },
        },
      ],
    },
    {
      name: "a queue without a wait",
      code: queue(""),
      errors: [
        {
          messageId: "noDelay",
          line: 10,
          column: 5,
          data: {
            operation: "BatchPutContact",
            noEdit: " No edit is offered: a person must say where something is known to be left.",
          },
        },
      ],
    },
    {
      name: "a fixed wait of a function that calls itself",
      code: again("await sleep(500); "),
      errors: [
        {
          messageId: "fixedDelay",
          line: 9,
          column: 15,
          data: { operation: "BatchPutContact", ms: "500", noEdit: "" },
        },
      ],
      output: again("await sleep(backoffDelay(round + 1, { baseDelayMs: 500 })); ").replace(
        "\nconst client",
        `\nimport { backoffDelay } from "eslint-plugin-connect-resilience/backoff";\nconst client`,
      ),
    },
  ],
});

ruleTester.run("no-unbounded-retry", noUnboundedRetry, {
  valid: [
    { name: "a few rounds", code: rounds(FIVE, RANDOM) },
    {
      name: "many rounds, as each leaves less",
      code: rounds(FIVE.replace("5", "50"), RANDOM),
    },
    { name: "a function that counts its calls", code: again("") },
    {
      name: "a queue whose rounds are counted",
      code: queue("", `if (Date.now() > 1e13) throw new Error("left");\n    `),
    },
  ],
  invalid: [
    {
      name: "a queue that takes what is left until nothing is",
      code: queue("await sleep(500);"),
      errors: [
        {
          messageId: "endlessLeftovers",
          line: 10,
          column: 5,
          data: {
            label: "This re-queueing",
            operation: "BatchPutContact",
            noEdit: " No edit is offered: there is no place for a deadline.",
          },
        },
      ],
    },
    {
      name: "until nothing is left",
      code: rounds("while (left.length > 0)", "await sleep(Math.random() * 1000);"),
      errors: [
        {
          messageId: "endlessLeftovers",
          line: 6,
          column: 3,
          data: { label: "This while loop", operation: "BatchPutContact", noEdit: "" },
          suggestions: [
            {
              messageId: "addDeadline",
              output: rounds(
                `const deadline = Date.now() + 300_000;
  while (left.length > 0)`,
                "await sleep(Math.random() * 1000);",
              ).replace(
                "(left.length > 0) {\n",
                `(left.length > 0) {
    if (Date.now() > deadline) throw new Error("Not done after five minutes");
`,
              ),
            },
          ],
        },
      ],
    },
  ],
});

ruleTester.run("no-silent-exhaustion", noSilentExhaustion, {
  valid: [
    {
      name: "an error for what is left",
      code: rounds(FIVE, RANDOM, `\n  if (left.length > 0) throw new Error("not done");`),
    },
    { name: "what is left is returned", code: rounds(FIVE, RANDOM, "\n  return { left };") },
    {
      name: "what is left is handed on",
      code: `declare function park(list: unknown): Promise<void>;\n${rounds(FIVE, RANDOM, "\n  await park(left);")}`,
    },
    {
      name: "what is left is counted",
      code: `declare const metrics: { add(n: number): void };\n${rounds(FIVE, RANDOM, "\n  if (left.length > 0) metrics.add(left.length);")}`,
    },
    {
      name: "what is left stays in a field",
      code: `${SETUP}export class Writer {
  left: ContactDataRequest[] = [];
  async flush() {
    for (let round = 0; round < 5 && this.left.length > 0; round++) {
      const { FailedRequestList } = await put(this.left);
      this.left = this.left.filter((one) => FailedRequestList?.some((it) => it.RequestIdentifier === one.RequestIdentifier));
    }
  }
}
`,
    },
    { name: "a function that calls itself", code: again("") },
    {
      name: "rounds without an end",
      code: rounds("while (left.length > 0)", "await sleep(Math.random() * 1000);"),
    },
  ],
  invalid: [
    {
      name: "nothing asks for what is left",
      code: rounds(FIVE, RANDOM),
      errors: [
        {
          messageId: "lostLeftovers",
          line: 6,
          column: 3,
          data: { label: "this for loop", operation: "BatchPutContact" },
        },
      ],
    },
    {
      name: "only a log hears of what is left",
      code: rounds(FIVE, RANDOM, "\n  console.error(left);"),
      errors: [
        {
          messageId: "lostLeftovers",
          line: 6,
          column: 3,
          data: { label: "this for loop", operation: "BatchPutContact" },
        },
      ],
    },
  ],
});

ruleTester.run("no-nested-retry", noNestedRetry, {
  valid: [
    {
      name: "rounds around a client: what was answered is not retried",
      code: rounds(FIVE, RANDOM),
    },
  ],
  invalid: [],
});

ruleTester.run("require-retry", requireRetry, {
  valid: [],
  invalid: [
    {
      name: "rounds over what was left are no retry of a request that fails",
      code: rounds(FIVE, RANDOM).replace("{ maxAttempts: 6 }", "{}"),
      errors: [
        {
          messageId: "defaultRetries",
          data: { client: "ConnectClient", attempts: "3", seconds: "1.5", noEdit: "" },
        },
      ],
      output: rounds(FIVE, RANDOM).replace(
        "\nconst client = new ConnectClient({ maxAttempts: 6 });",
        `\nimport { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ retryStrategy: backoffStrategy() });`,
      ),
    },
  ],
});
