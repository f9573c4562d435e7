/** What is known of a number on its way into a timer, and how arithmetic passes it on. */
import type { TSESTree } from "@typescript-eslint/utils";
import { all, type Answer, any } from "../answer.ts";
import type { Delay } from "./delay.ts";

export interface Flow {
  /** A random source reaches it. */
  readonly random: Answer;
  /** It differs from one attempt to the next, by rule rather than by chance. */
  readonly changes: Answer;
  /** Something keeps it from growing without end. */
  readonly bounded: Answer;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Grows by a factor or a power, not by a step. */
  readonly exponential: boolean;
  /** The name that says "seconds", as long as nothing has turned the value into milliseconds. */
  readonly seconds: TSESTree.Node | undefined;
  /** Computed from the value that the same variable had before. */
  readonly self: boolean;
  readonly slips: Delay["slips"];
  /** The nodes that make it random or let it grow. */
  readonly evidence: readonly TSESTree.Node[];
}

/** Always the same, whatever it is. */
export const FIXED: Flow = {
  random: "no",
  changes: "no",
  bounded: "yes",
  min: undefined,
  max: undefined,
  exponential: false,
  seconds: undefined,
  self: false,
  slips: [],
  evidence: [],
};

export const UNKNOWN_FLOW: Flow = {
  ...FIXED,
  random: "unknown",
  changes: "unknown",
  bounded: "unknown",
};

/** Depends on the clock: different each time, and nobody can say whether by rule. */
export const CLOCK: Flow = { ...FIXED, changes: "unknown", bounded: "unknown" };

export function constant(value: number): Flow {
  return Number.isNaN(value) ? FIXED : { ...FIXED, min: value, max: value };
}

export function randomFlow(node: TSESTree.Node, min?: number, max?: number): Flow {
  return { ...FIXED, random: "yes", min, max, evidence: [node] };
}

/** The number of an attempt: it counts up, and nothing stops it but the loop. */
export function counter(node: TSESTree.Node, min: number, max: number | undefined): Flow {
  return { ...FIXED, changes: "yes", bounded: "no", min, max, evidence: [node] };
}

/** What several values have in common when each of them takes part in a new one. */
export function combine(
  flows: readonly Flow[],
  range: Pick<Flow, "max" | "min"> = { min: undefined, max: undefined },
): Flow {
  return {
    random: any(flows.map(({ random }) => random)),
    changes: any(flows.map(({ changes }) => changes)),
    bounded: all(flows.map(({ bounded }) => bounded)),
    min: range.min,
    max: range.max,
    exponential: flows.some(({ exponential }) => exponential),
    seconds: flows.find(({ seconds }) => seconds !== undefined)?.seconds,
    self: flows.some(({ self }) => self),
    slips: flows.flatMap(({ slips }) => slips),
    evidence: [...new Set(flows.flatMap(({ evidence }) => evidence))],
  };
}

/** One of several values. */
export function oneOf(flows: readonly Flow[]): Flow {
  return combine(flows, {
    min: least(flows.map(({ min }) => min)),
    max: greatest(flows.map(({ max }) => max)),
  });
}

/** The least of several numbers, where all are known. */
export function least(values: readonly (number | undefined)[]): number | undefined {
  return pick(values, Math.min);
}

export function greatest(values: readonly (number | undefined)[]): number | undefined {
  return pick(values, Math.max);
}

function pick(
  values: readonly (number | undefined)[],
  by: (...numbers: number[]) => number,
): number | undefined {
  const numbers = values.filter((value) => value !== undefined);
  return numbers.length === values.length && numbers.length > 0 ? by(...numbers) : undefined;
}

/** `Math.min`: one bounded part bounds it, and a single known ceiling is a ceiling. */
export function minimum(flows: readonly Flow[]): Flow {
  const known = flows.map(({ max }) => max).filter((max) => max !== undefined);
  const flow = combine(flows, {
    min: least(flows.map(({ min }) => min)),
    max: known.length > 0 ? Math.min(...known) : undefined,
  });
  return { ...settled(flow), bounded: any(flows.map(({ bounded }) => bounded)) };
}

/** `Math.max`: a single known floor is a floor. */
export function maximum(flows: readonly Flow[]): Flow {
  const known = flows.map(({ min }) => min).filter((min) => min !== undefined);
  return settled(
    combine(flows, {
      min: known.length > 0 ? Math.max(...known) : undefined,
      max: greatest(flows.map(({ max }) => max)),
    }),
  );
}

/** A clamp can leave only one value. */
function settled(flow: Flow): Flow {
  return flow.min !== undefined && flow.min === flow.max && flow.random === "no"
    ? { ...flow, changes: "no" }
    : flow;
}

/** The result of a binary operator. */
export function binary(operator: string, left: Flow, right: Flow): Flow {
  const both = [left, right];
  switch (operator) {
    case "+":
      return combine(
        both,
        corners(left, right, (a, b) => a + b),
      );
    case "-":
      return combine(
        both,
        corners(left, right, (a, b) => a - b),
      );
    case "*":
      return {
        ...combine(
          both,
          corners(left, right, (a, b) => a * b),
        ),
        exponential: left.exponential || right.exponential || left.self !== right.self,
        seconds: converts(right)
          ? undefined
          : (left.seconds ?? (converts(left) ? undefined : right.seconds)),
      };
    case "/":
      return {
        ...combine(
          both,
          corners(left, right, (a, b) => a / b),
        ),
        bounded: right.bounded === "yes" ? left.bounded : any([left.bounded, "unknown"]),
        seconds: undefined,
      };
    case "%":
      return {
        ...combine(both, { min: 0, max: right.max }),
        bounded: right.bounded,
        exponential: false,
      };
    case "**":
      return {
        ...combine(
          both,
          corners(left, right, (a, b) => a ** b),
        ),
        exponential: any([left.changes, right.changes]) !== "no",
      };
    case "<<":
      return {
        ...combine(
          both,
          corners(left, right, (a, b) => a * 2 ** b),
        ),
        exponential: right.changes !== "no",
      };
    case ">>":
    case ">>>":
      return combine(
        both,
        corners(left, right, (a, b) => Math.floor(a / 2 ** b)),
      );
    default:
      return combine(both);
  }
}

/** Whether a factor turns seconds into milliseconds, or may do so. */
function converts(factor: Flow): boolean {
  return (
    factor.changes === "no" &&
    factor.random === "no" &&
    (factor.max === undefined || factor.max >= 100)
  );
}

/** The range of an operation that is monotone in each operand. */
function corners(
  left: Flow,
  right: Flow,
  operate: (a: number, b: number) => number,
): Pick<Flow, "max" | "min"> {
  const { min: a, max: b } = left;
  const { min: c, max: d } = right;
  if (a === undefined || b === undefined || c === undefined || d === undefined)
    return { min: undefined, max: undefined };
  const values = [operate(a, c), operate(a, d), operate(b, c), operate(b, d)];
  return values.some(Number.isNaN)
    ? { min: undefined, max: undefined }
    : { min: Math.min(...values), max: Math.max(...values) };
}
