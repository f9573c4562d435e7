/** The layers that this plugin's own helper is. */
import type { TSESTree } from "@typescript-eslint/utils";
import { HELPER_ATTEMPTS } from "../client/policy.ts";
import type { Delay } from "../delay/delay.ts";
import { helperExport } from "../helper.ts";
import { numberOf } from "../program/constant.ts";
import { lookUp } from "../program/object.ts";
import { type Attempts, type Layer, makeLayer } from "./layer.ts";

/** Ceiling of one delay of the helper, in milliseconds, when none is given. */
const HELPER_MAX_DELAY_MS = 20_000;

const JITTERED: Delay = {
  kind: "jittered",
  node: undefined,
  fixedMs: undefined,
  maxMs: HELPER_MAX_DELAY_MS,
  capped: "yes",
  slips: [],
  evidence: [],
  scale: 1,
};

/** The layer of `withBackoff(fn)`, `pollUntil(probe, done)` or `sendWithBackoff(client, command)`. */
export function helperLayer(call: TSESTree.CallExpression): Layer | undefined {
  const name = helperExport(call.callee);
  switch (name) {
    case "withBackoff":
      return made(call, name, call.arguments[1]);
    case "sendWithBackoff":
      return made(call, name, call.arguments[2]);
    case "pollUntil":
      return { ...made(call, name, call.arguments[2]), purpose: "poll" };
    default:
      return undefined;
  }
}

function made(
  call: TSESTree.CallExpression,
  label: string,
  options: TSESTree.Node | undefined,
): Layer {
  return makeLayer({
    kind: "wrapper",
    node: call,
    label,
    attempts: attempts(options),
    delay: { ...JITTERED, node: call },
    filter: { kind: "some", throttlingOnly: false, names: [], node: call },
    exhaustion: { kind: "throws" },
    sharesBudget: true,
  });
}

function attempts(options: TSESTree.Node | undefined): Attempts {
  const given = lookUp(options, "maxAttempts");
  if (given.answer === "no") return { kind: "bounded", max: HELPER_ATTEMPTS };
  const [value] = given.values;
  // Whatever the number, the helper's deadline bounds it too.
  return { kind: "bounded", max: value === undefined ? undefined : numberOf(value) };
}
