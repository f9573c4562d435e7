import { rule } from "../../src/rules/no-unthrottled-fan-out.ts";
import { ruleTester } from "../support/rule-tester.ts";

const IMPORT = `import { ConnectClient, DescribeUserCommand, ListUsersCommand, StopContactCommand } from "@aws-sdk/client-connect";`;
const HELPER = `import { mapPaced } from "eslint-plugin-connect-resilience/backoff";`;
const CLIENT = `const client = new ConnectClient({ maxAttempts: 8 });`;
const DESCRIBE = `const describe = (id: string) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }));`;
const HEAD = `${IMPORT}\n${CLIENT}\n${DESCRIBE}`;
/** A file of the project that makes the client and one call. */
const USERS = {
  "src/users.ts": `${IMPORT}
${CLIENT}
export async function describe(id: string) {
  return client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }));
}
export class Users {
  describe(id: string) { return this.#send(id); }
  #send(id: string) { return describe(id); }
}`,
};
const QUOTA = "Connect allows 2 a second with a burst of 5 by default, per account and Region";
const data = (construct: string, through = "", operation = "DescribeUser", quota = QUOTA) => ({
  construct,
  operation,
  through,
  quota,
});
const openEnded = (construct: string, through = "", operation?: string, quota?: string) => ({
  messageId: "openEnded" as const,
  data: data(construct, through, operation, quota),
});
const BY_DESCRIBE = " (through `describe`)";

/** A function that builds a client for the Region that it is given, through another one. */
const besideRegions = (
  helper: string,
  body: string,
) => `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
${helper}const clientIn = (region: string) => new ConnectClient({ region });
const usersIn = async (region: string, id: string) => clientIn(region).send(new ListUsersCommand({ InstanceId: id }));
export const each = (regions: string[]) => Promise.all(regions.map((region) => usersIn(region, "i")));
export const all = (ids: string[]) => ${body};`;

/** A function that builds a client for each of its calls. */
const builtAnew = (
  helper: string,
  body: string,
) => `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
${helper}const inRegion = async (id: string, region: string) => {
  const client = new ConnectClient({ region });
  return client.send(new ListUsersCommand({ InstanceId: id }));
};
export const all = (ids: string[], region: string) => ${body};
`;

const pickedFrom = (picked: string): string => `${HEAD}
export async function some(users: any[], page: Promise<{ UserSummaryList: any[] }>, wanted: any) {
  ${picked}.forEach((user: any) => void describe(String(user)));
  return page;
}`;

