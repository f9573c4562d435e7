/**
 * Builds the package into an empty `dist`: `tsx tools/build.ts`.
 * The plugin is ESM; the helper, which runs in users' production code, is ESM and CommonJS.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");
const projects = ["tsconfig.build.json", "tsconfig.backoff.json", "tsconfig.backoff-cjs.json"];

rmSync(dist, { recursive: true, force: true });
for (const project of projects) {
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", project], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
const commonJs = path.join(dist, "backoff/cjs");
mkdirSync(commonJs, { recursive: true });
writeFileSync(path.join(commonJs, "package.json"), `{ "type": "commonjs" }\n`);

for (const entry of [
  "index.js",
  "index.d.ts",
  "cli/bin.js",
  "backoff/index.js",
  "backoff/cjs/index.js",
]) {
  if (existsSync(path.join(dist, entry))) continue;
  console.error(`The build left out dist/${entry}.`);
  process.exit(1);
}
