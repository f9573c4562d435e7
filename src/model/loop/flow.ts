/**
 * Explores every way through a piece of code from one attempt (the anchor) to the next: set by set, as in an abstract
 * interpretation, keeping on each way the tests, writes and sleeps that it passed, so that no spelling of a loop matters.
 */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type FunctionNode, isLoop } from "../../ast/nodes.ts";
import type { Exit } from "./explore.ts";
import { evaluate } from "./flow-expressions.ts";
import { innerLoop } from "./flow-loops.ts";
import { branch } from "./flow-tests.ts";
import { boundNames, placeOf } from "./places.ts";
import type { Region } from "./region.ts";
import { type Completion, distinct, knowing, type State } from "./state.ts";

/** Where an exploration may go on besides the code of its region. */
export interface Detours {
  /** Whether a call (or function handed to a timer or promise) starts the region over again. */
  readonly restarts: (node: TSESTree.Node) => TSESTree.CallExpression | undefined;
  /** Whether a call makes the attempt once more, which ends the exploration. */
  readonly resends: (call: TSESTree.CallExpression) => boolean;
  /** A function whose body is explored in place of its call. */
  readonly entered: (call: TSESTree.CallExpression) => FunctionNode | undefined;
}

const NO_DETOURS: Detours = {
  restarts: () => undefined,
  resends: () => false,
  entered: () => undefined,
};

const MAX_STEPS = 4000;

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
        return isLoop(node) ? innerLoop(this, node, state) : [end];
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
