/** The one resolver: which client, which operation is this call? */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { calleeMember, calleeName, staticKey, unwrap } from "../../ast/nodes.ts";
import {
  clientPackageOf,
  operation,
  operationFromMethod,
  operationOfCommand,
  operationOfDocumentMethod,
} from "../../knowledge/index.ts";
import { helperExport } from "../helper.ts";
import { once } from "../once.ts";
import { annotatedTypes } from "../program/annotation.ts";
import { type ImportedName, importedName } from "../program/binding.ts";
import { declarationsAt, declaringPackages, namedTypesAt, typeAt } from "../program/checker.ts";
import { originsOf } from "../program/values.ts";
import { unitOf } from "../program/unit.ts";
import type { SdkCall } from "./call.ts";
import { clientClassAt } from "./client-class.ts";
import { type ClientClass, isDocumentClass, isJudgedPackage, isOfTheSdk } from "./service.ts";
import { isCallShaped, isSpeltAsPaginator } from "./spelling.ts";

/**
 * The judged AWS call that a call expression makes. The spelling of the callee is looked at first, so that the checker is asked
 * about nothing that cannot be one.
 */
export const sdkCallAt = once((node: TSESTree.CallExpression): SdkCall | undefined =>
  isCallShaped(node) ? identify(node) : undefined,
);

/** Members of every client and of `Object` that are no operations. */
const NOT_OPERATIONS = new Set([
  "destroy",
  "send",
  "makeRequest",
  "makeUnauthenticatedRequest",
  "setupRequestListeners",
  "defineService",
  "waitFor",
  "on",
  "toString",
]);

function identify(node: TSESTree.CallExpression): SdkCall | undefined {
  const name = calleeName(node) ?? "";
  const callee = calleeMember(node);
  if (helperExport(node.callee) === "sendWithBackoff")
    return sent(node, node.arguments[0], node.arguments[1], "helper");
  if (isSpeltAsPaginator(name)) return paginator(node, name, callee);
  if (callee === undefined) return undefined;
  return name === "send" ? send(node, callee) : method(node, name, callee);
}

function send(
  node: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
): SdkCall | undefined {
  if (
    clientClassAt(callee.object) === undefined &&
    typeAt(callee.object) !== undefined &&
    !sendsForTheSdk(callee)
  )
    return undefined;
  return sent(node, callee.object, node.arguments[0], "send");
}

function sent(
  node: TSESTree.CallExpression,
  receiver: TSESTree.Node | undefined,
  command: TSESTree.Node | undefined,
  style: "helper" | "send",
): SdkCall | undefined {
  if (
    receiver === undefined ||
    command === undefined ||
    receiver.type === T.SpreadElement ||
    command.type === T.SpreadElement
  )
    return undefined;
  const client = clientClassAt(receiver);
  // v2 requests have a `send` of their own; their operation's call is what is judged.
  if (client?.api === "v2") return undefined;
  const resolved = commandAt(command);
  const packageName = resolved?.package ?? client?.package;
  if (packageName === undefined) return undefined;
  return {
    node,
    api: "v3",
    style,
    package: packageName,
    operation: resolved?.operation,
    facts:
      resolved?.operation === undefined ? undefined : operation(packageName, resolved.operation),
    client: receiver,
    clientClass: client?.name,
    command,
    input: resolved?.input,
  };
}

/** A `Pick<ConnectClient, "send">` has no class, but its `send` is declared by the SDK. */
function sendsForTheSdk(callee: TSESTree.MemberExpression): boolean {
  return declaringPackages(callee.property).some(isOfTheSdk);
}

interface Command {
  readonly package: string;
  /** `undefined` where it can be one of several. */
  readonly operation: string | undefined;
  readonly input: TSESTree.Node | undefined;
}

/** The command that an expression is, by the class that it was made from, by type, or by its annotation. */
export function commandAt(expression: TSESTree.Node): Command | undefined {
  const { nodes, complete } = originsOf(expression);
  const made = nodes.filter((node) => node.type === T.NewExpression);
  const traced = commandsAmong(expression, made.flatMap(importedClass));
  // The type of a command that is seen to be made says no more, and takes the checker longer than all else.
  const isSeen = complete && traced.length > 0 && traced.length === nodes.length;
  const commands = isSeen ? traced : typedCommands(expression, traced);
  const [first] = commands;
  if (first === undefined) return undefined;
  const isOne = commands.every(({ operation: name }) => name === first.operation);
  return {
    package: first.package,
    operation: isOne ? first.operation : undefined,
    input: made.length === 1 ? made[0]?.arguments[0] : undefined,
  };
}