ruleTester.run("no-unthrottled-fan-out", rule, {
  valid: [
    ...[
      "held = [...held, id]; if (held.length < 5) continue; await Promise.all(held.map(describe)); held = [];",
      "held.push(id); if (held.length >= 5) { await Promise.all(held.map(describe)); held = []; }",
      "held.push(id); if (held.length === 50) { await Promise.all(held.map(describe)); held.length = 0; }",
      "held.push(id); if (5 <= held.length) await Promise.all(held.splice(0).map(describe));",
      "held.push(id); if (held.length > maxHeld && id) await flush();",
      "held.push(id); if (held.length <= 4) { continue; } else { await flush(); }",
      "held.push(id); if (held.length >= perRound) await flush();",
      "held.push(id); if (held.length !== perRound) continue; await flush();",
    ].map((round) => ({
      name: `items that are collected up to a limit: ${round}`,
      code: `${HEAD}
export async function all(ids: string[], maxHeld: number, perRound: number) {
  let held: string[] = [];
  async function flush() {
    const now = held;
    held = [];
    await Promise.all(now.map(describe));
  }
  for (const id of ids) {
    ${round}
  }
  await Promise.all(held.map(describe));
}`,
    })),
    ...[
      "this.held.push(id); if (this.held.length >= 5) await this.flush();",
      "this.held.push(id); if (this.held.length < this.maxHeld) return; await this.flush();",
      "if (this.held.length >= this.maxHeld) throw new Error('full'); this.held.push(id);",
      "if (this.held.length === 5) return; this.held.push(id);",
    ].map((body) => ({
      name: `items that an object collects up to a limit: ${body}`,
      code: `${HEAD}
export class Held {
  private held: string[] = [];
  private readonly maxHeld = 5;
  async add(id: string) { ${body} }
  async flush() {
    const now = this.held;
    this.held = [];
    await Promise.all(now.map(describe));
  }
}`,
    })),
    ...[
      "users.filter((user) => user.Id === wanted)",
      "users.filter(({ Id: id }) => id == wanted)",
      "users.filter((user) => user.active && wanted === user.userName)",
      "(await page).UserSummaryList.filter((one) => one.UserArn === wanted)",
    ].map((picked) => ({
      name: `what has a certain identity: ${picked}`,
      code: pickedFrom(picked),
    })),
    ...[
      `if (ids.length > 5) throw new Error("at most five"); await Promise.all(ids.map(describe));`,
      `if (ids.length > 5 || ids.includes("")) return; await Promise.all(ids.map(describe));`,
      `if (ids.length > MAX_IDS) { console.error("too many"); return; } await Promise.all(ids.map(describe));`,
      `if (ids.length <= 4) await Promise.all(ids.map(describe)); else for (const id of ids) await describe(id);`,
      `return ids.length < 5 ? Promise.all(ids.map(describe)) : undefined;`,
      `const some: string[] = []; while (some.length < 5) some.push(ids[some.length] ?? ""); await Promise.all(some.map(describe));`,
      `while (ids.length > 5) ids.pop(); await Promise.all(ids.map(describe));`,
      `if (ids.length === 2) await Promise.all(ids.map(describe));`,
      `if (ids.length !== 2) throw new Error("not two"); await Promise.all(ids.map(describe));`,
      `if (ids.length > allowed) throw new Error("too many"); await Promise.all(ids.map(describe));`,
      `if (ids.length > 0 && ids.length < 5) await Promise.all(ids.map(describe));`,
      `if (ids.length > 5) return; const later = () => Promise.all(ids.map(describe)); await later();`,
    ].map((body) => ({
      name: `items of which there are only a few: ${body}`,
      code: `${HEAD}
const MAX_IDS = Number(process.env["MAX_IDS"]);
const allowed = Number(process.env["ALLOWED"]);
export async function all(ids: string[]) { ${body} }`,
    })),
    {
      name: "a few items that loops of a few rounds push",
      code: `${HEAD}
export async function all() {
  const ids: string[] = [];
  for (const team of ["a", "b"]) for (const seat of ["1", "2"]) ids.push(team + seat);
  await Promise.all(ids.map(describe));
}`,
    },
    {
      name: "items that are clients of their own",
      code: `${IMPORT}
export const all = (clients: readonly ConnectClient[]) =>
  Promise.all(clients.map((each) => each.send(new ListUsersCommand({ InstanceId: "i" }))));
export const named = (clients: Record<string, ConnectClient>) =>
  Promise.all(Object.entries(clients).map(async ([name, each]) => [name, await each.send(new ListUsersCommand({ InstanceId: "i" }))]));
const list = (client: ConnectClient, id: string) => client.send(new ListUsersCommand({ InstanceId: id }));
export const handed = (clients: readonly ConnectClient[]) =>
  Promise.all(clients.map((each) => list(each, "i")));`,
    },
    `export const answer = [1, 2, 3].map((n) => n + 1);`,
    {
      name: "one after the other",
      code: `${HEAD}
export async function all(ids: string[]) { const users = []; for (const id of ids) users.push(await describe(id)); return users; }`,
    },
    {
      name: "a few different calls",
      code: `${HEAD}
export const both = () => Promise.all([client.send(new ListUsersCommand({ InstanceId: "i" })), describe("a")]);`,
    },
    {
      name: "a small literal",
      code: `${HEAD}
export const three = () => Promise.all(["a", "b", "c"].map(describe));`,
    },
    {
      name: "a small constant of another file",
      files: { "src/ids.ts": `export const IDS = ["a", "b", "c"] as const;` },
      code: `${HEAD}
import { IDS } from "./ids.js";
export const some = () => Promise.all(IDS.map((id) => describe(id)));`,
    },
    {
      name: "a tuple",
      code: `${HEAD}
export const pair = (ids: readonly [string, string]) => Promise.all(ids.map((id) => describe(id)));`,
    },
    {
      name: "the first few",
      code: `${HEAD}
export const first = (ids: string[]) => Promise.all(ids.slice(0, 5).map((id) => describe(id)));`,
    },
    {
      name: "as many as the burst of the operation allows",
      code: `${IMPORT}
${CLIENT}
export const stop = (ids: string[]) => Promise.all(ids.slice(0, 15).map((id) => client.send(new StopContactCommand({ InstanceId: "i", ContactId: id }))));`,
    },
    {
      name: "more at once by option",
      options: [{ maxConcurrent: 20 }],
      code: `${HEAD}
export const first = (ids: string[]) => Promise.all(ids.slice(0, 20).map((id) => describe(id)));`,
    },
    {
      name: "chunks",
      code: `${HEAD}
export async function all(ids: string[]) {
  for (let i = 0; i < ids.length; i += 5) await Promise.all(ids.slice(i, i + 5).map((id) => describe(id)));
}`,
    },
    {
      name: "chunks taken off the front",
      code: `${HEAD}
export async function all(ids: string[]) {
  while (ids.length > 0) {
    const some = ids.splice(0, 5);
    await Promise.all(some.map((id) => describe(id)));
  }
}`,
    },
    {
      name: "chunks of a function of the project",
      code: `${HEAD}
function* inFives(ids: string[]) { for (let i = 0; i < ids.length; i += 5) yield ids.slice(i, i + 5); }
export async function all(ids: string[]) {
  for (const five of inFives(ids)) await Promise.all(five.map((id) => describe(id)));
}`,
    },
    {
      name: "a chunk that callers cut",
      code: `${HEAD}
function some(ids: string[]) { return Promise.all(ids.map((id) => describe(id))); }
export async function all(ids: string[]) {
  for (let i = 0; i < ids.length; i += 5) await some(ids.slice(i, i + 5));
}`,
    },
    {
      name: "a pause after each",
      code: `${HEAD}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export async function all(ids: string[]) {
  const users = [];
  for (const id of ids) { users.push(describe(id)); await sleep(500); }
  return Promise.all(users);
}`,
    },
    {
      name: "staggered by place",
      code: `${HEAD}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export const all = (ids: string[]) => Promise.all(ids.map(async (id, index) => { await sleep(index * 500); return describe(id); }));`,
    },
    {
      name: "the helper's paced map",
      code: `${HEAD}
${HELPER}
export const all = (ids: string[]) => mapPaced(ids, (id) => describe(id), { ratePerSecond: 2, burst: 5 });`,
    },
    {
      name: "the helper's pacer",
      code: `${HEAD}
import { createPacer } from "eslint-plugin-connect-resilience/backoff";
const turn = createPacer({ ratePerSecond: 2 });
export const all = (ids: string[]) => Promise.all(ids.map(async (id) => { await turn(); return describe(id); }));`,
    },
    {
      name: "a client with the helper's strategy",
      code: `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
const client = new ConnectClient({ retryStrategy: backoffStrategy() });
export const all = (ids: string[]) => Promise.all(ids.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))));`,
    },
    {
      name: "a client in adaptive mode",
      sdkSince: "3.1100",
      code: `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({ retryMode: "adaptive" });
export const all = (ids: string[]) => Promise.all(ids.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))));`,
    },
    {
      name: "p-limit around the call",
      files: {
        "node_modules/p-limit/package.json": `{ "name": "p-limit", "version": "6.2.0", "types": "index.d.ts" }`,
        "node_modules/p-limit/index.d.ts": `export default function pLimit(n: number): <T>(fn: () => Promise<T>) => Promise<T>;`,
      },
      code: `${HEAD}
import pLimit from "p-limit";
const limit = pLimit(2);
export const all = (ids: string[]) => Promise.all(ids.map((id) => limit(() => describe(id))));`,
    },
    {
      name: "p-limit in the function that sends, in another file",
      files: {
        "node_modules/p-limit/package.json": `{ "name": "p-limit", "version": "6.2.0", "types": "index.d.ts" }`,
        "node_modules/p-limit/index.d.ts": `export default function pLimit(n: number): <T>(fn: () => Promise<T>) => Promise<T>;`,
        "src/limited.ts": `${IMPORT}
import pLimit from "p-limit";
const inLine = pLimit(2);
${CLIENT}
export const describe = (id: string) => inLine(() => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })));`,
      },
      code: `import { describe } from "./limited.js";
export const all = (ids: string[]) => Promise.all(ids.map((id) => describe(id)));`,
    },
    {
      name: "p-map with a concurrency",
      files: {
        "node_modules/p-map/package.json": `{ "name": "p-map", "version": "7.0.0", "types": "index.d.ts" }`,
        "node_modules/p-map/index.d.ts": `export default function pMap<T, R>(items: Iterable<T>, fn: (item: T) => Promise<R>, options?: { concurrency?: number }): Promise<R[]>;`,
      },
      code: `${HEAD}
import pMap from "p-map";
export const all = (ids: string[]) => pMap(ids, (id) => describe(id), { concurrency: 2 });`,
    },
    {
      name: "a queue of a package",
      notInstalled: ["p-queue"],
      allowTypeErrors: true,
      code: `${HEAD}
import PQueue from "p-queue";
const line = new PQueue({ concurrency: 2 });
export function all(ids: string[]) { for (const id of ids) void line.add(() => describe(id)); return line.onIdle(); }`,
    },
    {
      name: "limiters of packages",
      notInstalled: ["async", "bottleneck", "p-throttle", "@supercharge/promise-pool"],
      allowTypeErrors: true,
      code: `${HEAD}
import { eachLimit, mapLimit } from "async";
import Bottleneck from "bottleneck";
import pThrottle from "p-throttle";
import { PromisePool } from "@supercharge/promise-pool";
const gate = new Bottleneck({ minTime: 500 });
const slow = pThrottle({ limit: 2, interval: 1000 })((id: string) => describe(id));
const wrapped = gate.wrap((id: string) => describe(id));
export const one = (ids: string[]) => Promise.all(ids.map((id) => gate.schedule(() => describe(id))));
export const two = (ids: string[]) => Promise.all(ids.map((id) => slow(id)));
export const three = (ids: string[]) => Promise.all(ids.map((id) => wrapped(id)));
export const four = (ids: string[]) => mapLimit(ids, 2, async (id: string) => describe(id));
export const five = (ids: string[]) => eachLimit(ids, 2, (id: string) => describe(id));
export const six = (ids: string[]) => PromisePool.for(ids).withConcurrency(2).process((id: string) => describe(id));`,
    },
    {
      name: "a configured limiter",
      settings: { rateLimiters: [{ from: "file", path: "./src/turns.ts", name: "inTurn" }] },
      files: {
        "src/turns.ts": `export const inTurn = <T>(fn: () => Promise<T>): Promise<T> => fn();`,
      },
      code: `${HEAD}
import { inTurn } from "./turns.js";
export const all = (ids: string[]) => Promise.all(ids.map((id) => inTurn(() => describe(id))));`,
    },
    {
      name: "a counting gate of the project's own, by what it does",
      files: {
        "src/gate.ts": `export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  async enter() {
    if (this.running >= 2) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
  }
  leave() { this.running--; this.waiting.shift()?.(); }
}`,
      },
      code: `${HEAD}
import { Gate } from "./gate.js";
const gate = new Gate();
export const all = (ids: string[]) => Promise.all(ids.map(async (id) => {
  await gate.enter();
  try { return await describe(id); } finally { gate.leave(); }
}));`,
    },
    {
      name: "a line of the project's own, by what it does",
      files: {
        "src/line.ts": `export class Line {
  private busy = 0;
  private readonly jobs: (() => void)[] = [];
  run<T>(fn: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job = () => { this.busy++; fn().then(resolve, reject).finally(() => { this.busy--; this.jobs.shift()?.(); }); };
      if (this.busy < 2) job(); else this.jobs.push(job);
    });
  }
}`,
      },
      code: `${HEAD}
import { Line } from "./line.js";
const line = new Line();
export const all = (ids: string[]) => Promise.all(ids.map((id) => line.run(() => describe(id))));`,
    },
    {
      name: "one at a time behind a tail",
      code: `${HEAD}
let tail: Promise<unknown> = Promise.resolve();
const inTurn = async <T>(fn: () => Promise<T>): Promise<T> => {
  const before = tail;
  let done = () => {};
  tail = new Promise<void>((resolve) => { done = resolve; });
  await before;
  try { return await fn(); } finally { done(); }
};
export const all = (ids: string[]) => Promise.all(ids.map((id) => inTurn(() => describe(id))));`,
    },
    {
      name: "a pool of workers",
      code: `${HEAD}
export async function all(ids: string[]) {
  const left = [...ids];
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) await describe(id);
  }));
}`,
    },
    {
      name: "a pool that is raced",
      code: `${HEAD}
export async function all(ids: string[]) {
  const running = new Set<Promise<unknown>>();
  for (const id of ids) {
    const user = describe(id).finally(() => running.delete(user));
    running.add(user);
    if (running.size >= 3) await Promise.race(running);
  }
  await Promise.all(running);
}`,
    },
    {
      name: "a worker that starts others itself",
      code: `${HEAD}
const waiting: string[] = [];
let busy = false;
async function drain() {
  if (busy) return;
  busy = true;
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await describe(id);
  busy = false;
}
export function all(ids: string[]) { for (const id of ids) { waiting.push(id); void drain(); } }`,
    },
    {
      name: "asked once, whoever comes first",
      code: `${HEAD}
let me: Promise<unknown> | undefined;
const own = () => (me ??= describe("me"));
export const all = (ids: string[]) => Promise.all(ids.map(async (id) => [id, await own()]));`,
    },
    {
      name: "a chain of promises",
      code: `${HEAD}
export const all = (ids: string[]) => ids.reduce<Promise<unknown>>((before, id) => before.then(() => describe(id)), Promise.resolve());`,
    },
    {
      name: "a chain of promises with a step after each",
      code: `${HEAD}
export const all = (ids: string[]) => ids.reduce((before, id) => before.then(() => describe(id)).then(() => undefined), Promise.resolve());`,
    },
    {
      name: "a chain of async steps",
      code: `${HEAD}
export const all = (ids: string[]) => ids.reduce(async (before, id) => { await before; await describe(id); }, Promise.resolve());`,
    },
    {
      name: "a chain in a loop",
      code: `${HEAD}
export function all(ids: string[]) {
  let chain: Promise<unknown> = Promise.resolve();
  for (const id of ids) chain = chain.then(() => describe(id));
  return chain;
}`,
    },
    {
      name: "functions for later",
      code: `${HEAD}
export const tasks = (ids: string[]) => ids.map((id) => () => describe(id));`,
    },
    {
      name: "commands only",
      code: `${IMPORT}
export const commands = (ids: string[]) => ids.map((id) => new DescribeUserCommand({ InstanceId: "i", UserId: id }));`,
    },
    {
      name: "handlers in a loop",
      code: `${HEAD}
export function listen(on: (name: string, handler: () => void) => void, ids: string[]) {
  for (const id of ids) on(id, () => void describe(id));
}`,
    },
    {
      name: "a loop that ends at its first call",
      code: `${HEAD}
export function find(ids: string[]) {
  for (const id of ids) if (id.startsWith("a")) return describe(id);
  for (const id of ids) if (id.startsWith("b")) { void describe(id); break; }
  return undefined;
}`,
    },
    {
      name: "pages",
      code: `import { ConnectClient, paginateListUsers } from "@aws-sdk/client-connect";
${CLIENT}
export async function all() {
  const users = [];
  for await (const page of paginateListUsers({ client }, { InstanceId: "i" })) users.push(...(page.UserSummaryList ?? []));
  return users;
}`,
    },
    {
      name: "a generator, at its reader's pace",
      code: `${HEAD}
export function* each(ids: string[]) { for (const id of ids) yield describe(id); }`,
    },
    ...["", ", MaxNumberOfMessages: 7"].map((asked) => ({
      name: `the messages of one answer, of which there are ten at most${asked}`,
      code: `import { ConnectClient, StopContactCommand } from "@aws-sdk/client-connect";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
const client = new ConnectClient({});
const queue = new SQSClient({});
export async function stopAll(QueueUrl: string) {
  const { Messages } = await queue.send(new ReceiveMessageCommand({ QueueUrl${asked} }));
  const one = (ContactId: string) => client.send(new StopContactCommand({ InstanceId: "i", ContactId }));
  await Promise.all((Messages ?? []).map((message: { Body: string }) => one(message.Body)));
}`,
      settings: { services: "aws" },
      notInstalled: ["@aws-sdk/client-sqs"],
      allowTypeErrors: true,
    })),
    {
      name: "a small page",
      code: `${HEAD}
export async function some() {
  const page = await client.send(new ListUsersCommand({ InstanceId: "i", MaxResults: 3 }));
  return Promise.all((page.UserSummaryList ?? []).map((user) => describe(user.Id ?? "")));
}`,
    },
    {
      name: "functions that build their client for the Region or account that they are given",
      code: `import { ConnectClient, ListUsersCommand, type ConnectClientConfig } from "@aws-sdk/client-connect";
const configOf = (region: string): ConnectClientConfig => ({ ...{ region } });
const inRegion = async (id: string, region: string) => {
  const client = new ConnectClient(configOf(region));
  return client.send(new ListUsersCommand({ InstanceId: id }));
};
const ofInstance = async (instance: { id: string; region: string }) => {
  const { id, region } = instance;
  return new ConnectClient({ region }).send(new ListUsersCommand({ InstanceId: id }));
};
export const all = (id: string, regions: string[]) => Promise.all(regions.map((region) => inRegion(id, region)));
export const each = (instances: { id: string; region: string }[]) => Promise.all(instances.map((instance) => ofInstance(instance)));
`,
    },
    {
      name: "functions and constructors that hand the Region on to the one that builds the client",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
const clientIn = (region: string) => new ConnectClient({ region });
const usersIn = async (region: string, id: string) => clientIn(region).send(new ListUsersCommand({ InstanceId: id }));
const countIn = async (id: string, region: string) => (await usersIn(region, id)).UserSummaryList?.length;
class Directory {
  private readonly client: ConnectClient;
  constructor(region: string) {
    this.client = new ConnectClient({ region });
  }
  async users(id: string) {
    return this.client.send(new ListUsersCommand({ InstanceId: id }));
  }
}
const listed = async (region: string) => new Directory(region).users("i");
export class Report {
  private async inRegion(region: string) {
    return countIn("i", region);
  }
  async all(regions: string[]) {
    return Promise.all(regions.map((region) => this.inRegion(region)));
  }
}
export const each = (regions: string[]) => Promise.all(regions.map((region) => countIn("i", region)));
export const everyDirectory = (regions: string[]) => Promise.all(regions.map((region) => listed(region)));`,
    },
    {
      name: "a Region for each item",
      code: `import { ConnectClient, ListUsersCommand } from "@aws-sdk/client-connect";
export const all = (regions: string[]) => Promise.all(regions.map((region) => new ConnectClient({ region }).send(new ListUsersCommand({ InstanceId: "i" }))));
export const named = (regions: string[]) => Promise.all(regions.map((region) => {
  const client = new ConnectClient({ region });
  return client.send(new ListUsersCommand({ InstanceId: "i" }));
}));`,
    },
    {
      name: "chunks by place",
      code: `${HEAD}
export async function all(fives: string[][]) {
  for (let i = 0; i < fives.length; i++) await Promise.all(fives[i]?.map((id) => describe(id)) ?? []);
}`,
    },
    {
      name: "a limiter in a field, and one around the function",
      files: {
        "node_modules/bottleneck/package.json": `{ "name": "bottleneck", "version": "2.19.5", "types": "index.d.ts" }`,
        "node_modules/bottleneck/index.d.ts": `export default class Bottleneck { constructor(options: object); schedule<T>(fn: () => Promise<T>): Promise<T>; wrap<A, T>(fn: (a: A) => Promise<T>): (a: A) => Promise<T>; }`,
      },
      code: `${HEAD}
import Bottleneck from "bottleneck";
export class Users {
  private readonly lane = new Bottleneck({ maxConcurrent: 2 });
  all(ids: string[]) { return Promise.all(ids.map((id) => this.lane.schedule(() => describe(id)))); }
  wrapped(ids: string[]) { return Promise.all(ids.map(this.lane.wrap(describe))); }
}`,
    },
    {
      name: "an own chunk function",
      code: `${HEAD}
const chunk = <T,>(x: T[], n: number): T[][] => { const out: T[][] = []; for (let i = 0; i < x.length; i += n) out.push(x.slice(i, i + n)); return out; };
export async function a(ids: string[]) { for (const c of chunk(ids, 5)) await Promise.all(c.map((id) => describe(id))); }`,
    },
    {
      name: "an enum",
      code: `${HEAD}
enum K { A = 'a', B = 'b' }
export const a = () => Promise.all(Object.values(K).map((k) => describe(k)));`,
    },
    {
      name: "the keys of a literal",
      code: `${HEAD}
const M = { a: 1, b: 2 };
export const a = () => Promise.all(Object.keys(M).map((k) => describe(k)));`,
    },
    {
      name: "a few pushed",
      code: `${HEAD}
export const a = (ids: string[]) => { const two: string[] = []; two.push('a'); two.push('b'); return Promise.all(two.map((k) => describe(k))); };`,
    },
    {
      name: "functions for later, from a cache",
      code: `${HEAD}
const seen = new Map<string, Promise<unknown>>();
export const a = (ids: string[]) => ids.map((id) => () => seen.get(id) ?? describe(id));`,
    },
    {
      name: "a pool that counts",
      code: `${HEAD}
let inFlight = 0;
export const a = (ids: string[]) => { while (inFlight < 3 && ids.length > 0) { inFlight++; void describe(ids.pop()!).finally(() => { inFlight--; a(ids); }); } };`,
    },
    {
      name: "workers by hand",
      code: `${HEAD}
export const a = (ids: string[]) => { let i = 0; const next = async (): Promise<void> => { const id = ids[i++]; if (id === undefined) return; await describe(id); return next(); }; return Promise.all([next(), next(), next()]); };`,
    },
    {
      name: "as many workers as is said",
      code: `${HEAD}
export const a = (n: number, ids: string[]) => Promise.all(Array.from({ length: n }, async () => { while (ids.length) await describe(ids.pop()!); }));`,
    },
    {
      name: "listeners",
      code: `${HEAD}
import { EventEmitter } from 'node:events';
export const a = (e: EventEmitter, names: string[]) => names.forEach((n) => e.on(n, async () => { await describe(n); }));`,
    },
    {
      name: "timers",
      code: `${HEAD}
export const a = (ids: string[]) => ids.forEach((id, i) => setTimeout(() => void describe(id), i * 500));`,
    },
    {
      name: "a loop that waits for something else",
      code: `${HEAD}
export async function a(ids: string[]) { for (const id of ids) { const r = await describe(id).catch(() => undefined); if (!r) describe('x'); } }`,
    },
    {
      name: "another service",
      code: `import { S3Client, GetObjectCommand } from "@aws-sdk/client-s3";
const s3 = new S3Client({});
export const all = (keys: string[]) => Promise.all(keys.map((Key) => s3.send(new GetObjectCommand({ Bucket: "b", Key }))));`,
      notInstalled: ["@aws-sdk/client-s3"],
      allowTypeErrors: true,
    },
    {
      name: "JavaScript without types, in chunks",
      filename: "src/file.js",
      parser: "espree",
      types: false,
      code: `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
const client = new ConnectClient({});
export async function all(ids) {
  for (let i = 0; i < ids.length; i += 5) {
    const part = ids.slice(i, i + 5);
    await Promise.all(part.map((id) => client.send(new DescribeUserCommand({ UserId: id }))));
  }
}`,
    },
  ],
  invalid: [
    {
      name: "a client for the Region of the whole list, beside a list of Regions",
      code: besideRegions("", 'Promise.all(ids.map((id) => usersIn("eu-west-2", id)))'),
      errors: [
        {
          ...openEnded("`map`", " (through `usersIn`)", "ListUsers"),
          line: 5,
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: besideRegions(
                `${HELPER}\n`,
                'mapPaced(ids, (id) => usersIn("eu-west-2", id), { ratePerSecond: 2, burst: 5 })',
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a function that builds its client anew, always for the same Region",
      code: builtAnew("", "Promise.all(ids.map((id) => inRegion(id, region)))"),
      errors: [
        {
          ...openEnded("`map`", " (through `inRegion`)", "ListUsers"),
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: builtAnew(
                `${HELPER}\n`,
                "mapPaced(ids, (id) => inRegion(id, region), { ratePerSecond: 2, burst: 5 })",
              ),
            },
          ],
        },
      ],
    },
    ...[
      "users.filter((user) => user.QueueId === wanted)",
      "users.filter((user) => user.Id !== wanted)",
      "users.filter((user) => user.Id === user.userName)",
      "users.filter((user) => user.Id === wanted || user.active)",
      "users.filter((user) => user === wanted)",
      "users.filter((user) => { if (user.active) return true; return user.Id === wanted; })",
      "users.map((user) => user.Id === wanted)",
      "users.filter(Boolean)",
    ].map((picked) => ({
      name: `a filter that keeps any number of items: ${picked}`,
      code: pickedFrom(picked),
      errors: [{ ...openEnded("`forEach`", BY_DESCRIBE), line: 5 }],
    })),
    ...[
      `if (ids.length > 4) console.log("many");`,
      `if (ids.length < 5) return;`,
      `if (ids.length === 0) return;`,
      `if (ids.length === total) return;`,
      `if (ids.length === 5) return;`,
      `if (ids.length !== 5)`,
      `if (ids.length > 5 && total > 5) return;`,
      `if (ids.length < 5 || total > 5)`,
      `if (ids.length > 5) {`,
    ].map((before) => ({
      name: `a test of the length that lets any number through: ${before}`,
      code: `${HEAD}
export async function all(ids: string[], total: number) {
  ${before}
  ids.forEach((id) => void describe(id));${before.endsWith("{") ? "\n  return; }" : ""}
  if (ids.length > 5) throw new Error(String(total));
}`,
      errors: [{ ...openEnded("`forEach`", BY_DESCRIBE), line: 6 }],
    })),
    {
      name: "a guard in another function, which collects nothing",
      code: `${HEAD}
export function all(ids: string[]) {
  function log() { if (ids.length > 5) return; console.log(ids.join()); }
  log();
  ids.forEach((id) => void describe(id));
}`,
      errors: [{ ...openEnded("`forEach`", BY_DESCRIBE), line: 7 }],
    },
    {
      name: "a namesake in another function that is emptied",
      code: `${HEAD}
export async function all(ids: string[]) {
  if (ids.length > 5) await rest();
  ids.forEach((id) => void describe(id));
}
async function rest() { let ids = ["a"]; ids = []; await describe(ids.join()); }`,
      errors: [{ ...openEnded("`forEach`", BY_DESCRIBE), line: 6 }],
    },
    {
      name: "items that are taken out only afterwards",
      code: `${HEAD}
export function all(ids: string[]) {
  ids.forEach((id) => void describe(id));
  while (ids.length > 5) ids.pop();
}`,
      errors: [{ ...openEnded("`forEach`", BY_DESCRIBE), line: 5 }],
    },
    {
      name: "more items than the burst, as a guard says",
      code: `${HEAD}
export function all(ids: string[]) {
  if (ids.length > 100) throw new Error("at most a hundred");
  ids.forEach((id) => void describe(id));
}`,
      errors: [
        {
          messageId: "fixedNumber",
          line: 6,
          data: { ...data("`forEach`", BY_DESCRIBE), count: "100" },
        },
      ],
    },
    ...[
      "held = [...held, ...(page.UserSummaryList ?? []).map((user) => user.Id ?? '')];",
      "held = held.concat((page.UserSummaryList ?? []).map((user) => user.Id ?? ''));",
      "held.push(...(page.UserSummaryList ?? []).map((user) => user.Id ?? ''));",
      "for (const user of page.UserSummaryList ?? []) held = [...held, user.Id ?? ''];",
    ].map((collect) => ({
      name: `items that are collected page by page: ${collect}`,
      code: `${HEAD}
export async function all(total: number) {
  let held: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new ListUsersCommand({ InstanceId: "i", NextToken: token }));
    token = page.NextToken;
    ${collect}
  } while (token && held.length < total);
  held.forEach((id) => void describe(id));
}`,
      errors: [{ ...openEnded("`forEach`", BY_DESCRIBE), line: 12 }],
    })),
    {
      name: "items that loops of a few rounds push",
      code: `${HEAD}
export async function all() {
  const ids: string[] = [];
  for (const team of ["a", "b", "c"]) for (const seat of ["1", "2", "3"]) ids.push(team + seat);
  console.log(ids.length, ids.join());
  await Promise.allSettled(ids.map((id) => describe(id)));
}`,
      errors: [
        { messageId: "fixedNumber", line: 8, data: { ...data("`map`", BY_DESCRIBE), count: "9" } },
      ],
    },
    {
      name: "one client that is handed to a function",
      code: `${HEAD}
const list = (client: ConnectClient, id: string) => client.send(new ListUsersCommand({ InstanceId: id }));
export const all = (ids: readonly string[]) => ids.forEach((id) => void list(client, id));`,
      errors: [{ ...openEnded("`forEach`", " (through `list`)", "ListUsers"), line: 5 }],
    },
    {
      name: "items that are tried again until none is left",
      code: `${HEAD}
export async function all(ids: string[]) {
  let pending = ids;
  for (let round = 0; round < 5 && pending.length > 0; round++) {
    const results = await Promise.allSettled(pending.map((id) => describe(id)));
    const failed = pending.filter((_, index) => results[index]?.status === "rejected");
    pending = failed;
  }
}`,
      errors: [{ ...openEnded("`map`", BY_DESCRIBE), line: 7 }],
    },
    {
      name: "all at once",
      code: `${IMPORT}
${CLIENT}
export const all = async (ids: readonly string[]) => {
  return await Promise.all(ids.map(async (id) => (await client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))).User));
};`,
      errors: [{ ...openEnded("`map`"), line: 4 }],
      output: `${IMPORT}
${HELPER}
${CLIENT}
export const all = async (ids: readonly string[]) => {
  return await mapPaced(ids, async (id) => (await client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))).User, { ratePerSecond: 2, burst: 5 });
};`,
    },
    {
      name: "over several lines",
      code: `${IMPORT}
