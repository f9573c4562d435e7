/** The shapes that the SDK's declarations have had: the names are the SDK's, the declarations are reduced to what decides. */
import { describe, expect, it } from "vitest";
import { callsIn } from "./support.ts";

const PACKAGE = "node_modules/@aws-sdk/client-connect";

const eras: Readonly<Record<string, string>> = {
  "3.18: exceptions are interfaces, commands extend a class of the runtime": `
declare class SmithyClient<In, Out, Config> { readonly config: Config; constructor(config: Config); send<I extends In, O extends Out>(command: $Command<I, O>): Promise<O>; destroy(): void; }
declare abstract class $Command<In, Out> { abstract readonly input: In; readonly output?: Out; }
export interface ListUsersRequest { InstanceId: string | undefined }
export declare class ListUsersCommand extends $Command<ListUsersRequest, object> { readonly input: ListUsersRequest; constructor(input: ListUsersRequest); }
export interface ConnectClientConfig { region?: string; maxAttempts?: number }
export declare class ConnectClient extends SmithyClient<object, object, ConnectClientConfig> { constructor(configuration: ConnectClientConfig); }
export declare class Connect extends ConnectClient { listUsers(args: ListUsersRequest): Promise<object>; }
export interface ThrottlingException { name: "ThrottlingException"; $fault: "client" }`,
  "3.290: the same with documented commands": `
declare class Client<Config> { readonly config: Config; send(command: $Command): Promise<object>; }
declare abstract class $Command { abstract readonly input: object; }
declare const Client_base: new (config: ConnectClientConfig) => Client<ConnectClientConfig>;
export interface ListUsersCommandInput { InstanceId: string | undefined }
/**
 * @throws {@link ThrottlingException} (client fault)
 */
export declare class ListUsersCommand extends $Command { readonly input: ListUsersCommandInput; constructor(input: ListUsersCommandInput); }
export interface ConnectClientConfig { region?: string; maxAttempts?: number }
export declare class ConnectClient extends Client_base {}
export declare class Connect extends ConnectClient { listUsers(args: ListUsersCommandInput): Promise<object>; }
export declare class ThrottlingException extends Error { readonly name: "ThrottlingException"; }`,
  "3.622: commands extend a constant, the aggregated methods are an interface": `
interface CommandImpl<In> { readonly input: In; resolveMiddleware(): void }
export interface ListUsersCommandInput { InstanceId: string | undefined }
declare const ListUsersCommand_base: { new (input: ListUsersCommandInput): CommandImpl<ListUsersCommandInput>; getEndpointParameterInstructions(): object };
export declare class ListUsersCommand extends ListUsersCommand_base { protected static __types: { api: { input: ListUsersCommandInput } }; }
export interface ConnectClientConfig { region?: string; maxAttempts?: number }
export declare class ConnectClient { constructor(...[configuration]: [] | [ConnectClientConfig]); send(command: CommandImpl<never>): Promise<object>; }
export interface Connect { listUsers(args: ListUsersCommandInput): Promise<object>; }
export declare class Connect extends ConnectClient implements Connect {}`,
};

const PAGINATOR = `
export declare const paginateListUsers: (config: { client: ConnectClient }, input: object) => AsyncIterable<object>;`;

describe.each(Object.entries(eras))("%s", (_name, declarations) => {
  it("resolves every style", () => {
    expect(
      callsIn({
        "file.ts": `import { Connect, ConnectClient, ListUsersCommand, paginateListUsers } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
/*target*/client.send(new ListUsersCommand({ InstanceId: "" }));
const connect = new Connect({ maxAttempts: 8 });
/*target*/connect.listUsers({ InstanceId: "" });
/*target*/paginateListUsers({ client }, {});
export const f = (other: ConnectClient, command: ListUsersCommand) => /*target*/other.send(command as never);
export const g = <C extends ConnectClient>(other: C | undefined) => /*target*/other?.send(new ListUsersCommand({ InstanceId: "" }) as never);`,
        [`${PACKAGE}/package.json`]: `{ "name": "@aws-sdk/client-connect", "version": "3.0.0", "types": "index.d.ts" }`,
        [`${PACKAGE}/index.d.ts`]: declarations + PAGINATOR,
      }),
    ).toEqual([
      "send connect.ListUsers <- default",
      "method connect.ListUsers <- deliberate",
      "paginator connect.ListUsers <- default",
      "send connect.ListUsers <- ?",
      "send connect.ListUsers <- ?",
    ]);
  });
});
