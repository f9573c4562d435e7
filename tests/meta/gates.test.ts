/** Each gate of the tester rejects a rule that is bad in just its way, and lets a good rule pass. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { checkInvalidCase, checkValidCase, faultOfMessage, GateError } from "../support/gates.ts";
import type { AnyRule, GateName, LintSetup } from "../support/gates.ts";
import { ruleTester } from "../support/rule-tester.ts";

type Edit = (
  fixer: TSESLint.RuleFixer,
  call: TSESTree.CallExpression,
  source: Readonly<TSESLint.SourceCode>,
) => TSESLint.RuleFix | readonly TSESLint.RuleFix[];

interface Toy {
  readonly edit?: Edit;
  readonly as?: "fix" | "suggestion";
  readonly message?: string;
  readonly at?: "call" | "program";
  readonly when?: (call: TSESTree.CallExpression, source: Readonly<TSESLint.SourceCode>) => boolean;
}

/** A rule that reports every call of `fragile`, with the given edit. */
function toyRule(toy: Toy): AnyRule {
  const { edit, as = "fix", message = "Call sturdy instead.", at = "call", when } = toy;
  return {
    meta: {
      type: "problem",
      fixable: "code",
      hasSuggestions: true,
      messages: { toy: message, useSturdy: "Use sturdy." },
      schema: [],
    },
    create: (context) => ({
      CallExpression(node) {
        if (node.callee.type !== "Identifier" || node.callee.name !== "fragile") return;
        if (when && !when(node, context.sourceCode)) return;
        const fix: TSESLint.ReportFixFunction | null = edit
          ? (fixer) => edit(fixer, node, context.sourceCode)
          : null;
        context.report({
          node: at === "call" ? node : context.sourceCode.ast,
          messageId: "toy",
          ...(as === "fix" ? { fix } : { suggest: fix ? [{ messageId: "useSturdy", fix }] : [] }),
        });
      },
    }),
  };
}

const declarations = `declare function fragile(value?: string): number;
declare function sturdy(value?: string): number;
declare function sturdyFrom(get: () => string): number;
`;
const setup: LintSetup = { code: `${declarations}export const n = fragile(/* why */ "x");\n` };

const rename: Edit = (fixer, call) => fixer.replaceText(call.callee, "sturdy");

function gateThatRejects(toy: Toy, testCase: LintSetup = setup): GateName | undefined {
  return rejection(toyRule(toy), testCase)?.gate;
}

