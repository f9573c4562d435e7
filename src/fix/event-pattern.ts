/** Edits on EventBridge patterns. */
import { AST_NODE_TYPES as T, type TSESLint, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, staticKey, wrapped } from "../ast/nodes.ts";
import { type Edit, lower, makeEdit, refuse } from "./edit.ts";
import { appendToList, insertion } from "./list.ts";
import { removeProperty } from "./object.ts";
import { quoted, styleOf } from "./style.ts";

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Adds a string beside the one that a filter has: in its array, or in the arguments of its matcher. */
export function addFilteredType(sourceCode: SourceCode, named: TSESTree.Node, name: string): Edit {
  const text = quoted(name, styleOf(sourceCode));
  const outer = wrapped(named);
  const { parent } = outer;
  if (parent?.type === T.ArrayExpression) {
    const open = sourceCode.getFirstToken(parent);
    const last = parent.elements.at(-1);
    return open === null || last == null
      ? refuse("the list has holes")
      : makeEdit(sourceCode, appendToList(sourceCode, open, last, text));
  }
  if (parent?.type !== T.CallExpression || parent.callee.type !== T.MemberExpression) {
    return refuse("the filter is not a list");
  }
  const { property } = parent.callee;
  switch (parent.callee.computed ? undefined : sourceCode.getText(property)) {
    case "anyOf":
      return makeEdit(sourceCode, [insertion(outer.range[1], `, ${text}`)]);
    case "exactString":
      return makeEdit(sourceCode, [
        { range: property.range, text: "anyOf" },
        insertion(outer.range[1], `, ${text}`),
      ]);
    default:
      return refuse("the filter is not a list of names");
  }
}

/** Makes a comparison with one name, `type === "a"`, one with several: `["a", "b"].includes(type)`. */
export function compareWithBoth(
  sourceCode: SourceCode,
  name: TSESTree.Node,
  names: readonly string[],
): Edit {
  const { parent } = name;
  if (parent?.type !== T.BinaryExpression || !/^[!=]==?$/.test(parent.operator)) {
    return refuse("there may be code for the other name");
  }
  const style = styleOf(sourceCode);
  const compared = sourceCode.getText(parent.left === name ? parent.right : parent.left);
  const list = names.map((item) => quoted(item, style)).join(", ");
  const text = `${parent.operator.startsWith("!") ? "!" : ""}[${list}].includes(${compared})`;
  // A statement that begins with a bracket may be read as a continuation of the line above.
  const beginsStatement = [...ancestors(parent)].some(
    ({ type, range }) => type === T.ExpressionStatement && range[0] === parent.range[0],
  );
  return beginsStatement
    ? refuse("a statement begins with the comparison")
    : makeEdit(sourceCode, [{ range: parent.range, text }], "suggestion", "narrowing is lost");
}

/** Spells the key of a property in another way. */
export function renameTypeKey(
  sourceCode: SourceCode,
  property: TSESTree.Property,
  name: string,
): Edit {
  if (property.computed || property.shorthand) return refuse("the key is computed");
  const text = /^[a-zA-Z]+$/.test(name) ? name : quoted(name, styleOf(sourceCode));
  return makeEdit(sourceCode, [{ range: property.key.range, text }]);
}

/** Takes a filter out of a pattern, with the object around it if that becomes empty: EventBridge refuses empty objects. */
export function dropFilter(
  sourceCode: SourceCode,
  owner: TSESTree.ObjectExpression,
  property: TSESTree.Property,
): Edit {
  const reason = "the pattern then matches more events";
  if (owner.properties.length > 1)
    return lower(removeProperty(sourceCode, owner, property), "suggestion", reason);
  const { parent } = wrapped(owner);
  return parent?.type === T.Property &&
    parent.parent.type === T.ObjectExpression &&
    staticKey(parent, parent.key) === "detail"
    ? lower(removeProperty(sourceCode, parent.parent, parent), "suggestion", reason)
    : refuse("the filter is not written in place");
}

/** Replaces a piece of the source of a node, if it stands there once. */
export function replaceIn(
  sourceCode: SourceCode,
  node: TSESTree.Node,
  before: string,
  after: string,
): Edit {
  const text = sourceCode.getText(node);
  const at = text.indexOf(before);
  if (at < 0 || text.includes(before, at + 1))
    return refuse("the text is not written in one piece");
  const start = node.range[0] + at;
  return makeEdit(sourceCode, [{ range: [start, start + before.length], text: after }]);
}
