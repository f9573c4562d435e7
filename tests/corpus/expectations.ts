/** One hand-made label: what stands at a line of a public repository, in words that name no rule. */
export interface Label {
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly kind: string;
  readonly note: string;
  /** `complete`: everything of a labelled kind in the file is labelled, so another report there is a false one. */
  readonly file_coverage: "complete" | "partial";
}

/** `either`: the label does not decide, so silence is no miss and a report is no false one. */
type Verdict = "report" | "silent" | "either";

/**
 * Which reports an expectation is about:
 * - `line`: on the label's own line;
 * - `scope`: whose innermost loop or function is the label's;
 * - `near`: as `scope`, or at most three lines away;
 * - `client`: on the label's line or a neighbouring one, or else at the construction of a client in the same file, or else
 *   in a file joined to it by imports. The last two are approximations: they do not prove that the call uses that client.
 */
type Place = "line" | "scope" | "near" | "client";

/** The row holds only for labels whose note matches, and counts only reports whose message matches. */
interface Condition {
  readonly note?: RegExp;
  readonly message?: RegExp;
}

type Row = readonly [kind: string, rule: string, verdict: Verdict, at: Place, only?: Condition];

/**
 * What a label says about a rule. For a label and a rule the first row that fits counts; a rule without a fitting row is
 * not judged by the label. `swallowed error` has no row: an error lost outside retry handling is no rule's business.
 */
const rows: readonly Row[] = [
  ["unretried call", "require-retry", "report", "client"],
  // A retry whose filter never matches protects nothing: content and report are both defensible.
  ["call wrapped by retry", "require-retry", "either", "line", { note: /effectively unretried/ }],
  ["call wrapped by retry", "require-retry", "silent", "line"],
  ["call wrapped by retry", "no-indiscriminate-retry", "report", "near", { note: /any error/ }],
  // Another service's call. A client that is built and never used may be judged: building it is what the rule looks at.
  ["unrelated call", "require-retry", "either", "line", { note: /constructed but never used/ }],
  ["unrelated call", "require-retry", "silent", "line"],

  ["fixed sleep in retry loop", "require-jitter", "report", "near"],
  ["exponential no jitter", "require-jitter", "report", "near"],
  ["fixed sleep for polling", "require-jitter", "report", "near", { message: /\bpoll/i }],
  ["jittered sleep in retry loop", "require-jitter", "silent", "scope"],
  ["pagination loop", "require-jitter", "silent", "scope"],
  ["iteration loop", "require-jitter", "silent", "scope"],
  ["pacing sleep", "require-jitter", "silent", "line"],
  ["unrelated sleep", "require-jitter", "silent", "line"],
  ["unrelated call", "require-jitter", "silent", "line"],

  // Ambiguous where only the caller's argument decides whether the loop ends.
  ["unbounded loop", "no-unbounded-retry", "either", "scope", { note: /AMBIGUOUS/ }],
  ["unbounded loop", "no-unbounded-retry", "report", "near"],
  ["bounded loop", "no-unbounded-retry", "silent", "scope"],
  ["pagination loop", "no-unbounded-retry", "silent", "scope"],
  ["iteration loop", "no-unbounded-retry", "silent", "scope"],
  ["pacing sleep", "no-unbounded-retry", "silent", "line"],
  ["unrelated sleep", "no-unbounded-retry", "silent", "line"],
  ["unrelated call", "no-unbounded-retry", "silent", "line"],

  ["swallowed exhaustion", "no-silent-exhaustion", "report", "near"],
  ["bounded loop", "no-silent-exhaustion", "silent", "scope", { note: /throw/ }],

  ["fan-out Promise.all", "no-unthrottled-fan-out", "report", "near"],
  ["throttled or fixed-size fan-out", "no-unthrottled-fan-out", "silent", "scope"],

  // `error.code` is a fault only where the error comes from a v3 client.
  ["v2 error-code check", "valid-error-check", "report", "near", { note: /from a v3 client/ }],
  ["v2 error-code check", "valid-error-check", "silent", "line"],
  ["error-name check", "valid-error-check", "silent", "line"],

  [
    "retry of non-idempotent call w/o stable ClientToken",
    "require-stable-client-token",
    "report",
    "near",
  ],
];

/** The rules that labels say something about. Reports of any other rule have to be read by a person. */
export const judgedRules: ReadonlySet<string> = new Set(rows.map(([, rule]) => rule));

export interface Expectation {
  readonly verdict: Verdict;
  readonly at: Place;
  readonly message: RegExp | undefined;
}

/** What the label demands of the rule, if anything. */
export function expectationFor(label: Label, rule: string): Expectation | undefined {
  const row = rows.find(
    ([kind, name, , , only]) =>
      kind === label.kind && name === rule && (only?.note?.test(label.note) ?? true),
  );
  return row && { verdict: row[2], at: row[3], message: row[4]?.message };
}
