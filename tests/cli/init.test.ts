/** `init` on projects as they are found: what it writes lints, and a second run changes nothing. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/init/index.ts";
import type { Questions } from "../../src/cli/init/questions.ts";
import { makeUserProject, runEslint, runNode } from "../support/command-line.ts";

const SECONDS = 1000;

const installed = {
  devDependencies: {
    eslint: "*",
    "eslint-plugin-connect-resilience": "*",
    typescript: "*",
    "typescript-eslint": "*",
  },
};
const manifest = (more: object = {}): string => JSON.stringify({ ...installed, ...more });

const tsconfig = `{
  "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022", "types": ["node"], "skipLibCheck": true, "noEmit": true },
  "include": ["src"]
}`;

const fragile = `import { ConnectClient } from "@aws-sdk/client-connect";
import { region } from "./region.js";
export const client = new ConnectClient({ region });
`;
const typeScriptProject = {
  "package.json": manifest({ type: "module" }),
  "tsconfig.json": tsconfig,
  "src/connect.ts": fragile,
  "src/region.ts": `export const region = "eu-west-2";\n`,
};
const commonJsProject = {
  "package.json": manifest(),
  "connect.js": `const { ConnectClient } = require("@aws-sdk/client-connect");\nmodule.exports = new ConnectClient();\n`,
};

interface Outcome {
  readonly status: number;
  readonly printed: string;
}

const defaults = {
  dryRun: false,
  install: true,
  preset: "recommended",
  yes: true,
} as const;

async function init(
  folder: string,
  options: Partial<Parameters<typeof run>[0]> = {},
  questions?: Questions,
): Promise<Outcome> {
  const printed: string[] = [];
  const output = { write: (text: string) => printed.push(text) };
  const terminal = { cwd: folder, env: {}, stdout: output, stderr: output, exitCode: 0 };
  const status = await run({ ...defaults, ...options }, terminal, questions);
  return { status, printed: printed.join("") };
}

function make(name: string, files: Readonly<Record<string, string>>): string {
  return makeUserProject(`init-${name}`, files);
}

const read = (folder: string, file: string): string =>
  readFileSync(path.join(folder, file), "utf8");

function findings(folder: string): unknown[] {
  const { stdout, stderr } = runEslint(folder, ".", "--format", "json");
  if (stdout === "") throw new Error(stderr);
  const results = JSON.parse(stdout) as {
    filePath: string;
    messages: { ruleId: string | null; message: string }[];
  }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ message, ruleId }) => [
      path.relative(folder, filePath).replaceAll("\\", "/"),
      ruleId ?? message,
    ]),
  );
}

async function nothingMoreToDo(folder: string): Promise<void> {
  const { status, printed } = await init(folder);
  expect(printed).toContain("Nothing to do");
  expect(status).toBe(0);
}

describe("a TypeScript project of ES modules", { timeout: 180 * SECONDS }, () => {
  it("gets a config and a copy of the helper with tests; fixes import the copy", async () => {
    const folder = make("typescript", typeScriptProject);
    const { status, printed } = await init(folder, { tests: true });
    expect(status).toBe(0);
    expect(printed).toContain("Write eslint.config.js");
    expect(read(folder, "eslint.config.js"))
      .toBe(`import connectResilience from "eslint-plugin-connect-resilience";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  ...connectResilience.configs.recommended.map((config) => ({
    ...config,
    files: ["src/**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: { "connect-resilience": { helper: { module: "./src/lib/backoff.ts" } } },
  })),
);
`);
    expect(findings(folder)).toEqual([["src/connect.ts", "connect-resilience/require-retry"]]);
    expect(runEslint(folder, ".", "--fix").status).toBe(0);
    expect(read(folder, "src/connect.ts")).toContain(
      `import { backoffStrategy } from "./lib/backoff.js";`,
    );
    const tsc = path.resolve("node_modules/typescript/bin/tsc");
    expect(runNode(folder, tsc, ["-p", "."])).toMatchObject({ status: 0, stdout: "" });
    await nothingMoreToDo(folder);
  });

  it("leaves files alone that no tsconfig.json includes", async () => {
    const folder = make("not-included", {
      ...typeScriptProject,
      "tsconfig.json": tsconfig.replace(`["src"]`, `["src"], "exclude": ["src/**/*.test.ts"]`),
      "src/connect.test.ts": `import "./connect.js";\n`,
    });
    expect((await init(folder)).status).toBe(0);
    expect(read(folder, "eslint.config.js")).toContain(`ignores: ["src/connect.test.ts"]`);
    expect(findings(folder)).toEqual([["src/connect.ts", "connect-resilience/require-retry"]]);
  });

  it("has the preset added to a config that sets up types itself", async () => {
    const config = `// What we agreed on.
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/"] },
  {
    files: ["src/**/*.ts"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  }, // our own rules come later
);
`;
    const folder = make("existing", { ...typeScriptProject, "eslint.config.js": config });
    expect((await init(folder)).status).toBe(0);
    expect(read(folder, "eslint.config.js")).toBe(
      config
        .replace(
          `"typescript-eslint";\n`,
          `"typescript-eslint";\nimport connectResilience from "eslint-plugin-connect-resilience";\n`,
        )
        .replace(
          "come later\n",
          `come later
  ...connectResilience.configs.recommended,
  {
    settings: { "connect-resilience": { helper: { module: "./src/lib/backoff.ts" } } },
  },
`,
        ),
    );
    expect(findings(folder)).toEqual([["src/connect.ts", "connect-resilience/require-retry"]]);
    await nothingMoreToDo(folder);
  });
});

