/** Tests on errors of AWS calls that can never be true, or hold only by chance. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { memberName, unwrap } from "../../ast/nodes.ts";
import { importedName, variableOf } from "../program/binding.ts";
import { isUnknown } from "../program/checker.ts";
import { askedBeside, isNarrowed, namesAskedAround } from "./beside.ts";
import { raisedInto } from "./caught.ts";
import {
  areNamesKnown,
  isAwsErrorName,
  isKnownErrorName,
  meantName,
  neverSetsRetryable,
  raisableNames,
} from "./names.ts";
import type { Raised } from "./raised.ts";
import { canRead, raisedFor, type Read, readsAt, readsOfPattern } from "./reads.ts";
import { type ComparedText, type Test, testOf } from "./tests.ts";

export type ErrorFault = { readonly read: Read; readonly client: string } & (
  | {
      readonly kind: "className" | "code";
      /** Whether the test asks for names of the client's errors and for nothing else. */
      readonly isOnlyNames: boolean;
      /** Whether it stands behind a test for the property itself, which is no name's. */
      readonly isGuarded: boolean;
    }
  | { readonly kind: "neverRetryable" | "retryable" }
  | { readonly kind: "statusCode" }
  | { readonly kind: "unknownName"; readonly compared: ComparedText; readonly meant: string }
  /** `node` is the search, where it is a call. */
  | { readonly kind: "messageText"; readonly node: TSESTree.Node | undefined }
);

const PROPERTIES: ReadonlySet<string> = new Set([
  "$retryable",
  "code",
  "message",
  "name",
  "retryable",
  "statusCode",
]);

/** The faults in what is read by a member expression, or through the names in a pattern. */
export function errorFaultsAt(
  node: TSESTree.MemberExpression | TSESTree.ObjectPattern,
): readonly ErrorFault[] {
  if (node.type === T.MemberExpression)
    return PROPERTIES.has(memberName(node) ?? "") ? readsAt(node).flatMap(faultsOf) : [];
  return readsOfPattern(node)
    .filter(({ property }) => PROPERTIES.has(property))
    .flatMap(faultsOf);
}

/** What is known at a test: what the error can be, and what it is called then. */
interface Subject {
  readonly raised: Raised;
  readonly names: ReadonlySet<string>;
  readonly client: string;
}

function faultsOf(read: Read): readonly ErrorFault[] {
  const test = testOf(read.node);
  if (test === undefined || !mayMatter(read.property, test)) return [];
  const raised = raisedFor(read);
  if (raised === undefined || raised.calls.length === 0 || raised.mayBeV2 || isNarrowed(read))
    return [];
  const subject = { raised, names: raisableNames(raised.calls), client: clientOf(raised) };
  if (read.property === "code") return ofName("code", read, test, subject);
  // Anything else that can fail there may well have such a property.
  if (raised.mayBeOther) return [];
  switch (read.property) {
    case "constructor.name":
      return ofName("className", read, test, subject);
    case "statusCode":
    case "retryable":
      return ofAbsent(read.property, read, subject);
    case "$retryable":
      return neverSetsRetryable(raised.calls) ? ofAbsent("neverRetryable", read, subject) : [];
    case "name":
      return misspelt(read, test, subject);
    default:
      return inMessage(read, test, subject);
  }
}

