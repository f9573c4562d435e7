/** Reports retry layers that also retry what can never succeed. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { insertFirst } from "../fix/statement.ts";
import { helperBinding } from "../helper-binding.ts";
import { classifyError } from "../knowledge/index.ts";
import type { Layer } from "../model/retry/layer.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";
import { layerLocation } from "../model/retry/location.ts";

type MessageIds = "addGuard" | "everyError" | "everyErrorByLibrary";

export const rule = createRule<MessageIds, readonly []>({
  name: "no-indiscriminate-retry",
  meta: {
    type: "problem",
    docs: {
      description: "disallow retrying errors that can never succeed",
      presets: [],
    },
    hasSuggestions: true,
    messages: {
      everyError:
        "{{label}} retries {{operation}} after every error, also after {{example}}, which fails the same way each time: test the error, for example with isRetryable, and throw the others.",
      everyErrorByLibrary:
        "{{label}} retries {{operation}} after every error, also after {{example}}, which fails the same way each time: give it {{option}}.",
      addGuard: "Throw errors that another attempt cannot cure.",
    },
    schema: [],
    defaultOptions: [],
  },
  create(context, _options, unit) {
    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.purpose !== "retry" || layer.filter.kind !== "everything") return;
      const option = layer.library?.known.filterOption;
      context.report({
        loc: layerLocation(layer, context.sourceCode),
        messageId: layer.library === undefined ? "everyError" : "everyErrorByLibrary",
        data: {
          label: layer.label.charAt(0).toUpperCase() + layer.label.slice(1),
          operation: operationsOf(located),
          example: exampleOf(located),
          ...(layer.library === undefined ? {} : { option: option === undefined ? "a test of the error" : `\`${option}\`` }),
        },
        ...reportFields(guard(layer, layer.filter.node), { messageId: "addGuard" }),
      });
    }

    function guard(layer: Layer, node: TSESTree.Node): Edit {
      if (layer.library !== undefined || node.type !== T.CatchClause) return refuse("the errors are not caught here");
      if (node.param !== null && node.param.type !== T.Identifier) return refuse("the error is taken apart");
      const binding = helperBinding(context, unit, "isRetryable", [node.body]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const name = node.param?.name ?? "error";
      const test = insertFirst(context.sourceCode, node.body, `if (!${binding.localName}(${name})) throw ${name};`);
      const parts = [binding.edit, test];
      if (node.param === null) {
        const keyword = context.sourceCode.getFirstToken(node);
        if (keyword === null) return refuse("the clause has no keyword");
        parts.push(makeEdit(context.sourceCode, [{ range: [keyword.range[1], keyword.range[1]], text: ` (${name})` }]));
      }
      return { ...combine(context.sourceCode, ...parts), applicability: "suggestion" };
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});

/** An error of the calls that no retry cures, as their operations declare it. */
function exampleOf({ calls }: LocatedLayer): string {
  for (const { facts } of calls) {
    const hopeless = facts?.errors.find((name) => classifyError({ name }) === "client" && /Invalid|NotFound|AccessDenied|Validation/.test(name));
    if (hopeless !== undefined) return hopeless;
  }
  return "AccessDeniedException";
}
