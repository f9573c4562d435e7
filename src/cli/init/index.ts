/** `init`: shows what it would do to a project, asks, and does it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { makeFolder } from "../files.ts";
import { type Paint, painter, type Terminal, UserError } from "../terminal.ts";
import { askPerson, type Questions } from "./questions.ts";
import { type Change, type Choices, makePlan, type Plan } from "./plan.ts";
import { type PackageManager, type Project, readProject } from "./project.ts";
import { verify } from "./verify.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly helper?: Choices["helper"];
  readonly helperPath?: string;
  readonly install: boolean;
  readonly preset: Choices["preset"];
  readonly tests?: boolean;
  readonly yes?: boolean;
}

export function configure(command: Command, terminal: Terminal): void {
  command
    .description(
      "Adds the plugin to the ESLint config of the project in this folder, or writes a first one, and copies the backoff helper into the project. Shows what it would do and asks before it does it.",
    )
    .option("-y, --yes", "do not ask: take the defaults, and leave existing files as they are")
    .option("--dry-run", "show what would be done, and do nothing")
    .addOption(
      new Option("--preset <preset>", "which rules to turn on")
        .choices(["recommended", "strict"])
        .default("recommended"),
    )
    .addOption(
      new Option(
        "--helper <where>",
        "what fixes import: a copy in the project, or this package (default: copy)",
      ).choices(["copy", "package"]),
    )
    .option("--helper-path <folder>", "where to put the copy (default: src/lib, or lib)")
    .option("--tests", "put tests beside the copy")
    .option("--no-install", "do not install packages: print the command")
    .addHelpText("after", "\nExit codes: 0 done, or nothing to do, 2 something stands in the way.")
    .action(async (options: Options) => {
      terminal.exitCode = await run(options, terminal, askPerson(terminal));
    });
}

/**
 * Runs the command.
 * @param questions - puts questions to a person; `undefined` where there is nobody to ask
 * @returns the exit code
 */
export async function run(
  options: Options,
  terminal: Terminal,
  questions: Questions | undefined,
): Promise<number> {
  const paint = painter(terminal, terminal.stdout);
  const say = (text: string): void => {
    terminal.stdout.write(`${text}\n`);
  };
  const project = readProject(terminal.cwd);
  say(describe(project));
  const asked = options.yes === true || options.dryRun === true ? undefined : questions;
  const plan = await makePlan(project, await choose(options, asked));
  say(describePlan(plan, project, options, paint));
  if (plan.note !== undefined) say(`${paint("yellow", "Note:")} ${plan.note}`);
  if (isEmpty(plan)) return plan.manual === undefined ? 0 : 2;
  if (options.dryRun === true) {
    say("Nothing was changed.");
    return 0;
  }
  if (options.yes !== true && (asked === undefined || !(await asked.confirm("Do this?")))) {
    say(asked === undefined ? "Nothing was changed: add --yes to do it." : "Nothing was changed.");
    return asked === undefined ? 2 : 0;
  }
  const changes = [...plan.changes];
  for (const conflict of plan.conflicts) {
    if ((await asked?.confirm(`Overwrite ${conflict.file}, which has another text?`)) === true) {
      changes.push(conflict);
    }
  }
  const commands = installCommands(plan, project);
  for (const command of commands) {
    if (options.install) install(command, project, terminal);
    else say(`Still to be run: ${command.join(" ")}`);
  }
  write(changes, project);
  const isInstalled = options.install || commands.length === 0;
  if (isInstalled) {
    for (const { file, rules } of verify(changes, project))
      say(`Switched off in ${file}, which was not written for them: ${rules.join(", ")}`);
  }
  say(`${paint("green", "Done.")} See what is found: npx eslint .`);
  return plan.manual === undefined ? 0 : 2;
}

