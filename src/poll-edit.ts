/** Where analysis and edits meet: a loop that polls, through the helper's `pollUntil` instead. */
import { AST_NODE_TYPES as T, type TSESLint } from "@typescript-eslint/utils";
import { type Edit, refuse } from "./fix/edit.ts";
import { type PollInterval, pollThroughHelper } from "./fix/poll.ts";
import { mayAwait } from "./fix/pause.ts";
import { editWithHelper } from "./helper-binding.ts";
import { forbidsUnused, isBoolean } from "./model/program/checker.ts";
import type { Unit } from "./model/program/unit.ts";
import type { Layer } from "./model/retry/layer.ts";
import type { LocatedLayer } from "./model/retry/program-layers.ts";
import { solePollOf } from "./model/retry/sole-poll.ts";

/** The helper's own interval, and the longest that it waits unless it is told. */
const HELPER_MS = 1000;
const HELPER_LONGEST_MS = 10_000;

/** Polls through the helper: a suggestion, for loops that do nothing else. */
export function pollEdit(
  context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>,
  unit: Unit,
  located: LocatedLayer,
): Edit {
  const { sourceCode } = context;
  const poll = solePollOf(located);
  if (poll === undefined) return refuse("the loop does more than to ask and to wait");
  if (poll.orphans && forbidsUnused(unit))
    return refuse("the sleep function would be left without a use");
  if (!mayAwait(sourceCode, poll.loop)) return refuse("`await` is not allowed there");
  const isTest = unit.services !== undefined && isBoolean(poll.test) === "yes";
  return editWithHelper(context, unit, "pollUntil", [poll.loop], (name) =>
    pollThroughHelper(sourceCode, poll, name, isTest, intervalOf(located.layer)),
  );
}

function intervalOf({ delay }: Layer): PollInterval | undefined {
  const { fixedMs } = delay;
  if (delay.kind !== "fixed" || fixedMs === undefined || fixedMs === HELPER_MS) return undefined;
  const { node } = delay;
  const text = node?.type === T.Literal && delay.scale === 1 ? node.raw : String(fixedMs);
  return { text, isLong: fixedMs > HELPER_LONGEST_MS };
}
