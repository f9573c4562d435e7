/** What a member stands for: options, configuration, fields that the attempts update, and lists of delays. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  enclosingClass,
  enclosingFunction,
  isFunction,
  memberName,
  staticKey,
  unwrap,
} from "../../ast/nodes.ts";
import { walk } from "../../ast/walk.ts";
import { importedName, isGlobal, parameterOf, variableOf } from "../program/binding.ts";
import { numberOf } from "../program/constant.ts";
import { unitOf } from "../program/unit.ts";
import { returnedBy, soleOrigin } from "../program/values.ts";
import { carriedFlow, sameName, type Write } from "./carried.ts";
import { constant, FIXED, type Flow, oneOf, UNKNOWN_FLOW } from "./flow.ts";
import { argumentAt, type Frame } from "./frame.ts";
import { elementsFlow } from "./iterated.ts";
import { isFresh, isRepeated, isWithin, type Reader } from "./reader.ts";
import { settled } from "./variables.ts";

/** Reads `object.member` and `list[index]`. */
export function memberFlow(
  reader: Reader,
  node: TSESTree.MemberExpression,
  frame: Frame | undefined,
): Flow {
  const writes = writesTo(node);
  const [first] = writes;
  if (first !== undefined) return updatedFlow(reader, node, writes, frame);
  const value = numberOf(node);
  if (value !== undefined) return constant(value);
  if (node.computed && /^\d+$/.test(memberName(node) ?? "0"))
    return indexedFlow(reader, node, frame);
  if (isEnvironment(node)) return FIXED;
  const getter = getterOf(node);
  if (getter !== undefined) return oneOf(getter.map((result) => reader.flow(result, undefined)));
  const name = memberName(node);
  if (name === undefined || name === "length") return UNKNOWN_FLOW;
  const flow = propertyFlow(reader, node.object, [name], frame);
  return flow === "absent" ? UNKNOWN_FLOW : flow;
}

/** An element of a list; a random one when the index is drawn at random. */
function indexedFlow(
  reader: Reader,
  node: TSESTree.MemberExpression,
  frame: Frame | undefined,
): Flow {
  const index = reader.flow(node.property, frame);
  const list = unwrap(node.object);
  if (list.type === T.CallExpression || list.type === T.Identifier) {
    // crypto.getRandomValues(buffer)[0]
    const whole = list.type === T.CallExpression ? reader.flow(list, frame) : UNKNOWN_FLOW;
    if (whole.random === "yes") return whole;
  }
  const elements = elementsFlow(reader, list, index.changes === "yes", frame);
  if (index.random === "yes") return { ...elements, random: "yes" };
  return index.changes === "unknown" && elements.changes === "no"
    ? { ...elements, changes: "unknown" }
    : elements;
}

/** `process.env.X`, `import.meta.env.X` */
function isEnvironment(node: TSESTree.MemberExpression): boolean {
  const { object } = node;
  return (
    object.type === T.MemberExpression &&
    memberName(object) === "env" &&
    (isGlobal(object.object, "process") || object.object.type === T.MetaProperty)
  );
}

/** What the getter of the class returns, if the member is one. */
function getterOf(node: TSESTree.MemberExpression): readonly TSESTree.Node[] | undefined {
  const owner = node.object.type === T.ThisExpression ? enclosingClass(node) : undefined;
  const getter = owner?.body.body.find(
    (member) =>
      member.type === T.MethodDefinition &&
      member.kind === "get" &&
      staticKey(member, member.key) === memberName(node),
  );
  return getter?.type === T.MethodDefinition && isFunction(getter.value)
    ? returnedBy(getter.value)
    : undefined;
}

/** The value under a chain of keys; `"absent"` where the object is seen and has no such key. */
export function propertyFlow(
  reader: Reader,
  object: TSESTree.Node,
  keys: readonly (string | undefined)[],
  frame: Frame | undefined,
): Flow | "absent" {
  const [key, ...rest] = keys;
  if (key === undefined) return UNKNOWN_FLOW;
  const node = unwrap(object);
  if (node.type === T.ObjectExpression) return inLiteral(reader, node, key, rest, frame);
  if (node.type === T.LogicalExpression) {
    // What `&&` lets through on its left is nothing that has members.
    const found = (node.operator === "&&" ? [node.right] : [node.left, node.right])
      .map((side) => propertyFlow(reader, side, keys, frame))
      .filter((flow) => flow !== "absent");
    return found.length === 0 ? "absent" : oneOf(found);
  }
  if (node.type === T.MemberExpression && memberName(node) !== undefined)
    return propertyFlow(reader, node.object, [memberName(node), ...keys], frame);
  if (node.type === T.ThisExpression)
    return settled(fieldValues(node, key).map((value) => reader.flow(value, undefined)));
  if (node.type !== T.Identifier) return UNKNOWN_FLOW;
  const variable = variableOf(node);
  const parameter = variable === undefined ? undefined : parameterOf(variable);
  const call = parameter === undefined ? undefined : callOfOwner(parameter.owner, frame);
  if (parameter !== undefined && call !== undefined) {
    const argument = argumentAt(call, parameter.index);
    return argument === undefined ? "absent" : propertyFlow(reader, argument, keys, call.outer);
  }
  const origin = soleOrigin(node, { intoCallers: false });
  if (origin?.type === T.ObjectExpression) return inLiteral(reader, origin, key, rest, frame);
  return standsStill(reader, node) ? FIXED : UNKNOWN_FLOW;
}