describe("a JavaScript project of CommonJS", { timeout: 120 * SECONDS }, () => {
  it("is traced without types, and gets a helper that runs", async () => {
    const folder = make("commonjs", commonJsProject);
    expect((await init(folder, { tests: true })).status).toBe(0);
    const config = read(folder, "eslint.config.mjs");
    expect(config).toContain(`sourceType: "commonjs"`);
    expect(config).toContain(`types: "optional", helper: { module: "./lib/backoff.js" }`);
    expect(findings(folder)).toEqual([["connect.js", "connect-resilience/require-retry"]]);
    expect(runEslint(folder, ".", "--fix").status).toBe(0);
    expect(read(folder, "connect.js")).toMatch(/require\("\.\/lib\/backoff(?:\.js)?"\)/);
    expect(runNode(folder, "lib/backoff.test.js", [])).toMatchObject({ status: 0 });
    expect(runNode(folder, "connect.js", [])).toMatchObject({ status: 0 });
    await nothingMoreToDo(folder);
  });

  it("has a config of CommonJS extended in its own style", async () => {
    const config = `'use strict'

const js = require('@eslint/js')

module.exports = [js.configs.recommended]
`;
    const folder = make("commonjs-config", { ...commonJsProject, "eslint.config.js": config });
    expect((await init(folder, { helper: "package" })).status).toBe(0);
    const text = read(folder, "eslint.config.js");
    expect(text).toContain(
      `const js = require('@eslint/js')\nconst connectResilience = require('eslint-plugin-connect-resilience')`,
    );
    expect(text).toContain(
      `[js.configs.recommended,\n  ...connectResilience.configs.recommended.map(`,
    );
    expect(existsSync(path.join(folder, "lib"))).toBe(false);
    expect(findings(folder)).toContainEqual(["connect.js", "connect-resilience/require-retry"]);
  });
});

