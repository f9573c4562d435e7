/** Which files are checked: the sources under the given paths, without what is generated, installed or ignored by git. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "./terminal.ts";

const SOURCE = /\.[cm]?[jt]sx?$/;
const NO_SOURCE = /\.d\.[cm]?ts$|\.min\.[cm]?js$/;

/** Folders of what was installed or built, wherever they are. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ".aws-sam",
  ".git",
  ".next",
  ".nuxt",
  ".output",
  ".serverless",
  ".turbo",
  ".webpack",
  ".yarn",
  "bower_components",
  "build",
  "cdk.out",
  "coverage",
  "dist",
  "jspm_packages",
  "node_modules",
  "out",
]);

/**
 * Finds the source files.
 * @param paths - files and folders as the user wrote them; a file that is named is taken, wherever it is
 * @returns absolute paths, each once, sorted
 * @throws UserError where a path does not exist, is no source file, or nothing is found
 */
export function findFiles(paths: readonly string[], cwd: string): readonly string[] {
  const found = new Set<string>();
  for (const given of paths) {
    const absolute = path.resolve(cwd, given);
    if (!existsSync(absolute)) throw new UserError(`There is no "${given}" in ${cwd}.`);
    if (statSync(absolute).isDirectory()) {
      for (const file of filesUnder(absolute)) found.add(file);
    } else if (SOURCE.test(absolute)) found.add(absolute);
    else throw new UserError(`"${given}" is not a TypeScript or JavaScript file.`);
  }
  if (found.size === 0) {
    throw new UserError(
      `No TypeScript or JavaScript files in ${paths.map((given) => `"${given}"`).join(", ")}. Folders of installed and built code (node_modules, dist, build, …) and what .gitignore names are left out.`,
    );
  }
  return [...found].sort();
}

function filesUnder(folder: string): readonly string[] {
  // A folder that git ignores as a whole was named on purpose.
  const tracked = trackedUnder(folder).filter(isChecked);
  const names = tracked.length > 0 ? tracked : walked(folder, "");
  return names.map((name) => path.join(folder, name)).filter((file) => existsSync(file));
}

function isChecked(name: string): boolean {
  const segments = name.split("/");
  const base = segments.pop() ?? "";
  return (
    SOURCE.test(base) && !NO_SOURCE.test(base) && !segments.some((segment) => LEFT_OUT.has(segment))
  );
}

/** The files that git tracks or would add, relative to the folder; none where there is no git. */
function trackedUnder(folder: string): readonly string[] {
  const { status, stdout } = spawnSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "-z"],
    {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  return status === 0 ? stdout.split("\0") : [];
}

function walked(folder: string, prefix: string): readonly string[] {
  return readdirSync(path.join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const name = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : walked(folder, name);
    return entry.isFile() && isChecked(name) ? [name] : [];
  });
}

/**
 * Makes a folder and those around it.
 * @throws Error where the file system refuses; Node's own `recursive` asks for ever where it does so under `/proc`
 */
export function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  if (existsSync(folder) || parent === folder) return;
  makeFolder(parent);
  mkdirSync(folder);
}

/** The folder that holds all of the paths: relative names and ignore patterns are understood from there. */
export function commonFolder(folders: readonly string[]): string {
  const [first = "", ...others] = folders;
  let common = first;
  for (const folder of others) {
    while (!isWithin(common, folder)) common = path.dirname(common);
  }
  return common;
}

/** Whether a path is a folder itself or lies in it. */
export function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
