/** ESLint's own command line on a project that has the built plugin installed, as a CI job runs it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { linkPlugin, ROOT } from "../../tools/examples.ts";
import { makeProject } from "./user-config.ts";

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const eslintFile = path.join(ROOT, "node_modules/eslint/bin/eslint.js");

/** A project below this repository that finds the plugin by its name. */
export function makeUserProject(name: string, files: Readonly<Record<string, string>>): string {
  if (!existsSync(path.join(ROOT, "dist/index.js"))) {
    throw new Error("ESLint's command line loads the built plugin: run `npm run build` first.");
  }
  const folder = makeProject(name, files);
  linkPlugin(folder);
  return folder;
}

/** Runs a program of Node in a folder. */
export function runNode(folder: string, file: string, args: readonly string[]): Outcome {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1" };
  delete env["FORCE_COLOR"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

export function runEslint(folder: string, ...args: readonly string[]): Outcome {
  return runNode(folder, eslintFile, args);
}
