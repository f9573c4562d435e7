/** Finding modules on disk: whether an import would resolve, and how a file would spell it. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";

/** Which loader will see the import: it decides the conditions of a package's `exports`. */
export type Loader = "import" | "require";

/**
 * How relative specifiers end: `"none"` (`./a`), `"emitted"` (`./a.js` for `a.ts`), `"source"` (`./a.ts`).
 */
export type RelativeExtension = "none" | "emitted" | "source";

const SOURCE_EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What TypeScript writes for a source file. */
const EMITTED: Readonly<Record<string, string>> = {
  ".ts": ".js",
  ".tsx": ".js",
  ".mts": ".mjs",
  ".cts": ".cjs",
};

/** Extensions that a loader adds by itself, where it adds any. */
const IMPLIED = new Set([".ts", ".tsx", ".js", ".jsx"]);

/** Answers are kept for good when "yes"; "no" is asked again, since an editor outlives an `npm install`. */
const NEGATIVE_TTL_MS = 5_000;
const answers = new Map<string, { readonly found: boolean; readonly expires: number }>();

/**
 * Whether a package specifier can be loaded from a file: by walking `node_modules` and reading `exports`, so that packages
 * for `import` alone count too. Targets of `exports` need not exist: a workspace package may not be built yet.
 * @param filename - absolute path of the importing file
 */
export function canResolve(specifier: string, filename: string, loader: Loader): boolean {
  // By file: one that the specifier leads to cannot import itself, whatever those beside it can.
  const key = `${filename}\0${specifier}\0${loader}`;
  const known = answers.get(key);
  if (known !== undefined && (known.found || known.expires > Date.now())) return known.found;
  const found = isBuiltin(specifier) || resolves(specifier, filename, loader);
  answers.set(key, { found, expires: Date.now() + NEGATIVE_TTL_MS });
  return found;
}

