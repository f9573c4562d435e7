/** What a command has around it: where it runs, where it prints, how it ends. */
import { styleText } from "node:util";

/** A stream that a command prints to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results: what may be piped into a file. */
  readonly stdout: Output;
  /** Everything that is said about the work: progress, notes, errors. */
  readonly stderr: Output;
  /** What the process exits with; a command sets it. */
  exitCode: number;
}

/** An error of the user's making: printed as a message, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
}

export type Style = Parameters<typeof styleText>[0];

/** Writes text in a style, or plainly. */
export type Paint = (style: Style, text: string) => string;

/** How to write in colours on a stream: where it is a terminal, unless `NO_COLOR` or `FORCE_COLOR` says otherwise. */
export function painter({ env }: Terminal, output: Output): Paint {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = env;
  const coloured =
    forced === undefined || forced === ""
      ? output.isTTY === true && (refused === undefined || refused === "")
      : forced !== "0";
  return (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text);
}
