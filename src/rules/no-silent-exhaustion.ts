/** Reports retry layers that end without a word when their attempts run out. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { enclosingFunction, isLoop, isNullish, type LoopNode } from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, makeEdit, refuse, reportFields } from "../fix/edit.ts";
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
      presets: [],
    },
    hasSuggestions: true,
    messages: {
      lostError:
        "When the attempts of {{label}} run out, nothing is thrown or returned that says so: the caller goes on as if {{operation}} had succeeded. Throw the last error.",
      throwLast: "Keep the last error and throw it after the loop.",
    },
    schema: [],
    defaultOptions: [],
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

    function throwLast(layer: Layer): Edit {
      const { node: loop } = layer;
      if (!isLoop(loop) || layer.filter.kind !== "everything" || layer.filter.node.type !== T.CatchClause) return refuse("the errors are not caught in one place");
      const handler = layer.filter.node;
      if (!isLeftByReturnOnly(loop, layer)) return refuse("the loop is also left by success");
      const owner = enclosingFunction(loop);
      if (loop.parent.type !== T.BlockStatement || owner === undefined) return refuse("the loop stands in no block");
      if (handler.param !== null && handler.param.type !== T.Identifier) return refuse("the error is taken apart");
      const next = loop.parent.body[loop.parent.body.indexOf(loop) + 1];
      const last = freshLocalName(sourceCode, loop, "lastError", loop);
      const name = handler.param?.name ?? "error";
      const parts = [
        insertBefore(sourceCode, loop, `let ${last}${/\.[cm]?tsx?$/.test(context.filename) ? ": unknown" : ""};`),
        insertFirst(sourceCode, handler.body, `${last} = ${name};`),
      ];
      const keyword = sourceCode.getFirstToken(handler);
      if (handler.param === null && keyword !== null) {
        parts.push(makeEdit(sourceCode, [{ range: [keyword.range[1], keyword.range[1]], text: ` (${name})` }]));
      }
      if (next === undefined) parts.push(insertAfter(sourceCode, loop, `throw ${last};`));
      else if (next.type === T.ReturnStatement && (next.argument === null || isNullish(next.argument))) {
        parts.push(makeEdit(sourceCode, [{ range: next.range, text: `throw ${last};` }]));
      } else return refuse("something follows the loop");
      return { ...combine(sourceCode, ...parts), applicability: "suggestion" };
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});

/** Whether success leaves the loop by `return` alone, so that whatever comes after the loop is exhaustion. */
function isLeftByReturnOnly(loop: LoopNode, layer: Layer): boolean {
  const test = "test" in loop ? loop.test : null;
  const keys = unitOf(loop).visitorKeys;
  if (test !== null) {
    for (const node of walk(test, keys)) {
      // Anything but the counter against a constant may be a flag that success sets.
      if (node.type === T.Identifier && node.name !== layer.loop?.counter?.name && !/^[A-Z][A-Z0-9_]*$/.test(node.name)) return false;
      if (node.type === T.CallExpression || node.type === T.AwaitExpression) return false;
    }
  }
  for (const node of walk(loop.body, keys)) if (node.type === T.BreakStatement) return false;
  return true;
}