${CLIENT}
export const all = (ids: string[]) =>
  Promise.all(
    ids
      .filter((id) => id !== "")
      // one request for each
      .map((id, index) =>
        client.send(new DescribeUserCommand({ InstanceId: String(index), UserId: id })),
      ),
  );`,
      errors: [openEnded("`map`")],
    },
    {
      name: "over several lines, without comments in the way",
      code: `${IMPORT}
${CLIENT}
export const all = (ids: string[]) =>
  Promise.all(
    ids
      .filter((id) => id !== "")
      .map((id, index) =>
        client.send(new DescribeUserCommand({ InstanceId: String(index), UserId: id })), // all
      ),
  );`,
      errors: [openEnded("`map`")],
    },
    {
      name: "in the layout that is there",
      code: `${IMPORT}
${CLIENT}
export const all = (ids: string[]) =>
  Promise.all(
    ids.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))),
  );`,
      errors: [openEnded("`map`")],
      output: `${IMPORT}
${HELPER}
${CLIENT}
export const all = (ids: string[]) =>
  mapPaced(
    ids, (id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })), { ratePerSecond: 2, burst: 5 },
  );`,
    },
    {
      name: "a quota of its own, and calls that must not be left undone",
      code: `${IMPORT}
${CLIENT}
export const stop = (ids: string[]) => Promise.all(ids.map((id) => client.send(new StopContactCommand({ InstanceId: "i", ContactId: id }))));`,
      errors: [
        {
          ...openEnded(
            "`map`",
            "",
            "StopContact",
            "Connect allows 10 a second with a burst of 15 by default, per account and Region",
          ),
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 10 },
              output: `${IMPORT}
