/** What the real rules offer for a text, once every edit has passed the gates of the rule tester. */
import { rules } from "../../src/rules/index.ts";
import { applyEdits, checkInvalidCase, lint } from "../support/gates.ts";
import type { AnyRule, LintSetup } from "../support/gates.ts";

export interface RepairSetup extends Omit<LintSetup, "code"> {
  /** `require-retry` where it is left out. */
  readonly rule?: keyof typeof rules;
}

export interface Repair {
  /** What the first finding comes with; `"silence"` where there is no finding. */
  readonly by: "fix" | "suggestion" | "report only" | "silence";
  /** The text after `--fix`, else after the first suggestion, else as it was. */
  readonly text: string;
  readonly message: string;
}

/** Lints a text with a rule, and repairs it. */
export function repair(code: string, { rule: name = "require-retry", ...rest }: RepairSetup = {}) {
  const setup: LintSetup = { code, ...rest };
  const rule = rules[name] as unknown as AnyRule;
  checkInvalidCase(name, rule, setup);
  const findings = lint(name, rule, setup, code);
  const [first] = findings;
  const result = (by: Repair["by"], text: string): Repair => ({
    by,
    text,
    message: first?.message ?? "",
  });
  const suggestion = first?.suggestions?.[0];
  if (first === undefined) return result("silence", code);
  if (first.fix !== undefined)
    return result(
      "fix",
      findings.length === 1 ? applyEdits(code, [first.fix]) : fixAll(rule, name, setup),
    );
  if (suggestion !== undefined) return result("suggestion", applyEdits(code, [suggestion.fix]));
  return result("report only", code);
}

/** The gates have shown that the passes come to an end. */
function fixAll(rule: AnyRule, name: string, setup: LintSetup): string {
  let { code } = setup;
  for (;;) {
    const edits = lint(name, rule, setup, code).flatMap(({ fix }) => fix ?? []);
    if (edits.length === 0) return code;
    code = applyEdits(code, edits);
  }
}