describe("a monorepo", { timeout: 180 * SECONDS }, () => {
  it("gets one config, and a copy for each package that uses the SDK", async () => {
    const member = (name: string): Record<string, string> => ({
      [`packages/${name}/package.json`]: `{ "name": "@acme/${name}", "type": "module" }`,
      [`packages/${name}/tsconfig.json`]: tsconfig,
    });
    const folder = make("monorepo", {
      "package.json": manifest({ workspaces: ["packages/*"], private: true }),
      ...member("calls"),
      "packages/calls/src/connect.ts": fragile,
      "packages/calls/src/region.ts": `export const region = "eu-west-2";\n`,
      ...member("lambda"),
      "packages/lambda/src/handler.mts": `import { Connect } from "@aws-sdk/client-connect";\nexport const connect = new Connect();\n`,
      ...member("words"),
      "packages/words/src/index.ts": `export const hello = "hello";\n`,
    });
    expect((await init(folder)).status).toBe(0);
    const config = read(folder, "eslint.config.mjs");
    expect(config).toContain(`files: ["packages/calls/src/**/*.ts"]`);
    expect(config).toContain(`files: ["packages/lambda/src/**/*.mts"]`);
    expect(config).not.toContain("packages/words");
    expect(findings(folder)).toEqual([
      ["packages/calls/src/connect.ts", "connect-resilience/require-retry"],
      ["packages/lambda/src/handler.mts", "connect-resilience/require-retry"],
    ]);
    expect(runEslint(folder, ".", "--fix").status).toBe(0);
    const fixed = read(folder, "packages/lambda/src/handler.mts");
    expect(fixed).toContain(`from "./lib/backoff.js"`);
    await nothingMoreToDo(folder);
  });
});

describe("a project with rules of its own", { timeout: 180 * SECONDS }, () => {
  const eslintConfig = `import tseslint from "typescript-eslint";

export default [
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
];
`;

  it("lints as before: what complains of the copy is switched off there, by name", async () => {
    const folder = make("strict-rules", { ...typeScriptProject, "eslint.config.js": eslintConfig });
    const { printed } = await init(folder, { tests: true });
    expect(printed).toMatch(/Switched off in src\/lib\/backoff\.ts.+no-explicit-any/);
    const [origin, directive] = read(folder, "src/lib/backoff.ts").split("\n");
    expect(origin).toMatch(/^\/\/ From eslint-plugin-connect-resilience/);
    expect(directive).toMatch(/^\/\* eslint-disable @typescript-eslint\/no-explicit-any, .+\*\/$/);
    expect(findings(folder)).toEqual([["src/connect.ts", "connect-resilience/require-retry"]]);
    await nothingMoreToDo(folder);
  });

  it("gets no copy that its config would not use", async () => {
    const config = `import connectResilience from "eslint-plugin-connect-resilience";
import tseslint from "typescript-eslint";

export default [
  {
    files: ["src/**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
  },
  ...connectResilience.configs.recommended,
];
`;
    const folder = make("in-use", { ...typeScriptProject, "eslint.config.js": config });
    const { printed, status } = await init(folder);
    expect(status).toBe(0);
    expect(printed).toContain("Nothing to do.");
    expect(printed).toContain(`helper: { module: "./src/lib/backoff.ts" }`);
    expect(existsSync(path.join(folder, "src/lib"))).toBe(false);
    expect(read(folder, "eslint.config.js")).toBe(config);
  });
});

