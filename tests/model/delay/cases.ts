/** The loop that the delay expressions of the tests stand in. */
export interface LoopParts {
  /** At module level. */
  readonly outside?: string;
  readonly parameters?: string;
  /** In the function, before the loop. */
  readonly before?: string;
  /** In the catch clause, before and after the wait. */
  readonly inside?: string;
  readonly after?: string;
}

/** A retry loop of five attempts that waits for `delay` milliseconds after a failure. */
export function loopWith(
  delay: string,
  { outside = "", parameters = "", before = "", inside = "", after = "" }: LoopParts = {},
): string {
  return `
${outside}
declare function call(): Promise<string>;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export async function run(${parameters}) {
  ${before}
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await call();
    } catch (error: any) {
      ${inside}
      await /*target*/ sleep(${delay});
      ${after}
    }
  }
  throw new Error("exhausted");
}
`;
}