function callOfOwner(owner: TSESTree.Node, frame: Frame | undefined): Frame | undefined {
  for (let current = frame; current !== undefined; current = current.outer)
    if (current.fn === owner) return current;
  return undefined;
}

function inLiteral(
  reader: Reader,
  literal: TSESTree.ObjectExpression,
  key: string,
  rest: readonly (string | undefined)[],
  frame: Frame | undefined,
): Flow | "absent" {
  for (const property of [...literal.properties].reverse()) {
    if (property.type === T.SpreadElement) {
      const spread = propertyFlow(reader, property.argument, [key, ...rest], frame);
      if (spread !== "absent") return spread;
    } else if (staticKey(property, property.key) === key) {
      return rest.length === 0
        ? reader.flow(property.value, frame)
        : propertyFlow(reader, property.value, rest, frame);
    }
  }
  return "absent";
}

/** Whether an object is there before the first attempt and none of them replaces it. */
function standsStill(reader: Reader, id: TSESTree.Identifier): boolean {
  const variable = variableOf(id);
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined) return false;
  if (definition.type === "ImportBinding" || importedName(id) !== undefined) return true;
  if (definition.type !== "Variable" && definition.type !== "Parameter") return false;
  const { region } = reader;
  if (
    definition.type === "Variable" &&
    variable.scope.type === "module" &&
    definition.parent.kind === "const"
  )
    return true;
  if (region === undefined || isFresh(definition.name, reader)) return false;
  if (definition.type === "Parameter" && !isWithin(region, definition.node)) return false;
  return !variable.references.some(
    (reference) => reference.isWrite() && isRepeated(reference.identifier, reader),
  );
}

/** The places that write the same member: of `this` in the class, of a variable wherever it is named. */
function writesTo(node: TSESTree.MemberExpression): readonly Write[] {
  const root = rootOf(node);
  const candidates: TSESTree.Node[] = [];
  if (root.type === T.ThisExpression) {
    const owner = enclosingClass(node);
    if (owner !== undefined) candidates.push(...walk(owner.body, unitOf(owner).visitorKeys));
  } else if (root.type === T.Identifier) {
    for (const { identifier } of variableOf(root)?.references ?? []) {
      for (
        let current: TSESTree.Node = identifier;
        current.parent.type === T.MemberExpression && current.parent.object === current;
      ) {
        current = current.parent;
        candidates.push(current.parent);
      }
    }
  }
  return candidates.filter(
    (candidate) =>
      (candidate.type === T.AssignmentExpression && sameName(candidate.left, node)) ||
      (candidate.type === T.UpdateExpression && sameName(candidate.argument, node)),
  );
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  const inner = unwrap(node);
  return inner.type === T.MemberExpression ? rootOf(inner.object) : inner;
}

function updatedFlow(
  reader: Reader,
  node: TSESTree.MemberExpression,
  writes: readonly Write[],
  frame: Frame | undefined,
): Flow {
  const key = writes[0];
  const bound = reader.bound.get(key);
  if (bound !== undefined) return bound;
  const repeated = writes.filter((write) => isRepeated(write, reader));
  const constructed = writes.filter((write) => isInConstructor(write));
  const start = startOf(reader, node, frame);
  if (repeated.length > 0) return carriedFlow(reader, key, start, repeated, frame);
  if (constructed.length === writes.length) return settled([start]);
  const here = enclosingFunction(node);
  // Written by other code, which may run between two attempts.
  return writes.every((write) => enclosingFunction(write) === here) && reader.region !== undefined
    ? FIXED
    : UNKNOWN_FLOW;
}

/** The value of a member before any attempt wrote it. */
function startOf(reader: Reader, node: TSESTree.MemberExpression, frame: Frame | undefined): Flow {
  const name = memberName(node);
  if (name === undefined) return FIXED;
  const flow = propertyFlow(reader, node.object, [name], frame);
  return flow === "absent" ? FIXED : settled([flow]);
}

function isInConstructor(write: Write): boolean {
  const parent = enclosingFunction(write)?.parent;
  return parent?.type === T.MethodDefinition && parent.kind === "constructor";
}

/** What the class gives a field before any method runs. */
function fieldValues(self: TSESTree.Node, name: string): readonly TSESTree.Node[] {
  const owner = enclosingClass(self);
  if (owner === undefined) return [];
  return [...walk(owner.body, unitOf(owner).visitorKeys)].flatMap((node): TSESTree.Node[] => {
    if (
      node.type === T.PropertyDefinition &&
      node.parent === owner.body &&
      staticKey(node, node.key) === name
    ) {
      return node.value === null ? [] : [node.value];
    }
    const isWrite =
      node.type === T.AssignmentExpression &&
      node.left.type === T.MemberExpression &&
      node.left.object.type === T.ThisExpression;
    return isWrite &&
      memberName(node.left as TSESTree.MemberExpression) === name &&
      isInConstructor(node)
      ? [node.right]
      : [];
  });
}
