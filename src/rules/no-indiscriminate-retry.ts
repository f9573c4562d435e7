/** Reports retry layers that also retry what can never succeed. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { isFunction } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { whyNoEdit } from "../fix/explain.ts";
import { insertFirst, nameError } from "../fix/statement.ts";
import { editWithHelper } from "../helper-binding.ts";
import { classifyError } from "../knowledge/index.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";
import { layerLocation } from "../model/retry/location.ts";

type MessageIds = "addGuard" | "everyError" | "everyErrorByLibrary";

export const rule = createRule<MessageIds, readonly []>({
  name: "no-indiscriminate-retry",
  meta: {
    type: "problem",
    docs: {
      description: "disallow retrying errors that can never succeed",
      presets: ["strict"],
    },
    hasSuggestions: true,
    messages: {
      everyError:
        "After every error of {{operation}}, {{label}} tries again, also after {{example}}, which fails the same way each time: test the error, for example with isRetryable, and throw the others.{{noEdit}}",
      everyErrorByLibrary:
        "After every error of {{operation}}, {{label}} tries again, also after {{example}}, which fails the same way each time: give it {{option}}.",
      addGuard: "Throw errors that another attempt cannot cure.",
    },
    schema: [],
  },
  create(context, _options, unit) {
    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.purpose !== "retry" || layer.filter.kind !== "everything") return;
      const loc = layerLocation(layer, context.sourceCode);
      const { label } = layer;
      const operation = operationsOf(located);
      const example = exampleOf(located);
      if (layer.library !== undefined) {
        const { filterOption } = layer.library.known;
        const option = filterOption === undefined ? "a test of the error" : `\`${filterOption}\``;
        context.report({
          loc,
          messageId: "everyErrorByLibrary",
          data: { label, operation, example, option },
        });
        return;
      }
      const edit = guard(layer.filter.node);
      context.report({
        loc,
        messageId: "everyError",
        data: { label, operation, example, noEdit: whyNoEdit(edit) },
        ...reportFields(edit, { messageId: "addGuard" }),
      });
    }

    function guard(handler: TSESTree.Node): Edit {
      const { sourceCode } = context;
      if (handler.type !== T.CatchClause && !isFunction(handler))
        return refuse("no handler receives the errors");
      const { body } = handler;
      if (body.type !== T.BlockStatement) return refuse("the handler is an expression");
      const { name: error, edit: naming } = nameError(sourceCode, handler);
      const edit = editWithHelper(context, unit, "isRetryable", [body], (name) =>
        combine(
          sourceCode,
          naming,
          insertFirst(sourceCode, body, `if (!${name}(${error})) throw ${error};`),
        ),
      );
      return lower(edit, "suggestion", "other errors than before end it");
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});

/** An error that no retry cures: one that the operations declare where they do, else what any of them can answer. */
function exampleOf({ calls }: LocatedLayer): string {
  const declared = calls.flatMap(({ facts }) => facts?.errors ?? []);
  return declared.find((name) => classifyError({ name }) === undefined) ?? "AccessDeniedException";
}
