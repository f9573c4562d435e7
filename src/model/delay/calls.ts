/** What a call gives: arithmetic of the platform, random sources, and the project's own functions, read. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, memberName, unwrap } from "../../ast/nodes.ts";
import { importedName, isGlobal } from "../program/binding.ts";
import { functionsOf, returnedBy } from "../program/values.ts";
import {
  binary,
  CLOCK,
  combine,
  FIXED,
  type Flow,
  maximum,
  minimum,
  oneOf,
  UNKNOWN_FLOW,
} from "./flow.ts";
import type { Frame } from "./frame.ts";
import { elementsFlow } from "./iterated.ts";
import { randomCall } from "./random.ts";
import type { Reader } from "./reader.ts";

/** Calls that keep the order of what they are given. */
const ROUNDING = new Map<string, (value: number) => number>([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["round", Math.round],
  ["trunc", Math.trunc],
]);

/** Methods and globals that only change how a number is written. */
const CONVERSIONS = new Set(["BigInt", "Number", "parseFloat", "parseInt"]);

/** Reads a call. */
export function callFlow(
  reader: Reader,
  call: TSESTree.CallExpression,
  frame: Frame | undefined,
): Flow {
  const drawn = randomCall(call);
  if (drawn !== undefined) return jittered(reader, call, drawn, frame);
  const callee = unwrap(call.callee);
  if (callee.type === T.MemberExpression && isGlobal(callee.object, "Math"))
    return mathFlow(reader, call, memberName(callee), frame);
  if (isConversion(callee)) return argumentFlows(reader, call, frame)[0] ?? UNKNOWN_FLOW;
  if (callee.type === T.MemberExpression) {
    const method = methodFlow(reader, call, callee, frame);
    if (method !== undefined) return method;
  }
  // `ms("2s")` reads a duration that is written down.
  if (importedName(callee)?.module === "ms") return FIXED;
  const { functions, complete } = functionsOf(callee);
  if (!complete || functions.length === 0) return UNKNOWN_FLOW;
  return oneOf(functions.map((fn) => returnedFlow(reader, fn, call, frame)));
}

/** The helper's `jitter(ms)` keeps what is known of its argument. */
function jittered(
  reader: Reader,
  call: TSESTree.CallExpression,
  drawn: Flow,
  frame: Frame | undefined,
): Flow {
  const [first] = argumentFlows(reader, call, frame);
  if (first === undefined || drawn.max !== undefined || call.arguments.length !== 1) return drawn;
  return { ...combine([drawn, first], { min: 0, max: first.max }), bounded: first.bounded };
}

function argumentFlows(
  reader: Reader,
  call: TSESTree.CallExpression,
  frame: Frame | undefined,
): Flow[] {
  return call.arguments.map((argument) =>
    argument.type === T.SpreadElement ? UNKNOWN_FLOW : reader.flow(argument, frame),
  );
}

function mathFlow(
  reader: Reader,
  call: TSESTree.CallExpression,
  name: string | undefined,
  frame: Frame | undefined,
): Flow {
  const flows = argumentFlows(reader, call, frame);
  const [first, second] = flows;
  if (name === undefined || first === undefined) return UNKNOWN_FLOW;
  if (name === "min") return minimum(flows);
  if (name === "max") return maximum(flows);
  if (name === "pow" && second !== undefined) return binary("**", first, second);
  const rounding = ROUNDING.get(name);
  if (rounding !== undefined)
    return {
      ...first,
      min: first.min === undefined ? undefined : rounding(first.min),
      max: first.max === undefined ? undefined : rounding(first.max),
    };
  if (name === "exp") return { ...combine(flows), exponential: first.changes !== "no" };
  return combine(flows);
}

function isConversion(callee: TSESTree.Node): boolean {
  if (callee.type === T.Identifier)
    return CONVERSIONS.has(callee.name) && isGlobal(callee, callee.name);
  return (
    callee.type === T.MemberExpression &&
    isGlobal(callee.object, "Number") &&
    CONVERSIONS.has(memberName(callee) ?? "")
  );
}

function methodFlow(
  reader: Reader,
  call: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  frame: Frame | undefined,
): Flow | undefined {
  const name = memberName(callee);
  const [first] = argumentFlows(reader, call, frame);
  switch (name) {
    case "now":
      return isGlobal(callee.object, "Date") || isGlobal(callee.object, "performance")
        ? CLOCK
        : undefined;
    case "at":
      return first === undefined
        ? undefined
        : known(elementsFlow(reader, callee.object, first.changes === "yes", frame));
    case "pop":
    case "shift":
      return known(elementsFlow(reader, callee.object, true, frame));
    case "toFixed":
    case "valueOf":
      return reader.flow(callee.object, frame);
    case "readUInt32BE":
    case "readUInt8": {
      // randomBytes(4).readUInt32BE()
      const bytes = reader.flow(callee.object, frame);
      return bytes.random === "yes" ? bytes : undefined;
    }
    default:
      return undefined;
  }
}

function known(flow: Flow): Flow | undefined {
  return flow.random === "unknown" ? undefined : flow;
}

/** What a function of the project returns for this call. */
function returnedFlow(
  reader: Reader,
  fn: FunctionNode,
  call: TSESTree.CallExpression,
  frame: Frame | undefined,
): Flow {
  const results = returnedBy(fn);
  if (results.length === 0 || fn.generator) return UNKNOWN_FLOW;
  const inside: Frame = { fn, args: call.arguments, outer: frame };
  const flow = oneOf(results.map((result) => reader.flow(result, inside)));
  const differs = results.length > 1 && (flow.min === undefined || flow.min !== flow.max);
  // Which of several results comes back depends on what goes in.
  const chosen =
    differs && argumentFlows(reader, call, frame).some(({ changes }) => changes === "yes");
  return chosen && flow.changes === "no" ? { ...flow, changes: "yes" } : flow;
}
