/**
 * What is known of AWS clients and of what stands around them: the lookups that the rest of the plugin uses. Operations, errors and quotas
 * are those of the Amazon Connect family, and undefined for others; document clients, long polls, pages and `readOnlyByName` speak of other
 * services too.
 */
import {
  expandService,
  operationsOf,
  servicesByPackage,
  type OperationFacts,
  type ServiceFacts,
} from "./tables.ts";

export * from "./danger.ts";
export * from "./document-clients.ts";
export * from "./errors.ts";
export * from "./libraries.ts";
export * from "./long-polls.ts";
export * from "./pacing.ts";
export * from "./pages.ts";
export * from "./quotas.ts";
export { readOnlyByName } from "./read-only.ts";
export * from "./sdk-eras.ts";
export type { FailureListFacts, OperationFacts, ServiceFacts } from "./tables.ts";

/** Names of the client packages of the Connect family. */
export const connectFamily: readonly string[] = [...servicesByPackage.keys()];

/** Whether a package is one of the Connect family's clients. The name must be exact: `client-connect` is not `client-connectcases`. */
export function isConnectFamilyPackage(packageName: string): boolean {
  return servicesByPackage.has(packageName);
}

/** The service behind a v3 client package. */
export function serviceOf(packageName: string): ServiceFacts | undefined {
  return expandService(packageName);
}

/** The service behind a class of SDK v2, such as `Connect` in `new AWS.Connect()`. */
export function serviceOfV2(className: string): ServiceFacts | undefined {
  const packed = [...servicesByPackage.values()].find(({ v2Name }) => v2Name === className);
  return packed && expandService(packed.packageName);
}

/** An operation by its name in the API, such as `ListUsers`. */
export function operation(packageName: string, operationName: string): OperationFacts | undefined {
  return operationsOf(packageName).get(operationName);
}

/** An operation by its method on an aggregated client or a v2 service, such as `listUsers`. */
export function operationFromMethod(
  packageName: string,
  methodName: string,
): OperationFacts | undefined {
  if (!/^[a-z]/.test(methodName)) return undefined;
  return operation(packageName, methodName.charAt(0).toUpperCase() + methodName.slice(1));
}

/** The operation that an exported paginator, such as `paginateListUsers`, calls. */
export function operationFromPaginator(
  packageName: string,
  paginatorName: string,
): OperationFacts | undefined {
  const found = operation(packageName, paginatorName.replace(/^paginate/, ""));
  return found?.paginator === paginatorName ? found : undefined;
}

/** Names of all operations of a package, sorted; empty outside of the family. */
export function operationNames(packageName: string): readonly string[] {
  return [...operationsOf(packageName).keys()];
}
