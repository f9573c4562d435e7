/** Code to mutate: the examples of the documentation and the cases of the rules' tests. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { examplesOf } from "../support/markdown.ts";

const pages = path.resolve(import.meta.dirname, "../../docs/rules");
const cases = path.resolve(import.meta.dirname, "../rules");

/** Texts of code, in the order of the files; not all of them parse by themselves. */
export function snippets(): readonly string[] {
  const examples = textsIn(pages, ".md").flatMap((page) =>
    examplesOf(page).flatMap(({ files }) => files.map(({ code }) => code)),
  );
  return [...examples, ...textsIn(cases, ".test.ts").flatMap(templatesIn)];
}

function textsIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
}

/** The template literals of a test file that are long enough for a case, with the file's constants filled in. */
function templatesIn(text: string): string[] {
  const file = ts.createSourceFile("cases.ts", text, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, string>();
  const found: string[] = [];
  const read = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isIdentifier(node)) return constants.get(node.text);
    if (!ts.isTemplateExpression(node)) return undefined;
    const parts = node.templateSpans.map(({ expression, literal }) => {
      const value = read(expression);
      return value === undefined ? undefined : value + literal.text;
    });
    return parts.includes(undefined) ? undefined : node.head.text + parts.join("");
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const value = read(node.initializer);
      if (value !== undefined) constants.set(node.name.text, value);
    }
    if (ts.isTemplateLiteral(node)) {
      const value = read(node);
      if (value !== undefined && value.length > 120) found.push(value);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