/** Whether a test can be a fault at all: asked before anything is traced, since `name` and `code` are everywhere. */
function mayMatter(property: string, test: Test): boolean {
  switch (property) {
    case "code":
    case "constructor.name":
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

/** A name that is looked for where it is not, or not for certain. */
function ofName(
  kind: "className" | "code",
  read: Read,
  test: Test,
  { raised, names, client }: Subject,
): readonly ErrorFault[] {
  if (test.kind !== "texts") return [];
  const asked = namesAskedAround(read);
  const isSlip = (text: string): boolean =>
    // An error of the project's own may have a code that merely looks like a name.
    raised.mayBeOther
      ? isKnownErrorName(text, names)
      : isAwsErrorName(text, names) || meantName(text, names) !== undefined;
  const slips = test.texts.filter(({ text }) => !asked.has(text) && isSlip(text));
  const others = ["name", "Code", "__type", "instanceof", kind === "code" ? "constructor" : "code"];
  if (slips.length === 0 || isAskedOtherwise(read, others)) return [];
  const isOnlyNames =
    test.complete &&
    slips.length === test.texts.length &&
    slips.every(({ text }) => names.has(text));
  return [{ kind, read, client, isOnlyNames, isGuarded: askedBeside(read).has("in") }];
}

function ofAbsent(
  kind: "neverRetryable" | "retryable" | "statusCode",
  read: Read,
  { client }: Subject,
): readonly ErrorFault[] {
  const others = ["$metadata", "status", "httpStatusCode", "$retryable", "$response"];
  const isCovered = isAskedOtherwise(
    read,
    others.filter((name) => name !== read.property),
  );
  return isCovered ? [] : [{ kind, read, client }];
}

function misspelt(read: Read, test: Test, { raised, names, client }: Subject): ErrorFault[] {
  if (test.kind !== "texts" || !areNamesKnown(raised.calls)) return [];
  const asked = new Set([...test.texts.map(({ text }) => text), ...namesAskedAround(read)]);
  return test.texts.flatMap((compared): readonly ErrorFault[] => {
    const meant = meantName(compared.text, names);
    // Who asks for the right name too has covered himself.
    return meant === undefined || asked.has(meant)
      ? []
      : [{ kind: "unknownName", read, client, compared, meant }];
  });
}

/** Texts that only throttling puts into a message. */
const THROTTLING_TEXT = /throttl|rate\s?(?:limit\s)?exceed|too\s?many\s?requests/i;

function inMessage(read: Read, test: Test, { client }: Subject): readonly ErrorFault[] {
  const texts =
    test.kind === "part"
      ? [test.text]
      : test.kind === "texts"
        ? test.texts.map(({ text }) => text)
        : [];
  if (
    !texts.some((text) => THROTTLING_TEXT.test(text)) ||
    isAskedOtherwise(read, ["name", "$metadata", "instanceof"])
  )
    return [];
  const node = test.kind === "part" ? test.node : undefined;
  return [{ kind: "messageText", read, client, node }];
}

/** Whether the condition also asks for what would tell: belt and braces. */
function isAskedOtherwise(read: Read, properties: readonly string[]): boolean {
  const asked = askedBeside(read);
  return properties.some((property) => asked.has(property));
}

/** A test for the class of another client's error. */
export interface ForeignClass {
  readonly name: string;
  readonly module: string;
  readonly client: string;
  /** Whether the client has an error of that name too. */
  readonly isOwnName: boolean;
  /** Whether code behind the test reads what the error has by its class alone. */
  readonly isReliedOn: boolean;
}

/** The class of another client that an `instanceof` asks for. */
export function foreignClassAt({
  left,
  right,
}: TSESTree.BinaryExpression): ForeignClass | undefined {
  const imported = importedName(right);
  const name = imported?.path.at(-1);
  if (
    imported === undefined ||
    name?.endsWith("Exception") !== true ||
    !/^@aws-sdk\/client-[a-z0-9-]+$/.test(imported.module)
  )
    return undefined;
  const error = unwrap(left);
  const variable = error.type === T.Identifier ? variableOf(error) : undefined;
  const raised = variable === undefined ? undefined : raisedInto(variable);
  if (raised === undefined || raised.calls.length === 0 || raised.mayBeV2 || raised.mayBeOther)
    return undefined;
  if (raised.calls.some((call) => call.package === imported.module)) return undefined;
  return {
    name,
    module: imported.module,
    client: clientOf(raised),
    isOwnName: raisableNames(raised.calls).has(name),
    isReliedOn:
      variable?.references.some(({ identifier }) => needsClass(identifier, left)) === true,
  };
}

/** Whether a member of an error is read behind a test that the error does not have without it. */
function needsClass({ parent, range }: TSESTree.Node, test: TSESTree.Node): boolean {
  if (range[0] < test.range[1] || parent?.type !== T.MemberExpression) return false;
  const name = parent.object.range[0] === range[0] ? memberName(parent) : undefined;
  return name !== undefined && (isUnknown(test) || !canRead(test, name));
}

/** How messages speak of the clients whose errors arrive. */
function clientOf({ calls }: Raised): string {
  const names = [...new Set(calls.map((call) => call.clientClass ?? call.package))];
  return names.length === 1 ? (names[0] ?? "the client") : "these clients";
}
