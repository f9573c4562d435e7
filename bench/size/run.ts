/** Size of the helper in a bundle, and what a call costs that succeeds at once, beside the libraries that people use. */
import { createRequire } from "node:module";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ConnectClient, type ConnectClientConfig } from "@aws-sdk/client-connect";
import asyncRetry from "async-retry";
import { ExponentialBackoff, handleAll, retry } from "cockatiel";
import { backOff } from "exponential-backoff";
import pRetry from "p-retry";
import { backoffStrategy, sendWithBackoff, withBackoff } from "../../src/backoff/index.ts";
import { command } from "../helper/contestants.ts";
import { Service } from "../helper/service.ts";
import { median } from "../statistics.ts";

export interface SizeResult {
  readonly what: string;
  /** Bytes after minification, and after gzip. */
  readonly minified: number;
  readonly gzipped: number;
}

export interface OverheadResult {
  readonly what: string;
  /** Microseconds of a call above that of the same call without it; medians over the rounds. */
  readonly microseconds: number;
}

/** The bundler that comes with tsx, as far as it is used here. */
interface Bundler {
  buildSync(options: object): {
    readonly outputFiles: readonly { readonly contents: Uint8Array }[];
  };
}

const root = path.resolve(import.meta.dirname, "../..");
const helper = path.join(root, "src/backoff/index.ts");

const BUNDLES = {
  "sendWithBackoff alone": `export { sendWithBackoff } from ${JSON.stringify(helper)}`,
  "withBackoff alone": `export { withBackoff } from ${JSON.stringify(helper)}`,
  "backoffStrategy alone": `export { backoffStrategy } from ${JSON.stringify(helper)}`,
  "mapPaced alone": `export { mapPaced } from ${JSON.stringify(helper)}`,
  "the whole helper": `export * from ${JSON.stringify(helper)}`,
  "p-retry": `export { default } from "p-retry"`,
  "exponential-backoff": `export { backOff } from "exponential-backoff"`,
  "async-retry": `export { default } from "async-retry"`,
  cockatiel: `export { ExponentialBackoff, handleAll, retry } from "cockatiel"`,
};

/** Bundles of what a user imports, without what is left out by tree shaking. */
export function measureSize(): SizeResult[] {
  const fromTsx = createRequire(createRequire(import.meta.url).resolve("tsx/package.json"));
  const bundler = fromTsx("esbuild") as Bundler;
  return Object.entries(BUNDLES).map(([what, contents]) => {
    const { outputFiles } = bundler.buildSync({
      stdin: { contents, resolveDir: root, loader: "ts" },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
    });
    const bundle = outputFiles[0]?.contents ?? new Uint8Array();
    if (bundle.length === 0) throw new Error(`The bundle of ${what} is empty.`);
    return { what, minified: bundle.length, gzipped: gzipSync(bundle, { level: 9 }).length };
  });
}

interface Side {
  readonly what: string;
  readonly call: () => PromiseLike<unknown>;
}

/** Sides take turns within each round; the first is what the others are compared with. */
async function compare(
  [bare, ...others]: readonly [Side, ...Side[]],
  rounds: number,
  callsPerRound: number,
): Promise<OverheadResult[]> {
  const times = new Map<Side, number[]>([bare, ...others].map((side) => [side, []]));
  // The first rounds warm up.
  for (let round = -2; round < rounds; round++) {
    for (const [side, measured] of times) {
      const start = performance.now();
      for (let i = 0; i < callsPerRound; i++) await side.call();
      if (round >= 0) measured.push(((performance.now() - start) * 1000) / callsPerRound);
    }
  }
  const of = (side: Side): number => median(times.get(side) ?? []);
  return others.map((side) => ({ what: side.what, microseconds: of(side) - of(bare) }));
}

/** Around a function that succeeds at once. */
export function measureWrappers(rounds = 15, callsPerRound = 5000): Promise<OverheadResult[]> {
  const succeed = (): Promise<number> => Promise.resolve(1);
  const policy = retry(handleAll, { maxAttempts: 10, backoff: new ExponentialBackoff() });
  return compare(
    [
      { what: "nothing", call: succeed },
      { what: "withBackoff", call: () => withBackoff(succeed) },
      { what: "p-retry", call: () => pRetry(succeed) },
      { what: "exponential-backoff", call: () => backOff(succeed) },
      { what: "async-retry", call: () => asyncRetry(succeed) },
      { what: "cockatiel", call: () => policy.execute(succeed) },
    ],
    rounds,
    callsPerRound,
  );
}

/** Around a call of the real client, whose requests are answered in the same process without delay. */
export function measureCalls(rounds = 15, callsPerRound = 300): Promise<OverheadResult[]> {
  const { handler } = new Service({ rate: 1, burst: 1 });
  const create = (config: object): ConnectClient =>
    new ConnectClient({
      region: "us-east-1",
      credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
      requestHandler: handler as NonNullable<ConnectClientConfig["requestHandler"]>,
      ...config,
    });
  const plain = create({});
  const withStrategy = create({ retryStrategy: backoffStrategy() });
  return compare(
    [
      { what: "client.send", call: () => plain.send(command("+15550100")) },
      { what: "sendWithBackoff", call: () => sendWithBackoff(plain, command("+15550100")) },
      { what: "backoffStrategy", call: () => withStrategy.send(command("+15550100")) },
    ],
    rounds,
    callsPerRound,
  );
}
