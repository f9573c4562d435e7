import { describe, expect, it } from "vitest";
import { checkerQuestions } from "../../../src/model/program/checker.ts";
import { canReachCalls } from "../../../src/model/sdk/import-reach.ts";
import { withModel } from "../../support/model.ts";

const SDK = {
  "connect.ts": `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export const list = (id: string) => client.send(new ListUsersCommand({ InstanceId: id }));
export class Users { all(id: string) { return list(id); } }`,
  "service.ts": `export { list as users } from "./connect.ts";`,
};

function reach(
  code: string,
  others: Readonly<Record<string, string>> = SDK,
  name = "file.ts",
): boolean {
  return withModel({ [name]: code, ...others }, (unit) => canReachCalls(unit));
}

describe("a file can come to an AWS call", () => {
  it.each([
    ["that it makes itself", SDK["connect.ts"]],
    [
      "that it imports",
      `import { list } from "./connect.ts"; export const all = (ids: string[]) => ids.map(list);`,
    ],
    [
      "through a file that passes it on",
      `import * as service from "./service.ts"; export const all = (ids: string[]) => ids.map(service.users);`,
    ],
    [
      "through a type",
      `import type { Users } from "./connect.ts"; export const all = (users: Users, ids: string[]) => ids.map((id) => users.all(id));`,
    ],
    [
      "through a dynamic import",
      `export const all = async (ids: string[]) => { const { list } = await import("./connect.ts"); return ids.map(list); };`,
    ],
  ])("%s", (_name, code) => {
    expect(reach(code)).toBe(true);
  });

  it("through `require` in JavaScript", () => {
    const code = `const { list } = require("./connect.js"); exports.all = (ids) => ids.map(list);`;
    const connect = `const { Connect } = require("@aws-sdk/client-connect"); exports.list = (id) => new Connect().listUsers({ InstanceId: id });`;
    expect(reach(code, { "connect.js": connect }, "file.cjs")).toBe(true);
  });

  it("of a script, which nobody has to import", () => {
    const script = `function list(client: import("@aws-sdk/client-connect").Connect) { return client.listUsers({ InstanceId: "i" }); }`;
    expect(reach(`export const one = 1;`, { "script.ts": script })).toBe(true);
  });
});

describe("a file cannot", () => {
  it.each([
    ["alone", `export const double = (items: number[]) => items.map((item) => item * 2);`],
    [
      "with imports of its own",
      `import { readFile } from "node:fs/promises"; export const read = (names: string[]) => names.map((name) => readFile(name));`,
    ],
  ])("%s", (_name, code) => {
    expect(reach(code)).toBe(false);
  });

  it("and is told so without a question about what is in it", () => {
    const code = `export const double = (items: number[]) => items.map((item) => item * 2);`;
    const questions = withModel({ "file.ts": code, ...SDK }, (unit) => {
      canReachCalls(unit);
      const before = checkerQuestions();
      canReachCalls(unit);
      return checkerQuestions() - before;
    });
    expect(questions).toBe(0);
  });
});
