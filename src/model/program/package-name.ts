/** Which npm package a file belongs to, read from its own package.json. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What identifies a package: its real name (aliases and symlinks seen through) and version. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string | undefined;
  /** Folder that holds the package.json. */
  readonly root: string;
}

const byFolder = new Map<string, PackageIdentity | undefined>();

/**
 * The package of a file: the nearest package.json above it that has a name (the nameless ones in `dist-cjs` only set
 * the module type). Remembered per folder, "none" included, for the life of the process: installed packages do not move.
 */
export function packageOfFile(fileName: string): PackageIdentity | undefined {
  return packageOfFolder(dirname(fileName));
}

function packageOfFolder(folder: string): PackageIdentity | undefined {
  if (byFolder.has(folder)) return byFolder.get(folder);
  const found = readIdentity(folder) ?? installedAs(folder) ?? packageOfParent(folder);
  byFolder.set(folder, found);
  return found;
}

function packageOfParent(folder: string): PackageIdentity | undefined {
  const parent = dirname(folder);
  return parent === folder ? undefined : packageOfFolder(parent);
}

/**
 * A package whose package.json cannot be read from the disk (an editor's or a test's files in memory) is what its folder says; it
 * never belongs to the project that it is installed in.
 */
function installedAs(root: string): PackageIdentity | undefined {
  const name = /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^@\\/][^\\/]*)$/.exec(root)?.[1];
  return name === undefined
    ? undefined
    : { name: name.replace("\\", "/"), version: undefined, root };
}

function readIdentity(root: string): PackageIdentity | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    if (typeof json !== "object" || json === null || !("name" in json)) return undefined;
    const { name } = json;
    const version =
      "version" in json && typeof json.version === "string" ? json.version : undefined;
    return typeof name === "string" && name !== "" ? { name, version, root } : undefined;
  } catch {
    // No file there, or not one that npm could read either.
    return undefined;
  }
}
