/** Calls of Amazon Connect that dial a number under an idempotency token, for tests of what their attempts make anew. */
import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/utils";
import { type Attempt, attemptOf } from "../../../src/model/retry/per-attempt.ts";
import { retryPaths } from "../../../src/model/retry/paths.ts";
import { sdkCallAt } from "../../../src/model/sdk/identify.ts";
import { withModel } from "../../support/model.ts";

const PRELUDE = `
import { ConnectClient, StartOutboundVoiceContactCommand } from "@aws-sdk/client-connect";
import nodeCrypto, { createHash, randomBytes, randomUUID } from "node:crypto";
import { v4 as uuid, v5 } from "uuid";
import { nanoid } from "nanoid";
import { ulid } from "ulid";
import cuid from "cuid";
import { createId } from "@paralleldrive/cuid2";
declare const client: ConnectClient;
declare const sleep: (ms: number) => Promise<void>;
declare const hash: (text: string) => string;
declare const ours: { randomUUID(): string };
const again = async <R>(fn: (n: number) => Promise<R>): Promise<R> => { for (let n = 0; ; n++) { try { return await fn(n); } catch (error) { if (n > 3) throw error; await sleep(9); } } };
const makeToken = () => randomUUID();
const sameToken = () => "token";
`;
/** The call with a marked token. */
export const start = (token: string): string =>
  `/*target*/ client.send(new StartOutboundVoiceContactCommand({ InstanceId: "i", ContactFlowId: "f", DestinationPhoneNumber: to, ClientToken: /*target*/ ${token} }))`;
export const dial = (body: string): string => `export async function dial(to: string) { ${body} }`;
export const inLoop = (attempt: string): string =>
  `for (let attempt = 0; attempt < 3; attempt++) { try { ${attempt} } catch { await sleep(9); } }`;

interface Place {
  readonly call: TSESTree.CallExpression;
  readonly attempts: readonly Attempt[];
  /** The other marked nodes. */
  readonly others: readonly TSESTree.Node[];
}

/** Reads the call, the attempts on the first way to it, and the other marked nodes. */
export function at<Result>(code: string, read: (place: Place) => Result): Result {
  return withModel({ "file.ts": PRELUDE + code }, (_unit, targets) => {
    const call = targets.find(
      (node): node is TSESTree.CallExpression =>
        node.type === T.CallExpression && sdkCallAt(node) !== undefined,
    );
    if (call === undefined) throw new Error("No call is marked.");
    const [path] = retryPaths(call);
    const attempts = path?.layers.flatMap((layer) => attemptOf(call, path, layer) ?? []) ?? [];
    return read({ call, attempts, others: targets.filter((node) => node !== call) });
  });
}
