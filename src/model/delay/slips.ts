/** Slips of unit and operator in a delay. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../../ast/nodes.ts";
import type { Flow } from "./flow.ts";

/** `delaySeconds`, `RETRY_DELAY_SEC`, `intervalInSecs`; not `milliseconds`. */
const SECONDS_NAME =
  /(?:^s|(?<![a-z])s)ec(?:ond)?s?$|[a-z](?:Sec(?:ond)?s?|InSeconds)$|_SEC(?:OND)?S?$|^SEC(?:OND)?S?$/;

/** `delayMilliSeconds`, `MILLI_SECONDS`, `timeoutMsec`: thousandths of one. */
const PART_OF_A_SECOND = /milli|micro|nano|(?:^|_)m_?sec/i;
const MSEC = /[a-z]Msecs?$/;

/** Numbers of this size are milliseconds, whatever the name says. */
const TOO_MANY_SECONDS = 1000;

/** Remembers that a value goes by a name that says seconds. */
export function inSeconds(flow: Flow, node: TSESTree.Node): Flow {
  const name = nameOf(node);
  if (name === undefined || !saysSeconds(name)) return flow;
  return flow.max !== undefined && (flow.max >= TOO_MANY_SECONDS || flow.max <= 0)
    ? flow
    : { ...flow, seconds: node };
}

function saysSeconds(name: string): boolean {
  return SECONDS_NAME.test(name) && !PART_OF_A_SECOND.test(name) && !MSEC.test(name);
}

function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === T.Identifier) return node.name;
  return node.type === T.MemberExpression ? memberName(node) : undefined;
}

const ATTEMPT_NAME = /attempt|retr(?:y|ies)|tries|^n$|^i$|count/i;

/** `2 ^ attempt`: an exclusive or where a power is meant. */
export function isExclusiveOrSlip(
  node: TSESTree.BinaryExpression,
  left: Flow,
  right: Flow,
): boolean {
  const isBase =
    left.min !== undefined &&
    left.min === left.max &&
    Number.isInteger(left.min) &&
    left.min > 1 &&
    left.min <= 10;
  const exponent = unwrap(node.right);
  return isBase && (right.changes === "yes" || ATTEMPT_NAME.test(nameOf(exponent) ?? ""));
}

/** Below this, an exponential backoff waits for nothing. */
const SHORTEST_MS = 100;

/** The expression whose value only makes sense in seconds although milliseconds are asked for. */
export function secondsSlip(flow: Flow, node: TSESTree.Node): TSESTree.Node | undefined {
  if (flow.seconds !== undefined) return flow.seconds;
  const { exponential, min, max } = flow;
  const tiny =
    exponential &&
    min !== undefined &&
    min <= 2 &&
    max !== undefined &&
    max > 0 &&
    max < SHORTEST_MS;
  return tiny ? node : undefined;
}
