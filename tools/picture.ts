/**
 * Draws the picture at the head of the README, the findings of a real run over examples/contact-centre as a terminal shows them:
 * `npm run picture`, after a build.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ESLint } from "eslint";
import { EXAMPLES, linkPlugin, ROOT } from "./examples.ts";

const EXAMPLE = path.join(EXAMPLES, "contact-centre");
export const PICTURE = path.join(ROOT, "docs/findings.svg");

/** Characters in a line of the terminal. */
const COLUMNS = 112;
/** Pixels. */
const CHARACTER = 7.8;
const LINE = 19;
const MARGIN = 18;
const BAR = 34;

type Colour = "dim" | "file" | "fault" | "link" | "plain";
type Span = readonly [text: string, colour: Colour];
type Line = readonly Span[];

const COLOURS: Readonly<Record<Colour, string>> = {
  dim: "#8b949e",
  file: "#e6edf3",
  fault: "#ff7b72",
  link: "#79c0ff",
  plain: "#c9d1d9",
};

/** Lints the example with its own config and draws what ESLint finds. */
export function drawPicture(): string {
  linkPlugin(EXAMPLES);
  // A process of its own, as a config sets up its parser for the whole process.
  const eslint = path.join(ROOT, "node_modules/eslint/bin/eslint.js");
  const { stdout } = spawnSync(process.execPath, [eslint, "--format", "json", "."], {
    cwd: EXAMPLE,
    encoding: "utf8",
  });
  const results = JSON.parse(stdout) as ESLint.LintResult[];
  return draw([
    [
      ["$ ", "dim"],
      ["npx eslint .", "plain"],
    ],
    ...linesOf(results),
  ]);
}

function linesOf(results: readonly ESLint.LintResult[]): readonly Line[] {
  const faulty = results.filter(({ messages }) => messages.length > 0);
  const lines = faulty.flatMap(({ filePath, messages }): readonly Line[] => [
    [],
    [[path.relative(EXAMPLE, filePath).replaceAll(path.sep, "/"), "file"]],
    ...messages.flatMap(({ line, column, message, ruleId }) =>
      finding(`${line}:${column}`, message, ruleId ?? ""),
    ),
  ]);
  const count = faulty.reduce((sum, { errorCount }) => sum + errorCount, 0);
  const fixable = faulty.reduce((sum, result) => sum + result.fixableErrorCount, 0);
  const summary = `✖ ${count} problems, ${fixable} of them repaired by --fix`;
  return [...lines, [], [[summary, "fault"]]];
}

/** The place, the message broken into lines beside it, and the rule after its end. */
function finding(place: string, message: string, rule: string): readonly Line[] {
  const indent = 10;
  const rows = wrap(message, COLUMNS - indent);
  const name = rule.replace(/^.*\//, "");
  const last = rows.at(-1) ?? "";
  if (last.length + name.length + 2 > COLUMNS - indent) rows.push("");
  return rows.map((row, index): Line => {
    const start: Span =
      index === 0 ? [`  ${place.padEnd(indent - 2)}`, "dim"] : [" ".repeat(indent), "dim"];
    const end: readonly Span[] =
      index === rows.length - 1 ? [[`${row === "" ? "" : "  "}${name}`, "link"]] : [];
    return [start, [row, "plain"], ...end];
  });
}

function wrap(text: string, width: number): string[] {
  const rows = [""];
  for (const word of text.split(" ")) {
    const row = rows.at(-1) ?? "";
    if (row !== "" && row.length + 1 + word.length > width) rows.push(word);
    else rows[rows.length - 1] = row === "" ? word : `${row} ${word}`;
  }
  return rows;
}

function draw(lines: readonly Line[]): string {
  const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
  const height = BAR + lines.length * LINE + MARGIN;
  const rows = lines.flatMap((line, index) => {
    if (line.length === 0) return [];
    const spans = line.map(
      ([text, colour]) => `<tspan fill="${COLOURS[colour]}">${escape(text)}</tspan>`,
    );
    return [
      `<text x="${MARGIN}" y="${BAR + (index + 1) * LINE - 5}" xml:space="preserve">${spans.join("")}</text>`,
    ];
  });
  const lamps = ["#ff5f57", "#febc2e", "#28c840"].map(
    (colour, index) => `<circle cx="${MARGIN + 4 + index * 18}" cy="17" r="5.5" fill="${colour}"/>`,
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="13">`,
    "<title>Findings of eslint-plugin-connect-resilience in a terminal</title>",
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    ...lamps,
    ...rows,
    "</svg>",
  ].join("\n")}\n`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PICTURE, drawPicture());
