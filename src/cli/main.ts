/** The command line: `npx eslint-plugin-connect-resilience <command>`. */
import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import { commands } from "./commands.ts";
import { painter, type Terminal, UserError } from "./terminal.ts";

const { name, version } = createRequire(import.meta.url)("../../package.json") as {
  readonly name: string;
  readonly version: string;
};

/** What the process exits with when a command could not do its work. */
export const EXIT_ERROR = 2;

/**
 * Runs the command line.
 * @param args - what follows the name of the program
 * @returns the exit code: what the command says, 2 when it could not do its work
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const program = await createProgram(args, terminal);
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    terminal.exitCode = failWith(error, terminal);
  }
  return terminal.exitCode;
}

async function createProgram(args: readonly string[], terminal: Terminal): Promise<Command> {
  const program = new Command(name)
    .description("Finds fragile retry handling around Amazon Connect calls.")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
    })
    .showHelpAfterError("(add --help for the options)");
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary);
    if (!args.includes(entry.name)) continue;
    (await entry.load()).configure(command, terminal);
  }
  return program;
}

function failWith(error: unknown, terminal: Terminal): number {
  // Commander has printed its own message. Help that was asked for is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_ERROR;
  const paint = painter(terminal, terminal.stderr);
  const text =
    error instanceof UserError
      ? error.message
      : `This is a fault of ${name} ${version}.\n${
          error instanceof Error ? (error.stack ?? error.message) : String(error)
        }`;
  terminal.stderr.write(`${paint("red", "error:")} ${text}\n`);
  return EXIT_ERROR;
}
