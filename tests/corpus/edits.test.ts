/** The compile gate at scale catches what it is there for: each bad rule below does one thing wrong. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Rule } from "eslint";
import { afterAll, describe, expect, it } from "vitest";
import { checkEdits } from "./edit-check.ts";
import type { EditCheck } from "./edit-check.ts";
import { openProject } from "./editable-project.ts";

const compilerOptions = { strict: true, lib: ["es2022"], types: [], module: "esnext" };
const files = {
  "src/value.ts": `export const value: number = 1; // the answer\nexport const other = 2;\n`,
  "src/user.ts": `import { value } from "./value";\nexport const twice = value.toFixed(2);\n`,
  "src/old.js": `/** @param {string} text */\nexports.length = (text) => text.length;\n`,
  "src/broken.ts": `export const = 1;\n`,
};
const checkout = fs.mkdtempSync(path.join(os.tmpdir(), "edits-"));
const before: Readonly<Record<string, string>> = {
  ...files,
  "tsconfig.json": JSON.stringify({ compilerOptions }),
};
for (const [name, text] of Object.entries(before)) {
  fs.mkdirSync(path.dirname(path.join(checkout, name)), { recursive: true });
  fs.writeFileSync(path.join(checkout, name), text);
}
afterAll(() => {
  fs.rmSync(checkout, { recursive: true });
});

function check(create: Rule.RuleModule["create"]): EditCheck {
  return checkEdits({
    checkout,
    sources: new Map(Object.entries(files)),
    rules: { canary: { meta: { fixable: "code", hasSuggestions: true }, create } },
    settings: {},
  });
}

/** A rule that replaces every literal, by fix or by suggestion. */
const replacing =
  (how: "fix" | "suggest", from: unknown, to: string, widen = 0): Rule.RuleModule["create"] =>
  (context) => ({
    Literal(node) {
      if (node.value !== from || node.range === undefined) return;
      const [start, end] = node.range;
      const fix = (fixer: Rule.RuleFixer): Rule.Fix =>
        fixer.replaceTextRange([start, end + widen], to);
      context.report({
        node,
        message: "Bad.",
        ...(how === "fix" ? { fix } : { suggest: [{ desc: "Make it bad.", fix }] }),
      });
    },
  });
const found = ({ faults }: EditCheck): string[] =>
  faults.map(({ kind, path: file, detail }) => `${kind} ${file} ${detail.split("\n")[0] ?? ""}`);

describe("edits that do no harm", () => {
  it("are counted, and a file that did not parse is named", () => {
    const result = check(replacing("fix", 2, "3"));
    expect(result).toMatchObject({ files: 4, unparsed: ["src/broken.ts"], faults: [] });
    // The argument of `toFixed` and the other constant.
    expect(result).toMatchObject({ fixes: 2, suggestions: 0 });
    expect(check(replacing("suggest", 2, "3"))).toMatchObject({ fixes: 0, suggestions: 2 });
  });

  it("are not blamed for errors that were there", () => {
    const result = check(replacing("fix", 1, "(3 as number)"));
    expect(result.faults).toEqual([]);
  });
});

describe("edits that break the types", () => {
  const error = `new error src/value.ts TS2322: Type 'string' is not assignable to type 'number'.`;

  it("are caught in a fix", () => {
    expect(found(check(replacing("fix", 1, `"1"`)))).toEqual([error]);
  });

  it("are caught in a suggestion", () => {
    expect(found(check(replacing("suggest", 1, `"1"`)))).toEqual([error]);
  });

  it("are caught in a file that imports the edited one", () => {
    const create: Rule.RuleModule["create"] = (context) => ({
      TSTypeAnnotation(node: Rule.Node) {
        if (!context.filename.endsWith("value.ts")) return;
        context.report({ node, message: "Bad.", fix: (fixer) => fixer.replaceText(node, ": {}") });
      },
    });
    const result = check((context) => {
      const listeners = create(context);
      return context.sourceCode.text.includes(": {}") ? {} : listeners;
    });
    expect(found(result)).toEqual([
      `new error src/user.ts TS2339: Property 'toFixed' does not exist on type '{}'.`,
    ]);
  });

  it("are caught in JavaScript, where a name is missing", () => {
    const result = check((context) => ({
      MemberExpression(node) {
        if (!context.filename.endsWith("old.js") || context.sourceCode.text.includes("retry"))
          return;
        context.report({
          node,
          message: "Bad.",
          fix: (fixer) => fixer.replaceText(node, "retry(0)"),
        });
      },
    }));
    expect(found(result).join("\n")).toContain("TS2304: Cannot find name 'retry'.");
  });
});

it("a fix whose text does not parse is caught", () => {
  const kinds = check(replacing("fix", 1, "((")).faults.map(({ kind }) => kind);
  expect(kinds).toContain("parse error");
});

it.each(["fix", "suggest"] as const)("a comment that is lost is caught (%s)", (how) => {
  const widen = "; // the answer".length;
  expect(found(check(replacing(how, 1, "3;", widen)))).toEqual([
    `lost comment src/value.ts Gate "comments survive": lost: "the answer".`,
  ]);
});

it("a fix that is offered again for its own output is caught", () => {
  const [fault] = check(replacing("fix", 1, "0 + 1")).faults;
  expect(fault).toMatchObject({ kind: "second-run change", path: "src/value.ts" });
});

it("a rule that throws is caught, and does not silence the others", () => {
  const result = checkEdits({
    checkout,
    sources: new Map(Object.entries(files)),
    rules: {
      canary: {
        create: (context) => ({
          Literal: () => {
            if (context.filename.endsWith("value.ts")) throw new Error("Not thought of.");
          },
        }),
      },
      quiet: {
        create: (context) => ({
          Literal: (node) => {
            context.report({ node, message: "Here." });
          },
        }),
      },
    },
    settings: {},
  });
  const crashes = result.faults.filter(({ kind }) => kind === "crash");
  expect(crashes[0]?.detail).toContain("Not thought of.");
  expect(result.reports.some((report) => report.path === "src/value.ts")).toBe(true);
});

it("what the time does not suffice for is told", () => {
  const result = checkEdits({
    checkout,
    sources: new Map(Object.entries(files)),
    rules: { canary: { create: replacing("fix", 1, "((") } },
    settings: {},
    timeLimit: 0,
  });
  expect(result).toMatchObject({ files: 0, leftOut: { files: 4 }, faults: [] });
});

it("packages that are imported are told from those that are installed", () => {
  const found = path.join(checkout, "node_modules/found");
  fs.mkdirSync(found, { recursive: true });
  fs.writeFileSync(path.join(found, "index.d.ts"), "export declare const one: 1;\n");
  const uses = `import fs from "node:fs";\nimport "./value";\nimport "found/index";\nimport "@not/there/x";\n`;
  const file = path.join(checkout, "src/value.ts");
  const project = openProject({ rootNames: [file], options: {} });
  expect(project.packages([file])).toEqual(new Map());
  const edited = project.after(new Map([[file, uses]]));
  expect(Object.fromEntries(edited.packages([file]))).toEqual({ found: true, "@not/there": false });
  fs.rmSync(path.join(checkout, "node_modules"), { recursive: true });
});

it("nothing is written into the checkout", () => {
  check(replacing("fix", 2, "3"));
  const now = Object.fromEntries(
    Object.keys(before).map((name) => [name, fs.readFileSync(path.join(checkout, name), "utf8")]),
  );
  expect(now).toEqual(before);
});
