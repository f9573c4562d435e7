/** The values of counters while the steps of a way are run, as far as the code tells them. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  contains,
  isFunction,
  isNullish,
  itemOf,
  memberName,
  unwrap,
} from "../../ast/nodes.ts";
import { isGlobal, parameterOf, variableOf } from "../program/binding.ts";
import { callOf, usesOf } from "../program/callers.ts";
import { binary, unary } from "./arithmetic.ts";
import { collectionOf, DATA } from "./collection.ts";
import { Course } from "./course.ts";
import { mentions } from "./derived.ts";
import { givenBy } from "./given.ts";
import { fillsPattern, isWrite, type Place, placeOf, placesIn, placesWritten } from "./places.ts";
import { fixed, lengthOf, primitive, type Reading, UNREADABLE } from "./readings.ts";
import { isVolatile, type Region } from "./region.ts";
import type { Step, TestStep } from "./state.ts";

/** The values of counters while the code runs. */
export class Memory {
  readonly #region: Region;
  readonly course: Course;
  /** Tests that could not be computed at some time. */
  readonly unread: Set<TSESTree.Node>;

  constructor(region: Region, course = new Course(), unread = new Set<TSESTree.Node>()) {
    this.#region = region;
    this.course = course;
    this.unread = unread;
  }

  /** The same values, to be changed on their own; what could not be computed is noted for both. */
  copy(): Memory {
    return new Memory(this.#region, this.course.copy(), this.unread);
  }

  /** Runs steps in order; false as soon as a test goes the other way than the steps do. */
  run(steps: readonly Step[]): boolean {
    return steps.every((step) => {
      if (step.kind === "write") this.read(step.node);
      if (step.kind === "enter") this.course.items.delete(step.node);
      if (step.kind === "bind") {
        const values = step.values.map(
          ([place, value]) => [place, value === undefined ? UNREADABLE : this.read(value)] as const,
        );
        for (const [place, value] of values) this.course.values.set(place, value);
      }
      return step.kind !== "test" || this.#agrees(step);
    });
  }

  #agrees({ node, outcome }: TestStep): boolean {
    const value = this.#test(node);
    if (value === UNREADABLE) this.unread.add(node);
    this.course.asked(value);
    return value === UNREADABLE || Boolean(value) === outcome;
  }

  #test(node: TSESTree.Node): Reading {
    if (node.type === T.SwitchCase) {
      const value = node.test === null ? UNREADABLE : this.read(node.test);
      const subject = this.read(node.parent.discriminant);
      return this.#apply("===", subject, value);
    }
    if (node.type === T.ForOfStatement) {
      const index = this.course.items.get(node) ?? 0;
      this.course.items.set(node, index + 1);
      // What the request has answered is data; its types would only be worked out to say so.
      const { length, valueAt } = mentions(node.right, this.#region.fromResult)
        ? DATA
        : collectionOf(node.right);
      const place = placeOf(itemOf(node));
      if (place !== undefined) this.course.values.set(place, valueAt(index));
      return this.#apply("<", index, length ?? UNREADABLE);
    }
    return this.read(node);
  }

  /** The value of an expression, with its side effects on the counters. */
  read(expression: TSESTree.Node): Reading {
    const node = unwrap(expression);
    switch (node.type) {
      case T.Literal:
        return typeof node.value === "object"
          ? isNullish(node)
            ? null
            : UNREADABLE
          : (node.value as Reading);
      case T.UnaryExpression:
        return unary(node.operator, this.#asked(node.argument));
      case T.BinaryExpression:
        return this.#apply(node.operator, this.read(node.left), this.read(node.right));
      case T.LogicalExpression: {
        const left = this.#asked(node.left);
        if (left === UNREADABLE) return UNREADABLE;
        const taken =
          node.operator === "&&"
            ? Boolean(left)
            : node.operator === "||"
              ? !left
              : left === null || left === undefined;
        return taken ? this.read(node.right) : left;
      }
      case T.ConditionalExpression: {
        const test = this.#asked(node.test);
        return test === UNREADABLE
          ? UNREADABLE
          : this.read(test ? node.consequent : node.alternate);
      }
      case T.UpdateExpression: {
        const before = this.read(node.argument);
        const next =
          typeof before === "number" ? before + (node.operator === "++" ? 1 : -1) : UNREADABLE;
        this.#write(node, next);
        return node.prefix ? next : before;
      }
      case T.AssignmentExpression: {
        const right = this.read(node.right);
        const value =
          node.operator === "="
            ? right
            : this.#apply(node.operator.slice(0, -1), this.read(node.left), right);
        this.#write(node, value);
        return value;
      }
      case T.VariableDeclarator:
        this.#write(node, node.init === null ? undefined : this.read(node.init));
        return undefined;
      case T.CallExpression:
        return this.#call(node);
      default:
        return this.#place(node);
    }
  }

  #apply(operator: string, left: Reading, right: Reading): Reading {
    if (left !== UNREADABLE && right !== UNREADABLE) this.course.applied(operator, left, right);
    return binary(operator, left, right);
  }

