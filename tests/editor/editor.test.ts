/** What a developer sees and clicks in an editor, through the real ESLint language server and the built plugin. */
import { cpSync, existsSync, rmSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXAMPLES, linkPlugin, ROOT } from "../../tools/examples.ts";
import { type LanguageServer, startLanguageServer } from "../support/language-server.ts";

const workspace = path.join(ROOT, ".tmp/editor/contact-centre");
let server: LanguageServer;

beforeAll(async () => {
  if (!existsSync(path.join(ROOT, "dist/index.js"))) {
    throw new Error("The editor loads the built plugin: run `npm run build` first.");
  }
  rmSync(workspace, { recursive: true, force: true });
  cpSync(path.join(EXAMPLES, "contact-centre"), workspace, {
    recursive: true,
    filter: (source) => !/[\\/](?:node_modules|dist)$/.test(source),
  });
  linkPlugin(workspace);
  server = await startLanguageServer(workspace);
});

afterAll(async () => {
  await server.close();
  rmSync(workspace, { recursive: true, force: true });
});

/** Errors of the compiler in a file of the workspace whose text is still in the editor. */
function compilerErrors(file: string, text: string): string[] {
  const configFile = path.join(workspace, "tsconfig.json");
  const { config } = ts.readConfigFile(configFile, (name) => ts.sys.readFile(name)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, workspace);
  const fileName = path.join(workspace, file);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (name) => (name === fileName ? text : readFile(name));
  host.getSourceFile = (name, languageVersion) =>
    name === fileName
      ? ts.createSourceFile(name, text, languageVersion, true)
      : getSourceFile(name, languageVersion);
  const program = ts.createProgram([fileName], { ...options, noEmit: true }, host);
  const source = program.getSourceFile(fileName);
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

// The server loads a compiler and the SDK: seconds, on a busy machine many.
describe("in an editor", { timeout: 180_000 }, () => {
  it("a finding has a place, a message, and a link to its page", async () => {
    const document = await server.open("src/connect.ts");
    const diagnostics = await document.diagnostics();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "connect-resilience/require-retry",
      severity: 1,
      range: { start: { line: 3, character: 23 } },
      codeDescription: {
        href: expect.stringMatching(/^https:.*\/docs\/rules\/require-retry\.md$/) as string,
      },
    });
    expect(diagnostics[0]?.message).toMatch(/^This ConnectClient has no retry policy of its own/);
  });

  it("the preferred quick fix repairs it, and compiles", async () => {
    const document = await server.open("src/connect.ts");
    const before = document.text();
    const [finding] = await document.diagnostics();
    const actions = await document.codeActions(finding!);
    const fix = actions.find(({ isPreferred }) => isPreferred);
    expect(fix?.title).toBe("Fix this connect-resilience/require-retry problem");
    await document.choose(fix!);
    expect(document.text()).toContain("new ConnectClient({ retryStrategy: backoffStrategy() })");
    expect(document.text()).toContain(
      `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";`,
    );
    expect(compilerErrors("src/connect.ts", document.text())).toEqual([]);
    expect(await document.diagnostics()).toEqual([]);

    // Another file's findings follow what was typed here and linted, saved or not.
    const user = await server.open("src/failover.ts");
    expect(await user.diagnostics()).toEqual([]);
    await document.type(before);
    expect(await document.diagnostics()).toHaveLength(1);
    expect((await user.diagnostics()).length).toBeGreaterThan(0);
  });

  it("a suggestion is chosen by its own words, and compiles", async () => {
    const document = await server.open("src/directory.ts");
    const found = await document.diagnostics();
    const actions = await document.codeActions(found[0]!);
    const suggestion = actions.find(({ title }) =>
      title.startsWith("Start the requests at the pace of the quota, 2 a second."),
    );
    expect(suggestion?.title).toContain("connect-resilience/no-unthrottled-fan-out");
    await document.choose(suggestion!);
    expect(document.text()).toContain("await mapPaced(userIds, ");
    expect(compilerErrors("src/directory.ts", document.text())).toEqual([]);
    expect(await document.diagnostics()).toHaveLength(found.length - 1);
  });

  it("saving applies all fixes of a file, and compiles", async () => {
    const document = await server.open("src/failover.ts");
    expect((await document.diagnostics()).length).toBeGreaterThan(1);
    await document.save();
    expect(document.text().match(/sendWithBackoff\(\s*connect,/g)?.length).toBeGreaterThan(1);
    expect(compilerErrors("src/failover.ts", document.text())).toEqual([]);
    expect(await document.diagnostics()).toEqual([]);
  });

  it("saving applies no suggestion", async () => {
    const document = await server.open("src/directory.ts");
    const before = document.text();
    expect((await document.diagnostics()).length).toBeGreaterThan(0);
    await document.save();
    expect(document.text()).toBe(before);
  });

  it("half-typed code keeps the findings of the rest, or shows the syntax error alone", async () => {
    const document = await server.open("src/outbound.ts");
    const whole = document.text();
    expect((await document.diagnostics()).length).toBeGreaterThan(0);
    for (const end of [0.2, 0.4, 0.6, 0.8].map((part) => Math.floor(whole.length * part))) {
      await document.type(whole.slice(0, end));
      for (const { message } of await document.diagnostics()) {
        expect(message).not.toMatch(/TypeError|Cannot read/);
      }
    }
    await document.type(whole);
    expect((await document.diagnostics()).length).toBeGreaterThan(0);
  });

  it("nothing was wrong with the server", () => {
    expect(server.complaints).toEqual([]);
  });
});
