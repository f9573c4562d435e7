import { each, judged, OPEN, type Row, startedAt } from "./support.ts";

judged(
  "a wait before each call",
  each([
    ["await sleep(500); await describe(id);", OPEN],
    ["await sleep(index * 500); await describe(id);", "silent"],
    ["await sleep(Math.random() * 500); await describe(id);", "silent"],
    ["await describe(id); await sleep(index * 500);", OPEN],
    ["const wait = async () => { await sleep(index * 500); }; await describe(id);", OPEN],
    [
      "const wait = async () => { await sleep(index * 500); await describe(id); }; await wait();",
      "silent",
    ],
    [
      "await new Promise<void>((resolve) => waiting.push(resolve)); await describe(id);",
      "silent",
      "const waiting: (() => void)[] = [];",
    ],
    [
      "await new Promise<void>((resolve) => byId.set(id, resolve)); await describe(id);",
      "silent",
      "const byId = new Map<string, () => void>();",
    ],
    [
      "await new Promise<void>((resolve) => { release = resolve; }); await describe(id);",
      "silent",
      "let release = () => {};",
    ],
    [
      "await new Promise<void>((resolve) => waiting.push({ id, resolve })); await describe(id);",
      "silent",
      "const waiting: object[] = [];",
    ],
    ["await new Promise<void>((resolve) => setTimeout(resolve, 500)); await describe(id);", OPEN],
    ["await new Promise<void>((resolve) => resolve()); await describe(id);", OPEN],
    [
      "await new Job((resolve: unknown) => waiting.push(resolve)); await describe(id);",
      OPEN,
      "declare class Job { constructor(fn: unknown) }\nconst waiting: unknown[] = [];",
    ],
    [
      "await turn(); await describe(id);",
      "silent",
      "const waiting: (() => void)[] = [];\nconst turn = () => new Promise<void>((resolve) => waiting.push(resolve));",
    ],
    [
      "await turn(); await describe(id);",
      "silent",
      "let busy = false;\nconst turn = async () => { while (busy) await sleep(50); busy = true; };",
    ],
    [
      "await turn(); await describe(id);",
      "silent",
      "const waiting: (() => void)[] = [];\nconst inner = () => new Promise<void>((resolve) => waiting.push(resolve));\nconst turn = async () => { await inner(); };",
    ],
    ["await turn(); await describe(id);", OPEN, "const turn = async () => { use(); };"],
    [
      "await turn(); await describe(id);",
      OPEN,
      "const turn = async (): Promise<void> => { await turn(); };",
    ],
    [
      "while (busy()) await sleep(50); await describe(id);",
      "silent",
      "declare function busy(): boolean;",
    ],
    [
      "do { await sleep(50); } while (busy()); await describe(id);",
      "silent",
      "declare function busy(): boolean;",
    ],
    ["while (busy()) use(); await describe(id);", OPEN, "declare function busy(): boolean;"],
    [
      'while (busy()) await client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })); await describe(id);',
      OPEN,
      "declare function busy(): boolean;",
    ],
    [
      "await limiter.take(); await describe(id);",
      "silent",
      "declare const limiter: { take: any };",
    ],
    ["await bucket.removeTokens(1); await describe(id);", "silent", "declare const bucket: any;"],
    [
      "checkLimits(id); await describe(id);",
      OPEN,
      "declare function checkLimits(id: string): void;",
    ],
    ["await limits.check(id); await describe(id);", OPEN, "declare const limits: any;"],
    [
      "await delimited(id); await describe(id);",
      "silent",
      "declare function delimited(id: string): any;",
    ],
    ["queue.enqueue(() => describe(id));", "silent", "declare const queue: any;"],
  ]),
  startedAt,
);