function rejection(rule: AnyRule, testCase: LintSetup): GateError | undefined {
  try {
    checkInvalidCase("toy", rule, testCase);
    return undefined;
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
}

describe("a good rule", () => {
  it.each(["fix", "suggestion"] as const)("passes with a %s", (as) => {
    const seen = checkInvalidCase("toy", toyRule({ edit: rename, as }), setup);
    expect(seen).toEqual({
      messageIds: as === "fix" ? ["toy"] : ["toy", "useSturdy"],
      fixes: as === "fix",
      suggestions: as === "suggestion",
    });
  });

  it("passes in JavaScript, with and without types, and under espree", () => {
    const code = `import { fragile, sturdy } from "./calls.js";\nexport const n = [fragile(), sturdy()];\n`;
    const files = { "src/calls.js": "export function fragile() {}\nexport function sturdy() {}\n" };
    for (const variant of [{}, { types: false }, { parser: "espree" as const }]) {
      const testCase = { code, files, filename: "src/file.js", ...variant };
      expect(gateThatRejects({ edit: rename }, testCase)).toBeUndefined();
    }
  });
});

describe("gate canaries", () => {
  it("rejects a case that does not compile", () => {
    expect(() => {
      checkValidCase({ code: "export const n: number = 'text';" });
    }).toThrow(/Gate "compiles"[^]*TS2322/);
    expect(() => {
      checkValidCase({
        code: "export {};",
        files: { "src/other.ts": "export const n: number = '';" },
      });
    }).toThrow(/Gate "compiles"[^]*other\.ts/);
    const allowed = { code: "export const n: number = 'text';", allowTypeErrors: true };
    expect(() => {
      checkValidCase(allowed);
    }).not.toThrow();
  });

  it.each(["fix", "suggestion"] as const)("rejects a %s that drops a comment", (as) => {
    const edit: Edit = (fixer, call) => fixer.replaceText(call, 'sturdy("x")');
    expect(gateThatRejects({ edit, as })).toBe("comments survive");
  });

  it.each(["fix", "suggestion"] as const)("rejects a %s that forgets its import", (as) => {
    const edit: Edit = (fixer, call) => fixer.replaceText(call.callee, "withBackoff");
    expect(gateThatRejects({ edit, as })).toBe("output compiles");
    // The same in JavaScript, where nobody asked the compiler.
    const inJavaScript = {
      code: "export const f = (fragile) => fragile();",
      filename: "src/file.js",
    };
    expect(gateThatRejects({ edit, as }, inJavaScript)).toBe("output compiles");
    expect(gateThatRejects({ edit, as }, { ...inJavaScript, types: false })).toBe(
      "output compiles",
    );
  });

  it("rejects output that does not parse, and output of the wrong type", () => {
    const broken: Edit = (fixer, call) => fixer.insertTextAfter(call, ")");
    expect(gateThatRejects({ edit: broken })).toBe("output compiles");
    const wrongType: Edit = (fixer, call) => fixer.replaceText(call.callee, "await sturdy");
    const insideFunction = {
      code: `${declarations}export function f(): number { return fragile(); }\n`,
    };
    expect(gateThatRejects({ edit: wrongType }, insideFunction)).toBe("output compiles");
  });

  it("rejects a closure over a narrowed variable", () => {
    const code = `${declarations}export function f(value: string | undefined): number {
  let current = value;
  if (current === undefined) return 0;
  const n = fragile(current);
  current = undefined;
  return n;
}\n`;
    const edit: Edit = (fixer, call, source) =>
      fixer.replaceText(
        call,
        `sturdyFrom(() => ${call.arguments.map((argument) => source.getText(argument)).join()})`,
      );
    expect(gateThatRejects({ edit }, { code })).toBe("output compiles");
    expect(gateThatRejects({ edit: rename }, { code })).toBeUndefined();
  });

  it("rejects new errors in code that has errors already", () => {
    const code = `${declarations}export const n = [fragile(), missing];\n`;
    const edit: Edit = (fixer, call) => fixer.replaceText(call.callee, "missing");
    expect(gateThatRejects({ edit }, { code, allowTypeErrors: true })).toBe("output compiles");
    expect(gateThatRejects({ edit: rename }, { code, allowTypeErrors: true })).toBeUndefined();
  });

  it.each([
    ["a prologue", `"use strict";\n${setup.code}`],
    ["the comment for the whole file", `/* eslint-disable no-console */\n${setup.code}`],
  ])("rejects an edit that pushes down %s", (_what, code) => {
    const edit: Edit = (fixer, call) => [
      fixer.insertTextBeforeRange([0, 0], "void 0;\n"),
      fixer.replaceText(call.callee, "sturdy"),
    ];
    expect(gateThatRejects({ edit }, { code })).toBe("directives stay");
    expect(gateThatRejects({ edit: rename }, { code })).toBeUndefined();
  });

  it("rejects an edit that moves a directive away from its line", () => {
    const code = `${declarations}// eslint-disable-next-line no-console\nconsole.log(fragile());\n`;
    const edit: Edit = (fixer, call, source) => [
      fixer.replaceText(call, "n"),
      fixer.insertTextBeforeRange(
        [source.getIndexFromLoc({ line: call.loc.start.line, column: 0 }), 0],
        "const n = sturdy();\n",
      ),
    ];
    expect(gateThatRejects({ edit }, { code })).toBe("directives stay");
    expect(gateThatRejects({ edit: rename }, { code })).toBeUndefined();
  });

  it.each(["fix", "suggestion"] as const)("rejects a %s that leaves the finding", (as) => {
    const edit: Edit = (fixer, call) => fixer.replaceText(call.arguments[0] ?? call, `"y"`);
    expect(gateThatRejects({ edit, as })).toBe("finding is gone");
  });

  it("rejects a fix that brings another finding with it", () => {
    const edit: Edit = (fixer, call, source) =>
      fixer.replaceText(call, `sturdy(String(${source.getText(call)}))`);
    expect(gateThatRejects({ edit })).toBe("finding is gone");
  });

  it("rejects fixes that are never done", () => {
    // Equal arguments are reported. One fix alone makes them differ; all together keep them equal.
    const code = `${declarations}export const n = [fragile("x"), fragile("x")];\n`;
    const argumentOf = (call: TSESTree.CallExpression, source: Readonly<TSESLint.SourceCode>) =>
      source.getText(call.arguments[0]);
    const toy: Toy = {
      when: (call, source) => source.getText().split(argumentOf(call, source)).length > 2,
      edit: (fixer, call, source) =>
        fixer.replaceText(call, `fragile("x${argumentOf(call, source).slice(1, -1)}")`),
    };
    expect(gateThatRejects(toy, { code })).toBe("second fix changes nothing");
  });

  it.each([
    ["Call sturdy instead", "it does not end as a sentence"],
    ["call sturdy instead.", "it does not begin as a sentence"],
    ["Call {{name}} instead.", "a placeholder is left"],
    ["Call undefined instead.", "a value is missing"],
    ["Call [object Object] instead.", "a value is missing"],
    ["Call sturdy.\nPlease.", "it has more than one line"],
  ])("rejects the message %j", (message, fault) => {
    expect(faultOfMessage(message)).toBe(fault);
    expect(gateThatRejects({ message })).toBe("message is a sentence");
  });

  it("rejects a report on the whole file", () => {
    expect(gateThatRejects({ at: "program" })).toBe("report has a place");
  });
});

type Parts = readonly TSESLint.RuleFix[];

/** A real rule whose fixes are spoilt on their way to the report. */
function spoilt(spoil: (parts: Parts, source: string) => Parts): AnyRule {
  const rule = rules["require-retry"] as unknown as AnyRule;
  return {
    ...rule,
    create: (context) => {
      const report: typeof context.report = (descriptor) => {
        const { fix } = descriptor;
        const source = context.sourceCode.text;
        context.report({
          ...descriptor,
          ...(fix && { fix: (fixer) => spoil([...(fix(fixer) as Parts)], source) }),
        });
      };
      return rule.create(Object.create(context, { report: { value: report } }) as typeof context);
    },
  };
}

describe("a fix of ours, spoilt", () => {
  const lines = (...body: readonly string[]): LintSetup => ({
    code: [
      `"use client";`,
      `import { type ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";`,
      `export async function list(client: ConnectClient, id?: string) {`,
      `  let InstanceId = id;`,
      `  if (InstanceId === undefined) return;`,
      ...body.map((line) => `  ${line}`),
      `  InstanceId = undefined;`,
      `}`,
      ``,
    ].join("\n"),
  });
  const plain = lines(`await client.send(new ListUsersCommand({ InstanceId }));`);
  const isImport = ({ text }: TSESLint.RuleFix): boolean => text.includes("import ");
  const callIn = (source: string): readonly [number, number] => {
    const start = !source.includes("client.send(")
      ? source.indexOf("client /*")
      : source.indexOf("client.send(");
    return [start, source.indexOf(";", start)];
  };

  it("is let through as it is", () => {
    const commented = lines(`await client /* why */.send(new ListUsersCommand({ InstanceId }));`);
    expect(
      rejection(
        spoilt((parts) => parts),
        plain,
      ),
    ).toBeUndefined();
    expect(
      rejection(
        spoilt((parts) => parts),
        commented,
      ),
    ).toBeUndefined();
  });

  it("is rejected when it drops a comment, for the comment", () => {
    const commented = lines(`await client /* why */.send(new ListUsersCommand({ InstanceId }));`);
    const rule = spoilt((parts, source) => [
      ...parts.filter(isImport),
      {
        range: callIn(source),
        text: "sendWithBackoff(client, new ListUsersCommand({ InstanceId }))",
      },
    ]);
    const error = rejection(rule, commented);
    expect(error?.gate).toBe("comments survive");
    expect(error?.message).toContain(`lost: "why".`);
  });

  it("is rejected when it forgets its import, for the unknown name", () => {
    const error = rejection(
      spoilt((parts) => parts.filter((part) => !isImport(part))),
      plain,
    );
    expect(error?.gate).toBe("output compiles");
    expect(error?.message).toContain("TS2304: Cannot find name 'sendWithBackoff'.");
  });

  it("is rejected when it closes over a narrowed `let`, for its type", () => {
    const narrowed = lines(
      `await client.send(new ListUsersCommand({ InstanceId: InstanceId.trim() }));`,
    );
    const rule = spoilt((parts, source) => [
      ...parts.filter(isImport).map(({ range, text }) => ({
        range,
        text: text.replace("sendWithBackoff", "withBackoff"),
      })),
      { range: callIn(source), text: `withBackoff(() => ${source.slice(...callIn(source))})` },
    ]);
    const error = rejection(rule, narrowed);
    expect(error?.gate).toBe("output compiles");
    expect(error?.message).toContain("TS18048: 'InstanceId' is possibly 'undefined'.");
    expect(
      rejection(
        spoilt((parts) => parts),
        narrowed,
      ),
    ).toBeUndefined();
  });

  it("is rejected when its import goes above a directive, for the directive", () => {
    const rule = spoilt((parts) =>
      parts.map((part) =>
        isImport(part) ? { range: [0, 0], text: `${part.text.trim()}\n` } : part,
      ),
    );
    const error = rejection(rule, plain);
    expect(error?.gate).toBe("directives stay");
    expect(error?.message).toContain("the prologue was [use client] and is [].");
  });
});

describe("programs of cases", () => {
  const usesSdk = `import { ConnectClient } from "@aws-sdk/client-connect";
export const client: ConnectClient = new ConnectClient({ region: "eu-central-1" });
`;

  it("sees the real SDK, and further files of the case", () => {
    expect(() => {
      checkValidCase({
        code: `import { client } from "./client.js";\nexport const retries: Promise<number> = client.config.maxAttempts();\n`,
        files: { "src/client.ts": usesSdk },
      });
    }).not.toThrow();
    expect(() => {
      checkValidCase({
        code: `import { client } from "./client.js";\nexport const retries: string = client.config.maxAttempts();\n`,
        files: { "src/client.ts": usesSdk },
      });
    }).toThrow(/TS2322/);
  });

  it("hides packages, and takes packages from the case", () => {
    expect(() => {
      checkValidCase({ code: usesSdk, notInstalled: ["@aws-sdk/*"] });
    }).toThrow(/TS2307/);
    expect(() => {
      checkValidCase({
        code: `import { old } from "@aws-sdk/client-connect";\nexport const n: 3 = old;\n`,
        files: {
          "node_modules/@aws-sdk/client-connect/package.json": `{ "name": "@aws-sdk/client-connect", "version": "3.18.0", "types": "index.d.ts" }`,
          "node_modules/@aws-sdk/client-connect/index.d.ts": "export declare const old: 3;",
        },
      });
    }).not.toThrow();
    expect(() => {
      checkValidCase({ code: usesSdk });
    }).not.toThrow();
  });
});

ruleTester.run("toy", toyRule({ edit: rename }), {
  valid: [`export const fine = 1;`],
  invalid: [
    {
      code: setup.code,
      errors: [{ messageId: "toy", line: 4 }],
      output: setup.code.replace("= fragile", "= sturdy"),
    },
  ],
});
