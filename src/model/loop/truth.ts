/** What a single test says given what is known of flags, and what is known after it. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { isNullish, unwrap } from "../../ast/nodes.ts";
import { placeOf } from "./places.ts";
import { knowing, literal, type State, type Value } from "./state.ts";

/** Whether a test is certainly true or certainly false; `undefined` where it can be both. */
export function truthOf(
  test: TSESTree.Node,
  state: State,
  value: Value | undefined,
): boolean | undefined {
  const node = unwrap(test);
  if (value?.truthy !== undefined) return value.truthy;
  if (node.type === T.Literal) return Boolean(node.value);
  if (node.type === T.BinaryExpression) return comparison(node, state);
  return read(node, state)?.truthy;
}

function read(expression: TSESTree.Node, state: State): Value | undefined {
  const place = placeOf(expression);
  // A signal that was not aborted a moment ago may be now.
  return place === undefined || place.endsWith(".aborted") ? undefined : state.known.get(place);
}

/** An equality of something with a literal, and whether `true` means equal. */
function equality(node: TSESTree.BinaryExpression):
  | {
      readonly subject: TSESTree.Node;
      readonly other: TSESTree.Node;
      readonly equal: boolean;
      readonly strict: boolean;
    }
  | undefined {
  if (!/^[!=]==?$/.test(node.operator)) return undefined;
  const [subject, other] = isFixed(node.left)
    ? [node.right, unwrap(node.left)]
    : [node.left, unwrap(node.right)];
  if (!isFixed(other)) return undefined;
  return {
    subject,
    other,
    equal: node.operator.startsWith("="),
    strict: node.operator.length === 3,
  };
}

function isFixed(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  return isNullish(node) || (node.type === T.Literal && typeof node.value !== "number");
}

function comparison(node: TSESTree.BinaryExpression, state: State): boolean | undefined {
  const found = equality(node);
  const value = found === undefined ? undefined : read(found.subject, state);
  if (found === undefined || value === undefined) return undefined;
  const { other, equal, strict } = found;
  // Of a value that is known to be nothing at all, either spelling of nothing is taken.
  if (isNullish(other) && (!strict || value.nullish === false || value.literal === undefined))
    return value.nullish === undefined ? undefined : value.nullish === equal;
  if (value.literal === undefined) return undefined;
  const wanted = other.type === T.Literal ? other.value : undefined;
  return (value.literal.value === wanted) === equal;
}

/** The state after a test went one way. */
export function refined(test: TSESTree.Node, outcome: boolean, state: State): State {
  const node = unwrap(test);
  if (node.type === T.BinaryExpression) {
    const found = equality(node);
    const place = found === undefined ? undefined : placeOf(found.subject);
    if (found === undefined || place === undefined) return state;
    const isEqual = found.equal === outcome;
    if (isNullish(found.other) && !found.strict)
      return knowing(state, place, isEqual ? { truthy: false, nullish: true } : { nullish: false });
    if (isEqual)
      return knowing(
        state,
        place,
        literal(found.other.type === T.Literal ? found.other.value : undefined),
      );
    return state;
  }
  const place = placeOf(node);
  if (place === undefined || state.known.get(place)?.truthy !== undefined) return state;
  return knowing(state, place, outcome ? { truthy: true, nullish: false } : { truthy: false });
}
