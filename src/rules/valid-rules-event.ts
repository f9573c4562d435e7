/** Reports patterns and handlers that misread the event of failed Amazon Connect rule actions. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { contains, staticKey, wrapped } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { combine, type Edit, lower, refuse, reportFields } from "../fix/edit.ts";
import {
  addFilteredType,
  compareWithBoth,
  dropFilter,
  renameTypeKey,
  replaceIn,
} from "../fix/event-pattern.ts";
import { helperBinding } from "../helper-binding.ts";
import {
  FAILURE_TYPES,
  type FailureType,
  handlesFailures,
  isRulesEventInReach,
  otherFailureType,
} from "../model/events/failure.ts";
import {
  eventOf,
  isUnguardedParse,
  type Misread,
  misreadsAt,
  soleComparedType,
} from "../model/events/misreads.ts";
import {
  type FailurePattern,
  failurePatternAt,
  failurePatternInText,
  type TextPattern,
} from "../model/events/pattern.ts";
import { closedDefault, rerunAt } from "../model/events/rerun.ts";
import { unitOf } from "../model/program/unit.ts";

type MessageIds =
  | "addType"
  | "additionalInfoFilter"
  | "additionalInfoUnparsed"
  | "closedActionType"
  | "detailTypeKey"
  | "dropFactor"
  | "dropFilter"
  | "oneDetailType"
  | "parse"
  | "renameKey"
  | "rerunNotRetryable"
  | "rerunWithoutToken"
  | "retryDelayUnguarded"
  | "retryDelayUnit"
  | "unguardedParse";

export interface RuleOptions {
  readonly detailTypes: "both" | "either";
}

export const rule = createRule<MessageIds, readonly [RuleOptions]>({
  name: "valid-rules-event",
  meta: {
    type: "problem",
    docs: {
      description:
        "enforce that events of failed Amazon Connect rule actions are matched and read as documented",
      presets: ["strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      oneDetailType:
        'Only "{{name}}" is matched: the documentation contradicts itself on this event\'s detail-type (the EventBridge reference and the sample event say "Amazon Connect Rules Action Execution Failed", the instruction to subscribe says "Contact Lens Rules Action Execution Failed"), so match both.',
      detailTypeKey:
        "This pattern is read as {{syntax}}, where the key is `{{right}}`: with `{{wrong}}` it does not filter by type.",
      additionalInfoFilter:
        "This filter never matches: `additionalInfo` is documented as a JSON string, so a pattern cannot see `retryable` and the like inside; filter on `reasonCode`, or parse it in the handler.",
      additionalInfoUnparsed:
        "`{{field}}` has no value here: `additionalInfo` is documented as a JSON string and has to be parsed first.",
      unguardedParse:
        "An event without valid JSON in `additionalInfo` makes this handler throw, and the failure that it reports is lost: catch the error, or use `parseRulesActionFailure`.",
      retryDelayUnit:
        "`retryDelay` is in milliseconds already (an SDK v2 error was serialised): this waits a thousand times as long.",
      retryDelayUnguarded:
        "`retryDelay` is absent when the retries are exhausted (a timer then waits 1 ms) and means nothing unless `retryable` is true: test both before waiting for it.",
      rerunNotRetryable:
        "{{operation}} repeats the failed action whatever went wrong: test `retryable` in the parsed `additionalInfo`, or `reasonCode`, since what is not retryable fails again.",
      rerunWithoutToken:
        "{{operation}} repeats the failed action without a `ClientToken` of its own: EventBridge may deliver the event twice, which then acts twice.",
      closedActionType:
        "Other action types than the three documented ones exist (the API has CREATE_CASE, ASSIGN_SLA and more), so this branch is reached: treat `actionType` as an open string.",
      addType: 'Match "{{name}}" too.',
      renameKey: "Write the key as `{{name}}`.",
      dropFactor: "Take `retryDelay` as milliseconds.",
      dropFilter: "Remove the filter, which widens the pattern.",
      parse: "Parse the event with the helper.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          detailTypes: {
            description:
              "Whether patterns have to match both documented names of the event, or either.",
            type: "string",
            enum: ["both", "either"],
          },
        },
      },
    ],
    defaultOptions: [{ detailTypes: "both" }],
  },
  isInReach: isRulesEventInReach,
  create(context, [{ detailTypes }], unit) {
    const { sourceCode } = context;
    const patterns: FailurePattern[] = [];
    const texts: { readonly node: TSESTree.Node; readonly pattern: TextPattern }[] = [];

    function reportType(node: TSESTree.Node, missing: FailureType, edit: Edit): void {
      const fields = reportFields(edit, { messageId: "addType" as const, data: { name: missing } });
      const data = { name: otherFailureType(missing) };
      context.report({ node, messageId: "oneDetailType", data, ...fields });
    }

    function reportKey(node: TSESTree.Node, key: KeyNames, edit: Edit): void {
      const message = { messageId: "renameKey" as const, data: { name: key.right } };
      const data = { ...key };
      context.report({ node, messageId: "detailTypeKey", data, ...reportFields(edit, message) });
    }

    /** The name that none of the file's patterns lets through, where only the other one is let through. */
    function missingType(matched: readonly FailureType[]): FailureType | undefined {
      const [name, second] = matched;
      if (detailTypes === "either" || name === undefined || second !== undefined) return undefined;
      const other = otherFailureType(name);
      const elsewhere = [
        ...patterns.map(({ types }) => types.matched),
        ...texts.map(({ pattern }) => pattern.types),
      ];
      return elsewhere.some((types) => types.includes(other)) ? undefined : other;
    }

    function checkPattern({ node, types, typeProperty, syntax, infoFilter }: FailurePattern): void {
      const missing = types.isComplete ? missingType(types.matched) : undefined;
      if (missing !== undefined && types.named !== undefined) {
        const isHere = unitOf(types.named) === unit;
        const edit = isHere
          ? addFilteredType(sourceCode, types.named, missing)
          : refuse("the names are in another file");
        const isInPlace = typeProperty !== undefined && contains(typeProperty.value, types.named);
        const sure = isInPlace ? edit : lower(edit, "suggestion", "the list has other uses");
        reportType(isHere ? types.named : (typeProperty ?? node), missing, sure);
      }
      if (typeProperty !== undefined && syntax !== "unknown") {
        const key = KEYS[syntax];
        const isWrong = staticKey(typeProperty, typeProperty.key) === key.wrong;
        if (isWrong)
          reportKey(typeProperty.key, key, renameTypeKey(sourceCode, typeProperty, key.right));
      }
      if (infoFilter !== undefined) {
        const edit = dropFilter(sourceCode, infoFilter.owner, infoFilter.property);
        const fields = reportFields(edit, { messageId: "dropFilter" as const });
        context.report({ node: infoFilter.property, messageId: "additionalInfoFilter", ...fields });
      }
    }

    function checkText(node: TSESTree.Node, { types, hasCdkKey, filtersInfo }: TextPattern): void {
      const missing = missingType(types);
      if (missing !== undefined) {
        const name = `"${otherFailureType(missing)}"`;
        reportType(node, missing, replaceIn(sourceCode, node, name, `${name}, "${missing}"`));
      }
      if (hasCdkKey) {
        const edit = replaceIn(sourceCode, node, '"detailType"', '"detail-type"');
        reportKey(node, KEYS.json, lower(edit, "suggestion", "the text may be read by the CDK"));
      }
      if (filtersInfo) context.report({ node, messageId: "additionalInfoFilter" });
    }

    function checkCompared(name: TSESTree.Node, compared: TSESTree.Node): void {
      const only = detailTypes === "both" ? soleComparedType(name, compared) : undefined;
      if (only !== undefined) {
        reportType(name, otherFailureType(only), compareWithBoth(sourceCode, name, FAILURE_TYPES));
      }
    }

    function checkRead(misread: Misread): void {
      const { node } = misread;
      switch (misread.kind) {
        case "unparsed": {
          const fields = reportFields(parseEdit(misread.node, misread.field), {
            messageId: "parse" as const,
          });
          const data = { field: misread.field };
          context.report({ node, messageId: "additionalInfoUnparsed", data, ...fields });
          break;
        }
        case "unit": {
          const [before, after] = [sourceCode.getText(node), sourceCode.getText(misread.delay)];
          const edit = lower(
            replaceIn(sourceCode, node, before, after),
            "suggestion",
            "the wait becomes shorter",
          );
          const fields = reportFields(edit, { messageId: "dropFactor" as const });
          context.report({ node, messageId: "retryDelayUnit", ...fields });
          break;
        }
        case "unguarded":
          context.report({ node, messageId: "retryDelayUnguarded" });
      }
    }

    /** Reads a member of the error through the helper. */
    function parseEdit(node: TSESTree.Node, field: string): Edit {
      const event = node.type === T.MemberExpression ? eventOf(node.object) : undefined;
      const { parent } = wrapped(node);
      if (event === undefined || parent?.type === T.MemberExpression)
        return refuse("the event itself is not at hand");
      const binding = helperBinding(context, unit, "parseRulesActionFailure", [node]);
      if (binding.kind === "refused") return refuse(binding.reason);
      const name = field === "retryDelay" ? "retryDelayMs" : field;
      const read = `${binding.localName}(${event})?.additionalInfo?.${name}`;
      const edit = combine(
        sourceCode,
        replaceIn(sourceCode, node, sourceCode.getText(node), read),
        binding.edit,
      );
      return lower(edit, "suggestion", "the value may be undefined");
    }

    const inPatterns = {
      ObjectExpression(node: TSESTree.ObjectExpression): void {
        const pattern = failurePatternAt(node);
        if (pattern !== undefined) patterns.push(pattern);
      },
      "Literal, TemplateLiteral"(node: TSESTree.Literal | TSESTree.TemplateLiteral): void {
        const pattern = failurePatternInText(node);
        if (pattern !== undefined) texts.push({ node, pattern });
      },
      "Program:exit"(): void {
        patterns.forEach(checkPattern);
        for (const { node, pattern } of texts) checkText(node, pattern);
      },
    };
    if (!handlesFailures(unit)) return inPatterns;
    return {
      ...inPatterns,
      BinaryExpression({ left, right }: TSESTree.BinaryExpression): void {
        checkCompared(right, left);
        checkCompared(left, right);
      },
      SwitchStatement(node: TSESTree.SwitchStatement): void {
        for (const { test } of node.cases)
          if (test !== null) checkCompared(test, node.discriminant);
        const fallback = closedDefault(node);
        if (fallback !== undefined)
          context.report({ node: fallback, messageId: "closedActionType" });
      },
      "MemberExpression, ObjectPattern > Property"(
        node: TSESTree.MemberExpression | TSESTree.Property,
      ): void {
        misreadsAt(node).forEach(checkRead);
      },
      CallExpression(node: TSESTree.CallExpression): void {
        if (isUnguardedParse(node)) context.report({ node, messageId: "unguardedParse" });
        const rerun = rerunAt(node);
        if (rerun === undefined || (rerun.isChecked && !rerun.lacksToken)) return;
        const messageId = rerun.isChecked ? "rerunWithoutToken" : "rerunNotRetryable";
        context.report({ node, messageId, data: { operation: rerun.operation } });
      },
    };
  },
});

/** How the key of the type filter is spelt where a pattern is read in one of the two syntaxes. */
interface KeyNames {
  readonly syntax: string;
  readonly right: string;
  readonly wrong: string;
}

const KEYS: Readonly<Record<"cdk" | "json", KeyNames>> = {
  cdk: { syntax: "an option of the CDK", right: "detailType", wrong: "detail-type" },
  json: { syntax: "JSON", right: "detail-type", wrong: "detailType" },
};
