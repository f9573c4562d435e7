/** Every question about the code under lint has three answers; rules stay silent on "unknown". */
export type Answer = "no" | "unknown" | "yes";

/** Yes if any is, no if none is. */
export function any(answers: readonly Answer[]): Answer {
  return answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";
}

/** Yes if all are, no if one is not. */
export function all(answers: readonly Answer[]): Answer {
  return answers.includes("no") ? "no" : answers.includes("unknown") ? "unknown" : "yes";
}
