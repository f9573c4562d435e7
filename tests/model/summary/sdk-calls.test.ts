import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/ast/nodes.ts";
import { makesSdkCall } from "../../../src/model/summary/sdk-calls.ts";
import { withModel } from "../../support/model.ts";

const CLIENT = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});`;

/** The answer and the operations for the function marked in the first file. */
function summaryOf(files: Readonly<Record<string, string>>): readonly [string, readonly unknown[]] {
  return withModel(files, (_unit, [target]: readonly TSESTree.Node[]) => {
    if (!isFunction(target)) throw new Error("The target is no function.");
    const { answer, calls } = makesSdkCall(target);
    return [answer, calls.map((call) => call.operation)] as const;
  });
}

describe("makesSdkCall", () => {
  it("sees a call of its own", () => {
    const code = `${CLIENT}\nexport const f = /*target*/() => client.send(new ListUsersCommand({ InstanceId: "i" }));`;
    expect(summaryOf({ "file.ts": code })).toEqual(["yes", ["ListUsers"]]);
  });

  it("sees a call through functions and methods of other files", () => {
    expect(
      summaryOf({
        "file.ts": `import { Users } from "./users.js";\nconst users = new Users();\nexport const f = /*target*/async () => { await Promise.all([1].map(() => users.list())); };`,
        "users.ts": `${CLIENT}
export class Users {
  list() { return this.#send(); }
  #send() { return client.send(new ListUsersCommand({ InstanceId: "i" })); }
}`,
      }),
    ).toEqual(["yes", ["ListUsers"]]);
  });

  it("comes back from recursion", () => {
    const code = `${CLIENT}
function even(n: number): unknown { return n === 0 ? client.send(new ListUsersCommand({ InstanceId: "i" })) : odd(n - 1); }
function odd(n: number): unknown { return even(n - 1); }
export const f = /*target*/() => odd(3);`;
    expect(summaryOf({ "file.ts": code })).toEqual(["yes", ["ListUsers"]]);
  });

  it("sees the calls of callbacks that run, not of functions that are only made", () => {
    const send = `client.send(new ListUsersCommand({ InstanceId: "i" }))`;
    const run = `${CLIENT}\nexport const f = /*target*/() => [1].map(() => ${send});`;
    expect(summaryOf({ "file.ts": run })).toEqual(["yes", ["ListUsers"]]);
    const made = `${CLIENT}\nexport const f = /*target*/() => { const later = () => ${send}; return { later }; };`;
    expect(summaryOf({ "file.ts": made })).toEqual(["no", []]);
  });

  it("says unknown where a function that it calls is not known, or calls go too deep", () => {
    const given = `const run = (work: () => void) => work();\nexport const f = /*target*/(work: () => void) => run(work);`;
    expect(summaryOf({ "file.ts": given })).toEqual(["unknown", []]);
    const chain = (length: number): string =>
      [
        CLIENT,
        `const f0 = () => client.send(new ListUsersCommand({ InstanceId: "i" }));`,
        ...Array.from(
          { length },
          (_, index) => `const f${String(index + 1)} = () => f${String(index)}();`,
        ),
        `export const f = /*target*/() => f${String(length)}();`,
      ].join("\n");
    expect(summaryOf({ "file.ts": chain(5) })).toEqual(["yes", ["ListUsers"]]);
    expect(summaryOf({ "file.ts": chain(6) })).toEqual(["unknown", []]);
  });

  it("says no where there is none, and unknown of a function that is given", () => {
    expect(
      summaryOf({ "file.ts": `export const f = /*target*/() => [1].map((n) => n + 1);` }),
    ).toEqual(["no", []]);
    expect(
      summaryOf({ "file.ts": `export const f = /*target*/(work: () => void) => work();` }),
    ).toEqual(["unknown", []]);
  });
});
