/**
 * Explores every way through a piece of code from one attempt (the anchor) to the next: set by set, as in an abstract
 * interpretation, keeping on each way the tests, writes and sleeps that it passed, so that no spelling of a loop matters.
 */
import type { TSESTree } from "@typescript-eslint/utils";
import { AST_NODE_TYPES as T } from "@typescript-eslint/utils";
import { type FunctionNode, isLoop, type LoopNode } from "../../ast/nodes.ts";
import { branch, evaluate } from "./flow-expressions.ts";
import { boundNames, placeOf } from "./places.ts";
import { type Region } from "./region.ts";
import { after, type Completion, distinct, knowing, START, type State } from "./state.ts";

/** Where an exploration may go on besides the code of its region. */
export interface Detours {
  /** Whether a call (or function handed to a timer or promise) starts the region over again. */
  readonly restarts: (node: TSESTree.Node) => TSESTree.CallExpression | undefined;
  /** A function whose body is explored in place of its call. */
  readonly entered: (call: TSESTree.CallExpression) => FunctionNode | undefined;
}

/** A way out of the region, with how it ends. */
export interface Exit {
  readonly state: State;
  readonly completion: Completion;
}

export interface Exploration {
  readonly region: Region;
  /** The ways that lead from an attempt to another one. */
  readonly again: readonly State[];
  /** The ways that leave after an attempt. */
  readonly exits: readonly Exit[];
  /** The ways that leave before any attempt: of a function, those of a later call of it. */
  readonly early: readonly Exit[];
  /** Something is not understood, so that the ways are not all the ways. */
  readonly unclear: boolean;
}

const NO_DETOURS: Detours = { restarts: () => undefined, entered: () => undefined };
const MAX_STEPS = 4000;
/** Ways after which the code counts as too tangled to be judged. */
const MAX_WAYS = 64;

/** The run of one exploration. */
export class Flow {
  readonly region: Region;
  readonly detours: Detours;
  readonly again: State[] = [];
  readonly exits: Exit[] = [];
  unclear = false;
  #steps = 0;

  constructor(region: Region, detours: Detours = NO_DETOURS) {
    this.region = region;
    this.detours = detours;
  }

  /** Counts a step; false once the code is too large to be explored. */
  step(): boolean {
    if (++this.#steps > MAX_STEPS) this.unclear = true;
    return !this.unclear;
  }

  /** Runs statements one after the other, on every way. */
  block(statements: readonly TSESTree.Node[], state: State): readonly Completion[] {
    let running: readonly Completion[] = [{ type: "end", state }];
    const left: Completion[] = [];
    for (const statement of statements) {
      const next = running.flatMap((completion) => this.statement(statement, completion.state));
      left.push(...next.filter(({ type }) => type !== "end"));
      running = distinct(next.filter(({ type }) => type === "end"));
    }
    return distinct([...left, ...running]);
  }

  statement(node: TSESTree.Node, state: State): readonly Completion[] {
    if (!this.step()) return [];
    const end: Completion = { type: "end", state };
    switch (node.type) {
      case T.BlockStatement:
      case T.StaticBlock:
        return this.block(node.body, state);
      case T.ExpressionStatement:
        return evaluate(this, node.expression, state).map(this.#floating);
      case T.VariableDeclaration:
        return this.block(node.declarations, state);
      case T.VariableDeclarator:
        return evaluate(this, node, state);
      case T.IfStatement: {
        const { yes, no, jumps } = branch(this, node.test, state);
        return distinct([
          ...jumps,
          ...yes.flatMap((after) => this.statement(node.consequent, after)),
          ...no.flatMap((after): readonly Completion[] =>
            node.alternate === null
              ? [{ type: "end", state: after }]
              : this.statement(node.alternate, after),
          ),
        ]);
      }
      case T.ReturnStatement:
        if (node.argument === null) return [{ type: "return", state, node: null }];
        return evaluate(this, node.argument, state).map((completion) =>
          completion.type === "end"
            ? {
                type: "return",
                state: completion.state,
                node: node.argument,
                value: completion.value,
              }
            : completion,
        );
      case T.ThrowStatement:
        return evaluate(this, node.argument, state).map((completion) =>
          completion.type === "end"
            ? { type: "throw", state: completion.state, node: node.argument }
            : completion,
        );
      case T.BreakStatement:
        return [{ type: "break", label: node.label?.name, state }];
      case T.ContinueStatement:
        return [{ type: "continue", label: node.label?.name, state }];
      case T.LabeledStatement:
        return this.statement(node.body, state).map((completion) =>
          completion.type === "break" && completion.label === node.label.name
            ? { type: "end", state: completion.state }
            : completion,
        );
      case T.TryStatement:
        return this.#try(node, state);
      case T.SwitchStatement:
        return this.#switch(node, state);
      default:
        return isLoop(node) ? this.#innerLoop(node, state) : [end];
    }
  }

  /** A rejected promise that nobody awaits goes unseen: its failure is not the code's. */
  readonly #floating = (completion: Completion): Completion =>
    completion.type === "end" && completion.value?.settled === "rejected"
      ? { type: "end", state: { ...completion.state, phase: "succeeded" } }
      : completion;

  #try(node: TSESTree.TryStatement, state: State): readonly Completion[] {
    const { handler, finalizer } = node;
    let completions = this.block(node.block.body, state);
    if (handler !== null) {
      completions = distinct(
        completions.flatMap((completion) =>
          completion.type === "throw" ? this.#catch(handler, completion) : [completion],
        ),
      );
    }
    if (finalizer === null) return completions;
    return distinct(
      completions.flatMap((completion) =>
        this.block(finalizer.body, completion.state).map((last) =>
          last.type === "end" ? { ...completion, state: last.state } : last,
        ),
      ),
    );
  }

  #catch(handler: TSESTree.CatchClause, thrown: Completion): readonly Completion[] {
    const caught =
      thrown.state.phase === "succeeded" ? { ...thrown.state, caught: true } : thrown.state;
    return this.block(
      handler.body.body,
      handler.param === null ? caught : bindError(handler.param, caught),
    );
  }

