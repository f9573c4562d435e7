/** What `docs/pull-requests.md` says of a CI job, done with ESLint's command line and the built plugin. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { EXAMPLES, ROOT } from "../../tools/examples.ts";
import { makeUserProject, runEslint, runNode } from "../support/command-line.ts";

const SECONDS = 1000;

/** Quick to lint: what is tested here does not depend on types. */
const config = (severity: "error" | "warn", rule = "require-retry"): string => `
import connectResilience from "eslint-plugin-connect-resilience";
export default [{
  files: ["**/*.js"],
  plugins: { "connect-resilience": connectResilience },
  rules: { "connect-resilience/${rule}": "${severity}" },
  settings: { "connect-resilience": { types: "optional" } },
}];
`;
const fragile = `import { ConnectClient } from "@aws-sdk/client-connect";
export const client = new ConnectClient();
`;
const anotherFragile = `${fragile}export const second = new ConnectClient();\n`;

function project(name: string, files: Readonly<Record<string, string>>): string {
  return makeUserProject(`pull-request-${name}`, {
    "package.json": `{ "private": true, "type": "module" }`,
    ...files,
  });
}

describe("exit codes", { timeout: 60 * SECONDS }, () => {
  const folder = project("exit-codes", {
    "eslint.config.js": config("error"),
    "warn.config.js": config("warn"),
    "broken.config.js": config("error", "no-such-rule"),
    "fragile.js": fragile,
    "fine.js": "export const answer = 42;\n",
  });

  it("0: nothing found", () => {
    expect(runEslint(folder, "fine.js")).toMatchObject({ status: 0, stdout: "" });
  });

  it("1: presets report errors, which fail without any flag", () => {
    const { status, stdout } = runEslint(folder, "fragile.js");
    expect(status).toBe(1);
    expect(stdout).toMatch(/2:23\s+error\s+This ConnectClient .+connect-resilience\/require-retry/);
  });

  it("1: warnings fail with --max-warnings 0, and not without", () => {
    const args = ["--config", "warn.config.js", "fragile.js"];
    expect(runEslint(folder, ...args).status).toBe(0);
    expect(runEslint(folder, ...args, "--max-warnings", "0").status).toBe(1);
  });

  it("2: the config is wrong", () => {
    const { status, stderr } = runEslint(folder, "--config", "broken.config.js", "fragile.js");
    expect(status).toBe(2);
    expect(stderr).toContain("no-such-rule");
  });
});

describe("SARIF", { timeout: 60 * SECONDS }, () => {
  interface Sarif {
    readonly version: string;
    readonly runs: readonly {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly helpUri: string;
            readonly shortDescription: { readonly text: string };
          }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly message: { readonly text: string };
      }[];
    }[];
  }

  it("names, describes and links the rule of each finding", () => {
    const folder = project("sarif", { "eslint.config.js": config("error"), "fragile.js": fragile });
    const formatter = path.join(ROOT, "node_modules/@microsoft/eslint-formatter-sarif/sarif.js");
    const { status, stdout } = runEslint(folder, "fragile.js", "--format", formatter);
    expect(status).toBe(1);
    const { version, runs } = JSON.parse(stdout) as Sarif;
    expect(version).toBe("2.1.0");
    expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual([
      "connect-resilience/require-retry",
    ]);
    expect(runs[0]?.results[0]?.message.text).toMatch(/^This ConnectClient has no retry policy/);
    expect(runs[0]?.tool.driver.rules).toEqual([
      expect.objectContaining({
        id: "connect-resilience/require-retry",
        helpUri: rules["require-retry"].meta.docs?.url,
        shortDescription: { text: rules["require-retry"].meta.docs?.description },
      }),
    ]);
  });

  it.each(Object.entries(rules))("%s has what the format asks of a rule", (name, { meta }) => {
    expect(meta.docs?.description).toMatch(/^[a-z].{20,}[^.]$/);
    expect(meta.docs?.url).toMatch(new RegExp(`^https://.+/docs/rules/${name}\\.md$`));
    for (const message of Object.values(meta.messages)) expect(message).not.toContain("\n");
  });
});