${HELPER}
${CLIENT}
export const stop = (ids: string[]) => mapPaced(ids, (id) => client.send(new StopContactCommand({ InstanceId: "i", ContactId: id })), { ratePerSecond: 10, burst: 15 });`,
            },
          ],
        },
      ],
    },
    {
      name: "reading calls, whose promises are kept in a variable",
      code: `${IMPORT}
${CLIENT}
export async function all(ids: string[]) {
  const users = ids.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })));
  console.log("asked");
  return await Promise.all(users);
}`,
      errors: [
        {
          ...openEnded("`map`"),
          line: 4,
          column: 21,
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: `${IMPORT}
${HELPER}
${CLIENT}
export async function all(ids: string[]) {
  const users = mapPaced(ids, (id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })), { ratePerSecond: 2, burst: 5 });
  console.log("asked");
  return await users;
}`,
            },
          ],
        },
      ],
    },
    {
      name: "reading calls, whose promise is waited for later",
      code: `${IMPORT}
${CLIENT}
export async function all(ids: string[]) {
  const users = Promise.all(ids.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))));
  console.log("asked");
  return await users;
}`,
      errors: [
        {
          ...openEnded("`map`"),
          line: 4,
          column: 17,
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: `${IMPORT}
${HELPER}
${CLIENT}
export async function all(ids: string[]) {
  const users = mapPaced(ids, (id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })), { ratePerSecond: 2, burst: 5 });
  console.log("asked");
  return await users;
}`,
            },
          ],
        },
      ],
    },
    {
      name: "a quota for each instance",
      code: `import { ConnectParticipantClient, GetTranscriptCommand } from "@aws-sdk/client-connectparticipant";
