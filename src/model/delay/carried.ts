/** Values that a variable or member hands on: from one attempt to the next, or from one statement to the next. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, isFunction, isLoop, memberName, unwrap } from "../../ast/nodes.ts";
import { binary, constant, type Flow, minimum, oneOf } from "./flow.ts";
import type { Frame } from "./frame.ts";
import { isWithin, type Reader } from "./reader.ts";

/** A place where a variable or member gets a new value: an assignment, `++`, or the argument of a recursive call. */
export type Write = TSESTree.Node;

/** More rounds than anyone waits for; growth that has not stopped by then never does. */
const MAX_ROUNDS = 40;

/**
 * A value that survives from attempt to attempt: its start, and what each attempt makes of it.
 * @param key - identifies the variable or member
 */
export function carriedFlow(
  reader: Reader,
  key: unknown,
  start: Flow | undefined,
  writes: readonly Write[],
  frame: Frame | undefined,
): Flow {
  const before = reader.bound.get(key);
  const step = (from: Flow): Flow[] => {
    reader.bound.set(key, from);
    return writes.map((write) => writtenFlow(reader, write, from, frame));
  };
  const first = start ?? constant(NaN);
  const updates = step({ ...first, self: true, bounded: "no", changes: "no" });
  const limits = writes
    .flatMap((write) => clampOf(write) ?? [])
    .map((limit) => reader.flow(limit, frame));

  let range = first;
  if (updates.some(({ self }) => self)) {
    const rounds = roundsOf(reader, writes);
    for (let round = 0; round < (rounds ?? MAX_ROUNDS); round++) {
      const next = oneOf([first, ...step({ ...range, self: true })]);
      if (next.min === range.min && next.max === range.max) break;
      range = {
        ...next,
        max: rounds === undefined && round === MAX_ROUNDS - 1 ? undefined : next.max,
      };
    }
  } else {
    range = oneOf([...(start === undefined ? [] : [start]), ...updates]);
  }
  if (before === undefined) reader.bound.delete(key);
  else reader.bound.set(key, before);

  const joined = oneOf([...(start === undefined ? [] : [start]), ...updates]);
  const changing = updates.filter(({ self }) => self);
  const flow: Flow = {
    ...joined,
    min: range.min,
    max: range.max,
    changes: changing.length > 0 ? "yes" : joined.changes,
    bounded: limits.length > 0 ? "yes" : joined.bounded,
    self: false,
    evidence: [...new Set([...joined.evidence, ...(changing.length > 0 ? writes : [])])],
  };
  return limits.length === 0
    ? flow
    : { ...minimum([flow, ...limits]), changes: flow.changes, random: flow.random };
}

/** How many updates the last wait has seen: one less than there are attempts, unless the update comes first. */
function roundsOf(
  { attempts, point, region }: Reader,
  writes: readonly Write[],
): number | undefined {
  if (attempts === undefined || attempts > MAX_ROUNDS || !Number.isFinite(attempts))
    return undefined;
  const ahead = writes.some((write) => {
    const inHeader =
      region?.type === T.ForStatement && region.update !== null && isWithin(write, region.update);
    return (
      !inHeader &&
      write.range[1] <= point.range[0] &&
      region !== undefined &&
      isWithin(write, region)
    );
  });
  return Math.max(attempts - (ahead ? 0 : 1), 0);
}

/** The new value that a write gives. */
function writtenFlow(reader: Reader, write: Write, from: Flow, frame: Frame | undefined): Flow {
  if (write.type === T.UpdateExpression)
    return binary(write.operator === "++" ? "+" : "-", from, constant(1));
  if (write.type !== T.AssignmentExpression) return reader.flow(write, frame);
  const value = reader.flow(write.right, frame);
  if (write.operator === "=") return value;
  if (["??=", "||=", "&&="].includes(write.operator))
    return { ...oneOf([from, value]), self: false };
  return binary(write.operator.slice(0, -1), from, value);
}

