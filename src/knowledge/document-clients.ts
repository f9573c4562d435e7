/**
 * DynamoDB's document clients, which take plain values for attributes: another way to the operations of the same service, with names of their
 * own. Source: the exports of `@aws-sdk/lib-dynamodb` 3.x and `lib/dynamodb/document_client.js` of `aws-sdk` 2.1693, both of November 2026.
 */

/** The package of DynamoDB's client, which stands behind all of them. */
export const DYNAMODB = "@aws-sdk/client-dynamodb";

const LIBRARY = "@aws-sdk/lib-dynamodb";

/** The operations that document clients have, by the names that those give them. */
const operations: ReadonlyMap<string, string> = new Map([
  ["BatchExecuteStatement", "BatchExecuteStatement"],
  ["BatchGet", "BatchGetItem"],
  ["BatchWrite", "BatchWriteItem"],
  ["Delete", "DeleteItem"],
  ["ExecuteStatement", "ExecuteStatement"],
  ["ExecuteTransaction", "ExecuteTransaction"],
  ["Get", "GetItem"],
  ["Put", "PutItem"],
  ["Query", "Query"],
  ["Scan", "Scan"],
  ["TransactGet", "TransactGetItems"],
  ["TransactWrite", "TransactWriteItems"],
  ["Update", "UpdateItem"],
]);

/** The client package whose operations a package sends: its own name, but for the library of document clients. */
export function clientPackageOf(packageName: string): string {
  return packageName === LIBRARY ? DYNAMODB : packageName;
}

/** Whether a class is a document client, of either version of the SDK: `DynamoDBDocument(Client)`, `DynamoDB.DocumentClient`. */
export function isDocumentClient(packageName: string, className: string): boolean {
  return (
    packageName === DYNAMODB && /^(?:DynamoDBDocument(?:Client)?|DocumentClient)$/.test(className)
  );
}

/**
 * The operation behind a command of a package, `PutItem` for `PutCommand` of the library.
 * @param commandName - without `Command`
 * @returns `undefined` where the package has no such command
 */
export function operationOfCommand(packageName: string, commandName: string): string | undefined {
  return packageName === LIBRARY ? operations.get(commandName) : commandName;
}

/** The operation behind a method of a document client; `undefined` for what only makes or configures something. */
export function operationOfDocumentMethod(name: string): string | undefined {
  return /^[a-z]/.test(name)
    ? operations.get(name.charAt(0).toUpperCase() + name.slice(1))
    : undefined;
}
