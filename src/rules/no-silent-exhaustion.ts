/** Reports retry layers that end without a word when their attempts run out. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction, isLoop, isNullish, type LoopNode } from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { freshLocalName } from "../fix/names.ts";
import { insertAfter, insertBefore, insertFirst } from "../fix/statement.ts";
import { unitOf } from "../model/program/unit.ts";
import type { Layer } from "../model/retry/layer.ts";
import { layerLocation } from "../model/retry/location.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";

type MessageIds = "lostError" | "throwLast";

export const rule = createRule<MessageIds, readonly []>({
  name: "no-silent-exhaustion",
  meta: {
    type: "problem",
    docs: {
      description: "disallow retry loops that lose the last error when their attempts run out",
      presets: ["strict"],
    },
    hasSuggestions: true,
    messages: {
      lostError:
        "When the attempts of {{label}} run out, nothing is thrown or returned that says so: the caller goes on as if {{operation}} had succeeded. Throw the last error.",
      throwLast: "Keep the last error and throw it after the loop.",
    },
    schema: [],
  },
  create(context, _options, unit) {
    const { sourceCode } = context;

    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.purpose !== "retry" || layer.exhaustion.kind !== "silent") return;
      context.report({
        loc: layerLocation(layer, sourceCode),
        messageId: "lostError",
        data: { label: layer.label, operation: operationsOf(located) },
        ...reportFields(throwLast(layer), { messageId: "throwLast" }),
      });
    }

    function throwLast({ node: loop, filter, loop: facts }: Layer): Edit {
      if (!isLoop(loop)) return refuse("it is no loop");
      if (filter.kind !== "everything" || filter.node.type !== T.CatchClause)
        return refuse("the errors are not caught in one place");
      const handler = filter.node;
      const { param } = handler;
      if (param !== null && param.type !== T.Identifier) return refuse("the error is taken apart");
      if (!isLeftByReturnOnly(loop, facts?.counter?.name))
        return refuse("success may leave the loop at its end");
      const ending = throwAfter(loop, lastName(loop));
      if (ending.applicability === "none") return ending;
      const name = param?.name ?? freshLocalName(sourceCode, handler.body, "error", handler);
      const type = /\.[cm]?tsx?$/.test(context.filename) ? ": unknown" : "";
      const parts = [
        insertBefore(sourceCode, loop, `let ${lastName(loop)}${type};`),
        insertFirst(sourceCode, handler.body, `${lastName(loop)} = ${name};`),
        ending,
      ];
      if (param === null) parts.push(nameError(handler, name));
      return lower(combine(sourceCode, ...parts), "suggestion", "callers may rely on the silence");
    }

    function lastName(loop: LoopNode): string {
      return freshLocalName(sourceCode, loop, "lastError", loop);
    }

    /** Throws where the loop has ended: after it, in place of a return of nothing. */
    function throwAfter(loop: LoopNode, last: string): Edit {
      const { parent } = loop;
      if (parent.type !== T.BlockStatement || !isFunction(parent.parent))
        return refuse("the loop is no statement of a function's body");
      const next = parent.body[parent.body.indexOf(loop) + 1];
      if (next === undefined) return insertAfter(sourceCode, loop, `throw ${last};`);
      if (next.type !== T.ReturnStatement || (next.argument !== null && !isNullish(next.argument)))
        return refuse("something follows the loop");
      return makeEdit(sourceCode, [{ range: next.range, text: `throw ${last};` }]);
    }

    function nameError(clause: TSESTree.CatchClause, name: string): Edit {
      const keyword = sourceCode.getFirstToken(clause)?.range ?? clause.range;
      return makeEdit(sourceCode, [{ range: [keyword[1], keyword[1]], text: ` (${name})` }]);
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});

/** Whether success leaves the loop by `return` alone, so that whatever comes after the loop is exhaustion. */
function isLeftByReturnOnly(loop: LoopNode, counter: string | undefined): boolean {
  const keys = unitOf(loop).visitorKeys;
  const test = loop.type === T.ForInStatement || loop.type === T.ForOfStatement ? null : loop.test;
  // Anything but the counter against a constant may be a flag that success sets.
  const mayBeFlag = (node: TSESTree.Node): boolean =>
    node.type === T.CallExpression ||
    node.type === T.AwaitExpression ||
    (node.type === T.Identifier && node.name !== counter && !/^[A-Z][A-Z0-9_]*$/.test(node.name));
  if (test !== null && [...walk(test, keys)].some(mayBeFlag)) return false;
  const body = [...walk(loop.body, keys)];
  return (
    body.some(({ type }) => type === T.ReturnStatement) &&
    !body.some(({ type }) => type === T.BreakStatement)
  );
}
