/** The data flow of a delay: every expression is read for what reaches it. */
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { unwrap } from "../../ast/nodes.ts";
import { any } from "../answer.ts";
import { callFlow } from "./calls.ts";
import { sameText } from "./carried.ts";
import {
  binary,
  combine,
  constant,
  FIXED,
  type Flow,
  maximum,
  minimum,
  oneOf,
  UNKNOWN_FLOW,
} from "./flow.ts";
import type { Frame } from "./frame.ts";
import { memberFlow } from "./members.ts";
import type { Reader, Region } from "./reader.ts";
import { inSeconds, isExclusiveOrSlip } from "./slips.ts";
import { identifierFlow } from "./variables.ts";

/** Enough for any delay that a person wrote; what is deeper is not read. */
const MAX_DEPTH = 40;
const MAX_STEPS = 20_000;

export interface ReaderOptions {
  readonly region: Region | undefined;
  readonly attempts: number | undefined;
  readonly attemptVariables: ReadonlySet<TSESLint.Scope.Variable>;
  readonly point: TSESTree.Node;
}

/** Reads one delay; holds what its parts share. */
export class FlowReader implements Reader {
  readonly region: Region | undefined;
  readonly attempts: number | undefined;
  readonly attemptVariables: ReadonlySet<TSESLint.Scope.Variable>;
  readonly point: TSESTree.Node;
  readonly bound = new Map<unknown, Flow>();
  #depth = 0;
  #steps = 0;

  constructor({ region, attempts, attemptVariables, point }: ReaderOptions) {
    this.region = region;
    this.attempts = attempts;
    this.attemptVariables = attemptVariables;
    this.point = point;
  }

  flow(expression: TSESTree.Node, frame: Frame | undefined): Flow {
    if (this.#depth >= MAX_DEPTH || ++this.#steps > MAX_STEPS) return UNKNOWN_FLOW;
    this.#depth += 1;
    try {
      return inSeconds(this.#read(unwrap(expression), frame), unwrap(expression));
    } finally {
      this.#depth -= 1;
    }
  }

  #read(node: TSESTree.Node, frame: Frame | undefined): Flow {
    const flow = (inner: TSESTree.Node): Flow => this.flow(inner, frame);
    switch (node.type) {
      case T.Literal:
        return typeof node.value === "number" ? constant(node.value) : FIXED;
      case T.TemplateLiteral:
        return combine([FIXED, ...node.expressions.map(flow)]);
      case T.Identifier:
        return identifierFlow(this, node, frame);
      case T.MemberExpression:
        return memberFlow(this, node, frame);
      case T.CallExpression:
        return callFlow(this, node, frame);
      case T.AwaitExpression:
        return flow(node.argument);
      case T.UnaryExpression:
        return unary(node.operator, flow(node.argument));
      case T.UpdateExpression:
        return flow(node.argument);
      case T.AssignmentExpression:
        return flow(node.left);
      case T.SequenceExpression:
        return flow(node.expressions.at(-1) as TSESTree.Node);
      case T.LogicalExpression:
        return node.operator === "&&"
          ? flow(node.right)
          : oneOf([flow(node.left), flow(node.right)]);
      case T.BinaryExpression:
        return this.#binary(node, flow(node.left), flow(node.right));
      case T.ConditionalExpression:
        return this.#conditional(node, flow);
      default:
        return UNKNOWN_FLOW;
    }
  }

  #binary(node: TSESTree.BinaryExpression, left: Flow, right: Flow): Flow {
    const flow = binary(node.operator, left, right);
    if (node.operator !== "^" || !isExclusiveOrSlip(node, left, right)) return flow;
    return {
      ...flow,
      bounded: right.bounded,
      slips: [...flow.slips, { slip: "bitwise-xor", node }],
    };
  }

  #conditional(
    { alternate, consequent, test }: TSESTree.ConditionalExpression,
    flow: (node: TSESTree.Node) => Flow,
  ): Flow {
    const branches = [flow(consequent), flow(alternate)];
    if (test.type === T.BinaryExpression && /^[<>]=?$/.test(test.operator)) {
      const isLess = test.operator.startsWith("<");
      // `d > cap ? cap : d` is a clamp.
      if (sameText(test.left, consequent) && sameText(test.right, alternate))
        return (isLess ? minimum : maximum)(branches);
      if (sameText(test.left, alternate) && sameText(test.right, consequent))
        return (isLess ? maximum : minimum)(branches);
    }
    const joined = oneOf(branches);
    const condition =
      test.type === T.BinaryExpression ? combine([flow(test.left), flow(test.right)]) : flow(test);
    const differs = joined.min === undefined || joined.min !== joined.max;
    return {
      ...joined,
      random: condition.random === "yes" && differs ? "yes" : joined.random,
      changes:
        condition.changes === "yes" && differs ? any([joined.changes, "yes"]) : joined.changes,
    };
  }
}

function unary(operator: string, flow: Flow): Flow {
  switch (operator) {
    case "+":
      return flow;
    case "-":
      return {
        ...flow,
        min: flow.max === undefined ? undefined : -flow.max,
        max: flow.min === undefined ? undefined : -flow.min,
      };
    default:
      return combine([flow]);
  }
}
