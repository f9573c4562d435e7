/** What a function's parameters stand for at one call: the way back from a body to the arguments of the caller. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, unwrap } from "../../ast/nodes.ts";
import { assignedTo, parameterOf, variableOf } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";

/** One call on the way from the code that asks to the expression that answers. */
export interface Frame {
  readonly fn: FunctionNode;
  readonly args: readonly TSESTree.Node[];
  /** The call in whose function `args` stand; `undefined` where they stand in the code that asks. */
  readonly outer: Frame | undefined;
}

/** A chain of frames, continued outward by another. */
export function reroot(frame: Frame | undefined, outer: Frame): Frame {
  return frame === undefined ? outer : { ...frame, outer: reroot(frame.outer, outer) };
}

/** An expression, the frame that it is read in, and the factor between its value and milliseconds. */
export interface Framed {
  readonly node: TSESTree.Node;
  readonly frame: Frame | undefined;
  readonly scale: number;
}

/**
 * Follows an expression that is only a parameter, or a parameter times a constant, to the argument behind it: the nearest
 * to the caller that still is the whole duration.
 */
export function towardCaller({ node, frame, scale }: Framed): Framed {
  const here = unwrap(node);
  if (frame === undefined) return { node: here, frame, scale };
  if (here.type === T.BinaryExpression && (here.operator === "*" || here.operator === "/")) {
    const factor = numberOf(here.right);
    const left = factor === undefined ? undefined : here.left;
    const swapped = here.operator === "*" ? numberOf(here.left) : undefined;
    const [inner, by] = left !== undefined ? [left, factor] : [here.right, swapped];
    if (by === undefined || by === 0 || argumentBehind(inner, frame) === undefined)
      return { node: here, frame, scale };
    return towardCaller({
      node: inner,
      frame,
      scale: here.operator === "*" ? scale * by : scale / by,
    });
  }
  const argument = argumentBehind(here, frame);
  return argument === undefined
    ? { node: here, frame, scale }
    : towardCaller({ node: argument, frame: frame.outer, scale });
}

/** The argument that a plain, never reassigned parameter of the frame's function was given. */
function argumentBehind(node: TSESTree.Node, frame: Frame): TSESTree.Node | undefined {
  const id = unwrap(node);
  const variable = id.type === T.Identifier ? variableOf(id) : undefined;
  const parameter = variable === undefined ? undefined : parameterOf(variable);
  if (variable === undefined || parameter?.owner !== frame.fn) return undefined;
  const plain =
    parameter.pattern.type === T.AssignmentPattern ? parameter.pattern.left : parameter.pattern;
  if (plain !== parameter.name || assignedTo(variable).length > 0) return undefined;
  return argumentAt(frame, parameter.index);
}

/** The argument at a position, where it can be told which that is. */
export function argumentAt(frame: Frame, index: number): TSESTree.Node | undefined {
  const before = frame.args.slice(0, index + 1);
  return before.some((argument) => argument.type === T.SpreadElement) ? undefined : before[index];
}
