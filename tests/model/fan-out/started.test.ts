import { each, judged, OPEN, type Row, startedAt } from "./support.ts";

judged(
  "what starts calls for item after item",
  [
    ["/*target*/ ids.map((id) => describe(id));", OPEN],
    ["/*target*/ ids.forEach(describe);", OPEN],
    ["/*target*/ ids.map(describe.bind(null));", OPEN],
    ["/*target*/ ids.map(use(describe));", "silent"],
    ["/*target*/ ids.map(...use(describe));", "silent"],
    ["/*target*/ ids.toSorted((a) => use(describe(a)));", "silent"],
    ["/*target*/ new Map([[n, ids]]).forEach((id) => describe(String(id)));", "1 DescribeUser"],
    ["const byId = new Map<string, string>(use()); /*target*/ byId.forEach(describe);", OPEN],
    ["const all = new Set(ids); /*target*/ all.forEach((id) => void describe(id));", OPEN],
    [
      "/*target*/ some.map(describe);",
      "silent",
      "interface Option { map(fn: unknown): Option }\ndeclare const some: Option;",
    ],
    ["/*target*/ stream.map(describe);", "silent", 'import { stream } from "./streams.js";'],
    ["/*target*/ Array.from(ids, (id) => describe(id));", OPEN],
    ['/*target*/ Array.from({ length: 9 }, () => describe("a"));', "9 DescribeUser"],
    [
      "/*target*/ Lists.from(ids, (id: string) => describe(id));",
      "silent",
      "declare const Lists: { from: any };",
    ],
    ["/*target*/ map(ids, describe);", OPEN, 'import { map } from "lodash";'],
    ["/*target*/ each(ids, describe);", OPEN, 'import { each } from "underscore";'],
    ["/*target*/ filter(ids, describe);", "silent", 'import { filter } from "lodash-es";'],
    ["/*target*/ map(ids, describe);", "silent", 'import { map } from "rxjs";'],
    ["/*target*/ map(ids, describe);", "silent", "declare function map(...all: unknown[]): void;"],
    ["/*target*/ pMap(ids, describe);", OPEN, 'import pMap from "p-map";'],
    ["/*target*/ pMap(ids, describe, { stopOnError: false });", OPEN, 'import pMap from "p-map";'],
    ["/*target*/ pMap(ids, describe, { concurrency: 2 });", "silent", 'import pMap from "p-map";'],
    [
      "/*target*/ pMap(ids, describe, options);",
      "silent",
      'import pMap from "p-map";\ndeclare const options: { concurrency?: number };',
    ],
    ["/*target*/ pMapSkip(ids, describe);", "silent", 'import { pMapSkip } from "p-map";'],
    ["/*target*/ for (const id of ids) void describe(id);", OPEN],
    ["/*target*/ for (const id of ids) { void describe(id); await sleep(500); }", "silent"],
    [
      "/*target*/ for (const id of ids) { void describe(id); for await (const x of use()) use(x); }",
      "silent",
    ],
    ["/*target*/ for await (const id of ids) void describe(id);", "silent"],
    ["/*target*/ for (const id of ids) void (async () => { await describe(id); })();", OPEN],
    ["/*target*/ ids.map(function* (id) { yield describe(id); });", "silent"],
    [
      "/*target*/ Array.from({ length: 9 }, async () => { while (ids.length) await describe(ids.pop()!); });",
      "silent",
    ],
    [
      "/*target*/ Array.from({ length: 9 }, () => next());",
      "silent",
      "const left: string[] = [];\nconst next = async (): Promise<void> => { const id = left.pop(); if (id === undefined) return; await describe(id); await next(); };",
    ],
    [
      "/*target*/ new Array(9).fill(0).map(next);",
      "silent",
      'const left: string[] = [];\nconst next = (): Promise<void> => describe(left.pop() ?? "").then(() => again());\nconst again = () => next();',
    ],
    ["/*target*/ Array.from({ length: n }, () => describe(String(n)));", "silent"],
    ["/*target*/ ids.map(() => { for (const x of [1, 2]) void describe(String(x)); });", OPEN],
  ],
  startedAt,
);

