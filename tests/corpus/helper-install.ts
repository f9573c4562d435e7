import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");
const builds = ["tsconfig.backoff.json", "tsconfig.backoff-cjs.json"];

/**
 * Installs the helper for every checkout in a folder, without touching one of them: into the `node_modules` of the folder
 * itself, where Node, TypeScript and the fixes look last. It is the package as it is published (manifest, ESM, CommonJS,
 * types), built from `src/backoff` as it is now, so edits are compiled against what users get.
 */
export function installHelper(checkouts: string): void {
  const target = path.join(checkouts, "node_modules/eslint-plugin-connect-resilience");
  fs.rmSync(target, { recursive: true, force: true });
  for (const build of builds) {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const project = ts.getParsedCommandLineOfConfigFile(path.join(root, build), {}, host);
    if (project === undefined) throw new Error(`${build} cannot be read.`);
    const outDir = path.join(target, path.relative(root, project.options.outDir ?? root));
    const program = ts.createProgram(project.fileNames, { ...project.options, outDir });
    if (program.emit().emitSkipped) throw new Error(`${build} does not build.`);
  }
  fs.copyFileSync(path.join(root, "package.json"), path.join(target, "package.json"));
  const commonJs = path.join(target, "dist/backoff/cjs/package.json");
  fs.writeFileSync(commonJs, `{ "type": "commonjs" }\n`);
}
