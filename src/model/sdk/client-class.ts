/** Which AWS client an expression is: by type, else by the class that it was constructed from. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import {
  calleeMember,
  calleeName,
  type ClassNode,
  enclosingClass,
  isClass,
  memberName,
} from "../../ast/nodes.ts";
import { DYNAMODB, isDocumentClient, serviceOf } from "../../knowledge/index.ts";
import { once } from "../once.ts";
import { annotatedTypes } from "../program/annotation.ts";
import { type ImportedName, importedName, isGlobal } from "../program/binding.ts";
import { declarationsAt, declarationsOf, namedTypesAt, typeAt } from "../program/checker.ts";
import { originsOf } from "../program/values.ts";
import { lookUp } from "../program/object.ts";
import { unitOf } from "../program/unit.ts";
import { importsClients } from "./reach.ts";
import { exportOfReturnedSdk } from "./returned-module.ts";
import {
  type ClientClass,
  clientClassOfImport,
  clientClassOfType,
  isDocumentClass,
  isJudgedPackage,
  isOfTheSdk,
} from "./service.ts";

/** The judged client class that an expression is an instance of; `undefined` where it is another thing or cannot be told. */
export const clientClassAt = once(
  (expression: TSESTree.Node): ClientClass | undefined =>
    seenClient(expression) ??
    (isTyped(expression) ? typedClient(expression) : tracedClient(expression)),
  // Asking again on the way (a recursive factory) adds nothing.
  { value: undefined },
);

/**
 * The client that an expression is seen to be made as, or is annotated with. Its type says no more, and what the SDK's clients and their
 * configuration look like takes the checker longer than all else. Not looked for in files that name no client, where most receivers are none.
 */
function seenClient(expression: TSESTree.Node): ClientClass | undefined {
  if (!importsClients(unitOf(expression).text)) return undefined;
  const { nodes, complete } = originsOf(expression, { intoCallers: false });
  const classes = nodes.map((origin) =>
    origin.type === T.NewExpression ? importedClass(origin.callee) : documentClient(origin),
  );
  const [seen] = classes;
  const isOne = classes.every(
    (item) => item !== undefined && item.name === seen?.name && item.package === seen.package,
  );
  return complete && isOne ? seen : annotatedClient(expression);
}

function annotatedClient(expression: TSESTree.Node): ClientClass | undefined {
  const [type, ...others] = annotatedTypes(expression);
  return type === undefined || others.length > 0 ? undefined : importedClass(type.node, type);
}

function isTyped(expression: TSESTree.Node): boolean {
  return typeAt(expression) !== undefined;
}

function typedClient(expression: TSESTree.Node): ClientClass | undefined {
  const unit = unitOf(expression);
  const types = namedTypesAt(expression);
  for (const type of types) {
    // A subclass or the aggregated client (`Connect extends ConnectClient`) comes before what it inherits from.
    const found = clientClassOfType(unit.settings, type);
    if (found !== undefined && isClientName(found)) return found;
  }
  // A class of the project whose base the checker does not know: the SDK is not installed.
  return first(types, ({ symbol }) =>
    first(declarationsOf(unit, symbol), (declared) =>
      declared.kind === "node" && isClass(declared.node) ? clientBehind(declared.node) : undefined,
    ),
  );
}

function tracedClient(expression: TSESTree.Node): ClientClass | undefined {
  if (expression.type === T.ThisExpression) {
    const owner = enclosingClass(expression);
    return owner === undefined ? undefined : clientBehind(owner);
  }
  return (
    first(originsOf(expression).nodes, (origin) =>
      origin.type === T.NewExpression
        ? classConstructed(origin)
        : (documentClient(origin) ?? passedThrough(origin)),
    ) ?? first(annotatedTypes(expression), (name) => importedClient(expression, name))
  );
}

/**
 * The judged client class that a `new` expression builds, subclasses of the project included. What is built around another client, which does
 * the sending and the retrying, is none.
 */
export function constructedClient(node: TSESTree.NewExpression): ClientClass | undefined {
  const found = classConstructed(node);
  if (found === undefined || !isDocumentClass(found)) return found;
  return found.api === "v2" && serviceOption(node) === undefined ? found : undefined;
}

