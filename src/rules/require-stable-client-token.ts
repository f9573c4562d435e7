/** Reports requests that a retry layer sends again without an idempotency token that stays the same. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, contains, isFunction, isLoop, unwrap } from "../ast/nodes.ts";
import { walk } from "../ast/walk.ts";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import { declareBefore, moveBefore } from "../fix/hoist.ts";
import { requireBinding } from "../fix/imports.ts";
import { addToObject, findProperty } from "../fix/object.ts";
import { dangerTier, duplicateConsequence } from "../knowledge/index.ts";
import { modulesOf } from "../model/program/module-style.ts";
import { lookUp } from "../model/program/object.ts";
import { unitOf } from "../model/program/unit.ts";
import { originsOf } from "../model/program/values.ts";
import { canDuplicate } from "../model/retry/duplicates.ts";
import { type Attempt, attemptOf, renewedBy } from "../model/retry/per-attempt.ts";
import { retryStacks } from "../model/retry/stack.ts";
import type { SdkCall } from "../model/sdk/call.ts";
import { sdkCallAt } from "../model/sdk/identify.ts";

type MessageIds = "hoistToken" | "noToken" | "pinToken" | "renewed" | "unfilled" | "unpinned";

export interface RuleOptions {
  readonly withoutToken: "ignore" | "report";
}

/** Operations that a repeat leaves as they are, whatever their token: the last writer wins. */
const MAKES_SOMETHING = /^(?:Batch|Claim|Create|Import|Monitor|Replicate|Send|Start|Transfer)/;

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "require-stable-client-token",
  meta: {
    type: "problem",
    docs: {
      description:
        "require an idempotency token that stays the same over all attempts of an Amazon Connect call",
      presets: ["strict"],
    },
    hasSuggestions: true,
    messages: {
      unpinned:
        "{{operation}} is sent again by {{label}} with a new {{member}} each time, since every send makes its own: {{consequence}}. Pass one {{member}} that is made before the first attempt.",
      unfilled:
        "{{operation}} is sent again by {{label}} without a {{member}}, which the SDK does not fill in here: {{consequence}}. Pass one {{member}} that is made before the first attempt.",
      renewed:
        "This {{member}} is new on every attempt of {{label}} around {{operation}}: {{consequence}}. Make it once, before the first attempt.",
      noToken:
        "{{operation}}, which takes no idempotency token, is sent again by {{label}}: {{consequence}}. Retry only errors that say the request was refused, such as throttling.",
      pinToken: "Make one {{member}} before the first attempt.",
      hoistToken: "Make the {{member}} before the first attempt.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          withoutToken: {
            description: "What to do about operations that make something and take no token.",
            type: "string",
            enum: ["report", "ignore"],
          },
        },
      },
    ],
    defaultOptions: [{ withoutToken: "report" }],
  },
  create(context, [{ withoutToken }], unit) {
    const { sourceCode } = context;

    function check(call: SdkCall): void {
      const { facts, operation, input } = call;
      // The helper pins the token over its attempts by itself.
      if (facts === undefined || operation === undefined || call.style === "helper") return;
      const attempts = attemptsOf(call);
      const [first] = attempts;
      if (first === undefined) return;
      const tier = dangerTier(call.package, operation);
      const consequence = duplicateConsequence(call.package, operation) ?? "may be carried out too";
      const data = { operation, consequence: `each attempt ${consequence}` };
      const { token, itemTokens } = facts;
      if (token === undefined && itemTokens.length === 0) {
        if (withoutToken === "report" && (tier === "A" || tier === "B"))
          report(call.node, "noToken", first, data);
        return;
      }
      if (input === undefined || (tier === "none" && !MAKES_SOMETHING.test(operation))) return;
      for (const { list, member } of itemTokens) checkItems(input, list, member, attempts, data);
      if (token === undefined) return;
      const { member, fill } = token;
      const given = lookUp(input, member);
      if (given.answer === "no" && fill !== "required") {
        const messageId = fill === "sdk" ? "unpinned" : "unfilled";
        const edit = pin(input, member, attempts);
        report(call.node, messageId, first, { ...data, member }, { edit, messageId: "pinToken" });
      } else if (given.answer === "yes") {
        checkValues(given.values, member, call.node, attempts, data);
      }
    }

    function checkValues(
      values: readonly TSESTree.Node[],
      member: string,
      call: TSESTree.Node,
      attempts: readonly Attempt[],
      data: Readonly<Record<string, string>>,
    ): void {
      for (const attempt of attempts) {
        const maker = values.flatMap((value) => renewedBy(value, attempt) ?? [])[0];
        if (maker === undefined) continue;
        const isHere = unitOf(maker) === unit;
        const edit = isHere ? hoist(maker, attempts) : refuse("it is made in another file");
        const node = isHere ? maker : call;
        const remedy = { edit, messageId: "hoistToken" } as const;
        report(node, "renewed", attempt, { ...data, member }, remedy);
        return;
      }
    }

    /** Tokens that stand in the elements of a list, written out or mapped to. */
    function checkItems(
      input: TSESTree.Node,
      list: string,
      member: string,
      attempts: readonly Attempt[],
      data: Readonly<Record<string, string>>,
    ): void {
      for (const items of lookUp(input, list).values.flatMap((value) => originsOf(value).nodes)) {
        const attempt = attempts.find(({ repeats }) => repeats(items));
        if (attempt === undefined || unitOf(items) !== unit) continue;
        // The function that maps the items runs wherever the list is made.
        const within: Attempt = { ...attempt, repeats: (node) => contains(items, node) };
        for (const node of walk(items, unit.visitorKeys)) {
          const value =
            node.type === T.ObjectExpression ? findProperty(node, member)?.value : undefined;
          const maker = value === undefined ? undefined : renewedBy(value, within);
          if (maker === undefined) continue;
          report(maker, "renewed", attempt, { ...data, member });
          return;
        }
      }
    }

    function report(
      node: TSESTree.Node,
      messageId: "noToken" | "renewed" | "unfilled" | "unpinned",
      { layer: { label } }: Attempt,
      data: Readonly<Record<string, string>>,
      remedy?: { readonly edit: Edit; readonly messageId: "hoistToken" | "pinToken" },
    ): void {
      context.report({
        node,
        messageId,
        data: { ...data, label },
        ...(remedy !== undefined &&
          reportFields(lower(remedy.edit, "suggestion", "a person must see what one run sends"), {
            messageId: remedy.messageId,
            data: { member: data["member"] },
          })),
      });
    }

    function pin(input: TSESTree.Node, member: string, attempts: readonly Attempt[]): Edit {
      const literals = originsOf(input).nodes;
      const [literal] = literals;
      if (literals.length !== 1 || literal?.type !== T.ObjectExpression)
        return refuse("the input is not written down in one place");
      const anchor = anchorFor(literal, attempts);
      if (anchor === undefined) return refuse("no place before the first attempt is certain");
      const binding = requireBinding(sourceCode, {
        module: "node:crypto",
        name: "randomUUID",
        filename: context.filename,
        physicalFilename: context.physicalFilename,
        cwd: context.cwd,
        uses: [anchor],
        style: modulesOf(unit),
      });
      if (binding.kind === "refused") return refuse(binding.reason);
      const made = declareBefore(sourceCode, anchor, `${binding.localName}()`, "clientToken");
      const property = addToObject(sourceCode, literal, member, made.name, { isKnownAbsent: true });
      return combine(sourceCode, binding.edit, made.edit, property);
    }

    function hoist(maker: TSESTree.Node, attempts: readonly Attempt[]): Edit {
      const anchor = anchorFor(maker, attempts);
      return anchor === undefined
        ? refuse("no place before the first attempt is certain")
        : moveBefore(sourceCode, maker as TSESTree.Expression, anchor, "clientToken").edit;
    }

    /**
     * The outermost of the layers around a node, if they are all of the layers around the call: nothing between may run it for
     * several requests, which one token would make one.
     */
    function anchorFor(
      node: TSESTree.Node,
      attempts: readonly Attempt[],
    ): TSESTree.Node | undefined {
      if (unitOf(node) !== unit) return undefined;
      const layers = new Set<TSESTree.Node>();
      for (const { layer } of attempts) {
        if (layer.kind !== "loop" && layer.kind !== "wrapper") return undefined;
        if (unitOf(layer.node) !== unit || !contains(layer.node, node)) return undefined;
        layers.add(layer.node);
      }
      const left = new Set(layers);
      for (const current of ancestors(node)) {
        left.delete(current);
        if (left.size === 0) return current;
        if (isFunction(current) && !isGivenTo(current, layers)) return undefined;
        if (isLoop(current) && !layers.has(current)) return undefined;
      }
      return undefined;
    }

    return {
      CallExpression(node: TSESTree.CallExpression): void {
        const call = sdkCallAt(node);
        if (call !== undefined) check(call);
      },
    };
  },
});

/** What the layers around a call repeat, innermost first, for layers that can send a request twice. */
function attemptsOf(call: SdkCall): readonly Attempt[] {
  return retryStacks(call).flatMap(({ layers, path }) =>
    layers.filter(canDuplicate).flatMap((layer) => attemptOf(call.node, path, layer) ?? []),
  );
}

/** Whether a function is what a wrapper runs. */
function isGivenTo(fn: TSESTree.Node, layers: ReadonlySet<TSESTree.Node>): boolean {
  const { parent } = fn;
  return (
    parent?.type === T.CallExpression &&
    layers.has(parent) &&
    parent.arguments.some((argument) => unwrap(argument) === fn)
  );
}
