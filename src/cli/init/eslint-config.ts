/** Adds entries to an ESLint config as its author would, or writes a first one. Gives up where the config is not a plain list. */
import { parse } from "@typescript-eslint/parser";
import { AST_NODE_TYPES, type TSESTree } from "@typescript-eslint/utils";

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

type List = TSESTree.ArrayExpression | TSESTree.CallExpression;

/** Functions that take entries, or lists of them, and give one flat list. */
const LIST_MAKERS: ReadonlySet<string> = new Set(["defineConfig", "config"]);

/** The list that the config exports: an array, `defineConfig(…)`, `tseslint.config(…)`, or a constant that is one. */
function exportedList({
  body,
}: TSESTree.Program): { readonly list: List; readonly isCommonJs: boolean } | undefined {
  for (const statement of body) {
    if (statement.type === AST_NODE_TYPES.ExportDefaultDeclaration) {
      const list = asList(statement.declaration, body);
      return list && { list, isCommonJs: false };
    }
    if (
      statement.type === AST_NODE_TYPES.TSExportAssignment ||
      (statement.type === AST_NODE_TYPES.ExpressionStatement && isModuleExports(statement))
    ) {
      const value =
        statement.type === AST_NODE_TYPES.TSExportAssignment
          ? statement.expression
          : (statement.expression as TSESTree.AssignmentExpression).right;
      const list = asList(value, body);
      return list && { list, isCommonJs: true };
    }
  }
  return undefined;
}

function isModuleExports({ expression }: TSESTree.ExpressionStatement): boolean {
  return (
    expression.type === AST_NODE_TYPES.AssignmentExpression &&
    expression.operator === "=" &&
    expression.left.type === AST_NODE_TYPES.MemberExpression &&
    expression.left.object.type === AST_NODE_TYPES.Identifier &&
    expression.left.object.name === "module" &&
    expression.left.property.type === AST_NODE_TYPES.Identifier &&
    expression.left.property.name === "exports"
  );
}

function asList(node: TSESTree.Node, body: readonly TSESTree.ProgramStatement[]): List | undefined {
  switch (node.type) {
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
      return asList(node.expression, body);
    case AST_NODE_TYPES.ArrayExpression:
      return node;
    case AST_NODE_TYPES.CallExpression: {
      const { callee } = node;
      const name =
        callee.type === AST_NODE_TYPES.Identifier
          ? callee.name
          : callee.type === AST_NODE_TYPES.MemberExpression &&
              callee.property.type === AST_NODE_TYPES.Identifier
            ? callee.property.name
            : "";
      if (!LIST_MAKERS.has(name)) return undefined;
      const [only] = node.arguments;
      return node.arguments.length === 1 && only?.type === AST_NODE_TYPES.ArrayExpression
        ? only
        : node;
    }
    case AST_NODE_TYPES.Identifier: {
      const declarations = body.flatMap((statement) =>
        statement.type === AST_NODE_TYPES.VariableDeclaration && statement.kind === "const"
          ? statement.declarations
          : [],
      );
      const found = declarations.find(
        ({ id }) => id.type === AST_NODE_TYPES.Identifier && id.name === node.name,
      );
      // Once: a constant that names another is not how configs are written.
      return found?.init && found.init.type !== AST_NODE_TYPES.Identifier
        ? asList(found.init, body)
        : undefined;
    }
    default:
      return undefined;
  }
}

function elementsOf(list: List): readonly TSESTree.Node[] {
  const elements = list.type === AST_NODE_TYPES.ArrayExpression ? list.elements : list.arguments;
  return elements.filter((element) => element !== null);
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

/** After the last import (or `require` at the top); before everything where there is none, but after a hashbang and comments. */
function placeForImport({ body }: TSESTree.Program, text: string, isCommonJs: boolean): number {
  const isImport = (statement: TSESTree.ProgramStatement): boolean =>
    statement.type === AST_NODE_TYPES.ImportDeclaration ||
    (isCommonJs && (isRequire(statement) || isDirective(statement)));
  const last = body.findLast(isImport);
  if (last !== undefined) return last.range[1];
  return body[0]?.range[0] === undefined || text.slice(0, body[0].range[0]).trim() === ""
    ? 0
    : lineBefore(text, body[0].range[0]);
}

/** The end of the line above a place. */
function lineBefore(text: string, place: number): number {
  return Math.max(0, text.lastIndexOf("\n", place - 1));
}

function isRequire(statement: TSESTree.ProgramStatement): boolean {
  return (
    statement.type === AST_NODE_TYPES.VariableDeclaration &&
    statement.declarations.every(
      ({ init }) =>
        init?.type === AST_NODE_TYPES.CallExpression &&
        init.callee.type === AST_NODE_TYPES.Identifier &&
        init.callee.name === "require",
    )
  );
}

function isDirective(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === AST_NODE_TYPES.ExpressionStatement && statement.directive !== undefined;
}

function topLevelNames({ body }: TSESTree.Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.type === AST_NODE_TYPES.ImportDeclaration) {
      for (const { local } of statement.specifiers) names.add(local.name);
    }
    if (statement.type === AST_NODE_TYPES.VariableDeclaration) {
      for (const { id } of statement.declarations) {
        if (id.type === AST_NODE_TYPES.Identifier) names.add(id.name);
      }
    }
  }
  return names;
}

/** The name of a whole module in the config: `import x from`, `import * as x from`, `const x = require()`. */
function importedAs({ body }: TSESTree.Program, module: string): string | undefined {
  for (const statement of body) {
    if (statement.type === AST_NODE_TYPES.ImportDeclaration && statement.source.value === module) {
      const whole = statement.specifiers.find(
        ({ type }) => type !== AST_NODE_TYPES.ImportSpecifier,
      );
      if (whole !== undefined) return whole.local.name;
    }
    if (isRequire(statement) && statement.type === AST_NODE_TYPES.VariableDeclaration) {
      for (const { id, init } of statement.declarations) {
        const [from] = (init as TSESTree.CallExpression).arguments;
        if (
          id.type === AST_NODE_TYPES.Identifier &&
          from?.type === AST_NODE_TYPES.Literal &&
          from.value === module
        ) {
          return id.name;
        }
      }
    }
  }
  return undefined;
}

function freshName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}
