/** What every page can be wrong about: links, anchors, JSON, and options of the command line. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../cli/support.ts";
import { examplesOf } from "../support/markdown.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (page: string): string => readFileSync(path.join(root, page), "utf8");

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
}

const guides = pagesIn("docs");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...guides,
  ...pagesIn("docs/rules"),
  ...readdirSync(path.join(root, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((page) => existsSync(path.join(root, page))),
];

/** The text without fenced code, line by line as before. */
function prose(text: string): string {
  return text.replaceAll(/^( *)(```+)[\s\S]*?^\1\2$/gm, (fence) => fence.replaceAll(/[^\n]/g, ""));
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of prose(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-");
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number++) anchor = `${slug}-${String(number)}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Where a page links to, without what is only shown as code. */
function linksOf(text: string): string[] {
  const bare = prose(text).replaceAll(/`[^`\n]*`/g, "code");
  return [
    ...bare.matchAll(/\]\(<?([^()\s>]+)>?(?:\s+"[^"]*")?\)/g),
    ...bare.matchAll(/^\[[^\]]+\]: +<?([^\s>]+)/gm),
    ...bare.matchAll(/\b(?:href|src)="([^"]+)"/g),
  ].map(([, target = ""]) => target);
}

/** The links of a page that lead to no file or to no heading of this repository. */
function brokenLinks(page: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return false;
    const [file = "", anchor] = link.split("#", 2);
    const target = file === "" ? page : path.posix.join(path.posix.dirname(page), decodeURI(file));
    if (file !== "" && !existsSync(path.join(root, target))) return true;
    if (anchor === undefined) return false;
    return !target.endsWith(".md") || !anchorsOf(file === "" ? text : read(target)).has(anchor);
  });
}

describe("links", () => {
  it.each(pages)("%s leads nowhere else", (page) => {
    expect(brokenLinks(page, read(page))).toEqual([]);
  });

  it("are seen when they are wrong", () => {
    const text = `# A \`title\`
[a](#a-title) [b](#b-title) [c](cli.md#check) [d](cli.md#no-such) [e](no-such.md) [f](https://example.com/no-such)
[g](../README.md) \`[h](not-a-link.md)\` [i]: not-a-definition.md
<a href="rules/no-such.md">i</a>

[j]: no-such-either.md

\`\`\`md
[k](nor-this.md)
\`\`\`
`;
    expect(brokenLinks("docs/page.md", text)).toEqual([
      "#b-title",
      "cli.md#no-such",
      "no-such.md",
      "no-such-either.md",
      "rules/no-such.md",
    ]);
  });

  it("lead from the first page to every guide", () => {
    const links = linksOf(read("docs/getting-started.md")).map((link) => `docs/${link}`);
    expect(guides.filter((page) => !links.includes(page))).toEqual(["docs/getting-started.md"]);
  });
});

describe("JSON", () => {
  const fences = pages.flatMap((page) =>
    examplesOf(read(page))
      .filter(({ language }) => language === "json")
      .map(({ files, line }) => ({
        place: `${page}:${String(line)}`,
        text: files.map(({ code }) => code).join(""),
      })),
  );

  it("is shown", () => {
    expect(fences.length).toBeGreaterThan(5);
  });

  it.each(fences)("$place parses", ({ text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});

describe("options of the command line", () => {
  const page = read("docs/cli.md");

  /** `-f, --format <format>` for each option of a help text. */
  async function optionsOf(...command: string[]): Promise<string[]> {
    const { code, out } = await runCli(root, [...command, "--help"]);
    expect(code).toBe(0);
    const [, list = ""] = out.split("\nOptions:\n");
    return [...list.matchAll(/^ {2}(-\S*(?: \S+)*)/gm)].map(([, flags = ""]) => flags);
  }

  /** The text below a heading, down to the next of its level. */
  function section(name: string): string {
    const [, text = ""] = page.split(`\n## \`${name}\`\n`);
    return text.split("\n## ", 1)[0] ?? "";
  }

  it.each(["check", "init"])("%s has a row for each of its options", async (command) => {
    const rows = [...section(command).matchAll(/^\| `(-[^`]+)` +\|/gm)].map(([, flags]) => flags);
    const offered = await optionsOf(command);
    expect(offered.length).toBeGreaterThan(5);
    expect([...rows, "-h, --help"].toSorted()).toEqual(offered.toSorted());
  });

  it("are all that the text speaks of", async () => {
    const offered = [
      ...(await optionsOf()),
      ...(await optionsOf("check")),
      ...(await optionsOf("init")),
    ].flatMap((flags) => flags.match(/--[\w-]+/g) ?? []);
    const spoken = [
      ...[...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span),
      ...page.split("\n").filter((line) => line.startsWith("npx eslint-plugin-connect-resilience")),
    ].filter((text) => !/^(?:eslint|npm|npx (?!eslint-plugin-connect))/.test(text));
    const named = spoken.flatMap((text) => text.match(/(?<![\w-])--[\w-]+/g) ?? []);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((flag) => !offered.includes(flag))).toEqual([]);
  });
});