/** `X` of `if (v > X) v = X`. */
function clampOf(write: Write): TSESTree.Node | undefined {
  if (
    write.type !== T.AssignmentExpression ||
    write.operator !== "=" ||
    write.parent.type !== T.ExpressionStatement
  )
    return undefined;
  const outer =
    write.parent.parent.type === T.BlockStatement
      ? write.parent.parent.parent
      : write.parent.parent;
  if (outer.type !== T.IfStatement || outer.test.type !== T.BinaryExpression) return undefined;
  const { left, operator, right } = outer.test;
  const [large, small] = operator.startsWith(">")
    ? [left, right]
    : operator.startsWith("<")
      ? [right, left]
      : [];
  return large !== undefined &&
    small !== undefined &&
    sameName(large, write.left) &&
    sameText(small, write.right)
    ? write.right
    : undefined;
}

/** Whether two expressions are the same name, member or number, written down. */
export function sameText(one: TSESTree.Node, other: TSESTree.Node): boolean {
  const a = unwrap(one);
  const b = unwrap(other);
  if (a.type === T.Literal && b.type === T.Literal) return a.raw === b.raw;
  if (a.type === T.BinaryExpression && b.type === T.BinaryExpression) {
    return a.operator === b.operator && sameText(a.left, b.left) && sameText(a.right, b.right);
  }
  return sameName(a, b);
}

export function sameName(one: TSESTree.Node, other: TSESTree.Node): boolean {
  const a = unwrap(one);
  const b = unwrap(other);
  if (a.type === T.ThisExpression) return b.type === T.ThisExpression;
  if (a.type === T.Identifier) return b.type === T.Identifier && a.name === b.name;
  if (a.type !== T.MemberExpression || b.type !== T.MemberExpression) return false;
  const name = memberName(a);
  return (
    sameName(a.object, b.object) &&
    name === memberName(b) &&
    (name !== undefined || sameText(a.property, b.property))
  );
}

/** A value built up by statements that run one after the other: `let d = base; if (d > cap) d = cap; d += random`. */
export function sequentialFlow(
  reader: Reader,
  key: unknown,
  start: Flow | undefined,
  writes: readonly Write[],
  declaration: TSESTree.Node,
  frame: Frame | undefined,
): Flow {
  const before = reader.bound.get(key);
  let flow = start;
  for (const write of writes) {
    const from = flow ?? constant(NaN);
    reader.bound.set(key, from);
    const limit = clampOf(write);
    if (limit !== undefined) {
      flow = minimum([from, reader.flow(limit, frame)]);
      continue;
    }
    const next = writtenFlow(reader, write, from, frame);
    if (isConditional(write, declaration)) flow = flow === undefined ? next : oneOf([flow, next]);
    else flow = next;
    if (isLooped(write, declaration)) {
      // Only the number of rounds tells what comes out, and that may be the number of the attempt.
      flow = {
        ...flow,
        changes: flow.changes === "yes" ? "yes" : "unknown",
        bounded: "unknown",
        min: undefined,
        max: undefined,
      };
    }
  }
  if (before === undefined) reader.bound.delete(key);
  else reader.bound.set(key, before);
  return flow ?? constant(NaN);
}

function isConditional(write: Write, declaration: TSESTree.Node): boolean {
  const statement = [...ancestors(write)].find(({ type }) => type === T.ExpressionStatement);
  const block =
    declaration.type === T.VariableDeclarator
      ? declaration.parent.parent
      : isFunction(declaration)
        ? declaration.body
        : undefined;
  return statement === undefined || statement.parent !== block;
}

function isLooped(write: Write, declaration: TSESTree.Node): boolean {
  for (const ancestor of ancestors(write)) {
    if (isFunction(ancestor)) return false;
    if (isLoop(ancestor)) return !isWithin(declaration, ancestor);
  }
  return false;
}