describe("bulk suppressions", { timeout: 120 * SECONDS }, () => {
  it("accept what is there, fail on one more, and complain of what is gone", () => {
    const folder = project("suppressions", {
      "eslint.config.js": config("error"),
      "old.js": anotherFragile,
    });
    expect(runEslint(folder, ".").status).toBe(1);
    expect(runEslint(folder, ".", "--suppress-all").status).toBe(0);
    const file = readFileSync(path.join(folder, "eslint-suppressions.json"), "utf8");
    expect(JSON.parse(file)).toEqual({
      "old.js": { "connect-resilience/require-retry": { count: 2 } },
    });
    expect(runEslint(folder, ".").status).toBe(0);

    writeFileSync(path.join(folder, "new.js"), fragile);
    const { status, stdout } = runEslint(folder, ".");
    expect(status).toBe(1);
    expect(stdout).toContain("new.js");
    expect(stdout).not.toContain("old.js");

    writeFileSync(path.join(folder, "new.js"), "");
    writeFileSync(path.join(folder, "old.js"), fragile);
    expect(runEslint(folder, ".").status).toBe(2);
    expect(runEslint(folder, ".", "--prune-suppressions").status).toBe(0);
  });
});

describe("lint-staged", { timeout: 120 * SECONDS }, () => {
  const lintStaged = path.join(ROOT, "node_modules/lint-staged/bin/lint-staged.js");

  function repository(name: string, file: string): string {
    const folder = project(name, {
      "eslint.config.js": config("error"),
      ".lintstagedrc.json": JSON.stringify({
        "*.js": `node ${path.join(ROOT, "node_modules/eslint/bin/eslint.js")} --fix --max-warnings 0 --no-warn-ignored`,
      }),
      ".gitignore": "node_modules\n",
      "connect.js": "export {};\n",
    });
    const git = (...args: string[]): unknown =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "-m", "before");
    writeFileSync(path.join(folder, "connect.js"), file);
    git("add", ".");
    return folder;
  }

  it("repairs what is staged", () => {
    const folder = repository("lint-staged", fragile);
    const { status, stderr } = runNode(folder, lintStaged, []);
    expect(stderr).not.toContain("TypeError");
    expect(status).toBe(0);
    expect(readFileSync(path.join(folder, "connect.js"), "utf8")).toContain("backoffStrategy()");
  });

  it("refuses the commit, and puts everything back, where a fix is not certain", () => {
    const notFixable = `${fragile}// eslint-disable-next-line connect-resilience/require-retry
export const other = new ConnectClient(globalThis.unknownOptions);
export const wrong = ;
`;
    const folder = repository("lint-staged-refused", notFixable);
    expect(runNode(folder, lintStaged, []).status).toBe(1);
    expect(readFileSync(path.join(folder, "connect.js"), "utf8")).toBe(notFixable);
  });
});

describe("a typed project", { timeout: 180 * SECONDS }, () => {
  let folder: string;
  beforeAll(() => {
    folder = makeUserProject("pull-request-typed", {});
    cpSync(path.join(EXAMPLES, "contact-centre"), folder, {
      recursive: true,
      filter: (source) => !/[\\/](?:node_modules|dist)$/.test(source),
    });
  });

  it("is judged the same with --concurrency", () => {
    const alone = runEslint(folder, "src", "--format", "json");
    const together = runEslint(folder, "src", "--format", "json", "--concurrency", "2");
    expect(alone.status).toBe(1);
    expect(together.status).toBe(1);
    const findings = (json: string): unknown =>
      (JSON.parse(json) as { filePath: string; messages: unknown[] }[]).map(
        ({ filePath, messages }) => [path.basename(filePath), messages],
      );
    expect(findings(together.stdout)).toEqual(findings(alone.stdout));
  });

  it("is not judged again by --cache when a file changes that another depends on", () => {
    const cache = path.join(folder, ".eslintcache");
    const args = ["src/failover.ts", "--cache", "--cache-location", cache];
    const client = path.join(folder, "src/connect.ts");
    const before = readFileSync(client, "utf8");
    writeFileSync(
      client,
      before
        .replace("ConnectClient({})", "ConnectClient({ retryStrategy: backoffStrategy() })")
        .replace(
          "import",
          `import { backoffStrategy } from "eslint-plugin-connect-resilience/backoff";\nimport`,
        ),
    );
    expect(runEslint(folder, ...args)).toMatchObject({ status: 0, stdout: "" });
    expect(existsSync(cache)).toBe(true);
    writeFileSync(client, before);
    // The fault is back, and the cache hides it: why the guide says not to use it.
    expect(runEslint(folder, ...args).status).toBe(0);
    expect(runEslint(folder, "src/failover.ts").status).toBe(1);
  });
});
