/** ESLint configs as users write them, loaded with the plugin from `src` in place of the installed package. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ESLint } from "eslint";
import type { Linter } from "eslint";

const root = path.resolve(import.meta.dirname, "../..");
const plugin = path.join(root, "src/index.ts");
const workshop = path.join(root, ".tmp/user-config");

/** A folder of its own below the repository, so that packages are found; empty at first. */
export function makeProject(name: string, files: Readonly<Record<string, string>>): string {
  const folder = path.join(workshop, name);
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return folder;
}

/** Evaluates the text of an `eslint.config.js` that stands in a folder. */
export async function loadConfig(text: string, folder: string): Promise<Linter.Config[]> {
  const module = text
    .replaceAll('"eslint-plugin-connect-resilience"', JSON.stringify(plugin))
    .replaceAll("import.meta.dirname", JSON.stringify(folder));
  const name = path.relative(root, folder).replaceAll(/[/\\.]+/g, "-");
  const copy = makeProject(`config${name}`, { "eslint.config.mjs": module });
  const url = pathToFileURL(path.join(copy, "eslint.config.mjs")).href;
  return ((await import(/* @vite-ignore */ url)) as { default: Linter.Config[] }).default;
}

/** Lints files of a folder with a config and nothing else. */
export async function lintProject(
  folder: string,
  config: readonly Linter.Config[],
  patterns: readonly string[] = ["."],
): Promise<ESLint.LintResult[]> {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [...config],
  });
  return eslint.lintFiles([...patterns]);
}
