/** Loops in the exploration: the one that is explored, round by round, and those inside the region. */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { itemOf, type LoopNode } from "../../ast/nodes.ts";
import type { Flow } from "./flow.ts";
import { andThen, evaluate } from "./flow-expressions.ts";
import { branch } from "./flow-tests.ts";
import { withEnoughLaps } from "./laps.ts";
import { boundNames, placeOf } from "./places.ts";
import { after, type Completion, distinct, knowing, type State } from "./state.ts";

/** A loop inside the region: not run at all, or until its test ends it. */
export function innerLoop(flow: Flow, loop: LoopNode, state: State): readonly Completion[] {
  const ways = begun(flow, loop, after(state, { kind: "enter", node: loop }));
  const start = ways.filter(({ type }) => type === "end").map((each) => each.state);
  const left = ways.filter(({ type }) => type !== "end");
  const later: Completion[] = [];
  let laps: readonly State[] = [];
  let heads = [...start];
  for (let lap = 0; lap < 2; lap += 1) {
    const { completions, exits } = round(
      flow,
      loop,
      heads,
      loop.type === T.DoWhileStatement && lap === 0,
    );
    (lap === 0 ? left : later).push(...exits);
    heads = [];
    for (const completion of completions) {
      if (
        completion.type === "end" ||
        (completion.type === "continue" && isLabelOf(loop, completion.label))
      )
        heads.push(completion.state);
      else if (completion.type === "break" && completion.label === undefined)
        later.push({ type: "end", state: completion.state });
      else later.push(completion);
    }
    heads = distinct(heads.map((each): Completion => ({ type: "end", state: each }))).map(
      (each) => each.state,
    );
    if (lap === 0) laps = heads;
  }
  later.push(...round(flow, loop, heads, false, true).exits);
  return distinct([...left, ...withEnoughLaps(flow, start, laps, later)]);
}

/** What a loop does once, before its first lap: the start of a `for`, the list that it goes over. */
function begun(flow: Flow, loop: LoopNode, state: State): readonly Completion[] {
  if (loop.type === T.ForStatement && loop.init !== null)
    return loop.init.type === T.VariableDeclaration
      ? flow.statement(loop.init, state)
      : evaluate(flow, loop.init, state);
  if (loop.type !== T.ForOfStatement && loop.type !== T.ForInStatement)
    return [{ type: "end", state }];
  // Pages that cannot be had are an exception at the loop that asks for them.
  return andThen(evaluate(flow, loop.right, state), (completion) =>
    loop.type === T.ForOfStatement && loop.await && completion.value?.settled === "rejected"
      ? [{ type: "throw", state: completion.state, node: undefined }]
      : [completion],
  );
}

/** One round of a loop from its head: the completions of the body, and the ways that leave at the test. */
export function round(
  flow: Flow,
  loop: LoopNode,
  heads: readonly State[],
  skipTest: boolean,
  testOnly = false,
): { completions: readonly Completion[]; exits: readonly Completion[] } {
  const entering: State[] = [];
  const exits: Completion[] = [];
  for (const head of heads) {
    if (skipTest) {
      entering.push(head);
    } else if (loop.type === T.ForOfStatement || loop.type === T.ForInStatement) {
      const names = boundNames(itemOf(loop));
      const next = names.reduce(
        (each, name) => knowing(each, placeOf(name) ?? "", undefined),
        after(head, { kind: "test", node: loop, outcome: true }),
      );
      entering.push(next);
      exits.push({
        type: "end",
        state: after(head, { kind: "test", node: loop, outcome: false }),
      });
    } else if (loop.test === null) {
      entering.push(head);
    } else {
      const { yes, no, jumps } = branch(flow, loop.test, head);
      entering.push(...yes);
      exits.push(...no.map((state): Completion => ({ type: "end", state })), ...jumps);
    }
  }
  if (testOnly) return { completions: [], exits };
  let completions = distinct(entering.flatMap((state) => flow.statement(loop.body, state)));
  if (loop.type === T.ForStatement && loop.update !== null) {
    const { update } = loop;
    completions = distinct(
      completions.flatMap((completion) =>
        completion.type === "end" ||
        (completion.type === "continue" && isLabelOf(loop, completion.label))
          ? evaluate(flow, update, completion.state).map((each) =>
              each.type === "end" ? { type: "end" as const, state: each.state } : each,
            )
          : [completion],
      ),
    );
  }
  return { completions, exits };
}

/** Whether `continue` with this label goes to the head of the loop. */
export function isLabelOf(loop: LoopNode, label: string | undefined): boolean {
  if (label === undefined) return true;
  for (
    let { parent } = loop as TSESTree.Node;
    parent?.type === T.LabeledStatement;
    { parent } = parent
  ) {
    if (parent.label.name === label) return true;
  }
  return false;
}
