/** Projects in temporary folders, and the command line run on them in this process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { main } from "../../src/cli/main.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folders: string[] = [];

/** Writes files into a new folder: path → text. With `installed`, this repository's packages are the project's. */
export function createProject(
  files: Readonly<Record<string, string>>,
  { installed = false } = {},
): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "connect-resilience-check-")));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (installed)
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  return folder;
}

/** Deletes every project of this test file. */
export function removeProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `eslint-plugin-connect-resilience <args>` in a folder. Nothing is a terminal unless `tty` says so. */
export async function runCli(
  cwd: string,
  args: readonly string[],
  { tty = false, env = {} }: { tty?: boolean; env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const written = { out: "", err: "" };
  const stream = (
    key: keyof typeof written,
  ): { write: (text: string) => void; isTTY: boolean } => ({
    write: (text) => {
      written[key] += text;
    },
    isTTY: tty,
  });
  const terminal = { cwd, env, stdout: stream("out"), stderr: stream("err"), exitCode: 0 };
  const code = await main(args, terminal);
  return { code, ...written };
}

/** What a person reads: no colours. */
export const plain = stripVTControlCharacters;
