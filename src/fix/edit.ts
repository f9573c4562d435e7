/** Edits that know how sure we are of them, and the one way from an edit to a report. */
import type { TSESLint } from "@typescript-eslint/utils";

/** Replaces the characters of `range` (possibly none) by `text`. Offsets are ESLint's: a BOM does not count. */
export interface TextEdit {
  readonly range: readonly [number, number];
  readonly text: string;
  /** Comes before what others insert at the same offset: a module has to be loaded first. */
  readonly goesFirst?: true;
}

/** `"fix"`: safe without asking. `"suggestion"`: a person must agree. `"none"`: not offered. */
export type Applicability = "fix" | "suggestion" | "none";

/** Text edits that belong together: all are made, or none. */
export interface Edit {
  readonly applicability: Applicability;
  /** In source order, without overlaps; empty when the applicability is `"none"`. */
  readonly edits: readonly TextEdit[];
  /** Why the applicability is below `"fix"`: a clause that a message can end with. */
  readonly reason?: string;
  /** What a person has to know before agreeing, a clause for the message: see `whyNoEdit`. */
  readonly note?: string;
}

const RANK: Readonly<Record<Applicability, number>> = { none: 0, suggestion: 1, fix: 2 };

/** An edit that is not offered, and why. */
export function refuse(reason: string): Edit {
  return { applicability: "none", edits: [], reason };
}

/** An edit that changes nothing, the neutral element of {@link combine}. */
export const NO_CHANGE: Edit = { applicability: "fix", edits: [] };

/**
 * Makes an edit. It is refused when its parts overlap, or when it would delete a comment whose text is not in the new text.
 * @param applicability - how sure the caller is
 * @param reason - why it is not a fix, when it is not
 */
export function makeEdit(
  sourceCode: Readonly<TSESLint.SourceCode>,
  edits: readonly TextEdit[],
  applicability: Applicability = "fix",
  reason?: string,
): Edit {
  if (applicability === "none") return refuse(reason ?? "there is no safe edit");
  // Stable, so that two insertions at one place keep the order in which they were given.
  const sorted = edits.toSorted(
    (a, b) =>
      a.range[0] - b.range[0] ||
      a.range[1] - b.range[1] ||
      Number(b.goesFirst ?? false) - Number(a.goesFirst ?? false),
  );
  let end = 0;
  for (const { range } of sorted) {
    if (range[0] < end) return refuse("two parts of the edit overlap");
    end = range[1];
  }
  if (losesComment(sourceCode, sorted)) return refuse("a comment would be lost");
  return { applicability, edits: sorted, ...(reason === undefined ? {} : { reason }) };
}

/**
 * Joins edits into one that is made as a whole. It is as sure as the least sure of them, and gives that one's reason.
 */
export function combine(
  sourceCode: Readonly<TSESLint.SourceCode>,
  ...parts: readonly Edit[]
): Edit {
  let weakest = NO_CHANGE;
  for (const part of parts) {
    if (RANK[part.applicability] < RANK[weakest.applicability]) weakest = part;
  }
  const whole = makeEdit(
    sourceCode,
    parts.flatMap((part) => part.edits),
    weakest.applicability,
    weakest.reason,
  );
  const note = parts.find((part) => part.note !== undefined)?.note;
  return note === undefined ? whole : { ...whole, note };
}

/** The same edit, no surer than `limit`. */
export function lower(edit: Edit, limit: Applicability, reason: string): Edit {
  if (RANK[edit.applicability] <= RANK[limit]) return edit;
  return limit === "none" ? refuse(reason) : { ...edit, applicability: limit, reason };
}

/** How a suggestion is worded: what its `messageId` and `data` are in the rule's report. */
export interface SuggestionMessage<MessageIds extends string> {
  readonly messageId: MessageIds;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The part of a report that carries an edit. */
export interface ReportFields<MessageIds extends string> {
  readonly fix?: TSESLint.ReportFixFunction;
  readonly suggest?: TSESLint.SuggestionReportDescriptor<MessageIds>[];
}

/**
 * Turns an edit into the fields for `context.report`: `fix`, or `suggest`, or neither.
 * @param message - the text of the suggestion, where the edit is not sure enough to be a fix
 */
export function reportFields<MessageIds extends string>(
  edit: Edit,
  message: SuggestionMessage<MessageIds>,
): ReportFields<MessageIds> {
  if (edit.applicability === "none" || edit.edits.length === 0) return {};
  const fix: TSESLint.ReportFixFunction = (fixer) =>
    edit.edits.map(({ range, text }) => fixer.replaceTextRange([range[0], range[1]], text));
  return edit.applicability === "fix" ? { fix } : { suggest: [{ ...message, fix }] };
}

function losesComment(
  sourceCode: Readonly<TSESLint.SourceCode>,
  edits: readonly TextEdit[],
): boolean {
  let kept = edits.map((edit) => edit.text).join("\n");
  for (const comment of sourceCode.getAllComments()) {
    const touched = edits.some(
      ({ range }) => range[0] < comment.range[1] && comment.range[0] < range[1],
    );
    if (!touched) continue;
    const text = sourceCode.getText(comment);
    if (!kept.includes(text)) return true;
    kept = kept.replace(text, () => "");
  }
  return false;
}