const client = new ConnectParticipantClient({ maxAttempts: 8 });
export const all = (tokens: string[]) =>
  Promise.all(tokens.map((token) => client.send(new GetTranscriptCommand({ ConnectionToken: token }))));`,
      errors: [
        openEnded(
          "`map`",
          "",
          "GetTranscript",
          "ConnectParticipant allows 8 a second with a burst of 12 by default, per instance",
        ),
      ],
      output: `import { ConnectParticipantClient, GetTranscriptCommand } from "@aws-sdk/client-connectparticipant";
${HELPER}
const client = new ConnectParticipantClient({ maxAttempts: 8 });
export const all = (tokens: string[]) =>
  mapPaced(tokens, (token) => client.send(new GetTranscriptCommand({ ConnectionToken: token })), { ratePerSecond: 8, burst: 12 });`,
    },
    {
      name: "a service whose quota is not documented",
      code: `import { DescribeSpeakerCommand, VoiceIDClient } from "@aws-sdk/client-voice-id";
const client = new VoiceIDClient({ maxAttempts: 8 });
export const all = (ids: string[]) =>
  Promise.all(ids.map((SpeakerId) => client.send(new DescribeSpeakerCommand({ DomainId: "d", SpeakerId }))));
export const six = () =>
  Promise.all(["a", "b", "c", "d", "e", "f"].map((SpeakerId) => client.send(new DescribeSpeakerCommand({ DomainId: "d", SpeakerId }))));
