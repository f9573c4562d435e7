/** What the analysis asks of the type checker. */
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { walk } from "../../../src/ast/walk.ts";
import { constructionsIn } from "../../../src/model/client/construction.ts";
import { checkerQuestions } from "../../../src/model/program/checker.ts";
import { isSdkInReach } from "../../../src/model/sdk/reach.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { withModel } from "../../support/model.ts";

const CLIENT = `import { ConnectClient } from "@aws-sdk/client-connect";
export const client = new ConnectClient({});`;

/** Questions put to the checker by everything that is asked of every file. */
function questionsFor(code: string): { readonly questions: number; readonly isInReach: boolean } {
  return withModel({ "file.ts": code, "client.ts": CLIENT }, (unit) => {
    const before = checkerQuestions();
    constructionsIn(unit);
    for (const node of walk(unit.ast, unit.visitorKeys)) {
      if (node.type === T.CallExpression) sdkCallAt(node);
    }
    return { questions: checkerQuestions() - before, isInReach: isSdkInReach(unit) };
  });
}

describe("questions to the checker", () => {
  it.each([
    ["arithmetic", `export const add = (a: number, b: number) => a + b;`],
    [
      "calls of other names",
      `export const log = (...items: unknown[]) => { console.log(items.map(String).join(" ")); };`,
    ],
    [
      "built-in classes",
      `export const seen = new Map<string, Date>([["a", new Date()]]);\nseen.get("a")?.getTime();`,
    ],
    [
      "texts and objects that are sent",
      `declare const socket: { send(data: unknown): void };\nsocket.send("a");\nsocket.send({ ok: true });\nsocket.send(\`b\`);`,
    ],
    [
      "imports of other packages",
      `import { join } from "node:path";\nexport const file = join("a", "b");`,
    ],
  ])("none for %s, although the program holds the SDK", (_name, code) => {
    expect(questionsFor(code)).toEqual({ questions: 0, isInReach: true });
  });

  it("some where a call is shaped like one of the SDK's", () => {
    expect(
      questionsFor(
        `declare const text: string, socket: { send(data: string): void };\nsocket.send(text);`,
      ).questions,
    ).toBeGreaterThan(0);
  });
});
