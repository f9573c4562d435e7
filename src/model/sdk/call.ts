/** A call of an AWS operation, whatever its spelling. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { OperationFacts } from "../../knowledge/index.ts";

export interface SdkCall {
  /** The call expression: `client.send(…)`, `connect.listUsers(…)`, `paginateListUsers(…)`; for v2 the operation's call. */
  readonly node: TSESTree.CallExpression;
  readonly api: "v2" | "v3";
  /** `helper` is the plugin's own `sendWithBackoff(client, command)`. */
  readonly style: "helper" | "method" | "paginator" | "request" | "send";
  /** The v3 package that holds the operation, also for v2 services: `@aws-sdk/client-connect`. */
  readonly package: string;
  /** As in the API, `ListUsers`; `undefined` where the command cannot be seen. */
  readonly operation: string | undefined;
  /** What the tables know; `undefined` for operations newer than they are and services outside the family. */
  readonly facts: OperationFacts | undefined;
  /** The expression that is the client. */
  readonly client: TSESTree.Node | undefined;
  /** The expression that is the command object of a `send`. */
  readonly command: TSESTree.Node | undefined;
  /** The expression that is the operation's input. */
  readonly input: TSESTree.Node | undefined;
  /** The class of the client as the API names it: `ConnectClient`, `Connect`. */
  readonly clientClass: string | undefined;
}