  /** The value of an expression that something depends on being true, or zero. */
  #asked(node: TSESTree.Node): Reading {
    const value = this.read(node);
    this.course.asked(value);
    return value;
  }

  #write(node: Parameters<typeof placesWritten>[0], value: Reading): void {
    const written = placesWritten(node);
    for (const place of written)
      this.course.values.set(
        place,
        written.length === 1 && !fillsPattern(node) ? value : UNREADABLE,
      );
  }

  #place(node: TSESTree.Node): Reading {
    if (isGlobal(node, "undefined")) return undefined;
    if (isGlobal(node, "Infinity")) return Infinity;
    if (isGlobal(node, "NaN")) return NaN;
    const place = placeOf(node);
    if (place === undefined || isVolatile(this.#region, node))
      return place === undefined ? this.#told(node) : UNREADABLE;
    if (this.course.values.has(place)) return this.course.values.get(place);
    if (this.#region.fromResult.has(place)) return UNREADABLE; // whatever an earlier success left there
    // A variable whose initial value asks for the variable itself.
    this.course.values.set(place, UNREADABLE);
    const value =
      this.#isWritten(place) || isParameter(node)
        ? this.#initial(node)
        : (lengthOf(node) ?? this.#told(node));
    this.course.values.set(place, value);
    return value;
  }

  #isWritten(place: Place): boolean {
    return this.#region.writes.some((write) => placesWritten(write).includes(place));
  }

  #call(node: TSESTree.CallExpression): Reading {
    const values = node.arguments.map((argument) => this.read(argument));
    const member = calleeMember(node);
    const name = calleeName(node) ?? "";
    if (values.some((value) => typeof value !== "number")) return UNREADABLE;
    const numbers = values as number[];
    if (
      member !== undefined &&
      isGlobal(member.object, "Math") &&
      /^(?:min|max|pow|floor|ceil|round|trunc|abs|log2)$/.test(memberName(member) ?? "")
    ) {
      const [one, other, ...more] = numbers;
      const isChoice = /^(?:min|max)$/.test(name) && more.length === 0;
      if (isChoice && one !== undefined && other !== undefined) this.course.asked(one - other);
      else this.course.bent(...numbers);
      return (
        (Math as unknown as Record<string, (...values: number[]) => number>)[name]?.(...numbers) ??
        UNREADABLE
      );
    }
    return ["Number", "parseInt", "parseFloat"].some((known) => isGlobal(node.callee, known)) &&
      numbers[0] !== undefined
      ? numbers[0]
      : UNREADABLE;
  }

  /** What a written variable holds before the region runs. */
  #initial(node: TSESTree.Node): Reading {
    const variable = node.type === T.Identifier ? variableOf(node) : undefined;
    const definition = variable?.defs[0];
    if (variable === undefined || definition === undefined || variable.defs.length > 1)
      return UNREADABLE;
    const { root } = this.#region;
    const body = root.body;
    const outside = variable.references.filter(
      ({ identifier, init }) =>
        init !== true &&
        isTarget(identifier) &&
        !contains(body, identifier) &&
        !isInUpdate(root, identifier),
    );
    const parameter = parameterOf(variable);
    if (parameter !== undefined) return outside.length === 0 ? this.#passed(parameter) : UNREADABLE;
    if (definition.node.type !== T.VariableDeclarator || definition.node.id !== definition.name)
      return UNREADABLE;
    const { init } = definition.node;
    if (outside.length === 0) return init === null ? undefined : this.#constant(init);
    const [only] = outside;
    const write = only?.identifier.parent;
    return outside.length === 1 && init === null && write?.type === T.AssignmentExpression
      ? this.#constant(write.right)
      : UNREADABLE;
  }

  #constant(init: TSESTree.Node): Reading {
    const value = this.read(init);
    return value === UNREADABLE ? this.#told(init) : value;
  }

  /** The value of an expression that is not read part by part: always the same, or as it is given. */
  #told(node: TSESTree.Node): Reading {
    const value = primitive(fixed(node)?.value);
    return value === UNREADABLE ? this.#given(node) : value;
  }

  /** The value of an expression as the calls that are looked at give it. */
  #given(node: TSESTree.Node): Reading {
    const given = givenBy(this.#region.given, node);
    if (given === "absent") return undefined;
    // A constant made of what changes is not what it would be made of now.
    return given === undefined || [...placesIn(given)].some((place) => this.#isWritten(place))
      ? UNREADABLE
      : this.read(given);
  }

  /** What callers other than the function itself, and those that it comes back through, pass for a counting parameter. */
  #passed({ owner, index, pattern, name }: NonNullable<ReturnType<typeof parameterOf>>): Reading {
    const target = pattern.type === T.AssignmentPattern ? pattern.left : pattern;
    const given = this.#given(name);
    if (given !== UNREADABLE) return given;
    if (!isFunction(owner) || target !== name) return UNREADABLE;
    const calls = usesOf(owner)
      .sites.filter((site) => !contains(owner, site))
      .map(callOf)
      .filter((call) => call === undefined || !this.#region.stops.has(call));
    const fallback = pattern.type === T.AssignmentPattern ? this.#told(pattern.right) : UNREADABLE;
    const values = new Set(
      calls.map((call) =>
        call?.arguments[index] === undefined ? fallback : this.#told(call.arguments[index]),
      ),
    );
    const [value = fallback] = values;
    return values.size > 1 ? UNREADABLE : value;
  }
}

function isTarget(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (
    parent !== undefined &&
    isWrite(parent) &&
    (parent.type === T.UpdateExpression ||
      (parent.type === T.AssignmentExpression && parent.left === node))
  );
}

/** Whether a node stands in the test or update of the region's loop, which run once a round. */
function isInUpdate(root: TSESTree.Node, node: TSESTree.Node): boolean {
  const parts =
    "test" in root ? [root.test, root.type === T.ForStatement ? root.update : null] : [];
  return parts.some((part) => part !== null && contains(part, node));
}

function isParameter(node: TSESTree.Node): boolean {
  return node.type === T.Identifier && variableOf(node)?.defs[0]?.type === "Parameter";
}
