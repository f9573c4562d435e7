/** Reports tests on errors of AWS calls that can never be true, or hold only by chance. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../ast/nodes.ts";
import { createRule } from "../create-rule.ts";
import { type Edit, lower, makeEdit, refuse, reportFields, type TextEdit } from "../fix/edit.ts";
import { quoted, styleOf } from "../fix/style.ts";
import { raisedInto } from "../model/error/caught.ts";
import {
  areNamesKnown,
  isAwsErrorName,
  meantName,
  neverSetsRetryable,
  raisableNames,
} from "../model/error/names.ts";
import type { Raised } from "../model/error/raised.ts";
import {
  askedBeside,
  type ComparedText,
  isNarrowed,
  namesAskedAround,
  type Read,
  readsAt,
  readsOfPattern,
  type Test,
  testOf,
} from "../model/error/reads.ts";
import { importedName, variableOf } from "../model/program/binding.ts";
import { hasProperty, typeAt } from "../model/program/checker.ts";
import { unitOf } from "../model/program/unit.ts";

type MessageIds =
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

/** What is known at a test: what the error can be, and what it is called then. */
interface Subject {
  readonly raised: Raised;
  readonly names: ReadonlySet<string>;
  /** How messages speak of the client. */
  readonly client: string;
}

/** Texts that only throttling puts into a message. */
const THROTTLING_TEXT = /throttl|rate\s?(?:limit\s)?exceed|too\s?many\s?requests/i;

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

    function checkRead(read: Read): void {
      const test = testOf(read.node);
      if (test === undefined || !mayMatter(read.property, test)) return;
      const raised = raisedInto(read.variable);
      if (raised === undefined || raised.calls.length === 0 || isNarrowed(read)) return;
      const subject = { raised, names: raisableNames(raised.calls), client: clientOf(raised) };
      switch (read.property) {
        case "code": {
          checkCode(read, test, subject);
          return;
        }
        case "statusCode": {
          checkAbsent(read, "statusCode", subject, statusEdit(read));
          return;
        }
        case "retryable": {
          checkAbsent(read, "retryable", subject);
          return;
        }
        case "$retryable":
          if (neverSetsRetryable(raised.calls)) checkAbsent(read, "neverRetryable", subject);
          return;
        case "name": {
          checkName(read, test, subject);
          return;
        }
        case "message": {
          checkMessage(read, test, subject);
          return;
        }
      }
    }

    function checkCode(read: Read, test: Test, { raised, names, client }: Subject): void {
      if (test.kind !== "texts" || raised.mayBeV2) return;
      const slips = test.texts.filter(
        ({ text }) => isAwsErrorName(text, names) || meantName(text, names) !== undefined,
      );
      if (
        slips.length === 0 ||
        isAskedOtherwise(read, ["name", "Code", "__type", "constructor", "instanceof"])
      )
        return;
      const isSure =
        test.complete &&
        slips.length === test.texts.length &&
        slips.every(({ text }) => names.has(text));
      context.report({
        node: read.member ?? read.node,
        messageId: "code",
        data: { client },
        ...reportFields(isSure ? nameEdit(read) : refuse("the test asks for more than names"), {
          messageId: "useName",
        }),
      });
    }

    /** `.code` becomes `.name`, where the type of the error has one. */
    function nameEdit(read: Read): Edit {
      return renameMember(read, "name", askedBeside(read).has("in") ? "none" : "fix");
    }

    function statusEdit(read: Read): Edit {
      const { member } = read;
      if (
        member === undefined ||
        member.computed ||
        (typeAt(member.object) !== undefined && hasProperty(member.object, "$metadata") !== "yes")
      ) {
        return refuse("the type of the error has no `$metadata`");
      }
      return makeEdit(
        sourceCode,
        [{ range: member.property.range, text: "$metadata?.httpStatusCode" }],
        "suggestion",
        "a person must agree",
      );
    }

    function renameMember({ member }: Read, name: string, limit: "fix" | "none"): Edit {
      if (member === undefined || member.computed || limit === "none")
        return refuse("the property is taken from the error elsewhere");
      if (typeAt(member.object) !== undefined && hasProperty(member.object, name) !== "yes")
        return refuse(`the type of the error has no \`${name}\``);
      return makeEdit(sourceCode, [{ range: member.property.range, text: name }]);
    }

    function checkAbsent(
      read: Read,
      messageId: "neverRetryable" | "retryable" | "statusCode",
      { raised, client }: Subject,
      edit: Edit = refuse("there is no equal"),
    ): void {
      if (raised.mayBeV2 || raised.mayBeOther) return;
      if (
        isAskedOtherwise(
          read,
          ["$metadata", "status", "httpStatusCode", "$retryable", "$response"].filter(
            (name) => name !== read.property,
          ),
        )
      )
        return;
      context.report({
        node: read.member ?? read.node,
        messageId,
        data: { client },
        ...reportFields(edit, { messageId: "useMetadata" }),
      });
    }

    function checkName(read: Read, test: Test, subject: Subject): void {
      if (test.kind !== "texts" || subject.raised.mayBeV2 || subject.raised.mayBeOther) return;
      if (!areNamesKnown(subject.raised.calls)) return;
      const asked = new Set([...test.texts.map(({ text }) => text), ...namesAskedAround(read)]);
      for (const compared of test.texts) {
        const meant = meantName(compared.text, subject.names);
        // Who asks for the right name too has covered himself.
        if (meant === undefined || asked.has(meant)) continue;
        const node =
          compared.node !== undefined && unitOf(compared.node) === unit ? compared.node : read.node;
        const data = { client: subject.client, written: compared.text, meant };
        context.report({
          node,
          messageId: "unknownName",
          data,
          ...reportFields(spelling(compared, node, meant), {
            messageId: "writeName",
            data: { meant },
          }),
        });
      }
    }

    function spelling({ node }: ComparedText, place: TSESTree.Node, meant: string): Edit {
      if (node !== place) return refuse("the name is written in another file");
      const edits: TextEdit[] = [{ range: node.range, text: quoted(meant, styleOf(sourceCode)) }];
      return makeEdit(sourceCode, edits);
    }

    function checkMessage(read: Read, test: Test, { raised }: Subject): void {
      const texts =
        test.kind === "part"
          ? [test.text]
          : test.kind === "texts"
            ? test.texts.map(({ text }) => text)
            : [];
      if (!texts.some((text) => THROTTLING_TEXT.test(text)) || raised.mayBeV2 || raised.mayBeOther)
        return;
      if (isAskedOtherwise(read, ["name", "$metadata", "instanceof"])) return;
      const edit =
        test.kind === "part" && unitOf(test.node) === unit
          ? throttlingTest(read, test.node)
          : refuse("it is no call");
      context.report({
        node: read.member ?? read.node,
        messageId: "messageText",
        ...reportFields(edit, { messageId: "useName" }),
      });
    }

    function throttlingTest({ member }: Read, node: TSESTree.Node): Edit {
      const isTruth = node.parent !== undefined && testOf(node)?.kind === "truth";
      const isCall =
        node.type === T.CallExpression && !/indexOf|search/.test(sourceCode.getText(node.callee));
      if (member === undefined || !isTruth || !isCall)
        return refuse("it is no condition by itself");
      if (typeAt(member.object) !== undefined && hasProperty(member.object, "name") !== "yes")
        return refuse("the type of the error has no `name`");
      const name = quoted("ThrottlingException", styleOf(sourceCode));
      const text = `${sourceCode.getText(member.object)}${member.optional ? "?." : "."}name === ${name}`;
      const isNegated = node.parent.type === T.UnaryExpression;
      return makeEdit(
        sourceCode,
        [{ range: node.range, text: isNegated ? `(${text})` : text }],
        "suggestion",
        "a person must agree",
      );
    }

    function checkClass(node: TSESTree.BinaryExpression): void {
      const imported = importedName(node.right);
      const name = imported?.path.at(-1);
      if (
        imported === undefined ||
        name === undefined ||
        !/^@aws-sdk\/client-[a-z0-9-]+$/.test(imported.module) ||
        !name.endsWith("Exception")
      )
        return;
      const left = unwrap(node.left);
      const variable = left.type === T.Identifier ? variableOf(left) : undefined;
      const raised = variable === undefined ? undefined : raisedInto(variable);
      if (raised === undefined || raised.calls.length === 0 || raised.mayBeV2 || raised.mayBeOther)
        return;
      if (raised.calls.some((call) => call.package === imported.module)) return;
      const names = raisableNames(raised.calls);
      const edit = names.has(name)
        ? classEdit(node, left, name)
        : refuse("the client has no such error");
      context.report({
        node: node.right,
        messageId: "foreignClass",
        data: { name, module: imported.module, client: clientOf(raised) },
        ...reportFields(edit, { messageId: "useName" }),
      });
    }

    function classEdit(node: TSESTree.BinaryExpression, left: TSESTree.Node, name: string): Edit {
      const text = sourceCode.getText(left);
      const isUntyped = unit.services === undefined || !/\.[cm]?tsx?$/.test(unit.fileName);
      const error = isUntyped ? text : `(${text} as Error)`;
      const test = `${error}.name === ${quoted(name, styleOf(sourceCode))}`;
      return lower(
        makeEdit(sourceCode, [{ range: node.range, text: test }]),
        "suggestion",
        "the type is no longer narrowed",
      );
    }

    return {
      MemberExpression(node: TSESTree.MemberExpression): void {
        if (PROPERTIES.has(memberName(node) ?? "")) readsAt(node).forEach(checkRead);
      },
      ObjectPattern(node: TSESTree.ObjectPattern): void {
        readsOfPattern(node)
          .filter(({ property }) => PROPERTIES.has(property))
          .forEach(checkRead);
      },
      "BinaryExpression[operator='instanceof']": checkClass,
    };
  },
});

const PROPERTIES: ReadonlySet<string> = new Set([
  "$retryable",
  "code",
  "message",
  "name",
  "retryable",
  "statusCode",
]);

/** Whether a test can be a fault at all: asked before anything is traced, since `name` and `code` are everywhere. */
function mayMatter(property: string, test: Test): boolean {
  switch (property) {
    case "code":
    case "name":
      return (
        test.kind === "texts" &&
        test.texts.some(
          ({ text }) => /^[A-Za-z][\w.#]{5,}$/.test(text) && !/^E[A-Z]+$|^ERR_/.test(text),
        )
      );
    case "message":
      return test.kind === "part" || test.kind === "texts";
    case "statusCode":
      return test.kind === "number";
    default:
      return test.kind === "truth";
  }
}

/** Whether the condition also asks for what would tell: belt and braces. */
function isAskedOtherwise(read: Read, properties: readonly string[]): boolean {
  const asked = askedBeside(read);
  return properties.some((property) => asked.has(property));
}

function clientOf({ calls }: Raised): string {
  const names = [...new Set(calls.map((call) => call.clientClass ?? call.package))];
  return names.length === 1 ? (names[0] ?? "the client") : "these clients";
}
