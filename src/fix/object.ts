/** Edits on an object literal: the configuration of a client, the input of a command, the options of a library. */
import {
  AST_NODE_TYPES as T,
  ASTUtils,
  type TSESLint,
  type TSESTree,
} from "@typescript-eslint/utils";
import { staticKey } from "../ast/nodes.ts";
import { combine, lower, makeEdit, refuse, type Edit, type TextEdit } from "./edit.ts";
import { appendToList, insertion } from "./list.ts";
import { outerRange } from "./parentheses.ts";
import { braced, isFirstOnLine, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

export interface AddOptions {
  /** Set when the caller knows that no spread and no computed key of the literal sets the property. */
  readonly isKnownAbsent?: boolean | undefined;
}

/**
 * Adds a property to the object literal that an argument is, or makes that argument where the list ends before it.
 *
 * The property goes last: only there does it hold whatever a spread brings. Since it might replace a value from the spread
 * without a word, a literal with spreads or computed keys gets a suggestion, unless the caller knows better.
 * @param index - which argument; `0` for `new ConnectClient(config)`
 * @param value - source text of the value
 */
export function addProperty(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  name: string,
  value: string,
  options: AddOptions = {},
): Edit {
  const text = `${name}: ${value}`;
  const { arguments: args } = call;
  if (args.slice(0, index + 1).some((argument) => argument.type === T.SpreadElement)) {
    return refuse("the arguments are spread");
  }
  const argument = args[index];
  if (argument === undefined) {
    return args.length === index
      ? makeEdit(sourceCode, addArgument(sourceCode, call, braced(text, styleOf(sourceCode))))
      : refuse("an argument before it is missing");
  }
  const object = literalOf(argument);
  return object === undefined
    ? refuse("the argument is not an object literal")
    : addToLiteral(sourceCode, object, name, text, options);
}

/** {@link addProperty} for a literal that is at hand. */
export function addToObject(
  sourceCode: SourceCode,
  object: TSESTree.ObjectExpression,
  name: string,
  value: string,
  options: AddOptions = {},
): Edit {
  return addToLiteral(sourceCode, object, name, `${name}: ${value}`, options);
}

function addToLiteral(
  sourceCode: SourceCode,
  object: TSESTree.ObjectExpression,
  name: string,
  text: string,
  { isKnownAbsent = false }: AddOptions,
): Edit {
  if (findProperty(object, name) !== undefined) return refuse(`\`${name}\` is set already`);
  const open = sourceCode.getFirstToken(object);
  if (open === null) return refuse("the argument is not an object literal");
  const edit = makeEdit(sourceCode, appendToList(sourceCode, open, object.properties.at(-1), text));
  const isOpen = object.properties.some(
    (property) =>
      property.type === T.SpreadElement || staticKey(property, property.key) === undefined,
  );
  return isOpen && !isKnownAbsent
    ? lower(edit, "suggestion", `a spread or computed key may set \`${name}\` already`)
    : edit;
}

/** The last property of that name, which is the one that counts. */
export function findProperty(
  object: TSESTree.ObjectExpression,
  name: string,
): TSESTree.Property | undefined {
  return object.properties.findLast(
    (property): property is TSESTree.Property =>
      property.type === T.Property && staticKey(property, property.key) === name,
  );
}

/** Puts another value into a property; a shorthand is written out, a method or accessor is refused. */
export function replaceValue(
  sourceCode: SourceCode,
  property: TSESTree.Property,
  value: string,
): Edit {
  if (property.method || property.kind !== "init") return refuse("the property is a method");
  return makeEdit(sourceCode, [
    property.shorthand
      ? insertion(property.range[1], `: ${value}`)
      : { range: property.value.range, text: value },
  ]);
}

/**
 * Takes a property out, with its comma and, where nothing else is on them, its lines. Comments stay. A value that does work
 * when it is evaluated makes it a suggestion.
 */
export function removeProperty(
  sourceCode: SourceCode,
  object: TSESTree.ObjectExpression,
  property: TSESTree.Property,
): Edit {
  if (sourceCode.getCommentsInside(property).length > 0) return refuse("a comment would be lost");
  const edit = makeEdit(sourceCode, removalEdits(sourceCode, object, property));
  const doesWork =
    !property.method &&
    ASTUtils.hasSideEffect(property.value, sourceCode, { considerGetters: false });
  return doesWork || property.computed
    ? lower(edit, "suggestion", "the removed value is computed by a call")
    : edit;
}

/** Moves a property into another literal, which does not set it. */
export function moveProperty(
  sourceCode: SourceCode,
  from: TSESTree.ObjectExpression,
  property: TSESTree.Property,
  to: TSESTree.ObjectExpression,
): Edit {
  const name = staticKey(property, property.key);
  if (name === undefined || property.method || property.kind !== "init")
    return refuse("the property is a method, or its key is computed");
  // It goes last in what surrounds the other literal, so that the two edits touch different braces.
  return combine(
    sourceCode,
    removeProperty(sourceCode, from, property),
    addToObject(sourceCode, to, name, sourceCode.getText(property.value)),
  );
}

function removalEdits(
  sourceCode: SourceCode,
  object: TSESTree.ObjectExpression,
  property: TSESTree.Property,
): readonly TextEdit[] {
  const after = sourceCode.getTokenAfter(property);
  const before = sourceCode.getTokenBefore(property);
  if (after === null || before === null) return [];
  const hasComma = ASTUtils.isCommaToken(after);
  const end = hasComma ? after.range[1] : property.range[1];
  const isCommented = sourceCode.getTokenAfter(property, { includeComments: true }) !== after;
  const edits: TextEdit[] = [];
  // The comma before goes where it would be left dangling by an element that had none after it.
  if (!hasComma && object.properties.at(-1) === property && ASTUtils.isCommaToken(before)) {
    const between = sourceCode.getTokenAfter(before, { includeComments: true });
    if (between?.range[0] === property.range[0]) {
      return [{ range: [before.range[0], property.range[1]], text: "" }];
    }
    edits.push({ range: before.range, text: "" });
  }
  if (hasComma && isCommented) {
    return [
      { range: property.range, text: "" },
      { range: after.range, text: "" },
    ];
  }

  const { text } = sourceCode;
  const blankAfter = /^[^\S\r\n]*/u.exec(text.slice(end))?.[0].length ?? 0;
  const lineEnd = /^\r?\n/u.exec(text.slice(end + blankAfter))?.[0].length ?? 0;
  const start = property.range[0];
  if (lineEnd > 0 && isFirstOnLine(sourceCode, start)) {
    const lineStart = start - property.loc.start.column;
    edits.push({ range: [lineStart, end + blankAfter + lineEnd], text: "" });
  } else {
    const blankBefore =
      lineEnd > 0 ? (/[^\S\r\n]*$/u.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
    edits.push({ range: [start - blankBefore, end + blankAfter], text: "" });
  }
  return edits;
}

/** The literal that an argument is, inside `as`, `satisfies` and parentheses. */
export function literalOf(argument: TSESTree.Node): TSESTree.ObjectExpression | undefined {
  let current = argument;
  while (current.type === T.TSAsExpression || current.type === T.TSSatisfiesExpression) {
    current = current.expression;
  }
  return current.type === T.ObjectExpression ? current : undefined;
}

function addArgument(
  sourceCode: SourceCode,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  text: string,
): readonly TextEdit[] {
  const last = call.arguments.at(-1);
  const close = sourceCode.getLastToken(call);
  if (last !== undefined) {
    const comma = sourceCode.getTokenAfter(last, ASTUtils.isCommaToken);
    const hasComma = comma !== null && close !== null && comma.range[1] <= close.range[0];
    const trailing = hasComma && sourceCode.getTokenAfter(comma) === close;
    return [
      trailing
        ? insertion(comma.range[1], ` ${text}`)
        : insertion(outerRange(sourceCode, last)[1], `, ${text}`),
    ];
  }
  const head = call.typeArguments ?? call.callee;
  const open = sourceCode.getTokenAfter(head, ASTUtils.isOpeningParenToken);
  return open !== null && open.range[1] <= call.range[1]
    ? [insertion(open.range[1], text)]
    : [insertion(call.range[1], `(${text})`)];
}
