import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Every source file of a checkout with its text, but for what was installed or built. */
export function readSources(checkout: string): Map<string, string> {
  const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"];
  const excluded = ["**/node_modules", "**/dist", "**/build", "**/cdk.out", "**/.git", "**/*.d.ts"];
  const files = ts.sys.readDirectory(checkout, extensions, excluded);
  const relative = (file: string) => path.relative(checkout, file).replaceAll(path.sep, "/");
  return new Map(files.map((file) => [relative(file), fs.readFileSync(file, "utf8")]));
}

/** What the comparison asks about the files of one repository. Paths are relative to it, with forward slashes. */
export interface Sources {
  /** A key for the innermost loop or function around the first token of the line, or for the whole file. */
  scopeAt(file: string, line: number): string;
  lineAt(file: string, line: number): string;
  /** The files that the file, or a file that imports it, imports: directly or through others. */
  joined(file: string): ReadonlySet<string>;
}

const endings = ["", ".ts", ".tsx", ".js", ".mjs", ".cjs", "/index.ts", "/index.js"];

/** @param files every source file of the repository, with its text. */
export function createSources(files: ReadonlyMap<string, string>): Sources {
  const importsOf = new Map<string, string[]>();
  const importersOf = new Map<string, string[]>();
  for (const [file, text] of files) {
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (!fileName.startsWith(".")) continue;
      const named = path.posix.join(path.posix.dirname(file), fileName);
      const bases = [named, named.replace(/\.[cm]?js$/, "")];
      const target = bases
        .flatMap((base) => endings.map((ending) => base + ending))
        .find((candidate) => files.has(candidate));
      if (target === undefined) continue;
      importsOf.set(file, [...(importsOf.get(file) ?? []), target]);
      importersOf.set(target, [...(importersOf.get(target) ?? []), file]);
    }
  }
  const reach = (from: Iterable<string>, edges: ReadonlyMap<string, string[]>): Set<string> => {
    const seen = new Set(from);
    for (const file of seen) for (const next of edges.get(file) ?? []) seen.add(next);
    return seen;
  };
  const lineAt = (file: string, line: number): string =>
    files.get(file)?.split(/\r?\n/)[line - 1] ?? "";

  return {
    lineAt,
    joined: (file) => reach(reach([file], importersOf), importsOf),
    scopeAt(file, line) {
      const text = files.get(file) ?? "";
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      const indent = Math.max(0, lineAt(file, line).search(/\S/));
      const position = (source.getLineStarts()[line - 1] ?? 0) + indent;
      let scope = file;
      const visit = (node: ts.Node): void => {
        if (position < node.getStart(source) || position >= node.end) return;
        if (ts.isIterationStatement(node, false) || ts.isFunctionLike(node)) {
          scope = `${file}:${node.pos}-${node.end}`;
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
      return scope;
    },
  };
}
