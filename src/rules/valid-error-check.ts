/** Reports tests on errors of AWS calls that can never be true, or hold only by chance. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { createRule } from "../create-rule.ts";
import { type Edit, lower, makeEdit, refuse, reportFields } from "../fix/edit.ts";
import { readOwnName, renameProperty, testName, testNameOfClass } from "../fix/error-test.ts";
import { quoted, styleOf } from "../fix/style.ts";
import { type ErrorFault, errorFaultsAt, foreignClassAt } from "../model/error/faults.ts";
import { canRead, holderOf } from "../model/error/reads.ts";
import { testOf } from "../model/error/tests.ts";
import { isChecked } from "../model/program/checker.ts";
import { unitOf } from "../model/program/unit.ts";

type MessageIds =
  | "className"
  | "code"
  | "foreignClass"
  | "messageText"
  | "neverRetryable"
  | "retryable"
  | "statusCode"
  | "unknownName"
  | "useMetadata"
  | "useName"
  | "writeName";

type FaultOf<Kind extends ErrorFault["kind"]> = ErrorFault & { readonly kind: Kind };

export const rule = createRule<MessageIds, readonly []>({
  name: "valid-error-check",
  meta: {
    type: "problem",
    docs: {
      description: "disallow tests on errors of AWS calls that can never be true",
      presets: ["recommended", "strict"],
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      code: "Errors of {{client}} have no `code` with an exception's name, as they had in SDK v2: this test is never true, SDK v3 puts the name into `name`.",
      className:
        "The name of an error's class is another one in minified code, and errors of {{client}} that have no class of their own share one: SDK v3 puts the name into `name`.",
      statusCode:
        "Errors of {{client}} have no `statusCode`, as they had in SDK v2: SDK v3 puts it into `$metadata.httpStatusCode`.",
      retryable:
        "Errors of {{client}} have no `retryable`, as they had in SDK v2: this test is never true.",
      neverRetryable:
        "No error of {{client}} carries `$retryable`: this test is never true, not even for throttling.",
      unknownName:
        "No error of {{client}} is called {{written}}: this test is never true. {{meant}} is one.",
      messageText:
        "The text of a message is no part of the API and may change or be missing: throttling is told by the error's `name`.",
      foreignClass:
        "{{name}} of {{module}} is another class than the one that {{client}} throws: this test is never true.",
      useName: "Test the error's `name`.",
      useMetadata: "Read the status from `$metadata`.",
      writeName: "Write {{meant}}.",
    },
    schema: [],
  },
  create(context, _options, unit) {
    const { sourceCode } = context;

    function check(fault: ErrorFault): void {
      const { client, kind, read } = fault;
      const node = read.member ?? read.node;
      switch (kind) {
        case "unknownName": {
          checkSpelling(fault);
          break;
        }
        case "messageText": {
          const fields = reportFields(searchEdit(fault), { messageId: "useName" });
          context.report({ node, messageId: "messageText", ...fields });
          break;
        }
        case "className":
        case "code": {
          const fields = reportFields(nameEdit(fault), { messageId: "useName" });
          context.report({ node, messageId: kind, data: { client }, ...fields });
          break;
        }
        case "statusCode": {
          const fields = reportFields(statusEdit(fault), { messageId: "useMetadata" });
          context.report({ node, messageId: kind, data: { client }, ...fields });
          break;
        }
        case "neverRetryable":
        case "retryable":
          context.report({ node, messageId: kind, data: { client } });
      }
    }

    function checkSpelling({ client, compared, meant, read }: FaultOf<"unknownName">): void {
      const literal = compared.node;
      const isHere = literal !== undefined && unitOf(literal) === unit;
      const text = quoted(meant, styleOf(sourceCode));
      const edit = isHere
        ? makeEdit(sourceCode, [{ range: literal.range, text }])
        : refuse("the name is written in another file");
      context.report({
        node: isHere ? literal : read.node,
        messageId: "unknownName",
        data: { client, written: compared.text, meant },
        ...reportFields(edit, { messageId: "writeName", data: { meant } }),
      });
    }

    function nameEdit({ kind, isOnlyNames, isGuarded, read }: FaultOf<"className" | "code">): Edit {
      const { member } = read;
      if (!isOnlyNames) return refuse("the test asks for more than names");
      if (member === undefined || isGuarded)
        return refuse("the property is taken from the error elsewhere");
      if (!canRead(holderOf(member), "name")) return refuse("the type of the error has no `name`");
      return kind === "className"
        ? readOwnName(sourceCode, member)
        : renameProperty(sourceCode, member, "name");
    }

    function statusEdit({ read: { member } }: FaultOf<"statusCode">): Edit {
      if (member === undefined || !canRead(member.object, "$metadata"))
        return refuse("the type of the error has no `$metadata`");
      const edit = renameProperty(sourceCode, member, "$metadata?.httpStatusCode");
      return lower(edit, "suggestion", "a person must agree");
    }

    function searchEdit({ node, read: { member } }: FaultOf<"messageText">): Edit {
      if (node?.type !== T.CallExpression || unitOf(node) !== unit || member === undefined)
        return refuse("it is no call");
      if (testOf(node)?.kind !== "truth") return refuse("it is no condition by itself");
      return canRead(member.object, "name")
        ? testName(sourceCode, node, member, "ThrottlingException")
        : refuse("the type of the error has no `name`");
    }

    function checkClass(node: TSESTree.BinaryExpression): void {
      const foreign = foreignClassAt(node);
      if (foreign === undefined) return;
      const { name, module, client, isOwnName, isReliedOn } = foreign;
      const isTyped = unit.services !== undefined && /\.[cm]?tsx?$/.test(unit.fileName);
      const edit = !isOwnName
        ? refuse("the client has no such error")
        : isReliedOn || (isChecked(unit) && !isTyped)
          ? refuse("the type of the error says less than the class")
          : testNameOfClass(sourceCode, node, name, isTyped);
      context.report({
        node: node.right,
        messageId: "foreignClass",
        data: { name, module, client },
        ...reportFields(edit, { messageId: "useName" }),
      });
    }

    return {
      "MemberExpression, ObjectPattern"(
        node: TSESTree.MemberExpression | TSESTree.ObjectPattern,
      ): void {
        errorFaultsAt(node).forEach(check);
      },
      "BinaryExpression[operator='instanceof']": checkClass,
    };
  },
});
