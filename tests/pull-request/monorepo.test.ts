/** `examples/monorepo` as its README says: each package linted by its own script with the one config, and the files of the task runners. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { EXAMPLES } from "../../tools/examples.ts";
import { makeUserProject, type Outcome, runEslint } from "../support/command-line.ts";
import { examplesOf } from "../support/markdown.ts";

const SECONDS = 1000;
const example = path.join(EXAMPLES, "monorepo");
const packages = readdirSync(path.join(example, "packages"));

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(example, file), "utf8"));
}

const manifests = packages.map(
  (name) =>
    readJson(`packages/${name}/package.json`) as {
      readonly name: string;
      readonly scripts: Readonly<Record<string, string>>;
    },
);

describe("npm workspaces", { timeout: 120 * SECONDS }, () => {
  let folder: string;
  beforeAll(() => {
    folder = makeUserProject("monorepo-example", {});
    cpSync(example, folder, {
      recursive: true,
      filter: (source) => !/[\\/](?:node_modules|dist)$/.test(source),
    });
    // What `npm install` makes of workspaces.
    for (const [index, { name }] of manifests.entries()) {
      const link = path.join(folder, "node_modules", name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(folder, "packages", packages[index] ?? ""), link, "junction");
    }
  });

  /** The package's own `lint` script. */
  function lint(name: string): Outcome {
    const manifest = manifests[packages.indexOf(name)];
    const [program, ...args] = manifest?.scripts["lint"]?.split(" ") ?? [];
    expect(program).toBe("eslint");
    return runEslint(path.join(folder, "packages", name), ...args, "--format", "json");
  }

  function findings({ stderr, stdout }: Outcome): string[] {
    if (stdout === "") throw new Error(stderr);
    const results = JSON.parse(stdout) as {
      readonly filePath: string;
      readonly messages: readonly { readonly line: number; readonly ruleId: string | null }[];
    }[];
    return results.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line, ruleId }) =>
          `${path.basename(filePath)}:${String(line)} ${String(ruleId?.replace(/^.*\//, ""))}`,
      ),
    );
  }

  it("each package is judged by the config of the root", () => {
    expect(findings(lint("connect"))).toEqual(["index.ts:4 require-retry"]);
    expect(findings(lint("callbacks"))).toContain("index.ts:13 require-jitter");
  });

  it("a call in one package is judged by the client in the other", () => {
    writeFileSync(
      path.join(folder, "packages/callbacks/src/users.ts"),
      `import { ListUsersCommand } from "@aws-sdk/client-connect";
import { connect } from "@contact-centre/connect";

export const users = () => connect.send(new ListUsersCommand({ InstanceId: "i" }));
`,
    );
    // The client's file has the finding; here it would be one of a client that cannot be seen.
    expect(findings(lint("callbacks")).filter((finding) => finding.startsWith("users"))).toEqual(
      [],
    );
  });
});

describe("task runners", () => {
  const turbo = readJson("turbo.json") as { readonly tasks: Readonly<Record<string, unknown>> };
  const nx = readJson("nx.json") as { readonly targetDefaults: Readonly<Record<string, unknown>> };
  const readme = readFileSync(path.join(example, "README.md"), "utf8");

  it("have the tasks that the README runs, and the packages have their scripts", () => {
    const ran = [...readme.matchAll(/npx (turbo run|nx run-many --target) (\w+)/g)];
    expect(ran.map(([, runner]) => runner)).toEqual(["turbo run", "nx run-many --target"]);
    for (const [, runner, task = ""] of ran) {
      const tasks = runner === "turbo run" ? turbo.tasks : nx.targetDefaults;
      expect(Object.keys(tasks)).toContain(task);
      for (const { scripts } of manifests) expect(Object.keys(scripts)).toContain(task);
    }
  });

  it("name files of the root that exist", () => {
    const text = JSON.stringify([turbo, nx]);
    const names = [...text.matchAll(/(?:\$TURBO_ROOT\$|\{workspaceRoot\})\/([^"]+)/g)];
    expect(names.length).toBeGreaterThan(3);
    const files = readdirSync(example);
    for (const [, name] of names) expect(files).toContain(name);
  });

  it("are shown in the guide as they are", () => {
    const guide = readFileSync(path.join(EXAMPLES, "../docs/pull-requests.md"), "utf8");
    const shown = examplesOf(guide).filter(({ properties }) => "file" in properties);
    expect(shown.map(({ properties }) => properties["file"])).toEqual(["turbo.json", "nx.json"]);
    for (const { files, properties } of shown) {
      const text = files.map(({ code }) => code).join("");
      expect(JSON.parse(text)).toEqual(readJson(String(properties["file"])));
    }
  });
});
