/** Many findings in ESLint's hands: one `--fix` run of the real rules does all of them, and a second has nothing to do. */
import type { ESLint, Linter } from "eslint";
import { Linter as EslintLinter } from "eslint";
import { describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { absolutePath, createCaseProgram, projectDirectory } from "../support/case-program.ts";
import { languageOptionsOf } from "../support/gates.ts";

const HEADER = `import { type ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";\n`;
const IMPORT = `import { sendWithBackoff } from "eslint-plugin-connect-resilience/backoff";\n`;
const send = (index: number) =>
  `export const list${String(index)} = (client: ConnectClient) => client.send(new ListUsersCommand({ InstanceId: "${String(index)}" }));\n`;
const FORTY = HEADER + Array.from({ length: 40 }, (_, index) => send(index)).join("");
const REPAIRED = FORTY.replace(HEADER, HEADER + IMPORT).replaceAll(
  "client.send(",
  "sendWithBackoff(client, ",
);

const linter = new EslintLinter({ cwd: projectDirectory });
const plugin = { rules } as unknown as ESLint.Plugin;
const configs = (more: Linter.Config = {}): Linter.Config[] => [
  {
    files: ["**"],
    plugins: { own: plugin },
    rules: { "own/require-retry": "error" },
    languageOptions: languageOptionsOf({ code: FORTY }),
  },
  { files: ["**"], ...more },
];
const options = { filename: absolutePath("src/file.ts") };

describe("D: 40 findings in one file", () => {
  it("one run fixes all, with one import, within ESLint's ten passes", () => {
    const { fixed, output, messages } = linter.verifyAndFix(FORTY, configs(), options);
    expect(fixed).toBe(true);
    expect(messages).toEqual([]);
    expect(output).toBe(REPAIRED);
  });

  it("every fix by itself carries code and import, and only while the import is missing", () => {
    const before = linter.verify(FORTY, configs(), options);
    expect(before).toHaveLength(40);
    for (const { fix } of before) {
      expect(fix?.text).toContain(IMPORT.trim());
      expect(fix?.text).toContain("sendWithBackoff(client, ");
    }
    const after = linter.verify(FORTY.replace(HEADER, HEADER + IMPORT), configs(), options);
    expect(after).toHaveLength(40);
    for (const { fix } of after) expect(fix?.text).not.toContain("import");
  });

  it("a second run makes no change", () => {
    expect(linter.verifyAndFix(REPAIRED, configs(), options).fixed).toBe(false);
  });

  it("verified by compiling", () => {
    for (const code of [FORTY, REPAIRED]) {
      const { program, sourceFile } = createCaseProgram({ filename: "src/file.ts", code });
      expect(program.getSemanticDiagnostics(sourceFile)).toEqual([]);
    }
  });

  it("two plugins insert at the same place: both get there, and a second run makes no change", () => {
    const foreign: ESLint.Plugin = {
      rules: {
        imports: {
          meta: { fixable: "code", schema: [] },
          create: (context) => ({
            ImportDeclaration(node: { range: [number, number] }) {
              if ((context.sourceCode as unknown as { text: string }).text.includes("node:process"))
                return;
              const fix = {
                text: `\nimport "node:process";`,
                range: [node.range[1], node.range[1]],
              };
              context.report({ node, message: "Import it.", fix: () => fix as never });
            },
          }),
        },
      },
    };
    const both = configs({ plugins: { foreign }, rules: { "foreign/imports": "error" } });
    const { output, messages } = linter.verifyAndFix(FORTY, both, options);
    expect(messages).toEqual([]);
    expect(output.match(/^import /gmu)).toHaveLength(3);
    expect(output.match(/sendWithBackoff\(client, /gu)).toHaveLength(40);
    expect(linter.verifyAndFix(output, both, options).fixed).toBe(false);
  });
});
