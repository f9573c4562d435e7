/** `check [paths]`: its options, its exit codes, where its result goes. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { makeFolder } from "../files.ts";
import { type Output, painter, type Terminal, UserError } from "../terminal.ts";
import { type Format, FORMATS, formatOfFile, formatReport } from "./format/index.ts";
import type { PresetName, Report } from "./report.ts";
import { count, summaryText } from "./words.ts";

interface Options {
  readonly color: boolean;
  readonly format?: Format;
  readonly ignore?: readonly string[];
  readonly inlineConfig: boolean;
  readonly maxFindings: number;
  readonly output?: string;
  readonly preset: PresetName;
  readonly progress?: boolean;
  readonly quiet?: boolean;
  readonly services: "aws" | "connect" | readonly string[];
}

/** Exit codes of `check`. */
const EXIT = { clean: 0, findings: 1, error: 2 } as const;

export function configure(command: Command, terminal: Terminal): void {
  command
    .description(
      "Runs the rules over TypeScript and JavaScript without any ESLint config, and lists every Amazon Connect call with its quota, its retries and what they come to at worst.",
    )
    .argument("[paths...]", "files and folders to check", ["."])
    .addOption(new Option("-f, --format <format>", "how to print the result").choices(FORMATS))
    .option("-o, --output <file>", "write the result there; its ending chooses the format")
    .addOption(
      new Option("--preset <preset>", "which rules to run")
        .choices(["recommended", "strict", "all"])
        .default("strict"),
    )
    .addOption(
      new Option(
        "--services <services>",
        "which clients: connect (the family), aws (all), or package names with commas between",
      )
        .argParser(servicesOf)
        .default("connect"),
    )
    .option("--ignore <pattern>", "leave files out (may be repeated)", collect)
    .addOption(
      new Option("--max-findings <number>", "how many findings are not a failure")
        .argParser(wholeNumber)
        .default(0),
    )
    .option("--no-inline-config", "do not let eslint-disable comments hide findings")
    .option("-q, --quiet", "print findings only: no inventory, no summary, no progress")
    .option("--progress", "show progress even where there is no terminal")
    .addHelpText(
      "after",
      "\nExit codes: 0 no findings, 1 findings, 2 something could not be checked.",
    )
    .action(async (paths: string[], options: Options) => {
      terminal.exitCode = await run(paths, options, terminal);
    });
}

async function run(
  paths: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<number> {
  const { output } = options;
  const format = options.format ?? (output === undefined ? "table" : formatOfFile(output));
  if (format === undefined) {
    throw new UserError(
      `The ending of "${output ?? ""}" does not say which format it should have: add --format ${FORMATS.join("|")}.`,
    );
  }
  const { check } = await loadOrExplain(() => import("./run.ts"));
  const progress = new Progress(terminal.stderr, options);
  const report = await check({
    ...options,
    ignore: options.ignore ?? [],
    paths,
    cwd: terminal.cwd,
    onProgress: (...step) => {
      progress.show(...step);
    },
  }).finally(() => {
    progress.clear();
  });
  const toTerminal = output === undefined;
  const text = formatReport(report, format, {
    paint: toTerminal ? painter(terminal, terminal.stdout) : (_, plain) => plain,
    width: (toTerminal ? terminal.stdout.columns : undefined) ?? DEFAULT_WIDTH,
    quiet: options.quiet === true,
  });
  if (toTerminal) terminal.stdout.write(text);
  else writeTo(path.resolve(terminal.cwd, output), text);
  tell(report, options, terminal);
  return exitCodeOf(report, options.maxFindings);
}

const DEFAULT_WIDTH = 140;

function exitCodeOf({ findings, problems }: Report, maxFindings: number): number {
  if (problems.some(({ fatal }) => fatal)) return EXIT.error;
  return findings.length > maxFindings ? EXIT.findings : EXIT.clean;
}

/** What there is to say besides the result. */
function tell(report: Report, { output, quiet }: Options, terminal: Terminal): void {
  const paint = painter(terminal, terminal.stderr);
  for (const { fatal, file, message } of report.problems) {
    if (quiet === true && !fatal) continue;
    const kind = fatal ? paint("red", "error:") : paint("yellow", "note:");
    terminal.stderr.write(`${kind} ${file === undefined ? "" : `${file}: `}${message}\n`);
  }
  if (output !== undefined && quiet !== true)
    terminal.stderr.write(`${summaryText(report)} Written to ${output}.\n`);
}

function writeTo(file: string, text: string): void {
  try {
    makeFolder(path.dirname(file));
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(
      `Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** One line that is written over and over on a terminal; a line for every tenth of the work elsewhere. */
class Progress {
  readonly #output: Output;
  readonly #mode: "lines" | "none" | "terminal";
  #shown = false;
  #tenth = -1;

  constructor(output: Output, { progress, quiet }: Options) {
    this.#output = output;
    this.#mode =
      quiet === true
        ? "none"
        : output.isTTY === true
          ? "terminal"
          : progress === true
            ? "lines"
            : "none";
  }

  show(done: number, total: number, file: string): void {
    if (this.#mode === "none") return;
    if (this.#mode === "terminal") {
      const text = `Checking ${String(done + 1)} of ${count(total, "file")}: ${file}`;
      this.#output.write(`\r\u001B[K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
      this.#shown = true;
      return;
    }
    const tenth = Math.floor((done * 10) / total);
    if (tenth === this.#tenth) return;
    this.#tenth = tenth;
    this.#output.write(`Checking: ${String(done)} of ${count(total, "file")} done.\n`);
  }

  clear(): void {
    if (this.#shown) this.#output.write("\r\u001B[K");
  }
}

/** The packages of the user's that the work needs, and how to get them. */
const NEEDED = ["@typescript-eslint/parser", "eslint", "typescript"];

/** Loads code that needs the user's ESLint, parser and compiler; says which of them is missing. */
export async function loadOrExplain<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const missing = missingPackage(error);
    if (missing === undefined) throw error;
    throw new UserError(
      `This needs the package "${missing}", which is not installed: npm install --save-dev ${NEEDED.join(" ")}`,
    );
  }
}

function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code !== "ERR_MODULE_NOT_FOUND" && error.code !== "MODULE_NOT_FOUND") return undefined;
  const name = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  return NEEDED.find((needed) => name === needed || name?.startsWith(`${needed}/`) === true);
}

function servicesOf(value: string): Options["services"] {
  if (value === "aws" || value === "connect") return value;
  const names = value.split(",").map((name) => name.trim());
  if (!names.every((name) => /^@aws-sdk\/client-[a-z0-9-]+$/.test(name))) {
    throw new InvalidArgumentError(
      "Allowed are connect, aws, and names such as @aws-sdk/client-connect with commas between.",
    );
  }
  return names;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("Not a whole number.");
  return Number(value);
}