  #switch(node: TSESTree.SwitchStatement, state: State): readonly Completion[] {
    const entered: { readonly at: number; readonly state: State }[] = [];
    let open = [state];
    node.cases.forEach((item, at) => {
      if (item.test === null) return;
      const { test } = item;
      const results = open.map((each) =>
        branch(this, node.discriminant.type === T.Literal ? test : item, each),
      );
      entered.push(...results.flatMap(({ yes }) => yes.map((each) => ({ at, state: each }))));
      open = results.flatMap(({ no }) => no);
    });
    const fallback = node.cases.findIndex(({ test }) => test === null);
    const completions = entered
      .concat(fallback < 0 ? [] : open.map((each) => ({ at: fallback, state: each })))
      .flatMap(({ at, state: each }) =>
        this.block(
          node.cases.slice(at).flatMap(({ consequent }) => consequent),
          each,
        ),
      );
    if (fallback < 0)
      completions.push(...open.map((each): Completion => ({ type: "end", state: each })));
    return distinct(
      completions.map((completion) =>
        completion.type === "break" && completion.label === undefined
          ? { type: "end", state: completion.state }
          : completion,
      ),
    );
  }

  /** A loop inside the region: run once or not at all. */
  #innerLoop(loop: LoopNode, state: State): readonly Completion[] {
    const start =
      loop.type === T.ForStatement && loop.init !== null ? this.#init(loop.init, state) : [state];
    const left: Completion[] = [];
    let heads = start;
    for (let round = 0; round < 2; round += 1) {
      const { completions, exits } = this.round(
        loop,
        heads,
        loop.type === T.DoWhileStatement && round === 0,
      );
      left.push(...exits);
      heads = [];
      for (const completion of completions) {
        if (
          completion.type === "end" ||
          (completion.type === "continue" && this.isLabelOf(loop, completion.label))
        )
          heads.push(completion.state);
        else if (completion.type === "break" && completion.label === undefined)
          left.push({ type: "end", state: completion.state });
        else left.push(completion);
      }
      heads = distinct(heads.map((each): Completion => ({ type: "end", state: each }))).map(
        (each) => each.state,
      );
    }
    const { exits } = this.round(loop, heads, false, true);
    return distinct([...left, ...exits]);
  }

  #init(init: TSESTree.Node, state: State): State[] {
    return this.statement(
      init.type === T.VariableDeclaration
        ? init
        : ({ type: T.ExpressionStatement, expression: init } as TSESTree.Node),
      state,
    ).map((each) => each.state);
  }

  /** One round of a loop from its head: the completions of the body, and the ways that leave at the test. */
  round(
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
        const [variable] = loop.left.type === T.VariableDeclaration ? loop.left.declarations : [];
        const names = boundNames(variable?.id ?? loop.left);
        const next = names.reduce(
          (each, name) => knowing(each, placeOf(name) ?? "", undefined),
          after(head, { kind: "test", node: loop, outcome: true }),
        );
        if (loop.type === T.ForOfStatement && loop.await && loop.right === this.region.anchor) {
          entering.push({ ...next, phase: "succeeded" });
        } else entering.push(next);
        exits.push({
          type: "end",
          state: after(head, { kind: "test", node: loop, outcome: false }),
        });
      } else if (loop.test === null) {
        entering.push(head);
      } else {
        const { yes, no, jumps } = branch(this, loop.test, head);
        entering.push(...yes);
        exits.push(...no.map((state): Completion => ({ type: "end", state })), ...jumps);
      }
    }
    if (testOnly) return { completions: [], exits };
    let completions = distinct(entering.flatMap((state) => this.statement(loop.body, state)));
    if (loop.type === T.ForStatement && loop.update !== null) {
      const { update } = loop;
      completions = distinct(
        completions.flatMap((completion) =>
          completion.type === "end" ||
          (completion.type === "continue" && this.isLabelOf(loop, completion.label))
            ? evaluate(this, update, completion.state).map((each) =>
                each.type === "end" ? { type: "end" as const, state: each.state } : each,
              )
            : [completion],
        ),
      );
    }
    return { completions, exits };
  }

  /** Whether `continue` with this label goes to the head of the loop. */
  isLabelOf(loop: LoopNode, label: string | undefined): boolean {
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
}

