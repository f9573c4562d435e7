/** An editor without a window: drives the ESLint language server that VS Code, Neovim and Zed run. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextEdit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

export interface Diagnostic {
  readonly range: TextEdit["range"];
  readonly severity: number;
  readonly code: string;
  readonly codeDescription?: { readonly href: string };
  readonly message: string;
}

export interface CodeAction {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly command?: { readonly command: string; readonly arguments: unknown[] };
  readonly edit?: WorkspaceEdit;
}

interface WorkspaceEdit {
  readonly documentChanges: readonly { readonly edits: readonly TextEdit[] }[];
}

/** One open document: what an editor shows of it and does to it. */
export interface OpenDocument {
  text(): string;
  /** Types over the whole text. */
  type(text: string): Promise<void>;
  diagnostics(): Promise<Diagnostic[]>;
  /** What the light bulb offers for a diagnostic. */
  codeActions(diagnostic: Diagnostic): Promise<CodeAction[]>;
  /** Chooses an entry of the light bulb. */
  choose(action: CodeAction): Promise<void>;
  /** `editor.codeActionsOnSave: { "source.fixAll.eslint": "explicit" }`. */
  save(): Promise<void>;
}

export interface LanguageServer {
  /** @param file - relative to the workspace folder. */
  open(file: string): Promise<OpenDocument>;
  /** What the server complained of: a missing library, a crash of a rule. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const serverFile = createRequire(import.meta.url).resolve(
  "vscode-langservers-extracted/lib/eslint-language-server/eslintServer.js",
);

/** Starts the server on a workspace folder, which must hold an ESLint config and find its packages. */
export async function startLanguageServer(workspace: string): Promise<LanguageServer> {
  const folder = { name: path.basename(workspace), uri: pathToFileURL(workspace).href };
  const child = spawn(process.execPath, [serverFile, "--stdio"], {
    cwd: workspace,
    stdio: ["pipe", "pipe", "ignore"],
    // With it typescript-eslint takes the server for a single run, and reads no file twice.
    env: { ...process.env, CI: undefined },
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const complaints: string[] = [];
  const applied: WorkspaceEdit[] = [];
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
    items.map(() => configurationOf(folder)),
  );
  connection.onRequest("workspace/workspaceFolders", () => [folder]);
  for (const request of ["client/registerCapability", "workspace/diagnostic/refresh"]) {
    connection.onRequest(request, () => null);
  }
  connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
    applied.push(edit);
    return { applied: true };
  });
  for (const request of ["eslint/noConfig", "eslint/noLibrary", "eslint/probeFailed"]) {
    connection.onRequest(request, () => {
      complaints.push(request);
      return {};
    });
  }
  connection.onNotification(
    "window/logMessage",
    ({ type, message }: { type: number; message: string }) => {
      if (type <= 2) complaints.push(message);
    },
  );
  connection.onUnhandledNotification(() => undefined);
  connection.listen();

  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: folder.uri,
    workspaceFolders: [folder],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, applyEdit: true },
      textDocument: {
        diagnostic: {},
        codeAction: {
          isPreferredSupport: true,
          // Without it the server offers no code actions.
          codeActionLiteralSupport: {
            codeActionKind: { valueSet: ["", "quickfix", "source", "source.fixAll"] },
          },
        },
      },
    },
  });
  await connection.sendNotification("initialized", {});

  async function open(file: string): Promise<OpenDocument> {
    const textDocument = { uri: pathToFileURL(path.join(workspace, file)).href };
    let text = readFileSync(path.join(workspace, file), "utf8");
    let version = 1;
    const languageId = /\.[cm]?tsx?$/.test(file) ? "typescript" : "javascript";
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId, version, text },
    });

    async function type(next: string): Promise<void> {
      text = next;
      version += 1;
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { ...textDocument, version },
        contentChanges: [{ text }],
      });
    }
    const apply = (edit: WorkspaceEdit): Promise<void> =>
      type(
        applyEdits(
          text,
          edit.documentChanges.flatMap(({ edits }) => edits),
        ),
      );

    return {
      text: () => text,
      type,
      async diagnostics() {
        const { items } = await connection.sendRequest<{ items: Diagnostic[] }>(
          "textDocument/diagnostic",
          { textDocument, identifier: "eslint" },
        );
        return items;
      },
      codeActions: (diagnostic) =>
        connection.sendRequest("textDocument/codeAction", {
          textDocument,
          range: diagnostic.range,
          context: { diagnostics: [diagnostic], only: ["quickfix"] },
        }),
      async choose({ title, command }) {
        if (command === undefined) throw new Error(`"${title}" has no command.`);
        await connection.sendRequest("workspace/executeCommand", command);
        const edit = applied.pop();
        if (edit === undefined) throw new Error(`"${title}" changed nothing.`);
        await apply(edit);
      },
      async save() {
        const start = { line: 0, character: 0 };
        const actions = await connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
          textDocument,
          range: { start, end: start },
          context: { diagnostics: [], only: ["source.fixAll.eslint"] },
        });
        for (const { edit } of actions) if (edit !== undefined) await apply(edit);
      },
    };
  }

  return {
    open,
    complaints,
    async close() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.dispose();
      child.kill();
    },
  };
}

/** What the extension of VS Code answers with its default settings. */
function configurationOf(workspaceFolder: { name: string; uri: string }): object {
  return {
    validate: "on",
    packageManager: "npm",
    useESLintClass: false,
    // The server reads a member of it without looking.
    experimental: {},
    useRealpaths: false,
    codeAction: {
      disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
      showDocumentation: { enable: true },
    },
    codeActionOnSave: { mode: "all" },
    format: false,
    quiet: false,
    onIgnoredFiles: "off",
    options: {},
    rulesCustomizations: [],
    run: "onType",
    problems: { shortenToSingleLine: false },
    nodePath: null,
    workspaceFolder,
    workingDirectory: { mode: "location" },
  };
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lineStarts = [
    0,
    ...[...text.matchAll(/\r\n|\n/g)].map((match) => match.index + match[0].length),
  ];
  const offsetAt = ({ line, character }: Position): number =>
    (lineStarts[line] ?? text.length) + character;
  return edits
    .toSorted((a, b) => offsetAt(b.range.start) - offsetAt(a.range.start))
    .reduce(
      (changed, { range, newText }) =>
        changed.slice(0, offsetAt(range.start)) + newText + changed.slice(offsetAt(range.end)),
      text,
    );
}
