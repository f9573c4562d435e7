/** What the command line offers. The code of a command is loaded when it is the one that runs. */
import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** The module of a command, `src/cli/<name>/index.ts`. */
export interface CommandModule {
  /** Declares arguments, options and the action. The action sets `terminal.exitCode`; a `UserError` ends it with a message. */
  configure(command: Command, terminal: Terminal): void;
}

export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** In the order of the help text. */
export const commands: readonly CommandEntry[] = [
  {
    name: "init",
    summary:
      "add the plugin to the ESLint config of this project, and the backoff helper to its sources",
    load: () => import("./init/index.ts"),
  },
  {
    name: "check",
    summary: "find fragile retries and list every Amazon Connect call, without any ESLint config",
    load: () => import("./check/index.ts"),
  },
];