/** The state in which the names of an error are bound. */
export function bindError(pattern: TSESTree.Node, state: State): State {
  return boundNames(pattern).reduce((each, name) => {
    const place = placeOf(name);
    return place === undefined
      ? each
      : knowing(each, place, name === pattern ? { truthy: true, nullish: false } : undefined);
  }, state);
}

/** Explores a loop from one attempt in it to the next. */
export function exploreLoop(region: Region, loop: LoopNode): Exploration {
  const flow = new Flow(region);
  const leave = (completion: Completion): void => {
    if (completion.state.phase !== "before")
      flow.exits.push({ state: completion.state, completion });
  };
  let heads: readonly State[] = [START];
  // Twice round: to the attempt, and from there to the next one.
  for (let round = 0; round < 2; round += 1) {
    const { completions, exits } = flow.round(
      loop,
      heads,
      round === 0 && loop.type === T.DoWhileStatement,
    );
    exits.forEach(leave);
    const next: Completion[] = [];
    for (const completion of completions) {
      const { type, state } = completion;
      const stays =
        type === "end" || (type === "continue" && flow.isLabelOf(loop, completion.label));
      if (!stays) leave(completion);
      else if (state.phase !== "before" && !state.lapped)
        next.push({ type: "end", state: { ...state, lapped: true } });
    }
    heads = distinct(next).map((completion) => completion.state);
  }
  return {
    region,
    again: flow.again,
    exits: flow.exits,
    early: [],
    unclear: flow.unclear || flow.again.length > MAX_WAYS,
  };
}

/** Explores a function from one attempt in it to where it starts over. */
export function exploreFunction(region: Region, fn: FunctionNode, detours: Detours): Exploration {
  const flow = new Flow(region, detours);
  const completions: readonly Completion[] =
    fn.body.type === T.BlockStatement
      ? flow.block(fn.body.body, START)
      : evaluate(flow, fn.body, START).map((completion) =>
          completion.type === "end"
            ? { ...completion, type: "return" as const, node: fn.body }
            : completion,
        );
  const early: Exit[] = [];
  for (const completion of completions) {
    (completion.state.phase === "before" ? early : flow.exits).push({
      state: completion.state,
      completion,
    });
  }
  return {
    region,
    again: flow.again,
    exits: flow.exits,
    early,
    unclear: flow.unclear || flow.again.length > MAX_WAYS,
  };
}
