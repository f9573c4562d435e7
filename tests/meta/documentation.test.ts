/**
 * The examples of the rules' pages are linted: under ❌ the rule reports, under ✅ neither it nor any other rule does, as people copy what is
 * said to be correct, and both compile. A fence may carry a case's properties as JSON: `ts {"options": [{ … }], "settings": { … }}`.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { checkValidCase, lint } from "../support/gates.ts";
import type { AnyRule, LintSetup } from "../support/gates.ts";
import { examplesOf } from "../support/markdown.ts";
import type { Example } from "../support/markdown.ts";

const folder = path.resolve(import.meta.dirname, "../../docs/rules");
const code = new Set(["ts", "tsx", "js", "jsx", "cts", "cjs", "mts", "mjs"]);

/** Messages of a rule in all files of an example; its options are those of the page's own rule. */
function messagesIn(name: string, rule: AnyRule, example: Example): string[] {
  return example.files.flatMap((main) => {
    const others = example.files.filter((file) => file !== main);
    const setup: LintSetup = {
      ...example.properties,
      filename: `src/${main.name}`,
      code: main.code,
      files: Object.fromEntries(others.map((file) => [`src/${file.name}`, file.code])),
    };
    checkValidCase(setup);
    return lint(name, rule, setup, main.code).map((message) => message.message);
  });
}

describe.each(Object.entries(rules))("docs/rules/%s.md", (name, rule) => {
  const examples = examplesOf(readFileSync(path.join(folder, `${name}.md`), "utf8")).filter(
    ({ language }) => code.has(language),
  );

  it("has examples of both kinds", () => {
    const verdicts = examples.map((example) => example.verdict);
    expect(verdicts).toContain("incorrect");
    expect(verdicts).toContain("correct");
  });

  it.each(examples.filter(({ verdict }) => verdict !== undefined))(
    "line $line is $verdict",
    (example) => {
      const messages = messagesIn(name, rule, example);
      if (example.verdict === "correct") expect(messages).toEqual([]);
      else expect(messages.length).toBeGreaterThan(0);
    },
  );

  it.each(examples.filter(({ verdict }) => verdict === "correct"))(
    "line $line is correct for every other rule",
    (example) => {
      const properties = { ...example.properties, options: undefined };
      const messages = Object.entries(rules)
        .filter(([other]) => other !== name)
        .flatMap(([other, otherRule]) => messagesIn(other, otherRule, { ...example, properties }));
      expect(messages).toEqual([]);
    },
  );
});

describe("reading examples", () => {
  const page = `# Rule
❌ Incorrect:

\`\`\`ts {"options": [{ "a": 1 }]}
// file: a.ts
export const a = 1;
// file: b.ts
export const b = 2;
\`\`\`

✅ Correct:

\`\`\`js
let c;
\`\`\`

## More

\`\`\`ts
let d;
\`\`\`
`;

  it("finds verdicts, properties and files", () => {
    expect(examplesOf(page)).toEqual([
      {
        line: 4,
        language: "ts",
        properties: { options: [{ a: 1 }] },
        verdict: "incorrect",
        files: [
          { name: "a.ts", code: "export const a = 1;\n" },
          { name: "b.ts", code: "export const b = 2;\n" },
        ],
      },
      {
        line: 13,
        language: "js",
        properties: {},
        verdict: "correct",
        files: [{ name: "file.js", code: "let c;\n" }],
      },
      {
        line: 19,
        language: "ts",
        properties: {},
        verdict: undefined,
        files: [{ name: "file.ts", code: "let d;\n" }],
      },
    ]);
  });
});
