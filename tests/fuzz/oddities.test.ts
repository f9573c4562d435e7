import type { ESLint, Linter as LinterTypes } from "eslint";
import { Linter } from "eslint";
import * as espree from "espree";
import { describe, expect, it } from "vitest";
import { parseForESLint } from "@typescript-eslint/parser";
import { rules } from "../../src/rules/index.ts";
import { absolutePath, projectDirectory } from "../support/case-program.ts";
import { applyEdits } from "../support/gates.ts";
import { checkSurvives, lintAll, parsingFault, withoutTypes } from "./judge.ts";
import { oddities, RETRY } from "./oddities.ts";

const HEAD = `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

describe("rare syntax", () => {
  it.each(Object.entries(oddities))("%s", (_name, setup) => {
    expect(parsingFault(setup)).toBeUndefined();
    checkSurvives(setup);
    checkSurvives(withoutTypes(setup));
    if (setup.parser === "espree") checkSurvives({ ...setup, parser: "typescript" });
  });

  it("is looked at by the rules", () => {
    const silent = Object.entries(oddities).filter(
      ([, setup]) => setup.code.includes(RETRY) && lintAll(setup).length === 0,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe("size", () => {
  const nest = (open: string, core: string, close: string, depth: number): string =>
    open.repeat(depth) + core + close.repeat(depth);

  it.each<[string, string]>([
    ["blocks", nest("{ ", `(async (id) => { ${RETRY} })();`, " }", 600)],
    ["conditions", nest("if (client) { ", `(async (id) => { ${RETRY} })();`, " }", 600)],
    ["loops", `async function run(id) { ${nest("while (id) { ", RETRY, " }", 40)} } run();`],
    ["handlers", `async function run(id) { ${nest("try { ", RETRY, " } catch { }", 300)} } run();`],
    ["functions", `const run = ${nest("(() => ", `async (id) => { ${RETRY} }`, ")", 500)}; run();`],
    ["calls", `const run = async (id) => { ${RETRY} }; ${nest("run(", "1", ")", 120)};`],
    ["sums", `const run = async (id) => { ${RETRY} }; run(${"1 + ".repeat(600)}1);`],
    ["members", `const run = async (id) => { ${RETRY} }; run(client${".config".repeat(600)});`],
    ["chains", `const run = async (id) => { ${RETRY} }; run()${".catch(run)".repeat(500)};`],
    ["objects", `new ConnectClient(${nest("{ a: ", "{}", " }", 600)});`],
    ["alternatives", `${"if (client) {} else ".repeat(500)} (async (id) => { ${RETRY} })();`],
  ])("deep %s", (_name, code) => {
    checkSurvives({ code: HEAD + code, types: false });
    checkSurvives({ code: HEAD + code, allowTypeErrors: true });
  });

  it("a file of 10,000 lines", () => {
    const functions = Array.from(
      { length: 1000 },
      (_, index) =>
        `export async function run${index}(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: id }));
    } catch (error) {
      if (attempt === 4) throw error;
      await sleep(1000);
    }
  }
  return run${index}(id);
}
`,
    );
    const reports = lintAll({ code: HEAD + functions.join(""), types: false });
    expect(reports.length).toBeGreaterThanOrEqual(functions.length);
  });
});

describe("what a bundler has written", () => {
  const call = `new ConnectClient({}).send(new ListUsersCommand({ InstanceId: "i" }));`;
  const names = Array.from({ length: 5000 }, (_, index) => `function t${index}(e){return e};`);

  it("is not judged where its lines are of that kind", () => {
    expect(lintAll({ code: `${HEAD}${call}${names.join("")}`, types: false })).toEqual([]);
  });

  it("is judged line by line otherwise", () => {
    expect(lintAll({ code: `${HEAD}${call}${names.join("\n")}`, types: false })).not.toEqual([]);
  });
});

describe("files inside of files", () => {
  const plugin = { rules } as unknown as ESLint.Plugin;
  const blocks: LinterTypes.Processor = {
    preprocess: (text) =>
      [...text.matchAll(/```js\n([^]*?)```/g)].map(([, code = ""], index) => ({
        text: code,
        filename: `${index}.js`,
      })),
    postprocess: (messages) => messages.flat(),
    supportsAutofix: false,
  };
  const base: LinterTypes.Config = {
    plugins: { "connect-resilience": plugin, test: { processors: { blocks } } },
    rules: Object.fromEntries(
      Object.keys(rules).map((name) => [`connect-resilience/${name}`, "error"]),
    ),
    settings: { "connect-resilience": { types: "optional" } },
  };
  const linter = new Linter({ configType: "flat", cwd: projectDirectory });

  it("code blocks of a Markdown file are linted", () => {
    const code = `${HEAD}export async function run(id) { ${RETRY} }\n`;
    const text = `# Title\n\n\`\`\`js\n${code}\`\`\`\n\nText.\n\n\`\`\`js\n\`\`\`\n`;
    const messages = linter.verify(
      text,
      [
        { files: ["**/*.md"], processor: "test/blocks" },
        { ...base, files: ["**/*.js", "**/*.md"] },
      ],
      {
        filename: absolutePath("README.md"),
        filterCodeBlock: (name) => name.endsWith(".js"),
      },
    );
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    expect(messages.map(({ ruleId }) => ruleId)).toContain("connect-resilience/require-jitter");
  });

  it.each(["espree", "typescript"])(
    "the script of a Vue file, read by %s, keeps its place",
    (kind) => {
      const script = `${HEAD}export default { methods: { async run(id) { ${RETRY} } } };\n`;
      const text = `<template>\n  <a @click="run(1)">{{ client }}</a>\n</template>\n\n<script>\n${script}</script>\n\n<style>a { color: red }</style>\n`;
      // As `vue-eslint-parser` does it: the tree is the script's, the text and the places are the file's.
      const onlyScript = (code: string): string => {
        const start = code.indexOf("<script>") + "<script>".length;
        const end = code.indexOf("</script>");
        const blank = (part: string): string => part.replaceAll(/[^\n]/g, " ");
        return blank(code.slice(0, start)) + code.slice(start, end) + blank(code.slice(end));
      };
      const parser = {
        parseForESLint: (code: string, options: object) =>
          parseForESLint(onlyScript(code), { ...options, filePath: "app.vue.ts" }),
      } as unknown as LinterTypes.Parser;
      const espreeOfScript = {
        parse: (code: string, options: object) => espree.parse(onlyScript(code), options),
      } as unknown as LinterTypes.Parser;
      const config: LinterTypes.Config = {
        ...base,
        files: ["**/*.vue"],
        languageOptions: {
          parser: kind === "espree" ? espreeOfScript : parser,
          sourceType: "module",
        },
      };
      const messages = linter.verify(text, [config], { filename: absolutePath("src/App.vue") });
      expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
      expect(messages.map(({ ruleId }) => ruleId)).toContain("connect-resilience/require-jitter");
      const edits = messages.flatMap(({ fix, suggestions = [] }) => [
        ...(fix ? [fix] : []),
        ...suggestions.map((suggestion) => suggestion.fix),
      ]);
      expect(edits.length).toBeGreaterThan(0);
      for (const edit of edits) {
        const output = applyEdits(text, [edit]);
        expect(output.split("<script>")[0]).toBe(text.split("<script>")[0]);
        expect(output.split("</script>")[1]).toBe(text.split("</script>")[1]);
        expect(
          linter
            .verify(output, [config], { filename: absolutePath("src/App.vue") })
            .filter(({ fatal }) => fatal),
        ).toEqual([]);
      }
    },
  );
});
