/** `check` on small projects of every kind: what is found, what is said, how it ends. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadOrExplain } from "../../src/cli/check/index.ts";
import type { Report } from "../../src/cli/check/report.ts";
import plugin from "../../src/index.ts";
import { createProject, plain, removeProjects, runCli } from "./support.ts";

afterAll(removeProjects);

const RETRY_FOR_EVER = `
const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({ maxAttempts: 5 });
exports.list = async () => {
  while (true) {
    try {
      return await client.send(new ListUsersCommand({ InstanceId: "i" }));
    } catch (error) {
      console.error(error);
    }
  }
};
`;
const FINE = `
const { ConnectClient, ListUsersCommand } = require("@aws-sdk/client-connect");
const client = new ConnectClient({ maxAttempts: 5, requestHandler: { requestTimeout: 3000, throwOnRequestTimeout: true } });
exports.list = () => client.send(new ListUsersCommand({ InstanceId: "i" }));
`;

async function reportOf(folder: string, ...args: string[]): Promise<Report> {
  const { out, err } = await runCli(folder, ["check", "--format", "json", ...args]);
  expect(err).toBe("");
  return JSON.parse(out) as Report;
}

/** A call as one line: place, operation, stack, attempts, wait. */
function linesOf({ calls }: Report): string[] {
  return calls.map((call) => {
    const stack = call.layers
      .map(({ name, attempts }) => `${name} ${String(attempts)}`)
      .join(" > ");
    const { attempts, waitMs } = call;
    const number = ({ exact, value }: typeof attempts): string =>
      `${exact ? "" : ">="}${String(value)}`;
    return `${call.file}:${String(call.line)} ${String(call.operation)} [${stack}] ${number(attempts)} ${number(waitMs)}`;
  });
}