describe("consent", { timeout: 120 * SECONDS }, () => {
  const files = { ...commonJsProject, "lib/backoff.js": "// ours\n" };

  it("--dry-run shows everything and changes nothing", async () => {
    const folder = make("dry-run", commonJsProject);
    const { status, printed } = await init(folder, { dryRun: true });
    expect(status).toBe(0);
    expect(printed).toMatch(/Write eslint\.config\.mjs\n {2}\+ import connectResilience/);
    expect(printed).toContain("Nothing was changed.");
    expect(existsSync(path.join(folder, "eslint.config.mjs"))).toBe(false);
    expect(existsSync(path.join(folder, "lib"))).toBe(false);
  });

  it("without a person to ask, and without --yes, nothing changes", async () => {
    const folder = make("nobody", commonJsProject);
    const { status, printed } = await init(folder, { yes: false });
    expect(status).toBe(2);
    expect(printed).toContain("add --yes");
    expect(existsSync(path.join(folder, "eslint.config.mjs"))).toBe(false);
  });

  it("--yes never overwrites a file", async () => {
    const folder = make("keep", files);
    expect((await init(folder)).printed).toContain("Keep lib/backoff.js");
    expect(read(folder, "lib/backoff.js")).toBe("// ours\n");
  });

  it.each([true, false])("a person decides about a file that is there: %s", async (overwrite) => {
    const folder = make(`ask-${overwrite}`, files);
    const asked: string[] = [];
    const questions: Questions = {
      confirm: (question) => {
        asked.push(question);
        return Promise.resolve(
          question.startsWith("Overwrite") ? overwrite : question === "Do this?",
        );
      },
      select: () => Promise.resolve("copy"),
    };
    expect((await init(folder, { yes: false }, questions)).status).toBe(0);
    expect(asked).toEqual([
      "Put tests beside the copy?",
      "Do this?",
      "Overwrite lib/backoff.js, which has another text?",
    ]);
    expect(read(folder, "lib/backoff.js") === "// ours\n").toBe(!overwrite);
  });

  it("installs nothing with --no-install, and says what is missing", async () => {
    const folder = make("no-install", {
      ...commonJsProject,
      "package.json": "{}",
      "yarn.lock": "",
    });
    const { printed } = await init(folder, { install: false });
    expect(printed).toContain("Leave to you: yarn add");
    expect(printed).toContain(
      "Still to be run: yarn add --dev eslint-plugin-connect-resilience eslint typescript",
    );
    expect(existsSync(path.join(folder, "eslint.config.mjs"))).toBe(true);
  });
});

describe("what stands in the way is said", { timeout: 120 * SECONDS }, () => {
  it.each([
    ["no package.json", { "connect.js": "" }, /no package\.json/],
    ["no SDK", { "package.json": "{}", "a.js": "" }, /nothing to guard/],
    ["a broken package.json", { "package.json": "{" }, /not valid JSON/],
    [
      "an old config",
      { ...commonJsProject, ".eslintrc.json": "{}" },
      /\.eslintrc\.json is a config of the old form/,
    ],
    [
      "a config that does not load",
      { ...commonJsProject, "eslint.config.js": `throw new Error("broken here");` },
      /eslint\.config\.js does not load: broken here/,
    ],
  ])("%s", async (name, files, message) => {
    const folder = make(name.replaceAll(/\W/g, "-"), files);
    await expect(init(folder)).rejects.toThrow(message);
  });

  it("a config that is no plain list is left alone, with the entries to add", async () => {
    const config = `module.exports = (() => [])();\n`;
    const folder = make("computed", { ...commonJsProject, "eslint.config.js": config });
    const { status, printed } = await init(folder);
    expect(status).toBe(2);
    expect(printed).toMatch(/By hand: eslint\.config\.js is not a plain list/);
    expect(printed).toContain("...connectResilience.configs.recommended.map(");
    expect(read(folder, "eslint.config.js")).toBe(config);
  });

  it("changes that ESLint cannot run with are taken back", async () => {
    const folder = make("broken-linter", {
      ...commonJsProject,
      "eslint.config.js": `const rule = { create() { throw new Error("this rule is broken"); } };
module.exports = [{ plugins: { own: { rules: { rule } } }, rules: { "own/rule": "error" } }];\n`,
    });
    await expect(init(folder)).rejects.toThrow(
      /with or without these changes[\s\S]+this rule is broken/,
    );
    expect(read(folder, "eslint.config.js")).not.toContain("connect-resilience");
    expect(existsSync(path.join(folder, "lib/backoff.js"))).toBe(false);
  });
});
