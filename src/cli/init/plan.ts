/** What `init` would change: decided from what the project is, before anything is asked or written. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "../terminal.ts";
import { type ConfigEntry, extendConfig, newConfig, usesPlugin } from "./eslint-config.ts";
import { helperFile, helperTestFile, type NewFile, withoutExceptions } from "./helper-copy.ts";
import { isDeclared, isTypeScriptFile, type Project, type SdkPackage } from "./project.ts";
import { includedFiles, typedByConfig } from "./types.ts";

export interface Choices {
  readonly preset: "recommended" | "strict";
  /** `"copy"`: a source file that the project owns; `"package"`: fixes import from this package. */
  readonly helper: "copy" | "package";
  /** Where the copy goes, relative to the project; only where one package uses the SDK. */
  readonly helperFolder: string | undefined;
  readonly tests: boolean;
}

/** A file to be written. */
export interface Change extends NewFile {
  /** What is there now; `undefined` for a new file. */
  readonly before: string | undefined;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** Files that are there already, with another text: never overwritten without a question. */
  readonly conflicts: readonly Change[];
  /** Packages to be installed. */
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** What a person has to do: entries for a config that could not be edited with certainty. */
  readonly manual: string | undefined;
  /** What a person may want to know of. */
  readonly note: string | undefined;
}

const PLUGIN = "eslint-plugin-connect-resilience";

/**
 * Decides what to change.
 * @throws UserError where there is nothing that could be done
 */
export async function makePlan(project: Project, choices: Choices): Promise<Plan> {
  const { eslintConfig, legacyConfig, packages, root } = project;
  if (eslintConfig === undefined && legacyConfig !== undefined) {
    throw new UserError(
      `${legacyConfig} is a config of the old form, which ESLint 10 does not read and this plugin does not support. Convert it first: npx @eslint/migrate-config ${legacyConfig}`,
    );
  }
  if (packages.length === 0) {
    throw new UserError("No file here imports a client of the AWS SDK: there is nothing to guard.");
  }
  if (choices.helperFolder !== undefined && packages.length > 1) {
    throw new UserError(
      `${packages.length} packages use the SDK, and each gets a copy of the helper: leave --helper-path out, or run this in one of them.`,
    );
  }
  const { files, note } = copies(project, choices);
  const entries = await configEntries(project, choices);
  const config = configChange(project, entries);
  const wanted = [...(config.change === undefined ? [] : [config.change]), ...files].map(
    (file): Change => ({ ...file, before: readIfThere(path.join(root, file.file)) }),
  );
  const changes = wanted.filter(
    ({ before, text }) => before === undefined || withoutExceptions(before) !== text,
  );
  const isConfig = ({ file }: Change): boolean => file === config.change?.file;
  const needsTypes =
    entries.some(({ setsUpTypes }) => setsUpTypes) || packages.some((one) => one.isTypeScript);
  return {
    changes: changes.filter((change) => change.before === undefined || isConfig(change)),
    conflicts: changes.filter((change) => change.before !== undefined && !isConfig(change)),
    ...missingPackages(project, choices, needsTypes),
    manual: config.manual,
    note,
  };
}

/** The copies of the helper. A config that uses the plugin says what fixes import: only a copy that it names is of any use. */
function copies(
  project: Project,
  { helper: where, helperFolder, tests }: Choices,
): { readonly files: readonly NewFile[]; readonly note: string | undefined } {
  if (where === "package") return { files: [], note: undefined };
  const { eslintConfig, packages, root } = project;
  const config =
    eslintConfig === undefined ? "" : readFileSync(path.join(root, eslintConfig), "utf8");
  const helpers = packages.map((target) => ({ target, helper: helperFile(target, helperFolder) }));
  const used = usesPlugin(config)
    ? helpers.filter(({ helper }) => config.includes(helper.file))
    : helpers;
  const [unused] = helpers.filter((each) => !used.includes(each));
  return {
    files: used.flatMap(({ helper, target }) =>
      tests ? [helper, helperTestFile(project, target, helper)] : [helper],
    ),
    note:
      unused &&
      `${eslintConfig ?? ""} uses the plugin already, without a copy of the helper. To have one, add settings: { "connect-resilience": { helper: { module: "./${unused.helper.file}" } } } and run this again.`,
  };
}

