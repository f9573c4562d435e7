/** What happens to an object literal after it was written down. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { ancestors, calleeMember, memberName, wrapped } from "../../ast/nodes.ts";
import {
  importedName,
  isGlobal,
  isObjectMethod,
  isTypePosition,
  variablesDeclaredBy,
} from "./binding.ts";
import { isWritten } from "./members.ts";
import { functionsOf } from "./values.ts";
import { unitOf } from "./unit.ts";

/** One place where a key of the object may change, and whether it is passed wherever the object is used. */
export type LaterWrite = Write & { readonly isCertain: boolean };

type Write =
  /** `object.key = node` */
  | { readonly kind: "value"; readonly node: TSESTree.Node }
  /** `Object.assign(object, node)` */
  | { readonly kind: "merged"; readonly node: TSESTree.Node }
  /** `object[computed] = …`, or the object goes to a function that may set the key. */
  | { readonly kind: "unknown" };

/** The places after a literal's declaration that may set a key of it, in source order; none for a literal that has no name. */
export function laterWrites(
  literal: TSESTree.ObjectExpression,
  key: string,
): readonly LaterWrite[] {
  const { parent } = wrapped(literal);
  if (parent?.type !== T.VariableDeclarator || parent.id.type !== T.Identifier) return [];
  return variablesDeclaredBy(parent)
    .flatMap((variable) => variable.references)
    .filter((reference) => reference.isRead() && !isTypePosition(reference.identifier))
    .flatMap(({ identifier }) =>
      writesBy(identifier, key).map((write) => ({
        ...write,
        isCertain: isCertain(identifier, blockOf(parent)),
      })),
    );
}

/** The statements among which a variable is declared. */
function blockOf({ parent }: TSESTree.VariableDeclarator): TSESTree.Node {
  return parent.parent.type === T.ExportNamedDeclaration ? parent.parent.parent : parent.parent;
}

/** Whether nothing decides on the way from a block to a node of it: no branch, no loop, no other function. */
function isCertain(node: TSESTree.Node, block: TSESTree.Node): boolean {
  for (const ancestor of ancestors(node)) {
    if (ancestor === block) return true;
    if (!ALWAYS_RUN.has(ancestor.type)) return false;
  }
  return false;
}

const ALWAYS_RUN: ReadonlySet<string> = new Set([
  T.AssignmentExpression,
  T.AwaitExpression,
  T.BlockStatement,
  T.CallExpression,
  T.ExpressionStatement,
  T.MemberExpression,
  T.UnaryExpression,
  T.VariableDeclaration,
  T.VariableDeclarator,
]);

function writesBy(use: TSESTree.Node, key: string): readonly Write[] {
  const node = wrapped(use);
  const { parent } = node;
  if (parent?.type === T.MemberExpression && parent.object === node)
    return writesToMember(parent, key);
  if (parent?.type !== T.CallExpression || parent.callee === node) return [];
  const index = parent.arguments.findIndex((argument) => argument === node);
  if (isObjectMethod(parent, "assign")) {
    return index === 0
      ? parent.arguments.slice(1).map((source) => ({ kind: "merged", node: source }))
      : [];
  }
  return maySet(parent, key) ? [{ kind: "unknown" }] : [];
}

function writesToMember(member: TSESTree.MemberExpression, key: string): readonly Write[] {
  const { parent } = member;
  const name = memberName(member);
  if (!isWritten(member) || (name !== undefined && name !== key)) return [];
  return name === key && parent.type === T.AssignmentExpression && parent.operator === "="
    ? [{ kind: "value", node: parent.right }]
    : [{ kind: "unknown" }];
}

/** Whether a function that is handed the object may set the key: one that cannot be seen, or that names the key. */
function maySet(call: TSESTree.CallExpression, key: string): boolean {
  const owner = calleeMember(call)?.object;
  if (owner !== undefined && ["console", "JSON", "Object"].some((name) => isGlobal(owner, name)))
    return false;
  const { functions, complete } = functionsOf(call.callee);
  // A package reads the options that it is given; a file of the project may have a name like one.
  const imported = functions.length > 0 ? undefined : importedName(call.callee);
  if (imported !== undefined && /^(?:@[\w-]|[a-z])/.test(imported.module)) return false;
  return (
    !complete ||
    functions.some((fn) =>
      unitOf(fn)
        .text.slice(...fn.range)
        .includes(key),
    )
  );
}