judged(
  "a test before each call",
  each([
    ["if (!busy) { busy = true; await describe(id); }", "silent", "let busy = false;"],
    ["if (busy) use(id); else { busy = true; await describe(id); }", "silent", "let busy = false;"],
    ["if (busy) return; busy = true; await describe(id);", "silent", "let busy = false;"],
    [
      "if (busy) { use(id); return; } busy = true; await describe(id);",
      "silent",
      "let busy = false;",
    ],
    [
      "if (busy) throw new Error(id); busy = true; await describe(id);",
      "silent",
      "let busy = false;",
    ],
    ["if (busy) await use(); busy = true; await describe(id);", "silent", "let busy = false;"],
    ["if (busy) use(id); busy = true; await describe(id);", OPEN, "let busy = false;"],
    ["if (busy) {} busy = true; await describe(id);", OPEN, "let busy = false;"],
    ["if (busy) return; await describe(id);", OPEN, "declare let busy: boolean;"],
    ["if (await describe(id)) busy = true;", OPEN, "let busy = false;"],
    ["busy || describe(id); busy = true;", "silent", "let busy: unknown = false;"],
    ["use(id) || describe(id); busy = true;", OPEN, "let busy: unknown = false;"],
    ["describe(id) || busy; busy = true;", OPEN, "let busy: unknown = false;"],
    [
      "const user = busy ? undefined : describe(id); busy = true; return user;",
      "silent",
      "let busy = false;",
    ],
    ["while (running < 2) { running++; void describe(id); }", "silent", "let running = 0;"],
    ["me ??= describe(id);", "silent", "let me: unknown;"],
    ["me ||= describe(id);", "silent", "let me: unknown;"],
    ["me = describe(id);", OPEN, "let me: unknown;"],
    ["me &&= describe(id);", OPEN, "let me: unknown;"],
    [
      "if (state.busy) return; state.busy = true; await describe(id);",
      "silent",
      "const state = { busy: false };",
    ],
    [
      "if (state.busy) return; state.done = true; await describe(id);",
      OPEN,
      "const state = { busy: false, done: false };",
    ],
    [
      "if (state[id]) return; state[id] = true; await describe(id);",
      OPEN,
      "const state: Record<string, boolean> = {};",
    ],
    ["let busy = false; if (busy) return; busy = true; await describe(id);", OPEN],
    [
      "const last = tail; tail = describe(id); await last;",
      OPEN,
      "let tail: Promise<unknown> = Promise.resolve();",
    ],
    [
      "const last = tail; tail = sleep(9); await last; await describe(id);",
      "silent",
      "let tail: Promise<unknown> = Promise.resolve();",
    ],
    [
      "await tail; tail = describe(id);",
      "silent",
      "let tail: Promise<unknown> = Promise.resolve();",
    ],
    [
      "await use(tail); tail = describe(id);",
      OPEN,
      "let tail: Promise<unknown> = Promise.resolve();",
    ],
    [
      "const last = use(tail); tail = sleep(9); await last; await describe(id);",
      OPEN,
      "let tail: Promise<unknown> = Promise.resolve();",
    ],
  ]),
  startedAt,
);

judged(
  "a client that limits itself, or has a quota of its own",
  (
    [
      ['const own = new ConnectClient({ region: "us-east-1" });', OPEN],
      ["const own = new ConnectClient({ region: id });", "silent"],
      ["const own = new ConnectClient({ credentials: use(id) });", "silent"],
      ["const own = client;", OPEN],
      ["const own = adaptive;", "silent"],
      ["const own = configured;", "silent"],
      ["const own = paced;", "silent"],
      ["const own = new ConnectClient({ retryMode: 'adaptive' });", OPEN],
    ] as const
  ).map(([own, verdict]): Row => [
    `/*target*/ ids.map(async (id) => { ${own} await own.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })); });`,
    verdict,
    `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";
declare const config: import("@aws-sdk/client-connect").ConnectClientConfig;
const adaptive = new ConnectClient({ retryMode: "adaptive" });
const configured = new ConnectClient(config);
const paced = new ConnectClient({ retryStrategy: backoffStrategy() });`,
  ]),
  startedAt,
);
