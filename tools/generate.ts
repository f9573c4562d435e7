/**
 * Writes every generated source file, and the tables of measured figures in the pages: `tsx tools/generate.ts`. With `--check`, writes nothing and exits with 1 if one is stale.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import { generateKnowledge } from "./generate-knowledge.ts";
import { generateTables } from "./generate-tables.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** The generated files as they should be, formatted, by absolute path. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [relative, content] of [...generateKnowledge(), ...generateTables()]) {
    const file = path.join(ROOT, relative);
    const options = await prettier.resolveConfig(file);
    files.set(file, await prettier.format(content, { ...options, filepath: file }));
  }
  return files;
}

/** Those of the generated files whose content on disk differs from what it should be. */
export function staleFiles(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([file, content]) => !existsSync(file) || readFileSync(file, "utf8") !== content)
    .map(([file]) => path.relative(ROOT, file));
}

async function main(check: boolean): Promise<void> {
  const files = await generatedFiles();
  const stale = staleFiles(files);
  if (check) {
    for (const file of stale) console.error(`${file} is stale: run \`npm run generate\``);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const file of stale)
    writeFileSync(path.join(ROOT, file), files.get(path.join(ROOT, file)) ?? "");
  console.log(stale.length > 0 ? `written: ${stale.join(", ")}` : "everything is up to date");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.includes("--check"));
}
