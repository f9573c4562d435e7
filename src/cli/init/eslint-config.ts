/** Adds entries to an ESLint config as its author would, or writes a first one. Gives up where the config is not a plain list. */
import { parse } from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import {
  elementsOf,
  exportedList,
  importedAs,
  type List,
  placeForImport,
  topLevelNames,
} from "./config-tree.ts";

/** What the config has to say for some files of the project. */
export interface ConfigEntry {
  /** Patterns of the files; `undefined` for what the preset itself names. */
  readonly files: readonly string[] | undefined;
  readonly ignores: readonly string[];
  readonly preset: "recommended" | "strict";
  /** The entry has to bring a parser with type information, as nothing else in the config does. */
  readonly setsUpTypes: boolean;
  /** `settings["connect-resilience"]`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** JavaScript without a module syntax of its own. */
  readonly isCommonJs: boolean;
}

const PLUGIN = "eslint-plugin-connect-resilience";

/** How a config file imports, and what it calls its own folder. */
interface ModuleSyntax {
  readonly importing: (binding: string, from: string) => string;
  readonly folder: string;
}

const ESM: ModuleSyntax = {
  importing: (binding, from) => `import ${binding} from "${from}";`,
  folder: "import.meta.dirname",
};
const COMMON_JS: ModuleSyntax = {
  importing: (binding, from) => `const ${binding} = require("${from}");`,
  folder: "__dirname",
};

/** The text of a first config, an ES module. */
export function newConfig(entries: readonly ConfigEntry[]): string {
  const names = { plugin: "connectResilience", tseslint: "tseslint" };
  const imports = [
    ESM.importing(names.plugin, PLUGIN),
    ESM.importing("{ defineConfig }", "eslint/config"),
    ...(entries.some(({ setsUpTypes }) => setsUpTypes)
      ? [ESM.importing(names.tseslint, "typescript-eslint")]
      : []),
  ];
  const body = entries.flatMap((entry) => entryTexts(entry, names, ESM));
  return `${imports.join("\n")}\n\nexport default defineConfig(\n${indented(body, "  ")}\n);\n`;
}

/** Whether a config uses the plugin already. */
export function usesPlugin(text: string): boolean {
  return text.includes(PLUGIN);
}

/**
 * Adds entries at the end of the list that a config exports.
 * @returns the new text, or `undefined` where the config is no list that could be added to with certainty
 */
export function extendConfig(text: string, entries: readonly ConfigEntry[]): string | undefined {
  let program: TSESTree.Program;
  try {
    program = parse(text, { range: true, sourceType: "module" });
  } catch {
    return undefined;
  }
  const exported = exportedList(program);
  if (exported === undefined) return undefined;
  const { list, isCommonJs } = exported;
  const syntax = isCommonJs ? COMMON_JS : ESM;
  const taken = topLevelNames(program);
  const names = {
    plugin: freshName("connectResilience", taken),
    tseslint: importedAs(program, "typescript-eslint") ?? freshName("tseslint", taken),
  };
  const imports = [
    syntax.importing(names.plugin, PLUGIN),
    ...(entries.some(({ setsUpTypes }) => setsUpTypes) &&
    importedAs(program, "typescript-eslint") === undefined
      ? [syntax.importing(names.tseslint, "typescript-eslint")]
      : []),
  ];
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const style = (lines: string): string => {
    const quoted = text.includes("'") && !text.includes('"') ? lines.replaceAll('"', "'") : lines;
    return quoted.replaceAll("\n", newline);
  };

  const elements = elementsOf(list);
  const last = elements.at(-1);
  const lineStart = last === undefined ? undefined : text.lastIndexOf("\n", last.range[0]) + 1;
  const margin =
    lineStart === undefined || last === undefined
      ? "  "
      : (/^[ \t]*/.exec(text.slice(lineStart, last.range[0]))?.[0] ?? "");
  const body = indented(
    entries.flatMap((entry) => entryTexts(entry, names, syntax)),
    margin === "" ? "  " : margin,
  );
  const insertion = placeForEntries(text, list, last, body);
  const importAt = placeForImport(program, text, isCommonJs);
  const importText = style(importAt === 0 ? `${imports.join("\n")}\n` : `\n${imports.join("\n")}`);
  return [
    text.slice(0, importAt),
    importText,
    text.slice(importAt, insertion.at),
    style(insertion.text),
    text.slice(insertion.at),
  ].join("");
}

/** The objects that an entry becomes, as lines without a margin, each ending with a comma. */
function entryTexts(
  entry: ConfigEntry,
  names: { readonly plugin: string; readonly tseslint: string },
  { folder }: ModuleSyntax,
): readonly string[] {
  const { files, ignores, isCommonJs, preset, settings, setsUpTypes } = entry;
  const where = [
    ...(files === undefined ? [] : [`files: ${listText(files)},`]),
    ...(ignores.length === 0 ? [] : [`ignores: ${listText(ignores)},`]),
  ];
  const languageOptions = setsUpTypes
    ? [
        "languageOptions: {",
        `  parser: ${names.tseslint}.parser,`,
        `  parserOptions: { projectService: true, tsconfigRootDir: ${folder} },`,
        "},",
      ]
    : isCommonJs
      ? [`languageOptions: { sourceType: "commonjs" },`]
      : [];
  const settingsText =
    Object.keys(settings).length === 0
      ? []
      : [`settings: { "connect-resilience": ${objectText(settings)} },`];
  const rules = `${names.plugin}.configs.${preset}`;
  if (where.length === 0 && languageOptions.length === 0) {
    return [
      `...${rules},`,
      ...(settingsText.length === 0 ? [] : ["{", ...settingsText.map((line) => `  ${line}`), "},"]),
    ];
  }
  const own = [...where, ...languageOptions, ...settingsText].map((line) => `  ${line}`);
  return [`...${rules}.map((config) => ({`, "  ...config,", ...own, "})),"];
}

function listText(items: readonly string[]): string {
  return `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(value).map(
    ([key, member]) =>
      `${key}: ${
        typeof member === "object" && member !== null
          ? objectText(member as Readonly<Record<string, unknown>>)
          : JSON.stringify(member)
      }`,
  );
  return `{ ${members.join(", ")} }`;
}

function indented(lines: readonly string[], margin: string): string {
  return lines.map((line) => margin + line).join("\n");
}

/** At the end of a list, in the way in which its lines and commas are set. */
function placeForEntries(
  text: string,
  list: List,
  last: TSESTree.Node | undefined,
  body: string,
): { readonly at: number; readonly text: string } {
  const end = list.range[1] - 1;
  if (last === undefined) return { at: end, text: `\n${body}\n` };
  const rest = text.slice(last.range[1], end);
  // What follows the comma on its line is a comment on the last entry.
  const withComma = /^[ \t]*,[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n)/.exec(rest)?.[0];
  if (withComma !== undefined) return { at: last.range[1] + withComma.length, text: `\n${body}` };
  const comma = rest.includes(",") ? body.replace(/,$/, "") : body;
  return { at: last.range[1], text: `,\n${comma}${rest.includes("\n") ? "" : "\n"}` };
}

function freshName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}
