/**
 * What users do, with the packed package: install it, type-check a config, lint, fix, load. On the versions of
 * this repository and on the oldest supported ESLint; `SMOKE_ESLINT` and `SMOKE_TYPESCRIPT` name others.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

interface Versions {
  readonly eslint: string;
  readonly typescript: string;
}

const root = path.resolve(import.meta.dirname, "..");
const consumers = path.join(root, "tests/fixtures/consumers");
const node = process.execPath;
const shell = process.platform === "win32";
const { name, version } = manifestOf(root);

function manifestOf(folder: string): { name: string; version: string } {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
}

/** Version of a package that is installed in this repository. */
function installed(packageName: string): string {
  return manifestOf(path.join(root, "node_modules", packageName)).version;
}

/** Runs a command, which must exit with `status`, and gives what it printed. */
function run(folder: string, command: string, args: readonly string[], status = 0): string {
  const result = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 180_000,
    env: { ...process.env, JITI_FS_CACHE: "false" },
    shell,
  });
  const output = `${result.stdout}${result.stderr}`;
  assert.equal(result.status, status, `${command} ${args.join(" ")}\n${output}`);
  return result.stdout;
}

function install(folder: string, tarball: string, { eslint, typescript }: Versions): void {
  writeFileSync(path.join(folder, "package.json"), `{ "private": true, "type": "module" }\n`);
  cpSync(consumers, folder, { recursive: true });
  run(folder, "npm", [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    tarball,
    `eslint@${eslint}`,
    `typescript@${typescript}`,
    `typescript-eslint@${installed("typescript-eslint")}`,
    `@aws-sdk/client-connect@${installed("@aws-sdk/client-connect")}`,
    `@types/node@${installed("@types/node")}`,
  ]);
}

/** Compiles some of the consumer's files; gives the errors, one a line. */
function compile(folder: string, files: readonly string[], options: object, status = 0): string {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    ...options,
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  return run(
    folder,
    node,
    ["node_modules/typescript/bin/tsc", "-p", ".", "--pretty", "false"],
    status,
  );
}

function checkTypes(folder: string, { typescript }: Versions): void {
  // TypeScript 4.8 cannot read the types of today's Node and ESLint: there only our own are looked at.
  const skipLibCheck = Number.parseFloat(typescript) < 5.9;
  if (!skipLibCheck) compile(folder, ["eslint.config.ts"], { skipLibCheck });
  const errors = compile(folder, ["wrong.ts"], {}, 2);
  assert.equal(errors.trim().split("\n").length, 2, errors);
  compile(folder, ["load.cts", "load.mts"], { noEmit: false });
  for (const file of ["load.cjs", "load.mjs"]) {
    assert.deepEqual(JSON.parse(run(folder, node, [file])), {
      name,
      version,
      presets: ["all", "recommended", "strict"],
      delay: "number",
    });
  }
}

function checkLint(folder: string): void {
  compile(folder, ["users.ts"], {});
  const eslint = ["node_modules/eslint/bin/eslint.js", "--config", "lint.config.js", "users.ts"];
  const report = JSON.parse(run(folder, node, [...eslint, "--format", "json"], 1)) as {
    messages: { ruleId: string | null }[];
  }[];
  const found = report.flatMap((file) => file.messages.map((message) => message.ruleId));
  assert.deepEqual(found, ["connect-resilience/require-retry"], JSON.stringify(report));

  run(folder, node, [...eslint, "--fix"]);
  const fixed = readFileSync(path.join(folder, "users.ts"), "utf8");
  assert.match(fixed, /from "eslint-plugin-connect-resilience\/backoff"/);
  compile(folder, ["users.ts"], {});
}

function smoke(tarball: string, versions: Versions): void {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "connect-resilience-smoke-")));
  try {
    install(folder, tarball, versions);
    checkTypes(folder, versions);
    checkLint(folder);
    const { eslint, typescript } = versions;
    console.log(
      `ESLint ${eslint}, TypeScript ${typescript}: installs, type-checks, loads, finds, fixes.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const current = {
  eslint: process.env["SMOKE_ESLINT"] ?? installed("eslint"),
  typescript: process.env["SMOKE_TYPESCRIPT"] ?? installed("typescript"),
};
const oldest = { eslint: "9.22.0", typescript: "5.9.3" };
const asked =
  process.env["SMOKE_ESLINT"] !== undefined || process.env["SMOKE_TYPESCRIPT"] !== undefined;

const packFolder = mkdtempSync(path.join(tmpdir(), "connect-resilience-pack-"));
try {
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", packFolder];
  const file = run(root, "npm", pack).trim().split("\n").at(-1) ?? "";
  for (const versions of asked ? [current] : [current, oldest]) {
    smoke(path.join(packFolder, file), versions);
  }
} finally {
  rmSync(packFolder, { recursive: true, force: true });
}