export const five = () =>
  Promise.all(["a", "b", "c", "d", "e"].map((SpeakerId) => client.send(new DescribeSpeakerCommand({ DomainId: "d", SpeakerId }))));`,
      errors: [
        {
          ...openEnded("`map`", "", "DescribeSpeaker", "VoiceID throttles what exceeds its quota"),
          line: 4,
          column: 3,
        },
        {
          messageId: "fixedNumber",
          line: 6,
          data: {
            ...data("`map`", "", "DescribeSpeaker", "VoiceID throttles what exceeds its quota"),
            count: "6",
          },
        },
      ],
    },
    {
      name: "no helper to import",
      code: `${IMPORT}
${CLIENT}
export const all = (ids: string[]) =>
  Promise.all(ids.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))));`,
      notInstalled: ["eslint-plugin-connect-resilience"],
      settings: { helper: { module: "our-helper" } },
      errors: [openEnded("`map`")],
    },
    {
      name: "a parameter with the name of the helper",
      code: `${IMPORT}
${HELPER}
${CLIENT}
export const all = (mapPaced: string[]) =>
  Promise.all(mapPaced.map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }))));
export { mapPaced };`,
      errors: [openEnded("`map`")],
      output: `${IMPORT}
import { mapPaced, mapPaced as connectMapPaced } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}
export const all = (mapPaced: string[]) =>
  connectMapPaced(mapPaced, (id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })), { ratePerSecond: 2, burst: 5 });
