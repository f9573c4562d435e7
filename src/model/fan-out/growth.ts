/** How a collection grows: by what is pushed into it, and by what its own items are put together with. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import {
  ancestors,
  calleeMember,
  isFunction,
  isLoop,
  type LoopNode,
  memberName,
} from "../../ast/nodes.ts";
import { callOf } from "../program/callers.ts";
import { fixed, OPEN, type Size, sum } from "./sizes.ts";

type Variable = TSESLint.Scope.Variable;

/** The variables whose size is being found. */
const reading = new Set<Variable>();
/** Those of them that the search has come back to, as long as they are being read. */
let met = new Set<Variable>();

/** The size of a variable; what it is given of its own items, as by `filter`, has no more of them. */
export function sizeOnce(variable: Variable, find: () => Size): Size {
  if (reading.has(variable)) {
    met.add(variable);
    return fixed(0);
  }
  reading.add(variable);
  try {
    return find();
  } finally {
    reading.delete(variable);
    met.delete(variable);
  }
}

/** The size of what is put together from parts; open where one of them is what is being read, which grows each time. */
export function together(parts: () => readonly Size[]): Size {
  const outside = met;
  met = new Set();
  const found = sum(parts());
  const isGrowing = met.size > 0;
  met = new Set([...outside, ...met]);
  return isGrowing ? OPEN : found;
}

/** What gives the number of items of a collection, and how often a loop runs. */
interface Measures {
  readonly measure: (node: TSESTree.Node) => Size;
  readonly rounds: (loop: LoopNode) => Size;
}

/** How many items are pushed into a variable's collection. */
export function filledSize(variable: Variable, { measure, rounds }: Measures): Size {
  const declared = variable.defs[0]?.node as TSESTree.Node;
  return together(() =>
    variable.references.flatMap(({ identifier }) => {
      const { parent } = identifier as TSESTree.Identifier;
      if (
        parent.type !== T.MemberExpression ||
        !/^(?:push|unshift|add|set)$/.test(memberName(parent) ?? "")
      )
        return [];
      const call = callOf(parent);
      if (call === undefined) return [];
      const [first] = call.arguments;
      const once =
        first?.type === T.SpreadElement ? measure(first.argument) : fixed(call.arguments.length);
      return [repeated(once, call, declared, { measure, rounds })];
    }),
  );
}

/** What happens once at a node, times the loops and callbacks between it and the declaration. */
function repeated(
  once: Size,
  node: TSESTree.Node,
  declared: TSESTree.Node,
  measures: Measures,
): Size {
  const around = new Set(ancestors(declared));
  let found = once;
  for (const ancestor of ancestors(node)) {
    if (around.has(ancestor)) break;
    const times = timesOf(ancestor, measures);
    if (times === undefined) continue;
    // What nobody can count fills its array with data.
    if (times.kind !== "fixed") return OPEN;
    found = found.kind === "fixed" ? fixed(found.count * times.count) : found;
  }
  return found;
}

/** How often the code in a loop or function runs; `undefined` for other nodes. */
function timesOf(node: TSESTree.Node, { measure, rounds }: Measures): Size | undefined {
  if (isLoop(node)) return rounds(node);
  if (!isFunction(node)) return undefined;
  const call = node.parent;
  const member = call.type === T.CallExpression ? calleeMember(call) : undefined;
  return member !== undefined && /^(?:forEach|map)$/.test(memberName(member) ?? "")
    ? measure(member.object)
    : OPEN;
}
