/** Reports requests of SDK v2 that are made and never sent. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { enclosingFunction, wrapped } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { type Edit, lower, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { insertion } from "../fix/list.ts";
import { mayAwait } from "../fix/pause.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";
import { promiseMethodOn, requestFate } from "../model/sdk/request.ts";

type MessageIds = "awaitPromise" | "promise" | "send" | "unsentListeners" | "unsentRequest";

export const rule = createRule<MessageIds, readonly []>({
  name: "no-unsent-request",
  meta: {
    type: "problem",
    docs: {
      description: "disallow requests of SDK v2 that are made and never sent",
      presets: ["strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      unsentRequest:
        "This {{operation}} request is never sent: in SDK v2 the call only makes a request object, which `.promise()`, `.send()` or a callback sends, and `await` does not.",
      unsentListeners:
        "This {{operation}} request has listeners but is never sent: in SDK v2 `.send()`, `.promise()` or a callback does that, `.on()` does not.",
      promise: "Send the request with `.promise()`.",
      awaitPromise: "Send the request and wait for it with `await` and `.promise()`.",
      send: "Send the request with `.send()`.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;

    function append(node: TSESTree.Node, text: string): Edit {
      return makeEdit(sourceCode, [insertion(node.range[1], text)]);
    }

    /** How to send a request that nothing listens to. */
    function remedy(node: TSESTree.CallExpression): ReturnType<typeof reportFields<MessageIds>> {
      const outer = wrapped(node);
      const { parent } = outer;
      if (parent?.type === T.AwaitExpression || promiseMethodOn(node) !== undefined) {
        return reportFields(append(node, ".promise()"), { messageId: "promise" });
      }
      const isInAsync = enclosingFunction(node) !== undefined && mayAwait(sourceCode, node);
      if (parent?.type === T.ExpressionStatement && isInAsync) {
        const edit = makeEdit(sourceCode, [
          insertion(outer.range[0], "await "),
          insertion(node.range[1], ".promise()"),
        ]);
        return reportFields(outer === node ? edit : refuse("the request is type-cast"), {
          messageId: "awaitPromise",
        });
      }
      // Whoever gets the promise in place of the request has to wait for it.
      const edit = lower(append(node, ".promise()"), "suggestion", "the promise has to be awaited");
      return reportFields(edit, { messageId: "promise" });
    }

    return {
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        if (call?.style !== "request") return;
        const { isSent, listeners } = requestFate(call);
        if (isSent !== "no") return;
        const data = { operation: call.operation ?? "AWS" };
        const last = listeners.at(-1);
        if (last === undefined) {
          context.report({ node, messageId: "unsentRequest", data, ...remedy(node) });
          return;
        }
        const edit = lower(
          append(last, ".send()"),
          "suggestion",
          "it may be meant to be sent later",
        );
        const isChain = wrapped(last).parent?.type === T.ExpressionStatement;
        context.report({
          node,
          messageId: "unsentListeners",
          data,
          ...reportFields(isChain ? edit : refuse("the chain goes on"), { messageId: "send" }),
        });
      },
    };
  },
});
