/** One setting of a client: what it is set to, and whether the place where that is written is the client's own. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { unwrap } from "../../ast/nodes.ts";
import { helperExport } from "../helper.ts";
import { variableOf } from "../program/binding.ts";
import { typeAt } from "../program/checker.ts";
import { stringOf } from "../program/constant.ts";
import { type KeyLookup, lookUp } from "../program/object.ts";
import { originsOf } from "../program/values.ts";
import { type Construction, configurationOf } from "./construction.ts";

export interface Setting extends KeyLookup {
  /** The only value that it can have. */
  readonly value: TSESTree.Node | undefined;
  /** The property that sets it, where that is written down once. */
  readonly property: TSESTree.Property | undefined;
  /** The literal of that property, if it configures this client and nothing else. */
  readonly own: TSESTree.ObjectExpression | undefined;
}

/** Looks a setting up in the configuration of a client. */
export function settingOf(construction: Construction, key: string): Setting {
  const config = configurationOf(construction);
  return settingIn(config, key);
}

/** Looks a setting up in an options argument. */
export function settingIn(options: TSESTree.Node | undefined, key: string): Setting {
  const found = lookUp(options, key);
  const property = found.properties.length === 1 ? found.properties[0] : undefined;
  const literal = options === undefined ? undefined : ownLiteral(options);
  const own = property !== undefined && property.parent === literal ? literal : undefined;
  return {
    ...found,
    value: found.values.length === 1 ? found.values[0] : undefined,
    property,
    own,
  };
}

/** The object literal that an argument is, in place or in a constant that nothing else reads. */
export function ownLiteral(argument: TSESTree.Node): TSESTree.ObjectExpression | undefined {
  const node = unwrap(argument);
  if (node.type === T.ObjectExpression) return node;
  if (node.type !== T.Identifier) return undefined;
  const variable = variableOf(node);
  const declarator = variable?.defs[0]?.node;
  const reads = variable?.references.filter((reference) => !reference.init) ?? [];
  if (declarator?.type !== T.VariableDeclarator || declarator.init === null || reads.length !== 1)
    return undefined;
  if (declarator.parent.parent.type === T.ExportNamedDeclaration) return undefined;
  const init = unwrap(declarator.init);
  return init.type === T.ObjectExpression ? init : undefined;
}

/** Whether a value is there whenever its expression is evaluated: a setting that may be `undefined` leaves room for another. */
export function isSurelySet(expression: TSESTree.Node): boolean {
  const node = unwrap(expression);
  switch (node.type) {
    case T.NewExpression:
    case T.ObjectExpression:
    case T.ArrowFunctionExpression:
    case T.FunctionExpression:
      return true;
    case T.ConditionalExpression:
      return isSurelySet(node.consequent) && isSurelySet(node.alternate);
    case T.LogicalExpression:
      return node.operator !== "&&" && isSurelySet(node.right);
    default: {
      if (node.type === T.CallExpression && helperExport(node.callee) === "backoffStrategy")
        return true;
      const type = typeAt(node);
      if (type !== undefined) return type.getNonNullableType() === type;
      return node.type === T.Identifier && isConstantSet(node);
    }
  }
}

function isConstantSet(id: TSESTree.Identifier): boolean {
  const declarator = variableOf(id)?.defs[0]?.node;
  if (declarator?.type !== T.VariableDeclarator || declarator.parent.kind !== "const") return false;
  return (
    declarator.init !== null && declarator.id.type === T.Identifier && isSurelySet(declarator.init)
  );
}

/** The string that a value always is; members of the SDK's `RETRY_MODES` included. */
export function modeOf(value: TSESTree.Node): string | undefined {
  const node = unwrap(value);
  if (
    node.type === T.MemberExpression &&
    node.object.type === T.Identifier &&
    node.object.name === "RETRY_MODES"
  ) {
    return node.property.type === T.Identifier ? node.property.name.toLowerCase() : undefined;
  }
  return stringOf(value);
}

/** The one expression that makes a value, where it cannot be another. */
export function makerOf(value: TSESTree.Node): TSESTree.Node | undefined {
  const { nodes, complete } = originsOf(value);
  return complete && nodes.length === 1 ? nodes[0] : undefined;
}
