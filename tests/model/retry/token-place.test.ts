/** Where an idempotency token can be made once for all attempts of a call, and whether they are all for the same request. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import {
  isForOneRequest,
  isSameRequest,
  layerAround,
} from "../../../src/model/retry/token-place.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { at, dial, inLoop, start } from "./dialling.ts";

describe("the outermost layer around a call, where its token can be made", () => {
  const around = (code: string): string | undefined =>
    at(code, ({ call, attempts }) => layerAround(call, attempts)?.type);
  const sent = `return await ${start('"t"')};`;

  it.each([
    ["a loop", dial(inLoop(sent)), T.ForStatement],
    ["a wrapper", dial(`return again(async () => { ${sent} });`), T.CallExpression],
    [
      "a wrapper in a loop",
      dial(inLoop(`return await again(async () => { ${sent} });`)),
      T.ForStatement,
    ],
    [
      "a loop in a loop over several",
      `export async function all(list: string[]) { for (const to of list) { ${inLoop(`await ${start('"t"')}; break;`)} } }`,
      T.ForStatement,
    ],
    [
      "a loop over several in it",
      `export async function all(list: string[]) { ${inLoop(`for (const to of list) await ${start('"t"')}; break;`)} }`,
      undefined,
    ],
    [
      "several by a callback in it",
      `export async function all(list: string[]) { ${inLoop(`return await Promise.all(list.map((to) => ${start('"t"')}));`)} }`,
      undefined,
    ],
    [
      "a loop in another function",
      `async function once(to: string) { ${sent} } ${dial(inLoop("return await once(to);"))}`,
      undefined,
    ],
    [
      "a recursion",
      `export async function dial(to: string, n = 1): Promise<unknown> { try { ${sent} } catch (error) { if (n > 3) throw error; return dial(to, n + 1); } }`,
      undefined,
    ],
  ])("%s", (_what, code, expected) => {
    expect(around(code)).toBe(expected);
  });
});

describe("an input in front of the layers", () => {
  const forOne = (code: string): boolean =>
    at(code, ({ call, attempts, others }) => {
      const input = others.find(({ type }) => type === T.NewExpression);
      return input !== undefined && isForOneRequest(input, call, attempts);
    });
  const made = `const command = /*target*/ new StartOutboundVoiceContactCommand({ InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: to });`;
  const send = "return await /*target*/ client.send(command);";

  it.each([
    ["is for the request alone", dial(`${made} ${inLoop(send)}`), true],
    ["and a wrapper", dial(`${made} return again(async () => { ${send} });`), true],
    ["in the loop", dial(inLoop(`${made} ${send}`)), false],
    ["is used elsewhere", dial(`${made} console.log(command); ${inLoop(send)}`), false],
    ["may be another", dial(`${made.replace("const", "let")} ${inLoop(send)}`), false],
    [
      "is sent to several",
      `export async function all(to: string, clients: ConnectClient[]) { ${made} for (const client of clients) { ${inLoop(send)} } }`,
      false,
    ],
    [
      "is sent by a function that others call",
      `export function later(to: string) { ${made} return async () => { ${inLoop(send)} }; }`,
      false,
    ],
  ])("%s", (_what, code, expected) => {
    expect(forOne(code)).toBe(expected);
  });
});

describe("whether all attempts are for the same request", () => {
  const same = (code: string): boolean =>
    at(code, ({ call, attempts }) => {
      const command = sdkCallAt(call)?.command;
      const input = command?.type === T.NewExpression ? command.arguments[0] : undefined;
      return (
        input?.type === T.ObjectExpression && isSameRequest(input, "ClientToken", call, attempts)
      );
    });
  const call = start("randomUUID()");

  it.each([
    ["returned at once", dial(inLoop(`return await ${call};`)), true],
    [
      "returned after it",
      dial(inLoop(`const { ContactId } = await ${call}; return ContactId;`)),
      true,
    ],
    ["left after it", dial(inLoop(`await ${call}; break;`)), true],
    ["left after a note", dial(inLoop(`await ${call}; console.log("sent"); break;`)), true],
    [
      "left after waiting elsewhere",
      dial(inLoop(`const sent = ${call}; await sent; break;`)),
      false,
    ],
    ["never left", dial(inLoop(`await ${call};`)), false],
    [
      "left sometimes",
      dial(inLoop(`const { ContactId } = await ${call}; if (ContactId) break;`)),
      false,
    ],
    ["sent sometimes", dial(inLoop(`if (to) await ${call}; return;`)), false],
    [
      "sent sometimes, in short",
      dial(inLoop("to && (await CALL); break;".replace("CALL", call))),
      false,
    ],
    ["left in an inner loop", dial(inLoop(`for (;;) { await ${call}; break; }`)), false],
    ["left in a switch", dial(inLoop(`switch (to) { default: { await ${call}; break; } }`)), false],
    ["left by name", dial(`outer: for (;;) { ${inLoop(`await ${call}; break outer;`)} }`), false],
    [
      "sent in a callback",
      dial(inLoop(`return await [to].map(async (to) => { return await ${call}; });`)),
      false,
    ],
    [
      "handed to the helper",
      `import { withBackoff } from "eslint-plugin-connect-resilience/backoff"; ${dial(`return withBackoff(() => ${call});`)}`,
      true,
    ],
    [
      "handed to a library",
      `import pRetry from "p-retry"; ${dial(`return pRetry(() => ${call});`)}`,
      true,
    ],
    ["handed to a wrapper", dial(`return again(() => ${call});`), false],
    [
      "made in another function",
      `async function once(to: string) { return await ${call}; } ${dial(inLoop("return await once(to);"))}`,
      false,
    ],
  ])("%s", (_how, code, expected) => {
    expect(same(code)).toBe(expected);
  });

  const withInput = (destination: string): string =>
    start("randomUUID()").replace(
      "DestinationPhoneNumber: to",
      `DestinationPhoneNumber: ${destination}`,
    );
  it.each([
    ["of a constant", "", '"+49"', true],
    ["of a parameter", "", "to", true],
    ["of a member of it", "", "to.trim.name", true],
    ["by a call", "", "to.trim()", false],
    ["by a new value", "", "String(new Date(0))", false],
    ["by a template with a tag", "", "String.raw`+49`", false],
    ["of this", "", "(this as any).to", false],
    ["by an assignment", "", '(to = "+49")', false],
    ["of a variable of the round", "const number = to;", "number", false],
    ["of the attempt's number", "", "String.name + attempt", false],
    ["of a variable that is assigned to", "to = to.trim();", "to", false],
    ["of an object that is changed", "target.number = to;", "target.number", false],
    ["beside one that is changed", "other.number = to;", "target.number", true],
    ["of a variable that is counted", "count++;", "String.name + count", false],
  ])("with an input %s", (_what, before, destination, expected) => {
    const body = `return pRetry(async (attempt) => { ${before} return await ${withInput(destination)}; });`;
    expect(
      same(
        `import pRetry from "p-retry"; ${dial(`let count = 0; const target = { number: to }; const other = { number: to }; ${body}`)}`,
      ),
    ).toBe(expected);
  });
});