async function choose(options: Options, questions: Questions | undefined): Promise<Choices> {
  const answer = (): Promise<string> | undefined =>
    questions?.select("What should fixes import the backoff helper from?", {
      copy: "a copy in this project, which you own",
      package: "this package, as a dependency",
    });
  const helper = options.helper ?? ((await answer()) === "package" ? "package" : "copy");
  const tests =
    options.tests ??
    (helper === "copy" && (await questions?.confirm("Put tests beside the copy?"))) === true;
  return {
    preset: options.preset,
    helper,
    helperFolder: options.helperPath?.replace(/^\.\//, "").replace(/\/$/, ""),
    tests: tests && helper === "copy",
  };
}

function describe({ eslintConfig, packageManager, packages }: Project): string {
  const used = packages.map(({ files, folder, isModule, isTypeScript }) => {
    const language = isTypeScript
      ? "TypeScript"
      : isModule
        ? "JavaScript (ESM)"
        : "JavaScript (CommonJS)";
    return `  ${folder === "" ? "this project" : folder}: ${language}, the AWS SDK in ${count(files.length, "file")}`;
  });
  return [`Found: ${packageManager}, ${eslintConfig ?? "no ESLint config"}`, ...used, ""].join(
    "\n",
  );
}

function describePlan(
  plan: Plan,
  project: Project,
  { install: runs }: Options,
  paint: Paint,
): string {
  const lines: string[] = [];
  for (const command of installCommands(plan, project))
    lines.push(`${runs ? "Run" : "Leave to you:"} ${command.join(" ")}`);
  for (const change of plan.changes) {
    lines.push(`${change.before === undefined ? "Write" : "Change"} ${paint("bold", change.file)}`);
    const added = addedLines(change);
    const shown = added.length > MOST_LINES_SHOWN ? [] : added;
    lines.push(...shown.map((line) => paint("green", `  + ${line}`)));
    if (shown.length === 0) lines.push(`  (${count(added.length, "line")})`);
  }
  for (const { file } of plan.conflicts) {
    lines.push(`Keep ${paint("bold", file)}: it is there already, with another text`);
  }
  if (plan.manual !== undefined) {
    lines.push(
      `${paint("yellow", "By hand:")} ${project.eslintConfig ?? "the ESLint config"} is not a plain list. Add what this config has:`,
      ...plan.manual
        .trimEnd()
        .split("\n")
        .map((line) => `  ${line}`),
    );
  }
  return lines.length === 0 ? "Nothing to do." : lines.join("\n");
}

const MOST_LINES_SHOWN = 40;

/** The lines that a change adds; it takes none away. */
function addedLines({ before, text }: Change): readonly string[] {
  const old = before?.split("\n") ?? [];
  let next = 0;
  return text
    .trimEnd()
    .split("\n")
    .filter((line) => {
      if (line !== old[next]) return true;
      next += 1;
      return false;
    });
}

function isEmpty({ changes, conflicts, dependencies, devDependencies }: Plan): boolean {
  return [changes, conflicts, dependencies, devDependencies].every(({ length }) => length === 0);
}

const INSTALL: Readonly<Record<PackageManager, readonly [normal: string, dev: string]>> = {
  npm: ["install", "install --save-dev"],
  pnpm: ["add", "add --save-dev"],
  yarn: ["add", "add --dev"],
  bun: ["add", "add --dev"],
};

function installCommands(
  { dependencies, devDependencies }: Plan,
  { isWorkspaceRoot, packageManager }: Project,
): readonly (readonly string[])[] {
  const [normal, dev] = INSTALL[packageManager];
  // pnpm refuses to add to the root of a workspace unless it is told to.
  const flags = packageManager === "pnpm" && isWorkspaceRoot ? ["--workspace-root"] : [];
  const command = (verb: string, names: readonly string[]): readonly (readonly string[])[] =>
    names.length === 0 ? [] : [[packageManager, ...verb.split(" "), ...flags, ...names]];
  return [...command(normal, dependencies), ...command(dev, devDependencies)];
}

function install(command: readonly string[], { root }: Project, terminal: Terminal): void {
  const [program = "", ...args] = command;
  const { status } = spawnSync(program, args, {
    cwd: root,
    env: { ...terminal.env },
    shell: process.platform === "win32",
    stdio: "inherit",
  });
  if (status !== 0) throw new UserError(`${command.join(" ")} failed. Nothing else was changed.`);
}

function write(changes: readonly Change[], { root }: Project): void {
  for (const { file, text } of changes) {
    const target = path.join(root, file);
    makeFolder(path.dirname(target));
    writeFileSync(target, text);
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