export { mapPaced };`,
    },
    {
      name: "promises kept in a variable",
      code: `${HEAD}
export async function all(ids: string[]) {
  const users = ids.map((id) => describe(id));
  return await Promise.all(users);
}`,
      errors: [
        {
          ...openEnded("`map`", BY_DESCRIBE),
          line: 5,
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: `${IMPORT}
${HELPER}
${CLIENT}
${DESCRIBE}
export async function all(ids: string[]) {
  const users = mapPaced(ids, (id) => describe(id), { ratePerSecond: 2, burst: 5 });
  return await users;
}`,
            },
          ],
        },
      ],
    },
    {
      name: "promises waited for one by one",
      code: `${HEAD}
export async function all(ids: string[]) {
  const users: ReturnType<typeof describe>[] = ids.map(describe);
  for (const user of users) console.log(await user);
}`,
      errors: [openEnded("`map`")],
    },
    {
      name: "whatever becomes of them",
      code: `${HEAD}
export const settle = (ids: string[]) => Promise.allSettled(ids.map((id) => describe(id)));
export const race = (ids: string[]) => Promise.race(ids.map((id) => describe(id)));
export const any = (ids: Set<string>) => Promise.any(Array.from(ids, (id) => describe(id)));`,
      errors: [
        openEnded("`map`", BY_DESCRIBE),
        openEnded("`map`", BY_DESCRIBE),
        openEnded("`from`", BY_DESCRIBE),
      ],
    },
    {
      name: "forEach",
      code: `${HEAD}
export function all(ids: string[]) { ids.forEach(async (id) => { await describe(id); }); }`,
      errors: [openEnded("`forEach`", BY_DESCRIBE)],
    },
    {
      name: "a loop that does not wait",
      code: `${HEAD}
export function all(ids: string[]) {
  for (const id of ids) void describe(id);
  for (let i = 0; i < ids.length; i++) describe(ids[i] ?? "").catch(console.error);
  while (ids.length > 0) client.send(new DescribeUserCommand({ InstanceId: "i", UserId: ids.pop() }));
}`,
      errors: [
        { ...openEnded("loop", BY_DESCRIBE), line: 5 },
        { ...openEnded("loop", BY_DESCRIBE), line: 6 },
        { ...openEnded("loop"), line: 7 },
      ],
    },
    {
      name: "an array filled in a loop",
      code: `${HEAD}
export async function all(ids: string[]) {
  const users = [];
  for (const id of ids) {
    if (id === "") continue;
    users.push(describe(id));
  }
  return Promise.all(users);
}`,
      errors: [{ ...openEnded("loop", BY_DESCRIBE), line: 8 }],
    },
    {
      name: "maps in maps",
      code: `${HEAD}
export const all = (teams: { ids: string[] }[]) =>
  Promise.all(teams.map((team) => Promise.all(team.ids.map((id) => describe(id)))));`,
      errors: [
        {
          ...openEnded("`map`", BY_DESCRIBE),
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: `${IMPORT}
${HELPER}
${CLIENT}
${DESCRIBE}
export const all = (teams: { ids: string[] }[]) =>
  mapPaced(teams, (team) => Promise.all(team.ids.map((id) => describe(id))), { ratePerSecond: 2, burst: 5 });`,
            },
          ],
        },
        {
          ...openEnded("`map`", BY_DESCRIBE),
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: `${IMPORT}
${HELPER}
${CLIENT}
${DESCRIBE}
export const all = (teams: { ids: string[] }[]) =>
  Promise.all(teams.map((team) => mapPaced(team.ids, (id) => describe(id), { ratePerSecond: 2, burst: 5 })));`,
            },
          ],
        },
      ],
    },
    {
      name: "a paced map for each of many",
      code: `${HEAD}
${HELPER}
export const all = (teams: { ids: string[] }[]) =>
  Promise.allSettled(teams.map((team) => mapPaced(team.ids, (id) => describe(id), { ratePerSecond: 2, burst: 5 })));`,
      errors: [openEnded("`map`", BY_DESCRIBE)],
    },
    {
      name: "both of two lists",
      code: `${HEAD}
export const all = (a: string[], b: string[]) => Promise.all([...a.map((id) => describe(id)), ...b.map((id) => describe(id))]);`,
      errors: [openEnded("`map`", BY_DESCRIBE), openEnded("`map`", BY_DESCRIBE)],
    },
    {
      name: "a reduce that collects promises",
      code: `${HEAD}
export const all = (ids: string[]) => Promise.all(ids.reduce<unknown[]>((users, id) => [...users, describe(id)], []));`,
      errors: [openEnded("`reduce`", BY_DESCRIBE)],
    },
    {
      name: "a reduce that waits for its turn too late",
      code: `${HEAD}
export const all = (ids: string[]) => ids.reduce(async (before, id) => { await describe(id); await before; }, Promise.resolve());`,
      errors: [openEnded("`reduce`", BY_DESCRIBE)],
    },
    {
      name: "through a method of another file",
      files: USERS,
      code: `import { Users } from "./users.js";
const users = new Users();
export const all = (ids: string[]) => Promise.all(ids.map(async (id) => ({ id, user: await users.describe(id) })));`,
      errors: [
        {
          ...openEnded("`map`", " (through `users.describe`)"),
          suggestions: [
            {
              messageId: "pace",
              data: { rate: 2 },
              output: `import { Users } from "./users.js";
${HELPER}
const users = new Users();
export const all = (ids: string[]) => mapPaced(ids, async (id) => ({ id, user: await users.describe(id) }), { ratePerSecond: 2, burst: 5 });`,
            },
          ],
        },
      ],
    },
    {
      name: "through a callback that is run straight away",
      code: `${HEAD}
async function timed<T>(fn: () => Promise<T>): Promise<T> { const start = Date.now(); try { return await fn(); } finally { console.log(Date.now() - start); } }
export function all(ids: string[]) { ids.forEach((id) => void timed(() => describe(id))); }`,
      errors: [openEnded("`forEach`", BY_DESCRIBE)],
    },
    {
      name: "a retry limits nothing",
      code: `${HEAD}
import { withBackoff } from "eslint-plugin-connect-resilience/backoff";
export function all(ids: string[]) { for (const id of ids) void withBackoff(() => describe(id)); }`,
      errors: [openEnded("loop", BY_DESCRIBE)],
    },
    {
      name: "the same pause for all",
      code: `${HEAD}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export function all(ids: string[]) { ids.forEach(async (id) => { await sleep(500); await describe(id); }); }`,
      errors: [openEnded("`forEach`", BY_DESCRIBE)],
    },
    {
      name: "p-map without a limit",
      files: {
        "node_modules/p-map/package.json": `{ "name": "p-map", "version": "7.0.0", "types": "index.d.ts" }`,
        "node_modules/p-map/index.d.ts": `export default function pMap<T, R>(items: Iterable<T>, fn: (item: T) => Promise<R>, options?: { concurrency?: number }): Promise<R[]>;`,
      },
      code: `${HEAD}