interface NamedCommand {
  readonly package: string;
  readonly operation: string;
}

/** The commands that the type of an expression names; where it names none, those that it was traced to, or is annotated with. */
function typedCommands(
  expression: TSESTree.Node,
  traced: readonly NamedCommand[],
): readonly NamedCommand[] {
  // Behind `as never` and `as any`, which people write to please `send`, the type is still there.
  const types = [...namedTypesAt(expression), ...namedTypesAt(unwrap(expression))];
  const typed = commandsAmong(
    expression,
    types.map((type) => ({ module: type.package.name, name: type.name })),
  );
  if (typed.length > 0) return typed;
  if (traced.length > 0 || types.length > 0) return traced;
  return commandsAmong(expression, annotatedTypes(expression).map(classOf));
}

interface Class {
  readonly module: string;
  readonly name: string;
}

function classOf({ module, path }: ImportedName): Class {
  return { module, name: path.at(-1) ?? "" };
}

function importedClass({ callee }: TSESTree.NewExpression): readonly Class[] {
  const imported = importedName(callee);
  return imported === undefined ? [] : [classOf(imported)];
}

function commandsAmong(
  expression: TSESTree.Node,
  classes: readonly Class[],
): readonly NamedCommand[] {
  const { settings } = unitOf(expression);
  return classes.flatMap(({ module, name }) => {
    const commandName = /^([A-Z]\w+)Command$/.exec(name)?.[1];
    if (commandName === undefined || !isJudgedPackage(settings, module)) return [];
    const operationName = operationOfCommand(module, commandName);
    return operationName === undefined
      ? []
      : [{ package: clientPackageOf(module), operation: operationName }];
  });
}

function method(
  node: TSESTree.CallExpression,
  name: string,
  callee: TSESTree.MemberExpression,
): SdkCall | undefined {
  if (NOT_OPERATIONS.has(name)) return undefined;
  const client = clientClassAt(callee.object);
  if (client === undefined || (client.api === "v3" && client.name.endsWith("Client")))
    return undefined;
  const operationName = operationOfMethod(client, name);
  if (operationName === undefined) return undefined;
  return {
    node,
    api: client.api,
    style: client.api === "v2" ? "request" : "method",
    package: client.package,
    operation: operationName,
    facts: operation(client.package, operationName),
    client: callee.object,
    clientClass: client.name,
    command: undefined,
    input: node.arguments[0],
  };
}

function operationOfMethod(client: ClientClass, name: string): string | undefined {
  if (isDocumentClass(client)) return operationOfDocumentMethod(name);
  const facts = operationFromMethod(client.package, name);
  return facts?.name ?? name.charAt(0).toUpperCase() + name.slice(1);
}

function paginator(
  node: TSESTree.CallExpression,
  name: string,
  callee: TSESTree.MemberExpression | undefined,
): SdkCall | undefined {
  const operationName = name.slice("paginate".length);
  const ofClient = callee === undefined ? undefined : clientClassAt(callee.object);
  const packageName = ofClient?.package ?? paginatorPackage(node);
  if (packageName === undefined) return undefined;
  const client = ofClient === undefined ? configuredClient(node.arguments[0]) : callee?.object;
  return {
    node,
    api: "v3",
    style: "paginator",
    package: packageName,
    operation: operationName,
    facts: operation(packageName, operationName),
    client,
    clientClass: ofClient?.name,
    command: undefined,
    input: node.arguments[ofClient === undefined ? 1 : 0],
  };
}

function paginatorPackage(node: TSESTree.CallExpression): string | undefined {
  const { settings } = unitOf(node);
  const callee = unwrap(node.callee);
  const imported = importedName(callee);
  if (imported !== undefined && isJudgedPackage(settings, imported.module))
    return clientPackageOf(imported.module);
  const named = callee.type === T.MemberExpression ? callee.property : callee;
  for (const declared of declarationsAt(named)) {
    if (declared.kind === "package" && isJudgedPackage(settings, declared.package.name))
      return clientPackageOf(declared.package.name);
  }
  return undefined;
}

/** `client` of a paginator's first argument, `{ client, pageSize }`. */
function configuredClient(config: TSESTree.Node | undefined): TSESTree.Node | undefined {
  if (config === undefined) return undefined;
  for (const origin of originsOf(config).nodes) {
    if (origin.type !== T.ObjectExpression) continue;
    for (const property of origin.properties) {
      if (property.type === T.Property && staticKey(property, property.key) === "client")
        return property.value;
    }
  }
  return undefined;
}
