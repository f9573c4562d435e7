/** Reports retry layers that end without a word when their attempts run out. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, isFunction, isLoop, type LoopNode } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import {
  isLeftByReturnOnly,
  throwAfterLoop,
  throwAtEnd,
  throwInPlace,
  throwInstead,
  throwWhenLast,
} from "../fix/last-error.ts";
import { handlerIn } from "../model/retry/handler.ts";
import { lastAttemptAt } from "../model/retry/last-attempt.ts";
import { layerLocation } from "../model/retry/location.ts";
import { layersIn, type LocatedLayer, operationsOf } from "../model/retry/program-layers.ts";
import { isErrorTakenForResult } from "../model/retry/returned-error.ts";
import { unitOf } from "../model/program/unit.ts";

type MessageIds =
  | "lostError"
  | "lostLeftovers"
  | "returnedError"
  | "throwInLastAttempt"
  | "throwInstead"
  | "throwLast";

/** An edit and what it does. */
interface Remedy {
  readonly edit: Edit;
  readonly messageId: MessageIds;
}

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
      lostLeftovers:
        "When the rounds of {{label}} run out, nothing is thrown or returned that says so: what {{operation}} left undone until then is lost. Throw, or return it.",
      returnedError:
        "When {{label}} gives up on {{operation}}, it returns the error like a result, and callers read it as one. Throw the error.",
      throwLast: "Keep the last error and throw it after the loop.",
      throwInLastAttempt: "Throw the error of the last attempt.",
      throwInstead: "Throw the error where it gives up.",
    },
    schema: [],
  },
  create(context, _options, unit) {
    const { sourceCode } = context;

    function check(located: LocatedLayer): void {
      const { layer } = located;
      if (layer.purpose === "poll") return;
      const data = { label: layer.label, operation: operationsOf(located) };
      if (layer.exhaustion.kind === "returns" && isErrorTakenForResult(layer) === "yes") {
        const error = layer.exhaustion.error;
        const isHere = error !== undefined && unitOf(error) === unit;
        const edit = isHere ? throwInstead(sourceCode, error) : refuse("it is in another file");
        context.report({
          loc: isHere ? error.loc : layerLocation(layer, sourceCode),
          messageId: "returnedError",
          data,
          ...reportFields(edit, { messageId: "throwInstead" }),
        });
      }
      if (layer.exhaustion.kind !== "silent") return;
      if (layer.purpose === "leftovers") {
        const loc = layerLocation(layer, sourceCode);
        context.report({ loc, messageId: "lostLeftovers", data });
        return;
      }
      const { edit, messageId } = remedyOf(located);
      context.report({
        loc: layerLocation(layer, sourceCode),
        messageId: "lostError",
        data,
        ...reportFields(lower(edit, "suggestion", "callers may rely on the silence"), {
          messageId,
        }),
      });
    }

    /** The first edit that fits: each takes a shape that those before it refuse. */
    function remedyOf(located: LocatedLayer): Remedy {
      const { node } = located.layer;
      const remedies = isLoop(node) ? inLoop(located, node) : inRecursion(node);
      const fitting = remedies.find(({ edit }) => edit.applicability !== "none");
      return fitting ?? { edit: refuse("no place is sure"), messageId: "throwLast" };
    }

    function inLoop(located: LocatedLayer, loop: LoopNode): readonly Remedy[] {
      const { filter, loop: facts } = located.layer;
      const handler = handlerIn(located);
      if (handler === undefined || filter.kind !== "everything") return [];
      const isLast = lastAttemptAt(located, handler.body);
      const isTyped = /\.[cm]?tsx?$/.test(context.filename);
      return [
        { edit: throwInPlace(sourceCode, loop, handler), messageId: "throwInstead" },
        {
          edit: isLeftByReturnOnly(sourceCode, loop, facts?.counter?.name)
            ? throwAfterLoop(sourceCode, loop, handler, isTyped)
            : refuse("success may leave the loop at its end"),
          messageId: "throwLast",
        },
        {
          edit:
            isLast === undefined
              ? refuse("the last attempt cannot be told")
              : throwWhenLast(sourceCode, handler, isLast),
          messageId: "throwInLastAttempt",
        },
      ];
    }

    /** A function that calls itself in the `catch` gives up there, too. */
    function inRecursion(again: TSESTree.Node): readonly Remedy[] {
      for (const node of ancestors(again)) {
        if (isFunction(node)) return [];
        if (node.type !== T.CatchClause) continue;
        return [
          { edit: throwInPlace(sourceCode, undefined, node), messageId: "throwInstead" },
          { edit: throwAtEnd(sourceCode, node), messageId: "throwInstead" },
        ];
      }
      return [];
    }

    return {
      Program(): void {
        for (const located of layersIn(unit)) check(located);
      },
    };
  },
});