judged(
  "whether a loop goes on after a call",
  (
    [
      ["if (id) return describe(id);", "silent"],
      ["if (id) throw describe(id);", "silent"],
      ["void describe(id); break;", "silent"],
      ["void describe(id); return;", "silent"],
      ["if (id) { void describe(id); throw new Error(id); }", "silent"],
      ["void describe(id); if (id) break;", OPEN],
      ["if (id) break; void describe(id);", OPEN],
      ["if (id) { void describe(id); continue; }", OPEN],
      ['switch (id) { case "a": void describe(id); break; }', OPEN],
      ['switch (id) { case "a": { void describe(id); break; } }', OPEN],
      ['switch (id) { case "a": void describe(id); return; }', "silent"],
      ['switch (id) { case "a": use(id); } void describe(id); break;', "silent"],
      ["const go = () => { return describe(id); }; void go();", OPEN],
      ["void (() => { return describe(id); })();", OPEN],
      ["void (() => { void describe(id); return 1; })();", OPEN],
      ["for (const x of [1, 2]) void describe(id + x);", "silent"],
      ["[1, 2].forEach((x) => void describe(id + x));", "silent"],
      ["now(() => describe(id));", OPEN],
    ] as const
  ).map(([body, verdict]): Row => [
    `/*target*/ for (const id of ids) { ${body} }`,
    verdict,
    "const now = (fn: () => unknown) => fn();",
  ]),
  startedAt,
);

judged(
  "which of several calls is named",
  each([
    [
      'void describe(id); return client.send(new ListUsersCommand({ InstanceId: "i" }));',
      "open ListUsers",
    ],
    [
      'void client.send(new StopContactCommand({ InstanceId: "i", ContactId: id })); return describe(id);',
      OPEN,
      'import { StopContactCommand } from "@aws-sdk/client-connect";',
    ],
  ]),
  startedAt,
);

judged(
  "what is run for each item",
  each([
    ["use().then(() => describe(id));", OPEN],
    ["use().finally(() => describe(id));", OPEN],
    ["use().catch(() => describe(id));", "silent"],
    ["use().then(undefined, () => describe(id));", "silent"],
    ["chain.then(() => describe(id));", "silent", "declare const chain: Promise<void>;"],
    ["describe(id).then(() => describe(id));", OPEN],
    ["new Promise((resolve) => { void describe(id).then(resolve); });", OPEN],
    ["new Job(() => describe(id));", "silent", "declare class Job { constructor(fn: unknown) }"],
    ["setTimeout(() => describe(id), 0);", "silent"],
    ["return () => describe(id);", "silent"],
    ["use(() => describe(id));", "silent"],
    ["[id].forEach((x) => void describe(x));", OPEN],
    ["[id].every((x) => describe(x));", OPEN],
    ["jobs.add(() => describe(id));", "silent", "declare const jobs: { add: any };"],
    ["Array.from([id], (x) => describe(x));", OPEN],
    ["now(() => describe(id));", OPEN, "const now = (fn: () => unknown) => fn();"],
    ["now(describe);", OPEN, 'const now = (fn: typeof describe) => fn("a");'],
    [
      "now(() => describe(id));",
      OPEN,
      "const run1 = (fn: () => unknown) => fn();\nconst now = (fn: () => unknown) => run1(fn);",
    ],
    ["now(() => describe(id));", OPEN, "const now = (fn: () => unknown) => [1].map(() => fn());"],
    ["later(() => describe(id));", "silent", "const later = (fn: () => unknown) => () => fn();"],
    [
      "later(() => describe(id));",
      "silent",
      "const waiting: unknown[] = [];\nconst later = (fn: () => unknown) => { waiting.push(fn); };",
    ],
    [
      "later(() => describe(id));",
      "silent",
      "const waiting: unknown[] = [];\nconst later = (fn: () => unknown) => { waiting.push(fn); return fn(); };",
    ],
    ["later(() => describe(id));", "silent", "const later = (fn: () => unknown) => {};"],
    [
      "later(() => describe(id));",
      "silent",
      "let busy = false;\nconst later = (fn: () => unknown) => { if (busy) return; busy = true; fn(); };",
    ],
    ["const a = () => { b(); }; const b = () => { a(); void describe(id); }; a();", OPEN],
    [
      "return users.get(id);",
      OPEN,
      "class Users { get(id: string) { return describe(id); } }\nconst users = new Users();",
    ],
    [
      "return users.get(id);",
      "silent",
      "declare const throttled: any;\nclass Users { @throttled get(id: string) { return describe(id); } }\nconst users = new Users();",
    ],
    [
      "return users.get(id);",
      "silent",
      "declare const throttle: any;\nclass Users { @throttle(2) get(id: string) { return describe(id); } }\nconst users = new Users();",
    ],
    [
      "return users.get(id);",
      OPEN,
      "declare const logged: any;\nclass Users { @logged() get(id: string) { return describe(id); } }\nconst users = new Users();",
    ],
  ]),
  startedAt,
);
