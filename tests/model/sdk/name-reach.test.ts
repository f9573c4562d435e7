import { describe, expect, it } from "vitest";
import { checkerQuestions } from "../../../src/model/program/checker.ts";
import { mayComeToCalls } from "../../../src/model/sdk/name-reach.ts";
import { sdkCallsIn } from "../../../src/model/sdk/calls.ts";
import { withModel } from "../../support/model.ts";

const SDK = {
  "connect.ts": `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export const list = async (id: string) => {
  const answer = await client.send(new ListUsersCommand({ InstanceId: id }));
  return answer;
};
export class Users {
  name(id: string) { return id.trim(); }
  all(id: string) { return list(id); }
}
export default function listDefault(id: string) { return list(id); }
export const trim = (id: string) => id.trim();`,
  "service.ts": `export { list as users } from "./connect.ts";`,
};

function reach(
  code: string,
  others: Readonly<Record<string, string>> = SDK,
  name = "file.ts",
): boolean | undefined {
  return withModel({ [name]: code, ...others }, (_unit, [target]) =>
    target === undefined ? undefined : mayComeToCalls(target),
  );
}

describe("code may come to an AWS call", () => {
  it.each([
    [
      "that is in it",
      `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
declare const ids: string[];
export const all = (client: ConnectClient) => /*target*/ids.map((id) => client.send(new ListUsersCommand({ InstanceId: id })));`,
    ],
    [
      "by an import",
      `import { list } from "./connect.ts"; declare const ids: string[]; /*target*/ids.map(list);`,
    ],
    [
      "by an import under another name",
      `import { list as one } from "./connect.ts"; declare const ids: string[]; /*target*/ids.map(one);`,
    ],
    [
      "by a default import",
      `import one from "./connect.ts"; declare const ids: string[]; /*target*/ids.map(one);`,
    ],
    [
      "by a namespace, through a file that passes it on",
      `import * as service from "./service.ts"; declare const ids: string[]; /*target*/ids.map(service.users);`,
    ],
    [
      "by a method",
      `import { Users } from "./connect.ts"; declare const ids: string[]; const users = new Users(); /*target*/ids.map((id) => users.all(id));`,
    ],
    [
      "by a string",
      `import { Users } from "./connect.ts"; declare const ids: string[]; const users = new Users(); /*target*/ids.map((id) => users["all"](id));`,
    ],
    [
      "by a dynamic import",
      `declare const ids: string[]; const { list: one } = await import("./connect.ts"); /*target*/ids.map(one);`,
    ],
    [
      "by a variable and a property",
      `import { list } from "./connect.ts"; declare const ids: string[];
const api = { one: list }; const { one: other } = api; let last; last = other; /*target*/ids.map((id) => last(id));`,
    ],
    [
      "by functions in functions",
      `import { list } from "./connect.ts"; declare const ids: string[];
function outer() { function inner(id: string) { return list(id); } return inner("1"); }
/*target*/ids.map(() => outer());`,
    ],
    [
      "by a parameter",
      `import { list } from "./connect.ts"; declare const ids: string[];
function all(one: (id: string) => unknown) { return /*target*/ids.map((id) => one(id)); }
all(list);`,
    ],
    [
      "by a parameter that is handed on",
      `import { list } from "./connect.ts"; declare const ids: string[];
function all(one: (id: string) => unknown) { return /*target*/ids.map(one); }
all(list);`,
    ],
  ])("%s", (_name, code) => {
    expect(reach(code)).toBe(true);
  });

  it.each([
    ["exports.list", "const { list } = require('./connect.js');", "list"],
    ["module.exports", "const one = require('./connect.js');", "one"],
  ])("by `require` of %s", (exported, imported, name) => {
    const connect = `const { Connect } = require("@aws-sdk/client-connect"); ${exported} = (id) => new Connect().listUsers({ InstanceId: id });`;
    const code = `${imported} exports.all = (ids) => /*target*/ids.map(${name});`;
    expect(reach(code, { "connect.js": connect }, "file.cjs")).toBe(true);
  });

  it("of a script, which nobody imports", () => {
    const script = `function list(client: import("@aws-sdk/client-connect").Connect) { return client.listUsers({ InstanceId: "i" }); }`;
    const code = `declare const clients: import("@aws-sdk/client-connect").Connect[]; /*target*/clients.map(list);`;
    expect(reach(code, { "script.ts": script })).toBe(true);
  });

  it("where there are no types to say otherwise", () => {
    const answer = withModel(
      { "file.js": "/*target*/ids.map((id) => id);" },
      (_unit, [target]) => target !== undefined && mayComeToCalls(target),
      { types: false },
    );
    expect(answer).toBe(true);
  });
});

describe("code cannot", () => {
  it.each([
    ["alone", `declare const ids: string[]; /*target*/ids.map((id) => id.trim());`],
    [
      "by a neighbour of a function that makes one",
      `import { trim } from "./connect.ts"; declare const ids: string[]; /*target*/ids.map(trim);`,
    ],
    [
      "by another method of a class that makes one",
      `import { Users } from "./connect.ts"; declare const ids: string[]; const people = new Users(); /*target*/ids.map((id) => people.name(id));`,
    ],
    [
      "by a function around another that makes one",
      `import { list } from "./connect.ts"; declare const ids: string[];
export function outer() { return { later: () => list("1") }; }
/*target*/ids.map(() => outer());`,
    ],
  ])("%s", (_name, code) => {
    expect(reach(code)).toBe(false);
  });

  it("and is told so without a question to the checker", () => {
    const code = `import { readFile } from "node:fs/promises"; declare const ids: string[]; /*target*/ids.map((id) => readFile(id));`;
    const questions = withModel({ "file.ts": code, ...SDK }, (unit, [target]) => {
      if (target === undefined) return undefined;
      sdkCallsIn(unit);
      mayComeToCalls(target);
      const before = checkerQuestions();
      expect(mayComeToCalls(target)).toBe(false);
      return checkerQuestions() - before;
    });
    expect(questions).toBe(0);
  });
});
