/** What `check` finds out: the data behind every format. All of it can be written as JSON. */

export interface Report {
  readonly tool: { readonly name: string; readonly version: string; readonly url: string };
  /** When it was made, in ISO 8601. */
  readonly createdAt: string;
  /** Name of the folder that paths are relative to. */
  readonly project: string;
  readonly preset: PresetName;
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  /** Every call of the judged services, in the order of files and lines. */
  readonly calls: readonly CallRecord[];
  /** What the findings' rules are. */
  readonly rules: readonly RuleFacts[];
  /** What could not be done as it should, without stopping the rest. */
  readonly problems: readonly Problem[];
}

export type PresetName = "recommended" | "strict" | "all";

export interface Summary {
  readonly files: number;
  readonly findings: number;
  readonly calls: number;
  readonly operations: number;
  /** Calls that something repeats without limit. */
  readonly unlimited: number;
  /** Calls of which one alone, at its worst, sends more requests than the quota's burst. */
  readonly aboveBurst: number;
  /** Calls whose retries could not be read to the end, so that their numbers are lower bounds. */
  readonly partlyRead: number;
}

export interface Place {
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface Finding extends Place {
  /** `connect-resilience/<rule>`, or {@link SYNTAX_ERROR}. */
  readonly rule: string;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  readonly message: string;
  /** Whether `eslint --fix` with this rule repairs it. */
  readonly fixable: boolean;
  /** How many repairs an editor offers to choose from. */
  readonly suggestions: number;
}

/** The rule of a finding in a file that cannot be parsed. */
export const SYNTAX_ERROR = "syntax-error";

export interface RuleFacts {
  readonly id: string;
  readonly description: string;
  readonly url: string;
}

/** A number that is at its worst: `null` in JSON stands for "without limit". */
export interface Worst {
  readonly value: number | null;
  /** False when part of the code could not be read, so that `value` is a lower bound. */
  readonly exact: boolean;
}

export interface CallRecord extends Place {
  /** Client package, `@aws-sdk/client-connect`, also for calls of SDK v2. */
  readonly package: string;
  /** As in the API, `ListUsers`; `null` where the command cannot be seen. */
  readonly operation: string | null;
  readonly sdk: "v2" | "v3";
  /** A paginator makes one such call for each page. */
  readonly paginated: boolean;
  /** Default quota; `null` where none is documented. */
  readonly quota: {
    readonly ratePerSecond: number;
    readonly burst: number;
    readonly scope: "account-region" | "instance";
    readonly source: string;
  } | null;
  /** The stack with the most attempts, outermost layer first. */
  readonly layers: readonly LayerRecord[];
  /** In how many ways the program comes to the call. */
  readonly ways: number;
  /** HTTP attempts that one call can turn into. */
  readonly attempts: Worst;
  /** Milliseconds of pauses between these attempts, without the time that the requests take. */
  readonly waitMs: Worst;
}

export interface LayerRecord {
  readonly kind: "client" | "loop" | "recursion" | "requeue" | "resend" | "wrapper";
  /** `for loop`, `p-retry`, `ConnectClient's default`. */
  readonly name: string;
  readonly purpose: "leftovers" | "poll" | "retry";
  /** False for a client that was left as it comes. */
  readonly deliberate: boolean;
  /** `null`: without limit; `undefined`: not known. */
  readonly attempts: number | null | undefined;
  readonly delay: "fixed" | "growing" | "jittered" | "none" | "unknown";
  /** Milliseconds of a fixed delay. */
  readonly fixedMs: number | undefined;
  readonly at: Place;
}

export interface Problem {
  readonly file: string | undefined;
  readonly message: string;
  /** Whether something was not looked at because of it. */
  readonly fatal: boolean;
}

/** Counts what a report holds. */
export function summarise(
  files: number,
  { findings, calls }: Pick<Report, "calls" | "findings">,
): Summary {
  return {
    files,
    findings: findings.length,
    calls: calls.length,
    operations: new Set(calls.map((call) => `${call.package}/${call.operation ?? ""}`)).size,
    unlimited: calls.filter(({ attempts }) => attempts.value === null).length,
    aboveBurst: calls.filter(isAboveBurst).length,
    partlyRead: calls.filter(({ attempts, waitMs }) => !attempts.exact || !waitMs.exact).length,
  };
}

/** Whether one call alone can use up more than the burst of its quota. */
export function isAboveBurst({ attempts, quota }: CallRecord): boolean {
  return quota !== null && (attempts.value ?? Infinity) > quota.burst;
}