import pMap from "p-map";
export const all = (ids: string[]) => pMap(ids, (id) => describe(id));`,
      errors: [openEnded("`pMap`", BY_DESCRIBE)],
    },
    {
      name: "the records of an event",
      code: `${HEAD}
export const handler = async (event: { Records: { body: string }[] }) => {
  await Promise.allSettled(event.Records.map((record) => describe(record.body)));
};`,
      errors: [openEnded("`map`", BY_DESCRIBE)],
    },
    {
      name: "a fixed number far above the burst",
      code: `${HEAD}
export const some = (ids: string[]) => Promise.allSettled(ids.slice(0, 50).map((id) => describe(id)));`,
      errors: [{ messageId: "fixedNumber", data: { ...data("`map`", BY_DESCRIBE), count: "50" } }],
    },
    {
      name: "adaptive mode of an SDK in which it has no memory",
      code: `import { GetContentCommand, WisdomClient } from "@aws-sdk/client-wisdom";
const client = new WisdomClient({ retryMode: "adaptive" });
export function all(ids: string[]) {
  for (const id of ids) void client.send(new GetContentCommand({ knowledgeBaseId: "k", contentId: id }));
}`,
      errors: [
        {
          messageId: "openEnded",
          data: {
            construct: "loop",
            operation: "GetContent",
            through: "",
            quota:
              "Wisdom allows 10 a second with a burst of 10 by default, per account and Region",
          },
        },
      ],
    },
    {
      name: "a limiting client for each item",
      code: `import { ConnectClient, DescribeUserCommand } from "@aws-sdk/client-connect";
export const all = (ids: string[]) => Promise.allSettled(ids.map((id) => {
  const client = new ConnectClient({ retryMode: "adaptive" });
  return client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id }));
}));`,
      errors: [openEnded("`map`")],
    },
    {
      name: "what cannot be edited safely",
      code: `${HEAD}
export const third = (ids: string[]) => Promise.all(ids.map((id, _index, all) => describe(id + String(all.length))));
export const bound = (ids: string[]) => Promise.all(ids.map(function (this: string, id) { return describe(this + id); }, "a"));
export const maybe = (ids?: string[]) => Promise.all(ids?.map((id) => describe(id)) ?? []);
export const paren = (ids: string[]) => Promise.all((ids.map((id) => describe(id))));
export const typed = (ids: string[]) => Promise.all(ids.map<Promise<unknown>>((id) => describe(id)));
export const commented = (ids: string[]) => Promise.all(ids /* all */.map((id) => describe(id)));`,
      errors: Array.from({ length: 6 }, () => openEnded("`map`", BY_DESCRIBE)),
    },
    {
      name: "the helper is imported already, under another name",
      code: `${IMPORT}
import { mapPaced as paced } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}
export async function all(list: () => Promise<string[]>) {
  return Promise.all((await list()).map((id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })),));
}
export const ready = paced;`,
      errors: [openEnded("`map`")],
      output: `${IMPORT}
import { mapPaced as paced } from "eslint-plugin-connect-resilience/backoff";
${CLIENT}
export async function all(list: () => Promise<string[]>) {
  return paced((await list()), (id) => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })), { ratePerSecond: 2, burst: 5 });
}
export const ready = paced;`,
    },
    {
      name: "SDK v2, promise and callback",
      filename: "src/file.js",
      parser: "espree",
      types: false,
      code: `import AWS from "aws-sdk";
const connect = new AWS.Connect();
export const all = (ids) => Promise.allSettled(ids.map((UserId) => connect.describeUser({ UserId }).promise()));
export class Users {
  one(UserId) {
    return new Promise((resolve, reject) => {
      connect.describeUser({ UserId }, (err, user) => (err ? reject(err) : resolve(user)));
    });
  }
  all() {
    return this.list().then((users) => {
      const promises = users.map((user) => this.one(user.Id));
      return Promise.allSettled(promises);
    });
  }
}`,
      errors: [openEnded("`map`"), { ...openEnded("`map`", " (through `this.one`)"), line: 12 }],
    },
    {
      name: "JavaScript without types",
      filename: "src/file.js",
      parser: "espree",
      types: false,
      code: `const { ConnectClient, DescribeUserCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({});
async function all(ids) {
  const users = [];
  for (const id in ids) users.push(client.send(new DescribeUserCommand({ UserId: id })));
  return Promise.all(users);
}
module.exports = { all };`,
      errors: [openEnded("loop")],
    },
    {
      name: "a function by name",
      code: `${HEAD}
export function a(ids: string[]) { return Promise.allSettled(ids.map(describe)); }`,
      errors: [openEnded("`map`", "")],
    },
    {
      name: "a map that is returned as it is",
      code: `${HEAD}
export function a(ids: string[]) { const jobs = ids.map(async (id) => { const r = await describe(id); return r; }); return jobs; }`,
      errors: [openEnded("`map`", " (through `describe`)")],
    },
    {
      name: "a counting loop",
      code: `${HEAD}
export async function a(ids: string[]) { const { length } = ids; for (let i = 0; i !== ids.length; i += 1) { describe(ids[i]!); } }`,
      errors: [openEnded("loop", " (through `describe`)")],
    },
    {
      name: "an async function in between",
      code: `${HEAD}
const go = async (id: string) => { try { await describe(id); } catch (e) { console.error(e); } };
export const a = (ids: Set<string>) => { ids.forEach((id) => { void go(id); }); };`,
      errors: [openEnded("`forEach`", " (through `go`)")],
    },
    {
      name: "the entries of an object",
      code: `${HEAD}
export const a = (o: Record<string, string>) => Promise.allSettled(Object.entries(o).map(([k, v]) => describe(k + v)));`,
      errors: [openEnded("`map`", " (through `describe`)")],
    },
    {
      name: "a set in an array",
      code: `${HEAD}
export const a = (ids: string[]) => Promise.allSettled([...new Set(ids)].map((id) => describe(id)));`,
      errors: [openEnded("`map`", " (through `describe`)")],
    },
    {
      name: "filtered, or none",
      code: `${HEAD}
export const a = (ids: string[]) => Promise.allSettled((ids ?? []).filter(Boolean).map((id) => describe(id)));`,
      errors: [openEnded("`map`", " (through `describe`)")],
    },
    {
      name: "a step later",
      code: `${HEAD}
export const a = (ids: string[]) => Promise.allSettled(ids.map((id) => Promise.resolve().then(() => describe(id))));`,
      errors: [openEnded("`map`", " (through `describe`)")],
    },
  ],
});
