/** The layers around the marked call of Amazon Connect in a program, for tests of what the model knows of them. */
import type { TSESTree } from "@typescript-eslint/utils";
import type { Layer } from "../../../src/model/retry/layer.ts";
import { retryPaths } from "../../../src/model/retry/paths.ts";
import { layersIn, type LocatedLayer } from "../../../src/model/retry/program-layers.ts";
import type { Unit } from "../../../src/model/program/unit.ts";
import { type ModelOptions, withModel } from "../../support/model.ts";

/** What every program of these tests begins with. */
export const PRELUDE = `
import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
declare const client: ConnectClient;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
`;

/** The call, on a user whose id is in scope as `UserId`. */
export const SEND = `/*target*/ client.send(new DescribeUserCommand({ InstanceId: "i", UserId }))`;

/** A function `get` with a body in which the call stands. */
export const getting = (body: string): string =>
  `export async function get(UserId: string) { ${body} }`;

type Files = Readonly<Record<string, string>>;

/** Reads the call and the layers of the first way to it. */
export function atCall<Result>(
  code: string,
  read: (call: TSESTree.CallExpression, layers: readonly Layer[]) => Result,
  files: Files = {},
): Result {
  return withModel({ "file.ts": PRELUDE + code, ...files }, (_unit, [target]) => {
    const call = target as TSESTree.CallExpression;
    return read(call, retryPaths(call)[0]?.layers ?? []);
  });
}

/** Reads the first layer that stands in the file and repeats the calls in it, with the targets. */
export function atLayer<Result>(
  code: string,
  read: (located: LocatedLayer, targets: readonly TSESTree.Node[], unit: Unit) => Result,
  options?: ModelOptions,
): Result {
  return withModel(
    { "file.ts": PRELUDE + code },
    (unit, targets) => {
      const [located] = layersIn(unit);
      if (located === undefined) throw new Error("Nothing in the file repeats the call.");
      return read(located, targets, unit);
    },
    options,
  );
}