function classConstructed(node: TSESTree.NewExpression): ClientClass | undefined {
  // `new Map()`, `new Date()`: the platform builds no clients, and nobody needs to be asked.
  if (node.callee.type === T.Identifier && isGlobal(node.callee, node.callee.name))
    return undefined;
  const direct = importedClass(node.callee);
  if (direct !== undefined) return direct;
  // Commands, exceptions, credentials.
  if (isOfTheSdk(importedName(node.callee)?.module ?? "")) return undefined;
  if (isTyped(node)) return typedClient(node);
  const returned = exportOfReturnedSdk(node.callee);
  if (returned !== undefined) return importedClient(node, returned);
  return first(originsOf(node.callee, { intoCallers: false }).nodes, classOfOrigin);
}

/** The client class that a name stands for; the declaration of the name knows the installed package. */
function importedClass(
  name: TSESTree.Node,
  imported = importedName(name),
): ClientClass | undefined {
  const found = importedClient(name, imported);
  if (found === undefined) return undefined;
  const [declared] = declarationsAt(name);
  return declared?.kind === "package" ? { ...found, installed: declared.package } : found;
}

/** What a class origin builds: a class of the project by its base, an imported one by its name. */
function classOfOrigin(origin: TSESTree.Node): ClientClass | undefined {
  if (isClass(origin)) return clientBehind(origin);
  return importedClient(origin, importedName(origin));
}

function importedClient(
  where: TSESTree.Node,
  imported: ImportedName | undefined,
): ClientClass | undefined {
  const found =
    imported === undefined ? undefined : clientClassOfImport(unitOf(where).settings, imported);
  return found !== undefined && isClientName(found) ? found : undefined;
}

/** The client that a class of the project extends, at whatever remove. */
function clientBehind({ superClass }: ClassNode, depth = 0): ClientClass | undefined {
  if (superClass === null || depth > MAX_BASES) return undefined;
  return first(originsOf(superClass, { intoCallers: false }).nodes, (origin) =>
    isClass(origin) ? clientBehind(origin, depth + 1) : classOfOrigin(origin),
  );
}

const MAX_BASES = 8;

function first<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Result | undefined,
): Result | undefined {
  for (const item of items) {
    const found = read(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The client that another one works through: tracing libraries return what they are given (`captureAWSv3Client(client)`,
 * `captureAWSClient(client)`), document clients are built around one.
 */
export function passedClient(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === T.NewExpression) {
    const found = judgesDocuments(node) ? classConstructed(node) : undefined;
    if (found === undefined || !isDocumentClass(found)) return undefined;
    return found.api === "v2" ? serviceOption(node) : undefined;
  }
  if (node.type !== T.CallExpression) return undefined;
  if (documentClient(node) !== undefined) return node.arguments[0];
  return /^captureAWS(?:v3)?Client$/.test(calleeName(node) ?? "") ? node.arguments[0] : undefined;
}

function judgesDocuments(node: TSESTree.Node): boolean {
  return isJudgedPackage(unitOf(node).settings, DYNAMODB);
}

/** The option by which a document client of SDK v2 is given the client that it works through. */
function serviceOption({
  arguments: [options],
}: TSESTree.NewExpression): TSESTree.Node | undefined {
  const { answer, values } = lookUp(options, "service");
  return answer === "yes" ? (values[0] ?? options) : undefined;
}

/** The document client that `DynamoDBDocumentClient.from(client)` makes. */
function documentClient(node: TSESTree.Node): ClientClass | undefined {
  const callee = node.type === T.CallExpression ? calleeMember(node) : undefined;
  if (callee === undefined || memberName(callee) !== "from") return undefined;
  const { object } = callee;
  const isBuiltIn = object.type === T.Identifier && isGlobal(object, object.name);
  if (isBuiltIn || !judgesDocuments(node)) return undefined;
  const found =
    importedClass(object) ?? first(originsOf(object, { intoCallers: false }).nodes, classOfOrigin);
  return found?.api === "v3" && isDocumentClass(found) ? found : undefined;
}

function passedThrough(node: TSESTree.Node): ClientClass | undefined {
  const inner = passedClient(node);
  return inner === undefined ? undefined : clientClassAt(inner);
}

/** A package exports more than its clients: commands, exceptions, shapes, and (as a type) itself. */
function isClientName({ api, name, package: packageName }: ClientClass): boolean {
  if (api === "v2" || /^[A-Z]\w*Client$/.test(name) || isDocumentClient(packageName, name))
    return true;
  const service = serviceOf(packageName);
  if (service !== undefined) return name === service.aggregatedName;
  // Outside the family the aggregated client is named like its package: `AutoScaling` of `client-auto-scaling`. Errors can
  // have any name (`NoSuchKey`).
  const [, suffix] = /^@aws-sdk\/client-(.+)$/.exec(packageName) ?? [];
  return name.toLowerCase() === suffix?.replaceAll("-", "");
}
