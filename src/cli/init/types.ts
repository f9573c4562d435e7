/** Which files have type information under the project's ESLint config, and which a tsconfig.json would give it to. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { ESLint } from "eslint";
import type * as eslintModule from "eslint";
import type ts from "typescript";
import { UserError } from "../terminal.ts";
import type { Project } from "./project.ts";

/** Loads a package as the project would; `undefined` where it is not installed. */
export function loadFrom(root: string, name: string): unknown {
  const file = resolveFrom(root, name);
  return file === undefined ? undefined : createRequire(file)(file);
}

/** Where a module of the project's packages is, or `undefined`. */
export function resolveFrom(root: string, name: string): string | undefined {
  try {
    return createRequire(path.join(root, "package.json")).resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * The files for which the ESLint config sets up type information.
 * @throws UserError where the config cannot be read
 */
export async function typedByConfig(
  project: Project,
  files: readonly string[],
): Promise<ReadonlySet<string>> {
  const typed = new Set<string>();
  const { ESLint } = (loadFrom(project.root, "eslint") ?? {}) as Partial<typeof eslintModule>;
  if (ESLint === undefined || project.eslintConfig === undefined) return typed;
  const eslint = new ESLint({ cwd: project.root });
  for (const file of files) {
    const options = await parserOptionsOf(eslint, path.join(project.root, file)).catch(
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(
          `${project.eslintConfig ?? "The ESLint config"} does not load: ${reason}`,
        );
      },
    );
    if (options["projectService"] || options["project"] || options["programs"]) typed.add(file);
  }
  return typed;
}

async function parserOptionsOf(
  eslint: ESLint,
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  const config = (await eslint.calculateConfigForFile(file)) as
    { readonly languageOptions?: { readonly parserOptions?: Record<string, unknown> } } | undefined;
  return config?.languageOptions?.parserOptions ?? {};
}

/** The files that the tsconfig.json nearest to them includes; all of them where no compiler is there to ask. */
export function includedFiles(project: Project, files: readonly string[]): ReadonlySet<string> {
  const compiler = loadFrom(project.root, "typescript") as typeof ts | undefined;
  const included = new Set<string>();
  const parsed = new Map<string, ReadonlySet<string>>();
  for (const file of files) {
    const absolute = path.join(project.root, file);
    const config = nearestConfig(path.dirname(absolute), project.root);
    if (config === undefined) continue;
    if (compiler === undefined) {
      included.add(file);
      continue;
    }
    let names = parsed.get(config);
    if (names === undefined) parsed.set(config, (names = filesOf(compiler, config)));
    if (names.has(absolute)) included.add(file);
  }
  return included;
}

function nearestConfig(folder: string, root: string): string | undefined {
  const here = path.join(folder, "tsconfig.json");
  if (existsSync(here)) return here;
  return folder === root || path.dirname(folder) === folder
    ? undefined
    : nearestConfig(path.dirname(folder), root);
}

/** The files of a configuration and of those that it references. */
function filesOf(
  compiler: typeof ts,
  config: string,
  seen = new Set<string>(),
): ReadonlySet<string> {
  if (seen.has(config)) return new Set();
  seen.add(config);
  const parsed = compiler.getParsedCommandLineOfConfigFile(
    config,
    {},
    { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  return new Set([
    ...(parsed?.fileNames.map((name) => path.resolve(name)) ?? []),
    ...(parsed?.projectReferences ?? []).flatMap((reference) => [
      ...filesOf(compiler, compiler.resolveProjectReferencePath(reference), seen),
    ]),
  ]);
}
