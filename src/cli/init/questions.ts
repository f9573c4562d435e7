/** Questions to the person at the terminal. */
import { cancel, confirm, isCancel, select } from "@clack/prompts";
import { type Terminal, UserError } from "../terminal.ts";

export interface Questions {
  confirm(question: string): Promise<boolean>;
  /** @returns the value of the chosen answer */
  select(question: string, answers: Readonly<Record<string, string>>): Promise<string>;
}

/** Asks at the terminal; `undefined` where nobody sits there, as in a CI job. */
export function askPerson({ stdout }: Terminal): Questions | undefined {
  if (stdout.isTTY !== true || !process.stdin.isTTY) return undefined;
  return {
    confirm: async (message) => answered(await confirm({ message })),
    select: async (message, answers) => {
      const options = Object.entries(answers).map(([value, label]) => ({ value, label }));
      return answered(await select({ message, options }));
    },
  };
}

function answered<Answer>(answer: Answer | symbol): Exclude<Answer, symbol> {
  if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
  cancel("Nothing was changed.");
  throw new UserError("Stopped.");
}
