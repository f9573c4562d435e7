/** What kind of project this is: read from its files, without changing or running anything of it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { append } from "../../model/append.ts";
import { findFiles } from "../files.ts";
import { UserError } from "../terminal.ts";

export type PackageManager = "bun" | "npm" | "pnpm" | "yarn";

interface Manifest {
  readonly type?: string;
  readonly packageManager?: string;
  readonly workspaces?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A package of the project that uses the SDK: the project itself, or one of its workspaces. */
export interface SdkPackage {
  /** Relative to the project, with `/`; `""` for the project itself. */
  readonly folder: string;
  /** Its files that import an AWS SDK client, relative to the project, with `/`. */
  readonly files: readonly string[];
  readonly isModule: boolean;
  readonly isTypeScript: boolean;
  /** The folder for new sources, relative to the project: `src` where there is one. */
  readonly sourceFolder: string;
  readonly manifest: Manifest;
}

export interface Project {
  readonly root: string;
  readonly manifest: Manifest;
  readonly packageManager: PackageManager;
  readonly isWorkspaceRoot: boolean;
  /** Every source file, relative to the project, with `/`. */
  readonly files: readonly string[];
  /** `eslint.config.*` in the project's folder. */
  readonly eslintConfig: string | undefined;
  /** A config of the old form, which ESLint 10 does not read. */
  readonly legacyConfig: string | undefined;
  readonly packages: readonly SdkPackage[];
}

const LOCKFILES: readonly (readonly [string, PackageManager])[] = [
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

const CONFIGS = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((end) => `eslint.config.${end}`);

const LEGACY_CONFIGS = ["", ".js", ".cjs", ".mjs", ".json", ".yml", ".yaml"].map(
  (end) => `.eslintrc${end}`,
);

/** How an AWS SDK client gets into a file, in either module system and of either major version. */
const SDK_IMPORT = /(?:from|require\(|import\(?)\s*["'](?:@aws-sdk\/client-|aws-sdk["'/])/;

/**
 * Looks at the project in a folder.
 * @throws UserError where there is no package.json
 */
export function readProject(root: string): Project {
  const manifest = readManifest(root);
  if (manifest === undefined) {
    throw new UserError(`There is no package.json in ${root}: run this where your project is.`);
  }
  const inRoot = (names: readonly string[]): string | undefined =>
    names.find((name) => existsSync(path.join(root, name)));
  const files = sourceFiles(root);
  return {
    root,
    manifest,
    packageManager: packageManagerOf(root, manifest),
    isWorkspaceRoot:
      manifest.workspaces !== undefined || existsSync(path.join(root, "pnpm-workspace.yaml")),
    files,
    eslintConfig: inRoot(CONFIGS),
    legacyConfig: inRoot(LEGACY_CONFIGS),
    packages: sdkPackages(root, files),
  };
}

/** Whether a package is named among the dependencies of the project or of one of its packages. */
export function isDeclared(project: Project, name: string, packages = project.packages): boolean {
  return [project.manifest, ...packages.map(({ manifest }) => manifest)].some(
    ({ dependencies, devDependencies }) =>
      dependencies?.[name] !== undefined || devDependencies?.[name] !== undefined,
  );
}

export function isTypeScriptFile(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}

function readManifest(folder: string): Manifest | undefined {
  const file = path.join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Manifest;
  } catch {
    throw new UserError(`${file} is not valid JSON.`);
  }
}

function sourceFiles(root: string): readonly string[] {
  try {
    return findFiles(["."], root).map((file) => toPosix(path.relative(root, file)));
  } catch (error) {
    // A project without any source is a project all the same.
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** The lockfile nearest to the project tells, then what the manifest asks for. */
function packageManagerOf(root: string, { packageManager }: Manifest): PackageManager {
  const asked = /^(npm|pnpm|yarn|bun)@/.exec(packageManager ?? "")?.[1];
  if (asked !== undefined) return asked as PackageManager;
  for (let folder = root; ; folder = path.dirname(folder)) {
    const lockfile = LOCKFILES.find(([name]) => existsSync(path.join(folder, name)));
    if (lockfile !== undefined) return lockfile[1];
    if (path.dirname(folder) === folder || existsSync(path.join(folder, ".git"))) return "npm";
  }
}

function sdkPackages(root: string, files: readonly string[]): readonly SdkPackage[] {
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    if (!SDK_IMPORT.test(readFileSync(path.join(root, file), "utf8"))) continue;
    append(byFolder, packageFolderOf(root, file), file);
  }
  return [...byFolder].map(([folder, members]) => {
    const manifest = readManifest(path.join(root, folder)) ?? {};
    const sources = within(folder, "src");
    return {
      folder,
      files: members,
      isModule: manifest.type === "module" || members.every((file) => /\.m[jt]s$/.test(file)),
      isTypeScript: members.some(isTypeScriptFile),
      sourceFolder: members.some((file) => file.startsWith(`${sources}/`)) ? sources : folder,
      manifest,
    };
  });
}

/** The folder of the package.json nearest to a file. */
function packageFolderOf(root: string, file: string): string {
  let folder = path.posix.dirname(file);
  while (folder !== "." && !existsSync(path.join(root, folder, "package.json"))) {
    folder = path.posix.dirname(folder);
  }
  return folder === "." ? "" : folder;
}

/** A path in a folder of the project, `""` being the project itself. */
export function within(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function toPosix(file: string): string {
  return file.replaceAll(path.sep, "/");
}
