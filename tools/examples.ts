/** The example projects of this repository, made to run without an installation of their own. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "..");
export const EXAMPLES = path.join(ROOT, "examples");

/**
 * Lets the projects in a folder of this repository import the plugin by its name. Everything else they find in the
 * repository's own `node_modules`.
 */
export function linkPlugin(folder: string): void {
  const link = path.join(folder, "node_modules/eslint-plugin-connect-resilience");
  mkdirSync(path.dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(ROOT, link, "junction");
}