function configChange(
  { eslintConfig, manifest, root }: Project,
  entries: readonly ConfigEntry[],
): { readonly change?: NewFile; readonly manual: string | undefined } {
  if (eslintConfig === undefined) {
    const file = manifest.type === "module" ? "eslint.config.js" : "eslint.config.mjs";
    return { change: { file, text: newConfig(entries) }, manual: undefined };
  }
  const text = readFileSync(path.join(root, eslintConfig), "utf8");
  if (usesPlugin(text)) return { manual: undefined };
  const extended = extendConfig(text, entries);
  return extended === undefined
    ? { manual: newConfig(entries) }
    : { change: { file: eslintConfig, text: extended }, manual: undefined };
}

/** One entry for all TypeScript, one for all JavaScript; with several packages, one for each of them. */
async function configEntries(project: Project, choices: Choices): Promise<readonly ConfigEntry[]> {
  const typed = await typedByConfig(project, project.files);
  const typeScript = project.files.filter(isTypeScriptFile);
  const included = includedFiles(project, typeScript);
  const everyFileIsTyped = typeScript.every((file) => typed.has(file));
  return project.packages.flatMap((target) =>
    [true, false].flatMap((isTypeScript) => {
      const files = target.files.filter((file) => isTypeScriptFile(file) === isTypeScript);
      if (files.length === 0) return [];
      const helper =
        choices.helper === "copy"
          ? { helper: { module: `./${helperFile(target, choices.helperFolder).file}` } }
          : {};
      const isTyped = files.every((file) => typed.has(file));
      const canBeTyped = isTypeScript && files.every((file) => included.has(file));
      const places = placesOf(target, files);
      const patterns = places.map(patternOf);
      const matches = project.files.filter((file) => places.some((place) => holds(place, file)));
      const hasTypes = isTyped ? typed : included;
      const common = { preset: choices.preset, isCommonJs: false };
      if (!isTyped && !canBeTyped) {
        return {
          ...common,
          files: patterns,
          ignores: [],
          setsUpTypes: false,
          settings: { types: "optional", ...helper },
          isCommonJs: !isTypeScript && !target.isModule,
        };
      }
      // The preset's own patterns do where they meet typed files only.
      const isBare = isTyped && isTypeScript && everyFileIsTyped && project.packages.length === 1;
      return {
        ...common,
        files: isBare ? undefined : patterns,
        ignores: isBare ? [] : matches.filter((file) => !hasTypes.has(file)),
        setsUpTypes: !isTyped,
        settings: helper,
      };
    }),
  );
}

/** A folder whose files of some endings are judged. */
interface Place {
  /** Relative to the project, with a `/` at the end; `""` for the project's own folder. */
  readonly prefix: string;
  /** Folders below it too. */
  readonly isDeep: boolean;
  readonly endings: readonly string[];
}

/** The folders that hold the files: the first below their package, with all that is in it. */
function placesOf({ folder }: SdkPackage, files: readonly string[]): readonly Place[] {
  const endings = [...new Set(files.map(endingOf))].sort();
  const base = folder === "" ? "" : `${folder}/`;
  const heads = files.map((file) => {
    const [head = "", ...rest] = file.slice(base.length).split("/");
    return rest.length === 0 ? base : `${base}${head}/`;
  });
  return [...new Set(heads)].sort().map((prefix) => ({ prefix, isDeep: prefix !== base, endings }));
}

function patternOf({ endings, isDeep, prefix }: Place): string {
  const ending = endings.length === 1 ? endings.join("") : `{${endings.join(",")}}`;
  return `${prefix}${isDeep ? "**/" : ""}*.${ending}`;
}

function holds({ endings, isDeep, prefix }: Place, file: string): boolean {
  return (
    file.startsWith(prefix) &&
    endings.includes(endingOf(file)) &&
    (isDeep || !file.slice(prefix.length).includes("/"))
  );
}

function endingOf(file: string): string {
  return file.slice(file.lastIndexOf(".") + 1);
}

function missingPackages(
  project: Project,
  { helper }: Choices,
  needsTypes: boolean,
): Pick<Plan, "dependencies" | "devDependencies"> {
  const missing = (names: readonly string[]): readonly string[] =>
    names.filter((name) => !isDeclared(project, name));
  const tools = ["eslint", "typescript", ...(needsTypes ? ["typescript-eslint"] : [])];
  return helper === "copy"
    ? { dependencies: [], devDependencies: missing([PLUGIN, ...tools]) }
    : { dependencies: missing([PLUGIN]), devDependencies: missing(tools) };
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
