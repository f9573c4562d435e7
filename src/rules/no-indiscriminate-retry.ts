/** Reports retry layers that also retry what can never succeed. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { whyNoEdit } from "../fix/explain.ts";
import { freshLocalName } from "../fix/names.ts";
import { insertFirst } from "../fix/statement.ts";
import { helperBinding } from "../helper-binding.ts";
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
        "{{label}} retries {{operation}} after every error, also after {{example}}, which fails the same way each time: test the error, for example with isRetryable, and throw the others.{{noEdit}}",
      everyErrorByLibrary:
        "{{label}} retries {{operation}} after every error, also after {{example}}, which fails the same way each time: give it {{option}}.",
      addGuard: "Throw errors that another attempt cannot cure.",
    },
    schema: [],
  },
  create(context, _options, unit) {
    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.purpose !== "retry" || layer.filter.kind !== "everything") return;
      const loc = layerLocation(layer, context.sourceCode);
      const label = layer.label.charAt(0).toUpperCase() + layer.label.slice(1);
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

    function guard(node: TSESTree.Node): Edit {
      const { sourceCode } = context;
      if (node.type !== T.CatchClause) return refuse("no catch clause receives the errors");
      const { body, param } = node;
      if (param !== null && param.type !== T.Identifier)
        return refuse("the error is taken apart where it is caught");
      const binding = helperBinding(context, unit, "isRetryable", [body]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const name = param?.name ?? freshLocalName(sourceCode, body, "error", node);
      const test = `if (!${binding.localName}(${name})) throw ${name};`;
      const parts = [binding.edit, insertFirst(sourceCode, body, test)];
      if (param === null) parts.push(nameError(node, name));
      return lower(combine(sourceCode, ...parts), "suggestion", "other errors than before end it");
    }

    function nameError(clause: TSESTree.CatchClause, name: string): Edit {
      const keyword = context.sourceCode.getFirstToken(clause)?.range ?? clause.range;
      return makeEdit(context.sourceCode, [
        { range: [keyword[1], keyword[1]], text: ` (${name})` },
      ]);
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