describe("a TypeScript project with the SDK installed", () => {
  let report: Report;

  beforeAll(async () => {
    const folder = createProject(
      {
        "package.json": `{ "name": "service", "type": "module" }`,
        "tsconfig.json": `{ "compilerOptions": { "module": "nodenext", "strict": true }, "include": ["src"] }`,
        "src/client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";
export const client = new ConnectClient({});
`,
        "src/users.ts": `import { DescribeUserCommand, paginateListUsers } from "@aws-sdk/client-connect";
import { client } from "./client.js";
import { retry } from "./retry.js";
export const describe = (id: string) =>
  retry(() => client.send(new DescribeUserCommand({ InstanceId: "i", UserId: id })));
export async function* users() {
  yield* paginateListUsers({ client }, { InstanceId: "i" });
}
`,
        "src/retry.ts": `export async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
`,
        // Not included by the project, and checked all the same.
        "scripts/export.mjs": `import { ConnectClient, ListQueuesCommand } from "@aws-sdk/client-connect";
await new ConnectClient({ maxAttempts: 2 }).send(new ListQueuesCommand({ InstanceId: "i" }));
`,
      },
      { installed: true },
    );
    report = await reportOf(folder);
  });

  it("lists every call with its stack across files", () => {
    expect(linesOf(report)).toEqual([
      // 1000
      "scripts/export.mjs:2 ListQueues [ConnectClient's own retries 2] 2 1000",
      // 4 × (1000 + 2000) + 3 × 500
      "src/users.ts:5 DescribeUser [retry() 4 > ConnectClient's default 3] 12 13500",
      "src/users.ts:7 ListUsers [ConnectClient's default 3] 3 3000",
    ]);
    expect(report.calls.map(({ paginated }) => paginated)).toEqual([false, false, true]);
  });

  it("gives quotas, and says whose", () => {
    expect(report.calls[1]?.quota).toMatchObject({
      ratePerSecond: 2,
      burst: 5,
      scope: "account-region",
    });
  });

  it("says where each layer is", () => {
    expect(report.calls[1]?.layers.map(({ at }) => `${at.file}:${String(at.line)}`)).toEqual([
      "src/users.ts:5",
      "src/client.ts:2",
    ]);
  });

  it("reports what the rules report", () => {
    expect(
      report.findings.map(({ file, line, rule }) => `${file}:${String(line)} ${rule}`),
    ).toEqual(
      expect.arrayContaining([
        "src/client.ts:2 connect-resilience/require-retry",
        "src/retry.ts:7 connect-resilience/require-jitter",
      ]),
    );
  });

  it("counts", () => {
    expect(report.summary).toMatchObject({
      files: 4,
      findings: report.findings.length,
      calls: 3,
      operations: 3,
      unlimited: 0,
      aboveBurst: 1,
      partlyRead: 0,
    });
  });
});

describe("a CommonJS project without the SDK", () => {
  let folder: string;

  beforeAll(() => {
    folder = createProject({ "index.js": RETRY_FOR_EVER, "lib/fine.js": FINE });
  });

  it("is understood by tracing", async () => {
    const report = await reportOf(folder);
    expect(linesOf(report)).toEqual([
      "index.js:7 ListUsers [while loop null > ConnectClient's own retries 5] null null",
      "lib/fine.js:4 ListUsers [ConnectClient's own retries 5] 5 15000",
    ]);
    expect(report.findings.map(({ rule }) => rule)).toContain(
      "connect-resilience/no-unbounded-retry",
    );
  });

  it("fails with findings, and not without", async () => {
    expect((await runCli(folder, ["check"])).code).toBe(1);
    expect((await runCli(folder, ["check", "lib", "--preset", "recommended"])).code).toBe(0);
  });

  it("prints a table, then the findings, then a summary", async () => {
    const { out, err } = await runCli(folder, ["check"]);
    expect(err).toBe("");
    expect(out).toMatch(/│ index\.js:7\s+│ ListUsers\s+│ 2\/s, burst 5 │ while loop without limit/);
    expect(out).toMatch(
      /┘\nAttempts and wait: .+\.\nQuota: .+\.\n\nindex\.js\n {2}5:3 {2}error {2}/,
    );
    expect(out).toMatch(/keeps it running for ever.* {2}connect-resilience\/no-unbounded-retry/);
    expect(out).toMatch(/\d findings in 2 files; 2 calls of 1 operation, 1 without limit/);
    expect(out).toBe(plain(out));
  });

  it("prints findings only when it should be quiet", async () => {
    const { out, err } = await runCli(folder, ["check", "--quiet"], { tty: true });
    expect(plain(out)).toMatch(/^index\.js\n/);
    expect(out).not.toContain("│");
    expect(err).toBe("");
    const fine = ["check", "lib", "--quiet", "--preset", "recommended"];
    expect((await runCli(folder, fine)).out).toBe("");
  });

  it("uses colours on a terminal, unless it should not", async () => {
    const coloured = await runCli(folder, ["check"], { tty: true });
    expect(plain(coloured.out)).not.toBe(coloured.out);
    const plainly = await runCli(folder, ["check"], { tty: true, env: { NO_COLOR: "1" } });
    expect(plain(plainly.out)).toBe(plainly.out);
  });

  it("shows progress on a terminal, or when asked", async () => {
    expect((await runCli(folder, ["check"], { tty: true })).err).toContain(
      "Checking 1 of 2 files: index.js",
    );
    expect((await runCli(folder, ["check", "--progress"])).err).toMatch(/^Checking: 0 of 2 files/);
  });

  it("tolerates as many findings as it is told", async () => {
    const { findings } = await reportOf(folder);
    const allow = (number: number): Promise<{ code: number }> =>
      runCli(folder, ["check", "--max-findings", String(number)]);
    expect((await allow(findings.length)).code).toBe(0);
    expect((await allow(findings.length - 1)).code).toBe(1);
  });

  it("leaves files out by pattern", async () => {
    expect((await reportOf(folder, "--ignore", "lib/**")).summary.files).toBe(1);
    const none = await runCli(folder, ["check", "--ignore", "**/*.js"]);
    expect(none).toMatchObject({ code: 2, err: "error: Every file is left out by --ignore.\n" });
  });

  it("checks a single file", async () => {
    expect((await reportOf(folder, "lib/fine.js")).summary).toMatchObject({ files: 1, calls: 1 });
  });

  it.each([
    ["report.html", /^<!doctype html>/],
    ["report.md", /^# Amazon Connect calls of /],
    ["report.sarif", /"version": "2\.1\.0"/],
    ["deep/er/report.json", /"schemaVersion": 1/],
  ])("writes %s in the format of its name", async (name, start) => {
    const { err, out } = await runCli(folder, ["check", "--output", name]);
    expect(out).toBe("");
    expect(err).toContain(`Written to ${name}.`);
    expect(readFileSync(path.join(folder, name), "utf8")).toMatch(start);
  });
});

it("follows a monorepo's configurations: one of its own, one by reference, and none", async () => {
  const folder = createProject({
    "package.json": `{ "private": true, "workspaces": ["packages/*"] }`,
    "packages/a/tsconfig.json": `{ "compilerOptions": { "module": "nodenext" } }`,
    "packages/a/client.ts": `import { ConnectClient } from "@aws-sdk/client-connect";
export const connect = new ConnectClient({ maxAttempts: 7 });
`,
    "packages/a/call.ts": `import { StopContactCommand } from "@aws-sdk/client-connect";
import { connect } from "./client.js";
export const stop = () => connect.send(new StopContactCommand({ InstanceId: "i", ContactId: "c" }));
`,
    "packages/b/tsconfig.json": `{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }`,
    "packages/b/tsconfig.app.json": `{
      // Paths are understood from this file only.
      "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "jsx": "preserve", "paths": { "~/*": ["./src/*"] } },
      "include": ["src"]
    }`,
    "packages/b/src/connect.ts": `import { ConnectClient } from "@aws-sdk/client-connect";
export const connect = new ConnectClient({ maxAttempts: 6 });
`,
    "packages/b/src/app.tsx": `import { SearchContactsCommand } from "@aws-sdk/client-connect";
import { connect } from "~/connect";
export const search = (): unknown => connect.send(new SearchContactsCommand({} as never));
export const App = () => <p>Contacts</p>;
`,
    "tools/list.js": FINE,
  });
  const report = await reportOf(folder);
  expect(linesOf(report).map((line) => line.replace(/ \S+$/, ""))).toEqual([
    "packages/a/call.ts:3 StopContact [ConnectClient's own retries 7] 7",
    "packages/b/src/app.tsx:3 SearchContacts [ConnectClient's own retries 6] 6",
    "tools/list.js:4 ListUsers [ConnectClient's own retries 5] 5",
  ]);
  expect(report.problems).toEqual([]);
});

it("sees the retries of a file that does not name the SDK, which is not installed", async () => {
  const folder = createProject({
    "index.js": `const { ConnectClient, StopContactCommand } = require("@aws-sdk/client-connect");
const { retry } = require("./retry");
const client = new ConnectClient({});
exports.stop = (ContactId) => retry(() => client.send(new StopContactCommand({ ContactId, InstanceId: "i" })));
`,
    "retry.js": `exports.retry = async function retry(work, left = 3) {
  try {
    return await work();
  } catch (error) {
    if (left <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return retry(work, left - 1);
  }
};
`,
  });
  const report = await reportOf(folder);
  // Two pauses of 200 ms, and three times the SDK's of 1 s and 2 s.
  expect(linesOf(report)).toEqual([
    "index.js:4 StopContact [retry() 3 > ConnectClient's default 3] 9 9400",
  ]);
  expect(
    report.findings.map(({ file, line, rule }) => `${file}:${String(line)} ${rule}`),
  ).toContain("retry.js:6 connect-resilience/require-jitter");
});

it("follows a client into a package of the workspace, which is linked", async () => {
  const folder = createProject({
    "package.json": `{ "private": true, "workspaces": ["packages/*"] }`,
    "packages/client/package.json": `{ "name": "@acme/client", "exports": "./index.ts" }`,
    "packages/client/index.ts": `import { ConnectClient } from "@aws-sdk/client-connect";
export const connect = new ConnectClient({ maxAttempts: 7 });
`,
    "packages/app/app.ts": `import { ListUsersCommand } from "@aws-sdk/client-connect";
import { connect } from "@acme/client";
export const list = () => connect.send(new ListUsersCommand({ InstanceId: "i" }));
`,
  });
  const scope = path.join(folder, "node_modules/@acme");
  mkdirSync(scope, { recursive: true });
  symlinkSync(path.join(folder, "packages/client"), path.join(scope, "client"), "junction");
  expect(linesOf(await reportOf(folder)).map((line) => line.replace(/ \S+$/, ""))).toEqual([
    "packages/app/app.ts:3 ListUsers [ConnectClient's own retries 7] 7",
  ]);
});

it("reports a file that cannot be parsed, and goes on", async () => {
  const folder = createProject({ "broken.ts": "export const x = ;\n", "index.js": FINE });
  const report = await reportOf(folder, "--preset", "recommended");
  expect(report.findings).toMatchObject([
    {
      file: "broken.ts",
      line: 1,
      rule: "syntax-error",
      message: "The file cannot be parsed: Expression expected.",
    },
  ]);
  expect(report.calls).toHaveLength(1);
});

it("leaves alone what comments say to an older ESLint", async () => {
  const folder = createProject({
    "index.js": `/* eslint-env node */\n/* eslint quotes: [ */\n${FINE}`,
  });
  const report = await reportOf(folder, "--preset", "recommended");
  expect(report.findings).toEqual([]);
  expect(report.calls).toHaveLength(1);
});

it("notes a tsconfig.json that is wrong, and reads what it can", async () => {
  const folder = createProject({
    "tsconfig.json": `{ "extends": "./nowhere.json" }`,
    "index.js": FINE,
  });
  const { code, err, out } = await runCli(folder, ["check", "--preset", "recommended"]);
  expect(code).toBe(0);
  expect(err).toMatch(/^note: tsconfig\.json: .*nowhere\.json/);
  expect(out).toContain("ListUsers");
});

it("leaves out what git ignores and what was built", async () => {
  const folder = createProject({
    ".gitignore": "generated/\n",
    "index.js": FINE,
    "dist/index.js": FINE,
    "generated/client.js": FINE,
    "node_modules/package/index.js": FINE,
    "src/types.d.ts": "export {};\n",
    "src/vendor.min.js": "",
  });
  const all = await reportOf(folder);
  expect(all.summary.files).toBe(2);
  expect(spawnSync("git", ["init", "--quiet"], { cwd: folder }).status).toBe(0);
  const tracked = await reportOf(folder);
  expect(tracked.calls.map(({ file }) => file)).toEqual(["index.js"]);
  // Who names a folder wants it.
  expect((await reportOf(folder, "generated")).summary.files).toBe(1);
});

it("lets comments disable findings, unless told otherwise", async () => {
  const folder = createProject({
    "index.js": `/* eslint connect-resilience/no-unbounded-retry: off, no-undef: error */\n${RETRY_FOR_EVER}`,
  });
  const rules = async (...args: string[]): Promise<string[]> =>
    (await reportOf(folder, ...args)).findings.map(({ rule }) => rule);
  const unbounded = "connect-resilience/no-unbounded-retry";
  expect(await rules()).not.toContain(unbounded);
  expect(await rules()).not.toContain("no-undef");
  expect(await rules("--no-inline-config")).toContain(unbounded);
});

it("judges the services it is asked to", async () => {
  const folder = createProject({
    "index.js": `const { S3Client, GetObjectCommand } = require("@aws-sdk/client-s3");
const client = new S3Client({ maxAttempts: 4 });
exports.get = () => client.send(new GetObjectCommand({ Bucket: "b", Key: "k" }));
`,
  });
  const operations = async (...args: string[]): Promise<(string | null)[]> =>
    (await reportOf(folder, ...args)).calls.map(({ operation }) => operation);
  expect(await operations()).toEqual([]);
  expect(await operations("--services", "aws")).toEqual(["GetObject"]);
  expect(await operations("--services", "@aws-sdk/client-s3,@aws-sdk/client-ec2")).toEqual([
    "GetObject",
  ]);
  expect((await runCli(folder, ["check", "--services", "s3"])).code).toBe(2);
});

it("goes on when a rule fails, and ends with an error", async () => {
  const folder = createProject({ "index.js": RETRY_FOR_EVER });
  const fault = vi.spyOn(plugin.rules["require-jitter"], "create").mockImplementation(() => {
    throw new Error("out of ideas");
  });
  try {
    const { code, err, out } = await runCli(folder, ["check", "--format", "json"]);
    expect(code).toBe(2);
    expect(err).toContain(
      "error: index.js: connect-resilience/require-jitter failed: out of ideas",
    );
    const { calls, findings } = JSON.parse(out) as Report;
    expect(calls).toHaveLength(1);
    expect(findings.map(({ rule }) => rule)).toContain("connect-resilience/no-unbounded-retry");
  } finally {
    fault.mockRestore();
  }
});

describe("what cannot be done", () => {
  it.each([
    ["an empty folder", ["check"], /^error: No TypeScript or JavaScript files in "\."\./],
    ["a path that is not there", ["check", "sorce"], /^error: There is no "sorce" in /],
    [
      "a file of another kind",
      ["check", "notes.txt"],
      /"notes\.txt" is not a TypeScript or JavaScript/,
    ],
    ["an output without a format", ["check", "-o", "report"], /does not say which format/],
    ["an unknown format", ["check", "-f", "xml"], /Allowed choices are table, json/],
    ["an unknown preset", ["check", "--preset", "best"], /Allowed choices are recommended/],
    ["a limit that is no number", ["check", "--max-findings", "few"], /Not a whole number/],
    ["an unknown option", ["check", "--fast"], /unknown option '--fast'/],
    ["an unknown command", ["inspect"], /unknown command 'inspect'/],
    ["no command", [], /Usage: eslint-plugin-connect-resilience/],
  ])("%s: message and exit code 2", async (_, args, message) => {
    const folder = createProject({ "notes.txt": "" });
    const { code, err, out } = await runCli(folder, args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  it("an output that cannot be written", async () => {
    const folder = createProject({ "index.js": FINE });
    writeFileSync(path.join(folder, "file"), "");
    const { code, err } = await runCli(folder, ["check", "-o", "file/report.json"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: Cannot write .*report\.json/);
  });

  it.runIf(process.platform === "linux")(
    "an output below a folder that is not to be made",
    async () => {
      const folder = createProject({ "index.js": FINE });
      const { code, err } = await runCli(folder, ["check", "-o", "/proc/none/report.json"]);
      expect(code).toBe(2);
      expect(err).toMatch(/^error: Cannot write \/proc\/none\/report\.json: ENOENT/);
    },
  );

  it("without TypeScript, says how to get it", async () => {
    const { createRequire } = await import("node:module");
    const elsewhere = createProject({});
    const load = (name: string) => async (): Promise<unknown> =>
      Promise.resolve(createRequire(path.join(elsewhere, "index.js"))(name));
    await expect(loadOrExplain(load("typescript"))).rejects.toThrow(
      'This needs the package "typescript", which is not installed: npm install --save-dev',
    );
    await expect(loadOrExplain(load("eslint/config"))).rejects.toThrow('the package "eslint"');
    await expect(loadOrExplain(load("left-pad"))).rejects.toThrow("Cannot find module 'left-pad'");
  });
});

it.each([[["--help"]], [["help", "check"]], [["check", "--help"]], [["--version"]]])(
  "%j is no error",
  async (args) => {
    const { code, err, out } = await runCli(createProject({}), args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toBe("");
  },
);

it("runs as an executable", { timeout: 120_000 }, () => {
  const root = path.resolve(import.meta.dirname, "../..");
  const folder = createProject({ "index.js": FINE });
  const bin = path.join(root, "src/cli/bin.ts");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), bin, "check", "--preset", "recommended"],
    { cwd: folder, encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("0 findings in 1 file; 1 call of 1 operation");
  expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

it("ends quietly where nobody reads on", { timeout: 120_000 }, async () => {
  const folder = createProject({ "index.js": RETRY_FOR_EVER });
  const bin = path.resolve(import.meta.dirname, "../../src/cli/bin.ts");
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), bin, "check"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.destroy();
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "close")) as [number];
  expect({ code, err }).toEqual({ code: 1, err: "" });
});