function resolves(specifier: string, filename: string, loader: Loader): boolean {
  if (specifier.startsWith("#")) return isImportedSubpath(specifier, filename, loader);
  const parts = /^(?<name>(?:@[^/]+\/)?[^/@.#][^/]*)(?<rest>(?:\/.+)?)$/u.exec(specifier)?.groups;
  const name = parts?.["name"];
  if (name === undefined) return false;
  const subpath = `.${parts?.["rest"] ?? ""}`;
  const conditions = conditionsOf(loader);

  let own = true;
  for (const directory of upward(path.dirname(filename))) {
    const manifest = readManifest(directory);
    // Only the nearest package.json makes a file part of its package.
    if (own && manifest !== undefined) {
      own = false;
      if (manifest["name"] === name && manifest["exports"] !== undefined) {
        return !isOwnSource(manifest["exports"], subpath, conditions, directory, filename);
      }
    }
    const installed = path.join(directory, "node_modules", name);
    const installedManifest = readManifest(installed);
    if (installedManifest === undefined) continue;
    return installedManifest["exports"] === undefined
      ? subpath === "." || findSource(path.join(installed, subpath)) !== undefined
      : exportTarget(installedManifest["exports"], subpath, conditions) !== undefined;
  }

  try {
    // Loaders that keep packages elsewhere (Plug'n'Play) hook into Node's own resolution.
    createRequire(filename).resolve(specifier);
    return true;
  } catch {
    return false;
  }
}

function conditionsOf(loader: Loader): ReadonlySet<string> {
  return new Set([loader, "node", "module-sync", "default"]);
}

/** Whether the nearest package.json maps `#name` under `imports`, and not to the importing file itself. */
function isImportedSubpath(specifier: string, filename: string, loader: Loader): boolean {
  for (const directory of upward(path.dirname(filename))) {
    const manifest = readManifest(directory);
    if (manifest === undefined) continue;
    const target = exportTarget(manifest["imports"], specifier, conditionsOf(loader));
    if (!target?.startsWith(".")) return target !== undefined;
    return findSource(path.join(directory, target)) !== filename;
  }
  return false;
}

/** Whether a file of a package is (part of) the source of one of its exports, or the package has no such export. */
function isOwnSource(
  exports: unknown,
  subpath: string,
  conditions: ReadonlySet<string>,
  root: string,
  filename: string,
): boolean {
  const target = exportTarget(exports, subpath, conditions);
  if (target === undefined) return true;
  // `dist/backoff/index.js` is built from `src/backoff/`: the first folder does not count.
  const [, ...built] = stripIndex(target.replace(/^\.\//u, "")).split("/");
  const [, ...source] = stripExtension(toSlashes(path.relative(root, filename))).split("/");
  return built.length > 0 && built.every((segment, index) => source[index] === segment);
}

/** What `exports` (or `imports`) maps a subpath to under the given conditions; `undefined` when it is not there. */
export function exportTarget(
  exports: unknown,
  subpath: string,
  conditions: ReadonlySet<string>,
): string | undefined {
  const isMap = isRecord(exports) && Object.keys(exports).some((key) => /^[.#]/u.test(key));
  if (!isMap) return subpath === "." ? conditional(exports, conditions) : undefined;
  if (Object.hasOwn(exports, subpath)) return conditional(exports[subpath], conditions);
  const patterns = Object.keys(exports)
    .filter((key) => key.includes("*"))
    .sort((a, b) => b.indexOf("*") - a.indexOf("*"));
  for (const pattern of patterns) {
    const [before = "", after = ""] = pattern.split("*");
    if (!subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    const matched = subpath.slice(before.length, subpath.length - after.length);
    if (matched === "") continue;
    return conditional(exports[pattern], conditions)?.replaceAll("*", () => matched);
  }
  return undefined;
}

function conditional(target: unknown, conditions: ReadonlySet<string>): string | undefined {
  if (typeof target === "string") return target;
  if (Array.isArray(target)) {
    for (const item of target as unknown[]) {
      const found = conditional(item, conditions);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isRecord(target)) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    if (!conditions.has(condition)) continue;
    const found = conditional(value, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The file that a path without, or with an emitted, extension stands for; a folder stands for its index file.
 * @param target - absolute path
 */
export function findSource(target: string): string | undefined {
  const extension = path.extname(target);
  const candidates = [
    target,
    ...SOURCE_EXTENSIONS.filter((source) => EMITTED[source] === extension).map(
      (source) => target.slice(0, -extension.length) + source,
    ),
    ...SOURCE_EXTENSIONS.map((source) => target + source),
    ...SOURCE_EXTENSIONS.map((source) => path.join(target, `index${source}`)),
  ];
  return candidates.find((candidate) => isFile(candidate));
}

/**
 * The relative specifier under which one file imports another.
 * @param from - absolute path of the importing file
 * @param to - absolute path of the imported file
 */
export function relativeSpecifier(from: string, to: string, extension: RelativeExtension): string {
  const relative = toSlashes(path.relative(path.dirname(from), to));
  const dotted = relative.startsWith(".") ? relative : `./${relative}`;
  const source = path.extname(to);
  if (extension === "source") return dotted;
  const bare = dotted.slice(0, dotted.length - source.length);
  if (extension === "emitted" || !IMPLIED.has(source)) return bare + (EMITTED[source] ?? source);
  const folder = bare.replace(/\/index$/u, "");
  const isAmbiguous = /(?:^|\/)\.{1,2}$/u.test(folder) || findSource(path.dirname(to)) !== to;
  return isAmbiguous ? bare : folder;
}

/** Whether a specifier written in a file leads to the given file. */
export function leadsTo(specifier: string, from: string, to: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const target = path.resolve(path.dirname(from), specifier);
  return target === to || findSource(target) === to;
}

/** How a specifier ends; `undefined` when it is not relative, or not code. */
export function extensionHabit(specifier: string): RelativeExtension | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const extension = path.posix.extname(specifier);
  if (/^\.(?:[cm]?js|jsx)$/u.test(extension)) return "emitted";
  if (/^\.(?:[cm]?ts|tsx)$/u.test(extension)) return "source";
  return ASSETS.test(extension) ? undefined : "none";
}

const ASSETS =
  /^\.(?:json5?|s?css|less|svg|png|jpe?g|gif|graphql|gql|vue|svelte|astro|html|txt|md|node|wasm|ya?ml)$/u;

/** Whether the nearest package.json says that `.js` files are ES modules. */
export function isModulePackage(filename: string): boolean {
  for (const directory of upward(path.dirname(filename))) {
    const manifest = readManifest(directory);
    if (manifest !== undefined) return manifest["type"] === "module";
  }
  return false;
}

function* upward(directory: string): Generator<string> {
  for (let current = directory; ; current = path.dirname(current)) {
    yield current;
    if (path.dirname(current) === current) return;
  }
}

function readManifest(directory: string): Record<string, unknown> | undefined {
  const file = path.join(directory, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function stripExtension(file: string): string {
  return file.replace(/\.[^./]+$/u, "");
}

function stripIndex(file: string): string {
  return stripExtension(file).replace(/\/index$/u, "");
}

function toSlashes(file: string): string {
  return file.split(path.sep).join("/");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
